"""What a name in a paste means: weights or biases of which layer, the sample, the target, or η."""

import re
import unicodedata
from typing import Literal, NamedTuple

Kind = Literal["W", "b", "x", "y", "eta"]


class Role(NamedTuple):
    """What a name stands for.

    `layer` is a number as it is written, "first" or "last", or None where the order decides. `item` is
    the number of one entry, as of x1. `is_turned` is whether the rows of W are the units of the next
    layer, as in torch's Linear.weight, and None where the name leaves it open.
    """

    kind: Kind
    layer: int | Literal["first", "last"] | None = None
    item: int | None = None
    is_turned: bool | None = None


_W = r"(?:w|weights?|wts|theta|kernel)"
_B = r"(?:b|bias|biases)"
_FIRST = r"(?:from_)?(?:i_?h|x_?h|in_?h|input_(?:to_)?hidden|inputs?|hidden|hid|h|in)"
_LAST = r"(?:from_)?(?:h_?o|h_?y|hidden_(?:to_)?outputs?|hidden_(?:to_)?out|outputs?|out|o|y)"
_NUMBER = r"_?(?:l_?|layer_?)?(\d{1,3})"
_PATTERNS: tuple[tuple[Kind, str, Literal["first", "last"] | None], ...] = (
    ("W", rf"{_W}{_NUMBER}|{_W}_?(?:h|hidden)_?(\d{{1,3}})|(?:l|layer)_?(\d{{1,3}})_{_W}", None),
    ("b", rf"{_B}{_NUMBER}|{_B}_?(?:h|hidden)_?(\d{{1,3}})|(?:l|layer)_?(\d{{1,3}})_{_B}", None),
    ("W", rf"{_W}_?{_FIRST}|{_FIRST}_?{_W}", "first"),
    ("W", rf"{_W}_?{_LAST}|{_LAST}_?{_W}", "last"),
    ("b", rf"{_B}_?{_FIRST}|{_FIRST}_?{_B}", "first"),
    ("b", rf"{_B}_?{_LAST}|{_LAST}_?{_B}", "last"),
    ("W", _W, None),
    ("b", _B, None),
    ("x", r"xs?|inputs?|in|features?|samples?|a_?0|(?:x|input)_(?:data|vector|values?|layer)", None),
    ("y", r"[yt]s?|targets?|labels?|truth|y_(?:true|target)|(?:desired|expected|target)_(?:outputs?|values?)"
          r"|desired|expected", None),
    ("eta", r"eta|lr|l_rate|rate|learn_?rate|learning_?rate|alpha|step_size", None),
)  # fmt: skip
_ITEMS: tuple[tuple[Kind, str], ...] = (
    ("x", r"(?:x|i|input|feature)_?(\d{1,3})"),
    ("y", r"(?:y|t|target|label)_?(\d{1,3})"),
)
_SHAPE = re.compile(
    r"(?:,?\s*(?:of )?(?:shape)?\s*[(\[]\s*\d+\s*(?:[,x×]\s*\d*\s*)+[)\]]|\s+\d+\s*[x×]\s*\d+"
    r"|(?:\[\d+\]){2})\s*$"
)
_LOOKS = re.compile(r"\\(?:math(?:bf|rm|bb|cal|it)|bold(?:symbol)?|bm|vec|text(?:bf|rm)?|hat|bar)\b")
_GREEK = {"η": "eta", "α": "alpha", "θ": "theta"}
_LONGEST = 80


def role_of(name: str) -> Role | None:
    """Return what a name stands for, None for one that stands for nothing of a network."""
    if len(name) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", name).strip(" \t&*-•·:")
    modules = _of_a_module(plain)
    if modules is not None:
        return modules
    words = _words(plain)
    for kind, pattern, layer in _PATTERNS:
        found = re.fullmatch(pattern, words)
        if found:
            numbers = [int(group) for group in found.groups() if group]
            return Role(kind, numbers[0] if numbers else layer)
    for kind, pattern in _ITEMS:
        found = re.fullmatch(pattern, words)
        if found:
            return Role(kind, item=int(found.group(1)))
    return None


def has_shape(name: str) -> bool:
    """Return whether a name is followed by the shape of its array, as in W1 (3, 2)."""
    return len(name) <= _LONGEST and _SHAPE.search(name) is not None


def _of_a_module(name: str) -> Role | None:
    """Return the role of a name that PyTorch or Keras gives, such as fc1.weight or dense/kernel:0."""
    path = name.split(":")[0].replace("/", ".")
    *modules, last = path.split(".")
    if last == "kernel":
        return Role("W", is_turned=False)
    if modules and last == "weight":
        return Role("W", is_turned=True)
    if modules and last == "bias":
        return Role("b")
    return None


def _words(name: str) -> str:
    """Return a name in small letters, with _ between its words: weightsInputHidden and W^{(1)} alike."""
    name = _SHAPE.sub("", name)
    name = _LOOKS.sub("", name).replace("\\", " ")
    for letter, word in _GREEK.items():
        name = name.replace(letter, word)
    name = re.sub(r"^(?:self|model|net|network|params|parameters)\.", "", name)
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", name)
    return re.sub(r"[^0-9a-z]+", "_", name.lower()).strip("_")
