from dataclasses import replace
from functools import lru_cache
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise, quantities
from core.history import BLOCK, Branch, History, descend, replay, trajectory
from core.network import Network, backward, forward, trace_loss
from tests.core.strategies import OTHER_LOSSES, exercises, networks, values

NOTEBOOK = DEFAULT_EXAMPLE.exercise

# Bounded units keep every run finite, whatever is changed on the way.
bounded = exercises(networks(activations=("sigmoid", "tanh", "sin"), losses=OTHER_LOSSES))

# Two linear layers and a learning rate far too large.
DIVERGING = Exercise(Network((1, 1, 1), ("identity",) * 2), (1.0, 0.5, -1.0, 0.5), (2.0,), (0.5,), 5.0)


def loss_of(exercise):
    trace = forward(exercise.network, exercise.theta_array, exercise.x_array)
    return float(trace_loss(exercise.network, trace, exercise.y_array))


def stepped(exercise):
    """Return the exercise after one step of gradient descent."""
    network, theta = exercise.network, exercise.theta_array
    trace = forward(network, theta, exercise.x_array)
    gradient = backward(network, theta, trace, exercise.y_array).theta
    theta = theta - exercise.learning_rate * gradient * exercise.trained
    return replace(exercise, theta=tuple(theta.tolist()))


@st.composite
def operations(draw, exercise):
    """Draw what a reader may do, one after another: train, look back, change some numbers."""
    found = quantities(exercise.network)
    done = []
    for name in draw(st.lists(st.sampled_from(["advance", "seek", "change"]), max_size=12)):
        if name == "advance":
            done.append((name, draw(st.integers(1, 8))))
        elif name == "seek":
            done.append((name, draw(st.integers(-1, 20))))
        else:
            chosen = draw(st.lists(st.sampled_from(found), min_size=1, max_size=2, unique=True))
            done.append((name, tuple((q.id, draw(values(exercise, q))) for q in chosen)))
    return done


def simulate(start, done):
    """Do the operations on a list of exercises, one a step: the current curve.

    Returns the position, the current curve, and every run of steps with the step it began at.
    """
    position, curve, runs = 0, [start], [(0, [start])]
    for name, value in done:
        if name == "advance":
            position += value
            while len(curve) <= position:
                curve.append(stepped(curve[-1]))
                runs[-1][1].append(curve[-1])
        elif name == "seek":
            position = min(max(value, 0), len(curve) - 1)
        else:
            changed = curve[position].with_values(value)
            if len(runs) > 1 and runs[-1][0] == position == len(curve) - 1:
                runs.pop()
            curve = [*curve[:position], changed]
            runs.append((position, [changed]))
    return position, curve, runs


def left_behind(curve, runs):
    """Return the step and the losses from where each old run is no longer part of the curve."""
    found = []
    for at, run in runs[:-1]:
        ours = [step < len(curve) and run[step - at] is curve[step] for step in range(at, at + len(run))]
        shared = sum(ours)
        if len(run) - shared > 1:
            found.append((at + shared, [loss_of(exercise) for exercise in run[shared:]]))
    return found


@given(bounded, st.data(), st.sampled_from([5, 100]))
def test_replay_equals_doing_it_step_by_step(start, data, block):
    done = data.draw(operations(start))
    history = History()
    for name, value in done:
        history = getattr(history, name)(value)
    with patch("core.history.BLOCK", block):
        found = replay(start, history)
    position, curve, runs = simulate(start, done)

    assert found.history == history
    assert history.position == position
    assert [branch.at for branch in history.branches] == [at for at, _ in runs]
    assert found.diverged is None
    assert found.exercise == curve[position]
    assert found.curve.tolist() == [loss_of(exercise) for exercise in curve]
    assert [(at, loss.tolist()) for at, loss in found.old] == left_behind(curve, runs)


