"""The Training page in Streamlit's own test harness: what it shows for a link, what its controls do."""

import base64
import json

import numpy as np
import pytest

from core.data import DATASETS
from tests.pages.harness import messages, new_app, notes, param, press, run, set_field, shown, warnings
from ui.training.entries import entry_sentence
from ui.training.own_data import DataTable
from ui.training.packed_table import pack
from ui.training.state import PICTURES, REAL
from ui.training.take_away import FILES

PAGE = "pages/train/training.py"


def open_page(query="", **session):
    app = new_app()
    app.run()
    app.switch_page(PAGE)
    return run(app, query, **{"player": {"painted": 1}} | session)


def film(app):
    """What the player was sent."""
    return app.session_state["training_film"][1]


def choose(app, kind, key, value):
    widget = next(widget for widget in getattr(app, kind) if widget.key == key)
    widget.set_value(value)
    app.run()
    assert not app.exception


def test_first_run_shows_the_untrained_network_and_its_data():
    app = open_page()
    assert app.title[0].value == "Training"
    assert not warnings(app)
    assert film(app)["steps"] == [0]
    assert param(app, "steps") is None


def test_one_press_trains_and_the_link_says_so():
    app = open_page()
    press(app, "Train to budget")
    assert param(app, "steps") == "1000"
    assert film(app)["steps"][-1] == 1000
    press(app, "1,000 steps more")
    assert param(app, "steps") == "2000"
    assert film(app)["steps"][-1] == 2000
    press(app, "Reset")
    assert param(app, "steps") is None
    assert film(app)["steps"] == [0]


def test_a_run_can_be_taken_away_once_it_has_steps():
    def files(query):
        labels = {button.proto.label for button in open_page(query).get("download_button")}
        return labels & {file.label for file in FILES}

    assert files("") == set()
    assert files("steps=30") == {"Notebook", "Script", "PyTorch script"}
    assert files("steps=30&dropout=0.2") == {"Notebook", "Script"}
    assert files("steps=30&hide=answers") == set()
    app = open_page("data=digits&trainshare=1&steps=2")
    assert any("up to 100,000 fit" in text for text in notes(app))


def test_a_link_trains_again_to_the_identical_run():
    query = "data=spiral&noise=0.1&hidden=6-3&optimizer=adam&eta=0.03&steps=700&seed=5"
    films = [film(open_page(query)) for _ in range(2)]
    assert json.dumps(films[0]) == json.dumps(films[1])
    trained = open_page(query.replace("&steps=700", "") + "&budget=700")
    press(trained, "Train to budget")
    assert json.dumps(film(trained)) == json.dumps(films[0])


def test_a_new_seed_is_another_start_and_reset_keeps_it():
    app = open_page("steps=200")
    first = film(app)["theta"]
    press(app, "New random weights")
    assert param(app, "seed") == "2"
    press(app, "Train to budget")
    assert film(app)["theta"] != first
    start = film(app)["theta"]
    press(app, "Reset")
    press(app, "Train to budget")
    assert film(app)["theta"] == start


def test_reset_can_be_undone():
    app = open_page("steps=200&changes=100~eta~0.5")
    before = film(app)
    press(app, "Reset")
    assert film(app)["steps"] == [0]
    press(app, "Undo: Reset")
    assert film(app) == before
    assert not [button for button in app.button if button.label.startswith("Undo")]


@pytest.mark.parametrize("name", [*DATASETS, *REAL, *PICTURES, "points", "own"])
def test_every_data_set_opens_trained(name):
    app = open_page(f"data={name}&steps=50")
    assert film(app)["steps"][-1] == 50
    assert len(app.get("plotly_chart")) >= 1


def test_epochs_are_passes_over_the_training_samples():
    app = open_page("budget=4&unit=epochs&batch=50")
    press(app, "Train to budget")
    assert param(app, "steps") == "20"


def test_what_a_run_begins_with_is_shown_at_step_0_when_it_changes_with_the_run_before_as_a_curve():
    app = open_page("steps=300")
    before = film(app)
    set_field(app, "activation", "relu")
    assert param(app, "f") == "relu"
    assert param(app, "steps") is None
    shown = film(app)
    assert (shown["steps"], shown["activations"][0]) == ([0], "ReLU")
    (left,) = shown["left"]
    assert left == {
        "label": "activation Tanh: the run before",
        "steps": before["steps"],
        "loss": before["loss"]["train"],
    }
    assert "Faint: activation Tanh: the run before." in " ".join(notes(app))
    press(app, "Train to budget")
    assert film(app)["left"] == [left]
    press(app, "Reset")
    assert not film(app)["left"]


