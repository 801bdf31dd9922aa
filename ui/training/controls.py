"""The controls of the Training page that are not in the panel beside the drawing: data, and the rest.

A popover's widgets are there only while it is open. Every choice goes into the link at once.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

import streamlit as st

from core.activations import ACTIVATIONS
from core.data import DATASETS
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.schedules import SCHEDULES
from ui.limits import MAX_PASTED, MAX_TRAINING_STEPS
from ui.shell.messages import note, refuse
from ui.shell.run_context import take_upload
from ui.shell.visit import keep, recall
from ui.shell.widgets import bound, entered, of_the_page, run_page
from ui.text.formulas import loss_formula
from ui.text.numbers import exact, parse_number
from ui.text.symbols import explain_symbols
from ui.training.actions import (
    DATA_MENU,
    STORE,
    begun_anew,
    change,
    change_points,
    change_settings,
    open_state,
    plan,
    remove_last_point,
    settings_now,
)
from ui.training.bounds import EXACT, WHOLE
from ui.training.changes import describe_entry
from ui.training.data import TrainingData
from ui.training.entries import entry_sentence, is_as_brought, take_all
from ui.training.example import EXAMPLE
from ui.training.kept import UNPACKING, awaits_table, chosen_table, open_data
from ui.training.link import join_names, split_names
from ui.training.own_data import DataTable
from ui.training.packed_table import PackedTable
from ui.training.pending_import import offer_table
from ui.training.real_data import real_table
from ui.training.run import loss_of, output_activation, why_not
from ui.training.state import (
    OWN,
    PICTURES,
    REAL,
    TASKS,
    UNITS,
    Chosen,
    Training,
    data_label,
    without_columns,
)
from ui.training.table_choice import used_columns, usual_target, why_not_inputs
from ui.training.table_editor import render_table_editor
from ui.training.weights_box import render_weights_box

Part = str
UPLOAD = "training_csv"
PASTE = "training_paste"
_COLUMNS = "training_columns"
# Where the fields of each part stand in the state.
_PATHS = {"data": "data.", "network": "", "view": "", "settings": "settings.", "rates": "settings.rates."}


def render_controls(state: Training, data: TrainingData) -> None:
    """Show the popovers; a label that stays keeps one open while something is chosen in it."""
    popover = st.popover("Data", key=DATA_MENU, on_change=run_page)
    if popover.open:
        with popover:
            _render_data(state, data)
    popover = st.popover("More settings", key="training_more", on_change=run_page)
    if popover.open:
        with popover:
            _render_more(state, data)


def _render_data(state: Training, data: TrainingData) -> None:
    chosen = state.data
    st.markdown(f"**{data_label(chosen.name)}**")
    _render_entry(state)
    if chosen.name in DATASETS:
        if DATASETS[chosen.name].noisy:
            _whole("Samples", "data", "samples")
    elif chosen.name == "points":
        _render_points(state)
    elif chosen.name not in PICTURES:
        _render_table(state, data)
        _render_axes(data)
    if chosen.name not in DATASETS or DATASETS[chosen.name].noisy:
        _whole("Seed of the data", "data", "seed")


def _render_entry(state: Training) -> None:
    """Say what the entry brings, and offer it where something else was set."""
    name = state.data.name
    if name in OWN:
        return
    note(entry_sentence(name))
    if not is_as_brought(begun_anew(state)):
        st.button("Use these settings", on_click=of_the_page(_take_entry))


def _take_entry() -> None:
    state = open_state()
    change(take_all(begun_anew(state)), describe_entry(state.data.name))


def _render_points(state: Training) -> None:
    st.caption("Click or tap the plane to place a point of the class chosen above it.")
    with st.container(horizontal=True):
        points = state.data.points
        st.button(
            "Remove the last point",
            on_click=of_the_page(remove_last_point),
            disabled=not points,
        )
        st.button("Start over", on_click=of_the_page(change_points), args=((),), disabled=not points)


def _render_table(state: Training, data: TrainingData) -> None:
    chosen = state.data
    if chosen.name == "own":
        st.file_uploader(
            "A table as a file of text, such as CSV, up to 5 MB",
            type=None,
            key=UPLOAD,
            on_change=of_the_page(take_csv),
        )
        # Not above the player, where the popover covers it.
        _show_refused(UPLOAD)
        st.text_area(
            "or pasted here",
            height=68,
            placeholder="Cells copied from a spreadsheet, or lines of text",
            **bound(PASTE, _shown_text(PASTE, ""), _take_paste),
        )
        _show_refused(PASTE)
        if awaits_table(chosen):
            return
    table = _table_of(chosen)
    target = chosen.target or usual_target(chosen.name, table)
    _choose("Target", "data", "target", list(table.columns), str, now=target)
    _render_task(chosen, data)
    others = [name for name in table.columns if name != target]
    shown = chosen.columns or data.columns or used_columns(table)
    if _COLUMNS in STORE.rejected:
        shown = split_names(STORE.rejected[_COLUMNS].text)
    st.multiselect(
        "Inputs", others, **bound(_COLUMNS, [name for name in others if name in shown], _take_columns)
    )
    _show_refused(_COLUMNS)
    _switch("Standardize: subtract the mean, divide by the standard deviation", "data", "standardize")
    if chosen.name == "own":
        render_table_editor()


def _table_of(chosen: Chosen) -> DataTable | PackedTable:
    return real_table(chosen.name) if chosen.name in REAL else chosen_table(chosen) or EXAMPLE


def _bound_to_table(chosen: Chosen) -> Chosen:
    """Return data whose columns were just chosen, bound to the example where these are its columns."""
    return replace(chosen, example=chosen.name == "own" and chosen_table(chosen) is None)


def _render_task(chosen: Chosen, data: TrainingData) -> None:
    """Show whether the target's values are classes or numbers, where they can be either."""
    if len(data.found.tasks) < 2:
        return
    st.segmented_control(
        "Values of the target",
        list(TASKS),
        format_func=TASKS.__getitem__,
        **bound("training_task", "regression" if data.task == "regression" else "classes", _take_task),
        required=True,
    )
    if data.found.note and not chosen.task:
        note(data.found.note)


