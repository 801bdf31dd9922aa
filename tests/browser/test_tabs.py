"""A tab that is used again has nothing of the test before."""

import pytest

from tests.browser.tabs import Tabs

STORED = "() => [localStorage.length, sessionStorage.length]"


@pytest.fixture
def tabs(browser, address):
    return Tabs(browser, address)


def open_page(tabs, address, **settings):
    page = tabs.open(**settings)
    page.goto(f"{address}/_stcore/health")
    return page


def test_a_tab_is_used_again_as_it_was_when_it_was_new(tabs, address):
    first = open_page(tabs, address, color_scheme="dark", viewport={"width": 390, "height": 800})
    first.evaluate("() => { localStorage.setItem('a', '1'); sessionStorage.setItem('a', '1') }")
    tabs.leave(sound=True)
    second = open_page(tabs, address)
    assert second is first
    assert second.evaluate(STORED) == [0, 0]
    assert second.evaluate("matchMedia('(prefers-color-scheme: light)').matches")
    assert second.evaluate("innerWidth") == 1366
    tabs.leave(sound=True)


@pytest.mark.parametrize("sound", [True, False], ids=["changed", "after a failure"])
def test_a_tab_that_would_keep_something_is_not_used_again(tabs, address, sound):
    first = open_page(tabs, address)
    if sound:
        first.add_init_script("globalThis.kept = true")
    tabs.leave(sound=sound)
    assert first.is_closed()
    second = open_page(tabs, address)
    assert second.evaluate("globalThis.kept ?? null") is None
    tabs.leave(sound=True)


def test_what_replaces_something_in_a_whole_context_has_one_of_its_own(tabs, address):
    other = open_page(tabs, address)
    page = open_page(tabs, address, alone=True)
    assert page.context is not other.context
    tabs.leave(sound=True)
    assert page.is_closed()
