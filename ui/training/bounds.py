"""What the numbers of the Training page may be: one range each, for link, box and limit alike."""

from typing import NamedTuple

from ui.limits import MAX_MAGNITUDE, MAX_ROWS, MAX_SAMPLES, MAX_SEED, MAX_TRAINING_STEPS
from ui.text.numbers import DECIMALS, DIGITS

_BELOW_ONE = 0.999999


class Range(NamedTuple):
    """The smallest and the largest number allowed; `above_low` leaves the smallest out."""

    low: float
    high: float
    above_low: bool = False


class WholeRange(NamedTuple):
    """The smallest and the largest whole number allowed."""

    low: int
    high: int


# By the path of the field in the state of the page.
WHOLE = {
    "data.samples": WholeRange(4, MAX_SAMPLES),
    "data.seed": WholeRange(0, MAX_SEED),
    "seed": WholeRange(0, MAX_SEED),
    "settings.batch_size": WholeRange(1, MAX_SAMPLES * 10),
    "settings.period": WholeRange(1, MAX_TRAINING_STEPS),
    "settings.patience": WholeRange(1, MAX_TRAINING_STEPS),
    "budget": WholeRange(1, MAX_TRAINING_STEPS),
    "steps": WholeRange(0, MAX_TRAINING_STEPS),
    "sample": WholeRange(1, MAX_ROWS),
    "digits": WholeRange(*DIGITS),
    "decimals": WholeRange(*DECIMALS),
}
EXACT = {
    "init_scale": Range(0, 100, above_low=True),
    "data.noise": Range(0, 0.5),
    "data.train_share": Range(0.1, 1),
    "settings.learning_rate": Range(0, MAX_MAGNITUDE, above_low=True),
    "settings.decay": Range(0, 1, above_low=True),
    "settings.l1": Range(0, 1000),
    "settings.l2": Range(0, 1000),
    "settings.dropout": Range(0, 0.95),
    "settings.clip": Range(0, MAX_MAGNITUDE, above_low=True),
    "settings.rates.momentum": Range(0, _BELOW_ONE),
    "settings.rates.beta1": Range(0, _BELOW_ONE),
    "settings.rates.beta2": Range(0, _BELOW_ONE),
    "settings.rates.rho": Range(0, _BELOW_ONE),
    "settings.rates.epsilon": Range(0, 1, above_low=True),
    "settings.rates.weight_decay": Range(0, 1000),
}
