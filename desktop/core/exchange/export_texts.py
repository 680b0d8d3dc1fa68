"""The notes and sections of an export as texts to be shown, on paper or in a browser."""

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.core.errors import ExportRefused
from desktop.core.exchange.export_layout import Piece, heading_for
from desktop.core.exchange.export_writing import exists
from desktop.core.exchange.file_names import safe_name
from desktop.core.exchange.markdown_export import chosen, definitions_of, pieces_of
from desktop.core.records import ExportPlan, ExportTarget, ExportText, NoteKind, PlannedFile
from desktop.core.store.database import Database

PDF_SUFFIX = ".pdf"


def shown_pieces(
    database: Database, targets: Sequence[ExportTarget], cancelled: Callable[[], bool] = lambda: False
) -> list[Piece]:
    """Return the notes and sections that the targets name, in order; raises NoteNotFound, ExportRefused."""
    wanted, sources, children = chosen(database, targets, cancelled)
    for target in wanted:
        head = sources[target.note_id].head
        if head.trashed_at is not None:
            raise ExportRefused(f"“{head.title}” is in the trash; put it back to export it.")
    pieces = [
        piece
        for piece in pieces_of(wanted, sources, children)
        if piece.source.text or piece.source.head.kind is not NoteKind.FOLDER
    ]
    if not pieces:
        raise ExportRefused("There is nothing to export: the folder holds no text.")
    return pieces


def shown_text(piece: Piece) -> str:
    """Return a piece's own text; a section with the footnotes and link definitions that it uses."""
    text = piece.source.text[piece.start : piece.end]
    return text if piece.section is None else text + definitions_of(piece.source.text, piece, text)


def shown_texts(database: Database, targets: Sequence[ExportTarget]) -> tuple[ExportText, ...]:
    """Return the targets' texts, each with a heading that says its title."""
    texts = []
    for piece in shown_pieces(database, targets):
        head, front_matter = piece.source.head, piece.source.document.front_matter
        text = shown_text(piece)
        if not front_matter.values.get("title"):  # which is shown as a heading
            body = 0 if piece.section else front_matter.end
            text = text[:body] + heading_for(piece, alone=False) + text[body:]
        title = piece.section.title if piece.section else head.title
        texts.append(ExportText(head.id, title or head.title, text))
    return tuple(texts)


def plan_pdf(database: Database, targets: Sequence[ExportTarget], folder: Path, name: str) -> ExportPlan:
    """Return the one file of a PDF, which the window fills, with a name that every file system takes."""
    first = shown_pieces(database, targets)[0].source.head.id
    stem = name[: -len(PDF_SUFFIX)] if name.lower().endswith(PDF_SUFFIX) else name
    path, absolute = safe_name(stem, PDF_SUFFIX), folder.absolute()
    return ExportPlan(str(absolute), (PlannedFile(path, b"", exists(absolute, path), first),), ())
