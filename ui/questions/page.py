"""The parts of the page of questions."""

from ui.shell.parts import Parts

PARTS = Parts("questions")
