"""The popover with all numbers of the page as code, to be copied."""

import streamlit as st

from core.exercise import Exercise
from ui.shell.widgets import run_page
from ui.text.numbers_code import numpy_numbers, torch_numbers

COPY_NUMBERS = "copy_numbers"


def render_copy_numbers(exercise: Exercise) -> None:
    """Show the numbers as NumPy and as PyTorch; pasted into "Paste numbers" they are the same again."""
    popover = st.popover("Copy numbers", icon=":material/content_copy:", key=COPY_NUMBERS, on_change=run_page)
    if not popover.open:
        return
    with popover:
        to_numpy, to_torch = st.tabs(["Copy as NumPy", "Copy as PyTorch"])
        # Streamlit's colors for Python are too faint to be read by all.
        to_numpy.code(numpy_numbers(exercise), language=None, height=300)
        to_torch.code(torch_numbers(exercise), language=None, height=300)
