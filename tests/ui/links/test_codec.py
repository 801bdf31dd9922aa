"""What all links have in common: parameters that depend on others, lengths, and names of older versions."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.exercise import Exercise, quantities
from core.history import History
from core.network import Network
from ui.limits import MAX_LINK
from ui.links.arrays import parse_matrix, write_array, write_bytes
from ui.links.codec import Codec, Parameter, field, link_length
from ui.links.versions import RENAMES, VERSION, upgrade
from ui.one_step import link
from ui.one_step.state import OneStep

LARGE = Network((6,) * 6, ("sigmoid",) * 5)


@dataclass(frozen=True)
class Shelf:
    """A state whose second field depends on its first."""

    count: int = 2
    books: tuple[int, ...] = (0, 0)
    color: str = "white"


def parse_books(text, shelf):
    books = tuple(int(part) for part in text.split("_"))
    if len(books) != shelf.count:
        raise ValueError(f"books got {len(books)}; this shelf takes {shelf.count}.")
    return books


CODEC = Codec(
    "one_step",
    Shelf(),
    (
        field(Shelf(), "count", "count", str, int),
        Parameter(
            "books",
            lambda shelf: shelf.books,
            lambda shelf, books: replace(shelf, books=books),
            lambda books: "_".join(map(str, books)),
            parse_books,
            lambda shelf: (0,) * shelf.count,
        ),
        field(Shelf(), "color", "color", str, str),
    ),
)


def through_address(codec, state):
    return codec.read(parse_qs(urlencode(codec.write(state))))


def test_a_default_may_depend_on_what_was_read_before():
    assert CODEC.write(Shelf()) == {}
    assert CODEC.write(Shelf(3, (0, 0, 0))) == {"v": str(VERSION), "count": "3"}
    assert through_address(CODEC, Shelf(3, (1, 2, 3))) == (Shelf(3, (1, 2, 3)), ())


def test_what_does_not_fit_what_was_read_before_is_named():
    state, problems = CODEC.read({"count": ["3"], "books": ["1_2"], "color": ["red"]})
    assert (state.count, state.color) == (3, "red")
    assert problems == ("Link: books got 2; this shelf takes 3.",)


def test_a_link_that_is_too_long_is_refused_whole_and_names_what_makes_it_long():
    state, problems = CODEC.read({"color": ["red" * MAX_LINK], "count": ["3"]})
    assert state == Shelf()
    (problem,) = problems
    assert "most of them in “color”" in problem
    assert f"{MAX_LINK:,} are allowed" in problem


def test_a_state_is_refused_exactly_where_its_link_would_be_too_long():
    longest = Shelf(color="x" * (MAX_LINK - link_length(CODEC.write(Shelf(color="")))))
    assert CODEC.refusal(longest) is None
    assert through_address(CODEC, longest) == (longest, ())
    assert f"{MAX_LINK + 1:,} characters" in str(CODEC.refusal(replace(longest, color=longest.color + "x")))


@pytest.mark.parametrize("page", RENAMES)
def test_renames_are_chained_and_the_newest_link_is_left_as_it_is(page):
    newest = {name: ["1"] for step in RENAMES[page].values() for name in step.names.values()}
    oldest = {name: ["1"] for step in RENAMES[page].values() for name in step.names}
    assert upgrade(page, {**oldest, "v": ["1"]}, 1, []) == newest
    assert upgrade(page, newest, VERSION, []) == newest
    for version, step in RENAMES[page].items():
        for name, values in step.values.items():
            for old, new in values.items():
                assert upgrade(page, {name: [old]}, version, []) == {name: [new]}
                assert upgrade(page, {name: [old]}, version + 1, []) == {name: [old]}


@pytest.mark.parametrize("page", RENAMES)
def test_of_a_parameter_by_both_its_names_the_new_one_counts_and_one_sentence_names_both(page):
    for version, step in RENAMES[page].items():
        for old, new in step.names.items():
            for query in ({old: ["a"], new: ["b"]}, {new: ["b"], old: ["a"]}):
                problems: list[str] = []
                assert upgrade(page, query, version, problems) == {new: ["b"]}
                assert problems == [f"Link: {old} is the old name of {new}, and both came; {new} is used."]


numbers = st.floats(-1e6, 1e6)


@given(arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=numbers))
def test_a_matrix_reads_back_to_the_last_bit_in_either_form(matrix):
    for text in (write_array(matrix), write_bytes(matrix)):
        assert parse_matrix(text, "W1", matrix.shape) == matrix.tolist()


@pytest.mark.parametrize(
    "text", ["z", "zAAAA", "z****", "z" + "A" * 11, write_bytes(np.full((2, 2), np.nan))]
)
def test_bytes_that_are_no_such_matrix_are_named(text):
    with pytest.raises(ValueError, match="W1"):
        parse_matrix(text, "W1", (2, 2))


def test_every_weight_of_the_largest_network_changed_at_four_steps_fits_into_a_link():
    rng = np.random.default_rng(1)
    names = [quantity.id for quantity in quantities(LARGE) if quantity.kind in "wb"]
    assert len(names) == 210
    theta = tuple(rng.normal(size=LARGE.n_parameters).tolist())
    history = History().advance(10)
    for _ in range(4):
        for name in rng.permutation(names):
            history = history.change(((str(name), float(rng.normal())),))
        history = history.advance(5)
    start = Exercise(LARGE, theta, (0.5,) * 6, (0.5,) * 6, 0.5)
    state = replace(OneStep(), start=start, history=history)
    assert link.CODEC.refusal(state) is None
    assert through_address(link.CODEC, state) == (state, ())
