"""Links that hide the answers: nothing that reaches the browser or is shared from there holds them."""

from itertools import combinations
from urllib.parse import parse_qs, urlsplit

import pytest

from core.examples import EXAMPLES
from tests.pages.harness import new_app, press, run
from ui.export.saved_page import network_page
from ui.one_step import link
from ui.one_step.actions import replayed
from ui.one_step.state import HIDEABLE
from ui.text.tables import unit_tables, weight_tables
from ui.training.state import HIDEABLE as TRAINING_HIDEABLE

TRAINING = "pages/train/training.py"
SIGNIFICANT = 7
QUERIES = [
    *(f"example={name}&w1.1.1=0.1234567" for name in EXAMPLES if name != "xor"),
    "example=xor&w1.2.1=0.7654321",
    "run=20&color=signal&labels=off&sign=error_term&select=n2.1",
    "net=3-6-6-2&seed=4&f=tanh.relu.softmax&loss=categorical_cross_entropy&y=0.25_0.75&bias=trained",
]


def shown_by(query):
    state, problems = link.read(parse_qs(query))
    assert not problems
    return state, replayed(state).exercise


def answers(exercise):
    """The first digits of each number that an exercise is about, where it has that many."""
    tables = [*weight_tables(exercise, exercise.step()), *unit_tables(exercise, exercise.step())]
    numbers = {number for table in tables for column in table.columns for number in column}
    given = {*exercise.theta, *exercise.x, *exercise.y, exercise.learning_rate}
    texts = {f"{abs(number):.8e}".replace(".", "")[:SIGNIFICANT] for number in numbers - given}
    found = {text for text in texts if not text.endswith("00")}
    assert found
    return found


def held_in(text, numbers):
    plain = text.replace(".", "")
    return {number for number in numbers if number in plain}


def sent_to_the_browser(app):
    """All elements of a page, as text, with what its components are sent."""
    elements = [node.proto for node in app if hasattr(node, "proto") and node.proto is not None]
    return "\n".join(str(proto) for proto in elements)


@pytest.mark.parametrize("query", QUERIES)
def test_an_exercise_sends_no_answer_to_the_browser(query):
    _, exercise = shown_by(query)
    numbers = answers(exercise)
    whole = run(new_app(), f"{query}&digits=9")
    assert len(held_in(sent_to_the_browser(whole), numbers)) > len(numbers) / 2
    asked = run(new_app(), f"{query}&digits=9&hide=answers")
    assert not held_in(sent_to_the_browser(asked), numbers)


@pytest.mark.parametrize("query", QUERIES)
def test_the_saved_file_of_an_exercise_holds_no_answer(query):
    state, exercise = shown_by(query)
    numbers = answers(exercise)
    whole = network_page(exercise, state.view, "Exercise", "https://example.org/")
    assert held_in(whole, numbers)
    view = link.read(parse_qs(f"{query}&hide=answers"))[0].view
    asked = network_page(exercise, view, "Exercise", "https://example.org/?hide=answers")
    assert not held_in(asked, numbers)
    assert '"films":[]' in asked


def subsets(names):
    return [chosen for size in range(len(names) + 1) for chosen in combinations(names, size)]


@pytest.mark.parametrize(
    ("page", "hide"),
    [
        *((None, hide) for hide in subsets([name for name in HIDEABLE if name != "menu"])),
        *((TRAINING, hide) for hide in subsets([name for name in TRAINING_HIDEABLE if name != "menu"])),
    ],
)
def test_nothing_shared_from_a_page_shows_what_the_page_hides(page, hide):
    app = new_app()
    if page:
        app.run()
        app.switch_page(page)
    run(app, f"hide={'.'.join(hide)}" if hide else "", player={"painted": 1})
    press(app, "Share")
    hideable = TRAINING_HIDEABLE if page else HIDEABLE
    assert list(app.pills[0].options) == [label for name, label in hideable.items() if name not in hide]
    links = [code.value for code in app.code]
    assert len(links) == 2
    for shared in links:
        assert all(name in shared for name in hide)
        assert ("hide=" in shared) == bool(hide)


@pytest.mark.parametrize("hide", subsets(TRAINING_HIDEABLE))
def test_a_step_opened_on_the_other_page_hides_what_this_one_does(hide):
    app = new_app()
    app.run()
    app.switch_page(TRAINING)
    run(app, "steps=50" + (f"&hide={'.'.join(hide)}" if hide else ""), player={"painted": 1})
    button = app.get("page_link")[0].proto
    state, problems = link.read(parse_qs(urlsplit(button.query_string).path or button.query_string))
    assert not problems
    assert set(state.view.hide) == set(hide)
