"""Finding and replacing: every alphabet, patterns that stop, one undo."""

import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from desktop.core.notebook import Notebook
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.editor.finding.find import BAD, SLOW, Query, find_spans, replacement
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]
HOSTILE = "a" * 40 + "!"


def opened(panel: EditorPanel, workspace: Workspace, notebook: Notebook, text: str, *, replace: bool = False) -> None:
    workspace.open_note(notebook.tree.create("Open", text=text).created[0])
    (panel.open_replace if replace else panel.open_find)()


def press(widget: object, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
          text: str = "") -> None:  # fmt: skip
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


def found(text: str, words: str, **how: bool) -> list[str]:
    return [text[start:end] for start, end in find_spans(text, Query(words, **how)).spans]


def test_words_cases_and_patterns() -> None:
    assert found("Слово словом слово", "слово") == ["Слово", "слово", "слово"]
    assert found("Слово словом слово", "слово", whole=True) == ["Слово", "слово"]
    assert found("Слово словом слово", "слово", case=True, whole=True) == ["слово"]
    assert found("a1 б22", r"\w\d+", pattern=True) == ["a1", "б22"]
    assert found("one\ntwo", r"^\w+$", pattern=True) == ["one", "two"]
    assert found("aaa", "x*", pattern=True) == []
    assert find_spans("abcabc", Query("b"), within=(2, 6)).spans == ((4, 5),)


def test_a_bad_pattern_and_a_hostile_one_are_told() -> None:
    assert find_spans("text", Query("(", pattern=True)).problem == BAD
    assert find_spans("text", Query("a" * 2_000, pattern=True)).problem == BAD
    started = time.monotonic()
    assert find_spans(HOSTILE * 50, Query("(a|aa)+$", pattern=True)).problem == SLOW
    assert time.monotonic() - started < 5


def test_other_threads_run_while_a_hostile_pattern_is_tried() -> None:
    ticks: list[float] = []
    search = threading.Thread(target=find_spans, args=(HOSTILE * 50, Query("(a|aa)+$", pattern=True)))
    search.start()
    while search.is_alive():
        ticks.append(time.monotonic())
        time.sleep(0.005)
    assert len(ticks) > 20


@pytest.mark.parametrize(
    ("template", "expected"),
    [("$2 $1", "b a"), (r"\2\n\1", "b\na"), ("${x}!", "a!"), ("$&$&", "a=ba=b"), ("$$1 $9", "$1 $9"), ("\\\\1", "\\1")],
)
def test_groups_in_a_replacement(template: str, expected: str) -> None:
    query = Query(r"(?P<x>\w)=(\w)", pattern=True)
    assert replacement("1 a=b", query, template, 2, 5) == expected
    assert replacement("1 a=b", Query("a=b"), template, 2, 5) == template


