"""The dialog into which numbers are pasted, with what they will set and what is open about them."""

import streamlit as st

from core.examples import EXAMPLES
from core.exercise import Exercise
from ui.one_step.actions import STORE, commit, open_state, replayed
from ui.one_step.pasted_exercise import PastedExercise, PastedWay, read_exercise
from ui.one_step.state import load_example, restart
from ui.shell.dialogs import one_at_a_time
from ui.shell.messages import note, refuse, warn
from ui.shell.visit import keep, keep_on_page, recall
from ui.shell.widgets import bound, entered, of_the_page
from ui.text.matrices import matrix_names
from ui.text.numbers import exact_on_screen
from ui.text.pasted.problems import PastedError

_OPEN, _TEXT, _WAY, _MISSING = "paste_open", "pasted_text", "pasted_way", "pasted_way_is_missing"
_BOX, _CHOICE = "paste_text", "paste_way"
_ROWS = {
    False: "A row for each unit of the layer before: z = x W",
    True: "A row for each unit of the next layer, as in PyTorch: z = x Wᵀ",
}


def render_paste_button() -> None:
    """Show the button that opens the dialog."""
    st.button(
        "Paste numbers",
        icon=":material/content_paste:",
        help="Network, weights, inputs, target and η from a notebook, PyTorch, MATLAB, LaTeX or a table",
        key="paste_numbers",
        on_click=of_the_page(_open),
    )


def render_paste_dialog() -> None:
    """Show the dialog for as long as it is open."""
    if recall(_OPEN):
        _dialog()


def _open() -> None:
    keep_on_page(_OPEN, True)


def _close() -> None:
    keep(_OPEN, False)


@one_at_a_time
@st.dialog("Paste numbers", width="medium", on_dismiss=of_the_page(_close))
def _dialog() -> None:
    text = str(recall(_TEXT, ""))
    st.text_area(
        "Weights, inputs, target, learning rate",
        height=200,
        placeholder="W1 = np.array([[0.5, -0.6], [0.1, -0.2]])\nx = [0.5, 0.1]\ntarget = 0.6",
        help="As lists, as NumPy, PyTorch, Keras or MATLAB have them, in LaTeX, or as lines of a table. "
        "Names such as W1, b1, fc1.weight, x, target and learnrate decide what is what; without names the "
        "order does. Code is passed over, and nothing is run.",
        **bound(_BOX, text, _take_text, in_dialog=True),
    )
    if text.strip():
        _render_reading(text)
    with st.container(horizontal=True, gap="small"):
        st.button("Set these numbers", type="primary", on_click=of_the_page(_apply), key="paste_apply")
        st.button("Cancel", on_click=of_the_page(_close), key="paste_cancel")


def _take_text() -> None:
    keep(_TEXT, str(entered(_BOX) or ""))
    keep(_WAY, None)
    keep(_MISSING, False)


def _take_way() -> None:
    keep(_WAY, entered(_CHOICE))
    keep(_MISSING, False)


def _render_reading(text: str) -> None:
    """Show what a text sets, or why it cannot be read."""
    try:
        pasted = read_exercise(text, replayed(STORE.read()).exercise)
    except ValueError as error:
        refuse(str(error))
        if isinstance(error, PastedError):
            st.code(error.pointer, language=None)
        return
    note(f"Sets {pasted.what}.")
    warn(pasted.notes)
    if len(pasted.ways) == 1:
        st.code(_numbers(pasted.ways[0].exercise), language=None)
    else:
        _render_choice(pasted)


def _render_choice(pasted: PastedExercise) -> None:
    """Show the ways in which the shapes can be read, one of which is to be chosen."""
    names = " and ".join(f"W{layer:d}" for layer in pasted.open_layers)
    labels = [_label(way, pasted) for way in pasted.ways]
    st.radio(
        f"The shape of {names} fits in more than one way. What are its rows?",
        range(len(labels)),
        format_func=labels.__getitem__,
        **bound(_CHOICE, recall(_WAY), _take_way, in_dialog=True),
    )
    if recall(_MISSING):
        refuse(f"Choose what the rows of {names} are.")
    for column, way, label in zip(st.columns(len(labels)), pasted.ways, labels, strict=True):
        with column:
            note(label)
            st.code(_numbers(way.exercise, pasted.open_layers), language=None)


def _label(way: PastedWay, pasted: PastedExercise) -> str:
    turned = [layer in way.turned for layer in pasted.open_layers]
    if len(set(turned)) == 1:
        return _ROWS[turned[0]]
    parts = zip(pasted.open_layers, turned, strict=True)
    return ", ".join(f"W{layer} {'turned' if is_turned else 'as it stands'}" for layer, is_turned in parts)


def _numbers(exercise: Exercise, layers: tuple[int, ...] = ()) -> str:
    """Return the numbers of an exercise as lines of text, or only W of some layers, with the network."""
    blocks = [f"network {'-'.join(map(str, exercise.network.widths))}"]
    for name, (_, values) in matrix_names(exercise).items():
        if not layers or name in {f"W{layer}" for layer in layers}:
            blocks.append(f"{name}\n{_aligned(values.tolist())}")
    if not layers:
        for name, numbers in (("x", exercise.x), ("y", exercise.y), ("η", (exercise.learning_rate,))):
            blocks.append(f"{name}  {'  '.join(map(exact_on_screen, numbers))}")
    return "\n".join(blocks)


def _aligned(rows: list[list[float]]) -> str:
    texts = [[exact_on_screen(number) for number in row] for row in rows]
    width = max(len(text) for row in texts for text in row)
    return "\n".join("  " + "  ".join(text.rjust(width) for text in row) for row in texts)


def _apply() -> None:
    """Set what stands in the box, as one change; where that is not clear yet, the dialog stays open."""
    _keep_entered()
    state = open_state()
    present = replayed(state).exercise
    try:
        pasted = read_exercise(str(recall(_TEXT, "")), present)
    except ValueError:
        return
    way = 0 if len(pasted.ways) == 1 else recall(_WAY)
    if way is None:
        keep(_MISSING, True)
        return
    _close()
    start = pasted.ways[way].exercise
    known = [name for name, example in EXAMPLES.items() if example.exercise == start]
    notes = list(pasted.notes)
    if start == present:
        notes.append("The page has these numbers already.")
    elif known:
        commit(load_example(state, known[0]))
    else:
        commit(restart(state, start))
    if start != present and state.history.current.end:
        notes.append("Training starts again at step 0 with the pasted numbers; Undo brings the steps back.")
    if notes:
        STORE.notify(" ".join(notes))


def _keep_entered() -> None:
    """Keep what was typed right before a press, which comes in the same message."""
    if entered(_BOX) is not None and entered(_BOX) != recall(_TEXT, ""):
        _take_text()
