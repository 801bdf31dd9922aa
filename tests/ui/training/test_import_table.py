"""Tables of whatever program wrote them: what is read, and that nothing uncertain is read without a note."""

import json
import re
from pathlib import Path

import pytest

from ui.training.import_table import Choices, read_table

TABLES = Path(__file__).parent / "tables"
EXPECTED = json.loads((TABLES / "expected.json").read_text(encoding="utf-8"))


def one_sentence(text):
    assert "\n" not in text
    assert text.endswith(".")
    assert len(text) < 250
    return text


def refused(data, **choices):
    with pytest.raises(ValueError) as refusal:
        read_table(data, Choices(**choices))
    return one_sentence(str(refusal.value))


def names(table):
    return [column.name for column in table.columns]


def kinds(table):
    return [column.kind for column in table.columns]


def has_note(table, pattern):
    return any(re.search(pattern, note, re.IGNORECASE) for note in table.notes)


def same(one, other):
    """Return whether two tables have the same columns, rows and decisions."""
    return (names(one), kinds(one), one.rows, one.choices) == (
        names(other),
        kinds(other),
        other.rows,
        other.choices,
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_reads_a_file_that_was_in_trouble_elsewhere(name):
    expected = EXPECTED[name]
    data = (TABLES / name).read_bytes()
    if "refused" in expected:
        assert expected["refused"] in refused(data)
        return
    table = read_table(data)
    assert expected.get("names") in (None, names(table))
    assert len(set(names(table))) == len(names(table))
    assert expected.get("kinds") in (None, kinds(table))
    assert expected.get("first") in (None, list(table.rows[0]))
    assert expected.get("rows") in (None, len(table.rows))
    for row, column in expected.get("missing", []):
        assert table.rows[row][column] is None
    if "categories" in expected:
        column, number = expected["categories"]
        assert len({row[column] for row in table.rows}) == number
    assert has_note(table, expected.get("note", "")) or "note" not in expected


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "refused" not in expected])
def test_what_was_decided_reads_the_file_the_same_again(name):
    data = (TABLES / name).read_bytes()
    table = read_table(data)
    again = read_table(data, table.choices)
    assert same(again, table)
    assert not again.uncertain


def test_there_are_all_files_of_the_list():
    assert {path.name for path in TABLES.iterdir()} == {*EXPECTED, "expected.json"}
    assert len(EXPECTED) == 41
