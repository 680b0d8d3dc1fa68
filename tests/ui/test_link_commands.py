"""Links to copy, parts to take out, notes to merge, and links that lead nowhere yet, in the real window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import Changes, NoteId
from desktop.core.settings import load_settings
from desktop.core.text.block_links import block_link
from desktop.core.text.blocks import find_block
from desktop.ui.dialogs.extract_dialog import ExtractDialog
from desktop.ui.dialogs.merge_dialog import MergeDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.search.note_picker import NotePicker
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]
TEXT = (
    "# Лекция\n\nПервый абзац 😀\nв две строки.\n\n- пункт\n- второй\n\n## Часть\n\n"
    "Слова [[Другая]] и [[Нет такой#Заголовок]].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nКонец. ^known\n"
)
OTHER = "# Другая\n\n[[Лекция#Часть]] и [[Лекция]]\n"


class Room:
    """The window over a small library, and hands for it."""

    def __init__(self, window: MainWindow, notebook: Notebook, wait_until: Wait) -> None:
        self.window, self.notebook, self.wait_until = window, notebook, wait_until
        self.edit = window.editor.edit
        self.lecture = notebook.tree.create("Лекция", text=TEXT).created[0]
        self.other = notebook.tree.create("Другая", text=OTHER).created[0]
        self.told: list[str] = []
        window.workspace.notice.connect(lambda _level, sentence: self.told.append(sentence))
        self.open(self.lecture)

    def open(self, note_id: NoteId) -> None:
        self.window.workspace.open_note(note_id)
        QApplication.processEvents()

    def cursor(self, words: str, length: int = 0) -> None:
        """Put the cursor before words, or select some characters from there."""
        position = len(self.edit.toPlainText().partition(words)[0].encode("utf-16-le")) // 2
        cursor = self.edit.textCursor()
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)

    def run(self, command: str) -> None:
        self.window.actions_by_name[command].trigger()

    def copied(self, command: str) -> str:
        QGuiApplication.clipboard().setText("")
        self.run(command)
        self.wait_until(lambda: QGuiApplication.clipboard().text() != "")
        return QGuiApplication.clipboard().text()

    def text(self, note_id: NoteId) -> str:
        return self.notebook.notes.read(note_id).text

    def popup(self, kind: type[QWidget]) -> QWidget:
        """Return the dialog that is shown, as soon as it is."""
        self.wait_until(lambda: any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets()))
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())

    def menu(self, words: str) -> dict[str, Callable[[], None]]:
        """Return the lines of the editor's menu at words."""
        menu = QMenu(self.edit)
        menu.addAction("Copy")
        position = len(self.edit.toPlainText().partition(words)[0].encode("utf-16-le")) // 2
        self.edit.menu_opening.emit(menu, position)
        return {action.text().partition("\t")[0]: action.trigger for action in menu.actions() if action.text()}

    def undo_by_notice(self) -> None:
        self.window.notices._button.click()


@pytest.fixture
def room(app: object, tmp_path: Path, wait_until: Wait) -> Iterator[Room]:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    tasks = Tasks()
    settings = load_settings(tmp_path)
    settings.view = "edit"
    window = MainWindow(Workspace(notebook, tasks, settings))
    bugs: list[BaseException] = []
    window.workspace.bug_found.connect(bugs.append)
    window.resize(1300, 700)
    window.show()
    yield Room(window, notebook, wait_until)
    window.editor.flush(wait=True)
    window.close()
    window.deleteLater()
    window.workspace.deleteLater()  # with what would store something a moment later
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tasks.close()
    notebook.close()
    assert not bugs


