"""A picture of a network, in the colors of the page: st.html leaves no SVG."""

from ui.components.declare import declare

_component = declare("class_map", '<div class="map"></div>', styles=None)


def show_class_map(key: str, picture: str) -> None:
    """Show a picture given as an SVG element."""
    _component(key=key, data={"picture": picture})
