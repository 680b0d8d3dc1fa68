"""Renaming and moving notes, and renaming headings, with the links that name them: each one transaction.

The title of a renamed note changes; its name follows where it was alike; a first heading and a `title:` in the front
matter that said the same are rewritten; and so is every link that would not lead to its note any more. Outside those
places every text stays as it was. What a rename would write is found by the rename itself, made and taken back before
anything is stored.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from desktop.core.errors import NoteNotFound, TreeError
from desktop.core.records import Changes, LinkChange, NoteHead, NoteId, Section, TextEdit
from desktop.core.store import tree_changes
from desktop.core.store.database import Database, Transaction
from desktop.core.store.derived import clean
from desktop.core.store.name_paths import take_down
from desktop.core.store.names import name_for, unique_name
from desktop.core.store.rewriting.heading_renaming import follow_heading, rewording
from desktop.core.store.rewriting.retargeting import LinkEdit, Retargeting
from desktop.core.store.rewriting.text_edits import apply_edits, edited, join_changes
from desktop.core.store.rows import chunks, marks, read_head, read_texts, subtree
from desktop.core.text.folding import fold_name
from desktop.core.text.front_matter_lists import with_values
from desktop.core.text.front_matter_title import title_edit
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.outline import scan_sections
from desktop.core.text.span import changed_span
from desktop.core.text.surviving import surviving

MOST_SHOWN = 400  # characters of a link, or of the line that defines it, before and after
ROUNDS = 3  # of headings that name headings that name headings


@dataclass(slots=True)
class Rewriting:
    """A change of the tree that is made, and the edits that are to follow it."""

    changes: Changes
    links: list[LinkEdit] = field(default_factory=list)
    own: list[tuple[NoteId, TextEdit]] = field(default_factory=list)  # of the note's own text: its title, its aliases
    reworded: NoteId | None = None  # whose heading is among the edits, with the links that name it
    remark: str = ""
    lost: int = 0  # links that cannot be written so that they lead where they led

    def edits(self) -> dict[NoteId, list[TextEdit]]:
        """Return all edits by note, ascending; of two that meet the first one counts."""
        found: dict[NoteId, list[TextEdit]] = {}
        for edit in self.links:
            found.setdefault(edit.link.source_id, []).append(TextEdit(edit.start, edit.end, edit.text))
        for note_id, own in self.own:
            found.setdefault(note_id, []).append(own)
        for note_id, edits in found.items():
            apart: list[TextEdit] = []
            for text_edit in sorted(edits, key=lambda e: (e.start, e.end)):
                if not apart or text_edit.start >= apart[-1].end:
                    apart.append(text_edit)
            found[note_id] = apart
        return found


class Renaming:
    """What is renamed and moved, and what that would write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rename(self, note_id: NoteId, title: str, origin: str = "", *, keep_alias: bool = False) -> Changes:
        """Give a note another title, and all that follows from it; see Tree.rename."""
        with self._database.write() as transaction:
            return _finished(transaction, _renamed(transaction, note_id, title, origin, keep_alias), origin)

    def plan_rename(self, note_id: NoteId, title: str) -> tuple[LinkChange, ...]:
        """Return the links that a rename would rewrite."""
        return self._rehearsed(lambda transaction: _renamed(transaction, note_id, title, ""))

    def move(
        self, note_ids: Sequence[NoteId], parent_id: NoteId | None, position: int | None, origin: str = ""
    ) -> Changes:
        """Put notes elsewhere; see Tree.move."""
        with self._database.write() as transaction:
            return _finished(transaction, _moved(transaction, note_ids, parent_id, position, origin), origin)

    def plan_move(self, note_ids: Sequence[NoteId], parent_id: NoteId | None) -> tuple[LinkChange, ...]:
        """Return the links that a move would rewrite."""
        return self._rehearsed(lambda transaction: _moved(transaction, note_ids, parent_id, None, ""))

    def rename_heading(self, note_id: NoteId, ordinal: int, title: str, origin: str = "") -> Changes:
        """Give a heading other words; see Tree.rename_heading."""
        with self._database.write() as transaction:
            return _finished(transaction, _reworded(transaction, note_id, ordinal, title, origin), origin)

    def plan_heading(self, note_id: NoteId, ordinal: int, title: str) -> tuple[LinkChange, ...]:
        """Return the links that the renaming of a heading would rewrite."""
        return self._rehearsed(lambda transaction: _reworded(transaction, note_id, ordinal, title, ""))

    def follow_heading(self, note_id: NoteId, before: str, after: str, origin: str = "") -> Changes:
        """Bring the links to a heading that was reworded by typing to what it says now."""
        with self._database.write() as transaction:
            return _finished(transaction, _followed(transaction.sql, note_id, before, after, origin), origin)

    def plan_following(self, note_id: NoteId, before: str, after: str) -> tuple[LinkChange, ...]:
        """Return the links that `follow_heading` would rewrite; nothing is changed for the answer."""
        sql = self._database.read()
        return _shown(sql, _followed(sql, note_id, before, after, ""))

    def _rehearsed(self, change: Callable[[Transaction], Rewriting]) -> tuple[LinkChange, ...]:
        with _taken_back(self._database) as transaction:
            return _shown(transaction.sql, change(transaction))


