"""The frames of the live network: all that one step computes, as one row of numbers."""

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.network import Network
from core.step import Step

SCALARS = ("loss", "loss_after", "loss_predicted")
NODE_ARRAYS = ("a", "z", "derivative", "da", "delta")


def frame_layout(network: Network) -> dict[str, int]:
    """Return where each quantity starts in a frame: three scalars, five node arrays, then dL/dθ."""
    layout = {name: place for place, name in enumerate(SCALARS)}
    nodes = sum(network.widths)
    layout |= {name: len(SCALARS) + place * nodes for place, name in enumerate(NODE_ARRAYS)}
    layout["gradient"] = len(SCALARS) + len(NODE_ARRAYS) * nodes
    layout["length"] = layout["gradient"] + network.n_parameters
    return layout


def frames(network: Network, step: Step) -> Array:
    """Return a step's frames (..., length), laid out as by `frame_layout`, for its first sample.

    The inputs have no z, f'(z) and δ; their places hold 0.
    """
    layout = frame_layout(network)
    lead = np.broadcast_shapes(step.loss.shape, step.loss_after.shape)
    result = np.zeros((*lead, layout["length"]))
    for name in SCALARS:
        result[..., layout[name]] = getattr(step, name)
    layers = zip(network.activations, step.trace.z, step.trace.a[1:], strict=True)
    derivative = [ACTIVATIONS[name].derivative(z, a) for name, z, a in layers]
    inputs = np.zeros((1, network.widths[0]))
    columns = {
        "a": step.trace.a,
        "z": (inputs, *step.trace.z),
        "derivative": (inputs, *derivative),
        "da": step.gradient.da,
        "delta": (inputs, *step.gradient.delta),
    }
    for name, arrays in columns.items():
        place = layout[name]
        for array in arrays:
            result[..., place : place + array.shape[-1]] = array[..., 0, :]
            place += array.shape[-1]
    result[..., layout["gradient"] :] = step.gradient.theta
    return result
