"""What is sent to the live network: its drawing, its controls, the present frame and one film.

Plain data in and out, ready for JSON but for the bytes of arrays; nothing here imports Streamlit.
"""

import math
import zlib
from collections.abc import Mapping
from typing import Any, TypedDict

import numpy as np

from core.activations import ACTIVATIONS, Activation
from core.arrays import Array, finite
from core.derivation import Formula, derive
from core.exercise import Exercise, Quantity, quantities, quantities_by_id, unit_label
from core.expressions import Expression, Number, Operation, Symbol
from core.losses import LOSSES
from core.network import Network
from core.step import Step
from core.sweep import sweep
from ui import theme
from ui.components.base.arrays import encode
from ui.components.base.sent import Grabbed
from ui.components.live_network.loss_ahead import COARSENESS, Coarseness, loss_ahead, loss_along
from ui.limits import USUAL_FILM_BYTES
from ui.links.view import COLORS, HORIZONS, LOSS_SCALES, NUDGES, SCALES, TABS, WHOLE_STEP, View
from ui.memory import remembered
from ui.text.code import code_setting, formula_lines
from ui.text.conventions import USUAL, Convention, as_written, convention_data
from ui.text.formulas import activation_formula, loss_formula
from ui.text.glossary import glossary_data
from ui.text.numbers import exact, field_name
from ui.text.stages import stage_texts

SCALARS = ("loss", "loss_after", "loss_predicted")
NODE_ARRAYS = ("a", "z", "derivative", "da", "delta")
POSITIONS = (200, 100)
DECIMALS = 12
# On a logarithmic slider twenty positions a decade, each with two digits: 0.45, 0.5, 0.56, …
POSITIONS_PER_DECADE = 20


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


def frame_layout(network: Network) -> dict[str, int]:
    """Return where each quantity starts in a frame: three scalars, five node arrays, then dL/dθ."""
    layout = {name: place for place, name in enumerate(SCALARS)}
    nodes = sum(network.widths)
    layout |= {name: len(SCALARS) + place * nodes for place, name in enumerate(NODE_ARRAYS)}
    layout["gradient"] = len(SCALARS) + len(NODE_ARRAYS) * nodes
    layout["length"] = layout["gradient"] + network.n_parameters
    return layout


def frames(network: Network, step: Step) -> Array:
    """Return a step's frames (..., length), laid out as by `frame_layout`, for its first sample.

    The inputs have no z, f'(z) and δ; their places hold 0.
    """
    layout = frame_layout(network)
    lead = np.broadcast_shapes(step.loss.shape, step.loss_after.shape)
    result = np.zeros((*lead, layout["length"]))
    for name in SCALARS:
        result[..., layout[name]] = getattr(step, name)
    layers = zip(network.activations, step.trace.z, step.trace.a[1:], strict=True)
    derivative = [ACTIVATIONS[name].derivative(z, a) for name, z, a in layers]
    inputs = np.zeros((1, network.widths[0]))
    columns = {
        "a": step.trace.a,
        "z": (inputs, *step.trace.z),
        "derivative": (inputs, *derivative),
        "da": step.gradient.da,
        "delta": (inputs, *step.gradient.delta),
    }
    for name, arrays in columns.items():
        place = layout[name]
        for array in arrays:
            result[..., place : place + array.shape[-1]] = array[..., 0, :]
            place += array.shape[-1]
    result[..., layout["gradient"] :] = step.gradient.theta
    return result


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
                step=_distance(quantity, low, high, count),
                scale="log" if _is_logarithmic(quantity) else "linear",
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


def slider_range(exercise: Exercise, quantity: Quantity) -> tuple[float, float]:
    """Return the interval of a quantity's slider: the usual one, widened until it holds the value.

    A logarithmic one is of whole decades.
    """
    low, high = _usual_range(exercise, quantity)
    value = exercise.value(quantity)
    if _is_logarithmic(quantity):
        exponent = math.log10(value)
        # Below the smallest numbers there is no power of ten.
        return min(low, 10.0 ** math.floor(exponent) or value), max(high, 10.0 ** math.ceil(exponent))
    if value > high:
        high = _round_up(value)
    if value < low:
        low = -_round_up(-value)
    if low < 0:
        high = max(high, -low)
        low = -high
    return low, high


def _is_logarithmic(quantity: Quantity) -> bool:
    """Return whether a slider has decades: of the learning rate too small and diverging are far apart."""
    return quantity.kind == "eta"


def _usual_range(exercise: Exercise, quantity: Quantity) -> tuple[float, float]:
    if quantity.kind == "eta":
        return 1e-3, 100.0
    if quantity.kind == "x":
        return -1.0, 1.0
    if quantity.kind == "y":
        low, high = ACTIVATIONS[exercise.network.activations[-1]].bounds
        loss_low, loss_high = LOSSES[exercise.network.loss].bounds
        return max(low, loss_low, -2.0), min(high, loss_high, 2.0)
    return -2.0, 2.0


