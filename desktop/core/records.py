"""What leaves core: frozen values that any thread may hold.

Offsets count Python characters (code points) into the note's text; times are milliseconds since 1970 UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

NoteId = NewType("NoteId", int)


class NoteKind(StrEnum):
    """What a note is for; any kind can hold children."""

    FOLDER = "folder"
    LECTURE = "lecture"
    DIGEST = "digest"
    NOTE = "note"


class LinkKind(StrEnum):
    """How a link is written."""

    WIKI = "wiki"  # [[Note#Heading|label]]
    EMBED = "embed"  # ![[Note]] or ![[image.png|300]]
    MARKDOWN = "markdown"  # [label](relative%20path.md#anchor)
    ANCHOR = "anchor"  # [label](#anchor): a place in the same note
    COLLECTION = "collection"  # the [uni](#) of a lecture's line "Page • 1 backlink • [uni](#)"
    IMAGE = "image"  # ![alt](path or address)
    URL = "url"  # [label](https://…), <https://…>


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with everything under it, deeper headings included."""

    ordinal: int  # from 0, in reading order
    level: int  # 1 to 6
    title: str  # plain text, markup removed
    slug: str  # unique within the note
    start: int  # offset of the heading's first character
    end: int  # offset after the section's last character


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in a text; `target` is percent-decoded and without the anchor."""

    kind: LinkKind
    target: str
    anchor: str
    label: str
    start: int  # of the whole link
    end: int
    target_start: int  # of the written target, anchor excluded: what a rename replaces
    target_end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML block at a text's head, read with hard limits; `end` is where the body starts."""

    end: int = 0
    values: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)  # keys in lower case
    problem: str = ""  # one sentence when the block could not be read whole


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that one text says of itself."""

    title: str  # front matter, else the first heading, else ""
    kind: NoteKind | None  # None: the text does not say
    date: str  # ISO day or ""
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    collection: str  # the note that a lecture says it belongs to, or ""
    front_matter: FrontMatter
    sections: tuple[Section, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NoteHead:
    """A note without its text: what lists and the tree show."""

    id: NoteId
    uid: str
    kind: NoteKind
    name: str
    title: str
    parent_id: NoteId | None
    position: int
    version: int
    created: int
    updated: int
    trashed_at: int | None = None
    children: int = 0  # living children
    sections: int = 0  # headings in its text


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its text, as it stood at `head.version`."""

    head: NoteHead
    text: str


@dataclass(frozen=True, slots=True)
class TreeStep:
    """One change of the tree that can be applied, and whose result holds the step that takes it back."""

    action: str  # "rename", "move", "trash", "restore"
    note_ids: tuple[NoteId, ...]
    title: str = ""
    name: str = ""
    places: tuple[tuple[NoteId | None, int], ...] = ()  # (parent, position) for each note


@dataclass(frozen=True, slots=True)
class Changes:
    """What one transaction changed; listeners look only at the sets they care about."""

    origin: str = ""  # who asked; it ignores its own notice
    created: tuple[NoteId, ...] = ()
    edited: frozenset[NoteId] = frozenset()  # the text is another
    renamed: frozenset[NoteId] = frozenset()  # title, name or kind
    moved: frozenset[NoteId] = frozenset()
    trashed: frozenset[NoteId] = frozenset()
    restored: frozenset[NoteId] = frozenset()
    deleted: frozenset[NoteId] = frozenset()
    relinked: frozenset[NoteId] = frozenset()  # notes whose outgoing or incoming links may be others
    parents: frozenset[NoteId | None] = frozenset()  # whose list of children changed
    versions: Mapping[NoteId, int] = field(default_factory=dict)  # new versions of edited notes
    searches: bool = False  # the saved searches
    everything: bool = False  # too much to list (an import, a restore): read all again
    undo: TreeStep | None = None

    def __bool__(self) -> bool:
        lists = (self.created, self.edited, self.renamed, self.moved, self.trashed, self.restored, self.deleted)
        return self.everything or self.searches or bool(self.relinked) or any(lists)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of plain text with the places to mark in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()  # (start, end) within `text`, ascending


class MatchKind(StrEnum):
    """How a word of a query and a word of a text go together, the closest first."""

    EXACT = "exact"  # written alike
    FORM = "form"  # another form of the same word
    PREFIX = "prefix"  # begins so, or shares its root
    LAYOUT = "layout"  # the same keys in the other keyboard layout
    TYPO = "typo"  # one slip of the finger away
    SOME = "some"  # only some of the query's words stand there


