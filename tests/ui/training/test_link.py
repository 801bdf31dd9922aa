from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.data import DATASETS
from core.features import FEATURES
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS, Rates
from core.schedules import SCHEDULES
from core.settings import Sampling, Segment, Settings
from ui.limits import MAX_CHANGES, MAX_LEFT_BEHIND
from ui.training.importing.records import Choices
from ui.training.link import read, write
from ui.training.state import HIDEABLE, OWN, PICTURES, REAL, Chosen, Left, Training, branched

positive = st.floats(1e-6, 1e3)
columns = st.text("abc ~%7E", min_size=1, max_size=5)
features = st.sets(st.sampled_from(list(FEATURES)), min_size=1).map(
    lambda names: tuple(name for name in FEATURES if name in names)
)
points = st.lists(
    st.tuples(st.integers(-600, 600), st.integers(-600, 600), st.integers(0, 2)).map(
        lambda point: (point[0] / 100, point[1] / 100, point[2])
    ),
    max_size=60,
).map(tuple)
chosen = st.builds(
    Chosen,
    name=st.sampled_from([*DATASETS, *REAL, *PICTURES, *OWN]),
    samples=st.integers(4, 5000),
    noise=st.floats(0, 0.5),
    seed=st.integers(0, 999_999),
    train_share=st.floats(0.1, 1),
    features=features,
    points=points,
    target=st.sampled_from(["", "species", "total bill", "α~β"]),
    columns=st.lists(columns, max_size=4, unique=True).map(tuple),
    standardize=st.booleans(),
    axes=st.just(()) | st.lists(columns, min_size=2, max_size=2, unique=True).map(tuple),
)
settings = st.builds(
    Settings,
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    learning_rate=positive,
    batch_size=st.integers(1, 5000),
    schedule=st.sampled_from(list(SCHEDULES)),
    period=st.integers(1, 100_000),
    decay=st.floats(0.001, 1),
    rates=st.builds(Rates, momentum=st.floats(0, 0.99), epsilon=st.floats(1e-12, 0.1)),
    l1=st.floats(0, 10),
    l2=st.floats(0, 10),
    dropout=st.floats(0, 0.9),
    clip=st.none() | positive,
    patience=st.none() | st.integers(1, 1000),
    shuffle=st.booleans(),
)
states = st.builds(
    Training,
    data=chosen,
    hidden=st.lists(st.integers(1, 8), max_size=6).map(tuple),
    activation=st.sampled_from([name for name, f in ACTIVATIONS.items() if not f.couples_units]),
    loss=st.sampled_from(list(LOSSES)),
    initializer=st.sampled_from(list(INITIALIZERS)),
    seed=st.integers(0, 999_999),
    settings=settings,
    budget=st.integers(1, 100_000),
    unit=st.sampled_from(["steps", "epochs"]),
    steps=st.just(500),
    at=st.none() | st.integers(0, 500),
    sample=st.none() | st.integers(1, 50_000),
    hide=st.sets(st.sampled_from(list(HIDEABLE))).map(
        lambda names: tuple(name for name in HIDEABLE if name in names)
    ),
)


weights_set = st.dictionaries(
    st.sampled_from(["w1.1.1", "w2.12.3", "b1.4"]),
    st.floats(-1e6, 1e6),
    max_size=2,
).map(lambda weights: tuple(weights.items()))


@st.composite
def branched_states(draw):
    """States of runs with changes at some steps, at one of which the reader is."""
    state = draw(states)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, state.steps))
        weights = draw(weights_set) if at else ()
        sampling = draw(st.none() | st.builds(Sampling, st.floats(0, 0.5), st.floats(0.1, 1)))
        chosen = Segment(at, draw(settings), weights, sampling)
        state = replace(branched(state, chosen, state.steps), steps=500)
    return replace(state, at=draw(st.none() | st.integers(0, 500)))


def texts(state):
    return {name: [text] for name, text in write(state).items()}


@given(branched_states())
def test_a_link_reads_back_to_the_last_digit(state):
    assert read(texts(state)) == (state, ())


def test_the_default_state_needs_no_parameter():
    assert write(Training()) == {}
    assert read({}) == (Training(), ())


