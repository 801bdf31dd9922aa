"""The dialog that shares a page: a link and what it leaves out, a QR code, a frame for other pages, files."""

import html
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from ui.components.base.sent import read_request
from ui.components.copy_link import copy_link
from ui.components.large_code import large_code
from ui.components.save_drawing import save_drawing
from ui.links.query import HIDE
from ui.links.versions import versioned
from ui.shell.dialogs import one_at_a_time
from ui.shell.visit import keep, keep_on_page, recall
from ui.shell.widgets import of_the_page

# The least width in pixels at which the sliders stand beside the network.
FRAME_WIDTH = 600
# The most that a QR code holds, in bytes.
_QR_BYTES = 2953
_OPEN = "share_open"
_COPY_LINK = "copy_link"


class Shared(NamedTuple):
    """A page to be shared.

    `query` holds its parameters, `hideable` what a link of it can leave out, `hidden` what the present one
    does; `save` takes the link and what to hide and returns the HTML of the page without a server, called
    `file_name`. `frame_height` takes what to hide and returns the height in pixels at which a frame of
    FRAME_WIDTH or more shows all of the page.
    """

    title: str
    query: Mapping[str, str]
    hideable: Mapping[str, str]
    hidden: Sequence[str]
    save: Callable[[str, tuple[str, ...]], str]
    file_name: str
    frame_height: Callable[[tuple[str, ...]], int]


def render_sharing(shared: Shared, catch_up: Callable[[], object] = lambda: None) -> None:
    """Show the button that copies the page's address, and the one that opens the dialog.

    What is shown, but not in the state yet, is brought there by `catch_up` first.
    """

    def open_dialog() -> None:
        catch_up()
        keep_on_page(_OPEN, True)

    render_copy_link(catch_up)
    tip = "Link, QR code, frame for a course page, files"
    st.button("Share", icon=":material/share:", help=tip, key="share_page", on_click=of_the_page(open_dialog))
    if recall(_OPEN):
        _dialog(shared)


def render_copy_link(catch_up: Callable[[], object] = lambda: None) -> None:
    """Show the button that copies the page's address, after what `catch_up` brings into the state."""
    copy_link(_COPY_LINK, taken=newest_request(), on_requested=of_the_page(catch_up))


def newest_request() -> int:
    """Return the number of the newest request for the link of the page."""
    return read_request(recall(_COPY_LINK))


def _close() -> None:
    keep(_OPEN, False)


@one_at_a_time
@st.dialog("Share this page", width="medium", on_dismiss=of_the_page(_close))
def _dialog(shared: Shared) -> None:
    hide = _pick_hidden(shared)
    link = build_link(st.context.url or "", shared.query, hide)
    to_link, to_frame, to_file = st.tabs(["Link", "Embed", "Save"])
    with to_link:
        st.code(link, language=None, wrap_lines=True)
        copy_link("copy_shared_link", link)
        _render_qr_code(link)
    with to_frame:
        st.caption(
            "For a course page or slides made in HTML. "
            f"Nothing is cut from {FRAME_WIDTH} pixels of width on; a smaller frame scrolls."
        )
        snippet = embed_snippet(link, shared.title, shared.frame_height(hide))
        st.code(snippet, language="html", wrap_lines=True)
    with to_file:
        st.caption("The drawing as it stands, or one HTML file that works offline, without a server.")
        save_drawing("save_drawing")
        st.download_button(
            "Save as web page",
            lambda: shared.save(link, hide),
            shared.file_name,
            "text/html",
            on_click="ignore",
            icon=":material/download:",
        )


def _pick_hidden(shared: Shared) -> tuple[str, ...]:
    """Return what to hide: all that this page hides already, and what is picked to be hidden too."""
    if shared.hidden:
        names = ", ".join(shared.hideable[name] for name in shared.hidden)
        st.caption(f"Hidden here, and in all that is shared from here: {names}.")
    open_names = [name for name in shared.hideable if name not in shared.hidden]
    picked = st.pills(
        "Hide in the shared page",
        open_names,
        format_func=shared.hideable.__getitem__,
        selection_mode="multi",
        help="What the shared page does not show. Whoever edits the link can bring it back.",
    )
    return tuple(name for name in shared.hideable if name in (*shared.hidden, *picked))


def build_link(address: str, query: Mapping[str, str], hide: Sequence[str]) -> str:
    """Return the link to a page at `address` with its parameters and what it hides."""
    if not urlsplit(address).path:
        address += "/"
    parameters = {name: text for name, text in query.items() if name not in {"v", HIDE}}
    if hide:
        parameters[HIDE] = ".".join(hide)
    return f"{address}?{urlencode(versioned(parameters), safe='~')}" if parameters else address


def embed_snippet(link: str, title: str, height: int) -> str:
    """Return the HTML that shows a link in a frame of another page, `height` pixels high."""
    source = f"{link}{'&' if '?' in link else '?'}embed=true"
    return (
        f'<iframe src="{html.escape(source)}" title="Backprop Explorer: {html.escape(title)}" '
        f'width="100%" height="{height}" style="border: 0" loading="lazy" '
        'allow="clipboard-write"></iframe>'
    )


def _render_qr_code(link: str) -> None:
    size = len(link.encode())
    if size > _QR_BYTES:
        st.caption(f"The link has {size:,} characters; a QR code holds up to {_QR_BYTES:,}.")
        return
    code = segno.make(link, error="l", micro=False)
    large_code("large_code", code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))
    st.image(
        code.svg_inline(border=4, dark="#000", light="#fff", scale=6), width=260, alt="QR code of the link"
    )
