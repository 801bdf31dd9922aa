"""One step of backprop on one sample, with switches for mistakes and with a learner's own numbers in it.

Where no switch is on, the numbers are those of core/network.py.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.activations import ACTIVATIONS, pull_back
from core.answers import Place, SheetLayout
from core.arrays import Array
from core.exercise import Exercise
from core.expressions import value
from core.losses import LOSSES

# Rows (M,) by the name of a switch and the layer that it is on in, 0 for what is of no layer.
Switches = Mapping[tuple[str, int], NDArray[np.bool_]]
Keep = Callable[[str, int, Array], Array]

# They, and their slopes, are functions of y − ŷ alone: of its square, whose derivative has a factor 2.
LOSSES_OF_ERROR = ("half_squared_error", "mean_squared_error", "huber")


def mistaken_step(exercise: Exercise, layout: SheetLayout, switches: Switches, own: Array) -> Array:
    """Return the sheets (M, Q) of one step under M sets of mistakes, each as its row of the switches has it.

    `own` (Q,), or (M, Q) with one row a sheet, holds numbers that take the place of the computed ones in all
    that follows from them, NaN where there are none; the sheet itself has what was computed.
    """
    # A mistake can lead anywhere, as to the logarithm of a negative number.
    with np.errstate(all="ignore"):
        return _Pass(exercise, layout, switches, own).sheet()


class _Pass:
    """One pass while it is computed: all arrays are (M, …), or (1, …) where no switch has had an effect."""

    def __init__(self, exercise: Exercise, layout: SheetLayout, switches: Switches, own: Array) -> None:
        self.exercise = exercise
        self.layout = layout
        self.switches = switches
        self.own = np.atleast_2d(own)
        self.loss = LOSSES[exercise.network.loss]
        self.activations = [ACTIVATIONS[name] for name in exercise.network.activations]
        self.last = len(self.activations)
        self.is_fused = self.loss.fused == exercise.network.activations[-1]
        self.y = exercise.y_array
        self.error: Array = np.full((1, 1), np.nan)
        self.computed: dict[Place, Array] = {}

    def sheet(self) -> Array:
        parameters = self.exercise.network.layers(self.exercise.theta_array)
        weights = [layer.W[None] for layer in parameters]
        biases = [None if layer.b is None else layer.b[None] for layer in parameters]
        z, a = self.forward(weights, biases, self.keep)
        y_hat = self.given_prediction(self.output_error(a[-1]), a[-1])
        rest = self.rest(z[-1], y_hat)
        self.keep("loss", 0, self.loss_of(z[-1], y_hat, rest))
        new_weights, new_biases = self.backward(weights, z, a, self.slope_of_loss(y_hat, rest))
        z, a = self.forward(new_weights, new_biases, lambda _name, _layer, array: array)
        self.keep("loss_after", 0, self.loss_of(z[-1], a[-1], self.rest(z[-1], a[-1])))
        flat = [self.computed[place].reshape(len(self.computed[place]), -1) for place in self.layout.slices]
        rows = max(map(len, flat))
        return np.concatenate([np.broadcast_to(part, (rows, part.shape[1])) for part in flat], axis=1)

    def own_of(self, name: str, layer: int) -> Array:
        place = Place(name, layer)
        return self.own[:, self.layout.slices[place]].reshape(-1, *self.layout.shapes[place])

    def keep(self, name: str, layer: int, computed: Array) -> Array:
        """Note what is computed, and return what goes on: the learner's own number where there is one."""
        self.computed[Place(name, layer)] = computed
        own = self.own_of(name, layer)
        return np.where(np.isnan(own), computed, own)

    def switched(self, switch: str, layer: int, right: Array, wrong: Array) -> Array:
        """Return an array that is wrong in the rows in which a switch is on."""
        rows = self.switches.get((switch, layer))
        if rows is None:
            return right
        return np.where(rows.reshape(-1, *(1,) * (right.ndim - 1)), wrong, right)

    def forward(
        self, weights: Sequence[Array], biases: Sequence[Array | None], keep: Keep
    ) -> tuple[list[Array], list[Array]]:
        """Return z of every layer, and x with a of every layer."""
        z_of_layers = []
        a_of_layers = [self.exercise.x_array]
        for layer, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
            inputs = a_of_layers[-1]
            inputs = self.switched("minus_of_inputs_lost", layer, inputs, np.abs(inputs))
            sums = np.sum(inputs[:, :, None] * self.read("forward", layer, W), axis=1)
            z = sums
            if b is not None:
                z = self.switched("bias_left_out", layer, sums + b, sums)
            z = keep("z", layer, self.switched("minus_of_z_lost", layer, z, np.abs(z)))
            a = self.activations[layer - 1].function(z)
            a = self.switched("activation_left_out", layer, a, z)
            z_of_layers.append(z)
            a_of_layers.append(keep("a", layer, a))
        return z_of_layers, a_of_layers

    def read(self, way: str, layer: int, W: Array) -> Array:
        """Return W (…, n_in, n_out) as it is read on the way forward or back."""
        n_in, n_out = W.shape[-2:]
        # Of a square W its transpose; of any other its numbers read along the columns.
        read = self.switched(f"transposed_{way}", layer, W, np.swapaxes(W.reshape(-1, n_out, n_in), -1, -2))
        read = self.switched(f"columns_reversed_{way}", layer, read, read[..., ::-1])
        read = self.switched(f"minus_of_weights_lost_{way}", layer, read, np.abs(read))
        if n_in == n_out:
            return self.switched(f"elementwise_{way}", layer, read, read * np.eye(n_in))
        return read

    def output_error(self, y_hat: Array) -> Array:
        error = self.y - y_hat
        self.error = self.keep("error", 0, self.switched("sign_of_error", 0, error, -error))
        return self.error

    def given_prediction(self, error: Array, y_hat: Array) -> Array:
        """Return ŷ, or y − (y − ŷ) where the learner's own y − ŷ is what the loss is computed from."""
        if self.exercise.network.loss not in LOSSES_OF_ERROR and not self.is_fused:
            return y_hat
        return np.where(np.isnan(self.own_of("error", 0)), y_hat, self.y - error)

    def comes_from(self, layer: int, z: Array, a: Array) -> NDArray[np.bool_]:
        """Return where a is f(z), and not a number of the learner's own or the outcome of a mistake."""
        activation = self.activations[layer - 1]
        close = np.isclose(a, activation.function(z), rtol=1e-12, atol=0)
        if activation.couples_units:
            close &= close.all(axis=-1, keepdims=True)
        return close

    def rest(self, z: Array, y_hat: Array) -> Array:
        """Return 1 − ŷ, with all the digits that z has of it where ŷ comes from z."""
        activation = self.activations[-1]
        return np.where(self.comes_from(self.last, z, y_hat), activation.rest(z, y_hat), 1 - y_hat)

    def loss_of(self, z: Array, y_hat: Array, rest: Array) -> Array:
        element = self.loss.element(y_hat, self.y, rest)
        if self.is_fused and self.loss.element_of_z is not None:
            from_z = self.loss.element_of_z(z, self.y)
            element = np.where(self.comes_from(self.last, z, y_hat), from_z, element)
        loss = np.sum(element, axis=-1) * self.loss.scale(self.y)
        return self.switched("loss_doubled", 0, loss, 2 * loss)

    def slope_of_loss(self, y_hat: Array, rest: Array) -> tuple[Array, Array]:
        """Return dL/dŷ, and δ of the output where f′ and the slope of the logarithm cancel, else NaN."""
        da = self.loss.slope(y_hat, self.y, rest) * self.loss.scale(self.y)
        fused = np.full_like(da, np.nan)
        if self.is_fused:
            total = np.sum(self.y, axis=-1, keepdims=True) if self.activations[-1].couples_units else 1
            fused = y_hat * (total - self.y) - self.y * rest
        factor: Array = np.ones((1, 1))
        factor = self.switched("error_doubled", 0, factor, 2 * factor)
        factor = self.switched("sign_of_da", 0, factor, -factor)
        return da * factor, fused * factor

    def backward(
        self, weights: Sequence[Array], z: list[Array], a: list[Array], slopes: tuple[Array, Array]
    ) -> tuple[list[Array], list[Array | None]]:
        """Return W and b of every layer after the step."""
        new_weights: list[Array] = []
        new_biases: list[Array | None] = []
        da, fused = slopes
        for layer in range(self.last, 0, -1):
            da = self.keep("da", layer, da)
            fused = self.switched("through_da", layer, fused, np.full_like(fused, np.nan))
            delta = self.delta(layer, da, z[layer - 1], a[layer], fused)
            fused = np.array(np.nan)
            W = weights[layer - 1]
            new_W, new_b = self.updated(layer, W, z, a, delta)
            if layer > 1:
                da = self.sent_back(layer, W, new_W, a[layer], da, delta)
            new_weights.insert(0, new_W)
            new_biases.insert(0, new_b)
        return new_weights, new_biases

    def delta(self, layer: int, da: Array, z: Array, a: Array, fused: Array) -> Array:
        """Return δ = dL/da ∘ f′(z)."""
        activation = self.activations[layer - 1]

        def slope(z: Array, a: Array) -> Array:
            numbers = {"z": z, "a": a, "rest": 1 - a}
            found = value(activation.slope_formula, lambda symbol: numbers[symbol.name])
            return np.broadcast_to(found, np.broadcast_shapes(z.shape, a.shape))

        f_prime = np.where(self.comes_from(layer, z, a), activation.derivative(z, a), slope(z, a))
        delta = pull_back(activation, da, z, a) if activation.couples_units else da * f_prime
        delta = np.where(np.isnan(fused), delta, fused)
        # Under a loss with a logarithm the error is not its slope; where f′ cancels it is −δ itself.
        is_slope = layer < self.last or self.exercise.network.loss in LOSSES_OF_ERROR
        cancels = layer == self.last and self.is_fused
        # The same mistake, as it comes out over −δ = −dL/da · f′ and over δ = dL/da · f′.
        for name, sign in (("term", -1), ("delta", 1)):
            error = sign * (da if is_slope else -self.error)
            squared = sign * error**2 * (1 if cancels else f_prime)
            delta = self.switched(f"error_squared_{name}", layer, delta, squared)
            delta = self.switched(f"error_left_out_{name}", layer, delta, sign * f_prime)
            delta = self.switched(f"slope_of_error_{name}", layer, delta, sign * slope(error, error))
        if cancels:
            delta = self.switched("slope_kept", layer, delta, -self.error * f_prime)
        delta = self.switched("diagonal_alone", layer, delta, da * f_prime)
        of_activation = activation.derivative(a, activation.function(a))
        delta = self.switched("slope_of_activation", layer, delta, da * of_activation)
        delta = self.switched("slope_forgotten", layer, delta, da)
        return self.keep("delta", layer, self.switched("sign_of_delta", layer, delta, -delta))

    def updated(
        self, layer: int, W: Array, z: list[Array], a: list[Array], delta: Array
    ) -> tuple[Array, Array | None]:
        """Return W + ΔW and b + Δb, with ΔW = −η a_prevᵀ δ and Δb = −η δ."""
        inputs = a[layer - 1]
        if layer > 1:
            inputs = self.switched("z_as_input", layer, inputs, z[layer - 2])
        factor = self.switched("weight_as_input", layer, inputs[:, :, None], W)
        new_W = self.stepped("w", layer, W, factor * delta[:, None, :], is_trained=True)
        b = self.exercise.network.layers(self.exercise.theta_array)[layer - 1].b
        if b is None:
            return new_W, None
        return new_W, self.stepped("b", layer, b[None], delta, is_trained=self.exercise.train_biases)

    def stepped(self, kind: str, layer: int, old: Array, gradient: Array, *, is_trained: bool) -> Array:
        """Return w + Δw with Δw = −η dL/dw."""
        signed = self.switched("sign_of_gradient", layer, gradient, -gradient)
        gradient = self.keep(f"d{kind}", layer, signed)
        rate: Array = np.full((1,) * gradient.ndim, self.exercise.learning_rate)
        step: Array = -self.switched("rate_left_out", layer, rate, np.ones_like(rate)) * gradient
        if not is_trained:
            step = self.switched("fixed_bias_moved", 0, np.zeros_like(step), step)
        step = self.keep(f"step.{kind}", layer, self.switched("sign_of_step", layer, step, -step))
        new = self.switched("sign_of_update", layer, old + step, old - step)
        return self.keep(f"after.{kind}", layer, new)

    def sent_back(self, layer: int, W: Array, new_W: Array, a: Array, da: Array, delta: Array) -> Array:
        """Return dL/da of the layer before, δ Wᵀ."""
        sent = self.switched("output_sent_back_term", layer, delta, -a)
        sent = self.switched("output_sent_back_delta", layer, sent, a)
        sent = self.switched("error_sent_back", layer, sent, da)
        through = self.switched("new_weights_back", layer, W, new_W)
        through = self.switched("weight_left_out_back", layer, through, np.ones_like(through))
        return np.sum(sent[:, None, :] * self.read("back", layer, through), axis=2)
