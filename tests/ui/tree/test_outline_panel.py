"""The outline of the text as it is typed."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.core.records import NoteId
from desktop.ui.tree.outline_panel import OutlinePanel
from desktop.ui.workspace import LiveText, Place, Workspace

from .conftest import Shelf

TEXT = "---\ntitle: T\n---\n# Один\n\n## Два\n\ntext\n\n## Three\n"


@pytest.fixture
def outline(workspace: Workspace) -> Iterator[OutlinePanel]:
    made = OutlinePanel(workspace)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def shown(outline: OutlinePanel) -> list[tuple[str, int]]:
    """Return titles and depths."""
    return [(row.title, row.depth) for row in outline.rows.rows]


def test_follows_the_live_text(outline: OutlinePanel, workspace: Workspace, shelf: Shelf) -> None:
    assert outline.list.accessibleName() == "Outline"
    assert "Open a note" in outline.empty.text()
    workspace.text_edited.emit(LiveText(shelf.diary, 1, TEXT))
    assert shown(outline) == [("Один", 0), ("Два", 1), ("Three", 1)]
    workspace.text_edited.emit(LiveText(shelf.diary, 2, TEXT.replace("## Два", "## Двадцать")))
    assert shown(outline)[1] == ("Двадцать", 1)
    workspace.text_edited.emit(LiveText(shelf.diary, 3, "nothing"))
    assert shown(outline) == []
    assert "No headings" in outline.empty.text()
    workspace.note_closed.emit()
    assert "Open a note" in outline.empty.text()


def test_enter_opens_the_section(outline: OutlinePanel, workspace: Workspace, shelf: Shelf) -> None:
    places: list[Place] = []
    workspace.place_requested.connect(places.append)
    workspace.open_note(shelf.digest)
    workspace.text_edited.emit(LiveText(shelf.digest, 1, TEXT))
    outline.list.setCurrentIndex(outline.rows.index(1))
    QTest.keyClick(outline.list, Qt.Key.Key_Return)
    assert [(place.note_id, place.section) for place in places] == [(shelf.digest, 1)]


def test_the_current_section_follows(outline: OutlinePanel, workspace: Workspace, shelf: Shelf) -> None:
    workspace.text_edited.emit(LiveText(shelf.diary, 1, TEXT))
    outline.follow_offset(TEXT.index("text"))
    assert outline.list.currentIndex().data() == "Два"
    outline.follow_offset(len(TEXT))
    assert outline.list.currentIndex().data() == "Three"
    outline.follow_offset(2)
    assert not outline.list.selectedIndexes()
    for line, title in ((3, "Один"), (4.2, "Два"), (7.9, "Два"), (9, "Three")):
        outline.follow_line(line)
        assert outline.list.currentIndex().data() == title
    outline.follow_line(0)
    assert not outline.list.selectedIndexes()


def test_a_long_text_is_read_elsewhere_and_a_stale_answer_dropped(
    outline: OutlinePanel, workspace: Workspace, shelf: Shelf, wait_until: Callable[..., None]
) -> None:
    workspace.text_edited.emit(LiveText(shelf.diary, 1, "# Old\n" + "слово " * 20_000))
    workspace.text_edited.emit(LiveText(shelf.diary, 2, "# New\n" + "слово " * 20_000))
    wait_until(lambda: shown(outline) == [("New", 0)])


def test_a_hidden_outline_waits(outline: OutlinePanel, workspace: Workspace, shelf: Shelf) -> None:
    outline.hide()
    workspace.text_edited.emit(LiveText(NoteId(shelf.diary), 1, TEXT))
    assert shown(outline) == []
    outline.show()
    assert len(shown(outline)) == 3
