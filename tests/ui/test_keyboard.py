"""Shortcuts work by the physical key under a Russian keymap."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

from desktop.ui.keyboard import PhysicalShortcuts, latin_sequence

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(letter: str, modifiers: Qt.KeyboardModifier = CONTROL) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.ShortcutOverride, ord(letter.upper()), modifiers, letter)


@pytest.mark.parametrize(
    ("letter", "modifiers", "expected"),
    [
        ("з", CONTROL, "Ctrl+P"),
        ("а", CONTROL | SHIFT, "Ctrl+Shift+F"),
        ("ё", CONTROL, "Ctrl+`"),
        ("б", CONTROL, "Ctrl+,"),
    ],
)
def test_the_latin_letter_of_the_key(app: object, letter: str, modifiers: Qt.KeyboardModifier, expected: str) -> None:
    assert latin_sequence(press(letter, modifiers)) == QKeySequence(expected)


def test_plain_typing_and_latin_keys_are_left_alone(app: object) -> None:
    assert latin_sequence(press("з", Qt.KeyboardModifier.NoModifier)) is None
    assert latin_sequence(press("p")) is None


def test_the_action_of_the_key_runs(app: object) -> None:
    owner = QObject()
    action = QAction("x", owner)
    action.setShortcut(QKeySequence("Ctrl+P"))
    ran: list[bool] = []
    action.triggered.connect(lambda: ran.append(True))
    keyboard = PhysicalShortcuts({"x": action}, owner)
    assert keyboard.eventFilter(owner, press("з"))
    assert ran == [True]
    action.setEnabled(False)
    assert not keyboard.eventFilter(owner, press("з"))


def test_a_key_over_the_text_comes_to_the_window(app: object) -> None:
    window = QMainWindow()
    edit = QPlainTextEdit()
    window.setCentralWidget(edit)
    action = QAction("x", window)
    action.setShortcut(QKeySequence("Ctrl+P"))
    ran: list[bool] = []
    action.triggered.connect(lambda: ran.append(True))
    window.installEventFilter(PhysicalShortcuts({"x": action}, window))
    event = press("з")
    event.ignore()  # as Qt sends it
    QApplication.sendEvent(edit, event)
    assert ran == [True]
    assert event.isAccepted()


def test_keys_of_the_widgets_themselves_work_too(app: QApplication) -> None:
    window = QMainWindow()
    edit = QPlainTextEdit()
    window.setCentralWidget(edit)
    window.installEventFilter(PhysicalShortcuts({}, window))
    window.show()
    window.activateWindow()
    edit.setFocus()
    assert QTest.qWaitForWindowActive(window)
    edit.insertPlainText("words")
    assert app.focusWidget() is edit
    for letter, expected in (("ф", "words"), ("ч", ""), ("м", "words"), ("я", "")):  # all, cut, paste, undo
        event = press(letter)
        event.ignore()
        app.sendEvent(edit, event)
        assert edit.toPlainText() == expected
    window.close()
