import csv
import io
import json
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.evaluation import accuracy, gradient_norms, sample_gradients
from core.network import Network, backward, forward, trace_loss
from ui.text.numbers import Precision, hover_format
from ui.training.chart_csv import (
    accuracy_csv,
    batch_csv,
    confusion_csv,
    gradient_norms_csv,
    loss_csv,
    predicted_true_csv,
    weights_csv,
)
from ui.training.chart_run import ChartRun
from ui.training.charts import CHARTS, SEEN

STEPS, STRIDE = 6, 2
TASKS = {
    "binary": (1, "sigmoid", "binary_cross_entropy", ("outside", "inside")),
    "classes": (3, "softmax", "categorical_cross_entropy", ("a", "b", "ü")),
    "regression": (1, "identity", "half_squared_error", ("tip",)),
}


def make_run(task="binary", step=2):
    """A 2-3-n network after six steps of plain gradient descent, with key steps 0, 2, 4 and 6."""
    outputs, activation, loss, names = TASKS[task]
    rng = np.random.default_rng(0)
    x = rng.normal(size=(12, 2))
    values = x[:, :1] - x[:, 1:]
    y = {
        "binary": (values > 0).astype(float),
        "classes": np.eye(3)[np.arange(12) % 3],
        "regression": values,
    }[task]
    test = np.arange(12) >= 9
    network = Network((2, 3, outputs), ("tanh", activation), loss)
    theta = [rng.normal(size=network.n_parameters)]
    losses = []
    for at in range(STEPS):
        rows = np.arange(3) + at % 3 * 3
        trace = forward(network, theta[-1], x[rows])
        losses.append(trace_loss(network, trace, y[rows]))
        theta.append(theta[-1] - 0.1 * backward(network, theta[-1], trace, y[rows]).theta)
    key_theta = np.stack(theta[::STRIDE])
    train, test_trace = (forward(network, key_theta, x[part]) for part in (~test, test))
    rows = np.arange(3) + step % 3 * 3
    sample_loss, sample_gradient = sample_gradients(network, theta[step], x[rows], y[rows])
    is_class = task != "regression"
    return ChartRun(
        network=network,
        input_names=("x₁", "x₂"),
        batch_loss=np.array(losses),
        steps=np.arange(0, STEPS + 1, STRIDE),
        train_loss=trace_loss(network, train, y[~test]),
        test_loss=trace_loss(network, test_trace, y[test]),
        train_accuracy=accuracy(train.a[-1], y[~test]) if is_class else None,
        test_accuracy=accuracy(test_trace.a[-1], y[test]) if is_class else None,
        gradient_norms=gradient_norms(network, backward(network, key_theta, train, y[~test]).theta),
        theta=key_theta,
        task=task,
        output_names=names,
        step=step,
        y=y,
        y_hat=forward(network, theta[step], x).a[-1],
        test=test,
        batch_rows=rows,
        sample_loss=sample_loss,
        sample_gradient=sample_gradient,
    )


RUN = make_run()


