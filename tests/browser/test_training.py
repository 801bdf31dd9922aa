"""The Training page in a real browser: playing, scrubbing, keyboard, own data, links."""

import re

import pytest
from playwright.sync_api import expect

from core.data import split
from tests.browser.cases import case
from tests.browser.frames import frames_of_press, watch_frames
from tests.browser.harness import serve
from tests.browser.held_responses import HeldResponses
from tests.browser.waiting import rectangles, settle, until
from tests.browser.widgets import enter, widget
from tests.hypothesis_profiles import some

# Whether nothing covers the middle of an element.
TOPMOST = """element => {
  const { x, y, width, height } = element.getBoundingClientRect()
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2))
}"""
TRAINED = "steps=600&hidden=4-3"


def timeline(page):
    return page.get_by_role("slider", name=re.compile("loss|step|timeline", re.IGNORECASE)).first


def step(page):
    """The step that the reading on top shows; the timeline tells screen readers once it rests."""
    shown = page.locator(".player .reading", has_text="Step").locator("dd > span").first.inner_text()
    return int(shown.replace(",", ""))


@pytest.fixture
def open_player(open_components):
    def open_player(query="", **settings):
        return open_components(query, path="training", ready=".player canvas", **settings)

    return open_player


@pytest.fixture
def open_training(open_page):
    def open_training(query="", **settings):
        return open_page(query, path="training", ready=".player canvas", **settings)

    return open_training


def test_plotly_is_loaded_once_the_charts_are_scrolled_into_sight_and_nothing_moves_for_it(
    sound_page, address
):
    requested = []
    page = sound_page(alone=True, viewport={"width": 1366, "height": 500})
    page.on("request", lambda request: requested.append(request.url))
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda message: sent.append(message)))
    charts = page.get_by_role("radiogroup", name="Chart")
    source = page.locator(".st-key-training_glossary")
    page.goto(f"{address}/training?{TRAINED}")
    charts.wait_for()
    source.wait_for()
    settle(page)
    assert not [url for url in requested if "Plotly" in url]
    before = source.bounding_box()["y"] - charts.bounding_box()["y"]
    sent.clear()
    charts.scroll_into_view_if_needed()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert [url for url in requested if "Plotly" in url]
    assert source.bounding_box()["y"] - charts.bounding_box()["y"] == pytest.approx(before, abs=1)
    settle(page)
    assert len(sent) == 1


def test_what_stood_in_a_popover_that_was_just_closed_is_no_change(open_training):
    responses = HeldResponses()
    page = open_training(f"{TRAINED}&budget=10&unit=steps", held=responses)
    page.locator(".st-key-training_more").get_by_role("button").click()
    page.get_by_test_id("stPopoverBody").get_by_role("textbox").first.wait_for()
    responses.hold_when_idle(page)
    responses.wait_for_a_run(page, lambda: page.keyboard.press("Escape"))
    for _ in range(2):
        responses.wait_for_a_run(page, page.get_by_role("button", name="10 steps more").click)
    responses.release()
    page.wait_for_url(re.compile(r"\?v=4&hidden=4-3&budget=10&steps=620$"))


def test_the_run_of_a_link_is_there_to_play(open_player):
    page = open_player(TRAINED)
    assert step(page) == 600
    timeline(page).press("Home")
    page.get_by_role("button", name="Play").click()
    assert 0 < until(page, lambda: step(page), lambda shown: 0 < shown < 600) < 600
    page.get_by_role("button", name="Pause").click()
    settle(page)
    held = step(page)
    settle(page)
    assert step(page) == held
    page.wait_for_url(re.compile(f"at={held}"))


def test_the_keyboard_moves_along_the_timeline(open_player):
    page = open_player(TRAINED)
    timeline(page).focus()

    def after(key):
        page.keyboard.press(key)
        settle(page)
        return step(page)

    assert after("Home") == 0
    first = after("ArrowRight")
    assert first > 0
    assert after("Shift+ArrowRight") == 11 * first
    assert after("ArrowLeft") == 10 * first
    assert after("End") == 600
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pause").wait_for()


