"""The key under which names are one: in a module of its own, because every read of the library needs it."""

import unicodedata


def fold_name(name: str) -> str:
    """Return the key by which names, titles, aliases and targets are compared."""
    if name.isascii():
        return name.lower().strip()
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return folded.replace("ё", "е").replace("\u00a0", " ").strip()