def read(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def first_line(content):
    return content.decode("utf-8-sig").splitlines()[0]


def numbers(rows, *titles):
    return [[float(row[title]) for title in titles] for row in rows]


def test_loss_csv_has_every_batch_and_the_key_steps():
    rows = read(loss_csv(RUN))
    assert [row["step"] for row in rows] == ["0", "1", "2", "3", "4", "5", "6"]
    assert numbers(rows[:-1], "batch_loss") == RUN.batch_loss[:, None].tolist()
    assert rows[-1]["batch_loss"] == rows[1]["train_loss"] == ""
    assert (
        numbers(rows[::2], "train_loss", "test_loss") == np.stack([RUN.train_loss, RUN.test_loss], 1).tolist()
    )


def test_what_was_left_behind_has_its_column_and_its_curve_and_a_change_its_mark():
    left = ("η 0.1, left behind at step 4", np.array([4, 8]), np.array([0.5, 0.25]))
    run = RUN._replace(left=[left], changes=[(4, "η → 0.3")])
    rows = read(loss_csv(run))
    assert [row["step"] for row in rows] == ["0", "1", "2", "3", "4", "5", "6", "8"]
    assert [row["left_1_train_loss"] for row in rows] == ["", "", "", "", "0.5", "", "", "0.25"]
    view = CHARTS["loss"].view(run, False)
    figure = view.drawings[0].figure
    assert (figure["data"][0]["name"], figure["data"][0]["x"]) == (left[0], [4, 8])
    assert [mark["text"] for mark in figure["layout"]["annotations"]] == ["η → 0.3"]
    assert [line["x0"] for line in figure["layout"]["shapes"]] == [2, 4]
    assert figure["layout"]["xaxis"]["range"][1] > 8
    assert "left behind" in str(view.notes[0])


def test_what_a_run_does_not_have_is_no_column():
    alone = RUN._replace(test_loss=None, test_accuracy=None)
    assert first_line(loss_csv(alone)) == "step,batch_loss,train_loss"
    assert first_line(accuracy_csv(alone)) == "step,train_accuracy"


def test_key_steps_have_every_digit():
    rows = read(weights_csv(RUN))
    assert [row.pop("step") for row in rows] == ["0", "2", "4", "6"]
    assert list(rows[0])[:2] == ["w x1->h1", "w x1->h2"]
    assert list(rows[0])[-1] == "b->y_hat"
    assert [[float(value) for value in row.values()] for row in rows] == RUN.theta.tolist()
    assert numbers(read(gradient_norms_csv(RUN)), "layer_1", "layer_2") == RUN.gradient_norms.tolist()
    assert numbers(read(accuracy_csv(RUN)), "train_accuracy") == RUN.train_accuracy[:, None].tolist()


def test_confusion_csv_counts_every_sample_once_and_agrees_with_the_accuracy():
    rows = read(confusion_csv(RUN))
    assert len(rows) == 8
    for samples, total, share in (("train", 9, RUN.train_accuracy[1]), ("test", 3, RUN.test_accuracy[1])):
        chosen = [row for row in rows if row["samples"] == samples]
        assert sum(int(row["count"]) for row in chosen) == total
        right = sum(int(row["count"]) for row in chosen if row["true"] == row["predicted"])
        assert right / total == share


def test_predicted_true_csv_has_every_sample():
    run = make_run("regression")
    rows = read(predicted_true_csv(run))
    assert numbers(rows, "true", "predicted") == np.hstack([run.y, run.y_hat]).tolist()
    assert [row["samples"] for row in rows] == ["train"] * 9 + ["test"] * 3
    titles = first_line(predicted_true_csv(make_run("classes")))
    assert titles == "samples,true_1,true_2,true_3,predicted_1,predicted_2,predicted_3"


def test_batch_csv_names_samples_from_1():
    rows = read(batch_csv(RUN))
    assert [row["sample"] for row in rows] == ["7", "8", "9"]
    assert numbers(rows, "loss") == RUN.sample_loss[:, None].tolist()
    assert numbers(rows, "w x1->h1", "b->y_hat") == RUN.sample_gradient[:, [0, -1]].tolist()


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("name", CHARTS)
def test_headers_are_plain_ascii(task, name):
    run = make_run(task)
    if CHARTS[name].fits(run):
        assert first_line(CHARTS[name].csv(run)).isascii()


@pytest.mark.parametrize(
    ("task", "missing"),
    [
        ("binary", {"predicted_true"}),
        ("classes", {"predicted_true"}),
        ("regression", {"accuracy", "confusion"}),
    ],
)
def test_a_task_has_its_charts(task, missing):
    run = make_run(task)
    assert {name for name, chart in CHARTS.items() if not chart.fits(run)} == missing


def script(task, step, logarithmic):
    from tests.ui.training.test_charts import make_run
    from ui.training.charts import render_charts

    render_charts(make_run(task, step), logarithmic)


def open_charts(task="binary", step=2, logarithmic=False, *, is_seen=True, **chosen):
    settings = {"task": task, "step": step, "logarithmic": logarithmic}
    app = AppTest.from_function(script, kwargs=settings, default_timeout=30)
    app.session_state[SEEN] = is_seen
    for name, value in chosen.items():
        app.session_state[f"training_chart{name}"] = value
    return app.run()


@pytest.mark.parametrize("task", ["binary", "classes", "regression"])
def test_charts_out_of_sight_have_their_place_and_no_more(task):
    for name, chart in CHARTS.items():
        if not chart.fits(make_run(task)):
            continue
        drawings = chart.view(make_run(task), False).drawings
        app = open_charts(task, is_seen=False, **{"": name})
        assert not app.get("plotly_chart")
        assert len(app.get("skeleton")) == len(drawings), name


def figures(app):
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("name", CHARTS)
def test_only_the_chosen_chart_is_built(task, name):
    chart = CHARTS[name]
    if not chart.fits(make_run(task)):
        return
    app = open_charts(task, **{"": name})
    assert not app.exception
    assert len(figures(app)) == (2 if name == "confusion" else 1)
    assert all(element.proto.alt for element in app.get("plotly_chart"))
    assert len(app.toggle) == (chart.logarithmic is not None)
    assert len(app.get("download_button")) == 1


@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_loss_has_the_scale_of_the_timeline_and_no_switch_of_its_own(logarithmic):
    app = open_charts(logarithmic=logarithmic, **{"": "loss"})
    assert (figures(app)[0]["layout"]["yaxis"].get("type") == "log") == logarithmic
    assert not app.toggle


def test_the_loss_is_not_drawn_a_second_time_until_it_is_chosen():
    for task in TASKS:
        (chart,) = [c for c in open_charts(task).button_group if c.key == "training_chart"]
        assert chart.value != "loss"


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("name", CHARTS)
def test_the_caption_under_a_chart_is_about_that_chart_and_names_its_step(task, name):
    run = make_run(task)
    if CHARTS[name].fits(run):
        view = CHARTS[name].view(run, False)
        note = view.notes[0]
        assert note is not None
        titles = [str(drawing.figure["layout"].get("xaxis", {}).get("title")) for drawing in view.drawings]
        assert "step 2" in note or all("line at 2" in title for title in titles)
        others = [c.view(run, False).notes[0] for key, c in CHARTS.items() if key != name and c.fits(run)]
        assert note not in others


def test_without_test_samples_there_is_one_confusion_matrix():
    run = RUN._replace(test=np.zeros(12, bool))
    assert len(CHARTS["confusion"].view(run, False).drawings) == 1


def test_screen_readers_get_the_numbers_at_the_playhead():
    (drawing,) = CHARTS["loss"].view(RUN, False).drawings
    train, test = RUN.train_loss[1], RUN.test_loss[1]
    assert drawing.alt == f"Loss over 6 steps; at step 2: train {train:.6g}, test {test:.6g}"


def test_a_playhead_beside_the_key_steps_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="step must be one of the 4 key steps, got 3"):
        CHARTS["loss"].view(RUN._replace(step=3), False)


