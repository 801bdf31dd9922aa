"""The parts of the One step page, from top to bottom."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial, wraps
from html import escape

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.diagnosis import diagnose
from core.examples import EXAMPLES
from core.exercise import Exercise, quantities
from core.history import History, Replay
from core.training import Settings
from ui import session
from ui.components.copy_link import copy_link
from ui.components.history_buttons import history_buttons
from ui.components.live_network import live_network
from ui.export.saved_page import network_page
from ui.figures.loss_curve import HEIGHT, loss_curve_data, plot_loss_curve
from ui.one_step import link
from ui.one_step.architecture import render_architecture
from ui.one_step.changes import describe_branch
from ui.one_step.matrix_editor import MATRICES, render_matrices
from ui.one_step.state import (
    HIDEABLE,
    SIGNS,
    OneStep,
    View,
    load_example,
    random_theta,
)
from ui.shell.messages import note, warn
from ui.shell.share_dialog import Shared, share_button
from ui.shell.turns import TURNS
from ui.text.breakdown import describe_breakdown
from ui.text.numbers import DECIMALS, DIGITS, Precision, field_name, format_number
from ui.text.tables import Table, shape_sentence, table_csv, table_html, unit_tables, weight_tables

TITLE = "One step of backprop"
FILE_NAME = "one_step.html"
WEIGHTS, UNITS, CURVE = "weights", "units", "curve"
CURVE_PLACE = "curve_place"
NO_CURVE = "Loss over training steps: take a step to see the curve."
_TABLE_HEIGHT = 330
# Heights in a frame of another page, in pixels.
_BESIDE_THE_DRAWING = 788
_BESIDE_A_QUESTION = 330
_SLIDERS = 760
_SHORT_TABLE = 9


def _part(key: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Make a function draw a part of the page that can be run alone.

    It gets a container of its own: what a part has not sent yet is dropped when it is run again, and
    whatever stood behind it would have lost its place.
    """

    def decorate(render: Callable[[], None]) -> Callable[[], None]:
        fragment = st.fragment(key=key)(TURNS.turn()(render))

        @wraps(render)
        def place() -> None:
            with st.container():
                fragment()

        return place

    return decorate


