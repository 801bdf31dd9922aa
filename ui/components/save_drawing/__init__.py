"""Buttons that save the network on the page as a picture."""

from ui.components.declare import declare

_component = declare(
    "save_drawing",
    """
<div class="row">
  <button type="button" disabled data-kind="svg">Drawing as SVG</button>
  <button type="button" disabled data-kind="png">Drawing as PNG</button>
</div>
""",
    styles="buttons",
)


def save_drawing(key: str) -> None:
    """Show a button each for SVG and PNG of the drawing as it stands."""
    _component(key=key)
