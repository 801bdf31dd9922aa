"""The link of the page with an exercise: what is asked, whose numbers they are, and the answers."""

from dataclasses import replace
from operator import attrgetter
from typing import Any

from core.assignment import ASKABLE, DECIMALS, Assignment
from core.network import Network
from ui.exercise.state import HINTS, MAX_NAME, AskedExercise, takes
from ui.limits import MAX_SEED
from ui.links.answers import parse_answers, write_answers
from ui.links.codec import Codec, Parameter, field
from ui.links.exercise import network_parts, usual_activations
from ui.links.fitting import bias_mode
from ui.links.lock import parse_key, parse_lock
from ui.links.query import PartlyFitsError, choice, several, whole
from ui.links.refused import refused_parameter
from ui.text.answers import GROUPS, answerable, number_label
from ui.text.conventions import CONVENTIONS
from ui.text.numbers import exact, parse_number, quote

_BETWEEN = "~"
_USUAL = AskedExercise()


def parse_student(text: str) -> str:
    """Return a student's name on one line; raises ValueError for one that is too long."""
    name = " ".join(text.split())
    if len(name) > MAX_NAME:
        raise ValueError(f"student got {len(name):,} characters; it takes up to {MAX_NAME}.")
    if not name.isprintable():
        raise ValueError(f"student got {quote(name)}; it takes characters that can be seen.")
    return name


def described(
    assignment: Assignment,
    *,
    widths: tuple[int, ...] | None = None,
    activations: tuple[str, ...] | None = None,
    loss: str | None = None,
    bias: str | None = None,
) -> Assignment:
    """Return an assignment with another network; layers without a function take after those there are."""
    old = assignment.network
    if activations is None:
        same = widths is None or len(widths) == len(old.widths)
        activations = old.activations if same else usual_activations(old, len(widths or ()) - 1)
    mode = bias or bias_mode(assignment)
    network = Network(widths or old.widths, activations, loss or old.loss, mode != "none")
    return replace(assignment, network=network, train_biases=mode != "fixed")


def _describe(state: AskedExercise, **changes: Any) -> AskedExercise:
    return replace(state, assignment=described(state.assignment, **changes))


def _parse_answers(text: str, state: AskedExercise) -> tuple[tuple[str, str], ...]:
    """Return answers by quantity id; raises PartlyFitsError with those that fit, naming the others."""
    problems: list[str] = []
    try:
        answers = parse_answers(text, state.exercise)
    except PartlyFitsError as error:
        answers, problems = error.value, list(error.sentences)
    asked = takes(state.assignment)
    known = answerable(state.exercise)
    problems += [
        f"answers got a number for {number_label(known[name], state.convention)}, which is not asked for."
        for name, _ in answers
        if name not in asked
    ]
    found = tuple((name, given) for name, given in answers if name in asked)
    if problems:
        raise PartlyFitsError(found, problems)
    return found


def _parse_open(text: str, state: AskedExercise) -> tuple[str, ...]:
    names = text.split(_BETWEEN)
    answered = [name for name, _ in state.answers]
    for name in names:
        if name not in answered:
            raise ValueError("open got a number without an answer; only answers can be opened.")
    return tuple(name for name in answered if name in names)


def _put(name: str) -> Any:
    return lambda state, value: replace(state, **{name: value})


CODEC = Codec(
    "exercise",
    _USUAL,
    (
        *network_parts(attrgetter("assignment"), _describe),
        field(
            _USUAL,
            "eta",
            "assignment.learning_rate",
            exact,
            lambda text: parse_number(text, "eta", 0, above_low=True),
        ),
        field(_USUAL, "ask", "assignment.asked", ".".join, several("ask", ASKABLE)),
        field(
            _USUAL, "decimals", "assignment.decimals", str, lambda text: whole(text, "decimals", *DECIMALS)
        ),
        field(_USUAL, "seed", "seed", str, lambda text: whole(text, "seed", 0, MAX_SEED)),
        field(_USUAL, "lock", "lock", str, parse_lock),
        Parameter(
            "key",
            lambda state: state.key,
            _put("key"),
            str,
            lambda text, state: parse_key(text, state.lock),
            lambda _state: "",
        ),
        field(_USUAL, "student", "student", str, parse_student),
        Parameter(
            "answers",
            lambda state: state.answers,
            _put("answers"),
            write_answers,
            _parse_answers,
            lambda _state: (),
        ),
        Parameter(
            "open", lambda state: state.open, _put("open"), _BETWEEN.join, _parse_open, lambda _state: ()
        ),
        refused_parameter(lambda state: takes(state.assignment), attrgetter("exercise")),
        field(_USUAL, "show", "group", str, choice("show", GROUPS)),
        field(_USUAL, "speak", "speak", str, choice("speak", CONVENTIONS)),
        field(_USUAL, "hints", "hints", str, lambda text: whole(text, "hints", 0, HINTS)),
    ),
)
read = CODEC.read
write = CODEC.write