def test_a_run_before_its_first_step_can_be_shown():
    start = RUN._replace(
        batch_loss=np.empty(0),
        steps=np.array([0]),
        step=0,
        **{name: getattr(RUN, name)[:1] for name in ("train_loss", "test_loss", "train_accuracy")},
        **{name: getattr(RUN, name)[:1] for name in ("test_accuracy", "gradient_norms", "theta")},
    )
    for chart in CHARTS.values():
        if chart.fits(start):
            assert chart.view(start, True).drawings
            assert chart.csv(start)


HOSTILE = "<b>x</b>&%{y}$a$"


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("name", CHARTS)
def test_no_figure_holds_a_name_that_plotly_would_read(task, name):
    run = make_run(task)
    run = run._replace(
        input_names=[f"{HOSTILE}{k}"[-14:] for k in range(run.network.widths[0])],
        output_names=[f"{HOSTILE}{k}" for k in range(len(run.output_names))],
    )
    if CHARTS[name].fits(run):
        for drawing in CHARTS[name].view(run, False).drawings:
            text = json.dumps(drawing.figure)
            assert not any(part in text for part in ("<b>", "</b>", "b>&", "%{y}$", "$a$"))


@pytest.mark.parametrize("precision", [Precision(6, None), Precision(9, None), Precision(6, 3)])
@pytest.mark.parametrize("name", CHARTS)
def test_numbers_on_hovering_have_the_chosen_digits(name, precision):
    run = make_run("regression" if name == "predicted_true" else "binary")._replace(precision=precision)
    for drawing in CHARTS[name].view(run, False).drawings:
        for text in (trace.get("hovertemplate", "") for trace in drawing.figure["data"]):
            formats = set(re.findall(r":(\.\d+[gf])}", text))
            assert formats <= {hover_format(precision)}
