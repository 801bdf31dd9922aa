"""What Python sends to the live network is what model.d.ts declares: no field missing, unread, ill-typed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import ui.components.live_network
from core.examples import DEFAULT_EXAMPLE
from core.network import Network
from tests.ui.components.declared import misfits
from ui.components.base.sent import Grabbed
from ui.components.live_network.films import build_in_parts, requested_along
from ui.components.live_network.payload import network_data
from ui.links.fitting import rebuild
from ui.links.view import COLORS, SCALES, View
from ui.shell.store import Rejected
from ui.text.conventions import CONVENTIONS

DECLARATION = Path(ui.components.live_network.__file__).parent / "model.d.ts"
EXERCISE = DEFAULT_EXAMPLE.exercise


def network_models():
    views = [
        *(View(color=color) for color in COLORS),
        *(View(scale=scale) for scale in SCALES),
        *(View(speak=name) for name in CONVENTIONS),
        View(decimals=3),
        View(stage="delta1"),
        View(tab="nudge", nudge=1e-8),
        View(hide=("answers",)),
        View(hide=("weights",)),
    ]
    models = [network_data(EXERCISE, view) for view in views]
    linear = replace(EXERCISE.network, activations=("identity",) * len(EXERCISE.network.activations))
    huge = replace(EXERCISE, theta=(1e200,) * len(EXERCISE.theta), network=linear)
    with np.errstate(over="ignore", invalid="ignore"):
        overflowing = network_data(huge, View())
    assert None in overflowing["frame"]
    visit = {
        "session": "s",
        "run": "r",
        "rejected": {"w1.1.1": Rejected("x", "No number.")._asdict()},
        "training": {"position": 1, "end": 2, "diverged": False},
    }
    film = {"film": {"control": "w1.1.1", "key": "k"}}
    return [*models, overflowing, models[0] | film, models[0] | visit]


def film_parts():
    deep = rebuild(EXERCISE, Network((6,) * 6, ("tanh",) * 5), True, "uniform", 1)
    parts: list[dict[str, Any]] = []
    for exercise in (EXERCISE, deep):
        along = requested_along(exercise, Grabbed(0, "w1.1.1"))
        assert along
        parts += build_in_parts(exercise, along, 100)
    assert [("frames" in part, part.get("is_whole")) for part in parts] == [
        (True, True),
        (False, None),
        (True, False),
        (True, True),
    ]
    return parts


def test_every_model_and_every_part_of_a_film_is_of_the_declared_type(tmp_path):
    # In one script, as to start the checker takes longer than to check.
    models = {"NetworkModel": network_models(), "FilmPart": film_parts()}
    assert not misfits(DECLARATION, models, tmp_path)


def test_a_field_that_is_missing_or_unread_or_of_another_type_is_found(tmp_path):
    model = network_data(EXERCISE, View())
    models = [model | {"view": {}}, model | {"unread": 1}, model | {"seq": None}]
    assert misfits(DECLARATION, {"NetworkModel": models}, tmp_path).count("[ERROR]") == len(models)
