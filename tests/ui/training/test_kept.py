"""What a session keeps of the Training page: one table, and nothing of those before it."""

from streamlit.testing.v1 import AppTest


def run_script(script):
    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception


def test_many_tables_in_a_row_leave_the_last():
    def script():
        import gc
        from weakref import ref

        from ui.training import kept
        from ui.training.actions import take_table
        from ui.training.own_data import DataTable
        from ui.training.state import Chosen, Training

        def take(number):
            rows = tuple((str(k), str(number + k), str(k % 2)) for k in range(8))
            take_table(DataTable(("a", "b", "c"), rows))
            state = Training(data=Chosen(name="own"), steps=20)
            data, trouble = kept.open_data(state)
            assert not trouble
            history = kept.run(state, data, lambda _: None)
            shown = kept.evaluated(state, data, history)

            def film():
                yield
                return {"number": number}

            kept.film(state, shown, film)
            return [ref(array) for array in (data.own_x, history.key_theta, shown.train.gradient)]

        found = [reference for number in range(60) for reference in take(number)]
        gc.collect()
        assert [reference() is not None for reference in found] == [False] * 59 * 3 + [True] * 3
        own = kept.own_table()
        assert own
        assert own.table().rows[0][1] == "59"

    run_script(script)


def test_data_split_anew_shares_the_samples():
    def script():
        from dataclasses import replace

        from ui.training import kept
        from ui.training.state import Chosen, Training

        first = Training(data=Chosen(name="tips"))
        second = replace(first, data=replace(first.data, train_share=0.75))
        data, other = kept.open_data(first)[0], kept.open_data(second)[0]
        assert len(data.train) != len(other.train)
        assert data.own_x is other.own_x
        assert data.own_y is other.own_y
        assert kept.open_data(first)[0] is data

    run_script(script)


def test_of_a_large_table_other_columns_are_not_kept_beside():
    def script():
        from dataclasses import replace

        from ui.limits import MAX_BESIDE_BYTES
        from ui.training import actions, kept
        from ui.training.own_data import DataTable

        def earlier(count):
            """The state that is still shown once a column was left out of a table with `count` rows."""
            rows = tuple((str(k), str(k % 7), str(k % 2)) for k in range(count))
            actions.take_table(DataTable(("a", "b", "c"), rows))
            before = actions.STORE.read()
            before = replace(before, data=replace(before.data, columns=()), steps=5)
            actions.STORE.edit(before)
            kept.open_data(before)
            after = replace(before, data=replace(before.data, columns=("a",)))
            actions.change(after)
            return actions.STORE.earlier

        assert earlier(100).steps == 5
        count = MAX_BESIDE_BYTES // 24 + 1
        assert earlier(count) is None
        data, trouble = kept.open_data(actions.STORE.read())
        assert not trouble
        assert len(data.own_x) == count

    run_script(script)
