"""The words of the questions: what is asked, the answer in sentences with fields, and what to drag.

A field is filled from the facts of its question. A number is written with the chosen digits, "no|yes" is a
choice by whether something is so, and "down|same|up" one by which way it goes.
"""

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any, NamedTuple

from core.exercise import quantities_by_id
from core.question_facts import Facts
from core.questions import QUESTIONS
from ui.text.numbers import Precision, exact_on_screen, field_name, format_number
from ui.text.symbols import unbroken


class Words(NamedTuple):
    """A question, its answer with fields, and what to watch while the one thing worth dragging is dragged."""

    title: str
    answer: str
    watch: str


GROUPS: Mapping[str, tuple[str, ...]] = {
    "Deltas and gradients": ("delta-or-gradient", "which-sign", "z-or-a", "factor-two", "why-backward"),
    "Several outputs": ("old-or-new", "sum-over-outputs", "transpose", "softmax-delta"),
    "Several samples": ("one-over-m", "batch-mean", "sum-for-bias"),
    "Steps": ("learning-rate", "loss-rises", "zero-start"),
    "When nothing moves": ("saturation", "vanishing", "dead-unit", "xor"),
    "Checking": ("close-enough",),
}

WORDS: Mapping[str, Words] = {
    "delta-or-gradient": Words(
        "What is the difference between δ and a gradient?",
        "δ belongs to a unit: it is how fast the loss moves with the unit’s z, {delta} for h1. A gradient"
        " belongs to a weight: it is δ of the unit that the weight leads to, times the weight’s input, "
        "here {x}, which gives {gradient}.",
        "The gradients of all weights from x1 follow it, and are 0 where it is 0, whatever δ is.",
    ),
    "which-sign": Words(
        "Is the error t − o or o − t?",
        "Either, if the update has the sign that goes with it. With o − t, here ŷ − y = {slope}, the "
        "gradient of h1→ŷ is {gradient}, and Δw is −η times it; with t − o, here y − ŷ = {error}, one gets "
        "{minus_gradient}, and Δw is +η times it: {step} both ways.",
        "Where the target passes the prediction, every sign turns.",
    ),
    "z-or-a": Words(
        "Is f′ taken at z or at a?",
        "At z: f′ is how fast a = f(z) moves with z, and at z = {z} of h1 it is {slope}. For a sigmoid "
        "that can be written with a, as a(1 − a) for a = {a}, which is where the confusion comes from; f′"
        " taken at the place a would be {wrong}.",
        "z of h1 moves, and f′(z) of h1 with it: it is largest where z is 0.",
    ),
    "factor-two": Words(
        "Where does the 2 of the square go?",
        "The ½ of the loss cancels it: the derivative of ½(y − ŷ)² is ŷ − y = {halved}, that of (y − ŷ)² "
        "is {whole}. Without the ½ every gradient is twice as large, which comes to the same step as a "
        "learning rate of {twice_eta} in place of {eta}.",
        "dL/dŷ is as far from 0 as the prediction is from the target, with no factor.",
    ),
    "why-backward": Words(
        "Why backward and not forward?",
        "Forward, a pass with one number changed shows what that number does to the loss, so for "
        "{parameters} weights central differences take {passes} passes. Backward one pass is enough, as "
        "all {inputs} weights that lead to h1 share its δ = {delta}, and each multiplies it by its own "
        "input.",
        "The gradients of all weights into h1 move together: they have one δ.",
    ),
    "old-or-new": Words(
        "Do hidden units get their δ from the old or the new output weights?",
        "From the old ones: all gradients of a step belong to the same network, and δ of h1 there is "
        "{old}. With output weights that have already taken the step it would be {new}, part of it from "
        "the old network and part from the new.",
        "The longer the step, the farther old and new output weights are apart. δ of h1 does not move.",
    ),
    "sum-over-outputs": Words(
        "Why is there a sum over the outputs?",
        "h1 moves every output, and every output moves the loss: by w · δ = {one} through ŷ1 and by {two}"
        " through ŷ2. The loss moves by both together, so dL/da of h1 is their sum, {total}.",
        "Only the way through ŷ2 changes, and the sum with it.",
    ),
    "transpose": Words(
        "Why is the transpose there?",
        "Forward, an output collects along its column of W; back, a hidden unit collects along its row, "
        "for h1: {weight_one} times δ = {delta_one} and {weight_two} times δ = {delta_two}, together "
        "{total}. A product collects along the columns of its right factor, and the columns of Wᵀ are the"
        " rows of W; without it h1 would get {untransposed}.",
        "The weight is in the row of h1 and in the column of ŷ2.",
    ),
    "softmax-delta": Words(
        "Why is δ just ŷ − y for softmax?",
        "The loss has the slope −y/ŷ, and through softmax each z moves every ŷ; multiplied out, nearly "
        "all of it cancels and leaves δ = ŷ Σy − y. For ŷ2 = {y_hat}, y2 = {y} and Σy = {total} that is "
        "{delta}, and wherever the targets sum to 1 it is ŷ − y.",
        "One z moves all three predictions, and each δ follows its own.",
    ),
    "one-over-m": Words(
        "Where does the 1/m go?",
        "Into the slope of the loss, once: the mean over m samples has 1/m before every sample’s part. In"
        " a batch that has this sample {m} times each δ of ŷ is {in_batch} instead of {alone}, and their "
        "products with a of h1 add up to {of_batch}, the gradient of the sample alone.",
        "δ and gradient change in the same proportion: nothing is divided a second time.",
    ),
    "batch-mean": Words(
        "What is the gradient of a batch?",
        "The mean of its samples’ gradients, as its loss is the mean of their losses. For x1→h1 this "
        "sample gives {first}, one with x1 and x2 swapped and y1 and y2 swapped gives {second}, and the "
        "batch of both gives {batch}.",
        "Both samples contain the input, each at another place, and the mean moves with both.",
    ),
    "sum-for-bias": Words(
        "Why is the gradient of a bias a sum?",
        "One bias is added to z in every sample, so the loss moves by what it does in each of them. In a "
        "batch of this sample and one with x1 and x2 swapped and y1 and y2 swapped, δ of h1 is {first} and "
        "{second}, each with its ½ of the mean, and dL/db of h1 is {total}.",
        "dL/db stays the sum of both. For this sample alone it is δ, whatever x1 is: the input of a bias is"
        " always 1.",
    ),
    "learning-rate": Words(
        "What does the learning rate do?",
        "It makes a step of a slope: Δw = −η · dL/dw, for x1→h1 with η = {eta} and dL/dw = {gradient} "
        "that is {step}. The gradient does not depend on η, and with twice the learning rate the step is "
        "{twice}.",
        "Every Δw is in proportion to it, and no gradient depends on it.",
    ),
    "loss-rises": Words(
        "Why can the loss rise after a step?",
        "The gradient is the slope at the point where the weights are, and a step has a length. At η = "
        "{eta} the slope alone promises {predicted} after the step; the loss of {before} "
        "{change:falls to|stays at|rises to} {after}.",
        "From a very small η to a large one: the loss after the step falls at first, then turns, and rises"
        " above the loss now.",
    ),
    "zero-start": Words(
        "Why not start with all weights at 0?",
        "Hidden units with the same weights get the same gradients and stay the same{alike:, but h1 and "
        "h2 have different weights now|}: x1→h1 has {one} and x1→h2 has {two}. And while the weights to the "
        "output are 0 nothing comes back at all, as dL/da is w · δ, here {back} for h1.",
        "A weight to the output that is not 0 gives the hidden unit that it comes from a δ of its own.",
    ),
    "saturation": Words(
        "Why is the gradient almost 0 although the answer is wrong?",
        "δ is the error times f′, and where z is far from 0 f is flat and f′ small: ŷ − y = {error} times"
        " f′ = {slope} leaves {delta}. With cross-entropy f′ cancels, and δ would be {other}.",
        "The nearer z is to 0, the larger is f′, and the more of the error is left in δ.",
    ),
    "vanishing": Words(
        "Why do the first layers learn so slowly?",
        "From layer to layer δ is multiplied by a weight and by f′, and f′ of a sigmoid is never more "
        "than ¼. Here δ = {last} of the output goes through {count} such pairs, which come to {ratio}, "
        "and {first} is left for the first unit.",
        "A weight further from 0 helps less than it grows: it puts the next z further from 0 too, where "
        "f′ is smaller.",
    ),
    "dead-unit": Words(
        "What is a dead ReLU?",
        "A unit whose z is above 0 in no sample: it passes nothing on, its slope is 0, and so are its δ "
        "and the gradients of all weights into it. {dead:h2 is alive now: its z is|Here z of h2 is} "
        "{z}, so f′ is {slope}{silent:|, but ŷ, a ReLU too, is dead now and sends nothing back}; δ is "
        "{delta} and dL/dw of x1→h2 is {gradient}{dead:|; no step on this sample can change that}.",
        "Where z of h2 rises above 0 the unit comes to life: f′ becomes 1, and what ŷ sends back passes.",
    ),
    "xor": Words(
        "Why is XOR stuck without a hidden layer?",
        "One unit divides the plane by one straight line, and no line has (0, 1) and (1, 0) on one side "
        "and (0, 0) and (1, 1) on the other. Over these four samples the mean loss of this unit is "
        "{loss}, and no weights bring it below log 2 = {least}, where all are 0 and the four gradients "
        "cancel.",
        "The farther it rises above 0, the lower this sample’s own loss and the higher the mean loss of the"
        " four.",
    ),
    "close-enough": Words(
        "How close is close enough in a gradient check?",
        "Central differences are off by about h² while h is large, and by rounding, which grows as 1/h, "
        "once it is small: for x1→h1 the relative error is {large} at h = 0.01, {middle} at 0.00001 and "
        "{small} at 1e−10. At the best h, an error below about 1e−7 is rounding; a slip in a formula is "
        "rarely below 1e−3.",
        "All three errors move, and the middle h stays the best. In the tab Nudge h itself can be made "
        "smaller: ΔL/h comes closer to the gradient, then parts from it.",
    ),
}
# No line ends inside a point, or beside what is equal.
_UNBROKEN = re.compile(r" (?==)|(?<==) |(?<=\(\d,) ")
ORDER: tuple[str, ...] = tuple(name for names in GROUPS.values() for name in names)


class _Filling(Formatter):
    def __init__(self, precision: Precision) -> None:
        self._precision = precision

    def format_field(self, value: Any, spec: str) -> str:
        if isinstance(value, bool):
            return spec.split("|")[int(value)]
        if isinstance(value, int):
            return spec.split("|")[value + 1] if spec else str(value)
        # What has fewer digits than are shown needs no zeros behind them.
        return min(format_number(value, self._precision), exact_on_screen(value), key=len)


def answer(name: str, facts: Facts, precision: Precision) -> str:
    """Return the answer to a question with its fields filled."""
    text = _Filling(precision).vformat(WORDS[name].answer, (), facts)
    return unbroken(_UNBROKEN.sub("\N{NO-BREAK SPACE}", text))


def to_drag(name: str) -> str:
    """Return the sentence that names what is worth dragging at a question."""
    question = QUESTIONS[name]
    dragged = field_name(quantities_by_id(question.exercise.network)[question.drag])
    return f"Drag {dragged[0].lower()}{dragged[1:]}."


def fields(name: str) -> set[str]:
    """Return the names of the fields of an answer."""
    return {field for _, field, _, _ in Formatter().parse(WORDS[name].answer) if field}
