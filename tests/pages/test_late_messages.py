"""Messages sent before the response to an earlier one had come: they bring the address from before it."""

import json

import pytest

from tests.pages.harness import new_app, param, press, run, run_script, shown
from ui.training.placing import COPIED

PAGE = "pages/train/training.py"


def open_training(**session):
    app = new_app()
    app.run()
    app.switch_page(PAGE)
    return run(app, player={"painted": 1}, **session)


def send(app, states):
    """Send widget states with the address that the page began with."""
    app.query_params.clear()
    app._run(states)
    assert not app.exception


def enter(app, widget, value):
    """Send that a widget holds a value, with the address that the page began with."""
    widget.set_value(value)
    send(app, app._tree.get_widget_states())


def player_states(app, sent):
    """The states of all widgets, with what the player has sent."""
    protos = [element.proto for element in app.get("bidi_component")]
    states = app._tree.get_widget_states()
    states.widgets.add(
        id=next(proto.id for proto in protos if proto.component_name == "player"),
        json_value=json.dumps({"painted": 1, **sent}),
    )
    return states


def choose_the_scale_of_the_loss(app):
    send(app, player_states(app, {"scale": {"seq": 9, "scale": "log", "film": None}}))


def pick_a_chart(app):
    enter(app, shown(app.button_group, "training_chart"), "gradient_norms")


def switch_the_scale_of_the_chart(app):
    enter(app, next(toggle for toggle in app.toggle if toggle.label == "Log scale"), False)


def clear_a_box(app):
    enter(app, shown(app.number_input, "training_data_seed"), None)


def type_no_number(app):
    enter(app, shown(app.text_input, "training_settings_l1"), "abc")


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
    app = open_training(training_data=True, training_more=True, training_chart="batch")
    press(app, "Train to budget")
    assert param(app, "steps") == "1000"
    act(app)
    assert param(app, "steps") == "1000"


def with_a_replaced_box():
    """The page with the box of a number that Undo has put back, and the one that stood there before."""
    app = open_training(training_more=True)
    shown(app.text_input, "training_settings_l1").set_value("0.1")
    app.run()
    box = shown(app.text_input, "training_settings_l1")
    assert box.value == "0.1"
    press(app, "Undo: L1 0 → 0.1")
    assert shown(app.text_input, "training_settings_l1").id != box.id
    return app, box


@pytest.mark.parametrize("times", [1, 2], ids=["once", "repeated"])
@pytest.mark.parametrize(("text", "l1"), [("0.1", None), ("0.5", "0.5")], ids=["as it was", "typed"])
def test_a_late_message_of_a_widget_that_the_page_has_replaced_counts_where_something_was_typed(
    text, l1, times
):
    app, box = with_a_replaced_box()
    for _ in range(times):
        states = app._tree.get_widget_states()
        states.widgets.add(id=box.id, string_value=text)
        send(app, states)
    assert param(app, "l1") == l1
    assert shown(app.text_input, "training_settings_l1").value == (l1 or "0")


def test_what_was_typed_into_a_widget_that_is_gone_does_not_come_back():
    app, box = with_a_replaced_box()
    states = app._tree.get_widget_states()
    states.widgets.add(id=box.id, string_value="0.5")
    send(app, states)
    enter(app, shown(app.text_input, "training_settings_l1"), "0.2")
    states = app._tree.get_widget_states()
    states.widgets.add(id=box.id, string_value="0.5")
    send(app, states)
    assert param(app, "l1") == "0.2"


def test_a_late_press_of_a_button_that_is_disabled_leaves_the_change_before_it():
    app = open_training()
    press(app, "Train to budget")
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


def placed(*points, seq, session=None, at=""):
    """What the player sends of points that have not been acknowledged, the newest with the number `seq`."""
    first = seq - len(points) + 1
    sent = [
        {"seq": first + k, "x1": x1, "x2": x2, "label": label, "session": session}
        for k, (x1, x2, label) in enumerate(points)
    ]
    return {"changed": {"seq": seq, "changes": sent, "at": at, "film": None}}


def added(app):
    """The points behind those that were copied from the samples."""
    return "~".join(param(app, "points").split("~")[COPIED:])


def test_each_point_that_was_placed_counts_once():
    app = open_training()
    first, second, third = (1, 2, 0), (-1, 0.5, 1), (1, 2, 0)
    send(app, player_states(app, placed(first, second, seq=2)))
    assert added(app) == "1_2_0~-1_0.5_1"
    # The response was late: what it acknowledges comes once more, with a third one.
    send(app, player_states(app, placed(first, second, third, seq=3)))
    assert added(app) == "1_2_0~-1_0.5_1~1_2_0"
    send(app, player_states(app, placed(third, seq=3)))
    assert added(app) == "1_2_0~-1_0.5_1~1_2_0"


def test_points_come_before_the_button_that_was_pressed_after_them():
    app = open_training()
    states = player_states(app, placed((1, 2, 0), (-1, 0.5, 1), seq=2))
    train = next(button for button in app.button if button.label == "Train to budget")
    states.widgets.add(id=train.id, trigger_value=True)
    send(app, states)
    assert added(app) == "1_2_0~-1_0.5_1"
    assert param(app, "steps") == "1000"


def test_points_of_a_session_that_had_taken_them_are_not_taken_again():
    # Another server has taken over, at the address that the points have led to.
    app = open_training()
    send(app, player_states(app, placed((1, 2, 0), seq=2, session="elsewhere", at="?data=points")))
    assert param(app, "points") is None


def test_a_point_placed_just_before_the_last_is_removed_is_the_one_removed():
    app = run(open_training(training_data=True), "data=points&points=1_2_0~-1_2_1")
    next(button for button in app.button if button.label == "Remove the last point").click()
    send(app, player_states(app, placed((3, 0, 1), seq=2)))
    assert param(app, "points") == "1_2_0~-1_2_1"


def test_the_playhead_moved_before_a_press_is_moved_before_it():
    app = open_training()
    press(app, "Train to budget")
    next(button for button in app.button if button.label.endswith("more")).click()
    send(app, player_states(app, {"position": {"seq": 3, "step": 0, "film": None}}))
    assert (param(app, "steps"), param(app, "at")) == ("2000", None)


def test_the_playhead_of_before_back_does_not_move_again():
    app = open_training()
    press(app, "Train to budget")
    moved = {"position": {"seq": 3, "step": 0, "film": None}}
    send(app, player_states(app, moved))
    assert param(app, "at") == "0"
    run(app, "steps=1000", player={"painted": 1, **moved})
    press(app, "New random weights")
    press(app, "Train to budget")
    assert param(app, "at") is None


def test_more_goes_on_behind_a_run_that_has_not_been_computed():
    def script():
        from ui.training import actions

        for _ in range(2):
            actions.train(more=True)

    assert param(run_script(script, {"steps": "1000"}), "steps") == "3000"


def test_two_axes_chosen_in_one_message_both_count():
    app = run(open_training(training_data=True), "data=iris")
    for place, name in ((0, "sepal_length"), (1, "sepal_width")):
        shown(app.selectbox, f"training_axis_{place}").set_value(name)
    send(app, app._tree.get_widget_states())
    assert param(app, "axes") == "sepal_length~sepal_width"
