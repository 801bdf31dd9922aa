"""The first rows of a table as it is read, and its columns with their kinds, as HTML."""

from html import escape

from ui.text.markup import html_table, scrolling
from ui.text.numbers import exact_on_screen
from ui.training.importing.notes import short
from ui.training.importing.records import ImportedColumn, Value
from ui.training.pending_import import Preview

KIND_WORDS = {"number": "number", "category": "category", "unused": "not used"}
# As many as are looked at; what is sent of a wide table would be mostly out of sight.
MOST_COLUMNS = 30


def preview_html(preview: Preview) -> str:
    """Return the first rows as a table that scrolls by itself, under the names and kinds of the columns."""
    shown = preview.columns[:MOST_COLUMNS]
    heads = "".join(
        f'<th scope="col" class="{column.kind}">{escape(short(column.name))}'
        f"<small>{KIND_WORDS[column.kind]}</small></th>"
        for column in shown
    )
    rows = "".join(
        f'<tr><th scope="row">{number:d}</th>{"".join(map(_cell, shown, row))}</tr>'
        for number, row in zip(preview.row_numbers, preview.rows, strict=True)
    )
    left_out = len(preview.columns) - len(shown)
    more = f'<p class="note">and {left_out:,} more columns</p>' if left_out else ""
    table = f'<table><thead><tr><th scope="col">row</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return scrolling(table, "The first rows as they are read", kind="preview") + more


def columns_html(preview: Preview) -> str:
    """Return the columns with their kinds and why they are of these, as a table that scrolls by itself."""
    rows = (
        f'<tr><th scope="row">{escape(short(column.name))}</th><td>{KIND_WORDS[column.kind]}</td>'
        f"<td>{escape(column.why)}</td></tr>"
        for column in preview.columns
    )
    table = html_table(("column", "kind", "why"), rows)
    return scrolling(table, "The columns and their kinds", kind="preview columns")


def _cell(column: ImportedColumn, value: Value) -> str:
    if value is None:
        return f'<td class="{column.kind}"><i>missing</i></td>'
    text = short(value) if isinstance(value, str) else exact_on_screen(value)
    number = "" if isinstance(value, str) else " value"
    return f'<td class="{column.kind}{number}">{escape(text)}</td>'
