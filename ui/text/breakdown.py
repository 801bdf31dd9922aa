"""The sentences that describe how a run of training broke down, why, and what to try."""

from collections.abc import Sequence

import numpy as np

from core.activations import ACTIVATIONS
from core.diagnosis import Breakdown
from core.network import Network
from core.optimizers import OPTIMIZERS
from core.settings import Settings
from ui.text.numbers import Precision, count, exact_on_screen, format_number

_PRECISION = Precision(4)
# Of a size only the order matters.
_ROUGH = Precision(2)


def describe_breakdown(
    found: Breakdown,
    network: Network,
    settings: Settings,
    *,
    columns: Sequence[str],
    samples: str,
    remedies: dict[str, str],
) -> list[str]:
    """Return what happened, which units are off for which `samples`, and the cause with what to try.

    `columns` names the inputs, then the outputs; `remedies` has the ways out of the causes "scale" and
    "start".
    """
    sentences = [_happened(found), _off(found, network, samples)]
    return [*filter(None, sentences), _cause(found, network, settings, columns, remedies)]


def _happened(found: Breakdown) -> str:
    if not found.exploded:
        return (
            f"Since step {found.step:,} no gradient passes layer {found.layer}, so the weights up to it do "
            f"not learn; the loss is still {format_number(found.end_loss, _PRECISION)}."
        )
    return (
        f"The loss exploded at step {found.step:,}, first in layer {found.layer}: it was "
        f"{format_number(found.start_loss, _PRECISION)} at the start, {_number(found.largest_loss)} at most."
    )


def _off(found: Breakdown, network: Network, samples: str) -> str | None:
    parts, words, total = [], [], 0
    for layer, (off, units, name) in enumerate(
        zip(found.blocked, network.widths[1:], network.activations, strict=True), start=1
    ):
        if off:
            total += off
            parts.append(f"{off} of {count(units, 'unit')} of layer {layer}")
            bounded = bool(np.all(np.isfinite(ACTIVATIONS[name].bounds)))
            words.append("saturated" if bounded else "off")
    if not parts:
        return None
    listed = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    verb = "is" if total == 1 else "are"
    return f"{listed} {verb} {' or '.join(sorted(set(words)))} for {samples} (f′ ≈ 0)."


def _cause(
    found: Breakdown,
    network: Network,
    settings: Settings,
    columns: Sequence[str],
    remedies: dict[str, str],
) -> str:
    if found.cause == "penalty":
        return _penalty(settings)
    if found.cause == "scale":
        what = "input" if found.column < network.widths[0] else "target"
        size = format_number(found.size, _ROUGH)
        return (
            f"Cause: the size of the {what} {columns[found.column]}, about {size}, where 1 is usual. "
            f"{remedies['scale']}"
        )
    if found.cause == "start":
        return f"Cause: the initial weights, with which this was so from the start. {remedies['start']}"
    rate = settings.learning_rate
    smaller = min(rate / 10, OPTIMIZERS[settings.optimizer].usual_learning_rate)
    round_rate = float(f"{smaller:.2g}")
    return f"Cause: the learning rate. Try {exact_on_screen(round_rate)} instead of {exact_on_screen(rate)}."


def _penalty(settings: Settings) -> str:
    decayed = "weight_decay" in OPTIMIZERS[settings.optimizer].uses
    name = "weight decay" if decayed else "L2 penalty"
    factor = settings.rates.weight_decay if decayed else settings.l2
    product = settings.learning_rate * factor
    effect = "it alone makes every weight grow from step to step"
    if decayed or settings.optimizer == "gradient_descent":
        kept = format_number(1 - product, _PRECISION)
        effect = f"it alone multiplies every weight by 1 − η·λ = {kept} at each step"
    return (
        f"Cause: the {name}. With η·λ = {format_number(product, _PRECISION)} {effect}. Try a smaller λ or η."
    )


def _number(value: float) -> str:
    return format_number(value, _PRECISION) if np.isfinite(value) else "out of range"
