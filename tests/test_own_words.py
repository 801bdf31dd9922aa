"""What Streamlit reads as Markdown is the project's own; ui/shell/messages.py shows somebody's text."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
MESSAGES = "ui/shell/messages.py"

# Streamlit's functions whose first argument, or the named ones, is read as Markdown.
MARKDOWN = {
    *("title", "header", "subheader", "caption", "markdown", "info", "warning", "error", "success", "write"),
    *("button", "download_button", "link_button", "menu_button", "page_link", "popover", "expander", "tabs"),
    *("checkbox", "toggle", "radio", "selectbox", "multiselect", "pills", "segmented_control", "slider"),
    *("number_input", "text_input", "text_area", "file_uploader", "metric", "toast", "spinner", "status"),
    *("dialog", "progress", "badge", "feedback", "select_slider"),
}
# Those that show no text, or show it as it is.
OTHER = {
    *(
        "container",
        "columns",
        "empty",
        "space",
        "skeleton",
        "fragment",
        "stop",
        "rerun",
        "code",
        "html",
        "image",
    ),
    *(
        "plotly_chart",
        "data_editor",
        "dataframe",
        "logo",
        "Page",
        "navigation",
        "set_page_config",
        "get_option",
        "cache_resource",
    ),
}
# Which of those whose options are Markdown too have them by a function.
OPTIONS = {"radio", "pills", "segmented_control", "menu_button"}
TEXTS = {"label", "body", "help", "text", "placeholder", "title"}
# These return the project's own words and numbers, whatever they are given.
OWN_FUNCTIONS = {
    "exact",
    "count",
    "data_label",
    "explain_symbols",
    "loss_advice",
    "why_not",
    "_layer_name",
    "number_label",
    "output_activation",
    "range",
}
OWN_METHODS = {"lower", "upper", "join"}
# What is made of own words in a way that is not seen here, by file and function: why.
EXCEPTIONS = {
    ("ui/text/answers.py", "title"): "a word of a convention, which no one is shown there",
    ("ui/one_step/matrix_editor.py", "text_area"): "W1, b1, … and a shape",
    ("ui/one_step/paste_dialog.py", "radio"): "W1, W2, … and how their rows stand",
    ("ui/shell/share_dialog.py", "pills"): "HIDEABLE of either page",
    ("ui/shell/take_away.py", "download_button"): "FILES of either page",
    ("ui/training/parts.py", "button"): "a change to undo: labels of the tables of choices, and numbers",
}
# HTML of one's own making: what is in it is escaped there.
HTML = {
    MESSAGES,
    "ui/shell/glossary.py",
    "ui/shell/menus.py",
    "ui/one_step/tables.py",
    "ui/check_working/parts.py",
    "ui/worked_examples/parts.py",
    "ui/exercise/class_parts.py",
    "ui/exercise/parts.py",
    "ui/exercise/teacher.py",
    "ui/questions/parts.py",
    "app.py",
    "ui/training/import_dialog.py",
}
_NUMBER = re.compile(r"[,_]?(\.\d+)?[defg%,]|\.\d+[%]")


class Source(NamedTuple):
    """A file's name and its syntax tree."""

    name: str
    tree: ast.Module


def read(name: str, text: str) -> Source:
    """Return a source whose nodes know what they are in."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.inside = node  # type: ignore[attr-defined]
    return Source(name, tree)


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of something that has a name with a dot, by what stands behind the last dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def is_streamlit(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "st"


def functions_around(node: ast.AST) -> Iterator[ast.FunctionDef | ast.Lambda]:
    while not isinstance(node, ast.Module):
        node = node.inside  # type: ignore[attr-defined]
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            yield node


@lru_cache(maxsize=1)
def all_sources() -> tuple[Source, ...]:
    """Return all files that show something."""
    paths = [ROOT / "app.py", *sorted((ROOT / "ui").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]
    return tuple(read(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def is_own(node: ast.expr | None, source: Source, depth: int = 0) -> bool:
    """Return whether a text is made of nothing but the project's own words, and of numbers."""

    def own(*parts: ast.expr | None) -> bool:
        return depth < 9 and all(is_own(part, source, depth + 1) for part in parts)

    if node is None or isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr):
        return own(*node.values)
    if isinstance(node, ast.FormattedValue):
        # A number's format would raise for a text.
        spec = ast.unparse(node.format_spec)[2:-1] if node.format_spec else ""
        return bool(_NUMBER.fullmatch(spec)) or own(node.value)
    if isinstance(node, ast.IfExp):
        return own(node.body, node.orelse)
    if isinstance(node, ast.BoolOp):
        return own(*node.values)
    if isinstance(node, ast.BinOp):
        return own(node.left, node.right)
    if isinstance(node, ast.List | ast.Tuple):
        return own(*node.elts)
    if isinstance(node, ast.Dict):
        return own(*node.values)
    if isinstance(node, ast.Lambda):
        return own(node.body)
    if isinstance(node, ast.Attribute | ast.Subscript):
        return own(node.value)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            return node.func.id in OWN_FUNCTIONS or (node.func.id == "list" and own(*node.args))
        if isinstance(node.func, ast.Attribute):
            return node.func.attr in OWN_METHODS and own(node.func.value)
    if isinstance(node, ast.Name):
        return node.id.isupper() or is_own_name(node, source, depth)
    return False


