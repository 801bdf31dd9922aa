"""Keep garbage collection out of the reader's way."""

import gc
import sys
from functools import lru_cache


def spare_modules() -> None:
    """Leave what the loaded modules hold out of garbage collection from now on.

    Python's collections walk through all objects of plotly, pandas and Streamlit: about 0.1 s in which
    nothing is sent. They are never garbage.
    """
    _freeze(len(sys.modules))


@lru_cache
def _freeze(_loaded_modules: int) -> None:
    gc.freeze()
