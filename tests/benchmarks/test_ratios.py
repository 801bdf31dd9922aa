"""Ratios, their intervals and the table, by hand-made rounds."""

import statistics

import pytest

from benchmarks.ratios import BARE, OTHER, THIS, Quantity, Row, spread, table, verdict

FILM = Quantity("film after touch", "ms", "round trip")


def row(quantity, *rounds):
    return Row(quantity, [dict(zip((BARE, THIS, OTHER), each, strict=False)) for each in rounds])


@pytest.mark.parametrize(
    ("count", "rank"),
    # From tables of the sign test: the rank of the interval's lower end at 95 %.
    [(1, 1), (5, 1), (6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (15, 4), (20, 6), (25, 8)],
)
def test_an_interval_has_the_ranks_of_the_sign_test(count, rank):
    values = list(range(1, count + 1))
    assert spread(values[::-1]) == (statistics.median(values), rank, count + 1 - rank)


def test_ratios_are_taken_within_a_round():
    # The second round was measured while the machine was ten times slower.
    slow = row(FILM, (10, 30), (100, 310), (10, 29))
    assert spread(slow.ratios(THIS, BARE)) == pytest.approx((3.0, 2.9, 3.1))


def test_a_table_shows_ratios_and_medians():
    lines = table([row(FILM, (10, 30), (12.5, 25)), row(Quantity("film", "bytes"), (1, 54_321))]).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == ["quantity", "bare thing", "ratio to it", "this", "bare", "unit"]
    assert cells[2] == ["film after touch", "round trip", "2.50 (2.00 to 3.00)", "27.5", "11.2", "ms"]
    assert cells[3][3:5] == ["54,321", "1.00"]
    assert len({len(line) for line in lines}) == 1


def test_what_has_nothing_bare_is_compared_with_the_other_only():
    film = Row(Quantity("film", "bytes"), [{THIS: 11, OTHER: 10}])
    cells = [cell.strip() for cell in table([film]).splitlines()[2].strip("|").split("|")]
    assert cells == ["film", "", "", "", "1.10", "11.0", "10.0", "", "bytes"]


def test_a_verdict_names_what_is_worse_and_what_may_be():
    worse = row(FILM._replace(name="worse"), *[(1, 1.06, 1)] * 9)
    noisy = row(FILM._replace(name="noisy"), *[(1, 0.9, 1)] * 4, *[(1, 2.0, 1)] * 5)
    well = row(FILM._replace(name="well"), *[(1, 1.04, 1)] * 9)
    first, second = verdict([worse, noisy, well]).splitlines()
    assert first.endswith(": worse.")
    assert second.endswith(": noisy.")
