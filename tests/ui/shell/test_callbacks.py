"""Every widget of a page has a callback: a run of the whole page without one is a navigation."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[3]
WIDGETS = {
    *("button", "checkbox", "data_editor", "download_button", "file_uploader", "menu_button", "multiselect"),
    *(
        "number_input",
        "pills",
        "popover",
        "radio",
        "segmented_control",
        "select_slider",
        "selectbox",
        "slider",
    ),
    *("text_area", "text_input", "toggle"),
}
# A dialog is a part by itself: what is picked in it runs it alone.
ALONE = {"ui/shell/share_dialog.py: pills"}


def without_callback(source):
    """The widgets of a source text that have neither a callback nor keyword arguments of `bound`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        call.func.attr
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WIDGETS
        and not {keyword.arg for keyword in call.keywords} & {"on_change", "on_click", None}
    ]


def test_every_widget_has_a_callback():
    files = [path for path in sorted(ROOT.glob("ui/**/*.py")) if "components" not in path.parts]
    sources = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}
    found = {f"{name}: {widget}" for name, source in sources.items() for widget in without_callback(source)}
    assert found == ALONE


def test_one_without_is_found():
    assert without_callback("st.toggle('Log scale', key='log')") == ["toggle"]
