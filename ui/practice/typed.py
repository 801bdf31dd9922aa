"""The numbers that are typed into the boxes of a drawing, taken one by one into the state of their page."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.exercise import Exercise
from ui.components.base.sent import read_typed
from ui.links.refused import Refused, not_in_link
from ui.shell.inbox import take_new, taking
from ui.shell.store import PageStore, Rejected
from ui.shell.visit import recall
from ui.text.answers import read_named
from ui.text.conventions import Convention

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class TypedNumbers(Generic[S]):
    """What is typed into the boxes of a page, by the ids of quantities, and how its state takes it.

    Keys of the page begin with `page`, as `boxes`, that of the drawing. A state has the numbers of
    `exercise(state)`, of which those with ids in `taken(state)` can be typed, called as in
    `convention(state)`; `with_answers(state, texts)` is the state with other texts, "" for none.
    `not_read(state)` are the texts in it that are no numbers, and `with_refused(state, name, text)` is it
    with one more.
    """

    page: str
    store: PageStore[S]
    exercise: Callable[[S], Exercise]
    taken: Callable[[S], Collection[str]]
    convention: Callable[[S], Convention]
    with_answers: Callable[[S, Mapping[str, str]], S]
    not_read: Callable[[S], Refused]
    with_refused: Callable[[S, str, str], S]

    @property
    def boxes(self) -> str:
        """Return the key of the drawing."""
        return f"{self.page}_boxes"

    def key(self, name: str) -> str:
        """Return the key of the box for the number with an id."""
        return f"{self.page}_{name}"

    def refused(self, name: str) -> Rejected | None:
        """Return what was typed for the number with an id and could not be read, with the reason."""
        return self.store.rejected.get(self.key(name))

    def forget_refused(self) -> None:
        """Take away all texts of the page that could not be read."""
        for key in self.store.rejected:
            self.store.accept(key)

    def refuse_again(self, state: S) -> None:
        """Refuse what a link has of texts that are no numbers, which have no reasons after a reload."""
        for name, text in self.not_read(state):
            if self.key(name) not in self.store.rejected:
                try:
                    read_named(self.exercise(state), {name: text}, self.convention(state))
                except ValueError as error:
                    self.store.reject(self.key(name), text, str(error))

    def open_state(self) -> S:
        """Return the state to change, with all that was typed into boxes."""
        self.store.open()
        self.take_new()
        return self.store.read()

    def take_new(self) -> None:
        """Take each text that was typed since."""
        with taking() as is_outermost:
            if is_outermost:
                typed = read_typed(recall(self.boxes))
                for change in take_new(self.boxes, typed.changes, typed.at):
                    self._take(change.id, change.text)

    def _take(self, name: str, text: str) -> None:
        """Take the number typed in a box; one that cannot be read stays there with the reason."""
        state = self.store.read()
        if name not in self.taken(state):
            return
        texts = {name: text if text.strip() else ""}
        try:
            if texts[name]:
                read_named(self.exercise(state), texts, self.convention(state))
        except ValueError as error:
            self.store.edit(self.with_refused(state, name, text))
            self.store.reject(self.key(name), text, f"{error}{not_in_link(text)}")
            return
        self.store.accept(self.key(name))
        self.store.edit(self.with_answers(state, texts))
