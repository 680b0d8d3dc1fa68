"""The text of a query as it stands in the field: which filters it holds, and the text with one more or one less.

A *piece* is a run without blanks; a quotation mark takes blanks in up to the next one. A filter is a piece with a
known name before its colon, in either language. Filters that are chosen by a click are put before the words, so that
the word under way stays the last one, which is the one that may go on.
"""

from typing import Final

FACETS: Final = ("kind", "folder", "tag", "year")
SORT_NEWEST: Final = "sort:date"
_NAMES: Final = {
    "kind": "kind", "вид": "kind", "in": "folder", "в": "folder", "tag": "tag", "тег": "tag", "date": "year",
    "дата": "year", "sort": "sort", "порядок": "sort",
}  # fmt: skip
_OR: Final = ("OR", "ИЛИ", "|")


def pieces(text: str) -> list[str]:
    """Return the pieces of a query, in their order."""
    found: list[str] = []
    current: list[str] = []
    quoted = False
    for character in text:
        if character.isspace() and not quoted:
            if current:
                found.append("".join(current))
                current = []
            continue
        quoted = quoted != (character == '"')
        current.append(character)
    if current:
        found.append("".join(current))
    return found


def facet_of(piece: str) -> str:
    """Return which facet a piece filters by, or "sort"; "" for a piece that is something else."""
    name, colon, value = piece.partition(":")
    return _NAMES.get(name.lower(), "") if colon and value.strip('"') else ""


def is_unfinished_filter(text: str) -> bool:
    """Tell whether a query ends with the name of a filter whose value is still to come."""
    last = pieces(text)[-1:]
    return bool(last) and last[0].endswith(":") and last[0][:-1].lstrip("-").isalpha()


def chosen(text: str, facet: str) -> str:
    """Return the value by which a query filters, without quotation marks; "" where it does not."""
    for piece in pieces(text):
        if facet_of(piece) == facet:
            return piece.partition(":")[2].strip('"')
    return ""


def without(text: str, facet: str) -> str:
    """Return the query without its filters of one facet; the same text where there are none."""
    found = pieces(text)
    kept = [piece for piece in found if facet_of(piece) != facet]
    return text if len(kept) == len(found) else _joined(kept, text)


def with_term(text: str, facet: str, term: str) -> str:
    """Return the query with a filter of one facet in the place of what it had of that facet."""
    rest = without(text, facet)
    if any(piece in _OR for piece in pieces(rest)) and not _in_brackets(rest):
        rest = f"({rest.strip()})"
    return f"{term} {rest}" if rest.strip() else f"{term} "


def without_filters(text: str) -> str:
    """Return the query without anything that is chosen by a click."""
    for facet in (*FACETS, "sort"):
        text = without(text, facet)
    return text


def plain_words(text: str) -> str:
    """Return the words of a query as a title for a new note; "" where it holds only filters."""
    kept = [piece for piece in pieces(text) if not facet_of(piece) and piece not in _OR and not piece.startswith("-")]
    words = " ".join(piece.partition(":")[2] if piece.startswith("title:") else piece for piece in kept)
    return " ".join(words.translate({ord(sign): None for sign in '"()*'}).split())[:200]


def _joined(kept: list[str], text: str) -> str:
    # A blank at the end says that the last word is finished: it stays.
    return " ".join(kept) + (" " if kept and text[-1:].isspace() else "")


def _in_brackets(text: str) -> bool:
    """Tell whether one pair of brackets holds the whole text."""
    text = text.strip()
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place == len(text) - 1
    return False
