"""Segments of a run as a text that a link can carry: in each the step, and the settings that differ there.

Names and texts of settings are those of the link's own parameters. A text's parts are separated by ~, its
segments by ~~, and replaced futures by ~~~: 420~eta~0.3~~700~optimizer~adam~eta~0.01. A weight that is set
stands there by its id, 420~w1.2.1~0.5, and noise and training fraction by their names.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.settings import Segment, Settings, continued_at, normalized
from ui.limits import MAX_CHANGES, MAX_LEFT_BEHIND, MAX_TRAINING_STEPS
from ui.links.codec import Parameter
from ui.links.query import choice, whole
from ui.text.numbers import count, exact, parse_number, quote
from ui.training.state import Left, Training, left_run, number_of_changes, restarted, sampling_of, stored

Parameters = Mapping[str, Parameter[Any]]
_EXAMPLE = "420~eta~0.3"
# Layer and units count from 1.
_WEIGHT = re.compile(r"w[1-9]\d{0,3}\.[1-9]\d{0,3}\.[1-9]\d{0,3}|b[1-9]\d{0,3}\.[1-9]\d{0,3}")


def write_segments(parameters: Parameters, segments: Sequence[Segment]) -> str:
    """Return the segments of a run, but for the first, as a text."""
    return _write(parameters, segments[1:], segments[0])


def _write(parameters: Parameters, segments: Sequence[Segment], before: Segment) -> str:
    texts = []
    for segment in segments:
        old, new = _as_state(before), _as_state(segment)
        parts = [str(segment.at)]
        for name, parameter in parameters.items():
            if parameter.get(old) != parameter.get(new):
                parts += [name, parameter.write(parameter.get(new))]
        for name, number in segment.weights:
            parts += [name, exact(number)]
        texts.append("~".join(parts))
        before = segment
    return "~~".join(texts)


def _as_state(segment: Segment) -> Training:
    return restarted(Training(), segment)


def read_segments(parameters: Parameters, text: str, state: Training) -> tuple[Segment, ...]:
    """Return all segments of a state's run, with those of a text behind the first.

    What changes nothing is left out. Raises ValueError with a sentence that names what does not fit.
    """
    if not state.steps:
        raise ValueError(f"changes got {quote(text)}; a run of 0 steps takes none.")
    first = state.segments[0]
    return normalized((first, *_read(parameters, "changes", text, first, 1, state.steps)))


def write_left(parameters: Parameters, segments: Sequence[Segment], futures: Sequence[Left]) -> str:
    """Return the replaced futures of a run as a text: from where to where each goes, and its own segments."""
    texts = []
    for left in futures:
        text = f"{left.at}~{left.end}"
        if left.segments:
            own = [replace(each, sampling=each.sampling or segments[0].sampling) for each in left.segments]
            text += f"~~{_write(parameters, own, _before(segments, left.at)[1])}"
        texts.append(text)
    return "~~~".join(texts)


def read_left(parameters: Parameters, text: str, state: Training) -> tuple[Left, ...]:
    """Return the replaced futures of a state's run that a text stands for.

    Raises ValueError with a sentence that names the first that does not fit.
    """
    texts = text.split("~~~")
    if len(texts) > MAX_LEFT_BEHIND:
        raise ValueError(f"left got {count(len(texts), 'future')}; it takes up to {MAX_LEFT_BEHIND}.")
    futures = [_read_left(parameters, f"left, future {k + 1}", each, state) for k, each in enumerate(texts)]
    # One that begins as the run itself goes on is none.
    return tuple(
        left for left in futures if left_run(state, left).acting != continued_at(state.segments, left.at)
    )


def _read_left(parameters: Parameters, name: str, text: str, state: Training) -> Left:
    ends, _, own = text.partition("~~")
    parts = ends.split("~")
    if len(parts) != 2:
        raise ValueError(
            f"{name}, got {quote(ends)}; it takes its first and its last step, such as 420~1000."
        )
    at = whole(parts[0], f"{name}, first step,", 0, state.steps)
    end = whole(parts[1], f"{name}, last step,", at + 1, MAX_TRAINING_STEPS)
    before, last = _before(state.segments, at)
    # From step 0 on, the settings of the first step are among them.
    most = MAX_CHANGES + (at == 0)
    segments = _read(parameters, name, own, last, at, end, most) if own else ()
    if not before and (not segments or segments[0].at):
        raise ValueError(
            f"{name}, got {quote(text)}; from step 0 on it takes its settings, such as 0~eta~0.3."
        )
    kept = normalized((*before, *segments))
    return Left(at, end, stored(state.data, [segment for segment in kept if segment.at >= at]))


def _before(segments: Sequence[Segment], at: int) -> tuple[list[Segment], Segment]:
    """Return the segments that begin before a step, and the last, or one with the usual settings."""
    before = [segment for segment in segments if segment.at < at]
    return before, before[-1] if before else replace(segments[0], settings=Settings())


def _read(
    parameters: Parameters,
    name: str,
    text: str,
    before: Segment,
    low: int,
    high: int,
    most: int = MAX_CHANGES,
) -> tuple[Segment, ...]:
    texts = text.split("~~")
    _check_count(name, len(texts), most)
    segments: list[Segment] = []
    for each in texts:
        first, *pairs = each.split("~")
        at = whole(first, f"{name}, change {len(segments) + 1}, step,", low, high)
        if segments and at <= segments[-1].at:
            raise ValueError(f"{name} got step {at} after step {segments[-1].at}; its steps ascend.")
        before = _read_segment(parameters, f"{name}, step {at}", pairs, replace(before, at=at))
        segments.append(before)
    _check_count(name, number_of_changes((before, *segments)), most)
    return tuple(segments)


def _check_count(name: str, got: int, most: int) -> None:
    if got > most:
        raise ValueError(f"{name} got {count(got, 'change')}; it takes up to {most}.")


def _read_segment(parameters: Parameters, name: str, pairs: Sequence[str], segment: Segment) -> Segment:
    """Return a segment, which is as the one before it, with what a text changes there."""
    if len(pairs) % 2:
        raise ValueError(
            f"{name}, got {quote('~'.join(pairs))}; it takes names and values, such as {_EXAMPLE}."
        )
    state = _as_state(segment)
    weights: dict[str, float] = {}
    for setting, text in zip(pairs[::2], pairs[1::2], strict=True):
        if _WEIGHT.fullmatch(setting):
            if not segment.at:
                raise ValueError(f"{name}, got {setting}; weights of step 0 are given by theta.")
            weights[setting] = parse_number(text, f"{name}, {setting},")
            continue
        parameter = parameters[choice(f"{name}, a setting,", list(parameters))(setting)]
        try:
            state = parameter.put(state, parameter.parse(text, state))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return Segment(segment.at, state.settings, tuple(weights.items()), sampling_of(state.data))