def _take_task() -> None:
    _set("data", "task", entered("training_task"))


def _render_axes(data: TrainingData) -> None:
    """Show which two inputs the plane is drawn over, where there are more."""
    if len(data.input_names) < 3 or len(data.plane.names) < 2:
        return
    with st.container(horizontal=True):
        for place, label in enumerate(("Horizontal axis", "Vertical axis")):
            st.selectbox(
                label,
                data.input_names,
                **bound(
                    f"training_axis_{place}",
                    data.plane.names[place],
                    partial(_take_axis, place),
                ),
            )


def _take_axis(place: int) -> None:
    """Put an input on an axis; one that is the other axis changes places with it."""
    state = open_state()
    axes = list(open_data(state)[0].plane.names)
    picked = str(entered(f"training_axis_{place}"))
    if picked == axes[1 - place]:
        axes.reverse()
    axes[place] = picked
    plan(replace(state, data=replace(state.data, axes=tuple(axes))))


def _take_columns() -> None:
    state = open_state()
    picked = entered(_COLUMNS) or ()
    table = _table_of(state.data)
    columns = tuple(name for name in table.columns if name in picked)
    with UNPACKING:
        reason = why_not_inputs(table.table() if isinstance(table, PackedTable) else table, columns)
    if reason:
        STORE.reject(_COLUMNS, join_names(columns) if columns else "", reason)
        return
    STORE.accept(_COLUMNS)
    chosen = _bound_to_table(replace(state.data, columns=columns, axes=()))
    change(replace(state, data=chosen))


def take_csv() -> None:
    """Show how the file that was uploaded is read, or what is wrong with it."""
    open_state()
    upload = entered(UPLOAD)
    if upload is None:
        STORE.accept(UPLOAD)
        return
    # A message from before the popover was closed brings the file again: rows may have been typed since.
    if upload.file_id == recall("training_csv_taken"):
        return
    keep("training_csv_taken", upload.file_id)
    content = take_upload(upload)
    if content is not None:
        _offer(UPLOAD, upload.name, content, upload.name)


