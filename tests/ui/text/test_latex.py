"""The LaTeX of a step, read back and evaluated: over letters and over numbers, in every convention."""

import ast
import itertools
import math
import re
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.derivation import numbers
from core.examples import EXAMPLES
from core.exercise import Exercise, unit_label
from core.expressions import Symbol
from core.network import Network
from tests.core.strategies import draw_targets, exercises, fits
from tests.hypothesis_profiles import examples
from tests.ui.pairs import pairs_of
from ui.text.conventions import CONVENTIONS
from ui.text.latex import formula_of, number_row, number_rows, step_latex
from ui.text.numbers import MINUS, Precision, format_number

NUMBER = r"\d+(?:\.\d+)?(?: \\times 10\^\{-?\d+\})?"
FUNCTIONS: dict[str, Any] = {
    name: getattr(math, name) for name in ("exp", "log", "tanh", "sin", "cos", "sqrt", "pi")
}
FUNCTIONS |= {"max": max, "min": min, "abs": abs}
WORDS = {
    r"\left(": "(",
    r"\right)": ")",
    r"\left|": "abs(",
    r"\right|": ")",
    r"\cdot": "*",
    r"\times": "*",
    **{rf"\{name}": name for name in ("log", "tanh", "sin", "cos", "max", "min", "pi")},
    **{sign: sign for sign in "+-(), .0123456789"},
}


def group(text, start):
    """The text in the braces that open at `start`, and the place behind them."""
    assert text[start] == "{", text[start:]
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place], place + 1
    raise AssertionError(f"no brace closes in {text}")


def python_of(text):
    """An expression over numbers, of LaTeX, as Python."""
    result, place = "", 0
    while place < len(text):
        rest = text[place:]
        if number := re.match(r"\d+(\.\d+)?e-?\d+", rest):
            result, place = f"{result}({number[0]})", place + number.end()
        elif rest.startswith(r"\frac"):
            over, place = group(text, place + 5)
            under, place = group(text, place)
            result += f"(({python_of(over)})/({python_of(under)}))"
        elif rest.startswith(r"\sqrt"):
            inside, place = group(text, place + 5)
            result += f"sqrt({python_of(inside)})"
        elif rest.startswith("e^"):
            inside, place = group(text, place + 2)
            result += f"exp({python_of(inside)})"
        elif rest.startswith("^"):
            inside, place = group(text, place + 1)
            result += f"**({python_of(inside)})"
        elif rest.startswith("{"):
            inside, place = group(text, place)
            result += f"({python_of(inside)})"
        elif applied := re.match(r"\\(log|tanh|sin|cos) (n\[\d+\]|\d+(?:\.\d+)?(?:e-?\d+)?)", rest):
            result, place = f"{result}{applied[1]}({applied[2]})", place + applied.end()
        elif rest.startswith("n["):
            name = rest[: rest.index("]") + 1]
            result, place = result + name, place + len(name)
        else:
            word = next((word for word in WORDS if rest.startswith(word)), None)
            assert word, f"cannot read {rest}"
            result, place = result + WORDS[word], place + len(word)
    return result


def evaluate(text, values=None):
    """What an expression comes to; its letters stand as n[0], n[1], …"""
    # A power of ten is one number with what stands before it.
    code = python_of(re.sub(r"(\d) \\times 10\^\{(-?\d+)\}", r"\1e\2", text))
    return eval(code, {"__builtins__": {}} | FUNCTIONS, {"n": values})  # noqa: S307


def label(network, layer, unit):
    letter, number = re.findall(r"(\D+?)([\d,]*)$", unit_label(network, layer, unit))[0]
    return letter.replace("ŷ", r"\hat{y}") + (f"_{{{number}}}" if number else "")


