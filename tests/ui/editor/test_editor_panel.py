"""Finding, completing, following and being shown a place."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from desktop.core.notebook import Notebook
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.editor.finding.find import Query, find_spans
from desktop.ui.editor.word_count import Counts, count
from desktop.ui.workspace import Place, Workspace

Wait = Callable[..., None]


def open_text(workspace: Workspace, notebook: Notebook, text: str, title: str = "Open") -> int:
    note_id = notebook.tree.create(title, text=text).created[0]
    workspace.open_note(note_id)
    return note_id


def type_keys(panel: EditorPanel, text: str) -> None:
    for character in text:
        QApplication.sendEvent(
            panel.edit, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
        )


def press(panel: EditorPanel, key: Qt.Key) -> None:
    QApplication.sendEvent(panel.edit, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def test_find_counts_and_goes_round(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    open_text(workspace, notebook, "😀 Слово, слово и словом")
    panel.open_find()
    panel.find_bar.find_field.setText("слово")
    assert panel.find_bar.count_label.text() == "1 of 3"
    assert panel.edit.textCursor().selectedText() == "Слово"
    panel.find_next()
    panel.find_next()
    panel.find_next()
    assert panel.find_bar.count_label.text() == "1 of 3"
    panel.find_previous()
    assert panel.find_bar.count_label.text() == "3 of 3"
    panel.find_bar.whole_box.setChecked(True)
    panel.find_bar.case_box.setChecked(True)
    assert len(panel.edit.extraSelections()) == 1
    panel.find_bar.close_bar()
    assert not panel.edit.extraSelections()


def test_replace_one_and_all(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    open_text(workspace, notebook, "a b 😀 a b a")
    panel.open_replace()
    panel.find_bar.find_field.setText("a")
    panel.find_bar.replace_field.setText("aa")
    panel.find_bar.replace_one()
    assert panel.edit.toPlainText() == "aa b 😀 a b a"
    assert panel.edit.textCursor().selectionStart() == 8
    panel.find_bar.find_field.setText("b")
    panel.find_bar.replace_field.setText("")
    panel.find_bar.replace_all()
    assert panel.edit.toPlainText() == "aa  😀 a  a"
    panel.edit.undo()
    assert panel.edit.toPlainText() == "aa b 😀 a b a"


def test_words_to_find_are_no_pattern() -> None:
    assert find_spans("a.c abc", Query("a.c")).spans == ((0, 3),)
    assert find_spans("word words", Query("WORD", whole=True)).spans == ((0, 4),)
    assert find_spans("text", Query()).spans == ()


def test_names_complete_after_two_brackets(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    notebook.tree.create("Векторный поиск", text="# Векторный поиск\n\n## Индексы\n\n## Меры\n")
    open_text(workspace, notebook, "😀 see ")
    panel.edit.moveCursor(QTextCursor.MoveOperation.End)
    type_keys(panel, "[[вект")
    wait_until(panel.completion.list.isVisible)
    press(panel, Qt.Key.Key_Return)
    assert panel.edit.toPlainText() == "😀 see [[Векторный поиск]]"
    assert not panel.completion.list.isVisible()
    type_keys(panel, " [[Векторный поиск#ме")
    wait_until(lambda: panel.completion.list.isVisible() and panel.completion.list.count() == 1)
    press(panel, Qt.Key.Key_Tab)
    assert panel.edit.toPlainText().endswith("[[Векторный поиск#Меры]]")


def test_escape_closes_the_completion(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    open_text(workspace, notebook, "")
    type_keys(panel, "[[")
    wait_until(panel.completion.list.isVisible)
    press(panel, Qt.Key.Key_Escape)
    assert not panel.completion.list.isVisible()
    assert panel.edit.toPlainText() == "[[]]"


def test_a_place_is_shown_by_its_offset_in_the_text(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook
) -> None:
    text = "\ufeff# One\r\n😀\r\n# Two\r\nслова тут\r\n"
    note_id = open_text(workspace, notebook, text)
    workspace.open_note(note_id, offset=text.index("слова"), words=("слов",))
    assert panel.edit.textCursor().block().text() == "слова тут"
    assert panel.edit.textCursor().positionInBlock() == 0
    assert [mark.cursor.selectedText() for mark in panel.edit.extraSelections()] == ["слов"]
    assert panel.place() == Place(note_id, text.index("слова"))
    workspace.open_note(note_id, section=1)
    assert panel.edit.textCursor().block().text() == "# Two"


def test_a_link_is_followed_where_it_leads(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    target = notebook.tree.create("Target", text="# Target\n").created[0]
    open_text(workspace, notebook, "😀 see [[Target|it]] there")
    cursor = panel.edit.textCursor()
    cursor.setPosition(12)
    panel.edit.setTextCursor(cursor)
    panel.edit.follow_link()
    assert workspace.current == target


def test_a_pasted_picture_is_stored_and_embedded(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    open_text(workspace, notebook, "before after")
    cursor = panel.edit.textCursor()
    cursor.setPosition(7)
    panel.edit.setTextCursor(cursor)
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    data = QMimeData()
    data.setImageData(picture)
    panel.edit.insertFromMimeData(data)
    wait_until(lambda: "![[" in panel.edit.toPlainText())
    (stored,) = notebook.attachments.list()
    assert panel.edit.toPlainText() == f"before ![[{stored.name}]]after"


def test_words_and_cursor_are_told(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    counts: list[Counts] = []
    places: list[int] = []
    panel.counted.connect(counts.append)
    panel.cursor_moved.connect(places.append)
    open_text(workspace, notebook, "😀 два слова и one-two\r\nконец")
    panel.edit.moveCursor(QTextCursor.MoveOperation.End)
    wait_until(lambda: [told.words for told in counts] == [5] and bool(places))
    assert places[-1] == len("😀 два слова и one-two\r\nконец")


def test_words_are_counted_alike_in_slices() -> None:
    text = "слово два\n" * 20_000
    assert count(text) == Counts(40_000, 9 * 20_000, 8 * 20_000)


def test_nothing_open_says_so(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    assert not panel.edit.isVisible()
    open_text(workspace, notebook, "text")
    assert panel.edit.isVisible()
    workspace.close_note()
    assert not panel.edit.isVisible()
