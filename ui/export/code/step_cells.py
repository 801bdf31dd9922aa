"""One step of backprop as cells: each stage with its formulas and its lines, held against the screen."""

from collections.abc import Callable
from math import isclose, isfinite
from typing import Any

import numpy as np

from core.arrays import Integers
from core.derivation import LOSS, Formula, cut_off, has_probabilities, numbers, takes_logarithms
from core.exercise import Exercise, quantities
from core.expressions import Symbol, value
from core.network import Network
from core.stages import INPUTS, LOSS_AFTER, stages
from ui.export.code.cells import Cell, code, formulas, text
from ui.export.code.numbers import array_literal, literal, quiet_lines
from ui.export.code.quotients import RELATIVE, find_quotients
from ui.export.code.torch_cells import torch_cells
from ui.text.code import given_lines, step_lines
from ui.text.conventions import Convention
from ui.text.given import network_words
from ui.text.latex import array_latex, number_rows
from ui.text.numbers import Precision
from ui.text.scalar_code import scalar_name
from ui.text.stages import stage_texts
from ui.text.written import as_written, written_numbers

_CHECKS = {
    "NumPy": (
        "def check(computed, shown):",
        '    """Stop where an array is not the one on the screen, but for rounding."""',
        "    shown = np.array(shown)",
        "    size = np.max(np.abs(shown), initial=1.0, where=np.isfinite(shown))",
        "    np.testing.assert_allclose(computed, shown, rtol=1e-9, atol=1e-12 * size)",
    ),
    "PyTorch": (
        "def check(computed, shown):",
        '    """Stop where a tensor is not the one on the screen, but for rounding."""',
        "    shown = torch.tensor(shown)",
        "    # A slope of 0 or 1 is a tensor of whole numbers.",
        '    close = {"rtol": 1e-8, "atol": 1e-10, "equal_nan": True, "check_dtype": False}',
        "    torch.testing.assert_close(computed, shown, **close)",
    ),
    "Python": (
        "def check(computed, shown):",
        '    """Stop where a number is not the one on the screen, but for rounding."""',
        "    assert abs(computed - shown) <= 1e-9 * abs(shown) + 1e-12, (computed, shown)",
    ),
}
# Half of what the checks allow.
_RELATIVE, _ABSOLUTE = 5e-10, 5e-13


def step_cells(exercise: Exercise, convention: Convention, precision: Precision) -> list[Cell]:
    """Return cells that compute a step in the order of its stages, in a convention.

    Behind each stage its numbers are compared with those of the screen, and the gradients with difference
    quotients, or in PyTorch with those of autograd.
    """
    writer = _Writer(exercise, convention, precision)
    flags = {"sums_to_one": isclose(sum(exercise.y), 1), "train_biases": exercise.train_biases}
    known = stages(exercise.network, **flags)
    words = stage_texts(exercise.network, convention, **flags)
    cells = [text("# One step of backprop", describe(exercise))]
    for stage, stated in zip(known, words, strict=True):
        heading = f"## {stated['title']}", stated["sentence"]
        if stage.name == INPUTS:
            cells += [text(*heading), code(given_lines(exercise, convention)), code(writer.check_lines())]
            continue
        if stage.name == "step":
            cells += writer.quotient_cells()
        if stage.name == LOSS_AFTER:
            cells += [text(*heading), code(writer.loss_after())]
            continue
        found = [formula for formula in stage.formulas if formula.left in writer.lines]
        rows = [row for each in found for row in writer.rows(each)]
        cells.append(text(*heading, formulas(rows) if rows else ""))
        lines = [line for each in found for line in writer.lines[each.left]]
        checks = [line for each in found for line in writer.checks(each.left)]
        cells.append(code([*lines, "", *checks]))
    if convention.code == "PyTorch":
        cells += torch_cells(exercise)[1:]
    return cells


def describe(exercise: Exercise) -> str:
    """Return what a notebook of a step is about."""
    network = exercise.network
    return (
        f"A network {network_words(network)}, one sample, and one step of gradient "
        "descent, as shown in Backprop Explorer. Each stage is computed from those before it, and compared "
        "with the numbers on the screen."
    )


