"""The next steps of a run that is trained on while it is watched."""

import pytest

from ui.training.next_steps import NEXT_KEY_FRAMES, marks_behind


@pytest.mark.parametrize("most", [1, 2, 7, NEXT_KEY_FRAMES])
def test_a_piece_has_as_many_steps_as_were_requested(most):
    for steps in range(1, 3000):
        marks = marks_behind(676, steps, most)
        assert marks[-1] == 676 + steps
        assert len(marks) == min(steps, most)
        assert len(set(marks)) == len(marks)
        assert min(marks) > 676
