"""The layers import one another in one direction only: core, then ui, then pages, then app.py."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED_OF_OURS = {
    "core": {"core"},
    "ui": {"core", "ui"},
    "pages": {"core", "ui"},
    "app.py": {"core", "ui"},
    "deploy": {"core", "ui"},
}
DRAWING = {"streamlit", "plotly", "pandas"}
OURS = {"core", "ui", "pages", "app", "tests", "benchmarks", "deploy"}
PAGES = {path.parent.name for path in ROOT.glob("ui/*/state.py")}
# Each stands on those before it.
ROOMS = ["text", "links", "figures", "components", "export", "shell", "practice"]
WHOLE_CALLBACK = (
    r"run_page$|'ignore'$|(of_the_page|of_a_dialog|in_whole_page|PARTS\.callback|parts\.callback)\("
)
DATA = (
    r"ui/\w+/((data|import_table|informative|own_data|real_data|run|built|length|shown|"
    r"table_choice|taken_table|target_task)|"
    r"importing/\w+)\.py"
)
# What can be used, and tested, without Streamlit.
PLAIN = [
    *("ui/links/*.py", "ui/text/*.py", "ui/figures/*.py", "ui/limits.py", "ui/theme.py"),
    *("ui/*/state.py", "ui/*/link.py", "ui/*/bounds.py", "ui/*/data.py", "ui/*/run.py", "ui/*/own_data.py"),
    *("ui/*/import_table.py", "ui/*/importing/*.py", "ui/*/informative.py", "ui/*/target_task.py"),
    *("ui/*/built.py", "ui/*/length.py", "ui/*/shown.py"),
    *("ui/*/table_choice.py", "ui/*/taken_table.py"),
    *("ui/components/*/payload.py", "ui/components/player/records.py", "ui/components/player/model.py"),
    "ui/components/base/*.py",
]


def imports(source: str) -> set[str]:
    """Return the dotted names that a source text imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def sources(layer: str) -> list[Path]:
    path = ROOT / layer
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def broken_rules(layer: str, name: str, source: str) -> list[str]:
    """Return the rules that one file of a layer breaks."""
    imported = imports(source)
    packages = {module.split(".")[0] for module in imported}
    broken = []
    if packages & OURS - ALLOWED_OF_OURS[layer]:
        broken.append(f"{name} imports {sorted(packages & OURS - ALLOWED_OF_OURS[layer])}")
    if layer == "core" and packages & DRAWING:
        broken.append(f"{name} imports {sorted(packages & DRAWING)}: the core has NumPy only")
    if not name.startswith("ui/shell/") and uses_session(source):
        broken.append(f"{name} uses the session's state or the query string: only ui/shell does")
    if layer == "ui" and not name.startswith("ui/components/"):
        broken += [
            f"{name} has a callback that a newer message ends halfway: {text}"
            for text in bare_callbacks(source)
        ]
    here = re.match(r"ui/(\w+)/", name)
    others = {page for page in PAGES if not here or page != here[1]}
    if layer == "ui" and any(module.startswith(f"ui.{page}") for module in imported for page in others):
        broken.append(f"{name} imports a page's package: pages hand over to one another by a link")
    above = ROOMS[ROOMS.index(here[1]) + 1 :] if here and here[1] in ROOMS else []
    if any(module.startswith(f"ui.{room}.") for module in imported for room in above):
        broken.append(f"{name} imports from {above}, which stand on it")
    if re.fullmatch(DATA, name) and any(module.startswith("ui.components") for module in imported):
        broken.append(f"{name} imports a component: data and runs do without")
    return broken


def bare_callbacks(source: str) -> list[str]:
    """Return the callbacks given to widgets that nothing keeps from being interrupted."""
    given = [
        keyword.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg and re.fullmatch(r"on_[a-z]+", keyword.arg)
    ]
    callbacks = [
        callback for value in given for callback in (value.values if isinstance(value, ast.Dict) else [value])
    ]
    texts = map(ast.unparse, callbacks)
    return [text for text in texts if not re.match(WHOLE_CALLBACK, text)]


def uses_session(source: str) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in {"session_state", "query_params"}
        for node in ast.walk(ast.parse(source))
    )


