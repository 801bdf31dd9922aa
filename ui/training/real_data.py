"""Measured data that comes with plotly, as tables to train on."""

from functools import lru_cache

from ui.training.own_data import DataTable

# What is usually predicted: the species of Fisher's flowers, and what a waiter was left by his guests.
USUAL_TARGETS = {"iris": "species", "tips": "tip"}

# The number of a species would give the species away.
_LEFT_OUT = {"iris": ["species_id"]}


@lru_cache(maxsize=len(USUAL_TARGETS))
def real_table(name: str) -> DataTable:
    """Return the named table of plotly.data, cells as text; raises ValueError for an unknown name."""
    if name not in USUAL_TARGETS:
        raise ValueError(f"data must be one of {', '.join(USUAL_TARGETS)}, got {name!r}")
    # Plotly and pandas take long to import, and most visitors never open a real table.
    import plotly.data

    frame = getattr(plotly.data, name)().drop(columns=_LEFT_OUT.get(name, []))
    columns = [map(str, frame[column].tolist()) for column in frame.columns]
    return DataTable(tuple(map(str, frame.columns)), tuple(zip(*columns, strict=True)))
