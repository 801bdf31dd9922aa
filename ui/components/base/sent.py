"""What the browser has sent of a component's state, as records.

Any JSON can come from a browser, with NaN, infinities and whole numbers of any size. A field that is not of
its type, or out of its bounds, is None; a record without what it cannot do without counts as not sent.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from core.data import EDGE
from ui.limits import MAX_LINK, MAX_MAGNITUDE, MAX_ROWS, MAX_STEPS, MAX_TEXT, MAX_TRAINING_STEPS
from ui.links.points import MAX_CLASS
from ui.links.view import COLORS, HORIZONS, LOSS_SCALES, NUDGES, SCALES, TABS, View

# The largest whole number that JavaScript counts to one by one.
_MAX_SEQ = 2**53
_MAX_NAME = 100
# More than any network has numbers, and than anybody presses while one response is on its way.
_MAX_CHANGES = 1000
_MAX_PRESSES = 200

# A slider's range is widened to what is typed.
MAX_RANGE = 10 * MAX_MAGNITUDE

# The buttons that change the history of the One step page.
PRESSES = (
    *("take_1", "take_10", "take_100", "take_1000"),
    *("back", "forward", "undo", "reset", "draw_weights"),
)

T = TypeVar("T")


class Change(NamedTuple):
    """What was typed, dragged or chosen: the text for a quantity or a field, by its id.

    `session` is the one in which that was done, and `at` the browser's query string then; so in what follows.
    """

    seq: int
    id: str
    text: str
    session: str | None = None
    at: str | None = None


class Sought(NamedTuple):
    """The step of the history that the timeline was moved to, be it one that has not been taken yet."""

    seq: int
    step: int
    session: str | None = None
    at: str | None = None


class Values(NamedTuple):
    """The changes and moves that have not been acknowledged, and the weight or unit selected for the last.

    `at` is the browser's query string at the first of them, `held` the key of the film that it has.
    """

    seq: int
    changes: tuple[Change | Sought, ...]
    held: str | None
    at: str | None
    selected: str | None


class Selected(NamedTuple):
    """The weight or unit that was clicked."""

    seq: int
    id: str


class Viewed(NamedTuple):
    """How the numbers are shown.

    The color and scale of the edges, names in COLORS and SCALES; whether they have labels; the scale of the
    loss over steps, a name in LOSS_SCALES, and how many steps it is shown ahead, one of HORIZONS; the
    id of a stage, and whether its numbers are to be predicted first; what stands below the explanation, a
    name in TABS, and the h of a nudge, one of NUDGES.
    """

    seq: int
    color: str | None
    scale: str | None
    labels: bool | None
    loss_scale: str | None = None
    horizon: int | None = None
    stage: str | None = None
    predict: bool | None = None
    tab: str | None = None
    nudge: float | None = None

    def applied_to(self, view: View, stages: Collection[str]) -> View:
        """Return a view with what was chosen; a stage that is not among `stages` is left out."""
        return replace(
            view,
            color=self.color or view.color,
            scale=self.scale or view.scale,
            labels=view.labels if self.labels is None else self.labels,
            loss_scale=self.loss_scale or view.loss_scale,
            horizon=self.horizon or view.horizon,
            stage=self.stage if self.stage is not None and self.stage in stages else view.stage,
            predict=view.predict if self.predict is None else self.predict,
            tab=self.tab or view.tab,
            nudge=self.nudge or view.nudge,
        )


class Grabbed(NamedTuple):
    """The control whose film is requested, its range in the browser, and the key of the film there.

    `times` differs between two requests of the same.
    """

    seq: int
    id: str
    low: float | None = None
    high: float | None = None
    held: str | None = None
    times: int = 0


class NetworkSent(NamedTuple):
    """All that the live network has sent so far."""

    values: Values | None = None
    selected: Selected | None = None
    view: Viewed | None = None
    painted: bool = False

    @property
    def seq(self) -> int:
        """Return the number of the newest message."""
        return _newest(self.values, self.selected, self.view)


class Press(NamedTuple):
    """A button pressed, by its name in PRESSES, and the session in which it was."""

    seq: int
    name: str
    session: str | None = None
    at: str | None = None


class Pressed(NamedTuple):
    """The presses that have not been acknowledged; `at` is its query string at the first."""

    seq: int
    presses: tuple[Press, ...]
    at: str | None


class Position(NamedTuple):
    """The step at which the playhead rests, and the key of the film that the browser has.

    Where the run of the film `of` has been trained on, `end` is the last of its steps that was seen.
    """

    seq: int
    step: int
    film: str | None
    session: str | None = None
    at: str | None = None
    end: int | None = None
    of: str | None = None


class Wanted(NamedTuple):
    """A request for `steps` more of the run that begins with a film, `after` the last that the browser has.

    The playhead is at `step`, of the steps up to `end` that have been seen.
    """

    seq: int
    film: str
    after: int
    steps: int
    step: int
    end: int


class PlacedPoint(NamedTuple):
    """A point clicked onto the plane, its class, and the session in which it was."""

    seq: int
    x1: float
    x2: float
    label: int
    session: str | None = None
    at: str | None = None


class Changed(NamedTuple):
    """The points and changes of fields that have not been acknowledged, and the film that the browser has.

    `at` is its query string at the first of them, `film` the key of that film.
    """

    seq: int
    changes: tuple[Change | PlacedPoint, ...]
    at: str | None
    film: str | None


class TypedTexts(NamedTuple):
    """The texts of boxes that have not been acknowledged; `at` is its query string at the first of them."""

    seq: int
    changes: tuple[Change, ...]
    at: str | None


class LossScale(NamedTuple):
    """The chosen scale of the loss, one of LOSS_SCALES, and the key of the film that the browser has."""

    seq: int
    scale: str
    film: str | None


class Sampled(NamedTuple):
    """The number, from 1, of the sample that is to be drawn, and the key of the film that the browser has."""

    seq: int
    sample: int
    film: str | None
    session: str | None = None
    at: str | None = None


class PlayerSent(NamedTuple):
    """All that the player has sent so far."""

    position: Position | None = None
    changed: Changed | None = None
    scale: LossScale | None = None
    painted: bool = False
    sample: Sampled | None = None
    # The key of the film of several runs that the browser had at its newest message.
    sweep: str | None = None

    @property
    def loss_scale(self) -> str:
        """Return the scale of the loss, linear until another was chosen."""
        return "linear" if self.scale is None else self.scale.scale

    @property
    def seq(self) -> int:
        """Return the number of the newest message."""
        return _newest(self.position, self.changed, self.scale, self.sample)

    @property
    def held(self) -> str | None:
        """Return the key of the film that the browser had at its newest message."""
        parts = (self.position, self.changed, self.scale, self.sample)
        sent = [part for part in parts if part is not None]
        return max(sent, key=lambda part: part.seq).film if sent else None


def held_film(grabbed: Grabbed | None, values: Values | None) -> str | None:
    """Return the key of the film that the browser holds, by the newest message that names it.

    A request has the number of the message before it, so of two with the same number it is the newer.
    """
    sent = [part for part in (grabbed, values) if part is not None]
    return max(sent, key=lambda part: part.seq).held if sent else None


def read_network(state: object) -> NetworkSent:
    """Return what the live network has sent, whatever that is."""
    parts = _fields(state)
    return NetworkSent(
        _values(parts.get("values")),
        _selected(parts.get("selected")),
        _viewed(parts.get("view")),
        parts.get("painted") is True,
    )


def read_grabbed(state: object) -> Grabbed | None:
    """Return the newest request for a film, whatever was sent."""
    return _grabbed(_fields(state).get("grabbed"))


def read_pressed(state: object) -> Pressed | None:
    """Return the presses that the history's buttons have sent, whatever that is."""
    sent = _fields(state).get("pressed")
    if not isinstance(sent, Mapping):
        return None
    return Pressed(
        _seq(sent),
        _pending(sent.get("presses"), _press, _MAX_PRESSES),
        _text(sent.get("at"), MAX_LINK),
    )


