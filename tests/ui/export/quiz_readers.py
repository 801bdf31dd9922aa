"""Strict readers of Moodle XML with cloze questions, and of GIFT: they raise ValueError for anything else."""

import re
from typing import NamedTuple
from xml.etree import ElementTree

_NUMBER = r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?"


class Answer(NamedTuple):
    """An answer: how much of the mark it has, in percent, its number, the tolerance and the feedback."""

    percent: float
    value: float
    tolerance: float
    feedback: str

    def takes(self, typed):
        """Whether the platform counts a typed number as this answer."""
        return abs(typed - self.value) <= self.tolerance * (1 + 1e-9)


class Read(NamedTuple):
    """A question: its title, its text and its answers in the order in which they are tried."""

    title: str
    text: str
    answers: list[Answer]

    def grade(self, typed):
        """The percent and the feedback for a typed number; None where no answer takes it."""
        return next(
            ((answer.percent, answer.feedback) for answer in self.answers if answer.takes(typed)), None
        )


def split(text, sign):
    """Split where a sign stands without a backslash before it."""
    return re.split(rf"(?<!\\){re.escape(sign)}", text)


def unescape(text, signs):
    """The text without the backslashes before signs; any other backslash, or a bare sign, is a fault."""
    plain = re.sub(r"\\(.)", lambda match: match[1] if match[1] in signs + "\\" else fail(match[0]), text)
    for sign in signs:
        if len(split(text, sign)) > 1:
            fail(f"a bare {sign} in {text}")
    return plain


def fail(what):
    raise ValueError(what)


def read_number_and_tolerance(text):
    match = re.fullmatch(rf"({_NUMBER}):({_NUMBER})", text) or fail(text)
    return float(match[1]), float(match[2])


def read_gift(text):
    """The questions of a GIFT file: paragraphs, each ::title::text {# =answers}."""
    paragraphs = re.split(r"\n[ \t]*\n", text.strip())
    questions = []
    for part in paragraphs:
        if part.startswith("$CATEGORY: "):
            assert "\n" not in part
            continue
        match = re.fullmatch(
            r"::(?P<title>.*?)(?<!\\)::(?P<text>.*?)(?<!\\)\{#(?P<answers>.*)\}", part, re.DOTALL
        )
        match = match or fail(part)
        answers = []
        for line in match["answers"].strip().split("\n"):
            answer, *feedback = split(
                line.strip().removeprefix("=") if line.strip()[0] == "=" else fail(line), "#"
            )
            percent = re.match(r"%(\d+)%", answer)
            value, tolerance = read_number_and_tolerance(answer[percent.end() :] if percent else answer)
            words = unescape(feedback[0], "~=#{}:") if feedback else ""
            answers.append(Answer(float(percent[1]) if percent else 100, value, tolerance, words))
        questions.append(Read(unescape(match["title"], "~=#{}:"), unescape(match["text"], "~=#{}:"), answers))
    return questions


def read_moodle(text):
    """The boxes of each cloze question of a Moodle XML file, by the question's name."""
    root = ElementTree.fromstring(text)  # noqa: S314
    assert root.tag == "quiz"
    category, *questions = root
    assert category.get("type") == "category"
    assert (category.findtext("category/text") or "").startswith("$course$/")
    found = {}
    for question in questions:
        assert question.get("type") == "cloze"
        assert [part.get("format") for part in question.findall("questiontext")] == ["html"]
        html = question.findtext("questiontext/text") or ""
        boxes = re.findall(r"<p>([^<{]*) = \{1:NUMERICAL:((?:\\.|[^}\\])*)\}</p>", html)
        rest = re.sub(r"\{1:NUMERICAL:((?:\\.|[^}\\])*)\}", "", html)
        # What is left is HTML that is well-formed.
        ElementTree.fromstring(f"<div>{rest}</div>")  # noqa: S314
        assert "{" not in rest
        found[question.findtext("name/text")] = [Read(label, rest, read_cloze(box)) for label, box in boxes]
    return found


def read_cloze(text):
    answers = []
    for part in split(text, "~"):
        answer, *feedback = split(part, "#")
        match = re.fullmatch(rf"%(\d+)%({_NUMBER}:{_NUMBER})", answer) or fail(answer)
        words = unescape(feedback[0], '}#~/"') if feedback else ""
        value, tolerance = read_number_and_tolerance(match[2])
        answers.append(Answer(float(match[1]), value, tolerance, words))
    return answers
