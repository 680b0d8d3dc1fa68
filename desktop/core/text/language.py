"""The language that a text is mostly written in, for those who read it aloud or hyphenate it."""

import re

SAMPLE = 20_000  # characters
CYRILLIC_SHARE = 0.3  # of all letters: a Russian text on computing is full of Latin names
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)


def language_of(text: str) -> str:
    """Return "ru" or "en"."""
    sample = text[:SAMPLE]
    cyrillic = len(_CYRILLIC.findall(sample))
    return "ru" if cyrillic and cyrillic >= CYRILLIC_SHARE * (cyrillic + len(_LATIN.findall(sample))) else "en"
