"""What can go wrong in a way that the user can act on.

    KonspektError                 one sentence for the user: what happened and what to do
    ├── LibraryError              the library file cannot be opened or trusted
    │   ├── LibraryInUse          another Konspekt holds it
    │   ├── LibraryTooNew         written by a newer Konspekt; opened for reading at most
    │   └── LibraryDamaged        a checksum or SQLite's own check failed
    ├── NoteNotFound              no note goes by that reference
    ├── AmbiguousNote             several notes go by it; the sentence lists them
    ├── SaveConflict              the note changed since the text was loaded; nothing was written
    ├── TreeError                 a move, rename or restore that the tree does not allow
    ├── ImportRefused             a file that cannot be read as a note
    ├── ExportRefused             a target outside the folder, an existing file, nothing to write
    ├── QueryError                a search query that cannot be understood
    └── Cancelled                 the user asked a long task to stop

Anything else that is raised is our bug: it reaches the crash dialog with a report, with the text already saved.
"""

from collections.abc import Sequence


class KonspektError(Exception):
    """A failure that is told to the user in one sentence."""


class LibraryError(KonspektError):
    """The library file cannot be opened or trusted."""


class LibraryInUse(LibraryError):
    """Another Konspekt holds the library for writing."""


class LibraryTooNew(LibraryError):
    """A newer Konspekt wrote the library."""


class LibraryDamaged(LibraryError):
    """A checksum or SQLite's own check failed."""


class NoteNotFound(KonspektError):
    """No note goes by the given reference."""


class AmbiguousNote(KonspektError):
    """Several notes go by the given reference."""

    def __init__(self, reference: str, candidates: Sequence[str]) -> None:
        self.candidates = tuple(candidates)
        listed = "; ".join(self.candidates)
        super().__init__(f"“{reference}” names several notes, give a path or an id: {listed}.")


class SaveConflict(KonspektError):
    """The note changed since the text was loaded, and nothing was written."""


class TreeError(KonspektError):
    """A change that the tree does not allow."""


class ImportRefused(KonspektError):
    """A file that cannot be read as a note."""


class ExportRefused(KonspektError):
    """An export that would write where it must not, or nothing."""


class QueryError(KonspektError):
    """A search query that cannot be understood."""


class Cancelled(KonspektError):
    """The user asked a long task to stop."""
