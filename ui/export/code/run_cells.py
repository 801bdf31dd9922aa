"""A training run as cells: data, network, each stretch of steps as a loop, and the losses to compare with."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from core.arrays import Array, spread
from core.derivation import LOSS, Formula, derive
from core.exercise import quantities_by_id
from core.expressions import Symbol, substitute, symbols
from core.losses import LOSSES
from core.network import Network
from core.optimizers import OPTIMIZERS
from core.phases import Phase
from core.settings import Settings
from ui.export.code.cells import Cell, code, text
from ui.export.code.numbers import array_literal, literal, quiet_lines
from ui.export.code.step_lines import learning_rate_lines, new_state_lines, rows_lines, update_lines
from ui.text.array_code import array_line
from ui.text.conventions import USUAL
from ui.text.given import network_words

# So many losses of a run are compared.
COMPARED = 400


class WrittenSamples(NamedTuple):
    """The training samples from a step on, as the network gets them: x (N, n_in) and y (N, n_out)."""

    at: int
    x: Array
    y: Array


class WrittenRun(NamedTuple):
    """A run to be written: its network, phases and samples, how it began, and what it came to.

    `theta` (P,) are the initial parameters, `last_theta` those after the last step, `loss` (steps,) each
    batch's loss before its update. Up to step `same_until` rounding does not change the run; `ending` is
    why it ended where it did, if that is worth a sentence.
    """

    network: Network
    phases: tuple[Phase, ...]
    samples: Sequence[WrittenSamples]
    seed: int
    theta: Array
    loss: Array
    last_theta: Array
    same_until: int
    ending: str = ""


def run_cells(run: WrittenRun) -> list[Cell]:
    """Return cells in plain NumPy that train again, step by step, and compare losses and weights."""
    network = run.network
    cells = [
        text(
            "# Training again",
            f"A network {network_words(network)}, trained for {len(run.loss):,} "
            "steps as shown in Backprop Explorer: the same samples, initial weights, batches and settings. "
            "At the end losses and weights are compared with those of the page.",
            run.ending,
        ),
        code(["import numpy as np", *quiet_lines((run.theta, run.last_theta, run.loss))]),
        text(
            "## The network",
            "All weights and biases stand in one vector theta: W1, b1, W2, b2, and so on.",
        ),
        code([*_initial(run), "", "", *_unpack(network)]),
        text(
            "## Loss and gradient of a batch",
            "Forward through the layers, and back by the chain rule. The loss is the mean over the samples "
            "of the batch.",
        ),
        code(_backprop(network, drops=drops(run.phases))),
        text("## The steps"),
    ]
    for phase, stop in stretches(run):
        cells += _phase_cells(run, phase, stop)
    shown = [
        f"shown = np.array({array_literal(run.last_theta)})",
        "np.testing.assert_allclose(theta, shown, rtol=1e-9, atol=1e-9)",
    ]
    otherwise = (
        "From step {end:,} on this run is chaotic: what is rounded off in the sixteenth digit makes "
        "another run of it. The comparison ends there."
    )
    return [*cells, *comparison(run, "rtol=1e-9, atol=1e-11", shown, otherwise)]


def stretches(run: WrittenRun) -> Iterator[tuple[Phase, int]]:
    """Return each phase of a run with the step that it ends at."""
    return zip(run.phases, [*(phase.at for phase in run.phases[1:]), len(run.loss)], strict=True)


def comparison(run: WrittenRun, within: str, last: Iterable[str], otherwise: str) -> list[Cell]:
    """Return the cells that compare the losses with those of the run, and by the lines `last` its end.

    `within` is how exactly. Where rounding changes the run from the step {end} on, which the sentence
    `otherwise` has, they compare no more than its beginning.
    """
    steps = len(run.loss)
    end = min(run.same_until, steps)
    chosen = spread(end, COMPARED)
    lines = [f"assert len(losses) == {steps}"]
    if end:
        lines += [
            f"steps = np.array({_whole_literal(chosen.tolist())})",
            f"shown = np.array({array_literal(run.loss[chosen])})",
            f"np.testing.assert_allclose(np.array(losses)[steps], shown, {within})",
        ]
    if end == steps:
        lines += last
    lines.append(f'print("The same run: {end:,} of {steps:,} steps compared")')
    return [text("## The same run", "" if end == steps else otherwise.format(end=end)), code(lines)]


def _whole_literal(numbers: list[int]) -> str:
    """Return a list of whole numbers, some in a line."""
    return array_literal(numbers).replace(".0,", ",").replace(".0]", "]")


def drops(phases: Iterable[Phase]) -> bool:
    """Return whether a run of these phases leaves out units in some of its steps."""
    return any(phase.settings.dropout > 0 for phase in phases)


def _initial(run: WrittenRun) -> list[str]:
    lines = [f"seed = {run.seed:d}", f"theta = np.array({array_literal(run.theta)})", "losses = []"]
    if any(_is_penalized(phase.settings) for phase in run.phases):
        sizes = []
        for n_in, n_out in run.network.shapes:
            sizes.append(f"np.ones({n_in * n_out})")
            sizes += [f"np.zeros({n_out})"] * run.network.bias
        lines.append(f"is_weight = np.concatenate([{', '.join(sizes)}])")
    return lines


def _parameters(network: Network) -> list[str]:
    letters = ("W", *("b" * network.bias))
    return [f"{letter}{layer}" for layer in range(1, len(network.widths)) for letter in letters]


def _unpack(network: Network) -> list[str]:
    lines = ["def unpack(theta):"]
    start = 0
    for layer, (n_in, n_out) in enumerate(network.shapes, start=1):
        stop = start + n_in * n_out
        lines.append(f"    W{layer} = theta[{start}:{stop}].reshape({n_in}, {n_out})")
        start = stop
        if network.bias:
            lines.append(f"    b{layer} = theta[{start}:{start + n_out}]")
            start += n_out
    return [*lines, f"    return {', '.join(_parameters(network))}{_comma(network)}"]


def _comma(network: Network) -> str:
    """Return the comma that makes a tuple of one array."""
    return "," if len(_parameters(network)) == 1 else ""


def _backprop(network: Network, *, drops: bool) -> list[str]:
    last = len(network.widths) - 1
    # Targets of classes are one-hot.
    found = derive(network, sums_to_one=True)
    read = {symbol for formula in found for symbol in symbols(formula.right)}
    is_fused = LOSSES[network.loss].fused == network.activations[-1]
    lines = [
        f"def backprop(theta, x, y{', masks' if drops else ''}):",
        f"    {', '.join(_parameters(network))}{_comma(network)} = unpack(theta)",
    ]
    for formula in found:
        left = formula.left
        unread = left.name == "slope" and left not in read
        is_canceled = is_fused and left == Symbol("da", last)
        if left.name.startswith(("step_", "new_")) or left == Symbol("da", 0) or unread or is_canceled:
            continue
        lines += [f"    {line}" for line in _lines(formula, network, drops=drops)]
        if left == LOSS:
            lines.append("    loss = loss / len(x)")
        if left == Symbol("delta", last):
            lines.append(f"    delta{last} = delta{last} / len(x)")
    gradients = [f"d{name}.ravel()" for name in _parameters(network)]
    return [*lines, f"    return loss, np.concatenate([{', '.join(gradients)}])"]


def _lines(formula: Formula, network: Network, *, drops: bool) -> list[str]:
    """Return the lines of a formula; what dropout leaves of an activation is what the next layer gets."""
    left, last = formula.left, len(network.widths) - 1
    if not drops:
        return [array_line(formula, network, USUAL)]

    def kept(symbol: Symbol) -> Symbol:
        is_hidden = symbol.name == "a" and 0 < symbol.layer < last
        return Symbol("kept", symbol.layer) if is_hidden else symbol

    if left.name in ("z", "dW"):
        formula = formula._replace(right=substitute(formula.right, kept))
    line = array_line(formula, network, USUAL)
    mask = f"masks[{left.layer - 1}]"
    if left.name == "a" and left.layer < last:
        return [line, f"kept{left.layer} = a{left.layer} * {mask}"]
    if left.name == "da" and left.layer < last:
        name, right = line.split(" = ", 1)
        return [f"{name} = ({right}) * {mask}"]
    return [line]


def _is_penalized(settings: Settings) -> bool:
    return settings.l1 > 0 or settings.l2 > 0


def _phase_cells(run: WrittenRun, phase: Phase, stop: int) -> list[Cell]:
    samples = [each for each in run.samples if each.at == phase.at]
    data = []
    for each in samples:
        data = [
            text(f"The training samples from step {phase.at:,} on, as the network gets them."),
            code([f"x = np.array({array_literal(each.x)})", f"y = np.array({array_literal(each.y)})"]),
        ]
    settings = phase.settings
    label = OPTIMIZERS[settings.optimizer].label
    sentence = (
        f"Steps {phase.at:,} to {stop:,}: {label}, learning rate {literal(settings.learning_rate)}, batches "
        f"of {min(settings.batch_size, phase.samples or settings.batch_size):,}."
    )
    lines = [*_set_weights(run.network, phase), *new_state_lines(phase)]
    if stop == phase.at:
        sentence = f"At step {phase.at:,}, the last."
    else:
        lines += ["", f"for step in range({phase.at}, {stop}):"]
        lines += [f"    {line}" for line in _step(run, phase)]
    return [*data, *([text(sentence), code(lines)] if any(lines) else [])]


def _set_weights(network: Network, phase: Phase) -> list[str]:
    known = quantities_by_id(network)
    chosen = [(known[name], number) for name, number in phase.weights if name in known]
    return [
        f"theta[{each.place}] = {literal(number)}  # {each.id}, set by hand"
        for each, number in chosen
        if each.kind in "wb"
    ]


def _step(run: WrittenRun, phase: Phase) -> list[str]:
    settings = phase.settings
    lines = rows_lines(phase)
    if drops(run.phases):
        units = run.network.widths[1:-1]
        kept = 1 - settings.dropout
        if settings.dropout > 0:
            lines += [
                "rng = np.random.default_rng([seed, step + 1, 1])",
                f"draws = [rng.random((units, len(rows))).T for units in {list(units)}]",
                f"masks = [(draw < {kept!r}) / {kept!r} for draw in draws]",
            ]
        else:
            lines.append(f"masks = {[1.0] * len(units)}")
    masks = ", masks" if drops(run.phases) else ""
    lines += [f"loss, gradient = backprop(theta, x[rows], y[rows]{masks})", "losses.append(loss)"]
    penalties = [
        f"{literal(factor)} * {of}"
        for factor, of in ((settings.l2, "theta"), (settings.l1, "np.sign(theta)"))
        if factor
    ]
    if penalties:
        lines.append(f"gradient = gradient + is_weight * ({' + '.join(penalties)})")
    if settings.clip is not None:
        lines.append(
            f"gradient = gradient * {literal(settings.clip)} / max(np.linalg.norm(gradient), "
            f"{literal(settings.clip)})"
        )
    return [*lines, *learning_rate_lines(phase), *update_lines(phase)]
