"""What is selected on a page as words for the clipboard: no Markdown, no marks of ours, no words of our links."""

import re

from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.core.page.line_breaks import BREAK, HYPHEN

_OURS = ("do:copy", "do:fetch", "#fnref-")  # links whose words are not the note's
_OUR_LINK = re.compile(r'<a href="(?:do:|#fnref-)[^"<>]*"[^<>]*>(?:<span[^<>]*>[^<>]*</span>|<img[^<>]*>|[^<>])*+</a>')
_MARKS = str.maketrans({"\ufffc": "", "\u2028": "\n", "\u00a0": " ", BREAK: "", HYPHEN: ""})


def without_ours(html: str) -> str:
    """Return selected HTML without what can only be clicked on the page."""
    return _OUR_LINK.sub("", html).replace(BREAK, "").replace(HYPHEN, "")


def plain_words(cursor: QTextCursor) -> str:
    """Return the selected words, a line for each paragraph; a numbered list's items with their numbers."""
    if not cursor.hasSelection():
        return ""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    lines: list[str] = []
    block = cursor.document().findBlock(start)
    while block.isValid() and block.position() < end:
        if _is_head_of_code(block):
            block = block.next().next() if block.next().isValid() else block.next()
            continue
        words = _words(block, start, end)
        if words.strip() or (lines and lines[-1]):
            lines.append(_mark(block, start) + words)
        block = block.next()
    return "\n".join(lines).strip("\n")


def _words(block: QTextBlock, start: int, end: int) -> str:
    found: list[str] = []
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        first, last = max(start, piece.position()), min(end, piece.position() + piece.length())
        shape = piece.charFormat()
        if first < last and shape.anchorHref().startswith("do:task"):
            found.append("☑ " if "box-done" in shape.toImageFormat().name() else "☐ ")
        elif first < last and not shape.anchorHref().startswith(_OURS):
            units = piece.text().encode("utf-16-le")[2 * (first - piece.position()) : 2 * (last - piece.position())]
            found.append(units.decode("utf-16-le", "replace"))
        pieces += 1
    return "".join(found).translate(_MARKS)


def _is_head_of_code(block: QTextBlock) -> bool:
    """Tell whether a paragraph names a code's language: the one behind it is the link that copies the code."""
    behind = block.next()
    if not behind.isValid():
        return False
    pieces = behind.begin()
    inside = QTextCursor(block).currentTable()
    copies = not pieces.atEnd() and pieces.fragment().charFormat().anchorHref().startswith("do:copy")
    return copies and inside is not None and inside == QTextCursor(behind).currentTable()


def _mark(block: QTextBlock, start: int) -> str:
    """Return a list item's number, where the item is selected from its beginning."""
    items = block.textList()
    if items is None or block.position() < start:
        return ""
    mark = items.itemText(block)
    return f"{mark} " if mark.strip(".)") and mark[:1].isalnum() else ""
