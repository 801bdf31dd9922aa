"""Every symbol of every formula has its entry in the glossary, with the formulas of the network."""

import re

import pytest

from core.activations import ACTIVATIONS
from core.error_terms import without_minus
from core.expressions import Operation, Symbol, symbols
from core.losses import LOSSES
from core.network import Network
from tests.ui.pairs import pairs_of
from ui.text.conventions import CONVENTIONS
from ui.text.glossary import GLOSSARY, TRAINING, formulas_of, glossary_data, glossary_html
from ui.text.latex import array_latex
from ui.text.stages import array_letter
from ui.text.written import written_formulas

NOTEBOOK = Network((3, 2, 1), ("sigmoid", "sigmoid"), "half_squared_error", bias=False)
DEEP = Network((3, 4, 4, 3), ("relu", "tanh", "softmax"), "categorical_cross_entropy")
# What is explained without a letter of its own: 1 − a, and what a number is after the step.
BESIDE = {"rest": "activation", "new_W": "new_weight", "new_b": "new_bias"}


@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=CONVENTIONS)
@pytest.mark.parametrize("network", [NOTEBOOK, DEEP], ids=["3-2-1", "3-4-4-3"])
def test_every_symbol_has_an_entry(network, convention):
    known = {entry.symbol for entry in GLOSSARY.values()}
    found = {
        symbol
        for formula in written_formulas(network, convention)
        for symbol in (formula.left, *symbols(formula.right))
    }
    for symbol in found:
        _, plain = without_minus(symbol)
        assert symbol.name in known or plain.name in known or BESIDE[plain.name] in GLOSSARY, symbol


@pytest.mark.parametrize(
    ("term", "convention", "expected"),
    [
        ("pre_activation", "rows", ["z1 = x W1", "z2 = a1 W2"]),
        ("pre_activation", "textbook", ["z1 = W1 x", "z2 = W2 a1"]),
        ("pre_activation", "pytorch", ["z1 = x W1ᵀ", "z2 = a1 W2ᵀ"]),
        ("activation", "rows", ["a1 = 1 / (1 + e^−z1)", "ŷ = 1 / (1 + e^−z2)"]),
        ("loss", "rows", ["L = ½ Σ (y − ŷ)²"]),
        ("delta", "rows", ["δ2 = dL/dŷ ⊙ f′(z2)", "δ1 = dL/da1 ⊙ f′(z1)"]),
        ("delta", "notebook", []),
        ("error_term", "rows", []),
        ("error_term", "notebook", ["−δ2 = −dL/dŷ ⊙ f′(z2)", "−δ1 = −dL/da1 ⊙ f′(z1)"]),
        ("output_gradient", "rows", ["dL/dŷ = ŷ − y", "dL/da1 = δ2 W2ᵀ", "dL/dx = δ1 W1ᵀ"]),
        ("gradient", "rows", ["dL/dW2 = a1ᵀ δ2", "dL/dW1 = xᵀ δ1"]),
        ("gradient", "textbook", ["dL/dW2 = δ2 a1ᵀ", "dL/dW1 = δ1 xᵀ"]),
        ("gradient", "notebook", ["−dL/dW2 = a1ᵀ (−δ2)", "−dL/dW1 = xᵀ (−δ1)"]),
        ("weight_delta", "pytorch", ["ΔW1 = −lr W1.grad", "ΔW2 = −lr W2.grad"]),
        ("pre_activation", "scalar", ["z1 = Σ x · w1", "z2 = Σ a1 · w2"]),
        ("gradient", "scalar", ["w2.grad = a1 · z2.grad", "w1.grad = x · z1.grad"]),
        (
            "output_gradient",
            "scalar",
            ["ŷ.grad = ŷ − y", "a1.grad = Σ z2.grad · w2", "x.grad = Σ z1.grad · w1"],
        ),
    ],
)
def test_an_entry_has_the_formulas_of_the_network(term, convention, expected):
    assert formulas_of(GLOSSARY[term], NOTEBOOK, CONVENTIONS[convention]) == expected