class _TakenBack(Exception):
    """Ends a transaction that was only for asking."""


@contextmanager
def _taken_back(database: Database) -> Iterator[Transaction]:
    try:
        with database.write(counted=False) as transaction:
            yield transaction
            raise _TakenBack
    except _TakenBack:
        pass


def _renamed(
    transaction: Transaction, note_id: NoteId, title: str, origin: str, keep_alias: bool = False
) -> Rewriting:
    sql = transaction.sql
    before = read_head(sql, note_id)
    title = clean(" ".join(title.split())) or before.title
    if title == before.title:
        return Rewriting(Changes(origin=origin))
    follows = before.name == name_for(before.title) or fold_name(before.name) == fold_name(before.title)
    wanted = name_for(title) if follows else before.name
    name = before.name if wanted == before.name else unique_name(sql, wanted, before.parent_id, but=note_id)
    called = take_down(sql, [note_id])
    below = subtree(sql, [note_id], living=False) if name != before.name else [note_id]
    keys = tree_changes.all_keys(sql, below)
    text = read_texts(sql, [note_id])[note_id]
    links: list[LinkEdit] = []
    heading: list[LinkEdit] = []
    lost: list[int] = []

    def placed() -> None:
        now = tree_changes.all_keys(sql, below)
        retargeting = Retargeting(sql, called, note_id)
        links.extend(retargeting.edits(below, keys | now))
        lost.append(retargeting.lost)
        heading.extend(_retitled(sql, before, text, title))

    changes = tree_changes.set_names(transaction, note_id, title, name, origin, placed)
    rewriting = Rewriting(changes, [*links, *heading], reworded=note_id if heading else None, lost=sum(lost))
    if (written := title_edit(text, before.title, title)) is not None:
        rewriting.own.append((note_id, written))
    if keep_alias:
        _keep_alias(rewriting, before, text)
    return rewriting


def _retitled(sql: sqlite3.Connection, before: NoteHead, text: str, title: str) -> list[LinkEdit]:
    """Return the edits that let the first heading follow where it said the title, with the links that name it."""
    sections = scan_sections(text)
    if not sections or sections[0].title != before.title.strip():
        return []
    try:
        return rewording(sql, before.id, 0, title)
    except TreeError:
        return []  # a title that no heading can say: the heading's words are the user's to change


def _keep_alias(rewriting: Rewriting, before: NoteHead, text: str) -> None:
    after = with_values(text, {"aliases": [before.title]})
    if after == text:
        if not _has_alias(text, before.title):
            rewriting.remark = "The front matter cannot be read there, so the old name was not kept as an alias."
        return
    start, old_end, new_end = changed_span(text, after)
    rewriting.own.append((before.id, TextEdit(start, old_end, after[start:new_end])))


def _has_alias(text: str, title: str) -> bool:
    values = read_front_matter(text).values
    listed = [values.get(key, ()) for key in ("aliases", "alias")]
    said = [part for value in listed for part in (value.strip("[]").split(",") if isinstance(value, str) else value)]
    return fold_name(title) in {fold_name(" ".join(part.split())) for part in said}


def _moved(
    transaction: Transaction, note_ids: Sequence[NoteId], parent_id: NoteId | None, position: int | None, origin: str
) -> Rewriting:
    sql = transaction.sql
    called = take_down(sql, note_ids)
    if all(called[note_id].parent_id == parent_id for note_id in note_ids if note_id in called):
        return Rewriting(tree_changes.move_notes(transaction, note_ids, parent_id, position, origin))
    below = subtree(sql, note_ids, living=False)
    keys = tree_changes.all_keys(sql, below)
    links: list[LinkEdit] = []
    lost: list[int] = []

    def placed() -> None:
        now = tree_changes.all_keys(sql, below)
        retargeting = Retargeting(sql, called)
        links.extend(retargeting.edits(below, keys | now))
        lost.append(retargeting.lost)

    changes = tree_changes.move_notes(transaction, note_ids, parent_id, position, origin, placed)
    return Rewriting(changes, links, lost=sum(lost))


