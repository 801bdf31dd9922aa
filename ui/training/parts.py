"""The parts of the Training page, from top to bottom."""

import json
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.exercise import Exercise
from core.pieces import Pieces
from core.settings import settings_at
from core.training import TrainingRun
from ui.components.next_steps import next_steps
from ui.components.player.component import player
from ui.components.player.records import LeftCurve
from ui.components.sweeps import held_sweep, sweeps
from ui.limits import MAX_HIDDEN_LAYERS, MAX_RUN_FILM_BYTES, MAX_UNITS
from ui.links.exercise import hand_over
from ui.shell.glossary import write_glossary
from ui.shell.inbox import newest_taken
from ui.shell.messages import note, note_of_step, warn
from ui.shell.parts import Parts
from ui.shell.share_dialog import Shared, render_sharing
from ui.shell.visit import is_bare, is_embedded, page_run, recall, session_name
from ui.shell.widgets import of_the_page, run_page
from ui.text.glossary import GLOSSARY, TRAINING, glossary_html
from ui.text.numbers import count
from ui.training import actions, kept, learning
from ui.training.actions import PLAYER, STORE
from ui.training.budget import render_budget, render_sample
from ui.training.built import build_network
from ui.training.changes import describe_before
from ui.training.chart_run import ChartRun
from ui.training.charts import render_charts
from ui.training.controls import render_controls
from ui.training.data import TrainingData
from ui.training.data_film import data_film
from ui.training.data_sentences import scaled_sentence, standardized_sentence
from ui.training.film import Faint, branches_of, build_film, in_test, player_run, sample_picture
from ui.training.given_weights import misfit, not_set
from ui.training.hyperparameters import HYPERPARAMETERS, VALUES
from ui.training.learning import NEXT_STEPS
from ui.training.length import predicted_seconds
from ui.training.link import write
from ui.training.panel import panel_model
from ui.training.placing import placing_of
from ui.training.resampling import data_at
from ui.training.sample import missing_sample, sample_row, sample_sentence
from ui.training.saved import saved_run
from ui.training.shown import Shown, batch_at, key_frame, outcome, predictions
from ui.training.state import HIDEABLE, UNITS, Training, data_label
from ui.training.sweep import choices, sweep_seconds, sweeping, why_no_film

PARTS = Parts("training")
ONE_STEP_PAGE = "pages/explore/one_step.py"
TITLE = "Training"
FILE_NAME = "training.html"
FRAME_HEIGHT = 1040
# A run of less predicted work has no progress bar, whose every move is a message.
QUIET_SECONDS = 0.5
PROGRESS_PARTS = 50
SWEEP = "sweep"


def render_header(state: Training, data: TrainingData) -> None:
    """Show the title, the ways back to a start, and the controls that are not beside the drawing."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if not is_embedded():
            st.title(TITLE, anchor=False, width="stretch")
        _render_undo()
        st.button(
            "Reset",
            key="reset_training",
            on_click=of_the_page(actions.reset),
            help="Back to step 0 with the same initial weights",
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.button(
                "New random weights",
                on_click=of_the_page(actions.new_seed),
                help="The next seed: other initial weights, and the samples in another order",
            )
            st.markdown(f"seed {state.seed:d}", width="content")
        if not is_bare():
            render_controls(state, data)
            render_sharing(
                Shared(
                    TITLE,
                    write(state),
                    HIDEABLE,
                    state.hide,
                    partial(_save, state, data),
                    FILE_NAME,
                    lambda _hide: FRAME_HEIGHT,
                ),
                actions.open_state,
            )
    if state.data.name == "own":
        st.caption("Your table stays in this session: the link carries the choices, not the rows.")


def _render_undo() -> None:
    undoable = STORE.undoable()
    if undoable is not None:
        st.button(
            f"Undo: {undoable.what}",
            key="undo_training",
            on_click=of_the_page(actions.undo),
            help=f"Take back {undoable.sentence}",
        )


def render_budgeted(state: Training) -> None:
    """Show the ways to train so far and no further: by a number of steps or epochs."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Train to budget",
            key="train_to_budget",
            on_click=of_the_page(actions.train),
            args=(False,),
            help="As many steps or epochs as stand beside it, in all",
        )
        render_budget(state)
        st.button(
            f"{state.budget:,} {UNITS[state.unit]} more",
            key="train_more",
            on_click=of_the_page(actions.train),
            args=(True,),
            disabled=not state.steps,
            help="Go on from the last step",
        )
        change = state.segments[-1].at
        if change and change == state.steps:
            with st.container(key="goes_on_from", width="content"):
                st.caption(f"Train goes on from step {change:,}", width="content")


