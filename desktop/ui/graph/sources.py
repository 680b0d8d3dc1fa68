"""What can be chosen in the graph's lists: folders, tags, notes. Called on a thread that answers."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLocale

from desktop.core.notebook import Notebook
from desktop.core.records import NoteHead, NoteId
from desktop.ui.graph.picker import Row

LISTED: Final = 60
LOOKED_AT: Final = 400  # names among which folders are looked for
MOST_SIBLINGS: Final = 2_000


def folder_rows(notebook: Notebook, typed: str, everything: str) -> list[Row]:
    """Return the notes that hold others: those at the top, or those that what was typed may mean."""
    if not typed.strip():
        tops = _holding(notebook, None)
        if len(tops) == 1:  # one folder holds all, as after an import: its own folders are what one looks for
            tops += _holding(notebook, tops[0].id)
        return [Row(None, everything), *(_row(head) for head in tops[:LISTED])]
    found = (match.head for match in notebook.titles.suggest(typed, LOOKED_AT))
    return _with_places(notebook, [head for head in found if head.children][:LISTED])


def _holding(notebook: Notebook, parent: NoteId | None) -> list[NoteHead]:
    return [head for head in notebook.tree.children(parent, 0, MOST_SIBLINGS) if head.children]


def tag_rows(notebook: Notebook, typed: str, everything: str) -> list[Row]:
    """Return tags with the number of their notes, the most used first."""
    targets = notebook.link_targets.tags(typed.lstrip("#"), LISTED)
    rows = [Row(target.name, f"#{target.name}", _number(target.detail), "tag") for target in targets]
    return rows if typed.strip() else [Row(None, everything), *rows]


def note_rows(notebook: Notebook, typed: str) -> list[Row]:
    """Return the notes that what was typed may mean; for nothing typed those changed last."""
    return _with_places(notebook, [match.head for match in notebook.titles.suggest(typed, LISTED)])


def _with_places(notebook: Notebook, heads: Sequence[NoteHead]) -> list[Row]:
    above = {head.parent_id for head in heads if head.parent_id is not None}
    titles = {head.id: head.title for head in notebook.tree.heads(sorted(above))}
    return [_row(head, titles.get(head.parent_id, "") if head.parent_id is not None else "") for head in heads]


def _row(head: NoteHead, place: str = "") -> Row:
    return Row(head.id, head.title, place.replace("\n", " "), head.kind.value)


def _number(text: str) -> str:
    return QLocale().toString(int(text)) if text.isdecimal() else text
