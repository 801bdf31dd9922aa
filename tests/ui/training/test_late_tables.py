"""What the browser sends once more of a table: an editor or an upload that has left the page already."""

from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ui.training.example import EXAMPLE
from ui.training.own_data import DataTable
from ui.training.table_editor import edited


def test_edits_are_taken_once_and_later_ones_of_the_same_editor_are_added():
    def script():
        import streamlit as st

        from ui.training import kept
        from ui.training.example import EXAMPLE
        from ui.training.packed_table import pack
        from ui.training.table_editor import take_edits

        table = EXAMPLE
        rows = []

        def send(key, shown, *added):
            edits = {"edited_rows": {}, "deleted_rows": [0], "added_rows": [{"x1": text} for text in added]}
            st.session_state[key] = edits
            take_edits(key, pack(shown))
            own = kept.own_table()
            assert own
            rows.append([row[0] for row in own.table().rows])

        send("first", table, "5")
        send("first", table, "5")
        # Typed before another editor had taken the first one's place in the browser.
        send("first", table, "5", "6")
        st.session_state["rows"] = rows

    app = AppTest.from_function(script).run()
    assert not app.exception
    once = [*(row[0] for row in EXAMPLE.rows[1:]), "5"]
    assert app.session_state["rows"] == [once, once, [*once, "6"]]


def test_an_uploaded_file_that_is_sent_once_more_leaves_what_was_typed_since():
    def script():
        import streamlit as st
        from streamlit.proto.Common_pb2 import FileURLs
        from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

        from ui.training import actions, kept, table_actions
        from ui.training.data_menu import take_csv
        from ui.training.own_data import DataTable
        from ui.training.pending_import import pending, take_pending
        from ui.training.state import Chosen, Training

        actions.STORE.edit(Training(Chosen("own")))

        def upload(name):
            record = UploadedFileRec(name, "a.csv", "text/csv", b"a,b\n1,2\n3,4\n5,6\n7,8\n")
            st.session_state["training_csv"] = UploadedFile(record, FileURLs())
            take_csv()
            opened.append(pending() is not None)
            take_pending()
            own = kept.own_table()
            assert own
            return own.table()

        opened: list[bool] = []
        uploaded = upload("one")
        typed = DataTable(uploaded.columns, (("9", "9"), *uploaded.rows[1:]))
        table_actions.take_table(typed)
        st.session_state["kept"] = upload("one") == typed
        st.session_state["taken"] = upload("two") == uploaded
        st.session_state["opened"] = opened

    app = AppTest.from_function(script).run()
    assert not app.exception
    assert app.session_state["kept"]
    assert app.session_state["taken"]
    assert app.session_state["opened"] == [True, False, True]


cells = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.text(max_size=3) | st.integers() | st.none())
edits = st.fixed_dictionaries(
    {},
    optional={
        "edited_rows": st.dictionaries(st.integers(-3, 3), cells) | st.integers(),
        "deleted_rows": st.lists(st.integers(-3, 3) | st.none() | st.lists(st.none())) | st.none(),
        "added_rows": st.lists(cells | st.none(), max_size=3) | st.text(),
    },
)


@given(edits | st.none() | st.lists(st.integers()))
def test_whatever_an_editor_sends_makes_a_table_of_the_same_columns(edits):
    table = DataTable(("a", "b"), (("1", "2"), ("3", "4")))
    after = edited(table, edits)
    assert after.columns == table.columns
    assert all(len(row) == 2 and all(isinstance(cell, str) for cell in row) for row in after.rows)


def test_cells_are_edited_and_rows_removed_and_added():
    table = DataTable(("a", "b"), (("1", "2"), ("3", "4"), ("5", "6")))
    done = {"edited_rows": {1: {"b": None}}, "deleted_rows": [0], "added_rows": [{"a": "7"}]}
    assert edited(table, done).rows == (("3", ""), ("5", "6"), ("7", ""))


def test_kinds_stay_and_rows_keep_their_numbers_in_the_file():
    table = DataTable(("a", "b"), (("1", "2"), ("3", "4"), ("5", "6")), ("unused", "number"), (3, 5, 6))
    shorter = edited(table, {"edited_rows": {1: {"b": "7"}}, "deleted_rows": [0]})
    assert shorter == DataTable(table.columns, (("3", "7"), ("5", "6")), table.kinds, (5, 6))
    longer = edited(table, {"added_rows": [{"a": "7"}]})
    assert longer.kinds == table.kinds
    assert longer.row_numbers == ()


def test_many_rows_are_removed_in_one_go():
    looked_up = []

    class Index(int):
        def __hash__(self):
            looked_up.append(self)
            return super().__hash__()

    table = DataTable(("a",), tuple((str(row),) for row in range(100)))
    removed = [Index(row) for row in range(50)]
    assert len(edited(table, {"deleted_rows": removed}).rows) == 50
    assert len(looked_up) == len(removed)
