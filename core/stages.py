"""The stages of one step, in the order of the pass: what each computes from those before it."""

from typing import NamedTuple

from core.derivation import Formula, derive
from core.expressions import Symbol
from core.network import Network

INPUTS, LOSS_AFTER = "x", "loss_after"
# Which stage each array of a layer belongs to, where that is not its own.
_WITH = {"slope": "delta", "db": "dW"}


class Stage(NamedTuple):
    """A stage of a step: x, z, a, loss, da, delta, dW, step, new or loss_after, and the layer that it is of.

    `formulas` are those of what is computed in it. The first stage, the inputs, and the last, the loss after
    the step, compute nothing within the step; as the loss and what is of all layers, they are of layer 0.
    """

    name: str
    layer: int = 0
    formulas: tuple[Formula, ...] = ()

    @property
    def id(self) -> str:
        """Return the name with its layer, if it is of one: z1, delta1, loss."""
        return f"{self.name}{self.layer or ''}"

    @property
    def writes(self) -> tuple[Symbol, ...]:
        """Return the arrays that are computed in this stage."""
        return tuple(formula.left for formula in self.formulas)


def stages(network: Network, *, sums_to_one: bool = False, train_biases: bool = True) -> tuple[Stage, ...]:
    """Return the stages of one step on one sample.

    Inputs; z and a of each layer; the loss; dL/dŷ; then from the last layer back δ with f′, dL/dW with
    dL/db, and dL/da of the layer before; Δw and w + Δw of all layers; the loss after the step.
    """
    found: dict[tuple[str, int], list[Formula]] = {}
    for formula in derive(network, sums_to_one=sums_to_one, train_biases=train_biases):
        stage = _stage_of(formula.left)
        if stage is not None:
            found.setdefault(stage, []).append(formula)
    passes = [Stage(name, layer, tuple(formulas)) for (name, layer), formulas in found.items()]
    return (Stage(INPUTS), *passes, Stage(LOSS_AFTER))


def _stage_of(symbol: Symbol) -> tuple[str, int] | None:
    """Return the name and layer of the stage in which an array is computed; None where it is in no stage."""
    match symbol:
        case Symbol("da", 0):
            # What the inputs could do for the loss changes no weight.
            return None
        case Symbol(name) if name.startswith("step_"):
            return "step", 0
        case Symbol(name) if name.startswith("new_"):
            return "new", 0
        case Symbol(name, layer):
            return _WITH.get(name, name), layer
