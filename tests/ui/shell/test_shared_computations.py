"""Shared computations: each piece is done once, whoever does it, and whoever leaves holds up nobody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from ui.memory import Memory
from ui.shell import shared_computations
from ui.shell.shared_computations import SharedComputations
from ui.shell.turns import Turns

PIECES = 5


class Left(BaseException):
    """What ends a visitor's run where they have left."""


@pytest.fixture
def shared():
    return SharedComputations(Turns(), Memory(1_000_000))


def counting(done, result="result"):
    """Pieces that note each that is done, and come to a result."""

    def pieces():
        for number in range(PIECES):
            done.append(number)
            yield number
        return result

    return pieces


def test_what_forty_need_at_once_is_computed_once(shared):
    done: list[int] = []
    begun = Event()

    def pieces():
        begun.wait(10)
        return (yield from counting(done)())

    with ThreadPoolExecutor(40) as pool:
        callers = [pool.submit(shared.result, "link", pieces, lambda _: None) for _ in range(40)]
        begun.set()
        assert {caller.result(timeout=30) for caller in callers} == {"result"}
    assert done == list(range(PIECES))


def test_what_was_computed_is_there_for_who_comes_later(shared):
    done: list[int] = []
    for _ in range(3):
        assert shared.result("link", counting(done), lambda _: None) == "result"
    assert done == list(range(PIECES))


def test_other_work_is_not_shared(shared):
    assert shared.result("one", counting([], 1), lambda _: None) == 1
    assert shared.result("two", counting([], 2), lambda _: None) == 2


def test_what_has_no_key_is_computed_for_each(shared):
    done: list[int] = []
    for _ in range(2):
        assert shared.result(None, counting(done), lambda _: None) == "result"
    assert len(done) == 2 * PIECES


def test_who_leaves_hands_over_to_another_that_goes_on_with_the_next_piece(monkeypatch, shared):
    monkeypatch.setattr(shared_computations, "CHECK_SECONDS", 0.01)
    done: list[int] = []
    begun, waits, seen = Event(), Event(), []

    def leave(progress):
        begun.set()
        if progress == 1:
            assert waits.wait(10)
            raise Left

    def wait(progress):
        seen.append(progress)
        waits.set()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(shared.result, "link", counting(done), leave)
        assert begun.wait(10)
        second = pool.submit(shared.result, "link", counting([]), wait)
        with pytest.raises(Left):
            first.result(timeout=30)
        assert second.result(timeout=30) == "result"
    assert done == list(range(PIECES))
    assert seen[-1] == PIECES - 1


def test_what_all_have_left_begins_anew(shared):
    done: list[int] = []

    def leave(_progress):
        raise Left

    with pytest.raises(Left):
        shared.result("link", counting(done), leave)
    assert done == [0]
    assert shared.result("link", counting(done), lambda _: None) == "result"
    assert done == [0, *range(PIECES)]


def test_an_error_of_a_piece_is_everybodys_and_is_not_kept(shared):
    def failing():
        yield 0
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            shared.result("link", failing, lambda _: None)
    assert shared.result("link", counting([]), lambda _: None) == "result"


def test_others_have_turns_between_the_pieces():
    turns = Turns()
    shared: SharedComputations[str] = SharedComputations(turns, Memory(1_000_000))
    met = []

    def pieces():
        for number in range(PIECES):
            met.append("piece")
            yield number
        return "result"

    with ThreadPoolExecutor(1) as pool:

        def move():
            with turns.turn("visitor"):
                met.append("move")

        def check(progress):
            if progress == 1 and "move" not in met:
                pool.submit(move).result(timeout=10)

        with turns.turn("page"):
            shared.result("link", pieces, check)
    assert met == ["piece", "piece", "move", "piece", "piece", "piece"]
