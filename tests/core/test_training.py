from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.initializers import init_theta
from core.network import Network, backward, forward, trace_loss
from core.optimizers import OPTIMIZERS, Rates
from core.own_values import OwnValues
from core.phases import batch_rows
from core.schedules import SCHEDULES
from core.settings import Settings
from core.training import KEY_FRAMES, Validation, continue_run, start_run, train
from tests.hypothesis_profiles import examples

NETWORK = Network((2, 4, 1), ("tanh", "sigmoid"), "binary_cross_entropy")


def samples(count=25, seed=0):
    x = np.random.default_rng(seed).uniform(-2, 2, (count, 2))
    return x, (x[:, :1] * x[:, 1:] > 0).astype(float)


def first_theta(network=NETWORK, seed=1):
    return init_theta(network, "xavier", np.random.default_rng(seed))


def plain_loop(network, theta, x, y, settings, seed, steps):
    """The same training by the readable core, one step at a time."""
    theta = theta.copy()
    is_weight = np.concatenate(
        [np.r_[np.ones(n_in * n_out), np.zeros(n_out * network.bias)] for n_in, n_out in network.shapes]
    )
    optimizer = OPTIMIZERS[settings.optimizer]
    state = optimizer.init(theta)
    losses = []
    for step in range(steps):
        rows = batch_rows(settings, len(x), seed, step)
        trace = forward(network, theta, x[rows])
        losses.append(float(trace_loss(network, trace, y[rows])))
        gradient = backward(network, theta, trace, y[rows]).theta
        gradient = gradient + is_weight * (settings.l2 * theta + settings.l1 * np.sign(theta))
        norm = np.linalg.norm(gradient)
        if settings.clip is not None and norm > settings.clip:
            gradient = gradient * settings.clip / norm
        factor = SCHEDULES[settings.schedule].factor(np.array(float(step)), settings.period, settings.decay)
        rate = np.array(-settings.learning_rate * factor)
        delta, state = optimizer.update(gradient, state, theta, rate, step + 1, settings.rates)
        theta = theta + delta
    return theta, np.array(losses)


SETTINGS = [
    {},
    {"shuffle": False},
    {"batch_size": 7},
    {"batch_size": 1},
    {"batch_size": 100},
    {"l1": 0.01, "l2": 0.02},
    {"clip": 0.05},
    *({"optimizer": name, "learning_rate": 0.01} for name in OPTIMIZERS),
    *({"schedule": name, "period": 20} for name in SCHEDULES),
]


