"""What deploy/Dockerfile makes, as far as one machine can have it without a container engine."""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.browser.harness import ROOT, free_port, wait_until_healthy

DOCKERFILE = ROOT / "deploy" / "Dockerfile"
IGNORED = ROOT / "deploy" / "Dockerfile.dockerignore"
# A mount namespace in which nothing but a new /tmp can be written, and in it a user without any rights. The
# first argument is the folder to run in, then a number and as many folders that are needed where they are:
# those in /tmp are put into the new one, parents first.
ISOLATE = """
set -e
mount --bind "$1" /mnt
mount -o remount,bind,ro /mnt
shift
mount -t tmpfs tmpfs /media
needed=$1
shift
while [ "$needed" -gt 0 ]; do
    case "$1" in /tmp/*)
        place="/media/${1#/tmp/}"
        mkdir -p "$place"
        mount --bind "$1" "$place"
        mount -o remount,bind,ro "$place"
    esac
    shift
    needed=$((needed - 1))
done
mount -o remount,bind,ro /
mount --rbind /media /tmp
cd /mnt
exec unshare --user --map-user=1000 --map-group=1000 "$@"
"""


# The repository, and what Python runs from.
NEEDED = sorted({str(ROOT), sys.prefix, sys.base_prefix})


class Container(NamedTuple):
    """A copy of what is in the image, its environment, and whether it runs shut off as in a cluster."""

    folder: Path
    environment: Mapping[str, str]
    isolated: bool

    def command(self, command: Sequence[str]) -> list[str]:
        """Return the command line that runs a command in the container."""
        if not self.isolated:
            return list(command)
        return [
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            ISOLATE,
            "sh",
            str(self.folder),
            str(len(NEEDED)),
            *NEEDED,
            *command,
        ]

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a command in the container to its end."""
        return subprocess.run(
            self.command(command),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a Dockerfile with their arguments."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in joined.splitlines())]


def arguments(instruction: str) -> list[str]:
    """Return the words of the last CMD or HEALTHCHECK of deploy/Dockerfile."""
    found = [
        rest for name, rest in instructions(DOCKERFILE.read_text(encoding="utf-8")) if name == instruction
    ]
    words = json.loads(found[-1][found[-1].index("[") :])
    return [str(word) for word in words]


def image_environment() -> dict[str, str]:
    """Return the variables that deploy/Dockerfile sets."""
    text = DOCKERFILE.read_text(encoding="utf-8")
    pairs = [word for name, rest in instructions(text) if name == "ENV" for word in shlex.split(rest)]
    return dict(pair.split("=", 1) for pair in pairs)


def copy_image_files(folder: Path) -> None:
    """Copy what deploy/Dockerfile.dockerignore lets into the image."""
    lines = IGNORED.read_text(encoding="utf-8").splitlines()
    for name in [line[1:] for line in lines if line.startswith("!")]:
        source, place = ROOT / name, folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place, ignore=lambda _, names: fnmatch.filter(names, "__pycache__"))
        else:
            shutil.copy(source, place)


def make_container(folder: Path, variables: Mapping[str, str]) -> Container:
    """Return a container with more variables in its environment; shut off where this machine allows it."""
    copy_image_files(folder)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.defpath])
    container = Container(folder, {**image_environment(), "PATH": path, **variables}, isolated=True)
    possible = shutil.which("unshare") and container.run(["true"]).returncode == 0
    return container._replace(isolated=bool(possible))


@contextmanager
def start(container: Container, output: Path) -> Iterator[tuple[str, int]]:
    """Run the CMD of deploy/Dockerfile at a port of the test; yield the server's address and port."""
    port = free_port()
    command = [word.replace("8501", str(port)) for word in arguments("CMD")]
    with output.open("ab") as file:
        process = subprocess.Popen(
            container.command(command),
            cwd=container.folder,
            env=container.environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", port
    finally:
        process.terminate()
        process.wait()
