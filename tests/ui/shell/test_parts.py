"""Which parts of a page count as drawn."""

from tests.pages.harness import run_script


def script():
    import streamlit as st

    from ui.shell.parts import Parts

    parts = Parts("page")
    parts.begin()

    @parts.part("upper", lambda: 1)
    def upper():
        st.text("upper")

    @parts.part("lower", lambda: st.session_state.get("shown", 1))
    def lower():
        st.text("lower")

    @parts.part("interrupted", lambda: 1)
    def interrupted():
        raise InterruptedError

    lower()
    upper()
    st.session_state["at_first"] = parts.changed()
    try:
        interrupted()
    except InterruptedError:
        st.session_state["interrupted"] = parts.changed()
    st.session_state["shown"] = 2
    st.session_state["at_last"] = parts.changed()


def test_a_part_that_was_interrupted_is_drawn_anew_and_all_of_them_from_top_to_bottom():
    state = run_script(script).session_state
    assert state["at_first"] == []
    assert state["interrupted"] == ["interrupted"]
    assert state["at_last"] == ["lower", "interrupted"]
