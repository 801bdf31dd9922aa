"""The data at every place of the sliders that move them, so that the browser plays what they will be."""

import base64
import zlib
from dataclasses import replace
from typing import Any

import numpy as np

from core.arrays import Array, spread
from core.data import DATASETS, make_samples, split
from ui.components.player.payload import MAX_POINTS
from ui.training.bounds import EXACT
from ui.training.data import TrainingData
from ui.training.state import Chosen

NOISE_STEP = 0.02
SHARE_STEP = 0.05


def positions(path: str, step: float) -> Array:
    """Return the numbers (F,) at which a slider of EXACT[path] stands, from its lower end in steps."""
    low, high, _ = EXACT[path]
    count = round((high - low) / step)
    values: Array = np.round(low + step * np.arange(count + 1), 12)
    return values


def data_key(chosen: Chosen) -> str:
    """Return a text that is the same for two choices whose samples are the same but for noise and split."""
    same = replace(chosen, noise=0.0, train_share=1.0, features=(), axes=())
    return f"{zlib.crc32(repr(same).encode()):08x}"


def data_film(chosen: Chosen, data: TrainingData) -> dict[str, Any]:
    """Return the SentDataFilm of model.d.ts for the samples that the player draws.

    Of generated data positions x (F, N, axes) and targets y (F, N, n_out) go with each of F noises, one frame
    where all are the same; of other data there are none. `order` (N,) is the place of each sample in the
    split: the first of `counts` (S,) are for training at each of S shares.
    """
    samples = len(data.own_y)
    shown = spread(samples, MAX_POINTS)
    shares = positions("data.train_share", SHARE_STEP)
    order = np.empty(samples, dtype=np.int64)
    order[np.concatenate(split(samples, 1.0, chosen.seed))] = np.arange(samples)
    film: dict[str, Any] = {
        "of": data_key(chosen),
        "noise": chosen.noise,
        "share": chosen.train_share,
        "shares": shares.tolist(),
        "counts": [len(split(samples, float(share), chosen.seed)[0]) for share in shares],
        "order": order[shown].tolist(),
        "noises": [],
        "x": None,
        "y": None,
    }
    if chosen.name not in DATASETS or not DATASETS[chosen.name].noisy:
        return film
    noises = positions("data.noise", NOISE_STEP)
    made = [make_samples(chosen.name, chosen.samples, float(noise), chosen.seed) for noise in noises]
    x = np.stack([each.x[shown] for each in made])
    y = np.stack([each.y[shown] for each in made])
    return {**film, "noises": noises.tolist(), "x": _encode(x), "y": _encode(y)}


def _encode(frames: Array) -> str:
    """Return frames (F, N, …) as float32, one where all are the same."""
    still = bool(np.all(frames == frames[:1]))
    sent = frames[:1] if still else frames
    return base64.b64encode(sent.astype("<f4").tobytes()).decode("ascii")
