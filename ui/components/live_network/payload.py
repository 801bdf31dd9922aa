"""What is sent to the live network: its drawing, its controls and the present frame.

Plain data in and out, ready for JSON; nothing here imports Streamlit.
"""

import math
from typing import Any, TypedDict

import numpy as np

from core.activations import ACTIVATIONS, Activation
from core.arrays import Array, finite
from core.derivation import Formula, derive
from core.exercise import Exercise, Quantity, quantities, unit_label
from core.expressions import Expression, Number, Operation, Symbol
from core.losses import LOSSES
from core.network import Network
from ui import theme
from ui.components.live_network.films import numbers_key
from ui.components.live_network.frames import frame_layout, frames
from ui.components.live_network.loss_ahead import loss_ahead
from ui.components.live_network.sliders import is_logarithmic, position_count, slider_range, step_of
from ui.links.view import COLORS, HORIZONS, LOSS_SCALES, NUDGES, SCALES, TABS, WHOLE_STEP, View
from ui.memory import remembered
from ui.text.code import code_setting, formula_lines
from ui.text.conventions import USUAL, Convention, convention_data
from ui.text.formulas import activation_formula, loss_formula
from ui.text.glossary import glossary_data
from ui.text.numbers import field_name
from ui.text.stages import stage_texts
from ui.text.written import as_written


class Control(TypedDict):
    """One slider with its number box; `step` is the distance of its positions.

    On the scale "log" that is the distance of their decimal logarithms. One that is not `shown` has only its
    value.
    """

    id: str
    group: str
    label: str
    name: str
    low: float
    high: float
    step: float
    scale: str
    value: float
    shown: bool


class Given(TypedDict):
    """A term of an exercise, such as the loss, with what it is and its formula, "" for none."""

    term: str
    name: str
    formula: str


def build_drawing(network: Network, convention: Convention = USUAL) -> dict[str, Any]:
    """Return the nodes, edges and biases of the drawing.

    A node's number is its place in the node arrays of a frame; an edge's or bias's `index` is its place
    in θ.
    """
    nodes = [
        {
            "id": f"n{layer}.{unit + 1}",
            "layer": layer,
            "unit": unit,
            "label": unit_label(network, layer, unit),
        }
        for layer, width in enumerate(network.widths)
        for unit in range(width)
    ]
    first = np.concatenate([[0], np.cumsum(network.widths)]).tolist()
    edges, biases = [], []
    for q in quantities(network):
        if q.kind == "w":
            ends = {"from": first[q.layer - 1] + q.row, "to": first[q.layer] + q.column}
            edges.append({"id": q.id, "label": convention.weight_label(q.label), "index": q.place, **ends})
        elif q.kind == "b":
            node = first[q.layer] + q.column
            biases.append({"id": q.id, "label": q.label, "index": q.place, "node": node})
    return {
        "layers": len(network.widths),
        "nodes": nodes,
        "edges": edges,
        "biases": biases,
        "activations": list(network.activations),
        "slopes": [_slope(ACTIVATIONS[name]) for name in network.activations],
        "fused": LOSSES[network.loss].fused == network.activations[-1],
        "loss": LOSSES[network.loss].label,
    }


def _slope(activation: Activation) -> dict[str, Any]:
    """Return what is known of an activation's slope: its largest value, whether it nears 0 at both ends."""
    label = activation.label
    is_bounded = all(math.isfinite(bound) for bound in activation.bounds)
    return {
        # As in a sentence, where ReLU stays ReLU.
        "name": label if label[1:] != label[1:].lower() else label.lower(),
        "most": activation.slope_bounds[1],
        "saturates": is_bounded and activation.slope_bounds[0] == 0,
    }


@remembered
def build_formulas(
    network: Network, convention: Convention = USUAL, *, train_biases: bool = True
) -> tuple[dict[str, Any], ...]:
    """Return the formulas of a step on one sample in a convention, as trees in the order of the pass.

    Where targets that sum to 1 make another formula true, that one stands in `if_sums_to_one`.
    """
    usual, summing = (
        derive(network, sums_to_one=sums_to_one, train_biases=train_biases) for sums_to_one in (False, True)
    )
    sent = []
    for formula, other in zip(usual, summing, strict=True):
        sides = {
            "left": tree(as_written(formula, convention).left),
            **_sides(formula, network, convention),
        }
        if formula != other:
            sides["if_sums_to_one"] = _sides(other, network, convention)
        sent.append(sides)
    return tuple(sent)


def build_code_setting(network: Network, convention: Convention) -> dict[str, Any]:
    """Return what stands before the lines of code, ready for JSON."""
    setting = code_setting(network, convention)
    return {**setting, "given": [[tree(symbol), name] for symbol, name in setting["given"]]}


def _sides(formula: Formula, network: Network, convention: Convention) -> dict[str, Any]:
    written = as_written(formula, convention)
    return {
        "right": tree(written.right),
        "because": [tree(expression) for expression in written.because],
        "code": formula_lines(formula, network, convention),
    }


