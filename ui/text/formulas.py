"""Formulas as mathematics in plain text, over letters or over numbers."""

from collections.abc import Callable

from core.activations import Activation
from core.expressions import Expression, Number, Operation, Symbol, is_array
from core.losses import Loss
from ui.text.numbers import MINUS, exact_on_screen

# How tightly what is written holds together, from a sum to one letter; looser parts stand in brackets.
_SUM, _PRODUCT, _FUNCTION, _POWER, _ATOM = range(1, 6)
_POWERS = {2.0: "²", 3.0: "³"}


def activation_formula(activation: Activation) -> str:
    """Return f(z) over letters: 1 / (1 + e^−z)."""
    return write(activation.formula, lambda symbol: symbol.name)


def loss_formula(loss: Loss) -> str:
    """Return the loss of one sample over letters: ½ Σ (y − ŷ)²."""
    letters = {"y_hat": "ŷ", "rest": f"1 {MINUS} ŷ"}
    average = "1/n " if loss.mean_outputs else ""
    return average + write(loss.formula, lambda symbol: letters.get(symbol.name, symbol.name))


def write(
    expression: Expression, symbol: Callable[[Symbol], str], times: str = " ", *, over_arrays: bool = False
) -> str:
    """Return an expression as mathematics, with `symbol` for each symbol and `times` between factors.

    A symbol may be written as a number, or as a difference such as 1 − ŷ. Over arrays a matrix product is
    written as one, aᵀ δ, and an elementwise one as a ⊙ b; otherwise that is a sum, Σ a δ, and this a product.
    """

    def written(part: Expression) -> tuple[str, int]:
        match part:
            case Symbol():
                return _holding(symbol(part))
            case Number(number, text):
                return _holding(text or exact_on_screen(number))
            case Operation(name, arguments):
                return operation(name, arguments)

    def at_least(part: Expression, least: int, *, behind: bool = False) -> str:
        """Return a part, in brackets where it holds less tightly, or begins with a sign `behind` another."""
        text, holds = written(part)
        return f"({text})" if holds < least or (behind and text.startswith(MINUS)) else text

    def operation(name: str, arguments: tuple[Expression, ...]) -> tuple[str, int]:
        first, *others = arguments
        match name:
            case "add" | "subtract":
                sign = "+" if name == "add" else MINUS
                terms = [at_least(term, _PRODUCT, behind=True) for term in others]
                return f" {sign} ".join([at_least(first, _SUM), *terms]), _SUM
            case "multiply" | "matmul":
                product = at_least(first, _PRODUCT)
                for place, part in enumerate(others, start=1):
                    factor = at_least(part, _FUNCTION, behind=True)
                    # Two numbers side by side would be read as one.
                    sign = " · " if factor[0].isdigit() else times
                    if over_arrays and name == "multiply" and is_array(part):
                        sign = " ⊙ " if any(map(is_array, arguments[:place])) else times
                    product += sign + factor
                is_sum = name == "matmul" and not over_arrays
                return (f"Σ {product}", _FUNCTION) if is_sum else (product, _PRODUCT)
            case "divide":
                over, under = at_least(first, _FUNCTION), at_least(others[0], _FUNCTION, behind=True)
                is_short = all(isinstance(part, Symbol | Number) for part in arguments)
                return (f"{over}/{under}" if is_short else f"{over} / {under}"), _PRODUCT
            case "negative":
                return MINUS + at_least(first, _PRODUCT, behind=True), _PRODUCT
            case "power":
                exponent = _POWERS[others[0].value] if isinstance(others[0], Number) else ""
                return at_least(first, _ATOM) + exponent, _POWER
            case "exp":
                return f"e^{_exponent(written(first)[0])}", _POWER
            case "abs":
                return f"|{written(first)[0]}|", _ATOM
            case "maximum" | "minimum":
                return f"{name[:3]}({', '.join(written(part)[0] for part in arguments)})", _ATOM
            case "where_greater":
                left, right, then, otherwise = (written(part)[0] for part in arguments)
                return f"{then} if {left} > {right} else {otherwise}", _SUM
            case "sum_outputs" | "sum_samples" | "sum_all" | "sum_column" | "sum_row":
                return f"Σ {at_least(first, _PRODUCT)}", _FUNCTION
            case "transpose":
                return (f"{at_least(first, _ATOM)}ᵀ", _POWER) if over_arrays else written(first)
            case _:
                text, holds = written(first)
                return (f"{name} {text}" if holds == _ATOM else f"{name}({text})"), _FUNCTION

    return written(expression)[0]


def _holding(text: str) -> tuple[str, int]:
    return text, _SUM if f" {MINUS} " in text else _PRODUCT if text.startswith(MINUS) else _ATOM


def _exponent(text: str) -> str:
    is_short = " " not in text and f"{MINUS}(" not in text
    return text if is_short else f"({text})"
