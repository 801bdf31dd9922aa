"""Scrub back, change a setting, go on: what a reader does with a run that is there, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_training import timeline

pytestmark = pytest.mark.browser


@pytest.fixture
def open_training(open_page):
    def open_training(query="", **settings):
        return open_page(query, path="training", ready=".player canvas", **settings)

    return open_training


def go_to(page, step):
    """Move the playhead with the keyboard to a key frame, and wait until the address has it."""
    timeline(page).focus()
    page.keyboard.press("Home")
    for _ in range(step // 4 // 10):
        page.keyboard.press("Shift+ArrowRight")
    for _ in range(step // 4 % 10):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(rf"at={step}\b"))


def words(page):
    """What is written on the timeline about changes and futures that were left."""
    return page.locator(".timeline text.branch")


def type_eta(page, text):
    box = page.get_by_role("textbox", name="Learning rate η, exact value")
    box.fill(text)
    box.press("Enter")


def test_a_learning_rate_changed_on_the_way_acts_from_there_and_the_old_future_stays_faint(open_training):
    page = open_training("eta=0.03&steps=1000")
    go_to(page, 400)
    type_eta(page, "0.3")
    page.wait_for_url(re.compile("changes=400~eta~0.3"))
    expect(words(page)).to_have_text(["η → 0.3", "η 0.03, left behind at step 400"])
    expect(timeline(page)).to_have_attribute("aria-valuemax", "400")
    page.get_by_role("button", name="Train to budget").click()
    expect(timeline(page)).to_have_attribute("aria-valuenow", "1000")
    expect(words(page)).to_have_text(["η → 0.3", "η 0.03, left behind at step 400"])
    expect(page.get_by_text("From step 400 on η → 0.3.")).to_be_visible()
    page.reload()
    expect(words(page)).to_have_text(["η → 0.3", "η 0.03, left behind at step 400"])
    expect(timeline(page)).to_have_attribute("aria-valuenow", "1000")


def test_undo_brings_the_future_back(open_training):
    page = open_training("eta=0.03&steps=1000")
    go_to(page, 400)
    type_eta(page, "0.3")
    page.wait_for_url(re.compile("changes=400~eta~0.3"))
    page.get_by_role("button", name="Undo: η 0.03 → 0.3").click()
    expect(timeline(page)).to_have_attribute("aria-valuemax", "1000")
    expect(words(page)).to_have_count(0)
    expect(timeline(page)).to_have_attribute("aria-valuenow", "400")


def test_the_playhead_stays_within_the_run_though_a_future_that_was_left_reaches_further(open_training):
    page = open_training("eta=0.03&steps=400&changes=200~eta~0.3&left=200~1000")
    box = timeline(page).bounding_box()
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)
    expect(timeline(page)).to_have_attribute("aria-valuenow", "400")
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)
    expect(timeline(page)).to_have_attribute("aria-valuenow", re.compile(r"^2[0-4]\d$"))


def test_an_edge_opens_its_weight_at_the_shown_step_and_the_run_goes_on_with_what_is_entered(open_training):
    page = open_training("eta=0.03&steps=1000")
    go_to(page, 400)
    edge = page.locator(".player .network path.item").first
    edge.focus()
    page.keyboard.press("Enter")
    box = page.locator(".player .weight")
    expect(box).to_contain_text("at step 400")
    weight = box.get_by_role("textbox", name="w¹₁₁")
    expect(weight).to_be_focused()
    shown = weight.input_value()
    weight.fill("2.5")
    page.keyboard.press("Tab")
    expect(box.get_by_role("textbox", name="b¹₁, bias of h1")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"changes=400~w1\.1\.1~2\.5(&|$)"))
    expect(box).to_be_hidden()
    expect(words(page)).to_have_text(["w¹₁₁ → 2.5", "w¹₁₁ as trained, left behind at step 400"])
    expect(edge).to_have_attribute("aria-label", re.compile("weight 2.5"))
    undo = page.get_by_role("button", name=re.compile(r"Undo: w¹₁₁ .* → 2\.5"))
    page.get_by_role("button", name="Train to budget").click()
    expect(timeline(page)).to_have_attribute("aria-valuenow", "1000")
    expect(words(page)).to_have_text(["w¹₁₁ → 2.5", "w¹₁₁ as trained, left behind at step 400"])
    undo.click()
    expect(words(page)).to_have_count(0)
    expect(timeline(page)).to_have_attribute("aria-valuenow", "400")
    edge.focus()
    page.keyboard.press("Enter")
    expect(weight).to_have_value(shown)


@pytest.mark.parametrize(
    ("name", "text", "link", "words_of"),
    [
        ("Noise", "0.3", "noise~0.3", ["noise → 0.3", "noise 0, left behind at step 400"]),
        (
            "Training fraction", "0.8", "trainshare~0.8",
            ["training fraction → 0.8", "training fraction 0.5, left behind at step 400"],
        ),
    ],
)  # fmt: skip
def test_other_samples_act_from_the_shown_step_on_and_the_plane_has_those_of_each_step(
    open_training, name, text, link, words_of
):
    page = open_training("eta=0.03&steps=1000")
    go_to(page, 400)
    plane = page.locator(".player .plane canvas.layer").nth(1)
    dots = plane.evaluate("canvas => canvas.toDataURL()")
    box = page.get_by_role("textbox", name=f"{name}, exact value")
    box.fill(text)
    box.press("Enter")
    page.wait_for_url(re.compile(f"changes=400~{link}"))
    expect(words(page)).to_have_text(words_of)
    page.get_by_role("button", name="Train to budget").click()
    expect(timeline(page)).to_have_attribute("aria-valuenow", "1000")
    expect(box).to_have_value(text)
    there = "([canvas, dots]) => (canvas.toDataURL() === dots)"
    handle = plane.element_handle()
    page.wait_for_function(f"pair => !({there})(pair)", arg=[handle, dots])
    timeline(page).focus()
    page.keyboard.press("Home")
    page.wait_for_function(there, arg=[handle, dots])
    page.wait_for_url(re.compile(r"at=0\b"))
    expect(box).not_to_have_value(text)
    page.wait_for_function(there, arg=[handle, dots])