def test_a_drag_along_the_timeline_scrubs_without_the_server(open_player):
    page = open_player(TRAINED)
    box = timeline(page).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.9, middle)
    page.mouse.down()
    shown = page.locator(".player .reading", has_text="Step").locator("dd > span").first
    before = step(page)
    for part in (0.7, 0.5, 0.3):
        page.mouse.move(box["x"] + box["width"] * part, middle)
        # The one move has to bring the texts too, though they are written every second frame only.
        expect(shown).not_to_have_text(str(before))
        assert step(page) < before
        before = step(page)
        assert "at=" not in page.url
    page.mouse.up()
    page.wait_for_url(re.compile(f"at={step(page)}"))


def test_each_frame_of_a_film_that_plays_is_drawn_without_nodes_or_layout(open_player):
    page = open_player("steps=3000&hidden=8-8&at=0")
    watch_frames(page)
    frames = frames_of_press(page.get_by_role("button", name="Play"), 60)
    page.get_by_role("button", name="Pause").wait_for()
    # The first frame has no other one before it, by which the film could have moved on.
    assert all(frame.drawn for frame in frames[1:])
    assert {name for frame in frames for name in (*frame.built, *frame.read)} == set()


def test_one_press_trains_and_more_goes_on(open_training):
    page = open_training(chart=True)
    assert step(page) == 0
    page.get_by_role("button", name="Train to budget").click()
    expect(timeline(page)).to_have_attribute("aria-valuenow", "1000")
    page.get_by_role("button", name="1,000 steps more").click()
    expect(timeline(page)).to_have_attribute("aria-valuenow", "2000")
    page.wait_for_url(re.compile(r"steps=2000$"))
    page.reload()
    page.locator(".player canvas").first.wait_for()
    expect(timeline(page)).to_have_attribute("aria-valuenow", "2000")


def test_one_press_plays_what_is_learned_from_the_shown_step_until_it_is_paused(open_training):
    # Step 96 is a key frame of both runs.
    page = open_training("steps=200&at=96&budget=4000")
    page.get_by_role("button", name="Train to budget").click()
    page.get_by_role("button", name="Pause").wait_for()
    expect(timeline(page)).to_have_attribute("aria-valuemax", "4000")
    assert 96 <= step(page) < 4000
    page.get_by_role("button", name="Pause").click()
    page.wait_for_url(re.compile(r"at=\d+$"))
    shown = int(page.url.split("at=")[1])
    assert 96 <= shown < 4000
    assert step(page) == shown
    page.reload()
    page.locator(".player canvas").first.wait_for()
    assert step(page) == shown
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)


def test_without_motion_what_was_learned_stands_at_its_end_at_once(open_training):
    page = open_training("steps=200", reduced_motion="reduce")
    page.get_by_role("button", name="1,000 steps more").click()
    expect(timeline(page)).to_have_attribute("aria-valuenow", "1200")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)


def test_a_long_run_can_be_stopped_and_keeps_what_was_computed(open_training):
    page = open_training("budget=100000&hidden=8-8-8-8&batch=1", chart=True)
    page.get_by_role("button", name="Train to budget").click()
    page.get_by_text(re.compile(r"^step [1-9][\d,]* of")).wait_for()
    page.get_by_role("button", name="Stop").click()
    page.wait_for_url(re.compile(r"steps=\d+"))
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    reached = int(page.url.split("steps=")[1].split("&")[0])
    assert 0 < reached < 100_000
    expect(timeline(page)).to_have_attribute("aria-valuenow", str(reached))


