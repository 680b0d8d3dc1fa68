"""What came in and what would go out."""

from dataclasses import dataclass

from desktop.core.records.notes import Changes, NoteHead, NoteId, ReportLine


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
class ExportText:
    """A note, or one section of it, as the text that is shown of it elsewhere."""

    note_id: NoteId
    title: str
    text: str


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
