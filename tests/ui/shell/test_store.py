"""The store of a page: an edit is its state and its address; what no link carries stays beside them."""

import pytest

from tests.pages.harness import address, run_script

PAGES = pytest.mark.parametrize("page", ["one_step", "training"])


def run(script, page):
    """Run a script with the page's name in the session; return the app after it."""
    return run_script(script, of=page)


def go_back(app):
    """Run the script once more, as Back does, at the empty address."""
    app.query_params.clear()
    app.run()
    assert not app.exception


@PAGES
def test_an_edit_is_the_state_and_the_address(page):
    def script():
        from dataclasses import replace
        from importlib import import_module

        import streamlit as st

        store = import_module(f"ui.{st.session_state['of']}.actions").STORE
        state = store.begin().state
        edited = replace(state, seed=7)
        store.edit(edited)
        assert store.read() == edited
        # A message from before the edit brings the address of then.
        st.query_params.clear()
        assert store.open() == edited
        assert store.held().state == edited

    app = run(script, page)
    assert address(app)["seed"] == "7"


@PAGES
def test_a_run_without_a_callback_reads_the_address(page):
    def script():
        from dataclasses import replace
        from importlib import import_module

        import streamlit as st

        store = import_module(f"ui.{st.session_state['of']}.actions").STORE
        if "before" in st.session_state:
            assert store.begin().state == st.session_state["before"]
        else:
            st.session_state["before"] = store.begin().state
            store.edit(replace(st.session_state["before"], seed=7))

    go_back(run(script, page))


@PAGES
def test_what_stands_beside_an_address_is_left_behind_with_it(page):
    def script():
        from dataclasses import replace
        from importlib import import_module

        import streamlit as st

        store = import_module(f"ui.{st.session_state['of']}.actions").STORE
        state = store.begin().state
        if "gone_back" in st.session_state:
            assert (store.notice, dict(store.rejected), store.earlier) == (None, {}, None)
            return
        store.reject("x1", "abc", "no number")
        store.notify("a notice")
        store.keep_earlier(state)
        edited = replace(state, seed=7)
        store.edit(edited, keep_notice=True)
        assert store.notice == "a notice"
        store.edit(replace(state, seed=8))
        assert store.notice is None
        # What could not be taken waits to be put right, whatever else is changed meanwhile.
        assert store.rejected["x1"].text == "abc"
        assert store.earlier == state
        store.accept("x1")
        assert dict(store.rejected) == {}
        store.reject("x1", "abc", "no number")
        store.notify("a notice")
        st.session_state["gone_back"] = True

    go_back(run(script, page))


@PAGES
def test_a_state_that_no_link_can_carry_is_refused_with_a_notice(page, monkeypatch):
    monkeypatch.setattr("ui.links.codec.MAX_LINK", 10)

    def script():
        from dataclasses import replace
        from importlib import import_module

        import streamlit as st

        store = import_module(f"ui.{st.session_state['of']}.actions").STORE
        before = store.begin().state
        store.edit(replace(before, seed=123456))
        assert store.read() == before
        st.session_state["notice"] = store.notice

    app = run(script, page)
    assert address(app) == {}
    assert app.session_state["notice"].startswith("The link to this page would have ")


@PAGES
def test_a_late_message_of_another_page_changes_nothing(page):
    def script():
        from dataclasses import replace
        from importlib import import_module

        import streamlit as st

        late = import_module(f"ui.{st.session_state['of']}.actions").STORE
        other = "training" if st.session_state["of"] == "one_step" else "one_step"
        state = late.begin().state
        there = import_module(f"ui.{other}.actions").STORE
        there.begin()
        late.edit(replace(state, seed=7))
        late.notify("a notice")
        late.reject("x1", "abc", "no number")
        late.begin()
        assert (late.notice, dict(late.rejected)) == (None, {})

    assert address(run(script, page)) == {}


@PAGES
def test_undo_takes_back_what_was_described_unless_back_has_done_so(page):
    def script():
        from dataclasses import replace
        from importlib import import_module

        import streamlit as st

        from ui.shell.store import Described

        store = import_module(f"ui.{st.session_state['of']}.actions").STORE
        state = store.begin().state
        if "gone_back" in st.session_state:
            assert store.undoable() is None
            return
        change = Described("the seed", "the seed became 7")
        for _ in range(2):
            store.edit(replace(state, seed=7), change=change)
            assert store.undoable() == change
            store.undo(lambda before, _now: before)
            assert store.read() == state
            assert store.undoable() is None
        store.edit(replace(state, seed=7), change=change)
        st.session_state["gone_back"] = True

    go_back(run(script, page))


@PAGES
def test_undo_names_the_change_that_led_to_the_present_state_wherever_back_has_led_to(page):
    def script():
        from dataclasses import replace
        from importlib import import_module

        import streamlit as st

        from ui.shell.store import Described

        store = import_module(f"ui.{st.session_state['of']}.actions").STORE
        state = store.begin().state
        changes = [Described(f"seed {seed}", f"seed {seed}") for seed in (7, 8, 9)]
        if "gone_back" in st.session_state:
            # Forward again, by another change.
            store.edit(replace(state, seed=9), change=changes[2])
            assert store.undoable() == changes[2]
            store.undo(lambda before, _now: before)
            assert store.read() == state
            assert store.undoable() is None
            return
        for change in changes[:2]:
            store.edit(replace(state, seed=int(change.what[5:])), change=change)
        assert store.undoable() == changes[1]
        st.session_state["gone_back"] = True

    go_back(run(script, page))
