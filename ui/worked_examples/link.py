"""The link of the page of worked examples: the one that is open."""

from core.published_numbers import PUBLISHED
from ui.links.codec import Codec, field
from ui.links.query import choice
from ui.worked_examples.state import WorkedExamples

_USUAL = WorkedExamples()
CODEC = Codec(
    "worked_examples", _USUAL, (field(_USUAL, "example", "example", str, choice("example", PUBLISHED)),)
)
read = CODEC.read
write = CODEC.write
