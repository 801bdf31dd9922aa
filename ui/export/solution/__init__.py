"""A solution to be printed: one step with every equation, in letters, in numbers and with its result."""

from html import escape
from math import isclose
from pathlib import Path
from string import Template

from core.activations import ACTIVATIONS
from core.exercise import Exercise, quantities
from core.losses import LOSSES
from core.network import widths_text
from core.stages import INPUTS, LOSS_AFTER, stages
from ui.figures.network_sheet import network_sheet
from ui.text.conventions import Convention
from ui.text.latex import array_latex, number_rows
from ui.text.mathml import equation_html
from ui.text.numbers import Precision, exact_on_screen, format_number
from ui.text.stages import stage_texts
from ui.text.written import as_written

_FOLDER = Path(__file__).parent
_TEMPLATE = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
_CSS = (_FOLDER / "page.css").read_text(encoding="utf-8")


def solution_page(exercise: Exercise, convention: Convention, precision: Precision) -> str:
    """Return the HTML of a page with the derivation of a step, stage by stage, in a convention.

    The network is drawn with what is given. The page needs no other file and no script; equations are MathML,
    and print on A4.
    """
    network = exercise.network
    names = ", ".join(ACTIVATIONS[name].label for name in network.activations)
    about = f"Network {widths_text(network.widths)} ({names}), loss: {LOSSES[network.loss].label}."
    given = "".join(
        f"<span>{escape(convention.label_of(quantity))} = "
        f"{escape(exact_on_screen(exercise.value(quantity)))}</span> "
        for quantity in quantities(network)
    )
    return _TEMPLATE.substitute(
        css=_CSS,
        about=escape(about),
        given=given,
        drawing=network_sheet(exercise, {}),
        stages=_stages(exercise, convention, precision),
    )


def _stages(exercise: Exercise, convention: Convention, precision: Precision) -> str:
    flags = {"sums_to_one": isclose(sum(exercise.y), 1), "train_biases": exercise.train_biases}
    known = stages(exercise.network, **flags)
    words = stage_texts(exercise.network, convention, **flags)
    sections = []
    for stage, stated in zip(known, words, strict=True):
        if stage.name == INPUTS:
            continue
        rows: list[str] = []
        for formula in stage.formulas:
            if (formula.left.name, formula.left.layer) not in stated["writes"]:
                continue
            written = as_written(formula, convention)
            # W + ΔW is its own formula.
            if convention.code != "Python" and stage.name != "new":
                rows.append(array_latex(written, exercise.network, convention))
            rows += number_rows(written, exercise, convention, precision)
        equations = "".join(map(equation_html, rows))
        if stage.name == LOSS_AFTER:
            result = format_number(float(exercise.step().loss_after), precision)
            equations = f'<p class="equation">L = {escape(result)}</p>'
        sections.append(
            f"<section><h2>{escape(stated['title'])}</h2>"
            f"<p>{escape(stated['sentence'])}</p>{equations}</section>"
        )
    return "\n".join(sections)
