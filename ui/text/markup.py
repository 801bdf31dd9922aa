"""Pieces of HTML that several pages have: a table, and a region that scrolls by itself."""

from collections.abc import Iterable, Sequence
from html import escape


def html_table(titles: Sequence[str], rows: Iterable[str], *, caption: str = "", kind: str = "") -> str:
    """Return a table under titles, which are text as the caption is; `rows` are elements already.

    `kind` is the class that its style has.
    """
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    styled = f' class="{kind}"' if kind else ""
    return f"<table{styled}>{named}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def scrolling(content: str, name: str, *, kind: str = "") -> str:
    """Return a region around HTML that scrolls by itself, by the keyboard too; `kind` is as above."""
    styled = f' class="{kind}"' if kind else ""
    # The arrow keys scroll only what can be focused.
    return f'<div{styled} tabindex="0" role="region" aria-label="{escape(name)}">{content}</div>'