@pytest.mark.parametrize("layer", ALLOWED_OF_OURS)
def test_layer_imports_only_what_lies_below_it(layer):
    files = sources(layer)
    assert files
    broken = [
        rule
        for path in files
        for rule in broken_rules(layer, path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    ]
    assert not broken


@pytest.mark.parametrize(
    ("layer", "name", "source"),
    [
        ("core", "core/x.py", "import streamlit"),
        ("core", "core/x.py", "from ui.theme import PALETTES"),
        ("core", "core/x.py", "def f():\n    import pandas"),
        ("ui", "ui/x.py", "import pages.explore"),
        ("ui", "ui/x.py", "import streamlit as st\nst.session_state['a'] = 1"),
        ("ui", "ui/x/y.py", "import streamlit as st\nst.query_params.clear()"),
        ("pages", "pages/x/y.py", "import streamlit as st\nst.session_state.a = 1"),
        ("ui", "ui/training/parts.py", "from ui.one_step import link"),
        ("ui", "ui/links/x.py", "from ui.one_step.state import OneStep"),
        ("ui", "ui/components/x/y.py", "from ui.shell.store import Rejected"),
        ("ui", "ui/text/x.py", "from ui.links.view import View"),
        ("ui", "ui/training/run.py", "from ui.components.player.payload import PlayerRun"),
        ("ui", "ui/x/y.py", "import streamlit as st\nst.button('Train', on_click=train)"),
        ("ui", "ui/x/y.py", "player(on_change={'changed': run_page, 'position': open_state})"),
        ("pages", "pages/x/y.py", "import app"),
    ],
)
def test_a_broken_rule_is_found(layer, name, source):
    assert broken_rules(layer, name, source)


def test_page_scripts_lie_one_folder_down():
    # Directly in pages/, Streamlit's own discovery would run them without app.py on a cold deep link.
    assert not list((ROOT / "pages").glob("*.py"))
    assert list((ROOT / "pages").glob("*/*.py"))


def test_page_scripts_are_short():
    for page in (ROOT / "pages").glob("*/*.py"):
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 80, page


def test_there_are_pages():
    assert {"one_step", "training"} <= PAGES


def test_what_needs_no_streamlit_is_there_without_it():
    files = sorted({path for pattern in PLAIN for path in ROOT.glob(pattern)})
    assert len(files) > 30
    names = [path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in files]
    code = f"""
import importlib, sys
sys.modules["streamlit"] = None
for name in {names}:
    try:
        importlib.import_module(name)
    except ImportError as error:
        sys.exit(f"{{name}}: {{error}}")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_two_public_classes_have_one_name():
    files = sorted(path for layer in ("core", "ui") for path in (ROOT / layer).rglob("*.py"))
    names = [
        node.name
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert len(names) > 50
    assert not [name for name in set(names) if names.count(name) > 1]


# Public, whatever they look like.
NAMED_TUPLE = {"_asdict", "_fields", "_make", "_replace"}


def private_names(source: str) -> set[str]:
    """Return what a source text that imports Streamlit uses that is not its public interface."""
    imported = imports(source)
    if not any(name.split(".")[0] == "streamlit" for name in imported):
        return set()
    attributes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]
    private = {node.attr for node in attributes if re.match("_[^_]", node.attr) and not is_own(node.value)}
    return private - NAMED_TUPLE | {name for name in imported if name.startswith("streamlit.runtime")}


def is_own(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


@pytest.mark.parametrize(
    "source",
    [
        "from streamlit.runtime.scriptrunner import get_script_run_ctx",
        "from streamlit import runtime",
        "import streamlit.runtime",
        "import streamlit as st\nst.session_state._state.clear()",
    ],
)
def test_a_private_name_of_streamlit_is_found(source):
    assert private_names(source)


def test_private_names_of_streamlit_are_used_in_one_module():
    files = {path.relative_to(ROOT).as_posix(): path for layer in ALLOWED_OF_OURS for path in sources(layer)}
    used = {name: private_names(path.read_text(encoding="utf-8")) for name, path in files.items()}
    assert [name for name, names in used.items() if names] == ["ui/shell/run_context.py"]


def test_no_clock_decides_what_is_true():
    files = [*ROOT.glob("ui/shell/*.py"), *ROOT.glob("ui/*/actions.py"), *ROOT.glob("ui/links/*.py")]
    # Turns are about whose run goes on first, not about what a page shows.
    files = [path for path in files if path.name not in {"turns.py", "workarounds.py"}]
    assert len(files) > 15
    clocks = {
        path.name: imports(path.read_text(encoding="utf-8")) & {"time", "datetime", "asyncio"}
        for path in files
    }
    assert not {name: found for name, found in clocks.items() if found}
