"""Mentions become links: `[[Name|words]]`, or `[[words]]` where these are the name but for case.

The words stay, and so does everything around them. A place is written only where the words still stand, at their old
offset or the nearest like it, and only where the link then leads to the note from there; otherwise a path is written
for the name, and where none leads there, nothing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from desktop.core.records import Changes, Link, LinkedMentions, LinkKind, NoteId, TextEdit
from desktop.core.search.named_places import Span, unlinked_places
from desktop.core.search.naming import Name
from desktop.core.store.database import Database
from desktop.core.store.links.places import NamedText, named_texts
from desktop.core.store.links.targets import TargetWriter
from desktop.core.store.rewriting.text_edits import apply_edits, edited
from desktop.core.text.folding import fold_name
from desktop.core.text.links import scan_links

TEXTS_AT_ONCE = 50


def link_mentions(
    database: Database,
    note_id: NoteId,
    names: Sequence[Name],
    places: Mapping[NoteId, Sequence[tuple[int, str]] | None],
    origin: str = "",
) -> LinkedMentions:
    """Write links at places, each an offset and the words there, by note; None stands for all places in a note."""
    linked = skipped = 0
    with database.write() as transaction:
        writer = TargetWriter(transaction.sql)
        edits: dict[NoteId, list[TextEdit]] = {}
        ids = list(places)
        for start in range(0, len(ids), TEXTS_AT_ONCE):
            chunk = ids[start : start + TEXTS_AT_ONCE]
            notes = {note.id: note for note in named_texts(transaction.sql, chunk)}
            for source_id in chunk:
                wanted = places[source_id]
                note, target = notes.get(source_id), writer.new(source_id, note_id)
                if note is None or target is None or source_id == note_id:
                    skipped += len(wanted or ())
                    continue
                spans = unlinked_places(note.text, names, note.links)
                asked = len(spans) if wanted is None else len(wanted)
                written = _edits(note, spans if wanted is None else _found_again(note.text, spans, wanted), target)
                linked += len(written)
                skipped += asked - len(written)
                if written:
                    edits[source_id] = written
        changes = apply_edits(transaction, edits, origin) if edits else Changes(origin=origin)
    return LinkedMentions(changes, linked, skipped)


def _found_again(text: str, spans: Sequence[Span], wanted: Iterable[tuple[int, str]]) -> list[Span]:
    """Return where the wanted words stand now: each at its place, or at the nearest that nobody else wants."""
    ends = dict(spans)
    found: list[Span] = []
    moved: list[tuple[int, str]] = []
    for offset, words in wanted:
        end = ends.get(offset)
        if end is not None and text[offset:end] == words:
            found.append((offset, ends.pop(offset)))
        else:
            moved.append((offset, words))
    free: dict[str, list[int]] = {}
    for start, end in ends.items():
        free.setdefault(text[start:end], []).append(start)
    for offset, words in moved:
        left = free.get(words)
        if left:
            at = bisect_left(left, offset)
            if at == len(left) or (at and offset - left[at - 1] <= left[at] - offset):
                at -= 1
            start = left.pop(at)
            found.append((start, ends[start]))
    return sorted(found)


def _edits(note: NamedText, spans: Sequence[Span], target: str) -> list[TextEdit]:
    """Return the edits that make links of these places; the scanner is asked whether each of them is one then."""
    text = note.text
    edits = []
    line_end, in_table = -1, False
    for start, end in spans:
        if start > line_end:
            line = text.rfind("\n", 0, start) + 1
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            in_table = text.find("|", line, line_end) >= 0  # where a bar would end the cell
        edits.append(TextEdit(start, end, _written(text[start:end], target, "\\|" if in_table else "|")))
    after, inverse = edited(text, edits)
    seen = {link.start: link for link in scan_links(after)} if edits else {}
    return [
        edit for edit, back in zip(edits, inverse, strict=True)
        if (link := seen.get(back.start)) is not None and _leads_there(link, back.end, target)
    ]  # fmt: skip


def _leads_there(link: Link, end: int, target: str) -> bool:
    return link.kind is LinkKind.WIKI and link.end == end and fold_name(link.target) == fold_name(target)


def _written(words: str, target: str, bar: str) -> str:
    words = " ".join(words.split())
    return f"[[{words}]]" if fold_name(words) == fold_name(target) else f"[[{target}{bar}{words}]]"
