"""The page of components that most tests of the drawing use looks as the app's page does."""

import pytest
from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.harness import go_to
from tests.browser.waiting import settle
from tests.hypothesis_profiles import some

# Every element that is shown, where it stands from the corner of the component on, and how its text looks.
LOOK = """() => {
  const find = (root) => root.querySelector(".live-network, .player") ?? [...root.querySelectorAll("*")]
    .map((node) => node.shadowRoot && find(node.shadowRoot)).find(Boolean)
  const live = find(document)
  const corner = live.getBoundingClientRect()
  return [live, ...live.querySelectorAll("*")].filter((node) => node.checkVisibility()).map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect()
    const places = [x - corner.x, y - corner.y, width, height].map((place) => Math.round(10 * place) / 10)
    const { fontSize, fontWeight, lineHeight, color, fill, backgroundColor } = getComputedStyle(node)
    const name = [node.tagName, node.getAttribute("class")]
    return [...name, ...places, fontSize, fontWeight, lineHeight, color, fill, backgroundColor].join(" ")
  })
}"""


SIZES = {
    "": ((390, "light"), (1000, "dark"), (1366, "dark"), (1920, "light")),
    "training": ((390, "dark"), (1366, "light")),
}
QUERIES = {"": "net=6-6-6-6&seed=3&bias=trained&stage=z2", "training": "data=iris&steps=50"}


@pytest.mark.parametrize("path", SIZES)
def test_components_look_as_on_the_page(open_page, open_components, path):
    where = {"query": QUERIES[path], "path": path, "ready": ".player canvas" if path else ".network"}
    pages = [open_page(**where), open_components(**where)]
    for width, scheme in some(SIZES[path], 2):
        looks = []
        for page in pages:
            # So high that nothing has to stay in sight while the page scrolls.
            page.set_viewport_size({"width": width, "height": 2500})
            page.emulate_media(color_scheme=scheme)
            settle(page)
            looks.append(page.evaluate(LOOK))
        with case(width, scheme):
            assert looks[0] == looks[1]


def test_another_query_string_and_back_are_followed_as_on_the_page(open_components):
    page = open_components()
    page.locator("[data-number='x1']").fill("0.75")
    page.locator("[data-number='x1']").press("Enter")
    page.wait_for_url(lambda url: "x=0.75_" in url)
    go_to(page, "net=2-2-1&seed=3")
    assert page.locator("[data-control^='w']").count() == 6
    for value in ("0.75", "0.5"):
        page.go_back()
        expect(page.locator("[data-control^='w']")).to_have_count(8)
        expect(page.locator("[data-number='x1']")).to_have_value(value)
