"""A pasted sheet of numbers: names of the screen, of links, of code in every convention, and of courses."""

import re
from contextlib import suppress
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.derivation import numbers
from core.error_terms import with_minus
from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.expressions import Symbol
from core.mistakes import diagnose
from ui.check_working.reading import read_sheet
from ui.text.answers import ARRAYS, GROUPS, answerable, boxes_of, number_label
from ui.text.conventions import CONVENTIONS
from ui.text.written import written_numbers

PIECES = [
    *("h1", "hidden 1", "ŷ", "z", "a", "δ", "=", ":", ",", ";", "\t", "|", "&", " ", "  ", "\n", "0.24", "1"),
    *(
        "24%",
        "-",
        "−",
        "(rounded)",
        "approx",
        "—",
        "[",
        "]",
        "(",
        ")",
        "unit",
        "\\\\",
        "1/3",
        "0,5",
        "**",
        "%",
    ),
    *("dL/dw", "x1→h1", "error term", "\u202e", "é", "."),
]
NOTEBOOK = DEFAULT_EXAMPLE.exercise
RIGHT = {"exact", "rounded"}


@pytest.mark.parametrize(("example", "speak"), [*product(EXAMPLES, CONVENTIONS)])
def test_the_arrays_of_code_are_read_and_right_in_every_convention(example, speak):
    exercise, convention = EXAMPLES[example].exercise, CONVENTIONS[speak]
    last = len(exercise.network.widths) - 1
    known = written_numbers(numbers(exercise, exercise.step()), convention)
    lines = []
    for name, layer in product(ARRAYS, range(1, last + 1)):
        if name.endswith("b") and not exercise.network.bias:
            continue
        symbol = Symbol(name, layer)
        array = known(with_minus(symbol) if convention.is_error_term else symbol)
        lines.append(f"{convention.code_name(symbol, last)} = {np.array(array).tolist()}")
    sheet = read_sheet("\n".join(lines), exercise, convention)
    assert not sheet.passed_over
    found = diagnose(exercise, sheet.texts)
    assert {verdict.verdict for verdict in found} <= RIGHT
    assert len(found) == sum(not number.is_negated for number in answerable(exercise).values()) - 2 - len(
        exercise.y
    )


@pytest.mark.parametrize("speak", CONVENTIONS)
def test_what_the_screen_calls_a_number_is_read(speak):
    boxes = [
        number for group in GROUPS for row in boxes_of(NOTEBOOK, group, CONVENTIONS[speak]) for number in row
    ]
    names = [number_label(number, CONVENTIONS[speak]) for number in boxes]
    assert len(set(names)) == len(names)
    for number, name in zip(boxes, names, strict=True):
        assert read_sheet(f"{name} = 0.25", NOTEBOOK).texts == {number.id: "0.25"}
        assert read_sheet(f"{number.id} = 0.25", NOTEBOOK).texts == {number.id: "0.25"}


def test_the_names_of_the_course():
    sheet = read_sheet(
        """
        hidden_layer_input = [0.24, -0.46]
        hidden_layer_output = [0.55971365, 0.38698582]
        output_layer_in = -0.0601244
        output = 0.48497343
        error = 0.11502657
        output_error_term = 0.02873067
        hidden_error_term = [0.00070802, -0.00204471]
        delta_w_h_o = [0.00804047, 0.00555918]
        delta_w_i_h = [[ 1.77005547e-04 -5.11178506e-04]
         [ 3.54011093e-05 -1.02235701e-04]
         [-7.08022187e-05  2.04471402e-04]]
        """,
        NOTEBOOK,
    )
    assert not sheet.passed_over
    assert len(sheet.texts) == 18
    assert {verdict.verdict for verdict in diagnose(NOTEBOOK, sheet.texts)} <= RIGHT


def test_digits_count_as_they_were_typed():
    assert read_sheet("z1 = [0.240,−0.460]", NOTEBOOK).texts == {"z1.1": "0.240", "z1.2": "-0.460"}
    assert read_sheet("z1 = 0,240; −0,460", NOTEBOOK).texts == {"z1.1": "0.240", "z1.2": "-0.460"}


