"""Cells of text and code, as a Jupyter notebook (nbformat 4.5) or as a script whose comments are the text."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """A cell: Markdown, with formulas in LaTeX between $ or $$, or lines of Python where it `is_code`."""

    source: str
    is_code: bool = False


def text(*paragraphs: str) -> Cell:
    """Return a cell of Markdown with some paragraphs."""
    return Cell("\n\n".join(filter(None, paragraphs)))


def code(lines: Iterable[str]) -> Cell:
    """Return a cell of code with some lines."""
    return Cell("\n".join(lines).strip("\n"), is_code=True)


def formulas(rows: Sequence[str]) -> str:
    """Return a paragraph of equations in LaTeX, below one another with their = aligned at &."""
    joined = " \\\\\n".join(rows)
    return f"$$\n\\begin{{aligned}}\n{joined}\n\\end{{aligned}}\n$$"


def notebook(cells: Iterable[Cell]) -> str:
    """Return the JSON of a notebook, no cell of which has been run."""
    described = {
        "cells": [_json_of(cell, f"cell-{place}") for place, cell in enumerate(cells, start=1)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _json_of(cell: Cell, name: str) -> dict[str, Any]:
    source = cell.source.splitlines(keepends=True)
    if not cell.is_code:
        return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def script(cells: Iterable[Cell]) -> str:
    """Return a script of the cells, each behind a line with the mark by which editors find it."""
    return "\n\n".join(map(_script_of, cells)) + "\n"


def _script_of(cell: Cell) -> str:
    if cell.is_code:
        return f"# %%\n{cell.source}"
    lines = ["# %% [markdown]", *(f"# {line}".rstrip() for line in cell.source.splitlines())]
    return "\n".join(lines)
