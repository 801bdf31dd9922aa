"""The link of the page with the answers of a class: it carries nothing, as nobody's answers are kept."""

from dataclasses import dataclass

from ui.links.codec import Codec


@dataclass(frozen=True, slots=True)
class ClassView:
    """The state of the page: none, as what students have sent stays in the field that it was pasted into."""


CODEC: Codec[ClassView] = Codec("class_view", ClassView(), ())
