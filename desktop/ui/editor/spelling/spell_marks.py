"""Waves under words that look like slips, in the lines that are seen.

Nothing here runs for a key: after a rest, the visible lines go to a thread that answers, and what comes back is drawn
if the text is still the same. The dictionaries are read there too, when the first line is asked about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QMenu, QTextEdit

from desktop.core.text.spelling import Misspelling, ProseLine, Speller
from desktop.ui import theme
from desktop.ui.delays import SPELLING_REST_MS
from desktop.ui.editor import markup
from desktop.ui.editor.blocks import next_shown
from desktop.ui.editor.fidelity import Utf16Map
from desktop.ui.editor.finding.marks import Marks
from desktop.ui.editor.markup import Ink
from desktop.ui.editor.spelling.own_words import OwnWords
from desktop.ui.editor.text_edit import MarkdownEdit
from desktop.ui.workspace import Workspace

MOST_LINES = 200
MOST_WAVES = 40  # 90 on a screen make a key a third dearer, a handful nothing; so many are a language of its own
LONGEST_LINE = 8_000  # characters; a line without an end is no prose
NO_PROSE = frozenset(
    (Ink.CODE, Ink.ADDRESS, Ink.META, Ink.KEY, Ink.MATH, Ink.COMMENT, Ink.TAG, Ink.MARKUP, Ink.CALLOUT)
)


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line as it stands on the screen; the states are the highlighter's (see markup)."""

    position: int  # of its first character in the document
    text: str
    entry: int
    exit: int
    below: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A misspelt word in the document; the cursor selects it wherever it has moved."""

    cursor: QTextCursor
    found: Misspelling


class SpellMarks(QObject):
    """Checks the editor of one window."""

    def __init__(self, edit: MarkdownEdit, marks: Marks, workspace: Workspace, text: Callable[[], str]) -> None:
        """`text` returns the open note's whole text."""
        super().__init__(edit)
        self._edit = edit
        self._marks = marks
        self._workspace = workspace
        self._text = text
        self._speller = Speller()
        file = workspace.settings.file
        self._own = OwnWords(file.parent if file is not None else None)
        self._slips: list[Slip] = []
        self._asked: tuple[QTextDocument, int] | None = None  # the document and its revision, while an answer is due
        self._again = False
        self._rest = QTimer(self, singleShot=True, interval=SPELLING_REST_MS)
        self._rest.timeout.connect(self._ask)
        edit.textChanged.connect(self._later)
        edit.verticalScrollBar().valueChanged.connect(self._later)
        edit.menu_opening.connect(self._fill_menu)
        workspace.note_opened.connect(self._start_anew)
        workspace.note_closed.connect(self._start_anew)
        theme.notifier().changed.connect(self._later)
        edit.installEventFilter(self)
        self._later()

    @property
    def slips(self) -> list[tuple[int, str]]:
        """Return the place and the word of each wave."""
        return [(slip.cursor.selectionStart(), slip.found.word) for slip in self._slips]

    def restart(self) -> None:
        """Begin, or end, as the settings say."""
        self._start_anew()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look again when the text comes into sight, or more of it."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Resize):
            self._later()
        return False

    def _later(self) -> None:
        if self._workspace.settings.spelling:
            self._rest.start()

    def _start_anew(self) -> None:
        self._show([])
        self._later()

    # --- asking ------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask about the lines that are seen, one question at a time."""
        if not self._workspace.settings.spelling or self._workspace.current is None or not self._edit.isVisible():
            return
        if self._asked is not None:
            self._again = True
            return
        document = self._edit.document()
        lines, text, own, speller = self._seen_lines(), self._text(), self._own, self._speller
        self._asked = (document, document.revision())
        self._workspace.answer(lambda: _check(speller, lines, text, own), self._answered, self._failed)

    def _seen_lines(self) -> list[SeenLine]:
        edit, lines = self._edit, list[SeenLine]()
        block = edit.firstVisibleBlock()
        bottom = edit.cursorForPosition(edit.viewport().rect().bottomRight()).position()
        while block.isValid() and block.position() <= bottom and len(lines) < MOST_LINES:
            state = block.userState()
            if state >= 0 and 1 < block.length() <= LONGEST_LINE:
                below = block.next().text() if block.next().isValid() else ""
                lines.append(SeenLine(block.position(), block.text(), (state >> 8) & 0xFF, state & 0xFF, below[:400]))
            block = next_shown(block)
        return lines

    def _answered(self, found: list[tuple[int, int, Misspelling]]) -> None:
        asked, self._asked = self._asked, None
        document = self._edit.document()
        if asked == (document, document.revision()):
            self._show(found)
        if self._again or asked != (document, document.revision()):
            self._again = False
            self._later()

    def _failed(self, error: BaseException) -> None:
        self._asked = None
        self._workspace.bug_found.emit(error)

    # --- showing -----------------------------------------------------------------------------------------

    def _show(self, found: list[tuple[int, int, Misspelling]]) -> None:
        document, here = self._edit.document(), self._edit.textCursor().position()
        writing = monotonic() - self._workspace.edited_at < 3 * SPELLING_REST_MS / 1000
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(theme.current().error)
        self._slips, drawn = [], []
        for start, end, misspelling in found[:MOST_WAVES]:
            if writing and start <= here <= end:
                self._later()  # it may not be written to its end yet
                continue
            cursor = QTextCursor(document)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self._slips.append(Slip(cursor, misspelling))
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = cursor, wave
            drawn.append(selection)
        if drawn or self._marks.under:
            self._marks.under = drawn
            self._marks.refresh()

    # --- the menu ----------------------------------------------------------------------------------------

    def _fill_menu(self, menu: QMenu, position: int) -> None:
        """Put what may have been meant on top of the menu of a misspelt word."""
        for slip in self._slips:
            start, end = slip.cursor.selectionStart(), slip.cursor.selectionEnd()
            if start <= position <= end and slip.cursor.selectedText().replace("’", "'") == slip.found.word:
                self._offer(menu, slip)
                return

    def _offer(self, menu: QMenu, slip: Slip) -> None:
        first = menu.actions()[0]  # the menu is Qt's own with its eight entries
        offered = []
        for suggestion in slip.found.suggestions:
            action = menu.addAction(suggestion)
            action.triggered.connect(lambda _checked=False, word=suggestion: self._replace(slip, word))
            offered.append(action)
        keep = menu.addAction(self.tr("Add “{0}” to my words").format(slip.found.word))
        keep.triggered.connect(lambda: self._keep(slip.found.word))
        menu.insertActions(first, [*offered, keep])
        menu.insertSeparator(keep)
        menu.insertSeparator(first)

    def _replace(self, slip: Slip, word: str) -> None:
        slip.cursor.insertText(word)
        self._ask()

    def _keep(self, word: str) -> None:
        try:
            self._own.add(word)
        except OSError as error:
            reason = error.strerror or str(error)
            self._workspace.tell("warning", self.tr("Your list of words could not be written: {0}.").format(reason))
        self._show([(slip.cursor.selectionStart(), slip.cursor.selectionEnd(), slip.found)
                    for slip in self._slips if slip.found.word != word])  # fmt: skip
        self._ask()


def _check(
    speller: Speller, lines: list[SeenLine], text: str, own: OwnWords
) -> list[tuple[int, int, Misspelling]]:
    """Return (start, end, what was found) in positions of the document; off the GUI thread."""
    prose = [ProseLine(line.text, _no_prose(line)) for line in lines]
    found = []
    for misspelling in speller.check(prose, text, own.all()):
        line = lines[misspelling.line]
        qt = Utf16Map(line.text).to_qt
        found.append((line.position + qt(misspelling.start), line.position + qt(misspelling.end), misspelling))
    return found


def _no_prose(line: SeenLine) -> tuple[tuple[int, int], ...]:
    """Return the spans that are coloured as something else than prose, and names of notes in links."""
    if line.entry >= markup.FENCE or line.exit >= markup.FENCE:
        return ((0, len(line.text)),)
    spans = []
    for start, end, ink in markup.pieces(line.text, line.entry, line.below):
        name = ink == Ink.LINK and line.text[start - 2 : start] == "[["
        if ink in NO_PROSE or name:
            spans.append((start, end))
    return tuple(sorted(spans))
