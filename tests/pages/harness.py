"""Streamlit's own test harness, with what the tests of every page do with it."""

import re
from html import unescape
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from tests.browser.harness import ROOT


def new_app():
    """The app before its first run, with a network that counts as painted."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.session_state["network"] = {"painted": True}
    return app


def run(app, query="", **session):
    """Run the page for a query string and things kept in the session."""
    for name, values in parse_qs(query, keep_blank_values=True).items():
        app.query_params[name] = values
    for name, value in session.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return app


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def param(app, name):
    """A parameter of the address, whether the harness keeps it alone or in a list; None where it is not."""
    if name not in app.query_params:
        return None
    value = app.query_params[name]
    return value[-1] if isinstance(value, list) else value


def warnings(app):
    return " ".join(messages(app, "warning"))


def messages(app, kind):
    """The sentences shown as "warning" or "error"; one with HTML that is not the project's own is none."""
    shown = [element.proto.body for element in app.get("html")]
    return [
        unescape(sentence)
        for body in shown
        if body.startswith(f'<div class="message {kind}"')
        for sentence in re.findall(r"<p>([^<]*)</p>", body)
    ]


def notes(app):
    """The sentences in small print."""
    bodies = [element.proto.body for element in app.get("html")]
    start, end = '<p class="note">', "</p>"
    return [unescape(body.removeprefix(start).removesuffix(end)) for body in bodies if body.startswith(start)]


def shown(widgets, key):
    """The widget with a key, however often the page has replaced it."""
    return next(widget for widget in widgets if widget.key.split("~")[0] == key)
