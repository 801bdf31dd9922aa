"""Links: what is written reads back to the last digit, and what does not fit is named and left out."""

from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.examples import EXAMPLES
from core.exercise import Exercise, quantities
from core.history import History
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import Network
from tests.hypothesis_profiles import examples
from ui.links.fitting import fit_targets
from ui.links.view import (
    COLORS,
    HORIZONS,
    LOSS_SCALES,
    NUDGES,
    SCALES,
    TABS,
    View,
    selectable,
    stage_names,
)
from ui.one_step.link import read, write
from ui.one_step.state import HIDEABLE, OneStep, randomize
from ui.text.conventions import CONVENTIONS
from ui.text.numbers import DECIMALS, DIGITS

HIDDEN = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]
numbers = st.floats(-1e6, 1e6)


@st.composite
def networks(draw):
    widths = tuple(draw(st.lists(st.integers(1, 6), min_size=2, max_size=6)))
    hidden = [draw(st.sampled_from(HIDDEN)) for _ in widths[2:]]
    output = draw(st.sampled_from(list(ACTIVATIONS)))
    return Network(widths, (*hidden, output), draw(st.sampled_from(list(LOSSES))), draw(st.booleans()))


@st.composite
def histories(draw, network):
    names = [quantity.id for quantity in quantities(network) if quantity.kind in "wbx"]
    history = History()
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["advance", "seek", "change"]))
        if kind == "advance":
            history = history.advance(draw(st.integers(1, 200)))
        elif kind == "seek":
            history = history.seek(draw(st.integers(0, 300)))
        elif history.current.end:
            history = history.change(((draw(st.sampled_from(names)), draw(numbers)),))
    return history


@st.composite
def states(draw):
    network = draw(networks())
    count = network.n_parameters
    theta = tuple(draw(st.lists(numbers, min_size=count, max_size=count)))
    x = tuple(draw(st.lists(numbers, min_size=network.widths[0], max_size=network.widths[0])))
    y = fit_targets((draw(numbers),) * network.widths[-1], network.loss)
    rate = draw(st.floats(1e-9, 1e6))
    start = Exercise(network, theta, x, y, rate, draw(st.booleans()) or not network.bias)
    view = View(
        draw(st.sampled_from(list(COLORS))),
        draw(st.sampled_from(list(SCALES))),
        draw(st.booleans()),
        draw(st.sampled_from(selectable(network))),
        draw(st.integers(*DIGITS)),
        draw(st.sampled_from(list(CONVENTIONS))),
        tuple(name for name in HIDEABLE if draw(st.booleans())),
        draw(st.none() | st.integers(*DECIMALS)),
        draw(st.sampled_from(list(LOSS_SCALES))),
        draw(st.sampled_from(HORIZONS)),
        draw(st.sampled_from(stage_names(network))),
        draw(st.booleans()),
        draw(st.sampled_from(list(TABS))),
        draw(st.sampled_from(NUDGES)),
    )
    state = OneStep(
        draw(st.sampled_from(list(EXAMPLES))), start, None, "uniform", draw(histories(network)), view
    )
    if draw(st.booleans()):
        initializer = draw(st.sampled_from(list(INITIALIZERS)))
        state = replace(randomize(state, start, initializer, draw(st.integers(0, 999_999))), view=view)
    return state


def through_address(state):
    """The state after its link has been through the address bar of a browser."""
    return read(parse_qs(urlencode(write(state))))


@examples(1.5)
@given(states())
def test_a_link_rebuilds_its_state_to_the_last_digit(state):
    assert through_address(state) == (state, ())


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_one_word(name):
    state = OneStep(example=name, start=EXAMPLES[name].exercise)
    assert len(urlencode(write(state))) < 30
    assert through_address(state) == (state, ())


def test_the_default_state_adds_nothing():
    assert write(OneStep()) == {}
    assert read({}) == (OneStep(), ())


def test_a_changed_number_is_readable_in_the_link():
    start = OneStep().start.with_values([("w1.1.2", 0.25), ("eta", 2.0)])
    assert urlencode(write(replace(OneStep(), start=start))) == "v=4&eta=2&w1.1.2=0.25"


@given(st.lists(st.floats(-2, 2).filter(lambda value: abs(value) > 1e-3), min_size=12, max_size=12))
def test_a_link_of_the_default_network_stays_short_however_its_numbers_are_typed(values):
    names = [quantity.id for quantity in quantities(OneStep().start.network) if quantity.kind != "eta"]
    start = OneStep().start.with_values([*zip(names, values, strict=True), ("eta", 1 / 3)])
    assert len(urlencode(write(replace(OneStep(), start=start)))) < 300


def test_random_weights_travel_as_their_seed():
    network = Network((6, 6, 6, 6), ("sigmoid",) * 3)
    start = Exercise(network, (0.0,) * 126, (0.5,) * 6, (0.5,) * 6, 0.5)
    state = randomize(replace(OneStep(), start=start), start, "he", 42)
    link = urlencode(write(state))
    assert "seed=42" in link
    assert len(link) < 200
    changed = replace(state, start=state.start.with_values([("w2.3.4", 0.5)]))
    assert "w2.3.4=0.5" in urlencode(write(changed))
    assert through_address(changed) == (changed, ())


