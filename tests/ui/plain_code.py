"""The lines of code of a whole step, one after the other."""

from ui.text.code import given_lines, step_lines
from ui.text.conventions import USUAL


def step_code(exercise, convention=USUAL):
    lines = [*given_lines(exercise, convention), ""]
    for _, computed in step_lines(exercise, convention):
        lines += computed
    return "\n".join(lines) + "\n"
