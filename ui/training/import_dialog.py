"""The dialog that shows how a table is read before it is trained on, and lets all of that be changed."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.limits import MAX_SKIPPED
from ui.shell.dialogs import one_at_a_time
from ui.shell.messages import note, refuse, warn
from ui.shell.widgets import bound, entered, of_a_dialog, of_the_page
from ui.training.import_preview import KIND_WORDS, columns_html, preview_html
from ui.training.import_table import KINDS, SEPARATORS
from ui.training.importing.decoding import ENCODINGS
from ui.training.importing.layout import SEPARATOR_NAMES
from ui.training.importing.records import DECIMAL_SIGNS, SIGN_NAMES, THOUSANDS_SIGNS
from ui.training.pending_import import (
    Pending,
    choose,
    choose_kind,
    detect,
    drop,
    headline,
    pending,
    pick_column,
    take_pending,
)

_FORMAT = {"encoding", "separator", "decimal", "thousands", "header", "skipped", "missing", "merge_case"}
_DECIMALS = {sign: SIGN_NAMES[sign] for sign in DECIMAL_SIGNS}
_ENCODINGS = {name: f"{name}: {kind}" for name, kind in ENCODINGS.items()}
_THOUSANDS = {sign: SIGN_NAMES.get(sign, "none") for sign in THOUSANDS_SIGNS}


def render_import() -> None:
    """Show the dialog for as long as a table is on its way in."""
    if pending() is not None:
        _dialog()


@one_at_a_time
@st.dialog("Import a table", width="large", on_dismiss=of_the_page(drop))
def _dialog() -> None:
    waiting = pending()
    if waiting is None:
        return
    note(headline(waiting))
    if waiting.refusal:
        refuse(waiting.refusal)
    else:
        st.html(preview_html(waiting.preview))
        warn(waiting.preview.notes)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Use this table",
            type="primary",
            on_click=of_the_page(take_pending),
            disabled=bool(waiting.refusal),
        )
        st.button("Cancel", on_click=of_the_page(drop))
    with st.expander("Columns and their kinds", "kinds" in waiting.uncertain, key="import_columns"):
        _render_kinds(waiting)
    with st.expander("How the file is read", bool(waiting.uncertain & _FORMAT), key="import_format"):
        _render_format(waiting)


def _render_kinds(waiting: Pending) -> None:
    columns = {column.name: column for column in waiting.preview.columns}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Column",
            list(columns),
            **_bound("import_column", waiting.column, lambda: pick_column(entered("import_column"))),
        )
        st.segmented_control(
            "Kind",
            list(KINDS),
            format_func=KIND_WORDS.__getitem__,
            required=True,
            **_bound(
                "import_kind", columns[waiting.column].kind, lambda: choose_kind(entered("import_kind"))
            ),
        )
    st.html(columns_html(waiting.preview))


def _render_format(waiting: Pending) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _menu(waiting, "separator", "Cells are separated by", SEPARATOR_NAMES, SEPARATORS)
        _menu(waiting, "decimal", "Decimal sign", _DECIMALS, tuple(_DECIMALS))
        _menu(waiting, "thousands", "Thousands sign", _THOUSANDS, tuple(_THOUSANDS))
        _menu(
            waiting,
            "encoding",
            "Encoding",
            {name: f"{name}: {ENCODINGS[name]}" for name in ENCODINGS},
            tuple(ENCODINGS),
        )
    _switch(waiting, "header", "The first row has the names of the columns")
    _switch(waiting, "merge_case", "Upper and lower case are the same: Yes and yes are one category")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.number_input(
            "Lines skipped above the table",
            min_value=0,
            max_value=MAX_SKIPPED,
            value=None,
            step=1,
            **_bound("import_skipped", _shown(waiting, "skipped"), _take_skipped),
        )
        words = [word for word in _shown(waiting, "missing") if word]
        st.text_input(
            "Words for a missing cell",
            placeholder="such as NA, ?",
            **_bound("import_missing", ", ".join(words), _take_missing),
        )
    st.button("Detect all again", on_click=of_a_dialog(detect), type="tertiary")


def _menu(waiting: Pending, field: str, label: str, names: dict[str, str], options: tuple[str, ...]) -> None:
    """Show the menu of a choice; one that is several, as it differs from column to column, shows none."""
    key = f"import_{field}"
    value = _shown(waiting, field)
    others = () if value is None or value in options else (value,)

    def take() -> None:
        picked = entered(key)
        # Of what only this file has, no link could be written.
        choose(**{field: picked if picked in options else None})

    st.selectbox(
        label,
        [*options, *others],
        index=None if value is None else 0,
        format_func=lambda option: names.get(option, option),
        placeholder="differs from column to column",
        **_bound(key, value, take),
    )


def _switch(waiting: Pending, field: str, label: str) -> None:
    key = f"import_{field}"
    st.checkbox(label, **_bound(key, bool(_shown(waiting, field)), lambda: choose(**{field: entered(key)})))


def _take_skipped() -> None:
    choose(skipped=entered("import_skipped"))


def _take_missing() -> None:
    words = (word.strip() for word in str(entered("import_missing")).split(","))
    choose(missing=tuple(word for word in words if word))


def _shown(waiting: Pending, field: str) -> Any:
    """Return a choice: what was chosen, or else what was found when the table was last read."""
    chosen = getattr(waiting.choices, field)
    return getattr(waiting.preview.choices, field) if chosen is None else chosen


def _bound(key: str, value: Any, take: Callable[[], None]) -> dict[str, Any]:
    return bound(key, value, take, in_dialog=True)