def test_a_csv_with_an_error_is_explained_and_a_good_one_trained_on(open_training):
    page = open_training("data=own", chart=True)
    page.get_by_role("button", name="Data", exact=True).click()
    upload = page.locator("input[type=file]")
    upload.set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\n"})
    reason = page.get_by_text("The file has a header and no rows below it")
    reason.wait_for()
    settle(page)
    assert reason.evaluate(TOPMOST)
    rows = "\n".join(f"{k},{(k * 7) % 5},{k % 2}" for k in range(40))
    upload.set_input_files({"name": "b.csv", "mimeType": "text/csv", "buffer": f"a,b,c\n{rows}\n".encode()})
    page.get_by_role("button", name="Use this table").click()
    expect(page.get_by_text("The file has a header")).to_have_count(0)
    expect(page.locator(".player .plane .axes .name")).to_have_text(["a", "b"])
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    page.get_by_role("button", name="Train to budget").click()
    expect(timeline(page)).to_have_attribute("aria-valuenow", "1000")


def close_by_key(page):
    page.keyboard.press("Escape")


def close_by_a_click_elsewhere(page):
    page.get_by_role("heading", level=1).click()


def close_by_its_button(page):
    page.get_by_role("button", name="Data", exact=True).click()


def test_a_file_that_is_on_its_way_is_taken_whatever_would_close_its_menu(open_training):
    responses = HeldResponses()
    page = open_training("data=own", held=responses)
    uploads = []
    # The one before is deleted.
    page.route(
        "**/upload_file/**",
        lambda route: uploads.append(route) if route.request.method == "PUT" else route.continue_(),
    )
    # The names beside the axes are shortened to their length.
    plane = page.locator(".player .plane .area")
    menu = page.get_by_test_id("stPopoverBody")
    for close in some((close_by_a_click_elsewhere, close_by_key, close_by_its_button), 2):
        with case(close.__name__):
            page.get_by_role("button", name="Data", exact=True).click()
            page.locator("input[type=file]").wait_for(state="attached")
            responses.hold_when_idle(page)
            columns = [f"{close.__name__}_{name}" for name in "ab"]
            table = "\n".join([",".join([*columns, "c"]), *(f"{k},{(k * 7) % 5},{k % 2}" for k in range(40))])
            file = {"name": f"{close.__name__}.csv", "mimeType": "text/csv", "buffer": table.encode()}
            page.locator("input[type=file]").set_input_files(file)
            # Before the server has given it an address, and while it is sent.
            close(page)
            responses.release()
            assert until(page, lambda: len(uploads), bool)
            close(page)
            settle(page)
            uploads.pop().continue_()
            page.get_by_role("button", name="Use this table").click()
            named = re.compile(rf" over {' and '.join(columns)}, with ")
            expect(plane).to_have_attribute("aria-label", named)
            responses.wait_until_idle(page)
            expect(menu).to_have_count(0)
            responses.wait_until_idle(page)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_a_number_out_of_range_is_explained(open_training, width, height):
    page = open_training("budget=20", viewport={"width": width, "height": height})
    enter(page, "training_budget", "9999999")
    reason = widget(page, "training_budget").get_by_role("alert")
    reason.wait_for()
    expect(reason).to_contain_text("between 1 and 100000")
    (shown,) = rectangles(reason)
    assert shown["width"] > 100
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= width
    assert page.evaluate(TOPMOST, reason.element_handle())
    assert page.url.endswith("?budget=20")


def test_points_are_clicked_onto_the_plane_and_travel_in_the_link(open_training):
    page = open_training("data=points&points=-3_-3_0~3_3_1")
    box = page.locator(".player .plane .area").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4)
    page.wait_for_url(re.compile(r"points=-3_-3_0~3_3_1~"))


