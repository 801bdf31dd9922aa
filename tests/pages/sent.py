"""All that a run of the app sends to the browser, as text."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext


@contextmanager
def sent_by() -> Iterator[list[str]]:
    """Yield a list that gets the text of each message which is enqueued for the browser."""
    sent: list[str] = []
    enqueue = ScriptRunContext.enqueue

    def note(context: ScriptRunContext, message: object) -> None:
        sent.append(str(message))
        enqueue(context, message)  # type: ignore[arg-type]

    ScriptRunContext.enqueue = note  # type: ignore[assignment, method-assign]
    try:
        yield sent
    finally:
        ScriptRunContext.enqueue = enqueue  # type: ignore[method-assign]
