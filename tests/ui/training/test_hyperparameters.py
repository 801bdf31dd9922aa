from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.optimizers import OPTIMIZERS
from core.settings import Segment, Settings
from ui.limits import MAX_SEED
from ui.training.bounds import EXACT
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


def test_only_what_a_run_has_is_offered():
    names = {each.name for each in offered(Training())}
    assert names == {"eta", "l2", "dropout", "noise", "scale", "seed"}
    with_momentum = {name for name, each in OPTIMIZERS.items() if "momentum" in each.uses}
    for optimizer in OPTIMIZERS:
        found = offered(Training(settings=Settings(optimizer)))
        assert ("momentum" in {each.name for each in found}) == (optimizer in with_momentum)
    assert "dropout" not in {each.name for each in offered(Training(hidden=()))}
    assert "noise" not in {each.name for each in offered(Training(data=Chosen("iris")))}
    assert "scale" not in {each.name for each in offered(Training(initializer="zeros"))}
    assert offered(Training(data=Chosen("digits"))) == []
