"""Colors with a meaning: blue for negative, orange for positive, gray for zero; and the marks of classes.

The colors of the surroundings are in .streamlit/config.toml, which Streamlit applies by itself.
"""

from typing import NamedTuple

# The variables that Streamlit styles components with, and the options of the theme that they come from.
CSS = {
    "--st-primary-color": "primaryColor",
    "--st-background-color": "backgroundColor",
    "--st-secondary-background-color": "secondaryBackgroundColor",
    "--st-text-color": "textColor",
    "--st-border-color": "borderColor",
}
# The orange of lines is too light for text on white.
PALETTES = {
    "light": {"negative": "#2166ac", "zero": "#d9d9d9", "positive": "#d9730d", "positive_text": "#b35900"},
    "dark": {"negative": "#67a9cf", "zero": "#4a4f57", "positive": "#f4a259", "positive_text": "#f4a259"},
}

# What a number in a formula is, whatever its sign and size; none is a color of the scale above.
ROLE_COLORS = {
    "light": {
        "input": "#6b3fa0",
        "weight": "#00687a",
        "rate": "#a3246e",
        "target": "#5c6100",
        "slope": "#5e5e62",
    },
    "dark": {
        "input": "#c3a2f5",
        "weight": "#7fded0",
        "rate": "#f28cc4",
        "target": "#c8cc5c",
        "slope": "#b4b4ae",
    },
}


# Of three classes and more, any two differ by ΔE₀₀ ≥ 15, as they are and without red or green cones, and
# none is blue or orange; the first three differ most.
CLASS_COLORS = {
    "light": (
        *("#a878e4", "#909c00", "#6c243c", "#3c2478", "#6c906c"),
        *("#0c6c6c", "#780000", "#786c18", "#6c54b4", "#489c9c"),
    ),
    "dark": (
        *("#d890ff", "#e4f06c", "#54780c", "#8448b4", "#6ca884"),
        *("#ffd8fc", "#a8789c", "#c0f0cc", "#9ca824", "#007860"),
    ),
}


class Marker(NamedTuple):
    """The shape of a class: its name in Plotly and in the player, and a character that looks like it."""

    name: str
    character: str


CLASS_MARKERS = (
    Marker("circle", "●"),
    Marker("triangle-up", "▲"),
    Marker("square", "■"),
    Marker("diamond", "◆"),
    Marker("cross", "✚"),
    Marker("triangle-down", "▼"),
    Marker("star", "★"),
    Marker("x", "✖"),
    Marker("pentagon", "⬟"),
    Marker("hourglass", "⧗"),
)
