"""English words and how often they are used: the list that comes with pyspellchecker, read in small pieces.

The package's own loader is not used: it decodes the list in one go, which keeps every other thread waiting for up to
0.6 s (measured; 20 ms in pieces), and nothing may stand between a key and its letter.
"""

import gzip
import re
from importlib.resources import files

PIECE = 32_768  # characters at once
_ENTRY = re.compile(r'"([^"]++)":\s*+(\d++)')


def english_words() -> dict[str, int]:
    """Return every word in small letters with its count; takes half a second."""
    words: dict[str, int] = {}
    rest = ""
    with (
        (files("spellchecker") / "resources" / "en.json.gz").open("rb") as packed,
        gzip.open(packed, "rt", encoding="utf-8") as text,
    ):
        while piece := text.read(PIECE):
            rest += piece
            whole = rest.rfind(",") + 1
            for entry in _ENTRY.finditer(rest, 0, whole):
                words[entry[1]] = int(entry[2])
            rest = rest[whole:]
    for entry in _ENTRY.finditer(rest):
        words[entry[1]] = int(entry[2])
    return words
