"""What a paste sets on One step, and what of it fits nowhere, in words."""

from core.network import Network
from ui.text.numbers import count, quote
from ui.text.pasted.arrays import PastedArray
from ui.text.pasted.placing import Placed
from ui.text.pasted.problems import line_and_column
from ui.text.pasted.reader import PastedText, describe_not_set, describe_skipped
from ui.text.pasted.roles import role_of

# Of more arrays than these only the count is given.
_NAMED = 5


def called(array: PastedArray) -> str:
    """Return what a message calls a pasted array."""
    return quote(array.name) if array.name else "an array without a name"


def shape_of(array: PastedArray) -> str:
    """Return the shape of a pasted array, as a message has it."""
    return str(array.shape) if array.shape else "(one number)"


def describe_what(placed: Placed, network: Network | None) -> str:
    """Return all that is set, such as "network 3-2-1, W1, W2, no biases"; the network is None if it stays."""
    if network is None:
        parts = [f"W{one.layer}" for one in placed.weights]
    else:
        parts = [f"network {'-'.join(map(str, network.widths))}"]
        parts += [f"W{layer}" for layer in range(1, len(network.widths))]
    if placed.biases:
        parts.append("biases")
    elif network is not None:
        parts.append("no biases")
    parts += ["inputs"] * bool(placed.x) + ["target"] * bool(placed.y)
    return ", ".join([*parts, *["learning rate"] * bool(placed.eta)])


def pasted_notes(reading: PastedText, placed: Placed, network: Network) -> tuple[str, ...]:
    """Return sentences on arrays that fit nowhere, biases that were left out, and what was passed over."""
    notes = []
    if placed.unplaced:
        named = [
            f"{called(array)} in line {line_and_column(reading.text, array.start)[0]}"
            for array in placed.unplaced[:_NAMED]
        ]
        more = len(placed.unplaced) - len(named)
        notes.append(f"Fits nowhere: {', '.join(named)}{f' and {more} more' if more else ''}.")
    if placed.weights and 0 < len(placed.biases) < len(network.shapes) and len(placed.weights) > 1:
        missing = len(network.shapes) - len(placed.biases)
        notes.append(f"Biases of {count(missing, 'layer')} were not pasted: they are 0.")
    roles = [role_of(array.name) for array in reading.arrays if array.name and not array.shape]
    are_counted = any(role is not None and role.kind == "W" for role in roles)
    if are_counted and placed.weights and placed.weights[0].array.shape:
        notes.append("w1, w2, … are taken unit by unit: those into the first unit of a layer come first.")
    not_set = describe_not_set(reading)
    if not_set or not placed.weights:
        notes.append(not_set or describe_skipped(reading))
    return tuple(note for note in notes if note)
