"""Folding: lines that are there and not shown.

What is hidden is a run of invisible QTextBlocks below a **head** that is shown; the text itself is never touched, so
nothing that reads the document can lose a line. The heads are cursors, which follow every edit, and belong to the
document: a note keeps its folds while it is away. Heads inside a hidden run stay folded when the outer one opens.
Whatever meets a hidden line opens it: the cursor, an edit, an undo.
"""

from bisect import bisect_left
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from desktop.ui.editor import markup
from desktop.ui.editor.blocks import next_shown, shown_above
from desktop.ui.editor.folding import fold_ranges

_LOOK_AHEAD = 12  # lines below a line that tell whether it can be folded
_EDITING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Folding(QObject):
    """The folds of the documents that a page shows."""

    def __init__(self, page: QPlainTextEdit) -> None:
        super().__init__(page)
        self._page = page
        self._heads: dict[QTextDocument, list[QTextCursor]] = {}  # in the order of the text
        self._watched: set[QTextDocument] = set()
        self._keys = _Keys(page, self)
        page.cursorPositionChanged.connect(self._show_cursor)

    @property
    def active(self) -> bool:
        """Whether anything is folded in the document that is shown."""
        return bool(self._heads.get(self._page.document()))

    # --- what actions call -------------------------------------------------------------------------------

    def fold(self) -> None:
        """Fold what the cursor stands in; what is folded already goes with what is around it."""
        block = self._page.textCursor().block()
        head = self._head_around(block)
        while head.isValid() and self.is_folded(head):
            head = self._head_around(head.previous(), below=head)
        if head.isValid():
            self._fold(head)

    def unfold(self) -> None:
        """Open the fold of the cursor's line."""
        self.open(self._page.textCursor().block())

    def fold_all(self) -> None:
        """Fold everything that can be folded."""
        self.unfold_all()
        document = self._page.document()
        front = _opens_front(document.firstBlock())
        found = fold_ranges.ranges(document.toRawText().split("\u2029"), front=front)
        hidden_to = -1
        cursor_line = self._page.textCursor().blockNumber()
        heads = self._heads.setdefault(document, [])
        for head, last in sorted(found):
            heads.append(QTextCursor(document.findBlockByNumber(head)))
            if head > hidden_to:
                if head < cursor_line <= last:
                    self.put_cursor(document.findBlockByNumber(head))
                self._set_shown(document.findBlockByNumber(head + 1), last - head, shown=False)
                hidden_to = last
        self._changed()

    def unfold_all(self) -> None:
        """Show every line."""
        document = self._page.document()
        for head in self._heads.pop(document, []):
            self._show_run(head.block())
        self._changed()

    def toggle(self, block: QTextBlock) -> None:
        """Fold the section or the fence that begins there, or open it."""
        if self.is_folded(block):
            self.open(block)
        elif self.can_fold(block):
            self._fold(block)

    # --- what is folded ----------------------------------------------------------------------------------

    def is_folded(self, block: QTextBlock) -> bool:
        """Say whether lines below a block are hidden."""
        following = block.next()
        return block.isVisible() and following.isValid() and not following.isVisible()

    def can_fold(self, block: QTextBlock) -> bool:
        """Say whether a section, a fence or front matter begins there; looks at a few lines only."""
        line, below = block.text(), block.next().text() if block.next().isValid() else ""
        state = block.userState()
        entry = (state >> 8) & 0xFF if state >= 0 else markup.NORMAL
        if block.blockNumber() == 0 and entry == markup.FRONT:
            return True
        if entry != markup.NORMAL or not block.next().isValid():
            return False
        if fold_ranges.heading_level(line, below):
            return self._last_of(block, at_most=_LOOK_AHEAD) > block.blockNumber()
        return fold_ranges.opens_fence(line) and fold_ranges.is_long(_lines_from(block, _LOOK_AHEAD))

    def follow(self, document: QTextDocument) -> None:
        """Watch the edits of a document that is about to be shown."""
        if document not in self._watched:
            self._watched.add(document)
            document.contentsChange.connect(lambda at, _gone, new: self._on_edit(document, at, new))
            document.destroyed.connect(lambda: self._forget(document))
        self._listen()

    def _forget(self, document: QTextDocument) -> None:
        self._watched.discard(document)
        self._heads.pop(document, None)

    def _last_of(self, block: QTextBlock, at_most: int = -1) -> int:
        """Return the last line that folds with a head, the head's own for none; only `at_most` lines are read."""
        number = block.blockNumber()
        last = 0
        for head, end in fold_ranges.ranges(_lines_from(block, at_most), front=_opens_front(block)):
            if head == 0:
                last = end
                break
        return number + last

    def _head_around(self, block: QTextBlock, below: QTextBlock | None = None) -> QTextBlock:
        """Return the nearest head at or above a block; with `below`, one whose section holds that head."""
        limit = 7
        if below is not None:
            limit = fold_ranges.heading_level(below.text(), below.next().text()) or 7
        while block.isValid():
            state = block.userState()
            entry = (state >> 8) & 0xFF if state >= 0 else markup.NORMAL
            if entry == markup.NORMAL:
                level = fold_ranges.heading_level(block.text(), block.next().text() if block.next().isValid() else "")
                fence = not level and (state & 0xFF) >= markup.FENCE and below is None
                if (0 < level < limit or fence) and self.can_fold(block):
                    return block
            elif entry == markup.FRONT and block.blockNumber() == 0:
                return block
            block = block.previous()
        return QTextBlock()

    def _fold(self, block: QTextBlock) -> None:
        number, last = block.blockNumber(), self._last_of(block)
        if last <= number:
            return
        document = self._page.document()
        if number < self._page.textCursor().blockNumber() <= last:
            self.put_cursor(block)
        heads = self._heads.setdefault(document, [])
        heads.insert(_from(heads, block.position()), QTextCursor(block))
        self._set_shown(block.next(), last - number, shown=False)
        self._changed()

    def open(self, block: QTextBlock) -> None:
        """Show the lines below a head; those of heads among them stay folded."""
        if not self.is_folded(block):
            return
        document = block.document()
        done = block.blockNumber()
        heads = self._heads.get(document, [])
        del heads[_from(heads, block.position()) : _from(heads, block.position() + block.length())]
        last = document.findBlockByNumber(self._show_run(block))
        inside = heads[
            _from(heads, block.position()) : _from(heads, last.position() + last.length())
        ]
        for head in inside:
            inner = head.block()
            if inner.blockNumber() > done:
                end = self._last_of(inner)
                self._set_shown(inner.next(), end - inner.blockNumber(), shown=False)
                done = max(end, inner.blockNumber())
        self._changed()

    def _show_run(self, block: QTextBlock) -> int:
        """Show the hidden blocks below a block, and return the number of the last."""
        first = block.next()
        count, following = 0, first
        while following.isValid() and not following.isVisible():
            count += 1
            following = following.next()
        self._set_shown(first, count, shown=True)
        return block.blockNumber() + count

    def _set_shown(self, block: QTextBlock, count: int, *, shown: bool) -> None:
        if count <= 0:
            return
        first, last = block, block
        for _ in range(count):
            if not block.isValid():
                break
            block.setVisible(shown)
            last, block = block, block.next()
        # Over two blocks at least: Qt looks at visibility only where a change is longer than a block.
        start = first.previous().position() if first.previous().isValid() else first.position()
        first.document().markContentsDirty(start, last.position() + last.length() - start)

    def put_cursor(self, block: QTextBlock) -> None:
        """Put the user's cursor at the end of a line."""
        cursor = self._page.textCursor()
        cursor.setPosition(block.position() + block.length() - 1)
        self._page.setTextCursor(cursor)

    def _changed(self) -> None:
        self._listen()
        self._page.viewport().update()

    def _listen(self) -> None:
        """Look at keys only while something is folded."""
        self._page.removeEventFilter(self._keys)
        if self.active:
            self._page.installEventFilter(self._keys)

    # --- what meets a hidden line ------------------------------------------------------------------------

    def reveal(self, block: QTextBlock) -> None:
        """Open every fold that hides a block."""
        while block.isValid() and not block.isVisible():
            head = shown_above(block)
            if not head.isValid():
                self.unfold_all()
                return
            self.open(head)

    def _show_cursor(self) -> None:
        if self.active:
            self.reveal(self._page.textCursor().block())

    def _on_edit(self, document: QTextDocument, position: int, added: int) -> None:
        heads = self._heads.get(document)
        if not heads:
            return
        first = block = document.findBlock(position)
        last = document.findBlock(min(position + added, document.characterCount() - 1))
        while block.isValid():
            if not block.isVisible():
                self.reveal(block)
            elif self.is_folded(block) and not (_has_head(heads, block) and _begins_something(block)):
                self.open(block)
            if block == last:
                break
            block = block.next()
        start, end = _from(heads, first.position()), _from(heads, last.position() + last.length())
        if start < end:
            heads[start:end] = [head for head in heads[start:end] if self._is_head(head.block())]
        if not heads:
            self._listen()

    def _is_head(self, block: QTextBlock) -> bool:
        return not block.isVisible() or self.is_folded(block)


