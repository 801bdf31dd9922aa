"""The conventions in which a course or a library writes backprop: signs, orientation, letters, words, code.

None changes a number of the network.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.error_terms import without_minus
from core.exercise import Quantity
from core.expressions import Symbol
from core.orientation import Orientation

ROWS = Orientation()
# How a symbol is written, piece by piece: a piece with _ has the subscript of the number, @ stands for the
# letter of the unit itself (x₁, ŷ), / makes a fraction of what stands on its two sides.
_LETTERS = {
    "a": "@",
    "z": "z_",
    "slope": "f′ ( z_ )",
    "slope_coupled": "∂ @ / ∂ z_",
    "da": "dL / d @",
    "dW": "dL / dw_",
    "db": "dL / db_",
    "delta": "δ_",
    "W": "w_",
    "b": "b_",
    "step_W": "Δ w_",
    "step_b": "Δ b_",
    "new_W": "w_ + Δ w_",
    "new_b": "b_ + Δ b_",
    "eta": "η",
    "loss": "L",
    "y": "y_",
}
# The same of whole arrays, whose subscript is the number of the layer.
_ARRAY_LETTERS = {
    "dW": "dL / d W_",
    "db": "dL / d b_",
    "W": "W_",
    "step_W": "Δ W_",
    "new_W": "W_ + Δ W_",
}
_MEANINGS = {
    "a": "activation",
    "rest": "1 − activation",
    "z": "pre-activation",
    "slope": "slope of the activation function",
    "W": "weight",
    "b": "bias",
    "da": "gradient",
    "dW": "gradient",
    "db": "gradient",
    "delta": "δ = dL/dz",
    "minus_da": "negative gradient",
    "minus_dW": "negative gradient",
    "minus_db": "negative gradient",
    "minus_delta": "error term, −δ = −dL/dz",
    "step_W": "weight delta",
    "step_b": "bias delta",
    "new_W": "weight after the step",
    "new_b": "bias after the step",
    "eta": "learning rate",
    "loss": "loss",
    "y": "target",
}
# The names of arrays in code; {} is the number of the layer.
_NAMES = {"x": "x", "y_hat": "y_hat", "dx": "dx", "dy_hat": "dy_hat", "loss": "loss", "y": "y", "eta": "eta"}
# How the chapters of the pass are called.
_WORDS = {
    "z": "Layer input",
    "a": "Layer output",
    "prediction": "Prediction, the output’s activation",
    "predictions": "Predictions, the outputs’ activations",
    "da": "Slope of the loss at",
    "delta": "δ",
    "the_delta": "δ",
    "is_delta": "δ = dL/dz. Some courses call −δ the error term",
    "the_da": "The slope of the loss",
    "is_da": "dL/dŷ",
    "is_hidden_da": ". Some courses call −dL/da the hidden layer output error",
    "dW": "Gradient of the weights into",
    "is_dW": "",
    "step": "Δw = −η dL/dw",
}
_WITH_GRAD = {"da": "@ .grad", "dW": "w_ .grad", "db": "b_ .grad", "delta": "z_ .grad"}
_GRAD_TITLES = {"dW": "w.grad", "db": "b.grad", "da": "a.grad", "delta": "z.grad"}
_GRAD_MEANINGS = {
    "da": "gradient of the activation, dL/da",
    "delta": "gradient of the pre-activation, δ = dL/dz",
    "dW": "gradient of the weight, dL/dw",
    "db": "gradient of the bias, dL/db",
}
_GRAD_WORDS = {
    "da": "Gradient of",
    "delta": "z.grad",
    "the_delta": "z.grad",
    "is_delta": "z.grad = dL/dz",
    "the_da": "The gradient",
    "is_da": "ŷ.grad = dL/dŷ",
    "is_hidden_da": ", a.grad = dL/da",
}


# One record is itself only: so it can be a key.
@dataclass(frozen=True, slots=True, eq=False)
class Convention:
    """A way of writing backprop, with its label, a short name of it, and what it is in one line.

    `is_error_term` writes −δ and −dL/d…, `orientation` is which arrays are turned. `letters`, by the names
    of symbols, and `array_letters` are pieces as above; `meanings` are what a letter is; `names` are those
    in code, `words` those of the stages. `code` is the library of the lines of code: "NumPy", "PyTorch", or
    "Python" for one number at a time. `delta_symbol` has room in a unit of the drawing. Of a weight's two
    ends the first one is that which its index has first.
    """

    name: str
    label: str
    short: str
    sentence: str
    is_error_term: bool = False
    orientation: Orientation = ROWS
    letters: Mapping[str, str] = field(default_factory=dict)
    array_letters: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    code: str = "NumPy"
    delta_symbol: str = "δ"
    delta_name: str = "δ"
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def arrow(self) -> str:
        """Return what stands between the ends of a weight: → or, with the unit that it feeds first, ←."""
        return "←" if self.orientation.weights_are_turned else "→"

    def letters_of(self, symbol: str) -> str:
        """Return the pieces that one number of a symbol is written with."""
        return {**_LETTERS, **self.letters}.get(symbol, f"{symbol}_")

    def array_letters_of(self, symbol: str) -> str:
        """Return the pieces that a whole array is written with; without arrays, those of one number."""
        if self.code == "Python":
            return self.letters_of(symbol)
        own = {**_LETTERS, **_ARRAY_LETTERS, **self.letters, **self.array_letters}
        return own.get(symbol, f"{symbol}_")

    def title(self, symbol: str) -> str:
        """Return the title of a column with the numbers of a symbol."""
        return {**_TITLES, **self.titles}[symbol]

    def word(self, name: str) -> str:
        """Return what a stage is called, or what stands in its sentence."""
        return {**_WORDS, **self.words}[name]

    def code_name(self, symbol: Symbol, last: int) -> str:
        """Return the name of an array in code, in a network with so many layers."""
        _, plain = without_minus(symbol)
        name, layer = plain.name, plain.layer
        key = {
            ("a", 0): "x",
            ("a", last): "y_hat",
            ("da", 0): "dx",
            ("da", last): "dy_hat",
        }.get((name, layer), name)
        return {**_NAMES, **self.names}.get(key, f"{name}{{}}").format(layer or "")

    def label_of(self, quantity: Quantity) -> str:
        """Return the label of a number that a person can change."""
        return self.letters_of("eta") if quantity.kind == "eta" else self.weight_label(quantity.label)

    def weight_label(self, label: str) -> str:
        """Return the label of a weight, x1→h1, with its ends in the order of its index."""
        return self.arrow.join(label.split("→")[::-1]) if self.arrow == "←" and "→" in label else label


_TITLES = {
    "W": "w",
    "dW": "dL/dw",
    "db": "dL/db",
    "step_W": "Δw",
    "new_W": "w + Δw",
    "da": "dL/da",
    "delta": "δ = dL/dz",
}

CONVENTIONS: Mapping[str, Convention] = {
    convention.name: convention
    for convention in (
        Convention(
            "rows",
            "Samples as rows",
            "rows",
            "z = a W + b, δ = dL/dz; NumPy",
        ),
        Convention(
            "notebook",
            "Course notebook",
            "notebook",
            "error term −δ, Δw = η · error term · x; NumPy",
            is_error_term=True,
            meanings={
                "z": "layer input",
                "a": "layer output",
                "minus_da": "error, −dL/da",
                "minus_dW": "−dL/dw, what comes in times the error term",
                "minus_db": "−dL/db, the error term",
            },
            names={
                "z": "layer_in{}",
                "a": "layer_out{}",
                "y_hat": "output",
                "y": "target",
                "da": "error{}",
                "dy_hat": "error",
                "dx": "input_error",
                "delta": "error_term{}",
                "dW": "del_W{}",
                "db": "del_b{}",
                "step_W": "delta_W{}",
                "step_b": "delta_b{}",
                "eta": "learnrate",
            },
            words={
                "da": "Error of",
                "delta": "Error term",
                "the_delta": "the error term",
                "is_delta": "−δ = −dL/dz",
                "the_da": "The error",
                "is_da": "−dL/dŷ",
                "is_hidden_da": ": the course’s hidden layer output error, −dL/da",
                "is_dW": ": −dL/dw",
                "step": "Δw = η · error term · what came in",
            },
            delta_symbol="−δ",
            delta_name="−δ (error term)",
            titles={"da": "−dL/da (output error)", "delta": "−δ (error term)"},
        ),
        Convention(
            "textbook",
            "Textbook",
            "textbook",
            "columns, z = W a + b, dL/dW = δ aᵀ; NumPy",
            orientation=Orientation(units_are_columns=True, weights_are_turned=True),
            words={
                "z": "Weighted input",
                "a": "Activation",
                "da": "Gradient at",
                "the_da": "The gradient",
                "is_delta": "δ = dL/dz",
                "is_hidden_da": ", dL/da = Wᵀ δ",
                "is_dW": ": dL/dW = δ aᵀ",
            },
            meanings={"z": "weighted input"},
        ),
        Convention(
            "pytorch",
            "PyTorch",
            "PyTorch",
            "W.grad, z = a Wᵀ + b with W (n_out, n_in); torch",
            orientation=Orientation(weights_are_turned=True),
            letters={**_WITH_GRAD, "eta": "lr"},
            array_letters={"dW": "W_ .grad", "db": "b_ .grad"},
            meanings=_GRAD_MEANINGS,
            names={
                "da": "a{}.grad",
                "dx": "x.grad",
                "dy_hat": "y_hat.grad",
                "delta": "z{}.grad",
                "dW": "W{}.grad",
                "db": "b{}.grad",
                "eta": "lr",
            },
            words={
                **_GRAD_WORDS,
                "is_dW": ": W.grad = z.gradᵀ a",
                "step": "Δw = −lr · w.grad",
            },
            code="PyTorch",
            delta_symbol="∂z",
            delta_name="z.grad",
            titles=_GRAD_TITLES,
        ),
        Convention(
            "scalar",
            "Single numbers",
            "numbers",
            "w.grad += a · z.grad; plain Python",
            letters=_WITH_GRAD,
            meanings=_GRAD_MEANINGS,
            words={
                **_GRAD_WORDS,
                "is_dW": ": w.grad += a · z.grad",
                "step": "w −= η · w.grad",
            },
            code="Python",
            delta_symbol="∂z",
            delta_name="z.grad",
            titles=_GRAD_TITLES,
        ),
    )
}
USUAL = CONVENTIONS["rows"]
SYMBOLS = (*_LETTERS, "rest")


def convention_data(convention: Convention) -> dict[str, Any]:
    """Return what a browser needs to write in a convention, ready for JSON."""
    return {
        "delta": {
            "sign": -1 if convention.is_error_term else 1,
            "symbol": convention.delta_symbol,
            "name": convention.delta_name,
        },
        "letters": {name: convention.letters_of(name) for name in SYMBOLS},
        "array_letters": {name: convention.array_letters_of(name) for name in SYMBOLS},
        "meanings": {**_MEANINGS, **convention.meanings},
        "arrow": convention.arrow,
        "code": convention.code,
        **convention.orientation._asdict(),
    }
