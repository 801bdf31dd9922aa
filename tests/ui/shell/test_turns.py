"""Taking turns: never two at once, in fair shares, and never a long wait behind something long."""

import time
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.shell import turns
from ui.shell.fair_queue import FairQueue
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


def test_long_work_does_not_do_without_its_turn_where_others_do(somebody):
    queue = Turns()
    end = somebody(queue)
    assert can_begin(queue)
    begun = Event()

    def work():
        with queue.turn("long", lambda: None):
            begun.set()

    Thread(target=work, daemon=True).start()
    assert not begun.wait(0.5)
    end.set()
    assert begun.wait(10)


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


class Simulation:
    """A queue with a clock of its own, on which whoever is met has the turn for as long as it takes."""

    def __init__(self):
        self.queue = FairQueue()
        self.now = 0.0

    def join(self, who, *, long=False):
        return self.queue.join(who, self.now, long=long)

    def pick(self):
        """Who is met next, as soon as anybody is."""
        while (claim := self.queue.pick(self.now)) is None:
            self.now += 0.001
        return claim

    def end(self, claim, seconds):
        self.now += seconds
        self.queue.end(claim, self.now, seconds)

    def work(self, seconds, rounds):
        """Who is met in some rounds, each of which takes `seconds[who]` and joins again."""
        met = []
        for _ in range(rounds):
            claim = self.pick()
            met.append(claim.who)
            self.end(claim, seconds[claim.who])
            self.join(claim.who, long=claim.long)
        return met

    def work_together(self, seconds, rounds):
        for who in seconds:
            self.join(who, long=True)
        return self.work(seconds, rounds)


def test_long_work_of_several_goes_on_in_turn():
    assert Simulation().work_together(dict.fromkeys("abc", 0.02), 9) == list("abc" * 3)


def test_shares_are_fair_by_time_and_not_by_turns():
    met = Simulation().work_together({"large": 0.05, "small": 0.01}, 60)
    assert met.count("small") == pytest.approx(5 * met.count("large"), abs=5)


@given(st.integers(1, 12), st.integers(0, 40))
def test_all_turns_of_a_move_wait_behind_no_more_than_the_piece_that_is_under_way(others, rounds):
    simulation = Simulation()
    simulation.work_together(dict.fromkeys(range(others), 0.02), rounds)
    under_way = simulation.pick()
    simulation.join("move")
    simulation.end(under_way, 0.02)
    simulation.join(under_way.who, long=True)
    for _ in range(7):
        claim = simulation.pick()
        assert claim.who == "move"
        simulation.end(claim, 0.004)
        # What Streamlit does between them.
        simulation.now += 0.005
        assert simulation.queue.pick(simulation.now) is None
        simulation.join("move")


def test_long_work_begins_at_once_behind_the_turn_of_its_own_run():
    simulation = Simulation()
    simulation.join("page")
    page = simulation.pick()
    simulation.now += 0.1
    simulation.queue.end(page, simulation.now, 0.1, is_last=True)
    piece = simulation.join("run", long=True)
    assert simulation.queue.pick(simulation.now) == piece


def test_long_work_goes_on_however_much_moves():
    simulation = Simulation()
    simulation.join("long", long=True)
    simulation.join(0)
    for number in range(1, 1000):
        claim = simulation.pick()
        if claim.who == "long":
            break
        simulation.join(number)
        simulation.end(claim, 0.02)
    assert claim.who == "long"
    assert simulation.now <= 0.5


def test_who_stays_away_saves_up_no_time():
    simulation = Simulation()
    away = simulation.join("away", long=True)
    simulation.end(simulation.pick(), 0.0)
    assert away.who == "away"
    simulation.work_together({"there": 0.02}, 100)
    simulation.join("away", long=True)
    assert simulation.work({"there": 0.02, "away": 0.02}, 6).count("there") == 3


def test_a_queue_forgets_those_that_have_had_no_more_than_anybody():
    simulation = Simulation()
    for number in range(10_000):
        simulation.join(number)
        simulation.end(simulation.pick(), 0.01)
    assert len(simulation.queue._had) < 1000


def test_a_turn_that_is_given_back_is_had_again(monkeypatch):
    # Nobody may lose patience because the machine has other work.
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", LONG)
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
    monkeypatch.setattr(turns, "CHECK_SECONDS", 0.01)
    queue = Turns()
    end = somebody(queue)

    def leave():
        raise InterruptedError

    with pytest.raises(InterruptedError), queue.turn("long", leave):
        pytest.fail("the turn begins")
    end.set()
    assert can_begin(queue)
