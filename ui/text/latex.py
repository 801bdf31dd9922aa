"""Formulas as LaTeX, of whole arrays and of single numbers with the present numbers plugged in."""

import math
import re
from collections.abc import Callable
from math import isclose

import numpy as np

from core.derivation import Formula, numbers
from core.error_terms import without_minus
from core.exercise import Exercise, unit_label
from core.expressions import (
    ONE,
    Expression,
    Operation,
    Symbol,
    element,
    resolve,
    substitute,
    subtract,
    symbols,
    value,
)
from core.network import Network
from ui.text.conventions import USUAL, Convention
from ui.text.latex_writer import powered, write_latex
from ui.text.numbers import DIGITS, MINUS, Precision, exact, format_number
from ui.text.written import written_formulas, written_numbers, written_shapes

USUAL_PRECISION = Precision(6)
_ABOUT = r"\approx"
# Of a few sums and products so many digits are certain.
_CERTAIN_DIGITS = 14
_SIGNS = {
    "δ": r"\delta",
    "η": r"\eta",
    "Δ": r"\Delta",
    "∂": r"\partial",
    "ŷ": r"\hat{y}",
    "f′": "f'",
    "lr": r"\mathrm{lr}",
    ".grad": r".\mathrm{grad}",
}
# So many more digits are tried where those shown do not come to the number behind the last sign.
_MORE_DIGITS = (0, 1, 2, 4, 17)


def step_latex(
    exercise: Exercise, convention: Convention = USUAL, precision: Precision = USUAL_PRECISION
) -> str:
    """Return a document with every formula of a step: of arrays, then number by number with its numbers."""
    network = exercise.network
    lines = [
        r"\documentclass{article}",
        r"\usepackage{amsmath}",
        r"\allowdisplaybreaks",
        r"\begin{document}",
        "",
    ]
    for formula in _formulas_of(exercise, convention):
        # W + ΔW is its own formula.
        has_arrays = convention.code != "Python" and not formula.left.name.startswith("new_")
        rows = [array_latex(formula, network, convention)] if has_arrays else []
        rows += number_rows(formula, exercise, convention, precision)
        lines += [r"\begin{align*}", " \\\\\n".join(rows), r"\end{align*}"]
    return "\n".join([*lines, "", r"\end{document}", ""])


def _formulas_of(exercise: Exercise, convention: Convention) -> tuple[Formula, ...]:
    return written_formulas(
        exercise.network,
        convention,
        sums_to_one=isclose(sum(exercise.y), 1),
        train_biases=exercise.train_biases,
    )


def array_latex(formula: Formula, network: Network, convention: Convention) -> str:
    """Return an equation of arrays, its sides aligned: z_{1} &= x W_{1}."""

    def letters(symbol: Symbol) -> str:
        return _letters(symbol, network, convention)

    return f"{letters(formula.left)} &= {write_latex(_with_rest(formula.right), letters)}"


def number_rows(
    formula: Formula, exercise: Exercise, convention: Convention, precision: Precision
) -> list[str]:
    """Return, for every number of a formula's array, its equation over letters and over numbers.

    Numbers have the digits of `precision`, or as many more as come to the number behind the last sign; where
    all of theirs do not, what is computed has no digits left, and only that number stands there.
    """
    network = exercise.network
    known = written_numbers(numbers(exercise, exercise.step()), convention)
    shapes = written_shapes(network, convention)

    def letters(symbol: Symbol) -> str:
        return _letters(symbol, network, convention)

    rows = []
    for index in np.ndindex(np.shape(known(formula.left))):
        left = Symbol(formula.left.name, formula.left.layer, index)
        right = resolve(_with_rest(element(formula.right, index, shapes)), known)
        result = float(known(left))
        written, end = f"= {write_latex(right, letters)}", _result(result, precision)
        # w + Δw is its own formula, and a slope of 1 its own result.
        sides = [] if written in (f"= {letters(left)}", end) else [written]
        if isinstance(right, Operation):
            sides.append("".join(_plugged(right, result, known, precision)).strip())
        rows.append(f"{letters(left)} &{' '.join(filter(None, [*sides, end]))}")
    return rows


def number_row(symbol: Symbol, exercise: Exercise, convention: Convention, precision: Precision) -> str:
    """Return the equation of one number of the core: `symbol` has its index there."""
    formula = formula_of(symbol, exercise, convention)
    shape = written_shapes(exercise.network, convention)(formula.left)
    places = [
        _in_core(Symbol(symbol.name, symbol.layer, index), exercise.network, convention)
        for index in np.ndindex(shape)
    ]
    return number_rows(formula, exercise, convention, precision)[places.index(symbol.index or ())]


def formula_of(symbol: Symbol, exercise: Exercise, convention: Convention) -> Formula:
    """Return the formula of the array that a symbol of the core is of, as a convention writes it."""
    array = Symbol(symbol.name, symbol.layer)
    known = _formulas_of(exercise, convention)
    return next(formula for formula in known if without_minus(formula.left)[1] == array)


