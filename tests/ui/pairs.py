"""Which output activations and losses each convention is examined with."""

from collections.abc import Callable, Iterator

from core.activations import ACTIVATIONS
from core.losses import LOSSES
from tests.hypothesis_profiles import has_many_examples
from ui.text.conventions import CONVENTIONS


def pairs_of(
    convention: str, fits: Callable[[str, str], bool] = lambda *_: True
) -> Iterator[tuple[str, str]]:
    """Yield pairs of an output activation and a loss that fits it.

    With many examples all of them. With few, each activation has another loss in each convention, which has
    every loss, and the pairs whose delta is written in a way of its own.
    """
    turn = list(CONVENTIONS).index(convention)
    for place, output in enumerate(ACTIVATIONS):
        losses = [loss for loss in LOSSES if fits(loss, output)]
        chosen = losses[(place + turn) % len(losses)]
        for loss in losses:
            if has_many_examples() or loss == chosen or LOSSES[loss].fused == output:
                yield output, loss
