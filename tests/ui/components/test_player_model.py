"""What Python sends to the player is what model.d.ts declares: no field too few, too many or ill-typed."""

from pathlib import Path

import numpy as np

import ui.components.player
from core.network import Network
from core.pieces import finish
from core.plane import Plane
from core.scaling import unscaled
from tests.ui.components.declared import misfits
from ui.components.base.sent_player import PlayerSent, Position
from ui.components.player.model import player_model
from ui.components.player.next_steps import build_next_steps
from ui.components.player.payload import build_player
from ui.components.player.picture import Picture
from ui.components.player.records import Branches, LeftCurve, Placing, PlayerRun, Points, SettingsChange

DECLARATION = Path(ui.components.player.__file__).parent / "model.d.ts"


BRANCHES = Branches(
    [SettingsChange(2, "η → 0.3")], [LeftCurve("η 0.1, left", np.arange(2, 9), np.arange(7.0))]
)
PLACING = Placing(["no", "yes"], optional=True, test=[[True], [False, True]])


def film_of(task, axes, theta=1.0, test=None, branches=BRANCHES, pixels=None):
    outputs = 3 if task == "classes" else 1
    network = Network((3, 2, outputs), ("tanh", "identity"))
    steps = np.arange(4)
    parameters = np.full((4, network.n_parameters), theta)
    run = PlayerRun(steps, steps / 2, parameters, parameters, steps / 4, test, test, None, 2, False)
    names = ("a", "b")[:axes]
    plane = Plane(
        names,
        (-1.0,) * axes,
        (1.0,) * axes,
        lambda at: np.c_[at, np.full((len(at), 3 - axes), 7.0)],
        dict.fromkeys(range(axes, 3), 7.0),
    )
    x = np.zeros((5, axes))
    points = Points(x, plane.inputs(x), np.zeros((5, outputs)), np.arange(5) == 0)
    return finish(
        build_player(
            network,
            run,
            plane,
            points,
            task=task,
            input_names="abc",
            output_names=["y"] * outputs,
            branches=branches,
            pixels=pixels,
        )
    )


def test_every_model_is_of_the_declared_type(tmp_path):
    loss = np.arange(4) / 8
    film = film_of("binary", 2, test=loss)
    taken = player_model(film, position=1, taken=7) | {"session": "s"}
    held = PlayerSent(Position(3, 1, film["key"]))
    picture = Picture(2, 5, "no", np.arange(3) / 2, np.zeros((4, 3)))
    models = [
        player_model(film_of("classes", 2, pixels=(1, 3)), position=1, picture=picture),
        player_model(film, position=1, play_from=0, placing=PLACING, views=["discrete"]),
        player_model(film, position=1, sent=held),
        player_model(film_of("classes", 2), position=0),
        player_model(film_of("regression", 1, theta=1e200), position=0),
        taken,
        player_model(film_of("binary", 2, branches=Branches()), position=1),
    ]
    assert models[2]["film"] == {"key": film["key"]}
    assert models[4]["film"]["number"] == "<f8"
    assert not misfits(DECLARATION, {"PlayerModel": models}, tmp_path)


def next_steps_of(film, axes, pixels=None):
    """What follows a film that `film_of` has made."""
    network = Network((3, 2, len(film["output_names"])), ("tanh", "identity"))
    steps = np.arange(4, 9)
    parameters = np.full((5, network.n_parameters), 2.0)
    loss, x = steps / 10, np.zeros((5, axes))
    run = PlayerRun(steps, steps / 2, parameters, parameters, loss, loss, None, None, None, False)
    names = ("a", "b")[:axes]
    plane = Plane(
        names, (-1.0,) * axes, (1.0,) * axes, lambda at: np.c_[at, np.full((len(at), 3 - axes), 7.0)], {}
    )
    points = Points(x, plane.inputs(x), np.zeros((5, network.widths[-1])), np.arange(5) == 0)
    picture = Picture(2, 5, "no", np.arange(3) / 2, np.zeros((5, 3))) if pixels else None
    span = np.array(film["maps"]["span"])
    y_scaling = unscaled(network.widths[-1])
    return finish(
        build_next_steps(
            network, run, plane, points, film=film, span=span, y_scaling=y_scaling, picture=picture
        )
    )


def test_next_steps_are_of_the_declared_type_and_their_maps_have_no_narrower_scale(tmp_path):
    films = [
        (film_of("binary", 2), 2, None),
        (film_of("regression", 1), 1, None),
        (film_of("classes", 2, pixels=(1, 3)), 2, (1, 3)),
    ]
    made = [(film, next_steps_of(film, axes, pixels)) for film, axes, pixels in films]
    sent = [{"of": film["key"], "after": 3, "next": steps.sent, "over": None} for film, steps in made]
    nothing = {"of": "a", "after": 3, "next": None, "over": "diverged"}
    assert not misfits(DECLARATION, {"SentSteps": [*sent, nothing]}, tmp_path)
    for film, steps in made:
        assert np.all(steps.span >= film["maps"]["span"])
        assert steps.sent["span"] == steps.span.tolist()


def test_a_field_that_is_missing_or_unread_or_of_another_type_is_found(tmp_path):
    model = player_model(film_of("binary", 2), position=1)
    models = [model | {"precision": {}}, model | {"unread": 1}, model | {"seq": None}]
    assert misfits(DECLARATION, {"PlayerModel": models}, tmp_path).count("[ERROR]") == len(models)
