"""The menus of the Training page: after every entry of each, every widget shows the state of the link."""

from itertools import pairwise

import pytest

from core.data import DATASETS
from core.features import FEATURES
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.phases import batch_rows
from core.schedules import SCHEDULES
from tests.hypothesis_profiles import some
from tests.pages.harness import messages, new_app, param, run, set_field, shown
from ui.links.codec import Parameter
from ui.text.formulas import loss_formula
from ui.text.numbers import exact
from ui.training import link
from ui.training.built import loss_of, why_not
from ui.training.charts import CHARTS
from ui.training.data import load
from ui.training.link import HIDDEN_ACTIVATIONS
from ui.training.own_data import DataTable
from ui.training.packed_table import pack
from ui.training.real_data import real_table
from ui.training.sample import sample_row
from ui.training.state import OWN, PICTURES, REAL, TASKS, UNITS
from ui.training.table_choice import usual_target

PAGE = "pages/train/training.py"
OPEN = {f"training_{name}": True for name in ("data", "more")}
TABLE = DataTable(
    ("a", "b", "c", "kind"),
    tuple((str(k), str(k * k % 7), str(k % 5), "no" if k % 3 else "yes") for k in range(12)),
)
BOXES = ("number_input", "text_input", "checkbox")
KINDS = ("selectbox", "multiselect", "button_group", *BOXES)
NAMES = [part.name for part in link.CODEC.parts if isinstance(part, Parameter)]


def open_menus(query=""):
    """The page with all its menus open."""
    app = new_app()
    app.run()
    app.switch_page(PAGE)
    return run(app, query, player={"painted": 1}, training_table=pack(TABLE), **OPEN)


def state_of(app):
    """The state that the link describes."""
    query = {name: [param(app, name)] for name in ("v", *NAMES) if param(app, name) is not None}
    state, problems = link.read(query)
    assert not problems
    return state


def table_of(state):
    return real_table(state.data.name) if state.data.name in REAL else TABLE


def target_of(state):
    return state.data.target or usual_target(state.data.name, table_of(state))


def first_batch(state, data):
    if data.pixels is not None:
        return data.train
    return data.train[batch_rows(state.settings, len(data.train), state.seed, 0)]


def loss_label(loss):
    return f"{loss.label}: {loss_formula(loss)}"


def schedule_label(schedule):
    return f"{schedule.label}: {schedule.formula}"


MENUS = {
    "data_target": lambda state, _: target_of(state),
    "axis_0": lambda _, data: data.plane.names[0],
    "axis_1": lambda _, data: data.plane.names[1],
    "network_loss": lambda state, data: loss_label(LOSSES[loss_of(state, data.task)]),
    "network_initializer": lambda state, _: INITIALIZERS[state.initializer].label,
    "settings_schedule": lambda state, _: schedule_label(SCHEDULES[state.settings.schedule]),
    "columns": lambda state, _: (
        list(state.data.columns) or [name for name in table_of(state).columns if name != target_of(state)]
    ),
    "budget": lambda state, _: state.budget,
    "sample": lambda state, data: sample_row(state, data, first_batch(state, data)) + 1,
    "unit": lambda state, _: [UNITS[state.unit]],
    "task": lambda _, data: [TASKS["regression" if data.task == "regression" else "classes"]],
}
PARTS = {
    "data": lambda state: state.data,
    "network": lambda state: state,
    "view": lambda state: state,
    "settings": lambda state: state.settings,
    "rates": lambda state: state.settings.rates,
}


def expected(state, data, name, kind):
    """What a widget is to show of a state: the labels of what is chosen, or what stands in a box."""
    if name in MENUS:
        return MENUS[name](state, data)
    part, _, field = name.partition("_")
    value = getattr(PARTS[part](state), field)
    return ("" if value is None else exact(value)) if kind == "text_input" else value


def what_it_shows(widget, kind):
    """What the browser is sent: with every run, so that it never depends on what stood there before."""
    proto = widget.proto
    assert proto.set_value, widget.key
    if kind in ("multiselect", "button_group"):
        return list(proto.raw_values)
    if kind == "selectbox":
        assert proto.raw_value in proto.options
        return proto.raw_value
    return proto.value if kind == "checkbox" or proto.HasField("value") else None


def assert_widgets_show_the_link(app):
    state = state_of(app)
    data = load(state.data, TABLE)
    seen = set()
    for kind in KINDS:
        for widget in getattr(app, kind):
            name = widget.key.split("~")[0].removeprefix("training_")
            if not name.startswith("chart"):
                assert what_it_shows(widget, kind) == expected(state, data, name, kind), name
                seen.add(name)
    # All the menus are open.
    assert {"network_loss", "settings_schedule", "settings_l1", "unit", "budget"} <= seen
    return state


def enter(app, kind, name, value):
    """Choose or type something, and return the state that the link then has; every widget must show it."""
    shown(getattr(app, kind), f"training_{name}").set_value(value)
    app.run()
    assert not app.exception
    return assert_widgets_show_the_link(app)


def pick(app, path, text):
    """Choose something beside the drawing, and return the state that the link then has."""
    set_field(app, path, text)
    return assert_widgets_show_the_link(app)


