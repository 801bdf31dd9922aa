"""The fields in the popovers of the Training page, each bound to its place in the state."""

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from typing import Any

import streamlit as st

from ui.shell.messages import refuse
from ui.shell.widgets import bound, entered
from ui.text.numbers import exact, parse_number
from ui.training.actions import STORE, change, change_settings, open_state, plan, settings_now
from ui.training.bounds import EXACT, WHOLE
from ui.training.kept import chosen_table
from ui.training.state import Chosen, Training, without_columns

Part = str
# Where the fields of each part stand in the state.
_PATHS = {"data": "data.", "network": "", "view": "", "settings": "settings.", "rates": "settings.rates."}


def bound_to_table(chosen: Chosen) -> Chosen:
    """Return data whose columns were just chosen, bound to the example where these are its columns."""
    return replace(chosen, example=chosen.name == "own" and chosen_table(chosen) is None)


def shown_value(state: Training, part: Part, field: str) -> Any:
    """Return a field of the state; of the settings as they are at the shown step."""
    path = (_PATHS[part] + field).removeprefix("settings.")
    return attrgetter(path)(settings_now(state) if part in ("settings", "rates") else state)


def set_value(part: Part, field: str, value: Any) -> None:
    """Give a field another value, with what goes along with it; settings from the shown step on."""
    state = open_state()
    if value == shown_value(state, part, field):
        return
    if part == "view":
        plan(replace(state, **{field: value}))
        return
    now = settings_now(state)
    if part == "settings":
        change_settings(replace(now, **{field: value}))
    elif part == "rates":
        change_settings(replace(now, rates=replace(now.rates, **{field: value})))
    elif part == "data" and field == "target":
        # What was chosen beside another target goes with it.
        chosen = replace(without_columns(state.data), target=value)
        change(replace(state, data=bound_to_table(replace(chosen, example=state.data.example))))
    elif field == "initializer":
        change(replace(state, initializer=value, theta=()))
    elif part == "data":
        change(replace(state, data=replace(state.data, **{field: value})))
    else:
        change(replace(state, **{field: value}))


def render_choice(
    label: str,
    part: Part,
    field: str,
    options: list[str],
    show: Callable[[str], str],
    now: str | None = None,
) -> None:
    """Show a menu of names; `now` is the one that a usual value stands for."""
    state = STORE.read()
    key = f"training_{part}_{field}"
    value = shown_value(state, part, field) if now is None else now

    def take() -> None:
        set_value(part, field, entered(key))

    st.selectbox(label, options, format_func=show, **bound(key, value, take))


def render_switch(label: str, part: Part, field: str) -> None:
    """Show a checkbox."""
    state = STORE.read()
    key = f"training_{part}_{field}"
    st.checkbox(
        label,
        **bound(key, shown_value(state, part, field), lambda: set_value(part, field, entered(key))),
    )


def render_whole_number(label: str, part: Part, field: str, *, optional: bool = False) -> None:
    """Show a box for a whole number within its bounds; one that is `optional` may be empty."""
    state = STORE.read()
    low, high = WHOLE[_PATHS[part] + field]
    key = f"training_{part}_{field}"

    def take() -> None:
        number = entered(key)
        if number is None and not optional:
            STORE.notify(f"{label} is empty; it takes a number from {low} to {high:,}.")
        else:
            set_value(part, field, number)

    st.number_input(
        label,
        min_value=low,
        max_value=high,
        value=None,
        step=1,
        **bound(key, shown_value(state, part, field), take),
        placeholder="none",
    )


def render_exact_number(label: str, part: Part, field: str, *, optional: bool = False) -> None:
    """Show a box for a number as people write it: 0.5, 0,5, 1e-3 or 1/3."""
    state = STORE.read()
    low, high, above_low = EXACT[_PATHS[part] + field]
    key = f"training_{part}_{field}"
    value = shown_value(state, part, field)

    def take() -> None:
        text = str(entered(key))
        if optional and not text.strip():
            STORE.accept(key)
            set_value(part, field, None)
            return
        try:
            number = parse_number(text, label.split(":")[0].split(",")[0], low, high, above_low=above_low)
        except ValueError as error:
            STORE.reject(key, text, str(error))
            return
        STORE.accept(key)
        set_value(part, field, number)

    shown = "" if value is None else exact(value)
    st.text_input(
        label,
        **bound(key, shown_text(key, shown), take),
        placeholder="none" if optional else None,
    )
    render_refusal(key)


def shown_text(key: str, text: str) -> str:
    """Return what a box shows: the text that could not be taken, or else `text`."""
    return STORE.rejected[key].text if key in STORE.rejected else text


def render_refusal(key: str) -> None:
    """Show why the text of a box could not be taken, where that is so."""
    if key in STORE.rejected:
        refuse(STORE.rejected[key].message)
