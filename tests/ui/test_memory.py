"""What the process remembers of results stays under one ceiling, whichever functions they are of."""

import ast
import gc
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from weakref import ref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exercise import quantities
from core.network import Network
from ui.memory import Memory, weight

ROOT = Path(__file__).parents[2]
NUMBERS = 1000
# Of what none depends on what a visitor enters, but for the network's quantities, of which there are few.
FIXED = {
    "core/exercise.py": {"quantities", "quantities_by_id"},
    "ui/components/base/__init__.py": {"read_sources"},
    "ui/shell/workarounds.py": {"_freeze"},
    "ui/training/importing/numbers.py": {"_pattern", "all_signs"},
    "ui/training/real_data.py": {"real_table"},
}


def two_functions(memory):
    """Two functions that remember their results together, and the list of what they have computed."""
    computed = []

    @memory.remembered
    def zeros(number):
        computed.append(number)
        return np.zeros(NUMBERS)

    @memory.remembered
    def ones(number):
        computed.append(-number)
        return np.ones(NUMBERS)

    return zeros, ones, computed


def test_a_result_is_computed_once_and_is_that_of_its_function():
    zeros, ones, computed = two_functions(Memory(100_000))
    assert zeros(1) is zeros(1)
    assert ones(1)[0] == 1
    assert zeros(1)[0] == 0
    assert computed == [1, -1]


def test_what_was_used_longest_ago_goes_first_whichever_function_it_is_of():
    memory = Memory(30_000)
    zeros, ones, computed = two_functions(memory)
    zeros(1)
    ones(1)
    zeros(2)
    zeros(1)
    zeros(3)
    assert memory.bytes > 3 * 8 * NUMBERS
    computed.clear()
    zeros(1)
    assert computed == []
    ones(1)
    assert computed == [-1]


def test_what_is_forgotten_is_freed():
    zeros, _, _ = two_functions(Memory(10_000))
    first = ref(zeros(1))
    assert first() is not None
    zeros(2)
    assert first() is None


@given(st.lists(st.integers(0, 3000), max_size=60))
def test_the_ceiling_holds_for_all_functions_together(sizes):
    memory = Memory(50_000)

    @memory.remembered
    def array(size):
        return np.zeros(size)

    @memory.remembered
    def words(size):
        return tuple(f"word {k}" for k in range(size // 10))

    for size in sizes:
        assert len(array(size)) == size
        assert len(words(size)) == size // 10
        assert memory.bytes <= 50_000


def test_a_result_larger_than_the_ceiling_is_returned_and_displaces_nothing():
    memory = Memory(10_000)
    zeros, _, computed = two_functions(memory)

    @memory.remembered
    def large():
        return np.zeros(10 * NUMBERS)

    zeros(1)
    assert len(large()) == 10 * NUMBERS
    zeros(1)
    assert computed == [1]


def test_a_key_counts_too():
    memory = Memory(10_000)

    @memory.remembered
    def length(text):
        return len(text)

    for letter in "abcdefgh":
        assert length(3000 * letter) == 3000
    assert 6000 < memory.bytes <= 10_000


def test_what_fails_is_not_remembered():
    memory = Memory(10_000)

    @memory.remembered
    def fail(number):
        raise ValueError(f"{number} is wrong")

    for _ in range(2):
        with pytest.raises(ValueError, match="3 is wrong"):
            fail(3)
    assert memory.bytes == 0


def test_many_threads_get_what_they_look_up():
    memory = Memory(20_000)
    zeros, ones, _ = two_functions(memory)

    def look_up(seed):
        numbers = np.random.default_rng(seed).integers(9, size=300).tolist()
        return all(zeros(number).sum() == 0 and ones(number).sum() == NUMBERS for number in numbers)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(look_up, range(8)))
    assert memory.bytes <= 20_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Something that has no dictionary of its own."""

    left: object
    right: object


def nested():
    return {f"key {k}": [Pair(float(k), f"text {k}") for k in range(k, k + 20)] for k in range(100)}


MAKERS = [
    lambda: np.zeros(20_000),
    # Of a view all that it keeps alive counts.
    lambda: np.zeros((200, 100))[:, :2],
    lambda: Pair(MappingProxyType({"a": np.ones(5000)}), tuple(float(k) for k in range(3000))),
    nested,
    lambda: b"x" * 100_000,
    lambda: quantities.__wrapped__(Network((6, 6, 6, 6), ("tanh",) * 3, "half_squared_error")),
]


@pytest.mark.parametrize("make", MAKERS)
def test_the_weight_is_what_a_value_takes(make):
    make()
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        value = make()
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert weight(value) == pytest.approx(taken, rel=0.15)


def test_what_stands_twice_weighs_once():
    array = np.zeros(10_000)
    assert weight([array, array, array[:10]]) < 1.1 * array.nbytes


def caches(path):
    """Return the names of the functions of a file that remember several results in a cache of their own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and ast.unparse(node.args)
        for decorator in node.decorator_list
        if {"cache", "lru_cache", "cached", "cache_data", "cache_resource"}
        & set(ast.unparse(decorator).replace("(", ".").split("."))
    }


def test_no_other_cache_grows_with_what_visitors_enter():
    files = [path for folder in ("core", "ui", "pages") for path in (ROOT / folder).rglob("*.py")]
    found = {path.relative_to(ROOT).as_posix(): caches(path) for path in [*files, ROOT / "app.py"]}
    assert {name: functions for name, functions in found.items() if functions} == FIXED
