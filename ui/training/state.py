"""What the Training page shows, as a record: the data, the network, how to train, and how far it has come.

A run is a list of segments. Settings (all of core.settings.Settings) act from the shown step on: a change of
one begins a segment there, and training goes on with the weights that are there. A weight that is set by hand
begins one too, and so do another noise or training fraction. What the run had beyond is its replaced future,
of which the last few are drawn faint. Other data, network, loss, initializer and seed are what a run begins
with: a change of those begins another one, with the settings of the shown step.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.data import DATASETS
from core.optimizers import OPTIMIZERS
from core.settings import Sampling, Segment, Settings, continued_at, normalized
from ui.limits import MAX_LEFT_BEHIND
from ui.links.points import Point
from ui.text.numbers import Precision
from ui.training.importing.records import Choices

REAL = {"iris": "Iris: which species", "tips": "Tips: how much guests tip", "wine": "Wine: which cultivar"}
PICTURES = {"digits": "Digits: which one is drawn"}
OWN = {"points": "Your own points", "own": "Your own table"}
TASKS = {"classes": "Classes", "regression": "Numbers"}
UNITS = {"steps": "steps", "epochs": "epochs"}
USUAL_DATA = "circle"
# How the plane is shown, as the player has it.
PLANE_VIEWS = ("discrete", "notest")
HIDEABLE = {"answers": "charts", "menu": "settings and menus"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The data: a name in DATASETS, REAL, PICTURES or OWN, and what goes with it.

    `samples`, `noise` and `seed` make a generated set; `features` names columns made of the two
    coordinates; `target`, `columns` and `standardize` pick from a table, "" and () meaning the usual ones;
    `axes` names the two inputs of a table that the plane is drawn over, () meaning the usual ones; no run
    depends on them. `task` (a name in TASKS) is what the values of the target are, "" for what is likelier;
    `reading` is how its file is read, where that was chosen; with `example` the columns are those of the
    small example in the place of a table of the reader's own. `points` are the reader's own. `train_share`
    of the samples is trained on, the rest is for the test.
    """

    name: str = USUAL_DATA
    samples: int = 500
    noise: float = 0.0
    seed: int = 1
    train_share: float = 0.5
    features: tuple[str, ...] = ("x1", "x2")
    points: tuple[Point, ...] = ()
    target: str = ""
    columns: tuple[str, ...] = ()
    standardize: bool = True
    axes: tuple[str, ...] = ()
    task: str = ""
    reading: Choices = field(default_factory=Choices)
    example: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A future that a change of settings has replaced: it left the run at step `at` and went on to `end`.

    `segments` are those that were its own, from `at` on; before, and where there are none, it has the run's.
    """

    at: int
    end: int
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Training:
    """The state of the Training page.

    `hidden` holds the widths of the hidden layers, `activation` their function; `loss` is a name in LOSSES
    or "" for the one that suits the data. The initial weights are those of the `initializer` times
    `init_scale`. `theta` is given in their place, weights and biases in the order of core.network, ()
    for none. `seed` draws the initial weights and the order of the batches.
    `settings` are those of the first step, `changes` the segments that begin later, in their order and none
    behind `steps`, without a sampling where it is that of `data`; `left` are replaced futures, the newest
    last, each of which left the run as it is now.
    `budget` with `unit` (a name in UNITS) is how far a press on Train goes, `steps` how many steps have
    been trained and `at` the step that is shown, None for the last. `hide` has names in HIDEABLE, of what a
    teacher has taken off the page. Numbers have `digits` significant digits, or so many `decimals`.
    `film` names the hyperparameter whose film is played, in HYPERPARAMETERS, "" for none; `plane` has
    names in PLANE_VIEWS, of how the plane is shown.
    `sample` is the number, from 1, of the sample that is looked at, None for the first of the shown step's
    batch, and of data with pictures the first training sample; no run depends on it.
    """

    data: Chosen = field(default_factory=Chosen)
    hidden: tuple[int, ...] = (4, 2)
    activation: str = "tanh"
    loss: str = ""
    initializer: str = "xavier"
    seed: int = 1
    settings: Settings = field(default_factory=Settings)
    budget: int = 1000
    unit: str = "steps"
    steps: int = 0
    changes: tuple[Segment, ...] = ()
    left: tuple[Left, ...] = ()
    at: int | None = None
    hide: tuple[str, ...] = ()
    digits: int = 6
    decimals: int | None = None
    sample: int | None = None
    film: str = ""
    init_scale: float = 1.0
    plane: tuple[str, ...] = ()
    theta: tuple[float, ...] = ()

    @property
    def precision(self) -> Precision:
        """Return how exactly numbers are shown."""
        return Precision(self.digits, self.decimals)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Return all segments of the run, from step 0 on."""
        own = sampling_of(self.data)
        first = Segment(0, self.settings, sampling=own)
        return (first, *(replace(each, sampling=each.sampling or own) for each in self.changes))

    @property
    def now(self) -> Settings:
        """Return the settings that act at the shown step: those of the step that follows it."""
        return self.acting.settings

    @property
    def acting(self) -> Segment:
        """Return what acts from the shown step on, with the weights that are set just there."""
        return continued_at(self.segments, self.steps if self.at is None else self.at)


