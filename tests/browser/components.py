"""The app's components on a page without Streamlit's front end, which costs a browser ten times as much.

Python is the whole app in Streamlit's own test harness. A message of a component runs it, with the address of
the page, as a message of Streamlit's front end would; what it shows comes back, its address with it.
"""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit
from playwright.sync_api import Page
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from tests.browser.harness import ROOT
from tests.pages.harness import address, new_app, run
from ui.components.declare import SERVED, served_path
from ui.export.saved_page import theme_css

_FOLDER = Path(__file__).parent
_TEMPLATE = Template((_FOLDER / "components.html").read_text(encoding="utf-8"))
# What ends a run of the whole page is among them: a component sends nothing before that.
_SHOWN = ("live_network", "history_buttons", "films", "film_rest", "player", "next_steps", "keep_address")
_SCRIPTS = {"training": "pages/train/training.py"}
# What a page waits for before it shows all the rest.
_PAINTED: dict[str, dict[str, Any]] = {"": {}, "training": {"player": {"painted": 1}}}
_STYLES = (ROOT / "ui" / "assets" / "page.css").read_text(encoding="utf-8")
_HOST_JS = (_FOLDER / "components.js").read_text(encoding="utf-8")
# What texts have where a machine has none of the theme's own fonts.
_FONT = next(Path(streamlit.__file__).parent.glob("static/static/media/SourceSansVF-Upright*.woff2"))

Message = dict[str, Any]


class App:
    """The app behind one page of components."""

    def __init__(self, query: str = "", path: str = "", **session: Any) -> None:
        """Run a page for the first time, for a query string and things kept in the session."""
        self._app = new_app()
        if path:
            self._app.run()
            self._app.switch_page(_SCRIPTS[path])
        run(self._app, query, **_PAINTED[path], **session)
        self._path = path
        self._states: Message = {}
        self._sources: set[str] = set()
        self.page = _TEMPLATE.substitute(
            theme=theme_css(), styles=_STYLES, font=_FONT.name, host=_HOST_JS, shown=_in_script(self._shown())
        )

    def take(self, message: Message) -> Message:
        """Run the app for a message: all that components have sent so far, and the address of the page."""
        self._app.query_params = parse_qs(message["query"].removeprefix("?"), keep_blank_values=True)
        self._states = message["states"]
        return self._run(self._app._tree.get_widget_states())

    def act(self, page: Page, act: Callable[[AppTest], None]) -> None:
        """Do something with the widgets that are not on the page, and show on it what follows."""
        act(self._app)
        self._show(page, self._run(self._app._tree.get_widget_states()))

    def choose(self, page: Page, key: str, label: str) -> None:
        """Choose the entry of a menu button that begins with a label, and show on the page what follows."""
        menus = [element.proto for element in self._app.get("menu_button")]
        menu = next(menu for menu in menus if menu.id.endswith(f"-{key}"))
        states = self._app._tree.get_widget_states()
        chosen = states.widgets.add(id=menu.id).string_trigger_value
        chosen.data = next(entry for entry in menu.options if entry.startswith(label))
        self._show(page, self._run(states))

    def _show(self, page: Page, shown: Message) -> None:
        page.evaluate("shown => showApp(shown)", shown)

    def _run(self, states: WidgetStates) -> Message:
        for name, state in self._states.items():
            states.widgets.add(id=name, json_value=json.dumps(state))
        self._app._run(states)
        assert not self._app.exception
        return self._shown()

    def _shown(self) -> Message:
        components = [element.proto for element in self._app.get("bidi_component")]
        return {
            "path": f"/{self._path}",
            "query": urlencode(address(self._app), doseq=True),
            "components": [self._component(proto) for proto in components if proto.component_name in _SHOWN],
        }

    def _component(self, proto: BidiComponent) -> Message:
        """Return a component's data, and its sources where the page has not had them."""
        is_bytes = proto.WhichOneof("data") == "bytes"
        text = base64.b64encode(proto.bytes).decode("ascii") if is_bytes else proto.json
        shown = {"id": proto.id, "name": proto.component_name, "data": text, "is_bytes": is_bytes}
        if proto.component_name in self._sources:
            return shown
        self._sources.add(proto.component_name)
        return shown | {"html": proto.html_content, "css": proto.css_content, "js": _module_of(proto)}


def _module_of(proto: BidiComponent) -> str:
    """Return a component's JavaScript: what it loads, where that is served as a file."""
    served = re.search(rf"{re.escape(served_path())}/([^\"]+)", proto.js_content)
    return (SERVED / served[1]).read_text(encoding="utf-8") if served else proto.js_content


def _in_script(value: Message) -> str:
    # Inside a script element only "<" could end what is data and begin what is markup.
    return json.dumps(value).replace("<", "\\u003c")
