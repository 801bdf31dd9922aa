"""What a reader does on the Training page: each action edits the state that the session has."""

from collections.abc import Mapping
from dataclasses import replace

from core.settings import Segment, Settings, continued_at
from ui.components.base.sent_fields import Change
from ui.components.base.sent_player import PlayerSent, Position, Sampled, read_player
from ui.limits import MAX_CHANGES, MAX_POINTS, MAX_SEED
from ui.links.points import Point
from ui.shell.inbox import take_new, taking
from ui.shell.run_context import uninterrupted
from ui.shell.store import Described, Held, PageStore, Rejected
from ui.shell.visit import keep, recall
from ui.text.numbers import exact, format_number, quote
from ui.training.built import build_network, first_theta
from ui.training.changes import describe_change
from ui.training.given_weights import GivenWeight, misfit, read_weight, weight_ids, with_weight
from ui.training.hyperparameters import HYPERPARAMETERS, Hyperparameter
from ui.training.importing.notes import listed
from ui.training.kept import (
    identity,
    last_step,
    open_data,
    shown_step,
    stays_open,
    steps_so_far,
    theta_at,
)
from ui.training.learning import newest_wanted, seen_since, shown_run, trained_to
from ui.training.length import refusal, step_of_budget, steps_of_budget, within_limits, without_futures
from ui.training.link import CODEC
from ui.training.panel import FIELDS, Field, Tiles
from ui.training.placing import copied_sentence, present_points, takes_points
from ui.training.resampling import data_at
from ui.training.state import (
    PLANE_VIEWS,
    Training,
    branched,
    number_of_changes,
    resampled,
    restarted,
    sampling_of,
    substance,
    up_to,
)
from ui.training.sweep import taken, values_of

PLAYER = "player"
# The field by which the player chooses a film of several runs, and takes one of them.
FILM = "film"
# The one by which it chooses how the plane is shown.
PLANE = "plane"
# The one by which it sets a weight or bias at the shown step.
WEIGHT = "weight"
_POSITION = "player_position"
_TO_PLAY, _PLAYED = "player_to_play", "player_played"
_SEEN = "player_seen"
_TO_GO_ON, _GOES_ON = "player_to_go_on", "player_goes_on"
_SAMPLE = "player_sample"
DATA_MENU = "training_data"
# What samples are drawn with, which can change on the way.
SAMPLED = ("data.noise", "data.train_share")
STORE = PageStore(CODEC, essence=substance, way_out="Reset or undo to go on.")


@uninterrupted()
def begin() -> Held[Training]:
    """Return what a run of the whole page shows, with all that the player has sent."""
    held = STORE.begin()
    # Of a run without a callback, in which the address is what counts.
    _new_position()
    _new_sample()
    _take_changes()
    return held


def open_state() -> Training:
    """Return the state to change, with the step and all else that the player has sent."""
    STORE.open()
    _take_place()
    sampled = _new_sample()
    if sampled is not None:
        plan(replace(STORE.read(), sample=sampled.sample))
    _take_changes()
    return STORE.read()


def acting(state: Training) -> Segment:
    """Return what acts at the step that is shown.

    That is not the state's own step where the run diverged or stopped before, or a link's is too large.
    """
    shown = within_limits(state, open_data(state)[0])[0]
    return continued_at(shown.segments, shown_step(shown))


def settings_now(state: Training) -> Settings:
    """Return the settings that act at the step that is shown."""
    return acting(state).settings


def sampled_now(state: Training) -> Training:
    """Return the state with the noise and the training fraction of the shown step as those of its data."""
    return replace(state, data=resampled(state.data, acting(state).sampling))


def begun_anew(state: Training) -> Training:
    """Return the state before the first step, with the settings and the samples of the shown step."""
    return restarted(state, acting(state))


def change(state: Training, described: Described | None = None) -> None:
    """Change what a run begins with: the new one is shown at step 0, and the one before as a curve.

    The settings of the shown step are those of the next run; where the one before was trained on while it was
    watched, this one is too. The change is `described` by its first difference where nothing else is passed.
    """
    before = open_state()
    # An entry of the data menu brings settings of its own.
    brings_settings = state.segments != before.segments
    settings = state.settings if brings_settings else settings_now(before)
    begins = Segment(0, settings, sampling=sampling_of(state.data))
    if sampling_of(state.data) == sampling_of(before.data):
        begins = replace(begins, sampling=acting(before).sampling)
    state = _with_fitting_weights(restarted(_with_its_samples(before, state), begins))
    if not STORE.edit(state, change=described or describe_change(before, state)):
        return
    if state.hidden != before.hidden or state.data != before.data:
        _forget_weights()
    # A link's run that is too large has not been shown, nor have futures that would be too much work.
    shown = within_limits(before, open_data(before)[0])[0]
    if shown.steps and stays_open(before, state):
        STORE.keep_earlier(shown)


