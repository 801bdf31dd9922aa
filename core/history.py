"""The history of an exercise: steps taken, numbers changed on the way, and the branches this makes.

A history is a short description, not a recording: which steps were taken and what was changed where.
`replay` computes the numbers from it, the same every time, so a history fits in a link.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from core.arrays import Array
from core.exercise import Exercise, quantities
from core.pieces import Pieces, finish
from core.step import take_step

# In the largest network a block takes less than a twentieth of a second.
BLOCK = 50


@dataclass(frozen=True, slots=True)
class Branch:
    """A stretch of training: from step `at` of branch `parent`, with `changes`, up to step `end`.

    `parent` is an index into History.branches (the first branch has itself as parent); `changes` are
    pairs of a quantity id and its new value: inputs first, then weights, biases, targets and η.
    """

    parent: int = 0
    at: int = 0
    end: int = 0
    changes: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Branches of training, the last one being the current one, and the step the reader stands at."""

    branches: tuple[Branch, ...] = (Branch(),)
    position: int = 0

    @property
    def current(self) -> Branch:
        """Return the branch that goes on when a step is taken."""
        return self.branches[-1]

    def lineage(self, index: int) -> list[int]:
        """Return the indices of the branch `index` and its ancestors, oldest first."""
        found = [index]
        while found[0] != 0:
            found.insert(0, self.branches[found[0]].parent)
        return found

    def owner(self, step: int) -> int:
        """Return the index of the branch that `step` of the current curve belongs to."""
        lineage = self.lineage(len(self.branches) - 1)
        return [index for index in lineage if index == 0 or self.branches[index].at <= step][-1]

    def advance(self, steps: int) -> "History":
        """Return the history after `steps` more steps from the position, reusing those already taken."""
        position = self.position + steps
        end = max(self.current.end, position)
        branches = (*self.branches[:-1], replace(self.current, end=end))
        return History(branches, position)

    def seek(self, step: int) -> "History":
        """Return the history with the position at `step`, held between 0 and the last step taken."""
        return replace(self, position=min(max(step, 0), self.current.end))

    def change(self, changes: tuple[tuple[str, float], ...]) -> "History":
        """Return the history with numbers changed at the position: a new branch starts there.

        Changes made one after the other, with no step between them, gather in one branch.
        """
        current = self.current
        if len(self.branches) > 1 and current.at == current.end == self.position:
            merged = _in_order((dict(current.changes) | dict(changes)).items())
            return replace(self, branches=(*self.branches[:-1], replace(current, changes=merged)))
        branch = Branch(self.owner(self.position), self.position, self.position, _in_order(changes))
        return History((*self.branches, branch), self.position)


def _in_order(changes: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(changes, key=lambda change: ("xwbye".index(change[0][0]), change[0])))


class Trajectory(NamedTuple):
    """Consecutive steps of gradient descent: θ (n + 1, P) and the loss (n + 1,) at each of them.

    `diverged` names the parameter that would have left the finite numbers at the next step; the
    trajectory then ends with the last finite step. `None` stands for a run that is whole.
    """

    theta: Array
    loss: Array
    diverged: str | None = None


def descend(exercise: Exercise, steps: int) -> Trajectory:
    """Take `steps` steps of gradient descent on the one sample; stop before anything is not finite."""
    theta = exercise.theta_array
    x, y, trained = exercise.x_array, exercise.y_array, exercise.trained
    thetas, losses = [theta], []
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps + 1):
            step = take_step(exercise.network, theta, x, y, exercise.learning_rate, trained)
            losses.append(float(step.loss))
            theta = theta + step.weight_delta
            thetas.append(theta)
            if not (np.isfinite(step.loss_after) and np.all(np.isfinite(theta))):
                break
    diverged = None
    if len(losses) <= steps:
        names = [quantity.id for quantity in quantities(exercise.network) if quantity.kind in "wb"]
        diverged = names[_worst(theta, step.weight_delta)]
    return Trajectory(np.array(thetas[:-1]), np.array(losses), diverged)


