"""The popover with the files that can be taken away from a page."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

import streamlit as st


class TakenFile(NamedTuple):
    """A file to be taken away: its label, name, kind, icon and help, and what makes it of a subject.

    One that is not `of_results` alone has the weights of the page too.
    """

    label: str
    name: str
    kind: str
    icon: str
    help: str
    build: Callable[[Any], str | bytes]
    of_results: bool = False


def render_take_away(files: Iterable[TakenFile], subject: Callable[[], Any]) -> None:
    """Show files to be downloaded; each is made of the `subject` of that moment."""
    with st.popover("Take away", icon=":material/download:", on_change="ignore"):
        for file in files:
            st.download_button(
                file.label,
                partial(_build, file, subject),
                file.name,
                file.kind,
                on_click="ignore",
                icon=f":material/{file.icon}:",
                help=file.help,
                width="stretch",
            )


def _build(file: TakenFile, subject: Callable[[], Any]) -> str | bytes:
    return file.build(subject())
