"""The links that are given as examples work, and show what is written of them."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from core.examples import EXAMPLES
from core.pieces import finish
from ui.one_step import link as one_step_link
from ui.training import link as training_link
from ui.training.data import load
from ui.training.run import begin, extend
from ui.training.shown import show

ROOT = Path(__file__).parents[3]
README, ALL = (
    (ROOT / name).read_text(encoding="utf-8").splitlines() for name in ("README.md", "ui/links/README.md")
)
ROWS = [line for line in ALL if line.startswith("| ")]
LINKS = [
    found.groups()
    for found in (re.fullmatch(r"\| `(training)?\?([^`]+)` \| (.*) \|", row) for row in ROWS)
    if found
]
ONE_STEP = [query for page, query, _ in LINKS if not page]
TRAINING = [(query, words) for page, query, words in LINKS if page]


def test_there_are_links_to_both_pages():
    assert len(ONE_STEP) >= 5
    assert len(TRAINING) >= 1


def test_the_readme_has_some_of_the_links_as_they_are_in_the_whole_list():
    named = [line for line in README if re.match(r"\| `[a-z_]*\?", line)]
    assert len(named) >= 5
    assert set(named) <= set(ROWS)


@pytest.mark.parametrize("query", ONE_STEP)
def test_a_link_to_one_step_is_read_in_full(query):
    parameters = parse_qs(query, strict_parsing=True)
    state, problems = one_step_link.read(parameters)
    assert problems == ()
    assert state != one_step_link.read({})[0]
    assert set(one_step_link.write(state)) - {"v"} == set(parameters)


def test_the_readme_names_every_worked_example():
    (line,) = [line for line in README if line.startswith("| `?example=mazur`")]
    assert re.findall(r"`(\w+)`", line) == list(EXAMPLES)


@pytest.mark.parametrize(("query", "words"), TRAINING)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_link_to_training_is_read_in_full_and_comes_to_what_is_written(query, words, seed):
    state, problems = training_link.read({**parse_qs(query, strict_parsing=True), "seed": [str(seed)]})
    assert problems == ()
    data = load(state.data, None)
    shown = finish(show(state, data, finish(extend(state, data, begin(state, data)))))
    assert shown.test is not None
    assert shown.test.accuracy is not None
    right = re.search(r"(\d+) of 100 test", words)
    assert shown.test.accuracy[-1] >= (int(right[1]) / 100 if right else 0.99)
