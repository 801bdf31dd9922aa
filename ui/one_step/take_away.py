"""What can be taken away from a step: a notebook, scripts, formulas and tables as files."""

from functools import partial

from ui.export.code.cells import Cell, notebook, script
from ui.export.code.step_cells import step_cells
from ui.export.code.torch_cells import torch_cells
from ui.export.solution import solution_page
from ui.one_step.actions import STORE, replayed
from ui.one_step.state import OneStep
from ui.shell.store import Held
from ui.shell.take_away import TakenFile, render_take_away
from ui.text.latex import step_latex
from ui.text.tables import Table, table_csv, unit_tables, weight_tables


def render_files(*, has_weights: bool) -> None:
    """Show the files of the shown step; without weights only the tables, as the page has them."""
    render_take_away(
        [file for file in FILES if has_weights or file.of_results], partial(_state, STORE.held())
    )


def _state(held: Held[OneStep]) -> OneStep:
    return held.state


def _cells(state: OneStep) -> list[Cell]:
    view = state.view
    return step_cells(replayed(state).exercise, view.convention, view.precision)


def _latex(state: OneStep) -> str:
    return step_latex(replayed(state).exercise, state.view.convention, state.view.precision)


def _solution(state: OneStep) -> str:
    return solution_page(replayed(state).exercise, state.view.convention, state.view.precision)


def weight_tables_of(state: OneStep) -> list[Table]:
    """Return the tables of weights at the shown step."""
    exercise = replayed(state).exercise
    return weight_tables(exercise, exercise.step(), state.view.convention)


def unit_tables_of(state: OneStep) -> list[Table]:
    """Return the tables of units at the shown step."""
    exercise = replayed(state).exercise
    return unit_tables(exercise, exercise.step(), state.view.convention)


FILES = (
    TakenFile(
        "Notebook",
        "one_step.ipynb",
        "application/x-ipynb+json",
        "book_2",
        "A Jupyter notebook that computes this step stage by stage, and checks every number and gradient",
        lambda state: notebook(_cells(state)),
    ),
    TakenFile(
        "Script",
        "one_step.py",
        "text/x-python",
        "code",
        "The same as a Python script",
        lambda state: script(_cells(state)),
    ),
    TakenFile(
        "PyTorch script",
        "one_step_torch.py",
        "text/x-python",
        "local_fire_department",
        "Builds the network of modules, loads the weights, and checks the gradients that autograd computes",
        lambda state: script(torch_cells(replayed(state).exercise)),
    ),
    TakenFile(
        "Solution to print",
        "one_step_solution.html",
        "text/html",
        "print",
        "A page for A4 with every equation of this step, in letters, in numbers and with its result",
        _solution,
    ),
    TakenFile(
        "LaTeX",
        "one_step.tex",
        "application/x-tex",
        "function",
        "Every formula of this step, over letters and over its numbers",
        _latex,
    ),
    TakenFile(
        "Weights CSV",
        "weights.csv",
        "text/csv",
        "table",
        "The tables of weights with every digit",
        lambda state: table_csv(weight_tables_of(state)),
        of_results=True,
    ),
    TakenFile(
        "Units CSV",
        "units.csv",
        "text/csv",
        "table",
        "The tables of units with every digit",
        lambda state: table_csv(unit_tables_of(state)),
        of_results=True,
    ),
)
