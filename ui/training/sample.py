"""The one sample that a reader looks at: which it is, and its words."""

from core.phases import Rows
from ui.text.numbers import quote
from ui.training.data import TrainingData
from ui.training.data_sentences import own_number
from ui.training.state import Training

_NAMED = 8


def sample_row(state: Training, data: TrainingData, batch: Rows) -> int:
    """Return the row of the chosen sample, or else of the first of a batch."""
    return int(batch[0]) if state.sample is None or missing_sample(state, data) else state.sample - 1


def missing_sample(state: Training, data: TrainingData) -> str | None:
    """Return, as a sentence, that the data has no sample of the chosen number, or None where it has."""
    count = len(data.own_y)
    if state.sample is None or state.sample <= count:
        return None
    return f"The sample got {state.sample:,}; this data has samples 1 to {count:,}."


def target_text(data: TrainingData, row: int) -> str:
    """Return what a sample's target is: the name of its class, or the number with its name."""
    y = data.own_y[row]
    if data.task == "regression":
        return f"{_name(data.output_names[0])} {own_number(data.own_y[:, 0], row)}"
    place = int(y[0] > 0.5) if len(y) == 1 else int(y.argmax())
    return _name(data.output_names[place])


def sample_sentence(state: Training, data: TrainingData, row: int, step: int) -> str:
    """Return which sample goes to the One step page, with its numbers in the data's own units."""
    kind = "a test sample" if row in data.test else "a training sample"
    if state.sample is None or missing_sample(state, data):
        kind = f"the first of the batch that step {step + 1:,} takes"
    numbers = [
        f"{_name(name)} {own_number(column, row)}"
        for name, column in zip(data.input_names, data.own_x.T, strict=True)
    ]
    shown = ", ".join(numbers[:_NAMED]) + (", …" if len(numbers) > _NAMED else "")
    return f"Sample {row + 1:,}, {kind}: {shown}; target {target_text(data, row)}."


def _name(text: str) -> str:
    return quote(text)[1:-1]
