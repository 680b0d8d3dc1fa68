"""The tables, as SQLModel classes: the one place where the schema is written down.

`text` stands last in its row, so that a list of heads never touches the pages that hold the texts.
Keys (`name_key`, `title_key`, ...) are folded by `core.text.links.fold_name`: names are compared by them.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, text as sql_text
from sqlmodel import Field, SQLModel


def _owner(*, primary_key: bool = False, index: bool = False) -> Column[int]:
    owner = ForeignKey("note.id", ondelete="CASCADE")
    return Column(Integer, owner, nullable=False, primary_key=primary_key, index=index or None)


class Meta(SQLModel, table=True):
    """Identity of the file, commit counter, day of creation."""

    key: str = Field(primary_key=True)
    value: str


class Value(SQLModel, table=True):
    """Small facts of the window that belong to the library, as JSON."""

    key: str = Field(primary_key=True)
    value: str


class Note(SQLModel, table=True):
    """One note; a folder is a note too."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    name: str
    title: str
    parent_id: int | None = Field(default=None, foreign_key="note.id", index=True)  # else each deletion reads all
    position: int
    version: int = 1
    created: int
    updated: int
    trashed_at: int | None = None
    checksum: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    name_key: str = Field(index=True)
    title_key: str = Field(index=True)
    date: str = ""
    text: str

    __table_args__ = (
        Index("note_children", "parent_id", "position", sqlite_where=sql_text("trashed_at IS NULL")),
        Index("note_updated", "updated", sqlite_where=sql_text("trashed_at IS NULL")),
        Index("note_trashed", "trashed_at", sqlite_where=sql_text("trashed_at IS NOT NULL")),
        Index(
            "note_name_is_unique",
            sql_text("ifnull(parent_id, 0)"),
            "name_key",
            unique=True,
            sqlite_where=sql_text("trashed_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},  # never the id of a deleted note again: a late save must not meet a new note
    )


class Section(SQLModel, table=True):
    """Derived: a heading of a note."""

    note_id: int = Field(sa_column=_owner(primary_key=True))
    ordinal: int = Field(primary_key=True)
    level: int
    title: str
    slug: str
    start: int
    end: int


class Link(SQLModel, table=True):
    """Derived: a link of a note; `target_id` is NULL while no note goes by its target."""

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(sa_column=_owner(index=True))
    kind: str
    target: str
    anchor: str
    label: str
    start: int
    end: int
    target_start: int
    target_end: int
    target_key: str = Field(index=True)  # of the last part of the target; "" where no note can be meant
    target_id: int | None = Field(
        default=None, sa_column=Column(Integer, ForeignKey("note.id", ondelete="SET NULL"), index=True)
    )


class Tag(SQLModel, table=True):
    """Derived: a tag of a note."""

    note_id: int = Field(sa_column=_owner(primary_key=True))
    tag_key: str = Field(primary_key=True, index=True)
    tag: str


class Alias(SQLModel, table=True):
    """Derived: another name that a note goes by."""

    note_id: int = Field(sa_column=_owner(primary_key=True))
    alias_key: str = Field(primary_key=True, index=True)
    alias: str


class Blob(SQLModel, table=True):
    """The bytes of attachments, each stored once."""

    sha256: str = Field(primary_key=True)
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Attachment(SQLModel, table=True):
    """A stored file under a path; several may share their bytes."""

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(foreign_key="blob.sha256", index=True)
    name: str
    name_key: str = Field(index=True)
    path_key: str  # folded folder names and the name, joined by "/"
    mime: str
    size: int
    source_url: str = Field(default="", index=True)
    added: int

    __table_args__ = (Index("attachment_is_unique", "path_key", "sha256", unique=True),)


class Revision(SQLModel, table=True):
    """A text that a note had."""

    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(sa_column=_owner(index=True))
    version: int
    created: int
    title: str
    checksum: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    text: str


class ImportSource(SQLModel, table=True):
    """Where an imported note came from and what the file held then."""

    __tablename__ = "import_source"

    note_id: int = Field(sa_column=_owner(primary_key=True))
    source: str = Field(index=True)
    checksum: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    version: int  # of the note when it held the file's text: another one means that the user edited it since


class NodePosition(SQLModel, table=True):
    """Where the graph shows a note."""

    __tablename__ = "node_position"

    note_id: int = Field(sa_column=_owner(primary_key=True))
    x: float
    y: float
    pinned: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default=sql_text("0")))


class IndexQueue(SQLModel, table=True):
    """The outbox of the search index: notes whose newest state it has not got."""

    __tablename__ = "index_queue"

    note_id: int = Field(primary_key=True)  # no reference: a note deleted for good waits here too
    ticket: int  # grows with each entry: a note that changed again while it was being indexed keeps waiting


class SavedSearch(SQLModel, table=True):
    """A query that the user keeps under a title."""

    __tablename__ = "saved_search"

    id: int | None = Field(default=None, primary_key=True)
    title: str
    query: str
    position: int


class OpenedHit(SQLModel, table=True):
    """How often a note was opened from the results of a query with this word."""

    __tablename__ = "opened_hit"

    note_id: int = Field(sa_column=_owner(primary_key=True))
    word: str = Field(primary_key=True)
    times: int
    last: int


TABLES = (
    Meta, Value, Note, Section, Link, Tag, Alias, Blob, Attachment, Revision, ImportSource, NodePosition, IndexQueue,
    SavedSearch, OpenedHit,
)  # fmt: skip