def _take_paste() -> None:
    open_state()
    text = str(entered(PASTE))
    if len(text) > MAX_PASTED:
        # Not kept to be shown, with which the browser would be as long once more.
        STORE.reject(
            PASTE,
            "",
            f"The pasted text has {len(text):,} characters; {MAX_PASTED:,} are allowed. Load it as a file.",
        )
    elif text.strip():
        _offer(PASTE, "Pasted text", text.encode(errors="replace"), text)


def _offer(key: str, name: str, content: bytes, entered_text: str) -> None:
    """Show in a dialog how a table is read, or say beside its box why it is none."""
    try:
        offer_table(name, content)
    except ValueError as error:
        STORE.reject(key, entered_text, str(error))
    else:
        STORE.accept(UPLOAD)
        STORE.accept(PASTE)
        # It would lie above the dialog.
        keep(DATA_MENU, False)


def _render_more(state: Training, data: TrainingData) -> None:
    _render_network(state, data)
    _render_optimizer(state)
    _render_regularization()
    _whole("Significant digits", "view", "digits")
    _whole("Fixed decimals, empty for none", "view", "decimals", optional=True)


def _render_network(state: Training, data: TrainingData) -> None:
    fitting = [name for name in LOSSES if why_not(name, data.task) is None]
    _choose(
        "Loss",
        "network",
        "loss",
        fitting,
        lambda name: f"{LOSSES[name].label}: {loss_formula(LOSSES[name])}",
        now=loss_of(state, data.task),
    )
    for name in LOSSES:
        reason = why_not(name, data.task)
        if reason:
            st.caption(reason)
    st.caption(
        f"The output is {ACTIVATIONS[output_activation(data.task)].label.lower()}, as suits this data."
    )
    _choose(
        "Initial weights", "network", "initializer", list(INITIALIZERS), lambda name: INITIALIZERS[name].label
    )
    _exact("Factor on the initial weights", "network", "init_scale")
    _whole("Seed of weights and batches", "network", "seed")
    render_weights_box(state, data)


def _render_optimizer(state: Training) -> None:
    settings = settings_now(state)
    optimizer = OPTIMIZERS[settings.optimizer]
    st.caption(f"{optimizer.label}: {optimizer.formula}  \n{explain_symbols(optimizer.formula)}")
    symbols = {
        "momentum": "Momentum μ", "beta1": "β₁", "beta2": "β₂", "rho": "ρ", "epsilon": "ε",
        "weight_decay": "Weight decay λ",
    }  # fmt: skip
    for name in optimizer.uses:
        _exact(symbols[name], "rates", name)
    _choose(
        "Learning-rate schedule",
        "settings",
        "schedule",
        list(SCHEDULES),
        lambda name: f"{SCHEDULES[name].label}: {SCHEDULES[name].formula}",
    )
    explained = explain_symbols(SCHEDULES[settings.schedule].formula)
    if explained:
        st.caption(explained)
    if "period" in SCHEDULES[settings.schedule].uses:
        _whole("Period in steps", "settings", "period")
    if "decay" in SCHEDULES[settings.schedule].uses:
        _exact("Decay", "settings", "decay")
    _switch("Shuffle the samples every epoch", "settings", "shuffle")


def _render_regularization() -> None:
    _exact("L1 penalty λ Σ|w|: λ", "settings", "l1")
    _exact("Gradient clipping: largest norm, empty for none", "settings", "clip", optional=True)
    _whole(
        "Early stopping: steps without a better test loss, empty for none",
        "settings", "patience", optional=True,
    )  # fmt: skip


