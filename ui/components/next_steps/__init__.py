"""Nothing to be seen: what brings the next steps of a run to the player, and its requests for them."""

from collections.abc import Callable, Mapping
from typing import Any

from ui.components.declare import declare

_component = declare("next_steps", "<span></span>", styles=None)


def next_steps(
    steps: Mapping[str, Any] | None,
    *,
    key: str,
    seq: int,
    session: str,
    run: str,
    on_wanted: Callable[[], None],
) -> None:
    """Bring steps, if there are any to bring, the SentSteps of the player's model.d.ts.

    The browser sets `wanted` ({seq, film, after, steps, step, end}) to request `steps` more `after` the last
    one that it has of the run that began with a film; it shows `step` of what it counts as trained up to
    `end`. `seq` is the newest number taken, `session` differs from session to session, and `run` names the
    run of the whole page in which this was drawn.
    """
    _component(
        key=key,
        data={"steps": steps, "seq": seq, "session": session, "run": run},
        on_wanted_change=on_wanted,
    )
