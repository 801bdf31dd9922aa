"""A live network on a page, with the films of its sliders: what the browser has sent, and what is brought."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.exercise import Exercise
from ui.components.base.sent import Grabbed, NetworkSent, held_film, read_grabbed, read_network
from ui.components.film_rest import film_rest
from ui.components.films import films
from ui.components.live_network.component import live_network
from ui.components.live_network.films import build_in_parts, film_key, requested_along, serves
from ui.links.view import View
from ui.shell.inbox import newest_taken
from ui.shell.parts import Parts
from ui.shell.store import Rejected
from ui.shell.visit import page_run, recall, session_name


@dataclass(frozen=True, slots=True)
class Live:
    """The live network of a page, by its key, and by theirs what brings the films of its sliders."""

    network: str
    films: str
    films_rest: str

    def sent(self) -> NetworkSent:
        """Return what the live network has sent so far."""
        return read_network(recall(self.network))

    def received(self) -> tuple[int, int]:
        """Return the numbers of the newest message that came, and of the newest change that was taken."""
        return self.sent().seq, newest_taken(self.network)

    def request(self, selected: str) -> Grabbed:
        """Return the newest request for a film; before there is one, that for what is `selected`."""
        return read_grabbed(recall(self.films)) or Grabbed(0, selected)

    def film(self, exercise: Exercise, view: View) -> dict[str, str] | None:
        """Return the control and the key of the film that is requested of these numbers, if there is one."""
        along = requested_along(exercise, self.request(view.selected))
        if along is None:
            return None
        return {"control": along.quantity.id, "key": film_key(exercise, along, view.horizon)}

    def draw(
        self,
        parts: Parts,
        exercise: Exercise,
        view: View,
        rejected: Mapping[str, Rejected],
        film: Mapping[str, str] | None,
        *,
        take: Callable[[], object],
        select: Callable[[], object],
        show: Callable[[], object],
        training: Mapping[str, Any] | None = None,
        past: Mapping[str, Any] | None = None,
        guide: bool = False,
    ) -> None:
        """Draw the network as a part of the page, the one of its name.

        `rejected` has the refused texts by control. `take` takes what was moved or typed, `select` what was
        clicked, and `show` what was chosen of the view; the rest is as in `live_network`.
        """
        live_network(
            exercise,
            view,
            key=self.network,
            sent=self.sent(),
            taken=newest_taken(self.network),
            session=session_name(),
            run=page_run(),
            rejected={name: text._asdict() for name, text in rejected.items()},
            training=training,
            past=past,
            film=film,
            guide=guide,
            on_change={
                "values": parts.callback(self.network, take),
                "selected": parts.callback(self.network, select),
                "view": parts.callback(self.network, show),
                "painted": parts.callback(self.network, take),
            },
        )

    def bring_film(self, parts: Parts, exercise: Exercise, view: View, take: Callable[[], object]) -> None:
        """Bring the film that is requested of these numbers, unless the browser has it.

        `take` is as in `draw`.
        """
        along = requested_along(exercise, self.request(view.selected))
        there = held_film(read_grabbed(recall(self.films)), self.sent().values)
        rest: Iterator[Mapping[str, Any]] = iter(())
        if along is not None and not serves(there, film_key(exercise, along, view.horizon)):
            rest = build_in_parts(exercise, along, view.horizon)
        films(next(rest, None), key=self.films, on_grabbed=parts.callback(self.films, take))
        # What comes first is on its way while the rest is computed.
        for film in rest:
            film_rest(film, key=self.films_rest)
