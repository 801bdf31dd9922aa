"""What the session takes from the browser, in a script as Streamlit runs it."""

from dataclasses import replace
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exercise import Exercise
from core.history import History
from core.network import Network
from tests.pages.harness import address, run_script
from ui.limits import MAX_REMEMBERED_BYTES, MAX_STEPS
from ui.one_step import actions


def take(query, *changes):
    """Hand the changes to the session one after the other; return the app after the last run."""

    def script():
        import streamlit as st

        from ui.one_step import actions

        for change in st.session_state.pop("todo", []):
            actions.change_values(change)

    return run_script(script, query, todo=list(changes))


def test_a_number_moved_before_any_step_changes_the_start():
    app = take({}, {"w1.1.1": "1/4", "x2": "0,3"})
    assert address(app) == {"v": "4", "x": "0.5_0.3_-0.2", "w1.1.1": "0.25"}


def test_a_number_moved_after_steps_starts_a_branch():
    app = take({"run": "50", "at": "20"}, {"w1.1.1": "0.25"}, {"eta": "2"})
    assert address(app) == {"v": "4", "run": "50~20-20_w1.1.1_0.25_eta_2"}


def test_a_text_that_is_no_number_changes_nothing_and_is_kept_until_it_is_put_right():
    app = take({"x": "1_2_3"}, {"w1.1.1": "abc"})
    assert address(app) == {"x": "1_2_3"}
    kept = app.session_state["one_step_kept"].rejected["w1.1.1"]
    assert kept.text == "abc"
    assert kept.message.startswith("Weight x1→h1 got “abc”; it takes a number")
    assert take({}, {"w1.1.1": "abc"}, {"w1.1.1": "2"}).session_state["one_step_kept"].rejected == {}


def test_one_wrong_text_does_not_hold_up_the_others():
    app = take({}, {"w1.1.1": "abc", "x1": "0.25"}, {"x2": "0.75"})
    assert address(app) == {"v": "4", "x": "0.25_0.75_-0.2"}
    assert list(app.session_state["one_step_kept"].rejected) == ["w1.1.1"]


def test_a_change_that_no_link_could_carry_is_not_taken_and_the_page_says_so(monkeypatch):
    monkeypatch.setattr("ui.links.codec.MAX_LINK", 30)
    app = take({}, {"w1.1.1": "0.25"}, {"w1.1.2": "0.123456789", "w2.1.1": "0.123456789"})
    assert address(app) == {"v": "4", "w1.1.1": "0.25"}
    assert app.session_state["one_step_kept"].notice.startswith("The link to this page would have ")


def test_a_name_that_the_network_does_not_have_is_passed_over():
    assert address(take({}, {"w9.9.9": "1"})) == {}


def test_the_number_already_there_adds_no_step_to_undo():
    app = take({}, {"w1.1.1": "0.5"})
    assert "one_step_undo" not in app.session_state


def test_more_branches_than_the_limit_are_refused_in_words():
    many = "5" + "".join(f"~1-2_x1_0.{k}" for k in range(1, 40))
    app = take({"run": many}, {"x1": "0.99"})
    assert address(app)["run"] == many
    assert "40 branches" in app.session_state["one_step_kept"].notice


def settled(query, at):
    """The address after the first run of a session that gets a change made elsewhere, at `at`."""

    def script():
        from ui.one_step import actions

        actions.begin()

    app = run_script(script, query, network=typed(3, at, session="gone"))
    return address(app)


def test_a_server_that_takes_over_does_not_take_an_old_change_again():
    assert settled({"run": "10"}, "?eta=2") == {"run": "10"}


def test_a_change_made_while_no_server_was_there_counts():
    assert settled({"run": "10"}, "?run=10&embed=true")["run"] == "10~10-10_w1.1.1_0.25"


def test_a_part_that_an_older_message_runs_shows_the_last_change():
    def script():
        import streamlit as st

        from ui.one_step import actions

        actions.begin()
        actions.change_values({"w1.1.1": "0.25"})
        st.query_params.clear()
        st.session_state["shown"] = actions.STORE.read().start.theta[0]

    app = run_script(script)
    assert app.session_state["shown"] == 0.25