def _reworded(transaction: Transaction, note_id: NoteId, ordinal: int, title: str, origin: str) -> Rewriting:
    sql = transaction.sql
    head = read_head(sql, note_id)
    section = _section(sql, note_id, ordinal)
    if section.ordinal == 0 and section.title == head.title.strip():  # the note is called so too
        return _renamed(transaction, note_id, title, origin)
    return Rewriting(Changes(origin=origin), rewording(sql, note_id, ordinal, title), reworded=note_id)


def _followed(sql: sqlite3.Connection, note_id: NoteId, before: str, after: str, origin: str) -> Rewriting:
    return Rewriting(Changes(origin=origin), follow_heading(sql, note_id, before, after))


def _section(sql: sqlite3.Connection, note_id: NoteId, ordinal: int) -> Section:
    row = sql.execute(
        'SELECT ordinal, level, title, slug, start, "end" FROM section WHERE note_id = ? AND ordinal = ?',
        (note_id, ordinal),
    ).fetchone()
    if row is None:
        raise NoteNotFound("That heading is not in the note any more.")
    return Section(*row)


def _leave_out(sql: sqlite3.Connection, rewriting: Rewriting) -> None:
    """Leave out the edits that would take a link out of its text, and say of how many links the target is gone."""
    edits = Rewriting(Changes(), rewriting.links).edits()
    texts = read_texts(sql, edits)
    refused = set()
    for note_id, wanted in edits.items():
        kept = surviving(texts[note_id], wanted)
        refused |= {(note_id, edit.start, edit.end) for edit in wanted if edit not in kept}
    if refused:
        by_place = {(edit.link.source_id, edit.start, edit.end): edit for edit in rewriting.links}
        rewriting.links = [edit for place, edit in by_place.items() if place not in refused]
    lost = rewriting.lost + len(refused)
    if lost:
        rewriting.remark = f"Links that could not be written anew and lead nowhere now: {lost}."


def _finished(transaction: Transaction, rewriting: Rewriting, origin: str) -> Changes:
    """Store the edits of a change, and of what follows from them: a heading that holds a link is named by others."""
    _leave_out(transaction.sql, rewriting)
    parts = [rewriting.changes, apply_edits(transaction, rewriting.edits(), origin)]
    for _round in range(ROUNDS):
        further = [
            edit
            for said in parts[-1].reheaded
            if said.note_id != rewriting.reworded
            for edit in follow_heading(transaction.sql, said.note_id, said.before, said.after)
        ]
        if not further:
            break
        parts.append(apply_edits(transaction, Rewriting(Changes(), further).edits(), origin))
    return replace(join_changes(*parts), reheaded=(), remark=rewriting.remark)


def _shown(sql: sqlite3.Connection, rewriting: Rewriting) -> tuple[LinkChange, ...]:
    """Return what the edits of links do, by the title of their note and their place."""
    _leave_out(sql, rewriting)
    by_note: dict[NoteId, list[LinkEdit]] = {}
    for edit in rewriting.links:
        if edit.link.target or edit.link.anchor:  # not the heading itself
            by_note.setdefault(edit.link.source_id, []).append(edit)
    titles: dict[NoteId, str] = {}
    for chunk in chunks(list(by_note)):
        titles.update(sql.execute(f"SELECT id, title FROM note WHERE id IN ({marks(chunk)})", chunk))
    texts = read_texts(sql, by_note)
    found = []
    for note_id in sorted(by_note, key=lambda note_id: (fold_name(titles[note_id]), note_id)):
        spans: dict[tuple[int, int], dict[tuple[int, int], str]] = {}
        for edit in by_note[note_id]:
            span = _shown_span(texts[note_id], edit)
            spans.setdefault(span, {})[edit.start, edit.end] = edit.text
        for (start, end), places in sorted(spans.items()):
            before = texts[note_id][start:end]
            edits = [TextEdit(at - start, to - start, new) for (at, to), new in sorted(places.items())]
            found.append(LinkChange(note_id, titles[note_id], start, before, edited(before, edits)[0]))
    return tuple(found)


def _shown_span(text: str, edit: LinkEdit) -> tuple[int, int]:
    """Return the span of a link that is edited, or of the line that defines its target, cut where it is long."""
    start, end = edit.link.start, edit.link.end
    if not start <= edit.start <= edit.end <= end:
        start = text.rfind("\n", 0, edit.start) + 1
        end = text.find("\n", edit.end)
        end = len(text) if end < 0 else end
        while end > edit.end and text[end - 1] in "\r ":
            end -= 1
    return max(start, edit.start - MOST_SHOWN), min(end, edit.end + MOST_SHOWN)
