from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.optimizers import OPTIMIZERS, Rates
from core.settings import Segment, Settings
from ui.limits import MAX_SEED
from ui.training.bounds import EXACT
from ui.training.data import load
from ui.training.hyperparameters import HYPERPARAMETERS, VALUES, offered
from ui.training.state import Chosen, Training

EACH = pytest.mark.parametrize("name", HYPERPARAMETERS)


def bounds(name):
    path = HYPERPARAMETERS[name].path
    return (0, MAX_SEED) if path == "seed" else EXACT[path][:2]


def values(name):
    low, high = bounds(name)
    if name == "seed":
        return st.integers(low, high)
    return st.floats(low, high, exclude_min=name in ("eta", "scale"), allow_subnormal=False)


@EACH
@given(st.data())
def test_a_film_has_twelve_ascending_values_with_the_present_one_within_its_bounds(name, data):
    value = data.draw(values(name))
    found = HYPERPARAMETERS[name].around(value)
    assert len(found) == VALUES
    assert value in found
    assert all(a < b for a, b in pairwise(found))
    low, high = bounds(name)
    assert low <= found[0] < found[-1] <= high


@EACH
def test_a_value_is_put_where_it_is_read_in_all_segments(name):
    chosen = HYPERPARAMETERS[name]
    state = Training(steps=300, changes=(Segment(100, Settings(clip=1.0)), Segment(200, Settings(l1=0.1))))
    value = chosen.around(chosen.value(state))[-1]
    changed = chosen.put(state, value)
    assert chosen.value(changed) == value
    assert [segment.at for segment in changed.segments] == [0, 100, 200]
    assert all(chosen.value(replace(changed, at=at)) == value for at in (0, 150, 300))


def test_a_change_of_the_value_itself_is_gone_where_one_value_is_put_everywhere():
    state = Training(steps=300, changes=(Segment(100, Settings(learning_rate=0.5)),))
    assert HYPERPARAMETERS["eta"].put(state, 0.2).changes == ()


@EACH
@given(st.data())
def test_a_film_is_the_same_at_whatever_step_the_page_is_shown(name, data):
    changes = (
        Segment(100, Settings("momentum", 0.3, l2=0.01, dropout=0.2)),
        Segment(200, Settings("adam", 0.02, rates=Rates(momentum=0.5))),
    )
    state = Training(steps=300, changes=changes[: data.draw(st.integers(0, 2))])
    at = data.draw(st.integers(0, 300))
    chosen, shown = HYPERPARAMETERS[name], replace(state, at=at)
    samples = load(state.data, None)
    assert chosen.value(shown) == chosen.value(state)
    assert chosen.lacks(shown, samples) == chosen.lacks(state, samples)


def names(**state):
    """The names of the films that are offered of a state's run."""
    made = Training(**state)
    return {each.name for each in offered(made, load(made.data, None))}


def test_only_what_a_run_has_is_offered():
    assert names() == {"eta", "l2", "dropout", "noise", "scale", "seed"}
    with_momentum = {name for name, each in OPTIMIZERS.items() if "momentum" in each.uses}
    for optimizer in OPTIMIZERS:
        assert ("momentum" in names(settings=Settings(optimizer))) == (optimizer in with_momentum)
    assert "dropout" not in names(hidden=())
    assert "noise" not in names(data=Chosen("iris"))
    assert names(data=Chosen("digits")) == set()


PARAMETERS = 2 * 4 + 4 + 4 * 2 + 2 + 2 + 1
WHOLE = Settings(batch_size=250)


@pytest.mark.parametrize(
    ("state", "scale", "seed"),
    [
        ({"initializer": "zeros"}, False, True),
        ({"initializer": "zeros", "settings": WHOLE}, False, False),
        ({"initializer": "zeros", "theta": (0.5,) * PARAMETERS, "settings": WHOLE}, True, False),
        ({"initializer": "zeros", "theta": (0.5,) * 3, "settings": WHOLE}, False, False),
        ({"theta": (0.5,) * PARAMETERS}, True, True),
        ({"theta": (0.0,) * PARAMETERS}, False, True),
        ({"theta": (0.5,) * PARAMETERS, "settings": WHOLE}, True, False),
        ({"theta": (0.5,) * PARAMETERS, "settings": replace(WHOLE, dropout=0.1)}, True, True),
        ({"theta": (0.5,) * 4, "hidden": (), "settings": replace(WHOLE, dropout=0.1)}, True, True),
        ({"theta": (0.5,) * 3, "hidden": (), "settings": replace(WHOLE, dropout=0.1)}, True, False),
        ({"settings": WHOLE}, True, True),
    ],
)
def test_runs_that_would_all_be_the_same_are_no_film(state, scale, seed):
    assert {"scale", "seed"} & names(**state) == {
        name for name, there in (("scale", scale), ("seed", seed)) if there
    }
