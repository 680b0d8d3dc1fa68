"""The library that the judged set is asked of: the corpus, the seeds and the notes beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import NoteId

NOTES = Path(__file__).parent / "notes"
PARTS = ("lectures", "digests", "seeds")


@dataclass(frozen=True, slots=True)
class Library:
    """An indexed library, and what its notes are called in the judged set."""

    notebook: Notebook
    paths: Mapping[NoteId, str]

    def find(self, end: str) -> NoteId:
        """Return the one note whose path ends so."""
        found = [note_id for note_id, path in self.paths.items() if path.endswith(end) or f"/{end}" in path]
        assert len(found) == 1, f"{end} is not the name of one note: {[self.paths[note_id] for note_id in found]}"
        return found[0]


def open_library(corpus: Path, folder: Path) -> Library:
    """Import everything into a new library below `folder` and index it."""
    places = Places(folder / "data", folder / "cache", folder / "config")
    notebook = Notebook.open(folder / "judged.konspekt", places=places)
    for part in PARTS:
        notebook.exchange.import_paths([corpus / part], part)
    notebook.exchange.import_paths([NOTES], "notes")
    notebook.search.index_now()
    paths: dict[NoteId, str] = {}
    above: list[tuple[NoteId | None, str]] = [(None, "")]
    while above:
        parent, path = above.pop()
        for head in notebook.tree.children(parent):
            paths[head.id] = f"{path}/{head.name}"
            above.append((head.id, paths[head.id]))
    return Library(notebook, paths)
