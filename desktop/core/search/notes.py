"""A note as the index takes it: the terms of its title and body, and its exact terms."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.search.analyzer import count_terms
from desktop.core.search.schema import BODY, FOLDER, KIND, TAG, TITLE
from desktop.core.text.words import compose, fold_word

if TYPE_CHECKING:
    from desktop.core.store.notes import IndexRow


@dataclass(frozen=True, slots=True)
class AnalysedNote:
    """Everything that a segment holds of one note."""

    id: int
    version: int
    updated: int
    day: int  # 20231030
    title_length: int
    body_length: int
    terms: dict[str, dict[str, int]]  # field -> term -> frequency


def analyse(row: "IndexRow") -> AnalysedNote:
    """Count the terms of one note; name and aliases count as title."""
    names = dict.fromkeys((row.title, row.name, *(a for a in row.aliases if "://" not in a)))
    title, title_length = count_terms("\n".join(names))
    body, body_length = count_terms(row.text)
    exact = {
        TAG: dict.fromkeys(tag_terms(row.tags), 1),
        KIND: {row.kind.value: 1},
        FOLDER: dict.fromkeys(map(str, row.path), 1),
    }
    terms = {TITLE: title, BODY: body, **exact}
    return AnalysedNote(
        row.id, row.version, row.updated, day_of(row.date, row.updated), title_length, body_length, terms
    )


def tag_terms(tags: Iterable[str]) -> list[str]:
    """Return the folded tags with the tags above them: a/b also stands under a."""
    terms: dict[str, None] = {}
    for tag in tags:
        parts = fold_tag(tag).split("/")
        for depth in range(1, min(len(parts), 8) + 1):
            terms["/".join(parts[:depth])] = None
    terms.pop("", None)
    return list(terms)


def fold_tag(tag: str) -> str:
    """Return a tag in the form in which tags are compared."""
    return fold_word(compose(tag.strip().lstrip("#")))


def day_of(date: str, updated: int) -> int:
    """Return a note's day as a number: its own date (ISO), else the day of its last change."""
    digits = date[:10].replace("-", "")
    if len(digits) == 8 and digits.isascii() and digits.isdigit():
        return int(digits)
    try:
        moment = time.gmtime(updated / 1000)
    except (OverflowError, ValueError, OSError):
        return 0
    return moment.tm_year * 10_000 + moment.tm_mon * 100 + moment.tm_mday
