"""A training run in PyTorch: the network of modules, an optimizer of torch, and the same batches."""

from core.exercise import quantities_by_id
from core.network import Network
from core.phases import Phase
from ui.export.code.cells import Cell, code, text
from ui.export.code.numbers import array_literal, literal
from ui.export.code.run_cells import WrittenRun, comparison, drops, stretches
from ui.export.code.step_lines import learning_rate_lines, rows_lines
from ui.export.code.torch_cells import forward_lines, network_lines
from ui.text.array_code import LIBRARIES

# Torch divides these by the number of samples itself.
_MEANS = ("mean_squared_error", "categorical_cross_entropy")


def torch_run_cells(run: WrittenRun) -> list[Cell]:
    """Return cells that train a run again in PyTorch, and compare losses and weights.

    Raises ValueError for a run with dropout: torch draws its masks by random numbers of its own.
    """
    if drops(run.phases):
        raise ValueError("PyTorch draws what dropout leaves out by its own random numbers.")
    loss = "loss" if run.network.loss in _MEANS else "loss / len(x)"
    forward = [f"    {line}" for line in forward_lines(run.network)]
    cells = [
        text("# Training again in PyTorch", run.ending),
        code(["import numpy as np", *LIBRARIES["PyTorch"].heading]),
        text("The network up to the last z, with the initial weights, and the loss of a batch."),
        code([*network_lines(run.network, run.theta), f"seed = {run.seed:d}", "losses = []"]),
        code(["def loss_of(x, y):", *forward, f"    return {loss}"]),
    ]
    for phase, stop in stretches(run):
        cells += _phase_cells(run, phase, stop)
    otherwise = "From step {end:,} on rounding makes another run of it; that is not compared."
    return [*cells, *comparison(run, "rtol=1e-7, atol=1e-9", _last_lines(run), otherwise)]


def _phase_cells(run: WrittenRun, phase: Phase, stop: int) -> list[Cell]:
    data = [
        code([f"x = torch.tensor({array_literal(each.x)})", f"y = torch.tensor({array_literal(each.y)})"])
        for each in run.samples
        if each.at == phase.at
    ]
    lines = [*_set_weights(run.network, phase), *_optimizer(phase)]
    if stop > phase.at:
        lines += ["", f"for step in range({phase.at}, {stop}):", *(f"    {line}" for line in _step(phase))]
    return [text(f"## From step {phase.at:,} on"), *data, code(lines)]


def _set_weights(network: Network, phase: Phase) -> list[str]:
    known = quantities_by_id(network)
    lines = []
    for name, number in phase.weights:
        if name not in known or known[name].kind not in "wb":
            continue
        each = known[name]
        module = f"network[{2 * (each.layer - 1)}]"
        place = f"weight[{each.column}, {each.row}]" if each.kind == "w" else f"bias[{each.column}]"
        lines.append(f"    {module}.{place} = {literal(number)}")
    return ["with torch.no_grad():", *lines] if lines else []


def _optimizer(phase: Phase) -> list[str]:
    rates = phase.settings.rates
    eps = f"eps={literal(rates.epsilon)}"
    betas = f"betas=({literal(rates.beta1)}, {literal(rates.beta2)})"
    momentum = f"momentum={literal(rates.momentum)}"
    name, options = {
        "gradient_descent": ("SGD", ""),
        "momentum": ("SGD", momentum),
        "nesterov": ("SGD", f"{momentum}, nesterov=True"),
        "adagrad": ("Adagrad", eps),
        "rmsprop": ("RMSprop", f"alpha={literal(rates.rho)}, {eps}"),
        "adam": ("Adam", f"{betas}, {eps}"),
        "adamw": ("AdamW", f"{betas}, {eps}, weight_decay={literal(rates.weight_decay)}"),
    }[phase.settings.optimizer]
    if phase.state_from != phase.at:
        return [f"optimizer.param_groups[0].update({options})"] if options else []
    rate = f"lr={literal(phase.settings.learning_rate)}"
    return [
        f"optimizer = torch.optim.{name}(network.parameters(), {', '.join(filter(None, [rate, options]))})"
    ]


def _step(phase: Phase) -> list[str]:
    settings = phase.settings
    lines = [
        *rows_lines(phase),
        "rows = torch.from_numpy(rows)",
        "optimizer.zero_grad()",
        "loss = loss_of(x[rows], y[rows])",
        "losses.append(loss.item())",
        "loss.backward()",
    ]
    penalties = [
        f"{literal(factor)} * {of}"
        for factor, of in ((settings.l2, "weight.detach()"), (settings.l1, "weight.detach().sign()"))
        if factor
    ]
    if penalties:
        lines += [
            'for weight in [each for name, each in network.named_parameters() if name.endswith("weight")]:',
            f"    weight.grad += {' + '.join(penalties)}",
        ]
    if settings.clip is not None:
        clip = literal(settings.clip)
        lines += [
            "norm = sum(each.grad.square().sum().item() for each in network.parameters()) ** 0.5",
            "for each in network.parameters():",
            f"    each.grad *= {clip} / max(norm, {clip})",
        ]
    return [
        *lines,
        *learning_rate_lines(phase),
        'optimizer.param_groups[0]["lr"] = float(eta)',
        "optimizer.step()",
    ]


def _last_lines(run: WrittenRun) -> list[str]:
    """Return the lines that compare weights and biases with those after the last step."""
    lines = []
    for place, (W, b) in enumerate(run.network.layers(run.last_theta)):
        for name, array in (("weight", W.T), ("bias", b)):
            if array is not None:
                lines += [
                    f"shown = np.array({array_literal(array)})",
                    f"computed = network[{2 * place}].{name}.detach().numpy()",
                    "np.testing.assert_allclose(computed, shown, rtol=1e-7, atol=1e-8)",
                ]
    return lines
