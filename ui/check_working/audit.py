"""A whole sheet that was pasted: its lines, with a mark behind each number and what was found about them."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from core.exercise import Exercise
from core.mistakes import Verdict, diagnose
from ui.check_working.reading import Sheet, SheetNumber, read_sheet, repeated_sentence
from ui.check_working.state import CheckWorking
from ui.memory import remembered
from ui.practice.hints import first_wrong
from ui.text.answers import answerable, number_label
from ui.text.conventions import Convention
from ui.text.findings import finding
from ui.text.marks import mark_of
from ui.text.markup import html_table
from ui.text.symbols import unbroken

SIGNS = {"right": "✓", "follows": "→", "wrong": "✗"}


class LinePiece(NamedTuple):
    """A piece of a line: its text and, where it is numbers, what the worst of them is, in full."""

    text: str
    kind: str = ""
    words: str = ""


class SheetLine(NamedTuple):
    """A line of a sheet: its pieces, what was found about its numbers, and whether it is lit."""

    pieces: tuple[LinePiece, ...]
    findings: tuple[str, ...]
    is_lit: bool


def audit(state: CheckWorking) -> tuple[SheetLine, ...]:
    """Return the lines of the state's sheet, one of which is lit.

    That is the one of the first number in the order of the pass that differs, or else the first with a
    finding. Each number is judged by those of the sheet alone; of one that is given twice the last counts.
    Raises ValueError with a sentence for a sheet that cannot be read.
    """
    return _audit(state.start, state.sheet, state.convention)


@remembered
def _audit(exercise: Exercise, text: str, convention: Convention) -> tuple[SheetLine, ...]:
    sheet = read_sheet(text, exercise, convention)
    found = diagnose(exercise, sheet.texts)
    verdicts = {verdict.quantity: verdict for verdict in found}
    wrong = first_wrong(found)
    lines = [*_lines(sheet, verdicts, exercise, convention)]
    lit = next((k for k, (_, _, ids) in enumerate(lines) if wrong and wrong.quantity in ids), None)
    if lit is None:
        lit = next((k for k, (_, findings, _) in enumerate(lines) if findings), None)
    return tuple(SheetLine(pieces, findings, k == lit) for k, (pieces, findings, _) in enumerate(lines))


def _lines(
    sheet: Sheet, verdicts: Mapping[str, Verdict], exercise: Exercise, convention: Convention
) -> Iterator[tuple[tuple[LinePiece, ...], tuple[str, ...], set[str]]]:
    known = answerable(exercise)
    start = 0
    for text in sheet.text.split("\n"):
        end = start + len(text)
        here = [entry for entry in sheet.entries if start <= entry.start <= end]
        findings = []
        for entry in here:
            name = number_label(known[entry.id], convention)
            if entry.text != sheet.texts[entry.id]:
                findings.append(repeated_sentence(name, sheet.repeated[entry.id]))
            else:
                findings.append(finding(name, entry.text, verdicts[entry.id]))
        found = tuple(dict.fromkeys(each for each in findings if each))
        yield (
            tuple(_pieces(sheet, start, end, here, verdicts)),
            found,
            {entry.id for entry in here if entry.text == sheet.texts[entry.id]},
        )
        start = end + 1


def _pieces(
    sheet: Sheet, start: int, end: int, entries: list[SheetNumber], verdicts: Mapping[str, Verdict]
) -> Iterator[LinePiece]:
    at = start
    spans = dict.fromkeys((entry.start, min(entry.end, end)) for entry in entries)
    for first, last in sorted(spans):
        judged = [
            mark_of(verdicts[entry.id])
            for entry in entries
            if entry.start == first and entry.text == sheet.texts[entry.id]
        ]
        worst = max(judged, key=lambda mark: [*SIGNS].index(mark.kind), default=None)
        yield LinePiece(sheet.text[at:first])
        yield LinePiece(sheet.text[first:last], *((worst.kind, worst.words) if worst else ()))
        at = last
    yield LinePiece(sheet.text[at:end])


def audit_html(lines: tuple[SheetLine, ...]) -> str:
    """Return the lines as a table: what was pasted, and beside it what was found."""
    rows = (
        f'<tr class="{"lit" if line.is_lit else ""}"><td>{"".join(map(_piece_html, line.pieces))}</td>'
        f"<td>{''.join(f'<p>{escape(unbroken(sentence))}</p>' for sentence in line.findings)}</td></tr>"
        for line in lines
    )
    return html_table(("Your sheet", "What was found"), rows, kind="audit")


def _piece_html(piece: LinePiece) -> str:
    if not piece.kind:
        return escape(piece.text)
    words = escape(piece.words)
    return (
        f'<span class="checked {piece.kind}" title="{words}">{escape(piece.text)}'
        f'<sup role="img" aria-label="{words}">{SIGNS[piece.kind]}</sup></span>'
    )
