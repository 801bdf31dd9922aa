"""Taking turns: never two at once, in fair shares, and never a long wait behind something long."""

import time
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.shell import turns
from ui.shell.turns import FairQueue, Turns

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


def meet(queue, seconds, rounds):
    """Who is met in each of some rounds; whoever is met joins again, and has `seconds[who]` each time."""
    for who in seconds:
        queue.join(who, long=True)
    return go_on(queue, seconds, rounds)


def go_on(queue, seconds, rounds):
    met = []
    for _ in range(rounds):
        claim = queue.pick()
        met.append(claim.who)
        queue.charge(claim, seconds[claim.who])
        queue.join(claim.who, long=True)
    return met


def test_long_work_of_several_goes_on_in_turn():
    assert meet(FairQueue(), dict.fromkeys("abc", 0.05), 9) == list("abc" * 3)


def test_shares_are_fair_by_time_and_not_by_turns():
    met = meet(FairQueue(), {"long": 0.05, "short": 0.01}, 60)
    assert met.count("short") == pytest.approx(5 * met.count("long"), abs=5)


@given(st.integers(1, 12), st.integers(0, 40))
def test_a_newcomer_waits_behind_no_more_than_the_piece_that_is_under_way(others, rounds):
    queue = FairQueue()
    meet(queue, dict.fromkeys(range(others), 0.05), rounds)
    under_way = queue.pick()
    queue.join("newcomer")
    queue.charge(under_way, 0.05)
    queue.join(under_way.who, long=True)
    claim = queue.pick()
    assert claim.who == "newcomer"
    # And behind one more for the next turn of the same move.
    queue.charge(claim, 0.02)
    queue.pick()
    queue.join("newcomer")
    assert queue.pick().who == "newcomer"


@given(st.lists(st.sampled_from([0.001, 0.02, 0.05]), min_size=1, max_size=8))
def test_nobody_waits_forever_however_many_short_pieces_come(costs):
    queue = FairQueue()
    meet(queue, {"long": 0.05}, 1)
    for number in range(1000):
        who = number % len(costs)
        queue.join(who)
        claim = queue.pick()
        if claim.who == "long":
            return
        queue.charge(claim, costs[who])
    pytest.fail("others are met forever")


def test_who_stays_away_saves_up_no_time():
    queue = FairQueue()
    queue.charge(queue.join("away"), 0.0)
    queue.pick()
    meet(queue, {"there": 0.05}, 100)
    queue.join("away", long=True)
    assert go_on(queue, {"there": 0.05, "away": 0.05}, 6).count("there") == 3


def test_a_queue_forgets_those_that_have_had_no_more_than_anybody():
    queue = FairQueue()
    for number in range(10_000):
        claim = queue.join(number)
        queue.pick()
        queue.charge(claim, 0.01)
    assert len(queue._had) < 1000


def test_a_turn_that_is_given_back_is_had_again(start):
    queue = Turns()
    with queue.turn():
        with queue.apart():
            assert can_begin(queue)
        assert not begins_before(queue, 0.02)


def begins_before(queue, seconds):
    begun = Event()

    def work():
        with queue.turn():
            begun.set()

    Thread(target=work, daemon=True).start()
    return begun.wait(seconds)


def test_who_waits_with_long_work_leaves_the_queue_by_an_error(monkeypatch, somebody):
    monkeypatch.setattr(turns, "LOOK_SECONDS", 0.01)
    queue = Turns()
    end = somebody(queue)

    def leave():
        raise InterruptedError

    with pytest.raises(InterruptedError), queue.turn("long", leave):
        pytest.fail("the turn begins")
    end.set()
    assert can_begin(queue)
