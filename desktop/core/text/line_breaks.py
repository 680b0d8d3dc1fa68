"""Places where a long word may be broken into lines.

The page breaks lines between words only, else a narrow column of a table would break its words. What is longer than any
word (addresses, file names, hashes) gets breaks without width: after punctuation, and every so often within the rest.
They are taken out again when words are copied.
"""

import re

BREAK = "\u200b"
LONG = 26  # characters; hardly a word of either language is longer
_LONG_RUN = re.compile(rf"[^\s{BREAK}\ufdd0\ufdd1]{{{LONG + 1},}}")  # the noncharacters stand for what is stashed
_PIECE = re.compile(r"[^/_.?&=,;:+-]{0,16}[/_.?&=,;:+-]?")


def breakable(text: str) -> str:
    """Return the text with breaks in its long words."""
    if len(text) <= LONG:
        return text
    return _LONG_RUN.sub(lambda run: BREAK.join(piece for piece in _PIECE.findall(run.group()) if piece), text)
