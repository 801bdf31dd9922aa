"""Values as they stand in brackets: a small tree."""

from dataclasses import dataclass


@dataclass(slots=True)
class PastedNumber:
    """One number and where it stands."""

    value: float
    start: int
    end: int


@dataclass(slots=True)
class Group:
    """Values in brackets; `is_array` is whether a library made an array of them, `is_torch` a Parameter."""

    items: list["Node"]
    start: int
    end: int
    is_array: bool = False
    is_turned: bool = False
    is_torch: bool = False


@dataclass(slots=True)
class Named:
    """A value with a name of its own, as in a dictionary."""

    name: str
    value: "Node"


Node = PastedNumber | Group | Named


def start_of(node: Node) -> int:
    """Return where a value starts in the text."""
    return start_of(node.value) if isinstance(node, Named) else node.start


def end_of(node: Node) -> int:
    """Return where a value ends in the text."""
    return end_of(node.value) if isinstance(node, Named) else node.end


def length(node: Node) -> int:
    """Return how many values stand in the outermost brackets, 1 for a number."""
    return len(node.items) if isinstance(node, Group) else 1
