"""How the numbers of an exercise are shown: the part of a link that all pages with a live network share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from core.exercise import quantities
from core.network import Network
from core.stages import stages
from ui.links.codec import Parameter, field
from ui.links.query import choice, whole
from ui.text.conventions import CONVENTIONS, USUAL, Convention
from ui.text.numbers import DECIMALS, DIGITS, Precision

COLORS = {
    "gradient": "gradient",
    "weight_delta": "weight delta",
    "weight": "weight",
    "contribution": "contribution w·a",
}
SCALES = {"log": "log", "linear": "linear"}
LOSS_SCALES = {"linear": "linear", "log": "log"}
# How many steps the loss timeline looks ahead.
HORIZONS = (10, 100, 1000)
WHOLE_STEP = "all"
# What stands below the explanation of what is selected.
TABS = {"along": "Loss along it", "nudge": "Nudge", "code": "Code"}
# By how much a nudge moves a number: 1, 2 and 5 times the powers of ten, the largest first.
NUDGES = (0.1, *(float(f"{digit}e-{power}") for power in range(2, 9) for digit in (5, 2, 1)))


@dataclass(frozen=True, slots=True)
class View:
    """How the numbers are shown: names from COLORS, SCALES, LOSS_SCALES and CONVENTIONS, a selection, digits.

    `digits`, in DIGITS, are significant ones; `decimals`, in DECIMALS, fixes so many instead. `selected` is
    the id of a weight or bias (w1.2.1), of a unit (n1.2), or "none"; `stage` is the id of a stage (delta1),
    up to which the step is computed, or WHOLE_STEP; `predict` withholds its numbers until one is guessed.
    `hide` has names in HIDEABLE, of what a teacher has taken off the page. `horizon`, in HORIZONS, is how
    many steps ahead the loss is shown; `tab`, in TABS, is what stands below the explanation, and `nudge`, in
    NUDGES, the h of a nudge.
    """

    color: str = "gradient"
    scale: str = "log"
    labels: bool = True
    selected: str = "w1.1.1"
    digits: int = 6
    speak: str = USUAL.name
    hide: tuple[str, ...] = ()
    decimals: int | None = None
    loss_scale: str = "linear"
    horizon: int = 100
    stage: str = WHOLE_STEP
    predict: bool = False
    tab: str = "along"
    nudge: float = 1e-4

    @property
    def convention(self) -> Convention:
        """Return in which convention formulas, words and code are written."""
        return CONVENTIONS[self.speak]

    @property
    def withholds_results(self) -> bool:
        """Return whether numbers are to be predicted: results elsewhere on the page would give them away."""
        return self.predict and self.stage != WHOLE_STEP

    @property
    def precision(self) -> Precision:
        """Return how exactly numbers are shown."""
        return Precision(self.digits, self.decimals)


def selectable(network: Network) -> tuple[str, ...]:
    """Return the ids that can be selected: weights, biases, units (n0.1 is the first input) and none."""
    parameters = [quantity.id for quantity in quantities(network) if quantity.kind in "wb"]
    units = [f"n{layer}.{k + 1}" for layer, width in enumerate(network.widths) for k in range(width)]
    return (*parameters, *units, "none")


def selecting(view: View, name: str | None, network: Network) -> View:
    """Return a view of a network with `name` selected; what cannot be selected there leaves it as it is."""
    return replace(view, selected=name) if name in selectable(network) else view


def stage_names(network: Network) -> tuple[str, ...]:
    """Return the ids of the stages of a step, and WHOLE_STEP."""
    return (WHOLE_STEP, *(stage.id for stage in stages(network)))


def fitted(view: View, network: Network, usual: View = View()) -> View:
    """Return a view of a network: a selection or a stage that is not in it becomes that of `usual`."""
    if view.selected not in selectable(network):
        view = replace(view, selected=usual.selected)
    return view if view.stage in stage_names(network) else replace(view, stage=usual.stage)


def view_parameters(usual: Any) -> Iterator[Parameter[Any]]:
    """Return the parameters of a state with an exercise and a view, which `usual` is in an empty link."""
    yield _in_network(usual, "select", "view.selected", selectable)
    yield _in_network(usual, "stage", "view.stage", stage_names)
    for name, choices in (("color", COLORS), ("scale", SCALES)):
        yield field(usual, name, f"view.{name}", str, choice(name, choices))
    yield _switch(usual, "predict", "view.predict")
    yield _switch(usual, "labels", "view.labels")
    yield field(usual, "curve", "view.loss_scale", str, choice("curve", LOSS_SCALES))
    ahead = choice("ahead", [str(steps) for steps in HORIZONS])
    yield field(usual, "ahead", "view.horizon", str, lambda text: int(ahead(text)))
    yield field(usual, "tab", "view.tab", str, choice("tab", TABS))
    nudges = {_power(h): h for h in NUDGES}
    nudge = choice("h", nudges)
    yield field(usual, "h", "view.nudge", _power, lambda text: nudges[nudge(text)])
    yield field(usual, "digits", "view.digits", str, lambda text: whole(text, "digits", *DIGITS))
    yield field(usual, "decimals", "view.decimals", str, lambda text: whole(text, "decimals", *DECIMALS))
    yield field(usual, "speak", "view.speak", str, choice("speak", CONVENTIONS))


def _switch(usual: Any, name: str, path: str) -> Parameter[Any]:
    """Return the parameter of a field that is on or off."""
    switch = choice(name, ("on", "off"))
    return field(usual, name, path, lambda on: "on" if on else "off", lambda text: switch(text) == "on")


def _power(h: float) -> str:
    """Return the digit and the power of ten of a nudge: 1e-4."""
    return f"{h:.0e}".replace("e-0", "e-")


def _in_network(
    usual: Any, name: str, path: str, names: Callable[[Network], tuple[str, ...]]
) -> Parameter[Any]:
    """Return the parameter of a field that is one of the names which a network has."""
    parameter = field(usual, name, path, str, str)
    return replace(parameter, parse=lambda text, state: choice(name, names(state.start.network))(text))
