"""How much of a run fits into so many bytes of JSON, in which bytes are text, four for three."""

from core.network import Network
from core.plane import Plane
from ui.components.player.unit_maps import (
    SURFACE_POSITIONS,
    SURFACE_SIDE,
    UNIT_POSITIONS,
    UNIT_SIDE,
    coarse_length,
)

# The rest of a film is for maps and samples.
_KEY_FRAMES_SHARE = 0.85
# Next steps are as much maps as numbers: each map lasts for a moment only.
_NEXT_KEY_FRAMES_SHARE = 0.5
# A map on every so many key frames of next steps: between them the browser blends.
_KEY_FRAMES_OF_A_MAP = 4


def key_frames_in(max_bytes: int, parameters: int, size: int) -> int:
    """Return how many key frames leave room in a film for maps of some of them, `size` bytes a number."""
    return max(int(_KEY_FRAMES_SHARE * max_bytes * 3 / 4 / _key_frame_bytes(parameters, size)), 2)


def map_frames_in(
    max_bytes: int, network: Network, key_frames: int, first: int, plane: Plane, n_points: int, size: int
) -> int:
    """Return how many map frames fit into a film beside what its key frames have, `size` bytes a number.

    The parameters from `first` on are sent.
    """
    inputs = network.widths[0] * coarse_length(plane)
    samples = n_points * (len(plane.names) + network.widths[-1]) * 8
    fixed = key_frames * _key_frame_bytes(network.n_parameters - first, size) + inputs + samples
    return max(int((max_bytes * 3 / 4 - fixed) / _map_bytes(network, plane, n_points, size)), 2)


def next_key_frames_in(max_bytes: int, parameters: int, pixels: int, size: int) -> int:
    """Return how many key frames of next steps leave room for maps; each has a byte for each pixel."""
    each = _key_frame_bytes(parameters, size) + pixels
    return max(int(_NEXT_KEY_FRAMES_SHARE * max_bytes * 3 / 4 / each), 2)


def next_map_frames_in(
    max_bytes: int, network: Network, key_frames: int, first: int, plane: Plane, n_points: int, size: int
) -> int:
    """Return how many of so many key frames of next steps get maps: the first, the last, some between."""
    room = max_bytes * 3 / 4 - key_frames * (_key_frame_bytes(network.n_parameters - first, size))
    fitting = int(room / _map_bytes(network, plane, n_points, size))
    return max(min(fitting, -(-key_frames // _KEY_FRAMES_OF_A_MAP)), 2)


def _key_frame_bytes(parameters: int, size: int) -> int:
    """Return the bytes that a key frame takes with parameters and their gradient, `size` bytes a number."""
    return parameters * 2 * size + 72


def _map_bytes(network: Network, plane: Plane, n_points: int, size: int) -> int:
    """Return the bytes that the maps of a key frame take with the predictions of the points."""
    outputs = network.widths[-1]
    hidden = sum(network.widths[1:-1])
    two = len(plane.names) == 2
    maps = hidden * UNIT_SIDE**2 + outputs * SURFACE_SIDE**2 if two else 0
    curves = 0 if two else hidden * UNIT_POSITIONS + outputs * SURFACE_POSITIONS * size
    return maps + curves + n_points * outputs * size
