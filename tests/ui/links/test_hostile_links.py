"""Random and hostile query strings: every one gives a page and names what of it was left out."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import examples
from ui.links.codec import Parameter
from ui.links.query import HIDE
from ui.links.versions import RENAMES
from ui.one_step import link as one_step_link
from ui.text.numbers import quote
from ui.training import link as training_link
from ui.training.state import Training

# No parameter of any page takes one of these.
UNFIT = [
    "nan",
    "inf",
    "-1e999",
    "",
    "²",
    "𝟙",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "'; drop",
    "%00",
    "９",
]
# Names of columns of somebody's table and words in it: any text can be one, and whether it is, the data says.
FREE_TEXT = {"target", "columns", "missing"}
ONE_STEP = [
    "example",
    "net",
    "f",
    "loss",
    "bias",
    "init",
    "seed",
    "x",
    "y",
    "eta",
    "W1",
    "w1.1.1",
    "run",
    "at",
]
ONE_STEP += ["select", "color", "scale", "labels", "digits", "speak", HIDE, "v"]
ONE_STEP += ["curve", "ahead", "tab", "h", "stage", "predict", "decimals"]
RENAMED = RENAMES["training"][1].names
PARAMETERS = [part.name for part in training_link.CODEC.parts if isinstance(part, Parameter)]
TRAINING = [*PARAMETERS, *RENAMED, "v"]

fitting = [
    "1",
    "0",
    "0.5",
    "2",
    "3-2-1",
    "8-8",
    "relu",
    "on",
    "off",
    "6-6-6-6",
    "10~5-9_w1.1.1_0.5",
    "weights.menu",
]
texts = st.one_of(
    st.text(max_size=30),
    st.text("0123456789_~-.e/,wbx", max_size=30),
    st.integers().map(str),
    st.floats().map(str),
)


def is_unfit(name, text):
    # No points at all are points too.
    return text in UNFIT and name not in FREE_TEXT and (name, text) != ("points", "")


def queries(names):
    # Drawn as one: Hypothesis needs longer to choose than a page to read.
    named = st.sampled_from(list(product(names, UNFIT + fitting)))
    any_text = st.tuples(st.sampled_from(names) | st.text(max_size=12), texts)
    return st.lists(named | any_text, max_size=8).map(by_name)


def by_name(pairs):
    query: dict[str, list[str]] = {}
    for name, text in pairs:
        query.setdefault(name, []).append(text)
    return query


def assert_read(read, query, names):
    state, problems = read(query)
    assert all("\n" not in problem and len(problem) < 400 for problem in problems)
    said = " ".join(problems).lower()
    is_old = read is training_link.read and query.get("v", ["1"])[-1] not in {"2", "3", "4"}
    renamed = RENAMED if is_old else {}
    names = set(names) - (set() if is_old else set(RENAMED))
    for name, texts in query.items():
        if renamed.get(name) in query:
            assert f"{name} is the old name of {renamed[name]}" in said
            continue
        shown = renamed.get(name, name)
        unknown = name not in names and not (read is one_step_link.read and name[:1] in "wbWB")
        if unknown or is_unfit(name, texts[-1]):
            assert quote((shown.split() or [""])[0])[1:30].rstrip("…”s").lower() in said
        if len(texts) > 1 and name in names:
            assert f"came {len(texts)} times" in said
    return state


@examples(15)
@given(queries(ONE_STEP))
def test_one_step_takes_any_query_string(query):
    state = assert_read(one_step_link.read, query, ONE_STEP)
    assert one_step_link.read({name: [text] for name, text in one_step_link.write(state).items()}) == (
        state,
        (),
    )


@examples(15)
@given(queries(TRAINING))
def test_training_takes_any_query_string(query):
    state = assert_read(training_link.read, query, TRAINING)
    assert training_link.read({name: [text] for name, text in training_link.write(state).items()}) == (
        state,
        (),
    )


@pytest.mark.parametrize("unfit", UNFIT)
def test_what_is_unfit_here_is_unfit_everywhere(unfit):
    for parameter in training_link.CODEC.parts:
        if isinstance(parameter, Parameter) and is_unfit(parameter.name, unfit):
            with pytest.raises(ValueError, match=f"(?i){parameter.name.rstrip('s')}"):
                parameter.parse(unfit, Training())
