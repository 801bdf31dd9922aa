"""A run of the Training page as a page without a server."""

from collections.abc import Sequence

from core.pieces import finish
from ui.components.player.payload import thin
from ui.export.saved_page import ALONE, Around, player_page
from ui.limits import MAX_SAVED_BYTES
from ui.training.data import TrainingData
from ui.training.film import Faint, branches_of, build_film, player_run, sample_picture
from ui.training.sample import sample_row
from ui.training.shown import LossesLeft, Shown
from ui.training.state import Training

SAVED_KEY_FRAMES = 120


def saved_run(
    state: Training,
    data: TrainingData,
    shown: Shown,
    left: Sequence[LossesLeft],
    title: str,
    link: str,
    around: Around = ALONE,
) -> str:
    """Return the HTML of a page that plays a run from the state's step on, with its replaced futures."""
    run = thin(player_run(shown), SAVED_KEY_FRAMES)
    film = finish(build_film(state, data, shown, run, MAX_SAVED_BYTES, branches_of(state, Faint(left))))
    picture = sample_picture(data, shown, sample_row(state, data, data.train), film)
    step = shown.history.step if state.at is None else state.at
    return player_page(film, step, title, link, state.precision, picture, state.plane, around)