def test_the_bar_follows_a_pattern(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    opened(panel, workspace, notebook, "😀 a1 b2 c3")
    bar = panel.find_bar
    bar.pattern_box.setChecked(True)
    bar.find_field.setText(r"[a-z]\d")
    wait_until(lambda: bar.count_label.text() == "1 of 3")
    assert panel.edit.textCursor().selectedText() == "a1"
    bar.find_field.setText("[a-z")
    wait_until(bar.problem_label.isVisible)
    assert bar.problem_label.text() == "This is not a complete regular expression."
    bar.find_field.setText("c")
    wait_until(lambda: not bar.problem_label.isVisible() and bar.count_label.text() == "1 of 1")


def test_a_hostile_pattern_does_not_hold_the_window(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    opened(panel, workspace, notebook, HOSTILE * 50)
    bar = panel.find_bar
    bar.pattern_box.setChecked(True)
    started = time.monotonic()
    bar.find_field.setText("(a|aa)+$")
    assert time.monotonic() - started < 0.3
    wait_until(lambda: "takes too long" in bar.problem_label.text(), 10)


def test_all_are_replaced_with_groups_as_one_step(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    text = "😀 x=1, y=2\nслово z=3 конец"
    opened(panel, workspace, notebook, text, replace=True)
    bar = panel.find_bar
    bar.pattern_box.setChecked(True)
    bar.find_field.setText(r"(\w)=(\d)")
    bar.replace_field.setText(r"\2<-$1")
    press(bar.replace_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: bar.count_label.text() == "3 replaced")
    assert panel.edit.toPlainText() == "😀 1<-x, 2<-y\nслово 3<-z конец"
    panel.edit.undo()
    assert panel.edit.toPlainText() == text


@pytest.mark.parametrize("count", [20, 3_000])
def test_the_cursor_stays_by_its_words(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, count: int
) -> None:
    opened(panel, workspace, notebook, "aб " * count + "😀HERE " + "aб " * count, replace=True)
    bar = panel.find_bar
    bar.find_field.setText("a")
    cursor = panel.edit.document().find("HERE")
    cursor.clearSelection()
    panel.edit.setTextCursor(cursor)
    bar.replace_field.setText("xyz")
    bar.replace_all()
    assert panel.edit.toPlainText() == "xyzб " * count + "😀HERE " + "xyzб " * count
    after = panel.edit.textCursor()
    after.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, 4)
    assert after.selectedText() == "HERE"
    panel.edit.undo()
    assert panel.edit.toPlainText().startswith("aб aб")


def test_only_in_the_selection(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    workspace.open_note(notebook.tree.create("Open", text="a a\na a\na a").created[0])
    cursor = panel.edit.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(7, QTextCursor.MoveMode.KeepAnchor)
    panel.edit.setTextCursor(cursor)
    panel.open_replace()  # several lines: they are where to look, not what to look for
    bar = panel.find_bar
    assert bar.scope_box.isChecked()
    bar.find_field.setText("a")
    assert bar.count_label.text() == "1 of 3"
    bar.replace_field.setText("b")
    bar.replace_all()
    assert panel.edit.toPlainText() == "a b\nb b\na a"
    bar.close_bar()
    assert not bar.scope_box.isChecked()


def test_keys_choose_and_bring_needles_back(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    opened(panel, workspace, notebook, "One one two")
    bar, alt = panel.find_bar, Qt.KeyboardModifier.AltModifier
    bar.find_field.setText("one")
    press(bar.find_field, Qt.Key.Key_C, alt)
    assert bar.case_box.isChecked()
    assert bar.count_label.text() == "1 of 1"
    press(bar.find_field, Qt.Key(ord("Ц")), alt)  # the key of W on a Russian keyboard
    assert bar.whole_box.isChecked()
    press(bar.find_field, Qt.Key.Key_R, alt)
    assert bar.pattern_box.isChecked()
    press(bar.find_field, Qt.Key.Key_R, alt)
    press(bar.find_field, Qt.Key.Key_Return)
    bar.find_field.setText("two")
    press(bar.find_field, Qt.Key.Key_Return)
    bar.find_field.clear()
    press(bar.find_field, Qt.Key.Key_Up)
    assert bar.find_field.text() == "two"
    press(bar.find_field, Qt.Key.Key_Up)
    assert bar.find_field.text() == "one"
    press(bar.find_field, Qt.Key.Key_Down)
    assert bar.find_field.text() == "two"
    press(bar.find_field, Qt.Key.Key_Escape)
    assert not panel.finding


def test_a_match_in_a_fold_is_shown(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    workspace.open_note(notebook.tree.create("Open", text="# Head\n\nhidden word\n\n# Next\n").created[0])
    panel.edit.folding.fold_all()
    panel.open_find()
    panel.find_bar.find_field.setText("hidden")
    assert panel.edit.textCursor().selectedText() == "hidden"
    assert panel.edit.textCursor().block().isVisible()


def test_in_a_long_text_only_what_is_seen_is_marked(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    opened(panel, workspace, notebook, "word and слово\n" * 60_000)
    started = time.thread_time()
    panel.find_bar.find_field.setText("слово")
    assert time.thread_time() - started < 0.1
    wait_until(lambda: panel.find_bar.count_label.text() == "1 of 60000")
    assert 5 < len(panel.edit.extraSelections()) < 200
    QApplication.processEvents()
    panel.edit.verticalScrollBar().setValue(30_000)

    def first_marked() -> int:
        marks = panel.edit.extraSelections()
        return min(mark.cursor.blockNumber() for mark in marks)

    wait_until(lambda: first_marked() > 29_000)


def test_a_match_is_in_view_though_the_bar_took_room(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    panel.resize(360, 300)
    opened(panel, workspace, notebook, "line\n" * 9 + "needle\n" + "line\n" * 9, replace=True)
    panel.find_bar.find_field.setText("needle")
    QApplication.processEvents()
    wait_until(lambda: panel.edit.viewport().rect().contains(panel.edit.cursorRect()))
    assert panel.edit.textCursor().selectedText() == "needle"


def test_the_needle_stays_while_replacing_is_opened_from_the_bar(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    opened(panel, workspace, notebook, "ab ac")
    bar = panel.find_bar
    bar.find_field.setText("a")
    bar.find_field.setText("abc")  # not found: the letter found while typing is still selected
    panel.activateWindow()
    wait_until(bar.find_field.hasFocus)
    panel.open_replace()
    assert bar.find_field.text() == "abc"
