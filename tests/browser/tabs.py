"""Tabs of a browser, each for many tests: where one has been in use, a page costs two thirds of the work."""

from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

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


class Tabs:
    """Opens tabs with some settings, and keeps those that are left as they came."""

    def __init__(self, browser: Browser, address: str) -> None:
        """Keep the tabs that are left on a page of the server at `address` that does nothing."""
        self._browser = browser
        self._rest = f"{address}/_stcore/health"
        self._contexts: dict[str, BrowserContext] = {}
        self._resting: defaultdict[str, list[Page]] = defaultdict(list)
        self._in_use: dict[Page, str] = {}
        self._pauses: dict[Page, CDPSession] = {}
        self._changed: set[Page] = set()

    def open(self, *, alone: bool = False, paused: str = "", **settings: Any) -> Page:
        """Return a tab in a context with these settings, which has one cache for all tests.

        Alone, it has a context of its own, for what changes one and cannot be taken back. Requests for an
        address of the pattern `paused` stay on their way.
        """
        media = {name: settings.pop(name, usual) for name, usual in USUAL_MEDIA.items()}
        size = settings.pop("viewport", USUAL_SIZE)
        if alone:
            page = self._browser.new_context(**settings).new_page()
            self._in_use[page] = ""
        else:
            key = repr(sorted(settings.items()))
            page = self._resting[key].pop() if self._resting[key] else self._new_tab(key, settings)
            self._in_use[page] = key
        if paused:
            # Not a route of Playwright's, which would turn the browser's cache off.
            self._pauses[page] = page.context.new_cdp_session(page)
            self._pauses[page].send("Fetch.enable", {"patterns": [{"urlPattern": paused}]})
        page.set_viewport_size(size)
        page.emulate_media(**media)
        return page

    def _new_tab(self, key: str, settings: dict[str, Any]) -> Page:
        if key not in self._contexts:
            self._contexts[key] = self._browser.new_context(**settings)
            # Stays, as the process of a context ends with its last page.
            self._contexts[key].new_page().goto(self._rest)
        page = self._contexts[key].new_page()
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
        for page, key in self._in_use.items():
            if not key:
                page.context.close()
            elif not sound or page in self._changed or not self._rest_in(page):
                page.close()
            else:
                self._resting[key].append(page)
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
