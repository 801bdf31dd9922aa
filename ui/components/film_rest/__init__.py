"""Nothing to be seen: what brings the rest of a film, which takes longer to compute and to come."""

from collections.abc import Mapping
from typing import Any

from ui.components.declare import declare
from ui.components.films import pack_anew

_component = declare("film_rest", "<span></span>", styles=None)


def film_rest(film: Mapping[str, Any], *, key: str) -> None:
    """Bring the rest of the film of which `films` has brought the first part."""
    _component(key=key, data=pack_anew(film))