def _save(state: Training, data: TrainingData, link: str, _hide: tuple[str, ...]) -> str:
    shown = kept.evaluated(state, data, kept.run(state, data, lambda _: None))
    return saved_run(state, data, shown, kept.left_behind(state, data), TITLE, link)


def faint_curves(state: Training, data: TrainingData) -> Faint:
    """Return what is drawn faint beside the state's run."""
    last = actions.run_before(state)
    if last is None:
        return Faint(kept.left_behind(state, data))
    _, steps, loss = kept.losses_before(last)
    before = LeftCurve(describe_before(last, state), steps, loss)
    return Faint(kept.left_behind(state, data), before, (kept.identity(last), last.steps))


def render_messages(
    problems: tuple[str, ...], state: Training, data: TrainingData, trouble: str | None
) -> None:
    """Show what of the link or the data did not fit, and the last notice."""
    sentences = [*problems, *data.notes]
    if state.theta:
        sentences += filter(None, [misfit(state.theta, build_network(state, data))])
    if any(segment.weights for segment in state.changes):
        sentences += filter(None, [not_set(state.changes, build_network(state, data))])
    missing = missing_sample(state, data)
    if missing:
        sentences.append(f"Link: {missing}")
    if trouble:
        sentences.append(f"{trouble} Shown instead: {data_label('circle')}.")
    if STORE.notice:
        sentences.append(str(STORE.notice))
    warn(sentences)


def train_with_progress(state: Training, data: TrainingData) -> TrainingRun:
    """Return the state's run; a long one shows how far it is, and a button that stops it.

    The page is run anew where the run ended before settings that the controls above already show.
    """
    acting = actions.acting(state)
    history = _with_progress(state, data)
    if actions.acting(state) != acting:
        st.rerun()
    return history


def _with_progress(state: Training, data: TrainingData) -> TrainingRun:
    so_far = kept.steps_so_far(state)
    if predicted_seconds(state, data, state.steps) - predicted_seconds(state, data, so_far) < QUIET_SECONDS:
        return kept.run(state, data, lambda _: None)
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0)
        st.button("Stop", on_click=of_the_page(actions.stop), icon=":material/stop:")

    shown = -1

    def advance(history: TrainingRun) -> None:
        nonlocal shown
        part = PROGRESS_PARTS * history.step // state.steps
        if part != shown:
            shown = part
            bar.progress(history.step / state.steps, f"step {history.step:,} of {state.steps:,}")

    history = kept.run(state, data, advance)
    place.empty()
    return history


def panel_of(state: Training) -> dict[str, Any] | None:
    """Return the controls beside the drawing, None where the page stands alone."""
    if is_bare():
        return None
    note = STORE.remark or ""
    return panel_model(actions.sampled_now(state), actions.settings_now(state), STORE.rejected, note)


