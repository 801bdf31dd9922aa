"""What the Training page shows, as a record: the data, the network, how to train, and how far it has come."""

from dataclasses import dataclass, field, replace

from core.data import DATASETS
from core.optimizers import OPTIMIZERS
from core.training import Settings
from ui.links.points import Point
from ui.text.numbers import Precision

REAL = {"iris": "Iris: which species", "tips": "Tips: how much guests tip", "wine": "Wine: which cultivar"}
OWN = {"points": "Your own points", "own": "Your own table"}
UNITS = {"steps": "steps", "epochs": "epochs"}
USUAL_DATA = "circle"
HIDEABLE = {"answers": "charts", "menu": "settings and menus"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The data: a name in DATASETS, REAL or OWN, and what goes with it.

    `samples`, `noise` and `seed` make a generated set; `features` names columns made of the two
    coordinates; `target`, `columns` and `standardize` pick from a table, "" and () meaning the usual ones;
    `axes` names the two inputs of a table that the plane is drawn over, () meaning the usual ones; no run
    depends on them. `points` are the reader's own. `train_share` of the samples is trained on, the rest is
    for the test.
    """

    name: str = USUAL_DATA
    samples: int = 500
    noise: float = 0.0
    seed: int = 1
    train_share: float = 0.5
    features: tuple[str, ...] = ("x1", "x2")
    points: tuple[Point, ...] = ()
    target: str = ""
    columns: tuple[str, ...] = ()
    standardize: bool = True
    axes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Training:
    """The state of the Training page.

    `hidden` holds the widths of the hidden layers, `activation` their function; `loss` is a name in LOSSES
    or "" for the one that suits the data. `seed` draws the initial weights and the order of the batches.
    `budget` with `unit` (a name in UNITS) is how far a press on Train goes, `steps` how many steps have
    been trained and `at` the step that is shown, None for the last. `hide` has names in HIDEABLE, of what a
    teacher has taken off the page. Numbers have `digits` significant digits, or so many `decimals`.
    `sample` is the number, from 1, of the sample that is looked at, None for the first of the shown step's
    batch; no run depends on it.
    """

    data: Chosen = field(default_factory=Chosen)
    hidden: tuple[int, ...] = (4, 2)
    activation: str = "tanh"
    loss: str = ""
    initializer: str = "xavier"
    seed: int = 1
    settings: Settings = field(default_factory=Settings)
    budget: int = 1000
    unit: str = "steps"
    steps: int = 0
    at: int | None = None
    hide: tuple[str, ...] = ()
    digits: int = 6
    decimals: int | None = None
    sample: int | None = None

    @property
    def precision(self) -> Precision:
        """Return how exactly numbers are shown."""
        return Precision(self.digits, self.decimals)


def with_optimizer(settings: Settings, name: str) -> Settings:
    """Return the settings with another optimizer; its usual learning rate comes with it.

    A learning rate that is not the usual one of the present optimizer was set by the reader, and stays.
    """
    usual = OPTIMIZERS[settings.optimizer].usual_learning_rate
    if settings.learning_rate != usual:
        return replace(settings, optimizer=name)
    return replace(settings, optimizer=name, learning_rate=OPTIMIZERS[name].usual_learning_rate)


def data_label(name: str) -> str:
    """Return what the menus call a data set."""
    return (REAL | OWN).get(name) or DATASETS[name].label
