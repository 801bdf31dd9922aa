"""What the entries of the data menu bring: enough to solve their data, and nothing in place of one's own."""

from dataclasses import replace

import pytest

from core.data import DATASETS
from core.pieces import finish
from core.settings import Settings
from ui.training.data import load
from ui.training.entries import (
    ENTRIES,
    IN_LINKS,
    SOLVED,
    choose,
    entry_sentence,
    is_as_brought,
    take_all,
    usual,
)
from ui.training.length import steps_of_budget
from ui.training.link import read, write
from ui.training.run import begin, extend
from ui.training.shown import show
from ui.training.state import PICTURES, REAL, Chosen, Training

SEEDS = range(1, 6)


def accuracy_of(state):
    data = load(state.data, None)
    state = replace(state, steps=steps_of_budget(state, data))
    shown = finish(show(state, data, finish(extend(state, data, begin(state, data)))))
    assert shown.test is not None
    assert shown.test.accuracy is not None
    return shown.test.accuracy[-1]


@pytest.mark.parametrize("name", SOLVED)
def test_one_press_solves_the_data_with_what_its_entry_brings(name):
    for seed in SEEDS:
        state = usual(name)
        for changed in (replace(state, seed=seed), replace(state, data=replace(state.data, seed=seed))):
            assert accuracy_of(changed) >= 0.95, (seed, changed)


def test_every_entry_is_of_a_data_set_that_there_is():
    assert set(ENTRIES) <= {*DATASETS, *REAL, *PICTURES}
    assert {"circle", "xor", "spiral"} <= set(SOLVED) <= {*DATASETS}


def test_an_entry_brings_its_settings_and_takes_those_of_the_one_before():
    state = choose(Training(), "spiral")
    assert state == usual("spiral")
    assert (state.hidden, state.activation, state.settings.optimizer) == ((6, 6), "sin", "adam")
    assert choose(state, "circle") == Training()


def test_what_the_reader_has_set_stays_with_what_belongs_to_it():
    own = Training(hidden=(3,), settings=Settings(learning_rate=0.3, batch_size=25), seed=7)
    state = choose(own, "spiral")
    assert (state.hidden, state.seed, state.settings) == ((3,), 7, own.settings)
    assert (state.activation, state.budget) == ("sin", 3000)
    assert not is_as_brought(state)
    again = take_all(state)
    assert is_as_brought(again)
    assert again == replace(usual("spiral"), seed=7, settings=replace(again.settings, batch_size=25))


def test_what_an_old_link_left_out_is_not_the_readers_own():
    state, _ = read({"data": ["xor"]})
    assert state == Training(Chosen("xor"))
    assert choose(state, "spiral") == usual("spiral")


@pytest.mark.parametrize("name", [*DATASETS, *REAL, *PICTURES])
def test_the_link_of_an_entry_says_what_it_brings(name):
    state = choose(Training(), name)
    link = {key: [text] for key, text in write(state).items()}
    assert read(link) == (state, ())
    if name in IN_LINKS:
        assert set(link) == {"v", "data"}
        assert read({"data": [name]}) == (state, ())
        other = replace(state, hidden=(4, 2), budget=1000)
        link = {key: [text] for key, text in write(other).items()}
        assert link == {"v": link["v"], "data": [name], "hidden": ["4-2"], "budget": ["1000"]}
        assert read(link) == (other, ())


@pytest.mark.parametrize("name", [*DATASETS, *REAL, *PICTURES])
def test_the_sentence_names_all_that_is_brought(name):
    sentence, state = entry_sentence(name), usual(name)
    assert f"{state.budget:,} steps" in sentence
    assert "-".join(map(str, state.hidden)) in sentence
    assert sentence.endswith("one press on Train solves it.") == (name in SOLVED)


def test_the_sentence_of_the_spiral():
    assert entry_sentence("spiral") == (
        "Spiral comes with 6-6 hidden units (Sine), Adam (η 0.01) and 3,000 steps: "
        "one press on Train solves it."
    )


def test_one_press_reads_nine_of_ten_digits():
    for seed in SEEDS:
        assert accuracy_of(replace(usual("digits"), seed=seed)) > 0.9
