"""The numbers that a print has besides those in the boxes on the screen."""

from html import escape

from core.mistakes import Verdict
from ui.check_working.state import CheckWorking
from ui.text.answers import GROUPS, answerable, group_of, number_label
from ui.text.marks import mark_of
from ui.text.markup import html_table


def paper_html(state: CheckWorking, found: tuple[Verdict, ...]) -> str:
    """Return a table for each group that has numbers, but for the one that is shown; "" for none."""
    known, texts = answerable(state.start), dict(state.answers)
    tables = []
    for name, group in GROUPS.items():
        verdicts = [each for each in found if group_of(known[each.quantity]) == name]
        if name == state.shown or not verdicts:
            continue
        rows = [
            _row(number_label(known[each.quantity], state.convention), texts[each.quantity], each)
            for each in verdicts
        ]
        titles = ("Number", "Yours", "What it is")
        tables.append(html_table(titles, rows, caption=group.label, kind="paper audit"))
    return f'<div class="on-paper">{"".join(tables)}</div>' if tables else ""


def _row(name: str, text: str, verdict: Verdict) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in (text, mark_of(verdict).words))
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
