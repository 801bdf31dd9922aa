"""Expressions as LaTeX, with as few brackets as their operations allow."""

import re
from collections.abc import Callable

from core.error_terms import without_minus
from core.expressions import Expression, Number, Operation, Symbol, is_array
from ui.text.numbers import exact

# How tightly what is written holds together, from a sum to one letter; looser parts stand in brackets.
_SUM, _PRODUCT, _FUNCTION, _POWER, _ATOM = range(1, 6)
_CONSTANTS = {"½": r"\frac{1}{2}", "√(2/π)": r"\sqrt{\frac{2}{\pi}}"}
_FUNCTIONS = {"log": r"\log", "tanh": r"\tanh", "sin": r"\sin", "cos": r"\cos"}
# Symbols that a function is of, or that are more than one letter: a power of them needs brackets.
_LONG = ("slope", "da", "dW", "db", "step_W", "step_b", "new_W", "new_b")


def write_latex(expression: Expression, symbol: Callable[[Symbol], str]) -> str:
    """Return an expression as LaTeX with `symbol` for each symbol; ⊙ is between arrays, · between numbers."""

    def written(part: Expression, *, behind: bool = False) -> tuple[str, int]:
        match part:
            case Symbol():
                text = symbol(part)
                if text.startswith("-"):
                    return text, _PRODUCT
                is_negated, _ = without_minus(part)
                is_long = part.name in _LONG or r"\times" in text or is_negated
                return text, _FUNCTION if is_long and r"\times" not in text else _holds(text)
            case Number(number, text):
                if text in _CONSTANTS:
                    return _CONSTANTS[text], _FUNCTION
                if "/" in text:
                    over, under = text.split("/")
                    return rf"\frac{{{over}}}{{{under}}}", _FUNCTION
                return _constant(number), _ATOM if number >= 0 else _PRODUCT
            case Operation(name, arguments):
                return operation(name, _flat(name, arguments), behind)

    def at_least(part: Expression, least: int, *, behind: bool = False) -> str:
        text, holds = written(part, behind=behind)
        is_loose = holds < least or (behind and text.startswith("-"))
        return rf"\left({text}\right)" if is_loose else text

    def operation(name: str, arguments: tuple[Expression, ...], behind: bool) -> tuple[str, int]:
        first, *others = arguments
        match name:
            case "add" | "subtract":
                sign = "+" if name == "add" else "-"
                terms = [at_least(term, _PRODUCT, behind=True) for term in others]
                return f" {sign} ".join([at_least(first, _SUM), *terms]), _SUM
            case "multiply":
                text = at_least(first, _PRODUCT, behind=behind)
                for place, factor in enumerate(others, start=1):
                    is_elementwise = is_array(factor) and any(map(is_array, arguments[:place]))
                    times = r" \odot " if is_elementwise else r" \cdot "
                    written_factor = at_least(factor, _FUNCTION, behind=True)
                    text += (" " if written_factor.startswith(r"\sum") else times) + written_factor
                return text, _PRODUCT
            case "matmul":
                least = _PRODUCT if isinstance(first, Symbol) else _FUNCTION
                texts = [at_least(first, least, behind=behind)]
                texts += [at_least(part, _FUNCTION, behind=True) for part in others]
                return " \\, ".join(texts), _PRODUCT
            case "divide":
                return rf"\frac{{{written(first)[0]}}}{{{written(others[0])[0]}}}", _FUNCTION
            case "negative":
                return f"-{at_least(first, _PRODUCT, behind=True)}", _PRODUCT
            case "power":
                return f"{{{at_least(first, _ATOM, behind=True)}}}^{{{written(others[0])[0]}}}", _POWER
            case "transpose":
                return f"{{{at_least(first, _ATOM, behind=True)}}}^{{\\top}}", _POWER
            case "exp":
                return f"e^{{{written(first)[0]}}}", _POWER
            case "abs":
                return rf"\left|{written(first)[0]}\right|", _ATOM
            case "maximum" | "minimum":
                inside = ", ".join(written(part)[0] for part in arguments)
                return rf"\{name[:3]}\left({inside}\right)", _FUNCTION
            case "where_greater":
                low, high, then, otherwise = (written(part)[0] for part in arguments)
                cases = rf"{then} & \text{{if }} {low} > {high} \\ {otherwise} & \text{{else}}"
                return rf"\begin{{cases}} {cases} \end{{cases}}", _FUNCTION
            case "sum_outputs" | "sum_samples" | "sum_all" | "sum_row" | "sum_column":
                return rf"\sum {at_least(first, _PRODUCT, behind=True)}", _FUNCTION
            case _:
                text, holds = written(first)
                inside = text if holds == _ATOM else rf"\left({text}\right)"
                return f"{_FUNCTIONS[name]} {inside}", _FUNCTION

    return written(expression)[0]


def _flat(name: str, arguments: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Return the terms of sums within a sum, and the factors of products within a product, as its own."""
    if name not in ("add", "multiply"):
        return arguments
    parts = (
        part.arguments if isinstance(part, Operation) and part.name == name else (part,) for part in arguments
    )
    return tuple(part for inner in parts for part in inner)


def _holds(text: str) -> int:
    return _PRODUCT if r"\times" in text else _ATOM


def _constant(number: float) -> str:
    return powered(exact(number))


def powered(text: str) -> str:
    r"""Return a number as it is shown, with its power of ten as a factor: -3.54 \times 10^{-5}."""
    return re.sub(r"e(-?\d+)$", r" \\times 10^{\1}", text)
