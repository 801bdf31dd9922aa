"""The characters of a file: its encoding, found or given."""

import codecs
import re
from itertools import islice
from typing import NamedTuple

from ui.text.numbers import count, quote

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # That of UTF-32 begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Where two fit a file equally well, the one that is met more often.
_LIKELY = {
    "cp1252": "Western European",
    "gb18030": "Chinese",
    "cp932": "Japanese",
    "cp949": "Korean",
    "big5": "traditional Chinese",
    "cp1251": "Cyrillic",
    "mac_roman": "Western European, of a Mac",
    "cp1250": "Central European",
    "cp1253": "Greek",
    "cp1254": "Turkish",
}

# All that a reader can choose from.
ENCODINGS = {
    "utf-8": "Unicode",
    "utf-8-sig": "Unicode, with a byte order mark",
    "utf-16": "Unicode of two bytes",
    "utf-16-le": "Unicode of two bytes, the low one first",
    "utf-16-be": "Unicode of two bytes, the high one first",
    "utf-32": "Unicode of four bytes",
    "latin-1": "Western European, ISO",
    **_LIKELY,
}

# Of cp1252: with nothing else beside ASCII, the bytes are hardly of another encoding.
_WESTERN = re.compile(r"[\x00-\x7fäöüÄÖÜßàâçèéêëîïôùûÀÂÇÈÉÊËÎÔÙáíóúñÁÍÓÚÑãõåæøÅÆØ°µ²³·×±€£§«»\xa0–—‘’“”…½]*")
_HIGH = re.compile(rb"[\x80-\xff]")
_NUMBERS = b"0123456789.,;"
_LINES_TO_GUESS_FROM = 200


class Decoded(NamedTuple):
    """The text of a file and its encoding; `notes` name where that could be another."""

    text: str
    encoding: str
    certain: bool
    notes: tuple[str, ...]


def decode(data: bytes, encoding: str | None) -> Decoded:
    """Return the text of a file, in the encoding given or the one that fits.

    UTF-8 and what begins with a byte order mark are certain; other bytes are read in the likeliest encoding,
    with a note.
    """
    if encoding is not None:
        return _with_replacements(data, encoding, certain=True)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _with_replacements(data, name, certain=True)
    wide = _without_mark(data)
    if wide:
        note = f"The file has no byte order mark; its characters are read in the encoding {wide}."
        return _with_replacements(data, wide, certain=False, note=note)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", True, ())
    except UnicodeDecodeError:
        pass
    name = _guess(data)
    example = _example(data, name)
    note = (
        f"The file is not UTF-8; its characters are read in the encoding {name} ({_LIKELY[name]}), "
        f"as in {quote(example)}."
    )
    return _with_replacements(data, name, certain=False, note=note)


def _with_replacements(data: bytes, encoding: str, *, certain: bool, note: str = "") -> Decoded:
    notes = [note] if note else []
    try:
        text = data.decode(encoding)
    except UnicodeError:
        text = data.decode(encoding, errors="replace")
        number = max(text.count("\N{REPLACEMENT CHARACTER}"), 1)
        verb = "is" if number == 1 else "are"
        notes.append(
            f"In the encoding {encoding}, {count(number, 'character')} of the file {verb} not valid."
        )
    return Decoded(text.removeprefix("\ufeff"), encoding, certain, tuple(notes))


def _without_mark(data: bytes) -> str | None:
    """Return which UTF-16 the bytes are by their zeros, which stand on one side of every ASCII character."""
    start = data[:1000]
    pairs = len(start) // 2
    if pairs < 2 or len(data) % 2:
        return None
    even, odd = start[: 2 * pairs : 2].count(0), start[1 : 2 * pairs : 2].count(0)
    if even == 0 and odd > 0.6 * pairs:
        return "utf-16-le"
    if odd == 0 and even > 0.6 * pairs:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    # What comes again shows nothing new, and seems to be no language.
    lines = dict.fromkeys(line.translate(None, _NUMBERS) for line in data.splitlines() if _HIGH.search(line))
    sample = b"\n".join(islice(lines, _LINES_TO_GUESS_FROM))
    try:
        if _WESTERN.fullmatch(sample.decode("cp1252")):
            return "cp1252"
    except UnicodeDecodeError:
        pass
    # Few files take the time of its import.
    from charset_normalizer import from_bytes

    names = list(_LIKELY)
    fitting = [match for match in from_bytes(sample, cp_isolation=names) if match.encoding in _LIKELY]
    if not fitting:
        return "cp1252"
    best = min(fitting, key=lambda match: (match.chaos, -match.coherence, names.index(match.encoding)))
    return best.encoding


def _example(data: bytes, encoding: str) -> str:
    """Return the first word that is not ASCII."""
    line = next(line for line in data.splitlines() if _HIGH.search(line))
    words = re.split(r"[\s,;|\"]+", line.decode(encoding, errors="replace"))
    return next((word for word in words if not word.isascii()), "")
