"""Messages sent before the response to an earlier one had come: they bring the address from before it."""

import json

import pytest

from tests.pages.harness import new_app, param, press, run, shown

PAGE = "pages/train/training.py"


def open_training(**session):
    app = new_app()
    app.run()
    app.switch_page(PAGE)
    return run(app, player={"painted": True}, **session)


def send(app, states):
    """Send widget states with the address that the page began with."""
    app.query_params.clear()
    app._run(states)
    assert not app.exception


def enter(app, widget, value):
    """Send that a widget holds a value, with the address that the page began with."""
    widget.set_value(value)
    send(app, app._tree.get_widget_states())


def choose_the_scale_of_the_loss(app):
    protos = [element.proto for element in app.get("bidi_component")]
    states = app._tree.get_widget_states()
    states.widgets.add(
        id=next(proto.id for proto in protos if proto.component_name == "player"),
        json_value=json.dumps({"scale": {"seq": 9, "scale": "log", "film": None}}),
    )
    send(app, states)


def pick_a_chart(app):
    enter(app, shown(app.button_group, "training_chart"), "gradient_norms")


def switch_the_scale_of_the_chart(app):
    enter(app, next(toggle for toggle in app.toggle if toggle.label == "Log scale"), False)


def clear_a_box(app):
    enter(app, shown(app.number_input, "training_data_seed"), None)


def type_no_number(app):
    enter(app, shown(app.text_input, "training_data_train_share"), "abc")


@pytest.mark.parametrize(
    "act",
    [
        choose_the_scale_of_the_loss,
        pick_a_chart,
        switch_the_scale_of_the_chart,
        clear_a_box,
        type_no_number,
    ],
)
def test_a_late_message_leaves_the_change_before_it(act):
    app = open_training(training_data=True, training_chart="batch")
    press(app, "Train")
    assert param(app, "steps") == "1000"
    act(app)
    assert param(app, "steps") == "1000"


def test_a_late_message_of_a_widget_that_is_gone_leaves_the_change_before_it():
    app = open_training(training_optimizer=True)
    rate = shown(app.text_input, "training_settings_learning_rate")
    shown(app.selectbox, "training_settings_optimizer").set_value("adam")
    app.run()
    assert param(app, "optimizer") == "adam"
    assert shown(app.text_input, "training_settings_learning_rate").id != rate.id
    states = app._tree.get_widget_states()
    states.widgets.add(id=rate.id, string_value="0.5")
    send(app, states)
    assert param(app, "optimizer") == "adam"


def test_a_late_press_of_a_button_that_is_disabled_leaves_the_change_before_it():
    app = open_training()
    press(app, "Train")
    more = next(button for button in app.button if button.label.endswith("more"))
    trained = dict(app.query_params)
    press(app, "Reset")
    assert param(app, "steps") is None
    states = app._tree.get_widget_states()
    states.widgets.add(id=more.id, trigger_value=True)
    for name, value in trained.items():
        app.query_params[name] = value
    app._run(states)
    assert not app.exception
    assert param(app, "steps") is None
