"""What a server takes in memory: itself, a visitor of each page, and by that the limit of a container."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import NamedTuple

from benchmarks.process import usage
from benchmarks.visitor import Visitor, visit
from tests.browser.harness import Server, start_server
from ui.limits import MAX_BYTES, MAX_REMEMBERED_BYTES

# Whoever comes first brings what is loaded once, and fills what is kept for all.
FIRST = 3
MEBIBYTE = 2**20
# Limits are multiples of it.
STEP_MEBIBYTES = 256
LARGEST = (
    "hidden=8-8-8-8-8-8&data=spiral&samples=5000&features=x1.x2.x1_squared.x2_squared.x1_x2.sin_x1.sin_x2"
)
COLUMNS = 21


class Budget(NamedTuple):
    """What a process may take, in megabytes: `base` is what it has loaded, with what allocators hold back.

    `results` are those kept for all visitors, `uploading` files on their way in a /tmp that is in memory, and
    `reading` the largest table while it is read, which is done one at a time. A `visitor` takes so much on
    any page, one with an upload of 5 MB and another on its way in `with_upload`.
    """

    base: int = 230
    results: int = MAX_REMEMBERED_BYTES // 1_000_000
    uploading: int = 64
    reading: int = 120
    visitor: int = 12
    with_upload: int = 25
    visitors: int = 50
    uploads: int = 10

    @property
    def megabytes(self) -> int:
        """Return the sum for all visitors, `uploads` of whom have a table of their own."""
        visitors = self.visitor * (self.visitors - self.uploads) + self.with_upload * self.uploads
        return self.base + self.results + self.uploading + self.reading + visitors

    @property
    def limit_mebibytes(self) -> int:
        """Return the memory that a container is to have."""
        return -(-self.megabytes * 1_000_000 // (STEP_MEBIBYTES * MEBIBYTE)) * STEP_MEBIBYTES


BUDGET = Budget()


async def _one_step(visitor: Visitor) -> None:
    await visitor.open()
    await visitor.touch()
    await visitor.release()


async def _training(visitor: Visitor) -> None:
    await visitor.request_page()
    await visitor.wait_for_page()
    await visitor.enter("player", json_value=json.dumps({"painted": 1}))


async def _upload(visitor: Visitor) -> None:
    await _training(visitor)
    await visitor.enter("training_data", bool_value=True)
    file = await visitor.upload(table())
    await visitor.enter("training_csv", file_uploader_state_value={"uploaded_file_info": [file]})
    await visitor.press("Use this table")
    await visitor.press("Train to budget")


def table() -> bytes:
    """Return a file as large as one may be, of as many inputs as are allowed."""
    header = ",".join(f"c{place}" for place in range(COLUMNS))
    rows = (
        ",".join(f"{(number * 7 + place * 13) % 997 / 100:.2f}" for place in range(COLUMNS))
        for number in range(50_000)
    )
    whole = "\n".join([header, *rows]).encode()[:MAX_BYTES]
    return whole[: whole.rindex(b"\n")]


class Kind(NamedTuple):
    """A kind of visitor: what they open, `{seed}` being another number for each, and what they do there."""

    name: str
    query: str
    act: Callable[[Visitor], Awaitable[None]]


KINDS = (
    Kind("One step, a slider moved", "/?seed={seed}", _one_step),
    Kind("Training, not trained yet", "/training?seed={seed}", _training),
    Kind("Training, a run of 10,000 steps", f"/training?{LARGEST}&steps=9536&seed={{seed}}", _training),
    Kind(
        "Training, an upload of 5 MB, 1,000 steps",
        "/training?data=own&hidden=8-8-8-8-8-8&seed={seed}",
        _upload,
    ),
)


class Taken(NamedTuple):
    """The megabytes that a server takes with a few visitors, and each further one."""

    base: float
    visitor: float


async def taken(kind: Kind, server: Server, visitors: int) -> Taken:
    """Return what a server takes with the first visitors of a kind, and with each of so many more."""
    async with AsyncExitStack() as stack:
        base = 0.0
        async with visit(f"{server.address}/") as cold:
            await cold.open()
        for number in range(FIRST + visitors):
            if number == FIRST:
                base = usage(server.process.pid).megabytes
            url = server.address + kind.query.format(seed=number)
            await kind.act(await stack.enter_async_context(visit(url, number)))
        return Taken(base, (usage(server.process.pid).megabytes - base) / visitors)


def print_memory(visitors: int) -> None:
    """Print what a visitor of each kind takes, and the limit that follows."""
    print("| a visitor of | the server with 3 | each further one |\n|---|---|---|")
    for kind in KINDS:
        with start_server() as server:
            found = asyncio.run(taken(kind, server, visitors))
        print(f"| {kind.name} | {found.base:.0f} MB | {found.visitor:.1f} MB |", flush=True)
    print()
    print(limit_table(BUDGET))


def limit_table(budget: Budget) -> str:
    """Return the sum that the limit of a container follows from, in Markdown."""
    others = budget.visitors - budget.uploads
    rows = [
        ("the process, all pages loaded", budget.base),
        ("results kept for all (`MAX_REMEMBERED_BYTES`)", budget.results),
        ("files on their way, in `/tmp`", budget.uploading),
        ("one table being read, one at a time", budget.reading),
        (f"{others} visitors of {budget.visitor} MB", others * budget.visitor),
        (
            f"{budget.uploads} visitors of {budget.with_upload} MB, with an upload",
            budget.uploads * budget.with_upload,
        ),
        ("sum", budget.megabytes),
    ]
    lines = [f"| {name} | {megabytes:,} MB |" for name, megabytes in rows]
    limit = f"| **limit**, in steps of {STEP_MEBIBYTES} MiB | **{budget.limit_mebibytes:,} MiB** |"
    return "\n".join(["| what | at most |", "|---|---|", *lines, limit])
