"""The claims of the questions: seen to hold in their own networks, with numbers that follow any change."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exercise import quantities_by_id
from core.questions import QUESTIONS
from tests.core.question_claims import holds
from tests.hypothesis_profiles import examples

# What holds of any numbers: where one of these is given, the other is.
ALWAYS = {
    "delta-or-gradient": lambda facts: (facts["gradient"], facts["delta"] * facts["x"]),
    "which-sign": lambda facts: (facts["gradient"], -facts["minus_gradient"]),
    "z-or-a": lambda facts: (facts["slope"], facts["a"] * (1 - facts["a"])),
    "factor-two": lambda facts: (facts["whole"], 2 * facts["halved"]),
    "why-backward": lambda facts: (facts["passes"], 2 * facts["parameters"]),
    "sum-over-outputs": lambda facts: (facts["total"], facts["one"] + facts["two"]),
    "transpose": lambda facts: (
        facts["total"],
        facts["weight_one"] * facts["delta_one"] + facts["weight_two"] * facts["delta_two"],
    ),
    "softmax-delta": lambda facts: (facts["delta"], facts["y_hat"] * facts["total"] - facts["y"]),
    "one-over-m": lambda facts: (facts["gradient"], facts["of_batch"]),
    "batch-mean": lambda facts: (facts["batch"], (facts["first"] + facts["second"]) / 2),
    "sum-for-bias": lambda facts: (facts["total"], facts["first"] + facts["second"]),
    "learning-rate": lambda facts: (facts["step"], -facts["eta"] * facts["gradient"]),
    "loss-rises": lambda facts: (facts["change"] > 0, facts["after"] > facts["before"]),
    "zero-start": lambda facts: (facts["one"], facts["two"] if facts["alike"] else facts["one"]),
    "saturation": lambda facts: (facts["delta"], facts["error"] * facts["slope"]),
    "vanishing": lambda facts: (facts["first"], facts["last"] * facts["ratio"]),
    "dead-unit": lambda facts: (facts["slope"], 0 if facts["dead"] else 1),
    "xor": lambda facts: (min(facts["loss"], facts["least"]), facts["least"]),
}  # fmt: skip


def test_there_are_twenty():
    assert len(QUESTIONS) == 20
    assert set(ALWAYS) <= set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_claim_holds_in_the_network_that_shows_it(name):
    assert holds(name, QUESTIONS[name].exercise)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_what_is_worth_dragging_moves_numbers_of_the_answer_or_what_is_watched(question):
    quantity = quantities_by_id(question.exercise.network)[question.drag]
    before = question.facts(question.exercise)
    value = question.exercise.value(quantity)
    after = question.facts(question.exercise.with_values([(question.drag, value + 0.37)]))
    assert before.keys() == after.keys()
    assert before != after


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_numbers_are_those_of_any_network_that_is_shown(name):
    exercise = QUESTIONS[name].exercise
    numbers = st.floats(-2, 2, allow_subnormal=False).map(lambda number: round(number, 3))

    @examples(1 / 4)
    @given(st.data())
    def check(data):
        def some(count, of=numbers):
            return tuple(data.draw(st.lists(of, min_size=count, max_size=count)))

        shown = replace(
            exercise,
            theta=some(len(exercise.theta)),
            x=some(len(exercise.x)),
            y=some(len(exercise.y), st.floats(0, 1).map(lambda number: round(number, 3))),
            learning_rate=data.draw(st.sampled_from([0.001, 0.5, 100.0])),
        )
        facts = QUESTIONS[name].facts(shown)
        assert all(math.isfinite(number) for number in facts.values())
        if name in ALWAYS:
            one, other = ALWAYS[name](facts)
            assert one == pytest.approx(other, rel=1e-9, abs=1e-12)

    check()


def test_a_dead_unit_that_is_brought_to_life_is_no_longer_called_dead():
    alive = QUESTIONS["dead-unit"].exercise.with_values([("b1.2", 0.1)])
    facts = QUESTIONS["dead-unit"].facts(alive)
    assert not facts["dead"]
    assert facts["gradient"] != 0
    assert not holds("dead-unit", alive)


def test_what_is_watched_in_xor_holds_along_the_slider():
    exercises = [
        QUESTIONS["xor"].exercise.with_values([("w1.2.1", weight)]) for weight in np.linspace(0, 2, 9)
    ]
    alone = [exercise.step().loss for exercise in exercises]
    of_four = [QUESTIONS["xor"].facts(exercise)["loss"] for exercise in exercises]
    assert alone == sorted(alone, reverse=True)
    assert of_four == sorted(of_four)


@pytest.mark.parametrize("weight", [-2.0, -1.0, 0.0, 1.0, 2.0])
def test_the_middle_h_is_the_best_of_a_gradient_check_along_the_slider(weight):
    exercise = QUESTIONS["close-enough"].exercise.with_values([("w1.1.1", weight)])
    assert holds("close-enough", exercise)


def test_the_loss_after_the_step_falls_then_rises_above_the_loss_now_along_the_slider():
    exercise = QUESTIONS["loss-rises"].exercise
    after = [
        QUESTIONS["loss-rises"].facts(exercise.with_values([("eta", eta)]))["after"]
        for eta in np.geomspace(1e-3, 100, 41)
    ]
    turn = after.index(min(after))
    assert after[: turn + 1] == sorted(after[: turn + 1], reverse=True)
    assert after[turn:] == sorted(after[turn:])
    assert min(after) < exercise.step().loss < after[-1]
