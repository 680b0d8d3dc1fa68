"""Colours after any edits are those of the text read from its beginning."""

import random

import pytest
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from desktop.ui import theme
from desktop.ui.editor import highlighter as colours
from desktop.ui.editor.fidelity import new_document
from desktop.ui.editor.highlighter import Highlighter, make_inks

pytestmark = pytest.mark.usefixtures("app")

PIECES = ["%%\n",
          "```\n", "~~~\n", "text\n", "# head\n", "---\n", "a **b** c\n", "<!--\n", "-->\n", "$$\n", "key: value\n",
          "\n", "===\n", "😀 *x*\n", "`", "-", "...\n"]  # fmt: skip


def inks() -> object:
    return make_inks(theme.current(), theme.text_font(), theme.mono_font())


def look(document: QTextDocument) -> list[tuple[int, list[tuple[int, int]]]]:
    seen = []
    block = document.firstBlock()
    while block.isValid():
        formats = [(piece.start, piece.length) for piece in block.layout().formats()]
        seen.append((block.userState() & 0xFFFF, formats))
        block = block.next()
    return seen


def assert_seen(document: QTextDocument, first: QTextBlock) -> None:
    """The line that is seen first has the state and the colours of a fresh reading."""
    text = document.toRawText().replace("\u2029", "\n")
    number = first.blockNumber()
    formats = [(piece.start, piece.length) for piece in first.layout().formats()]
    assert (first.userState() & 0xFFFF, formats) == fresh(text)[number]


def fresh(text: str) -> list[tuple[int, list[tuple[int, int]]]]:
    document = new_document()
    document.setPlainText(text)
    highlighter = Highlighter(document, inks())  # type: ignore[arg-type]
    highlighter.show(document.firstBlock(), document.blockCount())
    return look(document)


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_edits_leave_the_colours_of_a_fresh_reading(seed: int, far: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if far:  # a short text is as a long one: what is seen is far from what is known
        for name, lines in {"_FAR": 3, "_BEFORE": 1, "_AT_ONCE": 2}.items():
            monkeypatch.setattr(colours, name, lines)
    dice = random.Random(seed)
    document = new_document()
    document.setPlainText("".join(dice.choices(PIECES, k=dice.randint(0, 30))))
    highlighter = Highlighter(document, inks())  # type: ignore[arg-type]
    for _ in range(25):
        cursor = QTextCursor(document)
        length = document.characterCount() - 1
        start = dice.randint(0, length)
        cursor.setPosition(start)
        cursor.setPosition(min(length, start + dice.choice([0, 0, 1, 3, 12])), QTextCursor.MoveMode.KeepAnchor)
        if dice.random() < 0.1:
            document.undo()
        else:
            cursor.insertText("".join(dice.choices(PIECES, k=dice.randint(0, 3))))
        if dice.random() < 0.7:
            first = document.findBlockByNumber(dice.randrange(document.blockCount()))
            highlighter.show(first, first.blockNumber() + dice.randint(0, 8))
            assert_seen(document, first)
    highlighter.show(document.firstBlock(), document.blockCount())
    text = document.toRawText().replace("\u2029", "\n")
    assert look(document) == fresh(text)


def test_only_what_is_seen_is_coloured() -> None:
    document = new_document()
    document.setPlainText("**bold**\n" * 5_000)
    highlighter = Highlighter(document, inks())  # type: ignore[arg-type]
    highlighter.show(document.firstBlock(), 40)
    assert document.findBlockByNumber(40).layout().formats()
    assert not document.findBlockByNumber(42).layout().formats()


def test_colouring_is_no_edit() -> None:
    document = new_document()
    document.setPlainText("# Title\n\n**bold**\n")
    document.clearUndoRedoStacks()
    before = document.revision()
    Highlighter(document, inks()).show(document.firstBlock(), 3)  # type: ignore[arg-type]
    assert document.revision() == before
    assert not document.isUndoAvailable()


def test_only_links_to_no_note_are_broken_and_only_when_that_changes() -> None:
    document = new_document()
    document.setPlainText("😀 [[Gone]] [[ Gone #x|a]] [[Here]] [Gone](x)")
    highlighter = Highlighter(document, inks())  # type: ignore[arg-type]

    def broken() -> list[str]:
        highlighter.show(document.firstBlock(), 1)
        units = document.firstBlock().text().encode("utf-16-le")
        return [
            units[2 * piece.start : 2 * (piece.start + piece.length)].decode("utf-16-le")
            for piece in document.firstBlock().layout().formats()
            if piece.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DashUnderline
        ]

    assert broken() == []
    assert highlighter.set_missing(frozenset({"Gone"}))
    assert broken() == ["Gone", " Gone #x|a"]
    assert not highlighter.set_missing(frozenset({"Gone"}))
    assert highlighter.set_missing(frozenset())
    assert broken() == []


def test_links_to_places_that_are_not_there_are_broken() -> None:
    document = new_document()
    document.setPlainText("[[Here#No such]] [[Here]] [[Here # No such |x]] ![[Here#^gone]] [[#Gone]] [[Here#Is]]")
    highlighter = Highlighter(document, inks())  # type: ignore[arg-type]
    assert highlighter.set_missing(frozenset({"Here#No such", "Here#^gone", "#Gone"}))
    highlighter.show(document.firstBlock(), 1)
    broken = [
        document.firstBlock().text()[piece.start : piece.start + piece.length]
        for piece in document.firstBlock().layout().formats()
        if piece.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DashUnderline
    ]
    assert broken == ["Here#No such", "Here # No such |x", "Here#^gone", "#Gone"]


def test_only_the_lines_with_other_links_are_drawn_anew() -> None:
    document = new_document()
    document.setPlainText("\n".join(f"[[Note {number}#Part]] and words" for number in range(20)))
    highlighter = Highlighter(document, inks())  # type: ignore[arg-type]
    highlighter.show(document.firstBlock(), 19)
    for number in range(20):
        document.documentLayout().blockBoundingRect(document.findBlockByNumber(number))
    before = [document.findBlockByNumber(number).layout().formats() for number in range(20)]
    assert highlighter.set_missing(frozenset({"Note 7#Part"}))
    highlighter.show(document.firstBlock(), 19)
    after = [document.findBlockByNumber(number).layout().formats() for number in range(20)]
    assert [number for number in range(20) if before[number] != after[number]] == [7]


def test_code_in_a_heading_is_as_large_as_its_words() -> None:
    document = new_document()
    document.setPlainText("# Heading `code`\n\ntext `code`\n")
    highlighter = Highlighter(document, inks())  # type: ignore[arg-type]
    highlighter.show(document.firstBlock(), document.blockCount())

    def size(line: int) -> int:
        pieces = document.findBlockByNumber(line).layout().formats()
        return max(piece.format.font().pixelSize() for piece in pieces if piece.format.fontFixedPitch())

    assert size(0) > 1.3 * size(2)


def test_the_first_key_after_colouring_is_the_change_of_one_character() -> None:
    document = new_document()
    document.setPlainText("a **b** c\n" * 100)
    changes: list[tuple[int, int, int]] = []
    document.contentsChange.connect(lambda *change: changes.append(change))
    highlighter = Highlighter(document, inks())  # type: ignore[arg-type]
    highlighter.show(document.firstBlock(), 60)  # no line is laid out, so none is marked as dirty
    cursor = QTextCursor(document)
    cursor.setPosition(300)
    cursor.insertText("x")
    assert changes == [(300, 0, 1)]
