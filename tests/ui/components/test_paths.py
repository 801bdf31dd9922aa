"""Every gradient is the sum of its paths: their factors, how many, the largest, and what cancels."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.exercise import Exercise
from core.losses import LOSSES
from core.network import Network
from tests.core.strategies import exercises
from tests.hypothesis_profiles import examples
from ui.components.live_network.payload import network_data
from ui.links.view import View
from ui.text.conventions import CONVENTIONS

MOST = 12


def read(run_javascript, exercise, speak="rows"):
    (found,) = run_javascript("read_derivations.js", [network_data(exercise, View(speak=speak))])
    return found


def gradients(exercise, speak):
    """The gradient of every item by its id, as the core has it, in the convention for signs."""
    network, step = exercise.network, exercise.step()
    turned = -1 if CONVENTIONS[speak].is_error_term else 1
    found: dict[str, float] = {}
    for layer, da in enumerate(step.gradient.da):
        found |= {f"n{layer}.{k + 1}": turned * value for k, value in enumerate(da[0].tolist())}
    for layer, (dW, db) in enumerate(network.layers(step.gradient.theta), start=1):
        for (i, j), value in np.ndenumerate(dW):
            found[f"w{layer}.{i + 1}.{j + 1}"] = turned * float(value)
        for j, value in enumerate([] if db is None else db.tolist()):
            found[f"b{layer}.{j + 1}"] = turned * value
    return found


def enumerate_paths(exercise, item, speak):
    """The value of every path of an item by its units, multiplied out one by one."""
    network, step = exercise.network, exercise.step()
    turned = -1 if CONVENTIONS[speak].is_error_term else 1
    weights = [W for W, _ in network.layers(exercise.theta_array)]
    layer, *index = map(int, item[1:].split("."))
    last = len(network.widths) - 1
    fused = LOSSES[network.loss].fused == network.activations[-1] or network.activations[-1] == "softmax"
    delta = [None, *(array[0] for array in step.gradient.delta)]
    da = [array[0] for array in step.gradient.da]
    a = [array[0] for array in step.trace.a]

    def slope(at, unit):
        z = step.trace.z[at - 1]
        return ACTIVATIONS[network.activations[at - 1]].derivative(z, step.trace.a[at])[0, unit]

    found = {}
    for tail in itertools.product(*(range(width) for width in network.widths[layer + 1 :])):
        path = (index[-1] - 1, *tail)
        value = a[layer - 1][index[0] - 1] if item[0] == "w" else 1.0
        for k, unit in enumerate(path):
            at = layer + k
            if at == last and not k and item[0] == "n":
                value *= turned * da[at][unit]
            elif at == last:
                value *= turned * (delta[at][unit] if fused else slope(at, unit) * da[at][unit])
            elif k or item[0] != "n":
                value *= slope(at, unit)
            if at < last:
                value *= weights[at][unit, path[k + 1]]
        found[path] = float(value)
    return found


HIDDEN = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]


@st.composite
def deep_exercises(draw):
    """Networks of up to four hidden layers, with any output activation and any loss."""
    widths = draw(st.lists(st.integers(1, 3), min_size=2, max_size=6))
    hidden = [draw(st.sampled_from(HIDDEN)) for _ in widths[2:]]
    output = draw(st.sampled_from(list(ACTIVATIONS)))
    loss = draw(st.sampled_from(list(LOSSES)))
    network = Network(tuple(widths), (*hidden, output), loss, draw(st.booleans()))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = draw(st.sampled_from([0.0, 0.5, 2.0]))
    low, high = LOSSES[loss].bounds
    return Exercise(
        network,
        tuple((size * rng.standard_normal(network.n_parameters)).tolist()),
        tuple(rng.standard_normal(widths[0]).tolist()),
        tuple(rng.uniform(max(low, -2), min(high, 2), widths[-1]).tolist()),
        0.5,
    )


@given(st.one_of(exercises(), deep_exercises()), st.sampled_from(list(CONVENTIONS)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_gradient_is_the_sum_of_its_paths(run_javascript, exercise, speak):
    found = read(run_javascript, exercise, speak)
    wanted = gradients(exercise, speak)
    assert set(found) == set(wanted)
    for item, derived in found.items():
        sums, paths = derived["sums"], derived["paths"]
        each = enumerate_paths(exercise, item, speak)
        size = sum(map(abs, each.values()))
        close = pytest.approx
        assert derived["total"] == close(wanted[item], rel=1e-12)
        assert sums["positive"] + sums["negative"] == close(wanted[item], rel=0, abs=1e-9 * size + 1e-300)
        assert sums["positive"] == close(sum(max(v, 0) for v in each.values()), abs=1e-9 * size + 1e-300)
        assert sums["negative"] == close(sum(min(v, 0) for v in each.values()), abs=1e-9 * size + 1e-300)
        assert sums["count"] == len(each)
        assert len(paths) == min(len(each), MOST)
        shown = {tuple(path["path"]): path["value"] for path in paths}
        assert len(shown) == len(paths)
        for path, value in shown.items():
            assert value == close(each[path], rel=1e-9, abs=1e-300)
        hidden = [value for path, value in each.items() if path not in shown]
        assert derived["rest"] == close(math.fsum(hidden), abs=1e-12 * sum(map(abs, hidden)))
        sizes = [abs(path["value"]) for path in paths]
        least = min(sizes)
        others = [abs(value) for path, value in each.items() if path not in shown]
        assert all(one >= other * (1 - 1e-9) for one, other in itertools.pairwise(sizes))
        assert all(value <= least * (1 + 1e-9) + 1e-300 for value in others)
        product = math.prod(factor["value"] for factor in derived["factors"])
        assert product == close(paths[0]["value"], rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("speak", ["rows", "notebook"])
@pytest.mark.parametrize("small", [0.0, 1e-20])
def test_the_paths_that_are_not_shown_have_a_sum_without_rounding(run_javascript, speak, small):
    network = Network((1, 4, 4, 3), ("identity", "tanh", "softmax"), "categorical_cross_entropy", False)
    rng = np.random.default_rng(1)
    W1, *rest = [[1, small, small, small], rng.standard_normal(16), rng.standard_normal(12)]
    theta = tuple(np.concatenate([W1, *rest]).tolist())
    exercise = Exercise(network, theta, (1.0,), (1.0, 0.0, 0.0), 0.5)
    derived = read(run_javascript, exercise, speak)["n0.1"]
    each = enumerate_paths(exercise, "n0.1", speak)
    hidden = [value for (_, first, *_), value in each.items() if first]
    assert {path["path"][1] for path in derived["paths"]} == {0}
    assert (len(hidden), derived["sums"]["count"]) == (36, 48)
    assert derived["rest"] == pytest.approx(math.fsum(hidden), rel=1e-9, abs=0)
    assert (derived["rest"] == 0) == (small == 0)


@given(exercises(), st.sampled_from(list(CONVENTIONS)))
@settings(examples(1 / 2), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_ribbon_is_as_wide_as_what_all_paths_carry_along_a_weight(run_javascript, exercise, speak):
    found = read(run_javascript, exercise, speak)
    for item, derived in found.items():
        layer = int(item[1:].split(".")[0])
        each = enumerate_paths(exercise, item, speak)
        size = sum(map(abs, each.values()))
        for link, carried in derived["carried"].items():
            if link == item:
                assert carried == derived["total"]
                continue
            at, i, j = map(int, link[1:].split("."))
            through = sum(
                value
                for path, value in each.items()
                if path[at - 1 - layer : at + 1 - layer] == (i - 1, j - 1)
            )
            assert carried == pytest.approx(through, rel=0, abs=1e-9 * size + 1e-300), (item, link)


def test_the_deepest_network_has_all_its_paths_counted(run_javascript):
    network = Network((6,) * 7, ("tanh",) * 6, "half_squared_error", False)
    theta = tuple(np.random.default_rng(1).standard_normal(network.n_parameters).tolist())
    found = read(run_javascript, Exercise(network, theta, (0.5,) * 6, (0.1,) * 6, 0.5))
    derived = found["n0.1"]
    assert derived["sums"]["count"] == 6**6
    assert len(derived["paths"]) == MOST


NOTEBOOK = Exercise(
    Network((3, 2, 1), ("sigmoid", "sigmoid"), "half_squared_error", False),
    (0.5, -0.6, 0.1, -0.2, 0.1, 0.7, 0.1, -0.3),
    (0.5, 0.1, -0.2),
    (0.6,),
    0.5,
)


def spoken(derived):
    return [factor["letters"] for factor in derived["factors"]]


def test_the_factors_of_a_weight_are_those_of_the_chain_rule(run_javascript):
    found = read(run_javascript, NOTEBOOK)
    assert spoken(found["w1.1.1"]) == ["x 1", "f′ (z h1)", "w h1 to ŷ", "f′ (z ŷ)", "ŷ minus y"]
    assert [factor["item"] for factor in found["w1.1.1"]["factors"]] == [
        *("n0.1", "n1.1", "w2.1.1", "n2.1", "n2.1")
    ]
    assert [round(factor["value"], 4) for factor in found["w1.1.1"]["factors"]] == [
        *(0.5, 0.2464, 0.1, 0.2498, -0.115)
    ]
    assert [factor["name"] for factor in found["w1.1.1"]["factors"]] == [
        *("input x1", "slope of h1", "weight h1→ŷ", "slope of ŷ", "dL/dŷ")
    ]
    assert spoken(found["n1.1"]) == ["w h1 to ŷ", "f′ (z ŷ)", "ŷ minus y"]
    assert spoken(found["n2.1"]) == ["ŷ minus y"]
    assert [path["path"] for path in found["n0.1"]["paths"]] == [[0, 1, 0], [0, 0, 0]]


def test_the_error_term_convention_turns_the_last_factor(run_javascript):
    found = read(run_javascript, NOTEBOOK, "notebook")
    assert spoken(found["w1.1.1"])[-1] == "y minus ŷ"
    assert found["w1.1.1"]["result"][0] == "minus_dW"
    assert found["w1.1.1"]["factors"][-1]["value"] > 0


@pytest.mark.parametrize(
    ("activation", "loss", "last"),
    [
        ("softmax", "categorical_cross_entropy", ["δ ŷ1"]),
        ("softmax", "half_squared_error", ["δ ŷ1"]),
        ("sigmoid", "binary_cross_entropy", ["ŷ 1 minus y 1"]),
        ("tanh", "huber", ["f′ (z ŷ1)", "dL over d ŷ 1"]),
    ],
)
def test_where_the_output_has_no_slope_of_its_own_its_delta_is_the_last_factor(
    run_javascript, activation, loss, last
):
    network = Network((1, 2), (activation,), loss, False)
    found = read(run_javascript, Exercise(network, (0.3, 0.4), (0.5,), (0.7, 0.6), 0.5))
    assert spoken(found["w1.1.1"]) == ["x 1", *last]