@pytest.mark.parametrize("chosen", SETTINGS, ids=str)
def test_training_is_the_readable_core_step_by_step(chosen):
    x, y = samples()
    settings = Settings(**chosen)
    history = train(NETWORK, first_theta(), x, y, steps=60, **chosen)
    theta, losses = plain_loop(NETWORK, first_theta(), x, y, settings, history.seed, 60)
    np.testing.assert_allclose(history.theta, theta, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(history.loss, losses, rtol=1e-10, atol=1e-12)


@examples(0.3)
@given(
    st.sampled_from(
        [{"batch_size": 7}, {"optimizer": "adam"}, {"dropout": 0.3}, {"batch_size": 25, "clip": 0.1}]
    ),
    st.lists(st.integers(0, 400), min_size=1, max_size=4),
)
def test_pieces_give_the_bits_of_one_run(chosen, pieces):
    x, y = samples()
    how = Settings(**chosen)
    history = start_run(NETWORK, how, first_theta(), 5)
    at_once = continue_run(NETWORK, how, history, x, y, sum(pieces))
    for steps in pieces:
        history = continue_run(NETWORK, how, history, x, y, steps)
    for name in ("step", "theta", "loss", "key_steps", "key_theta", "state"):
        np.testing.assert_array_equal(getattr(history, name), getattr(at_once, name), err_msg=name)


def test_a_run_is_the_same_for_a_seed_and_another_for_another():
    x, y = samples()
    runs = [
        train(NETWORK, first_theta(), x, y, steps=50, rng=np.random.default_rng(seed)) for seed in (3, 3, 4)
    ]
    np.testing.assert_array_equal(runs[0].theta, runs[1].theta)
    assert not np.array_equal(runs[0].theta, runs[2].theta)


def test_every_epoch_shows_every_sample_once():
    settings = Settings(batch_size=7)
    for epoch in range(3):
        rows = np.concatenate([batch_rows(settings, 25, 1, 4 * epoch + place) for place in range(4)])
        assert sorted(rows) == list(range(25))
    ordered = [batch_rows(Settings(batch_size=10, shuffle=False), 25, 1, step).tolist() for step in range(3)]
    assert ordered == [list(range(10)), list(range(10, 20)), list(range(20, 25))]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_runs_side_by_side_are_each_their_own(name):
    x, y = samples()
    theta = np.stack([first_theta(seed=seed) for seed in range(3)])
    rates = np.array([0.01, 0.02, 0.05])
    settings = Settings(optimizer=name)
    together = continue_run(
        NETWORK, settings, start_run(NETWORK, settings, theta, 9), x, y, 40, own_values=OwnValues(rates)
    )
    for run, rate in enumerate(rates):
        own = Settings(optimizer=name, learning_rate=float(rate))
        alone = continue_run(NETWORK, own, start_run(NETWORK, own, theta[run], 9), x, y, 40)
        np.testing.assert_allclose(together.theta[run], alone.theta, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(together.loss[run], alone.loss, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(together.key_theta[run], alone.key_theta, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("steps", [0, 1, 298, 299, 300, 1000, 5001])
def test_key_frames_are_few_even_and_true(steps):
    x, y = samples()
    history = train(NETWORK, first_theta(), x, y, steps=steps)
    assert history.step == len(history.loss) == history.key_steps[-1] == steps
    assert history.key_steps[0] == 0
    assert len(history.key_steps) == len(history.key_theta) <= KEY_FRAMES
    assert len(history.key_steps) > min(steps, KEY_FRAMES // 2 - 2)
    assert len(set(np.diff(history.key_steps[:-1]))) <= 1
    np.testing.assert_array_equal(history.key_theta[0], first_theta())
    np.testing.assert_array_equal(history.key_theta[-1], history.theta)
    for place in (1, len(history.key_steps) // 2):
        if place < len(history.key_steps):
            shorter = train(NETWORK, first_theta(), x, y, steps=int(history.key_steps[place]))
            np.testing.assert_array_equal(history.key_theta[place], shorter.theta)


def test_training_learns_exclusive_or():
    x = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0.0], [1], [1], [0]])
    history = train(NETWORK, first_theta(), x, y, steps=2000, batch_size=4, learning_rate=1.0)
    predictions = forward(NETWORK, history.theta, x).a[-1]
    assert np.all((predictions > 0.5) == y)
    assert history.loss[-1] < 0.05


DIVERGING = Network((1, 1, 1), ("identity", "identity"), "mean_squared_error")


@pytest.mark.parametrize("batch_size", [1, 3])
def test_a_diverging_run_keeps_the_last_finite_step_and_names_the_next(batch_size):
    x = np.array([[1.0], [2.0], [3.0]])
    theta = np.array([1.0, 0.5, -1.0, 0.5])
    go = partial(train, DIVERGING, theta, x, 2 * x, learning_rate=5.0, batch_size=batch_size)
    history = go(steps=1000)
    assert history.diverged is not None
    assert 0 < history.step == history.diverged.step < 1000
    assert 0 <= history.diverged.place < 4
    for values in (history.theta, history.loss, history.key_theta):
        assert np.all(np.isfinite(values))
    assert np.isfinite(trace_loss(DIVERGING, forward(DIVERGING, history.theta, x), 2 * x))
    np.testing.assert_array_equal(go(steps=history.step).theta, history.theta)
    settings = Settings(learning_rate=5.0, batch_size=batch_size)
    assert continue_run(DIVERGING, settings, history, x, 2 * x, 10).step == history.step


def test_patience_stops_and_the_best_step_is_kept():
    x, y = samples(40)
    # What is held out contradicts what is trained on: the sooner training stops, the better.
    validation = Validation(x[:20], 1 - y[:20])
    settings = Settings(patience=30, learning_rate=0.5)
    history = continue_run(
        NETWORK, settings, start_run(NETWORK, settings, first_theta(), 1), x[:20], y[:20], 5000, validation
    )
    assert history.stopped
    assert history.best is not None
    assert history.best_theta is not None
    assert 30 <= history.step - history.best < 40
    at_best = train(NETWORK, first_theta(), x[:20], y[:20], steps=history.best, learning_rate=0.5)
    loss = trace_loss(NETWORK, forward(NETWORK, history.best_theta, validation.x), validation.y)
    assert float(loss) == pytest.approx(history.best_loss, rel=1e-12)
    assert at_best.theta.shape == history.best_theta.shape


def test_dropout_leaves_the_mean_as_it_is():
    network = Network((1, 200, 1), ("identity", "identity"), bias=False)
    theta = np.concatenate([np.ones(200), np.full(200, 1 / 200)])
    x, y = np.ones((1, 1)), np.zeros((1, 1))
    history = train(network, theta, x, y, steps=400, batch_size=1, learning_rate=1e-12, dropout=0.25)
    # L = ½ŷ², and ŷ² is about 1 + 0.25/0.75/200.
    assert np.mean(2 * history.loss) == pytest.approx(1 + 0.25 / 0.75 / 200, rel=0.02)
    assert np.std(history.loss) > 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"optimizer": "newton"}, "optimizer must be one of gradient_descent"),
        ({"schedule": "x"}, "schedule must be one of"),
        ({"learning_rate": 0}, "learning_rate must be above 0, got 0"),
        ({"learning_rate": np.nan}, "learning_rate must be above 0"),
        ({"batch_size": 0}, "batch_size must be 1 or more, got 0"),
        ({"dropout": 1.0}, "dropout must be from 0 to below 1, got 1"),
        ({"l1": -1}, "l1 must be 0 or more, got -1"),
        ({"l2": np.inf}, "l2 must be 0 or more, got inf"),
        ({"clip": 0}, "clip must be above 0 or None, got 0"),
        ({"patience": 0}, "patience must be 1 or more, or None, got 0"),
        ({"decay": 0}, "decay must be above 0 and up to 1, got 0"),
        ({"period": 0}, "period must be 1 or more, got 0"),
    ],
)
def test_settings_out_of_range_are_refused(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        Settings(**wrong)


@pytest.mark.parametrize(
    ("x", "y", "theta", "sentence"),
    [
        (np.ones((5, 3)), np.ones((5, 1)), first_theta(), r"x must have shape \(N, 2\), got \(5, 3\)"),
        (np.ones((5, 2)), np.ones((4, 1)), first_theta(), r"y must have shape \(5, 1\), got \(4, 1\)"),
        (np.ones((0, 2)), np.ones((0, 1)), first_theta(), r"x must have shape"),
        (np.ones((5, 2)), np.ones((5, 1)), np.ones(3), r"theta must have shape \(17,\), got \(3,\)"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(x, y, theta, sentence):
    with pytest.raises(ValueError, match=sentence):
        train(NETWORK, theta, x, y, steps=1)


def test_rates_reach_the_optimizer():
    x, y = samples()
    runs = [
        train(NETWORK, first_theta(), x, y, steps=20, optimizer="momentum", rates=Rates(momentum=value))
        for value in (0.0, 0.9)
    ]
    plain = train(NETWORK, first_theta(), x, y, steps=20)
    np.testing.assert_allclose(runs[0].theta, plain.theta, rtol=1e-12)
    assert not np.allclose(runs[1].theta, plain.theta)
