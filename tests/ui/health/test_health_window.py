"""What the window of link health shows, and what its buttons do."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui import theme
from desktop.ui.health.health_window import HealthWindow
from desktop.ui.health.rows import HealthRole, Row, Section
from desktop.ui.workspace import Workspace

Notes = tuple[Notebook, dict[str, NoteId]]
Wait = Callable[..., None]
SICK = "# Sick\n\nFirst words. See [[Dta]] for it.\n\n- [[Modell]] and [[SURVEY!]] and [[Survey#Result]]\n"


@pytest.fixture
def created() -> list[tuple[NoteId, str]]:
    return []


@pytest.fixture
def window(workspace: Workspace, created: list[tuple[NoteId, str]]) -> Iterator[HealthWindow]:
    window = HealthWindow(workspace, lambda source, target: created.append((source, target)))
    yield window
    window.close()


def shown(wait_until: Wait, window: HealthWindow, section: Section = Section.BROKEN) -> list[Row]:
    """Show the window, wait for the end of the look, and return the rows of a list."""
    window.show()
    wait_until(lambda: window._looked is not None and not window.looking.busy)
    window.sections.setCurrentRow(section)
    return window.list.health.rows


def test_a_library_in_order_is_told_so(window: HealthWindow, notes: Notes, wait_until: Wait) -> None:
    notebook, _ids = notes
    report = notebook.tree.create("Report", text="# Report\n\n[[Model]]\n").created[0]
    assert shown(wait_until, window) == []
    assert window._pages.currentWidget() is window.calm
    assert window.calm.accessibleName() == "Every link works."
    assert window.status.text() == "4 note(s), 5 link(s)"
    assert report


def test_broken_links_stand_with_their_sentence_and_a_suggestion(
    window: HealthWindow, notes: Notes, wait_until: Wait
) -> None:
    notebook, _ids = notes
    notebook.tree.create("Sick", text=SICK)
    rows = shown(wait_until, window)
    assert [(row.first, row.button) for row in rows] == [
        ("Report", "Create note"),
        ("Dta", "Create note"),  # too short for a slip
        ("Modell", "Use “Model”"),
        ("SURVEY!", "Use “Survey”"),
        ("Survey#Result", "Use “Results”"),
    ]
    assert [row.hint for row in rows[2:]] == ["other forms of the words", "the same words", "other forms of the words"]
    model = window.list.health
    wait_until(lambda: model.data(model.index(1), HealthRole.CONTEXT) is not None)
    assert model.data(model.index(1), HealthRole.CONTEXT).text == "See Dta for it."
    assert "Sick. See Dta for it.. Create note" in model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert window.use_all.text() == "Use all 1 sure suggestion(s)"


def test_one_click_writes_the_suggestion_and_the_row_goes(
    window: HealthWindow, workspace: Workspace, notes: Notes, wait_until: Wait
) -> None:
    notebook, _ids = notes
    sick = notebook.tree.create("Sick", text=SICK).created[0]
    rows = shown(wait_until, window)
    row = next(row for row in rows if row.first == "Modell")
    rect = window.list.visualRect(window.list.health.index(rows.index(row)))
    place = window.list.delegate.button_rect(row, rect).center().toPoint()
    QTest.mouseMove(window.list.viewport(), place)
    QTest.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "Modell" not in [row.first for row in window.list.health.rows]
    wait_until(lambda: "[[Model]] and [[SURVEY!]]" in notebook.notes.read(sick).text)
    wait_until(lambda: workspace.tree_undo.canUndo())
    workspace.tree_undo.undo()
    wait_until(lambda: notebook.notes.read(sick).text == SICK)


def test_all_sure_suggestions_at_once(window: HealthWindow, notes: Notes, wait_until: Wait) -> None:
    notebook, _ids = notes
    ids = [notebook.tree.create(f"Sick {number}", text="[[SURVEY!]] [[Modell]]\n").created[0] for number in range(3)]
    shown(wait_until, window)
    assert not window.use_all.isHidden()
    QTest.mouseClick(window.use_all, Qt.MouseButton.LeftButton)
    wait_until(lambda: all("[[Survey]] [[Modell]]" in notebook.notes.read(note_id).text for note_id in ids))
    assert window.use_all.isHidden()


def test_what_was_changed_is_told_here_and_taken_back_here(
    window: HealthWindow, workspace: Workspace, notes: Notes, wait_until: Wait
) -> None:
    notebook, _ids = notes
    sick = notebook.tree.create("Sick", text=SICK).created[0]
    rows = shown(wait_until, window)
    assert window.undo_button.isHidden()
    window.mend(next(row for row in rows if row.first == "Modell"))
    wait_until(lambda: not window.undo_button.isHidden())
    assert window.status.text().endswith("1 link(s) changed.")
    wait_until(lambda: window._looked is not None and not window.looking.busy)
    assert window.status.text().endswith("1 link(s) changed."), "the next look does not wipe it"
    QTest.mouseClick(window.undo_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: notebook.notes.read(sick).text == SICK)
    assert window.undo_button.isHidden()
    assert "changed" not in window.status.text()
    wait_until(lambda: "Modell" in [row.first for row in window.list.health.rows])


def test_a_text_that_was_edited_meanwhile_is_left_alone_and_its_row_comes_back(
    window: HealthWindow, workspace: Workspace, notes: Notes, wait_until: Wait
) -> None:
    notebook, _ids = notes
    sick = notebook.tree.create("Sick", text="[[SURVEY!]]\n").created[0]
    told: list[str] = []
    workspace.notice.connect(lambda _level, sentence: told.append(sentence))
    rows = shown(wait_until, window)
    notebook.notes.save(sick, "More words. [[SURVEY!]]\n", 1)
    window.mend(next(row for row in rows if row.first == "SURVEY!"))
    wait_until(lambda: "SURVEY!" in [row.first for row in window.list.health.rows])
    assert told == ["The text was changed meanwhile; look again and choose anew."]
    assert notebook.notes.read(sick).text == "More words. [[SURVEY!]]\n"


def test_a_place_opens_by_enter_and_by_a_click(
    window: HealthWindow, workspace: Workspace, notes: Notes, wait_until: Wait
) -> None:
    notebook, _ids = notes
    sick = notebook.tree.create("Sick", text=SICK).created[0]
    rows = shown(wait_until, window)
    places: list[object] = []
    workspace.place_requested.connect(lambda place: places.append((place.note_id, place.offset)))
    number = next(number for number, row in enumerate(rows) if row.first == "SURVEY!")
    window.list.setCurrentIndex(window.list.health.index(number))
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert (workspace.current, places[-1]) == (sick, (sick, SICK.index("[[SURVEY!]]")))
    rect = window.list.visualRect(window.list.health.index(1))
    QTest.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(30, 12))
    assert places[-1] == (sick, SICK.index("[[Dta]]"))


def test_a_note_is_made_and_one_in_the_trash_comes_back(
    window: HealthWindow, notes: Notes, created: list[tuple[NoteId, str]], wait_until: Wait
) -> None:
    notebook, ids = notes
    notebook.tree.trash_notes([ids["Data"]])
    rows = shown(wait_until, window)
    assert {row.button for row in rows} == {"Create note", "Restore"}
    report = next(number for number, row in enumerate(rows) if row.first == "Report")
    window.list.setCurrentIndex(window.list.health.index(report))
    QTest.keyClick(window.list, Qt.Key.Key_Space)
    assert created == [(ids["Model"], "Report")]
    data = next(number for number, row in enumerate(rows) if row.button == "Restore")
    window.list.setCurrentIndex(window.list.health.index(data))
    assert window.mend_button.text() == "Restore"
    QTest.mouseClick(window.mend_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: notebook.tree.head(ids["Data"]).trashed_at is None)
    wait_until(lambda: [row.first for row in window.list.health.rows] == ["Report"])  # it has looked again


def test_the_other_lists(window: HealthWindow, workspace: Workspace, notes: Notes, wait_until: Wait) -> None:
    notebook, ids = notes
    folder = notebook.tree.create("Folder").created[0]
    notebook.tree.create("Data", parent_id=folder)
    alone = notebook.tree.create("Alone", text="# Alone\n").created[0]
    notebook.attachments.add("old.png", b"x" * 2_000)
    for number in (1, 2):
        notebook.tree.create(f"Digest {number}", text=f"[a](https://a.org/?utm_source={number})", kind="digest")
    ambiguous = shown(wait_until, window, Section.AMBIGUOUS)
    assert {row.first for row in ambiguous} == {"Data"}
    assert ambiguous[0].detail == "leads to Data; 1 other note(s) go by this name"
    orphans = shown(wait_until, window, Section.ORPHANS)
    assert "Alone" in [row.first for row in orphans]
    window.list.setCurrentIndex(window.list.health.index([row.key for row in orphans].index(alone)))
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert workspace.current == alone
    (file,) = shown(wait_until, window, Section.FILES)
    assert (file.first, file.detail, file.place) == ("old.png", "2 KB", None)
    assert not window.open_button.isEnabled()
    addresses = shown(wait_until, window, Section.ADDRESSES)
    assert [row.first for row in addresses] == ["https://a.org/?utm_source=1", "Digest 1", "Digest 2"]
    counts = [window.sections.item(section).data(Qt.ItemDataRole.AccessibleTextRole) for section in Section]
    assert counts[0] == "Broken links: 1"
    assert counts[3:] == ["Unused files: 1", "Duplicate addresses: 1"]
    assert ids


def test_it_looks_again_when_links_change_and_ends_when_it_is_closed(
    window: HealthWindow, workspace: Workspace, notes: Notes, wait_until: Wait
) -> None:
    notebook, ids = notes
    assert [row.first for row in shown(wait_until, window)] == ["Report"]
    workspace.write(lambda: notebook.notes.save(ids["Data"], "# Data\n\n[[Nowhere]]\n", 1))
    wait_until(lambda: [row.first for row in window.list.health.rows] == ["Nowhere", "Report"])
    window.looking.look()
    stop = window.looking._stop
    window.close()
    assert stop.is_set()
    assert not window.looking.busy


def test_every_control_has_a_name_and_paints_in_both_schemes(
    window: HealthWindow, notes: Notes, wait_until: Wait
) -> None:
    notes[0].tree.create("Sick", text=SICK)
    shown(wait_until, window)
    for scheme in ("light", "dark"):
        theme.apply(scheme)
        assert not window.grab().isNull()
    theme.apply("light")
    for widget in (window.list, window.sections, window.open_button, window.stop_button, window.use_all):
        assert widget.accessibleName()
