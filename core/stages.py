"""The stages of one step, in the order of the pass: what each computes from those before it."""

from typing import NamedTuple

from core.derivation import LOSS, Formula, derive
from core.expressions import Symbol
from core.network import Network

INPUTS, LOSS_AFTER = "x", "loss_after"
# Which stage each array of a layer belongs to, where that is not its own.
_WITH = {"slope": "delta", "db": "dW"}


class Stage(NamedTuple):
    """A stage of a step: its id, such as z1 or delta1, and the formulas of what is computed in it.

    The first stage, the inputs, and the last, the loss after the step, compute nothing within the step.
    """

    id: str
    formulas: tuple[Formula, ...] = ()

    @property
    def writes(self) -> tuple[Symbol, ...]:
        """Return the arrays that are computed in this stage."""
        return tuple(formula.left for formula in self.formulas)

    @property
    def name(self) -> str:
        """Return the id without its layer: z, a, loss, da, delta, dW, step, new."""
        return self.id.rstrip("0123456789")


def stages(network: Network, *, sums_to_one: bool = False, train_biases: bool = True) -> tuple[Stage, ...]:
    """Return the stages of one step on one sample.

    Inputs; z and a of each layer; the loss; dL/dŷ; then from the last layer back δ with f′, dL/dW with
    dL/db, and dL/da of the layer before; Δw and w + Δw of all layers; the loss after the step.
    """
    found: dict[str, list[Formula]] = {}
    for formula in derive(network, sums_to_one=sums_to_one, train_biases=train_biases):
        stage = _stage_of(formula.left)
        if stage is not None:
            found.setdefault(stage, []).append(formula)
    passes = [Stage(name, tuple(formulas)) for name, formulas in found.items()]
    return (Stage(INPUTS), *passes, Stage(LOSS_AFTER))


def _stage_of(symbol: Symbol) -> str | None:
    match symbol:
        case Symbol("da", 0):
            # What the inputs could do for the loss changes no weight.
            return None
        case Symbol(name) if name.startswith("step_"):
            return "step"
        case Symbol(name) if name.startswith("new_"):
            return "new"
        case _ if symbol == LOSS:
            return "loss"
        case Symbol(name, layer):
            return f"{_WITH.get(name, name)}{layer}"
