"""Somebody's text in a figure, where Plotly would read markup and places for numbers."""

_READ_BY_PLOTLY = frozenset("&<>\"'%{}$")


def plain_text(text: str) -> str:
    """Return a text that Plotly shows as it stands, in titles, ticks, legends and hover texts.

    Plotly reads few names of characters, and numbers before markup.
    """
    return "".join(
        f"&#{ord(character)};" if character in _READ_BY_PLOTLY else character for character in text
    )
