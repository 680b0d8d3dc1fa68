"""Which rows a filter shows."""

from collections.abc import Callable


def matcher(text: str) -> Callable[[str], bool] | None:
    """Return what tells whether a text holds all words of a filter, case and ё aside; None where there is none."""
    words = _folded(text).split()
    if not words:
        return None

    def matches(text: str) -> bool:
        folded = _folded(text)
        return all(word in folded for word in words)

    return matches


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
