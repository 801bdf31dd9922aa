"""Both pages by axe's rules and the house's own, in every state that a reader meets them in."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.harness import go_to
from tests.browser.held_responses import HeldResponses
from tests.browser.waiting import settle
from tests.hypothesis_profiles import has_many_examples, some

# Off unless they are named.
RULES = {name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch")}
# What Streamlit does by itself, by rule and selector; nothing in a component or in HTML of ours is among it.
STREAMLIT = {
    # Its sidebar puts a group of links into a list as a div.
    "list": ["[data-testid=stSidebarNavItems]"],
    "listitem": ["[data-testid=stSidebarNavItems] > div > li"],
    # It fades the label of a slider that is disabled, which axe takes for any text.
    "color-contrast": [".stSlider:has([data-disabled=true]) [data-testid=stWidgetLabel] p"],
    "target-size": [".stMultiSelect button[aria-label='Clear all']"],
}
# Finds what lies in shadow trees too.
DEEP = """() => {
window.deep = (root, selector) => [
  ...root.querySelectorAll(selector),
  ...[...root.querySelectorAll("*")].flatMap((node) =>
    node.shadowRoot ? window.deep(node.shadowRoot, selector) : []),
]
window.ours = (node) => node.getRootNode() !== document || Boolean(node.closest(".stHtml"))
}"""
AXE = """async ([within, rules, only, exceptions]) => {
  const options = { resultTypes: ["violations"], elementRef: true, rules }
  if (only) options.runOnly = only
  const results = await axe.run(document.querySelector(within), options)
  const excepted = (rule, node) => !ours(node) && exceptions[rule]?.some((known) => node.matches(known))
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.filter(({ element }) => !excepted(id, element))
      .map(({ html, target, failureSummary }) => `${id}: ${target} ${html.slice(0, 200)} ${failureSummary}`))
}"""
# Texts of drawings, which axe does not look at.
FAINT = """() => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
  const channels = (color) => {
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = color
    context.fillRect(0, 0, 1, 1)
    return [...context.getImageData(0, 0, 1, 1).data]
  }
  const ground = (node) => {
    const color = channels(getComputedStyle(node).backgroundColor)
    return color[3] === 255 ? color : ground(node.parentElement ?? node.getRootNode().host)
  }
  const light = (color) => color.slice(0, 3)
    .map((channel) => channel / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, k) => sum + part * [0.2126, 0.7152, 0.0722][k], 0)
  const contrast = (node) => {
    const [low, high] = [channels(getComputedStyle(node).fill), ground(node)].map(light).sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  // What keeps the lines away from a name is drawn in the color of the ground.
  return deep(document, "svg text:not(.clearing)")
    .filter((node) => ours(node) && node.textContent && node.checkVisibility({ visibilityProperty: true }))
    .map((node) => [node.textContent, node.getAttribute("class"), contrast(node)])
    .filter(([, , found]) => found < 4.5)
}"""
# Each edge has a slider beside it, or is read from the keyboard.
SMALL = """() => deep(document, "button, input, select, summary, textarea, [role=slider], [role=button]")
  .filter((node) => ours(node) && node.checkVisibility({ visibilityProperty: true }))
  .filter((node) => !node.querySelector(".hit"))
  .map((node) => node.closest("label") ?? node)
  .map((node) => [node.outerHTML.slice(0, 120), node.getBoundingClientRect()])
  .filter(([, { width, height }]) => Math.min(width, height) < 23.99)
  .map(([name, { width, height }]) => `${width} × ${height}: ${name}`)"""


def faults(page, within="html", only=None):
    """What axe finds wrong within an element, and on a whole page what is too faint or too small."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
        page.evaluate(DEEP)
    found = page.evaluate(AXE, [within, RULES, only, STREAMLIT])
    return found if within != "html" else found + page.evaluate(FAINT) + page.evaluate(SMALL)


def in_both_themes(page, within="html"):
    """The faults found in either theme; they differ by their colors alone.

    Begins with the theme that the page has, as the page is built anew for the other one.
    """
    return in_themes(page, {"light": None, "dark": ["color-contrast"]}, within)


def in_some_theme(page, within):
    """The faults found in both themes with many examples, and in the light one with few."""
    return in_both_themes(page, within) if has_many_examples() else in_themes(page, {"light": None}, within)


def in_themes(page, rules, within):
    """The faults found in some themes, each by rules of its own, or by all."""
    found = []
    has = page.locator(".stApp").evaluate("node => getComputedStyle(node).colorScheme")
    for scheme, only in sorted(rules.items(), key=lambda item: item[0] != has):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(".stApp")).to_have_css("color-scheme", scheme)
        found += [(scheme, fault) for fault in faults(page, within, only)]
    return found