@pytest.mark.parametrize("field", [("data.name", "xor"), ("hidden", "4-2"), ("loss", "half_squared_error")])
def test_the_run_before_is_no_curve_where_it_is_the_same_or_its_losses_are_of_something_else(field):
    app = open_page("steps=40", training_more=True)
    if field[0] == "loss":
        choose(app, "selectbox", "training_network_loss", field[1])
    else:
        set_field(app, "hidden", "5-2")
        assert len(film(app)["left"]) == 1
        set_field(app, *field)
    assert film(app)["steps"] == [0]
    assert not film(app)["left"]


def test_a_number_that_cannot_be_taken_is_kept_and_explained():
    app = open_page("steps=100", training_more=True)
    choose(app, "text_input", "training_settings_l1", "much")
    assert "L1 penalty λ Σ|w| got “much”; it takes a number from 0" in messages(app, "error")[0]
    box = shown(app.text_input, "training_settings_l1")
    assert box.value == "much"
    assert param(app, "steps") == "100"
    choose(app, "text_input", "training_settings_l1", "1/4")
    assert not messages(app, "error")
    assert param(app, "changes") == "100~l1~0.25"


def test_losses_that_do_not_fit_are_explained():
    app = open_page("data=plane", training_more=True)
    captions = " ".join(caption.value for caption in app.caption)
    assert "Binary cross-entropy needs a probability as ŷ; this data's target is a number." in captions
    options = next(box for box in app.selectbox if box.key == "training_network_loss").options
    assert not any("cross-entropy" in option for option in options)


def test_a_run_that_is_too_large_is_refused_before_it_starts():
    app = open_page("budget=100000&steps=100")
    press(app, "100,000 steps more")
    assert "100,100 steps in all would be taken; 100,000 steps are allowed." in warnings(app)
    assert param(app, "steps") == "100"


def test_a_link_to_a_run_that_is_too_large_shows_its_start_and_says_so():
    app = open_page("steps=100000&batch=5000&samples=5000&trainshare=1&hidden=8-8-8-8-8-8")
    assert "s of work; 30 s are allowed" in warnings(app)
    assert film(app)["steps"] == [0]


def test_early_stopping_without_test_samples_says_that_it_does_nothing():
    assert "there are no test samples" in warnings(open_page("patience=10&trainshare=1&steps=20"))


def test_divergence_stops_and_names_step_weight_and_a_smaller_learning_rate():
    app = open_page("data=plane&f=identity&eta=50&steps=2000")
    assert "Training stopped after step" in warnings(app)
    assert "Cause: the learning rate. Try 0.1 instead of 50." in warnings(app)
    assert film(app)["steps"][-1] < 2000


def test_what_does_not_fit_in_a_link_is_named_and_the_rest_kept():
    app = open_page("data=moon&hidden=3&eta=nan&steps=20")
    assert "data got “moon”" in warnings(app)
    assert "eta got “nan”" in warnings(app)
    assert film(app)["steps"][-1] == 20


def test_a_table_that_does_not_travel_is_said_to():
    app = open_page("data=own&steps=20")
    assert "is not in the link" in warnings(app)


def test_an_own_table_is_trained_on_and_its_errors_named():
    good = DataTable(("a", "b", "c"), (("1", "2", "3"), ("2", "3", "5"), ("4", "1", "5"), ("", "1", "2")))
    app = open_page("data=own&steps=20", training_table=pack(good))
    assert film(app)["steps"][-1] == 20
    assert "1 row was left out" in warnings(app)
    bad = DataTable(("a", "b"), (("1", "2"), ("2", "3"), ("x", "1"), ("5", "6")))
    app = open_page("data=own", training_table=pack(bad))
    assert "Row 4, column a: got “x”" in warnings(app)
    press(app, "Train to budget")
    assert param(app, "steps") is None


@pytest.mark.parametrize(("most", "is_edited"), [(12, True), (11, False)])
def test_a_table_can_be_edited_up_to_a_size(monkeypatch, most, is_edited):
    monkeypatch.setattr("ui.training.table_editor.MAX_EDITED_CELLS", most)
    table = DataTable(("a", "b", "c"), (("1", "2", "3"), ("2", "3", "5"), ("4", "1", "5"), ("7", "1", "2")))
    app = open_page("data=own&steps=20", training_table=pack(table), training_data=True)
    assert film(app)["steps"][-1] == 20
    assert len(app.get("dataframe")) == is_edited
    captions = [caption.value for caption in app.caption]
    refusal = "The table has 12 cells; up to 11 can be edited here. Edit the file, and upload it once more."
    assert (refusal in captions) == (not is_edited)


def test_points_travel_in_the_link():
    app = open_page("data=points&points=-3_-3_0~3_3_1&steps=100")
    assert film(app)["steps"][-1] == 100


