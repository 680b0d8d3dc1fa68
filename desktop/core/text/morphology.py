"""The Russian dictionary (OpenCorpora's, by pymorphy3), in memory once for all who ask it."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pymorphy3


@lru_cache(maxsize=1)
def morphology() -> "pymorphy3.MorphAnalyzer":
    """Return the Russian dictionary; the first call takes 0.2 s."""
    # Late: the dictionary is the heaviest part of a search and English-only users never need it.
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
