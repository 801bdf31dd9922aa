"""Why a gradient is small, large or zero: a network for each cause, and no sentence that is not true."""

import math
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exercise import Exercise
from core.network import Network
from tests.core.strategies import exercises
from tests.hypothesis_profiles import examples
from ui.components.live_network.payload import network_data
from ui.links.view import View
from ui.text.conventions import CONVENTIONS

HALF = "half_squared_error"
FUSED = ("categorical_cross_entropy", "softmax")


def exercise(widths, activations, theta, x, y, loss=HALF, *, bias=False, train_biases=True):
    network = Network(widths, activations, loss, bias)
    return Exercise(network, tuple(map(float, theta)), x, y, 0.5, train_biases)


CHAIN = (1, 1, 1), ("sigmoid", "identity")

CASES = {
    "input": (
        exercise(*CHAIN, (0.5, 1), (0.001,), (1.0,)),
        (
            "w1.1.1",
            "small",
            "input",
            "Small mostly because x1 is 0.001; the sigmoid slope can never exceed 0.25.",
        ),
    ),
    "weight": (
        exercise(*CHAIN, (0.5, 0.001), (1.0,), (1.0,)),
        ("w1.1.1", "small", "weight", "Small mostly because w h1→ŷ is 0.001;"),
    ),
    "activation": (
        exercise((1, 1, 1), ("relu", "identity"), (0.0001, 1), (1.0,), (1.0,)),
        ("w2.1.1", "small", "activation", "Small mostly because a h1 is 0.0001."),
    ),
    "many small factors": (
        exercise(
            (3, 2, 1),
            ("sigmoid", "sigmoid"),
            (0.5, -0.6, 0.1, -0.2, 0.1, 0.7, 0.1, -0.3),
            (0.5, 0.1, -0.2),
            (0.6,),
        ),
        (
            *("w1.1.1", "small", "weight"),
            "Small because five factors below 1 are multiplied: above all, w h1→ŷ is 0.1; "
            "the two sigmoid slopes can never exceed 0.25.",
        ),
    ),
    "saturated sigmoid": (
        exercise(*CHAIN, (10, 1), (1.0,), (0.0,)),
        (
            "w1.1.1",
            "small",
            "saturated",
            "Small mostly because h1 is saturated: at z = 10 its sigmoid slope is 4.540e−5, of at most 0.25.",
        ),
    ),
    "saturated tanh": (
        exercise((1, 1, 1), ("tanh", "identity"), (-6, 1), (1.0,), (3.0,)),
        ("w1.1.1", "small", "saturated", "h1 is saturated: at z = −6 its tanh slope is "),
    ),
    "flat softplus": (
        exercise((1, 1, 1), ("softplus", "identity"), (-9, 1), (1.0,), (3.0,)),
        ("w1.1.1", "small", "slope", "Small mostly because f′(z h1) is 0.000123"),
    ),
    "dead ReLU": (
        exercise((1, 1, 1), ("relu", "identity"), (-0.3, 1), (1.0,), (1.0,)),
        ("w1.1.1", "zero", "off", "Zero because h1 is off: at z = −0.3 ReLU is 0, and so is its slope."),
    ),
    "ReLU at its corner": (
        exercise((1, 1, 1), ("relu", "identity"), (1, 1), (0.0,), (1.0,)),
        ("n0.1", "zero", "corner", "Zero because h1 stands at z = 0, the corner of ReLU"),
    ),
    "factors of nearly 1": (
        exercise((1, 1), ("sigmoid",), (30,), (1.0,), (0.0,), "binary_cross_entropy"),
        ("w1.1.1", "usual", "", ""),
    ),
    "small beside others": (
        exercise((2, 1), ("identity",), (1, 1), (1.0, 0.01), (0.0,)),
        (
            "w1.2.1",
            "small",
            "input",
            "Small beside the largest here, of size 1.01, mostly because x2 is 0.01.",
        ),
    ),
    "small beside a larger input": (
        exercise((2, 1), ("identity",), (0, 0.06), (0.99, 20.0), (0.0,)),
        (
            *("w1.1.1", "small", "beside"),
            "Small beside the largest here, of size 24: x1 is 0.99, where that one has x2 = 20.",
        ),
    ),
    "small beside a larger input, its own a little below 1": (
        exercise((2, 1), ("identity",), (0, 0.06), (0.7, 20.0), (0.0,)),
        ("w1.1.1", "small", "beside", ": x1 is 0.7, where that one has x2 = 20."),
    ),
    "small beside a steeper loss": (
        exercise((1, 2), ("identity",), (0.5, 50), (1.0,), (0.0, 0.0)),
        ("w1.1.1", "small", "beside", ": dL/dŷ1 is 0.5, where that one has dL/dŷ2 = 50."),
    ),
    "small beside a prediction's gradient": (
        exercise((1, 2), ("identity",), (0.1, 0.5), (1.0,), (-0.6, -49.5)),
        ("n1.1", "small", "beside", "Small beside the largest here, of size 50."),
    ),
    "softmax sure and wrong, fused": (
        exercise(
            *((2, 2), ("softmax",), (0, 0, 0, 0.128), (1.0, 25.0), (1.0, 0.0)), "categorical_cross_entropy"
        ),
        ("w1.1.1", "small", "beside", ": x1 is 1, where that one has x2 = 25."),
    ),
    "flat to the last digit": (
        exercise(*CHAIN, (1000, 1), (1.0,), (0.0,)),
        ("w1.1.1", "zero", "flat", "Zero because the slope of h1 is 0: sigmoid is flat at z = 1000."),
    ),
    "zero input": (
        exercise(*CHAIN, (1, 1), (0.0,), (1.0,)),
        ("w1.1.1", "zero", "zero input", "Zero because x1 is 0: what is multiplied by it changes nothing."),
    ),
    "zero activation": (
        exercise((1, 1, 1), ("relu", "identity"), (-1, 1), (1.0,), (1.0,)),
        ("w2.1.1", "zero", "zero activation", "Zero because a h1 is 0"),
    ),
    "zero weight on the only path": (
        exercise(*CHAIN, (1, 0), (1.0,), (1.0,)),
        ("w1.1.1", "zero", "zero weight", "Zero because w h1→ŷ, on its only path, is 0."),
    ),
    "zero weights on all paths": (
        exercise((1, 1, 2), ("tanh", "identity"), (1, 0, 0), (1.0,), (1.0, 2.0)),
        ("w1.1.1", "zero", "zero weight", "Zero because all weights out of h1 are 0."),
    ),
    "no way through": (
        exercise((1, 2, 1), ("relu", "identity"), (-1, 1, 1, 0), (1.0,), (1.0,)),
        ("n0.1", "zero", "no path", "Zero because each of its 2 paths has a factor of 0."),
    ),
    "all targets 0": (
        exercise((1, 2, 3), ("tanh", "softmax"), (1,) * 8, (1.0,), (0.0,) * 3, "categorical_cross_entropy"),
        (
            "w1.1.1",
            "zero",
            "zero targets",
            "Zero because all targets are 0: categorical cross-entropy counts",
        ),
    ),
    "all targets 0 of outputs that are not fused": (
        exercise((1, 2, 2), ("tanh", "sigmoid"), (1,) * 6, (1.0,), (0.0,) * 2, "categorical_cross_entropy"),
        ("n0.1", "zero", "zero targets", "Zero because all targets are 0: "),
    ),
    "the target 0 of one output": (
        exercise((1, 2), ("sigmoid",), (1, 1), (1.0,), (0.0, 1.0), "categorical_cross_entropy"),
        ("w1.1.1", "zero", "zero targets", "Zero because the target of ŷ1 is 0: "),
    ),
    "a logarithm that is cut off": (
        exercise((1, 1), ("identity",), (-1,), (1.0,), (1.0,), "categorical_cross_entropy"),
        (
            *("w1.1.1", "zero", "flat loss"),
            "Zero because ŷ is −1 and its target 1: the logarithm in the loss is cut off below 1e−100",
        ),
    ),
    "the logarithm of 1 − ŷ, cut off": (
        exercise((1, 1), ("sigmoid",), (900,), (1.0,), (0.0,), "binary_cross_entropy"),
        ("n1.1", "zero", "flat loss", "Zero because ŷ is 1 and its target 0: the logarithm in the loss"),
    ),
    "softmax of one output": (
        exercise((1, 1), ("softmax",), (1,), (1.0,), (0.5,), "categorical_cross_entropy"),
        ("w1.1.1", "zero", "one output", "Zero because softmax of one output is 1, whatever its z: ŷ cannot"),
    ),
    "a dead layer": (
        exercise(
            (1, 2, 2, 1), ("identity", "relu", "identity"), (1, 1, -1, -1, -1, -1, 1, 1), (1.0,), (9.0,)
        ),
        ("n0.1", "zero", "flat layer", "Zero because the ReLU slope of every unit of hidden layer 2 is 0."),
    ),
    "a dead hidden layer": (
        exercise((1, 2, 1), ("relu", "identity"), (-1, -1, 1, 1), (1.0,), (9.0,)),
        ("n0.1", "zero", "flat layer", "Zero because the ReLU slope of every hidden unit is 0."),
    ),
    "all weights of a layer 0": (
        exercise((1, 2, 1), ("identity", "identity"), (1, 1, 0, 0), (1.0,), (9.0,)),
        ("n0.1", "zero", "zero weight", "Zero because all weights into the outputs are 0."),
    ),
    "no error": (
        exercise((1, 1), ("identity",), (0.5,), (1.0,), (0.5,)),
        ("w1.1.1", "zero", "no error", "Zero because ŷ is equal to its target."),
    ),
    "no errors": (
        exercise((1, 1, 2), ("identity", "identity"), (1, 1, 2), (1.0,), (1.0, 2.0)),
        ("w1.1.1", "zero", "no error", "Zero because each prediction is equal to its target."),
    ),
    "canceling to nothing": (
        exercise((1, 1, 2), ("identity", "identity"), (1, 1, 1), (1.0,), (0.5, 1.5)),
        ("w1.1.1", "zero", "canceling", "Zero because its paths cancel: 0.5000 and −0.5000."),
    ),
    "canceling": (
        exercise((1, 1, 2), ("identity", "identity"), (1, 1, 1), (1.0,), (0.5, 1.499)),
        ("w1.1.1", "small", "canceling", "Small because its paths cancel: 0.5000 and −0.4990."),
    ),
    "canceling of paths that are small themselves": (
        exercise((1, 1, 2), ("identity", "identity"), (1, 1, 1), (0.00001,), (0.5, -0.45)),
        ("w1.1.1", "small", "input", "Small mostly because x1 is 1e−5"),
    ),
    "error already small": (
        exercise((1, 1), ("identity",), (0.5,), (1.0,), (0.4999,)),
        (
            "w1.1.1",
            "small",
            "small error",
            "Small mostly because the error is already small: ŷ − y is 0.0001",
        ),
    ),
    "softmax sure and right": (
        exercise((1, 2), ("softmax",), (9, 0), (1.0,), (1.0, 0.0), "categorical_cross_entropy"),
        ("w1.1.1", "small", "sure", "softmax is sure of itself, and right: ŷ1 is 0.9999"),
    ),
    "softmax sure and wrong": (
        exercise((1, 2), ("softmax",), (9, 0), (1.0,), (0.0, 1.0)),
        ("w1.1.1", "small", "sure", "softmax is sure of itself, though wrong: ŷ1 is 0.9999"),
    ),
    "large input": (
        exercise((1, 1), ("identity",), (0.1,), (100.0,), (9.0,)),
        ("w1.1.1", "large", "input", "Large mostly because x1 is 100."),
    ),
    "large weight": (
        exercise((1, 1, 1), ("identity", "identity"), (0.1, 50), (1.0,), (4.0,)),
        ("w1.1.1", "large", "weight", "Large mostly because w h1→ŷ is 50."),
    ),
    "exploding product": (
        exercise((1, 1, 1, 1, 1), ("identity",) * 4, (0.1, 4, 5, 6), (1.0,), (11.0,)),
        (
            "w1.1.1",
            "large",
            "exploding",
            "Large because the three weights above 1 in size on the way multiply to 120:",
        ),
    ),
    "steep loss": (
        exercise((1, 1), ("identity",), (1,), (1.0,), (-99.0,)),
        ("w1.1.1", "large", "steep loss", "Large mostly because the loss is steep: dL/dŷ is 100."),
    ),
    "many paths": (
        exercise((1, 1, 4), ("identity", "identity"), (1, 2, 2, 2, 2), (1.0,), (-0.2,) * 4),
        (
            "w1.1.1",
            "large",
            "many paths",
            "Large because 4 paths add up: the largest of them has a size of 4.400.",
        ),
    ),
    "fixed biases": (
        exercise((1, 1), ("sigmoid",), (0.5, 0.1), (1.0,), (0.1,), bias=True, train_biases=False),
        ("b1.1", "usual", "smallest", "The biases are held fixed: the step leaves it."),
    ),
    "nothing of note": (
        exercise((1, 1), ("identity",), (0.5,), (1.0,), (1.0,)),
        ("w1.1.1", "usual", "smallest", "The factor smallest in size is dL/dŷ, −0.5."),
    ),
}


