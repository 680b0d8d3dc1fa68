"""What the graph asks of the store, and nothing else of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from desktop.core.records import NoteHead, NoteKind

Edge = tuple[int, int]
Place = tuple[float, float]


class GraphSource(Protocol):
    """Answers about notes, links and places; ids that it does not know are left out."""

    def commits(self) -> str:
        """Return the mark that is another after every change of the library."""

    def tree(self) -> tuple[Sequence[int], Sequence[int]]:
        """Return the ids of all living notes, and the id of each one's parent, 0 at the top."""

    def edges_between(self, low: int, high: int) -> tuple[Sequence[int], Sequence[int]]:
        """Return source and target of every resolved link of the notes with these ids, `high` not among them."""

    def edges_of(self, note_ids: Sequence[int]) -> Iterable[Edge]:
        """Return the resolved links that start or end at one of at most 500 notes."""

    def unresolved_of(self, note_ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        """Return (source id, target as written) of their links to what does not exist."""

    def files_of(self, note_ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        """Return (source id, target as written) of their images, embeds and links that mean no note."""

    def files(self) -> Iterable[tuple[int, str, str]]:
        """Return (id, name, folded path) of every stored file that texts can name."""

    def tags_of(self, note_ids: Sequence[int]) -> Iterable[tuple[int, str, str]]:
        """Return (note id, folded tag, tag as written) of these notes."""

    def tagged(self, tag: str) -> Collection[int]:
        """Return the notes that have a tag, or one that stands below it."""

    def matching(
        self, kinds: Collection[NoteKind], since: str, until: str, among: Sequence[int] | None
    ) -> Collection[int]:
        """Return the living notes of these kinds (none: any) whose day lies within; only of `among` where given."""

    def heads(self, note_ids: Sequence[int]) -> Iterable[NoteHead]:
        """Return the heads of those notes, in any order."""

    def titles(self, note_ids: Sequence[int]) -> Iterable[tuple[int, str, NoteKind]]:
        """Return (id, title, kind) of those notes, in any order."""

    def beginning(self, note_id: int) -> str:
        """Return the first characters of a note's text, "" where there is no such note."""

    def positions(self, note_ids: Sequence[int] | None) -> Mapping[int, Place]:
        """Return the stored places of those notes, or of all."""

    def pinned(self) -> Collection[int]:
        """Return the notes that are held where they stand."""

    def save_positions(self, positions: Mapping[int, Place], pinned: Collection[int] | None) -> None:
        """Store places in the picture of the whole library, and which of these notes are held there."""
