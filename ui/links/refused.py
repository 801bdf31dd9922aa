"""Texts of boxes that are no numbers, kept in a link: a reload shows them again."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from core.answers import read_answers
from core.exercise import Exercise
from ui.links.codec import Parameter
from ui.text.numbers import quote

# Characters of such a text that a link carries.
MAX_REFUSED = 200
# A text may have any sign but these: it is of one line, and no id has the other.
_BETWEEN, _AFTER_NAME = "\n", "="

# Ids of quantities with the texts.
Refused = tuple[tuple[str, str], ...]


def refused_parameter(
    taken: Callable[[Any], Collection[str]], exercise: Callable[[Any], Exercise]
) -> Parameter[Any]:
    """Return the parameter for the field `refused` of a state whose boxes take the ids in `taken(state)`.

    The numbers are those of `exercise(state)`. It stands behind the parameter for the field `answers`: a
    number has an answer or such a text.
    """
    return Parameter(
        "refused",
        lambda state: state.refused,
        lambda state, refused: replace(state, refused=refused),
        lambda refused: _BETWEEN.join(f"{name}{_AFTER_NAME}{text}" for name, text in refused),
        lambda text, state: _parse(text, taken(state), dict(state.answers), exercise(state)),
        lambda _state: (),
    )


def _parse(text: str, taken: Collection[str], answered: Collection[str], exercise: Exercise) -> Refused:
    found: dict[str, str] = {}
    for line in text.split(_BETWEEN):
        name, _, given = line.partition(_AFTER_NAME)
        if name not in taken:
            raise ValueError(f"refused got {quote(given or name)} for a number that has no box here.")
        if not given.strip():
            raise ValueError("refused got an entry without a text.")
        if name in answered:
            raise ValueError(
                f"refused got {quote(given)} for a number that has an answer; it takes texts of others."
            )
        if len(given) > MAX_REFUSED:
            raise ValueError(
                f"refused got {len(given):,} characters; {MAX_REFUSED} are allowed for a number."
            )
        if _is_number(name, given, exercise):
            raise ValueError(f"refused got {quote(given)}, which is a number; answers takes those.")
        found[name] = given
    return tuple(found.items())


def _is_number(name: str, text: str, exercise: Exercise) -> bool:
    try:
        read_answers(exercise, {name: text})
    except ValueError:
        return False
    return True


def without(refused: Refused, names: Collection[str]) -> Refused:
    """Return the texts but those of some ids."""
    return tuple((name, text) for name, text in refused if name not in names)


def not_in_link(text: str) -> str:
    """Return the sentence for a text that is too long for a link, behind the reason why it is no number."""
    if len(text) <= MAX_REFUSED:
        return ""
    return f" A reload loses it: it has {len(text):,} characters, and a link keeps up to {MAX_REFUSED}."


def and_one(refused: Refused, name: str, text: str) -> Refused:
    """Return the texts with one more; one longer than MAX_REFUSED is left out."""
    return (*without(refused, [name]), (name, text)) if len(text) <= MAX_REFUSED else refused
