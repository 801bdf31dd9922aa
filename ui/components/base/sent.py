"""What the browser has sent of the live network, its films, the buttons beside it, and boxes, as records."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from ui.components.base.sent_fields import (
    MAX_CHANGES,
    MAX_SEQ,
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
from ui.limits import MAX_LINK, MAX_MAGNITUDE, MAX_STEPS
from ui.links.view import COLORS, HORIZONS, LOSS_SCALES, NUDGES, SCALES, TABS, View

# More than anybody presses while one response is on its way.
_MAX_PRESSES = 200

# A slider's range is widened to what is typed.
MAX_RANGE = 10 * MAX_MAGNITUDE

# The buttons that change the history of the One step page.
PRESSES = (
    *("take_1", "take_10", "take_100", "take_1000"),
    *("back", "forward", "undo", "reset", "draw_weights"),
)


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
        return newest(self.values, self.selected, self.view)


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


class TypedTexts(NamedTuple):
    """The texts of boxes that have not been acknowledged; `at` is its query string at the first of them."""

    seq: int
    changes: tuple[Change, ...]
    at: str | None


def held_film(grabbed: Grabbed | None, values: Values | None) -> str | None:
    """Return the key of the film that the browser holds, by the newest message that names it.

    A request has the number of the message before it, so of two with the same number it is the newer.
    """
    sent = [part for part in (grabbed, values) if part is not None]
    return max(sent, key=lambda part: part.seq).held if sent else None


def read_network(state: object) -> NetworkSent:
    """Return what the live network has sent, whatever that is."""
    parts = read_fields(state)
    return NetworkSent(
        _values(parts.get("values")),
        _selected(parts.get("selected")),
        _viewed(parts.get("view")),
        read_painted(parts),
    )


def read_grabbed(state: object) -> Grabbed | None:
    """Return the newest request for a film, whatever was sent."""
    return _grabbed(read_fields(state).get("grabbed"))


def read_pressed(state: object) -> Pressed | None:
    """Return the presses that the history's buttons have sent, whatever that is."""
    sent = read_fields(state).get("pressed")
    if not isinstance(sent, Mapping):
        return None
    return Pressed(
        read_seq(sent),
        read_pending(sent.get("presses"), _press, _MAX_PRESSES),
        read_text(sent.get("at"), MAX_LINK),
    )


def read_typed(state: object) -> TypedTexts:
    """Return the texts typed into boxes that have not been acknowledged, whatever was sent."""
    sent = read_fields(read_fields(state).get("typed"))
    changes = read_pending(sent.get("changes"), read_change, MAX_CHANGES)
    return TypedTexts(read_seq(sent), changes, read_text(sent.get("at"), MAX_LINK))


def read_request(state: object) -> int:
    """Return the number of the newest request for the link, whatever was sent."""
    return read_seq(read_fields(read_fields(state).get("requested")))


def _values(sent: object) -> Values | None:
    if not isinstance(sent, Mapping):
        return None
    return Values(
        read_seq(sent),
        read_pending(sent.get("changes"), _change_or_move, MAX_CHANGES),
        read_name(sent.get("held")),
        read_text(sent.get("at"), MAX_LINK),
        read_name(sent.get("selected")),
    )


def _change_or_move(sent: object) -> Change | Sought | None:
    fields = read_fields(sent)
    step = read_whole(fields.get("step"), MAX_STEPS + max(HORIZONS))
    return read_change(sent) if step is None else Sought(read_seq(fields), step, *read_origin(fields))


def _press(sent: object) -> Press | None:
    fields = read_fields(sent)
    name = read_name(fields.get("name"))
    return Press(read_seq(fields), name, *read_origin(fields)) if name in PRESSES else None


def _selected(sent: object) -> Selected | None:
    fields = read_fields(sent)
    name = read_name(fields.get("id"))
    return None if name is None else Selected(read_seq(fields), name)


def _viewed(sent: object) -> Viewed | None:
    if not isinstance(sent, Mapping):
        return None
    color, scale = read_name(sent.get("color")), read_name(sent.get("scale"))
    labels, predict = sent.get("labels"), sent.get("predict")
    loss_scale, horizon = read_name(sent.get("loss_scale")), read_whole(sent.get("horizon"), max(HORIZONS))
    tab, nudge = read_name(sent.get("tab")), read_number(sent.get("nudge"), max(NUDGES))
    return Viewed(
        read_seq(sent),
        color if color in COLORS else None,
        scale if scale in SCALES else None,
        labels if isinstance(labels, bool) else None,
        loss_scale if loss_scale in LOSS_SCALES else None,
        horizon if horizon in HORIZONS else None,
        read_name(sent.get("stage")),
        predict if isinstance(predict, bool) else None,
        tab if tab in TABS else None,
        nudge if nudge in NUDGES else None,
    )


def _grabbed(sent: object) -> Grabbed | None:
    fields = read_fields(sent)
    name = read_name(fields.get("id"))
    if name is None:
        return None
    low, high = (read_number(fields.get(end), MAX_RANGE) for end in ("low", "high"))
    times = read_whole(fields.get("times"), MAX_SEQ) or 0
    return Grabbed(read_seq(fields), name, low, high, read_name(fields.get("held")), times)
