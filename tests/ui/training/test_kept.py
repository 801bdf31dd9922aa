"""What a session keeps of the Training page: one table and one run, and nothing of those before it."""

from streamlit.testing.v1 import AppTest


def run_script(script):
    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception


def test_many_tables_in_a_row_leave_the_last():
    def script():
        import gc
        from weakref import ref

        from ui.training import kept
        from ui.training.own_data import DataTable
        from ui.training.state import Chosen, Training
        from ui.training.table_actions import take_table

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
        from ui.training import actions, kept, table_actions
        from ui.training.own_data import DataTable

        def earlier(count):
            """The state whose curve is kept once a column was left out of a table with `count` rows."""
            rows = tuple((str(k), str(k % 7), str(k % 2)) for k in range(count))
            table_actions.take_table(DataTable(("a", "b", "c"), rows))
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


def test_a_run_that_diverges_with_its_next_step_is_shown_anew():
    def script():
        from dataclasses import replace

        from core.pieces import finish
        from core.settings import Settings
        from ui.training import kept
        from ui.training.run import begin, extend
        from ui.training.shown import outcome
        from ui.training.state import Chosen, Training

        state = Training(Chosen("plane"), settings=Settings(learning_rate=1e3), steps=1000)
        data, _ = kept.open_data(state)
        last = finish(extend(state, data, begin(state, data))).step
        assert 0 < last < 1000

        def end_of(steps):
            now = replace(state, steps=steps)
            shown = kept.evaluated(now, data, kept.run(now, data, lambda _: None))
            film = kept.film(now, shown, lambda: build(shown))
            return shown.history.step, film["diverged"], outcome(now, data, shown)[:1]

        def build(shown):
            yield
            return {"diverged": shown.history.diverged is not None}

        assert end_of(last)[:2] == (last, False)
        step, diverged, (sentence,) = end_of(last + 1)
        assert (step, diverged) == (last, True)
        assert sentence.startswith(f"Training stopped after step {last:,}, the last with finite numbers")

    run_script(script)


def test_the_steps_of_another_run_do_not_count():
    def script():
        from dataclasses import replace

        from ui.training import kept
        from ui.training.state import Training

        state = Training(steps=200)
        data, _ = kept.open_data(state)
        kept.run(state, data, lambda _: None)
        assert kept.steps_so_far(replace(state, steps=300)) == 200
        assert kept.steps_so_far(replace(state, seed=state.seed + 1)) == 0

    run_script(script)


def test_a_run_does_not_go_back_to_where_another_visitor_has_come_with_it():
    def script():
        from concurrent.futures import ThreadPoolExecutor
        from dataclasses import replace
        from threading import Event
        from unittest.mock import patch

        from ui.training import kept
        from ui.training.run import begin, extend
        from ui.training.state import Training

        own = Training(seed=7, steps=9000)
        longer = replace(own, steps=20_000)
        data, _ = kept.open_data(own)
        kept.run(own, data, lambda _: None)
        begun, checked = Event(), Event()

        def check(history):
            if not checked.is_set():
                begun.set()
                assert history.step < own.steps
                assert checked.wait(10)

        def pieces():
            return extend(longer, data, begin(longer, data))

        seen = []
        with ThreadPoolExecutor(1) as pool, patch.object(kept, "end_where_unwanted", checked.set):
            key = kept._key("run", kept.identity(longer), longer.steps)
            other = pool.submit(kept._SHARED.result, key, pieces, check)
            assert begun.wait(10)
            history = kept.run(longer, data, lambda progress: seen.append(progress.step))
            assert history is other.result(10)
        assert history.step == longer.steps
        assert all(step > own.steps for step in seen)

    run_script(script)


def test_a_run_of_a_link_that_is_too_large_is_not_run_as_the_one_before_a_change():
    def script():
        from dataclasses import replace

        from core.settings import Settings
        from ui.training import actions, kept, length
        from ui.training.state import Chosen, Training

        small = Training(Chosen(samples=5000), steps=10, settings=Settings(batch_size=5000))
        for steps, is_shown in ((10, True), (100_000, False)):
            state = replace(small, hidden=(8,) * 6, activation="gelu", steps=steps)
            assert (length.within_limits(state, kept.open_data(state)[0])[0] == state) == is_shown
            actions.STORE.edit(state)
            actions.STORE.keep_earlier(None)
            actions.change(replace(state, seed=state.seed + 1))
            assert (actions.STORE.earlier is not None) == is_shown

    run_script(script)
