"""What the components share, and what joins a component's modules and styles into one text each."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_IMPORT = re.compile(r'^import [^;"]*? from "(\.{1,2}/[^"]+\.js)"\n', re.MULTILINE)
_BASE = Path(__file__).parent
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


class Sources(NamedTuple):
    """What a component is in a browser: its HTML, JavaScript and CSS, a text each."""

    html: str
    js: str
    css: str


@cache
def read_sources(name: str, html: str | None = None, styles: str | None = "drawing") -> Sources:
    """Return the sources of the component in the folder `name`: component.js and, if it is there, NAME.css.

    `html` is what it begins with, an element of its class unless given; `styles` names the style sheet of
    this folder that stands before its own, if any.
    """
    folder = _BASE.parent / name
    sheets = [_BASE / f"{styles}.css"] if styles else []
    own = folder / f"{name}.css"
    if own.exists():
        sheets.append(own)
    return Sources(
        f"<div class='component {name.replace('_', '-')}'></div>" if html is None else html,
        join_modules(folder / "component.js"),
        "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets),
    )
