"""Training on data: batches, steps, and the history they leave.

A run is a value: `continue_run` makes a longer one of it, and 1,000 steps give the same bits at once or in
pieces. The order of the batches follows from the run's seed and the epoch alone.

Settings may change on the way: a run is a list of segments, and `continue_segments` takes the steps of each
with its settings and the weights that are there. What a change begins anew is in `Phase`.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.activations import ACTIVATIONS
from core.arrays import Array, as_array
from core.engine import Engine
from core.losses import LOSSES
from core.network import Network, Trace, forward, trace_loss
from core.optimizers import OPTIMIZERS, Rates, State
from core.own_values import NO_OWN_VALUES, OwnValues, column
from core.schedules import SCHEDULES

KEY_FRAMES = 300
CHUNK = 1024
# Its square, times any number of samples, is finite.
_FAR_FROM_OVERFLOW = 1e100

Rows = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train: all that, with data, initial weights and a seed, makes a run.

    `optimizer` and `schedule` are names in OPTIMIZERS and SCHEDULES; `learning_rate` is above 0;
    `batch_size` counts from 1, and more than there are samples means all of them. `l1` and `l2` are the
    factors of Σ|w| and ½Σw² over the weights, not the biases. `dropout` is the share of hidden units left
    out, from 0 to below 1; `clip` the largest norm of the gradient, or None. `patience` is the number of
    steps without a better validation loss after which training stops, or None. Raises ValueError for
    settings that are out of range.
    """

    optimizer: str = "gradient_descent"
    learning_rate: float = 0.1
    batch_size: int = 10
    schedule: str = "constant"
    period: int = 1000
    decay: float = 0.5
    rates: Rates = field(default_factory=Rates)
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0
    clip: float | None = None
    patience: int | None = None
    shuffle: bool = True

    def __post_init__(self) -> None:
        for name, table in (("optimizer", OPTIMIZERS), ("schedule", SCHEDULES)):
            if getattr(self, name) not in table:
                raise ValueError(f"{name} must be one of {', '.join(table)}, got {getattr(self, name)!r}")
        ranges = {
            "learning_rate": (0 < self.learning_rate < np.inf, "above 0"),
            "batch_size": (self.batch_size >= 1, "1 or more"),
            "period": (self.period >= 1, "1 or more"),
            "decay": (0 < self.decay <= 1, "above 0 and up to 1"),
            "l1": (0 <= self.l1 < np.inf, "0 or more"),
            "l2": (0 <= self.l2 < np.inf, "0 or more"),
            "dropout": (0 <= self.dropout < 1, "from 0 to below 1"),
            "clip": (self.clip is None or self.clip > 0, "above 0 or None"),
            "patience": (self.patience is None or self.patience >= 1, "1 or more, or None"),
        }
        for name, (fits, allowed) in ranges.items():
            if not fits:
                raise ValueError(f"{name} must be {allowed}, got {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class Segment:
    """From step `at` on a run is trained with these settings, until the next segment begins."""

    at: int
    settings: Settings


class Phase(NamedTuple):
    """A segment as a run has taken it, and where what it counts began.

    The optimizer's state is 0 before step `state_from`, which is `at` where the optimizer changed. The
    schedule's t counts from step `schedule_from`, which is `at` where schedule, period or decay changed.
    Epoch `epoch` begins at step `epoch_from`: where batch size or shuffling changed, the epoch under way
    ends, and the next begins `at` once with the new batches. Else all three go on as before. Dropout draws
    by the step of the whole run, and patience waits from `at` on.
    """

    at: int
    settings: Settings
    state_from: int = 0
    schedule_from: int = 0
    epoch_from: int = 0
    epoch: int = 0


class Diverged(NamedTuple):
    """Where a run had to stop: the step that would not have been finite, and the parameter to blame.

    `place` is an index into θ, `run` the one of several runs, 0 where there is one.
    """

    step: int
    place: int
    run: int = 0


class TrainingRun(NamedTuple):
    """A run of `step` steps so far, of one θ (P,) or of R side by side (R, P).

    `theta` (..., P) holds the parameters after the last step and `loss` (..., steps) each batch's loss
    before its update, without penalties. `key_theta` (..., K, P) holds the parameters after each of the
    `key_steps` (K,), at most 300: step 0, then at even distances, those at which settings changed, and the
    last. `best` is the step with the least validation loss `best_loss` so far, where there is validation.
    `stopped` means that patience ran out. `seed`, `state` and the last of the `phases` are what the next
    step needs.
    """

    step: int
    theta: Array
    loss: Array
    key_steps: Rows
    key_theta: Array
    seed: int
    state: State
    phases: tuple[Phase, ...]
    best: int | None = None
    best_loss: float = np.inf
    best_theta: Array | None = None
    stopped: bool = False
    diverged: Diverged | None = None


class Validation(NamedTuple):
    """Samples the network is not trained on: x (M, n_in) and y (M, n_out)."""

    x: Array
    y: Array


def start_run(network: Network, settings: Settings, theta: ArrayLike, seed: int) -> TrainingRun:
    """Return a run before its first step, from θ (P,) or, for R runs side by side, (R, P)."""
    theta = as_array(theta).astype(np.float64)
    if theta.ndim not in (1, 2) or theta.shape[-1] != network.n_parameters:
        raise ValueError(f"theta must have shape ({network.n_parameters},), got {theta.shape}")
    state = OPTIMIZERS[settings.optimizer].init(theta)
    return TrainingRun(
        0,
        theta,
        np.empty((*theta.shape[:-1], 0)),
        np.array([0]),
        theta[..., None, :].copy(),
        seed,
        state,
        (Phase(0, settings),),
    )


def train(
    network: Network,
    theta: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    steps: int,
    rng: np.random.Generator | None = None,
    **settings: Any,
) -> TrainingRun:
    """Train from θ (P,) for `steps` steps on samples x (N, n_in) with targets y (N, n_out).

    The keywords are those of Settings, as in `optimizer="adam", learning_rate=0.01, batch_size=10,
    shuffle=False`. `rng` gives the order of the batches. With θ (R, P) R runs are trained side by side.
    Raises ValueError when a shape or a setting does not fit.
    """
    chosen = Settings(**settings)
    seed = 0 if rng is None else int(rng.integers(2**32))
    return continue_run(network, chosen, start_run(network, chosen, theta, seed), x, y, steps)


def continue_run(
    network: Network,
    settings: Settings,
    history: TrainingRun,
    x: ArrayLike,
    y: ArrayLike,
    steps: int,
    validation: Validation | None = None,
    own_values: OwnValues = NO_OWN_VALUES,
) -> TrainingRun:
    """Return the run after `steps` more steps, or fewer where it diverges or patience runs out.

    Settings that differ from those of the steps before begin a new phase, see `begin_phase`; a run that was
    over goes on with them. `own_values` gives every one of R runs side by side values of its own, and so do
    x (R, N, n_in) and y (R, N, n_out). The first of the runs that diverges ends the steps of all, see
    `core.side_by_side`.
    """
    x, y = _samples(network, x, y, history.theta.shape[:-1])
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, got {steps}")
    if steps:
        history = begin_phase(history, settings, x.shape[-2])
    total = history.step + steps
    begun = {phase.at for phase in history.phases}
    check_every = -(-x.shape[-2] // settings.batch_size)
    checked_from = history.phases[-1].epoch_from
    plan = _Plan(network, settings, x, y, history.seed, history.phases[-1], own_values)
    pieces = [history.loss]
    keys = list(zip(history.key_steps.tolist(), np.moveaxis(history.key_theta, -2, 0), strict=True))
    theta = history.theta.copy()
    state = history.state
    step = history.step
    while step < total and not (history.stopped or history.diverged):
        stop = min(total, step + CHUNK)
        if validation is not None:
            stop = min(stop, step + check_every - (step - checked_from) % check_every)
        # By the steps taken and not by those to come, which a run may not reach, or take in other pieces.
        stride = _stride(step, len(begun) - 1)
        before = theta.copy(), state
        losses, found, state = plan.run(theta, state, step, stop, stride)
        if np.any(plan.unfit(theta, losses)):
            theta, state, losses, found, diverged = plan.run_to_the_last_finite(*before, step, stop, stride)
            history = history._replace(diverged=diverged)
        step += losses.shape[-1]
        pieces.append(losses)
        keys = _thin([*keys, *found], _stride(step, len(begun) - 1), begun)
        is_checked = (step - checked_from) % check_every == 0
        if validation is not None and is_checked and not history.diverged:
            history = _validate(network, settings, history, validation, theta, step)
    if keys[-1][0] != step:
        keys.append((step, theta.copy()))
    return history._replace(
        step=step,
        theta=theta,
        loss=np.concatenate(pieces, axis=-1),
        key_steps=np.array([at for at, _ in keys]),
        key_theta=np.stack([key for _, key in keys], axis=-2),
        state=state,
    )


def continue_segments(
    network: Network,
    segments: Sequence[Segment],
    history: TrainingRun,
    x: ArrayLike,
    y: ArrayLike,
    steps: int,
    validation: Validation | None = None,
) -> TrainingRun:
    """Return the run after `steps` more steps, each with the settings of the segment that it is in.

    `segments` ascend from step 0. A run that is over before the next of them begins ends there. Samples for
    validation are used where a segment has patience.
    """
    total = history.step + steps
    while history.step < total:
        end = min([segment.at for segment in segments if segment.at > history.step] + [total])
        settings = settings_at(segments, history.step)
        held_out = None if settings.patience is None else validation
        history = continue_run(network, settings, history, x, y, end - history.step, held_out)
        if history.step < end:
            break
    return history


def settings_at(segments: Sequence[Segment], step: int) -> Settings:
    """Return the settings with which the step after `step` is taken; segments ascend from step 0."""
    return segments[bisect_right(segments, step, key=lambda segment: segment.at) - 1].settings


def normalized(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments without those that change nothing."""
    kept: list[Segment] = []
    for segment in segments:
        if kept and kept[-1].at == segment.at:
            kept.pop()
        if not kept or kept[-1].settings != segment.settings:
            kept.append(segment)
    return tuple(kept)


def begin_phase(history: TrainingRun, settings: Settings, count: int) -> TrainingRun:
    """Return the run as it is before its next step with these settings on `count` samples.

    With the settings it has, it is returned as it is.
    """
    last, at = history.phases[-1], history.step
    phase = next_phase(last, settings, at, count)
    if phase is last:
        return history
    begins_anew = settings.optimizer != last.settings.optimizer
    state = OPTIMIZERS[settings.optimizer].init(history.theta) if begins_anew else history.state
    # Before its first step a run has no other settings behind it.
    phases = (*history.phases, phase) if at else (phase,)
    return history._replace(state=state, phases=phases, stopped=False, diverged=None)


def next_phase(last: Phase, settings: Settings, at: int, count: int) -> Phase:
    """Return the phase of these settings from step `at` on, on `count` samples; `last` where it has them."""
    before = last.settings
    if settings == before:
        return last
    state_from = at if settings.optimizer != before.optimizer else last.state_from
    schedule_from = at if _schedule(settings) != _schedule(before) else last.schedule_from
    epoch_from, epoch = last.epoch_from, last.epoch
    if (min(settings.batch_size, count), settings.shuffle) != (min(before.batch_size, count), before.shuffle):
        epoch_from, epoch = at, epoch + _epochs_begun(before, count, at - epoch_from)
    return Phase(at, settings, state_from, schedule_from, epoch_from, epoch)


def phases_of(segments: Sequence[Segment], count: int) -> tuple[Phase, ...]:
    """Return the phases of a run by its segments, on `count` samples."""
    phases = [Phase(0, segments[0].settings)]
    for segment in segments[1:]:
        phase = next_phase(phases[-1], segment.settings, segment.at, count)
        if phase is not phases[-1]:
            phases.append(phase)
    return tuple(phases)


def _schedule(settings: Settings) -> tuple[str, int, float]:
    return settings.schedule, settings.period, settings.decay


def _per_epoch(settings: Settings, count: int) -> int:
    return -(-count // min(settings.batch_size, count))


def _epochs_begun(settings: Settings, count: int, steps: int) -> int:
    return -(-steps // _per_epoch(settings, count))


Key = tuple[int, Array]


def _samples(network: Network, x: ArrayLike, y: ArrayLike, lead: tuple[int, ...] = ()) -> tuple[Array, Array]:
    """Return samples as arrays, x (N, n_in) and y (N, n_out), or both with a leading axis as θ has it."""
    x, y = as_array(x).astype(np.float64), as_array(y).astype(np.float64)
    n_in, n_out = network.widths[0], network.widths[-1]
    fits = x.ndim == 2 or (x.ndim == 3 and x.shape[:1] == lead)
    if not fits or x.shape[-1] != n_in or not x.shape[-2]:
        raise ValueError(f"x must have shape (N, {n_in}), got {x.shape}")
    if y.shape != (*x.shape[:-1], n_out):
        raise ValueError(f"y must have shape ({', '.join(map(str, x.shape[:-1]))}, {n_out}), got {y.shape}")
    return x, y


def _stride(steps: int, changes: int) -> int:
    """Return the distance of key frames after so many steps: a power of 2, so that it only doubles."""
    stride = 1
    while steps // stride + 2 + changes > KEY_FRAMES:
        stride *= 2
    return stride


def _thin(keys: list[Key], stride: int, begun: Collection[int]) -> list[Key]:
    """Return the key frames at multiples of a stride, and at the steps at which phases have begun."""
    return [(at, theta) for at, theta in keys if at % stride == 0 or at in begun]


def _validate(
    network: Network,
    settings: Settings,
    history: TrainingRun,
    validation: Validation,
    theta: Array,
    step: int,
) -> TrainingRun:
    loss = float(np.mean(trace_loss(network, forward(network, theta, validation.x), validation.y)))
    if loss < history.best_loss:
        return history._replace(best=step, best_loss=loss, best_theta=theta.copy())
    waited = step - max(history.best or 0, history.phases[-1].at)
    return history._replace(stopped=settings.patience is not None and waited >= settings.patience)


class _Plan:
    """What stays the same from chunk to chunk of one run."""

    def __init__(
        self,
        network: Network,
        settings: Settings,
        x: Array,
        y: Array,
        seed: int,
        phase: Phase,
        own_values: OwnValues,
    ) -> None:
        self.network, self.settings, self.seed, self.phase = network, settings, seed, phase
        self.seeds = own_values.seed
        ones = np.ones((*x.shape[:-1], int(network.bias)))
        self.x, self.y = np.concatenate([x, ones], axis=-1), y
        self.count = x.shape[-2]
        self.batch = min(settings.batch_size, self.count)
        self.per_epoch = _per_epoch(settings, self.count)
        self.learning_rate = column(own_values.learning_rate, settings.learning_rate)
        self.rates = own_values.rates(settings.rates)
        self.l2 = column(own_values.l2, settings.l2)
        self.kept = 1 - column(own_values.dropout, settings.dropout)[..., None]
        self.drops = bool(np.any(self.kept < 1))
        self.is_weight = _weights_of(network)
        self.penalized = settings.l1 > 0 or bool(np.any(self.l2 > 0))
        self._largest = float(np.max(np.abs(x))), float(np.max(np.abs(y)))
        self._trained: Array | None = None
        self._engines: dict[int, Engine] = {}

    def _stretches(self, step: int, stop: int) -> Iterator[tuple[int, Rows]]:
        """Yield consecutive batches of one size: the first step and the rows (steps, batch).

        Where runs differ in their seed, the rows are (steps, R, batch).
        """
        count, batch = self.count, self.batch
        whole = count // batch
        pending: list[Rows] = []
        while step < stop:
            epoch, place = divmod(step - self.phase.epoch_from, self.per_epoch)
            order = self._order(self.phase.epoch + epoch)
            last = min(place + stop - step, self.per_epoch)
            some = order[..., place * batch : min(last, whole) * batch]
            full = np.moveaxis(some.reshape(*some.shape[:-1], -1, batch), -2, 0)
            if len(full):
                pending.append(full)
            step += last - place
            if last > whole:
                if pending:
                    stretch = np.concatenate(pending)
                    yield step - 1 - len(stretch), stretch
                    pending = []
                yield step - 1, order[..., whole * batch :][None]
        if pending:
            stretch = np.concatenate(pending)
            yield step - len(stretch), stretch

    def _order(self, epoch: int) -> Rows:
        """Return the order (N,) of the samples in an epoch, or (R, N) where runs differ in their seed."""
        seeds = [self.seed] if self.seeds is None else self.seeds
        orders = [_order(self.settings, self.count, seed, epoch) for seed in seeds]
        return orders[0] if self.seeds is None else np.stack(orders)

    def _batches(self, samples: Array, rows: Rows) -> Array:
        """Return samples (..., N, n) by batches, (steps, n, batch) or (steps, R, n, batch)."""
        if samples.ndim == 2:
            found = samples[rows]
        elif rows.ndim == 2:
            found = np.moveaxis(samples[:, rows], 0, 1)
        else:
            found = samples[np.arange(len(samples))[:, None], rows]
        return np.ascontiguousarray(np.swapaxes(found, -1, -2))

    def run(
        self, theta: Array, state: State, step: int, stop: int, stride: int
    ) -> tuple[Array, list[Key], State]:
        """Take the steps from `step` to `stop`, changing θ in place; return losses, key frames and state."""
        losses, keys = [], []
        with np.errstate(all="ignore"):
            for first, rows in self._stretches(step, stop):
                engine = self._engine(rows.shape[-1], theta)
                loss, found, state = self._run_stretch(engine, theta, state, first, rows, stride)
                losses.append(loss)
                keys += found
        return np.concatenate(losses, axis=-1), keys, state

    def _engine(self, batch: int, theta: Array) -> Engine:
        """Return the engine for a batch size; it works on this very array θ."""
        if theta is not self._trained:
            self._trained, self._engines = theta, {}
        if batch not in self._engines:
            self._engines[batch] = Engine(self.network, batch, theta, dropout=self.drops)
        return self._engines[batch]

    def _run_stretch(
        self, engine: Engine, theta: Array, state: State, first: int, rows: Rows, stride: int
    ) -> tuple[Array, list[Key], State]:
        network, settings = self.network, self.settings
        steps, batch = len(rows), rows.shape[-1]
        x, y = self._batches(self.x, rows), self._batches(self.y, rows)
        z = np.empty((steps, *theta.shape[:-1], network.widths[-1], batch))
        backprop, gradient = engine.backprop, engine.gradient
        update, rates = OPTIMIZERS[settings.optimizer].update, self.rates
        state_from = self.phase.state_from
        keys: list[Key] = []
        adjusted = self.penalized or settings.clip is not None
        batches = zip(x, y, z, self._minus_learning_rates(first, steps), strict=True)
        for step, (x_batch, y_batch, z_batch, minus_learning_rate) in enumerate(batches, start=first + 1):
            if self.drops:
                self._drop(engine, step)
            backprop(x_batch, y_batch)
            np.copyto(z_batch, engine.z)
            if adjusted:
                self._adjust(gradient, theta)
            since = step - state_from
            delta, state = update(gradient, state, theta, minus_learning_rate, since, rates)
            np.add(theta, delta, theta)
            if step % stride == 0:
                keys.append((step, theta.copy()))
        return self._losses(z, y), keys, state

    def unfit(self, theta: Array, losses: Array) -> NDArray[np.bool_]:
        """Return for each run whether θ, a loss, or the loss of all samples at θ is not finite, (...,)."""
        with np.errstate(all="ignore"):
            found = ~(np.all(np.isfinite(losses), axis=-1) & np.all(np.isfinite(theta), axis=-1))
            if np.any(found) or self._is_far_from_overflow(theta):
                return np.asarray(found)
            samples = self.x[..., : self.network.widths[0]]
            after = trace_loss(self.network, forward(self.network, theta, samples), self.y)
            return np.asarray(~np.isfinite(after))

    def _is_far_from_overflow(self, theta: Array) -> bool:
        """Return whether no z and no loss can be anything but finite, by the size of the weights alone.

        |z| ≤ Σ|w| max|a| + |b| in every layer, and no activation gives more than |z| + 1.
        """
        network = self.network
        loss = LOSSES[network.loss]
        if np.isfinite(loss.bounds[0]) and loss.fused != network.activations[-1]:
            return False
        a, y = self._largest
        for W, b in network.layers(theta):
            z = a * float(np.max(np.sum(np.abs(W), axis=-2)))
            if b is not None:
                z += float(np.max(np.abs(b)))
            a = z + 1
        return max(z, y) < _FAR_FROM_OVERFLOW

    def _minus_learning_rates(self, first: int, steps: int) -> list[Array]:
        """Return −η of every step, of shape () or (R, 1)."""
        settings = self.settings
        first -= self.phase.schedule_from
        t = np.arange(first, first + steps, dtype=np.float64)
        factors = SCHEDULES[settings.schedule].factor(t, settings.period, settings.decay)
        rates = np.multiply.outer(-factors, self.learning_rate)
        return [rates[k, ...] for k in range(steps)]

    def _drop(self, engine: Engine, step: int) -> None:
        """Fill the masks of a step; what stays is raised, so that the sum is what it would be."""
        seeds = [self.seed] if self.seeds is None else self.seeds
        draws = [np.random.default_rng([seed, step, 1]) for seed in seeds]
        for mask in engine.masks:
            drawn = [rng.random(mask.shape[-2:]) for rng in draws]
            mask[...] = ((drawn[0] if self.seeds is None else np.stack(drawn)) < self.kept) / self.kept

    def _adjust(self, gradient: Array, theta: Array) -> None:
        settings = self.settings
        if self.penalized:
            gradient += self.is_weight * (self.l2 * theta + settings.l1 * np.sign(theta))
        if settings.clip is not None:
            norm = np.sqrt(np.sum(gradient * gradient, axis=-1, keepdims=True))
            gradient *= settings.clip / np.maximum(norm, settings.clip)

    def _losses(self, z: Array, y: Array) -> Array:
        """Return the loss (..., steps), from z (steps, ..., n_out, batch) and y, as z or without R."""
        z = np.moveaxis(np.swapaxes(z, -1, -2), 0, -3)
        y = np.moveaxis(np.swapaxes(y, -1, -2), 0, -3)
        a = ACTIVATIONS[self.network.activations[-1]].function(z)
        return trace_loss(self.network, Trace((z,), (a,)), y)

    def run_to_the_last_finite(
        self, theta: Array, state: State, step: int, stop: int, stride: int
    ) -> tuple[Array, State, Array, list[Key], Diverged]:
        """Take the steps one by one up to the last that leaves loss and parameters finite."""
        losses = [np.empty((*theta.shape[:-1], 0))]
        keys: list[Key] = []
        for at in range(step, stop):
            moved = theta.copy()
            loss, found, new_state = self.run(moved, state, at, at + 1, stride)
            unfit = np.atleast_1d(self.unfit(moved, loss))
            if np.any(unfit):
                run = int(np.argmax(unfit))
                place = _worst(np.atleast_2d(moved)[run], np.atleast_2d(theta)[run])
                return theta, state, np.concatenate(losses, axis=-1), keys, Diverged(at, place, run)
            theta, state = moved, new_state
            losses.append(loss)
            keys += found
        raise AssertionError("one of the steps was not finite")


def _worst(moved: Array, theta: Array) -> int:
    """Return the place of the first number of θ (P,) that is not finite, else of the one that moved most."""
    unfit = np.flatnonzero(~np.isfinite(moved))
    return int(unfit[0] if len(unfit) else np.argmax(np.abs(moved - theta)))


def _weights_of(network: Network) -> Array:
    """Return (P,) ones for weights and zeros for biases."""
    weights = [np.ones(shape) for shape in network.shapes]
    biases = [np.zeros(n_out) for _, n_out in network.shapes] if network.bias else None
    return network.pack(weights, biases)


def batch_rows(settings: Settings, count: int, seed: int, step: int) -> Rows:
    """Return which of `count` samples the batch of a step (from 0 on) of a run of one phase holds."""
    return _batch_rows(Phase(0, settings), count, seed, step)


def batch_rows_of(history: TrainingRun, count: int, step: int) -> Rows:
    """Return which of `count` samples the batch of a step (from 0 on) of a run holds."""
    phases = history.phases
    phase = phases[bisect_right(phases, step, key=lambda phase: phase.at) - 1]
    return _batch_rows(phase, count, history.seed, step)


def _batch_rows(phase: Phase, count: int, seed: int, step: int) -> Rows:
    batch = min(phase.settings.batch_size, count)
    epoch, place = divmod(step - phase.epoch_from, _per_epoch(phase.settings, count))
    return _order(phase.settings, count, seed, phase.epoch + epoch)[place * batch : (place + 1) * batch]


def epochs_at(phases: Sequence[Phase], count: int, steps: Rows) -> Array:
    """Return how many passes over `count` samples a run has made at each of some ascending steps."""
    epochs = np.empty(len(steps))
    for phase in phases:
        there = steps >= phase.at
        epochs[there] = phase.epoch + (steps[there] - phase.epoch_from) / _per_epoch(phase.settings, count)
    return epochs


def step_of_epoch(phases: Sequence[Phase], count: int, epoch: int) -> int:
    """Return the step after which a run, as it goes on last, has made so many passes over `count` samples.

    Where it had made more before its last phase began, that is before the phase.
    """
    last = phases[-1]
    return last.epoch_from + (epoch - last.epoch) * _per_epoch(last.settings, count)


def _order(settings: Settings, count: int, seed: int, epoch: int) -> Rows:
    # A batch that holds all samples is the same in any order.
    if not settings.shuffle or settings.batch_size >= count:
        return np.arange(count)
    return np.random.default_rng([seed, epoch]).permutation(count)
