"""The code of large components, which a browser loads as files."""

import pytest
from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.harness import start_server, wait_for_network

FILES = "**/component/**/live_network.*.js*"


def stop_first(page, count, status):
    """Let the first requests for the file bring no code; return all requests."""
    seen = []

    def fulfil(route):
        seen.append(route.request.url)
        if len(seen) <= count:
            route.fulfill(status=status, content_type="text/html", body="<!doctype html><p>Not here</p>")
        else:
            route.continue_()

    page.route(FILES, fulfil)
    return seen


def test_the_code_is_loaded_once_and_with_its_styles(new_page, address):
    # Another page of the same context would have kept the code.
    page = new_page(alone=True)
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(address)
    wait_for_network(page)
    page.get_by_role("button", name="Take one step").click()
    page.get_by_text("step 1 of 1").wait_for()
    assert len([url for url in requested if "/live_network." in url]) == 1
    expect(page.locator(".card")).to_have_css("border-top-style", "solid")


# Another version lacks the file; where a proxy leads elsewhere, there may be a page for any address.
@pytest.mark.parametrize("status", [404, 200])
def test_it_is_requested_again_while_something_else_is_served(new_page, address, status):
    page = new_page(alone=True)
    seen = stop_first(page, 2, status)
    page.goto(address)
    wait_for_network(page)
    assert len(seen) == 3
    assert len(set(seen)) == 3
    page.unroute(FILES)


def test_the_code_is_kept_for_the_next_visit_in_place_of_that_of_older_versions(browser, address):
    context = browser.new_context()
    requested = []
    for _ in range(2):
        page = context.new_page()
        page.on("request", lambda request: requested.append(request.url))
        page.goto(address)
        if not requested:
            page.evaluate(
                """async () => {
                  const store = await caches.open("backprop-explorer")
                  await store.put("/component/x/live_network.00000000.js", new Response("older"))
                }"""
            )
        wait_for_network(page)
        page.close()
    assert len([url for url in requested if "/live_network." in url]) == 1
    page = context.new_page()
    page.goto(f"{address}/_stcore/health")
    kept = page.evaluate(
        """async () => {
          const store = await caches.open("backprop-explorer")
          return (await store.keys()).map(({ url }) => url)
        }"""
    )
    context.close()
    assert len([url for url in kept if "/live_network." in url]) == 1
    assert not any("00000000" in url for url in kept)


def test_the_program_works_below_a_path(new_page):
    with start_server(base="/course/two") as server:
        page = new_page(alone=True)
        for path, ready in (("training", ".player canvas"), ("", ".live-network .network")):
            page.goto(f"{server.address}/{path}")
            with case(path):
                page.locator(ready).first.wait_for()
