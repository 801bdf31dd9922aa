"""Hostile links through the whole page: no traceback, no markup, and a sentence for what was left out."""

from urllib.parse import quote

import pytest
from hypothesis import given

from tests.hypothesis_profiles import examples
from tests.pages.harness import new_app, run, warnings
from tests.ui.links.test_hostile_links import ONE_STEP, TRAINING, queries
from ui.exercise.link import CODEC as EXERCISE_LINK
from ui.links.codec import Parameter

EXERCISE = [part.name for part in EXERCISE_LINK.parts if isinstance(part, Parameter)]
MARKUP = '<img src=x onerror="alert(1)">[a](javascript:alert(1))**b**$c$:material/x:'


def open_page(page, query):
    app = new_app()
    app.run()
    if page:
        app.switch_page(f"pages/{page}.py")
    text = "&".join(f"{quote(name)}={quote(value)}" for name, values in query.items() for value in values)
    return run(app, text, player={"painted": 1})


@pytest.mark.parametrize(
    ("page", "names"), [("", ONE_STEP), ("train/training", TRAINING), ("practice/exercise", EXERCISE)]
)
def test_any_link_gives_a_page(page, names):
    @examples(1 / 10)
    @given(queries(names))
    def check(query):
        # A run of a hundred thousand steps is a fitting one, and would only take its time here.
        query = {name: texts for name, texts in query.items() if name != "steps"}
        app = open_page(page, query)
        assert app.title

    check()


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("", "eta"),
        ("", MARKUP),
        ("", "run"),
        ("train/training", "data"),
        ("train/training", "target"),
        ("practice/exercise", "answers"),
    ],
)
def test_markup_in_a_link_is_shown_as_it_stands(page, name):
    query = {name: [MARKUP]} | ({"data": ["iris"]} if name == "target" else {})
    app = open_page(page, query)
    assert "“<img src=x onerror=" in warnings(app)
    assert not any("<img" in element.proto.body for element in app.get("html"))
