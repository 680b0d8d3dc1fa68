"""What the user may have meant, when nothing is found: tried in this order, and always said.

1. the other keyboard layout (ghbdtn for привет), only into words that the library knows;
2. one slip of the finger: a letter too many, too few, another one, two exchanged;
3. words that begin so;
4. some of the words instead of all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.core.errors import QueryError
from desktop.core.search.analyzer import query_words, word_stem
from desktop.core.search.query import All, Any, Filter, Node, Not, Phrase, Word, parse_query, words_of
from desktop.core.search.view import View

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
_SHIFTED_LATIN = "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_TO_CYRILLIC = str.maketrans(_LATIN + _SHIFTED_LATIN, _CYRILLIC + _CYRILLIC.upper())
_TO_LATIN = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN.upper())
_RUSSIAN_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ENGLISH_LETTERS = "abcdefghijklmnopqrstuvwxyz"
MIN_TYPO_LENGTH = 4  # in shorter words one edit makes anything of anything
MAX_TYPO_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Guess:
    """Another query, and the sentence that says so."""

    node: Node
    notice: str


def guesses(query: str, node: Node, view: View) -> Iterator[Guess]:
    """Yield what may have been meant, the likeliest first."""
    swapped = _swap_layout(query, view)
    if swapped is not None:
        yield Guess(swapped[1], _instead(query, swapped[0]))
    unknown = {word: fix for word in _plain_words(node) if not _known(word.text, view) and (fix := _fix(word, view))}
    if unknown:
        yield Guess(_replace_words(node, unknown), _instead(query, _said(node, unknown)))
    longer = {
        word: replace(word, prefix=True)
        for word in _plain_words(node)
        if len(word.text) > 1 and not word.prefix and not _known(word.text, view)
    }
    if longer:
        yield Guess(_replace_words(node, longer), _instead(query, _said(node, longer)))
    some = _any_of(node)
    if some is not None:
        yield Guess(some, "No note holds all of these words; these hold some of them.")


def _instead(query: str, shown: str) -> str:
    return f"Nothing was found for “{query.strip()}”; these are the results for “{shown}”."


def _known(text: str, view: View) -> bool:
    return view.count(word_stem(text)) > 0


def swap_layout(text: str) -> str:
    """Return what the same keys write in the other layout."""
    cyrillic = sum("а" <= c <= "я" or c == "ё" for c in text.lower())
    return text.translate(_TO_LATIN if cyrillic * 2 > len(text) else _TO_CYRILLIC)


def _swap_layout(query: str, view: View) -> tuple[str, Node] | None:
    """Swap the words that the library does not know; None unless it knows every one of the swapped."""
    pieces = query.split()
    changed = False
    for place, piece in enumerate(pieces):
        words = query_words(piece)
        if not words or ("*" in piece) or all(_known(word, view) for word in words):
            continue
        core = piece.lstrip('-("')
        swapped = swap_layout(core.rstrip('")'))
        new_words = query_words(swapped)
        if not new_words or not all(_known(word, view) for word in new_words):
            return None
        pieces[place] = piece[: len(piece) - len(core)] + swapped + core[len(core.rstrip('")')) :]
        changed = True
    if not changed:
        return None
    shown = " ".join(pieces)
    try:
        node = parse_query(shown)
    except QueryError:
        return None
    return None if node is None else (shown, node)


def _fix(word: Word, view: View) -> Word | None:
    """Return the most frequent known word at one edit from this one."""
    text = word.text
    if word.prefix or not MIN_TYPO_LENGTH <= len(text) <= MAX_TYPO_LENGTH:
        return None
    counts: dict[str, int] = {}
    stems: dict[str, int] = {}
    for other in one_edit(text):
        stem = word_stem(other)
        if stem not in stems:
            stems[stem] = view.count(stem)
        if stems[stem]:
            # Two exchanged letters are the likeliest slip; a lost first letter the least likely.
            likelier = 4 if sorted(other) == sorted(text) else 1 if other[0] != text[0] else 2
            counts[other] = stems[stem] * likelier
    if not counts:
        return None
    best = max(counts, key=lambda other: (counts[other], -abs(len(other) - len(text)), other))
    return replace(word, text=best)


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


def _plain_words(node: Node) -> list[Word]:
    return [word for word in words_of(node) if isinstance(word, Word)]


def _replace_words(node: Node, others: dict[Word, Word]) -> Node:
    if isinstance(node, Word):
        return others.get(node, node)
    if isinstance(node, All | Any):
        return type(node)(tuple(_replace_words(part, others) for part in node.parts))
    return node


def _said(node: Node, others: dict[Word, Word]) -> str:
    pieces = []
    for part in words_of(node):
        if isinstance(part, Phrase):
            pieces.append(f'"{" ".join(part.words)}"')
        else:
            word = others.get(part, part)
            pieces.append(word.text + ("*" if word.prefix else ""))
    return " ".join(pieces)


def _any_of(node: Node) -> Node | None:
    """Return the query with one of its words being enough; its filters and exclusions stay."""
    if isinstance(node, Phrase):
        return Any(tuple(Word(text, title_only=node.title_only) for text in node.words))
    if not isinstance(node, All):
        return None
    wanted = [part for part in node.parts if not isinstance(part, Filter | Not)]
    words: list[Node] = []
    for part in wanted:
        if isinstance(part, Phrase):
            words.extend(Word(text, title_only=part.title_only) for text in part.words)
        else:
            words.append(part)
    if len(words) < 2:
        return None
    rest = tuple(part for part in node.parts if isinstance(part, Filter | Not))
    return All((*rest, Any(tuple(words)))) if rest else Any(tuple(words))
