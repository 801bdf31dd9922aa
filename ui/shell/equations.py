"""Equations in LaTeX on a page."""

import re

import streamlit as st


def render_equation(equation: str) -> None:
    """Show an equation, each of its sides in a line of its own that breaks where it is too long.

    As a whole it would scroll sideways, which the keyboard could not do.
    """
    lines = re.sub(r" (=|\\approx) ", r"\n\1 ", equation).split("\n")
    first = " ".join(lines[:2])
    # Lines of one paragraph would lie over one another where there are fractions.
    st.markdown("\n\n".join(rf"$\displaystyle {line}$" for line in [first, *lines[2:]]))