def render_budget(state: Training) -> None:
    """Show how far a press on Train goes; it is no setting of a run, so nothing else changes with it."""
    st.number_input(
        "Train for",
        min_value=1,
        max_value=MAX_TRAINING_STEPS,
        value=None,
        **bound("training_budget", state.budget, _take_budget),
        label_visibility="collapsed",
        width=160,
    )
    st.segmented_control(
        "Unit",
        list(UNITS),
        **bound("training_unit", state.unit, _take_unit),
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def render_sample(row: int, samples: int, *, of_batch: bool) -> None:
    """Show the number of the sample that is looked at, to pick another; without, it is one `of_batch`."""
    st.number_input(
        "Sample",
        min_value=1,
        max_value=samples,
        value=None,
        step=1,
        **bound("training_sample", row + 1, _take_sample),
        width=140,
        help="Empty for the first of the batch that the next step takes"
        if of_batch
        else "Empty for the first training sample",
    )


def _take_sample() -> None:
    plan(replace(open_state(), sample=entered("training_sample")))


def _take_budget() -> None:
    state = open_state()
    budget = entered("training_budget")
    if budget is None:
        STORE.notify(f"Train for is empty; it takes a number from 1 to {MAX_TRAINING_STEPS:,}.")
    else:
        plan(replace(state, budget=int(budget)))


def _take_unit() -> None:
    plan(replace(open_state(), unit=entered("training_unit")))


def _value(state: Training, part: Part, field: str) -> Any:
    # Settings are shown, and changed, as they are at the shown step.
    path = (_PATHS[part] + field).removeprefix("settings.")
    return attrgetter(path)(settings_now(state) if part in ("settings", "rates") else state)


def _set(part: Part, field: str, value: Any) -> None:
    state = open_state()
    if value == _value(state, part, field):
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
        change(replace(state, data=_bound_to_table(replace(chosen, example=state.data.example))))
    elif field == "initializer":
        change(replace(state, initializer=value, theta=()))
    elif part == "data":
        change(replace(state, data=replace(state.data, **{field: value})))
    else:
        change(replace(state, **{field: value}))


def _choose(
    label: str,
    part: Part,
    field: str,
    options: list[str],
    show: Callable[[str], str],
    now: str | None = None,
) -> None:
    state = STORE.read()
    key = f"training_{part}_{field}"
    value = _value(state, part, field) if now is None else now

    def take() -> None:
        _set(part, field, entered(key))

    st.selectbox(label, options, format_func=show, **bound(key, value, take))


def _switch(label: str, part: Part, field: str) -> None:
    state = STORE.read()
    key = f"training_{part}_{field}"
    st.checkbox(
        label,
        **bound(key, _value(state, part, field), lambda: _set(part, field, entered(key))),
    )


def _whole(label: str, part: Part, field: str, *, optional: bool = False) -> None:
    state = STORE.read()
    low, high = WHOLE[_PATHS[part] + field]
    key = f"training_{part}_{field}"

    def take() -> None:
        number = entered(key)
        if number is None and not optional:
            STORE.notify(f"{label} is empty; it takes a number from {low} to {high:,}.")
        else:
            _set(part, field, number)

    st.number_input(
        label,
        min_value=low,
        max_value=high,
        value=None,
        step=1,
        **bound(key, _value(state, part, field), take),
        placeholder="none",
    )


def _exact(label: str, part: Part, field: str, *, optional: bool = False) -> None:
    """Show a box for a number as people write it: 0.5, 0,5, 1e-3 or 1/3."""
    state = STORE.read()
    low, high, above_low = EXACT[_PATHS[part] + field]
    key = f"training_{part}_{field}"
    value = _value(state, part, field)

    def take() -> None:
        text = str(entered(key))
        if optional and not text.strip():
            STORE.accept(key)
            _set(part, field, None)
            return
        try:
            number = parse_number(text, label.split(":")[0].split(",")[0], low, high, above_low=above_low)
        except ValueError as error:
            STORE.reject(key, text, str(error))
            return
        STORE.accept(key)
        _set(part, field, number)

    shown = "" if value is None else exact(value)
    st.text_input(
        label,
        **bound(key, _shown_text(key, shown), take),
        placeholder="none" if optional else None,
    )
    _show_refused(key)


def _shown_text(key: str, text: str) -> str:
    return STORE.rejected[key].text if key in STORE.rejected else text


def _show_refused(key: str) -> None:
    if key in STORE.rejected:
        refuse(STORE.rejected[key].message)
