"""The query language: what a person types, as a tree of values.

    words            all of them, in any form           модель ошибки
    "a phrase"       these words in this order          "цена ошибки"
    -word            not this                           модель -Llama
    a OR b, ( )      either                             (sql OR postgres) index
    pref*            words that begin so                систем*
    title:word       in the title                       title:лекция, title:"ML System"
    tag:name         with a tag, or one below it        tag:ml
    kind:lecture     folder, lecture, digest or note    kind:digest, is:digest
    in:name          below the note of that title       in:uni
    date:2023-10     a day, month, year or a span       date:2023..2024, date:>2023-05-01
    is:tagged        tagged, unlinked, or a kind        is:untagged, is:unlinked
    has:image        image, link, task, code, table...  has:task
    link:host        with a link to that site           link:habr.com, link:habr
    sort:date        the newest first                   kind:digest sort:date

Operators and names of filters are understood in Russian too (ИЛИ, тег:, вид:, в:, заголовок:, дата:, есть:, ссылка:).
A `:` after anything else is an ordinary character. An unclosed quotation mark or bracket closes at the end, for that is
how it looks while it is typed. A part that makes no sense is left out and a sentence says so: the rest is still looked
for. Everything is capped, and reading a query takes time linear in its length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date as day_type
from typing import NamedTuple

from desktop.core.errors import QueryError
from desktop.core.records import NoteKind
from desktop.core.search.analyzer import query_words
from desktop.core.search.notes import fold_tag, host_of
from desktop.core.text.words import CJK, compose, fold_word

MAX_QUERY = 2_000  # characters
MAX_TERMS = 32
MAX_DEPTH = 8

_FILTERS = {
    "tag": "tag", "тег": "tag", "kind": "kind", "вид": "kind", "in": "in", "в": "in", "title": "title",
    "заголовок": "title", "date": "date", "дата": "date", "is": "is", "это": "is", "has": "has", "есть": "has",
    "link": "link", "ссылка": "link", "sort": "sort", "порядок": "sort",
}  # fmt: skip
_KINDS = {kind.value: kind for kind in NoteKind} | {
    "папка": NoteKind.FOLDER, "лекция": NoteKind.LECTURE, "дайджест": NoteKind.DIGEST, "заметка": NoteKind.NOTE,
}  # fmt: skip
_STATES = {
    "tagged": "tagged", "untagged": "untagged", "unlinked": "unlinked",
    "стегами": "tagged", "безтегов": "untagged", "безссылок": "unlinked",
}  # fmt: skip
_PROPERTIES = {
    "image": "image", "link": "link", "task": "task", "code": "code", "table": "table", "math": "math",
    "картинка": "image", "ссылка": "link", "задача": "task", "код": "code", "таблица": "table", "формула": "math",
}  # fmt: skip
_ORDERS = {"date": "date", "дата": "date", "rank": "rank", "ранг": "rank"}
_OR = ("OR", "ИЛИ", "|")
_PIECE = re.compile(
    r"(?P<blank>\s+)|(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s\-)]))"
    r'|(?P<body>[^\s()"]*"[^"]*"?|[^\s()]+)'
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as typed and folded; `prefix` also stands for the words that begin so."""

    text: str
    prefix: bool = False
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order."""

    words: tuple[str, ...]
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on the note: `name` is tag, kind, in, date, is, has, link, or within (that note and all below)."""

    name: str
    value: str
    first: int = 0  # of a date: days as numbers, 20231030, both included
    last: int = 99_999_999


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that the part does not match."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """What every part matches."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """What at least one part matches."""

    parts: tuple["Node", ...]


Node = Word | Phrase | Filter | Not | All | Any


class _Piece(NamedTuple):
    kind: str  # open, close, minus, body
    text: str


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What was understood of a query."""

    node: Node | None  # None: nothing to look for
    problem: str = ""  # one sentence on the first part that was left out
    newest_first: bool = False


