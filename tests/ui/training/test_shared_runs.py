"""Visitors with the same run share what is computed, but for what comes of a table of one's own."""

from tests.pages.harness import run_script

STEPS = 40


def show():
    import streamlit as st

    from ui.memory import MEMORY
    from ui.training import kept
    from ui.training.film import build_film, player_run
    from ui.training.own_data import DataTable
    from ui.training.state import Chosen, Training

    rows = st.session_state["rows"]
    if rows:
        kept.keep_table(DataTable(("a", "b", "c"), tuple(map(tuple, rows))))
    chosen = Chosen("own") if rows else Chosen()
    state = Training(chosen, seed=st.session_state["seed"], steps=st.session_state["steps"])
    before = MEMORY.bytes
    data, trouble = kept.open_data(state)
    assert not trouble
    history = kept.run(state, data, lambda _: None)
    shown = kept.evaluated(state, data, history)
    film = kept.film(state, shown, lambda: build_film(state, data, shown, player_run(shown), 100_000))
    st.session_state["results"] = history, shown, film
    st.session_state["grown"] = MEMORY.bytes - before


def results(seed, steps=STEPS, rows=None):
    """The run, its evaluation and its film for somebody who has just come, and the bytes kept for all."""
    app = run_script(show, seed=seed, steps=steps, rows=rows)
    return app.session_state["results"], app.session_state["grown"]


def test_the_same_link_is_computed_once():
    first, grown = results(seed=101)
    again, nothing = results(seed=101)
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert grown > 0 == nothing


def test_another_seed_and_another_step_are_another_run():
    (run, _, _), _ = results(seed=102)
    (other, _, _), _ = results(seed=103)
    (longer, _, _), _ = results(seed=102, steps=STEPS + 1)
    assert run.theta.tolist() != other.theta.tolist()
    assert (run.step, longer.step) == (STEPS, STEPS + 1)


def test_nothing_of_ones_own_table_is_shared_or_kept():
    rows = [[str(k), str(k * k % 7), str(k % 2)] for k in range(12)]
    first, grown = results(seed=104, rows=rows)
    again, _ = results(seed=104, rows=rows)
    assert not any(one is other for one, other in zip(first, again, strict=True))
    assert grown == 0


def test_a_film_of_several_runs_that_is_interrupted_goes_on_where_it_was():
    def script():
        import streamlit as st

        from ui.training import kept
        from ui.training.state import Training

        class Interrupted(BaseException):
            pass

        def pieces():
            for piece in range(4):
                st.session_state["done"] = (*st.session_state["done"], piece)
                yield piece / 4
            return {"key": "made"}

        def interrupt(share):
            if share == 0.25:
                raise Interrupted

        state = Training(seed=106, film="eta", steps=4)
        st.session_state["done"] = ()
        try:
            kept.sweep(state, {"key": "a"}, pieces, interrupt)
        except Interrupted:
            before = st.session_state["done"]
        found = kept.sweep(state, {"key": "a"}, pieces, lambda _: None)
        st.session_state["results"] = before, found, st.session_state["done"]

    before, found, done = run_script(script).session_state["results"]
    assert before == (0, 1)
    assert found == {"key": "made"}
    assert done == (0, 1, 2, 3)
