"""What is a formula between two dollar signs, and what is money."""

import re

_WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}+\s++[^\W\d_]{2}|[а-яёА-ЯЁ]")  # begun at a word: linear
_CYRILLIC = re.compile("[а-яёА-ЯЁ]")
_NAMED = re.compile(r"(?:\\(?:text[a-z]{0,6}|mbox|mathrm|mathbf|mathit|operatorname|tag)\*?|[_^])\{[^{}]*\}")
_COMMAND = re.compile(r"\\[a-zA-Z]+\*?\{")


def is_formula(source: str) -> bool:
    """Tell a formula from money and words that happen to stand between two dollar signs."""
    if not source.strip():
        return False
    words = _NAMED.sub("", source)
    if "\\" not in source:
        return not _WORDS.search(words)
    return _CYRILLIC.search(words) is None or _COMMAND.search(words) is not None
