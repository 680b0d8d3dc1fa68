"""What the user may have meant, when little is found: tried in this order, and always said.

1. the other keyboard layout (ghbdtn for привет), only into words that the library knows;
2. one slip of the finger, on top of the layout too (see `fixing`);
3. words that begin so, or share the root (see `kin`);
4. the words of a phrase anywhere, some of the words instead of all.

All of it is strict: a word that comes in place of another stands in the library, and a string of random letters
becomes nothing. Guesses stand below what was found as typed, so they may be generous where a person is not misled.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.core.records import MatchKind
from desktop.core.search.analyzer import query_words, word_stem, word_stems
from desktop.core.search.fixing import best_fix, joined_pair, terms_from
from desktop.core.search.kin import SHORTEST_ROOT, root_of
from desktop.core.search.query import All, Any, Filter, Node, Not, Phrase, Word, read_query, words_of
from desktop.core.search.view import View
from desktop.core.text.slips import swap_layout

MIN_SWAPPED_AND_FIXED = 8  # letters: two corrections make anything of a shorter word
MIN_PREFIX = 4
MAX_KIN = 8
RARE = 2  # notes that hold a word: above that it is no slip
SMALL_LIBRARY = 20  # notes: below that no word stands everywhere


_SMALL_WORDS = frozenset(
    "a an and as at be by for from how in is it of on or so that the this to was what with и в во на с со к ко у о об"
    " от до из за по не ни но а или же ли бы как что это для при без над под то так".split()
)  # that say nothing alone


@dataclass(frozen=True, slots=True)
class Guess:
    """Another query, how it came from the typed one, and the sentence that says so."""

    node: Node
    notice: str
    kind: MatchKind


def guesses(query: str, node: Node, view: View, *, found: int = 0) -> Iterator[Guess]:
    """Yield what may have been meant, the likeliest first; `found` notes match the query as typed."""
    guess = _Guessing(query, node, view, found)
    seen = {node}
    # A word too many is likelier than a relative of each word, unless there is a word that nobody knows.
    last = (guess.some, guess.kin) if guess.all_known() else (guess.kin, guess.some)
    for make in (guess.swapped, guess.fixed, guess.swapped_and_fixed, guess.split, guess.loosened, *last):
        made = make()
        if made is not None and made.node not in seen:
            seen.add(made.node)
            yield made


def _swap_piece(piece: str) -> str:
    """Swap a piece of a query but for its operators; a comma or a bracket may be a letter of the other layout."""
    head = piece[: len(piece) - len(piece.lstrip('-("'))]
    core = piece[len(head) :]
    tail = core[len(core.rstrip('")')) :]
    return head + swap_layout(core[: len(core) - len(tail)]) + tail


def _is_crumbled(words: list[str], new_words: list[str], other: str) -> bool:
    """Tell whether letters that are brackets in the other layout took a word apart: its crumbs are always known."""
    before, after = sum(map(len, words)), sum(map(len, new_words))
    if len(words) == len(new_words) and other[-1] in ",." and after == before - 1 and after > MIN_PREFIX:
        return False  # hello, with its comma
    return len(new_words) > len(words) or after < before


class _Guessing:
    """The guesses for one query."""

    def __init__(self, query: str, node: Node, view: View, found: int) -> None:
        self._query = query.strip()
        self._node = node
        self._view = view
        self._found = found
        self._counts: dict[str, int] = {}
        self._fixes: dict[Word, Word] | None = None

    def all_known(self) -> bool:
        """Tell whether nothing was found although the library knows each of the words."""
        return not self._found and all(self._known(word.text) for word in _plain_words(self._node))

    def swapped(self) -> Guess | None:
        """Return the query with the words that the library does not know typed in the other layout."""
        swapped = self._swap(strict=True)
        return None if swapped is None else self._guess(swapped[1], swapped[0], MatchKind.LAYOUT)

    def fixed(self) -> Guess | None:
        """Return the query with slips of the finger taken back."""
        fixes = self._fixed_words()
        if not fixes:
            return None
        return self._guess(_replace_words(self._node, fixes), _said(self._node, fixes), MatchKind.TYPO)

    def swapped_and_fixed(self) -> Guess | None:
        """Return the query typed in the other layout with slips taken back there."""
        swapped = self._swap(strict=False)
        if swapped is None or self._found:
            return None
        unknown = [word for word in _plain_words(swapped[1]) if not self._known(word.text)]
        if not unknown or any(len(word.text) < MIN_SWAPPED_AND_FIXED for word in unknown):
            return None
        fixes = {word: replace(word, text=fix) for word in unknown if (fix := best_fix(word.text, self._view))}
        if len(fixes) < len(unknown):
            return None
        return self._guess(_replace_words(swapped[1], fixes), _said(swapped[1], fixes), MatchKind.TYPO)

    def split(self) -> Guess | None:
        """Return the query with a blank between two words that were written as one (clickhouse, click house)."""
        parts: dict[Word, Node] = {}
        for word in _plain_words(self._node):
            if not word.prefix and (pair := joined_pair(word.text, self._view)):
                parts[word] = Phrase(pair, word.title_only)
        if not parts or (not self._found and any(not self._known(w.text) for w in self._unhelped(parts))):
            return None
        said = " ".join(
            '"' + " ".join(part.words) + '"' if isinstance(part, Phrase) else _shown(word)
            for word in words_of(self._node)
            for part in (parts.get(word, word) if isinstance(word, Word) else word,)
        )
        return self._guess(_replace_words(self._node, parts), said, MatchKind.TYPO)

    def kin(self) -> Guess | None:
        """Return the query with words that begin like its own, or share their root."""
        unknown = [word for word in _plain_words(self._node) if not self._known(word.text)]
        wider: dict[Word, Node] = {}
        said: dict[Word, Word] = {}
        for word in unknown or _plain_words(self._node):
            found = self._kin_of(word)
            if found is not None:
                wider[word], said[word] = found
        if not wider or len(wider) < len(unknown):
            return None
        return self._guess(_replace_words(self._node, wider), _said(self._node, said), MatchKind.PREFIX)

    def loosened(self) -> Guess | None:
        """Return the query without its quotation marks."""
        if self._found or not any(isinstance(part, Phrase) for part in words_of(self._node)):
            return None
        words = " ".join(_shown(word) for word in _single_words(self._node))
        return self._guess(_without_phrases(self._node), words, MatchKind.SOME)

    def some(self) -> Guess | None:
        """Return the query with one of its known words being enough, unless that word stands everywhere."""
        words = self._relaxed_words()
        rare = [
            word
            for word in words
            if word.text not in _SMALL_WORDS and self._known(word.text) and self._count(word.text) < self._everywhere()
        ]
        if not rare or len(words) < 2:
            return None
        return self._relaxed(rare[0] if len(rare) == 1 else Any(tuple(rare)), rare)

    def _relaxed_words(self) -> list[Word]:
        """Return the words of which some may be left out, slips taken back; who asks for a phrase means all of it."""
        if any(isinstance(part, Phrase) for part in words_of(self._node)):
            return []
        return _plain_words(_replace_words(self._node, self._fixed_words()))

    def _relaxed(self, node: Node, words: list[Word]) -> Guess:
        """Return a guess that keeps the filters and exclusions of the query."""
        rest = tuple(p for p in self._node.parts if isinstance(p, Filter | Not)) if isinstance(self._node, All) else ()
        made = All((*rest, node)) if rest else node
        if self._found:
            return self._guess(made, " OR ".join(map(_shown, words)), MatchKind.SOME)
        return Guess(made, "No note holds all of these words; these hold some of them.", MatchKind.SOME)

    def _guess(self, node: Node, shown: str, kind: MatchKind) -> Guess:
        if self._found:
            notice = f"Few notes hold “{self._query}”; below them are the results for “{shown}”."
        else:
            notice = f"Nothing was found for “{self._query}”; these are the results for “{shown}”."
        return Guess(node, notice, kind)

    def _count(self, text: str) -> int:
        if text not in self._counts:
            self._counts[text] = sum(self._view.count(term) for term in word_stems(text))
        return self._counts[text]

    def _known(self, text: str) -> bool:
        return self._count(text) > 0

    def _everywhere(self) -> int:
        """Return in how many notes a word may stand that is enough alone."""
        return self._view.size + 1 if self._view.size < SMALL_LIBRARY else self._view.size // 4

    def _unhelped(self, parts: Mapping[Word, Node]) -> list[Word]:
        return [word for word in _plain_words(self._node) if word not in parts]

    def _swap(self, *, strict: bool) -> tuple[str, Node] | None:
        """Swap the words that the library does not know; with `strict` into words that it knows."""
        pieces = self._query.split()
        swapped: dict[int, str] = {}
        for place, piece in enumerate(pieces):
            words = query_words(piece)
            if not words or "*" in piece or not self._may_be_swapped(piece, words):
                continue
            other = _swap_piece(piece)
            new_words = query_words(other)
            if (
                not new_words
                or _is_crumbled(words, new_words, other)
                or (strict and not all(self._known(word) for word in new_words))
            ):
                if self._found:
                    continue
                return None
            swapped[place] = other
        if not swapped:
            return None
        for place, piece in enumerate(pieces):  # a single letter is known in any layout; it goes with the others
            if len(piece) == 1 and piece.isalpha() and all(pieces[n].isascii() == piece.isascii() for n in swapped):
                swapped[place] = _swap_piece(piece)
        text = " ".join(swapped.get(place, piece) for place, piece in enumerate(pieces))
        node = read_query(text).node
        return None if node is None else (text, node)

    def _may_be_swapped(self, piece: str, words: list[str]) -> bool:
        if any(isinstance(part, Filter) for part in _flat(read_query(piece).node)):
            return False
        if not self._found:
            return not all(self._known(word) for word in words)
        return all(len(word) >= MIN_PREFIX and 0 < self._count(word) <= RARE for word in words)

    def _fixed_words(self) -> dict[Word, Word]:
        """Return the words that look like slips, with what was meant."""
        if self._fixes is None:
            self._fixes = {}
            for word in _plain_words(self._node):
                count = self._count(word.text)
                if word.prefix or count > (RARE if self._found else 0):
                    continue
                if count and (len(word.text) < 6 or len(word_stems(word.text)) > 1):
                    continue  # a word that is found, and that a dictionary knows, is no slip
                fix = best_fix(word.text, self._view, instead_of=count)
                if fix:
                    self._fixes[word] = replace(word, text=fix)
        return self._fixes

    def _kin_of(self, word: Word) -> tuple[Node, Word] | None:
        """Return a node for the relatives of a word, and how to show it."""
        text = word.text
        if len(text) < MIN_PREFIX or not text.isalpha():
            return None
        root = root_of(word_stem(text))
        known = set(word_stems(text))
        # The root's last letter may be another one (таблица, табличный), so the search begins one letter before it.
        beginning = root[: max(SHORTEST_ROOT, len(root) - 1)]
        counts: dict[str, int] = {}
        if len(root) >= SHORTEST_ROOT:
            for term in terms_from(beginning, self._view):
                if term not in known and term.isalpha() and root_of(term) == root:
                    counts[term] = self._view.count(term)
        own = word_stem(root)  # the stemmer may cut a root further, as it cuts the word that is just the root
        if own not in known and own != root and len(root) > SHORTEST_ROOT and self._view.count(own):
            counts[own] = self._view.count(own)
        relatives = sorted(counts, key=lambda term: (-counts[term], term))[:MAX_KIN]
        longer = not word.prefix and any(term not in known for term in terms_from(text, self._view))
        nodes: list[Node] = [replace(word, prefix=True)] if longer else []
        # A stem that the stemmer would cut once more can only be asked for as a beginning.
        nodes += [Word(term, word_stem(term) != term, word.title_only) for term in relatives]
        if not nodes:
            return None
        if self._known(text):
            nodes.insert(0, word)
        shown = text if not relatives else _common_beginning([word_stem(text), *relatives])
        return (Any(tuple(nodes)) if len(nodes) > 1 else nodes[0]), replace(word, text=shown, prefix=True)


def _common_beginning(words: list[str]) -> str:
    first, last = min(words), max(words)
    size = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:size]


def _flat(node: Node | None) -> Iterator[Node]:
    if isinstance(node, All | Any):
        for part in node.parts:
            yield from _flat(part)
    elif isinstance(node, Not):
        yield from _flat(node.part)
    elif node is not None:
        yield node


def _plain_words(node: Node) -> list[Word]:
    return list(dict.fromkeys(word for word in words_of(node) if isinstance(word, Word)))


def _single_words(node: Node) -> list[Word]:
    """Return the words of a query, those of phrases too."""
    words: list[Word] = []
    for part in words_of(node):
        if isinstance(part, Phrase):
            words.extend(Word(text, title_only=part.title_only) for text in part.words)
        else:
            words.append(part)
    return words


def _replace_words(node: Node, others: Mapping[Word, Node]) -> Node:
    if isinstance(node, Word):
        return others.get(node, node)
    if isinstance(node, All | Any):
        return type(node)(tuple(_replace_words(part, others) for part in node.parts))
    return node


def _without_phrases(node: Node) -> Node:
    if isinstance(node, Phrase):
        return All(tuple(Word(text, title_only=node.title_only) for text in node.words))
    if isinstance(node, All | Any):
        return type(node)(tuple(_without_phrases(part) for part in node.parts))
    return node


def _shown(part: Word | Phrase) -> str:
    return f'"{" ".join(part.words)}"' if isinstance(part, Phrase) else part.text + ("*" if part.prefix else "")


def _said(node: Node, others: Mapping[Word, Word]) -> str:
    return " ".join(_shown(others.get(part, part) if isinstance(part, Word) else part) for part in words_of(node))
