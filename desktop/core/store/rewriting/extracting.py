"""A part of a note becomes a note of its own; a link stands in its place, and no link anywhere leads elsewhere."""

from desktop.core.errors import SaveConflict, TreeError
from desktop.core.records import Changes, Extraction, NoteId, NoteKind
from desktop.core.store.database import Transaction
from desktop.core.store.derived import clean, replace_derived, resolve_links
from desktop.core.store.links.targets import TargetWriter
from desktop.core.store.names import name_for
from desktop.core.store.rewriting.link_keeping import LinkKeeper
from desktop.core.store.rewriting.text_edits import apply_edits, join_changes
from desktop.core.store.rows import checksum, read_head
from desktop.core.store.tree_changes import create_note, set_names
from desktop.core.text.document import read_document
from desktop.core.text.extraction import part_of, taken_out
from desktop.core.text.folding import fold_name


def extract(transaction: Transaction, wanted: Extraction, origin: str = "") -> Changes:
    """Take a part out within an open transaction; raise SaveConflict where the note says something else by now."""
    sql = transaction.sql
    head = read_head(sql, wanted.note_id)
    text = str(sql.execute("SELECT text FROM note WHERE id = ?", (head.id,)).fetchone()[0])
    if text != clean(wanted.text):
        raise SaveConflict("This note was changed elsewhere meanwhile; nothing was taken out.")
    part = part_of(text, wanted.start, wanted.end)
    if part is None:
        raise TreeError("There is nothing to take out: select some words first.")
    title = clean(" ".join(wanted.title.split())) or part.title or "Untitled"
    keeper = LinkKeeper(sql, {head.id: text}, keys={fold_name(title), fold_name(name_for(title))})
    kind = NoteKind.NOTE if head.kind is NoteKind.FOLDER else head.kind
    beside = head.position + 1 if wanted.parent_id == head.parent_id else None
    created = create_note(transaction, title, kind, wanted.parent_id, beside, origin=origin)
    new_id = created.created[0]
    target = TargetWriter(sql).new(head.id, new_id) or name_for(title)
    label = "" if fold_name(target.rpartition("/")[2]) == fold_name(title) else f"|{name_for(title)}"
    link = f"{'!' if wanted.embed else ''}[[{target}{'' if wanted.embed else label}]]"
    new, old = taken_out(head.id, text, part, title, link)
    works, edits = keeper.keep({head.id: old, new_id: new}, {})
    _settle(transaction, new_id, works[new_id].text)
    edits[head.id] = list(works[head.id].edits_of(len(text)))
    written = apply_edits(transaction, edits, origin)
    return join_changes(created, _with_names(transaction, written, head.id, head.title, head.name, origin))


def _settle(transaction: Transaction, note_id: NoteId, text: str) -> None:
    """Give a note that is made in this transaction its text."""
    sql, document = transaction.sql, read_document(text)
    sql.execute(
        "UPDATE note SET text = ?, checksum = ?, date = ? WHERE id = ?",
        (text, checksum(text), document.date, note_id),
    )
    replace_derived(sql, note_id, document)
    resolve_links(sql, sources=[note_id])


def _with_names(
    transaction: Transaction, written: Changes, note_id: NoteId, title: str, name: str, origin: str
) -> Changes:
    """Keep a note's title and name, although the heading that they follow went away."""
    if note_id not in written.renamed:
        return written
    return join_changes(written, set_names(transaction, note_id, title, name, origin))
