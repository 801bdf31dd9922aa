"""Pasted text is read as arrays: the real forms in forms/, errors at their place, and nothing evaluated."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.limits import MAX_TEXT
from ui.text.pasted.problems import PastedError
from ui.text.pasted.reader import describe_skipped, read_pasted

FORMS = sorted((Path(__file__).parent / "forms").glob("*.txt"))
PIECES = [
    *("[", "]", "(", ")", "{", "}", "<tf.Variable ", ">", "1", "0.5", "1e999", "0,5", ",", ";", "\n", " "),
    *("=", "x", "W1", "fc1.weight", "-", "−", "–", "array(", "np.float64(", "/", "'", '"', '"""', "\\\\"),
    *("&", "...", "\\begin{pmatrix}", "\\end{pmatrix}", "\\left[", ".T", ":", "Parameter containing:"),
    *("numpy=", "*", "%", "#", "for", "def f():\n    ", "{'a': ", "dtype=", "é", "٣", "²", "\u202e", "\x00"),
    *("|", "\r", "nan", "\ud800"),
]
LONG = [*PIECES, "a = 1,", "[1],", "[\n1\n2]\n", "W1 1 2\n", "('a', 1),", "1,2\n", "a."]


def as_lists(values):
    return [as_lists(value) for value in values] if isinstance(values, tuple) else values


def test_there_are_forms_of_every_kind():
    assert len(FORMS) >= 40
    assert {path.stem for path in FORMS} == {path.stem for path in FORMS[0].parent.glob("*.json")}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_has_its_arrays(path):
    reading = read_pasted(path.read_text(encoding="utf-8"))
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert [[array.name, as_lists(array.values)] for array in reading.arrays] == expected
    for array in reading.arrays:
        assert array.array.shape == array.shape
        assert 0 <= array.start < array.end <= len(reading.text)


def test_what_torch_prints_as_a_parameter_is_known_for_it():
    printed = "Parameter containing:\ntensor([[1., 2.]], requires_grad=True)\ntensor([[3., 4.]])"
    assert [array.is_turned for array in read_pasted(printed).arrays] == [True, None]


def test_decimal_commas_can_be_chosen():
    assert read_pasted("0,5\n1,5").arrays[0].values == ((0, 5), (1, 5))
    assert read_pasted("0,5\n1,5", decimal_commas=True).arrays[0].values == ((0.5,), (1.5,))


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("W1 = [[0.5, O.1], [1, 2]]", (1, 13), "“O.1” is no number"),
        ("x = 1\nW1 = [[0.5, 0.1], [1, 2]", (2, 6), "“[” is not closed"),
        ("W1 = [[0.5, 0.1], [1]]", (1, 19), "row 2 has 1 number, row 1 has 2 numbers"),
        ("W1 = [[0.5, 0.1], 1]", (1, 19), "row 2 has a number without brackets"),
        ("x = [0.5,, 1]", (1, 10), "before “,” a number is missing"),
        ("x = [1.2.3, 1]", (1, 6), "“1.2.3” is no number"),
        ("x = [0.5x, 1]", (1, 6), "“0.5x” is no number"),
        ("x = [1, ..., 2]", (1, 9), "“...” stands for numbers that are left out"),
        ("x = [1, nan]", (1, 9), "“nan” is no number"),
        ("x = (1, 2]", (1, 10), "“]” does not close the “(” of line 1, column 5"),
        ("\\begin{pmatrix} 1 & 2 ]", (1, 23), "does not close"),
        ("1.0e-03 *\n\n  1 2", (1, 9), "a factor before a matrix is not read"),
        ("x = [1e9]", (1, 6), "got “1e9”; it takes a number from"),
        ("x = [1, 1/0]", (1, 9), "got “1/0”"),
        ("x = []\ny = [[], [1]]", (2, 6), "the brackets are empty"),
        ("1 2\n3 4 5", (2, 1), "this row has 3 numbers, the first of its matrix, in line 1, has 2"),
        ("W = matrix([1, 2], nrow=2)", (1, 20), "the option “nrow” is not read"),
        ("= [1, 2]", (1, 1), "before “=” stands no name"),
        ("[" * 20 + "1" + "]" * 20, (1, 12), "more than 12 deep"),
    ],
)
def test_an_error_points_at_its_place(text, place, sentence):
    with pytest.raises(PastedError) as refusal:
        read_pasted(text)
    error = refusal.value
    assert sentence in str(error)
    assert (error.line, error.column) == place
    line, caret = error.pointer.split("\n")
    assert caret.strip() == "^"
    assert line[caret.index("^")] == text.split("\n")[place[0] - 1][place[1] - 1]


def test_a_long_line_is_shown_around_the_place():
    with pytest.raises(PastedError) as refusal:
        read_pasted(f"x = [{'1, ' * 500}oops, {'2, ' * 500}3]")
    line, caret = refusal.value.pointer.split("\n")
    assert len(line) < 80
    assert line[caret.index("^") :].startswith("oops")


def test_what_is_passed_over_is_named():
    reading = read_pasted("x = [1, 2]\n\nz = np.dot(x, W)\nprint(z)")
    assert describe_skipped(reading) == "Passed over as code or prose: “z = np.dot(x, W)” in line 3."
    assert describe_skipped(read_pasted("x = 1")) == ""


def test_nothing_is_evaluated():
    text = "x = [1, 2]\ny = __import__('os').system('exit 1')\nW1 = 9**9**9\nb = eval('1')"
    assert [array.name for array in read_pasted(text).arrays] == ["x"]


def test_a_text_that_is_too_long_is_named_with_its_field():
    with pytest.raises(ValueError, match="Numbers got 20,001 characters; 20,000 are allowed"):
        read_pasted(" " * (MAX_TEXT + 1), "Numbers")


def assert_read_or_refused(text):
    refusal = ""
    try:
        read_pasted(text)
    except ValueError as error:
        refusal = str(error)
    assert not refusal or refusal.endswith(".")
    assert "\n" not in refusal
    assert len(refusal) < 300


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    assert_read_or_refused(text)


@pytest.mark.parametrize("piece", LONG)
def test_a_long_text_of_one_piece_is_read_or_refused(piece):
    assert_read_or_refused((piece * MAX_TEXT)[:MAX_TEXT])


def test_a_name_without_a_value_does_not_take_that_of_the_next_name():
    arrays = read_pasted("W1 =\nx = [1, 2]\nW2 =\n[[3], [4]]").arrays
    assert [(array.name, array.array.ravel().tolist()) for array in arrays] == [("x", [1, 2]), ("W2", [3, 4])]
