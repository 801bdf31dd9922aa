"""What the browser has sent of the player of a training run, as records."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from core.data import EDGE
from ui.components.base.sent_fields import (
    MAX_CHANGES,
    Change,
    newest,
    read_change,
    read_fields,
    read_name,
    read_number,
    read_origin,
    read_painted,
    read_pending,
    read_seq,
    read_text,
    read_whole,
)
from ui.limits import MAX_LINK, MAX_ROWS, MAX_TRAINING_STEPS
from ui.links.points import MAX_CLASS
from ui.links.view import LOSS_SCALES


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
        return newest(self.position, self.changed, self.scale, self.sample)

    @property
    def held(self) -> str | None:
        """Return the key of the film that the browser had at its newest message."""
        parts = (self.position, self.changed, self.scale, self.sample)
        sent = [part for part in parts if part is not None]
        return max(sent, key=lambda part: part.seq).film if sent else None


def read_player(state: object) -> PlayerSent:
    """Return what the player has sent, whatever that is."""
    parts = read_fields(state)
    return PlayerSent(
        _position(parts.get("position")),
        _changed(parts.get("changed")),
        _loss_scale(parts.get("scale")),
        read_painted(parts),
        _sampled(parts.get("sample")),
        _held_sweep(parts),
    )


def read_wanted(state: object) -> Wanted | None:
    """Return the newest request for next steps of a run, whatever was sent."""
    fields = read_fields(read_fields(state).get("wanted"))
    film = read_name(fields.get("film"))
    numbers = [read_whole(fields.get(name), MAX_TRAINING_STEPS) for name in ("after", "steps", "step", "end")]
    after, steps, step, end = numbers
    if film is None or after is None or steps is None or step is None or end is None:
        return None
    return Wanted(read_seq(fields), film, after, steps, step, end)


def _position(sent: object) -> Position | None:
    fields = read_fields(sent)
    step = read_whole(fields.get("step"), MAX_TRAINING_STEPS)
    if step is None:
        return None
    end, of = read_whole(fields.get("end"), MAX_TRAINING_STEPS), read_name(fields.get("of"))
    return Position(read_seq(fields), step, read_name(fields.get("film")), end=end, of=of)


def _sampled(sent: object) -> Sampled | None:
    fields = read_fields(sent)
    sample = read_whole(fields.get("sample"), MAX_ROWS)
    return Sampled(read_seq(fields), sample, read_name(fields.get("film"))) if sample else None


def _held_sweep(parts: Mapping[Any, Any]) -> str | None:
    sent = [read_fields(parts.get(name)) for name in ("position", "changed", "scale", "sample")]
    return read_name(max(sent, key=read_seq).get("sweep"))


def _changed(sent: object) -> Changed | None:
    if not isinstance(sent, Mapping):
        return None
    return Changed(
        read_seq(sent),
        read_pending(sent.get("changes"), _change_or_point, MAX_CHANGES),
        read_text(sent.get("at"), MAX_LINK),
        read_name(sent.get("film")),
    )


def _change_or_point(sent: object) -> Change | PlacedPoint | None:
    return read_change(sent) if "id" in read_fields(sent) else _placed_point(sent)


def _placed_point(sent: object) -> PlacedPoint | None:
    fields = read_fields(sent)
    x1, x2 = (read_number(fields.get(axis), EDGE) for axis in ("x1", "x2"))
    label = read_whole(fields.get("label"), MAX_CLASS)
    if x1 is None or x2 is None or label is None:
        return None
    return PlacedPoint(read_seq(fields), x1, x2, label, *read_origin(fields))


def _loss_scale(sent: object) -> LossScale | None:
    fields = read_fields(sent)
    scale = read_name(fields.get("scale"))
    return LossScale(read_seq(fields), scale, read_name(fields.get("film"))) if scale in LOSS_SCALES else None