def render_player(
    state: Training,
    data: TrainingData,
    shown: Shown,
    faint: Faint,
    panel: dict[str, Any] | None,
) -> dict[str, object]:
    """Show the run as a film, and return that: the network, its outputs over the plane, the loss as timeline.

    There the changes of settings are marked, and the losses of replaced futures and of the run before are
    faint. Beside them stand the controls of the `panel`, and below a choice of films that go through a
    hyperparameter. The run can be trained on while it is watched.
    """

    def build() -> Pieces[dict[str, object]]:
        moving = data_film(state.data, data)
        room = MAX_RUN_FILM_BYTES - len(json.dumps(moving))
        film = yield from build_film(state, data, shown, player_run(shown), room, branches_of(state, faint))
        key = kept.film_key(state, str(film["key"]))
        return {**film, "key": key, "run": kept.run_key(state), "data": moving}

    film = kept.film(state, shown, build, faint.of)
    here = data_at(state, data, _step(state, shown))
    learning.learn_from(state, str(film["key"]))
    player(
        film,
        key=PLAYER,
        position=int(shown.history.key_steps[key_frame(shown.history, _step(state, shown))]),
        play_from=actions.step_to_play_from(str(film["key"])),
        goes_on=actions.goes_on(str(film["key"])),
        precision=state.precision,
        placing=placing_of(actions.sampled_now(state).data, here),
        views=state.plane,
        sent=actions.player_state(),
        taken=max(newest_taken(PLAYER), learning.newest_wanted()),
        session=session_name(),
        picture=sample_picture(here, shown, sample_row(state, data, data.train), film),
        panel=panel,
        refused_weights=actions.refused_weights(),
        is_seen=learning.is_seen(film, actions.player_state().position),
        sweep=None if is_bare() else choices(state, data),
        on_change={
            "position": of_the_page(actions.open_state),
            "changed": of_the_page(actions.open_state),
            # The charts come once the player has been painted, and follow its scale.
            "scale": run_page,
            "sample": of_the_page(actions.open_state),
            "painted": run_page,
        },
    )
    return film


def render_sweep(
    state: Training,
    data: TrainingData,
    film: dict[str, object],
    place: DeltaGenerator,
) -> None:
    """Bring the film of a hyperparameter that was chosen; a long one shows at `place` how far it is.

    It stands at the end of the page, which can be used meanwhile.
    """
    chosen = None if is_bare() else HYPERPARAMETERS.get(state.film)
    if chosen is None or why_no_film(state, data, chosen):
        kept.forget_sweep()
        sweeps(None, key=SWEEP, on_held=run_page)
        return
    if not actions.player_state().painted:
        sweeps(None, key=SWEEP, on_held=run_page)
        return
    bar = None
    if sweep_seconds(state, data, chosen, state.steps) > QUIET_SECONDS:
        bar = place.progress(0.0)

    shown = -1

    def advance(share: float) -> None:
        nonlocal shown
        part = int(PROGRESS_PARTS * share)
        if bar is not None and part != shown:
            shown = part
            bar.progress(share, f"Film of {VALUES:d} runs: {100 * share:.0f} % of the steps")

    found = kept.sweep(state, film, lambda: sweeping(state, data, chosen, film), advance)
    place.empty()
    held = found["key"] in (actions.player_state().sweep, held_sweep(recall(SWEEP)))
    sweeps(None if held else found, key=SWEEP, on_held=run_page)


def _wanted() -> object:
    return learning.newest_wanted()


@PARTS.part(NEXT_STEPS, _wanted, alone=True)
def render_next_steps() -> None:
    """Bring the next steps that the player requests while the run is watched; nothing else runs for them."""
    next_steps(
        learning.requested_piece(),
        key=NEXT_STEPS,
        seq=learning.newest_wanted(),
        session=session_name(),
        run=page_run(),
        on_wanted=PARTS.callback(NEXT_STEPS, _wanted),
    )


def _step(state: Training, shown: Shown) -> int:
    return shown.history.step if state.at is None else state.at


def render_outcome(state: Training, data: TrainingData, shown: Shown) -> None:
    """Say how the run ended, where that is worth a sentence."""
    sentences = outcome(state, data, shown)
    history = shown.history
    patience = history.phases[-1].settings.patience
    if history.stopped:
        sentences.append(
            f"Early stopping: no better test loss for {count(patience or 0, 'step')} "
            f"after step {max(history.best or 0, history.phases[-1].at):,}."
        )
    if patience is not None and shown.test is None:
        sentences.append("Early stopping needs a test loss; there are no test samples, so it has no effect.")
    warn(sentences)


