"""The films of a live network's sliders on a page: which one is wanted, and what there is to bring."""

from collections.abc import Iterator, Mapping
from typing import Any

from core.exercise import Exercise
from ui.components.base.sent import Grabbed, held_film, read_grabbed, read_network
from ui.components.live_network.films import build_in_parts, film_key, requested_along, serves
from ui.shell.visit import recall


def film_request(key: str, selected: str) -> Grabbed:
    """Return the newest request for a film that the component `key` has sent; before, that for `selected`."""
    return read_grabbed(recall(key)) or Grabbed(0, selected)


def film_there(key: str, network: str) -> str | None:
    """Return the key of the film that the browser has, by what the components have sent."""
    return held_film(read_grabbed(recall(key)), read_network(recall(network)).values)


def film_of(exercise: Exercise, request: Grabbed, horizon: int) -> dict[str, str] | None:
    """Return the control and the key of the film that is requested of these numbers, if there is one."""
    along = requested_along(exercise, request)
    if along is None:
        return None
    return {"control": along.quantity.id, "key": film_key(exercise, along, horizon)}


def film_to_bring(
    exercise: Exercise, request: Grabbed, horizon: int, there: str | None
) -> tuple[Mapping[str, Any] | None, Iterator[Mapping[str, Any]]]:
    """Return the first part of the film that is requested, and what computes the rest of it.

    There is neither where the browser has the film `there`, or requests none.
    """
    along = requested_along(exercise, request)
    if along is None or serves(there, film_key(exercise, along, horizon)):
        return None, iter(())
    rest = build_in_parts(exercise, along, horizon)
    return next(rest), rest
