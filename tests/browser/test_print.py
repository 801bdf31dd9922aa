"""Pages on paper: a page and its saved file are on A4 whole, dark on white, without what one presses."""

import io
import re
from unicodedata import normalize

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.hypothesis_profiles import some

A4 = (595, 842)
# The width of A4 within its margins, at 96 pixels an inch.
PAPER_WIDTH = 704
PRESSED = ("Share", "Architecture", "Copy link", "Play", "Train 10", "Reset", "Worked examples", "CSV")
PAGES = {
    "one step": ("net=6-6-6-6&seed=3&run=20&bias=trained", "", ".live-network .network"),
    "training": ("steps=100", "training", ".player .network"),
}


def printed(page):
    """The pages of a print and their text, without spaces; a ligature is the letters it stands for."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets))
    return sheets, re.sub(r"\s", "", text)


def texts(page, selector):
    found = page.locator(selector).all_inner_texts()
    assert found
    return [re.sub(r"\s", "", text) for text in found]


def assert_whole(page, wanted):
    sheets, text = printed(page)
    for sheet in sheets:
        assert tuple(map(round, sheet.mediabox[2:])) == pytest.approx(A4, abs=2)
    assert not [part for part in wanted if normalize("NFKC", part) not in text]
    assert not [name for name in PRESSED if name.replace(" ", "") in text]


def assert_dark_on_white(page):
    """Looks at what is printed as a screen would show it."""
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 2000})
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER_WIDTH
    for part in page.locator(".network, .player .area, .number-tables table, .js-plotly-plot").all():
        box = part.bounding_box()
        assert box["x"] + box["width"] <= PAPER_WIDTH
    # On paper what sticks covers something else.
    parts = page.locator(":is(.player, .live-network) *")
    sticking = """(nodes) => nodes.filter((node) => node.getClientRects().length)
      .filter((node) => getComputedStyle(node).position === "sticky").map((node) => node.className)"""
    assert parts.evaluate_all(sticking) == []
    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    histogram = picture.histogram()
    assert sum(histogram[240:]) > 0.6 * picture.width * picture.height
    assert sum(histogram[:60]) > 0
    for line in page.locator(".js-plotly-plot .lines .js-line").all():
        stroke = line.evaluate("(node) => getComputedStyle(node).stroke")
        assert min(map(int, re.findall(r"\d+", stroke)[:3])) < 160, stroke
    color = page.locator(".readings dd > span").first.evaluate("(node) => getComputedStyle(node).color")
    assert max(map(int, re.findall(r"\d+", color))) < 60
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen", color_scheme="dark")
    page.set_viewport_size({"width": 1366, "height": 768})


@pytest.mark.parametrize("name", some(PAGES))
def test_a_page_and_its_saved_file_print_whole_on_a4(open_page, browser, tmp_path, name):
    query, path, ready = PAGES[name]
    page = open_page(query, path=path, ready=ready, chart=True, color_scheme="dark")
    title = texts(page, "h1")
    readings = [*texts(page, ".readings dt"), *texts(page, ".readings dd > span:first-child")]
    tables = page.locator("table.numbers tbody tr:last-child")
    rows = [re.sub(r"\s", "", "".join(row.locator("td").all_inner_texts())) for row in tables.all()]
    assert len(rows) == (0 if path else 7)
    assert_whole(page, [*title, *readings, *rows, *([] if path else ["step20of20"])])
    assert_dark_on_white(page)
    page.locator(ready).wait_for()

    page.get_by_role("button", name="Share").click()
    page.get_by_role("tab", name="Save").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as web page").click()
    file = tmp_path / "saved.html"
    saved.value.save_as(file)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme="dark")
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator(ready).wait_for()
    values = page.locator("[data-number]").evaluate_all("boxes => boxes.map((box) => box.value)")
    assert_whole(page, [*title, *texts(page, ".readings dd > span:first-child"), *values])
    assert_dark_on_white(page)
    context.close()


def test_the_first_sheet_is_filled_and_nothing_of_a_stage_is_cut(open_page):
    page = open_page("net=3-4-2&seed=3&stage=delta1")
    shapes = texts(page, ".shapes tr")
    code = texts(page, ".stage-text pre")
    _, text = printed(page)
    assert all(part in text for part in [*shapes, *code])
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    body = page.locator(".stage-text .body")
    assert body.evaluate("node => node.scrollHeight - node.clientHeight") <= 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="null")
    page.get_by_role("button", name="Show all of the step").click()
    page.locator(".explain .title").wait_for()
    sheets, _ = printed(page)
    first = re.sub(r"\s", "", normalize("NFKC", sheets[0].extract_text()))
    assert all(part in first for part in texts(page, ".derivation .reason"))
