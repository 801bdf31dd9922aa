"""Sharing in a real browser: the dialog's links, codes, frames and files do what they promise."""

import html
import io
import math
import re
import threading
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageOps
from playwright.sync_api import expect

from core.examples import DEFAULT_EXAMPLE
from core.future import future
from tests.browser.cases import case
from tests.browser.harness import go_to as show
from tests.browser.waiting import settle, until
from tests.hypothesis_profiles import some
from ui import theme
from ui.one_step import link
from ui.one_step.header import frame_height
from ui.shell.share_dialog import embed_snippet
from ui.training.parts import FRAME_HEIGHT as TRAINING_FRAME_HEIGHT


def open_dialog(page, tab="Link"):
    page.get_by_role("button", name="Share").click()
    page.get_by_role("tab", name=tab).click()
    return page.get_by_role("dialog")


def download(page, act):
    with page.expect_download() as info:
        act()
    return info.value.path().read_bytes()


def number(page, name):
    return page.locator(f'[data-number="{name}"]').first


def reading(page, k):
    return page.locator(".readings dd > span:first-child").nth(k)


def drag(page, name, share):
    """Drag a slider to a share of its width and let go."""
    box = page.locator(f'[data-control="{name}"]').bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, middle, steps=8)
    page.mouse.up()


