"""The one place in which a component becomes known to Streamlit."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.components.base import read_sources


def declare(name: str, html: str | None = None, *, styles: str | None = "drawing") -> Callable[..., Any]:
    """Return what shows the component in the folder `name`; its sources are those of `read_sources`."""
    return st.components.v2.component(name, **read_sources(name, html, styles)._asdict())
