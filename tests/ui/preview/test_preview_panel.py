"""The preview shows the open note, patches what changed, and follows links and places."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.preview.preview_panel import PreviewPanel
from desktop.ui.workspace import LiveText, Place, Workspace
from tests.ui.preview.conftest import TEXT, Reader, Wait

FRAMED = "# T\n\npara\n\n```py\nx = 1\n```\n\n> quote\n\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nend\n"


def test_the_open_note_is_shown(reader: Reader) -> None:
    reader.open()
    assert "Words of part 30." in reader.words
    assert reader.panel.browser.accessibleName() == "Preview"


def test_an_edit_changes_one_block_and_keeps_the_place(reader: Reader) -> None:
    reader.open()
    bar = reader.panel.browser.verticalScrollBar()
    bar.setValue(900)
    line = reader.panel.top_line()
    reader.write(TEXT.replace("# First", "# First\n\nA new paragraph\n\nAnd another"))
    assert "A new paragraph" in reader.words
    assert bar.value() > 900
    assert abs(reader.panel.top_line() - line - 4) <= 1


def test_an_edit_does_not_lay_the_whole_page_out(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.open()
    layout = reader.panel.browser.document().documentLayout()
    areas: list[float] = []
    layout.update.connect(lambda area: areas.append(area.height()))
    reader.write(TEXT.replace("Words of part 3.", "Words, part 3."))
    assert "Words, part 3." in reader.words
    assert areas
    assert max(areas) < reader.panel.browser.document().size().height() / 4


@pytest.mark.parametrize(
    "change",
    [
        ("para", "other words"),
        ("```py\nx = 1\n```\n\n", ""),
        ("> quote", "> quote\n\n## New"),
        ("- a\n- b", "1. a\n2. b\n3. c"),
        ("end\n", ""),
        ("# T\n\n", ""),
        ("| 1 | 2 |", "| 1 | 2 |\n| 3 | 4 |"),
        ("para\n\n", "para\n\n- new list\n\n"),
        (FRAMED, "all new"),
    ],
)
def test_a_patched_page_is_like_a_new_one(reader: Reader, change: tuple[str, str]) -> None:
    changed = FRAMED.replace(*change)
    reader.open(FRAMED)
    reader.write(changed)
    patched = described(reader.panel.browser.document())
    reader.panel.page.clear()
    reader.write(changed + "\n<!-- -->")
    assert patched == described(reader.panel.browser.document())
    reader.write(FRAMED)
    again = described(reader.panel.browser.document())
    reader.panel.page.clear()
    reader.write(FRAMED + "\n<!-- -->")
    assert again == described(reader.panel.browser.document())


def described(document: QTextDocument) -> list[tuple[str, float, float, bool, float]]:
    """Return each paragraph's words and shape."""
    found = []
    block = document.begin()
    while block.isValid():
        shape = block.blockFormat()
        found.append(
            (
                block.text(),
                shape.topMargin(),
                shape.bottomMargin(),
                block.textList() is not None,
                shape.lineHeight(),
            )
        )
        block = block.next()
    return found


def test_a_numeric_anchor_jumps_to_its_section(reader: Reader, workspace: Workspace) -> None:
    reader.open(TEXT + "\n\n## Теория\n\nThe end of it\n")
    places: list[object] = []
    workspace.place_requested.connect(places.append)
    reader.panel.browser.link_followed.emit("#1", "Теория", False)
    assert [place.section for place in places] == [31]  # type: ignore[attr-defined]
    assert reader.panel.browser.verticalScrollBar().value() > 1_000


def test_the_place_to_come_back_to_is_on_the_page_that_was_moved(reader: Reader, workspace: Workspace) -> None:
    written = Place(reader.note, 3)
    reader.panel._place_in_text = lambda: written
    reader.open()
    assert workspace.place_now() == written
    bar = reader.panel.browser.verticalScrollBar()
    while reader.panel.top_line() < TEXT[: TEXT.index("## Part 9")].count("\n"):
        bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)
    place = workspace.place_now()
    assert place is not None
    assert place.offset is not None
    assert TEXT[place.offset :].startswith("## Part 9")
    before = bar.value()
    bar.setValue(0)
    workspace.open_note(reader.note, offset=place.offset)
    assert abs(bar.value() - before) <= bar.singleStep() + 2
    reader.panel.follow_line(0)  # the editor was moved: the text is where the user reads
    assert workspace.place_now() == written


def test_the_address_of_a_link_is_told_only_while_it_is_there(reader: Reader, workspace: Workspace) -> None:
    told: list[str] = []
    workspace.link_hovered.connect(told.append)
    reader.open()
    reader.panel.browser.highlighted.emit(QUrl("note:Other"))
    QApplication.sendEvent(reader.panel.browser, QEvent(QEvent.Type.Leave))
    assert told[-2:] == ["Other", ""]


def test_a_note_link_is_handed_to_the_workspace(reader: Reader, workspace: Workspace) -> None:
    reader.open()
    missing: list[tuple[object, str]] = []
    workspace.missing_note.connect(lambda source, title: missing.append((source, title)))
    reader.panel.browser.link_followed.emit("note:Other%20%D0%B6", "Other", False)
    assert missing == [(reader.note, "Other ж")]


