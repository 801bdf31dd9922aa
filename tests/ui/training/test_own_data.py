"""Tables to train on: inputs and targets of their columns, and what cannot be used named in one sentence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.limits import MAX_CLASSES, MAX_FEATURES
from ui.training.import_table import KINDS, Choices, Imported, ImportedColumn, read_table
from ui.training.own_data import DataTable, column_values, prepare
from ui.training.taken_table import taken

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


@given(st.binary(max_size=200) | st.text('ab1.,;\t\n\r"\x85 \u2028ä', max_size=60).map(str.encode))
def test_any_bytes_are_a_table_or_refused_in_one_sentence(content):
    try:
        table = taken(read_table(content))
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


TEXTS = ("red", "NA", "?", "inf", "1,250", "0,5", " x")
VALUES = st.none() | st.floats(-1e15, 1e15) | st.sampled_from([0.1, 1250.0, -0.0, 1e-7])


@given(
    st.lists(st.tuples(VALUES, st.sampled_from(TEXTS), VALUES | st.none()), min_size=2, max_size=8),
    st.integers(1, 9),
)
def test_what_was_read_is_trained_on_to_the_last_digit(rows, above):
    numbers = tuple(range(above, above + len(rows)))
    columns = tuple(
        ImportedColumn(name, kind, "") for name, kind in zip("abc", (*KINDS[:2], KINDS[0]), strict=True)
    )
    table = taken(Imported(columns, tuple(rows), (), numbers, Choices(), frozenset()))
    whole = [(row, number) for row, number in zip(rows, numbers, strict=True) if row[0] is not None]
    assert table.row_numbers == numbers
    if len({row[0] for row, _ in whole}) < 2 or len(whole) < 2:
        return
    prepared = prepare(table, "a", ("b",), "regression")
    assert prepared.y[:, 0].tolist() == [row[0] for row, _ in whole]
    texts = {row[1].strip() for row, _ in whole}
    assert prepared.feature_names == tuple(f"b={text}" for text in sorted(texts))
    left_out = [number for row, number in zip(rows, numbers, strict=True) if row[0] is None]
    assert bool(prepared.notes) is bool(left_out)
    assert all(str(number) in prepared.notes[0] for number in left_out[:5])


def test_a_column_is_what_it_was_read_as_or_chosen_to_be():
    rows = (("01", "1", "5"), ("02", "2", "6"), ("01", "3", "8"))
    table = DataTable(("zip", "id", "y"), rows, ("category", "unused", "number"))
    assert prepare(table, "y", ("zip",)).feature_names == ("zip=01", "zip=02")
    assert prepare(table, "y", ("id",)).x[:, 0].tolist() == [1, 2, 3]
    assert column_values(table, table.columns) == {"zip": ["01", "02", "01"], "id": [1, 2, 3], "y": [5, 6, 8]}


@pytest.mark.parametrize(
    ("task", "learned"), [("", "classes"), ("classes", "classes"), ("regression", "regression")]
)
def test_whole_numbers_are_classes_or_numbers_as_chosen(task, learned):
    table = column(["1", "3", "2"] * 3)
    prepared = prepare(table, "a", ("b",), task)
    assert prepared.task == learned
    assert prepared.found.tasks == ("classes", "regression")
    if learned == "regression":
        assert prepared.y[:3, 0].tolist() == [1, 3, 2]
    else:
        assert prepared.output_names == ("1", "2", "3")
        assert prepared.y[:3].tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_a_task_that_the_target_cannot_have_is_another():
    assert prepare(PEOPLE, "paid", ("age",), "regression").task == "binary"
    assert prepare(PEOPLE, "height", ("age",), "classes").task == "regression"


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
    assert prepared.notes == ("4 rows were left out because a cell is missing: rows 3, 5, 7, 8.",)
    one = prepare(column(["1", "", "3"]), "b", ("a",))
    assert one.notes == ("1 row was left out because a cell is missing: row 3.",)
    many = prepare(column(["1", "2", *[""] * 1200]), "b", ("a",))
    assert many.notes == (
        "1,200 rows were left out because a cell is missing: rows 4, 5, 6, 7, 8 and 1,195 more.",
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
        "The target “a” has 11 different texts; 2 to 10 classes are allowed."
    )
    assert refused(prepare, text_table(["t", "t"]), "a", ("b",)) == (
        "The target “a” has 1 different text; 2 to 10 classes are allowed."
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
        "The table has 1 row without a missing cell in the chosen columns; it takes 2 or more."
    )


def test_long_texts_are_shortened_in_names():
    prepared = prepare(text_table(["x" * 1000, "y\nz"]), "a", ("b",))
    assert prepared.output_names == ("x" * 40 + "…", "y z")