def read_typed(state: object) -> TypedTexts:
    """Return the texts typed into boxes that have not been acknowledged, whatever was sent."""
    sent = _fields(_fields(state).get("typed"))
    changes = _pending(sent.get("changes"), _change, _MAX_CHANGES)
    return TypedTexts(_seq(sent), changes, _text(sent.get("at"), MAX_LINK))


def read_request(state: object) -> int:
    """Return the number of the newest request for the link, whatever was sent."""
    return _seq(_fields(_fields(state).get("requested")))


def read_player(state: object) -> PlayerSent:
    """Return what the player has sent, whatever that is."""
    parts = _fields(state)
    return PlayerSent(
        _position(parts.get("position")),
        _changed(parts.get("changed")),
        _loss_scale(parts.get("scale")),
        parts.get("painted") is True,
        _sampled(parts.get("sample")),
        _held_sweep(parts),
    )


def read_wanted(state: object) -> Wanted | None:
    """Return the newest request for next steps of a run, whatever was sent."""
    fields = _fields(_fields(state).get("wanted"))
    film = _name(fields.get("film"))
    numbers = [_whole(fields.get(name), MAX_TRAINING_STEPS) for name in ("after", "steps", "step", "end")]
    after, steps, step, end = numbers
    if film is None or after is None or steps is None or step is None or end is None:
        return None
    return Wanted(_seq(fields), film, after, steps, step, end)


