"""What links of older versions call differently: renames, chained by page and version.

The parameter `v` of a link is the version that it was written in; a link without it is of version 1.
RENAMES[page][n] turns a link of version n into one of version n + 1. Links that people have sent must go on
working.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ui.links.query import Query

VERSION = 4


@dataclass(frozen=True, slots=True)
class Rename:
    """What one version changed on a page: names of parameters, and of values, by the parameter's new name."""

    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


RENAMES: Mapping[str, Mapping[int, Rename]] = {
    "one_step": {
        2: Rename(values={"color": {"signal": "contribution"}}),
        3: Rename({"sign": "speak"}, {"speak": {"delta": "rows", "error_term": "notebook"}}),
    },
    "check_working": {},
    "worked_examples": {},
    "exercise": {},
    "questions": {},
    "class_view": {},
    "training": {
        1: Rename({"n": "samples", "train": "trainshare", "decoupled": "weightdecay", "for": "budget"})
    },
}


def upgrade(page: str, query: Query, version: int, problems: list[str]) -> Query:
    """Return the parameters of a link of `version`, without that one, as the present version names them.

    Where a link has a parameter by its old name and by its new one, the new one counts, and a sentence is
    added to `problems`.
    """
    query = {name: texts for name, texts in query.items() if name != "v"}
    for step in range(version, VERSION):
        rename = RENAMES[page].get(step, Rename())
        for old, new in rename.names.items():
            if old in query and new in query:
                problems.append(f"Link: {old} is the old name of {new}, and both came; {new} is used.")
                query = {name: texts for name, texts in query.items() if name != old}
        query = {rename.names.get(name, name): texts for name, texts in query.items()}
        for name, values in rename.values.items():
            if name in query:
                query[name] = [values.get(text, text) for text in query[name]]
    return query


def versioned(parameters: dict[str, str]) -> dict[str, str]:
    """Return the parameters of a link with its version; a link without any needs none."""
    return {"v": str(VERSION), **parameters} if parameters else {}
