"""Predicted seconds count every kind of operation. `python -m benchmarks.work` compares with a clock."""

import pytest

from core.activations import ACTIVATIONS
from core.network import Network
from core.optimizers import OPTIMIZERS
from core.settings import Segment, Settings
from core.work import (
    ACTIVATION_COSTS,
    OPTIMIZER_COSTS,
    evaluation_seconds,
    replay_seconds,
    run_seconds,
    segments_seconds,
    step_seconds,
    training_seconds,
)

NETWORK = Network((2, 4, 2, 1), ("tanh", "tanh", "sigmoid"), "binary_cross_entropy")
SETTINGS = Settings()


def network_with(activation):
    return Network((2, 4, 2, 1), (activation, activation, "sigmoid"), "binary_cross_entropy")


def test_every_choice_has_its_cost():
    assert set(ACTIVATION_COSTS) == set(ACTIVATIONS)
    assert set(OPTIMIZER_COSTS) == set(OPTIMIZERS)


def test_steps_add_up():
    one = training_seconds(NETWORK, SETTINGS, 250, 1)
    assert training_seconds(NETWORK, SETTINGS, 250, 1000) == pytest.approx(1000 * one)
    assert replay_seconds(NETWORK, 1000) == pytest.approx(1000 * replay_seconds(NETWORK, 1))


@pytest.mark.parametrize(
    "dearer",
    [
        {"optimizer": "adam"},
        {"dropout": 0.2},
        {"l1": 0.1},
        {"l2": 0.1},
        {"clip": 1.0},
        {"batch_size": 20},
    ],
)
def test_what_is_done_more_in_a_step_costs_more(dearer):
    plain = step_seconds(NETWORK, SETTINGS, SETTINGS.batch_size)
    settings = Settings(**dearer)
    assert step_seconds(NETWORK, settings, settings.batch_size) > plain


def test_a_batch_is_no_larger_than_the_samples():
    large = Settings(batch_size=50_000)
    assert training_seconds(NETWORK, large, 250, 10) == training_seconds(
        NETWORK, Settings(batch_size=250), 250, 10
    )


def test_validation_counts_once_an_epoch_and_only_under_patience():
    patient = Settings(patience=100)
    plain = training_seconds(NETWORK, SETTINGS, 250, 100, 250)
    assert training_seconds(NETWORK, patient, 250, 100, 0) == plain
    once = evaluation_seconds(NETWORK, 1, 250)
    assert training_seconds(NETWORK, patient, 250, 100, 250) - plain > 4 * once


def test_gelu_costs_more_than_tanh_everywhere():
    gelu, tanh = network_with("gelu"), network_with("tanh")
    assert step_seconds(gelu, SETTINGS, 1000) > step_seconds(tanh, SETTINGS, 1000)
    assert evaluation_seconds(gelu, 300, 2000) > evaluation_seconds(tanh, 300, 2000)
    assert replay_seconds(gelu, 1) > replay_seconds(tanh, 1)


def test_a_run_counts_the_evaluation_of_its_key_frames_on_some_of_the_samples():
    training = training_seconds(NETWORK, SETTINGS, 4000, 10_000)
    run = run_seconds(NETWORK, [Segment(0, SETTINGS)], 4000, 1000, 10_000, 2000)
    evaluation = evaluation_seconds(NETWORK, 300, 2000, gradients=True) + evaluation_seconds(
        NETWORK, 300, 1000
    )
    assert run == pytest.approx(training + evaluation)


def test_every_segment_costs_what_its_steps_cost():
    dear = Settings(optimizer="adam", batch_size=100)
    segments = [Segment(0, SETTINGS), Segment(300, dear), Segment(900, SETTINGS)]
    parts = [training_seconds(NETWORK, SETTINGS, 250, 300), training_seconds(NETWORK, dear, 250, 400)]
    assert segments_seconds(NETWORK, segments, 250, 700) == pytest.approx(sum(parts), rel=0.05)
    assert segments_seconds(NETWORK, segments, 250, 700) > sum(parts)
    assert segments_seconds(NETWORK, segments[:1], 250, 700) == training_seconds(NETWORK, SETTINGS, 250, 700)
