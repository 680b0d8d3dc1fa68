"""What stands in one place of a text and is named in another: definitions of link addresses, and footnotes.

`[words][name]` needs the line `[name]: address`; `[^name]` needs the footnote `[^name]: words`. Who moves a part of a
text moves or copies what it needs.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.core.records import Link
from desktop.core.text.link_definitions import fold_label
from desktop.core.text.masks import Masks

_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\[\s]{1,200})\]:", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\[\s]{1,200})\]")


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition that stands in text[start:end], its line end included; `label` is folded."""

    label: str
    start: int
    end: int
    label_start: int  # of the name as it is written
    label_end: int


@dataclass(frozen=True, slots=True)
class Use:
    """A place that names a definition."""

    label: str
    start: int
    end: int


def is_reference(link: Link) -> bool:
    """Tell whether a link's address stands in a definition."""
    return bool(link.target_end) and not link.start <= link.target_start <= link.end


def link_definitions(masks: Masks) -> list[Definition]:
    """Return the definitions of addresses that count, in the order of the text."""
    found = []
    for label, (address, _end) in masks.definitions.items():
        line = masks.text.rfind("\n", 0, address) + 1
        bracket = masks.text.find("[", line)
        closing = masks.text.rfind("]:", bracket, address)
        found.append(Definition(label, line, _line_end(masks.text, address), bracket + 1, closing))
    return sorted(found, key=lambda definition: definition.start)


def link_uses(masks: Masks, links: Iterable[Link]) -> list[Use]:
    """Return the links whose address stands in a definition, by its name."""
    labels = {span[0]: label for label, span in masks.definitions.items()}
    return [
        Use(labels[link.target_start], link.start, link.end)
        for link in links
        if is_reference(link) and link.target_start in labels
    ]


def footnotes(masks: Masks) -> list[Definition]:
    """Return the footnotes, each with the lines that go on with it."""
    text, found = masks.text, []
    for match in _FOOTNOTE.finditer(text, masks.start):
        if _is_masked(masks, match.end() - 1):
            continue
        end = _line_end(text, match.end())
        while end < len(text):
            line_end = _line_end(text, end)
            line = text[end:line_end]
            if not line.strip():
                ahead = line_end
                while ahead < len(text) and not text[ahead : _line_end(text, ahead)].strip():
                    ahead = _line_end(text, ahead)
                if not text[ahead : ahead + 4].isspace() and text[ahead : ahead + 1] != "\t":
                    break
                end = ahead
            elif _FOOTNOTE.match(line) or line[:1] == "#":
                break
            end = _line_end(text, end)
        found.append(Definition(fold_label(match[1]), match.start(), end, match.start(1), match.end(1)))
    return found


def footnote_uses(masks: Masks) -> list[Use]:
    """Return the places that name a footnote."""
    heads = {match.start(1) for match in _FOOTNOTE.finditer(masks.text, masks.start)}
    return [
        Use(fold_label(match[1]), match.start(1), match.end(1))
        for match in _FOOTNOTE_MARK.finditer(masks.text, masks.start)
        if match.start(1) not in heads and not _is_masked(masks, match.start())
    ]


def needed(uses: Iterable[Use], definitions: Iterable[Definition], spans: Iterable[tuple[int, int]]) -> set[str]:
    """Return the names that are used within spans of a text, and those that what they name uses in its turn."""
    places = sorted((use.start, use.label) for use in uses)
    by_label = {definition.label: definition for definition in reversed(list(definitions))}
    waiting, found = list(spans), set[str]()
    while waiting:
        low, high = waiting.pop()
        for _start, label in places[bisect_left(places, (low, "")) : bisect_left(places, (high, ""))]:
            if label not in found:
                found.add(label)
                if label in by_label:
                    waiting.append((by_label[label].label_end, by_label[label].end))
    return found


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def _is_masked(masks: Masks, offset: int) -> bool:
    index = bisect_right(masks.spans, (offset, len(masks.text) + 1)) - 1
    return index >= 0 and masks.spans[index][0] <= offset < masks.spans[index][1]
