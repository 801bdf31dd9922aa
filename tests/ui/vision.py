"""How different two colors look, to people with and without red or green cones."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.floating[Any]]

# Linear RGB as it is seen: Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of
# Color Vision Deficiency (2009), table 1, severity 1.
SIMULATIONS = {
    "as it is": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}

# sRGB with the white of D65.
_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = np.sum(_XYZ, axis=1)


def linear(hex_color: str) -> Numbers:
    """Return the linear RGB (3,) of a color such as #2166ac."""
    channels = np.array([int(hex_color[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors as WCAG 2 has it, from 1 to 21."""
    dark, light = sorted(float(linear(color) @ _XYZ[1]) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def seen(hex_color: str, simulation: str) -> Numbers:
    """Return a color in CIELAB (3,), as it looks in one of the SIMULATIONS."""
    rgb = np.clip(SIMULATIONS[simulation] @ linear(hex_color), 0, 1)
    part = _XYZ @ rgb / _WHITE
    root = np.where(part > 216 / 24389, np.cbrt(part), (24389 / 27 * part + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def least_difference(one: str, other: str) -> float:
    """Return the least ΔE₀₀ of two colors over all SIMULATIONS."""
    return min(ciede2000(seen(one, name), seen(other, name)) for name in SIMULATIONS)


def ciede2000(one: ArrayLike, other: ArrayLike) -> float:
    """Return ΔE₀₀ of two colors in CIELAB: Sharma, Wu and Dalal (2005), equations 2 to 22."""
    (L1, a1, b1), (L2, a2, b2) = np.asarray(one, float), np.asarray(other, float)
    mean_C = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    G = 0.5 * (1 - np.sqrt(mean_C**7 / (mean_C**7 + 25.0**7)))
    a1, a2 = (1 + G) * a1, (1 + G) * a2
    C1, C2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2([b1, b2], [a1, a2])) % 360
    gray = C1 * C2 == 0
    turn = 0.0 if gray else (h2 - h1 + 180) % 360 - 180
    dL, dC, dH = L2 - L1, C2 - C1, 2 * np.sqrt(C1 * C2) * np.sin(np.radians(turn / 2))
    L, C = (L1 + L2) / 2, (C1 + C2) / 2
    h = h1 + h2 if gray else (h1 + turn / 2) % 360
    T = 1 - sum(
        part * np.cos(np.radians(times * h + shift))
        for part, times, shift in ((0.17, 1, -30), (-0.24, 2, 0), (-0.32, 3, 6), (0.20, 4, -63))
    )
    S_L = 1 + 0.015 * (L - 50) ** 2 / np.sqrt(20 + (L - 50) ** 2)
    S_C, S_H = 1 + 0.045 * C, 1 + 0.015 * C * T
    turned = np.sin(np.radians(60 * np.exp(-(((h - 275) / 25) ** 2))))
    R_T = -2 * np.sqrt(C**7 / (C**7 + 25.0**7)) * turned
    lightness, chroma, hue = dL / S_L, dC / S_C, dH / S_H
    return float(np.sqrt(lightness**2 + chroma**2 + hue**2 + R_T * chroma * hue))