def _with_fitting_weights(state: Training) -> Training:
    """Return the state without given weights where its network has not as many."""
    if not state.theta or not misfit(state.theta, build_network(state, open_data(state)[0])):
        return state
    return replace(state, theta=())


def change_settings(settings: Settings) -> None:
    """Change settings from the shown step on, where the run ends then; what it had beyond stays as a curve.

    With settings that are there already nothing changes. While a run is trained on, the shown step is the one
    that the browser has sent with the change. While a film plays it is the one that the address has: where
    the playhead last rested, and after a press on "Train to budget" the last that was trained.
    """
    before = open_state()
    if settings == settings_now(before):
        return
    # A link's run that is too large has not been shown: it changes from its start on.
    shown = within_limits(before, open_data(before)[0])[0]
    here = continued_at(shown.segments, shown_step(shown))
    _branch(shown, replace(here, settings=settings), {})


def change_samples(state: Training) -> None:
    """Go on from the shown step with the noise and the training fraction of a state's data.

    Before the first step they are of what the run begins with.
    """
    before = open_state()
    shown = within_limits(before, open_data(before)[0])[0]
    step = shown_step(shown)
    if not step:
        change(state)
        return
    here = continued_at(shown.segments, step)
    if sampling_of(state.data) != here.sampling:
        _branch(shown, replace(here, sampling=sampling_of(state.data)), {})


def _branch(shown: Training, chosen: Segment, trained: Mapping[str, str]) -> None:
    """Go on from the shown step as chosen; `trained` has the numbers of weights that this sets, as texts."""
    state = branched(shown, chosen, last_step(shown))
    if number_of_changes(state.segments) > MAX_CHANGES:
        STORE.notify(f"A run takes {MAX_CHANGES} changes of its settings; press Reset, or undo one.")
        return
    STORE.edit(state, change=describe_change(replace(shown, at=chosen.at), state, trained))


def undo() -> None:
    """Take back the last change, with the run as it was before; how it is shown stays as chosen."""
    open_state()
    STORE.undo(_restore)
    # What is brought back has been played.
    keep(_PLAYED, None)


def _restore(before: Training, now: Training) -> Training:
    kept = {name: getattr(now, name) for name in ("hide", "digits", "decimals", "film", "plane")}
    return replace(before, **kept)


def plan(state: Training) -> None:
    """Change only how far the next press on Train goes, or how the run is shown."""
    STORE.edit(state)


def _with_its_samples(before: Training, state: Training) -> Training:
    """Return the state without the chosen sample where it was one of other data."""
    same = replace(before.data, axes=()) == replace(state.data, axes=())
    return state if same else replace(state, sample=None)


def show_run(state: Training) -> bool:
    """Show a run of `state`; return whether the state was taken."""
    return STORE.edit(_with_its_samples(STORE.read(), state))


def _begin_anew(state: Training, *, keep_notice: bool = False) -> None:
    """Show the start of another run, and no curve of an earlier one; what it begins with was changed."""
    before = open_state()
    change = describe_change(before, state) if substance(state) != substance(before) else None
    if STORE.edit(_with_its_samples(before, state), change=change, keep_notice=keep_notice):
        _forget_weights()
        STORE.keep_earlier(None)


def run_before(state: Training) -> Training | None:
    """Return the state of the run from before the present one began, None where no curve can be compared.

    The losses of another loss function, or of other data, are other quantities.
    """
    last = STORE.earlier
    if last is None or identity(last) == identity(state):
        return None
    if (last.data.name, last.data.target) != (state.data.name, state.data.target):
        return None
    networks = [build_network(each, open_data(each)[0]) for each in (last, state)]
    return last if networks[0].loss == networks[1].loss else None


def stop() -> None:
    """Stop the run where it is and keep what was computed."""
    state = open_state()
    show_run(up_to(state, min(steps_so_far(state), state.steps)))


def train(more: bool) -> None:
    """Train by the budget: so far in all, or `more` by so much beyond the run's end.

    A run whose settings were changed there or later goes on by the budget from the last change. The weights
    that are there are those that training goes on with: Reset begins anew. The player plays what has been
    learned, from the shown step on.
    """
    state = open_state()
    seen = shown_step(state)
    data, trouble = open_data(state)
    if trouble:
        STORE.notify(trouble)
        return
    budget = steps_of_budget(state, data)
    last_change = state.segments[-1].at
    steps = last_step(state) + budget if more else step_of_budget(state, data)
    if steps <= last_change:
        steps = last_change + budget
    state = without_futures(up_to(state, steps), data, steps)
    reason = refusal(state, data, steps)
    if reason:
        STORE.notify(reason)
        return
    show_run(state)
    keep(_TO_PLAY, seen)
    # As far as the budget and no further.
    keep(_TO_GO_ON, None)