def test_a_link_is_short_and_readable():
    state = Training(
        data=Chosen("spiral", noise=0.1), hidden=(8, 8), settings=Settings(optimizer="adam"), steps=1000
    )
    link = "&".join(f"{name}={text}" for name, text in write(state).items())
    assert link == "v=4&data=spiral&noise=0.1&hidden=8-8&optimizer=adam&steps=1000"


def test_a_link_names_only_what_a_change_changes():
    state = branched(Training(steps=1000), Segment(420, Settings(learning_rate=0.3)), 1000)
    state = branched(replace(state, steps=900), Segment(700, Settings("adam", 0.01, 32)), 900)
    assert write(state) | {"v": ""} == {
        "v": "",
        "steps": "700",
        "changes": "420~eta~0.3~~700~optimizer~adam~eta~0.01~batch~32",
        "left": "420~1000~~~700~900",
    }


def test_noise_and_training_fraction_stand_in_the_link_by_their_names():
    chosen = Segment(420, Settings(), sampling=Sampling(0.25, 0.5))
    state = branched(Training(steps=1000), chosen, 1000)
    assert write(state) | {"v": ""} == {
        "v": "", "steps": "420", "changes": "420~noise~0.25", "left": "420~1000",
    }  # fmt: skip


def test_a_weight_that_is_set_stands_in_the_link_by_its_id():
    state = branched(Training(steps=1000), Segment(420, Settings(), (("w1.2.1", 0.5), ("b2.1", -1.0))), 1000)
    assert write(state) | {"v": ""} == {
        "v": "", "steps": "420", "changes": "420~w1.2.1~0.5~b2.1~-1", "left": "420~1000",
    }  # fmt: skip


def leaves(record, path=""):
    """Every field of a record and of the records in it, by its path."""
    for field in fields(record):
        value = getattr(record, field.name)
        if is_dataclass(value):
            yield from leaves(value, f"{path}{field.name}.")
        else:
            yield path + field.name, value


