"""The numbers of one step as tables: rows of plain data, then HTML to read and CSV to keep."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

import numpy as np

from core.activations import ACTIVATIONS
from core.exercise import Exercise, quantities, unit_label
from core.expressions import Symbol
from core.step import Step
from ui.text.conventions import USUAL, Convention
from ui.text.csv import plain_name, write_csv
from ui.text.markup import html_table, scrolling
from ui.text.numbers import OVERFLOW, Precision, align, count, exact_on_screen, format_column


class Table(NamedTuple):
    """A table: its caption, the column titles, the row names, and the numbers by column.

    The first title is that of the row names.
    """

    caption: str
    titles: tuple[str, ...]
    names: list[str]
    columns: list[list[float]]


def weight_tables(exercise: Exercise, step: Step, convention: Convention = USUAL) -> list[Table]:
    """Return, for every layer, each weight and bias with dL/dw, Δw and w + Δw; captions give the shapes.

    dL/dw has no other sign in any convention: it is what the drawing shows.
    """
    network = exercise.network
    theta, gradient, delta = exercise.theta_array, step.gradient.theta, step.weight_delta
    tables = []
    for layer, (n_in, n_out) in enumerate(network.shapes, start=1):
        chosen = [q for q in quantities(network) if q.kind in "wb" and q.layer == layer]
        where = [q.place for q in chosen]
        W, b = Symbol("W", layer), Symbol("b", layer)
        shapes = {f"W{layer}": convention.orientation.shape(W, (n_in, n_out))}
        if network.bias:
            shapes[f"b{layer}"] = convention.orientation.shape(b, (n_out,))
        columns = [array[where].tolist() for array in (theta, gradient, delta, theta + delta)]
        caption = f"Layer {layer}: {', '.join(f'{letter} {shape}' for letter, shape in shapes.items())}"
        titles = ("weight", *map(convention.title, ("W", "dW", "step_W", "new_W")))
        names = [convention.weight_label(q.label) for q in chosen]
        tables.append(Table(caption, titles, names, columns))
    return tables


def unit_tables(exercise: Exercise, step: Step, convention: Convention = USUAL) -> list[Table]:
    """Return x, then for every layer a, z, f′(z), dL/da and δ of its units; captions give the shapes.

    With error terms the last two columns are −dL/da and −dL/dz, as the course writes them.
    """
    network = exercise.network

    def shape(width: int) -> str:
        return str(convention.orientation.shape(Symbol("a"), (1, width)))

    tables = [
        Table(
            f"Inputs: x {shape(network.widths[0])}",
            ("unit", "x"),
            _labels(exercise, 0),
            [list(exercise.x)],
        )
    ]
    factor = -1.0 if convention.is_error_term else 1.0
    for index, width in enumerate(network.widths[1:]):
        z, a = step.trace.z[index], step.trace.a[index + 1]
        derivative = ACTIVATIONS[network.activations[index]].derivative(z, a)
        signed = factor * np.stack([step.gradient.da[index + 1], step.gradient.delta[index]])
        arrays = (z, a, derivative, *(signed + 0.0))
        last = index == len(network.activations) - 1
        kind = "Outputs" if last else f"Hidden layer {index + 1}"
        name = index + 1
        delta = convention.array_letters_of("delta").replace(" ", "").replace("_", str(name))
        label = ACTIVATIONS[network.activations[index]].label
        caption = f"{kind}, {label}: z{name}, a{name}, {delta} {shape(width)}"
        # Through softmax δ is more than dL/da times this column.
        couples = ACTIVATIONS[network.activations[index]].couples_units
        slope_title = "∂a/∂z (the Jacobian's diagonal)" if couples else "f′(z)"
        titles = ("unit", "z", "a = f(z)", slope_title, convention.title("da"), convention.title("delta"))
        columns = [array[0].tolist() for array in arrays]
        tables.append(Table(caption, titles, _labels(exercise, index + 1), columns))
    return tables


def _labels(exercise: Exercise, layer: int) -> list[str]:
    return [unit_label(exercise.network, layer, unit) for unit in range(exercise.network.widths[layer])]


def shape_sentence(exercise: Exercise) -> str:
    """Return how many inputs, hidden layers, units and outputs the network has, in words."""
    first, *hidden, last = exercise.network.widths
    if not hidden:
        middle = "no hidden layer"
    elif len(hidden) == 1:
        middle = f"1 hidden layer of {count(hidden[0], 'unit')}"
    else:
        middle = f"{len(hidden)} hidden layers of {', '.join(map(str, hidden))} units"
    parameters = count(exercise.network.n_parameters, "parameter")
    return f"{count(first, 'input')}, {middle}, {count(last, 'output')}; {parameters} in all."


def table_html(table: Table, precision: Precision | None) -> str:
    """Return the table as HTML, the numbers of a column in one notation and aligned at the decimal point.

    The title of a cell, which shows on hovering, has every digit. Without a precision the cells have it.
    """

    def texts(column: list[float]) -> list[str]:
        return format_column(column, precision) if precision else [*map(exact_on_screen, column)]

    columns = [
        [_cell(text, number) for text, number in zip(align(texts(column)), column, strict=True)]
        for column in table.columns
    ]
    rows = []
    for place, name in enumerate(table.names):
        cells = "".join(column[place] for column in columns)
        rows.append(f'<tr><th scope="row">{_subscripts(name)}</th>{cells}</tr>')
    return html_table(table.titles, rows, caption=table.caption, kind="numbers")


def tables_html(tables: Iterable[Table], precision: Precision | None) -> str:
    """Return tables side by side as HTML, as `table_html` has each; one that does not fit scrolls."""
    inner = "".join(scrolling(table_html(table, precision), table.caption) for table in tables)
    return f'<div class="number-tables">{inner}</div>'


def _cell(text: str, number: float) -> str:
    title = "" if text.strip() == OVERFLOW else f' title="{exact_on_screen(number)}"'
    return f"<td{title}>{text}</td>"


def _subscripts(label: str) -> str:
    """Return x1→h2,3 with its numbers as subscripts."""
    result, inside = "", False
    for character in label:
        is_index = character.isdigit() or (character == "," and inside)
        if is_index != inside:
            result += "<sub>" if is_index else "</sub>"
            inside = is_index
        result += escape(character)
    return result + ("</sub>" if inside else "")


def table_csv(tables: list[Table]) -> bytes:
    """Return the tables below one another as CSV with every digit; what a table does not have stays empty."""
    titles = list(dict.fromkeys(title for table in tables for title in table.titles))
    rows = []
    for table in tables:
        layer = table.caption.split(":")[0]
        names = map(plain_name, table.names)
        columns = dict(zip(table.titles, [names, *table.columns], strict=True))
        # A column that the table does not have is as long as the others, and empty.
        missing = [None] * len(table.names)
        rows += list(
            zip([layer] * len(missing), *(columns.get(title, missing) for title in titles), strict=True)
        )
    return write_csv(["layer", *map(plain_name, titles)], rows)
