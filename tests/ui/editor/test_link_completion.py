"""What is offered while a link or a tag is being typed, by real keys."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.core.search.link_targets import best
from desktop.ui.editor.completion.completion_sources import Typed, read_typed
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.workspace import Workspace
from tests.ui.editor.typist import press, type_text

Wait = Callable[..., None]


def offered(panel: EditorPanel, wait_until: Wait, typed: str) -> list[str]:
    panel.edit.setPlainText("")
    panel.edit.moveCursor(QTextCursor.MoveOperation.End)
    type_text(panel.edit, typed)
    wait_until(panel.completion.is_shown)
    return [panel.completion.list.item(row).text() for row in range(panel.completion.list.count())]


def open_new(workspace: Workspace, notebook: Notebook, title: str, text: str = "") -> NoteId:
    note_id = notebook.tree.create(title, text=text).created[0]
    workspace.open_note(note_id)
    return note_id


@pytest.mark.parametrize(
    ("left", "typed"),
    [
        ("see [[Gra", Typed("note", "Gra")),
        ("![[pic", Typed("file", "pic")),
        ("[[Note#He ad", Typed("heading", "He ad", "Note")),
        ("[[#He", Typed("heading", "He", "")),
        ("[[Note#^ab", Typed("block", "ab", "Note")),
        ("a #мл", Typed("tag", "мл")),
        ("(#a/b-c", Typed("tag", "a/b-c")),
        ("a #", Typed("tag", "")),
        ("#", None),
        ("> ##", None),
        ("# Heading", None),
        ("[[Note]] text", None),
        ("[[Note|ali", None),
        ("https://a.b/#frag", None),
        ("C#", None),
        ("#1", None),
    ],
)
def test_what_is_typed(left: str, typed: Typed | None) -> None:
    assert read_typed(left) == typed


def test_an_alias_is_offered_and_kept(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    notebook.tree.create("Градиентный спуск", text="---\naliases: SGD\n---\n")
    open_new(workspace, notebook, "Здесь")
    assert offered(panel, wait_until, "[[sg") == ["SGD → Градиентный спуск"]
    type_text(panel.edit, "\n")
    assert panel.edit.toPlainText() == "[[Градиентный спуск|SGD]]"
    panel.edit.undo()
    assert panel.edit.toPlainText() == "[[sg]]", "a choice is one step of undo"
    assert offered(panel, wait_until, "[[гс") == ["Градиентный спуск"]
    type_text(panel.edit, "\t")
    assert panel.edit.toPlainText() == "[[Градиентный спуск]]"
    assert offered(panel, wait_until, "[[градиенты спуска") == ["Градиентный спуск"], "other forms of the words"
    assert offered(panel, wait_until, "[[градеентный") == ["Градиентный спуск"], "a slip of the finger"


def test_notes_opened_last_are_offered_first_but_not_the_open_one(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    first = open_new(workspace, notebook, "Тема первая")
    for title in ("Тема вторая", "Тема третья"):
        notebook.tree.create(title)
    open_new(workspace, notebook, "Тема открытая")
    assert offered(panel, wait_until, "[[тема")[0] == "Тема первая"
    assert workspace.current != first
    assert panel.completion.list.currentItem().data(Qt.ItemDataRole.UserRole) == "Тема первая"
    press(panel.edit, Qt.Key.Key_Down)
    second = panel.completion.list.currentItem().text()
    assert panel.edit.accessibleDescription() == second
    press(panel.edit, Qt.Key.Key_Up)
    press(panel.edit, Qt.Key.Key_Escape)
    assert not panel.completion.is_shown()
    assert panel.edit.toPlainText() == "[[тема]]"


def test_a_note_whose_name_another_has_is_written_with_its_path(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    for folder in ("Алгебра", "Физика"):
        parent = notebook.tree.create(folder).created[0]
        notebook.tree.create("Введение", parent_id=parent)
    open_new(workspace, notebook, "Здесь")
    offered(panel, wait_until, "[[введение")
    rows = [panel.completion.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(2)]
    assert len(set(rows)) == 2
    found = {notebook.links.resolve(row.partition("|")[0], workspace.current) for row in rows}
    assert len(found) == 2, "each leads to a note of its own"


def test_headings_and_blocks(panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait) -> None:
    notebook.tree.create("Лекция", text="# Лекция\n\n## Выводы [1]\n\nСлова. ^key-1\n\n## Метод\n")
    open_new(workspace, notebook, "Здесь")
    assert offered(panel, wait_until, "[[Лекция#") == ["Лекция", "Выводы [1]", "Метод"]
    assert offered(panel, wait_until, "[[Лекция#вывод") == ["Выводы [1]"]
    type_text(panel.edit, "\n")
    assert panel.edit.toPlainText() == "[[Лекция#Выводы 1]]"
    assert offered(panel, wait_until, "[[Лекция#^") == ["key-1"]
    assert offered(panel, wait_until, "# Первый\n## Второй\n\n[[#вт") == ["Второй"]
    type_text(panel.edit, "\n")
    assert panel.edit.toPlainText() == "# Первый\n## Второй\n\n[[#Второй]]"


def test_headings_of_the_note_that_the_link_means(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    for folder in ("Алгебра", "Физика"):
        parent = notebook.tree.create(folder).created[0]
        notebook.tree.create("Введение", text=f"# {folder}\n\nСлова. ^key-1\n", parent_id=parent)
    here = open_new(workspace, notebook, "Здесь")
    meant = notebook.links.resolve("Введение", here)
    assert meant is not None, "of two notes with one name the link means one"
    title = notebook.notes.sections(meant)[0].title
    assert offered(panel, wait_until, "[[Введение#") == [title]
    assert offered(panel, wait_until, "[[Введение#^") == ["key-1"]


def test_tags(panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait) -> None:
    for number, text in enumerate(("#ml/nlp #матан", "#матан", "#матрицы")):
        notebook.tree.create(f"Note {number}", text=text)
    open_new(workspace, notebook, "Здесь")
    assert offered(panel, wait_until, "x #мат") == ["матан", "матрицы"]
    type_text(panel.edit, "р")
    wait_until(lambda: panel.completion.list.count() == 1)
    type_text(panel.edit, "\n")
    assert panel.edit.toPlainText() == "x #матрицы"
    assert offered(panel, wait_until, "x #nlp") == ["ml/nlp"]
    assert offered(panel, wait_until, "x #vfnfy") == ["матан"], "the keys of the other layout"
    type_text(panel.edit, " матан\n")
    assert panel.edit.toPlainText() == "x #vfnfy матан\n"


def test_files_are_offered_where_they_can_be_shown(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    notebook.attachments.add("график потерь.png", b"1")
    notebook.tree.create("График работы")
    open_new(workspace, notebook, "Здесь")
    assert offered(panel, wait_until, "![[граф") == ["график потерь.png", "График работы"]
    assert offered(panel, wait_until, "[[граф") == ["График работы"]


@pytest.mark.parametrize("text", ["```\n[[No", "x `[[No", "```\n#t", "`#t"])
def test_nothing_is_offered_in_code(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, text: str
) -> None:
    open_new(workspace, notebook, "Note", text="#tag")
    panel.edit.setPlainText("")
    panel.edit.insertPlainText(text)
    type_text(panel.edit, "a")
    assert panel.completion._start == -1
    assert not panel.completion.is_shown()


def test_a_choice_replaces_the_rest_of_the_link(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    notebook.tree.create("Графики")
    open_new(workspace, notebook, "Здесь")
    panel.edit.setPlainText("😀 [[old]] end")
    cursor = panel.edit.textCursor()
    cursor.setPosition(5)
    panel.edit.setTextCursor(cursor)
    type_text(panel.edit, "графи")
    wait_until(panel.completion.is_shown)
    type_text(panel.edit, "\n")
    assert panel.edit.toPlainText() == "😀 [[Графики]] end"


def test_many_tags_are_searched_in_no_time() -> None:
    from desktop.core.search.link_targets import Target
    from desktop.core.search.title_match import line_of

    rows = [(line_of(f"тема/{n}-слово{n % 97}"), Target(f"тема/{n}-слово{n % 97}")) for n in range(20_000)]
    best(rows[:10], "слово", 20)
    started = time.process_time()
    assert len(best(rows, "слово5", 20)) == 20
    assert time.process_time() - started < 0.6
