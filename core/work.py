"""What work costs: predicted seconds of training, of its evaluation and of replays.

Every kind of operation has a cost a call and one a number that it goes over; a prediction is a sum of them.
The costs are those of one core of a cloud machine of 2024 and were fitted to 150 measured configurations.
`python -m benchmarks.work` prints predicted beside measured seconds for others, from 2-1 with batches of 1 to
eight wide layers with batches of 5,000; the predictions were 0.75 to 1.46 times what was measured.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.network import Network
from core.settings import Segment, Settings
from core.training import KEY_FRAMES


class Cost(NamedTuple):
    """What one kind of operation takes: microseconds a call, and nanoseconds a number it goes over."""

    call: float
    number: float = 0.0


class Share(NamedTuple):
    """What one kind of operation takes of some work: its cost, its calls, and the numbers of all of them."""

    cost: Cost
    calls: float
    numbers: float = 0.0

    @property
    def seconds(self) -> float:
        """Return the seconds it takes."""
        return self.calls * self.cost.call * 1e-6 + self.numbers * self.cost.number * 1e-9


STEP = Cost(3.2)
# The three products of a layer; a number is a multiplication.
LAYER = Cost(2.1, 0.36)
# To gather the samples of a batch, and to compute the loss.
SAMPLE = Cost(0, 26)
# Forward and backward.
ACTIVATION_COSTS = {
    "sigmoid": Cost(0.6, 0.1),
    "tanh": Cost(0.1, 0.6),
    "relu": Cost(0.8, 0.1),
    "leaky_relu": Cost(6.5, 4),
    "elu": Cost(5.8, 5.9),
    "softplus": Cost(8.3, 17.6),
    "gelu": Cost(6, 6.5),
    "sin": Cost(2.1, 12),
    "identity": Cost(2.4, 0.1),
    "softmax": Cost(9.5, 0.1),
}
OPTIMIZER_COSTS = {
    "gradient_descent": Cost(0),
    "momentum": Cost(1.5, 2.8),
    "nesterov": Cost(3, 2.8),
    "adagrad": Cost(3.3, 2.8),
    "rmsprop": Cost(6.1, 2.8),
    "adam": Cost(8.9, 2.8),
    "adamw": Cost(11.4, 2.8),
}
DROPOUT, DROPOUT_LAYER = Cost(19.4), Cost(5.9, 6.7)
PENALTY, CLIP = Cost(5.6), Cost(9.4)
# To put the samples into another order, once an epoch.
SHUFFLE = Cost(10, 25)
# What is done anew where training goes on after a pause: for a piece of a run, or a validation.
RESUME, RESUME_LAYER = Cost(166), Cost(19)
# The readable core, over samples: forward, and with the gradient; GELU with all its digits costs more.
FORWARD, WITH_GRADIENT = Cost(0, 22), Cost(0, 47)
FORWARD_GELU, WITH_GRADIENT_GELU = Cost(0, 56), Cost(0, 122)
# The inputs of the samples: of 64 pixels they, and dL/dx with the gradient, are more work than all units.
INPUT, INPUT_WITH_GRADIENT = Cost(0, 8), Cost(0, 18)
# A step of one sample by the readable core, as a replay takes it.
DESCENT, DESCENT_LAYER, DESCENT_LAYER_GELU = Cost(60), Cost(55), Cost(155)


def step_seconds(network: Network, settings: Settings, batch: int) -> float:
    """Return the seconds of one step of training on a batch of so many samples."""
    return _total(_step(network, settings, batch))


def resume_seconds(network: Network) -> float:
    """Return the seconds it takes to go on with a run, beside its steps."""
    return _total([Share(RESUME, 1), Share(RESUME_LAYER, len(network.shapes))])


def training_seconds(
    network: Network, settings: Settings, samples: int, steps: int, validated: int = 0
) -> float:
    """Return the seconds of some steps on so many samples, each epoch validated on `validated` others."""
    batch = min(settings.batch_size, samples)
    epochs = steps * batch / samples
    seconds = steps * step_seconds(network, settings, batch)
    if settings.shuffle and batch < samples:
        seconds += Share(SHUFFLE, epochs, epochs * samples).seconds
    if settings.patience is not None and validated:
        seconds += epochs * (resume_seconds(network) + evaluation_seconds(network, 1, validated))
    return seconds


def evaluation_seconds(network: Network, frames: int, samples: int, *, gradients: bool = False) -> float:
    """Return the seconds it takes to evaluate so many θ on so many samples, with gradients or without."""
    plain, gelu = (WITH_GRADIENT, WITH_GRADIENT_GELU) if gradients else (FORWARD, FORWARD_GELU)
    layers = zip(network.activations, network.widths[1:], strict=True)
    shares = [Share(gelu if name == "gelu" else plain, frames, frames * samples * n) for name, n in layers]
    inputs = INPUT_WITH_GRADIENT if gradients else INPUT
    return _total([*shares, Share(inputs, frames, frames * samples * network.widths[0])])


def segments_seconds(
    network: Network, segments: Sequence[Segment], samples: int, steps: int, validated: int = 0
) -> float:
    """Return the seconds of the first `steps` steps of a run, each with the settings of its segment."""
    ends = [*(segment.at for segment in segments[1:]), steps]
    lengths = [max(min(end, steps) - segment.at, 0) for segment, end in zip(segments, ends, strict=True)]
    trained = sum(
        training_seconds(network, segment.settings, samples, length, validated)
        for segment, length in zip(segments, lengths, strict=True)
    )
    return trained + (len(segments) - 1) * resume_seconds(network)


def run_seconds(
    network: Network, segments: Sequence[Segment], samples: int, test: int, steps: int, evaluated: int
) -> float:
    """Return the seconds of a run and of its key frames on at most `evaluated` samples of each kind."""
    frames = min(steps + 1, KEY_FRAMES)
    return (
        segments_seconds(network, segments, samples, steps, min(test, evaluated))
        + evaluation_seconds(network, frames, min(samples, evaluated), gradients=True)
        + evaluation_seconds(network, frames, min(test, evaluated))
    )


def replay_seconds(network: Network, steps: int) -> float:
    """Return the seconds it takes to replay so many steps on one sample."""
    layers = [DESCENT_LAYER_GELU if name == "gelu" else DESCENT_LAYER for name in network.activations]
    return steps * _total([Share(DESCENT, 1), *(Share(cost, 1) for cost in layers)])


def _step(network: Network, settings: Settings, batch: int) -> Iterator[Share]:
    yield Share(STEP, 1)
    multiplications = sum(n_in * n_out for n_in, n_out in network.shapes)
    yield Share(LAYER, len(network.shapes), batch * multiplications)
    yield Share(SAMPLE, 0, batch * (network.widths[0] + network.widths[-1]))
    for name, width in zip(network.activations, network.widths[1:], strict=True):
        yield Share(ACTIVATION_COSTS[name], 1, batch * width)
    yield Share(OPTIMIZER_COSTS[settings.optimizer], 1, network.n_parameters)
    if settings.dropout:
        hidden = network.widths[1:-1]
        yield Share(DROPOUT, 1)
        yield Share(DROPOUT_LAYER, len(hidden), batch * sum(hidden))
    if settings.l1 or settings.l2:
        yield Share(PENALTY, 1)
    if settings.clip is not None:
        yield Share(CLIP, 1)


def _total(operations: Iterator[Share] | list[Share]) -> float:
    return sum(operation.seconds for operation in operations)
