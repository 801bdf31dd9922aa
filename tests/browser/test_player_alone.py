"""The player without the app: what Python sends, and when, is up to the test."""

import numpy as np
import pytest
from playwright.sync_api import expect

from core.network import Network
from core.pieces import finish
from core.plane import Plane
from ui.components.base import read_sources
from ui.components.base.sent_player import PlayerSent, Position
from ui.components.player.model import player_model
from ui.components.player.payload import build_player
from ui.components.player.records import PlayerRun, Points

PLAYER = read_sources("player")
# The page's style is Streamlit's; here it only has to be one that colors can be read from.
PAGE = f"""
<style>
  :root {{ --st-background-color: #ffffff; --st-text-color: #14171d; --st-primary-color: #0f766e; }}
  {PLAYER.css}
</style>
<main>{PLAYER.html}</main>
<script type="module">{PLAYER.js}
  window.sent = []
  window.show = (data) => mount({{
    parentElement: document.querySelector("main"),
    data,
    setStateValue: (name, value) => window.sent.push([name, value]),
  }})
</script>
"""


def film_of(held):
    """A film of a run whose third input is held at a value all over the plane."""
    network = Network((3, 2, 1), ("tanh", "sigmoid"), "binary_cross_entropy")
    theta = np.random.default_rng(0).standard_normal((4, network.n_parameters))
    loss = np.array([0.7, 0.5, 0.3, 0.2])
    run = PlayerRun(np.arange(4), np.arange(4) / 2, theta, theta, loss, None, None, None, None, False)
    x = np.array([[0.5, 0.5], [-0.5, 0.25]])

    def inputs(at):
        return np.c_[at, np.full(len(at), held)]

    plane = Plane(("a", "b"), (-1.0, -1.0), (1.0, 1.0), inputs, {2: held})
    points = Points(x, inputs(x), np.array([[0.0], [1.0]]), np.array([False, False]))
    return finish(
        build_player(network, run, plane, points, task="binary", input_names="abc", output_names=("y",))
    )


@pytest.fixture
def alone(browser):
    """A page with the player on it, which nothing has been sent to; it may log no error."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(PAGE)
    page.wait_for_function("() => window.show")
    yield page
    context.close()
    assert not errors


def show(page, film, **changes):
    model = player_model(film, position=2, **changes)
    page.evaluate("data => void window.show(data)", model)


def test_until_its_film_has_come_the_player_requests_it_once_and_does_nothing_else(alone):
    film = film_of(7.0)
    has = PlayerSent(Position(40, 2, film["key"]))
    show(alone, film, sent=has)
    show(alone, film, sent=has)
    alone.get_by_role("button", name="Play").click()
    alone.get_by_role("button", name="One key frame forward").click()
    alone.get_by_role("button", name="log").click()
    alone.locator(".track").click()
    alone.keyboard.press("ArrowRight")
    ((name, request),) = alone.evaluate("window.sent")
    assert (name, request["step"], request["film"]) == ("position", 2, None)
    assert request["seq"] > 40
    show(alone, film)
    expect(alone.locator(".readings dd").first).to_have_text("2")
    alone.get_by_role("button", name="One key frame forward").click()
    expect(alone.locator(".readings dd").first).to_have_text("3")
    alone.wait_for_function("() => window.sent.some(([name]) => name === 'painted')")
    rested = """() => window.sent.some(([name, { step, film }]) =>
      name === 'position' && step === 3 && film !== null)"""
    alone.wait_for_function(rested)


def test_the_tile_of_a_held_input_has_the_value_of_the_film_that_plays(alone):
    show(alone, film_of(7.0))
    tile = alone.locator(".network text.held")
    expect(tile).to_have_text("7.0000")
    show(alone, film_of(9.5))
    expect(tile).to_have_text("9.5000")
