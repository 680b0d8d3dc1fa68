"""The text that is kept beside a document is the document's."""

import random

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from desktop.ui.editor.fidelity import new_document, shown_text
from desktop.ui.editor.shown_text import ShownText
from desktop.ui.editor.word_count import WordCount, count

PIECES = ("a", "слово ", "\n", "\n\n", "😀", "\u00a0", "\u2028", "\ufeff", "x" * 70, "строка\nещё\n😀!", "")


def test_every_edit_is_followed(app: QApplication) -> None:
    for seed in range(30):
        draw = random.Random(seed)
        document = new_document()
        start = "".join(draw.choice(PIECES) for _ in range(draw.randint(0, 40))).lstrip("\ufeff")
        document.setUndoRedoEnabled(False)
        document.setPlainText(start)
        document.setUndoRedoEnabled(True)
        kept, words = ShownText(document, start), WordCount()
        for _ in range(60):
            edit(document, draw)
            if draw.random() < 0.5:
                assert kept.text() == shown_text(document), seed
                assert words.of(kept.text()) == count(kept.text())
        assert kept.text() == shown_text(document), seed


def edit(document, draw: random.Random) -> None:  # type: ignore[no-untyped-def]
    """Do something to a document: a change, several as one, undo, redo."""
    action = draw.random()
    if action < 0.1:
        document.undo()
        return
    if action < 0.2:
        document.redo()
        return
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for _ in range(draw.choice((1, 1, 1, 3))):
        cursor.setPosition(draw.randint(0, document.characterCount() - 1))
        if draw.random() < 0.5:
            end = min(document.characterCount() - 1, cursor.position() + draw.choice((1, 1, 4, 80)))
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        if draw.random() < 0.3:
            cursor.removeSelectedText()
        else:
            cursor.insertText(draw.choice(PIECES))
    cursor.endEditBlock()
