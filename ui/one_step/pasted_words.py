"""What a paste sets on One step, and what of it fits nowhere, in words."""

from core.network import Network
from ui.text.numbers import count, quote
from ui.text.pasted.arrays import PastedArray
from ui.text.pasted.placing import Placed
from ui.text.pasted.problems import line_and_column
from ui.text.pasted.reader import PastedText, describe_skipped

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
    if reading.skipped and not placed.weights:
        notes.append(describe_skipped(reading))
    return tuple(notes)
