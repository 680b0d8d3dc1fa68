"""Shortcuts by the physical key when the keyboard is set to another alphabet.

Under a keymap that has only Russian letters, Qt sees Ctrl+З where the user pressed the key of Ctrl+P, and no shortcut
matches. The letter of the same key on a Latin keyboard is tried then.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

LATIN_OF = dict(zip("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`", strict=True))
EDITING = frozenset("ACVXYZ")  # keys that widgets know by themselves: all, copy, paste, cut, redo, undo


class PhysicalShortcuts(QObject):
    """An event filter for a window that triggers actions by the physical key.

    A key that no widget in the window wants as a shortcut comes to the window; on the application a filter in Python
    would cost 0.06 ms for every event there is, 4 ms for a key and its new page.
    """

    def __init__(self, actions: Mapping[str, QAction], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Trigger the action whose Latin shortcut stands on the pressed key."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        wanted = latin_sequence(event)
        if wanted is None:
            return False
        for action in self._actions.values():
            if action.isEnabled() and wanted in action.shortcuts():
                event.accept()
                action.trigger()
                return True
        letter, focused = wanted.toString()[-1], QApplication.focusWidget()
        if focused is None or letter not in EDITING:
            return False
        event.accept()
        latin = QKeyEvent(QEvent.Type.KeyPress, ord(letter), event.modifiers())
        QApplication.sendEvent(focused, latin)
        return True


def latin_sequence(event: QKeyEvent) -> QKeySequence | None:
    """Return the shortcut of the same physical key on a Latin keyboard, or None where none is needed."""
    modifiers = event.modifiers()
    if not modifiers & Qt.KeyboardModifier.ControlModifier:
        return None
    key = event.key()
    letter = chr(key).lower() if 0x400 <= key <= 0x4FF else event.text().lower()
    latin = LATIN_OF.get(letter)
    if latin is None:
        return None
    combined = Qt.Key(ord(latin.upper()))
    return QKeySequence((modifiers & ~Qt.KeyboardModifier.KeypadModifier) | combined)
