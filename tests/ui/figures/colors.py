"""Which colors a figure has, and which of them Streamlit's theme replaces."""

import json
import re
import tomllib
from pathlib import Path

CONFIG = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEMES = {name: CONFIG["theme"][name]["chartCategoricalColors"] for name in ("light", "dark")}

# One placeholder for each color of the theme: the browser would make "undefined" of one more.
CATEGORIES = {f"#{place:06d}" for place in range(1, min(map(len, THEMES.values())) + 1)}
BACKGROUND, TEXT = "#000038", "#000037"


def colors_of(figure):
    """Every opaque color that stands in a figure; the gray that lets the page through fits any."""
    return set(re.findall(r"#[0-9a-fA-F]{6}", json.dumps(figure)))
