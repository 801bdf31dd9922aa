"""One step in PyTorch: a network of modules, its loss, backward() and the optimizer's step."""

import numpy as np

from core.arrays import Array
from core.derivation import LOSS, derive, has_probabilities
from core.exercise import Exercise
from core.expressions import Symbol
from core.losses import LOSSES
from core.network import Network
from ui.export.code.cells import Cell, code, text
from ui.export.code.numbers import array_literal, literal
from ui.text.array_code import LIBRARIES, array_line
from ui.text.conventions import CONVENTIONS

# What computes the activation of a hidden layer; torch has no module for the sine.
MODULES = {
    "sigmoid": "torch.nn.Sigmoid()",
    "tanh": "torch.nn.Tanh()",
    "relu": "torch.nn.ReLU()",
    "leaky_relu": "torch.nn.LeakyReLU(0.01)",
    "elu": "torch.nn.ELU()",
    "softplus": "torch.nn.Softplus()",
    "gelu": 'torch.nn.GELU(approximate="tanh")',
    "sin": "Sine()",
    "identity": "torch.nn.Identity()",
}
_SINE = ("class Sine(torch.nn.Module):", "    def forward(self, z):", "        return torch.sin(z)", "", "")
# Above 20 torch takes z itself for softplus, and 1 for its slope, which is 2e-9 more.
_CHECK = (
    "def check(computed, shown):",
    '    """Stop where a tensor is not the one on the screen, but for rounding."""',
    "    shown = torch.tensor(shown)",
    "    torch.testing.assert_close(computed.detach(), shown, rtol=1e-8, atol=1e-10, equal_nan=True)",
)
# Of a probability, or of what is left to 1, below which torch has another slope of the logarithm.
_SMALLEST = 1e-6
_OTHER_SLOPE = (
    "The prediction has saturated. There torch cuts logarithms and their slopes off earlier than the page, "
    "and the gradients are not compared."
)


def torch_cells(exercise: Exercise) -> list[Cell]:
    """Return cells that build an exercise's network, load its weights, and take the step with autograd."""
    network, step = exercise.network, exercise.step()
    is_compared = not _is_cut_off(network, step.trace.a[-1])
    after = exercise.theta_array + step.weight_delta
    update = [
        *_optimizer(exercise),
        "optimizer.step()",
        *(_checks(network, after, "") if is_compared else []),
        *forward_lines(network),
        *(_checked("loss", step.loss_after) if is_compared else []),
    ]
    backward = ["loss.backward()", *(_checks(network, step.gradient.theta, ".grad") if is_compared else [])]
    return [
        text("# One step of backprop in PyTorch"),
        text(
            "## With modules and autograd",
            "The weight of a Linear has a row for each unit that it feeds: it is the transpose of W. The "
            "modules end with the last z, from which the prediction and the loss are computed.",
        ),
        code([*LIBRARIES["PyTorch"].heading, "", "", *_CHECK]),
        code([*_given(exercise), "", *network_lines(network, exercise.theta_array)]),
        text("Forward: the prediction and the loss."),
        code([*forward_lines(network), *_checked("y_hat", step.trace.a[-1]), *_checked_loss(exercise)]),
        text("Backward: autograd computes the gradient of every weight and bias.", _note(is_compared)),
        code(backward),
        text("The step, and the loss after it."),
        code(update),
    ]


def _note(is_compared: bool) -> str:
    return "" if is_compared else _OTHER_SLOPE


def _is_cut_off(network: Network, y_hat: Array) -> bool:
    """Return whether torch's loss of probabilities has other slopes than the page at a prediction."""
    loss = LOSSES[network.loss]
    if loss.bounds != (0, 1) or loss.fused == network.activations[-1]:
        return False
    least = np.minimum(np.abs(y_hat), np.abs(1 - y_hat)) if has_probabilities(network) else np.abs(y_hat)
    return bool(np.min(least) < _SMALLEST)


def _checked_loss(exercise: Exercise) -> list[str]:
    step = exercise.step()
    return [] if _is_cut_off(exercise.network, step.trace.a[-1]) else _checked("loss", step.loss)


def _given(exercise: Exercise) -> list[str]:
    return [
        f"x = torch.tensor({array_literal(exercise.x_array)})",
        f"y = torch.tensor({array_literal(exercise.y_array)})",
        f"lr = {literal(exercise.learning_rate)}",
    ]


def network_lines(network: Network, theta: Array) -> list[str]:
    """Return the lines that build a network of modules up to the last z, and load θ (P,) into it."""
    hidden = network.activations[:-1]
    modules = []
    for place, (n_in, n_out) in enumerate(network.shapes):
        bias = "" if network.bias else ", bias=False"
        modules.append(f"torch.nn.Linear({n_in}, {n_out}{bias})")
        modules += [MODULES[name] for name in hidden[place : place + 1]]
    state = []
    for place, (W, b) in enumerate(network.layers(theta)):
        state.append(f'    "{2 * place}.weight": torch.tensor({array_literal(W.T, 4)}),')
        if b is not None:
            state.append(f'    "{2 * place}.bias": torch.tensor({array_literal(b, 4)}),')
    return [
        *(_SINE if "sin" in hidden else ()),
        "network = torch.nn.Sequential(",
        *(f"    {module}," for module in modules),
        ")",
        "state_dict = {",
        *state,
        "}",
        "network.load_state_dict(state_dict)",
    ]


def forward_lines(network: Network) -> list[str]:
    """Return the lines from x to the prediction and the loss of one sample."""
    convention = CONVENTIONS["pytorch"]
    last = len(network.widths) - 1
    wanted = (Symbol("a", last), LOSS)
    found = [formula for formula in derive(network) if formula.left in wanted]
    return [
        f"z{last} = network(x)",
        *(array_line(formula, network, convention) for formula in found),
    ]


def _optimizer(exercise: Exercise) -> list[str]:
    if exercise.train_biases or not exercise.network.bias:
        return ["optimizer = torch.optim.SGD(network.parameters(), lr=lr)"]
    return [
        "# The biases are held fixed.",
        'weights = [each for name, each in network.named_parameters() if name.endswith("weight")]',
        "optimizer = torch.optim.SGD(weights, lr=lr)",
    ]


def _checked(name: str, shown: Array) -> list[str]:
    return [f"check({name}, {array_literal(shown)})"]


def _checks(network: Network, theta: Array, what: str) -> list[str]:
    """Return the lines that compare weights and biases, or `what` there is of each, with θ (P,)."""
    lines = []
    for place, (W, b) in enumerate(network.layers(theta)):
        lines += _checked(f"network[{2 * place}].weight{what}", W.T)
        if b is not None:
            lines += _checked(f"network[{2 * place}].bias{what}", b)
    return lines
