"""The numbers behind the charts of a training run, as CSV with every digit."""

from core.arrays import Array
from core.exercise import quantities
from core.network import Network
from ui.figures.batch import sample_name
from ui.figures.confusion import confusion_data
from ui.text.csv import Cell, plain_name, write_csv
from ui.training.chart_run import ChartRun


def loss_csv(run: ChartRun) -> bytes:
    """Return every batch's loss, and train and test loss in the rows of the key steps.

    Behind them comes a column for each future that was left behind.
    """
    key_losses = {"train_loss": run.train_loss, "test_loss": run.test_loss}
    columns = {name: values for name, values in key_losses.items() if values is not None}
    at = {step: place for place, step in enumerate(run.steps.tolist())}
    left = [dict(zip(steps.tolist(), losses, strict=True)) for _, steps, losses in run.left]
    names = ("batch_loss", *columns, *(f"left_{place}_train_loss" for place in range(1, len(left) + 1)))
    steps = sorted({*range(len(run.batch_loss)), *at}.union(*left))
    return write_csv(
        ["step", *(f"{name}{run.loss_suffix}" for name in names)],
        (
            [
                step,
                run.batch_loss[step] if step < len(run.batch_loss) else None,
                *(values[at[step]] if step in at else None for values in columns.values()),
                *(losses.get(step) for losses in left),
            ]
            for step in steps
        ),
    )


def accuracy_csv(run: ChartRun) -> bytes:
    """Return train and test accuracy at the key steps."""
    columns = {"train_accuracy": run.train_accuracy, "test_accuracy": run.test_accuracy}
    return _key_steps_csv(run, {name: values for name, values in columns.items() if values is not None})


def gradient_norms_csv(run: ChartRun) -> bytes:
    """Return the gradient norm of every layer at the key steps."""
    return _key_steps_csv(
        run, {f"layer_{layer}": norms for layer, norms in enumerate(run.gradient_norms.T, 1)}
    )


def weights_csv(run: ChartRun) -> bytes:
    """Return every weight and bias at the key steps."""
    return _key_steps_csv(run, dict(zip(_ascii_names(run.network), run.theta.T, strict=True)))


def confusion_csv(run: ChartRun) -> bytes:
    """Return how many samples of each class were taken for which, in train and in test."""
    rows: list[list[Cell]] = []
    for samples, chosen in run.parts.items():
        data = confusion_data(run.y[chosen], run.y_hat[chosen], run.output_names)
        for true, counts in zip(data.names, data.counts, strict=True):
            rows += [[samples, true, name, n] for name, n in zip(data.names, counts, strict=True)]
    return write_csv(["samples", "true", "predicted", "count"], rows)


def predicted_true_csv(run: ChartRun) -> bytes:
    """Return every sample's targets and predictions, and whether it is train or test."""
    outputs = run.y.shape[1]
    ends = [f"_{output + 1}" for output in range(outputs)] if outputs > 1 else [""]
    return write_csv(
        ["samples", *(f"true{end}" for end in ends), *(f"predicted{end}" for end in ends)],
        (
            ["test" if test else "train", *y, *y_hat]
            for test, y, y_hat in zip(run.test, run.y, run.y_hat, strict=True)
        ),
    )


def batch_csv(run: ChartRun) -> bytes:
    """Return loss and gradient of every sample in the batch at the playhead."""
    return write_csv(
        ["sample", f"loss{run.loss_suffix}", *_ascii_names(run.network)],
        (
            [sample_name(row), loss, *gradient]
            for row, loss, gradient in zip(run.batch_rows, run.sample_loss, run.sample_gradient, strict=True)
        ),
    )


def _ascii_names(network: Network) -> list[str]:
    """Return w x1->h1, b->h1, b->y_hat, … as θ packs them."""
    chosen = [q for q in quantities(network) if q.kind in "wb"]
    return [plain_name(f"{'w ' if q.kind == 'w' else ''}{q.label}") for q in chosen]


def _key_steps_csv(run: ChartRun, columns: dict[str, Array]) -> bytes:
    return write_csv(["step", *columns], zip(run.steps, *columns.values(), strict=True))