def tree(expression: Expression) -> Any:
    """Return an expression as JSON: ["a", 1], with an index ["a", 1, [0, 2]]; {"value": 1}; ["add", …]."""
    match expression:
        case Symbol(name, layer, None):
            return [name, layer]
        case Symbol(name, layer, index):
            return [name, layer, index]
        case Number(number, text):
            return {"value": number, "text": text} if text else {"value": number}
        case Operation(name, arguments):
            return [name, *map(tree, arguments)]


def given_frame(network: Network, frame: Array) -> Array:
    """Return a frame (length,) with what is given, the inputs' activations, and NaN for all else."""
    place = frame_layout(network)["a"]
    given = slice(place, place + network.widths[0])
    shown = np.full_like(frame, np.nan)
    shown[given] = frame[given]
    return shown


def build_given(exercise: Exercise) -> list[Given]:
    """Return what an exercise gives beside its numbers: activations, loss and biases, with their formulas."""
    network = exercise.network
    *hidden, output = (ACTIVATIONS[name] for name in network.activations)
    layers = [
        (f"Hidden layer {layer}" if len(hidden) > 1 else "Hidden layer", activation)
        for layer, activation in enumerate(hidden, start=1)
    ]
    if len(set(network.activations[:-1])) == 1 and len(hidden) > 1:
        layers = [("Hidden layers", hidden[0])]
    loss = LOSSES[network.loss]
    biases = "trained" if exercise.train_biases else "held fixed"
    return [
        *(
            Given(term=term, name=activation.label, formula=f"a = {activation_formula(activation)}")
            for term, activation in (*layers, ("Output", output))
        ),
        Given(term="Loss", name=loss.label, formula=f"L = {loss_formula(loss)}"),
        Given(term="Biases", name=biases if network.bias else "none", formula=""),
    ]


def build_controls(
    exercise: Exercise, convention: Convention = USUAL, *, weights: bool = True, count: int | None = None
) -> list[Control]:
    """Return a control for every number of the exercise, grouped by layer; `weights` shows those of θ.

    Each slider has `count` steps, None meaning as many as the films of its network.
    """
    count = count or position_count(exercise.network)
    controls: list[Control] = []
    for quantity in quantities(exercise.network):
        value = exercise.value(quantity)
        low, high = slider_range(exercise, quantity)
        label = convention.label_of(quantity)
        controls.append(
            Control(
                id=quantity.id,
                group=_group(exercise, quantity),
                label=label,
                name=field_name(quantity._replace(label=label)),
                low=low,
                high=high,
                step=step_of(quantity, low, high, count),
                scale="log" if is_logarithmic(quantity) else "linear",
                value=value,
                shown=weights or quantity.kind not in "wb",
            )
        )
    return controls


def _group(exercise: Exercise, quantity: Quantity) -> str:
    if quantity.kind == "x":
        return "Inputs"
    if quantity.kind == "w":
        return f"Weights, layer {quantity.layer}"
    if quantity.kind == "b":
        fixed = "" if exercise.train_biases else " (fixed)"
        return f"Biases, layer {quantity.layer}{fixed}"
    return "Targets and learning rate" if len(exercise.y) > 1 else "Target and learning rate"


def network_data(exercise: Exercise, view: View, count: int | None = None) -> dict[str, Any]:
    """Return what is sent of an exercise, without a film: what is hidden is not in it.

    Sliders have `count` steps, None meaning their own.
    """
    answers = "answers" not in view.hide
    frame = frames(exercise.network, exercise.step())
    return {
        "seq": 0,
        "drawing": build_drawing(exercise.network, view.convention),
        "convention": convention_data(view.convention),
        "formulas": build_formulas(exercise.network, view.convention, train_biases=exercise.train_biases),
        "code": build_code_setting(exercise.network, view.convention),
        "stages": stage_texts(
            exercise.network,
            view.convention,
            sums_to_one=math.isclose(sum(exercise.y), 1),
            train_biases=exercise.train_biases,
        ),
        "controls": build_controls(
            exercise, view.convention, weights="weights" not in view.hide, count=count
        ),
        "layout": frame_layout(exercise.network),
        "frame": finite(frame if answers else given_frame(exercise.network, frame)),
        "numbers": numbers_key(exercise),
        "film": None,
        "given": [] if answers else build_given(exercise),
        "biases_fixed": not exercise.train_biases,
        "view": {
            "color": view.color if answers else "weight",
            "scale": view.scale,
            "labels": view.labels,
            "selected": view.selected,
            "stage": view.stage if answers else WHOLE_STEP,
            "predict": view.predict,
            "precision": view.precision._asdict(),
            "loss_scale": view.loss_scale,
            "horizon": view.horizon,
            "tab": view.tab,
            "nudge": view.nudge,
            "answers": answers,
        },
        "glossary": glossary_data(view.convention),
        "rejected": {},
        "training": None,
        "guide": False,
        "future": loss_ahead(exercise, view.horizon) if answers else None,
        "past": None,
        "choices": {
            "colors": COLORS,
            "scales": SCALES,
            "loss_scales": LOSS_SCALES,
            "horizons": HORIZONS,
            "tabs": TABS,
            "nudges": NUDGES,
        },
        "palette": theme.PALETTES,
        "roles": theme.ROLE_COLORS,
    }
