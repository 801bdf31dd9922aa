"""The stages of a step: every formula of the pass, and nothing read before it is computed."""

from hypothesis import given

from core.derivation import derive
from core.examples import EXAMPLES
from core.expressions import symbols
from core.stages import INPUTS, LOSS_AFTER, stages
from tests.core.strategies import networks

GIVEN = {"W", "b", "y", "eta", "rest"}


def test_the_course_notebook_has_the_stages_of_the_course():
    found = [stage.id for stage in stages(EXAMPLES["notebook"].exercise.network)]
    forward, backward = (
        ["x", "z1", "a1", "z2", "a2", "loss"],
        ["da2", "delta2", "dW2", "da1", "delta1", "dW1"],
    )
    assert found == [*forward, *backward, "step", "new", "loss_after"]


@given(networks())
def test_every_formula_belongs_to_one_stage(network):
    found = stages(network)
    assert (found[0].id, found[-1].id) == (INPUTS, LOSS_AFTER)
    assert len({stage.id for stage in found}) == len(found)
    formulas = [formula for stage in found for formula in stage.formulas]
    others = [formula.left for formula in derive(network) if formula not in formulas]
    assert [(symbol.name, symbol.layer) for symbol in others] == [("da", 0)]
    assert len(formulas) == len(derive(network)) - 1


@given(networks())
def test_a_stage_reads_only_what_was_computed_before(network):
    known = {("a", 0)}
    for stage in stages(network):
        for formula in stage.formulas:
            read = {(symbol.name, symbol.layer) for symbol in symbols(formula.right)}
            assert {symbol for symbol in read if symbol[0] not in GIVEN} <= known
            known.add((formula.left.name, formula.left.layer))
