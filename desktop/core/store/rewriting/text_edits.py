"""Edits of several texts in one transaction, and the way back.

The change that comes out holds the edits that undo it. They restore the texts byte for byte while the notes are at the
version that was stored; where a note was edited since, each place is found again by the words before, in and after it,
and where one cannot be found, nothing is written and one sentence says so.

Who changes the tree and texts at once does both in one transaction (`tree_changes` holds the tree's part), and joins
the changes of the parts by `join_changes`: they are taken back together, the last first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop.core.errors import NoteNotFound, SaveConflict
from desktop.core.records import Changes, NoteId, TextEdit, TreeStep
from desktop.core.store.database import Transaction
from desktop.core.store.derived import clean
from desktop.core.store.rewriting.bulk_storing import read_notes, store_texts

AROUND = 60  # characters kept on each side of an edit, by which its place is found again
LEAST_AROUND = 12  # of them, on one side, that still tell a place from others


def apply_edits(
    transaction: Transaction, edits: Mapping[NoteId, Sequence[TextEdit]], origin: str = "", *, follow: bool = True
) -> Changes:
    """Write edits, ascending and apart from each other, into the stored texts; derived rows follow.

    Unless `follow` is off, a title that a text's heading says follows the heading, as when the user writes it.
    Raise NoteNotFound for a note that is not there any more.
    """
    wanted = [note_id for note_id, places in edits.items() if places]
    notes = read_notes(transaction, wanted)
    if len(notes) < len(wanted):
        raise NoteNotFound("That note is not in the library any more.")
    texts: dict[NoteId, str] = {}
    inverse: dict[NoteId, tuple[TextEdit, ...]] = {}
    for note_id, note in notes.items():
        texts[note_id], inverse[note_id] = edited(note.text, edits[note_id])
    called = {note_id: (note.title, note.name) for note_id, note in notes.items()}
    stored = store_texts(transaction, notes, texts, edits, origin, follow=follow)
    if not stored.edited:
        return stored
    changed = [note_id for note_id in wanted if note_id in stored.edited]
    back = tuple((note_id, stored.versions[note_id], inverse[note_id]) for note_id in changed)
    undo = TreeStep("edits", tuple(changed), edits=back)
    # A title that followed a heading: the way back must not depend on its following again.
    names = [
        TreeStep("names", (note_id,), title=called[note_id][0], name=called[note_id][1]) for note_id in stored.renamed
    ]
    return replace(stored, undo=TreeStep("all", undo.note_ids, steps=(undo, *names)) if names else undo)


def apply_step(transaction: Transaction, step: TreeStep, origin: str = "") -> Changes:
    """Apply a step of "edits": where it was meant for another version, find its places again or raise SaveConflict.

    Titles and names stay: those that had followed a heading are taken back by a step of their own.
    """
    notes = read_notes(transaction, list(step.note_ids))
    edits: dict[NoteId, Sequence[TextEdit]] = {}
    for note_id, version, places in step.edits:
        note = notes.get(note_id)
        if note is not None:  # else it was deleted for good: nothing of it is left to take back
            edits[note_id] = places if note.version == version else _found_again(note.text, places, note.title)
    return apply_edits(transaction, edits, origin, follow=False)


def edited(text: str, edits: Sequence[TextEdit]) -> tuple[str, tuple[TextEdit, ...]]:
    """Return the text with the edits made, and the edits that take them back."""
    pieces: list[str] = []
    starts: list[int] = []  # of what was written, in the new text
    position = length = 0
    for edit in edits:
        if not position <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edits must be ascending, apart, and within the text: {edit.start}-{edit.end}")
        written = clean(edit.text)
        pieces += (text[position : edit.start], written)
        starts.append(length + edit.start - position)
        length = starts[-1] + len(written)
        position = edit.end
    after = "".join((*pieces, text[position:]))
    inverse = []
    for edit, start in zip(edits, starts, strict=True):
        end = start + len(clean(edit.text))
        around = after[max(0, start - AROUND) : start], after[start:end], after[end : end + AROUND]
        inverse.append(TextEdit(start, end, text[edit.start : edit.end], around))
    return after, tuple(inverse)


def join_changes(*changes: Changes) -> Changes:
    """Return several changes of one transaction as one; where a part cannot be taken back, the whole cannot."""
    parts = [change for change in changes if change]
    steps = [part.undo for part in reversed(parts)]
    undo = None
    if steps and None not in steps:
        found = [step for step in steps if step is not None]
        ids = dict.fromkeys(note_id for step in found for note_id in step.note_ids)
        undo = found[0] if len(found) == 1 else TreeStep("all", tuple(ids), steps=tuple(found))
    versions: dict[NoteId, int] = {}
    for change in changes:
        versions.update(change.versions)
    return Changes(
        origin=next((change.origin for change in changes if change.origin), ""),
        created=tuple(note_id for part in parts for note_id in part.created),
        edited=_union(part.edited for part in parts),
        renamed=_union(part.renamed for part in parts),
        moved=_union(part.moved for part in parts),
        trashed=_union(part.trashed for part in parts),
        restored=_union(part.restored for part in parts),
        deleted=_union(part.deleted for part in parts),
        relinked=_union(part.relinked for part in parts),
        parents=frozenset(parent for part in parts for parent in part.parents),
        versions=versions,
        searches=any(part.searches for part in parts),
        attachments=any(part.attachments for part in parts),
        everything=any(part.everything for part in parts),
        reheaded=tuple(said for part in parts for said in part.reheaded),
        remark=next((part.remark for part in parts if part.remark), ""),
        undo=undo,
    )


def _union(sets: Iterable[frozenset[NoteId]]) -> frozenset[NoteId]:
    return frozenset[NoteId]().union(*sets)


def _found_again(text: str, edits: Sequence[TextEdit], title: str) -> list[TextEdit]:
    """Return the edits at the places where their surroundings stand now; raise SaveConflict where they do not."""
    found: list[TextEdit] = []
    moved, low = 0, 0
    for edit in edits:
        place = _place_of(text, edit, low, edit.start + moved)
        if place is None:
            raise SaveConflict(f"“{title}” was changed there since; nothing was taken back.")
        end = place + edit.end - edit.start
        found.append(TextEdit(place, end, edit.text))
        moved, low = place - edit.start, end
    return found


def _place_of(text: str, edit: TextEdit, low: int, expected: int) -> int | None:
    """Return where an edit's span stands at or after `low`, the nearest to `expected`."""
    if edit.around is None:
        return None
    before, within, after = edit.around
    patterns = [(before, within, after)]
    patterns += [("", within, after)] if len(after) >= LEAST_AROUND else []
    patterns += [(before, within, "")] if len(before) >= LEAST_AROUND else []
    near = before[-LEAST_AROUND:], within, after[:LEAST_AROUND]
    patterns += [near] if within.strip() and len("".join(near)) >= LEAST_AROUND else []
    for lead, middle, tail in patterns:
        wanted = lead + middle + tail
        start = max(low - len(lead), 0)
        ahead = text.find(wanted, max(start, expected - len(lead)))
        behind = text.rfind(wanted, start, max(start, expected - len(lead)) + len(wanted) - 1) if ahead < 0 or (
            ahead != expected - len(lead)
        ) else -1  # fmt: skip
        places = [place + len(lead) for place in (ahead, behind) if place >= 0 and place + len(lead) >= low]
        if places:
            return min(places, key=lambda place: abs(place - expected))
    return None
