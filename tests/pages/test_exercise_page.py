"""The page with an exercise, without a browser: a student, a teacher, and what the browser is sent."""

import re
from urllib.parse import urlencode

import pytest

from core.mistake_table import MISTAKES
from core.mistaken_numbers import right_numbers
from tests.pages.harness import (
    box_of,
    boxes_model,
    new_app,
    notes,
    param,
    press,
    run,
    shown,
    type_numbers,
    type_texts,
    warnings,
)
from tests.pages.sent import sent_by
from tests.pages.test_check_working import hints, problems
from ui.exercise.link import CODEC, read
from ui.exercise.state import AskedExercise, for_students, of_student
from ui.links.lock import lock_of
from ui.text.box_rows import box_rows

PAGE = "pages/practice/exercise.py"
KEY = "a-teachers-key"
LOCKED = f"lock={lock_of(KEY)}"


@pytest.fixture(autouse=True, scope="module")
def _warm():
    """The first page that a server opens asks for a reload."""
    open_page()


def open_page(query=""):
    app = new_app()
    app.switch_page(PAGE)
    return run(app, query)


def enter_name(app, text):
    shown(app.text_input, "exercise_student").set_value(text)
    app.run()
    assert not app.exception


def show(app, group):
    shown(app.button_group, "exercise_group").set_value(group)
    app.run()
    assert not app.exception


def marks(app):
    """What stands beside the boxes in sight that have been marked, in full."""
    return [box["words"] for box in boxes_model(app)["boxes"] if box["words"] and not box["problem"]]


def state_of(query):
    state, problems = read(
        {name: [text] for name, _, text in (part.partition("=") for part in query.split("&"))}
    )
    assert problems == ()
    return state


def rounded(state, **others):
    """The right answers to what is asked, to the decimals asked, some of them replaced."""
    right = right_numbers(state.exercise)
    decimals = state.assignment.decimals
    return {name: others.get(name, f"{right[name]:.{decimals}f}") for name in shown_ids(state)}


def shown_ids(state):
    rows = box_rows(state.assignment, state.exercise, state.convention)
    return [number.id for row in rows for number in row]


def test_a_student_types_a_name_and_answers_and_has_them_marked():
    app = open_page(LOCKED)
    assert [box.label for box in app.text_input] == ["Your name or number"]
    enter_name(app, " Ada  Lovelace ")
    assert param(app, "student") == "Ada Lovelace"
    state = state_of(f"{LOCKED}&student=Ada Lovelace")
    type_texts(app, rounded(state, **{"delta2.1": "0.5123"}))
    assert not marks(app)
    press(app, "Check")
    # The boxes of the first that differs are in sight.
    assert param(app, "show") == "backward"
    assert "differs" in marks(app)
    assert boxes_model(app)["lit"] == "delta2.1"
    assert boxes_model(app)["announcement"] == "δ ŷ differs: 0.5123 typed."
    show(app, "forward")
    assert marks(app) == ["right"] * 7
    asked = len(shown_ids(state))
    right = right_numbers(state.exercise)["delta2.1"]
    show(app, "backward")
    type_numbers(app, delta2_1=f"{right:.4f}")
    # Of the others the marks stay.
    assert len(marks(app)) == 2
    assert any("1 not checked yet" in sentence for sentence in notes(app))
    press(app, "Check")
    assert f"{asked} of {asked} right." in notes(app)
    press(app, "Clear my answers")
    assert param(app, "answers") is None


def test_what_is_typed_right_before_a_press_is_marked_with_the_rest():
    state = state_of("seed=7")
    right = right_numbers(state.exercise)
    app = open_page("seed=7")
    type_numbers(app, z1_1=f"{right['z1.1']:.4f}")
    type_numbers(app, z1_2="0.1234")
    press(app, "Check")
    assert marks(app) == ["right", "differs"]


@pytest.mark.parametrize(
    ("ask", "groups"),
    [
        ("z.a.delta", ["Forward", "Backward"]),
        ("loss.steps", ["Forward", "Weight deltas"]),
        ("after", None),
    ],
)
def test_only_what_is_asked_can_be_shown_and_each_number_of_it_has_one_box(ask, groups):
    app = open_page(f"seed=7&ask={ask}&show=gradients")
    controls = [control for control in app.button_group if control.key == "exercise_group"]
    assert [control.options for control in controls] == ([groups] if groups else [])
    boxes = []
    for name in ("forward", "backward", "gradients", "steps", "after"):
        state = state_of(f"seed=7&ask={ask}&show={name}")
        if state.shown == name:
            boxes += [box["id"] for box in boxes_model(open_page(f"seed=7&ask={ask}&show={name}"))["boxes"]]
    assert boxes == shown_ids(state)