def read_query(text: str) -> ParsedQuery:
    """Return what can be understood of a query; never raises."""
    text = compose(text.encode("utf-8", "replace").decode())  # half a surrogate pair is no character
    problem = f"The query is too long: {MAX_QUERY} characters are the most." if len(text) > MAX_QUERY else ""
    pieces = [
        _Piece(match.lastgroup, match.group())
        for match in _PIECE.finditer(text[:MAX_QUERY])
        if match.lastgroup and match.lastgroup != "blank"
    ]
    reader = _Reader(pieces)
    node = reader.read_any(0)
    return ParsedQuery(node, problem or reader.problem, reader.newest_first)


def goes_on(text: str) -> bool:
    """Tell whether the last word of a query may not be finished: a letter ends it, and it is no filter's value."""
    if not text or not (text[-1].isalnum() or text[-1] == "_"):
        return False
    before = text[: text.rfind('"')] if text.count('"') % 2 else text  # of an open phrase, what stands before it
    name, colon, _value = re.split(r"[\s(]", before)[-1].lstrip("-").partition(":")
    return not colon or _FILTERS.get(name.lower(), "title") == "title"


def written(value: str) -> str:
    """Return a filter's value as it is written in a query, "" where that is impossible: a quotation mark ends it."""
    if '"' in value or not value.strip():
        return ""
    return f'"{value}"' if any(character.isspace() or character in "()" for character in value) else value


def words_of(node: Node | None, *, negative: bool = False) -> Iterator[Word | Phrase]:
    """Yield the words and phrases that a match should hold, in the order of the query."""
    if isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from words_of(part, negative=negative)
    elif isinstance(node, Not) and negative:
        yield from words_of(node.part, negative=negative)


