import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.initializers import init_theta
from core.network import Network
from core.optimizers import OPTIMIZERS
from core.own_values import OwnValues
from core.pieces import finish
from core.settings import Segment, Settings
from core.side_by_side import train_side_by_side
from core.training import Validation, continue_segments, start_run
from tests.hypothesis_profiles import examples

NETWORK = Network((2, 4, 3, 1), ("tanh", "sigmoid", "sigmoid"), "binary_cross_entropy")
UNBOUNDED = Network((2, 5, 1), ("identity", "identity"))
NUMBERS = {
    "learning_rate": st.floats(1e-3, 1),
    "momentum": st.floats(0, 0.99),
    "l2": st.sampled_from([0.0, 0.001, 0.1, 1.0]),
    "dropout": st.sampled_from([0.0, 0.1, 0.5, 0.9]),
    "seed": st.integers(0, 2**32),
    "scale": st.floats(0, 5),
    "noise": st.floats(0, 2),
}
KINDS = tuple(NUMBERS)


def samples(noise=0.0, count=23):
    rng = np.random.default_rng(3)
    x = rng.uniform(-2, 2, (count, 2)) + noise * rng.standard_normal((count, 2))
    return x, (x[:, :1] * x[:, 1:] > 0).astype(float)


def settings_with(settings, kind, value):
    if kind == "momentum":
        return replace(settings, rates=replace(settings.rates, momentum=value))
    return replace(settings, **{kind: value}) if kind in ("learning_rate", "l2", "dropout") else settings


def problem(kind, values, seed, network=NETWORK):
    """Return θ (R, P), x and y, seeds and what varies where the runs differ in one kind."""
    seeds = [int(value) for value in values] if kind == "seed" else [seed] * len(values)
    scales = values if kind == "scale" else [1.0] * len(values)
    theta = np.stack(
        [
            scale * init_theta(network, "xavier", np.random.default_rng(own))
            for own, scale in zip(seeds, scales, strict=True)
        ]
    )
    each = [samples(value) for value in values]
    x, y = (np.stack(parts) for parts in zip(*each, strict=True)) if kind == "noise" else samples()
    if kind == "seed":
        return theta, x, y, OwnValues(seed=seeds)
    of_runs = {name: np.array(values) for name in ("learning_rate", "momentum", "l2", "dropout")}
    return theta, x, y, OwnValues(**{kind: of_runs[kind]}) if kind in of_runs else OwnValues()  # type: ignore[arg-type]


def alone(network, segments, kind, value, theta, x, y, seed, steps, validation=None):
    """Return the single run with a value."""
    own = [replace(segment, settings=settings_with(segment.settings, kind, value)) for segment in segments]
    seed = int(value) if kind == "seed" else seed
    start = start_run(network, own[0].settings, theta, seed)
    return continue_segments(network, own, start, x, y, steps, validation)


def compare(network, segments, kind, values, seed, steps, piece, validation=None):
    theta, x, y, own_values = problem(kind, values, seed, network)
    together = finish(
        train_side_by_side(
            network, segments, theta, x, y, steps=steps, piece=piece, seed=seed, own_values=own_values,
            validation=validation,
        )
    )  # fmt: skip
    assert len(together) == len(values)
    for run, value in enumerate(values):
        own_x, own_y = (x[run], y[run]) if x.ndim == 3 else (x, y)
        single = alone(network, segments, kind, value, theta[run], own_x, own_y, seed, steps, validation)
        found = together[run]
        assert found.step == single.step
        assert found.stopped == single.stopped
        assert (found.diverged and found.diverged.step) == (single.diverged and single.diverged.step)
        assert np.all(np.isfinite(found.key_theta))
        assert found.key_steps.tolist() == single.key_steps.tolist()
        np.testing.assert_allclose(found.key_theta, single.key_theta, rtol=1e-11, atol=1e-12)
        if validation is not None:
            assert found.best == single.best
    return together


