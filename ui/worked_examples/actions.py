"""What a reader does on the page of worked examples: to open one, or to close it."""

from ui.shell.store import PageStore
from ui.shell.widgets import entered
from ui.worked_examples.link import CODEC
from ui.worked_examples.state import WorkedExamples

STORE = PageStore(CODEC)


def card_key(name: str) -> str:
    """Return the key of the card of an example."""
    return f"example_{name}"


def turn(name: str) -> None:
    """Show the example whose card was pressed, and no other; one that was open is closed."""
    STORE.open()
    STORE.edit(WorkedExamples(name if entered(card_key(name)) else ""))
