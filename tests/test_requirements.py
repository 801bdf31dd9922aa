"""The locks pin what the requirements name and all that is below, by hash; that is what is installed."""

import re
from importlib.metadata import PackageNotFoundError, requires, version
from typing import NamedTuple

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.browser.harness import ROOT

LOCKS = {
    name: f"{name.removesuffix('.txt')}.lock"
    for name in ("requirements.txt", "requirements-dev.txt", ".github/requirements.txt")
}
STALE = "run `make lock`"


class Pin(NamedTuple):
    """A version of a package, the systems it is for, and the hashes of its files."""

    version: str
    marker: str
    hashes: frozenset[str]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name):
    """Return the pins of a file; of requirements, without those of a file that it includes."""
    found = {}
    text = re.sub(r"^\s*#.*\n?|^-r .*\n", "", read(name).replace("\\\n", " "), flags=re.MULTILINE)
    for line in text.splitlines():
        named, *hashes = line.split(" --hash=sha256:")
        requirement = Requirement(named)
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", named
        found[canonicalize_name(requirement.name)] = Pin(
            specifier.version, str(requirement.marker or ""), frozenset(map(str.strip, hashes))
        )
    return found


def needed(names):
    """Return what packages need on this machine, at any depth, and the packages themselves."""
    found, waiting = set(), [Requirement(name) for name in names]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = [{"extra": extra} for extra in ("", *requirement.extras)]
        if name not in found:
            below = map(Requirement, requires(name) or [])
            waiting += [r for r in below if not r.marker or any(map(r.marker.evaluate, extras))]
        found.add(name)
    return found


def applies(pin):
    return not pin.marker or Marker(pin.marker).evaluate()


def installed(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None


@pytest.mark.parametrize("lock", LOCKS.values())
def test_each_pin_has_hashes_and_no_address(lock):
    assert {name for name, pin in pins(lock).items() if not pin.hashes} == set()
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for pin in pins(lock).values() for digest in pin.hashes)
    assert re.findall(r".*(?:://|^\s*--(?!hash)|@).*", read(lock), flags=re.MULTILINE) == []


@pytest.mark.parametrize(("requirements", "lock"), LOCKS.items())
def test_a_lock_pins_what_the_requirements_name(requirements, lock):
    locked = {name: pin._replace(hashes=frozenset()) for name, pin in pins(lock).items()}
    assert pins(requirements).items() <= locked.items(), STALE


def test_development_runs_the_pins_that_visitors_get():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items(), STALE


def test_the_lock_pins_all_that_is_needed_at_any_depth():
    here = [name for name, pin in pins("requirements.txt").items() if applies(pin)]
    locked = {name for name, pin in pins("requirements.lock").items() if applies(pin)}
    assert needed(here) == locked, STALE


def test_the_pins_are_what_is_installed():
    locked = {name: pin.version for name, pin in pins("requirements-dev.lock").items() if applies(pin)}
    assert {name: installed(name) for name in locked} == locked, "run `make .venv/dev`"
