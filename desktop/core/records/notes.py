"""Notes and the tree: what the first screen shows and every save returns."""

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
class TextEdit:
    """A span of a text with what to write in its place."""

    start: int
    end: int
    text: str
    around: tuple[str, str, str] | None = None  # before, in and after the span: finds it in a text edited since


@dataclass(frozen=True, slots=True)
class TreeStep:
    """One change of the tree that can be applied, and whose result holds the step that takes it back."""

    action: str  # "names", "move", "trash", "restore", "kind", "edits", "all"
    note_ids: tuple[NoteId, ...]
    title: str = ""
    name: str = ""
    places: tuple[tuple[NoteId | None, int], ...] = ()  # (parent, position) for each note
    names: tuple[tuple[str, str], ...] = ()  # of "move": (what to call it, if it is still called so) for each note
    edits: tuple[tuple[NoteId, int, tuple[TextEdit, ...]], ...] = ()  # (note, version it is meant for, its edits)
    steps: tuple["TreeStep", ...] = ()  # of "all": applied in this order, as one


@dataclass(frozen=True, slots=True)
class Reheaded:
    """A heading that says something else since a save; links may still name what it said."""

    note_id: NoteId
    before: str
    after: str


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
    attachments: bool = False  # stored files came or went: images that pages wait for
    everything: bool = False  # too much to list (an import, a restore): read all again
    reheaded: tuple[Reheaded, ...] = ()  # headings whose words a save of their note changed
    remark: str = ""  # one sentence about what was left as it was
    undo: TreeStep | None = None

    def __bool__(self) -> bool:
        lists = (self.created, self.edited, self.renamed, self.moved, self.trashed, self.restored, self.deleted)
        return self.everything or self.searches or self.attachments or bool(self.relinked) or any(lists)


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
class ReportLine:
    """One word to the user about one file of an import, export or check."""

    path: str
    level: str  # "info", "warning", "error"
    message: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check of the library found."""

    notes: int
    revisions: int
    attachments: int
    problems: tuple[ReportLine, ...]
    repaired: int = 0
