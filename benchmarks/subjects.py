"""What is measured side by side: this checkout, another one, and bare pages, each on its own server."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.line import Line, far
from benchmarks.ratios import BARE, OTHER, THIS
from tests.browser.harness import ROOT, Server, start_server

T = TypeVar("T")

BARE_PAGES = Path(__file__).parent / "bare"


class Subject(NamedTuple):
    """Something measured: which column it fills, the script of its page, and the folder that it runs in.

    With a `line` its server is that far away.
    """

    name: str
    script: Path
    folder: Path
    line: Line | None = None

    @contextmanager
    def serve(self) -> Iterator[Server]:
        """Start a server for the page."""
        with ExitStack() as ends:
            server = ends.enter_context(start_server(self.script, folder=self.folder))
            if self.line:
                server = server._replace(address=ends.enter_context(far(server.port, self.line)))
            yield server


def apps(other: Path | None, line: Line | None = None) -> list[Subject]:
    """Return this checkout's app and, where there is one, the other's."""
    this = Subject(THIS, ROOT / "app.py", ROOT, line)
    return [this] + ([Subject(OTHER, other / "app.py", other, line)] if other else [])


def bare(name: str, line: Line | None = None) -> Subject:
    """Return one of the bare pages; it runs with the app's configuration."""
    return Subject(BARE, BARE_PAGES / name, ROOT, line)


def in_turn(things: Sequence[T], number: int) -> Sequence[T]:
    """Return things in the order of a round: forwards and backwards by turns, so that none is always last."""
    return things if number % 2 == 0 else things[::-1]