@pytest.mark.parametrize("name", ["notebook", "mazur", "relu", "nielsen_saturated"])
def test_a_thousand_steps_are_the_same_at_once_or_in_pieces(name):
    start = EXAMPLES[name].exercise
    at_once = replay(start, History().advance(1000))
    losses, exercise = [], start
    for steps in (1, 99, 100, 101, 250, 449):
        piece = replay(exercise, History().advance(steps))
        losses += piece.curve.tolist()[:-1]
        exercise = piece.exercise
    assert exercise == at_once.exercise
    assert [*losses, loss_of(exercise)] == at_once.curve.tolist()


@pytest.mark.parametrize("steps", [0, 1, 99, 100, 101, 200, 250])
def test_blocks_give_the_same_numbers_as_one_run(steps):
    at_once, in_blocks = descend(NOTEBOOK, steps), trajectory(NOTEBOOK, steps)
    assert np.array_equal(in_blocks.theta, at_once.theta)
    assert np.array_equal(in_blocks.loss, at_once.loss)
    assert in_blocks.theta.shape == (steps + 1, 8)
    assert in_blocks.loss.shape == (steps + 1,)
    assert in_blocks.diverged is at_once.diverged is None


@given(bounded, st.integers(0, 20))
def test_descend_takes_plain_steps(exercise, steps):
    run = descend(exercise, steps)
    for theta, loss in zip(run.theta, run.loss, strict=True):
        assert (tuple(theta), loss) == (exercise.theta, loss_of(exercise))
        exercise = stepped(exercise)
    assert len(run.loss) == steps + 1


