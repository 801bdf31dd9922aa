"""Runs notebooks and scripts in a fresh interpreter, many of them in one."""

import json
import subprocess
import sys

import nbformat

_RUN = """
import sys, json, traceback
for name, source in json.load(sys.stdin).items():
    try:
        exec(compile(source, name, "exec"), {"__name__": "__main__"})
    except BaseException:
        print("=== failed:", name)
        print(source)
        traceback.print_exc(file=sys.stdout)
        break
    else:
        print("ran", name)
"""


def run_all(sources, folder):
    """Run sources of Python by their names, each with names of its own, and return what the process wrote."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _RUN],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    assert "=== failed" not in done.stdout, done.stdout[done.stdout.index("=== failed") :]
    assert [line for line in done.stdout.splitlines() if line.startswith("ran ")] == [
        f"ran {name}" for name in sources
    ]
    return done.stdout


def code_of(text):
    """The code of a notebook, which is valid, cell by cell as one source."""
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