def test_without_one_right_output_softmax_is_neither_right_nor_wrong(run_javascript):
    cases = list(
        product(
            [(9, 0), (0, 9), (-3.3, 0.0)],
            [(0.5, 0.5), (0.9, 0.1), (1.0, 1.0), (0.0, 0.0)],
            [HALF, "categorical_cross_entropy"],
        )
    )
    built = [exercise((1, 2), ("softmax",), theta, (1.0,), *targets) for theta, *targets in cases]
    for named, found in zip(cases, derived(run_javascript, built), strict=True):
        for item in ("w1.1.1", "w1.1.2", "n0.1"):
            sentence = found[item]["reason"]["sentence"]
            assert ", and right" not in sentence, named
            assert ", though wrong" not in sentence, named


def test_without_one_right_output_softmax_is_sure_all_the_same(run_javascript):
    built = exercise((1, 2), ("softmax",), (9, 0), (1.0,), (0.5, 0.5))
    assert "softmax is sure of itself: ŷ1 is 0.9999" in reason_of(run_javascript, built, "w1.1.1")["sentence"]


def derived(run_javascript, exercises, speak="rows"):
    """What the browser derives of each of some exercises, by item."""
    sent = [network_data(exercise, View(speak=speak)) for exercise in exercises]
    return run_javascript("read_derivations.js", sent)


