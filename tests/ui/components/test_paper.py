"""What is drawn for paper has the colors of the light theme."""

import re
import tomllib

from tests.browser.harness import ROOT
from ui import theme


def test_paper_has_the_colors_of_the_light_theme():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    script = (ROOT / "ui" / "components" / "base" / "paper.js").read_text(encoding="utf-8")
    colors = dict(re.findall(r'"(--st-[a-z-]+)": "(#[0-9a-f]{6})"', script))
    assert colors == {name: config["theme"]["light"][option] for name, option in theme.CSS.items()}
