"""Tables of somebody's own: what people save is read, and what cannot be used is named in one sentence."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.limits import MAX_BYTES, MAX_CLASSES, MAX_FEATURES, MAX_ROWS
from ui.training.own_data import DataTable, prepare, read_csv

PEOPLE = DataTable(
    ("age", "sex", "paid", "height"),
    (
        ("20", "f", "yes", "1.7"),
        ("30", "m", "no", "1.8"),
        ("40", "f", "no", "1.6"),
        ("50", "m", "yes", "1.9"),
    ),
)


def one_sentence(error):
    text = str(error)
    assert "\n" not in text
    assert text.endswith(".")
    assert len(text) < 250
    return text


def refused(call, *arguments):
    with pytest.raises(ValueError) as refusal:
        call(*arguments)
    return one_sentence(refusal.value)


def column(cells, name="a", goal="b"):
    """Return a table of the cells and, as a target, the numbers from 5 on."""
    return DataTable((name, goal), tuple((cell, str(5 + k)) for k, cell in enumerate(cells)))


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,x\n2,y\n",
        b"a;b\r\n1;x\r\n2;y",
        b"a\tb\r1\tx\r2\ty\r",
        b"\xef\xbb\xbfa,b\n1,x\n2,y\n",
        b'"a","b"\n"1","x"\n"2","y"\n',
        b'\n\na, b\n1, "x"\n2, y\n\n\n',
        b" a , b\n1,x\n2,y",
    ],
)
def test_reads_the_files_that_programs_write(content):
    assert read_csv(content) == DataTable(("a", "b"), (("1", "x"), ("2", "y")))


def test_decimal_commas_and_other_separators_in_cells_do_not_confuse():
    assert read_csv(b"a;b\n0,5;1,25\n-1,5;2").rows == (("0,5", "1,25"), ("-1,5", "2"))
    assert read_csv(b"a,note\n1,x;y\n2,z").rows == (("1", "x;y"), ("2", "z"))
    assert read_csv(b'height, cm;b\n"1;5";2').columns == ("height, cm", "b")
    assert read_csv(b'a,b\n"x, ""y""",2\n').rows == (('x, "y"', "2"),)


def test_reads_utf8_and_what_windows_calls_latin1():
    assert read_csv("größe,b\n1,é\n".encode()).columns == ("größe", "b")
    assert read_csv("größe,b\n1,é\n".encode("latin-1")) == DataTable(("größe", "b"), (("1", "é"),))
    assert read_csv("preis €,b\n1,2\n".encode("cp1252")).columns == ("preis €", "b")


def test_a_blank_line_keeps_the_numbers_of_the_rows_below():
    table = read_csv(b"a,b\n1,2\n\n3,x\n5,6\n7,8")
    assert table.rows[1] == ("", "")
    assert refused(prepare, table, "a", ("b",)) == (
        "Row 4, column b: got “x”; it takes a number or stays empty."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty; it takes a CSV file with a header row."),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b" \r\n\n ", "The file is empty"),
        (
            b"PK\x03\x04\x00\x00",
            "The file is not plain text; it takes a CSV file, saved as UTF-8 or Latin-1.",
        ),
        ("a,b\n1,2".encode("utf-16"), "The file is not plain text"),
        (b"a,b\n", "The file has a header and no rows below it; it takes a row for each sample."),
        (b"1,2\n3,4\n", "The first row holds nothing but numbers; it takes a header row of column names."),
        (b"a,b,c,d\n1,2,3,4\n\n\n\n\n1,2,3\n", "Row 7 has 3 cells; the header has 4."),
        (b"a,b\n1\n", "Row 2 has 1 cell; the header has 2."),
        (b"a;b;c\n1,5;2;3\n1,5;2,5\n", "Row 3 has 2 cells; the header has 3."),
        (b"a,,c\n1,2,3\n", "Column 2 has no name; the header row names every column."),
        (b"a,b, a\n1,2,3\n", "The header has the name “a” twice; every column takes its own."),
        (b'a,b\n1,2\n"3,4\n', "Row 3 cannot be read; check its quotation marks."),
        (b'"a,b\n1,2\n', "Row 1 cannot be read; check its quotation marks."),
        (b"a,b\n" + b"x" * 200_000 + b",2\n", "Row 2 cannot be read"),
        (b"a" * (MAX_BYTES + 1), "The file has 5,000,001 bytes; 5,000,000 are allowed."),
        (b"a,b\n" + b"1,2\n" * (MAX_ROWS + 1), "The file has more than 50,000 rows; 50,000 are allowed."),
        (
            b",".join(b"c%d" % k for k in range(1001)) + b"\n",
            "The header has 1,001 columns; 1,000 are allowed.",
        ),
    ],
)
def test_says_what_is_wrong_with_a_file(content, sentence):
    assert refused(read_csv, content).startswith(sentence)


