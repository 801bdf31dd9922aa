"""Initial weights by hand: the text in the box and in the link is read back to the last digit."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.network import Network
from core.pieces import finish
from ui.training.built import build_network, first_theta
from ui.training.data import load
from ui.training.entries import usual
from ui.training.given_weights import (
    format_weights,
    misfit,
    parse_theta,
    parse_weights,
    read_weight,
    with_weight,
    write_theta,
)
from ui.training.link import read, write
from ui.training.run import begin, extend
from ui.training.shown import show
from ui.training.state import Training

NETWORK = Network((2, 2, 1), ("tanh", "sigmoid"), "binary_cross_entropy")
THETA = tuple(np.random.default_rng(0).normal(size=9).tolist())
NUMBERS = st.floats(-1e6, 1e6)


@given(st.lists(NUMBERS, min_size=1, max_size=60))
def test_a_link_has_every_digit(theta):
    assert parse_theta(write_theta(theta)) == tuple(theta)


@pytest.mark.parametrize("text", ["", "z", "zAA", "1_a", "1__2", "nan", "inf", "z" + "A" * 21])
def test_a_text_of_a_link_that_is_no_weights_is_named(text):
    if text == "z" + "A" * 21:
        text = write_theta([math.inf] * 60)
    state, problems = read({"theta": [text]})
    assert state.theta == ()
    assert not text or any("theta" in problem for problem in problems)


@given(st.lists(NUMBERS, min_size=9, max_size=9))
def test_what_stands_in_the_box_is_read_as_the_same_weights(theta):
    assert parse_weights(format_weights(NETWORK, np.array(theta)), NETWORK) == tuple(theta)


def test_matrices_may_be_pasted_with_or_without_names():
    expected = (1, 2, 3, 4, 5, 6, 7, 8, 9)
    for text in (
        "W1 = [[1, 2], [3, 4]]\nb1 = [5, 6]\nW2 = [[7], [8]]\nb2 = [9]",
        "b2: 9\nW2:\n7\n8\nW1:\n1 2\n3 4\nb1:\n5 6",
        "1\t2\n3\t4\n\n5\t6\n\n7\n8\n\n9",
        "{'W1': array([[1., 2.],\n [3., 4.]]), 'b1': array([5., 6.]), 'W2': array([7., 8.]), 'b2': 9}",
        "0.weight Parameter containing:\ntensor([[1., 3.],\n [2., 4.]])\n0.bias Parameter containing:\n"
        "tensor([5., 6.])\n2.weight Parameter containing:\ntensor([[7., 8.]])\n2.bias tensor([9.])",
    ):
        assert parse_weights(text, NETWORK) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("W1\n1 2\n3 4", ["got “W1”;", "W1 (2 × 2), b1 (1 × 2), W2 (2 × 1), b2 (1 × 1)"]),
        ("1 2 3", ["got “an array without a name”"]),
        ("W1\n1 2\nW1\n1 2\nb1\n1\nW2\n1", ["got “W1, W1, b1, W2”"]),
        ("W1\n1 2\nb1\n5 6\nW2\n7\n8\nb2\n9", ["W1", "got 1 row of 2 numbers; it takes 2 rows of 2"]),
        ("W1\n1 x\n3 4\nb1\n5 6\nW2\n7\n8\nb2\n9", ["Initial weights, line 2, column 3: “x”"]),
        ("W1 = [[1, 2], [3, 4]\nb1 = [5, 6]", ["Initial weights, line 1, column 6", "is not closed"]),
    ],
)
def test_what_does_not_fit_is_named(text, names):
    with pytest.raises(ValueError) as refusal:
        parse_weights(text, NETWORK)
    assert all(name in str(refusal.value) for name in names)


def test_a_run_begins_from_given_weights_where_they_fit():
    state = replace(usual("truth_xor"), theta=THETA)
    data = load(state.data, None)
    assert begin(state, data).theta.tolist() == list(THETA)
    assert not misfit(THETA, NETWORK)
    other = replace(state, hidden=(3,))
    network = build_network(other, data)
    drawn = replace(other, theta=())
    assert first_theta(other, network).tolist() == first_theta(drawn, network).tolist()
    assert misfit(THETA, network) == (
        "The initial weights that were given are 9 numbers; this network has 13 weights and biases. "
        "They are drawn instead."
    )


def test_xor_is_learned_from_its_given_weights():
    state = usual("truth_xor")
    assert state.theta
    data = load(state.data, None)
    state = replace(state, steps=state.budget)
    shown = finish(show(state, data, finish(extend(state, data, begin(state, data)))))
    assert shown.train.accuracy is not None
    assert shown.train.accuracy[-1] == 1
    assert shown.train.loss[-1] < 0.05
    link = {name: [text] for name, text in write(state).items()}
    assert read(link) == (state, ())
    assert Training().theta == ()


def test_one_weight_is_changed_as_the_browser_sends_it():
    assert with_weight((1, 2, 3), read_weight("1 1/4", 3)) == (1, 0.25, 3)
    for text, named in (("1 x", "weight got “x”"), ("3 1", "0 to 2"), ("x", "place"), ("", "place")):
        with pytest.raises(ValueError, match=named):
            read_weight(text, 3)
