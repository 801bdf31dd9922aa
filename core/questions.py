"""Questions that learners have about backprop, each with the network that shows its answer."""

from collections.abc import Callable
from dataclasses import dataclass

from core import question_facts as facts
from core.examples import EXAMPLES
from core.exercise import Exercise
from core.expressions import Symbol
from core.network import Network
from core.question_facts import Facts


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with the exercise that shows its answer, and the number whose formula is the answer's.

    `drag` is the id of the quantity that is worth moving. `facts(exercise)` has the numbers of the answer,
    whatever numbers the network has.
    """

    name: str
    exercise: Exercise
    symbol: Symbol
    drag: str
    facts: Callable[[Exercise], Facts]


def _exercise(
    network: Network,
    weights: list[list[list[float]]],
    x: tuple[float, ...],
    y: tuple[float, ...],
    learning_rate: float = 0.5,
    biases: list[list[float]] | None = None,
) -> Exercise:
    return Exercise(network, tuple(network.pack(weights, biases).tolist()), x, y, learning_rate)


_NOTEBOOK, _MAZUR = EXAMPLES["notebook"].exercise, EXAMPLES["mazur"].exercise
_STEEP = EXAMPLES["relu"].exercise.with_values([("eta", 2.0)])
_SOFTMAX = _exercise(
    Network((2, 3), ("softmax",), "categorical_cross_entropy", bias=False),
    [[[0.5, -0.4, 0.2], [0.3, 0.8, -0.6]]],
    (1.0, -0.5),
    (0.0, 1.0, 0.0),
)
_ONE_UNIT = _exercise(
    Network((2, 1), ("sigmoid",), "binary_cross_entropy"), [[[0.0], [0.0]]], (0.0, 1.0), (1.0,), 0.5, [[0.0]]
)
_CHAIN = _exercise(
    Network((1, 1, 1, 1, 1), ("sigmoid",) * 4, bias=False),
    [[[1.0]], [[1.0]], [[1.0]], [[1.0]]],
    (1.0,),
    (0.0,),
)
_ZEROS = _exercise(
    Network((2, 2, 1), ("sigmoid", "sigmoid"), bias=False),
    [[[0.0, 0.0], [0.0, 0.0]], [[0.0], [0.0]]],
    (1.0, 0.5),
    (1.0,),
)
_DEAD = EXAMPLES["relu"].exercise.with_values([("b1.2", -1.0)])
_FLAT = EXAMPLES["nielsen_saturated"].exercise


def _of(name: str, layer: int, *index: int) -> Symbol:
    return Symbol(name, layer, index)


QUESTIONS: dict[str, AnsweredQuestion] = {
    question.name: question
    for question in (
        AnsweredQuestion("delta-or-gradient", _NOTEBOOK, _of("dW", 1, 0, 0), "x1", facts.delta_or_gradient),
        AnsweredQuestion("which-sign", _NOTEBOOK, _of("step_W", 2, 0, 0), "y1", facts.which_sign),
        AnsweredQuestion("z-or-a", _NOTEBOOK, _of("slope", 1, 0, 0), "w1.1.1", facts.z_or_a),
        AnsweredQuestion("factor-two", _NOTEBOOK, _of("da", 2, 0, 0), "y1", facts.factor_two),
        AnsweredQuestion("why-backward", _NOTEBOOK, _of("dW", 1, 0, 0), "w2.1.1", facts.why_backward),
        AnsweredQuestion("old-or-new", _MAZUR, _of("delta", 1, 0, 0), "eta", facts.old_or_new),
        AnsweredQuestion("sum-over-outputs", _MAZUR, _of("da", 1, 0, 0), "w2.1.2", facts.sum_over_outputs),
        AnsweredQuestion("transpose", _MAZUR, _of("da", 1, 0, 0), "w2.1.2", facts.transpose),
        AnsweredQuestion("softmax-delta", _SOFTMAX, _of("delta", 1, 0, 1), "w1.1.2", facts.softmax_delta),
        AnsweredQuestion("one-over-m", _NOTEBOOK, _of("dW", 2, 0, 0), "y1", facts.one_over_m),
        AnsweredQuestion("batch-mean", _MAZUR, _of("dW", 1, 0, 0), "x1", facts.batch_mean),
        AnsweredQuestion("sum-for-bias", _MAZUR, _of("db", 1, 0), "x1", facts.sum_for_bias),
        AnsweredQuestion("learning-rate", _NOTEBOOK, _of("step_W", 1, 0, 0), "eta", facts.learning_rate),
        AnsweredQuestion("loss-rises", _STEEP, _of("new_W", 2, 0, 0), "eta", facts.loss_rises),
        AnsweredQuestion("zero-start", _ZEROS, _of("dW", 1, 0, 0), "w2.1.1", facts.zero_start),
        AnsweredQuestion("saturation", _FLAT, _of("delta", 1, 0, 0), "w1.1.1", facts.saturation),
        AnsweredQuestion("vanishing", _CHAIN, _of("delta", 1, 0, 0), "w2.1.1", facts.vanishing),
        AnsweredQuestion("dead-unit", _DEAD, _of("delta", 1, 0, 1), "b1.2", facts.dead_unit),
        AnsweredQuestion("xor", _ONE_UNIT, _of("z", 1, 0, 0), "w1.2.1", facts.xor),
        AnsweredQuestion("close-enough", _NOTEBOOK, _of("dW", 1, 0, 0), "w1.1.1", facts.close_enough),
    )
}
