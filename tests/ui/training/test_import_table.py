"""Tables of whatever program wrote them: what is read, and that nothing uncertain is read without a note."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.training.import_table import KINDS, Choices, read_table

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
    assert len(EXPECTED) >= 41


NAMES = ("x", "a~b", "Größe", "naïve ton", "x_2", "price in $")
TEXTS = ("red", "blue", "New York", "O'Neil", "com,ma", "semi;colon", "Zürich")


@st.composite
def written_tables(draw):
    """Return a table of known values, and it as a file of some dialect."""
    separator = draw(st.sampled_from([",", ";", "\t", "|", " "]))
    decimal = draw(st.sampled_from(".,"))
    grouped = draw(st.booleans())
    # Three decimals can be thousands too.
    decimals = draw(st.sampled_from([1, 2, 4]))
    missing = draw(st.sampled_from(["NA", "?", "null"] if separator == " " else ["", "NA", "?", "null"]))
    numbers = st.none() | st.integers(-(10**9), 10**9).map(lambda n: n / 10**decimals)
    number_columns = draw(st.integers(1, 4))
    rows = draw(
        st.lists(
            st.tuples(*[numbers] * number_columns, st.sampled_from(TEXTS)),
            min_size=3,
            max_size=12,
        ).filter(lambda rows: all(sum(v is not None for v in c) > 1 for c in zip(*rows, strict=True)))
    )
    signs = str.maketrans(".,", decimal + ("." if decimal == "," else ","))

    def cell(value):
        if value is None or isinstance(value, str):
            return missing if value is None else value
        return f"{value:{',' if grouped else ''}.{decimals}f}".translate(signs)

    # A first row without a number is a header to anybody.
    header = draw(st.booleans()) or all(value is None for value in rows[0][:-1])
    names = draw(st.permutations(NAMES))[: number_columns + 1]
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=separator,
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])),
    )
    writer.writerows([names] * header)
    writer.writerows([cell(value) for value in row] for row in rows)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]))
    return names if header else None, rows, separator, text.getvalue().encode(encoding)


@given(written_tables())
def test_a_table_reads_back_exactly_in_whatever_dialect_it_is_written(written):
    names, rows, separator, data = written
    table = read_table(data)
    if "separator" in table.uncertain:
        # 0,5 red is a number and a text, or a number and some reds.
        assert has_note(table, "separated by .* not certain")
        table = read_table(data, Choices(separator=separator))
    assert names is None or [each.name for each in table.columns] == list(names)
    assert table.rows == tuple(rows)


@given(written_tables())
def test_what_was_decided_reads_any_table_the_same_again(written):
    table = read_table(written[-1])
    again = read_table(written[-1], table.choices)
    assert (again.rows, again.choices) == (table.rows, table.choices)
    assert not again.uncertain


@given(
    st.lists(
        st.lists(
            st.integers(0, 10**7).map(lambda n: n / 1000) | st.integers(0, 10**7), min_size=2, max_size=2
        ),
        min_size=2,
        max_size=6,
    ),
    st.sampled_from([";", "\t"]),
    st.sampled_from(".,"),
    st.booleans(),
)
def test_no_number_is_read_wrong_without_a_note(rows, separator, decimal, grouped):
    thousands = {".": ",", ",": "."}[decimal] if grouped else ""
    signs = str.maketrans(".,", decimal + thousands) if grouped else str.maketrans(".", decimal)

    def cell(value):
        decimals = ".3f" if isinstance(value, float) else ""
        return f"{value:{',' if grouped else ''}{decimals}}".translate(signs)

    lines = ["x" + separator + "y", *(separator.join(map(cell, row)) for row in rows)]
    data = "\n".join(lines).encode()
    table = read_table(data, Choices(kinds=(("x", "number"), ("y", "number"))))
    exact = tuple(map(tuple, rows))
    for place, column in enumerate("xy"):
        if [row[place] for row in table.rows] != [row[place] for row in rows]:
            assert any(f"“{column}”" in note for note in table.notes)
    chosen = Choices(decimal=decimal, thousands=thousands, kinds=(("x", "number"), ("y", "number")))
    assert read_table(data, chosen).rows == exact


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(str.encode)
    | st.text("1.,;\t \n\"'-#x", max_size=80).map(str.encode)
)
def test_whatever_comes_is_read_or_refused_in_a_sentence(data):
    try:
        table = read_table(data)
    except ValueError as error:
        one_sentence(str(error))
        return
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert len(table.rows) == len(table.row_numbers)
    for note in table.notes:
        assert note.endswith(".")
        assert "\n" not in note
    again = read_table(data, table.choices)
    assert again.rows == table.rows


CELLS = (
    *(
        "1",
        "2",
        "3.5",
        "1.250",
        "1,5",
        "1.250,5",
        "1 250",
        "1'000",
        "007",
        "1e5",
        "(1.5)",
        "–2",
        "-999",
        "inf",
    ),
    *("12 cm", "3 m", "5%", "$4", "-", "none", "NA", "", "yes", "Yes", "a b", "#", "2023-01-05", "20230105"),
)


@given(
    st.lists(
        st.lists(st.sampled_from(CELLS), min_size=1, max_size=3).flatmap(
            lambda cells: st.lists(st.sampled_from(cells), min_size=5, max_size=5)
        ),
        min_size=2,
        max_size=4,
    ),
    st.booleans(),
)
def test_what_was_decided_of_untidy_columns_reads_them_the_same_again(columns, header):
    names = [f"c{place}" for place in range(len(columns))]
    data = "\n".join(";".join(row) for row in [names] * header + list(zip(*columns, strict=True))).encode()
    try:
        table = read_table(data)
    except ValueError as error:
        one_sentence(str(error))
        return
    assert same(read_table(data, table.choices), table)
    types = {"number": float, "category": str, "unused": float | str}
    for column, values in zip(table.columns, zip(*table.rows, strict=True), strict=True):
        assert all(value is None or isinstance(value, types[column.kind]) for value in values)


@given(
    st.lists(
        st.lists(st.sampled_from(["3", "1.25", "$1.50", "2,5 €", '"2\n3"', "yes"]), min_size=5, max_size=5),
        min_size=2,
        max_size=3,
    ),
    st.builds(
        Choices,
        separator=st.just(";"),
        decimal=st.sampled_from([None, ".", ","]),
        thousands=st.sampled_from([None, "", " "]),
        header=st.sampled_from([None, True, False]),
        missing=st.sampled_from([None, ("3",)]),
        kinds=st.tuples(st.tuples(st.just("c0"), st.sampled_from(KINDS))),
    ),
)
def test_whatever_is_chosen_a_table_is_read_or_refused_for_what_is_in_it(columns, choices):
    names = [f"c{place}" for place in range(len(columns))]
    data = "\n".join(";".join(row) for row in [names, *zip(*columns, strict=True)]).encode()
    try:
        table = read_table(data, choices)
    except ValueError as error:
        one_sentence(str(error))
        return
    assert len(table.rows) == len(table.row_numbers)
    assert not any("\n" in note for note in table.notes)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("a;b\n1.250;2\n3.400;1\n2.750;3\n", 1250),
        ("a;b\n1.250;2.500\n3.400;1.125\n2.750;3.375\n", 1250),
        ("a;b\n1.250;2\n0.400;1\n2.750;3\n", 1.25),
        ("a;b\n1.250;2.5\n3.400;1.1\n2.750;3.3\n", 1.25),
        ("a;b\n1.250;2\n3400;1\n2.750;3\n", 1.25),
        ("a\tb\n1.250\t2\n3.400\t1\n2.750\t3\n", 1.25),
        ('a,b\n"1,250",2\n"3,400",1\n"2,750",3\n', 1250),
        ("a;b\n1,250;2\n3,400;1\n2,750;3\n", 1.25),
    ],
)
def test_a_point_or_comma_before_three_digits_is_what_is_likelier_with_the_separator(text, first):
    table = read_table(text.encode())
    assert table.rows[0][0] == first
