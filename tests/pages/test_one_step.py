"""The One step page in Streamlit's own test harness: what it shows for a link, what its buttons do."""

import json
import re
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.history import History, replay
from tests.pages.harness import (
    history,
    messages,
    new_app,
    notes,
    param,
    press,
    press_history,
    run,
    shown,
    warnings,
)
from tests.ui.components.sent_arrays import unpack
from ui.one_step.curve import NO_CURVE, loss_csv
from ui.one_step.take_away import FILES
from ui.shell import turns
from ui.shell.turns import TURNS
from ui.text.conventions import CONVENTIONS
from ui.text.numbers import exact

NOTEBOOK = DEFAULT_EXAMPLE.exercise


def open_page(query="", **kept):
    return run(new_app(), query, **kept)


def numbers_of(app):
    """Every number of the tables, as text."""
    return re.findall(r"<td[^>]*>\s*([^<]*?)\s*</td>", " ".join(html.body for html in shown_html(app)))


def shown_html(app):
    return [element.proto for element in app.get("html")]


def figure(app):
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def network_data(app):
    """What the live network is sent."""
    components = [element.proto for element in app.get("bidi_component")]
    return unpack(next(proto.bytes for proto in components if proto.component_name == "live_network"))


def position(app):
    return history(app)[1]["text"]


def test_first_run_shows_the_course_notebook_computed():
    app = open_page()
    assert app.title[0].value == "One step of backprop"
    numbers = numbers_of(app)
    for expected in ("0.000177006", "−0.000511179", "0.00804047", "0.00555918", "0.484973", "−0.0287307"):
        assert expected in numbers
    assert not warnings(app)
    assert position(app) == "step 0 of 0"


def test_the_chart_waits_for_the_network_and_for_who_opens_it():
    assert not open_page("run=1", network={}, loss_chart=True).get("plotly_chart")
    assert not open_page("run=1").get("plotly_chart")
    assert open_page("run=1", loss_chart=True).get("plotly_chart")


def test_there_is_a_chart_once_a_step_was_taken_and_until_the_reset():
    app = open_page(loss_chart=True)
    for act, is_there in (("Take one step (w ← w + Δw)", True), ("Back", True), ("Reset", False)):
        assert NO_CURVE in [caption.value for caption in app.caption] or app.get("plotly_chart")
        press(app, act)
        assert bool(app.get("plotly_chart")) == is_there
        assert (NO_CURVE in [caption.value for caption in app.caption]) != is_there


def test_the_chart_has_the_scale_of_the_timeline():
    for query, kind in (("run=9", "linear"), ("run=9&curve=log", "log")):
        assert figure(open_page(query, loss_chart=True))["layout"]["yaxis"]["type"] == kind


def test_the_losses_are_saved_with_every_digit():
    history = History().advance(3).seek(1).change((("w1.1.1", 0.75),)).advance(1)
    run_ = replay(NOTEBOOK, history)
    lines = loss_csv(run_).decode("utf-8-sig").splitlines()
    assert lines[0] == "curve,step,loss"
    present = [f"present,{step},{exact(loss)}" for step, loss in enumerate(run_.curve)]
    (old,) = run_.old
    left = [f"left behind 1,{old.at + k},{exact(loss)}" for k, loss in enumerate(old.loss)]
    assert lines[1:] == [*present, *left]
    assert len(left) == 3


def test_a_fresh_browser_gets_the_network_first_and_the_rest_once_it_is_painted():
    app = open_page(network={})
    assert app.title[0].value == "One step of backprop"
    drawn = [element.proto.component_name for element in app.get("bidi_component")]
    assert drawn == ["live_network", "keep_address"]
    assert not app.button
    assert not numbers_of(app)
    run(app, network={"painted": 1})
    assert history(app)
    assert app.button
    assert numbers_of(app)


def test_a_page_comes_while_another_computes_something_long():
    with TURNS.turn():
        assert numbers_of(open_page())


def test_a_page_waits_for_its_turn(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 60.0)
    with ThreadPoolExecutor(1) as pool:
        with TURNS.turn():
            page = pool.submit(open_page)
            assert wait([page], timeout=1.0).not_done
        assert numbers_of(page.result(timeout=60))


