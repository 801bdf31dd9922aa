"""A page without a server: one HTML file with the live network or the player, and all that they play.

The JavaScript is that of the app; a small script stands in for Python, with what was saved.
"""

import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any, NamedTuple
from urllib.parse import quote

import streamlit as st

from core.exercise import Exercise, Quantity, quantities
from ui import theme
from ui.components.base import Sources, join_modules, read_sources
from ui.components.base.arrays import as_text
from ui.components.live_network.films import Along, build_film
from ui.components.live_network.loss_ahead import COARSENESS, COARSEST, future_bytes
from ui.components.live_network.payload import network_data
from ui.components.live_network.sliders import film_bytes, slider_range
from ui.components.player.model import player_model
from ui.components.player.picture import Picture
from ui.limits import MAX_SAVED_NETWORK_BYTES
from ui.links.view import View
from ui.text.numbers import USUAL_PRECISION, Precision

_FOLDER = Path(__file__).parent
_TEMPLATE = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
_CSS = (_FOLDER / "page.css").read_text(encoding="utf-8")
_THEME_CSS = (_FOLDER / "theme.css").read_text(encoding="utf-8")
_ICON = (_FOLDER.parents[1] / "assets" / "icon.svg").read_text(encoding="utf-8")
_NETWORK_JS = join_modules(_FOLDER / "network_host.js")
_PLAYER_JS = join_modules(_FOLDER / "player_host.js")
# Into how many steps the sliders are divided, and how coarse the training is that would follow: finest first.
FINENESS = ((200, COARSENESS), (100, COARSENESS), (50, COARSENESS), (50, COARSEST))


class Around(NamedTuple):
    """What stands around the drawing of a saved page, as HTML: `above` its title and `below` it, with styles.

    `suffix` is what stands behind the title where the browser names the page.
    """

    above: str = ""
    below: str = ""
    css: str = ""
    suffix: str = ""


ALONE = Around()


def network_page(
    exercise: Exercise,
    view: View,
    title: str,
    link: str,
    around: Around = ALONE,
    max_bytes: int = MAX_SAVED_NETWORK_BYTES,
) -> str:
    """Return the HTML of a page where the sliders of an exercise work, one at a time.

    Where the films of all sliders do not fit into `max_bytes`, those of the selected weight or unit come
    first and the sliders without a film stand still. An empty `link` is left out.
    """
    place = _fineness(exercise, view, max_bytes)
    data = network_data(exercise, view, FINENESS[place][0])
    data["choices"] = data["choices"] | {"horizons": [view.horizon]}
    if "answers" in view.hide:
        films = []
        note = "An exercise saved from Backprop Explorer: the numbers stand as they were saved."
    else:
        films = _films(exercise, view, place, max_bytes)
        note = (
            "Saved from Backprop Explorer: each slider moves with all other numbers as they were saved, "
            "and what is typed goes to the nearest of its positions."
        )
    return _page(
        title,
        link,
        note,
        around,
        saved={"data": data, "films": films},
        sources=read_sources("live_network")._replace(js=_NETWORK_JS),
    )


def _fineness(exercise: Exercise, view: View, max_bytes: int) -> int:
    """Return the place in FINENESS with which the films of all sliders fit into the file, else the last."""
    count = len(quantities(exercise.network))
    sizes = [_size(exercise, view, place) for place in range(len(FINENESS))]
    fitting = [place for place, size in enumerate(sizes) if count * size <= max_bytes]
    return fitting[0] if fitting else len(FINENESS) - 1


def _size(exercise: Exercise, view: View, place: int) -> int:
    """Return about how many bytes a film takes, with its future."""
    count, coarseness = FINENESS[place]
    return film_bytes(exercise.network, count) + future_bytes(count, view.horizon, coarseness[view.horizon])


def _films(exercise: Exercise, view: View, place: int, max_bytes: int) -> list[dict[str, Any]]:
    """Return a film of every control, or of as many as fit, those near the selection first."""
    known = sorted(quantities(exercise.network), key=lambda quantity: not _is_near(quantity, view.selected))
    count, coarseness = FINENESS[place]
    return [
        build_film(
            exercise, Along(quantity, *slider_range(exercise, quantity)), count, view.horizon, coarseness
        )
        for quantity in known[: max_bytes // _size(exercise, view, place)]
    ]


def _is_near(quantity: Quantity, selected: str) -> bool:
    """Return whether a quantity is the selected one, or leads into the selected unit."""
    if quantity.id == selected or quantity.kind == "eta":
        return True
    layer, _, unit = selected.removeprefix("n").partition(".")
    return quantity.kind in "wb" and (str(quantity.layer), str(quantity.column + 1)) == (layer, unit)


def player_page(
    film: Mapping[str, Any],
    position: int,
    title: str,
    link: str,
    precision: Precision = USUAL_PRECISION,
    picture: Picture | None = None,
    views: Sequence[str] = (),
    around: Around = ALONE,
) -> str:
    """Return the HTML of a page that plays a film of `build_player` from a step on, with its `picture`.

    The plane is shown as `views` of player_model has it. An empty `link` is left out.
    """
    return _page(
        title,
        link,
        "Saved from Backprop Explorer: the whole run is in this file.",
        around,
        saved=player_model(film, position=position, precision=precision, picture=picture, views=views),
        sources=read_sources("player")._replace(js=_PLAYER_JS),
    )


def _page(
    title: str,
    link: str,
    note: str,
    around: Around,
    *,
    saved: Mapping[str, Any],
    sources: Sources,
) -> str:
    # Inside a script element only "<" could end what is data and begin what is markup.
    data = json.dumps(saved, allow_nan=False, separators=(",", ":"), default=as_text).replace("<", "\\u003c")
    to_app = f' <a href="{html.escape(link)}">Open it in Backprop Explorer</a>' if link else ""
    return _TEMPLATE.substitute(
        title=html.escape(title),
        suffix=html.escape(around.suffix),
        icon=icon_address(),
        above=around.above,
        below=around.below,
        note=html.escape(note),
        link=to_app,
        css=f"{page_theme_css()}\n{_CSS}\n{around.css}\n{sources.css}",
        body=sources.html,
        saved=data,
        js=sources.js,
    )


def icon_address() -> str:
    """Return the app's icon as an address that holds it, so that no browser looks for one elsewhere."""
    return f"data:image/svg+xml,{quote(_ICON)}"


def page_theme_css() -> str:
    """Return the styles of a page in the app's own colors and fonts, with their variables."""
    return f"{theme_css()}\n{_THEME_CSS}"


def theme_css() -> str:
    """Return the app's own colors and fonts as the variables that the drawings are styled with."""
    light, dark = (
        "".join(f"{name}: {st.get_option(f'theme.{base}.{option}')};" for name, option in theme.CSS.items())
        for base in ("light", "dark")
    )
    fonts = f"--st-font: {st.get_option('theme.font')}; --st-code-font: {st.get_option('theme.codeFont')};"
    radius = f"--st-button-radius: {st.get_option('theme.baseRadius')};"
    return (
        f":root {{ color-scheme: light dark; {fonts} {radius} {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    )
