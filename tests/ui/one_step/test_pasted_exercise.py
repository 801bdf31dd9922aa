"""Pasted numbers as an exercise: the course's own cells, what stays, what is asked, and round trips."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise
from core.network import Network
from tests.ui.plain_code import step_code
from ui.limits import MAX_TEXT
from ui.one_step.pasted_exercise import read_exercise
from ui.text.conventions import CONVENTIONS
from ui.text.numbers_code import numpy_numbers, torch_numbers
from ui.text.pasted.problems import PastedError

CELLS = (Path(__file__).parents[1] / "text/pasted/forms/course_notebook.txt").read_text(encoding="utf-8")
DEFAULT = DEFAULT_EXAMPLE.exercise
MAZUR = EXAMPLES["mazur"].exercise
NUMBERS = st.floats(-1e6, 1e6)


@st.composite
def exercises(draw):
    widths = tuple(draw(st.lists(st.integers(1, 6), min_size=2, max_size=6)))
    bias = draw(st.booleans())
    network = Network(widths, ("tanh",) * (len(widths) - 1), bias=bias)
    size = network.n_parameters
    theta, x, y = (
        tuple(draw(st.lists(NUMBERS, min_size=n, max_size=n))) for n in (size, widths[0], widths[-1])
    )
    return Exercise(network, theta, x, y, draw(st.floats(1e-9, 1e6)), draw(st.booleans()) or not bias)


def only(text, present=DEFAULT):
    pasted = read_exercise(text, present)
    assert len(pasted.ways) == 1
    return pasted.ways[0].exercise


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_course_cells_give_the_default_page_from_any_example(name):
    assert only(CELLS, EXAMPLES[name].exercise) == DEFAULT


@given(exercises())
def test_copied_numbers_are_read_back_as_the_same_exercise(exercise):
    assert read_exercise(numpy_numbers(exercise), exercise).ways[0].exercise == exercise
    assert only(torch_numbers(exercise), exercise) == exercise


def test_whole_numbers_are_copied_as_floats():
    exercise = EXAMPLES["notebook"].exercise
    whole = replace(exercise, theta=(1.0, -2.0, 0.0, 3.0, 1e7, 1.0, 1.0, 1e-7), x=(1.0, 0.0, 2.0), y=(1.0,))
    made: dict[str, np.ndarray] = {}
    exec(numpy_numbers(whole), made)  # noqa: S102
    assert {made[name].dtype for name in ("x", "target", "W1", "W2")} == {np.dtype(float)}
    assert not re.search(r"(?<![\w.-])\d+(?=[,\]])", torch_numbers(whole))


@given(exercises(), exercises())
def test_copied_numbers_replace_those_of_any_other_page(exercise, other):
    for text in (numpy_numbers(exercise), torch_numbers(exercise)):
        read = read_exercise(text, other).ways[0].exercise
        assert (read.network.widths, read.network.bias) == (exercise.network.widths, exercise.network.bias)
        assert (read.theta, read.x, read.y, read.learning_rate) == (
            exercise.theta, exercise.x, exercise.y, exercise.learning_rate
        )  # fmt: skip


@given(exercises())
def test_the_code_of_single_numbers_is_read_back_too(exercise):
    code = step_code(exercise, CONVENTIONS["scalar"])
    assume(len(code) <= MAX_TEXT)
    assert only(code, exercise) == exercise


def test_weights_counted_unit_by_unit_make_the_matrices_of_their_articles():
    mazur = "w1 = .15, w2 = .20, w3 = .25, w4 = .30\nw5 = .40, w6 = .45, w7 = .50, w8 = .55"
    sample = "i1 = .05, i2 = .10\nt1 = .01, t2 = .99"
    assert only(f"{sample}\n{mazur}\nb1 = .35, b2 = .60", MAZUR) == MAZUR
    sheet = "x = [1.2, .5]\ny = 1\nw1 = .6, w2 = .8, w3 = .3, w4 = .4, w5 = .6, w6 = -.2"
    sheet += "\nb1 = .2\nb2 = .1\nb3 = .1"
    assert only(sheet, EXAMPLES["relu"].exercise) == EXAMPLES["relu"].exercise
    notes = read_exercise(sheet, DEFAULT).notes
    assert notes == ("w1, w2, … are taken unit by unit: those into the first unit of a layer come first.",)
    chain = only("x = 1, y = 0\nw1 = 2\nw2 = 3")
    assert (chain.network.widths, chain.theta) == ((1, 1, 1), (2, 3))
    assert only("x = [1, 2]\ny = 0\nw1 = 2\nw2 = 3\nb = 4").theta == (2, 3, 4)


def test_weights_with_a_whole_sample_are_a_network_and_without_one_those_of_their_layers():
    present = only("W1 = [[1, 2], [3, 4], [5, 6]]\nW2 = [[7, 8], [8, 1]]\nW3 = [2, 3]")
    assert only("W1 = [[1, 2], [3, 4], [5, 6]]\nx = [1, 2, 3]\ny = [4, 5]", present).network.widths == (3, 2)
    assert only("W1 = [[9, 2], [3, 4], [5, 6]]\nx = [1, 2, 3]", present).network.widths == (3, 2, 2, 1)


def test_some_numbers_leave_the_others():
    assert only("learnrate = 0.25, t = 0.7") == replace(DEFAULT, learning_rate=0.25, y=(0.7,))
    assert only("x = [1; 2; 3]") == replace(DEFAULT, x=(1, 2, 3))
    assert only("W2 = [0.5, 0.6]").theta == (*DEFAULT.theta[:6], 0.5, 0.6)
    assert only("W1 = [[1, 2, 3], [4, 5, 6]]").theta[:6] == (1, 4, 2, 5, 3, 6)
    assert only("b2 = [7, 8]", MAZUR).theta[-2:] == (7, 8)


def test_a_square_matrix_can_be_read_in_two_ways():
    pasted = read_exercise("W1 = [[1, 2], [3, 4]]", MAZUR)
    assert pasted.open_layers == (1,)
    assert [way.turned for way in pasted.ways] == [(), (1,)]
    assert [way.exercise.theta[:4] for way in pasted.ways] == [(1, 2, 3, 4), (1, 3, 2, 4)]


def test_one_bias_is_that_of_all_units_and_those_left_out_are_0():
    text = "W1 = [[.15, .25, 1], [.2, .3, 2]]\nb1 = .35\nW2 = [[.4, .5], [.45, .55], [1, 2]]"
    pasted = read_exercise(text, MAZUR)
    layers = pasted.ways[0].exercise.network.layers(pasted.ways[0].exercise.theta_array)
    assert [None if b is None else b.tolist() for _, b in layers] == [[0.35, 0.35, 0.35], [0, 0]]
    assert pasted.notes == ("Biases of 1 layer were not pasted: they are 0.",)


def test_numbers_that_stand_as_code_are_named():
    pasted = read_exercise("W2 = np.zeros((2, 1))\nx = [1, 2, 3]\nW1 = np.ones((3, 2))\nx = x / 2", DEFAULT)
    assert pasted.notes == (
        "Passed over as code: “W2 = np.zeros((2, 1))” in line 1; its numbers are not set.",
    )


def test_what_fits_nowhere_and_the_first_of_several_samples_are_named():
    pasted = read_exercise("X = [[1, 2, 3], [4, 5, 6]]\ny = [1, 0]\nloss = 3\n\nmomentum: 0.9", DEFAULT)
    assert pasted.ways[0].exercise == replace(DEFAULT, x=(1, 2, 3), y=(1,))
    assert pasted.notes == (
        "x has 2 samples; the first is set.",
        "Fits nowhere: “loss” in line 3, “momentum” in line 5.",
    )
    assert pasted.what == "inputs, target"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hello", "The pasted text has no numbers of a network; it takes weights such as"),
        ("", "has no numbers of a network"),
        (
            "x = [1, 2]",
            "x has 2 numbers; this network has 3 inputs, and no weights of another one were pasted.",
        ),
        ("y = [1, 2]", "y has 2 numbers; this network has 1 output,"),
        ("W2 = [[1, 2], [3, 4]]", "W2 has the shape (2, 2); in this network it takes (2, 1)."),
        (
            "x = [1, 2]\nW1 = [[1, 2], [3, 4], [5, 6]]\nW2 = [7, 8]",
            "The shapes do not fit one another as layers",
        ),
        ("W = [[1, 2, 3, 4, 5, 6, 7]]\nx = 1", "Layer 1 would have 7 units; 1 to 6 are allowed."),
        ("\n".join(f"W{k} = {k}" for k in range(1, 9)), "8 weight matrices were pasted; 1 to 5 are allowed"),
        ("b1 = [1, 2]", "b1 was pasted; this network has no biases, and no W was pasted."),
        ("eta = 0", "Learning rate η got “0.0”; it takes a number above 0"),
        ("W1 = [[1, 2]\nx = [1, 2]", "Line 1, column 6: “[” is not closed."),
    ],
)
def test_what_does_not_fit_is_one_sentence(text, sentence):
    with pytest.raises(ValueError) as refusal:
        read_exercise(text, DEFAULT)
    assert sentence in str(refusal.value)
    assert isinstance(refusal.value, PastedError) == str(refusal.value).startswith("Line")


def test_targets_stay_within_what_the_loss_takes():
    present = replace(DEFAULT, network=replace(DEFAULT.network, loss="binary_cross_entropy"))
    with pytest.raises(ValueError, match=r"Target 1 got 2; this loss takes targets from 0 to 1\."):
        read_exercise("target = 2", present)