def test_formulas_are_those_of_the_activations_and_the_loss():
    assert formulas_of(GLOSSARY["slope"], DEEP) == ["f′(z2) = 1 − a2²", "f′(z1) = 1 if z1 > 0 else 0"]
    assert formulas_of(GLOSSARY["delta"], DEEP)[0] == "δ3 = ŷ Σ y − y"
    assert formulas_of(GLOSSARY["delta"], DEEP, sums_to_one=True)[0] == "δ3 = ŷ − y"


def test_a_term_is_called_as_in_the_convention():
    assert glossary_data(CONVENTIONS["rows"])["pre_activation"]["term"] == "pre-activation"
    assert glossary_data(CONVENTIONS["notebook"])["pre_activation"]["term"] == "layer input"


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "softmax"])
def test_the_page_section_can_be_written_for_every_network(activation, loss):
    network = Network((2, 2, 2), (activation, activation), loss)
    for convention in CONVENTIONS.values():
        text = glossary_html(network, convention, {**GLOSSARY, **TRAINING})
        assert text.count("<dt>") == len(GLOSSARY) + len(TRAINING)
        assert "minus_" not in text
        assert "sum_" not in text


# What a convention has none of: symbols of others, and where there are only numbers, of arrays.
FOREIGN = {
    "rows": r"\.grad|\blr\b",
    "notebook": r"\.grad|\blr\b",
    "textbook": r"\.grad|\blr\b",
    "pytorch": r"η|δ|dL",
    "scalar": r"\blr\b|δ|dL|W(?![a-z])|ᵀ|⊙",
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_no_text_has_a_symbol_of_another_convention(name):
    convention, entries = CONVENTIONS[name], {**GLOSSARY, **TRAINING}
    texts = re.findall(r"<dd>(.*?)</dd>", glossary_html(NOTEBOOK, convention, entries))
    assert len(texts) == len(entries)
    for network in networks(name):
        texts += [
            formula for entry in entries.values() for formula in formulas_of(entry, network, convention)
        ]
    assert len(texts) > 250
    # A letter that is another one's is explained by it: w.grad is dL/dw.
    assert not [text for text in texts if re.search(FOREIGN[name], text)]
    assert not [text for text in texts if re.search(r"[{}]", text)]


def networks(convention):
    for output, loss in pairs_of(convention):
        hidden = output if not ACTIVATIONS[output].couples_units else "tanh"
        yield Network((3, 2, 2), (hidden, output), loss)


@pytest.mark.parametrize("name", [name for name, each in CONVENTIONS.items() if each.code != "Python"])
def test_elementwise_products_of_arrays_are_marked(name):
    convention, found, drawn = CONVENTIONS[name], 0, list(networks(name))
    for network in drawn:
        for formula in written_formulas(network, convention):
            is_elementwise = has_elementwise(formula.right)
            text = array_latex(formula, network, convention)
            assert (r"\odot" in text) == is_elementwise, text
            letter = array_letter(without_minus(formula.left)[1], network, convention)
            for entry in GLOSSARY.values():
                for own in formulas_of(entry, network, convention):
                    if own.startswith(f"{letter} = "):
                        assert ("⊙" in own) == is_elementwise, own
                        found += is_elementwise
    assert found > 2 * len(drawn)


def has_elementwise(expression):
    """Whether two arrays with as many numbers are multiplied, number by number."""
    if not isinstance(expression, Operation):
        return False
    if expression.name == "multiply" and sum(map(is_of_units, expression.arguments)) > 1:
        return True
    return any(map(has_elementwise, expression.arguments))


def is_of_units(expression):
    if isinstance(expression, Symbol):
        return expression.name not in ("eta", "loss")
    is_sum = isinstance(expression, Operation) and expression.name.startswith("sum_")
    return isinstance(expression, Operation) and not is_sum and any(map(is_of_units, expression.arguments))


def test_letters_have_their_layer_as_an_index():
    text = glossary_html(NOTEBOOK)
    assert "a<sub>1</sub> = 1 / (1 + e<sup>−z<sub>1</sub></sup>)" in text
    assert "dL/dW<sub>2</sub> = a<sub>1</sub>ᵀ δ<sub>2</sub>" in text
