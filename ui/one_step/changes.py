"""What was changed between two states of the One step page, in words, and what a change leaves behind."""

from dataclasses import replace

from core.activations import ACTIVATIONS
from core.exercise import Exercise, quantities, quantities_by_id
from core.history import History
from core.losses import LOSSES
from core.network import Network
from ui.links.fitting import bias_mode
from ui.links.view import View
from ui.one_step.state import OneStep
from ui.shell.store import Described
from ui.text.numbers import Precision, count, field_name, format_number

# Of more numbers than these only the count is given.
_NAMED = 2


def without_moves(state: OneStep) -> OneStep:
    """Return the state without what moves and views alter: what is left is equal if nothing was changed."""
    return replace(state, view=View(), history=replace(state.history, position=0))


def describe_change(before: OneStep, earlier: Exercise, after: OneStep, later: Exercise) -> Described:
    """Return what was changed, such as "10 steps" or "weight x1→h1 0.500000 → 0.700000 at step 40".

    `earlier` and `later` are the exercises at the two positions.
    """
    if after.history.branches != before.history.branches:
        return _describe_history(before, earlier, after, later)
    old, new = before.start, after.start
    if old.network != new.network or bias_mode(old) != bias_mode(new):
        return _joined(_describe_network(old.network, new.network, bias_mode(old), bias_mode(new)), "; ")
    if after.seed is not None and after.seed != before.seed:
        return _described("weights", f"drawn by seed {after.seed}")
    return _describe_numbers(old, new, after.view.precision) or _described("the initializer")


def _joined(parts: list[Described], mark: str) -> Described:
    """Return several changes as one, called by the first of them."""
    return Described(parts[0].what, mark.join(part.sentence for part in parts))


def _described(what: str, how: str = "") -> Described:
    return Described(what, f"{what} {how}".rstrip())


def describe_branch(history: History, start: Exercise, precision: Precision) -> str | None:
    """Return what left the newest faint curve behind, such as "weight x1→h1 became 0.700000 at step 40"."""
    pairs = list(zip(history.branches, history.branches[1:], strict=False))
    left = [branch for parent, branch in pairs if parent.end > branch.at]
    if not left:
        return None
    known = quantities_by_id(start.network)
    at, changes = left[-1].at, left[-1].changes
    if len(changes) > _NAMED:
        return f"{count(len(changes), 'number')} changed at step {at}"
    became = [
        f"{field_name(known[name]).lower()} became {format_number(value, precision)}"
        for name, value in changes
    ]
    return f"{' and '.join(became)} at step {at}"


def _describe_history(before: OneStep, earlier: Exercise, after: OneStep, later: Exercise) -> Described:
    old, new = before.history, after.history
    if new == History():
        steps = count(old.current.end, "step")
        if later == earlier or after.start == before.start:
            return _described(steps, "(reset)")
        rest = describe_change(replace(before, start=earlier, history=new), earlier, after, later)
        return _joined([rest, _described(steps)], "; ")
    if len(new.branches) == len(old.branches) and new.current.changes == old.current.changes:
        return _described(count(new.current.end - old.current.end, "step"))
    changed = _describe_numbers(earlier, later, after.view.precision)
    at = f"at step {new.position}"
    return Described(changed.what, f"{changed.sentence} {at}") if changed else _described("numbers", at)


def _describe_numbers(old: Exercise, new: Exercise, precision: Precision) -> Described | None:
    changed = [
        (quantity, old.value(quantity), new.value(quantity))
        for quantity in quantities(new.network)
        if old.value(quantity) != new.value(quantity)
    ]
    if len(changed) > _NAMED:
        return _described(count(len(changed), "number"))
    parts = [
        _described(
            field_name(quantity).lower(),
            f"{format_number(was, precision)} → {format_number(now, precision)}",
        )
        for quantity, was, now in changed
    ]
    return _joined(parts, ", ") if parts else None


def _describe_network(old: Network, new: Network, old_bias: str, new_bias: str) -> list[Described]:
    parts = []
    if old.widths != new.widths:
        parts.append(
            _described("layers", f"{'-'.join(map(str, old.widths))} → {'-'.join(map(str, new.widths))}")
        )
    elif old.activations != new.activations:
        pairs = zip(old.activations, new.activations, strict=True)
        parts += [
            _described(f"activation of layer {layer}", f"{ACTIVATIONS[was].label} → {ACTIVATIONS[now].label}")
            for layer, (was, now) in enumerate(pairs, start=1)
            if was != now
        ]
    if old.loss != new.loss:
        parts.append(_described("loss", f"{LOSSES[old.loss].label} → {LOSSES[new.loss].label}"))
    if old_bias != new_bias:
        parts.append(_described("biases", f"{old_bias} → {new_bias}"))
    return parts