def reason_of(run_javascript, exercise, item, speak="rows"):
    (found,) = derived(run_javascript, [exercise], speak)
    return found[item]["reason"]


@pytest.fixture(scope="module")
def derived_cases(run_javascript):
    """What the browser derives of each case, all in one run of it."""
    return dict(zip(CASES, derived(run_javascript, [built for built, _ in CASES.values()]), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_each_cause_is_named(derived_cases, name):
    item, size, cause, sentence = CASES[name][1]
    reason = derived_cases[name][item]["reason"]
    assert (reason["size"], reason["cause"]) == (size, cause), reason
    assert sentence in reason["sentence"]


def test_units_of_the_same_weights_are_named(run_javascript):
    built = exercise((2, 3, 1), ("tanh", "identity"), (1, 1, 2, 3, 3, 4, 0.5, 0.5, 0.5), (1.0, 0.5), (1.0,))
    note = "h1 and h2 have the same weights in and out, so the same gradients: no step tells them apart."
    for item in ("w1.1.1", "w1.2.2", "w2.1.1", "n1.1"):
        assert note in reason_of(run_javascript, built, item)["sentence"], item
    for item in ("w1.1.3", "w2.3.1", "n0.1", "n2.1"):
        assert note not in reason_of(run_javascript, built, item)["sentence"], item
    step = built.network.layers(built.step().weight_delta)
    assert step[0][0][0, 0] == step[0][0][0, 1]


def test_the_error_term_convention_keeps_the_words_right(run_javascript):
    built = exercise((1, 1), ("identity",), (0.5,), (1.0,), (0.4999,))
    assert "y − ŷ is −0.0001" in reason_of(run_javascript, built, "w1.1.1", "notebook")["sentence"]
    steep = exercise((1, 1), ("identity",), (1,), (1.0,), (-99.0,))
    assert "−dL/dŷ is −100." in reason_of(run_javascript, steep, "w1.1.1", "notebook")["sentence"]


def is_shared(network, item, symbol):
    """Whether all paths of an item have a factor."""
    name, layer, *_ = symbol
    begin = int(item[1:].split(".")[0])
    layers = [layer - 1, layer] if name == "W" else [layer]
    return all(at <= begin or network.widths[at] == 1 for at in layers)


@examples(1 / 2)
@given(exercises(), st.sampled_from(list(CONVENTIONS)), st.sampled_from([1.0, 0.0, 20.0, 0.01]))
def test_no_sentence_says_what_is_not_true(run_javascript, drawn, speak, size):
    scaled = replace(drawn, theta=tuple(size * value for value in drawn.theta))
    (found,) = run_javascript("read_derivations.js", [network_data(scaled, View(speak=speak))])
    sizes = {
        kind: max(abs(each["total"]) for item, each in found.items() if (item[0] == "n") == (kind == "n"))
        for kind in "nw"
    }
    for item, derived in found.items():
        reason, total, sums = derived["reason"], derived["total"], derived["sums"]
        words, named = reason["sentence"], [abs(each["value"]) for each in reason["named"]]
        top = [abs(factor["value"]) for factor in derived["factors"]]
        largest = sizes["n" if item[0] == "n" else "w"]
        assert (reason["size"] == "zero") == (total == 0)
        assert (reason["size"] == "large") == (abs(total) >= 10)
        if reason["size"] == "small":
            assert abs(total) < max(1e-3, 0.1 * largest)
        if words.startswith("Small") and named and reason["cause"] != "beside":
            assert named == [min(top)]
            assert named[0] <= 0.9
        if "though wrong" in words:
            assert (scaled.network.loss, scaled.network.activations[-1]) != FUSED
        if words.startswith("Large") and named and reason["cause"] != "exploding":
            assert named == [max(top)]
            assert named[0] > 1
        if " mostly because " in words:
            below = [f for f in top if (f < 1 if reason["size"] == "small" else f > 1)]
            assert math.log(named[0]) / sum(map(math.log, below)) >= 0.5 - 1e-12
            shared = is_shared(scaled.network, item, reason["named"][0]["symbol"])
            assert sums["count"] == 1 or shared
        if reason["cause"] == "exploding":
            assert all(value > 1 for value in named)
            assert str(round(math.prod(named)))[0] in words
        if reason["cause"] == "canceling":
            uncanceled = sums["positive"] - sums["negative"]
            assert abs(total) <= 0.1 * uncanceled
            if words.startswith("Small"):
                assert uncanceled >= 1e-3 or abs(total) / uncanceled <= uncanceled
        if "cut off" in words:
            assert scaled.network.loss.endswith("cross_entropy")
        if reason["size"] == "zero" and named:
            assert named == [0]
        if reason["cause"] == "smallest":
            assert named == [min(top)]
        if "factors below 1" in words:
            count = words.split("because ")[1].split(" ")[0]
            assert (
                count
                == ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][
                    sum(f < 1 for f in top)
                ]
            )
