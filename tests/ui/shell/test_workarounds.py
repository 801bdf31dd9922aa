"""What the workarounds change that no page shows."""

import subprocess
import sys

from tests.browser.harness import ROOT

COUNT = """
import gc, json
import streamlit, plotly.graph_objects, pandas
from ui.shell.workarounds import spare_modules
before = len(gc.get_objects())
spare_modules()
spare_modules()
print(json.dumps([before, len(gc.get_objects()), gc.get_freeze_count()]))
"""


def test_a_collection_does_not_walk_what_the_modules_hold():
    # In a process of its own: what is frozen stays so.
    done = subprocess.run([sys.executable, "-c", COUNT], cwd=ROOT, capture_output=True, text=True, check=True)
    before, after, frozen = map(int, done.stdout.strip().strip("[]").split(","))
    assert before > 100_000
    assert after < before / 10
    assert frozen > before / 2
