"""The live network: an SVG drawing with its sliders, as one Streamlit component."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from core.exercise import Exercise
from ui import theme
from ui.components.base import join_modules, join_styles
from ui.components.base.sent import Grabbed, NetworkSent
from ui.components.live_network.payload import (
    build_controls,
    build_drawing,
    build_given,
    finite,
    frame_layout,
    frames,
    question,
    requested_film,
)
from ui.one_step.state import COLORS, SCALES, View

_FOLDER = Path(__file__).parent
HTML = "<div class='component live-network'></div>"
JS = join_modules(_FOLDER / "component.js")
CSS = join_styles(_FOLDER / "live_network.css")

_component = st.components.v2.component("live_network", html=HTML, js=JS, css=CSS)


def live_network(
    exercise: Exercise,
    view: View,
    *,
    key: str,
    sent: NetworkSent,
    taken: int,
    session: str,
    rejected: Mapping[str, Mapping[str, str]],
    training: Mapping[str, Any],
    on_change: Mapping[str, Callable[[], None]],
) -> None:
    """Draw the exercise; what the browser sends arrives in the component state under `key`.

    The browser sets `values` ({seq, changes: [{seq, id, text, session}], held, at, selected}, the changes
    being all those that have not been acknowledged, and `at` its query string at the first of them),
    `selected` ({seq, id}), `view` ({seq, color, scale, labels}), `grabbed` ({seq, id, low, high, held}, the
    control whose film it requests) and `painted`. `sent` is what it has set so far, `taken` the number of the
    newest change that has been taken; `session` differs from session to session, and a change brings the one
    in which it was made. `rejected` holds the texts that could not be taken, by control, with the sentence
    that says why; `training` is {position, end, diverged}, where training stands; `on_change` has a callback
    for each of the five.
    """
    data = network_data(exercise, view)
    if "answers" not in view.hide:
        data["film"] = requested_film(exercise, sent.grabbed or Grabbed(0, view.selected), sent.held)
    _component(
        key=key,
        # As bytes: of a mapping Streamlit makes JSON twice, and looks for tables in it.
        data=json.dumps(
            data
            | {
                "seq": max(sent.seq, taken),
                "session": session,
                "rejected": rejected,
                "training": training,
            }
        ).encode(),
        on_values_change=on_change["values"],
        on_selected_change=on_change["selected"],
        on_view_change=on_change["view"],
        on_grabbed_change=on_change["grabbed"],
        on_painted_change=on_change["painted"],
    )


def network_data(exercise: Exercise, view: View) -> dict[str, Any]:
    """Return what is sent of an exercise, without a film: what is hidden is not in it."""
    answers = "answers" not in view.hide
    frame = frames(exercise.network, exercise.step())
    return {
        "seq": 0,
        "drawing": build_drawing(exercise.network),
        "controls": build_controls(exercise, weights="weights" not in view.hide),
        "layout": frame_layout(exercise.network),
        "frame": finite(frame if answers else question(exercise.network, frame)),
        "film": None,
        "given": [] if answers else build_given(exercise),
        "biases_fixed": not exercise.train_biases,
        "view": {
            "color": view.color if answers else "weight",
            "scale": view.scale,
            "labels": view.labels,
            "selected": view.selected,
            "sign": view.sign,
            "precision": view.precision._asdict(),
            "answers": answers,
        },
        "rejected": {},
        "training": None,
        "choices": {"colors": COLORS, "scales": SCALES},
        "palette": theme.PALETTES,
    }
