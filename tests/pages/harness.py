"""Streamlit's own test harness, with what the tests of every page do with it."""

import json
import re
from html import unescape
from urllib.parse import parse_qs

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from tests.browser.harness import ROOT
from ui.training.charts import SEEN

# One for all apps: to look through all installed packages for components takes longer than a run.
_COMPONENTS = BidiComponentManager()


def new_app():
    """The app before its first run, with a network that counts as painted, and charts that are in sight."""
    app = _with_components(AppTest.from_file(str(ROOT / "app.py"), default_timeout=120))
    app.session_state["network"] = {"painted": 1}
    app.session_state[SEEN] = True
    return app


def _with_components(app):
    app._bidi_component_manager = _COMPONENTS
    return app


def run_script(script, query=None, **session):
    """Run a function as Streamlit runs a script, for a query and things kept in the session."""
    app = _with_components(AppTest.from_function(script, default_timeout=60))
    for name, value in (query or {}).items():
        app.query_params[name] = value
    for name, value in session.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return app


def address(app):
    """The parameters of the address, each with its text."""
    return {name: param(app, name) for name in app.query_params}


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
    button = next((button for button in app.button if button.label == label), None)
    if button is None:
        press_history(app, label)
    else:
        button.click()
        app.run()
        assert not app.exception


def press_history(app, *labels):
    """Press buttons of the history with no pause between them, as the browser sends it: in one message."""
    proto, data = history(app)
    names = {button["label"].split(":")[0]: button["name"] for button in data["buttons"]}
    presses = [{"seq": data["seq"] + k, "name": names[label]} for k, label in enumerate(labels, start=1)]
    states = app._tree.get_widget_states()
    sent = states.widgets.add()
    sent.id = proto.id
    sent.json_value = json.dumps({"pressed": {"seq": presses[-1]["seq"], "presses": presses}})
    app._run(states)
    assert not app.exception


def history(app):
    """The component with the history's buttons, and what it shows."""
    protos = [element.proto for element in app.get("bidi_component")]
    proto = next(proto for proto in protos if proto.component_name == "history_buttons")
    return proto, json.loads(proto.json)


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
    found = [body.removeprefix(start).removesuffix(end) for body in bodies if body.startswith(start)]
    return [unescape(sentence).replace("\N{WORD JOINER}", "") for sentence in found]


def shown(widgets, key):
    """The widget with a key, however often the page has replaced it."""
    return next(widget for widget in widgets if widget.key.split("~")[0] == key)


def player_model(app):
    """What the player of the Training page was sent last."""
    protos = [element.proto for element in app.get("bidi_component")]
    return json.loads(next(proto.json for proto in protos if proto.component_name == "player"))


def set_field(app, path, text):
    """Choose or type something in the panel beside the drawing, by the path of the field."""
    seq = player_model(app)["seq"] + 1
    change = {"seq": seq, "id": path, "text": text, "session": None}
    states = app._tree.get_widget_states()
    protos = [element.proto for element in app.get("bidi_component")]
    sent = {"changed": {"seq": seq, "changes": [change], "at": "", "film": None}, "painted": 1}
    states.widgets.add(
        id=next(proto.id for proto in protos if proto.component_name == "player"), json_value=json.dumps(sent)
    )
    app._run(states)
    assert not app.exception


def boxes_model(app):
    """What the drawing with boxes was sent last."""
    protos = [element.proto for element in app.get("bidi_component")]
    return json.loads(next(proto.json for proto in protos if proto.component_name == "answer_boxes"))


def type_numbers(app, **texts):
    """Type into boxes of the drawing, in one message, by the ids of quantities with _ for each point."""
    type_texts(app, {name.replace("_", "."): text for name, text in texts.items()})


def type_texts(app, texts):
    """Type into boxes of the drawing, in one message, by the ids of quantities."""
    first = boxes_model(app)["seq"] + 1
    changes = [
        {"seq": seq, "id": name, "text": text, "session": None}
        for seq, (name, text) in enumerate(texts.items(), start=first)
    ]
    states = app._tree.get_widget_states()
    protos = [element.proto for element in app.get("bidi_component")]
    sent = {"typed": {"seq": changes[-1]["seq"], "changes": changes, "at": ""}}
    states.widgets.add(
        id=next(proto.id for proto in protos if proto.component_name == "answer_boxes"),
        json_value=json.dumps(sent),
    )
    app._run(states)
    assert not app.exception


def box_of(app, name):
    """A box of the drawing as it was sent, by the id of its quantity."""
    return next(box for box in boxes_model(app)["boxes"] if box["id"] == name)


def field_of(app, path):
    """A field of the panel as the player was sent it."""
    return next(field for field in player_model(app)["panel"]["fields"] if field["id"] == path)
