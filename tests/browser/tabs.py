"""Tabs of a browser, each for many tests: where one has been in use, a page costs two thirds of the work."""

from collections import defaultdict
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

from tests.browser.components import App
from tests.browser.held_responses import STREAM, HeldResponses

# What a tab has by itself: what is printed is for paper, all else for a screen.
USUAL_MEDIA = {
    "color_scheme": "light",
    "forced_colors": "none",
    "media": "null",
    "reduced_motion": "no-preference",
}
USUAL_SIZE = {"width": 1366, "height": 768}
# What a tab keeps from page to page, and nothing takes back.
LASTING = ("add_init_script", "expose_binding", "expose_function", "route", "route_web_socket")


class Kind(NamedTuple):
    """What a tab is for: the settings of its context, and what it has in place of a plain connection."""

    settings: str
    held: bool
    has_app: bool


class Tabs:
    """Opens tabs with some settings, and keeps those that are left as they came."""

    def __init__(self, browser: Browser, address: str) -> None:
        """Keep the tabs that are left on a page of the server at `address` that does nothing."""
        self._browser = browser
        self._rest = f"{address}/_stcore/health"
        self._contexts: dict[str, BrowserContext] = {}
        self._resting: defaultdict[Kind, list[Page]] = defaultdict(list)
        self._in_use: dict[Page, Kind | None] = {}
        self._held: dict[Page, HeldResponses] = {}
        self._apps: dict[Page, App] = {}
        self._pauses: dict[Page, CDPSession] = {}
        self._changed: set[Page] = set()

    def open(
        self,
        *,
        alone: bool = False,
        held: HeldResponses | None = None,
        app: App | None = None,
        paused: str = "",
        **settings: Any,
    ) -> Page:
        """Return a tab in a context with these settings, which has one cache for all tests.

        Alone, it has a context of its own, for what changes one and cannot be taken back. Requests for an
        address of the pattern `paused` stay on their way; what its server sends goes through `held`; in place
        of a server there may be an `app` of components.
        """
        media = {name: settings.pop(name, usual) for name, usual in USUAL_MEDIA.items()}
        size = settings.pop("viewport", USUAL_SIZE)
        if alone:
            page = self._browser.new_context(**settings).new_page()
            self._in_use[page] = None
            if held:
                held.stand_before(page)
        else:
            kind = Kind(repr(sorted(settings.items())), held is not None, app is not None)
            page = self._resting[kind].pop() if self._resting[kind] else self._new_tab(kind, settings)
            self._in_use[page] = kind
            if held:
                self._held[page] = held
            if app:
                self._apps[page] = app
        if paused:
            # Not a route of Playwright's, which would turn the browser's cache off.
            self._pauses[page] = page.context.new_cdp_session(page)
            self._pauses[page].send("Fetch.enable", {"patterns": [{"urlPattern": paused}]})
        page.set_viewport_size(size)
        page.emulate_media(**media)
        return page

    def _new_tab(self, kind: Kind, settings: dict[str, Any]) -> Page:
        if kind.settings not in self._contexts:
            self._contexts[kind.settings] = self._browser.new_context(**settings)
            # Stays, as the process of a context ends with its last page.
            self._contexts[kind.settings].new_page().goto(self._rest)
        page = self._contexts[kind.settings].new_page()
        if kind.held:
            page.route_web_socket(STREAM, lambda route: self._held[page].connect_page(route))
        if kind.has_app:
            page.expose_function("runApp", lambda message: self._apps[page].take(message))
            page.goto(self._rest)
        for name in LASTING:
            setattr(page, name, self._noting_a_change(page, getattr(page, name)))
        return page

    def _noting_a_change(self, page: Page, act: Any) -> Any:
        def noted(*arguments: Any, **named: Any) -> Any:
            self._changed.add(page)
            return act(*arguments, **named)

        return noted

    def leave(self, *, sound: bool) -> None:
        """Leave all tabs in use: those that are as they came stay for others where all is `sound`."""
        for page, kind in self._in_use.items():
            if not kind:
                page.context.close()
            elif not sound or page in self._changed or not self._rest_in(page):
                page.close()
            else:
                self._resting[kind].append(page)
        self._in_use.clear()
        self._pauses.clear()
        self._changed.clear()

    def _rest_in(self, page: Page) -> bool:
        """Leave a tab as it came, on a page that does nothing; return whether it is still there."""
        try:
            page.evaluate("localStorage.clear(), sessionStorage.clear()")
            # Outside, so that it hovers over nothing.
            page.mouse.move(-1, -1)
            page.goto(self._rest)
            if page in self._pauses:
                self._pauses[page].detach()
        except Error:
            return False
        return True