def test_a_link_to_the_paragraph_marks_it_in_one_step(room: Room) -> None:
    room.cursor("в две")
    before = room.edit.textCursor().position()
    link = room.copied("copy_block_link")
    block_id = link.removeprefix("[[Лекция#^").removesuffix("]]")
    assert f"в две строки. ^{block_id}\n\n- пункт" in room.edit.toPlainText()
    assert room.edit.textCursor().position() == before
    assert room.copied("copy_block_link") == link, "the mark is there already"
    room.window.editor.flush(wait=True)
    place = room.notebook.links.place(room.lecture, f"^{block_id}")
    assert place is not None
    assert room.text(room.lecture)[place.start :].startswith("Первый абзац")
    room.edit.undo()
    assert room.edit.toPlainText() == TEXT
    room.cursor("Конец")
    assert room.copied("copy_block_link") == "[[Лекция#^known]]"
    room.cursor("Часть")
    assert room.copied("copy_block_link") == "[[Лекция#Часть]]", "a heading goes by its words"
    room.cursor("| 1")
    room.copied("copy_block_link")
    assert "| 1 | 2 |\n\n^" in room.edit.toPlainText()


def test_a_mark_goes_where_the_block_ends() -> None:
    text = "- a\n  more\n- b\n\n> q\n> r\n\n```\nx\n```\nafter\n\n$$\ny\n$$\n"
    for words, written in (("a", "  more ^"), ("b", "- b ^"), ("q", "> r ^"), ("x", "```\n\n^"), ("y", "$$\n\n^")):
        found = block_link(text, text.index(words))
        assert found is not None
        assert found.edit is not None
        marked = text[: found.edit.start] + found.edit.text + text[found.edit.end :]
        assert written + found.id in marked
        block = find_block(marked, found.id)
        assert block is not None
        assert block.start <= text.index(words) < block.end
    assert block_link("---\na: b\n---\n\ntext\n", 5) is None, "front matter has no paragraphs"
    assert block_link("a\n\n\n\nb", 3) is None


def test_links_to_headings_and_notes(room: Room) -> None:
    room.cursor("Слова")
    assert room.copied("copy_heading_link") == "[[Лекция#Часть]]"
    assert room.copied("copy_note_link") == "[[Лекция]]"
    twin = room.notebook.tree.create("Лекция", parent_id=room.other, text="# Тема\n").created[0]
    room.window.runners.links.copy_note_link(twin)
    room.wait_until(lambda: QGuiApplication.clipboard().text() == "[[Другая/Лекция]]")


def test_a_section_is_extracted_and_put_back(room: Room) -> None:
    room.cursor("Слова")
    room.run("extract_selection")
    dialog = room.popup(ExtractDialog)
    assert isinstance(dialog, ExtractDialog)
    assert dialog.title.text() == "Часть"
    QApplication.sendEvent(dialog.title, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier(0)))
    room.wait_until(lambda: "[[Часть]]" in room.edit.toPlainText())
    new = room.notebook.notes.find("Часть")
    assert room.text(new).startswith("# Часть\n\nСлова [[Другая]]")
    assert room.text(room.other) == "# Другая\n\n[[Часть]] и [[Лекция]]\n"
    assert room.window.workspace.current == room.lecture
    room.undo_by_notice()
    room.wait_until(lambda: room.edit.toPlainText() == TEXT)
    assert room.text(room.lecture) == TEXT
    assert room.text(room.other) == OTHER
    assert not room.notebook.tree.exists(new)
    room.run("redo_tree")
    room.wait_until(lambda: room.notebook.tree.exists(new))
    room.run("undo_tree")
    room.wait_until(lambda: not room.notebook.tree.exists(new))
    assert room.text(room.lecture) == TEXT


