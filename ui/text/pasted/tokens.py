"""A pasted text as tokens, whichever language it is written in. Nothing is evaluated."""

import re
from typing import NamedTuple

MINUS_SIGNS = "-\u2212\u2013\u2012\u2010\u2011\ufe63\uff0d"
_ENVIRONMENT = r"\{\s*(?:[pbBvV]|small)?(?:matrix|array)\*?\s*\}"
# What a library prints between < and >; elsewhere < is less than.
_PRINTED = r"(?:tf\.)?\w*(?:Variable|Tensor|Backward\d*|Accumulate\w*)\b"
_STRING_BODY = r"(?:[^{0}\\\n]|\\.)*"

_PATTERNS = {
    # Prompts of Python, of notebooks and of R's printouts, and what stands around formulas and columns.
    "space": (
        r"^[ \t]*(?:>>>|\.\.\.(?=[ \t]\S)|(?:In|Out)[ ]?\[[0-9 ]*\]:)"
        r"|[^\S\n]+|[\ufeff\u200b|│┃⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠$]|\\[,;:! ()\[\]](?!\\)|~(?=[\s0-9])"
        r"|\[[0-9]+,\]|\[,[0-9]+\]|\\\n|\\(?:left|right)\s*(?:\\?[\[\](){}|.])?"
    ),
    "newline": r"\n",
    "string": (
        r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\''
        rf'|"{_STRING_BODY.format(chr(34))}"'
        rf"|(?:(?<![\w\])])|(?<=\b[fbruFBRU]))'{_STRING_BODY.format(chr(39))}'"
    ),
    "comment": r"\#[^\n]*",
    "open": rf"<(?={_PRINTED})|\\begin\s*{_ENVIRONMENT}(?:\{{[lcr| ]*\}}|\[[lcr]\])?|\\?\{{|[(\[]",
    "close": rf"\\end\s*{_ENVIRONMENT}|\\?\}}|[)\]]|>(?!=)",
    "row": r"\\\\(?:\[[^\]\n]*\])?|\\cr\b",
    "command": r"\\[A-Za-z]+\*?",
    "ellipsis": r"\.\.\.|…",
    "name": r"[0-9]+\.(?:weight|bias)\b|[^\W\d]\w*(?:\.\w+)*(?:/[^\W\d]\w*)*",
    "number": (
        r"(?:[0-9]+(?:_[0-9]+)*(?:\{,\}[0-9]+|\.[0-9]*)?|\.[0-9]+)"
        rf"(?:[eE][+{re.escape(MINUS_SIGNS)}]?[0-9]+)?"
    ),
    "equals": r":=|=(?!=)|←|<-(?=\s)",
    "operator": r"[=!<>+*/@%-]=|==|->|\*\*|//|[*@%^<!?×·÷±]",
    "sign": rf"[+{re.escape(MINUS_SIGNS)}]",
    "transpose": r"'(?!\w)|ᵀ",
    "mark": r"[,;:&/.]",
    "other": r"[\s\S]",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items()), re.MULTILINE)
# Commands of LaTeX that change only how something looks.
_LOOKS = {"left", "right", "big", "bigl", "bigr", "quad", "qquad", "displaystyle", "hline", "begin", "end"}
_CLOSES = {"(": ")", "[": "]", "{": "}", "<": ">", "b": "e"}


class Token(NamedTuple):
    """A piece of the text from `start` to `end`; `kind` is a key of _PATTERNS, marks are their own kind."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def bracket(self) -> str:
        """Return the bracket without what LaTeX writes around it: one of ( [ { < ) ] } >, or b and e."""
        plain = self.text.lstrip("\\")
        return plain[0]

    def closes(self, opening: "Token") -> bool:
        """Return whether this closing bracket belongs to an opening one."""
        return _CLOSES[opening.bracket] == self.bracket


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text, without spaces, comments and commands that only change the look."""
    found = []
    for match in _TOKEN.finditer(text):
        kind, written = match.lastgroup or "other", match.group()
        if kind in ("space", "comment") or (kind == "command" and written[1:].rstrip("*") in _LOOKS):
            continue
        found.append(Token(written if kind == "mark" else kind, written, match.start(), match.end()))
    return found