def _values(sent: object) -> Values | None:
    if not isinstance(sent, Mapping):
        return None
    return Values(
        _seq(sent),
        _pending(sent.get("changes"), _change_or_move, _MAX_CHANGES),
        _name(sent.get("held")),
        _text(sent.get("at"), MAX_LINK),
        _name(sent.get("selected")),
    )


def _change_or_move(sent: object) -> Change | Sought | None:
    fields = _fields(sent)
    step = _whole(fields.get("step"), MAX_STEPS + max(HORIZONS))
    return _change(sent) if step is None else Sought(_seq(fields), step, *_made(fields))


def _change(sent: object) -> Change | None:
    fields = _fields(sent)
    name, text = _name(fields.get("id")), fields.get("text")
    # A text that is too long is refused with a sentence, as any other that is no number.
    if name is None or not isinstance(text, str):
        return None
    return Change(_seq(fields), name, text[:MAX_TEXT], *_made(fields))


def _press(sent: object) -> Press | None:
    fields = _fields(sent)
    name = _name(fields.get("name"))
    return Press(_seq(fields), name, *_made(fields)) if name in PRESSES else None


def _selected(sent: object) -> Selected | None:
    fields = _fields(sent)
    name = _name(fields.get("id"))
    return None if name is None else Selected(_seq(fields), name)


def _viewed(sent: object) -> Viewed | None:
    if not isinstance(sent, Mapping):
        return None
    color, scale = _name(sent.get("color")), _name(sent.get("scale"))
    labels, predict = sent.get("labels"), sent.get("predict")
    loss_scale, horizon = _name(sent.get("loss_scale")), _whole(sent.get("horizon"), max(HORIZONS))
    tab, nudge = _name(sent.get("tab")), _number(sent.get("nudge"), max(NUDGES))
    return Viewed(
        _seq(sent),
        color if color in COLORS else None,
        scale if scale in SCALES else None,
        labels if isinstance(labels, bool) else None,
        loss_scale if loss_scale in LOSS_SCALES else None,
        horizon if horizon in HORIZONS else None,
        _name(sent.get("stage")),
        predict if isinstance(predict, bool) else None,
        tab if tab in TABS else None,
        nudge if nudge in NUDGES else None,
    )


