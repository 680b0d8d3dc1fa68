"""What is being typed, and what may stand there: questions that are answered on a reader thread. No Qt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.errors import KonspektError
from desktop.core.records import NoteId, TitleMatch

if TYPE_CHECKING:
    from desktop.core.notebook import Notebook
    from desktop.core.records import Section

OFFERED = 20
LONGEST = 200  # characters after "[[" that can still be the beginning of a name
_FILES = 12  # of what is offered after `![[`, where notes may be embedded too
_TAG = re.compile(r"(?<![\w#/&;=\]\)\"'.:])#((?:[^\W\d_][\w/\-]{0,100})?)$")
_NOT_IN_LINK = re.compile(r"[\[\]|#^]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """One row, and what it writes."""

    label: str
    inserted: str
    icon: str = "note"
    detail: str = ""
    marks: tuple[tuple[int, int], ...] = ()  # (start, end) within the label


@dataclass(frozen=True, slots=True)
class Typed:
    """What is being typed at the cursor."""

    kind: str  # "note", "file", "heading", "block", "tag"
    words: str  # of what is offered
    note: str = ""  # whose heading or block it is; "" for the open one


def read_typed(left: str) -> Typed | None:
    """Return what is being typed at the end of a line's beginning, None where nothing is."""
    start = left.rfind("[[", max(0, len(left) - LONGEST))
    if start >= 0 and not any(sign in left[start + 2 :] for sign in "[]|"):
        name, hash_sign, words = left[start + 2 :].partition("#")
        if hash_sign:
            block = words.startswith("^")
            return Typed("block" if block else "heading", words[block:], name.strip())
        return Typed("file" if left[:start].endswith("!") else "note", name)
    tag = _TAG.search(left, max(0, len(left) - LONGEST))
    if tag is None or (not tag[1] and not left[:-1].strip(" \t>")):
        return None  # a number sign at a line's beginning begins a heading
    return Typed("tag", tag[1])


def notes(notebook: "Notebook", typed: Typed, recent: Sequence[NoteId], here: NoteId | None) -> list[Choice]:
    """Return the notes that fit, and before them files where one may be embedded."""
    files: list[Choice] = []
    if typed.kind == "file":
        found = notebook.link_targets.files(typed.words, _FILES)
        files = [Choice(target.name, target.name, "link", target.detail, target.marks) for target in found]
    matches = notebook.titles.suggest(typed.words, OFFERED - len(files), recent)
    return files + [_note(notebook, match, here) for match in matches]


def _note(notebook: "Notebook", match: TitleMatch, here: NoteId | None) -> Choice:
    """Return a note's row: by its title, or by the alias that matched, written so that the link leads to it."""
    head = match.head
    path = notebook.notes.path_text(head.id)
    target = head.name if notebook.links.resolve(head.name, here) == head.id else path
    alias = _linkable(match.name)
    inserted = target if alias.casefold() == head.name.casefold() or not alias else f"{target}|{alias}"
    named = match.name in (head.title, head.name)
    label = " ".join((match.name if named else f"{match.name} → {head.title}").split())
    folder = path.rpartition("/")[0].replace("/", " / ")
    marks = match.marks if label.startswith(match.name) else ()
    return Choice(label, inserted, head.kind.value, folder, marks)


def tags(notebook: "Notebook", words: str) -> list[Choice]:
    """Return the tags that fit, with the number of their notes."""
    found = notebook.link_targets.tags(words, OFFERED)
    return [Choice(target.name, target.name, "tag", target.detail, target.marks) for target in found]


def sections(notebook: "Notebook", name: str, text: str, here: NoteId | None) -> "Sequence[Section]":
    """Return the headings of the note that a link in `here` leads to, or of a text."""
    from desktop.core.text.outline import scan_sections

    try:
        return notebook.notes.sections(_led_to(notebook, name, here)) if name else scan_sections(text)
    except KonspektError:
        return ()


def _led_to(notebook: "Notebook", name: str, here: NoteId | None) -> NoteId:
    """Return the note that the link leads to: of several with the name the one that the link means."""
    found = notebook.links.resolve(name, here)
    return notebook.notes.find(name) if found is None else found


def headings(notebook: "Notebook", sections: "Sequence[Section]", words: str) -> list[Choice]:
    """Return the headings that fit."""
    found = notebook.link_targets.headings(sections, words, OFFERED)
    return [Choice(target.name, _linkable(target.name), "section", target.detail, target.marks) for target in found]


def blocks(notebook: "Notebook", typed: Typed, text: str, here: NoteId | None) -> list[Choice]:
    """Return the blocks with an id that fit."""
    if typed.note:
        try:
            text = notebook.notes.read(_led_to(notebook, typed.note, here)).text
        except KonspektError:
            return []
    found = notebook.link_targets.blocks(text, typed.words, OFFERED)
    return [Choice(target.name, target.name, "section", target.detail, target.marks) for target in found]


def _linkable(name: str) -> str:
    """Return a name without what a wiki link gives a meaning to."""
    return " ".join(_NOT_IN_LINK.sub(" ", name).split())
