"""A choice of the architecture edits the state of the session, whatever the other widgets still show."""

from tests.pages.harness import run_script
from ui.one_step import architecture


def choose(monkeypatch, key, value, **query):
    """The network after a choice in one widget, while no other can be read; and the notice."""
    monkeypatch.setattr(architecture, "entered", lambda name: {key: value}[name])

    def script():
        import streamlit as st

        from ui.one_step import actions, architecture

        actions.begin()
        key = st.session_state["chosen"]
        act = {"arch_init": architecture._choose_initializer, "arch_seed": architecture._enter_seed}
        act.get(key, lambda: architecture._change(key))()
        st.session_state["after"] = actions.STORE.read(), actions.STORE.notice

    return run_script(script, query, chosen=key).session_state["after"]


def test_a_choice_takes_its_own_widget_only(monkeypatch):
    before = {"net": "2-3-1", "f": "tanh.sigmoid", "bias": "fixed", "seed": "5"}
    state, notice = choose(monkeypatch, "arch_loss", "mean_squared_error", **before)
    network = state.start.network
    assert (network.widths, network.activations) == ((2, 3, 1), ("tanh", "sigmoid"))
    assert (network.loss, network.bias, state.start.train_biases) == ("mean_squared_error", True, False)
    assert notice is None


def test_hidden_layers_are_added_after_the_last_and_taken_from_the_end(monkeypatch):
    more, _ = choose(monkeypatch, "arch_hidden", 3, net="2-3-4-1", f="tanh.relu.sigmoid")
    assert more.start.network.widths == (2, 3, 4, 4, 1)
    assert more.start.network.activations == ("tanh", "relu", "relu", "sigmoid")
    none, _ = choose(monkeypatch, "arch_hidden", 0, net="2-3-4-1", f="tanh.relu.sigmoid")
    assert (none.start.network.widths, none.start.network.activations) == ((2, 1), ("sigmoid",))


def test_a_box_that_is_empty_is_named_and_changes_nothing(monkeypatch):
    state, notice = choose(monkeypatch, "arch_units_1", None, net="2-3-1")
    assert state.start.network.widths == (2, 3, 1)
    assert notice == "Units, layer 1 is empty; it takes a number from 1 to 6."


def test_a_widget_of_a_layer_that_is_gone_is_passed_over(monkeypatch):
    state, notice = choose(monkeypatch, "arch_units_3", 5, net="2-3-1")
    assert (state.start.network.widths, notice) == ((2, 3, 1), None)


def test_the_initializer_and_the_seed_are_chosen_one_by_one(monkeypatch):
    state, _ = choose(monkeypatch, "arch_init", "he", net="2-3-1", seed="7")
    assert (state.initializer, state.seed) == ("he", 7)
    state, _ = choose(monkeypatch, "arch_seed", 8, net="2-3-1", init="he", seed="7")
    assert (state.initializer, state.seed) == ("he", 8)