@dataclass(frozen=True, slots=True)
class Passage:
    """A section in which a note holds the words."""

    section: Section | None  # None before the first heading
    offset: int  # of the words in the note's text
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result; snippet, section, offset and passages are filled by `Search.passages` for the rows seen."""

    id: NoteId
    title: str
    kind: NoteKind
    score: float
    snippet: Snippet = Snippet("")
    section: Section | None = None  # where the words stand best
    offset: int | None = None  # of the best place in the text; None where only the title matches
    path: str = ""  # titles of the parents, joined by " / "
    match: MatchKind = MatchKind.EXACT  # LAYOUT and below: found for something else than was typed
    passages: tuple[Passage, ...] = ()  # further sections with the words, best first


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """A word that an answer looked for: as typed, and the index terms that stand for it."""

    text: str
    terms: frozenset[str]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a query found, best first; what answers it as typed stands before what may have been meant."""

    query: str
    hits: tuple[Hit, ...]
    total: int  # of the notes that match the query as typed; of the forgiven ones where there are none
    notice: str = ""  # a sentence when hits are for something else than was typed, or the index is not whole
    words: tuple[str, ...] = ()  # a regular expression for each word to mark in the text (see core.text.words)
    problem: str = ""  # a sentence on the part of the query that was not understood and left out
    exact: int = 0  # so many of the hits, from the first, answer the query as typed
    sought: tuple[SoughtWord, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the matching notes have one property."""

    facet: str  # "kind", "folder", "tag" or "year"
    label: str  # what a reader calls it: a kind's value, a folder's title, a tag, a year
    count: int
    term: str  # what to add to the query: kind:lecture, in:"Title", tag:ml, date:2023


@dataclass(frozen=True, slots=True)
class MatchReason:
    """Why one word of the query matched."""

    word: str
    how: MatchKind
    found: tuple[str, ...]  # the words of the text, at most a few
    title: float  # what its places in the title add to the score
    body: float  # and those in the text


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a note was found, and where its score comes from."""

    note_id: NoteId
    score: float
    reasons: tuple[MatchReason, ...]
    parts: tuple[tuple[str, float], ...]  # what else adds to the score: "order", "exact", "recency", "opened"


@dataclass(frozen=True, slots=True)
class Backlink:
    """A place in another note that links to, or names, this one."""

    source: NoteHead
    link: Link
    context: Snippet  # the sentence around it, the link's label marked
    heading: str  # of the section it stands in, or ""


@dataclass(frozen=True, slots=True)
class ResolvedLink:
    """An outgoing link with the note it leads to; None where no note goes by its target."""

    link: Link
    target: NoteHead | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file; `data` is empty in lists."""

    sha256: str
    name: str
    mime: str
    size: int
    source_url: str = ""
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One word to the user about one file of an import, export or check."""

    path: str
    level: str  # "info", "warning", "error"
    message: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; `notes` holds the imported and updated notes in tree order."""

    imported: int
    updated: int
    skipped: int
    notes: tuple[NoteHead, ...]
    report: tuple[ReportLine, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """What to export: a note, or one of its sections, with or without the notes below it."""

    note_id: NoteId
    section: int | None = None  # ordinal
    subtree: bool = False


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file that an export would write; `data` holds it whole."""

    path: str  # relative to the chosen folder, "/" between parts
    data: bytes
    exists: bool  # a file of this name is there already
    note_id: NoteId | None = None


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Everything that an export would write, before it is written."""

    folder: str  # absolute
    files: tuple[PlannedFile, ...]
    report: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A note in the graph; an unresolved target has a negative id and no kind."""

    id: int
    title: str
    kind: NoteKind | None
    degree: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Notes and the links between them; edges are (source id, target id), each pair once."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check of the library found."""

    notes: int
    revisions: int
    attachments: int
    problems: tuple[ReportLine, ...]
    repaired: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long task is; `total` 0 means not known."""

    done: int
    total: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that the user keeps under a title."""

    id: int
    title: str
    query: str


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand at the cursor of a query, in the place of text[start:end]."""

    text: str
    label: str  # what a list shows
    detail: str  # what an operator means (see core.search.completion.DETAILS), or how many notes there are
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A note found by a few letters of its title, name or alias."""

    head: NoteHead
    name: str  # what matched, as it is written
    marks: tuple[tuple[int, int], ...]  # (start, end) within `name`, ascending
    how: MatchKind  # SOME: only the letters in their order
