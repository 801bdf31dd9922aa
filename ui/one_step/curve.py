"""The loss over training steps as a chart to zoom into and to save, folded away."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from core.history import Replay
from ui.components.save_chart import save_chart
from ui.figures.loss_curve import loss_curve_data, plot_loss_curve
from ui.one_step.actions import STORE
from ui.one_step.changes import describe_branch
from ui.one_step.page import PARTS, shown_run
from ui.one_step.state import OneStep
from ui.shell.messages import note
from ui.shell.widgets import run_page
from ui.text.csv import Cell, write_csv
from ui.text.numbers import format_number

CHART = "loss_chart"
TITLE = "Chart of the loss"
NO_CURVE = "Loss over training steps: take a step to see the curve."
_NAME = "loss"
_CONFIG = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toImage"],
}


def has_curve(run: Replay) -> bool:
    """Return whether training has happened, here or on a branch left behind."""
    return len(run.curve) > 1 or bool(run.old)


def render_loss_curve() -> None:
    """Show the loss over training steps as a chart with its files, built only while it is unfolded."""
    folded = st.expander(TITLE, key=CHART, on_change=run_page)
    with folded:
        if folded.open:
            _render_curve()


@PARTS.part(
    "curve",
    lambda: (STORE.read().start, STORE.read().history, STORE.read().view),
    alone=True,
)
def _render_curve() -> None:
    state, run = STORE.read(), shown_run()
    if not has_curve(run):
        st.caption(NO_CURVE)
        return
    note(_caption(state, run))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.space("stretch")
        save_chart("save_loss_chart", _NAME)
        st.download_button(
            "CSV",
            partial(loss_csv, run),
            f"{_NAME}.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            help="The loss at every step, with every digit",
            key="loss_chart_csv",
        )
    precision = state.view.precision
    old = [(curve.at, curve.loss.tolist()) for curve in run.old]
    data = loss_curve_data(run.curve.tolist(), old, run.history.position)
    loss = format_number(data.loss, precision)
    alt = f"Loss over {len(run.curve) - 1} training steps; at step {data.position} it is {loss}"
    st.plotly_chart(
        plot_loss_curve(data, precision, logarithmic=state.view.loss_scale == "log"),
        key="loss_curve",
        config=_CONFIG,
        alt=alt,
    )


def loss_csv(run: Replay) -> bytes:
    """Return the loss of every step as CSV: the present curve, then those left behind by number."""
    return write_csv(("curve", "step", "loss"), _rows(run))


def _rows(run: Replay) -> Iterator[tuple[Cell, ...]]:
    for step, loss in enumerate(run.curve.tolist()):
        yield "present", step, loss
    for number, (at, losses) in enumerate(run.old, start=1):
        for step, loss in enumerate(losses.tolist(), start=at):
            yield f"left behind {number}", step, loss


def _caption(state: OneStep, run: Replay) -> str:
    """Return what the chart shows, and what its faint curve is."""
    change = describe_branch(run.history, state.start, state.view.precision)
    if change is None:
        return "Loss over training steps"
    return f"Loss over training steps; faint: as it went on before {change}"