def render_hand_over(state: Training, data: TrainingData, shown: Shown) -> None:
    """Show the link that opens the shown step, with a sample, on the One step page."""
    frame = key_frame(shown.history, _step(state, shown))
    step = int(shown.history.key_steps[frame])
    rows = batch_at(state, data, shown, frame).rows
    data = data_at(state, data, step)
    widths = shown.network.widths
    if max(widths) > MAX_UNITS or len(widths) - 2 > MAX_HIDDEN_LAYERS:
        if data.pixels is not None:
            render_sample(sample_row(state, data, data.train), len(data.own_y), of_batch=False)
        else:
            row = sample_row(state, data, rows)
            render_sample(row, len(data.own_y), of_batch=True)
            note(sample_sentence(state, data, row, step))
        st.caption(
            f"One step shows up to {MAX_UNITS} units a layer and {MAX_HIDDEN_LAYERS} hidden layers; "
            f"this network is {'-'.join(map(str, widths))}."
        )
        return
    row = sample_row(state, data, rows)
    exercise = Exercise(
        shown.network,
        tuple(shown.history.key_theta[frame].tolist()),
        tuple(data.x_at(row).tolist()),
        tuple(data.y_at(row).tolist()),
        settings_at(state.segments, step).learning_rate,
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        render_sample(row, len(data.own_y), of_batch=True)
        st.page_link(
            ONE_STEP_PAGE,
            label=f"Open step {step:,} with sample {row + 1:,} on the One step page",
            icon=":material/route:",
            query_params=hand_over(exercise, state.hide),
        )
    note(sample_sentence(state, data, row, step))
    scaled = scaled_sentence(data, row)
    if scaled:
        note(scaled)


def render_run_charts(state: Training, data: TrainingData, shown: Shown, faint: Faint) -> None:
    """Show the charts of the run, and name their step; they wait until the player has been painted.

    While the drawing is at another step, page.css shows that they are not.
    """
    if "answers" in state.hide:
        return
    if not actions.player_state().painted:
        st.skeleton(height=320)
        return
    frame = key_frame(shown.history, _step(state, shown))
    note_of_step(
        f"Charts of step {shown.history.key_steps[frame]:,}.",
        "The drawing is at another step; the charts follow where it rests.",
    )
    with st.container(key="charts_of_step"):
        render_charts(
            _chart_run(state, data, shown, faint, frame), actions.player_state().loss_scale == "log"
        )


def _chart_run(state: Training, data: TrainingData, shown: Shown, faint: Faint, frame: int) -> ChartRun:
    history, train, test = shown.history, shown.train, shown.test
    step = int(history.key_steps[frame])
    batch = batch_at(state, data, shown, frame)
    data = data_at(state, data, step)
    changes, futures = branches_of(state, faint)
    return ChartRun(
        network=shown.network,
        input_names=data.input_names,
        batch_loss=history.loss,
        steps=history.key_steps,
        train_loss=train.loss,
        test_loss=None if test is None else test.loss,
        train_accuracy=train.accuracy,
        test_accuracy=None if test is None else test.accuracy,
        gradient_norms=train.gradient_norms,
        theta=history.key_theta,
        task=data.task,
        output_names=data.output_names,
        loss_of=data.loss_of,
        step=step,
        y=data.own_y,
        y_hat=predictions(data, shown, frame),
        test=in_test(data),
        batch_rows=batch.rows,
        sample_loss=batch.loss,
        sample_gradient=batch.gradient,
        precision=state.precision,
        changes=changes,
        left=futures,
    )


def render_branches(state: Training, faint: Faint) -> None:
    """Say which settings act from which step on, and what the faint curves are."""
    changes, futures = branches_of(state, faint, short=False)
    sentences = [f"From step {change.step:,} on {change.label}." for change in changes]
    sentences += [f"Faint: {future.label}." for future in futures]
    if sentences:
        note(" ".join(sentences))


def place_details() -> DeltaGenerator:
    """Return the place of the charts: folded in a frame of another page, which has room for little."""
    return st.expander("Charts") if is_embedded() else st.container()


def render_source(data: TrainingData) -> None:
    """Say what the network gets in place of the data's own numbers."""
    sentence = standardized_sentence(data)
    if sentence:
        note(sentence)


def write_terms(shown: Shown) -> None:
    """Write every term with its sentence and its formulas."""
    write_glossary(glossary_html(shown.network, entries={**GLOSSARY, **TRAINING}))
