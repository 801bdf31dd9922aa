"""What processes of this machine use, from /proc and from their processor clocks."""

import os
import time
from pathlib import Path
from typing import NamedTuple

# What NumPy and others read when they are imported: one thread is best for small networks.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_LISTENING = "0A"


class Usage(NamedTuple):
    """The processor seconds a process has used so far, and the megabytes it holds in memory now."""

    seconds: float
    megabytes: float


def usage(pid: int) -> Usage:
    """Return what a process uses."""
    folder = Path("/proc") / str(pid)
    # The name of the program stands in brackets and may hold spaces.
    fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    pages = int((folder / "statm").read_text(encoding="utf-8").split()[1])
    return Usage(ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


def processor_seconds(pid: int) -> float:
    """Return the processor seconds that a process, with all its threads that are or were, has used so far.

    Read from the process's own clock, to the nanosecond; the id of that clock is made of the process's, as
    clock_getcpuclockid does on Linux.
    """
    return time.clock_gettime(~pid << 3 | 2)


def listener(port: int) -> int:
    """Return the id of the process that listens on a port of this machine."""
    sockets = set()
    for name in ("tcp", "tcp6"):
        for line in (Path("/proc/net") / name).read_text(encoding="utf-8").splitlines()[1:]:
            row = line.split()
            if row[3] == _LISTENING and int(row[1].rpartition(":")[2], 16) == port:
                sockets.add(f"socket:[{row[9]}]")
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(file.readlink()) in sockets for file in (folder / "fd").iterdir()):
                return int(folder.name)
        except OSError:  # a process that has ended, or of somebody else
            continue
    raise ValueError(f"no process of this user listens on port {port}")