def test_every_field_of_the_records_has_its_parameter():
    state = Training(
        Chosen(
            "own",
            300,
            0.1,
            4,
            0.8,
            ("x1",),
            ((0.5, -1.0, 1),),
            "y",
            ("a", "b"),
            False,
            ("b", "a"),
            "regression",
            Choices(
                "cp1252", ";", ",", ".", False, 3, ("x", "~"), False, (("a~b", "category"), ("c", "unused"))
            ),
            True,
        ),
        (8, 8),
        "relu",
        "huber",
        "he",
        7,
        Settings(
            optimizer="adamw",
            learning_rate=0.01,
            batch_size=32,
            schedule="step",
            period=10,
            decay=0.25,
            rates=Rates(0.5, 0.5, 0.5, 0.5, 0.5, 0.5),
            l1=0.1,
            l2=0.1,
            dropout=0.1,
            clip=1.0,
            patience=50,
            shuffle=False,
        ),
        20,
        "epochs",
        300,
        (Segment(100, Settings(optimizer="adam")),),
        (
            Left(200, 400, (Segment(200, Settings()),)),
            Left(0, 300, (Segment(0, Settings()), Segment(7, Settings(learning_rate=1.0)))),
        ),
        200,
        ("menu",),
        8,
        3,
        17,
        "eta",
        2.5,
        ("notest",),
        (0.5, -1.25),
    )
    usual = dict(leaves(Training()))
    assert {path for path, value in leaves(state) if value == usual[path]} == set()
    assert len(write(state)) == len(usual) + len({"v"})
    assert read(texts(state)) == (state, ())


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"data": "moon"}, "data got “moon”; it takes one of circle, xor,"),
        ({"samples": "3"}, "samples got “3”; it takes a whole number from 4 to 5000."),
        ({"noise": "0.9"}, "noise got “0.9”; it takes a number from 0 to 0.5."),
        ({"trainshare": "0"}, "trainshare got “0”; it takes a number from 0.1 to 1."),
        ({"features": "x1.x9"}, "features got “x9”; it takes one of x1, x2,"),
        ({"points": "1_2"}, "oint"),
        ({"axes": "a"}, "axes got “a”; it takes two different inputs with ~ between them."),
        ({"axes": "a~a"}, "axes got “a~a”; it takes two different inputs"),
        ({"hidden": "4-9"}, "hidden, layer 2, got “9”; it takes a whole number from 1 to 8."),
        ({"hidden": "1-1-1-1-1-1-1"}, "hidden got 7 layers in “1-1-1-1-1-1-1”; it takes up to 6."),
        ({"f": "softmax"}, "f got “softmax”; it takes one of"),
        ({"eta": "nan"}, "eta got “nan”; it takes a number above 0"),
        ({"eta": "0"}, "eta got “0”; it takes a number above 0"),
        ({"batch": "0"}, "batch got “0”; it takes a whole number from 1"),
        ({"dropout": "1"}, "dropout got “1”; it takes a number from 0 to 0.95."),
        ({"clip": "-1"}, "clip got “-1”; it takes a number above 0"),
        ({"patience": "x"}, "patience got “x”; it takes a whole number from 1"),
        ({"shuffle": "yes"}, "shuffle got “yes”; it takes one of on, off."),
        ({"momentum": "1"}, "momentum got “1”; it takes a number from 0 to 0.999999."),
        ({"budget": "0"}, "budget got “0”; it takes a whole number from 1 to 100000."),
        ({"steps": "1e9"}, "steps got “1e9”; it takes a whole number from 0 to 100000."),
        ({"steps": "10", "at": "11"}, "at got “11”; it takes a whole number from 0 to 10."),
        ({"changes": "5~eta~1"}, "changes got “5~eta~1”; a run of 0 steps takes none."),
        ({"at": "3"}, "at got “3”; it takes 0."),
        ({"steps": "9", "changes": "10~eta~1"}, "changes, change 1, step, got “10”; it takes a whole number"),
        ({"steps": "9", "changes": "3~eta~1~~3~eta~2"}, "changes got step 3 after step 3; its steps ascend."),
        ({"steps": "9", "changes": "3~seed~1"}, "changes, step 3, a setting, got “seed”; it takes one of"),
        ({"steps": "9", "changes": "3~eta~0"}, "changes, step 3: eta got “0”; it takes a number above 0"),
        ({"steps": "9", "changes": "3~eta"}, "changes, step 3, got “eta”; it takes names and values"),
        ({"steps": "9", "changes": "3~w1.2~1"}, "changes, step 3, a setting, got “w1.2”; it takes one of"),
        (
            {"steps": "9", "changes": "3~w0.1.1~1"},
            "changes, step 3, a setting, got “w0.1.1”; it takes one of",
        ),
        ({"steps": "9", "changes": "3~b1.1~x"}, "changes, step 3, b1.1, got “x”"),
        ({"steps": "9", "left": "0~9~~0~b1.1~2"}, "got b1.1; weights of step 0 are given by theta."),
        (
            {"steps": "9", "changes": "3" + "".join(f"~b1.{unit}~1" for unit in range(1, 22))},
            f"changes got 21 changes; it takes up to {MAX_CHANGES}.",
        ),
        ({"steps": "9", "changes": "~~".join(["3"] * 21)}, f"got 21 changes; it takes up to {MAX_CHANGES}."),
        ({"steps": "9", "left": "4"}, "left, future 1, got “4”; it takes its first and its last step, such"),
        ({"steps": "9", "left": "4~4"}, "left, future 1, last step, got “4”; it takes a whole number from 5"),
        ({"steps": "9", "left": "0~8"}, "left, future 1, got “0~8”; from step 0 on it takes its settings"),
        ({"steps": "9", "left": "~~~".join(["3~9"] * 4)}, f"4 futures; it takes up to {MAX_LEFT_BEHIND}."),
        ({"wrong": "1"}, "“wrong” is not a parameter of this page; it was left out."),
    ],
)
def test_what_does_not_fit_is_named_and_the_rest_kept(query, sentence):
    state, problems = read({name: [text] for name, text in query.items()} | {"seed": ["7"]})
    assert len(problems) == 1
    assert sentence in problems[0]
    assert state.seed == 7
    if "steps" not in query:
        assert state == replace(Training(), seed=7)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                *(
                    "data",
                    "samples",
                    "hidden",
                    "eta",
                    "points",
                    "steps",
                    "at",
                    "columns",
                    "x",
                    "clip",
                    "loss",
                ),
                *("changes", "left"),
            ]
        ),
        st.lists(st.text(max_size=30) | st.text("0123~eta.", max_size=30), min_size=1, max_size=2),
    )
)
def test_any_query_is_read_without_an_error(query):
    state, problems = read(query)
    assert isinstance(state, Training)
    assert all(isinstance(problem, str) for problem in problems)
