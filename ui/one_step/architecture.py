"""The popover where the architecture, the loss and the initial weights are chosen."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from core.activations import ACTIVATIONS
from core.exercise import Exercise
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import Network
from ui.limits import MAX_HIDDEN_LAYERS, MAX_SEED, MAX_UNITS
from ui.links.fitting import BIASES, DEFAULT_SEED, bias_mode, one_hot, rebuild
from ui.one_step.actions import STORE, commit, open_state, replayed
from ui.one_step.state import OneStep, randomize, restart
from ui.shell.widgets import bound, entered, run_page
from ui.text.formulas import loss_formula
from ui.text.numbers import exact_on_screen

T = TypeVar("T")

POPOVER = "architecture"
HIDDEN = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]


def render_architecture(state: OneStep, exercise: Exercise) -> None:
    """Show the popover for the exercise on the screen; every choice takes effect at once.

    Its widgets are there only while it is open: a release of a slider need not wait for them.
    """
    popover = st.popover("Architecture", icon=":material/account_tree:", key=POPOVER, on_change=run_page)
    if popover.open:
        with popover:
            shown = _choices(exercise)
            _render_layers(shown, len(exercise.network.widths) - 1)
            _render_loss(shown, exercise.network)
            _render_initial_weights(state)


def _choices(exercise: Exercise) -> dict[str, Any]:
    """Return what each widget of the network shows for an exercise, by its key."""
    network = exercise.network
    return {
        "arch_hidden": len(network.widths) - 2,
        **{f"arch_units_{layer}": units for layer, units in enumerate(network.widths)},
        **{f"arch_f_{layer}": name for layer, name in enumerate(network.activations, start=1)},
        "arch_loss": network.loss,
        "arch_bias": bias_mode(exercise),
    }


def _bound(shown: Mapping[str, Any], key: str) -> dict[str, Any]:
    return bound(key, shown[key], _change, key)


def _render_layers(shown: Mapping[str, Any], last: int) -> None:
    st.segmented_control(
        "Hidden layers",
        range(MAX_HIDDEN_LAYERS + 1),
        **_bound(shown, "arch_hidden"),
        required=True,
    )
    for layer in range(last + 1):
        units, activation = st.columns([2, 3], gap="small")
        units.number_input(
            _layer_name(layer, last),
            min_value=1,
            max_value=MAX_UNITS,
            value=None,
            **_bound(shown, f"arch_units_{layer}"),
        )
        if layer:
            activation.selectbox(
                "Activation",
                list(ACTIVATIONS) if layer == last else HIDDEN,
                format_func=lambda name: ACTIVATIONS[name].label,
                **_bound(shown, f"arch_f_{layer}"),
            )


def _render_loss(shown: Mapping[str, Any], network: Network) -> None:
    st.selectbox(
        "Loss",
        list(LOSSES),
        format_func=lambda name: f"{LOSSES[name].label}: {loss_formula(LOSSES[name])}",
        **_bound(shown, "arch_loss"),
    )
    advice = loss_advice(network)
    if advice:
        st.caption(advice)
    st.segmented_control(
        "Biases",
        list(BIASES),
        format_func=BIASES.__getitem__,
        **_bound(shown, "arch_bias"),
        required=True,
    )


def _render_initial_weights(state: OneStep) -> None:
    initializer, seed = st.columns([3, 2], gap="small")
    initializer.selectbox(
        "Initial weights",
        list(INITIALIZERS),
        format_func=lambda name: INITIALIZERS[name].label,
        **bound("arch_init", state.initializer, _choose_initializer),
    )
    seed.number_input(
        "Seed",
        min_value=0,
        max_value=MAX_SEED,
        value=None,
        placeholder="by hand",
        **bound("arch_seed", state.seed, _enter_seed),
    )


def _layer_name(layer: int, last: int) -> str:
    if layer == 0:
        return "Inputs"
    return "Outputs" if layer == last else f"Units, layer {layer}"


def loss_advice(network: Network) -> str | None:
    """Return a sentence where loss and output activation do not suit each other, else None."""
    output, loss = network.activations[-1], LOSSES[network.loss]
    if output == "softmax" and network.widths[-1] == 1:
        return "Softmax of one unit is always 1: take two outputs, or a sigmoid with binary cross-entropy."
    if loss.fused and loss.fused != output:
        wanted = ACTIVATIONS[loss.fused].label.lower()
        return f"In {loss.label.lower()} ŷ is a probability: use {wanted} outputs."
    return None


def _change(key: str) -> None:
    """Rebuild the network with what was chosen in one widget, keeping every number that still has a place.

    The other widgets may show a state from before an Undo that is not on the screen yet.
    """
    state = open_state()
    exercise = replayed(state).exercise
    choices, chosen = _choices(exercise), entered(key)
    last = len(exercise.network.widths) - 1
    if key not in choices:
        return
    if chosen is None:
        name = _layer_name(int(key.removeprefix("arch_units_")), last)
        STORE.notify(f"{name} is empty; it takes a number from 1 to {MAX_UNITS}.")
        return
    choices[key] = chosen
    network = _build_network(choices, last)
    seed = DEFAULT_SEED if state.seed is None else state.seed
    start = rebuild(exercise, network, choices["arch_bias"] != "fixed", state.initializer, seed)
    if start == exercise:
        return
    commit(restart(state, start))
    notes = _moved_targets(exercise, start)
    if state.history.current.end:
        notes.append("Training starts again at step 0 with the numbers shown; Undo brings the steps back.")
    if notes:
        STORE.notify(" ".join(notes))


def _build_network(choices: Mapping[str, Any], last: int) -> Network:
    """Return the network of the choices, where `last` is the output layer of the present one."""
    units = [choices[f"arch_units_{layer}"] for layer in range(last + 1)]
    functions = [choices[f"arch_f_{layer}"] for layer in range(1, last + 1)]
    hidden = choices["arch_hidden"]
    return Network(
        (units[0], *_stretch(units[1:-1] or units[-1:], hidden), units[-1]),
        (*_stretch(functions[:-1] or ["sigmoid"], hidden), functions[-1]),
        choices["arch_loss"],
        choices["arch_bias"] != "none",
    )


def _stretch(values: list[T], length: int) -> list[T]:
    """Return the values cut to `length`, or with the last one repeated: new layers take after it."""
    return (values + values[-1:] * length)[:length]


def _moved_targets(before: Exercise, after: Exercise) -> list[str]:
    """Return a sentence that names the targets moved into what the new loss allows, if any were."""
    pairs = enumerate(zip(before.y, after.y, strict=False), start=1)
    moved = [
        f"y{k} from {exact_on_screen(old)} to {exact_on_screen(new)}" for k, (old, new) in pairs if old != new
    ]
    if after.network.activations[-1] == "softmax" and after.y == one_hot(after.y) and moved:
        return [f"Softmax takes targets that sum to 1, the largest became 1: moved {', '.join(moved)}."]
    low, high = LOSSES[after.network.loss].bounds
    return [f"This loss takes targets from {low:g} to {high:g}: moved {', '.join(moved)}."] if moved else []


def _choose_initializer() -> None:
    state = open_state()
    _draw(state, entered("arch_init"), state.seed)


def _enter_seed() -> None:
    state = open_state()
    _draw(state, state.initializer, entered("arch_seed"))


def _draw(state: OneStep, initializer: str, seed: int | None) -> None:
    """Draw new initial weights by an initializer and a seed; without a seed they stay as they are."""
    if seed is None:
        commit(replace(state, seed=None, initializer=initializer))
    else:
        commit(randomize(state, replayed(state).exercise, initializer, int(seed)))
