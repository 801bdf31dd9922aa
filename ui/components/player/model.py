"""What is sent to the player: a film, and what only the present run of the page has."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui import theme
from ui.components.base.sent_player import PlayerSent
from ui.components.player.picture import Picture, picture_data
from ui.components.player.records import Placing
from ui.text.numbers import USUAL_PRECISION, Precision

_NOTHING_SENT = PlayerSent()

PALETTES = {
    name: {
        **theme.PALETTES[name],
        "classes": list(theme.CLASS_COLORS[name]),
        "markers": [marker.name for marker in theme.CLASS_MARKERS],
    }
    for name in theme.PALETTES
}


def continuation(film: Mapping[str, Any]) -> dict[str, Any]:
    """Return what there is of a film beyond the key frames and maps of its run: a SentContinuation."""
    return {name: film[name] for name in ("key", "run", "still", "best", "diverged")} | {
        "last": film["steps"][-1]
    }


def player_model(
    film: Mapping[str, Any],
    *,
    position: int,
    play_from: int | None = None,
    placing: Placing | None = None,
    views: Sequence[str] = (),
    goes_on: bool = False,
    precision: Precision = USUAL_PRECISION,
    sent: PlayerSent = _NOTHING_SENT,
    taken: int = 0,
    picture: Picture | None = None,
    panel: Mapping[str, Any] | None = None,
    refused_weights: Mapping[str, tuple[str, str]] | None = None,
    is_seen: bool = False,
) -> dict[str, Any]:
    """Return the PlayerModel of model.d.ts, with no more of the film than the browser lacks.

    All key frames of a film that `is_seen` have come to the browser as next steps of its run.

    `picture` is the sample to draw where the inputs are pixels. `position` is the step a film new to the
    browser starts at, and `play_from` one before it from which it is played where another was there before;
    with `goes_on` training goes on with it where it went on with that one.
    `precision` is that of the numbers shown, and `taken` the number of the newest change that has been taken.
    `panel` has the controls that stand beside the drawing, as a SentPanel; None leaves them out.
    `refused_weights` are texts that could not be taken as weights, with the reasons, by their places in θ.
    """
    if film["key"] == sent.held:
        film = {"key": film["key"]}
    elif is_seen:
        film = continuation(film)
    return {
        "seq": max(sent.seq, taken),
        "film": film,
        "position": position,
        "play_from": play_from,
        "goes_on": goes_on,
        "picture": None if picture is None else picture_data(picture),
        "scale": sent.loss_scale,
        "placing": None if placing is None else placing._asdict(),
        "views": list(views),
        "palette": PALETTES,
        "panel": panel,
        "refused_weights": {
            place: {"text": text, "message": message}
            for place, (text, message) in (refused_weights or {}).items()
        },
        "precision": precision._asdict(),
    }
