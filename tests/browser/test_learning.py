"""One press trains on before the reader's eyes until it is paused, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.held_responses import HeldResponses, component_of
from tests.browser.test_training import step, timeline
from tests.browser.waiting import count_entries, settle, until

pytestmark = pytest.mark.browser

WIDE = {"width": 1366, "height": 768}


@pytest.fixture
def open_training(open_page):
    def open_training(query="", **settings):
        return open_page(query, path="training", ready=".player canvas", viewport=WIDE, **settings)

    return open_training


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def choose_speed(page, words):
    page.get_by_label("Speed").select_option(label=words)


def rest(page):
    """Pause, and wait until the address is that of what is shown; return the step."""
    press(page, "Pause")
    settle(page)
    reached = step(page)
    page.wait_for_url(re.compile(rf"steps={reached}\b"))
    expect(page.locator(".player .reading .note").first).to_have_text(f"of {reached:,}")
    return reached


def train_ahead(page):
    """Train until much more is there than is shown, and go on so slowly that it lasts for seconds."""
    choose_speed(page, "1,000 steps/s")
    press(page, "Train")

    def steps_ahead():
        return int(timeline(page).get_attribute("aria-valuemax")) - step(page)

    assert until(page, steps_ahead, lambda ahead: ahead > 500) > 500
    choose_speed(page, "100 steps/s")


def test_one_press_trains_beyond_any_budget_until_it_is_paused_and_again_from_there(open_training):
    page = open_training("budget=50")
    entries = count_entries(page)
    before = page.url
    choose_speed(page, "1,000 steps/s")
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 1500)
    # Pieces come and go without the address, in which nothing is at rest yet.
    assert (page.url, entries()) == (before, 0)
    reached = rest(page)
    assert reached > 1500
    assert page.url.endswith(f"steps={reached}")
    assert entries() == 1
    settle(page)
    assert step(page) == reached
    page.reload()
    page.locator(".player canvas").first.wait_for()
    assert step(page) == reached
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > reached)
    assert rest(page) > reached


def test_where_training_goes_on_from_is_not_said_while_it_is_further(open_training):
    page = open_training("steps=30&changes=30~eta~0.3")
    place = page.get_by_text("Train goes on from step 30")
    expect(place).to_be_visible()
    press(page, "Train")
    expect(place).to_be_hidden()
    rest(page)
    expect(place).to_have_count(0)


def test_the_charts_name_their_step_and_are_marked_while_the_drawing_is_at_another_one(open_training):
    page = open_training("steps=30")
    charts = page.locator(".of-step")
    expect(charts).to_contain_text("Charts of step 30.")
    elsewhere = page.get_by_text("The drawing is at another step; the charts follow where it rests.")
    expect(elsewhere).to_be_hidden()
    press(page, "Train")
    expect(elsewhere).to_be_visible()
    expect(charts).to_contain_text("Charts of step 30.")
    reached = rest(page)
    expect(charts).to_contain_text(f"Charts of step {reached:,}.")
    expect(elsewhere).to_be_hidden()
    box = timeline(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    expect(elsewhere).to_be_visible()
    page.mouse.up()
    expect(elsewhere).to_be_hidden()
    expect(charts).to_contain_text(f"Charts of step {step(page):,}.")


def test_a_pause_brings_no_film_and_a_step_that_is_looked_for_then_is_one_of_the_whole_page(open_training):
    sizes = []

    # The next piece of the run, which another component brings, may be on its way behind the pause.
    def note(frame):
        if component_of(frame) == "player":
            sizes.append(len(frame))

    def follow(socket):
        socket.on("framereceived", note)

    page = open_training("budget=50")
    page.on("websocket", follow)
    page.reload()
    page.locator(".player canvas").first.wait_for()
    settle(page)
    film = max(sizes)
    choose_speed(page, "1,000 steps/s")
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 400)
    press(page, "Pause")
    sizes.clear()
    reached = step(page)
    page.wait_for_url(re.compile(rf"steps={reached}\b"))
    expect(page.locator(".of-step")).to_contain_text(f"Charts of step {reached:,}.")
    settle(page)
    assert max(sizes, default=0) < film
    for part in (0.61, 0.37, 0.13):
        before = page.url
        box = timeline(page).bounding_box()
        page.mouse.click(box["x"] + box["width"] * part, box["y"] + box["height"] / 2)
        page.wait_for_url(lambda url, before=before: url != before)
        page.get_by_text("The drawing is at another step").wait_for(state="hidden")
        settle(page)
        expect(page.locator(".of-step")).to_contain_text(f"Charts of step {step(page):,}.")
    press(page, "Play")
    until(page, lambda: step(page), lambda shown: shown > reached)


def ink_at_the_end(page):
    """How many pixels of the last tenth of the curves are drawn on."""
    return page.locator(".player .track canvas").first.evaluate(
        """(canvas) => {
          const { width, height } = canvas
          const from = Math.round(width * 0.9)
          const { data } = canvas.getContext("2d").getImageData(from, 0, width - from, height)
          return data.filter((_, place) => place % 4 === 3).filter((alpha) => alpha > 0).length
        }"""
    )


def test_the_curve_of_the_run_before_stays_whole_while_more_is_there_than_has_been_seen(open_training):
    page = open_training("steps=9000")
    press(page, "Add a unit to hidden layer 1")
    page.get_by_text("Faint: hidden layers 4-2: the run before.").wait_for()
    assert ink_at_the_end(page)
    train_ahead(page)
    assert ink_at_the_end(page)


def test_back_leads_to_before_the_press(open_training):
    page = open_training("steps=30")
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 50)
    rest(page)
    page.go_back()
    expect(timeline(page)).to_have_attribute("aria-valuemax", "30")
    expect(timeline(page)).to_have_attribute("aria-valuenow", "30")


def test_scrubbed_back_it_plays_to_the_end_and_trains_on(open_training):
    page = open_training("steps=200")
    timeline(page).press("Home")
    page.wait_for_url(re.compile("at=0"))
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, lambda: step(page), lambda shown: 0 < shown < 200)
    until(page, lambda: step(page), lambda shown: shown > 250)
    box = timeline(page).bounding_box()
    # Within what was seen, however far ahead the timeline has been lengthened for what is to come.
    page.mouse.click(box["x"] + box["width"] * 0.15, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(r"steps=(?!200)\d+&at=\d+"))
    steps, at = (int(page.url.split(f"{name}=")[1].split("&")[0]) for name in ("steps", "at"))
    assert at < steps
    assert steps > 250
    expect(timeline(page)).to_have_attribute("aria-valuemax", str(steps))
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)


def test_a_setting_changed_meanwhile_acts_from_the_shown_step_and_training_goes_on(open_training):
    page = open_training()
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 60)
    rate = page.get_by_role("textbox", name="Learning rate η, exact value")
    rate.fill("0.5")
    rate.press("Enter")
    page.wait_for_url(re.compile(r"changes=\d+~eta~0.5"))
    changed = int(page.url.split("changes=")[1].split("~")[0])
    assert changed > 60
    assert page.url.endswith(f"steps={changed}&changes={changed}~eta~0.5")
    expect(page.locator(".timeline text.branch")).to_have_text("η → 0.5")
    until(page, lambda: step(page), lambda shown: shown > changed + 50)
    assert rest(page) > changed + 50
    assert f"changes={changed}~eta~0.5" in page.url


def test_behind_a_change_nothing_of_the_run_before_is_shown(open_training):
    responses = HeldResponses()
    page = open_training(held=responses)
    choose_speed(page, "1,000 steps/s")
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 60)
    responses.hold()
    rate = page.get_by_role("textbox", name="Learning rate η, exact value")
    rate.fill("0.5")
    rate.press("Enter")
    settle(page)
    at = step(page)
    for _ in range(5):
        settle(page)
    assert step(page) == at
    responses.release()
    page.wait_for_url(re.compile(r"changes=\d+~eta~0.5"))
    assert f"changes={at}~eta~0.5" in page.url
    until(page, lambda: step(page), lambda shown: shown > at + 50)


def test_training_goes_on_behind_two_changes_in_a_row(open_training):
    page = open_training()
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 30)
    for name, text in (("Learning rate η", "0.2"), ("Dropout", "0.1")):
        box = page.get_by_role("textbox", name=name, exact=False).first
        box.fill(text)
        box.press("Enter")
    page.wait_for_url(re.compile(r"~eta~0.2~dropout~0.1"))
    changed = int(page.url.split("changes=")[1].split("~")[0])
    until(page, lambda: step(page), lambda shown: shown > changed + 50)
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_what_is_copied_while_it_trains_is_the_shown_step(open_training):
    page = open_training(permissions=["clipboard-read", "clipboard-write"])
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 30)
    press(page, "Copy link")
    page.get_by_role("button", name="Link copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    reached = int(copied.split("steps=")[1])
    assert reached > 30
    until(page, lambda: step(page), lambda shown: shown > reached + 20)


def test_a_page_left_while_it_trains_is_there_again_at_the_step_that_was_seen(open_training):
    responses = HeldResponses()
    page = open_training(held=responses)
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 30)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="One step").click()
    page.locator(".network").wait_for()
    responses.wait_until_idle(page)
    page.go_back()
    page.locator(".player canvas").first.wait_for()
    page.wait_for_url(re.compile(r"steps=\d+"))
    reached = int(page.url.split("steps=")[1])
    assert reached > 30
    expect(timeline(page)).to_have_attribute("aria-valuenow", str(reached))


def test_a_page_loaded_again_while_it_trains_is_at_the_step_that_was_seen(open_training):
    page = open_training()
    choose_speed(page, "1,000 steps/s")
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 300)
    reached = step(page)
    page.reload()
    page.locator(".player canvas").first.wait_for()
    page.wait_for_url(re.compile(r"steps=\d+$"))
    steps = int(page.url.split("steps=")[1])
    assert steps >= reached
    expect(timeline(page)).to_have_attribute("aria-valuenow", str(steps))
    # It has been sent, and is not so once more.
    page.reload()
    page.locator(".player canvas").first.wait_for()
    expect(timeline(page)).to_have_attribute("aria-valuenow", str(steps))
    assert page.url.endswith(f"steps={steps}")


def test_scrubbed_back_within_what_has_just_been_seen_a_page_loaded_again_is_there(open_training):
    responses = HeldResponses()
    page = open_training("steps=50", held=responses)
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 100)
    responses.hold()
    press(page, "Pause")
    timeline(page).press("Home")
    settle(page)
    responses.stand_before(page)
    page.reload()
    responses.release()
    page.locator(".player canvas").first.wait_for()
    page.wait_for_url(re.compile(r"steps=\d+&at=0$"))
    expect(timeline(page)).to_have_attribute("aria-valuenow", "0")
    assert int(timeline(page).get_attribute("aria-valuemax")) > 100


def test_a_page_opened_by_its_address_is_what_that_has(open_training, address):
    page = open_training()
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 30)
    page.goto(f"{address}/training?seed=3")
    page.locator(".player canvas").first.wait_for()
    page.goto(f"{address}/training")
    page.locator(".player canvas").first.wait_for()
    page.get_by_role("radiogroup", name="Chart").wait_for()
    expect(timeline(page)).to_have_attribute("aria-valuemax", "0")


def test_reset_ends_training_and_leads_to_step_0_and_undo_back_to_what_was_seen(open_training):
    page = open_training()
    for _ in range(2):
        press(page, "Train")
        until(page, lambda: step(page), lambda shown: shown > 30)
        press(page, "Reset")
        expect(timeline(page)).to_have_attribute("aria-valuemax", "0")
        expect(page.get_by_role("button", name="Train", exact=True)).to_be_visible()
    press(page, "Undo: Reset")
    expect(timeline(page)).not_to_have_attribute("aria-valuenow", "0")
    reached = step(page)
    assert reached > 30
    expect(timeline(page)).to_have_attribute("aria-valuemax", str(reached))


def test_undo_ends_training_of_a_run_that_has_the_film_of_the_one_before(open_training):
    page = open_training()
    eta = page.get_by_role("textbox", name="Learning rate η", exact=False).first
    eta.fill("0.2")
    eta.press("Enter")
    page.wait_for_url(re.compile("eta=0.2"))
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 30)
    press(page, "Undo: η 0.1 → 0.2")
    expect(timeline(page)).to_have_attribute("aria-valuemax", "0")
    expect(eta).to_have_value("0.1")


@pytest.mark.parametrize("name", ["Train to budget", "200 steps more"])
def test_training_ends_with_a_press_that_trains_so_far_and_no_further(open_training, name):
    page = open_training("steps=10&budget=200")
    choose_speed(page, "10 steps/s")
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 15)
    press(page, name)
    page.wait_for_url(re.compile(r"steps=2\d\d$"))
    steps = int(page.url.split("steps=")[1])
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_visible()
    expect(timeline(page)).to_have_attribute("aria-valuenow", str(steps))
    expect(timeline(page)).to_have_attribute("aria-valuemax", str(steps))
    assert steps == 200 if name == "Train to budget" else steps > 200


@pytest.mark.parametrize("query", ["", "steps=40&at=0"])
def test_a_dialog_stays_open_that_is_opened_while_it_trains_or_plays(open_training, query):
    responses = HeldResponses()
    page = open_training(query, held=responses)
    before = step(page)
    press(page, "Play" if query else "Train")
    until(page, lambda: step(page), lambda shown: shown > before)
    press(page, "Share")
    page.get_by_role("dialog").wait_for()
    responses.wait_until_idle(page)
    expect(page.get_by_role("button", name="Pause", exact=True)).to_have_count(0)
    expect(page.get_by_role("dialog")).to_be_visible()


def test_steps_are_trained_one_at_a_time(open_training):
    page = open_training("steps=400")
    for _ in range(3):
        press(page, "Train one step")
    until(page, lambda: step(page), lambda shown: shown == 403)
    page.wait_for_url(re.compile("steps=403$"))
    page.reload()
    page.locator(".player canvas").first.wait_for()
    assert step(page) == 403


STEP_AGAIN_AT = """(player, step) => {
  const shown = () => Number(player.querySelector(".reading .note").textContent.replace(/[^0-9]/g, ""))
  const press = () => {
    if (shown() < step) return requestAnimationFrame(press)
    player.querySelector("[aria-label='Train one step']").click()
  }
  press()
}"""


def test_a_step_that_is_under_way_while_those_before_it_are_sent_is_not_lost(open_training):
    responses = HeldResponses()
    page = open_training("steps=400", held=responses)
    responses.hold_when_idle(page)
    responses.wait_for_a_run(page, lambda: press(page, "Train one step"))
    page.locator(".player").evaluate(STEP_AGAIN_AT, 401)
    responses.release_a_run()
    until(page, responses.runs, lambda ended: ended == 1)
    # Whatever is done elsewhere on the page acts from what is shown.
    responses.wait_for_a_run(page, lambda: page.get_by_role("button", name="Copy link").focus())
    responses.release()
    page.wait_for_url(re.compile("steps=402$"))
    assert step(page) == 402


def test_over_a_slow_line_it_waits_and_loses_nothing(open_training):
    responses = HeldResponses()
    page = open_training(held=responses)
    responses.wait_until_idle(page)
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 20)
    responses.hold_when_idle(page)
    expect(page.locator(".status")).to_have_text("waiting for the server …")
    announcer = page.locator(".player .announcer")
    expect(announcer).to_have_text("Waiting for the server.")
    waiting = step(page)
    settle(page)
    assert step(page) == waiting
    responses.release()
    until(page, lambda: step(page), lambda shown: shown > waiting + 30)
    expect(announcer).not_to_have_text("Waiting for the server.")
    reached = rest(page)
    assert page.url.endswith(f"steps={reached}")


def test_a_pause_is_read_out_in_one_sentence_with_step_and_loss(open_training):
    responses = HeldResponses()
    page = open_training(held=responses)
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 30)
    reached = rest(page)
    sentence = re.compile(rf"^Paused at step {reached}, loss 0\.\d+\.$")
    announcer = page.locator(".player .announcer")
    expect(announcer).to_have_text(sentence)
    # The film that takes its place says nothing more.
    responses.wait_until_idle(page)
    expect(announcer).to_have_text(sentence)


def test_a_run_that_diverges_ends_by_itself_with_its_sentence(open_training):
    page = open_training("data=plane&f=identity&eta=1000")
    press(page, "Train")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    line = page.locator(".player .inspector")
    expect(line).to_have_text(re.compile(r"Training stopped at step \d+: diverged\.$"))
    page.get_by_text(re.compile(r"Training stopped after step \d+, the last with finite numbers")).wait_for()


PAUSE_AND_STEP = """(player) => {
  const named = (name) => [...player.querySelectorAll(".controls button")]
    .find((button) => (button.getAttribute("aria-label") ?? button.textContent) === name)
  named("Pause").click()
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const before = player.querySelector(".reading .note").textContent
    named("Train one step").click()
    done(Number(before.replace(/[^0-9]/g, "")))
  })))
}"""


PAUSE_AND_TRAIN = """(player) => {
  const named = (name) => [...player.querySelectorAll(".controls button")]
    .find((button) => (button.getAttribute("aria-label") ?? button.textContent) === name)
  named("Pause").click()
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const paused = player.querySelector(".reading .note").textContent
    named("Train").click()
    done(Number(paused.replace(/[^0-9]/g, "")))
  })))
}"""


def test_trained_again_right_behind_a_pause_it_goes_on_with_what_is_there(open_training):
    page = open_training()
    choose_speed(page, "1,000 steps/s")
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 1500)
    # What is there lasts for longer now than anything is requested ahead.
    choose_speed(page, "100 steps/s")
    paused = page.locator(".player").evaluate(PAUSE_AND_TRAIN)
    assert until(page, lambda: step(page), lambda shown: shown > paused + 30) > paused + 30


def test_while_what_was_seen_is_sent_it_goes_on_with_the_steps_that_are_there(open_training):
    responses = HeldResponses()
    page = open_training(held=responses)
    train_ahead(page)
    responses.hold()
    responses.wait_for_a_run(page, lambda: press(page, "Pause"))
    settle(page)
    paused = step(page)
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > paused)
    # Paused once more before a response has come.
    press(page, "Pause")
    settle(page)
    again = step(page)
    assert again > paused
    responses.release()
    page.wait_for_url(re.compile(f"steps={again}$"))
    responses.wait_until_idle(page)
    assert step(page) == again
    expect(timeline(page)).to_have_attribute("aria-valuemax", str(again))


def test_trained_again_it_goes_on_at_once_and_ends_where_it_is_paused(open_training):
    responses = HeldResponses()
    page = open_training(held=responses)
    train_ahead(page)
    reached = rest(page)
    responses.hold_when_idle(page)
    expect(timeline(page)).to_have_attribute("aria-valuemax", str(reached))
    press(page, "Train")
    # What had been sent beyond what was seen is there without a response.
    until(page, lambda: step(page), lambda shown: shown > reached + 5)
    assert step(page) > reached + 5
    responses.release()
    until(page, lambda: step(page), lambda shown: shown > reached + 250)
    again = rest(page)
    assert again > reached + 250
    page.reload()
    page.locator(".player canvas").first.wait_for()
    assert step(page) == again


def test_one_step_behind_a_rest_is_the_next_one_whatever_is_there_beyond(open_training):
    responses = HeldResponses()
    page = open_training(held=responses)
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 30)
    reached = rest(page)
    responses.wait_until_idle(page)
    press(page, "Train one step")
    page.wait_for_url(re.compile(f"steps={reached + 1}$"))
    assert step(page) == reached + 1


def test_what_was_seen_is_not_lost_with_the_message_that_brings_it(open_training):
    responses = HeldResponses()
    page = open_training(held=responses)
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 30)
    # Nothing else is requested meanwhile.
    responses.hold_when_idle(page)
    expect(page.locator(".status")).to_have_text("waiting for the server …")
    responses.lose_next()
    press(page, "Pause")
    responses.release()
    reached = step(page)
    page.wait_for_url(re.compile(f"steps={reached}$"))
    expect(timeline(page)).to_have_attribute("aria-valuemax", str(reached))


def test_one_step_right_behind_a_pause_is_the_next_one(open_training):
    page = open_training()
    press(page, "Train")
    until(page, lambda: step(page), lambda shown: shown > 30)
    paused = page.locator(".player").evaluate(PAUSE_AND_STEP)
    page.wait_for_url(re.compile(f"steps={paused + 1}$"))
    assert step(page) == paused + 1


def test_what_is_chosen_behind_a_pause_does_not_keep_training_from_going_on(open_training):
    responses = HeldResponses()
    page = open_training(held=responses)
    responses.wait_until_idle(page)
    choose_speed(page, "1 step/s")
    responses.hold()
    responses.wait_for_a_run(page, lambda: press(page, "Train"))
    responses.release()
    press(page, "Pause")
    responses.hold()
    press(page, "log")
    responses.wait_until_idle(page)
    responses.release()
    responses.wait_until_idle(page)
    before = step(page)
    choose_speed(page, "100 steps/s")
    press(page, "Train")
    assert until(page, lambda: step(page), lambda shown: shown > before + 30) > before + 30
