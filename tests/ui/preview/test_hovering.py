"""A rest on a link shows where it leads; anything else takes the card away."""

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui.preview.hover_card import HoverCard
from desktop.ui.preview.hovering import target_of
from desktop.ui.workspace import Workspace
from tests.ui.preview.conftest import Reader, Wait

TARGET = (
    "---\ntags: [a]\n---\n\n# Deep note\n\nThe **first** words of it.\n\n"
    "## Part two\n\nWords of the part.\n\n## Last\n\nend\n" + "\nmore\n" * 30
)
SOURCE = (
    "# Source\n\nTo [[Deep note]], to [[Deep note#Part two]], to [[Nowhere at all]], to [below](#below), "
    "to https://example.org and a note[^n].\n\n## Below\n\nWhat stands *below*.\n\n[^n]: The **footnote** itself.\n"
)


def rest_on(reader: Reader, address: str) -> None:
    """Let the pointer rest on a link."""
    reader.point(reader.place_of(reader.link(address).start) + QPoint(3, 0))


def card_of(reader: Reader) -> HoverCard | None:
    """Return the card while it is there."""
    card = reader.panel._hovering.card
    return card if card is not None and card.isVisible() else None


def deep_note(workspace: Workspace) -> NoteId:
    """Return the note that links lead to, in a folder."""
    notebook = workspace.notebook
    found = notebook.links.resolve("Deep note")
    if found is not None:
        return found
    folder = notebook.tree.create("Folder").created[0]
    return notebook.tree.create("Deep note", text=TARGET, parent_id=folder).created[0]


def test_a_card_shows_the_first_words_and_goes(reader: Reader, workspace: Workspace, wait_until: Wait) -> None:
    deep_note(workspace)
    reader.open(SOURCE)
    browser = reader.panel.browser
    browser.setFocus()
    rest_on(reader, "note:Deep%20note")
    assert card_of(reader) is None  # not at once
    wait_until(lambda: card_of(reader) is not None, 20)
    card = card_of(reader)
    assert card is not None
    assert (card.title, card.where) == ("Deep note", "Folder")
    assert card.words.toPlainText().startswith("The first words of it.")
    assert card.words.verticalScrollBar().value() == 0
    assert QApplication.focusWidget() is not card.words
    assert browser.hasFocus()
    leaves = (
        lambda: QTest.keyClick(browser, Qt.Key.Key_Escape),
        lambda: reader.point(QPoint(2, 2)),
        lambda: browser.verticalScrollBar().setValue(browser.verticalScrollBar().value() + 1),
        lambda: QTest.mouseClick(browser.viewport(), Qt.MouseButton.RightButton, pos=QPoint(2, 2)),
        reader.panel.hide,
    )
    reader.panel.resize(900, 200)
    for number, leave in enumerate(leaves):
        browser.verticalScrollBar().setValue(0)
        reader.point(QPoint(2, 2))
        rest_on(reader, "note:Deep%20note")
        wait_until(lambda: card_of(reader) is not None, 20)
        leave()
        assert card_of(reader) is None, number


def test_a_section_a_footnote_and_a_missing_note_have_cards(
    reader: Reader, workspace: Workspace, wait_until: Wait
) -> None:
    deep_note(workspace)
    reader.open(SOURCE)
    for address, title, where, words in (
        ("note:Deep%20note#", "Part two", "Folder › Deep note", "Words of the part."),
        ("#below", "Below", "In this note", "What stands below."),
        ("#fn-1", "", "", "The footnote itself."),
        ("note:Nowhere", "Nowhere at all", "There is no such note yet; a click makes it.", ""),
    ):
        reader.point(QPoint(2, 2))
        rest_on(reader, address)
        wait_until(lambda: card_of(reader) is not None, 20)
        card = card_of(reader)
        assert card is not None
        assert (card.title, card.where) == (title, where)
        assert card.words.toPlainText().replace("\xa0", " ").strip(" ↑\n") == words


def test_an_address_has_no_card_and_a_card_that_comes_late_is_dropped(
    reader: Reader, workspace: Workspace, wait_until: Wait
) -> None:
    deep_note(workspace)
    reader.open(SOURCE)
    hovering = reader.panel._hovering
    rest_on(reader, "https://example.org")
    assert not hovering._timer.isActive()
    reader.panel.browser.highlighted.emit(QUrl("note:Deep%20note"))
    hovering._timer.timeout.emit()  # it is looked up now
    hovering.leave()
    shown: list[int] = []
    reader.panel.source.excerpt_rendered.connect(lambda _excerpt: shown.append(1))
    reader.panel.source.ask_excerpt("something else")
    wait_until(lambda: bool(shown), 20)
    assert card_of(reader) is None


def test_the_beginning_has_no_front_matter_and_an_end(workspace: Workspace) -> None:
    notebook: Notebook = workspace.notebook
    text = "---\na: b\n---\nLong note\n===\n\n" + "word " * 99_999
    note = notebook.tree.create("Long note", text=text).created[0]
    target = target_of(notebook, deep_note(workspace), "", "note:Long%20note", "", "here")
    assert target is not None
    assert target.words.startswith("word word")
    assert len(target.words) < 4_000
    assert target_of(notebook, note, "# A", "#nothing", "", "here") is None
