"""Measured data that comes with plotly or with the program, to train on."""

import csv
import gzip
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from core.arrays import Array
from core.data import Rows
from ui.training.own_data import DataTable

# What is usually predicted: the species of a flower, what guests left a waiter, and what a wine is made of.
USUAL_TARGETS = {"iris": "species", "tips": "tip", "wine": "cultivar"}

# Whole numbers that are predicted as numbers, few as their values are.
USUAL_TASKS = {("tips", "size"): "regression"}

# The number of a species would give the species away.
_LEFT_OUT = {"iris": ["species_id"]}

_TABLES = Path(__file__).parent / "tables"
_DARKEST = 16


class Drawn(NamedTuple):
    """Handwritten digits: `ink` (N, rows, columns) from 0 for paper to 1, and what each of them is (N,)."""

    ink: Array
    digit: Rows


@lru_cache(maxsize=len(USUAL_TARGETS))
def real_table(name: str) -> DataTable:
    """Return the named table, cells as text; raises ValueError for an unknown name."""
    if name not in USUAL_TARGETS:
        raise ValueError(f"data must be one of {', '.join(USUAL_TARGETS)}, got {name!r}")
    return _wine() if name == "wine" else _from_plotly(name)


@lru_cache(maxsize=1)
def real_digits() -> Drawn:
    """Return the 1,797 digits of Alpaydin and Kaynak, 8 × 8 pixels each."""
    with gzip.open(_TABLES / "digits.csv.gz", "rt", encoding="ascii") as file:
        numbers = np.loadtxt(file, delimiter=",", dtype=np.uint8)
    return Drawn(numbers[:, :-1].reshape(-1, 8, 8) / _DARKEST, numbers[:, -1].astype(np.int64))


def _wine() -> DataTable:
    with (_TABLES / "wine.csv").open(encoding="ascii", newline="") as file:
        header, *rows = csv.reader(file)
    return DataTable(tuple(header), tuple(map(tuple, rows)))


def _from_plotly(name: str) -> DataTable:
    # Plotly and pandas take long to import, and most visitors never open a real table.
    import plotly.data

    frame = getattr(plotly.data, name)().drop(columns=_LEFT_OUT.get(name, []))
    columns = [map(str, frame[column].tolist()) for column in frame.columns]
    return DataTable(tuple(map(str, frame.columns)), tuple(zip(*columns, strict=True)))
