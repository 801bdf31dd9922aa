"""Sentences that may hold somebody's text, shown as they stand: they are no Markdown.

Streamlit's Markdown makes links and icons of a text even where every sign of it is escaped. What somebody has
typed, sent in a link or uploaded is shown by these functions only; labels, titles and tips are the project's.
"""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.text.symbols import unbroken

# So many sentences are read; of a hostile link there can be thousands.
MAX_SENTENCES = 20


def warn(sentences: Sequence[str]) -> None:
    """Show the sentences, one a line; nothing where there are none."""
    if sentences:
        shown = list(sentences[:MAX_SENTENCES])
        if len(sentences) > len(shown):
            shown.append(f"… and {len(sentences) - len(shown):,} more.")
        st.html(_message("warning", shown))


def refuse(sentence: str) -> None:
    """Show why an entered text could not be taken, below the box that it was entered in."""
    st.html(_message("error", [sentence]))


def note(sentence: str) -> None:
    """Show a sentence in small print."""
    st.html(f'<p class="note">{escape(unbroken(sentence))}</p>')


def note_of_step(sentence: str, elsewhere: str) -> None:
    """Show a sentence in small print, and behind it another one while the drawing is at another step."""
    st.html(f'<p class="note of-step">{escape(sentence)} <span>{escape(elsewhere)}</span></p>')


def _message(kind: str, sentences: Sequence[str]) -> str:
    lines = "".join(f"<p>{escape(unbroken(sentence))}</p>" for sentence in sentences)
    return f'<div class="message {kind}" role="alert">{lines}</div>'
