"""Numbers as a source prints them, each judged by its digits beside the one that the program computes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from core.activations import ACTIVATIONS
from core.answers import Typed
from core.digits import Digits
from core.exercise import Exercise
from core.losses import LOSSES
from core.mistake_table import variants
from core.mistakes import Judgement, Verdict, diagnose
from core.typed_sheet import typed_sheet


class Printed(NamedTuple):
    """A number as a source prints it: what it is called there, its digits, and the id of its quantity.

    The ids are those of `diagnose`, and those of `parts_of_step`.
    """

    name: str
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class PublishedSheet:
    """What a source prints of one step of an exercise, in the source's order."""

    title: str
    exercise: Exercise
    printed: tuple[Printed, ...]


class Checked(NamedTuple):
    """A printed number with the verdict on it, which has the number that the program computes."""

    printed: Printed
    verdict: Verdict


def check_sheet(sheet: PublishedSheet) -> tuple[Checked, ...]:
    """Return the verdict on every number of a sheet, in its order, each judged beside all others.

    Raises ValueError for an id that stands for nothing in the sheet's network.
    """
    parts = parts_of_step(sheet.exercise)
    answers = {printed.id: printed.text for printed in sheet.printed if printed.id not in parts}
    judged = {verdict.quantity: verdict for verdict in diagnose(sheet.exercise, answers)}
    for printed in sheet.printed:
        if printed.id in parts:
            judged[printed.id] = _judge(printed, parts[printed.id])
    return tuple(Checked(printed, judged[printed.id]) for printed in sheet.printed)


def parts_of_step(exercise: Exercise) -> dict[str, float]:
    """Return the parts of a step that sources print and that are no quantity of their own, by id.

    `loss.1` is what the first output adds to the loss, `slope2.1` is f′ of a unit, `back2.1.1` is w·δ, what
    a unit sends back through one weight.
    """
    network, step = exercise.network, exercise.step()
    loss = LOSSES[network.loss]
    shares = loss.element(step.trace.a[-1], exercise.y_array)[0] * loss.scale(exercise.y_array)
    parts = {f"loss.{k}": float(share) for k, share in enumerate(shares, start=1)}
    layers = zip(
        network.activations,
        network.layers(exercise.theta_array),
        step.trace.z,
        step.trace.a[1:],
        step.gradient.delta,
        strict=True,
    )
    for layer, (name, (W, _), z, a, delta) in enumerate(layers, start=1):
        slopes = ACTIVATIONS[name].derivative(z, a)[0]
        parts |= {f"slope{layer}.{k}": float(slope) for k, slope in enumerate(slopes, start=1)}
        for (row, column), sent in np.ndenumerate(W * delta):
            parts[f"back{layer}.{row + 1}.{column + 1}"] = float(sent)
    return parts


def _judge(printed: Printed, expected: float) -> Verdict:
    typed = Typed.of(Decimal(printed.text))
    digits, number = Digits.of([typed]), np.array([expected])
    judgement: Judgement = "wrong"
    is_cut_off = False
    if digits.are(number)[0]:
        judgement = "exact"
    elif digits.are_rounded(number)[0]:
        judgement = "rounded"
    elif digits.are_noisy(number)[0]:
        judgement = "noise"
    elif digits.are_cut_off(number)[0]:
        judgement, is_cut_off = "rounded", True
    return Verdict(
        printed.id, judgement, expected, typed.value, expected, typed.unit, typed.digits, is_cut_off
    )


def led_to(sheet: PublishedSheet, printed: Printed, mistake: str) -> float:
    """Return the number that a mistake of MISTAKES leads to, of its ways the one nearest to that printed."""
    network = sheet.exercise.network
    ways = [variant for variant in variants(network) if variant.mistakes == (mistake,)]
    typed = typed_sheet(sheet.exercise, {printed.id: Typed.of(Decimal(printed.text))})
    numbers = typed.computed(ways, np.zeros(1, dtype=np.bool_))[:, 0]
    return float(numbers[np.argmin(np.abs(numbers - typed.digits.value[0]))])