class _Writer:
    """Writes the lines of one step in a convention."""

    def __init__(self, exercise: Exercise, convention: Convention, precision: Precision) -> None:
        self.exercise, self.convention, self.precision = exercise, convention, precision
        self.network, self.step = exercise.network, exercise.step()
        self.known = numbers(exercise, self.step)
        found = step_lines(exercise, convention)
        self.formulas = {formula.left: formula for formula, _ in found}
        self.lines = {formula.left: lines for formula, lines in found}
        self.last = len(self.network.widths) - 1
        self.apart = _computed_with_fewer_digits(self.network, self.formulas, self.known)

    def check_lines(self) -> list[str]:
        """Return the lines that comparisons need, and where units saturate those against warnings."""
        quiet = quiet_lines(self.step.trace.z) if self.convention.code == "NumPy" else []
        return [*_CHECKS[self.convention.code], *([""] * 2 + quiet if quiet else [])]

    def rows(self, formula: Formula) -> list[str]:
        """Return a formula as equations in LaTeX: of arrays, or number by number where there are none."""
        written = as_written(formula, self.convention)
        if self.convention.code == "Python":
            return number_rows(written, self.exercise, self.convention, self.precision)
        # W + ΔW is its own formula.
        is_own = formula.left.name.startswith("new_")
        return [] if is_own else [array_latex(written, self.network, self.convention)]

    def checks(self, array: Symbol) -> list[str]:
        """Return the lines that compare an array with that on the screen."""
        if array in self.apart:
            return ["# Here rounding takes digits that the screen has: no comparison."]
        if self.convention.code == "Python":
            return self._checks_of_numbers(array)
        written = as_written(self.formulas[array], self.convention).left
        shown = array_literal(written_numbers(self.known, self.convention)(written), indent=0)
        return [f"check({self._name(array)}, {shown})"]

    def _name(self, array: Symbol) -> str:
        """Return what holds an array once its line has run."""
        if self.convention.code == "PyTorch":
            array = Symbol(array.name.removeprefix("new_"), array.layer)
        return self.convention.code_name(array, self.last)

    def _checks_of_numbers(self, array: Symbol) -> list[str]:
        if array.name in ("slope", "step_W", "step_b"):
            return []
        shown = np.asarray(self.known(array))
        place = Symbol(array.name.removeprefix("new_"), array.layer)
        return [
            f"check({scalar_name(Symbol(place.name, place.layer, index), self.network)}, "
            f"{literal(float(shown[index]))})"
            for index in np.ndindex(shown.shape)
            if isfinite(shown[index])
        ]

    def quotient_cells(self) -> list[Cell]:
        """Return the cells that hold the gradients against difference quotients."""
        if self.convention.code == "PyTorch":
            return []
        found = find_quotients(self.exercise, self.step)
        places = {*found.apart, *self._places_with_fewer_digits()}
        apart = [q.label for q in quantities(self.network) if q.kind in "wb" and q.place in places]
        heading = text(
            "## The gradients by difference quotients",
            "Each weight and bias is moved up and down by h. The loss changes by about 2h times the slope.",
            formulas([r"\frac{dL}{dw} &\approx \frac{L(w + h) - L(w - h)}{2 h}"]),
            _sentence_on(apart),
        )
        write = self._scalar_quotients if self.convention.code == "Python" else self._array_quotients
        return [heading, code(write(found.h, found.absolute, tuple(sorted(places))))]

    def _places_with_fewer_digits(self) -> set[int]:
        """Return the places in θ of what has a gradient that the lines do not compute to all digits."""
        lost = [
            symbol for symbol in self._parameters() if Symbol(f"d{symbol.name}", symbol.layer) in self.apart
        ]
        return {int(place) for symbol in lost for place in self._places(symbol).flat}

    def _places(self, symbol: Symbol) -> Integers:
        """Return the places in θ of the numbers of W or b, in its shape."""
        layers = self.network.layers(np.arange(self.network.n_parameters, dtype=float))
        W, b = layers[symbol.layer - 1]
        array = W if symbol.name == "W" or b is None else b
        return array.astype(np.int64)

    def _forward_lines(self) -> list[str]:
        forward = [symbol for symbol in self.lines if symbol.name in ("z", "a") or symbol == LOSS]
        return [line for symbol in forward for line in self.lines[symbol]]

    def _parameters(self) -> list[Symbol]:
        names = ("W", *("b" * self.network.bias))
        return [Symbol(name, layer) for layer in range(1, self.last + 1) for name in names]

    def _loss_function(self) -> list[str]:
        if self.convention.code == "Python":
            return [
                "def forward():",
                *(f"    {line}" for line in self._forward_lines()),
                "    return loss.data",
            ]
        taken = ", ".join(map(self._name, self._parameters()))
        return [
            f"def loss_of({taken}):",
            *(f"    {line}" for line in self._forward_lines()),
            f"    return {self._name(LOSS)}",
        ]

    def _array_quotients(self, h: float, absolute: float, apart: tuple[int, ...]) -> list[str]:
        gradients = {symbol: Symbol(f"d{symbol.name}", symbol.layer) for symbol in self._parameters()}
        sign = "-" if self.convention.is_error_term else ""
        pairs = [f'"{self._name(each)}": ' for each in gradients]
        values = [self._name(each) for each in gradients]
        slopes = [sign + self._name(each) for each in gradients.values()]
        left_out = self._places_apart(apart)
        skip = ["        if (name, place) in apart:", "            continue"] if left_out else []
        return [
            *self._loss_function(),
            "",
            "",
            f"parameters = {{{', '.join(map(str.__add__, pairs, values))}}}",
            f"gradients = {{{', '.join(map(str.__add__, pairs, slopes))}}}",
            *([f"apart = {{{', '.join(left_out)}}}"] if left_out else []),
            f"h = {h!r}",
            "for name, gradient in gradients.items():",
            "    for place in np.ndindex(gradient.shape):",
            *skip,
            "        up, down = parameters[name].copy(), parameters[name].copy()",
            "        up[place] += h",
            "        down[place] -= h",
            "        above = loss_of(**{**parameters, name: up})",
            "        below = loss_of(**{**parameters, name: down})",
            "        quotient = (above - below) / (2 * h)",
            f"        allowed = {RELATIVE!r} * abs(quotient) + {absolute!r}",
            "        assert abs(gradient[place] - quotient) <= allowed, (name, place, quotient)",
        ]

    def _places_apart(self, apart: tuple[int, ...]) -> list[str]:
        """Return the names and places of some parameters of θ as they stand in the convention."""
        found = []
        for symbol in self._parameters():
            turned = np.asarray(self.convention.orientation.array(symbol, self._places(symbol)))
            found += [
                f'("{self._name(symbol)}", {tuple(place.tolist())})'
                for place in np.argwhere(np.isin(turned, apart))
            ]
        return found

    def _scalar_quotients(self, h: float, absolute: float, apart: tuple[int, ...]) -> list[str]:
        names = []
        for symbol in self._parameters():
            places = self._places(symbol)
            names += [
                scalar_name(Symbol(symbol.name, symbol.layer, index), self.network).removesuffix(".data")
                for index in np.ndindex(places.shape)
                if places[index] not in apart
            ]
        return [
            *self._loss_function(),
            "",
            "",
            f"h = {h!r}",
            f"for value in [{', '.join(names)}]:",
            "    start = value.data",
            "    value.data = start + h",
            "    above = forward()",
            "    value.data = start - h",
            "    below = forward()",
            "    value.data = start",
            "    quotient = (above - below) / (2 * h)",
            f"    allowed = {RELATIVE!r} * abs(quotient) + {absolute!r}",
            "    assert abs(value.grad - quotient) <= allowed, (value.grad, quotient)",
        ]

    def loss_after(self) -> list[str]:
        """Return the lines that compute the loss after the step, and compare it."""
        shown = float(self.step.loss_after)
        is_finite = isfinite(shown) and not any(array.name.startswith("new_") for array in self.apart)
        if self.convention.code == "Python":
            return [
                "loss_after = forward()",
                *([f"check(loss_after, {literal(shown)})"] if is_finite else []),
            ]
        new = {
            f"new_{each.name}" for each in self._parameters() if Symbol(f"new_{each.name}", 1) in self.lines
        }
        taken = [
            self._name(Symbol(f"new_{each.name}", each.layer) if f"new_{each.name}" in new else each)
            for each in self._parameters()
        ]
        before = [*self._loss_function(), "", ""] if self.convention.code == "PyTorch" else []
        return [
            *before,
            f"loss_after = loss_of({', '.join(taken)})",
            *([f"check(loss_after, {literal(shown)})"] if is_finite else []),
        ]