@pytest.mark.parametrize("text", ["abc", "½", "\ud800", "<b>", "1" * 400])
def test_a_text_that_is_no_number_comes_back_with_a_sentence(text):
    app = open_page(
        network={"painted": 1, "values": {"seq": 1, "changes": [{"seq": 1, "id": "x1", "text": text}]}}
    )
    sent = network_data(app)
    assert sent["rejected"]["x1"]["text"] == text
    assert sent["rejected"]["x1"]["message"]
    assert numbers_of(app)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_opens_by_its_link(name):
    app = open_page(f"example={name}")
    assert any(EXAMPLES[name].source.split(",")[0][:12] in html.body for html in shown_html(app))
    assert len(numbers_of(app)) > 8


def test_digits_and_sign_of_the_link_hold():
    app = open_page("v=4&digits=17&speak=notebook")
    assert "0.028730669543515018" in numbers_of(app)
    assert "−δ (error term)" in " ".join(html.body for html in shown_html(app))


@pytest.mark.parametrize("name", CONVENTIONS)
@pytest.mark.parametrize("hidden", ["", "&hide=menu", "&hide=weights"])
def test_a_convention_of_the_link_changes_words_and_no_number(name, hidden):
    app = open_page(f"v=4&speak={name}{hidden}")
    convention = CONVENTIONS[name]
    plain = open_page(f"v=4{hidden}")
    assert not warnings(app)
    assert sorted(number.strip("−") for number in numbers_of(app)) == sorted(
        number.strip("−") for number in numbers_of(plain)
    )
    menus = [menu.proto.label for menu in app.get("menu_button")]
    assert [label for label in menus if label.startswith("Speak")] == [f"Speak: {convention.short}"]
    downloads = {button.proto.label for button in app.get("download_button")}
    of_weights = {file.label for file in FILES if not file.of_results}
    assert "Notebook" in of_weights
    assert downloads & of_weights == (set() if "weights" in hidden else of_weights)
    sent, usual = network_data(app), network_data(plain)
    assert sent["frame"] == usual["frame"]
    assert sent["convention"]["code"] == convention.code


