"""Worked examples from published sources, each with the numbers it is known by."""

from dataclasses import dataclass

from core.exercise import Exercise
from core.network import Network


@dataclass(frozen=True, slots=True)
class Example:
    """An exercise with a name, a source with its address, and what it is there to show."""

    name: str
    title: str
    source: str
    url: str
    lesson: str
    exercise: Exercise


def _exercise(
    network: Network,
    weights: list[list[list[float]]],
    biases: list[list[float]] | None,
    x: tuple[float, ...],
    y: tuple[float, ...],
    learning_rate: float,
    train_biases: bool = True,
) -> Exercise:
    theta = tuple(network.pack(weights, biases).tolist())
    return Exercise(network, theta, x, y, learning_rate, train_biases)


def _nielsen(weight: float, bias: float) -> Exercise:
    network = Network((1, 1), ("sigmoid",))
    return _exercise(network, [[[weight]]], [[bias]], (1.0,), (0.0,), 0.15)


EXAMPLES: dict[str, Example] = {
    example.name: example
    for example in (
        Example(
            "notebook",
            "Course notebook, 3-2-1",
            "ibesora/udacity-deeplearning-notes, backpropagation example",
            "https://github.com/ibesora/udacity-deeplearning-notes",
            "One hidden layer of sigmoid units, no biases: every step of backprop by hand.",
            _exercise(
                Network((3, 2, 1), ("sigmoid", "sigmoid"), bias=False),
                [[[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]], [[0.1], [-0.3]]],
                None,
                (0.5, 0.1, -0.2),
                (0.6,),
                0.5,
            ),
        ),
        Example(
            "mazur",
            "Mazur, 2-2-2",
            "Matt Mazur, A Step by Step Backpropagation Example (2015)",
            "https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/",
            "Biases held fixed. The article prints 0.291027924 for the loss after one update; the "
            "simultaneous update of its own weights gives 0.291027774: the printed figure comes from "
            "hidden deltas computed with output weights that were already updated.",
            _exercise(
                Network((2, 2, 2), ("sigmoid", "sigmoid")),
                [[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
                [[0.35, 0.35], [0.60, 0.60]],
                (0.05, 0.10),
                (0.01, 0.99),
                0.5,
                train_biases=False,
            ),
        ),
        Example(
            "relu",
            "Homework sheet, 2-2-1 ReLU",
            "Mohammed Jalal Mustafa, relu-backprop-simulator (2026)",
            "https://github.com/MohammedJMustafa/relu-backprop-simulator",
            "ReLU everywhere. Set b→h2 to −1: the unit is dead and the gradients of its weights and "
            "bias are exactly 0.",
            _exercise(
                Network((2, 2, 1), ("relu", "relu")),
                [[[0.6, 0.3], [0.8, 0.4]], [[0.6], [-0.2]]],
                [[0.2, 0.1], [0.1]],
                (1.2, 0.5),
                (1.0,),
                0.1,
            ),
        ),
        Example(
            "nielsen",
            "Nielsen, one neuron",
            "Michael Nielsen, Neural Networks and Deep Learning, chapter 3 (2015)",
            "http://neuralnetworksanddeeplearning.com/chap3.html",
            "One sigmoid neuron learns to give 0: 300 steps bring it from 0.82 to 0.09.",
            _nielsen(0.6, 0.9),
        ),
        Example(
            "nielsen_saturated",
            "Nielsen, saturated neuron",
            "Michael Nielsen, Neural Networks and Deep Learning, chapter 3 (2015)",
            "http://neuralnetworksanddeeplearning.com/chap3.html",
            "The same neuron, badly wrong at first: σ′(z) is tiny, so the loss stays flat for about "
            "150 steps before it falls.",
            _nielsen(2.0, 2.0),
        ),
        Example(
            "xor",
            "XOR solved by hand, 2-2-1",
            "Goodfellow, Bengio and Courville, Deep Learning, section 6.1 (2016)",
            "https://www.deeplearningbook.org/contents/mlp.html",
            "Two ReLU units solve XOR exactly. Try the inputs (0, 0), (0, 1), (1, 0) and (1, 1) with "
            "their targets 0, 1, 1, 0: the loss and every gradient stay 0.",
            _exercise(
                Network((2, 2, 1), ("relu", "identity")),
                [[[1.0, 1.0], [1.0, 1.0]], [[1.0], [-2.0]]],
                [[0.0, -1.0], [0.0]],
                (0.0, 1.0),
                (1.0,),
                0.1,
            ),
        ),
        Example(
            "han",
            "Data-mining textbook, 3-2-1",
            "Han, Kamber and Pei, Data Mining: Concepts and Techniques, chapter 9 (2011)",
            "https://doi.org/10.1016/C2009-0-61819-5",
            "Sigmoid units with trained biases, worked with three decimals. The book prints 0.1311 for the "
            "error term of the output, as it goes on from the output rounded to 0.474; unrounded it is "
            "0.1312.",
            _exercise(
                Network((3, 2, 1), ("sigmoid", "sigmoid")),
                [[[0.2, -0.3], [0.4, 0.1], [-0.5, 0.2]], [[-0.3], [-0.2]]],
                [[-0.4, 0.2], [0.1]],
                (1.0, 0.0, 1.0),
                (1.0,),
                0.9,
            ),
        ),
    )
}

DEFAULT_EXAMPLE = EXAMPLES["notebook"]
