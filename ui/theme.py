"""Colors with a meaning: blue for negative, orange for positive, gray for zero.

The colors of the surroundings are in .streamlit/config.toml, which Streamlit applies by itself.
"""

# The variables that Streamlit styles components with, and the options of the theme that they come from.
CSS = {
    "--st-primary-color": "primaryColor",
    "--st-background-color": "backgroundColor",
    "--st-secondary-background-color": "secondaryBackgroundColor",
    "--st-text-color": "textColor",
    "--st-border-color": "borderColor",
}
PALETTES = {
    "light": {"negative": "#2166ac", "zero": "#d9d9d9", "positive": "#d9730d"},
    "dark": {"negative": "#67a9cf", "zero": "#4a4f57", "positive": "#f4a259"},
}
