"""The numbers of an exercise as code to be copied: what the reader of pasted text reads back to the same."""

from collections.abc import Iterable

from core.arrays import Array
from core.exercise import Exercise
from ui.text.numbers import exact


def numpy_numbers(exercise: Exercise) -> str:
    """Return the lines of NumPy that hold all numbers: W has a row for each unit of the layer before."""
    lines = ["import numpy as np", ""]
    lines += _sample(exercise, "np.array({})")
    lines.append(f"learning_rate = {_float(exercise.learning_rate)}")
    for layer, (W, b) in enumerate(exercise.network.layers(exercise.theta_array), start=1):
        start = f"W{layer} = np.array("
        lines.append(f"{start}{_matrix(W, len(start) + 1)})")
        if b is not None:
            lines.append(f"b{layer} = np.array({_vector(b)})")
    return "\n".join(lines) + "\n"


def torch_numbers(exercise: Exercise) -> str:
    """Return the lines of PyTorch that hold all numbers, the weights as the state_dict of a Sequential.

    In it every second module is a Linear, whose weight has a row for each unit of the next layer.
    """
    lines = ["import torch", "", "torch.set_default_dtype(torch.float64)", ""]
    lines += _sample(exercise, "torch.tensor({})")
    lines += [f"lr = {_float(exercise.learning_rate)}", "state_dict = {"]
    for layer, (W, b) in enumerate(exercise.network.layers(exercise.theta_array)):
        start = f'    "{2 * layer}.weight": torch.tensor('
        lines.append(f"{start}{_matrix(W.T, len(start) + 1)}),")
        if b is not None:
            lines.append(f'    "{2 * layer}.bias": torch.tensor({_vector(b)}),')
    return "\n".join([*lines, "}"]) + "\n"


def _sample(exercise: Exercise, array: str) -> list[str]:
    vectors = {"x": exercise.x, "target": exercise.y}
    return [f"{name} = {array.format(_vector(values))}" for name, values in vectors.items()]


def _vector(values: Iterable[float]) -> str:
    return f"[{', '.join(map(_float, values))}]"


def _float(value: float) -> str:
    """Return a number with a point where it is whole: an array of whole numbers would be one of int64."""
    text = exact(float(value))
    return text if any(sign in text for sign in ".en") else f"{text}.0"


def _matrix(values: Array, indent: int) -> str:
    """Return a matrix with a line for each row, below one another."""
    return f"[{(',' + chr(10) + ' ' * indent).join(map(_vector, values))}]"