@pytest.fixture
def lecture_page(tmp_path):
    """A function that serves the HTML of a page of another site and returns its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def serve_page(content):
            (tmp_path / "lecture.html").write_text(content, encoding="utf-8")
            return f"http://127.0.0.1:{server.server_port}/lecture.html"

        yield serve_page
        server.shutdown()


@pytest.fixture
def saved(browser, tmp_path):
    """A function that opens an HTML file from disk with the network off; it may ask for and log nothing."""
    contexts, unwanted = [], []

    def note_error(message):
        if message.type == "error":
            unwanted.append(message.text)

    def note_request(request):
        if not request.url.startswith(("file:", "data:")):
            unwanted.append(request.url)

    def open_saved(content, **settings):
        path = tmp_path / "saved.html"
        path.write_bytes(content)
        context = browser.new_context(**settings)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("pageerror", lambda error: unwanted.append(str(error)))
        page.on("console", note_error)
        page.on("request", note_request)
        page.goto(path.as_uri())
        return page

    yield open_saved
    for context in contexts:
        context.close()
    assert not unwanted


def test_the_dialog_s_link_and_code_lead_to_the_page_without_what_is_hidden(open_page, address):
    page = open_page("w1.1.1=0.25")
    dialog = open_dialog(page)
    dialog.get_by_role("button", name="answers").click()
    link = f"{address}/?v=4&w1.1.1=0.25&hide=answers"
    dialog.get_by_text(link).wait_for()
    code = dialog.locator("img").first
    code.wait_for()
    # The code's picture changes with the link, a moment after it.
    assert until(page, lambda: read_code(code), lambda text: text == link) == link
    page.goto(link)
    page.locator(".network").wait_for()
    expect(number(page, "w1.1.1")).to_have_value("0.25")
    expect(page.locator(".network").get_by_text("?", exact=True)).to_have_count(3)
    page.get_by_text("An exercise: the results are left out").wait_for()
    assert "Prediction" not in page.locator(".readings").inner_text()
    expect(page.locator(".number-tables")).to_have_count(0)
    given = page.locator(".given").inner_text()
    assert all(part in given for part in ("Sigmoid", "1 / (1 + e−z)", "½ Σ (y − ŷ)²", "Biases\nnone"))
    for unit in page.locator(".network g.item", has_text="?").all():
        assert off_center(unit) < 2
    dialog = open_dialog(page)
    for name in ("sliders for weights", "menus"):
        dialog.get_by_role("button", name=name).click()
    dialog.get_by_text("&hide=weights.answers.menu").wait_for()
    expect(dialog.get_by_role("button", name="answers")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    some(
        [
            pytest.param("", "x=0.3_0.1_-0.2", "x=0.7_0.1_-0.2", id="one step"),
            pytest.param("training", "budget=20", "budget=30", id="training"),
        ]
    ),
)
def test_the_dialog_stays_open_until_it_is_closed_whatever_runs(open_page, path, before, after):
    page = open_page(before, path=path, ready=".player canvas" if path else ".network")
    show(page, after)
    dialog = open_dialog(page)
    dialog.get_by_text(after).first.wait_for()
    page.go_back()
    dialog.get_by_text(before).first.wait_for()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    page.go_forward()
    page.wait_for_url(lambda url: url.endswith(after))
    settle(page)
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for()
    expect(dialog).to_have_count(0)


def read_code(picture):
    """The text of a QR code that is on the page; None where there is none to be read."""
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(picture.screenshot())))
    return found and found.text


def off_center(unit):
    """How far the ink within a unit's circle is from its middle, in pixels."""
    picture = ImageOps.invert(Image.open(io.BytesIO(unit.locator("circle").screenshot())).convert("L"))
    size = picture.width
    ink = picture.crop((size // 4, size // 4, size - size // 4, size - size // 4)).point(
        lambda value: 255 if value > 128 else 0
    )
    box = ink.getbbox()
    assert box
    left, top, right, bottom = box
    return max(abs(left + right - ink.width), abs(top + bottom - ink.height)) / 2


def test_a_link_can_hide_the_weights_sliders_and_the_menus(open_page):
    page = open_page("hide=weights.menu")
    number(page, "x1").wait_for()
    expect(number(page, "w1.1.1")).to_have_count(0)
    for name in ("Share", "Architecture", "Paste numbers", "New random weights", "Edit as matrices"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.get_by_role("link", name="Training")).to_have_count(0)
    number(page, "x1").fill("0.75")
    number(page, "x1").press("Enter")
    page.wait_for_url(re.compile(r"v=4&x=0.75_0.1_-0.2&hide=weights.menu"))


def test_the_frame_shows_the_page_inside_another_one(open_page, new_page, address, lecture_page):
    page = open_page("eta=0.25")
    dialog = open_dialog(page, "Embed")
    snippet = dialog.locator("code", has_text="<iframe").inner_text()
    assert html.escape(f"{address}/?v=4&eta=0.25&embed=true") in snippet
    outer = new_page(viewport={"width": 800, "height": 900})
    outer.goto(lecture_page(f"<!doctype html><h1>Lecture 3</h1>{snippet}"))
    inner = outer.frame_locator("iframe")
    inner.locator(".network").wait_for()
    expect(inner.get_by_role("link", name="Training")).to_have_count(0)
    box = inner.locator('[data-number="w1.1.1"]')
    box.fill("0.25")
    box.press("Enter")
    expect(inner.locator(".readings dd > span:first-child").nth(2)).not_to_have_text("0.00661556")
    frame = outer.frames[1]
    assert "embed=true" in frame.url
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


# What a page has most of, and least: the height of its frame has to do for both.
FRAMED = {
    "": ["net=6-6-6-6&seed=2&bias=trained&select=n2.3", "eta=0.25", "hide=answers"],
    "training": ["steps=100&hidden=8-8-8-8&data=iris", "steps=100", "steps=100&data=sine&hidden=2"],
}
READY = {"": ".live-network .network", "training": ".player .network"}


def snippet_of(path, query, address):
    """What the Share dialog of a page gives to embed it."""
    if path:
        return embed_snippet(f"{address}/{path}?{query}", "Training", TRAINING_FRAME_HEIGHT)
    state, _ = link.read(parse_qs(query))
    return embed_snippet(f"{address}/?{query}", "One step", frame_height(state.start, state.view.hide))


@pytest.mark.parametrize(
    ("path", "query"), [(path, query) for path in FRAMED for query in some(FRAMED[path])]
)
def test_the_frame_of_the_dialog_cuts_nothing_off(new_page, address, lecture_page, path, query):
    snippet = snippet_of(path, query, address)
    page = new_page(viewport={"width": 1000, "height": 1500})
    page.goto(lecture_page(f'<!doctype html><div style="width: 760px">{snippet}</div>'))
    inner = page.frame_locator("iframe")
    # What stands last on each page.
    last = inner.locator("summary", has_text=re.compile("Chart of the loss|Charts")).or_(
        inner.get_by_text("An exercise: the results are left out")
    )
    last.wait_for()
    inner.locator(READY[path]).wait_for()
    expect(inner.locator("h1, [data-testid=stLogo]")).to_have_count(0)
    expect(inner.get_by_role("button", name=re.compile("Share|Copy link|Architecture"))).to_have_count(0)
    main = inner.locator("[data-testid=stMain]")
    for width in (760, 600, 900):
        page.locator("div").evaluate("(div, width) => (div.style.width = `${width}px`)", width)
        with case(width):
            expect(main).to_have_js_property("clientWidth", width)
            settle(page.frames[1])
            assert main.evaluate("(main) => main.scrollHeight - main.clientHeight") <= 0


@pytest.mark.parametrize("path", FRAMED)
def test_a_small_frame_shows_the_network_with_its_readings_and_a_control(
    new_page, address, lecture_page, path
):
    page = new_page(viewport={"width": 700, "height": 500})
    source = html.escape(f"{address}/{path}?steps=100&embed=true" if path else f"{address}/?embed=true")
    page.goto(lecture_page(f'<!doctype html><iframe src="{source}" width="600" height="400"></iframe>'))
    inner = page.frame_locator("iframe")
    frame = page.locator("iframe").bounding_box()
    control = ".player .primary" if path else ".row.chosen input[type=range]"
    for part in (READY[path], ".readings", control, *([".plane .area"] if path else [])):
        inner.locator(part).first.wait_for()
    for part in (f"{READY[path]} g.item", ".readings", control, *([".plane .area"] if path else [])):
        for item in inner.locator(part).all():
            box = item.bounding_box()
            assert frame["x"] <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"]
            assert frame["y"] <= box["y"]
            assert box["y"] + box["height"] <= frame["y"] + frame["height"], part


SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("path", "query"), some([("", ""), ("training", "steps=200"), ("training", "data=sine")], 2)
)
def test_the_drawing_is_saved_as_a_picture_of_its_own(open_page, path, query):
    page = open_page(query, path=path, ready=READY[path])
    dialog = open_dialog(page, "Save")
    # A player without maps is saved as the one with them.
    schemes = (("dark", "#0f1216"), ("light", "#ffffff"))
    for scheme, background in schemes[:1] if query == "data=sine" else some(schemes, 1 if path else 2):
        page.emulate_media(color_scheme=scheme)
        network = page.locator(READY[path])
        expect(network).to_have_css("--st-background-color", background)
        with case(scheme):
            check_saved_drawing(page, dialog, query)
        # The page itself stays as it was.
        expect(network).to_have_css("--st-background-color", background)


