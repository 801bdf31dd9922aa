"""What the symbols of a formula stand for that no box beside it is named after."""

import re

SYMBOLS = {
    "Δθ": "change of all weights and biases θ",
    "g": "their gradient",
    "v": "velocity, 0 at first",
    "m": "running mean of g, 0 at first",
    "s": "sum or running mean of g², 0 at first",
    "ᵗ": "number of the step, from 1",
    "t": "number of steps so far",
    "⌊ ⌋": "rounded down",
}


def unbroken(text: str) -> str:
    """Return a text in which no line ends between f′ and what it is of."""
    return text.replace("′(", "′\N{WORD JOINER}(")


def symbols_of(formula: str) -> list[str]:
    """Return the words and letters of a formula, and its marks that need an explanation."""
    words = re.findall(r"[A-Za-zΔα-ω]+[₁₂]?", formula)
    return [*words, *(mark for mark in ("ᵗ", "⌊ ⌋") if mark[0] in formula)]


def explain_symbols(formula: str) -> str:
    """Return one line with the meaning of each symbol that has one here, nothing where none has."""
    found = symbols_of(formula)
    return "; ".join(f"{symbol}: {meaning}" for symbol, meaning in SYMBOLS.items() if symbol in found)
