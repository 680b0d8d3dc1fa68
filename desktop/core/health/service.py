"""Looking at every link of a library once, and mending what is chosen.

The look runs on a reader's thread in small steps: between them others get their turn, and it can be stopped. Every
list is cut at MOST entries, so that a library of any size fits; what is left out is counted.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from desktop.core.errors import Cancelled
from desktop.core.health.addresses import canonical
from desktop.core.health.likeness import CERTAIN, Found, Seeker, words_of
from desktop.core.records import (
    AmbiguousLink,
    BrokenLink,
    Changes,
    DuplicateAddress,
    Fault,
    HealthReport,
    Link,
    LinkKind,
    NoteHead,
    NoteId,
    NoteKind,
    OrphanFile,
    Progress,
    Suggestion,
)
from desktop.core.store.database import Database
from desktop.core.store.links.facts import LinkFacts, Placed, Replacement, names_of_files
from desktop.core.store.links.targets import TargetWriter
from desktop.core.text.anchors import Headings, anchor_of, naming_words
from desktop.core.text.blocks import find_block, is_block_id, scan_blocks
from desktop.core.text.folding import fold_name

MOST = 10_000  # entries of one list
STEP_S = 0.008  # of work between two rests, half a frame
REST_S = 0.0005  # for whoever waits for the interpreter
_MOST_NEAR = 8  # names as near as each other that are compared by their folders
LIKE_FILES = (
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif", ".pdf", ".mp3", ".wav", ".ogg", ".m4a", ".mp4",
    ".webm", ".mov", ".zip", ".csv", ".docx", ".xlsx", ".pptx", ".ipynb", ".excalidraw", ".canvas", ".drawio", ".json",
)  # fmt: skip
PARTS = ("broken", "places", "ambiguous", "orphans", "files", "addresses")

Report = Callable[[Progress], None]


class Health:
    """The health of one library's links; to be asked from any thread."""

    def __init__(self, database: Database) -> None:
        self._facts = LinkFacts(database)

    def report(self, progress: Report | None = None, cancelled: Callable[[], bool] | None = None) -> HealthReport:
        """Look at everything; raise Cancelled when asked to stop."""
        return _Look(self._facts, progress or (lambda _progress: None), cancelled or (lambda: False)).all()

    def use(self, links: Sequence[BrokenLink | AmbiguousLink], origin: str = "") -> tuple[Changes, int]:
        """Write the suggestion of each broken link, the exact path of each ambiguous one, as one undoable change.

        Return the changes and how many links were left out because their text is another by now.
        """
        replacements = []
        for link in links:
            if isinstance(link, AmbiguousLink):
                if link.written:
                    replacements.append(Replacement(link.source.id, link.link, target=link.written))
            elif link.suggestion is not None:
                written = link.suggestion.written
                is_place = link.fault in (Fault.HEADING, Fault.BLOCK)
                target, anchor = (None, written) if is_place else (written, None)
                replacements.append(Replacement(link.source.id, link.link, target, anchor))
        return self._facts.replace(replacements, origin)


