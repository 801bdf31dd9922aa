"""What the page of worked examples shows, as a record: all that its link carries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkedExamples:
    """Which of the worked examples is open, by its name in PUBLISHED; "" for none."""

    example: str = ""
