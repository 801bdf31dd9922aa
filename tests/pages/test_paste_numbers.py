"""Numbers pasted into One step: what the dialog shows of them, what it takes, and Undo."""

import pytest

from tests.pages.harness import address, messages, new_app, notes, param, press, run, shown, warnings
from tests.ui.one_step.test_pasted_exercise import CELLS

SQUARE = "W1 = [[1, 2], [3, 4]]\nW2 = [[5], [6]]\nx = [1, 2]\nt = 0.5"


@pytest.fixture
def open_dialog():
    def open_dialog(query=""):
        app = run(new_app(), query)
        press(app, "Paste numbers")
        return app

    return open_dialog


def paste(app, text):
    shown(app.text_area, "paste_text").set_value(text)
    app.run()
    assert not app.exception


def is_open(app):
    return any(button.label == "Set these numbers" for button in app.button)


def codes(app):
    return [code.value for code in app.code]


def test_the_course_cells_give_the_default_page_as_one_change(open_dialog):
    app = open_dialog("example=mazur")
    paste(app, CELLS)
    assert "Sets network 3-2-1, W1, W2, no biases, inputs, target, learning rate." in notes(app)
    assert "0.5  −0.6" in codes(app)[0]
    press(app, "Set these numbers")
    assert not is_open(app)
    assert address(app) == {}
    press(app, "Undo")
    assert param(app, "example") == "mazur"


def test_a_shape_that_fits_twice_is_a_choice_which_shows_both(open_dialog):
    app = open_dialog()
    paste(app, SQUARE)
    assert [code.split("\n")[2:] for code in codes(app)] == [["  1  2", "  3  4"], ["  1  3", "  2  4"]]
    press(app, "Set these numbers")
    assert is_open(app)
    assert "W1" not in address(app)
    assert messages(app, "error") == ["Choose what the rows of W1 are."]
    shown(app.radio, "paste_way").set_value(1)
    app.run()
    assert not messages(app, "error")
    press(app, "Set these numbers")
    assert not is_open(app)
    assert (param(app, "net"), param(app, "W1"), param(app, "W2")) == ("2-2-1", "1_3~2_4", "5~6")


def test_what_cannot_be_read_stays_with_its_reason_and_its_place(open_dialog):
    app = open_dialog()
    paste(app, "x = [1, 2, 3\nt = 0.5")
    assert messages(app, "error") == ["Line 1, column 5: “[” is not closed."]
    assert codes(app) == ["x = [1, 2, 3\n    ^"]
    press(app, "Set these numbers")
    assert is_open(app)
    assert shown(app.text_area, "paste_text").value == "x = [1, 2, 3\nt = 0.5"
    press(app, "Cancel")
    assert not is_open(app)
    press(app, "Paste numbers")
    assert shown(app.text_area, "paste_text").value == "x = [1, 2, 3\nt = 0.5"


def test_some_numbers_change_those_of_the_shown_step_and_say_what_happens_to_it(open_dialog):
    app = open_dialog("run=5")
    paste(app, "target = 0.25\nfoo = 3")
    press(app, "Set these numbers")
    assert param(app, "y") == "0.25"
    assert param(app, "run") is None
    assert "Fits nowhere: “foo” in line 2." in warnings(app)
    assert "Training starts again at step 0 with the pasted numbers" in warnings(app)
    press(app, "Undo")
    assert (param(app, "run"), param(app, "y")) == ("5", None)


def test_numbers_that_the_page_has_change_nothing(open_dialog):
    app = open_dialog()
    paste(app, CELLS)
    press(app, "Set these numbers")
    assert address(app) == {}
    assert "The page has these numbers already." in warnings(app)


def test_a_page_that_hides_its_weights_has_no_dialog():
    app = run(new_app(), "hide=weights")
    assert not any(button.label == "Paste numbers" for button in app.button)


def test_numbers_are_copied_as_code():
    app = run(new_app(), copy_numbers=True)
    numpy, torch = codes(app)
    assert "W2 = np.array([[0.1],\n" in numpy
    assert '"2.weight": torch.tensor([[0.1, -0.3]])' in torch
