import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from ui.text.matrices import format_matrix, matrix_changes, matrix_names, parse_matrix

ROWS = [[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]


@pytest.mark.parametrize(
    "text",
    [
        "0.5 -0.6\n0.1 -0.2\n0.1 0.7",
        "0.5\t-0.6\r\n0.1\t-0.2\r\n0.1\t0.7\r\n",
        "[[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]",
        "array([[ 0.5, -0.6],\n       [ 0.1, -0.2],\n       [ 0.1,  0.7]])",
        "np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])",
        "tensor([[ 0.5000, -0.6000],\n        [ 0.1, -0.2],\n        [ 0.1,  0.7]], dtype=torch.float64)",
        "[0.5 -0.6; 0.1 -0.2; 0.1 0.7]",
        "0,5 -0,6\n0,1 -0,2\n0,1 0,7",
        "0.5,-0.6\n0.1,-0.2\n0.1,0.7",
        "\\begin{pmatrix} .5 & -.6 \\\\ .1 & -.2 \\\\ .1 & .7 \\end{pmatrix}",
        "W1 = [0,5 -0,6; 0,1 -0,2; 0,1 0,7]",
        "fc1.weight Parameter containing:\ntensor([[0.5, 0.1, 0.1], [-0.6, -0.2, 0.7]], requires_grad=True)",
        "[0.5 -0.6]\n[0.1 -0.2]\n[0.1 0.7]",
        "1/2 −0.6\n\n1/10 −2e-1\n0.1 7e-1",
    ],
)
def test_reads_a_matrix_as_people_paste_it(text):
    assert parse_matrix(text, "W1", (3, 2)) == ROWS


def test_a_comma_is_a_decimal_comma_where_a_row_has_one_number():
    assert parse_matrix("0,5\n1,5", "W2", (2, 1)) == [[0.5], [1.5]]


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_shown_reads_back_to_the_last_digit(rows):
    assert parse_matrix(format_matrix(np.array(rows)), "W", (len(rows), 3)) == rows


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0.5 -0.6", "W1 got 1 row of 2 numbers; it takes 3 rows of 2 numbers."),
        ("0.5 -0.6\n1 2", "W1 got 2 rows of 2 numbers; it takes 3 rows of 2 numbers."),
        ("", "W1 got 0 arrays; it takes 3 rows of 2 numbers."),
        ("1 2\n3 4 5\n6 7", "W1, line 2, column 1: this row has 3 numbers"),
        ("1 2\n3 x\n5 6", "W1, line 2, column 3: “x” is no number."),
        ("1 2\n3 1e308\n5 6", "W1, line 2, column 3: the number got “1e308”"),
        ("1 2\nthree and four\n5 6", "W1, line 2, column 1: “three and four” is no number."),
    ],
)
def test_names_the_row_that_does_not_fit(text, sentence):
    with pytest.raises(ValueError) as refusal:
        parse_matrix(text, "W1", (3, 2))
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("example", [DEFAULT_EXAMPLE, EXAMPLES["relu"]])
def test_every_matrix_written_back_leaves_the_exercise_as_it_is(example):
    exercise = example.exercise
    for name, (letter, values) in matrix_names(exercise).items():
        changes = matrix_changes(parse_matrix(format_matrix(values), name, values.shape), letter)
        assert len(changes) == values.size
        assert exercise.with_values(changes) == exercise
