"""A note as the index takes it: the terms of its title and body, in their order, and its exact terms."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.search.analyzer import count_terms, sequence
from desktop.core.search.schema import BODY, FOLDER, HAS, HOST, KIND, TAG, TITLE
from desktop.core.text.words import compose, fold_word

if TYPE_CHECKING:
    from desktop.core.store.notes import IndexRow

# Compiled when the first note is analysed: a search needs none of them.
_TASK = r"(?m)^[ \t>]{0,40}(?:[-*+]|\d{1,9}[.)])[ \t]{1,4}\[[ xX]\][ \t]"
_TABLE = r"(?m)^[ \t>]{0,40}\|?[ \t]*:?-{2,200}:?[ \t]*\|[-:| \t]{0,2000}$"
_CODE = r"(?m)^[ \t>]{0,40}(?:```|~~~)"
_MATH_SIGNS = frozenset("\\^_{")
_LONGEST_FORMULA = 200  # characters, within a line
_MOST_DOLLARS = 2_000  # that are looked at


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
    names: tuple[list[str], ...]  # the terms of title, name and aliases, each in reading order
    body: list[str]  # those of the text


def analyse(row: "IndexRow") -> AnalysedNote:
    """Count the terms of one note; name and aliases count as title."""
    names = dict.fromkeys((row.title, row.name, *(a for a in row.aliases if "://" not in a)))
    title, title_tokens = count_terms("\n".join(names))
    body, body_tokens = count_terms(row.text)
    exact = {
        TAG: dict.fromkeys(tag_terms(row.tags), 1),
        KIND: {row.kind.value: 1},
        FOLDER: dict.fromkeys(map(str, row.path), 1),
        HAS: dict.fromkeys(properties(row), 1),
        HOST: dict.fromkeys(host_terms(row.addresses), 1),
    }
    return AnalysedNote(
        row.id, row.version, row.updated, day_of(row.date, row.updated), len(title_tokens), len(body_tokens),
        {TITLE: title, BODY: body, **exact}, tuple(sequence(count_terms(name)[1]) for name in names),
        sequence(body_tokens),
    )  # fmt: skip


def properties(row: "IndexRow") -> list[str]:
    """Return what the text holds besides words: the values of `has:`."""
    text = row.text
    found = {
        "image": row.images,
        "link": row.links,
        "code": re.search(_CODE, text),
        "task": re.search(_TASK, text),
        "table": "|" in text and re.search(_TABLE, text),
        "math": ("$" in text or "\\" in text) and _holds_formula(text),
    }
    return [name for name, there in found.items() if there]


def _holds_formula(text: str) -> bool:
    """Tell whether a text holds a formula, in one pass: `$4 млрд and $5` is none."""
    if any(sign in text for sign in ("$$", "\\[", "\\(")):
        return True
    start = text.find("$")
    for _number in range(_MOST_DOLLARS):
        if start < 0:
            return False
        end = text.find("$", start + 1)
        inside = text[start + 1 : end] if 0 < end - start <= _LONGEST_FORMULA else ""
        if inside and "\n" not in inside and not inside[0].isspace() and not _MATH_SIGNS.isdisjoint(inside):
            return True
        start = end
    return False


def host_terms(addresses: Iterable[str]) -> list[str]:
    """Return the hosts of web addresses with the domains above them: blog.example.org also stands under example.org."""
    terms: dict[str, None] = {}
    for address in addresses:
        host = host_of(address)
        labels = host.split(".")
        for place in range(max(1, min(len(labels) - 1, 6))):
            terms[".".join(labels[place:])] = None
    terms.pop("", None)
    return list(terms)


def host_of(address: str) -> str:
    """Return the host of a web address as it is searched for: lower case, without `www.`, user and port."""
    host = re.split(r"[/?#\\]", address.partition("://")[2], maxsplit=1)[0]
    host = host.rpartition("@")[2].partition(":")[0].strip(".").lower()[:253]
    return host.removeprefix("www.")


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