def test_as_many_rows_as_allowed_are_read():
    assert len(read_csv(b"a,b\n" + b"1,2\n" * MAX_ROWS).rows) == MAX_ROWS


@given(st.binary(max_size=200) | st.text('ab1.,;\t\n\r"\x85 \u2028ä', max_size=60).map(str.encode))
def test_any_bytes_are_a_table_or_refused_in_one_sentence(content):
    try:
        table = read_csv(content)
    except ValueError as error:
        one_sentence(error)
        return
    assert table.rows
    assert all(len(row) == len(table.columns) for row in table.rows)
    try:
        prepared = prepare(table, table.columns[-1], table.columns[:-1])
    except ValueError as error:
        one_sentence(error)
    else:
        assert np.all(np.isfinite(prepared.x))
        assert np.all(np.isfinite(prepared.y))


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).map(str.strip)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_what_a_spreadsheet_writes_reads_back(rows, separator):
    written = io.StringIO()
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *rows])
    assert read_csv(written.getvalue().encode()) == DataTable(("a", "b", "c"), tuple(rows))


def test_numbers_and_texts_become_inputs():
    prepared = prepare(PEOPLE, "height", ("age", "sex"))
    assert prepared.feature_names == ("age", "sex=f", "sex=m")
    assert prepared.x.tolist() == [[20, 1, 0], [30, 0, 1], [40, 1, 0], [50, 0, 1]]
    assert prepared.task == "regression"
    assert prepared.output_names == ("height",)
    assert prepared.y.tolist() == [[1.7], [1.8], [1.6], [1.9]]
    assert prepared.notes == ()
    assert prepared.numeric_inputs.tolist() == [True, False, False]


def test_two_texts_are_a_binary_target():
    prepared = prepare(PEOPLE, "paid", ("age",))
    assert (prepared.task, prepared.output_names) == ("binary", ("no", "yes"))
    assert prepared.y.tolist() == [[1], [0], [0], [1]]


def test_nothing_but_0_and_1_is_a_binary_target():
    prepared = prepare(DataTable(("y", "x"), (("0", "1"), ("1.0", "2"), ("0,0", "3"))), "y", ("x",))
    assert (prepared.task, prepared.output_names) == ("binary", ("0", "1"))
    assert prepared.y.tolist() == [[0], [1], [0]]


def test_three_texts_are_classes_and_three_numbers_a_regression():
    table = DataTable(("k", "n", "x"), (("c", "0", "1"), ("a", "1", "2"), ("b", "2", "3")))
    prepared = prepare(table, "k", ("x",))
    assert (prepared.task, prepared.output_names) == ("classes", ("a", "b", "c"))
    assert prepared.y.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert prepare(table, "n", ("x",)).task == "regression"


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["0.5", "0,5", "1e-3"], [0.5, 0.5, 0.001]),
        ([" 7 ", "−2", "+.5"], [7, -2, 0.5]),
        (["1,125", "2,250", "0,5"], [1.125, 2.25, 0.5]),
        (["1E2", "-3.", "0"], [100, -3, 0]),
    ],
)
def test_numbers_are_read_as_people_write_them(cells, numbers):
    assert prepare(column(cells), "b", ("a",)).x[:, 0].tolist() == numbers


@given(st.lists(st.floats(-1e15, 1e15), min_size=2, max_size=10))
def test_what_is_written_reads_back_to_the_last_digit(numbers):
    for texts in (map(repr, numbers), (repr(number).replace(".", ",") for number in [*numbers, 0.5])):
        read = prepare(column(list(texts)), "b", ("a",)).x[:, 0].tolist()
        assert read[: len(numbers)] == numbers


def test_rows_with_an_empty_cell_in_a_used_column_are_left_out_and_named():
    table = column(["1", "", "3", " NA ", "5", "nan", "?"])
    prepared = prepare(table, "b", ("a",))
    assert prepared.x[:, 0].tolist() == [1, 3, 5]
    assert prepared.y[:, 0].tolist() == [5, 7, 9]
    assert prepared.notes == ("4 rows were left out because a cell is empty: rows 3, 5, 7, 8.",)
    one = prepare(column(["1", "", "3"]), "b", ("a",))
    assert one.notes == ("1 row was left out because a cell is empty: row 3.",)
    many = prepare(column(["1", "2", *[""] * 1200]), "b", ("a",))
    assert many.notes == (
        "1,200 rows were left out because a cell is empty: rows 4, 5, 6, 7, 8 and 1,195 more.",
    )