class _Look:
    """One look: the lists as they grow, and the clock."""

    def __init__(self, facts: LinkFacts, progress: Report, cancelled: Callable[[], bool]) -> None:
        self._facts = facts
        self._progress = progress
        self._cancelled = cancelled
        self._part = 0
        self._due = time.monotonic() + STEP_S
        self._left_out: dict[str, int] = {}
        self._target_writer: TargetWriter | None = None

    def all(self) -> HealthReport:
        """Look at one thing after another."""
        notes, links = self._facts.totals()
        broken = [*self._missing_targets(), *self._missing_places()]
        self._next_part()
        ambiguous = self._ambiguous()
        self._next_part()
        orphans = self._orphans()
        self._next_part()
        files = self._orphan_files()
        self._next_part()
        addresses = self._duplicate_addresses()
        self._next_part()
        broken.sort(key=lambda entry: (fold_name(entry.source.title), entry.source.id, entry.link.start))
        return HealthReport(
            notes, links, tuple(broken), tuple(ambiguous), tuple(orphans), tuple(files), tuple(addresses),
            {name: count for name, count in self._left_out.items() if count},
        )  # fmt: skip

    # --- the clock ---------------------------------------------------------------------------------------

    def _step(self) -> None:
        """Give others their turn now and then; stop when asked to."""
        if time.monotonic() < self._due:
            return
        if self._cancelled():
            raise Cancelled
        time.sleep(REST_S)
        self._due = time.monotonic() + STEP_S

    def _next_part(self) -> None:
        self._part += 1
        self._progress(Progress(self._part, len(PARTS), "Looking at links"))
        self._step()

    def _keep(self, name: str, entries: list[object]) -> bool:
        """Tell whether a list has room; count what it has no room for."""
        self._step()
        if len(entries) < MOST:
            return True
        self._left_out[name] = self._left_out.get(name, 0) + 1
        return False

    @property
    def _writer(self) -> TargetWriter:
        if self._target_writer is None:
            self._target_writer = self._facts.writer()
        return self._target_writer

    # --- links that lead nowhere -------------------------------------------------------------------------

    def _missing_targets(self) -> list[BrokenLink]:
        """Return the links to notes and files that are not there."""
        found: list[object] = []
        places: list[Placed] = []
        for placed in self._facts.unresolved():
            if self._keep("broken", found):
                found.append(placed)
                places.append(placed)
        if not places:
            return []
        sought = [_last_name(link) for _source, link in places if not _is_file(link)]
        seeker = Seeker(dict.fromkeys(sought))
        for note_id, name, former in self._facts.names():
            self._step()
            seeker.offer(note_id, name, former=former)
        files = Seeker(dict.fromkeys(_last_name(link) for _source, link in places if _is_file(link)))
        for _key, file in self._facts.files():
            self._step()
            files.offer(file.path, file.name)
        trashed = self._facts.trashed([fold_name(name) for name in dict.fromkeys(sought)])
        near = {owner for answer in seeker.found.values() for owner, _name in answer.hits[:_MOST_NEAR]}
        concerned = {source for source, _link in places} | {NoteId(n) for n in near if isinstance(n, int)}
        heads = self._facts.heads(list(concerned))
        broken = []
        for source_id, link in places:
            self._step()
            name = _last_name(link)
            if _is_file(link):
                suggestion = self._file_meant(link, files.found.get(name))
                broken.append(BrokenLink(heads[source_id], link, Fault.FILE, suggestion))
            else:
                suggestion = self._note_meant(source_id, link, seeker.found.get(name), heads)
                lost = trashed.get(fold_name(name))
                broken.append(BrokenLink(heads[source_id], link, Fault.NOTE, suggestion, trashed=lost))
        return broken

    def _note_meant(
        self, source_id: NoteId, link: Link, found: Found | None, heads: dict[NoteId, NoteHead]
    ) -> Suggestion | None:
        """Return the note that a link may have meant, with what must be written to lead there."""
        if found is None or link.kind is LinkKind.COLLECTION:
            return None
        folders = {words_of(name) for name in link.target.split("/")[:-1]}
        ranked: list[tuple[tuple[bool, int], NoteHead, str]] = []
        for owner, name in found.hits[:_MOST_NEAR]:
            head = heads.get(NoteId(owner)) if isinstance(owner, int) else None
            if head is not None and head.id != source_id:
                shared = sum(words_of(folder) in folders for folder in self._writer.paths.to(head.id)[:-1])
                ranked.append(((head.kind is NoteKind.FOLDER, -shared), head, name))
        ranked.sort(key=lambda entry: entry[0])  # pages before folders, then those in folders of the same names
        for place, (rank, head, name) in enumerate(ranked):
            if written := self._writer.new(source_id, head.id, link.kind):
                only = place == 0 and all(rank != other for other, _head, _name in ranked[1:])
                shown = head.name if fold_name(head.name) == fold_name(name) else head.title
                return Suggestion(shown, written, found.like, only and found.like in CERTAIN, head)
        return None

    def _file_meant(self, link: Link, found: Found | None) -> Suggestion | None:
        if found is None or not found.hits:
            return None
        path, name = found.hits[0]
        written = name
        if link.kind in (LinkKind.MARKDOWN, LinkKind.IMAGE):
            from urllib.parse import quote  # late: few files are missing

            written = quote(name)
        return Suggestion(str(path), written, found.like, found.sure)

    def _missing_places(self) -> Iterator[BrokenLink]:
        """Yield the links whose heading or block is not in the note."""
        count: list[object] = []
        for target_id, rows in groupby(self._facts.anchored(), key=lambda row: row[0]):
            sections = self._facts.sections(target_id)
            headings = Headings(sections)
            blocks = _Blocks(lambda target_id=target_id: self._facts.text(target_id))  # type: ignore[misc]
            missing: list[Placed] = []
            for _target, source_id, link in rows:
                self._step()
                anchor = link.anchor.strip().lstrip("#").strip()
                if anchor.startswith("^"):
                    if not blocks.has(anchor[1:]):
                        missing.append((source_id, link))
                elif anchor and anchor.lower() != "top" and headings.find(anchor, naming_words(link)) is None:
                    missing.append((source_id, link))
            if missing:
                kept = [placed for placed in missing if self._keep("places", count)]
                count.extend(kept)
                seeker = Seeker((_last_heading(link) for _source, link in kept), whole=False, words=True)
                for section in sections:
                    self._step()
                    seeker.offer(section.ordinal, section.title)
                heads = self._facts.heads([target_id, *(source for source, _link in kept)])
                for source_id, link in kept:
                    is_block = "^" in link.anchor[:2]
                    found = None if is_block else seeker.found.get(_last_heading(link))
                    suggestion = None
                    if found is not None and found.hits:
                        ordinal = found.hits[0][0]
                        section = sections[ordinal if isinstance(ordinal, int) else 0]
                        wiki = link.kind in (LinkKind.WIKI, LinkKind.EMBED)
                        written = anchor_of(sections, section) if wiki else section.slug
                        suggestion = Suggestion(section.title, written, found.like, found.sure)
                    fault = Fault.BLOCK if is_block else Fault.HEADING
                    yield BrokenLink(heads[source_id], link, fault, suggestion, heads[target_id])

    # --- what else is amiss ------------------------------------------------------------------------------

    def _ambiguous(self) -> list[AmbiguousLink]:
        kept: list[tuple[NoteId, NoteId, Link, int]] = []
        count: list[object] = []
        for source_id, target_id, link in self._facts.shared_names():
            meant = self._writer.find(link.target, source_id, link.kind)
            others = meant.others if meant is not None and meant.note_id == target_id else 0
            if others and self._keep("ambiguous", count):
                count.append(link)
                kept.append((source_id, target_id, link, others))
        heads = self._facts.heads([note_id for row in kept for note_id in row[:2]])
        ambiguous = []
        for source_id, target_id, link, others in kept:
            self._step()
            written = self._writer.alone(source_id, target_id, link.kind) or ""
            ambiguous.append(AmbiguousLink(heads[source_id], link, heads[target_id], others, written))
        return ambiguous

    def _orphans(self) -> list[NoteHead]:
        count: list[object] = []
        kept = []
        for head in self._facts.orphans():
            if self._keep("orphans", count):
                count.append(head)
                kept.append(head)
        return kept

    def _orphan_files(self) -> list[OrphanFile]:
        """Return the files that no note shows; before one counts as an orphan, the texts themselves are asked."""
        files = self._facts.files()
        waiting = {key for key, _file in files}
        for key in self._facts.linked_files() if waiting else ():
            self._step()
            waiting.discard(key)
        for text in self._facts.texts_naming_files() if waiting else ():
            self._step()
            waiting -= names_of_files(text, waiting)
        count: list[object] = []
        kept = []
        for key, file in files:
            if key in waiting and self._keep("files", count):
                count.append(file)
                kept.append(file)
        return kept

    def _duplicate_addresses(self) -> list[DuplicateAddress]:
        """Return the addresses of digests that stand in other notes too.

        The first pass keeps a number for each address, the second gathers those that come in several notes.
        """
        once: set[int] = set()
        twice: set[int] = set()
        for _note, rows in groupby(self._facts.addresses(), key=lambda row: row[0]):
            own: set[int] = set()
            for _source, link in rows:
                self._step()
                if key := canonical(link.target):
                    own.add(hash(key))
            twice |= own & once
            once |= own
        del once
        groups: dict[str, list[Placed]] = {}
        for source_id, link in self._facts.addresses() if twice else ():
            self._step()
            key = canonical(link.target)
            if hash(key) in twice:
                places = groups.setdefault(key, [])
                if all(source_id != other for other, _link in places[-1:]):
                    places.append((source_id, link))
        heads = self._facts.heads([source_id for places in groups.values() for source_id, _link in places])
        count: list[object] = []
        found = []
        for places in groups.values():
            several = tuple((heads[source_id], link) for source_id, link in places)
            is_digests = any(head.kind is NoteKind.DIGEST for head, _link in several)
            if len(several) > 1 and is_digests and self._keep("addresses", count):
                count.append(several)
                found.append(DuplicateAddress(places[0][1].target, several))
        return sorted(found, key=lambda entry: (len(entry.places), entry.address))  # a footer comes last


class _Blocks:
    """The ids of one note's blocks, read when the first link asks."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._text = ""
        self._known: dict[str, bool] = {}

    def has(self, block_id: str) -> bool:
        """Tell whether a block goes by an id; of ids that look like prose only the first few are looked for."""
        if not self._known:
            self._text = self._read()
            self._known = {"": False, **{block.id.casefold(): True for block in scan_blocks(self._text)}}
        wanted = block_id.strip().casefold()
        if wanted not in self._known and len(self._known) < MOST:
            self._known[wanted] = not is_block_id(wanted) and find_block(self._text, wanted) is not None
        return self._known.get(wanted, False)


def _is_file(link: Link) -> bool:
    return link.kind is LinkKind.IMAGE or link.target.lower().endswith(LIKE_FILES)


def _last_name(link: Link) -> str:
    """Return the last name on a link's path, without `.md`."""
    last = link.target.replace("\\", "/").rpartition("/")[2].strip()
    return last[:-3] if last.lower().endswith(".md") and len(last) > 3 else last


def _last_heading(link: Link) -> str:
    """Return the heading that a link names, of a chain the last one; a slug as words."""
    last = link.anchor.strip("# ").rpartition("#")[2]
    return last.replace("-", " ") if " " not in last else last
