"""What the numbers of a data set are for the network, in sentences."""

import numpy as np

from core.arrays import Array
from ui.text.numbers import Precision, exact_on_screen, format_number, quote
from ui.training.data import TrainingData

_PRECISION = Precision(4)


def standardized_sentence(data: TrainingData) -> str:
    """Return what the network gets in place of the data's own numbers, nothing where it gets just these."""
    if data.pixels is not None:
        return (
            "The plane lies through the mean of the training samples, along the two directions in which they "
            "differ most, their principal components. Each of its points is a picture that the network gets."
        )
    if not (data.x_scaling.changes.any() or data.loss_of):
        return ""
    what = "Inputs and target" if data.loss_of else "Inputs"
    sentence = (
        f"{what} are standardized with mean and standard deviation of the training samples; the weights "
        "belong to these numbers. Plane, predictions and targets are in the data's own units."
    )
    if not data.loss_of:
        return sentence
    mean, deviation = (format_number(part[0], _PRECISION) for part in data.y_scaling)
    name = quote(data.output_names[0])[1:-1]
    return f"{sentence} The loss is of the {data.loss_of}: ({name} − {mean}) / {deviation}."


def own_number(values: Array, row: int) -> str:
    """Return a number of a column, values (N,) in the data's own units; one of whole numbers is whole."""
    if np.array_equal(values, np.rint(values)):
        return exact_on_screen(float(values[row]))
    return format_number(float(values[row]), _PRECISION)


def scaled_sentence(data: TrainingData, row: int) -> str:
    """Return what the numbers of a sample are for the network, nothing where they are the data's own."""
    parts = [
        f"{quote(name)[1:-1]} {own_number(column, row)} → {format_number(scaled, _PRECISION)}"
        for names, owns, scaling in (
            (data.input_names, data.own_x, data.x_scaling),
            (data.output_names, data.own_y, data.y_scaling),
        )
        for name, column, scaled, changed in zip(
            names, owns.T, scaling.scaled(owns[row]), scaling.changes, strict=False
        )
        if changed
    ]
    return f"There x and y are standardized, as in this training: {', '.join(parts)}." if parts else ""
