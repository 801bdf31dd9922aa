"""Taking turns: never two at once, and never a long wait behind one that computes something long."""

import time
from threading import Event, Thread

import pytest

from ui.shell import turns
from ui.shell.turns import Turns

LONG = 60.0


@pytest.fixture
def start():
    """A function that does something in a thread of its own; at the end every thread has to be done."""
    threads = []

    def start(act):
        thread = Thread(target=act, daemon=True)
        threads.append(thread)
        thread.start()
        return thread

    yield start
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def somebody(start):
    """A function that lets somebody take the turn, and returns the event that ends it."""

    def take(queue):
        has_turn, end = Event(), Event()

        def hold():
            with queue.turn():
                has_turn.set()
                end.wait(10)

        start(hold)
        assert has_turn.wait(10)
        return end

    return take


def test_one_at_a_time_however_long_the_queue(monkeypatch, start):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.4)
    queue = Turns()
    at_work: list[None] = []
    seen: list[int] = []

    def work():
        with queue.turn():
            at_work.append(None)
            seen.append(len(at_work))
            time.sleep(0.08)
            at_work.pop()

    for thread in [start(work) for _ in range(10)]:
        thread.join(10)
    assert seen == [1] * 10


def test_nobody_waits_behind_a_long_computation(start, somebody):
    queue = Turns()
    end = somebody(queue)
    done = Event()

    def work():
        with queue.turn():
            done.set()

    start(work)
    assert done.wait(10)
    end.set()


def test_who_did_without_a_turn_ends_nobody_elses(monkeypatch, somebody):
    queue = Turns()
    end = somebody(queue)
    with queue.turn():
        pass
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", LONG)
    assert not can_begin(queue)
    end.set()


def test_an_error_ends_the_turn(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", LONG)
    queue = Turns()
    with pytest.raises(ZeroDivisionError), queue.turn():
        _ = 1 / 0
    assert can_begin(queue)


def can_begin(queue):
    """Whether a turn begins soon; where it does not, its thread is left behind."""
    begun = Event()

    def work():
        with queue.turn():
            begun.set()

    Thread(target=work, daemon=True).start()
    return begun.wait(0.5)