def test_the_shown_step_opens_on_the_one_step_page():
    app = open_page("steps=64&at=32&hidden=3")
    link = app.get("page_link")[0].proto
    assert "step 32" in link.label
    assert "w" in link.query_string.lower()


def test_the_hand_over_names_its_sample_and_takes_another_one_that_is_picked():
    app = open_page("steps=64&at=32&hidden=3", training_data=True)
    (before,) = app.get("page_link")
    box = shown(app.number_input, "training_sample")
    assert f"with sample {box.value} on" in before.proto.label
    start = f"Sample {box.value}, the first of the batch that step 33 takes: x₁ "
    assert any(sentence.startswith(start) for sentence in notes(app))
    picked = box.value % 500 + 1
    box.set_value(picked)
    app.run()
    (after,) = app.get("page_link")
    assert param(app, "sample") == str(picked)
    assert f"with sample {picked} on" in after.proto.label
    assert after.proto.query_string != before.proto.query_string
    assert film(app)["steps"][-1] == 64
    # A sample of other data is another one.
    choose(app, "number_input", "training_data_samples", 100)
    assert param(app, "sample") is None


def test_a_sample_that_the_data_does_not_have_is_named():
    app = open_page("sample=501")
    assert "Link: The sample got 501; this data has samples 1 to 500." in warnings(app)
    assert param(app, "sample") == "501"


@pytest.mark.parametrize("name", ["xor", "spiral"])
def test_an_entry_of_the_data_menu_brings_what_solves_it(name):
    app = open_page(training_data=True)
    set_field(app, "data.name", name)
    assert entry_sentence(name) in notes(app)
    link = dict(app.query_params)
    press(app, "Train to budget")
    assert np.frombuffer(base64.b64decode(film(app)["accuracy"]["test"]))[-1] >= 0.95
    again = open_page("&".join(f"{key}={param(app, key)}" for key in app.query_params))
    assert film(again)["theta"] == film(app)["theta"]
    assert {"hidden", "optimizer"} <= set(link)


def picture(app):
    """The sample that the player was sent to draw, by its number; None where there is none."""
    protos = [element.proto for element in app.get("bidi_component")]
    (model,) = (json.loads(proto.json) for proto in protos if proto.component_name == "player")
    return model["picture"] and model["picture"]["number"]


def test_digits_are_drawn_as_the_sample_that_is_chosen_in_the_player_or_by_its_number():
    app = open_page("data=digits&steps=30")
    assert film(app)["pixels"] == [8, 8]
    first = shown(app.number_input, "training_sample").value
    assert picture(app) == first
    shown(app.number_input, "training_sample").set_value(17)
    app.run()
    assert (picture(app), param(app, "sample")) == (17, "17")
    sent = app._tree.get_widget_states()
    proto = next(
        element.proto for element in app.get("bidi_component") if element.proto.component_name == "player"
    )
    message = {"painted": 1, "sample": {"seq": 1, "sample": 1797, "film": film(app)["key"]}}
    sent.widgets.add(id=proto.id, json_value=json.dumps(message))
    app._run(sent)
    assert not app.exception
    assert (picture(app), param(app, "sample")) == (1797, "1797")
    assert any("64-8-10" in caption.value for caption in app.caption)
    assert picture(open_page("data=iris")) is None


def test_settings_of_ones_own_stay_until_those_of_the_entry_are_chosen():
    app = open_page("hidden=3", training_data=True)
    set_field(app, "data.name", "xor")
    assert (param(app, "hidden"), param(app, "optimizer")) == ("3", "adam")
    press(app, "Use these settings")
    assert param(app, "hidden") == "6-6"
    labels = [button.label for button in app.button]
    assert "Use these settings" not in labels
    assert "Undo: settings of XOR" in labels


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_the_chart_of_the_loss_has_the_scale_of_the_timeline(scale):
    sent = {"painted": 1, "scale": {"seq": 1, "scale": scale, "film": None}}
    app = open_page("steps=100", player=sent, training_chart="loss")
    (chart,) = app.get("plotly_chart")
    axis = json.loads(chart.proto.spec)["layout"]["yaxis"]
    assert axis.get("type", "linear") == scale


def test_after_the_largest_seed_comes_the_first():
    app = open_page("seed=999999")
    press(app, "New random weights")
    assert param(app, "seed") == "0"


def test_of_a_network_too_large_for_one_step_a_sample_can_be_picked_and_read():
    app = open_page("data=wine&steps=20")
    shown(app.number_input, "training_sample").set_value(3)
    app.run()
    assert param(app, "sample") == "3"
    assert any("Sample 3, a " in sentence and "target" in sentence for sentence in notes(app))