def _round_up(value: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20, … that is at least `value`."""
    power = 10.0 ** math.floor(math.log10(value))
    return min(power * digit for digit in (1, 2, 5, 10) if power * digit >= value)


def position_count(network: Network) -> int:
    """Return into how many steps a slider is divided: fine, unless its film would be too large."""
    fitting = [count for count in POSITIONS if film_bytes(network, count) <= USUAL_FILM_BYTES]
    return fitting[0] if fitting else POSITIONS[-1]


def film_bytes(network: Network, count: int) -> int:
    """Return about how many bytes a film of `count` steps takes on its way to the browser."""
    length = frame_layout(network)["length"] + 4
    return (count + 2) * length * 4 * 4 // 3 + 4000


def build_film(
    exercise: Exercise,
    quantity: Quantity,
    low: float,
    high: float,
    count: int | None = None,
    horizon: int | None = None,
    coarseness: Mapping[int, Coarseness] = COARSENESS,
) -> dict[str, Any]:
    """Return the film of a quantity over its slider's range, with its present value as one position.

    The range is divided into `count` steps, None meaning the slider's own. Frames are float32, curve and
    slope float64. With a `horizon`, one of HORIZONS, the film has the loss
    over so many next steps too, as coarse as stands in `coarseness`.
    """
    grid = _grid(quantity, low, high, count or position_count(exercise.network))
    positions = np.unique(np.append(grid, exercise.value(quantity)))
    with np.errstate(over="ignore", invalid="ignore"):
        film = sweep(exercise, quantity, positions)
        return {
            "control": quantity.id,
            "key": film_key(exercise, quantity, low, high, horizon),
            "positions": positions.tolist(),
            "frames": encode(frames(exercise.network, film.step), "<f4"),
            "curve": encode(film.curve, "<f8"),
            "slope": encode(film.slope, "<f8"),
            "future": horizon and loss_along(exercise, quantity, positions, horizon, coarseness[horizon]),
        }


def _grid(quantity: Quantity, low: float, high: float, count: int) -> Array:
    """Return the positions of a slider of `count` steps; a logarithmic one has no more than it needs."""
    if not _is_logarithmic(quantity):
        return np.linspace(low, high, count + 1).round(DECIMALS)
    powers = np.geomspace(low, high, _log_count(low, high, count) + 1)
    return np.unique([float(f"{power:.2g}") for power in powers])


def _distance(quantity: Quantity, low: float, high: float, count: int) -> float:
    """Return how far the positions of a slider are apart: of a logarithmic one, their decimal logarithms."""
    if not _is_logarithmic(quantity):
        return (high - low) / count
    return (math.log10(high) - math.log10(low)) / _log_count(low, high, count)


def _log_count(low: float, high: float, count: int) -> int:
    """Return into how many steps a logarithmic slider is divided: no finer than its numbers are written."""
    decades = math.log10(high) - math.log10(low)
    return min(count, round(decades * POSITIONS_PER_DECADE))


def film_key(
    exercise: Exercise, quantity: Quantity, low: float, high: float, horizon: int | None = None
) -> str:
    """Return a text that is the same for two exercises with the same film along `quantity`.

    Off the slider's grid the present value is a position of its own; it then stands behind an @.
    """
    value = exercise.value(quantity)
    others = exercise.with_values([(quantity.id, 1.0)])
    key = f"{quantity.id}-{zlib.crc32(repr((others, low, high, horizon)).encode()):08x}"
    grid = _grid(quantity, low, high, position_count(exercise.network))
    is_on_grid = np.abs(grid - value).min() < 1e-6 * (grid[1] - grid[0])
    return key if is_on_grid else f"{key}@{exact(value)}"


def _serves(held: str, key: str) -> bool:
    """Return whether a held film has all that the film of `key` has; a position more does no harm."""
    return held == key or ("@" not in key and held.split("@")[0] == key)


def requested_film(
    exercise: Exercise, request: Grabbed, held: str | None, horizon: int | None = None
) -> dict[str, Any] | None:
    """Return the film of the control that a browser has grabbed, or only its key where the browser holds it.

    A request for what is no number of the exercise brings None: it is a browser's, not a person's.
    """
    known = quantities_by_id(exercise.network)
    quantity = known.get(request.id)
    if quantity is None:
        return None
    low, high = slider_range(exercise, quantity)
    if (
        request.low is not None
        and request.high is not None
        and (request.low > 0 or not _is_logarithmic(quantity))
    ):
        low, high = min(low, request.low), max(high, request.high)
    key = film_key(exercise, quantity, low, high, horizon)
    if held and _serves(held, key):
        return {"key": held}
    return build_film(exercise, quantity, low, high, horizon=horizon)


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
