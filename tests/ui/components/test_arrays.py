"""What a browser reads of an array is the array, to the bit, and it is small on a compressed connection."""

import base64
import zlib

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.examples import DEFAULT_EXAMPLE
from core.exercise import quantities
from core.losses import LOSSES
from core.network import Network
from core.sweep import sweep
from tests.ui.components.sent_arrays import read_array, unpack
from ui.components.base.arrays import as_text, encode, pack
from ui.components.live_network.films import Along, build_film
from ui.components.live_network.frames import frames
from ui.components.live_network.loss_ahead import COARSENESS, loss_along
from ui.components.live_network.sliders import slider_range
from ui.links.fitting import fit_targets, rebuild

NOTEBOOK = DEFAULT_EXAMPLE.exercise
STRANGE = np.array([[0.0, -0.0, 5e-324], [np.nan, np.inf, -np.inf], [1e308, -1e-308, 1 / 3]])
ARRAYS = {
    "one": (np.array([0.1]), "<f4"),
    "strange": (STRANGE, "<f8"),
    "strange_short": (STRANGE, "<f4"),
    "codes": (np.array([[0, 65535], [65534, 1], [7, 32768]]), "<u2"),
}


@pytest.fixture
def read_in_a_browser(run_javascript):
    """A function that returns the arrays of models as a browser reads them, each as its bytes."""

    def read(models):
        packed = [base64.b64encode(pack(model)).decode() for model in models]
        found = run_javascript("read_arrays.js", packed)
        return [{name: base64.b64decode(text) for name, text in model.items()} for model in found]

    return read


@pytest.mark.parametrize("along", [0, 1, 3])
@pytest.mark.parametrize("across", [0, 2])
def test_every_array_is_read_to_the_bit(read_in_a_browser, along, across):
    sent = {name: encode(array, dtype, along, across) for name, (array, dtype) in ARRAYS.items()}
    with np.errstate(over="ignore"):
        expected = {name: array.astype(dtype).tobytes() for name, (array, dtype) in ARRAYS.items()}
    assert read_in_a_browser([sent]) == [expected]
    assert {name: read_array(each).tobytes() for name, each in unpack(pack(sent)).items()} == expected


def exercises():
    """An exercise for every activation, in all layers, and for every loss."""
    networks = [Network((2, 3, 2), ("tanh" if name == "softmax" else name, name)) for name in ACTIVATIONS] + [
        Network((2, 3, 2), ("sin", "sigmoid"), loss) for loss in LOSSES
    ]
    for network in networks:
        exercise = rebuild(NOTEBOOK, network, True, "uniform", 1)
        values = zip(("y1", "y2"), fit_targets((0.25, 0.75), network.loss), strict=True)
        yield exercise.with_values(list(values))


def test_films_of_every_activation_and_loss_are_read_to_the_bit(read_in_a_browser):
    sent, expected = [], []
    for exercise in exercises():
        for quantity in quantities(exercise.network)[:: len(quantities(exercise.network)) // 3]:
            film = build_film(exercise, Along(quantity, *slider_range(exercise, quantity)))
            swept = sweep(exercise, quantity, film["positions"])
            sent.append({name: film[name] for name in ("frames", "curve", "slope")})
            expected.append(
                {
                    "frames": frames(exercise.network, swept.step).astype("<f4").tobytes(),
                    "curve": swept.curve.tobytes(),
                    "slope": swept.slope.tobytes(),
                }
            )
    assert read_in_a_browser(sent) == expected


def test_a_smooth_film_takes_a_quarter_of_its_room_once_it_is_compressed():
    quantity = quantities(NOTEBOOK.network)[3]
    film = build_film(NOTEBOOK, Along(quantity, *slider_range(NOTEBOOK, quantity)))
    future = loss_along(NOTEBOOK, quantity, np.array(film["positions"]), 100, COARSENESS[100])
    for sent, least in ((film["frames"], 4), (future["codes"], 4)):
        assert len(zlib.compress(sent["bytes"])) * least < len(sent["bytes"])


def test_what_is_no_json_is_named():
    with pytest.raises(TypeError, match="JSON and bytes, got set"):
        pack({"a": {1}})
    assert as_text(b"\x00\x01") == "AAE="
