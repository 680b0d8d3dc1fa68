"""Marked spans over the text: found words. Only those that are seen are given to Qt."""

from bisect import bisect_left

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from desktop.ui import theme
from desktop.ui.editor.page import PageEdit

_BEYOND = 50  # marks above and below what is seen: a page that grows shows them at once

Span = tuple[int, int]


class Marks(QObject):
    """Marks spans of the document that a page shows."""

    def __init__(self, edit: PageEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._spans: list[Span] = []
        self._starts: list[int] = []
        self._current = -1
        self.under: list[QTextEdit.ExtraSelection] = []  # drawn below the marks: the waves of the spelling
        self._later = QTimer(self, singleShot=True, interval=0)  # one scroll tells several values
        self._later.timeout.connect(self.refresh)
        edit.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.notifier().changed.connect(self.refresh)

    def set(self, spans: list[Span], current: int = -1) -> None:
        """Mark these positions (ascending), and no others; the one that starts at `current` stands out."""
        if spans or self._spans:
            self._spans = spans
            self._current = current
            self._starts = [start for start, _end in spans]
            self.refresh()

    def refresh(self) -> None:
        """Mark what is seen."""
        if not self._spans:
            self._edit.setExtraSelections(self.under)
            return
        area = self._edit.viewport().rect()
        top = self._edit.firstVisibleBlock().position()
        bottom = self._edit.cursorForPosition(area.bottomRight()).position()
        first = max(0, bisect_left(self._starts, top) - _BEYOND)
        last = bisect_left(self._starts, bottom + 1) + _BEYOND
        style, strong = QTextCharFormat(), QTextCharFormat()
        style.setBackground(theme.current().mark)
        strong.setBackground(theme.current().accent)
        strong.setForeground(theme.current().on_accent)
        document = self._edit.document()
        limit = document.characterCount() - 1
        marks = []
        for start, end in self._spans[first:last]:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(document)
            cursor.setPosition(min(start, limit))
            cursor.setPosition(min(end, limit), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format = strong if start == self._current else style
            marks.append(mark)
        self._edit.setExtraSelections([*self.under, *marks])

    def _on_scrolled(self) -> None:
        if self._spans:
            self._later.start()
