"""Where the notes of an import go: which are new, which update a note, which are skipped, and under what name.

Decides only; the caller stores. Works on what the library held when the transaction began.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.core.records import Document, NoteId, NoteKind, ReportLine
from desktop.core.store.drafts import Drafts, ImportedNote, NoteDraft
from desktop.core.store.names import name_for
from desktop.core.text.document import read_document
from desktop.core.text.folding import fold_name

EMPTY = read_document("")


@dataclass(slots=True)
class Arrival:
    """A page or a folder on its way in; without a document it is a folder, or a page that was not read."""

    name: str
    parent: "Arrival | None"
    source: str  # the page, else the folder; "" when there is neither
    folder: str  # the folder beside the page, or ""
    depth: int  # 0 for what the user chose
    text: str = ""
    document: Document | None = None
    checksum: bytes = b""
    kind: NoteKind = NoteKind.FOLDER
    created: int = 0
    unchanged: bool = False  # a page whose file is what it was at the last import; not read
    note_id: NoteId | None = None  # once it is known to be in the library
    draft: int | None = None  # once it is among the drafts


@dataclass(frozen=True, slots=True)
class Update:
    """A note that gets the newer text of its file."""

    note_id: NoteId
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Place:
    """A parent: a note of the library, a draft, or (both None) the root."""

    note_id: NoteId | None = None
    draft: int | None = None


class Shelf:
    """Sorts arrivals into drafts, updates and what is skipped."""

    def __init__(
        self, drafts: Drafts, text_of: Callable[[NoteId], str], parent_id: NoteId | None, new_parent: str
    ) -> None:
        """Place everything under `parent_id`, or under a note called `new_parent` to be made, or at the root."""
        self.drafts: list[NoteDraft] = []
        self.updates: list[Update] = []
        self.confirmed: list[Update] = []  # the user wrote into the note what the file says now
        self.report: list[ReportLine] = []
        self.skipped = 0
        self._store = drafts
        self._text_of = text_of
        self._pages: list[int] = []
        self._names: dict[tuple[Place, str], Place] = {
            (Place(parent), key): Place(note_id) for (parent, key), note_id in drafts.children_by_name().items()
        }
        self._numbers: dict[tuple[Place, str], int] = {}  # the last one given, so that many namesakes cost no search
        self._above = {place: (parent, key) for (parent, key), place in self._names.items()}
        self._known: dict[str, ImportedNote] = {}
        self._parent = Place(parent_id)
        self._new_parent = new_parent

    def place(self, arrivals: Sequence[Arrival]) -> None:
        """Decide about every arrival; parents come before what lies in them."""
        sources = [source for a in arrivals for source in (a.source, a.folder) if source]
        self._known = self._store.imported_from(sources)
        collections: dict[str, tuple[str, Arrival]] = {}
        seen: set[str] = set()
        for arrival in arrivals:
            known = self._known.get(arrival.source)
            if arrival.document is None:
                if known is not None:
                    arrival.note_id = known.id
                if arrival.unchanged and arrival.source not in seen:
                    self._skip(arrival)
                seen.add(arrival.source)
                continue
            if arrival.source in seen:
                continue  # chosen by itself and with its folder
            seen.add(arrival.source)
            if known is None and arrival.folder in self._known and arrival.folder != arrival.source:
                known = self._known[arrival.folder]  # the folder was imported before it had a page
            if known is None:
                self._add(arrival)
            elif known.edited and self._text_of(known.id) == arrival.text:
                arrival.note_id = known.id
                self.confirmed.append(Update(known.id, arrival))
                self._skip(arrival)
            elif known.edited:
                self._add(arrival)
                message = "The file and its note were both changed; the file's version was put beside the note."
                self.report.append(ReportLine(arrival.source, "warning", message))
            else:
                arrival.note_id = known.id
                self.updates.append(Update(known.id, arrival))
            if arrival.document.collection and arrival.depth and arrival.draft is not None:
                collections.setdefault(fold_name(arrival.document.collection), (arrival.document.collection, arrival))
        self._make_sure_of(collections)

    def _skip(self, arrival: Arrival) -> None:
        self.skipped += 1
        self.report.append(ReportLine(arrival.source, "info", "The note says the same already; skipped."))

    def pages(self, ids: Sequence[NoteId]) -> list[NoteId]:
        """Return which of the stored drafts are pages of the import; the others are folders and collections."""
        return [ids[index] for index in self._pages]

    def names_above(self, owner: Arrival | None, root: str) -> list[str]:
        """Return the folded names of the notes above an owner's files; the owner is a page or a chosen folder."""
        if owner is not None and (owner.note_id is not None or owner.draft is not None):
            place = Place(owner.note_id, owner.draft if owner.note_id is None else None)
            return self._chain(place) if root else self._chain(place)[:-1]
        return [*self._chain(self._parent), *([name_for(root)] if root else [])]

    def _chain(self, place: Place) -> list[str]:
        """Return the folded names from the root down to a place."""
        names: list[str] = []
        while place in self._above:
            place, key = self._above[place]
            names.append(key)
        return names[::-1]

    def _add(self, arrival: Arrival) -> None:
        assert arrival.document is not None
        parent = self._place_for(arrival)
        title = arrival.document.title or arrival.name
        arrival.draft = self._draft(arrival, parent, title, arrival.document)
        self._pages.append(arrival.draft)

    def _place_for(self, arrival: Arrival) -> Place:
        """Return the parent of an arrival: its folder, or for a lecture chosen by itself its collection."""
        if arrival.parent is not None:
            return self._folder(arrival.parent)
        top = self._top()
        collection = arrival.document.collection if arrival.document is not None else ""
        if not collection or fold_name(name_for(collection)) in (fold_name(arrival.name), *self._chain(top)):
            return top
        return self._names.get((top, fold_name(name_for(collection)))) or self._new(collection, NoteKind.NOTE, top)

    def _folder(self, arrival: Arrival) -> Place:
        """Return the place of a folder, made now when nothing stood in it before."""
        if arrival.note_id is None and arrival.draft is None:
            arrival.draft = self._draft(arrival, self._place_for(arrival), arrival.name, EMPTY)
        return Place(arrival.note_id, arrival.draft if arrival.note_id is None else None)

    def _top(self) -> Place:
        if self._new_parent:
            self._parent = self._new(self._new_parent, NoteKind.FOLDER, Place())
            self._new_parent = ""
        return self._parent

    def _new(self, title: str, kind: NoteKind, parent: Place) -> Place:
        draft = self._draft(Arrival(title, None, "", "", 0, kind=kind), parent, title, EMPTY)
        return Place(draft=draft)

    def _draft(self, arrival: Arrival, parent: Place, title: str, document: Document) -> int:
        wanted = name_for(arrival.name)
        key = (parent, fold_name(wanted))
        name, number = wanted, 1
        while (parent, fold_name(name)) in self._names:
            number = max(number, self._numbers.get(key, 1)) + 1
            name = f"{wanted} {number}"
        self._numbers[key] = number
        if number > 1:
            message = f"Stored as “{name}”, because there is a “{wanted}” already."
            self.report.append(ReportLine(arrival.source, "warning", message))
            title = f"{title} {number}" if title == arrival.name else title
        index = len(self.drafts)
        self._names[parent, fold_name(name)] = Place(draft=index)
        self._above[Place(draft=index)] = (parent, fold_name(name))
        self.drafts.append(
            NoteDraft(
                name=name,
                title=title,
                kind=arrival.kind,
                text=arrival.text,
                document=document,
                parent_id=parent.note_id,
                parent_draft=parent.draft,
                source=arrival.source,
                source_checksum=arrival.checksum,
                created=arrival.created,
            )
        )
        return index

    def _make_sure_of(self, collections: dict[str, tuple[str, Arrival]]) -> None:
        """Make the collections that lectures inside folders name and that nothing goes by yet."""
        if not collections:
            return
        there = {key for _place, key in self._names}
        for key, (collection, arrival) in collections.items():
            if key in there or fold_name(name_for(collection)) in there:
                continue
            while arrival.parent is not None:
                arrival = arrival.parent
            self._new(collection, NoteKind.NOTE, self._folder(arrival))
