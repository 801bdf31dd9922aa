"""Lines of a training step in NumPy: the rows of its batch, its learning rate, the optimizer's update."""

from core.phases import Phase, per_epoch
from ui.export.code.numbers import literal

_STATES = {
    "momentum": ("velocity",),
    "nesterov": ("velocity",),
    "adagrad": ("squares",),
    "rmsprop": ("squares",),
    "adam": ("mean", "squares"),
    "adamw": ("mean", "squares"),
}


def new_state_lines(phase: Phase) -> list[str]:
    """Return the lines with which an optimizer begins, where it begins with a phase."""
    if phase.state_from != phase.at:
        return []
    return [f"{name} = np.zeros_like(theta)" for name in _STATES.get(phase.settings.optimizer, ())]


def _since(name: str, start: int) -> str:
    return f"{name} - {start}" if start else name


def rows_lines(phase: Phase) -> list[str]:
    """Return the lines that pick the rows of a step's batch."""
    settings, count = phase.settings, phase.samples
    batch = min(settings.batch_size, count)
    lines = []
    if batch == count:
        lines.append(f"rows = np.arange({count})")
    else:
        epoch = f"{phase.epoch} + epoch" if phase.epoch else "epoch"
        order = (
            f"np.random.default_rng([seed, {epoch}]).permutation({count})"
            if settings.shuffle
            else f"np.arange({count})"
        )
        lines += [
            f"epoch, place = divmod({_since('step', phase.epoch_from)}, {per_epoch(settings, count)})",
            f"order = {order}",
            f"rows = order[{batch} * place : {batch} * (place + 1)]",
        ]
    return lines


def learning_rate_lines(phase: Phase) -> list[str]:
    """Return the line with the learning rate of a step, by its schedule."""
    settings = phase.settings
    eta, period, decay = literal(settings.learning_rate), settings.period, literal(settings.decay)
    t = _since("step", phase.schedule_from)
    of_t = f"({t})" if " " in t else t
    factor = {
        "step": f"{decay} ** ({of_t} // {period})",
        "exponential": f"{decay} ** ({of_t} / {period})",
        "cosine": f"0.5 * (1 + np.cos(np.pi * min({of_t} / {period}, 1)))",
        "warm_up": f"min(({t} + 1) / {period}, 1)",
    }.get(settings.schedule)
    return [f"eta = {eta} * {factor}" if factor else f"eta = {eta}"]


def update_lines(phase: Phase) -> list[str]:
    """Return the lines of an optimizer, as its formula in OPTIMIZERS has them."""
    rates = phase.settings.rates
    t = _since("step", phase.state_from)
    epsilon, rho = literal(rates.epsilon), literal(rates.rho)
    beta1, beta2 = literal(rates.beta1), literal(rates.beta2)
    velocity = f"velocity = {literal(rates.momentum)} * velocity + gradient"
    by_squares = f"theta = theta - eta * gradient / (np.sqrt(squares) + {epsilon})"
    adam = [
        f"t = {t} + 1",
        f"mean = {beta1} * mean + (1 - {beta1}) * gradient",
        f"squares = {beta2} * squares + (1 - {beta2}) * gradient**2",
        f"unbiased_mean = mean / (1 - {beta1}**t)",
        f"unbiased_squares = squares / (1 - {beta2}**t)",
        f"step_of_adam = -eta * unbiased_mean / (np.sqrt(unbiased_squares) + {epsilon})",
    ]
    return {
        "gradient_descent": ["theta = theta - eta * gradient"],
        "momentum": [velocity, "theta = theta - eta * velocity"],
        "nesterov": [velocity, f"theta = theta - eta * (gradient + {literal(rates.momentum)} * velocity)"],
        "adagrad": ["squares = squares + gradient**2", by_squares],
        "rmsprop": [f"squares = {rho} * squares + (1 - {rho}) * gradient**2", by_squares],
        "adam": [*adam, "theta = theta + step_of_adam"],
        "adamw": [*adam, f"theta = theta + step_of_adam - eta * {literal(rates.weight_decay)} * theta"],
    }[phase.settings.optimizer]
