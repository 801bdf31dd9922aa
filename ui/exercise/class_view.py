"""What a class has answered, from the links that students send back: nothing of it is kept."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qs

from core.answers import without_sign
from core.assignment import asked_ids, plain_name
from core.mistakes import MISTAKES, Verdict
from ui.components.answer_boxes.payload import place_of
from ui.exercise.link import read
from ui.exercise.marks import has_decimals, mark_of
from ui.exercise.state import AskedExercise
from ui.figures.class_map import Slips
from ui.practice.verdicts import judged
from ui.text.answers import answerable, number_label
from ui.text.numbers import quote

MAX_LINKS = 400
# A pasted mail has more lines without a link than are worth a sentence each.
MAX_NAMED = 3
MAX_RANGES = 12
# In longer texts, of which a class has none, no links are looked for.
MAX_LINKS_TEXT = 2_000_000
# What a query string follows, what ends it, and what may stand right behind it.
_BEFORE_QUERY, _AFTER_QUERY = re.compile(r"(?<![\w.%-])exercise/?\?"), re.compile(r'[][<>()"#]')
_BEHIND = ".,;:!?)]}'’”»*`"
# What the numbers are drawn from, and what of them is asked. Where one of these does not fit in a link, its
# answers belong to other numbers.
DRAWN_FROM = ("v", "net", "f", "loss", "bias", "eta", "ask", "decimals", "seed", "lock", "student")
_OTHERS_KEPT = " The other answers are kept."


class Returned(NamedTuple):
    """What one student has sent back, and the line that it stands in."""

    line: int
    state: AskedExercise
    found: tuple[Verdict, ...]

    @property
    def name(self) -> str:
        """Return the student's name, or the line where there is none."""
        return self.state.student or f"line {self.line}"

    @property
    def whole(self) -> tuple[Verdict, ...]:
        """Return what was found about the answers that have enough decimals."""
        return tuple(one for one in self.found if has_decimals(one, self.state.assignment))

    @property
    def first_wrong(self) -> Verdict | None:
        """Return the first slip."""
        return next((verdict for verdict in self.whole if verdict.verdict == "wrong"), None)

    def count(self, kind: str) -> int:
        """Return how many answers have a mark of a kind."""
        return sum(mark_of(verdict, self.state.assignment).kind == kind for verdict in self.found)


class MadeMistake(NamedTuple):
    """A mistake: its sentence, who has made it, and where it was first seen."""

    sentence: str
    students: tuple[str, ...]
    places: tuple[str, ...]


def read_links(text: str) -> tuple[list[Returned], list[str]]:
    """Return what students have sent, a link in each line, and a sentence for each line that does not fit.

    All have to be of the exercise that the first one is of; of two links of a student the later counts.
    """
    if len(text) > MAX_LINKS_TEXT:
        return [], [f"Links got {len(text):,} characters; {MAX_LINKS_TEXT:,} are allowed."]
    lines = [(place, line.strip()) for place, line in enumerate(text.splitlines(), start=1) if line.strip()]
    problems: list[str] = []
    if len(lines) > MAX_LINKS:
        problems.append(f"Links got {len(lines):,} lines; the first {MAX_LINKS} are read.")
    returned: dict[str, Returned] = {}
    first: Returned | None = None
    lines = lines[:MAX_LINKS]
    others = [place for place, line in lines if not _queries(line)]
    if len(others) > MAX_NAMED:
        problems.append(f"Lines {_ranges(others)} are no links of an exercise.")
        lines = [(place, line) for place, line in lines if place not in others]
    for place, line in lines:
        try:
            one, sentences = _read_line(place, line)
            problems += [f"Line {place}: {sentence}" for sentence in sentences]
            first = first or one
            _refuse_other(one, first)
        except ValueError as error:
            problems.append(f"Line {place}: {error}")
            continue
        earlier = returned.pop(plain_name(one.name), None)
        if earlier:
            problems.append(
                f"Line {place}: {quote(one.name)} is in line {earlier.line} too; this one counts."
            )
        returned[plain_name(one.name)] = one
    return [*returned.values()], problems


def _ranges(places: Sequence[int]) -> str:
    """Return ascending numbers as a text, neighbors as one range; the first `MAX_RANGES` of them."""
    ranges: list[list[int]] = []
    for place in places:
        if ranges and place == ranges[-1][-1] + 1:
            ranges[-1].append(place)
        else:
            ranges.append([place])
    texts = [f"{each[0]} to {each[-1]}" if len(each) > 1 else f"{each[0]}" for each in ranges[:MAX_RANGES]]
    left = sum(map(len, ranges[MAX_RANGES:]))
    texts += [f"{left} more"] if left else []
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if texts[1:] else texts)


