"""What Python sends to the live network is what model.d.ts declares: no field missing, unread, ill-typed."""

from dataclasses import replace
from pathlib import Path

import numpy as np

import ui.components.live_network
from core.examples import DEFAULT_EXAMPLE
from tests.ui.components.declared import misfits
from ui.components.base.sent import Grabbed
from ui.components.live_network.payload import network_data, requested_film
from ui.links.view import COLORS, SCALES, View
from ui.shell.store import Rejected
from ui.text.conventions import CONVENTIONS

DECLARATION = Path(ui.components.live_network.__file__).parent / "model.d.ts"
EXERCISE = DEFAULT_EXAMPLE.exercise


def test_every_model_is_of_the_declared_type(tmp_path):
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
    film = requested_film(EXERCISE, Grabbed(0, "w1.1.1"), None)
    assert film
    held = requested_film(EXERCISE, Grabbed(0, "w1.1.1"), film["key"])
    assert held == {"key": film["key"]}
    visit = {
        "session": "s",
        "run": "r",
        "rejected": {"w1.1.1": Rejected("x", "No number.")._asdict()},
        "training": {"position": 1, "end": 2, "diverged": False},
    }
    models += [overflowing, models[0] | {"film": film}, models[0] | {"film": held}, models[0] | visit]
    assert not misfits(DECLARATION, "NetworkModel", models, tmp_path)


def test_a_field_that_is_missing_or_unread_or_of_another_type_is_found(tmp_path):
    model = network_data(EXERCISE, View())
    models = [model | {"view": {}}, model | {"unread": 1}, model | {"seq": None}]
    assert misfits(DECLARATION, "NetworkModel", models, tmp_path).count("[ERROR]") == len(models)
