"""What fingers do to a word: the other keyboard layout, and one slip."""

from collections.abc import Iterator

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
_SHIFTED_LATIN = "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_TO_CYRILLIC = str.maketrans(_LATIN + _SHIFTED_LATIN, _CYRILLIC + _CYRILLIC.upper())
_TO_LATIN = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN.upper())
_RUSSIAN_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ENGLISH_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def swap_layout(text: str) -> str:
    """Return what the same keys write in the other layout."""
    cyrillic = sum("а" <= c <= "я" or c == "ё" for c in text.lower())
    return text.translate(_TO_LATIN if cyrillic * 2 > len(text) else _TO_CYRILLIC)


def one_edit(word: str) -> Iterator[str]:
    """Yield every word that one edit makes of `word`, in its own alphabet."""
    letters = _ENGLISH_LETTERS if word.isascii() else _RUSSIAN_LETTERS
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters if letter != tail[0])
        yield from (head + letter + tail for letter in letters)


def is_slip(word: str, other: str) -> bool:
    """Tell whether one edit of `word` makes `other`, or what it begins with."""
    place = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        place += 1
    typed, meant = word[place:], other[place:]
    return (
        meant.startswith(typed[1:])  # a letter too many
        or meant[1:].startswith(typed)  # too few
        or meant[1:].startswith(typed[1:])  # another one
        or (meant[:2] == typed[1::-1] and meant[2:].startswith(typed[2:]))  # two exchanged
    )