def check_saved_drawing(page, dialog, query):
    drawn = download(page, dialog.get_by_role("button", name="Drawing as SVG").click)
    root = ET.fromstring(drawn)  # noqa: S314
    text = "".join(root.itertext())
    names = {"": ("0.5597", "−0.000354"), "steps=200": ("x₁", "x₂"), "data=sine": ("ŷ",)}[query]
    assert all(name in text for name in (*names, "gradient", "negative", "width |weight|"))
    assert b"var(--" not in drawn
    # The player's maps are small pictures within the drawing; its edges are lines all the same.
    assert len(root.findall(f".//{SVG}image")) == (9 if query == "steps=200" else 0)
    painted_lines = [
        line
        for kind in ("path", "line")
        for line in root.iter(f"{SVG}{kind}")
        if line.get("stroke", "none").startswith("rgb(") and line.get("class") is None
    ]
    assert len(painted_lines) >= {"": 8, "steps=200": 18, "data=sine": 14}[query]
    painted = download(page, dialog.get_by_role("button", name="Drawing as PNG").click)
    image = Image.open(io.BytesIO(painted)).convert("RGB")
    assert image.width == 2 * float(root.attrib["width"])
    assert len(set(image.get_flattened_data())) > 50
    # Dark on white in either theme, with the colors of the light one.
    assert image.getpixel((3, 3)) == (255, 255, 255)
    assert image.getpixel((3, image.height - 3)) == (255, 255, 255)
    assert np.asarray(image.convert("L")).min() < 60
    for color in (theme.PALETTES["light"][sign] for sign in ("negative", "zero", "positive")):
        assert ",".join(str(int(color[k : k + 2], 16)) for k in (1, 3, 5)) in drawn.decode().replace(" ", "")


