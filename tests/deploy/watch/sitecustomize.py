"""On PYTHONPATH, this writes down every host that a Python process looks up or connects to."""

import os
import sys
from typing import Any


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    os.write(2, f"watched: {event} {host}\n".encode())


sys.addaudithook(_note)
