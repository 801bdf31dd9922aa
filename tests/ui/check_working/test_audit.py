"""A whole sheet with what was found about each of its numbers."""

from dataclasses import replace

import pytest

from core.examples import EXAMPLES
from core.mistakes import MISTAKES
from ui.check_working.audit import audit, audit_html
from ui.check_working.state import CheckWorking

MAZUR = """net_h1 = 0.3775
out_h1 = 0.593269992
out_h2 = 0.596884378

E_total = 0.298371109
loss_after = 0.291027924"""
HAN = """z1 = [-0.7, 0.1]
a1 = [0.332, 0.525]
z2 = -0.105
a2 = 0.474
error_term2 = 0.1311"""


def lines_of(example, sheet):
    return audit(replace(CheckWorking(example=example, start=EXAMPLES[example].exercise), sheet=sheet))


def test_mazurs_loss_after_the_step_is_found_for_what_it_is():
    lines = lines_of("mazur", MAZUR)
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == MAZUR.split("\n")
    assert [line.is_lit for line in lines] == [False] * 5 + [True]
    (finding,) = lines[-1].findings
    assert MISTAKES["updated_weights"].sentence in finding
    assert "0.291027773694" in finding
    kinds = [piece.kind for line in lines for piece in line.pieces if piece.kind]
    assert kinds == ["right"] * 4 + ["wrong"]


def test_hans_error_term_carries_a_rounding_on():
    lines = lines_of("han", HAN)
    (finding,) = lines[-1].findings
    assert "carries a rounding on" in finding
    assert "0.131169" in finding
    # Nothing differs: the first that is not simply right is lit.
    assert [line.is_lit for line in lines].index(True) == len(lines) - 1
    assert {piece.kind for line in lines for piece in line.pieces} == {"", "right"}


def test_of_a_number_that_is_given_twice_the_last_counts_and_the_first_has_the_reason():
    lines = lines_of("notebook", "z1 = [0.24, -0.46]\nz h1 = 0.25\nmomentum = 0.9")
    assert lines[0].findings == ("z h1 is given twice, 0.24 and 0.25: the last counts.",)
    assert [piece.kind for piece in lines[0].pieces if piece.text in ("0.24", "-0.46")] == ["", "right"]
    assert lines[1].is_lit
    assert [piece.kind for piece in lines[2].pieces] == [""]


def test_what_was_pasted_is_shown_as_it_stands():
    html = audit_html(lines_of("notebook", "<b>z1</b>\nz1 = [0.24, −0.46]  # <script>"))
    assert "<script" not in html
    assert "&lt;b&gt;" in html
    assert "−0.46<sup" in html


def test_a_sheet_that_is_of_another_network_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="z1 has 3 numbers; in this network it has 2"):
        lines_of("notebook", "z1 = [1, 2, 3]")