def render_title() -> DeltaGenerator:
    """Show the title, which a frame of another page has itself, and return the row that it stands in."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    if not session.is_embedded():
        row.title(TITLE, anchor=False, width="stretch")
    return row


def render_menus(state: OneStep, exercise: Exercise, row: DeltaGenerator) -> None:
    """Show the worked examples, the architecture and the link beside the title."""
    if session.is_bare():
        return
    with row:
        st.menu_button(
            EXAMPLES[state.example].title if is_example(state) else "Worked examples",
            list(EXAMPLES),
            format_func=lambda name: EXAMPLES[name].title,
            icon=":material/menu_book:",
            key="example_menu",
            on_click=session.of_the_page(_load),
        )
        render_architecture(state, exercise)
        copy_link("copy_link")
        share_button(
            Shared(
                TITLE,
                link.write(state),
                HIDEABLE,
                state.view.hide,
                partial(_save, state, exercise),
                FILE_NAME,
                partial(frame_height, exercise),
            )
        )


def _save(state: OneStep, exercise: Exercise, link: str, hide: tuple[str, ...]) -> str:
    return network_page(exercise, replace(state.view, hide=hide), TITLE, link)


def frame_height(exercise: Exercise, hide: tuple[str, ...]) -> int:
    """Return the height in pixels at which a frame of another page shows all of this one."""
    rows = max(exercise.network.widths)
    drawing = {4: 372}.get(rows, 344 if rows < 4 else 44 + 61 * rows)
    if "answers" in hide:
        return max(drawing + _BESIDE_A_QUESTION, _SLIDERS)
    return drawing + _BESIDE_THE_DRAWING


def _load() -> None:
    name = session.widget("example_menu")
    if name in EXAMPLES:
        state, _ = session.open_state()
        session.commit(load_example(state, name))


def render_link_problems(problems: tuple[str, ...]) -> None:
    """Show what of the link did not fit."""
    warn(problems)


def render_messages(state: OneStep) -> None:
    """Show the last notice and where training had to stop, below the buttons so that these stay in place."""
    notice = session.notice()
    warn([*([notice] if notice else []), *_outcome(state.start, state.history)])


@lru_cache(maxsize=32)
def _outcome(start: Exercise, history: History) -> tuple[str, ...]:
    """Return the sentences that say how training broke down or had to stop, none where it did not."""
    run = session.run(start, history)
    exercise, branch = run.exercise, run.branch
    network = exercise.network
    first = run.history.current.at
    sentences = []
    if run.diverged is not None:
        step, name = run.diverged
        known = {quantity.id: quantity for quantity in quantities(network)}
        where = field_name(known[name]).lower()
        sentences.append(
            f"Training stopped at step {step:,}, the last with finite numbers: the next one would drive "
            f"{where} or the loss out of range."
        )
    settings = Settings(learning_rate=exercise.learning_rate)
    found = diagnose(
        network,
        settings,
        first + np.arange(len(branch.loss)),
        branch.theta,
        branch.loss,
        exercise.x_array,
        exercise.y_array,
        diverged=run.diverged[0] if run.diverged else None,
    )
    if found is None:
        return tuple(sentences)
    described = describe_breakdown(
        found,
        network,
        settings,
        columns=[quantity.label for quantity in quantities(network) if quantity.kind in "xy"],
        samples="this sample",
        remedies={"scale": "Try a smaller one, or a smaller learning rate.", "start": "Change one of them."},
    )
    return (*sentences, *described)


@_part(session.NETWORK)
def render_network() -> None:
    """Show the live network; while only it is concerned (a film, a selection, a color), only it runs."""
    state = session.show_state()
    run = session.screen().run
    history = run.history
    live_network(
        run.exercise,
        state.view,
        key=session.NETWORK,
        sent=session.network_state(),
        taken=session.newest_taken(),
        session=session.session_name(),
        rejected=session.rejected(),
        training={
            "position": history.position,
            "end": history.current.end,
            "diverged": run.diverged is not None,
        },
        on_change={
            "values": take_values,
            "selected": session.on_selected,
            "view": session.on_view,
            "grabbed": _bring_film,
            "painted": _show_curve,
        },
    )


@TURNS.turn()
def take_values() -> None:
    """Take what was committed; where it changes nothing but numbers, only the parts that show them run."""
    state, problems = session.open_state()
    if not session.runs_a_part():
        return
    same = _surroundings(state, problems) == session.screen().surroundings
    # Open matrices show numbers too, in the page itself.
    only_numbers = same and not session.widget(MATRICES)
    st.rerun((session.NETWORK, session.HISTORY, WEIGHTS, UNITS, CURVE) if only_numbers else "app")


def _bring_film() -> None:
    """Let the network run again: the film that is wanted comes with it."""


def _show_curve() -> None:
    # The network runs too: the same message may request a film.
    screen = session.screen()
    if session.runs_a_part() and screen.surroundings is not None and has_curve(screen.run):
        st.rerun((session.NETWORK, CURVE))


def end_page(problems: tuple[str, ...]) -> None:
    """Say that the whole page is there."""
    screen = session.screen()
    screen.surroundings = _surroundings(screen.state, problems)


def _surroundings(state: OneStep, problems: tuple[str, ...]) -> object:
    """Return all that the page shows beside the numbers of a step."""
    run = session.run(state.start, state.history)
    history = run.history
    return (
        problems,
        state.start.network,
        state.example if is_example(state) else None,
        _seed_note(state),
        (state.view.hide, state.view.sign, state.view.precision),
        (history.position, history.current.end, len(history.branches)),
        session.notice(),
        _outcome(state.start, state.history),
    )


def render_question() -> None:
    """Say that the answers are hidden."""
    st.caption("An exercise: the results are left out. Compute them by hand.")


def place_details() -> DeltaGenerator:
    """Return the place of all that is below the buttons: folded in a frame, which has room for little."""
    return st.expander("Loss curve and every number") if session.is_embedded() else st.container()


@_part(session.HISTORY)
def render_training() -> None:
    """Show the buttons that take steps, move through the history, reset and draw new weights."""
    state = session.show_state()
    history = session.screen().run.history
    history_buttons(
        key=session.HISTORY,
        taken=session.newest_press(),
        session=session.session_name(),
        position=history.position,
        end=history.current.end,
        resettable=len(history.branches) > 1 or history.current.end > 0,
        undo=session.undoable(),
        drawable="weights" not in state.view.hide,
        note=_seed_note(state),
        on_pressed=_take_presses,
    )


@TURNS.turn()
def _take_presses() -> None:
    session.open_state()
    if session.runs_a_part():
        st.rerun("app")


def _seed_note(state: OneStep) -> str:
    """Return the seed of the initial weights, saying so when some were changed since."""
    if state.seed is None:
        return ""
    drawn = random_theta(state.start.network, state.initializer, state.seed)
    return f" · seed {state.seed}" + ("" if drawn == state.start.theta else ", changed")


def has_curve(run: Replay) -> bool:
    """Return whether training has happened, here or on a branch left behind."""
    return len(run.curve) > 1 or bool(run.old)


def render_loss_curve(run: Replay) -> None:
    """Show the loss over training steps, and the slider that goes to any step, once there has been one."""
    with st.container(key=CURVE_PLACE):
        _render_curve()
        if has_curve(run):
            _render_step_slider(run)


@_part(CURVE)
def _render_curve() -> None:
    if not has_curve(session.screen().run):
        st.caption(NO_CURVE)
        return
    note(_curve_caption(session.screen()))
    # What takes the browser longest waits until the network has been painted.
    if not session.network_state().painted:
        st.skeleton(height=HEIGHT)
        return
    run = session.screen().run
    precision = session.screen().state.view.precision
    old = [(curve.at, curve.loss.tolist()) for curve in run.old]
    data = loss_curve_data(run.curve.tolist(), old, run.history.position)
    loss = format_number(data.loss, precision)
    alt = f"Loss over {len(run.curve) - 1} training steps; at step {data.position} it is {loss}"
    st.plotly_chart(
        plot_loss_curve(data, precision), key="loss_curve", config={"displayModeBar": False}, alt=alt
    )


def _curve_caption(screen: session.Screen) -> str:
    """Return what the chart shows, and what its faint curve is."""
    start, history = screen.state.start, screen.run.history
    change = describe_branch(history, start, screen.state.view.precision)
    if change is None:
        return "Loss over training steps"
    return f"Loss over training steps; faint: as it went on before {change}"


def _render_step_slider(run: Replay) -> None:
    end = run.history.current.end
    st.slider(
        "Step",
        0,
        max(end, 1),
        **session.mirror("step", run.history.position, _seek),
        disabled=end == 0,
    )


def _seek() -> None:
    step = session.widget("step")
    session.move_to(lambda _: int(step))


def render_weights(state: OneStep) -> None:
    """Show every weight and bias with its gradient, its delta and what it becomes."""
    network = state.start.network
    many = network.n_parameters > _SHORT_TABLE
    if many:
        which = "weights and biases" if network.bias else "weights"
        st.caption(f"All {network.n_parameters:d} {which}: scroll in the table")
    with st.container(height=_TABLE_HEIGHT if many else "content", border=many, key="weights"):
        _render_weight_tables()


@_part(WEIGHTS)
def _render_weight_tables() -> None:
    screen = session.screen()
    st.html(_side_by_side(_weight_tables(screen), screen.state.view.precision))


def render_units(state: OneStep, exercise: Exercise) -> None:
    """Show every unit's numbers with the array shapes, how to show them, and the tables as CSV."""
    st.header("Every number of this step", anchor=False)
    note(shape_sentence(exercise))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control(
            "Deltas as",
            list(SIGNS),
            format_func=SIGNS.__getitem__,
            **session.mirror("sign", state.view.sign, _show_sign),
            required=True,
            width="content",
        )
        _render_precision(state.view)
        if "weights" not in state.view.hide:
            render_matrices(exercise)
        for name, tables in (("Weights", _weight_tables), ("Units", _unit_tables)):
            st.download_button(
                f"{name} CSV",
                partial(_csv, tables, session.screen()),
                f"{name.lower()}.csv",
                "text/csv",
                on_click="ignore",
                icon=":material/download:",
            )
    _render_unit_tables()


