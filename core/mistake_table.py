"""The mistakes that learners make in one step of backprop, as one table.

Each is made by switches of `core/mistaken_pass.py`, so that its numbers are those of the network at hand.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from core.losses import LOSSES
from core.mistaken_pass import LOSSES_OF_ERROR, Switches
from core.network import Network

Layers = Literal["none", "output", "hidden", "behind_first", "all"]
Switch = tuple[str, int]


class Way(NamedTuple):
    """A way to make a mistake: switches that are on together, in all of some layers or in one of them."""

    switches: tuple[str, ...]
    layers: Layers


def _in_any(_network: Network) -> bool:
    return True


def _cancels(network: Network) -> bool:
    """Return whether f′ of the output and the slope of the loss cancel."""
    return LOSSES[network.loss].fused == network.activations[-1]


class Mistake(NamedTuple):
    """A mistake: what went wrong as one sentence, the question that leads to it, and the ways to make it.

    `is_of(network)` is whether there is room for it in a network, as far as its functions go.
    """

    name: str
    sentence: str
    question: str
    ways: tuple[Way, ...]
    is_of: Callable[[Network], bool] = _in_any


class Variant(NamedTuple):
    """One or more mistakes made in one way each, with all the switches that this takes."""

    mistakes: tuple[str, ...]
    switches: frozenset[Switch]

    def with_other(self, other: "Variant") -> "Variant":
        """Return the mistakes of both, made together."""
        return Variant(self.mistakes + other.mistakes, self.switches | other.switches)


def _matrix(switch: str) -> tuple[Way, ...]:
    """Return the ways to misread W: in both directions, or only in one."""
    forward, back = f"{switch}_forward", f"{switch}_back"
    return Way((forward, back), "all"), Way((forward,), "all"), Way((back,), "behind_first")


def _either_sign(switch: str, layers: Layers) -> tuple[Way, ...]:
    """Return the mistake over −δ and over δ."""
    return Way((f"{switch}_term",), layers), Way((f"{switch}_delta",), layers)


MISTAKES: dict[str, Mistake] = {
    mistake.name: mistake
    for mistake in (
        Mistake(
            "bias_left_out",
            "The bias is left out of z.",
            "What is added to the weighted sum before the activation function?",
            (Way(("bias_left_out",), "all"),),
        ),
        Mistake(
            "weights_transposed",
            "W is transposed: its numbers are read along the columns where they stand along the rows.",
            "Which unit does each row of W belong to, and which each column?",
            _matrix("transposed"),
        ),
        Mistake(
            "columns_swapped",
            "The units that W leads to are swapped: the first is taken for the last.",
            "Which of the weights of an input leads to the first unit?",
            _matrix("columns_reversed"),
        ),
        Mistake(
            "elementwise_product",
            "The product is taken element by element, without the sum over all units.",
            "How many weights lead to one unit, and do all of them take part?",
            _matrix("elementwise"),
        ),
        Mistake(
            "input_for_output",
            "The input z of a layer is used where its output a = f(z) belongs.",
            "What has a unit done with z before it passes a number on?",
            (Way(("z_as_input",), "behind_first"), Way(("activation_left_out",), "all")),
        ),
        Mistake(
            "sign_flipped",
            "The sign is flipped.",
            "Which way does the loss fall, and with which sign does the error enter: y − ŷ or ŷ − y?",
            (
                Way(("sign_of_error", "sign_of_da"), "none"),
                Way(("sign_of_da",), "none"),
                Way(("sign_of_delta",), "all"),
                Way(("sign_of_gradient",), "all"),
                Way(("sign_of_step",), "all"),
                Way(("sign_of_update",), "all"),
            ),
        ),
        Mistake(
            "minus_lost",
            "A minus sign is lost: a number that is below 0 is taken without its sign.",
            "Which of the numbers that go into this one are below 0?",
            (
                Way(("minus_of_z_lost",), "all"),
                Way(("minus_of_inputs_lost",), "all"),
                *_matrix("minus_of_weights_lost"),
            ),
        ),
        Mistake(
            "factor_two_kept",
            "A factor 2 is too much, as from a loss without its ½.",
            "Which constant stands before the derivative of this loss?",
            (Way(("loss_doubled", "error_doubled"), "none"), Way(("error_doubled",), "none")),
            lambda network: network.loss in LOSSES_OF_ERROR,
        ),
        Mistake(
            "slope_forgotten_output",
            "f′(z) is forgotten at the output.",
            "What lies between dL/dŷ and δ of the output?",
            (Way(("slope_forgotten",), "output"),),
        ),
        Mistake(
            "slope_forgotten_hidden",
            "f′(z) is forgotten in a hidden layer.",
            "What lies between dL/da and δ of a hidden unit?",
            (Way(("slope_forgotten",), "hidden"),),
        ),
        Mistake(
            "slope_of_activation_output",
            "f′ is taken at the activation a instead of at z, in the output layer.",
            "Where does f′ have to be taken, at z or at a?",
            (Way(("slope_of_activation",), "output"),),
        ),
        Mistake(
            "slope_of_activation_hidden",
            "f′ is taken at the activation a instead of at z, in a hidden layer.",
            "Where does f′ have to be taken, at z or at a?",
            (Way(("slope_of_activation",), "hidden"),),
        ),
        Mistake(
            "slope_of_error_output",
            "f′ is taken at the error, in the output layer: e(1 − e) for sigmoid.",
            "What are the two factors of δ at the output, and what does f′ depend on?",
            _either_sign("slope_of_error", "output"),
        ),
        Mistake(
            "slope_of_error_hidden",
            "f′ is taken at the error, in a hidden layer: e(1 − e) for sigmoid.",
            "What are the two factors of δ at a hidden unit, and what does f′ depend on?",
            _either_sign("slope_of_error", "hidden"),
        ),
        Mistake(
            "error_left_out",
            "The error is left out of δ: only f′ is there.",
            "How does δ of the output depend on how far ŷ is from y?",
            _either_sign("error_left_out", "output"),
        ),
        Mistake(
            "error_squared",
            "The error is squared in δ.",
            "What is the derivative of the squared error?",
            _either_sign("error_squared", "output"),
        ),
        Mistake(
            "jacobian_diagonal",
            "Of softmax's Jacobian only the diagonal is used.",
            "Which outputs change when one z of the softmax changes?",
            (Way(("diagonal_alone",), "output"),),
        ),
        Mistake(
            "slope_kept",
            "f′(z) of the output is multiplied in, where it cancels: δ there is ŷ − y.",
            "What is left of the slope of this loss times f′ at the output?",
            (Way(("slope_kept",), "output"),),
            _cancels,
        ),
        Mistake(
            "updated_weights",
            "The hidden δ is computed from weights that are already updated.",
            "Are the weights on the way back those from before the step or from after it?",
            (Way(("new_weights_back",), "behind_first"),),
        ),
        Mistake(
            "output_sent_back",
            "A layer’s output a is sent back instead of its δ.",
            "What does a layer pass back through its weights: what it put out, or its δ?",
            _either_sign("output_sent_back", "behind_first"),
        ),
        Mistake(
            "error_sent_back",
            "dL/da is sent back instead of δ.",
            "Has what is sent back through the weights been multiplied by f′?",
            (Way(("error_sent_back",), "behind_first"),),
        ),
        Mistake(
            "weight_left_out",
            "The weight is left out on the way back.",
            "What does δ pass on its way from a unit to the one before it?",
            (Way(("weight_left_out_back",), "behind_first"),),
        ),
        Mistake(
            "weight_for_input",
            "δ is multiplied by the weight, not by the weight's input.",
            "What does z change by when the weight changes a little?",
            (Way(("weight_as_input",), "all"),),
        ),
        Mistake(
            "learning_rate_forgotten",
            "The learning rate η is forgotten.",
            "What is the gradient multiplied by before it changes a weight?",
            (Way(("rate_left_out",), "all"),),
        ),
        Mistake(
            "fixed_bias_trained",
            "A bias is trained though it is held fixed.",
            "Which of the parameters does this step change?",
            (Way(("fixed_bias_moved",), "none"),),
        ),
    )
}


def right_ways(network: Network) -> list[Variant]:
    """Return the ways to compute a step without a mistake, which differ in what follows from own numbers.

    δ of the output comes from dL/dŷ · f′, or where that cancels from ŷ and y alone.
    """
    last = len(network.widths) - 1
    ways = [Variant((), frozenset())]
    if _cancels(network):
        ways.append(Variant((), frozenset({("through_da", last)})))
    return ways


def variants(network: Network, *, of_one_layer: bool = True) -> list[Variant]:
    """Return the mistakes that a network has room for, each in all of its layers and, if wanted, in each."""
    last = len(network.widths) - 1
    numbers: dict[Layers, range] = {
        "none": range(1),
        "output": range(last, last + 1),
        "hidden": range(1, last),
        "behind_first": range(2, last + 1),
        "all": range(1, last + 1),
    }
    found: list[Variant] = []
    for mistake in (each for each in MISTAKES.values() if each.is_of(network)):
        for way in mistake.ways:
            layers = list(numbers[way.layers])
            choices = [layers] if layers else []
            if of_one_layer and len(layers) > 1:
                choices += [[layer] for layer in layers]
            for choice in choices:
                switches = frozenset((switch, layer) for switch in way.switches for layer in choice)
                found.append(Variant((mistake.name,), switches))
    return found


def switches_of(rows: Sequence[Variant]) -> Switches:
    """Return the switches of a pass with one row a variant."""
    switches: dict[Switch, np.typing.NDArray[np.bool_]] = {}
    for row, variant in enumerate(rows):
        for switch in variant.switches:
            switches.setdefault(switch, np.zeros(len(rows), dtype=np.bool_))[row] = True
    return switches
