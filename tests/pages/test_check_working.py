"""The page that checks a learner's working, without a browser."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from core.examples import EXAMPLES
from core.mistakes import MISTAKES, diagnose
from tests.pages.harness import (
    box_of,
    boxes_model,
    messages,
    new_app,
    notes,
    param,
    run,
    shown,
    type_numbers,
    warnings,
)
from ui.links.exercise import hand_over
from ui.text.answers import answerable
from ui.text.conventions import CONVENTIONS

PAGE = "pages/practice/check_working.py"
RIGHT = {"delta2.1": 0.0, "step.w2.1.1": 0.0}


def open_page(query=""):
    app = new_app()
    # The first page of a process is opened twice, unless it is the default one.
    app.run()
    app.switch_page(PAGE)
    return run(app, query)


def paste(app, text):
    shown(app.text_area, "check_pasted").set_value(text)
    app.run()
    assert not app.exception


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def marks(app):
    """What stands beside the boxes that have a number, in full."""
    return [box["words"] for box in boxes_model(app)["boxes"] if box["words"] and not box["problem"]]


def problems(app):
    return [box["problem"] for box in boxes_model(app)["boxes"] if box["problem"]]


def hints(app):
    formulas = [text.value for text in app.markdown if text.value.startswith("$")]
    return [heading.value for heading in app.header], formulas


def test_numbers_are_marked_and_the_first_slip_is_revealed_hint_by_hint():
    # f′ is forgotten at the output: Δw of the first weight there is 0.0321909704.
    app = open_page("show=steps")
    type_numbers(app, step_w2_1_1="0.0321909704")
    type_numbers(app, step_w2_2_1="0.0222568258")
    assert marks(app) == ["differs", "differs"]
    assert hints(app) == (["The first that differs: Δw h1→ŷ"], [])
    for label in ("Hint: the formula", "Hint: a question", "Name the mistake", "Show the answer"):
        press(app, label)
    (_, formulas) = hints(app)
    # ΔW, dL/dW and δ over letters, then Δw over numbers.
    assert len(formulas) == 4
    assert "0.00804047" in formulas[3]
    assert MISTAKES["slope_forgotten_output"].sentence in notes(app)
    assert param(app, "answers") == "step.w2.1.1_0.0321909704~step.w2.2.1_0.0222568258"
    press(app, "Hide the hints")
    assert not hints(app)[1]
    press(app, "Clear my numbers")
    assert param(app, "answers") is None
    assert not marks(app)
    press(app, "Bring my numbers back")
    assert marks(app) == ["differs", "differs"]


def go_by_one_step(app, query):
    app.switch_page("pages/explore/one_step.py")
    app.run()
    app.switch_page(PAGE)
    app.query_params.clear()
    return run(app, query)


def test_the_numbers_are_offered_again_behind_another_page():
    app = open_page("answers=z1.1_0.24~z1.2_-0.4")
    changed = replace(EXAMPLES["notebook"].exercise, learning_rate=0.25)
    go_by_one_step(app, urlencode(hand_over(changed)))
    assert not marks(app)
    press(app, "Bring my numbers back")
    assert param(app, "answers") == "z1.1_0.24~z1.2_-0.4"
    assert param(app, "eta") == "0.25"
    assert marks(app) == ["right", "differs"]
    # The menu leads to the page as it first is: the exercise comes back too.
    go_by_one_step(app, "")
    press(app, "Bring my numbers back")
    assert (param(app, "eta"), len(marks(app))) == ("0.25", 2)


def labels(app):
    return [button.label for button in app.button]


BRING = "Bring my earlier numbers back"


def test_numbers_typed_before_the_earlier_ones_are_brought_back_stand_beside_them():
    app = open_page("answers=z1.1_0.24~z1.2_-0.4")
    go_by_one_step(app, "")
    type_numbers(app, z1_2="-0.46", a1_1="0.56")
    assert len(marks(app)) == 2
    press(app, BRING)
    assert param(app, "answers") == "z1.1_0.24~z1.2_-0.46~a1.1_0.56"
    assert "What you have entered since then stays: z h2." in warnings(app)
    assert BRING not in labels(app)


def test_an_emptied_field_stays_empty_and_the_numbers_read_from_it_stay():
    app = open_page()
    paste(app, "z1.1 = 0.24")
    assert param(app, "sheet") == "z1.1 = 0.24"
    paste(app, "")
    assert shown(app.text_area, "check_pasted").value == ""
    assert (param(app, "answers"), param(app, "sheet")) == ("z1.1_0.24", None)


def test_earlier_numbers_come_back_beside_a_text_that_is_no_number():
    app = open_page()
    type_numbers(app, z1_1="0.24", z1_2="-0.4")
    press(app, "Clear my numbers")
    type_numbers(app, z1_1="abc")
    press(app, BRING)
    assert (param(app, "answers"), param(app, "refused")) == ("z1.2_-0.4", "z1.1=abc")
    assert "What you have entered since then stays: z h1." in warnings(app)


def test_texts_that_are_no_numbers_are_brought_back_with_the_numbers():
    app = open_page()
    type_numbers(app, z1_1="abc")
    press(app, "Clear my numbers")
    type_numbers(app, z1_2="-0.4")
    press(app, "Clear my numbers")
    press(app, "Bring my numbers back")
    assert (param(app, "answers"), param(app, "refused")) == ("z1.2_-0.4", "z1.1=abc")


def test_earlier_numbers_stay_when_those_typed_since_are_cleared_too():
    app = open_page("answers=z1.1_0.24")
    press(app, "Clear my numbers")
    type_numbers(app, a1_1="0.56")
    press(app, "Clear my numbers")
    press(app, "Bring my numbers back")
    assert param(app, "answers") == "z1.1_0.24~a1.1_0.56"


def test_numbers_of_two_exercises_are_both_kept():
    app = open_page("answers=z1.1_0.24&eta=0.25")
    go_by_one_step(app, "")
    type_numbers(app, a1_1="0.56")
    press(app, BRING)
    assert (param(app, "answers"), param(app, "eta")) == ("z1.1_0.24", "0.25")
    press(app, BRING)
    assert param(app, "answers") == "z1.1_0.24~a1.1_0.56"


def test_what_was_refused_is_there_after_a_reload():
    app = open_page()
    type_numbers(app, z1_1="abc", z1_2="-0.46")
    paste(app, "z1 = [0.2, ?]")
    again = open_page(urlencode({name: param(app, name) for name in ("answers", "refused", "draft")}))
    assert box_of(again, "z1.1")["text"] == "abc"
    assert problems(again)[0].startswith("z h1 got “abc”")
    assert shown(again.text_area, "check_pasted").value == "z1 = [0.2, ?]"
    assert "z1 = [0.2, ?]" in messages(again, "error")[0]
    assert marks(again) == ["right"]
    type_numbers(again, z1_1="0.24")
    paste(again, "z h1 = 0.24")
    assert (param(again, "refused"), param(again, "draft")) == (None, None)


def test_a_text_that_no_link_keeps_is_named_as_such():
    app = open_page()
    type_numbers(app, z1_1="x" * 201)
    assert param(app, "refused") is None
    assert box_of(app, "z1.1")["text"] == "x" * 201
    assert problems(app)[0].endswith(" A reload loses it: it has 201 characters, and a link keeps up to 200.")


def test_a_print_has_the_numbers_of_all_groups():
    app = open_page("answers=z1.1_0.24~delta2.1_-0.1&show=gradients")
    (paper,) = [html.proto.body for html in app.get("html") if 'class="on-paper"' in html.proto.body]
    for words in ("Forward", "z h1", "0.24", "right", "Backward", "δ ŷ", "-0.1", "differs"):
        assert words in paper
    assert "0.0287" not in paper
    assert not [
        html for html in open_page("answers=z1.1_0.24").get("html") if 'class="on-paper"' in html.proto.body
    ]


def test_no_numbers_are_offered_for_a_network_of_another_shape():
    app = open_page("answers=z1.1_0.24")
    mazur = EXAMPLES["mazur"].exercise
    go_by_one_step(app, urlencode(hand_over(replace(mazur, learning_rate=0.25))))
    assert "Bring my numbers back" not in [button.label for button in app.button]


def test_the_button_stays_where_nothing_but_a_refused_text_was_cleared():
    app = open_page()
    type_numbers(app, z1_1="abc")
    press(app, "Clear my numbers")
    assert not problems(app)
    press(app, "Bring my numbers back")


@pytest.mark.parametrize("speak", CONVENTIONS)
@pytest.mark.parametrize("group", ["gradients", "steps", "after"])
def test_beside_the_boxes_of_weights_and_biases_stands_what_their_numbers_are(speak, group):
    for box in boxes_model(open_page(f"example=mazur&show={group}&speak={speak}"))["boxes"]:
        if box["id"] != "loss_after":
            assert box["quantity"]
            assert box["name"].startswith(box["quantity"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("1/0", "cannot be divided by 0"), ("1e999", "up to 1e308"), ("1" * 250, "up to 100 characters")],
)
def test_the_reason_is_true_of_what_was_typed(text, sentence):
    app = open_page()
    type_numbers(app, z1_1=text)
    assert sentence in problems(app)[0]
    assert box_of(app, "z1.1")["text"] == text


def test_a_number_that_cannot_be_read_stays_with_its_reason_and_the_others_count():
    app = open_page()
    type_numbers(app, z1_1="0,27 or so")
    assert box_of(app, "z1.1")["text"] == "0,27 or so"
    assert "0,27 or so" in problems(app)[0]
    type_numbers(app, z1_2="-0.46")
    assert marks(app) == ["right"]
    type_numbers(app, z1_1="0,28")
    assert not problems(app)
    assert len(marks(app)) == 2


def test_what_cannot_be_read_counts_for_nothing_and_goes_with_what_takes_its_place():
    app = open_page("answers=z1.1_0.24")
    type_numbers(app, z1_1="abc")
    assert problems(app)[0].startswith("z h1 got “abc”")
    assert param(app, "answers") is None
    paste(app, "z1 = [0.3, -0.46]")
    assert box_of(app, "z1.1")["text"] == "0.3"
    assert not problems(app)
    # The field is the same one: it keeps the focus, and the text.
    assert shown(app.text_area, "check_pasted").value == "z1 = [0.3, -0.46]"
    type_numbers(app, a1_1="abc")
    press(app, "Clear my numbers")
    assert box_of(app, "a1.1")["text"] == ""
    assert shown(app.text_area, "check_pasted").value == ""
    assert not problems(app)


def test_a_sheet_is_pasted_as_a_whole():
    app = open_page()
    paste(
        app,
        "momentum = 0.9\nx = [0.5, 0.1, -0.2]\noutput_error_term = 0.02873067\n"
        "delta_w_h_o = array([0.00804047, 0.00555918])",
    )
    assert param(app, "answers") == "minus_delta2.1_0.02873067~step.w2.1.1_0.00804047~step.w2.2.1_0.00555918"
    assert "Not compared: momentum. The step has no number of that name." in warnings(app)
    assert "other numbers" not in warnings(app)
    assert "3 numbers checked: 3 right." in notes(app)
    assert param(app, "show") == "backward"
    # Its convention writes δ: what was given as −δ has a box of its own.
    assert len(marks(app)) == 1
    paste(app, "weight = 5")
    assert "no name of a number to be checked, only weight;" in messages(app, "error")[0]
    assert shown(app.text_area, "check_pasted").value == "weight = 5"


def test_a_sheet_that_begins_with_other_numbers_than_the_network_has_is_met_with_a_sentence():
    app = open_page()
    paste(app, "W1 = [[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]\neta = 0.1\nz1 = [0.24, -0.46]")
    assert "This network has other numbers for eta: set yours on One step" in warnings(app)
    assert "Not compared" not in warnings(app)


def test_with_error_terms_a_delta_and_its_negative_have_boxes_of_two_names():
    app = open_page("speak=notebook&show=backward&answers=delta2.1_-0.0287")
    assert (box_of(app, "delta2.1")["name"], box_of(app, "minus_delta2.1")["name"]) == ("δ ŷ", "−δ ŷ")
    app = open_page("speak=notebook&show=gradients&answers=minus_dw2.1.1_0.016")
    assert (box_of(app, "dw2.1.1")["label"], box_of(app, "minus_dw2.1.1")["label"]) == ("h1", "−h1")


def test_a_pasted_sheet_is_audited_as_a_whole_and_its_link_has_it():
    app = open_page()
    paste(app, "z1 = [0.24, -0.4]\nz h1 = 0.25")
    assert "z h1 is given twice, 0.24 and 0.25: the last counts." in warnings(app)
    assert "sheet" not in str(param(app, "show"))
    sheet = param(app, "sheet")
    app = open_page(f"show=sheet&{urlencode({'sheet': sheet, 'answers': param(app, 'answers')})}")
    (table,) = [html.proto.body for html in app.get("html") if '<table class="audit' in html.proto.body]
    assert table.count("<sup") == 2
    assert 'tr class="lit"' in table
    assert not hints(app)[0]
    press(app, "Clear my numbers")
    assert param(app, "sheet") is None
    assert boxes_model(app)["boxes"]


def test_a_sheet_that_no_link_holds_as_a_whole_stands_in_the_boxes():
    app = open_page()
    paste(app, "z1 = [0.24, -0.46]\n" + "# a remark\n" * 500)
    assert param(app, "sheet") is None
    assert len(marks(app)) == 2
    assert "This text has 5,519 characters; a link holds a text of up to 4,000." in " ".join(notes(app))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_right_numbers_of_every_example_are_marked_as_right(name):
    exercise = EXAMPLES[name].exercise
    known = answerable(exercise)
    right = {verdict.quantity: verdict.expected for verdict in diagnose(exercise, dict.fromkeys(known, "0"))}
    answers = "~".join(f"{quantity}_{number!r}" for quantity, number in right.items())
    app = open_page(f"example={name}&show=gradients&answers={answers.replace('+', '%2B')}")
    assert not warnings(app)
    assert f"{len(known)} numbers checked: {len(known)} right." in notes(app)
    assert set(marks(app)) == {"right"}


def test_too_few_digits_are_named_as_the_reason():
    app = open_page("answers=delta2.1_0.029&show=backward")
    assert any("With so few digits" in sentence for sentence in notes(app))


def test_what_of_a_link_does_not_fit_is_named_and_the_rest_is_kept():
    app = open_page("answers=z1.1_0.24~bogus_1~z1.2_-0.46")
    assert "answers got “1” for a number that this network does not have." in warnings(app)
    assert "bogus" not in warnings(app)
    assert len(marks(app)) == 2
    app = open_page("answers=z1.1_0.28~z9.9_1")
    assert "z9.9" not in warnings(app)
    assert "does not have" in warnings(app)
    app = open_page("answers=z1.1_many")
    assert "many" in warnings(app)


def test_each_press_on_a_hint_reveals_something_also_where_no_mistake_is_known():
    app = open_page("answers=z1.1_0.77")
    press(app, "Hint: the formula")
    assert len(hints(app)[1]) == 1
    press(app, "Show the answer")
    assert "= 0.24$" in hints(app)[1][-1]
    press(app, "Hide the hints")
    assert not hints(app)[1]


@pytest.mark.parametrize(
    ("answers", "parts", "missing"),
    [
        ("da1.1_0.5", [r"W_{2}"], r"\delta_{1}"),
        ("after.w1.1.1_0.7", [r"\Delta W_{1}", r"\delta_{1}"], "$W_{1} + "),
        ("delta1.1_0.7", [r"\delta_{1}"], "eta"),
    ],
)
def test_the_formulas_lead_from_the_number_back_to_delta_and_no_further(answers, parts, missing):
    app = open_page(f"answers={answers}")
    press(app, "Hint: the formula")
    formulas = " ".join(hints(app)[1])
    assert all(part in formulas for part in parts)
    assert missing not in formulas


@pytest.mark.parametrize(
    ("answers", "mark"),
    [
        ("a1.1_0.560", "right to its digits"),
        ("a1.1_0.559", "cut off, not rounded"),
        ("a1.1_0.5599", "differs a little"),
        ("a1.1_0.6", "right to its digits"),
        ("a1.1_0.7", "differs"),
        ("a1.1_1e-400", "differs"),
        ("a1.1_0e-400", "differs"),
    ],
)
def test_a_mark_is_true_to_the_digits_given(answers, mark):
    app = open_page(f"answers={answers}")
    assert marks(app) == [mark]