def test_what_is_selected_is_extracted_with_what_was_just_typed(room: Room) -> None:
    room.cursor("Первый")
    room.edit.textCursor().insertText("Новый и ")
    room.cursor("Новый", len("Новый и Первый абзац 😀".encode("utf-16-le")) // 2)
    room.run("extract_selection")
    dialog = room.popup(ExtractDialog)
    assert isinstance(dialog, ExtractDialog)
    assert dialog.title.text() == "Новый и Первый абзац 😀"
    dialog.title.setText("Абзац")
    dialog.leave.setCurrentIndex(1)
    dialog.folder.setCurrentIndex(1)
    dialog.extract.click()
    room.wait_until(lambda: "![[Абзац]]\nв две" in room.edit.toPlainText())
    new = room.notebook.notes.find("Абзац")
    assert room.text(new) == "# Абзац\n\nНовый и Первый абзац 😀\n"
    assert room.notebook.tree.head(new).parent_id == room.lecture


def test_the_open_note_is_merged_into_another_and_put_back(room: Room, qt_messages: list[str]) -> None:
    room.run("merge_notes")
    picker = room.popup(NotePicker)
    assert isinstance(picker, NotePicker)
    room.wait_until(lambda: "Другая" in picker.hint.text())
    assert [picker.model.choice(picker.model.index(row)).title for row in range(picker.model.rowCount())] == ["Другая"]  # type: ignore[union-attr]
    QApplication.sendEvent(picker.field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier(0)))
    room.wait_until(lambda: room.window.workspace.current == room.other)
    assert "[[#Часть]] и [[#Лекция|Лекция]]\n\n## Лекция\n\nПервый" in room.text(room.other)
    assert not room.notebook.tree.exists(room.lecture)
    room.undo_by_notice()
    room.wait_until(lambda: room.notebook.tree.exists(room.lecture))
    assert (room.text(room.lecture), room.text(room.other)) == (TEXT, OTHER)
    # A pop-up over a window that is shown wants what the screen without a screen cannot do.
    qt_messages[:] = [message for message in qt_messages if "plugin does not support" not in message]


def test_two_selected_notes_are_merged_from_the_tree(room: Room) -> None:
    room.window.library.merge_requested.emit(room.other, room.lecture)
    dialog = room.popup(MergeDialog)
    assert isinstance(dialog, MergeDialog)
    dialog.merge.click()
    room.wait_until(lambda: not room.notebook.tree.exists(room.other))
    room.wait_until(lambda: "## Другая" in room.edit.toPlainText())


def test_a_click_on_a_link_to_nothing_makes_the_note(room: Room) -> None:
    room.window.editor.places.follow_link(room.edit.toPlainText().index("Нет такой") + 1, False)
    room.wait_until(lambda: room.window.workspace.current not in (room.lecture, room.other))
    made = room.window.workspace.current
    assert made is not None
    assert room.text(made) == "# Нет такой\n\n## Заголовок\n\n"
    room.undo_by_notice()
    room.wait_until(lambda: room.window.workspace.current == room.lecture)
    assert not room.notebook.tree.exists(made)
    count = room.notebook.tree.total()
    room.window.workspace.follow(room.lecture, "таблица.pdf")
    QApplication.processEvents()
    assert room.notebook.tree.total() == count, "a file is no note"
    assert "таблица.pdf" in room.window.notices.text


def test_the_undo_of_the_library_withdraws_the_notice_and_goes_back(room: Room) -> None:
    workspace, notices = room.window.workspace, room.window.notices
    workspace.follow(room.lecture, "Нет такой")
    room.wait_until(lambda: workspace.current not in (room.lecture, room.other))
    made = workspace.current
    assert made is not None
    assert notices._action is not None
    room.run("undo_tree")
    assert notices.text == "Undone: New note"
    assert notices._action is None, "a second undo would take back what is gone"
    room.wait_until(lambda: workspace.current == room.lecture)
    assert not room.notebook.tree.exists(made)
    room.run("undo_tree")
    assert notices.text == "There is nothing to undo in the library."


