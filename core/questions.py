"""Questions that learners have about backprop, each with the network that shows its answer."""

from dataclasses import dataclass

from core.examples import EXAMPLES
from core.exercise import Exercise
from core.expressions import Symbol
from core.network import Network


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with the exercise that shows its answer, and the number whose formula is the answer's.

    `drag` is the id of the quantity that is worth moving. FACTS has the numbers of the answer and CLAIMS
    whether it is seen to hold, by the question's name.
    """

    name: str
    exercise: Exercise
    symbol: Symbol
    drag: str


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
        AnsweredQuestion(
            "delta-or-gradient",
            _NOTEBOOK,
            _of("dW", 1, 0, 0),
            "x1",
        ),
        AnsweredQuestion("which-sign", _NOTEBOOK, _of("step_W", 2, 0, 0), "y1"),
        AnsweredQuestion("z-or-a", _NOTEBOOK, _of("slope", 1, 0, 0), "w1.1.1"),
        AnsweredQuestion("factor-two", _NOTEBOOK, _of("da", 2, 0, 0), "y1"),
        AnsweredQuestion("why-backward", _NOTEBOOK, _of("dW", 1, 0, 0), "w2.1.1"),
        AnsweredQuestion("old-or-new", _MAZUR, _of("delta", 1, 0, 0), "eta"),
        AnsweredQuestion(
            "sum-over-outputs",
            _MAZUR,
            _of("da", 1, 0, 0),
            "w2.1.2",
        ),
        AnsweredQuestion("transpose", _MAZUR, _of("da", 1, 0, 0), "w2.1.2"),
        AnsweredQuestion("softmax-delta", _SOFTMAX, _of("delta", 1, 0, 1), "w1.1.2"),
        AnsweredQuestion("one-over-m", _NOTEBOOK, _of("dW", 2, 0, 0), "y1"),
        AnsweredQuestion("batch-mean", _MAZUR, _of("dW", 1, 0, 0), "x1"),
        AnsweredQuestion("sum-for-bias", _MAZUR, _of("db", 1, 0), "x1"),
        AnsweredQuestion("learning-rate", _NOTEBOOK, _of("step_W", 1, 0, 0), "eta"),
        AnsweredQuestion("loss-rises", _STEEP, _of("new_W", 2, 0, 0), "eta"),
        AnsweredQuestion("zero-start", _ZEROS, _of("dW", 1, 0, 0), "w2.1.1"),
        AnsweredQuestion("saturation", _FLAT, _of("delta", 1, 0, 0), "w1.1.1"),
        AnsweredQuestion("vanishing", _CHAIN, _of("delta", 1, 0, 0), "w2.1.1"),
        AnsweredQuestion("dead-unit", _DEAD, _of("delta", 1, 0, 1), "b1.2"),
        AnsweredQuestion("xor", _ONE_UNIT, _of("z", 1, 0, 0), "w1.2.1"),
        AnsweredQuestion("close-enough", _NOTEBOOK, _of("dW", 1, 0, 0), "w1.1.1"),
    )
}