def step_to_play_from(film: str) -> int | None:
    """Return the step from which a film is to be played where it is the first since a press on Train."""
    seen: int | None = recall(_TO_PLAY)
    if seen is not None:
        keep(_TO_PLAY, None)
        keep(_PLAYED, (film, seen))
    played: tuple[str, int] | None = recall(_PLAYED)
    return played[1] if played is not None and played[0] == film else None


def reset() -> None:
    """Go back to step 0 of the same start, with the settings of the shown step from there on."""
    state = open_state()
    anew = begun_anew(state)
    change = Described("Reset", f"the Reset at step {shown_step(state):,}")
    STORE.edit(anew, change=None if anew == state else change)
    STORE.keep_earlier(None)


def new_seed() -> None:
    """Draw other initial weights and another order of batches."""
    state = open_state()
    _begin_anew(replace(begun_anew(state), theta=(), seed=(state.seed + 1) % (MAX_SEED + 1)))


def player_state() -> PlayerSent:
    """Return what the player has sent so far."""
    return read_player(recall(PLAYER))


def _new_position() -> Position | None:
    """Return where the playhead has come to rest where that has not been taken, and count it as taken."""
    position = player_state().position
    new = [] if position is None else take_new(_POSITION, [position], None)
    return new[0] if new else None


def _new_sample() -> Sampled | None:
    """Return which sample was chosen in the player where that has not been taken, and count it as taken."""
    sampled = player_state().sample
    new = [] if sampled is None else take_new(_SAMPLE, [sampled], None)
    return new[0] if new else None


def _take_place() -> None:
    """Take the step that is shown: where the playhead rests, or has come to in a run that goes on."""
    position = _new_position()
    if position is not None:
        _move_to(position.step, position.end, position.of)
    if _is_learning():
        keep(_TO_GO_ON, True)
    seen = seen_since(player_state().position)
    if seen is not None and seen.seq > recall(_SEEN, 0):
        keep(_SEEN, seen.seq)
        _move_to(seen.step, seen.end, seen.film)


def _is_learning() -> bool:
    """Return whether a run is trained on while it is watched.

    After a change it may be one that the browser has not shown yet: what is seen is of the run before.
    """
    position = player_state().position
    return newest_wanted() > (0 if position is None else position.seq)


def _move_to(step: int, end: int | None, of: str | None) -> None:
    """Write the step that is shown into the link, and `end`, up to which the run of a film has been seen."""
    state, base = STORE.read(), shown_run()
    steps = state.steps
    if end is not None and base is not None and base.is_of(of):
        if base.state.steps < steps:
            # A link's run that is too large has not been shown: what was seen goes on from its start.
            state = replace(up_to(state, base.state.steps), left=base.state.left)
        steps = trained_to(base.state, open_data(state)[0], end)
    at = None if step >= (steps if end is None else min(steps, end)) else step
    if (steps, at) != (state.steps, state.at):
        plan(replace(state, steps=steps, at=at))


def goes_on(film: str) -> bool:
    """Return whether a film takes the place of that of a run which is trained on while it is watched."""
    if recall(_TO_GO_ON):
        keep(_TO_GO_ON, None)
        keep(_GOES_ON, film)
    return bool(recall(_GOES_ON) == film)


def _take_changes() -> None:
    """Make the changes of the panel, and add the points clicked onto the plane, that are not taken yet."""
    with taking() as is_outermost:
        if is_outermost:
            _take_in_order()


def _take_in_order() -> None:
    changed = player_state().changed
    new = [] if changed is None else take_new(PLAYER, changed.changes, changed.at)
    for one in new:
        if isinstance(one, Change) and one.id == FILM:
            _take_film(one.text)
        elif isinstance(one, Change) and one.id == PLANE:
            plan(replace(STORE.read(), plane=_views(one.text)))
        elif isinstance(one, Change) and one.id == WEIGHT:
            _take_weight(one.text)
        elif isinstance(one, Change):
            _take_text(one)
        else:
            _add_point((round(one.x1, 2), round(one.x2, 2), one.label))


def _take_weight(text: str) -> None:
    """Set a weight at the shown step; before the first it is one of those that the run begins with."""
    state = STORE.read()
    data, _ = open_data(state)
    network = build_network(state, data)
    place, _, number = text.partition(" ")
    try:
        given = read_weight(text, network.n_parameters)
    except ValueError as error:
        STORE.reject(f"{WEIGHT} {place}", number, str(error))
        return
    STORE.accept(f"{WEIGHT} {place}")
    shown = within_limits(state, data)[0]
    step = shown_step(shown)
    if step:
        _set_weight(shown, step, weight_ids(network)[given.place], given)
        return
    theta = tuple(first_theta(state, network).tolist())
    if with_weight(theta, given) != theta:
        # The factor is in the numbers that were shown.
        change(replace(state, theta=with_weight(theta, given), init_scale=1.0))


