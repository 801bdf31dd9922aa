"""The one place in which a component becomes known to Streamlit.

Streamlit sends a component's JavaScript and CSS in every message of the component. What is large is served as
a file instead, once for a visitor, and each message has the few lines that load it.
"""

import atexit
import json
import secrets
import shutil
import tempfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ui.components.base import join_modules, read_sources

# What is shorter comes sooner in its message than by a request of its own.
_LEAST_SERVED = 10_000
# A folder of this process alone, which goes with it.
SERVED = Path(tempfile.gettempdir()) / f"backprop-explorer-{secrets.token_hex(8)}"
_LOADER = join_modules(Path(__file__).with_name("base") / "load_module.js")

atexit.register(shutil.rmtree, SERVED, ignore_errors=True)


def declare(name: str, html: str | None = None, *, styles: str | None = "drawing") -> Callable[..., Any]:
    """Return what shows the component in the folder `name`; its sources are those of `read_sources`."""
    sources = read_sources(name, html, styles)
    if len(sources.js) + len(sources.css) < _LEAST_SERVED:
        return st.components.v2.component(name, **sources._asdict())
    module = f"{sources.js}\nexport const styles = {json.dumps(sources.css)}\n"
    # What a browser keeps under a name never changes.
    file_name = f"{name}.{zlib.crc32(module.encode()):08x}.js"

    @cache
    def component() -> Callable[..., Any]:
        js = _load(f"{served_path()}/{file_name}")
        return st.components.v2.component(name, html=sources.html, js=js)

    def show(**options: Any) -> Any:
        file = SERVED / file_name
        # Systems clear their folder for temporary files, however long the server runs.
        if not file.exists():
            SERVED.mkdir(mode=0o700, exist_ok=True)
            # Whoever requests the file meanwhile gets all of it or nothing.
            unfinished = file.with_suffix(f".{secrets.token_hex(8)}")
            unfinished.write_text(module, encoding="utf-8")
            unfinished.replace(file)
        return component()(**options)

    return show


def _load(path: str) -> str:
    """Return the JavaScript that is sent in place of a module that is served under a path."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{_LOADER}\nexport default mountServed({json.dumps(path)}, {json.dumps(base)})"


@cache
def served_path() -> str:
    """Return the path under which Streamlit serves the files in SERVED."""
    return f"component/{st.components.v1.declare_component('modules', path=SERVED).name}"