def test_the_code_fills_the_screen_until_escape(open_page):
    page = open_page("eta=0.25", color_scheme="dark")
    dialog = open_dialog(page)
    dialog.get_by_role("button", name="Full screen").click()
    large = page.get_by_role("dialog", name="QR code of the link")
    large.wait_for()
    picture = Image.open(io.BytesIO(page.screenshot()))
    code = zxingcpp.read_barcode(picture)
    assert code is not None
    assert code.text.endswith("/?v=4&eta=0.25")
    assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    assert large.locator("svg").bounding_box()["height"] > 0.9 * page.viewport_size["height"]
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    dialog.get_by_role("button", name="Full screen").wait_for()


def test_a_saved_page_works_from_disk_without_a_network(open_page, saved):
    page = open_page("eta=1")
    content = download(page, open_dialog(page, "Save").get_by_role("button", name="Save as web page").click)
    assert len(content) < 1_500_000
    page = saved(content, viewport={"width": 1366, "height": 800})
    before = reading(page, 0).inner_text()
    assert before == "0.484973"
    number(page, "w1.1.1").wait_for()
    names = page.locator("[data-control]").evaluate_all("nodes => nodes.map((node) => node.dataset.control)")
    assert len(names) == 13
    # One of each kind: they share their code and the films of the file.
    for name in ("w1.1.1", "w2.2.1", "x1", "y1", "eta"):
        drag(page, name, 0.8)
        moved = {n: number(page, n).input_value() for n in ("w1.1.1", "x1", "w2.2.1")}
        expect(page.locator(f'[data-control="{name}"]')).not_to_have_attribute("aria-valuetext", before)
        # The others stand as they were saved.
        assert sum(moved[n] != usual for n, usual in SAVED.items()) <= 1
    number(page, "w2.1.1").fill("1/x")
    number(page, "w2.1.1").press("Enter")
    page.get_by_text("This saved page takes a number from −2 to 2").wait_for()
    number(page, "w2.1.1").fill("-1")
    number(page, "w2.1.1").press("Enter")
    z = -1 * 0.559713649267 - 0.3 * 0.386985823861
    expect(reading(page, 0)).to_have_text(f"{1 / (1 + math.exp(-z)):.6f}")
    expect(page.locator(".explain .title")).to_have_text("h1→ŷ")
    factors = page.locator(".explain .factor")
    expect(factors).to_have_count(3)
    expect(factors.first.locator(".number")).to_have_text("0.5597")
    expect(page.locator(".explain .reason")).to_contain_text("sigmoid slope can never exceed 0.25")
    factors.first.focus()
    expect(page.locator(".network [data-id='n1.1'] .unit")).to_have_class("unit chosen")
    bar = page.get_by_role("slider", name="Stage of the step")
    for place in (1, 2, 3):
        page.get_by_role("button", name="Next stage").click()
        expect(bar).to_have_attribute("aria-valuenow", str(place))
    expect(page.locator(".stage-text .title")).to_have_text("Layer output of the hidden layer")


