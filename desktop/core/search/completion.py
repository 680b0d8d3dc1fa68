"""What may stand at the cursor of a query: operators, and the values that each of them can have in this library.

A *piece* is what stands between blanks and brackets; a quotation mark takes blanks in up to the next one. Only a piece
that may become an operator, or that is one, is completed: plain words and phrases are not. Lists of values are read
when they are first needed and kept while no note changes; a list that takes long to read is kept a while longer.
"""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

from desktop.core.records import Completion
from desktop.core.search.notes import fold_tag, host_of, host_terms
from desktop.core.search.query import written
from desktop.core.store.database import Database
from desktop.core.store.query_values import QueryValues
from desktop.core.text.words import compose, fold_word

MOST = 40  # completions
KEPT_AT_LEAST = 50  # times as long as reading a list took
LONGEST_VALUE = 200  # characters

OPERATORS = (  # English name, Russian name, what it means
    ("tag:", "тег:", "notes with a tag"),
    ("kind:", "вид:", "lectures, digests, notes, folders"),
    ("in:", "в:", "notes below another"),
    ("title:", "заголовок:", "words of the title"),
    ("date:", "дата:", "a day, month, year or a span"),
    ("is:", "это:", "tagged, untagged, unlinked"),
    ("has:", "есть:", "images, links, tasks, code, tables, math"),
    ("link:", "ссылка:", "with a link to a site"),
    ("sort:", "порядок:", "by date or by rank"),
)
_OR = (("OR", "the one or the other"), ("ИЛИ", "the one or the other"))
_SIGNS = (('"', '"…"', "these words in this order"), ("-", "-…", "without this word"))
_KINDS = (
    ("lecture", "лекция", "lectures"), ("digest", "дайджест", "digests"), ("note", "заметка", "other notes"),
    ("folder", "папка", "folders"),
)  # fmt: skip
_VALUES = {  # English value, Russian value, what it means
    "kind": _KINDS,
    "is": (
        ("unlinked", "без-ссылок", "no other note links to it"), ("untagged", "без-тегов", "without a tag"),
        ("tagged", "с-тегами", "with a tag"), *_KINDS,
    ),
    "has": (
        ("image", "картинка", "images"), ("link", "ссылка", "links"), ("task", "задача", "tasks"),
        ("code", "код", "code"), ("table", "таблица", "tables"), ("math", "формула", "math"),
    ),
    "sort": (("date", "дата", "the newest first"), ("rank", "ранг", "the best first")),
}  # fmt: skip
DETAILS = tuple(
    dict.fromkeys(detail for rows in (OPERATORS, _OR, _SIGNS, *_VALUES.values()) for *_names, detail in rows)
)

_NAMES = {name[:-1]: row[0][:-1] for row in OPERATORS for name in row[:2]}
_RUSSIAN = frozenset(row[1][:-1] for row in OPERATORS)


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    detail: str
    keys: tuple[str, ...]  # folded; it is offered for the beginning of any


class _Values:
    """Values in the order in which they are offered, found by the beginnings of their keys."""

    def __init__(self, values: Iterable[_Value]) -> None:
        self.all = tuple(values)
        self._keys = sorted(
            (key, place, number == 0) for place, value in enumerate(self.all) for number, key in enumerate(value.keys)
        )

    def beginning(self, wanted: str, fits: Callable[[_Value], bool]) -> list[_Value]:
        """Return those that begin so, then those of which another key does; what is complete is not among them."""
        found = self._keys[bisect_left(self._keys, (wanted,)) : bisect_left(self._keys, (wanted + "\U0010ffff",))]
        first = {place for _key, place, is_first in found if is_first}
        others = {place for _key, place, _is_first in found} - first
        places = [*nsmallest(MOST + 1, first), *nsmallest(MOST + 1, others)] if wanted else sorted(first)
        return [value for place in places if fits(value := self.all[place]) and value.keys[0] != wanted][:MOST]


@dataclass(frozen=True, slots=True)
class _Kept:
    values: _Values
    state: str
    until: float  # in the seconds of time.monotonic: before, it is not read again


