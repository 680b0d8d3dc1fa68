"""A document's text, kept beside it by following its changes.

Reading a megabyte out of a QTextDocument holds the window for a dozen milliseconds. So each change is noted as a
*splice* (position, removed, inserted) in Qt's own units, and splices are put into the kept text when it is asked for.
Where the numbers that Qt tells do not add up, and while half a surrogate pair stands in the document, the text is
read from the document again.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.ui.editor.fidelity import shown_text

_UNITS = "utf-16-le"
_MOST_INSERTED = 65_536  # characters of one change; more are read with the whole text, at once
_MOST_SPLICES = 64


class ShownText(QObject):
    """What a document holds; the text it was made with is given, not read."""

    def __init__(self, document: QTextDocument, text: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._text = text
        self._units = b""  # the text in Qt's units; made at the first change
        self._splices: list[tuple[int, int, bytes]] = []  # not in the text yet
        self._length = document.characterCount() - 1
        self._lost = False  # then the next asking reads the document
        self._even: bool | None = None  # of the text; asked for after it was painted: 5 ms for a megabyte
        self._even_inserted = True  # so is all that was typed
        self._read = False  # the document, since the last change
        document.contentsChange.connect(self._follow)

    @property
    def even(self) -> bool:
        """Whether every character is one of Qt's units, as far as is known without reading the text."""
        if self._even is None:
            self._even = len(self._text.encode(_UNITS, "surrogatepass")) == 2 * len(self._text)
        return self._even and self._even_inserted and not self._lost

    def text(self) -> str:
        """Return the text as it stands."""
        if self._splices and not self._lost:
            self._join()
        if self._lost and not self._read:
            self._text = shown_text(self._document)
            self._units = self._text.encode(_UNITS, "surrogatepass")
            self._lost = len(self._units) != 2 * self._length
            self._even, self._even_inserted = len(self._units) == 2 * len(self._text), True
            self._read = True
        self._splices.clear()
        return self._text

    def _join(self) -> None:
        units = self._units or self._text.encode(_UNITS, "surrogatepass")
        for position, removed, inserted in self._splices:
            units = b"".join((units[: 2 * position], inserted, units[2 * (position + removed) :]))
        self._units = units
        try:
            self._text = units.decode(_UNITS)
            self._lost = len(units) != 2 * self._length
        except UnicodeDecodeError:
            self._lost = True

    def _follow(self, position: int, removed: int, added: int) -> None:
        before, self._length = self._length, self._document.characterCount() - 1
        self._read = False
        if self._lost:
            return
        removed = min(removed, before - position)  # Qt counts the end of the last line, which is no character
        added = min(added, self._length - position)
        inserted = b""
        if 0 < added <= _MOST_INSERTED:
            cursor = QTextCursor(self._document)
            cursor.setPosition(position)
            cursor.setPosition(position + added, QTextCursor.MoveMode.KeepAnchor)
            written = cursor.selectedText().replace("\u2029", "\n")
            inserted = written.encode(_UNITS, "surrogatepass")
            self._even_inserted = self._even_inserted and len(inserted) == 2 * len(written)
        if removed < 0 or added < 0 or before - removed + added != self._length or len(inserted) != 2 * added:
            self._lost = True
        else:
            self._add(position, removed, inserted)

    def _add(self, position: int, removed: int, inserted: bytes) -> None:
        """Note a splice; one that goes on where the last one ended becomes a part of it."""
        if self._splices:
            last, last_removed, written = self._splices[-1]
            if not removed and position == last + len(written) // 2:
                self._splices[-1] = (last, last_removed, written + inserted)
                return
        self._splices.append((position, removed, inserted))
        self._lost = len(self._splices) > _MOST_SPLICES
