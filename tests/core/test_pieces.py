import pytest

from core.pieces import Resumable, finish


def pieces(done):
    for piece in range(5):
        done.append(piece)
        yield piece
    return "result"


def test_pieces_that_were_left_are_gone_on_with_and_done_once():
    done: list[int] = []
    left = Resumable(pieces(done))
    assert [next(left), next(left)] == [0, 1]
    assert finish(left) == "result"
    assert done == [0, 1, 2, 3, 4]


def test_a_result_stays():
    left = Resumable(pieces([]))
    assert finish(left) == finish(left) == "result"


def test_an_error_ends_the_pieces():
    left = Resumable(pieces([]))
    next(left)
    with pytest.raises(KeyError):
        left.throw(KeyError("wrong"))
