"""Initial weights by hand on the Training page."""

from tests.pages.harness import messages, param, press, run, set_field, shown, warnings
from tests.pages.test_training import film, open_page

BOX = "training_theta"


def open_box(query):
    return open_page(query, training_more=True)


def enter(app, text):
    shown(app.text_area, BOX).set_value(text)
    app.run()
    assert not app.exception


def test_a_weight_is_edited_in_the_box_and_the_run_begins_from_it():
    app = open_box("data=truth_xor&hidden=2&steps=20")
    drawn = shown(app.text_area, BOX).value
    heading, first, *rest = drawn.split("\n")
    enter(app, "\n".join([heading, "0.5 " + first.split()[1], *rest]))
    assert shown(app.text_area, BOX).value.split("\n")[1].split()[0] == "0.5"
    assert param(app, "theta").startswith("0.5_") or param(app, "theta").startswith("z")
    press(app, "Train to budget")
    assert film(app)["steps"][-1] == 1000
    press(app, "New random weights")
    assert param(app, "theta") is None


def test_empty_is_drawn_and_what_does_not_fit_stays_with_its_reason():
    app = open_box("data=truth_xor&hidden=2")
    drawn = shown(app.text_area, BOX).value
    enter(app, "W1\n1 2")
    assert shown(app.text_area, BOX).value == "W1\n1 2"
    assert "got “W1”; it takes W1 (2 × 2)" in messages(app, "error")[0]
    assert param(app, "theta") is None
    enter(app, "1 2\n3 4\n\n5 6\n\n7\n8\n\n9")
    assert param(app, "theta") == "1_2_3_4_5_6_7_8_9"
    assert not messages(app, "error")
    enter(app, "")
    assert param(app, "theta") is None
    assert shown(app.text_area, BOX).value == drawn


def test_weights_of_another_network_are_said_not_to_fit():
    app = open_box("data=truth_xor&hidden=3&theta=1_2_3_4_5_6_7_8_9")
    assert "are 9 numbers; this network has 13 weights and biases" in warnings(app)
    run(app, "hidden=2")
    assert not warnings(app)


def test_given_weights_leave_the_link_with_the_network_that_they_fit_and_undo_brings_them_back():
    app = open_box("data=truth_xor&hidden=2&theta=1_2_3_4_5_6_7_8_9")
    set_field(app, "hidden", "3")
    assert param(app, "theta") is None
    assert not warnings(app)
    press(app, "Undo: hidden layers 2 → 3")
    assert param(app, "theta") == "1_2_3_4_5_6_7_8_9"
