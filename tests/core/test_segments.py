"""Runs whose settings change on the way."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exercise import quantities, quantities_by_id
from core.network import backward, forward, trace_loss
from core.optimizers import OPTIMIZERS, Rates
from core.phases import epochs_at, phases_of, step_of_epoch
from core.schedules import SCHEDULES
from core.settings import Sampling, Segment, Settings, continued_at, normalized, segment_at
from core.training import (
    KEY_FRAMES,
    Validation,
    awaits_weights,
    batch_rows_of,
    continue_run,
    continue_segments,
    start_run,
)
from tests.core.test_training import DIVERGING, NETWORK, first_theta, samples
from tests.hypothesis_profiles import examples

X, Y = samples()
CHANGES: tuple[dict[str, Any], ...] = (
    {"learning_rate": 0.3},
    {"batch_size": 7},
    {"batch_size": 100},
    {"shuffle": False},
    {"l2": 0.02},
    {"dropout": 0.3},
    {"clip": 0.05},
    {"optimizer": "adam", "learning_rate": 0.01},
    {"optimizer": "momentum"},
    {"optimizer": "momentum", "rates": Rates(momentum=0.5)},
    {"schedule": "cosine", "period": 40},
    {"schedule": "warm_up", "period": 9},
)
settings_drawn = st.sampled_from(CHANGES).map(lambda chosen: Settings(**chosen))


# Others than those at first, and more of them.
SAMPLES = {
    None: (X, Y),
    Sampling(0.2, 0.5): tuple(part[:17] for part in samples(30)),
    Sampling(0.2, 1.0): samples(30),
}
NAMES = [quantity.id for quantity in quantities(NETWORK) if quantity.kind in "wb"]
weights_drawn = st.dictionaries(st.sampled_from(NAMES), st.floats(-2, 2), max_size=2).map(
    lambda weights: tuple(weights.items())
)


@st.composite
def several_segments(draw):
    at = draw(st.lists(st.integers(1, 150), max_size=4, unique=True))
    later = (
        Segment(step, draw(settings_drawn), draw(weights_drawn), draw(st.sampled_from(list(SAMPLES))))
        for step in sorted(at)
    )
    return (Segment(0, draw(settings_drawn)), *later)


def train_on(segments, run, steps):
    """Take steps of segments, each on its samples."""
    total = run.step + steps
    while True:
        x, y = SAMPLES[segment_at(segments, run.step).sampling]
        run = continue_segments(NETWORK, segments, run, x, y, total - run.step)
        if run.step == total and not awaits_weights(segments, run):
            return run


def begin(segments, seed=5):
    return start_run(NETWORK, segments[0].settings, first_theta(), seed)


def assert_same(one, other):
    assert one.phases == other.phases
    for name in one._replace(phases=())._fields:
        np.testing.assert_array_equal(
            getattr(one._replace(phases=()), name), getattr(other._replace(phases=()), name), err_msg=name
        )


@examples(0.3)
@given(settings_drawn, st.lists(st.integers(1, 400), max_size=4, unique=True), st.integers(0, 500))
def test_segments_of_the_same_settings_are_one_run_bit_for_bit(settings, at, steps):
    segments = [Segment(step, settings) for step in (0, *sorted(at))]
    start = begin(segments)
    plain = continue_run(NETWORK, settings, start, X, Y, steps)
    run = continue_segments(NETWORK, segments, start, X, Y, steps)
    assert len(run.phases) == 1
    assert_same(run._replace(phases=()), plain._replace(phases=()))
    assert normalized(segments) == (Segment(0, settings),)


@examples(0.3)
@given(several_segments(), st.lists(st.integers(0, 200), min_size=1, max_size=4))
def test_a_run_cut_anywhere_and_resumed_is_the_run(segments, pieces):
    start = begin(segments)
    at_once = train_on(segments, start, sum(pieces))
    run = start
    for steps in pieces:
        run = train_on(segments, run, steps)
    for name in ("step", "theta", "loss", "key_steps", "key_theta", "state"):
        np.testing.assert_array_equal(getattr(run, name), getattr(at_once, name), err_msg=name)
    assert run.phases == at_once.phases


@pytest.mark.parametrize("patience", [5, 310, 1500])
@pytest.mark.parametrize("cut", [1, 3, 50])
def test_a_run_that_stops_early_has_the_same_key_frames_in_whatever_pieces(cut, patience):
    settings = Settings(learning_rate=0.3, patience=patience)
    # What is learned makes it worse.
    held_out = Validation(X, 1 - Y)
    start = start_run(NETWORK, settings, first_theta(), 5)
    at_once = continue_run(NETWORK, settings, start, X, Y, 100_000, held_out)
    run = continue_run(NETWORK, settings, start, X, Y, cut, held_out)
    while not run.stopped:
        run = continue_run(NETWORK, settings, run, X, Y, 70, held_out)
    assert at_once.stopped
    assert at_once.step < 10_000
    assert_same(run, at_once)


@examples(0.3)
@given(
    settings_drawn,
    st.sampled_from([name for name, optimizer in OPTIMIZERS.items() if not optimizer.slots]),
    st.integers(1, 60),
    st.integers(1, 60),
)
def test_after_a_change_a_run_is_a_fresh_one_from_the_weights_it_had(before, optimizer, at, steps):
    # With batches of all samples nothing but θ comes from the steps before.
    after = Settings(optimizer=optimizer, learning_rate=0.3, batch_size=25, shuffle=False)
    first = continue_run(NETWORK, before, begin([Segment(0, before)]), X, Y, at)
    run = continue_run(NETWORK, after, first, X, Y, steps)
    fresh = continue_run(NETWORK, after, start_run(NETWORK, after, first.theta, 5), X, Y, steps)
    np.testing.assert_array_equal(run.theta, fresh.theta)
    np.testing.assert_array_equal(run.loss[at:], fresh.loss)
    np.testing.assert_array_equal(run.loss[:at], first.loss)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_another_optimizer_begins_with_no_state(name):
    before, after = (
        Settings(optimizer="nesterov"),
        Settings(optimizer=name, learning_rate=0.01, batch_size=25),
    )
    if name == "nesterov":
        before = Settings(optimizer="adam")
    first = continue_run(NETWORK, before, begin([Segment(0, before)]), X, Y, 33)
    run = continue_run(NETWORK, after, first, X, Y, 20)
    fresh = continue_run(NETWORK, after, start_run(NETWORK, after, first.theta, 5), X, Y, 20)
    np.testing.assert_array_equal(run.theta, fresh.theta)


def plain_loop(segments, seed, steps):
    """The same training by the readable core, one step at a time, with all that a change begins anew."""
    theta, before, losses = first_theta(), None, []
    is_weight = np.concatenate([np.ones(8), np.zeros(4), np.ones(4), np.zeros(1)])
    orders, order, place, sampling = -1, np.arange(0), 0, None
    for step in range(steps):
        segment = segment_at(segments, step)
        settings = segment.settings
        if segment.at == step:
            theta = with_weights(theta, segment)
        if before is None or settings.optimizer != before.optimizer:
            optimizer, t = OPTIMIZERS[settings.optimizer], 0
            state = optimizer.init(theta)
        schedule = (settings.schedule, settings.period, settings.decay)
        if before is None or schedule != (before.schedule, before.period, before.decay):
            scheduled = 0
        x, y = SAMPLES[segment.sampling]
        batches = (min(settings.batch_size, len(x)), settings.shuffle)
        others = (*batches, segment.sampling)
        if before is None or others != (min(before.batch_size, len(x)), before.shuffle, sampling):
            place = len(x)
        sampling = segment.sampling
        if place >= len(x):
            orders, place = orders + 1, 0
            order = np.arange(len(x))
            if settings.shuffle and batches[0] < len(x):
                order = np.random.default_rng([seed, orders]).permutation(len(x))
        rows = order[place : place + batches[0]]
        place += batches[0]
        trace = forward(NETWORK, theta, x[rows])
        losses.append(float(trace_loss(NETWORK, trace, y[rows])))
        gradient = backward(NETWORK, theta, trace, y[rows]).theta
        gradient = gradient + is_weight * settings.l2 * theta
        norm = np.linalg.norm(gradient)
        if settings.clip is not None and norm > settings.clip:
            gradient = gradient * settings.clip / norm
        factor = SCHEDULES[settings.schedule].factor(
            np.array(float(scheduled)), settings.period, settings.decay
        )
        t, scheduled, before = t + 1, scheduled + 1, settings
        rate = np.array(-settings.learning_rate * factor)
        delta, state = optimizer.update(gradient, state, theta, rate, t, settings.rates)
        theta = theta + delta
    last = segment_at(segments, steps)
    return with_weights(theta, last) if last.at == steps else theta, np.array(losses)


def with_weights(theta, segment):
    theta = theta.copy()
    for name, number in segment.weights:
        theta[quantities_by_id(NETWORK)[name].place] = number
    return theta


@examples(0.2)
@given(several_segments(), st.integers(1, 160))
def test_segments_are_the_readable_core_step_by_step(segments, steps):
    segments = [replace(each, settings=replace(each.settings, dropout=0.0)) for each in segments]
    run = train_on(segments, begin(segments), steps)
    theta, losses = plain_loop(segments, 5, steps)
    np.testing.assert_allclose(run.theta, theta, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(run.loss, losses, rtol=1e-9, atol=1e-11)


def test_a_change_of_the_batch_size_ends_the_epoch_under_way():
    segments = [Segment(0, Settings(batch_size=10)), Segment(5, Settings(batch_size=5))]
    run = continue_segments(NETWORK, segments, begin(segments), X, Y, 12)
    # Three batches make an epoch, then five; the third epoch was one third done.
    assert epochs_at(run.phases, np.array([0, 3, 4, 5, 10, 12])).tolist() == pytest.approx(
        [0, 1, 4 / 3, 2, 3, 3.4]
    )
    rows = np.concatenate([batch_rows_of(run, step) for step in range(5, 10)])
    assert sorted(rows) == list(range(25))
    order = np.random.default_rng([5, 2]).permutation(25)
    np.testing.assert_array_equal(rows, order)


@examples(0.3)
@given(several_segments(), st.integers(0, 20))
def test_the_phases_of_segments_are_those_of_the_run_and_have_its_epochs(segments, more):
    end = segments[-1].at + 1
    run = train_on(segments, begin(segments), end)
    phases = phases_of(segments, lambda segment: len(SAMPLES[segment.sampling][0]))
    assert run.phases == phases
    epoch = phases[-1].epoch + more
    step = step_of_epoch(phases, epoch)
    assert step >= phases[-1].epoch_from
    assert more == 0 or epochs_at(phases, np.array([step + end]))[0] > epoch
    if step >= phases[-1].at:
        assert epochs_at(phases, np.array([step]))[0] == pytest.approx(epoch)


def test_another_learning_rate_leaves_the_epoch_as_it_is():
    segments = [Segment(0, Settings(batch_size=10)), Segment(5, Settings(batch_size=10, learning_rate=1))]
    run = continue_segments(NETWORK, segments, begin(segments), X, Y, 12)
    plain = continue_run(NETWORK, segments[0].settings, begin(segments), X, Y, 12)
    for step in range(12):
        np.testing.assert_array_equal(batch_rows_of(run, step), batch_rows_of(plain, step))
    np.testing.assert_array_equal(
        epochs_at(run.phases, run.key_steps), epochs_at(plain.phases, run.key_steps)
    )


def test_steps_at_which_settings_changed_stay_key_frames():
    rates = (0.1, 0.2, 0.3, 0.4)
    changes = (0, 421, 1001, 4999)
    segments = [Segment(at, Settings(learning_rate=rate)) for at, rate in zip(changes, rates, strict=True)]
    run = continue_segments(NETWORK, segments, begin(segments), X, Y, 9000)
    assert set(changes) <= set(run.key_steps.tolist())
    assert len(run.key_steps) <= KEY_FRAMES
    for at in changes:
        shorter = continue_segments(NETWORK, segments, begin(segments), X, Y, at)
        np.testing.assert_array_equal(run.key_theta[run.key_steps.tolist().index(at)], shorter.theta)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_weights_that_are_set_change_nothing_but_themselves(optimizer):
    settings = Settings(optimizer=optimizer, learning_rate=0.05)
    whole = continue_run(NETWORK, settings, begin([Segment(0, settings)]), X, Y, 33)
    run = continue_segments(
        NETWORK,
        [Segment(0, settings), Segment(33, settings, (("w1.2.1", 0.5), ("b2.1", -1.0)))],
        begin([Segment(0, settings)]),
        X,
        Y,
        33,
    )
    moved = np.flatnonzero(run.theta != whole.theta)
    assert moved.tolist() == [quantities_by_id(NETWORK)[name].place for name in ("w1.2.1", "b2.1")]
    assert run.theta[moved].tolist() == [0.5, -1]
    np.testing.assert_array_equal(run.key_theta[-1], run.theta)
    np.testing.assert_array_equal(run.key_theta[:-1], whole.key_theta[:-1])
    np.testing.assert_array_equal(run.loss, whole.loss)
    for own, other in zip(run.state, whole.state, strict=True):
        np.testing.assert_array_equal(own, other)


def test_what_goes_on_at_a_step_has_only_the_weights_that_are_set_there():
    settings = Settings()
    segment = Segment(5, settings, (("w1.1.1", 9.0),))
    segments = [Segment(0, Settings(l2=0.5)), segment]
    assert continued_at(segments, 4) == Segment(4, Settings(l2=0.5))
    assert continued_at(segments, 5) == segment
    assert continued_at(segments, 6) == Segment(6, settings)
    assert normalized([Segment(0, settings), segment, Segment(9, settings)]) == (
        Segment(0, settings),
        segment,
    )


def test_a_weight_that_the_network_lacks_is_not_set():
    settings = Settings()
    segments = [Segment(0, settings), Segment(5, settings, (("w7.1.1", 9.0), ("x1", 9.0), ("eta", 9.0)))]
    run = continue_segments(NETWORK, segments, begin(segments), X, Y, 20)
    plain = continue_run(NETWORK, settings, begin(segments), X, Y, 20)
    np.testing.assert_array_equal(run.theta, plain.theta)


def test_a_run_that_diverged_goes_on_from_a_weight_that_is_set():
    x = np.array([[1.0], [2.0], [3.0]])
    settings = Settings(learning_rate=5.0)
    start = start_run(DIVERGING, settings, [1.0, 0.5, -1.0, 0.5], 0)
    over = continue_run(DIVERGING, settings, start, x, 2 * x, 1000)
    segments = [Segment(0, settings), Segment(over.step, settings, (("w1.1.1", 0.0),))]
    run = continue_segments(DIVERGING, segments, start, x, 2 * x, over.step)
    assert over.diverged
    assert run.diverged is None


def test_a_run_that_diverged_goes_on_with_other_settings():
    x = np.array([[1.0], [2.0], [3.0]])
    wild, calm = Settings(learning_rate=5.0), Settings(learning_rate=1e-300)
    run = start_run(DIVERGING, wild, [1.0, 0.5, -1.0, 0.5], 0)
    run = continue_run(DIVERGING, wild, run, x, 2 * x, 1000)
    assert run.diverged
    further = continue_run(DIVERGING, calm, run, x, 2 * x, 7)
    assert further.diverged is None
    assert further.step == run.step + 7
    segments = [Segment(0, wild), Segment(run.step, calm)]
    again = continue_segments(
        DIVERGING, segments, start_run(DIVERGING, wild, run.key_theta[0], 0), x, 2 * x, run.step + 7
    )
    np.testing.assert_array_equal(again.theta, further.theta)


def test_patience_waits_anew_from_a_change_on():
    x, y = samples(40)
    validation = Validation(x[:20], 1 - y[:20])
    settings = Settings(patience=30, learning_rate=0.5)
    run = start_run(NETWORK, settings, first_theta(), 1)
    run = continue_run(NETWORK, settings, run, x[:20], y[:20], 5000, validation)
    assert run.stopped
    slower = replace(settings, learning_rate=0.1)
    further = continue_run(NETWORK, slower, run, x[:20], y[:20], 5000, validation)
    assert further.stopped
    assert 30 <= further.step - run.step < 40
    assert further.best == run.best


def test_a_run_that_is_over_before_a_segment_begins_ends_there():
    x = np.array([[1.0], [2.0], [3.0]])
    wild = Settings(learning_rate=5.0)
    segments = [Segment(0, wild), Segment(900, Settings())]
    run = start_run(DIVERGING, wild, [1.0, 0.5, -1.0, 0.5], 0)
    run = continue_segments(DIVERGING, segments, run, x, 2 * x, 1000)
    assert run.diverged
    assert run.step == run.diverged.step < 900