def letters_of(exercise, convention):
    """Every number of a step by its letters, written anew here, with the numbers of the core."""
    network = exercise.network
    known = numbers(exercise, exercise.step())
    last = len(network.widths) - 1
    of_torch = convention.name in ("pytorch", "scalar")
    sign = -1 if convention.name == "notebook" else 1
    found = {r"\mathrm{lr}" if convention.name == "pytorch" else r"\eta": exercise.learning_rate}
    found["L"] = float(known(Symbol("loss")))

    def gradient(letter, plain):
        if of_torch:
            return rf"{letter}.\mathrm{{grad}}"
        return rf"{'-' if sign < 0 else ''}\frac{{dL}}{{{plain}}}"

    for layer in range(last + 1):
        for unit in range(network.widths[layer]):
            name = label(network, layer, unit)
            a = f"a_{{{name}}}" if 0 < layer < last else name
            place = (0, unit)
            found[a] = float(known(Symbol("a", layer))[place])
            found[gradient(a, f"d {a}")] = sign * float(known(Symbol("da", layer))[place])
            if not layer:
                continue
            found[f"z_{{{name}}}"] = float(known(Symbol("z", layer))[place])
            slope = float(known(Symbol("slope", layer))[place])
            couples = network.activations[layer - 1] == "softmax"
            found[rf"\frac{{\partial {a}}}{{\partial z_{{{name}}}}}" if couples else f"f'(z_{{{name}}})"] = (
                slope
            )
            delta = sign * float(known(Symbol("delta", layer))[place])
            found[
                rf"z_{{{name}}}.\mathrm{{grad}}"
                if of_torch
                else rf"{'-' if sign < 0 else ''}\delta_{{{name}}}"
            ] = delta
            ends = {(k, unit): label(network, layer - 1, k) for k in range(network.widths[layer - 1])}
            entries: list[tuple[str, str, tuple[int, ...], str]] = [
                ("W", "w", index, before) for index, before in ends.items()
            ]
            if network.bias:
                entries.append(("b", "b", (unit,), ""))
            for array, letter, index, before in entries:
                if not before:
                    subscript = name
                elif convention.name in ("textbook", "pytorch"):
                    subscript = rf"{name} \leftarrow {before}"
                else:
                    subscript = rf"{before} \to {name}"
                own = f"{letter}_{{{subscript}}}"
                found[own] = float(known(Symbol(array, layer))[index])
                found[gradient(own, f"d{own}")] = sign * float(known(Symbol(f"d{array}", layer))[index])
                found[rf"\Delta {own}"] = float(known(Symbol(f"step_{array}", layer))[index])
    for unit, y in enumerate(exercise.y, start=1):
        found[f"y_{{{unit}}}" if len(exercise.y) > 1 else "y"] = y
    return found


def placing(names):
    """A function that puts n[place] for each letter of a text."""
    # A negative symbol is its sign and its letters, which stand nowhere without it.
    places = {
        name.removeprefix("-"): f"(-n[{place}])" if name.startswith("-") else f"n[{place}]"
        for place, name in enumerate(names)
    }
    plain = [
        rf"(?<![\\a-z]){re.escape(name)}(?![\w{{])" if name in ("y", "L") else re.escape(name)
        for name in sorted(places, key=len, reverse=True)
    ]
    pattern = re.compile("|".join(plain))
    return lambda text: pattern.sub(lambda match: places[match[0]], text)


def check(exercise, convention, precision):
    """Raise AssertionError where an equation is not true, and return how many were compared."""
    document = step_latex(exercise, convention, precision)
    assert document.count(r"\begin") == document.count(r"\end") > 2
    body = document.split(r"\begin{document}")[1]
    assert body.count(r"\left") == body.count(r"\right") + body.count(r"\leftarrow")
    letters = letters_of(exercise, convention)
    names, values = list(letters), list(letters.values())
    place_letters = placing(names)
    compared = plugged_in = 0
    for block in re.findall(r"\\begin\{align\*\}\n(.*?)\n\\end\{align\*\}", body, re.DOTALL):
        rows = block.split(" \\\\\n")
        for number, row in enumerate(rows):
            assert row.count("{") == row.count("}")
            group(f"{{{row}}}", 0)
            left, _, right = row.partition(" &")
            sides = [side.strip() for side in re.split(r"(?:=|\\approx)", f"{left}{right}")]
            assert all(one != other for one, other in itertools.pairwise(sides)), row
            # The first one is of arrays, but of W + ΔW.
            if number == 0 and convention.name != "scalar" and " + " not in left:
                continue
            _, *chain, result = re.split(r" ?(?:=|\\approx) ", right)
            assert re.fullmatch(rf"-?{NUMBER}", result.strip()), row
            expected = evaluate(place_letters(left), values)
            assert format_number(expected, precision) == format_number(evaluate(result), precision), row
            for text in chain:
                placed = place_letters(text)
                is_plugged = placed == text
                found = evaluate(placed, values)
                if is_plugged:
                    # The last bit may be another one where the functions are not NumPy's.
                    shown = format_number(found, precision) == format_number(expected, precision)
                    assert shown or found == pytest.approx(expected, rel=1e-14, abs=0), row
                    plugged_in += 1
                else:
                    assert found == pytest.approx(expected, rel=1e-6, abs=1e-9), row
                compared += 1
    assert plugged_in
    return compared


@pytest.mark.parametrize("name", CONVENTIONS)
@examples(1 / 10)
@given(exercise=exercises(), digits=st.sampled_from([4, 6, 17]))
def test_every_equation_of_a_step_is_true(name, exercise, digits):
    check(exercise, CONVENTIONS[name], Precision(digits))


def exercises_for(convention):
    """An exercise of each pair of an output activation and a loss that the convention is examined with."""
    rng = np.random.default_rng(11)
    for output, loss in pairs_of(convention, fits):
        hidden = output if not ACTIVATIONS[output].couples_units else "gelu"
        network = Network((2, 2, 2), (hidden, output), loss, True)
        theta = tuple(rng.uniform(-1, 1, network.n_parameters).tolist())
        y = tuple(draw_targets(rng, loss, (1, 2))[0].tolist())
        yield Exercise(network, theta, tuple(rng.standard_normal(2).tolist()), y, 0.3)