def test_a_change_that_is_told_once_more_is_not_taken_again():
    def script():
        import streamlit as st

        from ui.one_step import actions

        for times in (1, 2):
            st.session_state["network"] = {
                "values": {
                    "seq": 3,
                    "times": times,
                    "changes": [{"seq": 3, "id": "w1.1.1", "text": "0.25"}],
                    "at": "",
                }
            }
            actions.begin()
            actions.change_values({"eta": str(times)})
            actions.change_values({"w1.1.1": "0.75"})

    app = run_script(script)
    assert address(app)["w1.1.1"] == "0.75"
    assert len(app.session_state["one_step_undo"]) == 4


def test_a_first_number_typed_moments_after_something_was_selected_is_taken():
    def script():
        import streamlit as st

        from ui.one_step import actions

        actions.begin()
        actions.change_view(selected="w2.1.1")
        st.query_params.clear()
        st.session_state["network"] = {
            "values": {"seq": 2, "changes": [{"seq": 2, "id": "w2.1.1", "text": "1/3"}], "at": ""}
        }
        actions.open_state()

    app = run_script(script)
    assert address(app) == {"v": "4", "select": "w2.1.1", "w2.1.1": "0.3333333333333333"}


def test_numbers_taken_in_a_run_of_the_whole_page_do_not_cut_it_short():
    def script():
        import streamlit as st

        from ui.one_step import actions
        from ui.one_step.page import PARTS

        actions.begin()
        PARTS.begin()
        PARTS.end()
        PARTS.callback(actions.NETWORK, actions.open_state)()
        st.session_state["went_on"] = True

    app = run_script(script)
    assert app.session_state["went_on"]


def after_presses(query, network, pressed, known=False):
    """The address after the runs of a session that gets this, either a `known` one or one that takes over."""

    def script():
        import streamlit as st

        from ui.one_step import actions

        if st.session_state["known"]:
            actions.begin()
        st.session_state["network"] = st.session_state["sent_network"]
        st.session_state["history"] = st.session_state["sent_history"]
        actions.begin()
        # Streamlit keeps what a component has sent: no later run takes it again.
        actions.begin()

    app = run_script(script, query, known=known, sent_network=network, sent_history={"pressed": pressed})
    return address(app)


def presses(named, at=None, session=None):
    sent = [{"seq": seq, "name": name, "session": session} for seq, name in named.items()]
    return {"seq": max(named), "presses": sent, "at": at}


def typed(seq, at=None, session=None):
    change = {"seq": seq, "id": "w1.1.1", "text": "0.25", "session": session}
    return {"values": {"seq": seq, "changes": [change], "at": at}}


@pytest.mark.parametrize(
    ("number", "left"),
    [
        (1, {"w1.1.1": "0.25", "run": "2"}),
        (3, {"run": "1~1-2_w1.1.1_0.25"}),
        (5, {"run": "2~2-2_w1.1.1_0.25"}),
    ],
)
def test_presses_and_numbers_are_taken_in_the_order_in_which_they_were_made(number, left):
    # The browser may send them in any.
    pressed = presses({4: "take_1", 2: "take_1"})
    assert after_presses({}, typed(number), pressed, known=True) == {"v": "4", **left}


# Whether Streamlit hands a component's state to the first run of a session is no concern of ours.
WHEN = pytest.mark.parametrize("known", [False, True], ids=["first run", "later"])


@WHEN
def test_a_server_that_takes_over_does_not_take_old_presses_again(known):
    pressed = presses({1: "take_1", 2: "take_10"}, at="", session="gone")
    assert after_presses({"run": "11"}, {}, pressed, known) == {"run": "11"}


@WHEN
def test_a_server_that_takes_over_does_not_take_an_old_number_again(known):
    # Since it was typed, it has been undone or changed in another way.
    sent = typed(1, at="?x=1_2_3", session="gone")
    assert after_presses({"w1.1.1": "0.75"}, sent, presses({0: "none"}), known) == {"w1.1.1": "0.75"}


@WHEN
def test_presses_made_while_no_server_was_there_count(known):
    pressed = presses({1: "take_1", 2: "back"}, at="?run=11&embed=true", session="gone")
    assert after_presses({"run": "11"}, {}, pressed, known) == {"v": "4", "run": "12", "at": "11"}


@WHEN
def test_a_press_behind_an_old_number_counts_once_a_server_has_taken_over(known):
    pressed = presses({2: "take_1"}, at="?run=11", session="gone")
    sent = typed(1, at="?x=1", session="gone")
    assert after_presses({"run": "11"}, sent, pressed, known) == {"v": "4", "run": "12"}


