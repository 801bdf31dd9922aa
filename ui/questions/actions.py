"""What a reader does on the page of questions: moves the numbers of the live network, and how it is shown."""

from dataclasses import replace

from core.exercise import quantities_by_id
from ui.components.base.sent_fields import Change
from ui.links.view import selecting, stage_names
from ui.questions.link import CODEC
from ui.questions.state import ShownQuestion, with_question
from ui.shell.inbox import take_new, taking
from ui.shell.live import Live
from ui.shell.run_context import uninterrupted
from ui.shell.store import Held, PageStore
from ui.text.numbers import parse_quantity

NETWORK, FILMS = "question_network", "question_films"
STORE = PageStore(CODEC)
LIVE = Live(NETWORK, FILMS, "question_film_rest")


@uninterrupted()
def begin() -> Held[ShownQuestion]:
    """Return what a run of the whole page shows, with what the network has sent taken first."""
    held = STORE.begin()
    _take_sent()
    return held


def open_state() -> ShownQuestion:
    """Return the state to change, with all that the network has sent."""
    STORE.open()
    _take_sent()
    return STORE.read()


def _take_sent() -> None:
    with taking() as is_outermost:
        values = LIVE.sent().values
        if not is_outermost or values is None:
            return
        for change in take_new(NETWORK, values.changes, values.at):
            # The timeline of this page cannot be moved.
            if isinstance(change, Change):
                _change(change.id, change.text, values.selected)


def _change(name: str, text: str, selected: str | None) -> None:
    state = STORE.read()
    quantity = quantities_by_id(state.start.network).get(name)
    if quantity is None or not state.question:
        return
    try:
        value = parse_quantity(text, state.start, quantity)
    except ValueError as error:
        STORE.reject(name, text, str(error))
        return
    STORE.accept(name)
    view = selecting(state.view, selected, state.start.network)
    STORE.edit(replace(state, start=state.start.with_values([(name, value)]), view=view))


def open_question(name: str) -> None:
    """Show a question with its own numbers, by its name; "" for their list."""
    STORE.open()
    STORE.edit(with_question(name))


def on_selected() -> None:
    """Select the weight or unit that was clicked in the live network."""
    sent = LIVE.sent().selected
    if sent is not None:
        state = open_state()
        STORE.edit(replace(state, view=selecting(state.view, sent.id, state.start.network)))


def on_view() -> None:
    """Show the live network as chosen in its toolbar and its stage bar."""
    sent = LIVE.sent().view
    if sent is not None:
        state = open_state()
        stages = stage_names(state.start.network)
        STORE.edit(replace(state, view=sent.applied_to(state.view, stages)))