def check_width(page, width, found, query=""):
    page.set_viewport_size({"width": width, "height": 800})
    settle(page)
    found[query, width] = faults(page)


@pytest.fixture
def open_still(open_page):
    """A page whose colors do not take their time to change."""

    def open_still(*arguments, **settings):
        page = open_page(*arguments, chart=True, **settings)
        page.add_style_tag(content="* { transition: none !important }")
        return page

    return open_still


PAGES = {
    "one step": {"path": "", "ready": ".network"},
    "training": {"path": "training", "query": "steps=600&hidden=4-3", "ready": ".player canvas"},
}


# What the pages above do not show, by what is then to be seen: names of classes, inputs that are held, rules
# that take many lines, pictures.
STATES = {
    "": {"softmax": "net=3-3-3&f=sigmoid.softmax&loss=categorical_cross_entropy&bias=trained&select=n2.1"},
    "training": {
        "versicolor": "data=iris&steps=200",
        "Next sample": "data=digits&steps=100",
        "the lowest test loss": "steps=200&film=eta",
    },
}


@pytest.mark.parametrize("where", PAGES.values(), ids=PAGES)
def test_a_page_has_no_faults(open_still, where):
    responses = HeldResponses()
    page = open_still(**where, held=responses)
    found: dict[object, list[object]] = {}
    for width in some((390, 1366)):
        check_width(page, width, found)
    page.set_viewport_size({"width": 1366, "height": 800})
    if where["path"]:
        page.get_by_role("button", name="Train", exact=True).click()
        page.get_by_role("button", name="Pause").wait_for()
        found["playing"] = in_some_theme(page, "html")
        page.get_by_role("button", name="Pause").click()
    else:
        page.locator(".st-key-example_menu button").first.click()
        page.get_by_role("menu").wait_for()
        found["menu"] = in_both_themes(page, "[role=menu]")
        page.keyboard.press("Escape")
    for popover in page.locator(".stPopover").all():
        # What a run replaces is pale until it has ended, and a dialog is closed by it.
        responses.wait_until_idle(page)
        popover.get_by_role("button").click()
        body = page.get_by_test_id("stPopoverBody")
        expect(body.locator("input, textarea, button, [role=tab]").first).to_be_attached()
        found[popover.inner_text()] = in_some_theme(page, "[data-testid=stPopoverBody]")
        page.keyboard.press("Escape")
        expect(body).to_have_count(0)
    responses.wait_until_idle(page)
    page.get_by_role("button", name="Share", exact=True).click()
    for tab in ("Embed", "Save", "Link"):
        page.get_by_role("tab", name=tab).click()
        found[tab] = in_some_theme(page, "[role=dialog]")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    for seen, query in STATES[where["path"]].items():
        go_to(page, query)
        page.get_by_text(seen).or_(page.get_by_role("button", name=seen)).first.wait_for()
        # The tip of Streamlit's at the button that has the focus goes as the page is resized.
        for width in (390, 1366):
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)
        # A theme's colors are those of any width.
        found[query, 1366] = in_both_themes(page)
        if has_many_examples():
            check_width(page, 390, found, query)
    assert {state: faults for state, faults in found.items() if faults} == {}


def test_a_fault_of_ours_is_found_wherever_it_lies_and_whatever_it_looks_like(open_still):
    page = open_still(**PAGES["one step"])
    assert faults(page) == []
    page.evaluate("""() => {
      const plant = (place, markup) => place.insertAdjacentHTML("beforeend", markup)
      const small = '<button style="width: 9px; height: 9px; padding: 0"></button>'
      plant(deep(document, ".live-network .stage")[0], `
        <img src="data:,"> ${small} <b style="color: #aaa">faint</b>
        <ul data-testid="stSidebarNavItems"><div><li>as Streamlit's</li></div></ul>
        <svg><text fill="#aaa" y="9">faint</text></svg>`)
      plant(document.querySelector(".stHtml"), "<table><tr><td><input></td></tr></table>")
      plant(document.querySelector(".stMain"), '<img src="data:,">')
    }""")
    planted = [str(fault).split(":")[0] for fault in faults(page)]
    for rule, times in {
        "image-alt": 2,
        "button-name": 1,
        "color-contrast": 1,
        "list": 1,
        "label": 1,
        "9 × 9": 1,
    }.items():
        assert planted.count(rule) == times, (rule, planted)
    assert any("faint" in name and "None" in name for name in planted)
