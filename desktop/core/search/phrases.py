"""Whether a note really holds the phrases of a query: asked of its text, since the index knows no positions."""

from desktop.core.search.analyzer import word_stems
from desktop.core.search.notes import analyse
from desktop.core.search.query import All, Any, Filter, Node, Not, Phrase, Word, words_of
from desktop.core.search.ranking import Matcher
from desktop.core.search.segments import MemorySegment
from desktop.core.search.snippets import Wanted, find_phrase
from desktop.core.search.view import Layer, View
from desktop.core.store.notes import IndexRow


class PhraseCheck:
    """Decides for one query; notes come from the index and match it as far as that can tell."""

    def __init__(self, node: Node, matcher: Matcher) -> None:
        self._node = node
        self._matcher = matcher
        parts = node.parts if isinstance(node, All) else (node,)
        self._required = [part for part in parts if isinstance(part, Phrase)]
        self._forbidden = [part.part for part in parts if isinstance(part, Not) and isinstance(part.part, Phrase)]
        simple = sum(1 for word in words_of(node, negative=True) if isinstance(word, Phrase))
        self._simple = simple == len(self._required) + len(self._forbidden)

    def allows(self, row: IndexRow) -> bool:
        """Tell whether the note matches, phrases included."""
        if self._simple:
            return all(_stands(p, row) for p in self._required) and not any(_stands(p, row) for p in self._forbidden)
        layer = View([(MemorySegment([analyse(row)]), frozenset())]).layers[0]
        return self._true(self._node, row, layer)

    def _true(self, node: Node, row: IndexRow, layer: Layer) -> bool:
        if isinstance(node, Phrase):
            return _stands(node, row)
        if isinstance(node, Not):
            return not self._true(node.part, row, layer)
        if isinstance(node, All):
            return all(self._true(part, row, layer) for part in node.parts)
        if isinstance(node, Any):
            return any(self._true(part, row, layer) for part in node.parts)
        assert isinstance(node, Word | Filter)
        return bool(self._matcher.matches(node, layer))


def _stands(phrase: Phrase, row: IndexRow) -> bool:
    words = [Wanted(text, frozenset(word_stems(text))) for text in phrase.words]
    if find_phrase(row.title, words) is not None:
        return True
    return not phrase.title_only and find_phrase(row.text, words) is not None
