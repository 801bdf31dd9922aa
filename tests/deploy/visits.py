"""What a visitor does on the two pages: type, drag, open everything that opens, upload, save."""

from playwright.sync_api import expect

from tests.browser.harness import go_to, scroll_to_charts, wait_for_network

TABLE = "a,b,c\n" + "\n".join(f"{k},{k * 7 % 5},{k % 2}" for k in range(40))


def box(page, name):
    return page.locator(f"[data-number='{name}']")


def type_number(page, name, text):
    """Type a number and wait until the server has written it into the page's address."""
    box(page, name).fill(text)
    box(page, name).press("Enter")
    page.wait_for_url(lambda url: f"{name}={text}" in url)


def open_one_step(page, address, query=""):
    page.goto(f"{address}/?{query}")
    wait_for_network(page)


def open_training(page, address, query=""):
    page.goto(f"{address}/training?{query}")
    page.locator(".player canvas").first.wait_for()
    scroll_to_charts(page)


def open_popovers(page):
    """Open each popover in turn."""
    names = page.get_by_test_id("stPopover").get_by_role("button").all_inner_texts()
    assert names
    for k in range(len(names)):
        page.get_by_test_id("stPopover").get_by_role("button").nth(k).click()
        inside = page.get_by_test_id("stPopoverBody").locator("label, input, button, [role=tab]")
        inside.filter(visible=True).first.wait_for()
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def save_all(page):
    """Open the dialog that shares the page and take what it has: code, pictures, web page."""
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("img").first.wait_for()
    dialog.get_by_role("tab", name="Save").click()
    for name in ("SVG", "PNG", "Save as web page"):
        with page.expect_download():
            dialog.get_by_role("button", name=name).click()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def upload_table(page):
    """Upload a table on the Training page and take it."""
    page.get_by_role("button", name="Data", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "table.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    page.get_by_role("button", name="Use this table").click()
    page.get_by_role("dialog", name="Import a table").wait_for(state="detached")


def use_one_step(page, address):
    open_one_step(page, address)
    type_number(page, "w1.1.1", "0.25")
    place = page.locator("[data-control='x1']").bounding_box()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.9, place["y"] + place["height"] / 2, steps=5)
    page.mouse.up()
    page.wait_for_url(lambda url: "x=" in url)
    open_popovers(page)
    save_all(page)


def use_training(page, address):
    open_training(page, address)
    page.get_by_role("button", name="Train to budget").click()
    page.wait_for_url(lambda url: "steps=" in url)
    for _ in range(3):
        page.locator(".controls .primary").click()
    open_popovers(page)
    save_all(page)
    go_to(page, "data=own")
    upload_table(page)