def test_a_matrix_may_stand_turned_and_no_other_shape_is_taken():
    turned = read_sheet("dW1 = [[1, 2, 3], [4, 5, 6]]", NOTEBOOK).texts
    assert (turned["dw1.1.1"], turned["dw1.3.1"], turned["dw1.1.2"]) == ("1", "3", "4")
    with pytest.raises(ValueError, match=r"dW1 has the shape 2 × 2; in this network it has 3 × 2"):
        read_sheet("dW1 = [[1, 2], [3, 4]]", NOTEBOOK)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("z1 = 0.24", "z1 has 1 number; in this network it has 2"),
        ("z1: 0.5*0.5 + 0.1*0.1 = 0.24", "z1 has 1 number; in this network it has 2"),
        ("z h1 = [0.24, 0.5]", "z h1 has 2 numbers; in this network it has 1"),
        ("z h1 ≈ 0,2,4", "z h1 has 3 numbers; in this network it has 1"),
        ("dW1 = 5", "dW1 has the shape 1; in this network it has 3 × 2"),
    ],
)
def test_a_name_with_too_many_or_too_few_numbers_is_met_with_how_many_it_has(line, words):
    with pytest.raises(ValueError, match=words):
        read_sheet(line, NOTEBOOK)


@pytest.mark.parametrize("name", ["δ2", "δ_2", "δ₂", "\\delta_2", "\\delta_{2}", "δ_ŷ", "$\\delta_2"])
def test_a_name_may_have_its_number_below_the_line(name):
    assert read_sheet(f"{name} = -0.0287", NOTEBOOK).texts == {"delta2.1": "-0.0287"}


@pytest.mark.parametrize("line", ["y − ŷ = 0.115", "y - ŷ = 0.115", "error ≈ 0.115", "y − ŷ = 0.115."])
def test_signs_and_full_stops_as_people_type_them(line):
    sheet = read_sheet(f"{line}\nz h1 = 0.24", NOTEBOOK)
    assert sheet.texts == {"error1": "0.115", "z1.1": "0.24"}
    assert sheet.text.startswith(line)


