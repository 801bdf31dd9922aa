"""What the components share, and what joins a component's modules and styles into one text each."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_IMPORT = re.compile(r'^import [^;"]*? from "(\.{1,2}/[^"]+\.js)"\n', re.MULTILINE)
_STYLES = (Path(__file__).parent / "base.css").read_text(encoding="utf-8")
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/)[\s\S])*\*/)\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def join_modules(entry: Path) -> str:
    """Return the ES module `entry` and all that it imports as one module, each file once, imports first.

    Streamlit takes a component's JavaScript as one text and sends it in every message of the component, so
    lines of comment are left out. Names are shared by all files of a component.
    """
    joined: dict[Path, str] = {}

    def add(path: Path) -> None:
        if path in joined:
            return
        text = path.read_text(encoding="utf-8")
        joined[path] = ""
        for imported in _IMPORT.findall(text):
            add((path.parent / imported).resolve())
        joined[path] = joined.pop(path) + _EXPORT.sub("", _IMPORT.sub("", _COMMENT.sub("", text)))

    add(entry.resolve())
    return "\n".join(joined.values())


def join_styles(own: Path) -> str:
    """Return the styles that the drawings share, with those of the CSS file `own` behind them."""
    return f"{_STYLES}\n{own.read_text(encoding='utf-8')}"


class Sources(NamedTuple):
    """What a drawing is in a browser: its HTML, JavaScript and CSS, a text each."""

    html: str
    js: str
    css: str


@cache
def read_sources(name: str) -> Sources:
    """Return the sources of the component called `name`, in the folder of that name."""
    folder = Path(__file__).parents[1] / name
    class_name = name.replace("_", "-")
    return Sources(
        f"<div class='component {class_name}'></div>",
        join_modules(folder / "component.js"),
        join_styles(folder / f"{name}.css"),
    )