def _sentence_on(apart: list[str]) -> str:
    if not apart:
        return ""
    listed = ", ".join(apart[:8]) + (", …" if len(apart) > 8 else "")
    return (
        f"Left out: {listed}. There a quotient cannot show the slope, as at a kink (ReLU at z = 0), or where "
        "the loss is too large or bends too fast."
    )


def _computed_with_fewer_digits(
    network: Network, found: dict[Symbol, Formula], known: Callable[[Symbol], Any]
) -> frozenset[Symbol]:
    """Return the arrays of the way back for which the lines of code, one after the other, lose digits.

    Where outputs saturate the page computes them in other forms, which keep all digits.
    """
    arrays: dict[Symbol, Any] = {}
    lost = set()
    for left, formula in found.items():
        if left.name in ("z", "a", "loss"):
            continue
        is_logarithmic = takes_logarithms(left, network)

        def array(symbol: Symbol, has_rest: bool = is_logarithmic) -> Any:
            if symbol.name == "rest" and not has_rest:
                return 1 - known(Symbol("a", symbol.layer))
            return arrays[symbol] if symbol in arrays else known(symbol)

        right = cut_off(formula.right) if is_logarithmic and has_probabilities(network) else formula.right
        shown = np.asarray(known(left))
        with np.errstate(all="ignore"):
            arrays[left] = np.broadcast_to(value(right, array), shown.shape)
        size = float(np.max(np.abs(shown), initial=1.0, where=np.isfinite(shown)))
        if not np.allclose(arrays[left], shown, rtol=_RELATIVE, atol=_ABSOLUTE * size, equal_nan=True):
            lost.add(left)
    return frozenset(lost)
