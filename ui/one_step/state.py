"""What the One step page shows, as a record: all that its link carries."""

from dataclasses import dataclass, field, replace

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise
from core.history import History
from ui.links.fitting import DEFAULT_INITIALIZER, random_theta
from ui.links.view import View, fitted

HIDEABLE = {"weights": "sliders for weights", "answers": "answers", "menu": "menus"}


@dataclass(frozen=True, slots=True)
class OneStep:
    """The state of the One step page: where it starts, what has been done since, and how it is shown.

    `example` names the example the start was made from; `seed` is the seed of its weights, or None
    when they were not drawn at random.
    """

    example: str = DEFAULT_EXAMPLE.name
    start: Exercise = DEFAULT_EXAMPLE.exercise
    seed: int | None = None
    initializer: str = DEFAULT_INITIALIZER
    history: History = field(default_factory=History)
    view: View = field(default_factory=View)


def load_example(state: OneStep, name: str) -> OneStep:
    """Return the state showing the named example from its start."""
    start = EXAMPLES[name].exercise
    view = replace(state.view, selected=View().selected)
    return OneStep(example=name, start=start, view=fitted(view, start.network))


def restart(state: OneStep, start: Exercise) -> OneStep:
    """Return the state at step 0 of another network; what is not in it is not selected."""
    view = fitted(state.view, start.network)
    return replace(state, start=start, seed=None, history=History(), view=view)


def randomize(state: OneStep, exercise: Exercise, initializer: str, seed: int) -> OneStep:
    """Return the state with new initial weights and its history cleared; the other numbers stay."""
    theta = random_theta(exercise.network, initializer, seed)
    start = replace(exercise, theta=theta)
    return replace(state, start=start, seed=seed, initializer=initializer, history=History())
