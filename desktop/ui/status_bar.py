"""The line at the bottom: is my text safe, how far is the index, how long is the note, where am I."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from desktop.core.records import Progress
from desktop.ui import theme

if TYPE_CHECKING:
    from desktop.ui.editor.word_count import Counts


class StatusBar(QStatusBar):
    """Accessible as `Status`."""

    index_cancelled = Signal()
    import_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Status"))
        self.setSizeGripEnabled(False)
        self._state = ("", "")
        self._saved = QLabel()
        self._link = QLabel()
        self._walk = QLabel()
        self._walk.setAccessibleName(self.tr("Place among the search results"))
        self._words = QLabel()
        self._words.setAccessibleName(self.tr("Length of the note"))
        self._position = QLabel()
        self._index = _TaskProgress(
            self.tr("Indexing {0} of {1}"), self.tr("Stop indexing; the search still finds everything, only slower")
        )
        self._import = _TaskProgress(self.tr("Importing {0} of {1}"), self.tr("Stop the import; nothing is imported"))
        self._index.cancelled.connect(self.index_cancelled)
        self._import.cancelled.connect(self.import_cancelled)
        self.addWidget(self._saved)
        self.addWidget(self._link, 1)
        for widget in (self._import, self._index, self._walk, self._words, self._position):
            self.addPermanentWidget(widget)
        theme.notifier().changed.connect(lambda: self.show_save_state(*self._state))

    def show_save_state(self, state: str, detail: str) -> None:
        """Show "saved" (detail: the time, or ""), "unsaved", "saving", "failed" (the sentence), or "": nothing open."""
        self._state = (state, detail)
        colours = theme.current()
        if state == "saved":
            text, colour = " ".join((self.tr("✓ Saved"), detail)).rstrip(), colours.muted
        elif state == "saving":
            text, colour = self.tr("Saving…"), colours.muted
        elif state == "unsaved":
            text, colour = self.tr("● Not saved yet"), colours.muted
        elif state == "failed":
            text, colour = self.tr("Not saved: {0}").format(detail), colours.error
        else:
            text, colour = "", colours.muted
        self._saved.setText(text)
        self._saved.setStyleSheet(f"color: {colour.name()}")

    def show_counts(self, counts: "Counts | None") -> None:
        """Show the length of the open note, and of what is selected in it; None shows nothing."""
        if counts is None or not counts.characters:
            self._words.setText("")
            self._words.setToolTip("")
            return
        words = self.tr("%n word(s)", "", counts.words)
        if counts.selected is not None:
            words = f"{QLocale().toString(counts.selected.words)} / {words}"  # "of" asks another case of Russian
        elif counts.minutes > 1:
            words += " · " + self.tr("{0} min").format(counts.minutes)
        self._words.setText(words)
        lines = [self._described(counts)]
        if counts.selected is not None:
            lines.insert(0, self.tr("Selected:") + "\n" + self._described(counts.selected) + "\n")
        self._words.setToolTip("\n".join(lines))

    def _described(self, counts: "Counts") -> str:
        number = QLocale().toString
        return "\n".join(
            (
                self.tr("%n word(s)", "", counts.words),
                self.tr("{0} characters").format(number(counts.characters)),
                self.tr("{0} without blanks").format(number(counts.solid)),
                self.tr("about {0} min of reading").format(counts.minutes),
            )
        )

    def show_position(self, line: int, column: int) -> None:
        """Show the cursor's line and column, from 1; (0, 0) shows nothing."""
        self._position.setText(self.tr("Ln {0}, Col {1}").format(line, column) if line else "")

    def show_walk(self, place: str) -> None:
        """Show which place of the found words this is; "" shows nothing."""
        self._walk.setText(place)

    def show_link(self, target: str) -> None:
        """Show where the link under the mouse leads."""
        metrics = self._link.fontMetrics()
        self._link.setText(metrics.elidedText(target, Qt.TextElideMode.ElideMiddle, max(80, self._link.width() - 20)))

    def show_index_progress(self, progress: Progress) -> None:
        """Show how far the search index is; nothing when it is done."""
        self._index.show_progress(progress)

    def show_import_progress(self, progress: Progress) -> None:
        """Show how far an import is; nothing when it is done."""
        self._import.show_progress(progress)


class _TaskProgress(QWidget):
    cancelled = Signal()

    def __init__(self, wording: str, stop_hint: str) -> None:
        super().__init__()
        self._wording = wording
        self._label = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(110)
        self._bar.setAccessibleName(wording)
        stop = QToolButton()
        stop.setText(self.tr("Stop"))
        stop.setToolTip(stop_hint)
        stop.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self._label, self._bar, stop):
            row.addWidget(widget)
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        locale = QLocale()
        self.setVisible(progress.done < progress.total)
        self._label.setText(self._wording.format(locale.toString(progress.done), locale.toString(progress.total)))
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
