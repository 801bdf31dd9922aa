"""Raise the pins of requirements.txt and requirements-dev.txt: all of them to what the new locks have.

python .github/newest.py loosen   leaves out the versions, for new locks
python .github/newest.py pin      writes the versions of the locks
"""

import re
import sys
from pathlib import Path

FILES = ("requirements", "requirements-dev")
PIN = re.compile(r"^([\w.-]+)==[^\s;]+", re.MULTILINE)
NAME = re.compile(r"^([\w.-]+)(?=;|$)", re.MULTILINE)


def loosened(requirements: str) -> str:
    """Return requirements without versions."""
    return PIN.sub(r"\1", requirements)


def pinned(requirements: str, lock: str) -> str:
    """Return loose requirements with the versions of a lock."""
    versions = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE))
    return NAME.sub(lambda name: f"{name[1]}=={versions[name[1]]}", requirements)


def main() -> None:
    """Change both files, as the argument says."""
    for name in FILES:
        path, lock = Path(f"{name}.txt"), Path(f"{name}.lock")
        text = path.read_text(encoding="utf-8")
        changed = (
            loosened(text) if sys.argv[1] == "loosen" else pinned(text, lock.read_text(encoding="utf-8"))
        )
        path.write_text(changed, encoding="utf-8")


if __name__ == "__main__":
    main()
