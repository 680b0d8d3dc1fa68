"""From one line of a document to the next that is shown: folded lines are no QTextBlocks less, only invisible ones."""

from PySide6.QtGui import QTextBlock, QTextDocument


def next_shown(block: QTextBlock) -> QTextBlock:
    """Return the next block that is not folded away, an invalid one after the last; never a walk over hidden lines."""
    following = block.next()
    if not following.isValid() or following.isVisible():
        return following
    # Hidden blocks have no lines, so the next line belongs to a block that is shown; Qt finds it in a tree.
    document: QTextDocument = block.document()
    shown = document.findBlockByLineNumber(block.firstLineNumber() + block.lineCount())
    if shown.isValid() and shown.isVisible() and shown.blockNumber() > block.blockNumber():
        return shown
    return QTextBlock()


def shown_above(block: QTextBlock) -> QTextBlock:
    """Return the block itself where it is shown, else the one that it is folded under."""
    while block.isValid() and not block.isVisible():
        block = block.previous()
    return block