def test_an_empty_cell_in_a_column_that_is_not_used_does_not_matter():
    table = DataTable(("a", "b", "c"), (("1", "2", ""), ("3", "4", "x"), ("5", "6", "7")))
    prepared = prepare(table, "b", ("a",))
    assert prepared.notes == ()
    assert len(prepared.x) == 3


def text_table(texts):
    return DataTable(("a", "b"), tuple((text, str(k)) for k, text in enumerate(texts)))


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["1", "abc", "2"], "Row 3, column a: got “abc”; it takes a number or stays empty."),
        (["1", "", "2", "1 2", "3"], "Row 5, column a: got “1 2”; it takes a number or stays empty."),
        (["1", "2", "1_000"], "Row 4, column a: got “1_000”; it takes a number or stays empty."),
        (["1", "2", "٣"], "Row 4, column a: got “٣”; it takes a number"),
        (["1", "2", "1/2"], "Row 4, column a: got “1/2”; it takes a number"),
        (["1", "2", "1.2.3"], "Row 4, column a: got “1.2.3”; it takes a number"),
        (
            ["1", "2", "inf"],
            "Row 4, column a: got “inf”; it takes a number from −1e15 to 1e15 or stays empty.",
        ),
        (["1", "-Infinity", "2"], "Row 3, column a: got “-Infinity”; it takes a number from"),
        (["1e308", "1", "2"], "Row 2, column a: got “1e308”; it takes a number from −1e15 to 1e15"),
        (["1", "-1e999", "2"], "Row 3, column a: got “-1e999”; it takes a number from"),
        (
            ["1", "1,000", "2"],
            "Row 3, column a: got “1,000”, which can be read in two ways; write 1000 or a point.",
        ),
        (["0,5", "1", "1,234,567"], "Row 4, column a: got “1,234,567”, which can be read in two ways"),
        (["1", "2", "x" * 5000], "Row 4, column a: got “xxx"),
    ],
)
def test_names_the_cell_that_does_not_fit(cells, sentence):
    table = column(cells)
    assert refused(prepare, table, "b", ("a",)).startswith(sentence)
    assert refused(prepare, table, "a", ("b",)).startswith(sentence)


@pytest.mark.parametrize(
    ("target", "features", "sentence"),
    [
        ("weight", ("age",), "The target got “weight”; the table has no column of that name."),
        ("age", ("weight",), "The input got “weight”; the table has no column of that name."),
        ("age", (), "No input is chosen; it takes one or more columns as inputs."),
        ("age", ("height", "age"), "Column age is the target; it cannot be an input too."),
        ("age", ("sex", "sex"), "Column sex is chosen as an input twice; once is enough."),
    ],
)
def test_refuses_columns_that_do_not_go_together(target, features, sentence):
    assert refused(prepare, PEOPLE, target, features) == sentence


def test_refuses_too_many_inputs_and_classes_or_too_few():
    texts = [f"t{k}" for k in range(MAX_FEATURES + 1)]
    assert refused(prepare, text_table(texts), "b", ("a",)) == (
        "Column a has 21 different texts, each of which would be an input; 20 are allowed."
    )
    assert refused(prepare, text_table(texts[: MAX_CLASSES + 1]), "a", ("b",)) == (
        "The target a has 11 different texts; 2 to 10 classes are allowed."
    )
    assert refused(prepare, text_table(["t", "t"]), "a", ("b",)) == (
        "The target a has 1 different text; 2 to 10 classes are allowed."
    )
    assert prepare(text_table(texts[:MAX_FEATURES]), "b", ("a",)).x.shape == (20, 20)
    assert prepare(text_table(texts[:MAX_CLASSES]), "a", ("b",)).y.shape == (10, 10)


def test_refuses_too_many_columns():
    names = tuple(f"c{k}" for k in range(MAX_FEATURES + 2))
    table = DataTable(names, (("1",) * len(names), ("2",) * len(names)))
    assert refused(prepare, table, names[0], names[1:]) == ("The inputs got 21 columns; 20 are allowed.")
    mixed = DataTable(names, tuple((str(k), *(f"t{k}",) * (len(names) - 1)) for k in range(3)))
    assert refused(prepare, mixed, "c0", names[1:9]) == (
        "The chosen columns make 24 inputs, a text column one for each of its texts; 20 are allowed."
    )


def test_refuses_a_table_with_too_few_whole_rows():
    assert refused(prepare, column(["1", "", ""]), "b", ("a",)) == (
        "The table has 1 row without an empty cell in the chosen columns; it takes 2 or more."
    )


def test_long_texts_are_shortened_in_names():
    prepared = prepare(text_table(["x" * 1000, "y\nz"]), "a", ("b",))
    assert prepared.output_names == ("x" * 40 + "…", "y z")