class _Reader:
    """Reads the pieces of a query, left to right."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._place = 0
        self._terms = 0
        self.problem = ""
        self.newest_first = False

    def read_any(self, depth: int) -> Node | None:
        """Read alternatives up to the closing bracket or the end."""
        alternatives = [self._read_all(depth)]
        while self._is_or():
            self._place += 1
            alternatives.append(self._read_all(depth))
        found = [part for part in alternatives if part is not None]
        if len(found) > 1:
            return Any(tuple(found))
        return found[0] if found else None

    def _read_all(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while self._place < len(self._pieces) and not self._is_or():
            kind = self._pieces[self._place].kind
            if kind == "close":
                if depth:
                    break
                self._place += 1  # a bracket that nothing opened
                continue
            if kind == "open" and depth >= MAX_DEPTH:  # its words count as if it were not there
                self._leave_out(f"The brackets of the query are nested too deeply: {MAX_DEPTH} levels are the most.")
                self._place += 1
                continue
            part = self._read_one(depth)
            if part is not None:
                parts.extend(part.parts if isinstance(part, All) else [part])
        if len(parts) > 1:
            return All(tuple(parts))
        return parts[0] if parts else None

    def _read_one(self, depth: int) -> Node | None:
        piece = self._pieces[self._place]
        self._place += 1
        if piece.kind == "minus":
            following = self._pieces[self._place].kind if self._place < len(self._pieces) else "close"
            if following == "open" and depth >= MAX_DEPTH:
                return None
            part = self._read_one(depth) if following in ("open", "body") else None
            return None if part is None else Not(part)
        if piece.kind == "open":
            inner = self.read_any(depth + 1)
            if self._place < len(self._pieces):
                self._place += 1  # its closing bracket
            return inner
        try:
            return self._read_body(piece.text)
        except QueryError as error:
            self._leave_out(str(error))
            return None

    def _leave_out(self, problem: str) -> None:
        self.problem = self.problem or problem

    def _read_body(self, text: str) -> Node | None:
        name, colon, value = text.partition(":")
        kind = _FILTERS.get(name.lower()) if colon else None
        if kind is None:
            return self._content(text, title_only=False)
        value = value.strip('"').strip()
        if not value:
            raise QueryError(f"Say what “{name}:” should be, for example {_EXAMPLES[kind]}.")
        if kind == "sort":
            self.newest_first = _one_of(_ORDERS, value, "sort", "date or rank") == "date"
            return None
        self._count(1)
        if kind == "title":
            quoted = text.partition(":")[2].startswith('"')
            return self._content(f'"{value}"' if quoted else value, title_only=True)
        return _filter(kind, value)

    def _content(self, text: str, title_only: bool) -> Node | None:
        if '"' in text:
            before, _quote, phrase = text.partition('"')
            parts = [self._content(before, title_only)] if before else []
            words = tuple(query_words(phrase.rstrip('"')))
            self._count(len(words))
            if len(words) == 1:
                parts.append(Word(words[0], False, title_only))
            elif words:
                parts.append(Phrase(words, title_only))
            found = [part for part in parts if part is not None]
            return All(tuple(found)) if len(found) > 1 else (found[0] if found else None)
        prefix = text.endswith("*")
        words = tuple(query_words(text))
        if text.startswith("*") and words:
            raise QueryError("A search cannot begin with “*”: give the first letters, for example систем*.")
        self._count(len(words))
        if prefix and words and len(words[-1]) < 2 and not CJK.match(words[-1]):
            raise QueryError("Give at least two letters before “*”.")
        parts_ = tuple(Word(w, prefix and n == len(words) - 1, title_only) for n, w in enumerate(words))
        if len(parts_) > 1:
            return All(parts_)
        return parts_[0] if parts_ else None

    def _is_or(self) -> bool:
        return self._place < len(self._pieces) and self._pieces[self._place].text in _OR

    def _count(self, more: int) -> None:
        self._terms += more
        if self._terms > MAX_TERMS:
            raise QueryError(f"The query has too many words: {MAX_TERMS} are the most.")


_EXAMPLES = {
    "tag": "tag:ml", "kind": "kind:lecture", "in": "in:uni", "title": "title:intro", "date": "date:2023-10",
    "is": "is:tagged", "has": "has:image", "link": "link:habr.com", "sort": "sort:date",
}  # fmt: skip


def _filter(kind: str, value: str) -> Filter:
    if kind == "tag":
        return Filter("tag", fold_tag(value))
    if kind == "in":
        return Filter("in", value)
    if kind == "date":
        first, last = _days(value)
        return Filter("date", value, first, last)
    if kind == "link":
        return Filter("link", host_of(value if "://" in value else f"https://{value}"))
    if kind == "has":
        return Filter("has", _one_of(_PROPERTIES, value, "has", "image, link, task, code, table or math"))
    known = "folder, lecture, digest or note"
    if kind == "kind":
        return Filter("kind", _one_of(_KINDS, value, "kind", known))
    found = _one_of({**_KINDS, **_STATES}, value, "is", f"{known}, tagged, untagged or unlinked")
    return Filter("kind" if found in _KINDS else "is", found)


def _one_of(values: Mapping[str, str], value: str, name: str, known: str) -> str:
    """Return the value by the name that the user gave it."""
    found = values.get(fold_word(value).replace("-", ""))  # без-ссылок
    if found is None:
        raise QueryError(f"“{value[:60]}” is nothing that {name}: knows; it takes {known}.")
    return str(found)


def _days(value: str) -> tuple[int, int]:
    """Return the first and last day of a date expression, as numbers."""
    if ".." in value:
        begin, _dots, end = value.partition("..")
        first = _span(begin, value)[0] if begin else 0
        last = _span(end, value)[1] if end else 99_999_999
        if first > last:
            raise QueryError(f"“{value}” ends before it begins.")
        return first, last
    for sign in (">=", "<=", ">", "<"):
        if value.startswith(sign):
            first, last = _span(value[len(sign) :], value)
            return {
                ">=": (first, 99_999_999), "<=": (0, last), ">": (last + 1, 99_999_999), "<": (0, first - 1)
            }[sign]  # fmt: skip
    return _span(value, value)


def _span(text: str, whole: str) -> tuple[int, int]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise QueryError(f"“{whole}” is not a date: write 2023, 2023-10, 2023-10-30 or 2023..2024.")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        day_type(year, month or 1, day or 1)
    except ValueError as error:
        raise QueryError(f"“{whole}” is not in the calendar.") from error
    start = year * 10_000 + month * 100 + day
    return start, year * 10_000 + (month or 99) * 100 + (day or 99)
