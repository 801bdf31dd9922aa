"""The loss over training steps, and the slider that goes to any of them."""

import streamlit as st

from core.history import Replay
from ui.figures.loss_curve import loss_curve_data, plot_loss_curve
from ui.one_step.actions import STORE, move_to
from ui.one_step.changes import describe_branch
from ui.one_step.page import PARTS, shown_run
from ui.one_step.state import OneStep
from ui.shell.messages import note
from ui.shell.widgets import bound, entered
from ui.text.numbers import format_number

NO_CURVE = "Loss over training steps: take a step to see the curve."
_PLACE = "curve_place"


def has_curve(run: Replay) -> bool:
    """Return whether training has happened, here or on a branch left behind."""
    return len(run.curve) > 1 or bool(run.old)


def _steps() -> object:
    history = shown_run().history
    return has_curve(shown_run()), history.position, history.current.end


@PARTS.part("steps", _steps)
def render_loss_curve() -> None:
    """Show the loss over training steps, and the slider that goes to any step, once there has been one."""
    with st.container(key=_PLACE):
        _render_curve()
        run = shown_run()
        if has_curve(run):
            _render_step_slider(run)


@PARTS.part(
    "curve",
    lambda: (STORE.read().start, STORE.read().history, STORE.read().view.precision),
    alone=True,
)
def _render_curve() -> None:
    state, run = STORE.read(), shown_run()
    if not has_curve(run):
        st.caption(NO_CURVE)
        return
    note(_caption(state, run))
    precision = state.view.precision
    old = [(curve.at, curve.loss.tolist()) for curve in run.old]
    data = loss_curve_data(run.curve.tolist(), old, run.history.position)
    loss = format_number(data.loss, precision)
    alt = f"Loss over {len(run.curve) - 1} training steps; at step {data.position} it is {loss}"
    st.plotly_chart(
        plot_loss_curve(data, precision), key="loss_curve", config={"displayModeBar": False}, alt=alt
    )


def _caption(state: OneStep, run: Replay) -> str:
    """Return what the chart shows, and what its faint curve is."""
    change = describe_branch(run.history, state.start, state.view.precision)
    if change is None:
        return "Loss over training steps"
    return f"Loss over training steps; faint: as it went on before {change}"


def _render_step_slider(run: Replay) -> None:
    end = run.history.current.end
    st.slider(
        "Step",
        0,
        max(end, 1),
        **bound("step", run.history.position, _seek),
        disabled=end == 0,
    )


def _seek() -> None:
    step = entered("step")
    move_to(lambda _: int(step))
