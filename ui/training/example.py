"""The small table that stands in the place of a reader's own one where there is none."""

from ui.text.numbers import quote
from ui.training.importing.notes import listed
from ui.training.own_data import DataTable
from ui.training.state import Chosen

# Three rows near each corner of XOR: in whichever half of them is trained on, no column is constant.
EXAMPLE = DataTable(
    ("x1", "x2", "y"),
    (
        *(("0.1", "0.2", "0"), ("0.2", "0.9", "1"), ("0.9", "0.1", "1"), ("0.8", "0.9", "0")),
        *(("0.3", "0.1", "0"), ("0.1", "0.7", "1"), ("0.8", "0.3", "1"), ("1", "0.8", "0")),
        *(("0", "0.3", "0"), ("0.3", "0.8", "1"), ("0.7", "0.2", "1"), ("0.9", "0.7", "0")),
    ),
)


def waits(chosen: Chosen) -> bool:
    """Return whether columns are chosen of a table of the reader's own, and not of the example."""
    return chosen.name == "own" and not chosen.example and bool(chosen.target or chosen.columns)


def why_example(chosen: Chosen) -> str:
    """Return, as a sentence, why the example is shown."""
    place = "a small example stands in its place"
    if not waits(chosen):
        return f"A table of your own is not in the link; {place}."
    inputs = f"the inputs {listed([quote(name) for name in chosen.columns])}" if chosen.columns else ""
    target = f"the target {quote(chosen.target)}" if chosen.target else ""
    return (
        f"The table of this link is missing, as its rows are not in the link; {place}. Load the same file in "
        f"the data menu: {' and '.join(filter(None, (inputs, target)))} will be chosen."
    )
