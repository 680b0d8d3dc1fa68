"""Words of one root: кластеризация and кластерный, modular and modularity.

A root is what is left of a stem when derivational endings are taken off it, by a small list and never below four
letters. Two stems are kin when their roots are the same; that is a guess, good enough for what stands below the hits.
"""

from functools import lru_cache

SHORTEST_ROOT = 4
_SHORTEST_AGAIN = 5  # after one ending was taken off: статист is not the root стат of статья
_ROUNDS = 3

_RUSSIAN = frozenset((
    "изаторск", "изацион", "ировщик", "изирова", "изова", "изатор", "ификац", "ическ", "ирова", "ирован",
    "ировк", "ирующ", "ованн", "овани", "ацион", "ационн", "изац", "изир", "ующ", "ающ", "яющ", "енци", "тельн",
    "тельств", "тел", "ьн", "ени", "ани", "ост", "ност", "енн", "анн", "овск", "еск", "аци", "ац", "яц", "чик", "щик",
    "ист", "изм", "ивн", "овк", "ова", "ева", "ыва", "ива", "ов", "ев", "ен", "ан", "ир", "ик", "ск", "ств",
    "к", "н", "а", "и", "я", "ь",
))  # fmt: skip
_ENGLISH = frozenset((
    "ization", "isation", "ation", "ator", "iti", "iz", "is", "ist", "ism", "abl", "ibl", "ment", "ness", "ship",
    "less", "ful", "ic", "al", "ar", "ant", "ent", "anc", "enc", "ion", "iv",
))  # fmt: skip
_LONGEST = max(map(len, _RUSSIAN | _ENGLISH))
_SOFTENED = str.maketrans("цчжш", "ккгх")  # таблица and табличный, книга and книжный


@lru_cache(maxsize=20_000)
def root_of(stem: str) -> str:
    """Return the root of a stem; only good to be compared with other roots."""
    endings = _ENGLISH if stem.isascii() else _RUSSIAN
    root = stem
    for number in range(_ROUNDS):
        shortest = _SHORTEST_AGAIN if number else SHORTEST_ROOT
        for size in range(min(_LONGEST, len(root) - shortest), 0, -1):
            if root[-size:] in endings:
                root = root[:-size]
                break
        else:
            break
    return root[:-1] + root[-1:].translate(_SOFTENED)
