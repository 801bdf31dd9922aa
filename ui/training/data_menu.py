"""The data menu of the Training page: tables, points, and what an entry of the data brings."""

from dataclasses import replace
from functools import partial

import streamlit as st

from core.data import DATASETS
from ui.limits import MAX_PASTED
from ui.shell.messages import note
from ui.shell.run_context import take_upload
from ui.shell.visit import keep, recall
from ui.shell.widgets import bound, entered, of_the_page
from ui.training.actions import (
    DATA_MENU,
    STORE,
    begun_anew,
    change,
    change_points,
    open_state,
    plan,
    remove_last_point,
)
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
from ui.training.setting_fields import (
    bound_to_table,
    render_choice,
    render_refusal,
    render_switch,
    render_whole_number,
    set_value,
    shown_text,
)
from ui.training.state import OWN, PICTURES, REAL, TASKS, Chosen, Training, data_label
from ui.training.table_choice import used_columns, usual_target, why_not_inputs
from ui.training.table_editor import render_table_editor

UPLOAD = "training_csv"
PASTE = "training_paste"
_COLUMNS = "training_columns"


def render_data(state: Training, data: TrainingData) -> None:
    """Show what can be chosen of the data beside the panel: columns, files, points, numbers of samples."""
    chosen = state.data
    st.markdown(f"**{data_label(chosen.name)}**")
    _render_entry(state)
    if chosen.name in DATASETS:
        if DATASETS[chosen.name].noisy:
            render_whole_number("Samples", "data", "samples")
    elif chosen.name == "points":
        _render_points(state)
    elif chosen.name not in PICTURES:
        _render_table(state, data)
        _render_axes(data)
    if chosen.name not in DATASETS or DATASETS[chosen.name].noisy:
        render_whole_number("Seed of the data", "data", "seed")


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
        render_refusal(UPLOAD)
        st.text_area(
            "or pasted here",
            height=68,
            placeholder="Cells copied from a spreadsheet, or lines of text",
            **bound(PASTE, shown_text(PASTE, ""), _take_paste),
        )
        render_refusal(PASTE)
        if awaits_table(chosen):
            return
    table = _table_of(chosen)
    target = chosen.target or usual_target(chosen.name, table)
    render_choice("Target", "data", "target", list(table.columns), str, now=target)
    _render_task(chosen, data)
    others = [name for name in table.columns if name != target]
    shown = chosen.columns or data.columns or used_columns(table)
    if _COLUMNS in STORE.rejected:
        shown = split_names(STORE.rejected[_COLUMNS].text)
    st.multiselect(
        "Inputs", others, **bound(_COLUMNS, [name for name in others if name in shown], _take_columns)
    )
    render_refusal(_COLUMNS)
    render_switch("Standardize: subtract the mean, divide by the standard deviation", "data", "standardize")
    if chosen.name == "own":
        render_table_editor()


def _table_of(chosen: Chosen) -> DataTable | PackedTable:
    return real_table(chosen.name) if chosen.name in REAL else chosen_table(chosen) or EXAMPLE


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
    set_value("data", "task", entered("training_task"))


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
    chosen = bound_to_table(replace(state.data, columns=columns, axes=()))
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
    """Show in a dialog how a table is read, or beside its box why it is none."""
    try:
        offer_table(name, content)
    except ValueError as error:
        STORE.reject(key, entered_text, str(error))
    else:
        STORE.accept(UPLOAD)
        STORE.accept(PASTE)
        # It would lie above the dialog.
        keep(DATA_MENU, False)
