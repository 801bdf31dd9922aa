"""Notebooks and scripts of a training run, run in a fresh interpreter: they come to the identical run."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.activations import ACTIVATIONS
from core.data import DATASETS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.pieces import finish
from core.schedules import SCHEDULES
from core.settings import Sampling, Segment, Settings
from tests.ui.export.running import code_of, run_all
from ui.export.code.cells import notebook, script
from ui.export.code.run_cells import run_cells
from ui.export.code.torch_run_cells import torch_run_cells
from ui.training.built import why_not
from ui.training.data import load
from ui.training.run import begin, extend
from ui.training.state import REAL, Chosen, Training, with_segments
from ui.training.take_away import why_no_file, written_run

STEPS = 120
SMALL = Chosen(samples=60)
CLASSES = Chosen(next(name for name, data in DATASETS.items() if data.task == "classes"), samples=60)


def written(state):
    data = load(state.data, None)
    history = finish(extend(state, data, begin(state, data)))
    return written_run(state, data, history)


def test_all_files_of_a_run_share_what_is_computed_for_them():
    def script():
        from unittest.mock import patch

        from ui.training import kept, take_away
        from ui.training.run import extend
        from ui.training.state import Chosen, Training

        state = Training(Chosen(samples=60), steps=30)
        data, _ = kept.open_data(state)
        shown = kept.evaluated(state, data, kept.run(state, data, lambda _: None))
        with (
            patch.object(take_away, "render_take_away") as rendered,
            patch("ui.training.take_away.extend", wraps=extend) as trained,
        ):
            for _ in range(2):
                take_away.render_files(state, data, shown)
            found = [subject() for (files, subject), _ in rendered.call_args_list for _ in files]
            assert len(found) > 2
            assert len({run.same_until for run in found}) == 1
            assert trained.call_count == 1
            longer = Training(Chosen(samples=60), steps=40)
            other = kept.evaluated(longer, data, kept.run(longer, data, lambda _: None))
            take_away.render_files(longer, data, other)
            rendered.call_args.args[1]()
            assert trained.call_count == 2

    assert not AppTest.from_function(script, default_timeout=60).run().exception


def with_settings(**settings):
    return Training(SMALL, settings=Settings(**settings), steps=STEPS)


def every_kind():
    for name in OPTIMIZERS:
        yield f"optimizer {name}", with_settings(optimizer=name, learning_rate=0.02, l2=0.01)
    for name in SCHEDULES:
        yield f"schedule {name}", with_settings(schedule=name, period=30)
    for name, activation in ACTIVATIONS.items():
        if not activation.couples_units:
            yield f"activation {name}", Training(SMALL, activation=name, steps=STEPS)
    for data, task in ((SMALL, "binary"), (CLASSES, "classes"), (Chosen("tips"), "regression")):
        for loss in LOSSES:
            if not why_not(loss, task):
                yield f"loss {loss} {task}", Training(data, loss=loss, steps=STEPS)
    for name in [*DATASETS, *REAL, "points"]:
        yield f"data {name}", Training(Chosen(name, samples=60), steps=40)
    yield "dropout", with_settings(dropout=0.3, l1=0.01)
    yield "clip", with_settings(clip=0.05, l1=0.01)
    yield "all samples", with_settings(batch_size=1000)
    yield "no order", with_settings(shuffle=False, batch_size=7)
    yield "no hidden layer", Training(SMALL, hidden=(), steps=STEPS)
    yield "patience", with_settings(patience=10, learning_rate=3.0)
    first = Training(SMALL, steps=STEPS)
    sampling = Sampling(0.3, 0.7)
    by_hand = (("w1.1.2", 0.5), ("b1.1", 0.25))
    changes = [
        Segment(0, Settings()),
        Segment(30, Settings(learning_rate=0.3, batch_size=4)),
        Segment(45, Settings(optimizer="adam", dropout=0.2, schedule="step", period=7)),
        Segment(70, Settings(optimizer="adam", learning_rate=0.01), weights=by_hand),
        Segment(90, Settings(optimizer="momentum"), sampling=sampling),
        Segment(STEPS, Settings(optimizer="momentum"), weights=(("w1.1.1", 1.0),), sampling=sampling),
    ]
    own = first.segments[0].sampling
    yield "changes", with_segments(first, [replace(each, sampling=each.sampling or own) for each in changes])


def test_notebook_and_script_of_every_kind_come_to_the_identical_run(tmp_path):
    sources = {}
    for kind, state in every_kind():
        cells = run_cells(written(state))
        sources[f"script {kind}"] = script(cells)
        if kind in ("changes", "dropout"):
            sources[f"notebook {kind}"] = code_of(notebook(cells))
    said = run_all(sources, tmp_path)
    assert f"The same run: {STEPS} of {STEPS} steps compared" in said
    assert len(sources) > 50


def without_dropout(state):
    changes = [replace(each, settings=replace(each.settings, dropout=0.0)) for each in state.changes]
    return replace(state, changes=tuple(changes))


def torch_sources():
    for kind, state in every_kind():
        if kind != "dropout":
            yield kind, script(torch_run_cells(written(without_dropout(state))))


def test_torch_comes_to_the_identical_run(tmp_path):
    pytest.importorskip("torch", reason="gigabytes: installed by whoever wants to run this")
    run_all(dict(torch_sources()), tmp_path)


def test_the_lines_for_torch_are_python_and_none_of_a_run_with_dropout():
    for kind, source in torch_sources():
        compile(source, kind, "exec")
    with pytest.raises(ValueError, match="dropout"):
        torch_run_cells(written(with_settings(dropout=0.3)))


def test_another_learning_rate_is_another_run():
    source = script(run_cells(written(with_settings())))
    wrong = source.replace("eta = 0.1", "eta = 0.1000001")
    assert wrong != source
    with pytest.raises(AssertionError):
        exec(wrong, {})  # noqa: S102


def test_a_run_that_rounding_changes_is_compared_up_to_there():
    run = written(Training(SMALL, hidden=(8, 8), settings=Settings(learning_rate=6.0), steps=2000))
    assert 10 < run.same_until < 2000
    source = script(run_cells(run))
    assert f"From step {run.same_until:,} on this run is chaotic" in source
    exec(source, {})  # noqa: S102


def test_samples_that_are_too_many_for_a_file_are_named():
    state = Training(Chosen("digits", train_share=1.0))
    sentence = why_no_file(state, load(state.data, None))
    assert sentence is not None
    assert "up to 100,000 fit" in sentence
    assert why_no_file(Training(), load(Chosen(), None)) is None