def test_words_of_a_search_are_marked(reader: Reader, workspace: Workspace) -> None:
    reader.open()
    workspace.open_note(reader.note, section=7, words=(r"\bparts?\b",))
    assert len(reader.panel.browser.extraSelections()) == 60
    assert reader.panel.top_line() >= TEXT[: TEXT.index("## Part 7")].count("\n") - 3


def test_the_word_that_is_gone_to_stands_out_and_is_seen(reader: Reader, workspace: Workspace) -> None:
    reader.open()
    browser = reader.panel.browser
    part = TEXT.index("## Part 7")
    in_title, in_words = TEXT.index("Part", part), TEXT.index("part 7", part)
    last = TEXT.index("part 30")
    for place, line in ((in_title, "Part 7"), (in_words, "Words of part 7."), (last, "Words of part 30.")):
        workspace.open_note(reader.note, offset=place, words=(r"\bparts?\b",))
        colour = theme.current().accent
        marks = [mark for mark in browser.extraSelections() if mark.format.background().color() == colour]
        assert [mark.cursor.block().text() for mark in marks] == [line]
        assert browser.viewport().rect().contains(browser.cursorRect(marks[0].cursor).center())


def test_words_beyond_the_bmp_are_marked_where_they_stand(reader: Reader, workspace: Workspace) -> None:
    reader.open("# \U0001f600\U0001f600 word\n\n\U0001f600 a word here\n")
    workspace.open_note(reader.note, offset=5, words=("word",))
    assert [mark.cursor.selectedText() for mark in reader.panel.browser.extraSelections()] == ["word", "word"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_of_several_words_of_a_paragraph_stands_out(reader: Reader, workspace: Workspace, number: int) -> None:
    text = "# A word\n\nThe *word* and\nanother **word** and `word`.\n"
    reader.open(text)
    places = [at for at in range(10, len(text)) if text.startswith("word", at)]
    workspace.open_note(reader.note, offset=places[number], words=("word",))
    marks = reader.panel.browser.extraSelections()
    colour = theme.current().accent
    assert [mark.format.background().color() == colour for mark in marks[1:]] == [number == n for n in range(3)]


def test_who_writes_has_found_the_words(reader: Reader, workspace: Workspace) -> None:
    reader.open()
    workspace.open_note(reader.note, section=7, words=(r"\bparts?\b",))
    assert reader.panel.browser.extraSelections()
    reader.write(TEXT.replace("Part 3", "Part three"))
    assert not reader.panel.browser.extraSelections()


def test_only_our_own_images_are_served(reader: Reader, tmp_path: Path) -> None:
    reader.open()
    picture = tmp_path / "x.png"
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.save(str(picture))
    browser = reader.panel.browser
    for address in (
        QUrl.fromLocalFile(str(picture)),
        QUrl("https://x.example/a.png"),
        QUrl("qrc:/x.png"),
        QUrl("x.png"),
    ):
        assert browser.loadResource(QTextDocument.ResourceType.ImageResource.value, address).isNull()


def test_a_stored_image_arrives(reader: Reader, workspace: Workspace, wait_until: Wait, tmp_path: Path) -> None:
    picture = tmp_path / "x.png"
    image = QImage(1_600, 100, QImage.Format.Format_RGB32)
    image.fill(0xFF3366)
    image.save(str(picture))
    workspace.notebook.attachments.add("x.png", picture.read_bytes())
    reader.open("![local](x.png)\n")
    document = reader.panel.browser.document()
    kind = QTextDocument.ResourceType.ImageResource.value
    wait_until(lambda: getattr(document.resource(kind, QUrl("attachment:x.png")), "width", lambda: 0)() > 100, 20)
    assert document.resource(kind, QUrl("attachment:x.png")).width() <= 740


def test_a_hidden_panel_waits_until_it_is_shown(reader: Reader, workspace: Workspace, wait_until: Wait) -> None:
    reader.open()
    reader.panel.hide()
    workspace.text_edited.emit(LiveText(reader.note, 99, "while hidden"))
    reader.panel.shown_revision = 0
    reader.panel.show()
    wait_until(lambda: reader.panel.shown_revision > 0, 20)
    assert reader.words.strip() == "while hidden"


def test_dark_is_drawn_anew(reader: Reader, wait_until: Wait) -> None:
    reader.open()
    reader.panel.shown_revision = 0
    theme.apply("dark")
    try:
        wait_until(lambda: reader.panel.shown_revision > 0 and reader.panel.page.complete, 20)
        colour = reader.panel.browser.document().begin().begin().fragment().charFormat().foreground().color()
        assert colour.lightness() > 200
    finally:
        theme.apply("light")


def test_an_empty_note_says_so(reader: Reader, workspace: Workspace, panel: PreviewPanel) -> None:
    reader.open()
    reader.write("")
    assert not panel.browser.isVisible()
    workspace.close_note()
    assert not panel.browser.isVisible()


def test_the_menu_offers_what_the_place_allows(reader: Reader) -> None:
    reader.open()
    browser = reader.panel.browser
    browser.selectAll()
    titles = [action.text() for action in browser.menu_at(browser.rect().bottomRight()).actions()]
    assert titles == ["Copy", "Copy as Markdown", "Select all"]
