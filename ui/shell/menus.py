"""Which entry of a menu is the present one."""

import json

import streamlit as st


def mark_entry(menu: str, place: int | None) -> None:
    """Mark the entry at a place of the menu button with a label, or none.

    By a style and not in the entry's text: Streamlit finds an entry that was pressed by its text, and one
    that has changed since the menu was opened would be lost.
    """
    if place is None:
        return
    entry = f'[role="menu"][aria-label={_quoted(menu)}] > :nth-child({place + 1:d})'
    content = 'content: "\\2713"; content: "\\2713" / "present"'
    mark = f"{content}; padding-inline: 0.5rem; margin-inline-start: auto"
    st.html(f"<style>{entry}::after {{ {mark} }}</style>")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("<", "\\3c ")