def test_training_travels_as_its_history_not_as_its_weights():
    history = History().advance(100).seek(40).change((("w1.1.1", 0.7),)).advance(50).seek(60)
    link = write(replace(OneStep(), history=history))
    assert link == {"v": "4", "run": "100~40-90_w1.1.1_0.7", "at": "60"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("W1=abc", "W1 got 1 row; it takes 3, separated by ~."),
        ("W1=1_2~3_4~5_x", "W1, row 3, number 2, got “x”"),
        ("W1=1_2_3~4_5_6~7_8_9", "W1, row 1, got 3 numbers; it takes 2, separated by _."),
        ("w1.1.1=nan", "w1.1.1 got “nan”"),
        ("w1.9.9=1", "“w1.9.9” is not a parameter of this page"),
        ("x=1_2", "x got 2 numbers; it takes 3"),
        ("x=1_2_inf", "x, number 3, got “inf”"),
        ("x=1__3", "x, number 2, is empty"),
        ("y=1e308", "y, number 1, got “1e308”; it takes a number from −1000000 to 1000000."),
        ("loss=binary_cross_entropy&y=5", "y, number 1, got “5”; it takes a number from 0 to 1."),
        ("eta=0", "eta got “0”; it takes a number above 0"),
        ("eta=", "eta is empty"),
        ("net=3-0-1", "net, layer 2, got “0”; it takes a whole number from 1 to 6."),
        ("net=3-1000-1", "net, layer 2, got “1000”"),
        ("net=3", "net got 1 layer"),
        ("net=3-2-2-2-2-2-1", "net got 7 layers"),
        ("f=relu", "f got 1 activation in “relu”; this network takes 2."),
        ("f=relu.magic", "f got “magic”; it takes one of sigmoid"),
        ("f=softmax.softmax", "f got softmax in a hidden layer"),
        ("loss=magic", "loss got “magic”; it takes one of half_squared_error"),
        ("bias=yes", "bias got “yes”; it takes one of none, fixed, trained."),
        ("init=magic", "init got “magic”"),
        ("seed=-1", "seed got “-1”; it takes a whole number from 0 to 999999."),
        ("example=magic", "example got “magic”"),
        ("run=99999999", "run got “99999999”; it takes a whole number from 0 to 10000."),
        ("run=10~99-5_w1.1.1_3", "run, start of a branch, got “99”; it takes a whole number from 0 to 10."),
        ("run=10~5-9_w9_3", "run got “w9”; this network has no such number."),
        ("run=10~5-9_w1.1.1", "run got the branch “5-9_w1.1.1”"),
        ("run=10~5-9_w1.1.1_abc", "Weight x1→h1 got “abc”"),
        ("run=9000~0-9000_w1.1.1_1", "run got 18000 steps in all; 10000 are allowed."),
        ("run=10&at=11", "at got “11”; it takes a whole number from 0 to 10."),
        ("select=zzz", "select got “zzz”; it takes one of w1.1.1"),
        ("digits=99", "digits got “99”; it takes a whole number from 4 to 17."),
        ("v=4&speak=up", "speak got “up”; it takes one of rows, notebook, textbook, pytorch, scalar."),
        ("sign=up", "speak got “up”; it takes one of rows, notebook, textbook, pytorch, scalar."),
        ("tab=about", "tab got “about”; it takes one of along, nudge, code."),
        ("h=3e-4", "h got “3e-4”; it takes one of 1e-1, 5e-2, 2e-2, 1e-2, 5e-3,"),
        ("labels=maybe", "labels got “maybe”; it takes one of on, off."),
        ("foo=1", "“foo” is not a parameter of this page; it was left out."),
        ("eta=1&eta=2", "eta came 2 times; the last one is used."),
    ],
)
def test_what_does_not_fit_is_named_and_the_rest_is_kept(query, sentence):
    state, problems = read(parse_qs(query + "&color=weight", keep_blank_values=True))
    assert len(problems) == 1
    assert problems[0].startswith("Link: ")
    assert sentence in problems[0]
    assert state.view.color == "weight"
    assert state.start.theta == OneStep().start.theta or "net=" in query or "loss=" in query


names = st.one_of(st.sampled_from(["net", "f", "W1", "b1", "x", "y", "eta", "run", "at", "seed"]), st.text())
values = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789_~-.e/wxn", max_size=40),
    st.sampled_from(["nan", "1e308", "6-6-6-6-6-6", "<script>", "²", "100~1-2_x1_0", "𝟙"]),
)


@examples(5)
@given(st.dictionaries(names, st.lists(values, min_size=1, max_size=3), max_size=6))
def test_any_query_string_gives_a_page(query):
    state, problems = read(query)
    assert np.all(np.isfinite(state.start.theta))
    assert all(len(problem) < 300 and "\n" not in problem for problem in problems)
    assert through_address(state) == (state, ())