@_part(UNITS)
def _render_unit_tables() -> None:
    screen = session.screen()
    st.html(_side_by_side(_unit_tables(screen), screen.state.view.precision))


def _csv(tables: Callable[[session.Screen], list[Table]], screen: session.Screen) -> bytes:
    return table_csv(tables(screen))


def _weight_tables(screen: session.Screen) -> list[Table]:
    exercise = screen.run.exercise
    return weight_tables(exercise, exercise.step())


def _unit_tables(screen: session.Screen) -> list[Table]:
    exercise = screen.run.exercise
    return unit_tables(exercise, exercise.step(), screen.state.view.sign)


def _side_by_side(tables: list[Table], precision: Precision) -> str:
    # Those that do not fit scroll, and the arrow keys scroll only what can be focused.
    inner = "".join(
        f'<div tabindex="0" role="region" aria-label="{escape(table.caption)}">'
        f"{table_html(table, precision)}</div>"
        for table in tables
    )
    return f'<div class="number-tables">{inner}</div>'


def _render_precision(view: View) -> None:
    st.number_input(
        "Significant digits",
        *DIGITS,
        value=None,
        **session.mirror("digits", view.digits, _show_digits),
        disabled=view.decimals is not None,
        width=150,
    )
    st.number_input(
        "Fixed decimals",
        *DECIMALS,
        value=None,
        **session.mirror("decimals", view.decimals, _show_decimals),
        placeholder="none",
        help="So many decimals instead of significant digits",
        width=150,
    )


def _show_sign() -> None:
    session.change_view(sign=session.widget("sign"))


def _show_digits() -> None:
    digits = session.widget("digits")
    if digits is None:
        low, high = DIGITS
        session.notify(f"Significant digits is empty; it takes a number from {low} to {high}.")
    else:
        session.change_view(digits=int(digits))


def _show_decimals() -> None:
    session.change_view(decimals=session.widget("decimals"))


def is_example(state: OneStep) -> bool:
    """Return whether the start is a worked example as published."""
    return state.start == EXAMPLES[state.example].exercise


def render_source(state: OneStep) -> None:
    """Say what the worked example on the screen shows and where it is from."""
    if is_example(state):
        example = EXAMPLES[state.example]
        note(f"{example.title}: {example.lesson} Source: {example.source}.")