def sampling_of(chosen: Chosen) -> Sampling:
    """Return how the samples of data come."""
    return Sampling(chosen.noise, chosen.train_share)


def resampled(chosen: Chosen, sampling: Sampling | None) -> Chosen:
    """Return data with another sampling, or with its own for None."""
    return chosen if sampling is None else replace(chosen, **sampling._asdict())


def with_segments(state: Training, segments: Sequence[Segment]) -> Training:
    """Return the state with the segments of its run; the first is what the run begins with."""
    first, *changes = normalized(segments)
    data = resampled(state.data, first.sampling)
    return replace(
        state,
        data=data,
        settings=first.settings,
        changes=stored(data, changes),
    )


def stored(chosen: Chosen, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return segments as a state has them, without a sampling where it is that of the data."""
    own = sampling_of(chosen)
    return tuple(replace(each, sampling=None) if each.sampling == own else each for each in segments)


def restarted(state: Training, first: Segment) -> Training:
    """Return the state before the first step, with settings and samples of a segment and nothing left."""
    data = resampled(state.data, first.sampling)
    return replace(state, data=data, settings=first.settings, steps=0, changes=(), left=(), at=None)


def up_to(state: Training, steps: int) -> Training:
    """Return the state with a run of so many steps, without what begins or leaves it later."""
    return replace(
        state,
        steps=steps,
        changes=tuple(segment for segment in state.changes if segment.at <= steps),
        left=tuple(left for left in state.left if left.at <= steps),
        at=None,
    )


def branched(state: Training, chosen: Segment, end: int) -> Training:
    """Return the state with what was chosen from its step on, where the run now ends.

    Its steps from there to `end`, if any, are a replaced future from now on. One that begins as the run
    itself will go on is drawn no more.
    """
    step = chosen.at
    if chosen.sampling is None:
        chosen = replace(chosen, sampling=continued_at(state.segments, step).sampling)
    before = [segment for segment in state.segments if segment.at < step]
    # Where the run diverged or stopped, none of its steps had the settings that begin later.
    own = tuple(segment for segment in state.segments if step <= segment.at < end)
    left = [left for left in state.left if left.at <= step]
    if end > step:
        left.append(Left(step, end, own))
    begun = state.data
    state = replace(with_segments(state, (*before, chosen)), steps=step, at=None)
    left = [_left_by(state.data, each, begun) for each in left]
    others = [left for left in left if left.at < step or left_run(state, left).acting != chosen]
    return replace(state, left=tuple(others[-MAX_LEFT_BEHIND:]))


def _left_by(chosen: Chosen, left: Left, begun: Chosen) -> Left:
    """Return a future of a run that began with `begun`, as one of a run with other data has it."""
    own = sampling_of(begun)
    segments = [replace(each, sampling=each.sampling or own) for each in left.segments]
    return replace(left, segments=stored(chosen, segments))


def left_run(state: Training, left: Left) -> Training:
    """Return the state of a run that was left, shown at the step where that was."""
    before = (segment for segment in state.segments if segment.at < left.at)
    own = sampling_of(state.data)
    after = (replace(each, sampling=each.sampling or own) for each in left.segments)
    return replace(with_segments(state, (*before, *after)), steps=left.end, left=(), at=left.at)


def substance(state: Training) -> Training:
    """Return the state without what no step of its run depends on."""
    usual = Training()
    data = replace(state.data, axes=(), reading=Choices())
    state = replace(state, data=data, steps=0, left=(), at=None, sample=None, film=usual.film, plane=())
    state = replace(state, budget=usual.budget, unit=usual.unit)
    return replace(state, hide=(), digits=usual.digits, decimals=usual.decimals)


def with_optimizer(settings: Settings, name: str) -> Settings:
    """Return the settings with another optimizer; its usual learning rate comes with it.

    A learning rate that is not the usual one of the present optimizer was set by the reader, and stays.
    """
    usual = OPTIMIZERS[settings.optimizer].usual_learning_rate
    if settings.learning_rate != usual:
        return replace(settings, optimizer=name)
    return replace(settings, optimizer=name, learning_rate=OPTIMIZERS[name].usual_learning_rate)


def data_label(name: str) -> str:
    """Return what the menus call a data set."""
    return (REAL | PICTURES | OWN).get(name) or DATASETS[name].label


def number_of_changes(segments: Sequence[Segment]) -> int:
    """Return how many changes a run's segments are: one each, but one for every weight that is set."""
    return sum(max(len(segment.weights), 1) for segment in segments[1:])


def without_columns(chosen: Chosen) -> Chosen:
    """Return the data with the usual columns of a table, and what is usual for them."""
    return replace(chosen, target="", columns=(), axes=(), task="", example=False)