def test_a_descend_that_remembers_only_adds_new_blocks():
    computed = []

    @lru_cache
    def remembering(exercise, steps):
        computed.append(steps)
        return descend(exercise, steps)

    history = History().advance(300)
    replay(NOTEBOOK, history, remembering)
    assert computed == [BLOCK] * (300 // BLOCK)
    later = replay(NOTEBOOK, history.advance(7), remembering)
    assert computed[300 // BLOCK :] == [7]
    assert np.array_equal(later.curve, descend(NOTEBOOK, 307).loss)


@pytest.mark.parametrize(("step", "position"), [(-1, 0), (0, 0), (4, 4), (10, 10), (11, 10)])
def test_the_position_stays_within_the_steps_taken(step, position):
    assert History().advance(10).seek(step).position == position


def test_steps_already_taken_are_used_again():
    history = History().advance(10).seek(3)
    assert history.advance(4) == replace(history, position=7)
    assert history.advance(9).current.end == 12


def test_changes_at_one_place_gather_in_one_branch():
    history = History().advance(5).change((("x1", 1.0), ("eta", 0.25)))
    again = history.change((("eta", 0.5), ("y1", 0.0)))
    assert again.branches == (
        Branch(end=5),
        Branch(0, 5, 5, (("x1", 1.0), ("y1", 0.0), ("eta", 0.5))),
    )
    assert len(again.advance(1).change((("x1", 2.0),)).branches) == 3


def test_a_change_elsewhere_does_not_join_a_branch_without_steps():
    history = History().advance(5).change((("x1", 1.0),)).seek(2).change((("x1", 2.0),))
    assert history.branches[1:] == (Branch(0, 5, 5, (("x1", 1.0),)), Branch(0, 2, 2, (("x1", 2.0),)))


def test_a_change_in_the_past_branches_off_the_run_that_was_there():
    history = History().advance(10).change((("x1", 1.0),)).advance(10).seek(4).change((("x1", 2.0),))
    assert history.current == Branch(0, 4, 4, (("x1", 2.0),))
    assert history.owner(3) == 0
    assert history.owner(4) == 2
    assert history.lineage(2) == [0, 2]


def test_old_branches_remain_with_what_came_after_the_change():
    changed = History().advance(10).seek(4).change((("x1", 1.0),)).advance(2)
    found = replay(NOTEBOOK, changed)
    (old,) = found.old
    run = descend(NOTEBOOK, 10)
    assert old.at == 4
    assert np.array_equal(old.loss, run.loss[4:])
    assert np.array_equal(found.curve[:4], run.loss[:4])
    assert found.curve[4] != run.loss[4]
    assert len(found.curve) == 7


def assert_all_finite(found):
    numbers = (found.exercise.theta, found.curve, *[curve.loss for curve in found.old])
    assert all(np.all(np.isfinite(array)) for array in numbers)


def test_a_diverging_run_stops_at_its_last_finite_step():
    found = replay(DIVERGING, History().advance(1000))
    assert found.diverged is not None
    step, name = found.diverged
    assert 0 < step < 100
    assert name in {q.id for q in quantities(DIVERGING.network) if q.kind == "w"}
    assert_all_finite(found)
    assert found.history == History((Branch(end=step),), step)
    assert len(found.curve) == step + 1
    # One step on, the loss is no longer finite.
    with np.errstate(over="ignore", invalid="ignore"):
        assert not np.isfinite(found.exercise.step().loss_after)


@given(
    exercises(networks(activations=("identity", "relu", "leaky_relu", "softplus"), losses=OTHER_LOSSES)),
    st.floats(1, 1e6),
    st.sampled_from([1, 5, 100]),
)
def test_a_run_is_finite_whole_or_cut(exercise, learning_rate, block):
    exercise = replace(exercise, learning_rate=learning_rate)
    with patch("core.history.BLOCK", block):
        run = trajectory(exercise, 30)
    assert len(run.theta) == len(run.loss)
    assert (run.diverged is None) == (len(run.loss) == 31)
    assert np.all(np.isfinite(run.theta))
    assert np.all(np.isfinite(run.loss))
    at_once = descend(exercise, 30)
    assert np.array_equal(run.theta, at_once.theta)
    assert np.array_equal(run.loss, at_once.loss)
    assert run.diverged == at_once.diverged
    fixed = ~exercise.trained
    assert np.all(run.theta[:, fixed] == exercise.theta_array[fixed])


def test_a_branch_from_beyond_the_last_finite_step_begins_there():
    history = History().advance(1000).change((("eta", 1e-9),)).advance(3)
    found = replay(DIVERGING, history)
    last = len(descend(DIVERGING, 1000).loss) - 1
    assert found.history.current.at == last
    assert found.exercise.learning_rate == 1e-9
    assert_all_finite(found)
    assert len(found.curve) == found.history.current.end + 1


def test_a_diverging_branch_left_behind_does_not_stop_the_current_one():
    history = History().advance(1000).seek(0).change((("eta", 0.01),)).advance(20)
    found = replay(DIVERGING, history)
    assert found.diverged is None
    assert found.history.position == 20
    assert [curve.at for curve in found.old] == [0]
    assert_all_finite(found)


@pytest.mark.parametrize("train_biases", [False, True])
def test_biases_move_only_if_they_are_trained(train_biases):
    start = replace(EXAMPLES["mazur"].exercise, train_biases=train_biases)
    found = replay(start, History().advance(50)).exercise
    for before, after in zip(
        start.network.layers(start.theta_array), start.network.layers(found.theta_array), strict=True
    ):
        assert before.b is not None
        assert np.all((before.b == after.b) != train_biases)
        assert np.all(before.W != after.W)


def test_a_bias_held_fixed_is_never_what_diverges():
    # x = 0: only the output weight is trained; it grows a millionfold with every step.
    network = Network((1, 1, 1), ("identity", "identity"))
    exercise = Exercise(network, (1.0, 1.0, 30.0, 0.0), (0.0,), (0.0,), 1e6, train_biases=False)
    assert descend(exercise, 100).diverged == "w2.1.1"


def test_a_branch_keeps_its_length_where_its_parent_stopped_early():
    stopped = replay(DIVERGING, History().advance(100)).history.current.end
    gentle = (("eta", 1e-9), *((q.id, 0.5) for q in quantities(DIVERGING.network) if q.kind in "wb"))
    history = History((Branch(end=100), Branch(parent=0, at=100, end=103, changes=gentle)), 103)
    found = replay(DIVERGING, history)
    assert (found.history.current.at, found.history.current.end) == (stopped, stopped + 3)
    assert found.history.position == stopped + 3
