"""Words that some write as one and others as two: click house and ClickHouse, powerbi and Power BI.

Both are exact answers, no guesses: two neighbouring words of a query also stand for the one word, where the library
knows it, and a rare long word also for the two it falls into, where these stand one after the other. (A frequent word
is the usual spelling: for it the other one would only bring the noise of its parts into the ranking.)
"""

from desktop.core.search.analyzer import word_stem
from desktop.core.search.fixing import SHORTEST_PAIR, joined_pair
from desktop.core.search.query import All, Any, Node, Phrase, Word
from desktop.core.search.view import View

SHORTEST_JOINED = 6  # letters: in shorter words the parts are accidents (no tag, not able)
MOST_SPLIT = 6  # words of a query that are looked at
RARE = 5  # notes; or one of so many:
RARE_SHARE = 200


def with_joined(node: Node, view: View) -> Node:
    """Return the query with the other spelling of its compound words as an alternative."""
    if isinstance(node, Word):
        return _split(node, view)
    if isinstance(node, All):
        parts: list[Node] = []
        rest = list(node.parts)
        while rest:
            part = rest.pop(0)
            one = _joined(part, rest[0], view) if rest else None
            if one is not None:
                parts.append(Any((All((part, rest.pop(0))), one)))
            else:
                parts.append(_split(part, view) if len(parts) < MOST_SPLIT else part)
        return All(tuple(parts)) if len(parts) > 1 else parts[0]
    if isinstance(node, Any):
        return Any(tuple(with_joined(part, view) for part in node.parts))
    return node


def _joined(first: Node, second: Node, view: View) -> Word | None:
    if not (isinstance(first, Word) and isinstance(second, Word)) or first.prefix or second.prefix:
        return None
    text = first.text + second.text
    if first.title_only != second.title_only or len(text) < SHORTEST_JOINED or not text.isalpha():
        return None
    if min(len(first.text), len(second.text)) < 2 or first.text.isascii() != second.text.isascii():
        return None
    return Word(text, title_only=first.title_only) if view.count(word_stem(text)) else None


def _split(node: Node, view: View) -> Node:
    if not isinstance(node, Word) or node.prefix or len(node.text) < SHORTEST_PAIR:
        return node
    if view.count(word_stem(node.text)) > max(RARE, view.size // RARE_SHARE):
        return node
    pair = joined_pair(node.text, view)
    return node if pair is None else Any((node, Phrase(pair, node.title_only)))