def is_own_name(name: ast.Name, source: Source, depth: int) -> bool:
    """Return whether all that a name stands for, or that a parameter is given in its file, is own text."""
    around = list(functions_around(name))
    for function in around:
        parameters = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
        if name.id in parameters and isinstance(function, ast.FunctionDef):
            place = parameters.index(name.id)
            callers = [source] if all_given_to(function, name.id, place, source) else [*all_sources()]
            texts = [
                (text, caller)
                for caller in callers
                for text in all_given_to(function, name.id, place, caller)
            ]
            return bool(texts) and all(is_own(text, caller, depth + 1) for text, caller in texts)
    scope = around[-1] if around else source.tree
    given = [value for node in ast.walk(scope) for value in assigned_to(node, name.id)]
    return bool(given) and all(is_own(value, source, depth + 1) for value in given)


def assigned_to(node: ast.AST, name: str) -> list[ast.expr]:
    """Return what an assignment, or a loop over what is written out, lets a name stand for."""
    if isinstance(node, ast.Assign):
        pairs = [(target, node.value) for target in node.targets]
    elif isinstance(node, ast.For):
        target, items = node.target, node.iter
        if isinstance(items, ast.Call) and ast.unparse(items.func) == "enumerate":
            target = target.elts[1] if isinstance(target, ast.Tuple) else target
            items = items.args[0]
        pairs = [(target, item) for item in items.elts] if isinstance(items, ast.Tuple | ast.List) else []
    else:
        return []
    found = [value for target, value in pairs if isinstance(target, ast.Name) and target.id == name]
    for target, value in pairs:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            names = zip(target.elts, value.elts, strict=True)
            found += [part for each, part in names if isinstance(each, ast.Name) and each.id == name]
    return found


def all_given_to(function: ast.FunctionDef, name: str, place: int, source: Source) -> list[ast.expr]:
    """Return what a parameter of a function is given in a file."""
    return [
        argument
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == function.name
        for argument in given_to(call, name, place)
    ]


def given_to(call: ast.Call, name: str, place: int) -> list[ast.expr]:
    named = [keyword.value for keyword in call.keywords if keyword.arg == name]
    return named or call.args[place : place + 1]


def texts_of(name: str, call: ast.Call) -> list[ast.expr]:
    """Return the arguments of a call that Streamlit reads as Markdown."""
    texts = call.args[1:2] if name == "progress" else call.args[:1]
    texts += [keyword.value for keyword in call.keywords if keyword.arg in TEXTS]
    if name in OPTIONS:
        functions = [keyword.value for keyword in call.keywords if keyword.arg == "format_func"]
        texts += functions or call.args[1:2]
    return texts


def faults(source: Source) -> list[str]:
    """Return where a source lets Streamlit read as Markdown what may be somebody's text."""
    found = []
    for name, call in calls(source.tree):
        where = f"{source.name}:{call.lineno}: {name}"
        if is_streamlit(call) and name not in MARKDOWN | OTHER:
            found.append(f"{where} is neither among the functions that read Markdown nor among the others")
        if is_streamlit(call) and name == "html" and source.name not in HTML:
            found.append(f"{where} makes HTML")
        # A container of the page has the same functions; other things have only one of the same name.
        is_markdown = name in MARKDOWN and (is_streamlit(call) or name != "write")
        if not is_markdown or (source.name, name) in EXCEPTIONS:
            continue
        found += [
            f"{where} shows {ast.unparse(text)}" for text in texts_of(name, call) if not is_own(text, source)
        ]
    return found


def test_every_exception_is_needed():
    needed = set()
    for file, function in EXCEPTIONS:
        source = read(file, (ROOT / file).read_text(encoding="utf-8"))
        for name, call in calls(source.tree):
            if name == function and not all(is_own(text, source) for text in texts_of(name, call)):
                needed.add((file, function))
    assert needed == set(EXCEPTIONS)


def test_no_source_shows_somebodys_text_as_markdown():
    found = [fault for source in all_sources() for fault in faults(source)]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "st.caption(problem)",
        "st.error(refused['a'][1])",
        "st.warning(f'got {text}')",
        "st.button('a', help=text)",
        "st.markdown('a' + text)",
        "row.title(text)",
        "st.popover(f'{name} and {number:,}')",
        "st.pills('a', columns)",
        "st.pills('a', columns, format_func=lambda name: name)",
        "st.segmented_control('a', names, format_func=str)",
        "st.unheard_of('a')",
        "st.html(text)",
        "def show(label):\n    st.caption(label)\nshow('a')\nshow(text)",
        "label = text\nst.caption(label)",
    ],
)
def test_somebodys_text_is_found(text):
    assert faults(read("ui/x.py", text))


@pytest.mark.parametrize(
    "text",
    [
        "st.caption('a')",
        "st.markdown(f'step {step:d} of {end:,}')",
        "st.caption(LOSSES[name].label.lower())",
        "st.pills('a', list(NAMES), format_func=NAMES.__getitem__)",
        "def show(label):\n    st.caption(label)\nshow('a')",
        "optimizer = OPTIMIZERS[name]\nst.caption(optimizer.formula)",
    ],
)
def test_own_words_are_not(text):
    assert not faults(read("ui/x.py", text))
