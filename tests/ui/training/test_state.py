from itertools import product

import pytest

from core.optimizers import OPTIMIZERS
from core.settings import Settings
from ui.training.state import with_optimizer

PAIRS = list(product(OPTIMIZERS, OPTIMIZERS))


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_the_usual_learning_rate_comes_with_an_optimizer(before, after):
    settings = Settings(before, OPTIMIZERS[before].usual_learning_rate, l2=0.1)
    changed = with_optimizer(settings, after)
    assert changed == Settings(after, OPTIMIZERS[after].usual_learning_rate, l2=0.1)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_learning_rate_that_the_reader_has_set_stays(before, after):
    assert with_optimizer(Settings(before, 0.0123), after) == Settings(after, 0.0123)


def test_the_settings_start_with_the_usual_learning_rate_of_their_optimizer():
    settings = Settings()
    assert settings.learning_rate == OPTIMIZERS[settings.optimizer].usual_learning_rate