class Completions:
    """Completes the queries of one library."""

    def __init__(self, database: Database) -> None:
        self._values = QueryValues(database)
        self._kept: dict[str, _Kept] = {}
        self._readers: dict[str, Callable[[], Iterator[_Value]]] = {
            "tag": self._read_tags, "in": self._read_folders, "date": self._read_dates, "link": self._read_hosts
        }  # fmt: skip

    def complete(self, text: str, cursor: int) -> list[Completion]:
        """Return what may stand at `cursor`, the likeliest first; nothing where a plain word is being written."""
        cursor = max(0, min(cursor, len(text)))
        start, end = _piece_at(text, cursor)
        if text[start:end].startswith("-") and cursor > start:
            start += 1
        typed = text[start:cursor]
        name, colon, value = typed.partition(":")
        operator = _NAMES.get(fold_word(compose(name))) if colon else None
        if operator is not None:
            found = self._complete_value(operator, name, value)
            return [Completion(entry, label, detail, start, end) for entry, label, detail in found]
        if colon or '"' in typed or cursor < end or text[start - 1 : start] == '"':
            return []
        return [Completion(entry, label, detail, start, end) for entry, label, detail in _operators(text, start, typed)]

    def _complete_value(self, operator: str, name: str, value: str) -> Iterator[tuple[str, str, str]]:
        """Yield (text, label, detail) of the values of an operator that begin as typed."""
        typed = value.removeprefix('"').removesuffix('"')[:LONGEST_VALUE]
        before = ""
        if operator == "date":
            before, typed = _last_date(typed)
        wanted = _fold(operator, typed)
        russian = fold_word(compose(name)) in _RUSSIAN
        values = _fixed_values(operator, russian) if operator in _VALUES else self._kept_values(operator)
        # Years until one is written, then its months.
        length = (4 if len(wanted) < 4 else 7) if operator == "date" else 0
        for found in values.beginning(wanted, lambda value: not length or len(value.text) == length):
            whole = before + found.text
            yield f"{name}:{written(whole)}", whole, found.detail

    def _kept_values(self, operator: str) -> _Values:
        read = self._readers.get(operator)
        if read is None:
            return _Values(())
        state, now = self._values.state(), time.monotonic()
        kept = self._kept.get(operator)
        if kept is None or (kept.state != state and now >= kept.until):
            values = _Values(read())
            took = time.monotonic() - now
            kept = self._kept[operator] = _Kept(values, state, now + KEPT_AT_LEAST * took)
        return kept.values

    def _read_tags(self) -> Iterator[_Value]:
        keys: dict[str, list[str]] = {}  # the same tags come again and again
        labels: dict[str, str] = {}
        bearers: dict[str, set[int]] = {}
        for tag, note_id in self._values.tags():
            if tag not in keys:
                parts = tag.strip().lstrip("#").split("/")[:8]
                above = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
                keys[tag] = [fold_tag(label) for label in above]
                for key, label in zip(keys[tag], above, strict=True):
                    labels.setdefault(key, label)
                    bearers.setdefault(key, set())
            for key in keys[tag]:
                bearers[key].add(note_id)
        for key, ids in sorted(bearers.items(), key=lambda item: (-len(item[1]), item[0])):
            if _can_stand(labels[key]) and key:
                yield _Value(labels[key], str(len(ids)), (key, *key.split("/")[1:]))

    def _read_folders(self) -> Iterator[_Value]:
        titles: dict[str, tuple[str, int]] = {}
        for title, number in self._values.folders():
            key = fold_word(compose(title))
            titles[key] = (title, titles.get(key, ("", 0))[1] + number)
        for key, (title, number) in titles.items():
            if _can_stand(title):
                yield _Value(title, str(number), (key, *key.split()[1:]))

    def _read_dates(self) -> Iterator[_Value]:
        years: dict[str, int] = {}
        months = [(month, number) for month, number in self._values.months() if month and len(month) == 7]
        for month, number in months:
            years[month[:4]] = years.get(month[:4], 0) + number
        yield from (_Value(year, str(number), (year,)) for year, number in years.items())
        yield from (_Value(month, str(number), (month,)) for month, number in months)

    def _read_hosts(self) -> Iterator[_Value]:
        terms: dict[str, list[str]] = {}  # the same beginnings come again and again
        bearers: dict[str, set[int]] = {}
        for note_id, address in self._values.addresses():
            if address not in terms:
                terms[address] = host_terms((address,))
            for term in terms[address]:
                bearers.setdefault(term, set()).add(note_id)
        own = {host_of(address) for address in terms}
        below = Counter(term for host in own for term in host_terms((f"https://{host}",)))
        for host, ids in sorted(bearers.items(), key=lambda item: (-len(item[1]), item[0])):
            if host in own or below[host] > 1:  # a domain above is worth a line where it gathers several hosts
                yield _Value(host, str(len(ids)), (host,))


def _piece_at(text: str, cursor: int) -> tuple[int, int]:
    """Return where the piece begins and ends that the cursor stands in, or at whose end it stands."""
    start, quoted = 0, False
    for place, character in enumerate(text[:cursor]):
        if character == '"':
            quoted = not quoted
            if not quoted:
                start = place + 1
        elif not quoted and (character.isspace() or character in "()"):
            start = place + 1
    end = cursor
    while end < len(text):
        character = text[end]
        if not quoted and (character.isspace() or character in "()"):
            break
        end += 1
        if character == '"':
            if quoted:
                break
            quoted = True
    return start, end


def _operators(text: str, start: int, typed: str) -> Iterator[tuple[str, str, str]]:
    """Yield (text, label, detail) of the operators that begin as typed; all of one language for nothing typed."""
    wanted = fold_word(compose(typed))
    cyrillic = any("а" <= letter <= "я" for letter in fold_word(text))
    for english, russian, detail in OPERATORS:
        names = (english, russian) if wanted else ((russian,) if cyrillic else (english,))
        yield from ((name, name, detail) for name in names if name.startswith(wanted))
    if text[:start].strip():
        words = _OR if wanted else _OR[cyrillic : cyrillic + 1]
        yield from ((word, word, detail) for word, detail in words if word.lower().startswith(wanted) and word != typed)
    if not typed:
        yield from ((sign, label, detail) for sign, label, detail in _SIGNS if sign != text[start - 1 : start])


def _fixed_values(operator: str, russian: bool) -> _Values:
    rows = _VALUES[operator]
    if russian:
        return _Values(_Value(other, detail, (other, english)) for english, other, detail in rows)
    return _Values(_Value(english, detail, (english, other)) for english, other, detail in rows)


def _fold(operator: str, typed: str) -> str:
    if operator == "tag":
        return fold_tag(typed)
    folded = fold_word(compose(typed))
    if operator == "link":
        return folded.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return folded


def _last_date(typed: str) -> tuple[str, str]:
    """Return what stands before the date that is being written, and as much of it as there is."""
    place = typed.rfind("..") + 2 if ".." in typed else 0
    while typed[place : place + 1] in ("<", ">", "="):
        place += 1
    return typed[:place], typed[place:]


def _can_stand(value: str) -> bool:
    return bool(written(value)) and len(value) <= LONGEST_VALUE