def _plugged(
    right: Expression, result: float, known: Callable[[Symbol], float], precision: Precision
) -> list[str]:
    for more in _MORE_DIGITS:
        texts = {symbol: _text(float(known(symbol)), precision, more) for symbol in symbols(right)}
        shown = {symbol: float(text) for symbol, text in texts.items()}
        with np.errstate(all="ignore"):
            found = float(value(right, shown.__getitem__))
        if format_number(found, precision) == format_number(result, precision):
            is_equal = all(_is_whole(texts[symbol], float(known(symbol)), precision) for symbol in texts)
            plugged = {symbol: powered(text) for symbol, text in texts.items()}
            return [f" {'=' if is_equal else _ABOUT} ", write_latex(right, plugged.__getitem__)]
    return []


def _text(number: float, precision: Precision, more: int) -> str:
    """Return a number with so many more digits than usual, or with fewer where it has no more."""
    digits = min(precision.digits + more, DIGITS[1])
    kept = precision if not more else Precision(digits)
    return min(format_number(number, kept).replace(MINUS, "-"), exact(_meant(number, digits)), key=len)


def _meant(number: float, digits: int) -> float:
    """Return 0.3925 for 0.39249999999999996, as what binary floats round off is no part of a result.

    Where as many `digits` are shown as are certain, it is the number itself.
    """
    return float(f"{number:.{_CERTAIN_DIGITS}g}") if digits < _CERTAIN_DIGITS else number


def _is_whole(text: str, number: float, precision: Precision) -> bool:
    """Return whether a text has all digits of a number."""
    return float(text) in (number, _meant(number, precision.digits))


def _result(number: float, precision: Precision) -> str:
    if not math.isfinite(number):
        return rf"= \text{{{format_number(number, precision)}}}"
    text = _text(number, precision, 0)
    return f"{'=' if _is_whole(text, number, precision) else _ABOUT} {powered(text)}"


def _with_rest(expression: Expression) -> Expression:
    def plain(symbol: Symbol) -> Expression:
        return subtract(ONE, Symbol("a", symbol.layer, symbol.index)) if symbol.name == "rest" else symbol

    return substitute(expression, plain)


def _letters(symbol: Symbol, network: Network, convention: Convention) -> str:
    is_negative, plain = without_minus(symbol)
    name, layer, index = plain.name, plain.layer, plain.index
    couples = name == "slope" and network.activations[layer - 1] == "softmax"
    if index is None:
        pieces = convention.array_letters_of("slope_coupled" if couples else name)
        subscript = str(layer) if layer else ""
        unit = _array_unit(layer, network)
    else:
        pieces = convention.letters_of("slope_coupled" if couples else name)
        subscript = _ends(plain, network, convention)
        unit = (
            _unit(layer, _in_core(plain, network, convention), network)
            if name in ("a", "da", "slope")
            else ""
        )
    return ("-" if is_negative else "") + _pieces(pieces, subscript, unit)


def _pieces(text: str, subscript: str, unit: str) -> str:
    def one(piece: str) -> str:
        if piece == "@":
            return unit
        letter = piece.removesuffix("_")
        base = letter if letter.isascii() and letter not in _SIGNS else _SIGNS.get(letter, letter)
        return f"{base}_{{{subscript}}}" if piece.endswith("_") and subscript else base

    pieces = text.split(" ")
    if "/" in pieces:
        place = pieces.index("/")
        over, under = (" ".join(map(one, part)) for part in (pieces[:place], pieces[place + 1 :]))
        return rf"\frac{{{over}}}{{{under}}}"
    return " ".join(map(one, pieces)).replace(" .", ".").replace(" ( ", "(").replace(" )", ")")


def _in_core(symbol: Symbol, network: Network, convention: Convention) -> tuple[int, ...]:
    """Return where the core has a number that stands at its index in a convention."""
    index = symbol.index or ()
    if not convention.orientation.turns(symbol):
        return index
    return index[::-1][1:] if symbol.name.endswith("b") else index[::-1]


def _ends(symbol: Symbol, network: Network, convention: Convention) -> str:
    """Return what a number belongs to: a unit, the ends of a weight, or a number of a target."""
    name, layer = symbol.name, symbol.layer
    index = _in_core(symbol, network, convention)
    if not index:
        return ""
    if name == "y":
        return str(index[1] + 1) if network.widths[-1] > 1 else ""
    if name.endswith("W"):
        ends = [_label(network, layer - 1, index[0]), _label(network, layer, index[1])]
        arrow = r" \leftarrow " if convention.arrow == "←" else r" \to "
        return arrow.join(ends[::-1] if convention.arrow == "←" else ends)
    return _label(network, layer, index[-1])


def _label(network: Network, layer: int, unit: int) -> str:
    letter, number = re.findall(r"(\D+?)([\d,]*)$", unit_label(network, layer, unit))[0]
    return _SIGNS.get(letter, letter) + (f"_{{{number}}}" if number else "")


def _unit(layer: int, index: tuple[int, ...], network: Network) -> str:
    label = _label(network, layer, index[-1])
    return f"a_{{{label}}}" if 0 < layer < len(network.widths) - 1 else label


def _array_unit(layer: int, network: Network) -> str:
    return {0: "x", len(network.widths) - 1: r"\hat{y}"}.get(layer, f"a_{{{layer}}}")
