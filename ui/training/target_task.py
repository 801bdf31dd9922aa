"""What a network can be trained to do with a target: to predict numbers, or classes."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from core.data import Task
from ui.limits import MAX_CLASSES
from ui.text.numbers import count, exact_on_screen, quote
from ui.training.importing.records import Value

# As many rows for each class make whole numbers likelier to be classes than numbers.
_ROWS_FOR_A_CLASS = 3


class TargetTask(NamedTuple):
    """The tasks that a target can have, the likeliest first, and its classes where it can have some.

    `note` is a sentence where the first of several tasks is not certain, "" otherwise.
    """

    tasks: tuple[Task, ...]
    classes: tuple[Value, ...]
    note: str = ""


def find_task(name: str, values: Sequence[Value]) -> TargetTask:
    """Return what can be learned with values as the target called `name`: their few classes, or numbers.

    Texts are classes; whole numbers with few values (1/2, −1/1, digits) can be classes too, in the order of
    their size. Raises ValueError with one sentence for values that make neither.
    """
    counts = Counter(value for value in values if value is not None)
    numbers = sorted(value for value in counts if not isinstance(value, str))
    if len(numbers) < len(counts):
        classes = tuple(sorted(counts, key=str))
        if not 2 <= len(classes) <= MAX_CLASSES:
            raise ValueError(
                f"The target {quote(name)} has {count(len(classes), 'different text')}; 2 to {MAX_CLASSES} "
                "classes are allowed."
            )
        return TargetTask((_classes_task(len(classes)),), classes)
    if len(numbers) < 2:
        raise ValueError(f"The target {quote(name)} has 1 value in all rows or none; it takes 2 or more.")
    if not all(float(number).is_integer() for number in numbers) or len(numbers) > MAX_CLASSES:
        return TargetTask(("regression",), ())
    task = _classes_task(len(numbers))
    if numbers == [0, 1]:
        return TargetTask((task, "regression"), tuple(numbers))
    written = ", ".join(map(exact_on_screen, numbers))
    what = f"The whole numbers of {quote(name)}, {written},"
    if counts.total() >= _ROWS_FOR_A_CLASS * len(numbers):
        note = f"{what} are classes; they can be numbers to predict too."
        return TargetTask((task, "regression"), tuple(numbers), note)
    note = f"{what} are numbers to predict; they can be classes too."
    return TargetTask(("regression", task), tuple(numbers), note)


def _classes_task(number: int) -> Task:
    return "binary" if number == 2 else "classes"
