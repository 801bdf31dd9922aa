"""The line over which benchmarks reach a server: what TCP makes of a round trip and of losses."""

import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import numpy as np
import pytest

from benchmarks.line import FIRST_WINDOW, Direction, Line, far

ROUND_TRIP = 0.15


def send(count, loss=0.0, ready=0.0, direction=None):
    """Return when segments that are there at once leave and arrive."""
    direction = direction or Direction(Line(ROUND_TRIP, loss), np.random.default_rng(1))
    return [direction.send(ready) for _ in range(count)]


def test_what_fits_into_the_first_window_takes_half_a_round_trip():
    assert send(FIRST_WINDOW) == [(0.0, ROUND_TRIP / 2)] * FIRST_WINDOW


@pytest.mark.parametrize(
    ("segments", "round_trips"), [(10, 0), (11, 1), (30, 1), (31, 2), (70, 2), (71, 3), (150, 3)]
)
def test_the_window_doubles_with_each_round_trip(segments, round_trips):
    *_, (leaves, arrives) = send(segments)
    assert leaves == pytest.approx(round_trips * ROUND_TRIP)
    assert arrives == pytest.approx((round_trips + 0.5) * ROUND_TRIP)


def test_who_was_idle_begins_with_the_first_window():
    direction = Direction(Line(ROUND_TRIP), np.random.default_rng(1))
    send(150, direction=direction)
    later = send(11, ready=10.0, direction=direction)
    assert later[FIRST_WINDOW - 1][0] == 10.0
    assert later[FIRST_WINDOW][0] == pytest.approx(10.0 + ROUND_TRIP)


def test_losses_delay_what_comes_behind_them_and_nothing_overtakes():
    sent = send(400, loss=0.02)
    arrivals = [arrives for _, arrives in sent]
    assert arrivals == sorted(arrivals)
    assert all(arrives - leaves >= ROUND_TRIP / 2 - 1e-12 for leaves, arrives in sent)
    assert arrivals[-1] > send(400)[-1][1] + ROUND_TRIP


def test_every_byte_comes_through_the_proxy_in_its_order(tmp_path):
    content = np.random.default_rng(2).bytes(200_000)
    (tmp_path / "file").write_bytes(content)
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with far(server.server_port, Line(0.002, 0.05)) as address:
            for _ in range(3):
                with urllib.request.urlopen(f"{address}/file") as response:
                    assert response.read() == content
        server.shutdown()