def test_hints_lead_to_the_name_of_the_mistake_and_to_the_number_only_without_a_lock():
    for query, last in ((f"{LOCKED}&student=7", "Name the mistake"), ("seed=7", "Show the answer")):
        state = state_of(query)
        right = right_numbers(state.exercise)
        wrong = f"{right['da2.1']:.6f}"
        app = open_page(f"{query}&show=backward&answers=delta2.1_{wrong}")
        assert "differs" in marks(app)
        for label in ("Hint: the formula", "Hint: a question", "Name the mistake", "Show the answer"):
            if not any(button.label == label for button in app.button):
                break
            press(app, label)
        assert MISTAKES["slope_forgotten_output"].sentence in notes(app)
        assert [button.label for button in app.button if button.key == "check_reveal"] == ["Hide the hints"]
        is_shown = f"{abs(right['delta2.1']):.5f}" in hints(app)[1][-1]
        assert is_shown == (last == "Show the answer")
    # Nor is it shown where the number of hints is edited in the link.
    app = open_page(f"{LOCKED}&student=7&answers=delta2.1_{wrong}&hints=4")
    assert len(hints(app)[1]) == 1


def test_too_few_decimals_are_named_and_a_right_number_that_has_no_more_is_right():
    state = state_of("seed=3&decimals=4")
    right = right_numbers(state.exercise)
    app = open_page(f"seed=3&decimals=4&answers=z1.1_{right['z1.1']:.4g}~a1.1_{right['a1.1']:.2f}")
    assert marks(app) == ["right", "give 4 decimals"]


def test_of_a_number_with_too_few_decimals_nothing_is_revealed():
    app = open_page("seed=3&decimals=4&answers=z1.1_77")
    assert marks(app) == ["give 4 decimals"]
    assert hints(app) == ([], [])
    assert boxes_model(app)["lit"] is None


def test_what_cannot_be_read_stays_with_its_reason():
    app = open_page("seed=3")
    type_numbers(app, z1_1="a half")
    assert problems(app)[0].startswith("z h1 got “a half”")
    assert box_of(app, "z1.1")["text"] == "a half"
    type_numbers(app, z1_1="0.5")
    assert not problems(app)
    assert param(app, "answers") == "z1.1_0.5"


def test_what_was_refused_is_there_after_a_reload_and_goes_with_the_numbers_it_was_for():
    app = open_page()
    type_numbers(app, z1_1="abc", z1_2="0.5")
    again = open_page(urlencode({name: param(app, name) for name in ("answers", "open", "refused")}))
    assert box_of(again, "z1.1")["text"] == "abc"
    assert problems(again)[0].startswith("z h1 got “abc”")
    type_numbers(again, z1_1="0.24")
    assert param(again, "refused") is None
    press(app, "Other numbers")
    assert param(app, "refused") is None
    assert not problems(app)


def test_another_name_has_other_numbers_and_says_how_to_return():
    app = open_page(f"{LOCKED}&student=Ada&answers=z1.1_0.5")
    enter_name(app, "Grace")
    assert param(app, "answers") is None
    assert "Back in the browser" in warnings(app)


def test_a_teacher_makes_one_link_for_a_class_whose_answers_open_with_the_key_alone():
    app = open_page("net=3-2-1&decimals=3&seed=5")
    app.session_state["exercise_settings"] = True
    app.run()
    press(app, "Make it an exercise for a class")
    key, lock = param(app, "key"), param(app, "lock")
    assert lock == lock_of(key)
    (link,) = [code.value for code in app.code if "lock=" in code.value]
    assert lock in link
    assert key not in link
    assert any(expander.label == "Answer key" for expander in app.expander)
    student = open_page(link.split("?")[1])
    assert not student.expander
    assert [box.label for box in student.text_input] == ["Your name or number"]
    assert not any("Settings" in str(popover.label) for popover in student.get("popover"))


