"""The formulas in the menus of the Training page: true, and with no symbol left unexplained."""

import numpy as np
import pytest

from core.optimizers import OPTIMIZERS
from core.schedules import SCHEDULES
from ui.text.symbols import SYMBOLS, explain_symbols, symbols_of, unbroken

# Named by a box of their own, known from school, or plain words.
KNOWN = {"η", "μ", "ρ", "ε", "λ", "θ", "β₁", "β₂", "period", "decay", "π", "cos", "min", "as", "Adam", "and"}
FORMULAS = [record.formula for table in (OPTIMIZERS, SCHEDULES) for record in table.values()]


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_symbol_of_a_formula_is_explained(formula):
    line = explain_symbols(formula)
    for symbol in set(symbols_of(formula)) - KNOWN:
        assert f"{symbol}: {SYMBOLS[symbol]}" in line


@pytest.mark.parametrize("name", SCHEDULES)
def test_the_formula_of_a_schedule_is_what_it_does(name):
    written = SCHEDULES[name].formula
    for sign, code in {"η": "1", "·": "*", "^": "**", "⌊": "floor(", "⌋": ")", "½": "0.5", "π": "pi"}.items():
        written = written.replace(sign, code)
    words = {"cos": np.cos, "floor": np.floor, "min": min, "pi": np.pi, "period": 10, "decay": 0.5}
    for t in (0, 1, 7, 10, 14, 35):
        factor = SCHEDULES[name].factor(np.array([float(t)]), 10, 0.5)
        assert factor == pytest.approx(eval(written, words | {"t": t}))  # noqa: S307


def test_no_line_ends_between_a_slope_and_what_it_is_of():
    assert unbroken("f′(z) of f(z), f′ alone") == "f′\N{WORD JOINER}(z) of f(z), f′ alone"
