"""From a file's bytes to a text, with a word about how sure that is.

UTF-8 is kept exactly: byte order mark and line ends stay in the text, so that encoding it again gives the same bytes.
Any other encoding is *recoded*: the text is right, but an export writes UTF-8. What is no text is refused.
"""

import codecs
from dataclasses import dataclass

from desktop.core.errors import ImportRefused

# Tried first, alone: among all encodings there is always some that makes a short Russian text look better still.
USUAL = ("cp1251", "koi8_r", "cp866", "cp1252")
RARE = ("cp1250", "mac_cyrillic", "iso8859_5", "shift_jis", "gb18030", "big5", "euc_kr", "euc_jp")
MARKS = (
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
NAMES = {
    "cp1251": "Windows-1251",
    "koi8_r": "KOI8-R",
    "cp866": "CP866",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "utf_16": "UTF-16",
    "utf_32": "UTF-32",
}
SAMPLE_BYTES = 1 << 20
STRAY_CONTROLS = 0.001  # the share of control characters above which a file is no text
CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\r\f\v\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text; `exact` says that encoding it as UTF-8 gives the file's bytes again."""

    text: str
    encoding: str  # a name that people know
    exact: bool
    message: str = ""  # one sentence for the report when there is something to say


def decode(data: bytes) -> Decoded:
    """Return the text of a file; raises ImportRefused for what is no text."""
    marked = _by_mark(data)
    if marked is not None:
        return marked
    if b"\0" in data:
        raise ImportRefused("The file is not text: it holds bytes that no note can have.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _by_detection(data)
    _refuse_controls(data)
    return Decoded(text, "UTF-8", True)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if not data.startswith(mark):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            continue
        _refuse_controls(text.encode())
        return _recoded(text, encoding, True)
    return None


def _by_detection(data: bytes) -> Decoded:
    # Only the rare file that is not UTF-8 pays for the detector's import.
    from charset_normalizer import from_bytes

    for candidates in (USUAL, RARE):
        best = from_bytes(data[:SAMPLE_BYTES], cp_isolation=list(candidates)).best()
        if best is None:
            continue
        try:
            text = data.decode(best.encoding)
        except UnicodeDecodeError:
            continue
        _refuse_controls(text.encode())
        return _recoded(text, best.encoding, text.encode(best.encoding) == data)
    raise ImportRefused("The file is not UTF-8, and its encoding could not be recognised.")


def _recoded(text: str, encoding: str, whole: bool) -> Decoded:
    name = NAMES.get(encoding, encoding.upper().replace("_", "-"))
    message = f"Read as {name}, which was recognised, not declared; Konspekt keeps and exports it as UTF-8."
    if not whole:
        message = f"Read as {name}, but some characters may differ from the file; please compare."
    return Decoded(text, name, False, message)


def _refuse_controls(encoded: bytes) -> None:
    """Refuse a text, given as UTF-8, that is full of control characters."""
    stray = len(encoded) - len(encoded.translate(None, CONTROLS))
    if stray > len(encoded) * STRAY_CONTROLS:
        raise ImportRefused("The file is not text: it is full of control characters.")
