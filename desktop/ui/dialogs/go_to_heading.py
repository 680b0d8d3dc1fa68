"""Go to a heading of the open note: found by typing, shown while one chooses, and Escape goes back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.core.records import Section
from desktop.core.text.slips import is_slip, swap_layout
from desktop.core.text.words import stem, tokens
from desktop.ui.popup import lay_out_popup

WIDTH, ROWS, ROW_HEIGHT = 520, 12, 30
_ORDINAL, _TITLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_LEAST_SLIP = 4  # letters of a word in which one may be wrong


class GoToHeading(QDialog):
    """Lists the headings; the row at hand is shown in the text.

    `back` brings back what was shown before; `offset` is where the cursor stands in the text.
    """

    shown = Signal(int)  # the ordinal of the section that is looked at
    chosen = Signal(int)  # of the one that is gone to

    def __init__(self, back: Callable[[], None], offset: int, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Go to heading"))
        self._sections: tuple[Section, ...] = ()
        self._offset = offset
        self._back = back
        self._accepted = False
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type a part of a heading"))
        self.field.setAccessibleName(self.tr("Heading"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Headings"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet(
            "QListWidget::item { padding: 6px 8px; border-radius: 5px; }"
            "QListWidget::item:selected { background: palette(highlight); color: palette(text); }"
        )
        lay_out_popup(self, self.field, self.list, parent, WIDTH, ROWS * ROW_HEIGHT)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda now, _before: self._preview(now))
        self.list.itemClicked.connect(lambda _item: self._choose())
        self.field.setFocus()

    def fill(self, sections: Sequence[Section]) -> None:
        """Show the headings, with the one at hand chosen."""
        self._sections = tuple(sections)
        self._filter(self.field.text())

    def _filter(self, typed: str) -> None:
        top = min((section.level for section in self._sections), default=1)
        shown = matching(self._sections, typed)
        self.list.blockSignals(True)
        self.list.clear()
        for section in shown:
            item = QListWidgetItem("    " * min(section.level - top, 5) + section.title)
            item.setData(_ORDINAL, section.ordinal)
            self.list.addItem(item)
        self.list.blockSignals(False)
        row = 0
        if not typed.strip():
            row = max((i for i, section in enumerate(shown) if section.start <= self._offset), default=0)
            self.list.blockSignals(True)  # nothing is chosen yet: the text stays where it is
            self.list.setCurrentRow(row)
            self.list.blockSignals(False)
        else:
            self.list.setCurrentRow(row)
        if not shown:
            text = self.tr("No heading fits.") if self._sections else self.tr("There are no headings here.")
            item = QListWidgetItem(text)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)

    def _preview(self, item: QListWidgetItem | None) -> None:
        section = item.data(_ORDINAL) if item is not None else None
        if section is not None:
            self.shown.emit(section)

    def _choose(self) -> None:
        item = self.list.currentItem()
        section = item.data(_ORDINAL) if item is not None else None
        if section is None:
            return
        self._accepted = True
        self._back()  # so that "Back" leads to where the user was
        self.close()
        self.chosen.emit(section)

    def done(self, result: int) -> None:
        """Return to where the user was, when nothing was chosen."""
        if not self._accepted:
            self._accepted = True
            self._back()
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list and choose by the keys of the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS,
            }  # fmt: skip
            if event.key() in steps and self.list.count():
                row = self.list.currentRow() + steps[Qt.Key(event.key())]
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)


def matching(sections: Sequence[Section], typed: str) -> list[Section]:
    """Return the headings that what is typed may mean, in the order of the text: as written, by forms, by one slip."""
    words = tokens(typed)
    if not words:
        return list(sections)
    for fits in (_written, _by_form, _by_slip):
        for wanted in (words, tokens(swap_layout(typed))):
            found = [section for section in sections if wanted and fits(wanted, tokens(section.title))]
            if found:
                return found
    return []


def _written(words: list[str], title: list[str]) -> bool:
    return all(any(there.startswith(word) for there in title) for word in words)


def _by_form(words: list[str], title: list[str]) -> bool:
    stems = [stem(there) for there in title]
    return all(any(there.startswith(stem(word)) for there in stems) for word in words)


def _by_slip(words: list[str], title: list[str]) -> bool:
    def near(word: str, there: str) -> bool:
        return there.startswith(word) or (len(word) >= _LEAST_SLIP and is_slip(word, there))

    return all(any(near(word, there) for there in title) for word in words)
