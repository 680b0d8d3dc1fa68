"""Edits that change the address of a link, with its anchor and its words, and nothing else that a text says.

A rename writes a thousand texts; to read each of them whole for one link costs more than all the rest of it. Where
every edit is the target of a link, in characters that mean nothing to the lines around it, the rows that follow from
the text are known: the link says what it says by itself, and all behind it moves. Whatever is not so plain is told
apart here, and read whole.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.core.records import Link, LinkKind, NoteId, TextEdit
from desktop.core.store.derived import clean
from desktop.core.store.links.resolver import target_key
from desktop.core.text.links import scan_links

MOST_ROWS = 300  # links or headings of a note; with more of them the rows are not moved one by one
MOST_CHARACTERS = 400  # of a link
KINDS = ("wiki", "embed", "markdown")
_PLAIN = re.compile(r"(?!.*%%)[\w .,/()%+#|^:;!?«»“”„’—–…№-]*\Z")  # opens and closes nothing within a link


@dataclass(frozen=True, slots=True)
class QuietEdit:
    """The rows that were changed: the links whose target is another, and the notes that they led to."""

    links: tuple[int, ...]
    went_to: frozenset[NoteId]


def edit_quietly(sql: sqlite3.Connection, note_id: NoteId, text: str, edits: Sequence[TextEdit]) -> QuietEdit | None:
    """Bring the rows of a note up to edits of its text; None, and nothing done, where the text has to be read."""
    if not all(_is_plain(text, edit) for edit in edits):
        return None
    links = sql.execute(
        'SELECT id, kind, start, "end", target_start, target_end, target_id FROM link WHERE source_id = ? LIMIT ?',
        (note_id, MOST_ROWS + 1),
    ).fetchall()
    sections = sql.execute(
        'SELECT start, "end", ordinal FROM section WHERE note_id = ? LIMIT ?', (note_id, MOST_ROWS + 1)
    ).fetchall()
    if max(len(links), len(sections)) > MOST_ROWS:
        return None
    headings = {row[0] for row in sections}
    said: dict[int, Link] = {}
    for edit in edits:
        found = [row for row in links if row[2] <= edit.start < row[3]]  # two: a link in the label of a link
        if len(found) != 1 or _is_heading(text, edit, headings):
            return None
        row = found[0]
        if row[1] not in KINDS or not row[2] < row[4] == edit.start <= edit.end < row[3] <= row[2] + MOST_CHARACTERS:
            return None
        if sum(row[2] <= other.start < row[3] for other in edits) > 1:
            return None
        link = _alone(text[row[2] : edit.start] + edit.text + text[edit.end : row[3]], row[1])
        if link is None:
            return None
        said[row[0]] = link
    _move(sql, note_id, edits, links, sections, said)
    went_to = frozenset(NoteId(row[6]) for row in links if row[0] in said and row[6] is not None)
    return QuietEdit(tuple(said), went_to)


def _move(
    sql: sqlite3.Connection,
    note_id: NoteId,
    edits: Sequence[TextEdit],
    links: Sequence[tuple[int, str, int, int, int, int, NoteId | None]],
    sections: Sequence[tuple[int, int, int]],
    said: dict[int, Link],
) -> None:
    def now(place: int) -> int:
        return place + sum(len(e.text) - e.end + e.start for e in edits if e.end <= place and e.start < place)

    moved = [
        (now(row[2]), now(row[3]), now(row[4]), now(row[5]), row[0])
        for row in links
        if row[0] not in said and max(row[2:6]) > edits[0].start
    ]
    sql.executemany('UPDATE link SET start = ?, "end" = ?, target_start = ?, target_end = ? WHERE id = ?', moved)
    starts = {row[0]: now(row[2]) for row in links if row[0] in said}
    sql.executemany(
        'UPDATE link SET target = ?, anchor = ?, label = ?, start = ?, "end" = ?, target_start = ?, target_end = ?,'
        " target_key = ? WHERE id = ?",
        [
            (clean(link.target), clean(link.anchor), clean(link.label), starts[row_id], starts[row_id] + link.end,
             starts[row_id] + link.target_start, starts[row_id] + link.target_end, clean(target_key(link)), row_id)
            for row_id, link in said.items()
        ],
    )  # fmt: skip
    sql.executemany(
        'UPDATE section SET start = ?, "end" = ? WHERE note_id = ? AND ordinal = ?',
        [(now(row[0]), now(row[1]), note_id, row[2]) for row in sections if row[1] > edits[0].start],
    )


def _is_plain(text: str, edit: TextEdit) -> bool:
    """Tell whether an edit takes away and brings nothing that opens or closes anything; two percent signs do."""
    old = text[edit.start : edit.end]
    if not (_PLAIN.match(edit.text) and _PLAIN.match(old)):
        return False
    before, after = text[max(edit.start - 1, 0) : edit.start], text[edit.end : edit.end + 1]
    return not any("%%" in f"{before}{said}{after}" for said in (old, edit.text))


def _is_heading(text: str, edit: TextEdit, headings: set[int]) -> bool:
    """Tell whether an edit stands in the line of a heading, or in the front matter."""
    line = text.rfind("\n", 0, edit.start) + 1
    end = text.find("\n", edit.end)
    first = min(headings, default=len(text))
    in_front = text.startswith(("---", "\ufeff---")) and edit.start < first
    return in_front or any(line <= start <= (end if end >= 0 else len(text)) for start in headings)


@lru_cache(maxsize=2048)  # a rename writes the same words again and again
def _alone(written: str, kind: str) -> Link | None:
    """Return the link that a text of one link is, None where it is anything else."""
    lead = "x " if kind != LinkKind.EMBED else ""  # no definition, and no front matter
    found = scan_links(lead + written, 0)
    if len(found) != 1 or found[0].kind != kind or (found[0].start, found[0].end) != (len(lead), len(lead + written)):
        return None
    link, by = found[0], len(lead)
    return Link(
        link.kind, link.target, link.anchor, link.label, link.start - by, link.end - by, link.target_start - by,
        link.target_end - by,
    )  # fmt: skip
