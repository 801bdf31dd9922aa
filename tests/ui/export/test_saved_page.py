"""What a saved page holds."""

import json
import math
import re

import numpy as np
import pytest

from core.examples import DEFAULT_EXAMPLE
from tests.ui.components.test_live_network_payload import network_of
from ui.export.saved_page import network_page
from ui.links.view import View

NOTEBOOK = DEFAULT_EXAMPLE.exercise


def saved_in(page):
    """The data and the films of a saved page."""
    (text,) = re.findall(r"<script[^>]*type=.application/json.[^>]*>(.*?)</script>", page, re.DOTALL)
    return json.loads(text)


@pytest.mark.parametrize(
    "exercise",
    [
        NOTEBOOK,
        NOTEBOOK.with_values([("eta", 1e-5)]),
        NOTEBOOK.with_values([("eta", 300.0)]),
        network_of(6, 6, 6, 6),
    ],
    ids=["3-2-1", "1e-5", "300", "6-6-6-6"],
)
def test_each_step_of_a_slider_leads_to_another_position_of_its_film(exercise):
    saved = saved_in(network_page(exercise, View(), "", ""))
    controls = {control["id"]: control for control in saved["data"]["controls"]}
    assert saved["films"]
    for film in saved["films"]:
        control = controls[film["control"]]
        track = math.log10 if control["scale"] == "log" else float
        places = np.array([track(position) for position in film["positions"] if position != control["value"]])
        count = round((track(control["high"]) - track(control["low"])) / control["step"])
        assert len(places) >= count, film["control"]


# The deploy guide has this limit.
@pytest.mark.parametrize("widths", [(6, 6, 6), (6, 6, 6, 6, 6, 6)], ids=str)
def test_the_page_of_a_large_network_stays_below_its_limit(widths):
    page = network_page(network_of(*widths), View(horizon=1000), "", "")
    assert len(page.encode()) < 1_700_000
