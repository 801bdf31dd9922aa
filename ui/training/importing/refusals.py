"""Files that are no table as text, each by its name."""

import json
import re

# By the bytes that such a file begins with.
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an Excel workbook of an old kind"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "a Feather file"),
    (b"FEA1", "a Feather file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"$FL2", "an SPSS file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x80\x04\x95", "a pickled Python object"),
    (b"MATLAB 5.0", "a MATLAB file"),
)
_ZIPS = (
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"word/", "a Word document"),
    (b".npy", "a NumPy archive"),
)
_HTML = re.compile(
    r"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|div|p)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"\s*<(\?xml|[a-z][\w:-]*(\s[^<>]*)?>\s*<)", re.IGNORECASE)
_ARFF = re.compile(r"(\s*(%.*)?\n)*\s*@relation\b", re.IGNORECASE)
_JSON = re.compile(r'\s*(\{\s*(\}|"[^"\n]*"\s*:)|\[\s*(\{\s*"|\[))')
_LIBSVM = re.compile(r"\s*[+-]?\d[\d.]*(\s+\d+:[-+\d.eE]+)+\s*(\n|$)")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_ENOUGH = 10_000


def refuse_binary(data: bytes) -> None:
    """Raise ValueError with one sentence for a file that is known by its first bytes to be no text."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise ValueError(f"The file is {name}; it takes a table as text, such as a CSV file.")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        name = next(
            (name for part, name in _ZIPS if part in data), "an Excel workbook or another ZIP archive"
        )
        raise ValueError(f"The file is {name}; save the table in it as CSV.")


def refuse_other_text(text: str) -> None:
    """Raise ValueError with one sentence for text that is no table of rows and columns, or is not text."""
    start = text[:_ENOUGH]
    name = next((name for name, found in _OTHER_TEXTS if found(start)), None)
    if name:
        raise ValueError(f"The file is {name}; it takes a table of rows and columns, such as a CSV file.")
    if _NO_TEXT.search(text):
        raise ValueError("The file is not plain text; it takes a table as text, such as a CSV file.")
    if not text.strip():
        raise ValueError("The file is empty; it takes a table with a row for each sample.")


def _is_json(start: str) -> bool:
    if _JSON.match(start):
        return True
    try:
        return isinstance(json.loads(start), dict | list)
    except ValueError:
        return False


_OTHER_TEXTS = (
    ("an HTML page", _HTML.match),
    ("an XML document", _XML.match),
    ("an ARFF file", _ARFF.match),
    ("JSON", _is_json),
    ("a LIBSVM file", _LIBSVM.match),
)