def test_after_every_entry_of_the_data():
    app = open_menus()
    for name in some(reversed([*REAL, *DATASETS, *PICTURES, *OWN]), 5):
        state = pick(app, "data.name", name)
        assert state.data.name == name
        if name in DATASETS and DATASETS[name].inputs == 2:
            for picked in ([*FEATURES], ["x1"], ["x1", "x2"]):
                assert pick(app, "data.features", ".".join(picked)).data.features == tuple(picked)


@pytest.mark.parametrize("name", some(["own", *REAL], 2))
def test_after_every_entry_of_the_menus_of_a_table(name):
    app = open_menus(f"data={name}")
    *others, first = reversed(table_of(state_of(app)).columns)
    for target in (*others, first):
        state = enter(app, "selectbox", "data_target", target)
        assert target_of(state) == target
        # Of the others what is chosen below is of the same kind.
        if target not in (others[0], first):
            continue
        inputs = load(state.data, TABLE).input_names
        for axes in pairwise([*inputs[:3], inputs[0]]):
            enter(app, "selectbox", "axis_0", axes[0])
            state = enter(app, "selectbox", "axis_1", axes[1])
            assert load(state.data, TABLE).plane.names == axes
        columns = MENUS["columns"](state, None)
        for picked in (columns[:1], columns):
            assert list(enter(app, "multiselect", "columns", picked).data.columns) == picked
    for standardize in (False, True):
        assert enter(app, "checkbox", "data_standardize", standardize).data.standardize == standardize


@pytest.mark.parametrize(("data", "target"), [("tips", "size"), ("own", "c")])
def test_values_of_a_target_that_can_be_either_are_classes_or_numbers(data, target):
    app = open_menus(f"data={data}&target={target}")
    assert load(state_of(app).data, TABLE).task == "regression"
    for task in ("classes", "regression"):
        state = enter(app, "button_group", "task", task)
        assert state.data.task == task
        assert load(state.data, TABLE).task == task


def test_inputs_can_be_cleared_before_others_are_chosen():
    app = open_menus("data=own&steps=20")
    shown(app.multiselect, "training_columns").set_value([])
    app.run()
    assert "Inputs is empty; it takes one or more columns" in messages(app, "error")[0]
    assert not shown(app.multiselect, "training_columns").value
    assert state_of(app).steps == 20
    shown(app.multiselect, "training_columns").set_value(["b"])
    app.run()
    assert not messages(app, "error")
    assert state_of(app).data.columns == ("b",)


@pytest.mark.parametrize("data", ["circle", "blobs3", "plane"])
def test_after_every_entry_of_the_menus_of_the_network(data):
    app = open_menus(f"data={data}")
    task = DATASETS[data].task
    for name in some(reversed([name for name in LOSSES if why_not(name, task) is None]), 2):
        assert enter(app, "selectbox", "network_loss", name).loss == name
    for name in some(reversed(HIDDEN_ACTIVATIONS), 2):
        assert pick(app, "activation", name).activation == name
    for name in some(reversed(INITIALIZERS), 2):
        assert enter(app, "selectbox", "network_initializer", name).initializer == name
    for text, hidden in (("3-3", (3, 3)), ("0", ()), ("8-8-8-8-8-8", (8,) * 6), ("1", (1,))):
        assert pick(app, "hidden", text).hidden == hidden


def test_after_every_entry_of_the_menus_of_the_optimizer_and_more():
    app = open_menus()
    for name in some(reversed(OPTIMIZERS), 3):
        assert pick(app, "settings.optimizer", name).settings.optimizer == name
    for name in some(reversed(SCHEDULES), 2):
        assert enter(app, "selectbox", "settings_schedule", name).settings.schedule == name
    for unit in reversed(UNITS):
        assert enter(app, "button_group", "unit", unit).unit == unit
    for shuffle in (False, True):
        assert enter(app, "checkbox", "settings_shuffle", shuffle).settings.shuffle == shuffle
    for field, text, number in (
        ("l1", "1e-3", 1e-3), ("l1", "0,5", 0.5), ("clip", "5", 5.0), ("clip", "", None),
    ):  # fmt: skip
        state = enter(app, "text_input", f"settings_{field}", text)
        assert getattr(state.settings, field) == number
    for part, field, number in (
        ("settings", "patience", 40), ("settings", "patience", None),
        ("network", "seed", 5), ("data", "seed", 9), ("data", "samples", 40),
        ("view", "digits", 4), ("view", "decimals", 2), ("view", "decimals", None),
    ):  # fmt: skip
        state = enter(app, "number_input", f"{part}_{field}", number)
        assert getattr(PARTS[part](state), field) == number
    assert enter(app, "number_input", "budget", 250).budget == 250


@pytest.mark.parametrize("data", ["circle", "blobs3", "plane"])
def test_the_chart_that_is_picked_is_the_one_shown(data):
    app = open_menus(f"data={data}&steps=20")
    picker = shown(app.button_group, "training_chart")
    fitting = {chart.label: name for name, chart in CHARTS.items()}
    for label in reversed(list(picker.options)):
        shown(app.button_group, "training_chart").set_value(fitting[label])
        app.run()
        assert not app.exception
        assert shown(app.button_group, "training_chart").value == fitting[label]
        charts = [element.proto.id for element in app.get("plotly_chart")]
        assert charts
        assert all(f"training_{fitting[label]}_" in chart for chart in charts)
