"""The keys that lead from the field into the results and back."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.ui.search.result_list import ResultList

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ResultKeys(QObject):
    """Watches the field and the list."""

    open_wanted = Signal(bool)  # the current row; in a new tab
    leave_wanted = Signal()

    def __init__(self, field: QLineEdit, view: ResultList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._list = view
        field.installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that lead on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._field:
                return self._field_key(event)
            if watched is self._list:
                return self._list_key(event)
        return False

    def _field_key(self, event: QKeyEvent) -> bool:
        key, has_rows = event.key(), self._list.results.first_choice() >= 0
        if key == Qt.Key.Key_Down and has_rows and self._list.isVisible():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if key in ENTER and has_rows and self._list.isVisible():
            self.open_wanted.emit(_wants_tab(event))
            return True
        if key == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
            return True
        return False

    def _list_key(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER:
            self.open_wanted.emit(_wants_tab(event))
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
            return True
        if event.key() == Qt.Key.Key_Up and self._list.currentIndex().row() <= self._list.results.first_choice():
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        typed = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and ((typed.isprintable() and typed) or event.key() == Qt.Key.Key_Backspace):
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._field.end(False)
            QApplication.sendEvent(self._field, event)
            return True
        return False


def _wants_tab(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
