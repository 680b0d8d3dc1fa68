"""The lists of the links panel: pages, order, filter, folding, mentions that become links, and where a click leads."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop.core.notebook import Notebook
from desktop.core.records import Changes, NoteId, NoteKind
from desktop.core.settings import Settings
from desktop.ui.links.link_list import HEADER_HEIGHT, LinkList
from desktop.ui.links.links_panel import BACKLINKS, LinksPanel
from desktop.ui.links.rows import AddressRow, GroupRow, MoreRow, NoteRow, PlaceRow, WordsRow
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]
NOTES = 45


@pytest.fixture
def library(tmp_path: Path) -> Iterator[tuple[Notebook, NoteId]]:
    """Open a library in which many notes link to one, and a few name it."""
    notebook = Notebook.open(tmp_path / "library.konspekt")
    target = notebook.tree.create("Градиентный спуск", text="---\naliases: [SGD]\n---\n").created[0]
    for number in range(NOTES):
        text = f"# Семинар\n\n## Разбор\n\nШаг номер {number}: [[Градиентный спуск|спуск]].\n"
        notebook.tree.create(f"Семинар {number:02}", text=text)
    for number in range(3):
        notebook.tree.create(f"Запись {number}", text=f"О градиентном спуске, раз {number}. И sgd.\n")
    yield notebook, target
    notebook.close()


@pytest.fixture
def workspace(app: object, library: tuple[Notebook, NoteId]) -> Iterator[Workspace]:
    tasks = Tasks()
    workspace = Workspace(library[0], tasks, Settings())
    bugs: list[BaseException] = []
    workspace.bug_found.connect(bugs.append)
    yield workspace
    tasks.close()
    assert not bugs


@pytest.fixture
def panel(workspace: Workspace, library: tuple[Notebook, NoteId], wait_until: Wait) -> Iterator[LinksPanel]:
    panel = LinksPanel(workspace)
    panel.resize(260, 480)
    panel.show()
    workspace.open_note(library[1])
    wait_until(lambda: panel.backlinks.header.text() == f"Backlinks {NOTES}")
    wait_until(lambda: panel.mentions.header.text() == "Mentions 6")
    yield panel
    panel.hide()
    panel.deleteLater()


def titles(part: LinkList) -> list[str]:
    return [row.title for row in part.view.rows.rows if isinstance(row, NoteRow)]


def row_of(part: LinkList, kind: type, number: int = 0) -> int:
    return [n for n, row in enumerate(part.view.rows.rows) if isinstance(row, kind)][number]


def _scroll_on(panel: LinksPanel) -> int:
    """Scroll to the end of the backlinks, and return how many notes are listed."""
    panel.area.verticalScrollBar().setValue(panel.backlinks.view.height() - 200)
    return len(titles(panel.backlinks))


def click(part: LinkList, row: int, place: QPoint | None = None) -> None:
    view = part.view
    rect = view.visualRect(view.rows.index(row))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place or rect.center())


def test_pages_come_as_one_scrolls_and_the_mentions_stay_one_click_away(panel: LinksPanel, wait_until: Wait) -> None:
    panel.resize(260, 320)
    QTest.qWait(50)
    first = titles(panel.backlinks)
    assert first == [f"Семинар {n:02}" for n in range(len(first))]
    assert BACKLINKS <= len(first) < NOTES
    assert isinstance(panel.backlinks.view.rows.rows[-1], MoreRow)
    header = panel.mentions.header
    assert header.y() == panel.area.viewport().height() - 2 * HEADER_HEIGHT  # waits at the bottom
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    wait_until(lambda: header.y() == HEADER_HEIGHT)
    assert header.isChecked()
    QTest.qWait(60)
    assert len(titles(panel.backlinks)) == len(first)  # what is passed over is not read
    while isinstance(panel.backlinks.view.rows.rows[-1], MoreRow):
        known = len(titles(panel.backlinks))
        wait_until(lambda known=known: _scroll_on(panel) > known)
    assert titles(panel.backlinks) == [f"Семинар {n:02}" for n in range(NOTES)]


def test_the_newest_first_and_the_choice_is_kept(workspace: Workspace, panel: LinksPanel, wait_until: Wait) -> None:
    panel.tools.newest.click()
    wait_until(lambda: titles(panel.backlinks)[:1] == [f"Семинар {NOTES - 1:02}"])
    wait_until(lambda: workspace.notebook.values.get("links.state") == {"newest": True, "folded": False})
    assert LinksPanel(workspace).tools.newest.isChecked()


def test_a_filter_finds_notes_and_sentences_that_were_not_read(panel: LinksPanel, wait_until: Wait) -> None:
    panel.tools.field.setText("НОМЕР 44")
    wait_until(lambda: titles(panel.backlinks) == ["Семинар 44"])
    assert panel.backlinks.header.text() == "Backlinks 1"
    wait_until(lambda: isinstance(panel.mentions.view.rows.rows[0], WordsRow))
    panel.tools.field.setText("запись 1")
    wait_until(lambda: titles(panel.mentions) == ["Запись 1"])
    panel.tools.field.setFocus()
    QTest.keyClick(panel.tools.field, Qt.Key.Key_Escape)
    wait_until(lambda: len(titles(panel.backlinks)) >= BACKLINKS)


def test_notes_fold_by_keys_by_the_arrow_and_all_at_once(panel: LinksPanel, wait_until: Wait) -> None:
    view = panel.mentions.view
    view.setFocus()
    view.setCurrentIndex(view.rows.index(1))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().row() == 0
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert [type(row) for row in view.rows.rows[:2]] == [NoteRow, NoteRow]
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert isinstance(view.rows.rows[1], PlaceRow)
    click(panel.mentions, 0, QPoint(8, view.visualRect(view.rows.index(0)).center().y()))
    assert isinstance(view.rows.rows[1], NoteRow)
    panel.tools.fold.click()
    assert not any(isinstance(row, PlaceRow) for part in panel._lists for row in part.view.rows.rows)
    panel.tools.fold.click()
    assert isinstance(view.rows.rows[1], PlaceRow)


def test_arrow_keys_go_through_the_lists_and_enter_opens_in_a_tab(
    workspace: Workspace, panel: LinksPanel, wait_until: Wait
) -> None:
    tabs: list[NoteId] = []
    workspace.tab_requested.connect(tabs.append)
    panel.backlinks.header.click()
    wait_until(lambda: not panel.backlinks.view.isVisible())
    view = panel.mentions.view
    last = view.rows.rowCount() - 1
    view.setFocus()
    view.setCurrentIndex(view.rows.index(last))
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = view.rows.rows[last]
    assert isinstance(row, PlaceRow)
    assert tabs == [row.note_id]


def test_one_mention_is_linked_by_a_click_or_a_key_and_taken_back(
    workspace: Workspace, library: tuple[Notebook, NoteId], panel: LinksPanel, wait_until: Wait
) -> None:
    notebook, _target = library
    offers: list[tuple[str, Any]] = []
    panel.offered.connect(lambda *offer: offers.append(offer))
    view = panel.mentions.view
    assert panel.mentions.header.text() == "Mentions 6"
    number = row_of(panel.mentions, PlaceRow)
    row = view.rows.rows[number]
    assert isinstance(row, PlaceRow)
    pill = view.look.pill_rect(row, view.visualRect(view.rows.index(number)))
    click(panel.mentions, number, pill.center().toPoint())
    wait_until(lambda: bool(offers))
    assert notebook.notes.read(row.note_id).text.startswith("О [[Градиентный спуск|градиентном спуске]], раз 0. И sgd.")
    wait_until(lambda: panel.mentions.header.text() == "Mentions 5", 6)
    workspace.change_tree("Undo", offers[0][1])
    wait_until(lambda: notebook.notes.read(row.note_id).text.startswith("О градиентном спуске"))
    wait_until(lambda: panel.mentions.header.text() == "Mentions 6", 6)
    view.setFocus()
    view.setCurrentIndex(view.rows.index(row_of(panel.mentions, NoteRow, 1)))
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    wait_until(lambda: len(offers) == 2)
    assert "2" in offers[1][0]  # all in that note


def test_while_it_reads_it_does_not_say_that_there_is_nothing(
    workspace: Workspace, library: tuple[Notebook, NoteId], panel: LinksPanel, wait_until: Wait
) -> None:
    notebook, target = library
    lonely = next(head.id for head in notebook.tree.living() if head.title == "Семинар 03")
    gate = Event()
    for ask in (workspace.read, workspace.answer):
        for _thread in range(2):
            ask(gate.wait, lambda _open: None)
    try:
        workspace.open_note(lonely)
        for part in (panel.backlinks, panel.mentions):
            wait_until(lambda part=part: part.header.text().endswith("…"))
            assert part.view.rows.rows == (WordsRow("Looking…"),)
            part.header.click()
            part.header.click()
            assert part.view.rows.rows == (WordsRow("Looking…"),)
        assert panel.mentions.header.action.isHidden()
    finally:
        gate.set()
    wait_until(lambda: panel.backlinks.header.text() == "Backlinks 0")
    assert isinstance(panel.backlinks.view.rows.rows[0], WordsRow)
    workspace.open_note(target)
    wait_until(lambda: panel.backlinks.header.text() == f"Backlinks {NOTES}")


def test_all_mentions_are_linked_in_one_step(
    workspace: Workspace, library: tuple[Notebook, NoteId], panel: LinksPanel, wait_until: Wait
) -> None:
    notebook, target = library
    changes: list[Changes] = []
    workspace.changed.connect(changes.append)
    action = panel.mentions.header.action
    assert action.isVisible()
    action.click()
    wait_until(lambda: bool(changes))
    assert len(changes[0].edited) == 3
    assert notebook.links.backlink_count(target) == NOTES + 6
    wait_until(lambda: panel.mentions.header.text() == "Mentions 0", 6)
    assert not action.isVisible()
    workspace.tree_undo.undo()
    wait_until(lambda: notebook.links.backlink_count(target) == NOTES)


def test_just_saved_notes_count_at_once(
    workspace: Workspace, library: tuple[Notebook, NoteId], panel: LinksPanel, wait_until: Wait
) -> None:
    workspace.write(lambda: library[0].tree.create("Новая", text="Снова градиентного спуска нет."))
    wait_until(lambda: "Новая" in titles(panel.mentions), 8)


def test_outgoing_groups_and_notes_that_a_link_fits_as_well(
    workspace: Workspace, library: tuple[Notebook, NoteId], panel: LinksPanel, wait_until: Wait
) -> None:
    notebook, _target = library
    one = notebook.tree.create("Один", NoteKind.FOLDER).created[0]
    first = notebook.tree.create("Обзор", parent_id=one).created[0]
    other = notebook.tree.create("Обзор", parent_id=notebook.tree.create("Другой").created[0]).created[0]
    text = "[[Обзор]] [[sgd]] [[Градиентный спуск#Нет]] [x](https://www.example.org/a) [[Нигде]]"
    source = notebook.tree.create("Источник", text=text).created[0]
    workspace.open_note(source)
    wait_until(lambda: titles(panel.outgoing)[:1] == ["Обзор"])
    view = panel.outgoing.view
    rows = [row for row in view.rows.rows if isinstance(row, NoteRow)]
    assert (rows[0].note_id, rows[0].others) == (first, 1)
    assert [row.lost for row in rows] == [False, False, True]
    assert "found by its alias" in view.rows.data(view.rows.index(1), Qt.ItemDataRole.ToolTipRole)  # type: ignore[operator]
    group = row_of(panel.outgoing, GroupRow)
    click(panel.outgoing, group)
    address = view.rows.rows[group + 1]
    assert isinstance(address, AddressRow)
    assert (address.host, address.address) == ("example.org", "https://www.example.org/a")
    box = view.look.others_rect(rows[0], view.visualRect(view.rows.index(0)))
    menu = shown_menu(panel)
    click(panel.outgoing, 0, box.center().toPoint())
    wait_until(lambda: len(menu.actions()) == 2)
    assert [action.text() for action in menu.actions()] == ["“Обзор” also fits", "Другой/Обзор"]
    menu.actions()[1].trigger()
    assert workspace.current == other


def test_the_menu_of_a_row_says_what_can_be_done(workspace: Workspace, panel: LinksPanel, wait_until: Wait) -> None:
    view = panel.mentions.view
    menu = shown_menu(panel)
    row = view.rows.rows[1]
    assert isinstance(row, PlaceRow)
    view.menu_wanted.emit(row, QPoint(5, 5))
    assert [action.text() for action in menu.actions()] == ["Open", "Open in a new tab", "Link this place"]
    menu.actions()[0].trigger()
    assert workspace.current == row.note_id


def shown_menu(panel: LinksPanel) -> QMenu:
    """Return the menu that will be filled; it does not pop up, for which a window manager is needed."""
    menu = _Menu(panel)
    panel._menu._menu = lambda: menu  # type: ignore[method-assign]
    return menu


class _Menu(QMenu):
    def popup(self, *_place: object) -> None:
        """Show nothing."""


def test_properties_and_many_places_of_one_note(
    workspace: Workspace, library: tuple[Notebook, NoteId], panel: LinksPanel, wait_until: Wait
) -> None:
    notebook, _target = library
    text = "---\nsee: \"[[Цель]]\"\n---\n" + "слово [[Цель]] и\n\n" * 30
    notebook.tree.create("Много", text=text)
    target = notebook.tree.create("Цель").created[0]
    workspace.open_note(target)
    wait_until(lambda: titles(panel.backlinks) == ["Много"])
    rows = panel.backlinks.view.rows.rows
    note, first, more = rows[0], rows[1], rows[-1]
    assert isinstance(note, NoteRow)
    assert isinstance(first, PlaceRow)
    assert isinstance(more, MoreRow)
    assert (first.property, note.count) == ("see", 31)
    assert (len(rows), more.words) == (12, "21 more in this note")
    click(panel.backlinks, len(rows) - 1)
    wait_until(lambda: panel.backlinks.view.rows.rowCount() == 32)


def test_a_narrow_panel_paints_every_row(panel: LinksPanel) -> None:
    for width in (240, 700):
        panel.resize(width, 500)
        QTest.qWait(30)
        assert not panel.grab().isNull()
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    panel.backlinks.view.setFocus()
    panel.backlinks.view.setCurrentIndex(panel.backlinks.view.rows.index(0))
    for _number in range(12):
        QApplication.sendEvent(panel.backlinks.view, press)
    index = panel.backlinks.view.currentIndex()
    view = panel.backlinks.view
    place = view.viewport().mapTo(panel.area.viewport(), view.visualRect(index).center())
    assert index.row() == 12
    assert HEADER_HEIGHT < place.y() < panel.area.viewport().height() - 2 * HEADER_HEIGHT
