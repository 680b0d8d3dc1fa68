"""The key under which names are one: in a module of its own, because every read of the library needs it."""

import unicodedata

SUFFIXES = (".md", ".markdown", ".txt")  # of files that are notes
_BLANKS = ("\u00a0", "\u202f")  # that nobody sees to be others


def fold_name(name: str) -> str:
    """Return the key by which names, titles, aliases and targets are compared; ё is е in it."""
    return name.lower().strip() if name.isascii() else fold_exact(name).replace("ё", "е")


def file_suffix(name: str) -> str:
    """Return the suffix of a note's file as a target writes it, "" where it has none."""
    suffix = next((s for s in SUFFIXES if name.lower().endswith(s) and len(name) > len(s)), "")
    return name[len(name) - len(suffix) :] if suffix else ""


def fold_exact(name: str) -> str:
    """Return the key in which ё and е are two letters."""
    if name.isascii():
        return name.lower().strip()
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    for blank in _BLANKS:
        if blank in folded:
            folded = folded.replace(blank, " ")
    return folded.strip()
