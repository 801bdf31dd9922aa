"""The player: a training run as a film, with the loss curve as its timeline, as one Streamlit component."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ui.components.base.sent_player import PlayerSent
from ui.components.declare import declare
from ui.components.player.model import player_model
from ui.components.player.picture import Picture
from ui.components.player.records import Placing
from ui.text.numbers import USUAL_PRECISION, Precision

_component = declare("player")


def player(
    film: Mapping[str, Any],
    *,
    key: str,
    position: int,
    play_from: int | None = None,
    goes_on: bool = False,
    placing: Placing | None = None,
    views: Sequence[str] = (),
    precision: Precision = USUAL_PRECISION,
    sent: PlayerSent,
    taken: int,
    session: str,
    picture: Picture | None = None,
    panel: Mapping[str, Any] | None = None,
    sweep: Mapping[str, Any] | None = None,
    refused_weights: Mapping[str, tuple[str, str]] | None = None,
    is_seen: bool = False,
    on_change: Mapping[str, Callable[[], None]],
) -> None:
    """Show a film of `build_player`; what the browser sends arrives in the component state under `key`.

    It stands at the step `position`; where it comes after another, it is played up to there from `play_from`.
    One that `is_seen` goes as far as the browser has seen its run, of which it is not sent again what was
    shown. With `goes_on` training goes on with it where it went on with the film before.

    The browser sets `position` ({seq, step, film, end, of}, once the playhead rests), `changed` ({seq,
    changes, at, film}, what has not been acknowledged, and its query string at the first: {seq, id, text,
    session} of a field of the `panel` or of `sweep`, and {seq, x1, x2, label, session} of a click on the
    plane while `placing` has classes; x2 is None on one axis), `scale` ({seq, scale, film}, linear or log
    for the loss), `sample` ({seq, sample, film}, the number of the one that is to be the `picture`) and
    `painted` (how often it has sent that it is drawn). `sent` is what it has set so far, `taken` the number
    of the newest change that has been taken; `session` differs from one session to another. `on_change` has a
    callback for each of the five. `sweep` has the films of several runs that can be chosen, as SweepChoices
    of model.d.ts; they come by `sweeps`. `refused_weights` are texts that could not be taken as weights, with
    the reasons.
    """
    _component(
        key=key,
        data=player_model(
            film,
            position=position,
            play_from=play_from,
            goes_on=goes_on,
            placing=placing,
            views=views,
            precision=precision,
            sent=sent,
            taken=taken,
            picture=picture,
            panel=panel,
            refused_weights=refused_weights,
            is_seen=is_seen,
        )
        | {"session": session, "painted": sent.painted, "sweep": sweep},
        on_position_change=on_change["position"],
        on_changed_change=on_change["changed"],
        on_scale_change=on_change["scale"],
        on_sample_change=on_change["sample"],
        on_painted_change=on_change["painted"],
    )