@pytest.mark.parametrize("name", CONVENTIONS)
def test_every_activation_and_loss_is_true_in_every_convention(name):
    for exercise in exercises_for(name):
        assert check(exercise, CONVENTIONS[name], Precision(6)) > 40


def brackets(text):
    """Every part in brackets, with what stands before and behind it."""
    starts = []
    for match in re.finditer(r"\\(left|right)[()]", text):
        if match[1] == "left":
            starts.append(match)
        else:
            start = starts.pop()
            yield text[: start.start()], text[start.end() : match.start()], text[match.end() :]


@cache
def tree_of(text):
    """How an expression is read, whose sums and products are lists; None for what cannot be read."""

    def flat(node):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mult):
            kind = type(node.op)
            parts = [flat(part) for part in (node.left, node.right)]
            return (kind, *(p for part in parts for p in (part[1:] if part[0] is kind else (part,))))
        return (
            type(node),
            *(flat(child) for child in ast.iter_child_nodes(node)),
            getattr(node, "value", ""),
        )

    try:
        code = python_of(re.sub(r"(\d) \\times 10\^\{(-?\d+)\}", r"\1e\2", text))
        return str(flat(ast.parse(code.strip(), mode="eval").body))
    except (AssertionError, SyntaxError):
        return None


def needless(text):
    """The parts of an expression whose brackets could go, and it would be read as before."""
    for before, inside, behind in brackets(text):
        is_signed = inside.startswith("-") and before.strip() and r"\cdot" not in inside
        is_power = before.endswith("{") and behind.startswith("}^")
        # One number, which × makes look like two.
        is_long = re.fullmatch(NUMBER, inside) and r"\times" in inside
        if not (is_signed or is_power or is_long) and tree_of(f"{before}{inside}{behind}") == tree_of(text):
            yield inside


@pytest.mark.parametrize("name", CONVENTIONS)
def test_there_are_no_needless_brackets(name):
    for exercise in exercises_for(name):
        place_letters = placing(list(letters_of(exercise, CONVENTIONS[name])))
        sides = [
            place_letters(side.removesuffix(r" \\"))
            for row in step_latex(exercise, CONVENTIONS[name]).splitlines()
            for side in re.split(r" &?(?:=|\\approx) ", row)[1:]
        ]
        read = [side for side in sides if tree_of(side)]
        assert len(read) > 60
        assert not [(side, list(needless(side))) for side in read if any(needless(side))]


ROWS = {
    "rows": [r"z_{1} &= x \, W_{1}", r"\frac{dL}{d W_{1}} &= {x}^{\top} \, \delta_{1}"],
    "notebook": [
        r"\frac{dL}{d W_{1}} &= {x}^{\top} \, \left(-\delta_{1}\right)",
        r"-\frac{dL}{d a_{1}} &= -\delta_{2} \, {W_{2}}^{\top}",
        r"0.1 \cdot 0.1 + \left(-0.2\right) \cdot 0.1 = 0.24",
    ],
    "textbook": [r"z_{1} &= W_{1} \, x", r"\frac{dL}{d W_{1}} &= \delta_{1} \, {x}^{\top}"],
    "pytorch": [r"z_{1} &= x \, {W_{1}}^{\top}"],
    "scalar": [r"w_{x_{1} \to h_{1}}.\mathrm{grad} &= x_{1} \cdot z_{h_{1}}.\mathrm{grad}"],
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_course_notebook_is_written_as_the_convention_has_it(name):
    document = step_latex(EXAMPLES["notebook"].exercise, CONVENTIONS[name])
    for row in ROWS[name]:
        assert row in document
    assert MINUS not in document


def test_what_binary_floats_round_off_makes_no_result_an_approximation():
    network = Network((1, 1), ("identity",), "half_squared_error", bias=False)
    exercise = Exercise(network, (3.0,), (0.1,), (0.0,), 0.5)
    assert exercise.step().trace.z[0][0, 0] != 0.3
    rows = number_rows(
        formula_of(Symbol("z", 1), exercise, CONVENTIONS["rows"]), exercise, CONVENTIONS["rows"], Precision(6)
    )
    assert rows[0].endswith("= 0.3")
    exactly = number_row(Symbol("z", 1, (0, 0)), exercise, CONVENTIONS["rows"], Precision(17))
    assert exactly.endswith("= 0.30000000000000004")


def test_a_number_that_is_wrong_is_found():
    exercise = EXAMPLES["notebook"].exercise
    with pytest.MonkeyPatch.context() as patch:
        document = step_latex(exercise).replace(r"0.1 \cdot 0.1", r"0.1 \cdot 0.2")
        patch.setattr("tests.ui.text.test_latex.step_latex", lambda *_: document)
        with pytest.raises(AssertionError):
            check(exercise, CONVENTIONS["rows"], Precision(6))