def _worst(theta: Array, weight_delta: Array) -> int:
    """Return the index of the parameter that is not finite, or else of the one that moved furthest."""
    unfit = np.flatnonzero(~np.isfinite(theta))
    return int(unfit[0]) if len(unfit) else int(np.argmax(np.abs(weight_delta)))


Descend = Callable[[Exercise, int], Trajectory]


def trajectory(exercise: Exercise, steps: int, descend: Descend = descend) -> Trajectory:
    """Take `steps` steps in blocks of 50, so that a `descend` that remembers need only add new ones.

    The numbers are the same, to the last bit, as those of one call.
    """
    return finish(_descending(exercise, steps, descend))


def _descending(exercise: Exercise, steps: int, descend: Descend) -> Pieces[Trajectory]:
    """Do what `trajectory` does in pieces, each a block."""
    thetas, losses = [], []
    while True:
        block = descend(exercise, min(steps, BLOCK))
        last = block.diverged is not None or steps <= BLOCK
        stop = None if last else -1
        thetas.append(block.theta[:stop])
        losses.append(block.loss[:stop])
        if last:
            return Trajectory(np.concatenate(thetas), np.concatenate(losses), block.diverged)
        yield
        exercise = replace(exercise, theta=tuple(block.theta[-1].tolist()))
        steps -= BLOCK


class Curve(NamedTuple):
    """The losses of one branch: `loss[i]` is the loss at step `at + i`."""

    at: int
    loss: Array


class Replay(NamedTuple):
    """What a history comes to: the exercise at its position and the loss curves.

    `curve` is the current one from step 0 on; `old` are those left behind, one a branch, which
    begin where the current one left them. `branch` is the current branch alone, since the last number was
    changed. `diverged` names the step and the parameter at which the
    current branch had to stop, and `history` is the given one cut there.
    """

    exercise: Exercise
    history: History
    curve: Array
    old: tuple[Curve, ...]
    branch: Trajectory
    diverged: tuple[int, str] | None


def replay(start: Exercise, history: History, descend: Descend = descend) -> Replay:
    """Compute the steps that `history` describes, from the exercise it starts with."""
    return finish(replaying(start, history, descend))


def replaying(start: Exercise, history: History, descend: Descend = descend) -> Pieces[Replay]:
    """Do what `replay` does in pieces, each at most a block of steps."""
    starts: list[Exercise] = []
    runs: list[Trajectory] = []
    branches: list[Branch] = []
    for index, branch in enumerate(history.branches):
        if index == 0:
            base = start
        else:
            parent = branches[branch.parent]
            at = min(branch.at, parent.end)
            base = _at(starts[branch.parent], runs[branch.parent], at - parent.at)
            # Where the parent stopped early, the branch moves with it and keeps its length.
            branch = replace(branch, at=at, end=at + branch.end - branch.at)
        starts.append(base.with_values(branch.changes))
        runs.append((yield from _descending(starts[-1], max(branch.end - branch.at, 0), descend)))
        branches.append(replace(branch, end=branch.at + len(runs[-1].loss) - 1))

    cut = History(tuple(branches), min(history.position, branches[-1].end))
    lineage = cut.lineage(len(branches) - 1)
    pieces = []
    for index, following in zip(lineage, [*lineage[1:], None], strict=True):
        stop = None if following is None else branches[following].at - branches[index].at
        pieces.append(runs[index].loss[:stop])
    old = []
    for index, branch in enumerate(branches[:-1]):
        left = branch.at
        if index in lineage:
            left = branches[lineage[lineage.index(index) + 1]].at
        old.append(Curve(left, runs[index].loss[left - branch.at :]))
    owner = cut.owner(cut.position)
    exercise = _at(starts[owner], runs[owner], cut.position - branches[owner].at)
    stopped = runs[-1].diverged
    diverged = (branches[-1].end, stopped) if stopped is not None else None
    kept = tuple(curve for curve in old if len(curve.loss) > 1)
    return Replay(exercise, cut, np.concatenate(pieces), kept, runs[-1], diverged)


def _at(start: Exercise, run: Trajectory, step: int) -> Exercise:
    return replace(start, theta=tuple(run.theta[step].tolist()))