@pytest.mark.parametrize("key", ["another-key", "a-teachers-key ", "x" * 99])
def test_a_wrong_key_opens_nothing_and_is_not_repeated(key):
    app = open_page(f"{LOCKED}&student=Ada&key={key}")
    assert "answers stay closed" in warnings(app)
    assert key not in warnings(app)
    assert not app.expander


def test_what_of_a_link_does_not_fit_is_named_and_the_rest_is_kept():
    app = open_page("seed=3&ask=z&answers=z1.1_0.5~a1.1_0.5~q_1&open=q&lock=zz")
    parts = (
        *("answers got a number for a h1, which is not asked for", "answers got “1” for a number that"),
        *("open got a number without an answer", "lock got “zz”"),
    )
    for part in parts:
        assert part in warnings(app)
    assert "q_1" not in warnings(app)
    assert box_of(app, "z1.1")["text"] == "0.5"


def test_the_link_of_students_has_neither_key_nor_answers():
    state = of_student(AskedExercise(lock=lock_of(KEY), key=KEY), "Ada")
    written = CODEC.write(for_students(state))
    assert set(written) == {"v", "lock"}


@pytest.mark.parametrize(
    "query",
    [
        "student=Ada",
        "student=Ada&net=2-3-2&f=tanh.softmax&loss=categorical_cross_entropy&ask=z.a.loss.delta.steps.after",
        "student=Ada&speak=notebook&net=3-2-2-1&f=relu.tanh.sigmoid&loss=binary_cross_entropy&decimals=5",
    ],
)
def test_no_answer_reaches_the_browser_before_it_is_asked_for(query):
    state = state_of(f"{LOCKED}&{query}")
    right = right_numbers(state.exercise)
    wrong = "~".join(f"{name}_77.25" for name in shown_ids(state))
    known = {text for number in (*state.exercise.theta, *state.exercise.x, *state.exercise.y)
             for text in (f"{abs(number):.3f}", f"{abs(number):g}")}  # fmt: skip
    with sent_by() as sent:
        app = open_page(f"{LOCKED}&{query}&answers={wrong}&hints=3")
        press(app, "Check")
        for label in ("Hint: the formula", "Hint: a question", "Name the mistake"):
            if any(button.label == label for button in app.button):
                press(app, label)
        type_texts(app, {shown_ids(state)[0]: "0.1234"})
        for group in state.groups:
            show(app, group)
    text = " ".join(sent)
    assert "77.25" in text
    for name in shown_ids(state):
        digits = leading_digits(right[name])
        if digits and not any(digits in each for each in known):
            assert not re.search(rf"(?<!\d){re.escape(digits)}", text), (name, digits)
    with sent_by() as sent:
        app = open_page("seed=3")
    opened = right_numbers(state_of("seed=3").exercise)["a2.1"]
    assert leading_digits(opened) not in " ".join(sent)


def leading_digits(number):
    """A number's first three digits as any decimal notation begins with them; None for a shorter number."""
    text = f"{abs(number):.12f}".rstrip("0")
    found = re.match(r"0\.0*[1-9]\d\d|[1-9]\d*\.\d\d", text)
    return found[0] if found else None


@pytest.mark.parametrize(("earlier", "is_said"), [("{:.4f}", True), ("{:.2f}", False), ("77", False)])
def test_numbers_before_a_slip_are_called_right_only_where_each_was_found_to_be(earlier, is_said):
    right = right_numbers(state_of("seed=3").exercise)
    app = open_page(f"seed=3&answers=a1.1_{earlier.format(right['a1.1'])}~a1.2_77.1234")
    assert boxes_model(app)["lit"] == "a1.2"
    assert hints(app)[0] == ["The first that differs: a h2"]
    assert any("before it is right" in sentence for sentence in notes(app)) == is_said


@pytest.mark.parametrize("student", ["", "Ada"])
def test_numbers_that_no_student_gets_are_called_so_on_the_page_of_the_teacher(student):
    app = open_page(f"{LOCKED}&key={KEY}&student={student}")
    assert any("no student gets" in sentence for sentence in notes(app)) == (not student)


def test_opening_the_answers_to_all_names_what_becomes_of_the_numbers_and_the_lock():
    app = open_page(f"{LOCKED}&key={KEY}&student=Ada")
    (button,) = [button for button in app.button if button.key == "exercise_unlock"]
    assert "other numbers" in button.label
    press(app, button.label)
    assert param(app, "lock") is None
    assert "The lock is gone, and these are other numbers" in warnings(app)
