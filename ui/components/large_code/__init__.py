"""A button that shows a QR code as large as the screen, for a lecture hall."""

from ui.components.declare import declare

_component = declare(
    "large_code",
    """
<div class="row"><button type="button" disabled>Full screen</button></div>
<dialog aria-label="QR code of the link"></dialog>
""",
    styles="buttons",
)


def large_code(key: str, picture: str) -> None:
    """Show the button for a picture given as an SVG element."""
    _component(key=key, data={"picture": picture}, width="content")