def test_a_saved_page_has_the_future_and_the_stages_of_each_position_of_a_slider(open_page, saved):
    page = open_page()
    content = download(page, open_dialog(page, "Save").get_by_role("button", name="Save as web page").click)
    page = saved(content, viewport={"width": 1366, "height": 800})
    number(page, "eta").wait_for()
    before, words = loss_pixels(page), ahead(page)
    slider = page.locator('[data-control="eta"]')
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, middle, steps=4)
    # While it moves, too.
    assert (
        until(page, lambda: (abs(loss_pixels(page) - before) > 40).mean(), lambda share: share > 1e-3) > 1e-3
    )
    page.mouse.up()
    expect(page.locator(".loss-track")).not_to_have_attribute("aria-label", words)
    eta = float(number(page, "eta").input_value())
    end = float(future(replace(DEFAULT_EXAMPLE.exercise, learning_rate=eta), 100).loss[-1])
    found = float(re.findall(r"ahead: (\S+) after 100 steps", ahead(page))[0].replace("−", "-"))
    # The curve of a film is coarser than the numbers.
    assert found == pytest.approx(end, rel=0.02)
    bar = page.get_by_role("slider", name="Stage of the step")
    bar.focus()
    page.keyboard.press("Home")
    for stage in range(1, 5):
        expect(bar).to_have_attribute("aria-valuenow", str(stage))
        page.keyboard.press("ArrowRight")
    expect(page.locator(".stage-text .title")).to_have_text("Prediction, the output’s activation")
    drag(page, "w2.1.1", 0.8)
    step = (
        replace(DEFAULT_EXAMPLE.exercise, learning_rate=eta)
        .with_values([("w2.1.1", float(number(page, "w2.1.1").input_value()))])
        .step()
    )
    y_hat = f"{float(step.trace.a[-1][0, 0]):.6f}"
    expect(page.locator(".stage-text .equation").first).to_contain_text(y_hat)


def loss_pixels(page):
    picture = page.locator(".loss-track").screenshot()
    return np.asarray(Image.open(io.BytesIO(picture)).convert("L"), float)


def ahead(page):
    return page.locator(".loss-track").get_attribute("aria-label")


SAVED = {"w1.1.1": "0.5", "x1": "0.5", "w2.2.1": "−0.3"}


def test_a_saved_run_plays_from_disk_without_a_network(open_page, saved):
    page = open_page("steps=3000&hidden=8-8-8", path="training", ready=".player canvas")
    content = download(page, open_dialog(page, "Save").get_by_role("button", name="Save as web page").click)
    assert len(content) < 1_500_000
    page = saved(content, viewport={"width": 390, "height": 844}, color_scheme="dark")
    step = page.locator(".player .reading", has_text="Step").locator("dd > span").first
    expect(step).to_have_text("3,000")
    page.get_by_role("button", name="Play").click()
    expect(step).not_to_have_text("3,000")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_charts_are_saved_dark_on_white(open_page):
    for scheme in ("light", "dark"):
        page = open_page(
            "steps=100", path="training", ready=READY["training"], chart=True, color_scheme=scheme
        )
        expect(page.locator(".stApp")).to_have_css("color-scheme", scheme)
        with case(scheme):
            check_saved_curves(page)
    page.get_by_role("radio", name="Confusion matrix").click()
    page.locator(".js-plotly-plot .heatmaplayer image").first.wait_for()
    matrix = Image.open(io.BytesIO(download(page, page.get_by_role("button", name="PNG").click)))
    # The cells too: those of few samples are light.
    shades = matrix.convert("RGBA").convert("L").histogram()
    assert sum(shades[:60]) < 0.1 * matrix.width * matrix.height
    assert sum(shades[200:]) > 0.5 * matrix.width * matrix.height


def check_saved_curves(page):
    drawn = download(page, page.get_by_role("button", name="SVG").click)
    root = ET.fromstring(drawn)  # noqa: S314
    assert all(name in "".join(root.itertext()) for name in ("step", "train", "test"))
    image = Image.open(io.BytesIO(download(page, page.get_by_role("button", name="PNG").click)))
    assert image.width == int(2 * float(root.attrib["width"]))
    gray = image.convert("RGBA").convert("L")
    shades = gray.histogram()
    assert image.convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 255)
    assert shades[255] > 0.8 * gray.width * gray.height
    assert sum(shades[:60]) > 100
    assert "#2dd4bf" not in drawn.decode()
    assert "rgb(45, 212, 191)" not in drawn.decode()
    lines = re.findall(r'"js-line"[^>]*stroke: rgb\((\d+), (\d+), (\d+)\)', drawn.decode())
    assert len(lines) >= 2
    assert all(int(channel) < 100 for line in lines for channel in line), lines
