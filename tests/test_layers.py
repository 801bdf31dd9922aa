"""The layers import one another in one direction only: core, then ui, then pages, then app.py."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED_OF_OURS = {
    "core": {"core"},
    "ui": {"core", "ui"},
    "pages": {"core", "ui"},
    "app.py": {"core", "ui"},
}
DRAWING = {"streamlit", "plotly", "pandas"}
OURS = {"core", "ui", "pages", "app", "tests", "benchmarks"}


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
    packages = {module.split(".")[0] for module in imports(source)}
    broken = []
    if packages & OURS - ALLOWED_OF_OURS[layer]:
        broken.append(f"{name} imports {sorted(packages & OURS - ALLOWED_OF_OURS[layer])}")
    if layer == "core" and packages & DRAWING:
        broken.append(f"{name} imports {sorted(packages & DRAWING)}: the core knows NumPy only")
    if name.startswith("ui/figures/") and "streamlit" in packages:
        broken.append(f"{name} imports streamlit: figures are plain data")
    if name != "ui/session.py" and writes_session_state(source):
        broken.append(f"{name} writes st.session_state: only ui/session.py does")
    return broken


def writes_session_state(source: str) -> bool:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            inner = node.value
            if isinstance(inner, ast.Attribute) and inner.attr == "session_state":
                return True
    return False


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
        ("ui", "ui/figures/x.py", "from streamlit import session_state"),
        ("ui", "ui/x.py", "import streamlit as st\nst.session_state['a'] = 1"),
        ("pages", "pages/x/y.py", "import streamlit as st\nst.session_state.a = 1"),
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
