"""Names that every file system takes.

Normal form C, no characters or words that Windows reserves, no dot or blank at the ends, at most 120 bytes of UTF-8
(140 is what encrypted folders leave), and no two alike when case is ignored.
"""

import unicodedata
from collections.abc import Iterator

MAX_BYTES = 120
FALLBACK = "Untitled"
FORBIDDEN = frozenset('<>:"/\\|?*')
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
JOINER = "\u200d"
PORTS = frozenset(f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³")
DEVICES = PORTS | {"con", "prn", "aux", "nul", "conin$", "conout$"}


def name_key(name: str) -> str:
    """Return what two names share when a file system may take them for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def safe_name(name: str, suffix: str = "") -> str:
    """Return a file name made of `name` and `suffix` (".md") that is safe everywhere."""
    stem = _clean(name)
    head = stem.partition(".")[0].rstrip().casefold()
    if head in DEVICES:
        stem = f"_{stem}"
    return _cut(stem, MAX_BYTES - len(suffix.encode())) + suffix


def unique_name(name: str, taken: set[str], suffix: str = "") -> str:
    """Return a safe name whose key is not in `taken`, numbered " 2", " 3" where needed, and put its key there."""
    wanted = safe_name(name, suffix)
    number = 1
    while name_key(wanted) in taken:
        number += 1
        ending = f" {number}{suffix}"
        wanted = _cut(safe_name(name), MAX_BYTES - len(ending.encode())) + ending
    taken.add(name_key(wanted))
    return wanted


def _clean(name: str) -> str:
    characters = []
    for character in unicodedata.normalize("NFC", name):
        category = unicodedata.category(character)
        if character in BIDI_CONTROLS:
            continue
        if category in ("Zs", "Zl", "Zp") or character in "\t\n\r":
            characters.append(" ")
        elif character in FORBIDDEN or category in ("Cc", "Cs"):
            characters.append("_")
        else:
            characters.append(character)
    return " ".join("".join(characters).split()).strip(". ") or FALLBACK


def _cut(stem: str, room: int) -> str:
    """Return as many whole characters of `stem` as fit into `room` bytes, never half an emoji or a bare accent."""
    if len(stem.encode()) <= room:
        return stem
    kept, used = [], 0
    for cluster in _clusters(stem):
        used += len(cluster.encode())
        if used > room:
            break
        kept.append(cluster)
    return "".join(kept).rstrip(". ") or FALLBACK


def _clusters(text: str) -> Iterator[str]:
    """Yield what a reader takes for one character: a base with its marks, joined emoji as one."""
    cluster = ""
    for character in text:
        belongs = (
            unicodedata.category(character) in ("Mn", "Me", "Mc")
            or character == JOINER
            or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
            or cluster.endswith(JOINER)
        )
        if cluster and not belongs:
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster
