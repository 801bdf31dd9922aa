"""What a reader does to Streamlit's widgets, found by their keys."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.waiting import settle


def widget(page: Page, key: str) -> Locator:
    """Return the widget with a key, however often the page has replaced it.

    For a moment the one that was replaced stands, as stale, before or behind its successor.
    """
    place = f":is(.st-key-{key}, [class*='st-key-{key}-'])"
    return page.locator(f"{place}:not([data-stale=true] *, [data-stale=true])")


def open_list(page: Page, key: str) -> None:
    """Open the list of a selectbox, once it is in sight: a list that the page scrolls under is closed."""
    box = widget(page, key).get_by_role("combobox")
    box.scroll_into_view_if_needed()
    settle(page)
    box.click()


def choose(page: Page, key: str, label: str) -> None:
    """Choose an entry from the list of a selectbox."""
    open_list(page, key)
    page.get_by_role("option", name=label, exact=True).click()


def pick(page: Page, key: str, label: str) -> None:
    """Press one of the buttons of a segmented control."""
    widget(page, key).get_by_role("radio", name=label, exact=True).click()


def speak(page: Page, label: str) -> None:
    """Have the page written in another convention."""
    widget(page, "convention_menu").get_by_role("button").click()
    page.get_by_role("menuitem", name=f"{label}:").click()


def enter(page: Page, key: str, text: str) -> None:
    """Type a text into a box and press Enter."""
    field = widget(page, key).locator("input")
    # For a moment the one that the page has replaced stands beside the new one.
    expect(field).to_have_count(1)
    field.fill(text)
    field.press("Enter")


def scrolls_sideways(page: Page) -> bool:
    """Return whether the page can be scrolled to its side.

    What scrolls is not the document but the room beside the menu, wider than which the document never is.
    """
    return bool(
        page.evaluate(
            """[document.documentElement, ...document.querySelectorAll(".stMain")].some(
              (node) => node.scrollWidth > node.clientWidth)"""
        )
    )