@pytest.mark.parametrize(
    "remark",
    [
        *(" (rounded)", " rounded", ", rounded", " rounded to 4 digits", " (3 digits)", " (by hand)", " ✓"),
        *(" approx.", " exactly", " ok"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_remark_behind_a_number_is_no_part_of_it(remark, end):
    text = end.join([f"z1 = [0.24, −4.6e-1]{remark}", f"δ ŷ: -0.0287{remark}", "a h1 = 0.56"])
    sheet = read_sheet(text, NOTEBOOK)
    assert sheet.texts == {"z1.1": "0.24", "z1.2": "-4.6e-1", "delta2.1": "-0.0287", "a1.1": "0.56"}
    assert [sheet.text[each.start : each.end] for each in sheet.entries][::3] == ["0.24", "0.56"]
    assert remark in sheet.text


ROWS = {"z1.1": "0.24", "a1.1": "0.56", "z1.2": "-0.46", "a1.2": "0.387"}


@pytest.mark.parametrize(
    "text",
    [
        "h1: z = 0.24, a = 0.56\nh2: z = -0.46, a = 0.387",
        "Hidden 1: net = 0.24, out = 0.56\nHidden 2: net = −0.46, out = 0.387",
        "hidden unit 1: z = 0.24; a = 0.56\nhidden unit 2: z = −0.46; a = 0.387",
        "h1 z = 0.24 a = 0.56\nh2 z = −0.46 a = 0.387",
        "h₁: z ≈ 0,24, a ≈ 0,56\nh₂: z ≈ −0,46, a ≈ 0,387",
        "h1 – z: 0.24, a: 0.56.\nh2 – z: -0.46, a: 0.387.",
        "- h1: z = 0.5·0.5 + 0.1·(-0.1) = 0.24, a = σ(0.24) = 0.56\n- h2: z = -0.46, a = 0.387",
        "* **h1**: z = 0.24 (approx), a = 0.56 rounded\n* **h2**: z = -0.46 ✓, a = 0.387 (by hand)",
        "z h1 = 0.24 a h1 = 0.56\nz h2 = -0.46 a h2 = 0.387",
        "z h1 = 0.24 approx. a h1 = 0.56 rounded to 2 digits\nz h2 = -0.46 ok, a h2 = 0.387",
        "h1:\n  z = 0.24\n  a = 0.56\n\nh2:\n  net = -0.46\n  out = 0.387",
        "### h1\nz = 0.24, a = 0.56\n### h2\nz = -0.46, a = 0.387",
        "\tz\ta\nh1\t0.24\t0.56\nh2\t-0.46\t0.387",
        "Unit\tz\ta\nHidden 1\t0,24\t0,56\nHidden 2\t−0,46\t0,387",
        "| unit | z | a |\n|---|--:|:-:|\n| h1 | 0.24 | 0.56 |\n| **h2** | -0.46 | 0.387 |",
        "unit | net | out\n--- | --- | ---\nh1 | 0.24 (approx) | 0.56 rounded\nh2 | -0.46 | 0.387",
        "unit  z  a\nh1  0.24  0.56\nh2  -0.46  0.387",
        "z a\nh1 0.24 0.56\nh2 -0.46 0.387",
        "Unit number z a\nHidden 1 0.24 0.56\nHidden 2 -0.46 0.387",
        "neuron,z,a\nh1,0.24,0.56\nh2,-0.46,0.387",
        "neuron;z;a\nh1;0,24;0,56\nh2;-0,46;0,387",
        "unit & $z$ & $a$ \\\\ \\hline\nh1 & 0.24 & 0.56 \\\\\nh2 & -0.46 & 0.387 \\\\",
        "\th1\th2\nz\t0.24\t-0.46\na\t0.56\t0.387",
        "  h1 h2\nz 0.24 -0.46\na 0.56 0.387",
        "unit\tz\ta\nh1\t0.5·0.5 − 0.01 = 0.24\t0.56\nh2\t= -0.46\t0.387",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_unit_may_be_named_once_for_its_numbers(text, end):
    sheet = read_sheet(end.join(text.split("\n")), NOTEBOOK)
    assert sheet.texts == ROWS
    assert sheet.passed_over == ()
    for entry in sheet.entries:
        typed = sheet.text[entry.start : entry.end]
        assert typed.replace("−", "-").replace(",", ".") == entry.text


def test_a_table_may_have_empty_cells_other_columns_and_other_rows():
    sheet = read_sheet(
        "my numbers\n\nunit\tw\tz\tδ\tf'(z)\nx1\t0.5\t\t\t\nh1\t\t0.24\t–\t0.2\nŷ\t\t-0.06\t-0.0287\t\n\n"
        "z1.2 = -0.46",
        NOTEBOOK,
    )
    assert sheet.texts == {"z1.1": "0.24", "z2.1": "-0.06", "delta2.1": "-0.0287", "z1.2": "-0.46"}
    assert sheet.passed_over == ("x1", "w", "f'(z)")


def test_a_table_of_weights_has_their_ends_before_its_rows():
    sheet = read_sheet("| | dL/dw | Δw |\n|-|-|-|\n| x1→h1 | 0.1 | 0.2 |\n| h2 → ŷ | 0.3 | 0.4 |", NOTEBOOK)
    assert sheet.texts == {"dw1.1.1": "0.1", "step.w1.1.1": "0.2", "dw2.2.1": "0.3", "step.w2.2.1": "0.4"}


def test_units_of_several_outputs_and_of_one_output():
    mazur = EXAMPLES["mazur"].exercise
    sheet = read_sheet("o1: net = 1.1, out = 0.75\noutput 2: net = 1.2, out = 0.77\nh1: dE/dnet = 0.1", mazur)
    assert [*sheet.texts] == ["z2.1", "a2.1", "z2.2", "a2.2", "delta1.1"]
    for name in ("ŷ", "output", "Out", "o1", "y", "yhat", "output neuron"):
        assert [*read_sheet(f"{name}: z = 0.1, a = 0.2, -δ = 0.3", NOTEBOOK).texts] == [
            *("z2.1", "a2.1", "minus_delta2.1")
        ]


def test_in_a_line_of_a_unit_what_has_no_such_number_is_passed_over_by_its_name():
    sheet = read_sheet("h1: z = 0.24, momentum = 0.9, a = sigmoid(z)", NOTEBOOK)
    assert sheet.texts == {"z1.1": "0.24"}
    assert sheet.passed_over == ("momentum h1",)


@pytest.mark.parametrize("name", ["z h1", "z1", "z1.1", "z_{h1}"])
@pytest.mark.parametrize("gap", ["\n", "\n\n", " \n# mine\n"])
def test_a_name_without_a_number_takes_none_of_the_next_one(name, gap):
    assert read_sheet(f"{name} ={gap}z h2 = -0.46", NOTEBOOK).texts == {"z1.2": "-0.46"}


@pytest.mark.parametrize("text", ["z h1 =", "z h1", "z h1:", "momentum = 0.9\nz h1 ="])
def test_where_only_numbers_are_missing_the_first_name_is_stated(text):
    with pytest.raises(ValueError, match=r"^Your numbers: no number follows z h1\.$"):
        read_sheet(text, NOTEBOOK)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("unit\tz\nh1\t0.24\nh2", "the row “h2” does not have one number for the column z."),
        ("h1: z = 0.24, 0.25", "“0.25” has no name and number"),
        ("h1: z = 0.24 foo", "“0.24 foo” of z h1 is no number"),
        ("h1: z = 24%, a = 0.5", "“24%” of z h1 is a percentage; write it as 0.24"),
        ("h1: z = 1,234; a = 0.5", "“1,234” of z h1 can be read in two ways; write 1234"),
        ("unit\tz\ta\nh1\t24 %\t0.56", "“24 %” of z h1 is a percentage; write it as 0.24"),
        ("unit\tz\ta\nh1\tO.24\t0.56", "“O.24” of z h1 is no number"),
        ("unit\tz\ta\tδ\nh1\t0.24\t0.56", "does not have one number for each of the 3 columns z, a, δ"),
        ("unit z a δ\nh1 0.24 0.56", "does not have one number for each of the 3 columns z, a, δ"),
        ("unit z a\nh1 0.24 0.56 0.1", "does not have one number for each of the 2 columns z, a"),
        ("z h1 = 24%", "“z h1 = 24%” has a percentage; write it as a number such as 0.24"),
        ("z h1 = 24 %", "“z h1 = 24 %” has a percentage"),
        ("z h1 = 0.24 perhaps", "“z h1 = 0.24 perhaps” has no number"),
        ("z h1: about 0.24", "“z h1: about 0.24” has no number"),
        ("z h1 = 0.5 η", "“η” is no number"),
    ],
)
def test_what_is_no_number_or_more_than_one_gets_one_sentence(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_sheet(f"loss = 0.1\n{text}", NOTEBOOK)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_is_pasted_is_read_or_refused(text):
    with suppress(ValueError):
        sheet = read_sheet(text, NOTEBOOK)
        assert all(0 <= each.start < each.end <= len(sheet.text) for each in sheet.entries)


@pytest.mark.parametrize(
    "line",
    ["z h1 = 0.5 (x1 + b)", "z h1 = 0.5 * W1", "z h1 = 0.5 η", "z h1 = 0.5 (x1)", "z h1 = 0.24 or 0.25"],
)
def test_what_computes_behind_a_number_is_no_remark(line):
    with suppress(ValueError):
        assert "z1.1" not in read_sheet(f"a h1 = 0.56\n{line}", NOTEBOOK).texts


@pytest.mark.parametrize(
    ("name", "quantity"),
    [
        *(
            ("yhat", "a2.1"),
            ("y_hat", "a2.1"),
            ("ŷ", "a2.1"),
            ("E", "loss"),
            ("L", "loss"),
            ("dL/dz2", "delta2.1"),
        ),
        *(("∂L/∂a2", "da2.1"), ("δ yhat", "delta2.1"), ("dE/dz_2", "delta2.1")),
    ],
)
@pytest.mark.parametrize("speak", CONVENTIONS)
def test_more_names_that_people_give(name, quantity, speak):
    assert read_sheet(f"{name} = 0.25", NOTEBOOK, CONVENTIONS[speak]).texts == {quantity: "0.25"}


@pytest.mark.parametrize("speak", CONVENTIONS)
@pytest.mark.parametrize("name", ["dL/dW2", "∂L/∂W_2", "dE/dW2", "dL/dw2"])
def test_a_slope_of_the_loss_is_no_error_term_in_any_convention(name, speak):
    texts = read_sheet(f"{name} = [0.1, 0.2]", NOTEBOOK, CONVENTIONS[speak]).texts
    assert texts == {"dw2.1.1": "0.1", "dw2.2.1": "0.2"}


def test_of_a_layer_with_one_number_too_few_it_is_said_how_one_alone_is_called():
    for line in ("z1 = 0.24", "z1 = 0.5*0.5 + 0.1*0.1 = 0.24"):
        with pytest.raises(ValueError, match=r"it has 2: write z1\.1 for the first alone\.$"):
            read_sheet(line, NOTEBOOK)
    assert read_sheet("z1.1 = 0.5*0.5 + 0.1*0.1 = 0.24", NOTEBOOK).texts == {"z1.1": "0.24"}


def test_what_stands_between_a_name_and_its_number_is_not_passed_over():
    sheet = read_sheet("a1 = sigmoid(z1) = [0.56, 0.387]\nδ ŷ = −0.115 · 0.25 = -0.0287", NOTEBOOK)
    assert [*sheet.texts] == ["a1.1", "a1.2", "delta2.1"]
    assert not sheet.passed_over


def test_what_the_step_begins_with_is_compared_with_the_network():
    own = "x = [0.5, 0.1, -0.2]\nW1 = [[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]\ny = 0.6\neta = 0.5\nz2 = -0.06"
    assert read_sheet(own, NOTEBOOK).changed == ()
    assert read_sheet(own, NOTEBOOK).passed_over == ()
    other = own.replace("0.7", "0.8").replace("y = 0.6", "y = 0.5")
    assert read_sheet(other, NOTEBOOK).changed == ("W1", "y")
    assert read_sheet("W2 = [[1, 2, 3]]\nx3 = -0.2\nb1 = [0, 0]\nz2 = 1", NOTEBOOK).changed == ("W2",)
    assert read_sheet("W9 = 3\nx7 = 1\nz2 = 1", NOTEBOOK).passed_over == ("W9", "x7")


def test_what_is_no_number_of_the_step_is_passed_over_by_its_name():
    sheet = read_sheet("momentum = 0.9\nz1 = [0.24, -0.46]", NOTEBOOK)
    assert sheet.passed_over == ("momentum",)
    with pytest.raises(ValueError, match="to be checked, only momentum; names such as z1"):
        read_sheet("momentum = 0.9", NOTEBOOK)
    with pytest.raises(ValueError, match="Your numbers"):
        read_sheet("nothing at all", NOTEBOOK)


def test_the_names_of_mazur_and_of_every_layer():
    exercise = EXAMPLES["mazur"].exercise
    sheet = read_sheet(
        "net_h1 = 0.3775\nout_h1 = 0.593269992\nnet_o1 = 1.105905967\nout_o1 = 0.75136507\n"
        "out_o2 = 0.772928465\nE_total = 0.298371109",
        exercise,
    )
    assert not sheet.passed_over
    assert [*sheet.texts] == ["z1.1", "a1.1", "z2.1", "a2.1", "a2.2", "loss"]
    assert {verdict.verdict for verdict in diagnose(exercise, sheet.texts)} <= RIGHT
    assert read_sheet("a2 = 0.485", NOTEBOOK).texts == {"a2.1": "0.485"}
    assert read_sheet("da2 = 0.485", NOTEBOOK).texts == {"da2.1": "0.485"}


@pytest.mark.parametrize("line", ["z1 = [24%, -46%]", "z1 = [0.2, ?]", "delta2 = -2.87·10⁻²"])
def test_a_line_that_gives_a_number_in_no_form_that_is_read_is_quoted(line):
    with pytest.raises(ValueError, match="Your numbers: “") as raised:
        read_sheet(f"a1 = [0.56, 0.39]\n{line}", NOTEBOOK)
    assert line.split()[0] in str(raised.value)


def test_lines_that_compute_are_passed_over():
    text = "z1 = np.dot(x, W1)\na1 = sigmoid(z1)\ndelta2 = -0.0287"
    assert read_sheet(text, NOTEBOOK).texts == {"delta2.1": "-0.0287"}