class _Keys(QObject):
    """Looks at the keys of a page while something is folded there."""

    def __init__(self, page: QPlainTextEdit, folding: Folding) -> None:
        super().__init__(folding)
        self._page = page
        self._folding = folding

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step over a fold with the arrows; a key that would edit across its edge opens it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self._page:
            return self._take_key(event)
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        cursor, key = self._page.textCursor(), event.key()
        block = cursor.block()
        above = block.previous()
        under_fold = above.isValid() and not above.isVisible()
        if key in _EDITING and not cursor.hasSelection():
            if cursor.atBlockEnd() and self._folding.is_folded(block) and key != Qt.Key.Key_Backspace:
                self._folding.open(block)
            elif cursor.atBlockStart() and under_fold and key == Qt.Key.Key_Backspace:
                self._folding.reveal(above)
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or key not in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            return False
        if key == Qt.Key.Key_Right and cursor.atBlockEnd() and self._folding.is_folded(block):
            target = next_shown(block)
            if target.isValid():
                cursor.setPosition(target.position())
                self._page.setTextCursor(cursor)
            return True
        if key == Qt.Key.Key_Left and cursor.atBlockStart() and under_fold:
            self._folding.put_cursor(shown_above(above))
            return True
        return False


def _lines_from(block: QTextBlock, at_most: int) -> Iterator[str]:
    while block.isValid() and at_most:
        yield block.text()
        block = block.next()
        at_most -= 1


def _opens_front(block: QTextBlock) -> bool:
    """Say whether front matter begins with a line; a rule at the head of a text looks the same."""
    state = block.userState()
    return block.blockNumber() == 0 and state >= 0 and (state >> 8) & 0xFF == markup.FRONT


def _begins_something(block: QTextBlock) -> bool:
    line = block.text()
    below = block.next().text()
    front = block.blockNumber() == 0 and line.rstrip() == "---"
    return front or bool(fold_ranges.heading_level(line, below)) or fold_ranges.opens_fence(line)


def _from(heads: list[QTextCursor], position: int) -> int:
    """Return the index of the first head at or after a position."""
    return bisect_left(heads, position, key=QTextCursor.position)


def _has_head(heads: list[QTextCursor], block: QTextBlock) -> bool:
    index = _from(heads, block.position())
    return index < len(heads) and heads[index].block() == block