def _read_line(place: int, line: str) -> tuple[Returned, list[str]]:
    """Return what a line holds, and what of it did not fit; raises ValueError with a sentence."""
    texts = _queries(line)
    if not texts:
        raise ValueError(f"{quote(line)} is no link of an exercise.")
    if len(texts) > 1:
        raise ValueError(f"{quote(line)} has {len(texts)} links; it takes one.")
    query = parse_qs(texts[0], keep_blank_values=True)
    _, unfit = read({name: query[name][-1:] for name in DRAWN_FROM if name in query})
    if unfit:
        raise ValueError(f"the link does not count: {unfit[0].removeprefix('Link: ')}")
    state, problems = read(query)
    if state.lock and not state.student:
        raise ValueError("the link has no student's name, which the numbers are drawn from.")
    if not state.answers:
        reasons = " ".join(problem.removeprefix("Link: ") for problem in problems)
        who = f"the link of {quote(state.student)}" if state.student else "the link"
        # Of none that fits there are no others.
        raise ValueError(f"{who} has no answers. {reasons.replace(_OTHERS_KEPT, '')}".strip())
    found = judged(state.exercise, state.answers)
    return Returned(place, state, found), [problem.removeprefix("Link: ") for problem in problems]


def _queries(line: str) -> list[str]:
    """Return the query strings of the links in a line, without what stands around them."""
    found = []
    for behind in _BEFORE_QUERY.split(line)[1:]:
        words = _AFTER_QUERY.split(behind, maxsplit=1)[0].split()
        # A name may have come with its spaces; what follows the answers is no part of the link.
        last = max((place for place, word in enumerate(words) if "&answers=" in word), default=0)
        found.append(" ".join(words[: last + 1]).rstrip(_BEHIND))
    # Mail and Markdown write a link twice.
    return [*dict.fromkeys(query for query in found if query)]


def _refuse_other(one: Returned, first: Returned) -> None:
    kinds = [(each.state.assignment, each.state.seed, each.state.lock) for each in (one, first)]
    if kinds[0] != kinds[1]:
        raise ValueError(f"the link is of another exercise than that of line {first.line}.")


def slips_by_number(returned: list[Returned]) -> dict[str, Slips]:
    """Return the slips at each number that is asked, by its id, in the order of the pass."""
    asked = asked_ids(returned[0].state.assignment)
    answered, slips = Counter[str](), Counter[str]()
    for one in returned:
        for verdict in one.whole:
            name = without_sign(verdict.quantity)
            answered[name] += 1
            slips[name] += verdict.verdict == "wrong"
    return {name: Slips(slips[name], answered[name]) for name in asked}


def slips_by_place(returned: list[Returned]) -> dict[str, Slips]:
    """Return at each unit and weight how many students answered, and how many of them made a slip there."""
    network = returned[0].state.assignment.network
    answered, slips = Counter[str](), Counter[str]()
    for one in returned:
        answered.update({place_of(verdict.quantity, network) for verdict in one.whole})
        wrong = [verdict for verdict in one.whole if verdict.verdict == "wrong"]
        slips.update({place_of(verdict.quantity, network) for verdict in wrong})
    return {place: Slips(slips[place], answered[place]) for place in answered if place}


def made_mistakes(returned: list[Returned]) -> list[MadeMistake]:
    """Return the mistakes that slips may come from, those of the most students first."""
    students: dict[str, list[str]] = {}
    places: dict[str, list[str]] = {}
    for one in returned:
        for name, where in _mistakes_of(one):
            students.setdefault(name, []).append(one.name)
            places.setdefault(name, []).append(where)
    found = [
        MadeMistake(MISTAKES[name].sentence, tuple(dict.fromkeys(who)), tuple(dict.fromkeys(places[name])))
        for name, who in students.items()
    ]
    return sorted(found, key=lambda mistake: -len(mistake.students))


def _mistakes_of(one: Returned) -> Iterator[tuple[str, str]]:
    known: Mapping[str, object] = MISTAKES
    for verdict in one.whole:
        label = number_label(answerable(one.state.exercise)[verdict.quantity], one.state.convention)
        yield from ((name, label) for name in verdict.mistakes if name in known)