def test_the_notice_undoes_by_the_stack_and_below_other_changes_by_itself(room: Room) -> None:
    tree, stack = room.notebook.tree, room.window.workspace.tree_undo
    room.window.runners.notes.trash()
    room.wait_until(lambda: "trash" in room.window.notices.text)
    room.undo_by_notice()
    room.wait_until(lambda: room.window.workspace.current == room.lecture)
    assert (stack.index(), stack.count()) == (0, 1), "the key would redo, not undo, what was taken back"
    room.window.runners.notes.trash()
    room.wait_until(lambda: "trash" in room.window.notices.text)
    room.window.workspace.change_tree("Rename", lambda: tree.rename(room.other, "Иная"))
    room.wait_until(lambda: stack.count() == 2)
    room.undo_by_notice()
    room.wait_until(lambda: tree.exists(room.lecture))
    assert tree.head(room.other).title == "Иная"


def test_the_undo_stores_what_is_typed_first(room: Room) -> None:
    tree = room.notebook.tree
    room.window.workspace.change_tree("Rename", lambda: tree.rename(room.other, "Иная"))
    room.wait_until(lambda: "[[Иная]]" in room.edit.toPlainText())
    room.cursor("Конец")
    room.edit.textCursor().insertText("Новое. ")
    room.run("undo_tree")
    room.wait_until(lambda: tree.head(room.other).title == "Другая")
    room.wait_until(lambda: "[[Другая]]" in room.edit.toPlainText())
    assert "Новое. Конец" in room.text(room.lecture)


def test_an_ambiguous_link_opens_the_best_and_says_so(room: Room) -> None:
    room.notebook.tree.create("Другая", parent_id=room.lecture)
    room.window.workspace.follow(room.lecture, "Другая")
    room.wait_until(lambda: "Лекция/Другая" in room.window.notices.text)
    assert room.window.workspace.current == room.other


def test_the_menu_of_a_link(room: Room) -> None:
    lines = room.menu("Другая]]")
    assert list(lines)[:4] == ["Open link", "Open link in a new tab", "Copy link", "Rename “Другая”…"]
    lines["Copy link"]()
    assert QGuiApplication.clipboard().text() == "[[Другая]]"
    lines["Open link"]()
    assert room.window.workspace.current == room.other
    room.open(room.lecture)
    missing = room.menu("Нет такой")
    assert next(iter(missing)) == "Create the note “Нет такой”"
    assert "Open link" not in missing
    plain = room.menu("пункт")
    assert list(plain) == ["Copy", "Copy link to this paragraph", "Copy link to this heading", "Extract this section…"]


def test_the_menu_of_the_page_copies_what_is_under_the_mouse(room: Room) -> None:
    window = room.window
    window.show_view("split")
    preview = window.preview
    room.wait_until(lambda: "второй" in preview.browser.toPlainText() and preview.page.complete, 40)
    try:
        cursor = preview.browser.document().find("второй")
        place = preview.browser.cursorRect(cursor).center() - QPoint(8, 0)
        offset = window.runners.link_menus.offset_on_page(place)
        assert offset == TEXT.index("- второй")
        menu = preview.browser.menu_at(place)
        next(a for a in menu.actions() if a.text() == "Copy link to this paragraph").trigger()
        room.wait_until(lambda: "- второй ^" in room.edit.toPlainText())
        menu.deleteLater()
        link = preview.browser.document().find("Нет такой")
        link.setPosition(link.selectionStart() + 2)
        menu = preview.browser.menu_at(preview.browser.cursorRect(link).center())
        assert menu.actions()[0].text() == "Create the note “Нет такой”"
        assert not any("Open link" in action.text() for action in menu.actions()), "there is nothing to open"
        menu.deleteLater()
    finally:
        preview.close_process()


def test_the_tree_offers_to_merge_two_selected_notes(room: Room) -> None:
    library = room.window.library
    room.window.workspace.publish(Changes(everything=True))  # they were made behind the window's back
    library.reveal(room.lecture)
    library.view.selectAll()
    lines = [action.text() for action in library.menus.for_row(library.model.find(room.lecture)).actions()]
    assert "Merge “Лекция” into “Другая”…" in lines
    assert "Merge “Другая” into “Лекция”…" in lines
