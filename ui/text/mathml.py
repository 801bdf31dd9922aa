"""MathML of the LaTeX that the program writes, in pieces between which a line may break."""

import re
from html import escape
from typing import NamedTuple

_SIGN = re.compile(r"\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|\s+|.")
_OPERATORS = {
    r"\cdot": "·",
    r"\times": "×",
    r"\odot": "⊙",
    r"\sum": "∑",
    r"\to": "→",
    r"\leftarrow": "←",
    r"\approx": "≈",
    "=": "=",
    "+": "+",
    "-": "−",
    ">": ">",
    "<": "<",
    ",": ",",
    "(": "(",
    ")": ")",
    "|": "|",
}
_LETTERS = {
    r"\delta": "δ",
    r"\eta": "η",
    r"\Delta": "Δ",
    r"\partial": "∂",
    r"\pi": "π",
    r"\top": "⊤",
    **{rf"\{name}": name for name in ("log", "tanh", "sin", "cos", "max", "min")},
}
# A line may break before these, where they stand between two parts.
_BREAKS = ("=", "≈", "+", "−")


class _Node(NamedTuple):
    """An element of MathML, and its sign where it is an operator."""

    text: str
    operator: str = ""


def mathml_pieces(latex: str) -> list[str]:
    """Return an equation as elements of MathML, one after the other; a line may break between them.

    Raises ValueError for LaTeX that the program does not write.
    """
    pieces: list[list[_Node]] = [[]]
    for node in _Reader(latex.replace("&", "", 1)).sequence():
        if node.operator in _BREAKS and pieces[-1] and not pieces[-1][-1].operator:
            pieces.append([])
            # At the beginning of an element it would be a sign, without the room around it.
            node = node._replace(text=f'<mo form="infix">{node.operator}</mo>')
        pieces[-1].append(node)
    return [f"<math>{''.join(node.text for node in piece)}</math>" for piece in pieces if piece]


def equation_html(latex: str) -> str:
    """Return an equation as a paragraph of a page without scripts; raises ValueError as `mathml_pieces`."""
    return f'<p class="equation">{" ".join(mathml_pieces(latex))}</p>'


def _operator(sign: str) -> str:
    grows = ' stretchy="false"' if sign in "()|" else ""
    return f"<mo{grows}>{escape(sign)}</mo>"


class _Reader:
    """Reads the signs of LaTeX from left to right."""

    def __init__(self, latex: str) -> None:
        self._signs = [sign for sign in _SIGN.findall(latex) if sign.strip() or sign == " "]
        self._place = 0

    def _next(self) -> str | None:
        return self._signs[self._place] if self._place < len(self._signs) else None

    def _take(self) -> str:
        sign = self._next()
        if sign is None:
            raise ValueError("the formula ends too early")
        self._place += 1
        return sign

    def sequence(self, ends: tuple[str, ...] = ()) -> list[_Node]:
        """Return the nodes up to one of the signs that end them, or to the end."""
        nodes: list[_Node] = []
        while (sign := self._next()) is not None and sign not in ends:
            if not sign.strip():
                self._take()
            elif sign in "_^":
                self._take()
                tag = "msub" if sign == "_" else "msup"
                base = nodes.pop() if nodes else _Node("<mrow></mrow>")
                nodes.append(_Node(f"<{tag}>{base.text}{self._argument()}</{tag}>"))
            else:
                nodes.append(self._node())
        return nodes

    def _argument(self) -> str:
        while self._next() == " ":
            self._take()
        return self._node().text

    def _row(self, ends: tuple[str, ...]) -> str:
        return f"<mrow>{''.join(node.text for node in self.sequence(ends))}</mrow>"

    def _node(self) -> _Node:
        sign = self._take()
        if sign == "{":
            row = self._row(("}",))
            self._take()
            return _Node(row)
        if sign in _OPERATORS:
            shown = _OPERATORS[sign]
            return _Node(_operator(shown), shown)
        if sign in _LETTERS:
            return _Node(f"<mi>{_LETTERS[sign]}</mi>")
        if sign[0].isdigit():
            return _Node(f"<mn>{sign}</mn>")
        match sign:
            case r"\frac":
                return _Node(f"<mfrac>{self._argument()}{self._argument()}</mfrac>")
            case r"\sqrt":
                return _Node(f"<msqrt>{self._argument()}</msqrt>")
            case r"\hat":
                self._argument()
                return _Node("<mi>ŷ</mi>")
            case r"\mathrm":
                return _Node(f"<mi>{escape(self._words())}</mi>")
            case r"\text":
                return _Node(f"<mtext>{escape(self._words())}</mtext>")
            case r"\left":
                opening = self._take()
                row = self._row((r"\right",))
                self._take()
                # Around what has indices alone a bracket that grows is larger than its line.
                grows = "true" if "<mfrac>" in row or "<mtable>" in row else "false"
                before, after = (
                    f'<mo stretchy="{grows}">{escape(bracket)}</mo>' for bracket in (opening, self._take())
                )
                return _Node(f"<mrow>{before}{row}{after}</mrow>")
            case r"\begin":
                return self._cases()
            case r"\,":
                return _Node('<mspace width="0.17em"></mspace>')
            case "'":
                return _Node("<mo>′</mo>")
            case ".":
                return _Node("<mo>.</mo>")
            case _ if sign.isalpha():
                return _Node(f"<mi>{escape(sign)}</mi>")
        raise ValueError(f"the formula has {sign!r}, which is not written here")

    def _words(self) -> str:
        """Return the text in braces as it stands."""
        if self._take() != "{":
            raise ValueError("words stand in braces")
        words = ""
        while (sign := self._take()) != "}":
            words += sign
        return words

    def _cases(self) -> _Node:
        self._words()
        rows = ""
        while self._next() != r"\end":
            cells = ""
            while True:
                cells += f"<mtd>{self._row(('&', chr(92) * 2, chr(92) + 'end'))}</mtd>"
                if self._next() != "&":
                    break
                self._take()
            rows += f"<mtr>{cells}</mtr>"
            if self._next() == r"\\":
                self._take()
        self._take()
        self._words()
        return _Node(f'<mrow><mo stretchy="true">{{</mo><mtable>{rows}</mtable></mrow>')
