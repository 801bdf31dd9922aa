"""A button that copies a link: the page's address, which holds everything the page shows, or a given one."""

from ui.components.declare import declare

_component = declare(
    "copy_link",
    """
<div class="row">
  <button type="button">Copy link</button>
  <input readonly hidden aria-label="Link to this page">
</div>
""",
    styles="buttons",
)


def copy_link(key: str, link: str | None = None) -> None:
    """Show the button; where the browser does not let a page copy, it shows the link to copy by hand.

    `link` None stands for the address of the page at the time of the click.
    """
    _component(key=key, data={"link": link}, width="content")
