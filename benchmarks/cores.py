"""A training step of each checkout's core beside one of plain NumPy, each core in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import steps
from benchmarks.process import ONE_THREAD
from benchmarks.ratios import BARE, THIS, Quantity, Row
from benchmarks.subjects import Subject, in_turn


class Worker:
    """A process that trains with the core of one checkout."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def microseconds(self, program: str, widths: str) -> float:
        """Return the microseconds of a step."""
        assert self._process.stdin
        assert self._process.stdout
        print(program, widths, file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())


@contextmanager
def start_worker(folder: Path) -> Iterator[Worker]:
    """Start a worker with the core of the checkout in a folder."""
    environment = os.environ | ONE_THREAD | {"PYTHONPATH": str(folder)}
    command = [sys.executable, str(Path(steps.__file__))]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield Worker(process)
        finally:
            process.terminate()


def measure(apps: list[Subject], rounds: int) -> list[Row]:
    """Train each network by turns with every core and plain NumPy, and ten runs at once beside one."""
    names = ["-".join(map(str, widths)) for widths in steps.NETWORKS]
    quantities = [Quantity(f"{name}: processor, a training step", "µs", "plain NumPy") for name in names]
    quantities.append(Quantity(f"{names[0]}: processor, a step of ten runs at once", "µs", "of one run"))
    found: list[list[dict[str, float]]] = []
    with ExitStack() as stack:
        workers = {app.name: stack.enter_context(start_worker(app.folder)) for app in apps}
        for number in range(-1, rounds):
            measured = []
            for name in names:
                times = {BARE: workers[THIS].microseconds("numpy", name)}
                for subject in in_turn(list(workers), number):
                    times[subject] = workers[subject].microseconds("train", name)
                measured.append(times)
            ten = {BARE: measured[0][THIS]}
            for subject in in_turn(list(workers), number):
                ten[subject] = workers[subject].microseconds("at_once", names[0])
            found += [[*measured, ten]] if number >= 0 else []
    return [Row(quantity, rounds) for quantity, *rounds in zip(quantities, *found, strict=True)]
