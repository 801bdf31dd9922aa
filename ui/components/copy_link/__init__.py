"""A button that copies a link: the page's address, which holds everything the page shows, or a given one."""

from collections.abc import Callable

from ui.components.declare import declare

_component = declare(
    "copy_link",
    """
<div class="row">
  <button type="button" disabled>Copy link</button>
  <input readonly hidden aria-label="Link to this page">
</div>
""",
    styles="buttons",
)


def copy_link(
    key: str, link: str | None = None, *, taken: int = 0, on_requested: Callable[[], None] | None = None
) -> None:
    """Show the button; where the browser does not let a page copy, it shows the link to copy by hand.

    `link` None stands for the address of the page with all that was sent before the click: the browser sets
    `requested` ({seq}) then, and copies once `taken` is the number of that request.
    """
    _component(key=key, data={"link": link, "seq": taken}, width="content", on_requested_change=on_requested)
