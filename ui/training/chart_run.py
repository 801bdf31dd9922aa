"""What the charts of a training run are drawn from, and its numbers written from."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Integers
from core.network import Network
from ui.text.numbers import USUAL_PRECISION, Precision, count


class ChartRun(NamedTuple):
    """What the charts show of a training run of S steps with K key steps.

    `batch_loss` (S,) is the loss of each batch before its update; `train_loss` to `test_accuracy` (K,),
    `gradient_norms` (K, layers) and `theta` (K, P) belong to the key `steps` (K,), one of which is the
    playhead `step`. There, `y` and `y_hat` (N, n_out) are the targets and predictions, `test` (N,) is
    which samples are not trained on, and `batch_rows` (B,), `sample_loss` (B,) and `sample_gradient`
    (B, P) are the batch of that step, each sample for itself. `loss_of` names what losses are of where that
    is not in the units of `y`, such as "standardized tip"; else it is empty. Numbers are
    shown with `precision`. `changes` are the steps at which settings changed, with what they became, and
    `left` the futures that were left behind: what each was, its steps (L,) and its train losses (L,).
    """

    network: Network
    input_names: Sequence[str]
    batch_loss: Array
    steps: Integers
    train_loss: Array
    test_loss: Array | None
    train_accuracy: Array | None
    test_accuracy: Array | None
    gradient_norms: Array
    theta: Array
    task: Literal["binary", "classes", "regression"]
    output_names: Sequence[str]
    step: int
    y: Array
    y_hat: Array
    test: NDArray[np.bool_]
    batch_rows: Integers
    sample_loss: Array
    sample_gradient: Array
    loss_of: str = ""
    precision: Precision = USUAL_PRECISION
    changes: Sequence[tuple[int, str]] = ()
    left: Sequence[tuple[str, Integers, Array]] = ()

    @property
    def loss_title(self) -> str:
        """Return what an axis of losses is called."""
        return f"loss of {self.loss_of}" if self.loss_of else "loss"

    @property
    def loss_suffix(self) -> str:
        """Return how the names of columns of losses end in a CSV."""
        return "_standardized" if self.loss_of else ""

    def playhead(self) -> int:
        """Return the place of the playhead among the key steps; raises ValueError where it is at none."""
        places = np.flatnonzero(self.steps == self.step)
        if not len(places):
            raise ValueError(f"step must be one of the {count(len(self.steps), 'key step')}, got {self.step}")
        return int(places[0])

    @property
    def parts(self) -> dict[str, NDArray[np.bool_]]:
        """Return which rows (N,) are train and, where there are any, which are test."""
        return {"train": ~self.test, "test": self.test} if np.any(self.test) else {"train": ~self.test}
