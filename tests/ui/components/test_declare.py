"""What is sent of a component in each of its messages, and what is served as a file instead."""

import json
import re

import pytest

from tests.browser.harness import ROOT
from tests.pages.harness import new_app
from ui.components.base import read_sources
from ui.components.declare import SERVED, served_path

LARGE = {"": "live_network", "pages/train/training.py": "player"}
# A message of a component is what it shows and these.
MOST_SOURCES = 10_000


def components(app):
    return [element.proto for element in app.get("bidi_component")]


def open_app(script=""):
    app = new_app()
    app.run()
    return app.switch_page(script).run() if script else app


@pytest.mark.parametrize("script", LARGE)
def test_no_message_carries_the_code_of_a_large_component(script):
    shown = components(open_app(script))
    assert LARGE[script] in {proto.component_name for proto in shown}
    for proto in shown:
        assert len(proto.js_content) + len(proto.css_content) < MOST_SOURCES, proto.component_name


@pytest.mark.parametrize("script", LARGE)
def test_the_file_that_is_loaded_has_the_code_and_the_styles_and_comes_back_when_it_is_gone(script):
    app = open_app(script)
    (proto,) = (proto for proto in components(app) if proto.component_name == LARGE[script])
    found = re.search(rf'"{served_path()}/({LARGE[script]}\.[0-9a-f]{{8}}\.js)"', proto.js_content)
    assert found
    file = SERVED / found[1]
    sources = read_sources(LARGE[script])
    assert (
        file.read_text(encoding="utf-8") == f"{sources.js}\nexport const styles = {json.dumps(sources.css)}\n"
    )
    file.unlink()
    app.run()
    assert file.exists()


def test_a_button_can_be_pressed_once_its_code_is_there():
    files = (ROOT / "ui" / "components").glob("*/__init__.py")
    buttons = [button for file in files for button in re.findall(r"<button[^>]*>", file.read_text())]
    assert len(buttons) > 5
    assert [button for button in buttons if "disabled" not in button] == []
