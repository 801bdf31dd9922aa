"""Sentences to the visitor, shown as they stand whatever somebody put into them."""

from collections.abc import Sequence

import streamlit as st


def warn(sentences: Sequence[str]) -> None:
    """Show the sentences, one a line; nothing where there are none."""
    if sentences:
        st.warning("  \n".join(map(as_text, sentences)), icon=":material/info:")


def as_text(sentence: str) -> str:
    """Return a sentence that Markdown shows as it stands, whatever a visitor put into it."""
    return "".join(
        f"\\{character}" if character in "\\`*_{}[]()<>#+-.!|~$:&\"'^=" else character
        for character in sentence
    )