def test_points_are_added_to_the_samples_and_show_at_once_whether_they_are_for_the_test(open_training):
    responses = HeldResponses()
    page = open_training("data=circle&samples=20&trainshare=0.5", held=responses)
    add = page.get_by_role("button", name="Add points")
    area = page.locator(".player .plane .area")
    size = area.bounding_box()
    spots = [(round(size["width"] * across), round(size["height"] * 0.1)) for across in (0.5, 0.6)]

    def click(spot):
        area.click(position={"x": spot[0], "y": spot[1]})

    click(spots[0])
    add.click()
    expect(page.get_by_role("group", name="Class of the next point")).to_be_visible()
    page.get_by_role("button", name="B", exact=True).click()
    responses.hold_when_idle(page)
    place = area.bounding_box()
    for spot in spots:
        click(spot)
    look = "(canvas, at) => canvas.getContext('2d').getImageData(...at, 1, 1).data[3] > 200"
    shown = area.locator("canvas").nth(1)
    is_filled = [shown.evaluate(look, spot) for spot in spots]
    _, test = split(22, 0.5, 1)
    assert is_filled == [row not in test for row in (20, 21)]
    responses.release()
    page.wait_for_url(re.compile(r"data=points.*points=([^~&]+~){21}[^~&]+(&|$)"))
    responses.wait_until_idle(page)
    expect(page.get_by_text("copies of all 20 samples")).to_be_visible()
    # The next click is at the place where the reader sees it.
    assert area.bounding_box() == place
    expect(add).to_be_hidden()
    assert [shown.evaluate(look, spot) for spot in spots] == is_filled


def test_a_network_without_any_gradient_has_no_number_for_the_largest(open_player):
    page = open_player("data=plane&f=relu&hidden=2&init=zeros&steps=0")
    expect(page.locator(".net .legend .scale span")).to_have_text(["0", "0"])


def test_the_shown_step_opens_on_the_one_step_page(open_training):
    page = open_training(TRAINED)
    page.get_by_role("link", name=re.compile("Open step 600 with sample .* on the One step page")).click()
    # The player has a network too: only the other page has sliders.
    page.locator(".live-network .network").wait_for()
    page.wait_for_url(re.compile("net=2-4-3-1.*W1="))


def test_another_page_opens_though_the_charts_come_into_sight_as_it_is_requested(open_training):
    page = open_training(TRAINED, viewport={"width": 1366, "height": 500})
    # All in one go: the charts are in sight in the frame behind it.
    page.get_by_role("radiogroup", name="Chart").evaluate(
        """(charts) => {
          document.querySelector("[data-testid=stPageLink] a").click()
          charts.scrollIntoView()
        }"""
    )
    page.locator(".live-network .network").wait_for()
    page.wait_for_url(re.compile("net=2-4-3-1.*W1="))


def test_nothing_sticks_out_sideways(open_training):
    page = open_training(TRAINED, chart=True)
    # The page is drawn anew for the other theme.
    for scheme, widths in (("light", some((768, 390, 1366, 2560), 2)), ("dark", [390])):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(".stApp")).to_have_css("color-scheme", scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (scheme, width)


def test_a_cold_deep_link_shows_its_run_on_a_fresh_server(browser):
    with serve() as address:
        page = browser.new_page()
        page.goto(f"{address}/training?{TRAINED}")
        expect(timeline(page)).to_have_attribute("aria-valuenow", "600")
        expect(page.get_by_text("Page not found")).to_have_count(0)
        page.close()


def test_a_loss_that_does_not_fit_the_timeline_is_marked_and_there_is_one_switch(open_training):
    page = open_training("data=spiral&hidden=4&eta=0.3&l2=10&steps=300")
    beyond = page.locator(".timeline .legend", has_text=re.compile(r"▲ off the scale: up to [\d.]+e\+?\d+"))
    marks = page.locator(".timeline .beyond")
    beyond.wait_for()
    assert marks.count() > 0
    page.get_by_text("Loss, with every batch").click()
    page.get_by_text("each batch's own loss, before its update").wait_for()
    assert page.get_by_text("Log scale").count() == 0
    page.get_by_role("button", name="log", exact=True).click()
    expect(beyond).to_have_count(0)
    expect(marks).to_have_count(0)
    page.get_by_role("button", name="linear", exact=True).click()
    beyond.wait_for()