def _grabbed(sent: object) -> Grabbed | None:
    fields = _fields(sent)
    name = _name(fields.get("id"))
    if name is None:
        return None
    low, high = (_number(fields.get(end), MAX_RANGE) for end in ("low", "high"))
    times = _whole(fields.get("times"), _MAX_SEQ) or 0
    return Grabbed(_seq(fields), name, low, high, _name(fields.get("held")), times)


def _position(sent: object) -> Position | None:
    fields = _fields(sent)
    step = _whole(fields.get("step"), MAX_TRAINING_STEPS)
    if step is None:
        return None
    end, of = _whole(fields.get("end"), MAX_TRAINING_STEPS), _name(fields.get("of"))
    return Position(_seq(fields), step, _name(fields.get("film")), end=end, of=of)


def _sampled(sent: object) -> Sampled | None:
    fields = _fields(sent)
    sample = _whole(fields.get("sample"), MAX_ROWS)
    return Sampled(_seq(fields), sample, _name(fields.get("film"))) if sample else None


def _held_sweep(parts: Mapping[Any, Any]) -> str | None:
    sent = [_fields(parts.get(name)) for name in ("position", "changed", "scale", "sample")]
    return _name(max(sent, key=_seq).get("sweep"))


def _changed(sent: object) -> Changed | None:
    if not isinstance(sent, Mapping):
        return None
    return Changed(
        _seq(sent),
        _pending(sent.get("changes"), _change_or_point, _MAX_CHANGES),
        _text(sent.get("at"), MAX_LINK),
        _name(sent.get("film")),
    )


def _change_or_point(sent: object) -> Change | PlacedPoint | None:
    return _change(sent) if "id" in _fields(sent) else _placed_point(sent)


def _placed_point(sent: object) -> PlacedPoint | None:
    fields = _fields(sent)
    x1, x2 = (_number(fields.get(axis), EDGE) for axis in ("x1", "x2"))
    label = _whole(fields.get("label"), MAX_CLASS)
    if x1 is None or x2 is None or label is None:
        return None
    return PlacedPoint(_seq(fields), x1, x2, label, *_made(fields))


def _made(fields: Mapping[Any, Any]) -> tuple[str | None, str | None]:
    """Return the session in which something was done, and the browser's query string then."""
    return _name(fields.get("session")), _text(fields.get("at"), MAX_LINK)


def _loss_scale(sent: object) -> LossScale | None:
    fields = _fields(sent)
    scale = _name(fields.get("scale"))
    return LossScale(_seq(fields), scale, _name(fields.get("film"))) if scale in LOSS_SCALES else None


def _newest(*parts: Values | Selected | Viewed | Position | Changed | LossScale | Sampled | None) -> int:
    return max((part.seq for part in parts if part is not None), default=0)


def _fields(sent: object) -> Mapping[Any, Any]:
    return sent if isinstance(sent, Mapping) else {}


def _pending(sent: object, read: Callable[[object], T | None], most: int) -> tuple[T, ...]:
    """Return the first items of a list, at most so many, without those that cannot be read."""
    items = sent if isinstance(sent, list) else []
    return tuple(item for item in map(read, islice(items, most)) if item is not None)


def _seq(fields: Mapping[Any, Any]) -> int:
    return _whole(fields.get("seq"), _MAX_SEQ) or 0


def _whole(sent: object, high: int) -> int | None:
    """Return a whole number from 0 to `high`; in JSON true is none, in Python it would be 1."""
    if not isinstance(sent, int) or isinstance(sent, bool):
        return None
    return sent if 0 <= sent <= high else None


def _number(sent: object, most: float) -> float | None:
    """Return a number from −most to most."""
    if not isinstance(sent, int | float) or isinstance(sent, bool):
        return None
    # Compared before it becomes a float, as the largest whole numbers have none.
    return float(sent) if -most <= sent <= most else None


def _name(sent: object) -> str | None:
    return _text(sent, _MAX_NAME)


def _text(sent: object, most: int) -> str | None:
    return sent if isinstance(sent, str) and len(sent) <= most else None
