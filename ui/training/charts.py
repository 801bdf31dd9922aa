"""The charts of a training run, one at a time, each with its numbers as CSV."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from core.arrays import Array
from ui.components.in_sight import in_sight
from ui.components.save_chart import save_chart
from ui.figures.batch import batch_data, batch_note, plot_batch
from ui.figures.confusion import confusion_data, plot_confusion
from ui.figures.gradient_norms import gradient_norms_data, gradient_norms_note, plot_gradient_norms
from ui.figures.predicted_true import plot_predicted_true, predicted_true_data, predicted_true_note
from ui.figures.training_curves import accuracy_data, loss_data, plot_accuracy, plot_loss
from ui.figures.weights_over_time import parameter_names, plot_weights, weights_data, weights_note
from ui.shell.messages import note
from ui.shell.visit import keep, page_run, recall
from ui.shell.widgets import of_the_page, run_page
from ui.text.numbers import count, format_number
from ui.training.chart_csv import (
    accuracy_csv,
    batch_csv,
    confusion_csv,
    gradient_norms_csv,
    loss_csv,
    predicted_true_csv,
    weights_csv,
)
from ui.training.chart_run import ChartRun

SQUARE_WIDTH = 520
# Whether the place of the charts has been in sight.
SEEN = "charts_seen"
# What the camera saves has the colors of the theme; save_chart has those of paper.
_CONFIG = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toImage"],
}


class Drawing(NamedTuple):
    """A figure, its description for screen readers, and its width in pixels, or None for all there is."""

    figure: dict[str, Any]
    alt: str
    width: int | None = None


class ChartView(NamedTuple):
    """What is shown of a chart: figures side by side, and sentences below them."""

    drawings: list[Drawing]
    notes: list[str | None]


class Chart(NamedTuple):
    """A chart to choose: its label, whether a run has it, what it shows, and its CSV.

    `logarithmic` is the scale at first where the reader can choose one, else None; a chart that
    `follows_timeline` has the scale of the timeline instead.
    """

    label: str
    fits: Callable[[ChartRun], bool]
    view: Callable[[ChartRun, bool], ChartView]
    csv: Callable[[ChartRun], bytes]
    logarithmic: bool | None = None
    follows_timeline: bool = False


def _loss_view(run: ChartRun, logarithmic: bool) -> ChartView:
    left = [(label, steps.tolist(), losses) for label, steps, losses in run.left]
    data = loss_data(
        run.batch_loss, run.steps.tolist(), run.train_loss, run.test_loss, run.step, left, run.changes
    )
    alt = (
        f"Loss over {count(len(run.batch_loss), 'step')}; {_at_playhead(run, run.train_loss, run.test_loss)}"
    )
    note = (
        "Train and test: over all samples, at key steps. Faint: each batch's own loss, before its update. "
        "Penalties are not part of a loss."
    )
    if run.left:
        note += " Dotted: the train loss of what was left behind."
    return ChartView([Drawing(plot_loss(data, logarithmic, run.loss_title, run.precision), alt)], [note])


def _accuracy_view(run: ChartRun, _logarithmic: bool) -> ChartView:
    data = accuracy_data(run.steps.tolist(), run.train_accuracy, run.test_accuracy, run.step)
    readings = _at_playhead(run, run.train_accuracy, run.test_accuracy)
    alt = f"Accuracy over {count(len(run.batch_loss), 'step')}; {readings}"
    note = "The share of samples whose class is the predicted one, at key steps."
    return ChartView([Drawing(plot_accuracy(data), alt)], [note])


def _gradient_norms_view(run: ChartRun, _logarithmic: bool) -> ChartView:
    data = gradient_norms_data(run.steps.tolist(), run.gradient_norms, run.step)
    at_playhead = enumerate(run.gradient_norms[run.playhead()], 1)
    norms = ", ".join(f"layer {layer} {format_number(norm, run.precision)}" for layer, norm in at_playhead)
    alt = (
        f"Gradient norm of each layer over {count(len(run.batch_loss), 'step')}; at step {run.step}: {norms}"
    )
    note = "‖dL/dθ‖ of each layer over all training samples, at key steps."
    return ChartView(
        [Drawing(plot_gradient_norms(data, run.precision), alt)], [note, gradient_norms_note(data)]
    )


def _weights_view(run: ChartRun, _logarithmic: bool) -> ChartView:
    data = weights_data(run.network, run.input_names, run.steps.tolist(), run.theta, run.step)
    alt = f"{count(len(data.lines), 'weight')} and biases over {count(len(run.batch_loss), 'step')}"
    note = "Every weight and bias at key steps, in the color of its layer."
    return ChartView([Drawing(plot_weights(data, run.precision), alt)], [note, weights_note(data)])


def _confusion_view(run: ChartRun, _logarithmic: bool) -> ChartView:
    drawings = []
    for samples, rows in run.parts.items():
        data = confusion_data(run.y[rows], run.y_hat[rows], run.output_names)
        right = int(np.trace(np.array(data.counts)))
        alt = f"Confusion matrix, {samples}: {right} of {count(int(np.sum(rows)), 'sample')} right"
        drawings.append(Drawing(plot_confusion(data, samples), alt, SQUARE_WIDTH))
    return ChartView(
        drawings, [f"At step {run.step:,}. Rows are the true classes, columns the predicted ones."]
    )


def _predicted_true_view(run: ChartRun, _logarithmic: bool) -> ChartView:
    data = predicted_true_data(run.y, run.y_hat, run.test, run.output_names)
    alt = f"Predicted against true values of {count(len(run.y), 'sample')} at step {run.step}"
    note = f"At step {run.step:,}. On the diagonal the prediction is right."
    drawing = Drawing(plot_predicted_true(data, run.precision), alt, SQUARE_WIDTH)
    return ChartView([drawing], [note, predicted_true_note(data)])


def _batch_view(run: ChartRun, logarithmic: bool) -> ChartView:
    names = parameter_names(run.network, run.input_names)
    data = batch_data(run.batch_rows, run.sample_loss, run.sample_gradient, names)
    samples = count(len(run.batch_rows), "sample")
    alt = f"Loss and gradients of the {samples} in the batch of step {run.step}, one by one"
    note = (
        f"The batch at step {run.step:,}, each sample for itself. Orange: the gradient is positive, so a "
        "step on this sample alone lowers the weight; blue: negative, so it raises the weight."
    )
    figure = plot_batch(data, logarithmic, run.loss_title, run.precision)
    return ChartView([Drawing(figure, alt)], [note, batch_note(data)])


def _at_playhead(run: ChartRun, train: Array | None, test: Array | None) -> str:
    parts = {"train": train, "test": test}
    readings = [
        f"{name} {format_number(values[run.playhead()], run.precision)}"
        for name, values in parts.items()
        if values is not None
    ]
    return f"at step {run.step}: {', '.join(readings)}"


CHARTS = {
    "accuracy": Chart("Accuracy", lambda run: run.train_accuracy is not None, _accuracy_view, accuracy_csv),
    "gradient_norms": Chart("Gradient norms", lambda run: True, _gradient_norms_view, gradient_norms_csv),
    "weights": Chart("Weights", lambda run: True, _weights_view, weights_csv),
    "confusion": Chart(
        "Confusion matrix", lambda run: run.task != "regression", _confusion_view, confusion_csv
    ),
    "predicted_true": Chart(
        "Predicted and true", lambda run: run.task == "regression", _predicted_true_view, predicted_true_csv
    ),
    "batch": Chart("Batch", lambda run: len(run.batch_rows) > 0, _batch_view, batch_csv, logarithmic=True),
    "loss": Chart("Loss, with every batch", lambda run: True, _loss_view, loss_csv, follows_timeline=True),
}


@st.fragment
def render_charts(run: ChartRun, logarithmic_loss: bool) -> None:
    """Show the chart that is chosen, its CSV and pictures; only that one is built, once it is in sight.

    Before that its place is kept free: a browser would load 4.7 MB for it.
    The loss has the scale that it has in the timeline, logarithmic or not.
    Raises ValueError when the playhead is not at one of the key steps.
    """
    run.playhead()
    is_seen = recall(SEEN, False)
    fitting = {name: chart for name, chart in CHARTS.items() if chart.fits(run)}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        name = st.segmented_control(
            "Chart",
            list(fitting),
            format_func=lambda name: CHARTS[name].label,
            default=next(iter(fitting)),
            required=True,
            key="training_chart",
            label_visibility="collapsed",
            on_change=run_page,
        )
        chart = fitting[name]
        logarithmic = logarithmic_loss if chart.follows_timeline else _own_scale(name, chart)
        st.space("stretch")
        in_sight(
            page_run(),
            is_seen=is_seen,
            key="charts_in_sight",
            on_seen=of_the_page(partial(keep, SEEN, True)),
        )
        save_chart("save_chart", name)
        st.download_button(
            "CSV",
            partial(chart.csv, run),
            f"{name}.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            help="The numbers of this chart with every digit",
            key=f"training_chart_csv_{name}",
        )
    view = chart.view(run, logarithmic)
    columns = st.columns(len(view.drawings))
    for place, (column, drawing) in enumerate(zip(columns, view.drawings, strict=True)):
        with column:
            if not is_seen:
                st.skeleton(height=drawing.figure["layout"]["height"])
                continue
            st.plotly_chart(
                drawing.figure,
                key=f"training_{name}_{place}",
                width=drawing.width or "stretch",
                alt=drawing.alt,
                config=_CONFIG,
            )
    for sentence in filter(None, view.notes):
        note(sentence)


def _own_scale(name: str, chart: Chart) -> bool:
    """Show the switch of a chart that can be logarithmic, and return whether it is."""
    if chart.logarithmic is None:
        return False
    return st.toggle(
        "Log scale",
        chart.logarithmic,
        key=f"training_chart_log_{name}",
        persist_state="page",
        on_change=run_page,
    )