@examples(0.5)
@given(
    st.sampled_from(KINDS).flatmap(
        lambda kind: st.tuples(st.just(kind), st.lists(NUMBERS[kind], min_size=1, max_size=5))
    ),
    st.sampled_from(sorted(OPTIMIZERS)),
    st.sampled_from([1, 7, 23]),
    st.booleans(),
    st.integers(1, 40),
    st.integers(0, 1000),
)
def test_every_run_is_the_one_that_it_would_be_alone(varying, optimizer, batch, drops, piece, seed):
    kind, values = varying
    first = Settings(optimizer, 0.02, batch, dropout=0.2 if drops else 0.0, l2=0.01)
    changed = replace(first, batch_size=5, clip=0.5)
    segments = [Segment(0, first), Segment(11, changed, (("w1.1.1", 0.5),))]
    compare(NETWORK, segments, kind, values, seed, 25, piece)


def test_a_run_that_diverges_ends_alone():
    rates = [0.05, 1e6, 0.1, 30.0, 1e9]
    runs = compare(UNBOUNDED, [Segment(0, Settings(batch_size=5))], "learning_rate", rates, 1, 300, 64)
    assert [run.diverged is not None for run in runs] == [False, True, False, True, True]
    assert [run.step for run in runs if run.diverged is None] == [300, 300]


def test_runs_that_all_diverge_come_to_an_end():
    runs = compare(UNBOUNDED, [Segment(0, Settings())], "learning_rate", [1e6, 1e7], 1, 300, 64)
    assert all(run.diverged is not None for run in runs)


@pytest.mark.parametrize("piece", [3, 40, 1000])
def test_patience_runs_out_for_every_run_by_itself(piece):
    settings = Settings("adam", 0.05, 7, patience=16)
    validation = Validation(*samples(1.5, 12))
    values = [1.0, 0.001, 0.2, 0.05]
    runs = compare(NETWORK, [Segment(0, settings)], "learning_rate", values, 4, 400, piece, validation)
    assert len({run.step for run in runs}) > 1


def test_no_steps_give_the_start():
    (run,) = compare(NETWORK, [Segment(0, Settings())], "learning_rate", [0.1], 1, 0, 10)
    assert run.key_steps.tolist() == [0]


def test_what_the_samples_of_one_run_lack_is_named():
    theta, x, y, _ = problem("noise", [0.0, 1.0], 1)
    with pytest.raises(ValueError, match=r"x must have shape \(N, 2\), got \(3, 23, 2\)"):
        finish(
            train_side_by_side(
                NETWORK, [Segment(0, Settings())], theta, np.stack([*x, x[0]]), y, steps=5, piece=5
            )
        )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"piece": 0}, "piece must be 1 or more, got 0"),
        ({"steps": -1}, "steps must be 0 or more, got -1"),
        ({"theta": np.zeros(NETWORK.n_parameters)}, "theta must have shape (R, P), got (31,)"),
        ({"theta": np.zeros((3, 5))}, "theta must have shape (31,), got (3, 5)"),
        ({"segments": []}, "segments must ascend from step 0, got []"),
        ({"segments": [Segment(4, Settings())]}, "segments must ascend from step 0, got [4]"),
        (
            {"segments": [Segment(0, Settings()), Segment(0, Settings())]},
            "segments must ascend from step 0, got [0, 0]",
        ),
        ({"own_values": OwnValues(seed=[1, 2])}, "seed must have shape (3,), got (2,)"),
        ({"own_values": OwnValues(seed=[1, 2, -3])}, "seed must be 0 or more, got -3"),
        (
            {"own_values": OwnValues(learning_rate=np.array([0.1]))},
            "learning_rate must have shape (3,), got (1,)",
        ),
        (
            {"own_values": OwnValues(learning_rate=np.array([0.1, -5, 1]))},
            "learning_rate must be above 0, got -5.0",
        ),
        ({"own_values": OwnValues(l2=np.array([0.1, np.nan, 1]))}, "l2 must be 0 or more, got nan"),
        (
            {"own_values": OwnValues(dropout=np.array([0, 0, 1.0]))},
            "dropout must be from 0 to below 1, got 1.0",
        ),
        (
            {"own_values": OwnValues(momentum=np.array([0, 0, 1.0]))},
            "momentum must be from 0 to below 1, got 1.0",
        ),
    ],
)
def test_what_does_not_fit_is_named_before_the_first_step(given, sentence):
    x, y = samples()
    fitting = {
        "network": NETWORK,
        "segments": [Segment(0, Settings())],
        "theta": np.zeros((3, NETWORK.n_parameters)),
        "x": x,
        "y": y,
        "steps": 5,
        "piece": 5,
    }
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        next(train_side_by_side(**(fitting | given)))