def test_a_number_typed_behind_one_that_was_taken_counts_once_a_server_has_taken_over():
    # The other server had sent the address of the first, and was gone before it acknowledged it.
    first = {"seq": 1, "id": "w1.1.1", "text": "0.25", "session": "gone", "at": "?x=1_2_3"}
    second = {"seq": 2, "id": "w2.1.1", "text": "0.5", "session": "gone", "at": "?w1.1.1=0.75"}
    sent = {"values": {"seq": 2, "changes": [first, second], "at": "?x=1_2_3"}}
    left = after_presses({"w1.1.1": "0.75"}, sent, presses({0: "none"}), known=True)
    assert left == {"v": "4", "w1.1.1": "0.75", "w2.1.1": "0.5"}


def test_what_is_sent_before_the_next_server_has_answered_counts_too():
    # The number has moved the address on; the press was made before that reached the browser.
    sent = typed(1, at="?run=11", session="gone")
    pressed = presses({2: "take_1"}, at="?run=11", session="gone")
    left = after_presses({"run": "11"}, sent, pressed, known=True)
    assert left == {"v": "4", "run": "11~11-12_w1.1.1_0.25"}


@given(st.integers(0, 2**32))
def test_whatever_is_done_leaves_a_state_that_its_link_reads_back(number):
    def script():
        from dataclasses import replace
        from random import Random

        import streamlit as st

        from core.activations import ACTIVATIONS
        from core.examples import EXAMPLES
        from core.exercise import quantities
        from core.initializers import INITIALIZERS
        from core.losses import LOSSES
        from core.network import Network
        from ui.links.fitting import rebuild
        from ui.one_step import actions
        from ui.one_step.architecture import HIDDEN
        from ui.one_step.link import CODEC
        from ui.one_step.state import load_example, randomize, restart

        random = Random(st.session_state["number"])  # noqa: S311

        def draw_network():
            widths = [random.randint(1, 4) for _ in range(random.randint(2, 4))]
            functions = [random.choice(HIDDEN) for _ in widths[2:]] + [random.choice(list(ACTIVATIONS))]
            return Network(
                tuple(widths), tuple(functions), random.choice(list(LOSSES)), random.random() < 0.6
            )

        def change_architecture(state, exercise):
            network = draw_network()
            train_biases = not network.bias or random.random() < 0.5
            start = rebuild(exercise, network, train_biases, state.initializer, 1)
            actions.commit(restart(state, start))

        def change_a_number(_state, exercise):
            name = random.choice(quantities(exercise.network)).id
            actions.change_values({name: random.choice(["0.5", "-1/3", "0", "-0", "abc", "1e400"])}, name)

        acts = [
            change_a_number,
            change_architecture,
            lambda *_: actions.take_steps(random.choice([1, 10, 100])),
            lambda *_: actions.move_to(lambda step: step + random.choice([-1, 1, -5])),
            lambda *_: actions.undo(),
            lambda *_: actions.reset(),
            lambda *_: actions.draw_weights(),
            lambda state, _: actions.commit(load_example(state, random.choice(list(EXAMPLES)))),
            lambda state, exercise: actions.commit(
                randomize(state, exercise, random.choice(list(INITIALIZERS)), random.randint(0, 9))
            ),
            lambda state, _: actions.commit(
                replace(state, seed=None, initializer=random.choice(list(INITIALIZERS)))
            ),
        ]
        actions.begin()
        for _ in range(15):
            state = actions.open_state()
            random.choice(acts)(state, actions.replayed(state).exercise)
            after = actions.STORE.read()
            link = {name: [text] for name, text in CODEC.write(after).items()}
            assert CODEC.read(link) == (after, ())

    run_script(script, number=number)


def test_a_server_remembers_no_more_of_replays_than_of_all_results():
    network = Network((6, 6, 6, 6), ("sigmoid",) * 3, "half_squared_error", bias=True)
    start = Exercise(network, (0.1,) * network.n_parameters, (0.5,) * 6, (0.6,) * 6, 0.5)
    whole = History().advance(MAX_STEPS)

    def trajectory(learning_rate):
        return actions.run(replace(start, learning_rate=learning_rate), whole).branch.theta

    references = [ref(trajectory(eta)) for eta in (0.1, 0.2, 0.3, 0.4)]
    remembered = [theta for reference in references if (theta := reference()) is not None]
    assert sum(theta.nbytes for theta in remembered) <= MAX_REMEMBERED_BYTES
    assert trajectory(0.4) is remembered[-1]
