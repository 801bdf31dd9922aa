"""The live network: an SVG drawing with its sliders, as one Streamlit component."""

from collections.abc import Callable, Mapping
from typing import Any

from core.exercise import Exercise
from ui.components.base.arrays import pack
from ui.components.base.sent import NetworkSent
from ui.components.declare import declare
from ui.components.live_network.payload import network_data
from ui.links.view import View

_component = declare("live_network")


def live_network(
    exercise: Exercise,
    view: View,
    *,
    key: str,
    sent: NetworkSent,
    taken: int,
    session: str,
    run: str,
    rejected: Mapping[str, Mapping[str, str]],
    training: Mapping[str, Any] | None,
    past: Mapping[str, Any] | None,
    film: Mapping[str, str] | None,
    guide: bool,
    on_change: Mapping[str, Callable[[], None]],
) -> None:
    """Draw the exercise; what the browser sends arrives in the component state under `key`.

    The browser sets `values` ({seq, changes: [{seq, id, text, session}], held, at, selected}, the changes
    being all those that have not been acknowledged, and `at` its query string at the first of them),
    `selected` ({seq, id}), `view` ({seq, color, scale, labels, loss_scale, horizon, stage, predict, tab,
    nudge}) and `painted` (how often it has sent that it is drawn). Where the timeline was moved to a step,
    {seq, step, session} stands among the changes. `sent` is what it has set so far, `taken` the number of the
    newest change that has been taken; `session` differs from session to session, and a change brings the one
    in which it was made; `run` names the run of the whole page. `rejected` holds the texts that could not be
    taken, by control, with the reason as a sentence; `training` is {position, end, diverged}, where training
    stands, and `past` {curve, old} has the losses that have been seen, both None where no steps are taken;
    `film` {control, key} names the film that is true of these numbers, which `films` brings; `guide` is
    whether a newcomer is shown what to do first; `on_change` has a callback for each of the four.
    """
    _component(
        key=key,
        # As bytes: of a mapping Streamlit makes JSON twice, and looks for tables in it.
        data=pack(
            network_data(exercise, view)
            | {
                "seq": max(sent.seq, taken),
                "session": session,
                "run": run,
                "painted": sent.painted,
                "rejected": rejected,
                "training": training,
                "guide": guide,
                "film": film,
                "past": past if "answers" not in view.hide else None,
            }
        ),
        on_values_change=on_change["values"],
        on_selected_change=on_change["selected"],
        on_view_change=on_change["view"],
        on_painted_change=on_change["painted"],
    )