def _set_weight(shown: Training, step: int, name: str, given: GivenWeight) -> None:
    before = float(theta_at(shown, open_data(shown)[0], step)[given.place])
    if given.number == before:
        return
    here = continued_at(shown.segments, step)
    weights = {**dict(here.weights), name: given.number}
    text = format_number(before, shown.precision)
    _branch(shown, replace(here, weights=tuple(weights.items())), {name: text})


def refused_weights() -> dict[str, Rejected]:
    """Return the texts that could not be taken as weights, by their places in θ."""
    begin = f"{WEIGHT} "
    return {name.removeprefix(begin): text for name, text in STORE.rejected.items() if name.startswith(begin)}


def _forget_weights() -> None:
    """Forget texts that were entered for weights, which another network does not have."""
    for place in refused_weights():
        STORE.accept(f"{WEIGHT} {place}")


def _views(text: str) -> tuple[str, ...]:
    chosen = text.split(".")
    return tuple(view for view in PLANE_VIEWS if view in chosen)


def _take_film(text: str) -> None:
    """Play the film of a hyperparameter, or of "eta 0.3" make the run with that value the one of the page."""
    name, _, number = text.partition(" ")
    chosen = HYPERPARAMETERS.get(name)
    if not number and (chosen or not name):
        plan(replace(STORE.read(), film=name))
    elif chosen:
        take_value(chosen, number)


def take_value(chosen: Hyperparameter, number: str) -> None:
    """Make the run of a film's value that of the page: as long, and all of it with that value."""
    before = STORE.read()
    data, _ = open_data(before)
    before = within_limits(before, data)[0]
    values = {exact(value): value for value in values_of(before, chosen)}
    if number not in values:
        STORE.notify(f"{chosen.symbol} = {quote(number)} is no value of the film any more; choose another.")
        return
    state = without_futures(taken(before, chosen, values[number]), data, before.steps)
    words = f"{chosen.symbol} {exact(chosen.value(before))} → {number}"
    state = _with_its_samples(before, state)
    if substance(state) == substance(before):
        return
    if not STORE.edit(state, change=Described(words, f"{words} from the first step on")):
        return
    dropped = chosen.changes(before)
    if dropped:
        STORE.note(
            f"{chosen.symbol} = {number} acts from the first step on, in place of {listed(dropped)}. "
            "Undo brings that back."
        )


def _take_text(entered: Change) -> None:
    """Change a field of the panel, or keep the text with the reason why it cannot be taken."""
    field = FIELDS.get(entered.id)
    if field is None:
        return
    try:
        value = field.parse(entered.text)
    except ValueError as error:
        STORE.reject(field.path, entered.text, str(error))
        return
    for path in STORE.rejected.keys() & FIELDS.keys():
        # Of pictures nothing has been entered that the reader could mend.
        if path == field.path or isinstance(FIELDS[path].control, Tiles):
            STORE.accept(path)
    set_field(field, value)


def set_field(field: Field, value: object) -> None:
    """Change a field to a value; one that it has already changes nothing."""
    state = STORE.read()
    now = settings_now(state)
    if value == field.value(sampled_now(state), now):
        return
    settings = field.settings(now, value)
    if field.path in SAMPLED:
        change_samples(field.start(sampled_now(state), value))
    elif settings is None:
        change(field.start(begun_anew(state), value))
        if (field.path, value) == ("data.name", "own"):
            # A table is entered there.
            keep(DATA_MENU, True)
    else:
        change_settings(settings)


def _add_point(point: Point) -> None:
    state = STORE.read()
    # A click that was made before other data came adds to the points from before.
    chosen = state.data if takes_points(state.data) else replace(state.data, name="points")
    shown = within_limits(state, open_data(state)[0])[0]
    present = present_points(chosen, data_at(shown, open_data(state)[0], shown_step(shown)))
    if len(present.points) >= MAX_POINTS:
        STORE.notify(f"{MAX_POINTS} points are all that fit into a link; take one away first.")
        return
    # The note on the points before is to be read while more of them come.
    change_points((*present.points, point), keep_notice=True)
    if present.copied_from:
        # A notice would move the plane away from under the next click.
        STORE.note(copied_sentence(present))


def remove_last_point() -> None:
    """Train on the reader's points without the last of them."""
    change_points(open_state().data.points[:-1])


def change_points(points: tuple[Point, ...], *, keep_notice: bool = False) -> None:
    """Train on these points from now on; they show at once."""
    state = open_state()
    chosen = replace(state.data, name="points", points=points)
    _begin_anew(replace(begun_anew(state), data=chosen), keep_notice=keep_notice)
