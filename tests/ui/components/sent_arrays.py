"""What a browser makes of a model with arrays: the reverse of ui/components/base/arrays.py, written anew."""

import base64
import json
from typing import Any

import numpy as np

from ui.components.base.arrays import HEAD_BYTES


def unpack(packed: bytes) -> dict[str, Any]:
    """The model in what was packed, with the bytes of its arrays in their places."""
    start = HEAD_BYTES + int.from_bytes(packed[:HEAD_BYTES], "little")

    def place(found: dict[str, Any]) -> dict[str, Any]:
        if "bytes" in found:
            first, end = found["bytes"]
            found["bytes"] = packed[start + first : start + end]
        return found

    model: dict[str, Any] = json.loads(packed[HEAD_BYTES:start], object_hook=place)
    return model


def read_array(sent):
    """The array (R, C), or (R,) where it has one column."""
    data = sent["bytes"] if isinstance(sent["bytes"], bytes) else base64.b64decode(sent["bytes"])
    size = np.dtype(sent["type"]).itemsize
    planes = np.frombuffer(data, np.uint8).reshape(size, -1)
    bits = np.ascontiguousarray(planes.T).view(f"<i{size}").reshape(-1, sent["rows"]).T
    for _ in range(sent["along"]):
        bits = np.cumsum(bits, axis=0, dtype=bits.dtype)
    for _ in range(sent["across"]):
        bits = np.cumsum(bits, axis=1, dtype=bits.dtype)
    numbers = np.ascontiguousarray(bits).view(sent["type"])
    return numbers[:, 0] if numbers.shape[1] == 1 else numbers
