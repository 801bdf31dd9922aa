"""Some hundreds of steps of a run at once: batches, updates, key frames, and where that is not finite."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.engine import Engine
from core.losses import LOSSES
from core.network import Network, Trace, forward, trace_loss
from core.optimizers import OPTIMIZERS, State
from core.own_values import OwnValues, column
from core.phases import Phase, Rows, per_epoch, sample_order
from core.schedules import SCHEDULES
from core.settings import Settings

# Its square, times any number of samples, is finite.
_FAR_FROM_OVERFLOW = 1e100

Key = tuple[int, Array]


class Diverged(NamedTuple):
    """Where a run had to stop: the step that would not have been finite, and the parameter to blame.

    `place` is an index into θ, `run` the one of several runs, 0 where there is one.
    """

    step: int
    place: int
    run: int = 0


class Plan:
    """How the steps of one phase of a run are taken: what stays the same from chunk to chunk.

    `x` (N, n_in) and `y` (N, n_out), or each with a leading axis for R runs side by side, are the samples.
    """

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
        self.per_epoch = per_epoch(settings, self.count)
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
        orders = [sample_order(self.settings, self.count, seed, epoch) for seed in seeds]
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
        """Take the steps from `step` to `stop`, changing θ (P,) or (R, P) in place.

        Return the losses (steps,) or (R, steps), the key frames at every `stride`-th step, and the state.
        """
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
        """Take the steps one by one up to the last that leaves loss and parameters finite, as `run` does.

        Return θ and the optimizer's state there, the losses, the key frames, and the step that is not finite;
        there has to be one.
        """
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