BAD = {
    "curve": ("cubic", "linear, log"),
    "ahead": ("7", "10, 100, 1000"),
    "tab": ("Nudge", "along, nudge, code"),
    "h": ("0.3", "1e-1, 5e-2, 2e-2, 1e-2, 5e-3, …, 5e-8, 2e-8, 1e-8"),
    "stage": ("delta9", "all, x, z1, a1, z2, …, step, new, loss_after"),
    "predict": ("maybe", "on, off"),
    "speak": ("latin", "rows, notebook, textbook, pytorch, scalar"),
    "decimals": ("99", "a whole number from 1 to 15"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_way_of_showing_brings_one_sentence_and_the_rest_of_the_page_works(name):
    text, allowed = BAD[name]
    app = open_page(f"v=4&eta=0.25&digits=8&{name}={text}")
    (sentence,) = messages(app, "warning")
    takes = allowed if allowed.startswith("a ") else f"one of {allowed}"
    assert sentence == f"Link: {name} got “{text}”; it takes {takes}."
    assert network_data(app)["controls"][-1]["value"] == 0.25
    assert network_data(app)["view"] == network_data(open_page("v=4&eta=0.25&digits=8"))["view"]
    press(app, "Take one step (w ← w + Δw)")
    assert position(app) == "step 1 of 1"
    assert param(app, "digits") == "8"
    assert param(app, name) is None


def test_two_names_of_one_parameter_bring_one_sentence():
    app = open_page("sign=error_term&speak=textbook")
    (sentence,) = messages(app, "warning")
    assert sentence == "Link: sign is the old name of speak, and both came; speak is used."
    assert network_data(app)["convention"]["weights_are_turned"]


def test_another_convention_is_one_press_away():
    app = open_page("v=4&digits=17")
    (menu,) = (menu for menu in app.get("menu_button") if menu.proto.label.startswith("Speak"))
    assert len(menu.proto.options) == len(CONVENTIONS)
    for convention, option in zip(CONVENTIONS.values(), menu.proto.options, strict=True):
        assert convention.label in option


def test_applying_the_deltas_moves_the_weights_and_the_curve_grows():
    app = open_page(loss_chart=True)
    press(app, "Take one step (w ← w + Δw)")
    assert "0.108040" in numbers_of(app)
    assert position(app) == "step 1 of 1"
    assert param(app, "run") == "1"
    assert figure(app)["data"][-2]["x"] == [0, 1]


def test_back_forward_undo_and_reset_return_to_the_same_numbers():
    app = open_page("digits=17&w1.1.1=0.25")
    start = numbers_of(app)
    press(app, "Train 100")
    trained = numbers_of(app)
    press(app, "Back")
    assert position(app) == "step 99 of 100"
    press(app, "Forward")
    assert numbers_of(app) == trained
    press(app, "Reset")
    assert numbers_of(app) == start
    press(app, "Undo")
    assert numbers_of(app) == trained
    assert param(app, "w1.1.1") == "0.25"


def test_new_random_weights_show_their_seed_and_are_the_same_every_time():
    app = open_page()
    press(app, "New random weights")
    assert position(app) == "step 0 of 0 · seed 1"
    press(app, "New random weights")
    assert position(app) == "step 0 of 0 · seed 2"
    assert numbers_of(open_page("seed=2")) == numbers_of(app)


def test_a_link_with_a_history_shows_its_branches():
    app = open_page("run=100~40-90_w1.1.1_0.7&at=60", loss_chart=True)
    assert position(app) == "step 60 of 90"
    old, *_ = figure(app)["data"]
    assert (old["x"][0], old["x"][-1]) == (40, 100)


@pytest.mark.parametrize(
    ("numbers", "cause"),
    [
        ("seed=2&eta=0.5&x=40_80", "Cause: the size of the input x2, about 80, where 1 is usual."),
        ("seed=2&eta=5&x=4_8", "Cause: the learning rate. Try 0.1 instead of 5."),
        ("seed=1&eta=1&x=4_8", "Cause: the learning rate. Try 0.1 instead of 1."),
    ],
)
def test_a_run_that_switches_a_layer_off_names_step_layer_and_cause(numbers, cause):
    app = open_page(f"net=2-2-1&f=relu.identity&bias=none&y=1&{numbers}&run=10")
    assert "step 1" in warnings(app)
    assert "2 of 2 units of layer 1 are off for this sample" in warnings(app)
    assert cause in warnings(app)
    assert open_page(f"net=2-2-1&f=relu.identity&bias=none&y=1&{numbers}").warning == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_worked_example_is_said_to_break_down(example):
    assert not open_page(f"example={example}&run=1000").warning


def test_a_diverging_run_says_where_it_stopped():
    app = open_page("net=2-2-1&f=identity.identity&seed=1&eta=50&x=3_3&y=1&run=1000")
    assert re.search(
        r"Training stopped at step \d+, the last with finite numbers: .* weight \S+ ", warnings(app)
    )
    assert "0.1 instead of 50" in warnings(app)
    assert "overflow" not in numbers_of(app)[:4]


def test_too_many_steps_are_refused_with_the_limit():
    app = open_page("run=9500")
    press(app, "Train 1000")
    assert "10500 steps in all would be taken; 10000 are allowed" in warnings(app)
    assert position(app) == "step 9500 of 9500"


def test_a_link_with_errors_names_them_and_keeps_the_rest():
    app = open_page("W1=abc&net=3-1000-1&eta=nan&foo=<b>x</b>&x=1_2_3")
    for part in ("W1 got 1 row", "got “1000”", "eta got “nan”", "“foo” is not a parameter"):
        assert part in warnings(app)
    assert "3.00000" in numbers_of(app)


def test_what_a_visitor_wrote_is_shown_as_text():
    app = open_page("eta=<b>**x**</b>")
    assert "“<b>**x**</b>”" in warnings(app)
    assert not any("<b>" in html.body for html in shown_html(app))


def test_architecture_widgets_follow_the_network_and_change_it():
    app = open_page("example=relu", architecture=True)
    choose(app, "Hidden layers", 2)
    assert param(app, "net") == "2-2-2-1"
    app.number_input(key="arch_units_1").set_value(3).run()
    assert param(app, "net") == "2-3-2-1"
    app.selectbox(key="arch_f_3").select("sigmoid").run()
    app.selectbox(key="arch_loss").select("binary_cross_entropy").run()
    assert not app.exception
    assert param(app, "f") == "relu.relu.sigmoid"
    assert param(app, "loss") == "binary_cross_entropy"
    choose(app, "Biases", "none")
    assert param(app, "bias") == "none"
    press(app, "Undo")
    assert param(app, "loss") == "binary_cross_entropy"
    assert "bias" not in app.query_params


def test_a_selection_that_another_architecture_does_not_have_becomes_the_usual_one():
    app = open_page("select=w1.3.2", architecture=True)
    app.number_input(key="arch_units_0").set_value(2).run()
    assert param(app, "net") == "2-2-1"
    assert "select" not in app.query_params
    assert network_data(app)["view"]["selected"] == "w1.1.1"
    press(app, "Undo")
    assert network_data(app)["view"]["selected"] == "w1.1.1"
    app = open_page("select=n1.2", architecture=True)
    app.number_input(key="arch_units_0").set_value(2).run()
    assert param(app, "select") == "n1.2"


def choose(app, label, value):
    group = next(group for group in app.get("button_group") if group.label == label)
    group.set_value(value).run()
    assert not app.exception


def test_a_loss_that_does_not_suit_the_output_says_why():
    app = open_page("loss=categorical_cross_entropy&f=sigmoid.relu", architecture=True)
    assert any("use softmax outputs" in text.value for text in app.caption)


def test_a_pasted_matrix_becomes_the_weights():
    app = open_page(matrices=True)
    app.text_area(key="matrix_W1").set_value("[[1, 2], [3, 4], [5, 6]]").run()
    assert param(app, "W1") == "1_2~3_4~5_6"


def test_a_pasted_matrix_that_does_not_fit_is_kept_with_the_reason():
    app = open_page(matrices=True)
    app.text_area(key="matrix_W1").set_value("1 2 3").run()
    assert app.text_area(key="matrix_W1").value == "1 2 3"
    assert "W1 got 1 row of 3 numbers; it takes 3 rows of 2 numbers" in messages(app, "error")[0]
    app.text_area(key="matrix_W1").set_value("1 2\n3 4\n5 6").run()
    assert not messages(app, "error")


def test_an_emptied_number_keeps_its_value_and_says_what_it_takes():
    app = open_page("digits=8", architecture=True)
    app.number_input(key="arch_units_1").set_value(None).run()
    assert shown(app.number_input, "arch_units_1").value == 2
    assert "Units, layer 1 is empty; it takes a number from 1 to 6" in warnings(app)
    app.number_input(key="digits").set_value(None).run()
    assert shown(app.number_input, "digits").value == 8
    assert "Significant digits is empty; it takes a number from 4 to 17" in warnings(app)


def test_seed_draws_weights_and_an_emptied_seed_keeps_them():
    app = open_page(architecture=True)
    app.number_input(key="arch_seed").set_value(7).run()
    assert param(app, "seed") == "7"
    drawn = numbers_of(app)
    app.number_input(key="arch_seed").set_value(None).run()
    assert "seed" not in app.query_params
    assert numbers_of(app) == drawn


def move_timeline(app, *steps):
    """Move the timeline to steps, as the browser sends it: in one message."""
    _, data = history(app)
    first = data["seq"] + 1
    sent = [{"seq": seq, "step": step} for seq, step in enumerate(steps, start=first)]
    app.session_state["network"] = {"painted": 1, "values": {"seq": sent[-1]["seq"], "changes": sent}}
    app.run()
    assert not app.exception


def test_the_timeline_goes_to_any_step():
    app = open_page("run=100")
    move_timeline(app, 37)
    assert position(app) == "step 37 of 100"


@pytest.mark.parametrize("at", [0, 40, 100])
def test_the_timeline_moved_beyond_the_last_step_takes_the_steps_up_to_there(at):
    app = open_page(f"run=100&at={at}")
    move_timeline(app, 130)
    assert position(app) == "step 130 of 130"
    assert param(app, "run") == "130"
    press(app, "Undo")
    assert param(app, "run") == "100"


def test_moves_of_the_timeline_come_in_their_order():
    app = open_page()
    move_timeline(app, 20, 5, 12)
    assert position(app) == "step 12 of 20"


def test_more_steps_than_a_history_holds_are_named_and_not_taken():
    app = open_page("run=9990")
    move_timeline(app, 10_500)
    assert position(app) == "step 9990 of 9990"
    assert "10500 steps in all would be taken; 10000 are allowed" in warnings(app)


def test_the_network_is_sent_the_losses_behind_and_ahead():
    sent = network_data(open_page("run=100~40-90_w1.1.1_0.7&at=60&ahead=10"))
    assert len(sent["past"]["curve"]["loss"]) == 91
    assert [old["steps"][0] for old in sent["past"]["old"]] == [40]
    assert sent["past"]["left"] == "weight x1→h1 became 0.700000 at step 40"
    assert sent["future"]["steps"] == list(range(11))
    # What would follow is what has followed already.
    assert sent["future"]["loss"] == pytest.approx(sent["past"]["curve"]["loss"][60:71], rel=1e-12)


def test_hidden_answers_are_not_in_the_losses():
    sent = network_data(open_page("run=10&hide=answers"))
    assert (sent["past"], sent["future"], sent["film"]) == (None, None, None)


def test_a_new_architecture_after_steps_says_that_training_starts_again():
    app = open_page("run=20", architecture=True)
    choose(app, "Hidden layers", 0)
    assert position(app) == "step 0 of 0"
    assert "Training starts again at step 0" in warnings(app)
    press(app, "Undo")
    assert position(app) == "step 20 of 20"


def test_targets_that_a_loss_does_not_allow_are_moved_and_named():
    app = open_page("example=mazur&y=2_-1", architecture=True)
    app.selectbox(key="arch_loss").select("binary_cross_entropy").run()
    assert param(app, "y") == "1_0"
    assert "moved y1 from 2 to 1, y2 from −1 to 0" in warnings(app)


@pytest.mark.parametrize(("button", "steps"), [("Take one step (w ← w + Δw)", "2"), ("Share", "1")])
def test_a_click_sent_before_the_last_change_was_heard_of_comes_after_it(button, steps):
    app = run(new_app())
    press(app, "Take one step (w ← w + Δw)")
    app.query_params.clear()
    press(app, button)
    assert param(app, "run") == steps


def test_the_step_before_a_press_is_gone_to_once_the_press_has_been_answered():
    app = run(new_app())
    press(app, "Train 10")
    move_timeline(app, 0)
    assert position(app) == "step 0 of 10"


def test_a_click_after_going_back_starts_from_there():
    app = run(new_app())
    for _ in range(2):
        press(app, "Take one step (w ← w + Δw)")
    app.query_params["run"] = "1"
    app.run()
    press(app, "Train 10")
    assert param(app, "run") == "11"


def test_undo_takes_back_changes_and_not_moves():
    app = open_page("run=40")
    typed = {"seq": 1, "changes": [{"seq": 1, "id": "w1.1.1", "text": "0.7"}]}
    app.session_state["network"] = {"painted": 1, "values": typed}
    app.run()
    press(app, "Train 10")
    for _ in range(3):
        press(app, "Back")
    shown(app.number_input, "digits").set_value(8).run()
    press(app, "Undo")
    assert position(app) == "step 40 of 40"
    assert param(app, "run") == "40~40-40_w1.1.1_0.7"
    assert param(app, "digits") == "8"
    press(app, "Undo")
    assert param(app, "run") == "40"
    assert not history(app)[1]["undoable"]


def undo_button(app):
    return next(button for button in history(app)[1]["buttons"] if button["name"] == "undo")


def test_undo_names_what_it_takes_back():
    app = open_page()
    assert undo_button(app)["label"] == "Undo"
    for button, what, change in (
        ("Train 10", "10 steps", "10 steps"),
        ("New random weights", "weights", "weights drawn by seed 1; 10 steps"),
    ):
        press(app, button)
        assert undo_button(app)["label"] == f"Undo: {what}"
        assert undo_button(app)["title"] == f"Undo: {change}"


def test_presses_that_come_in_one_message_all_count():
    app = open_page("run=12")
    press_history(app, *["Back"] * 20, *["Forward"] * 7)
    assert position(app) == "step 7 of 12"
    press_history(app, "Take one step (w ← w + Δw)", "Train 10", "Back", "Undo")
    assert position(app) == "step 8 of 12"
    press_history(app, *["New random weights"] * 3)
    assert position(app) == "step 0 of 0 · seed 3"
    assert history(app)[1]["seq"] == 34


@pytest.mark.parametrize("query", ["hide=weights", "hide=menu", ""])
def test_weights_that_are_hidden_are_not_drawn_anew(query):
    names = [button["label"] for button in history(open_page(query))[1]["buttons"]]
    assert ("New random weights" in names) == (query != "hide=weights")


@pytest.mark.parametrize("query", ["", "run=5"])
def test_no_menu_is_covered_by_a_tip_of_its_own(query):
    app = open_page(query)
    menus = [element.proto for element in app.get("menu_button")]
    assert menus
    assert not any(menu.help for menu in menus)


def test_the_faint_curve_is_named():
    app = open_page("run=100~40-90_w1.1.1_0.7&at=60", loss_chart=True)
    assert any("before weight x1→h1 became 0.700000 at step 40" in sentence for sentence in notes(app))
    app = open_page("run=100", loss_chart=True)
    assert notes(app)
    assert not any("faint" in sentence for sentence in notes(app))


def test_the_run_of_a_page_that_fails_ends_for_the_components_that_are_there(monkeypatch):
    def fail():
        raise ValueError("fails")

    monkeypatch.setattr("ui.one_step.parts.render_messages", fail)
    app = new_app()
    app.run()
    assert app.exception
    drawn = [element.proto.component_name for element in app.get("bidi_component")]
    assert "live_network" in drawn
    assert drawn[-1] == "keep_address"
