"""Link health, in a window of its own: what leads nowhere, mended by one click; and what no link leads to.

The look at the library runs on a reader's thread and is repeated while links change (see `looking`); what was mended
leaves its list at once.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import SaveConflict
from desktop.core.records import AmbiguousLink, BrokenLink, Changes, Fault, NoteHead, NoteId, Progress, Snippet
from desktop.ui import theme
from desktop.ui.counted import Counted
from desktop.ui.health.lists import Calm, HealthList, SectionList
from desktop.ui.health.looking import Looked, Looking
from desktop.ui.health.rows import Row, Section, counts_of, sure_ones
from desktop.ui.plain_tips import plain_tip
from desktop.ui.workspace import Workspace

AHEAD: Final = 12  # rows below the seen ones whose sentences are read too

Mendable = BrokenLink | AmbiguousLink


class HealthWindow(QDialog):
    """Shows what is amiss with the links of the library."""

    def __init__(
        self, workspace: Workspace, create: Callable[[NoteId, str], None], parent: QWidget | None = None
    ) -> None:
        """`create` makes the note that a link of another note names, and opens it."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Link health"))
        self.setAccessibleName(self.tr("Link health"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1040, 680)
        self._workspace = workspace
        self._create = create
        self._looked: Looked | None = None
        self._shown = False
        self.looking = Looking(workspace, self)
        self._mended: set[Hashable] = set()  # rows that leave before the next look
        self._told = ""  # what was done here last
        self.sections = SectionList()
        self.list = HealthList()
        self.calm = Calm()
        self.title = QLabel()
        self.explanation = QLabel()
        self.use_all = QPushButton()
        self.status = QLabel()
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.undo_button = QPushButton(self.tr("Undo"))
        self._above = 0  # index of the undo stack while what was done here lies on its top, 0 when nothing was
        self.open_button = QPushButton(self.tr("Open"))
        self.mend_button = QPushButton()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_section()

    # --- looking -----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Look when it is first shown, and after links changed unseen."""
        super().showEvent(event)
        self._shown = True
        self.list.setFocus()
        self.looking.wake()
        self.stop_button.setVisible(self.looking.busy)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for nobody no longer."""
        super().hideEvent(event)
        self._shown = False
        self.looking.sleep()

    def _take(self, looked: Looked) -> None:
        self._looked = looked
        self._mended.clear()
        self.sections.show_counts(counts_of(looked.report))
        self._show_section()
        self._show_status()

    # --- showing -----------------------------------------------------------------------------------------

    def _show_section(self) -> None:
        section = self.sections.section()
        self.title.setText(self.sections.titles[section])
        self.list.setAccessibleName(self.sections.titles[section])
        self.explanation.setText(self._explanation(section))
        rows = self._looked.rows[section] if self._looked is not None else []
        rows = [row for row in rows if row.key not in self._mended]
        self.list.show_rows(rows)
        self.calm.say(self._nothing(section) if self._looked is not None else "")
        self._pages.setCurrentWidget(self.list if rows or self._looked is None else self.calm)
        sure = self._sure()
        self.use_all.setVisible(section is Section.BROKEN and bool(sure))
        self.use_all.setText(self.tr("Use all %n sure suggestion(s)", "", len(sure)))
        self.use_all.setAccessibleName(self.use_all.text())
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.list.row()
        self.open_button.setEnabled(row is not None and self._leads_somewhere(row))
        self.mend_button.setVisible(row is not None and bool(row.button))
        text = row.button if row is not None else ""
        self.mend_button.setText(text if len(text) < 44 else f"{text[:42]}…")
        self.mend_button.setAccessibleName(text)
        self.mend_button.setToolTip(plain_tip(row.hint) if row is not None else "")

    def _show_progress(self, progress: Progress) -> None:
        self.stop_button.show()
        self.status.setText(self.tr("Looking at the links… {0} of {1}").format(progress.done, progress.total))

    def _show_status(self) -> None:
        self.stop_button.hide()
        if self._looked is None:
            self.status.setText("")
            return
        report = self._looked.report
        notes, links = self.tr("%n note(s)", "", report.notes), self.tr("%n link(s)", "", report.links)
        words = self.tr("{0}, {1}").format(notes, links)
        left_out = sum(report.left_out.values())
        if left_out:
            words += ". " + self.tr("%n more are not listed.", "", left_out)
        self.status.setText(f"{words}  ·  {self._told}" if self._told else words)

    def _explanation(self, section: Section) -> str:
        return {
            Section.BROKEN: self.tr("The note, heading, paragraph or file that they name is not there."),
            Section.AMBIGUOUS: self.tr("Several notes go by the name; the nearest one is opened."),
            Section.ORPHANS: self.tr("No link leads from them to another note, and none leads there."),
            Section.FILES: self.tr("No note shows these files or links to them. They stay in the library."),
            Section.ADDRESSES: self.tr("Addresses of digests that stand in other notes too."),
        }[section]

    def _nothing(self, section: Section) -> str:
        return {
            Section.BROKEN: self.tr("Every link works."),
            Section.AMBIGUOUS: self.tr("Every link says which note it means."),
            Section.ORPHANS: self.tr("Every note is linked with another."),
            Section.FILES: self.tr("Every file is shown by a note."),
            Section.ADDRESSES: self.tr("No address comes twice."),
        }[section]

    def _read_contexts(self, first: int, last: int) -> None:
        rows = self.list.health.unread(first, last + AHEAD)
        places = {row.place: row.key for row in rows if row.place is not None}
        if not places:
            return
        links = self._workspace.notebook.links

        def show(found: Sequence[tuple[Hashable, Snippet]]) -> None:
            if self._shown:
                self.list.health.take_contexts(dict(found))

        def job() -> list[tuple[Hashable, Snippet]]:
            contexts = links.with_context(list(places))
            return [(places[place.source.id, place.link], place.context) for place in contexts]

        self._workspace.answer(job, show)

    # --- doing -------------------------------------------------------------------------------------------

    def _leads_somewhere(self, row: Row) -> bool:
        return row.place is not None or isinstance(row.entry, NoteHead)

    def open_row(self, row: Row, in_tab: bool = False) -> None:
        """Open the place of a row in the main window."""
        if row.place is not None:
            note_id, link = row.place
            self._workspace.open_note(note_id, offset=link.start, new_tab=in_tab)
        elif isinstance(row.entry, NoteHead):
            self._workspace.open_note(row.entry.id, new_tab=in_tab)

    def mend(self, row: Row) -> None:
        """Do what a row's button says."""
        entry = row.entry
        if isinstance(entry, AmbiguousLink) and entry.written:
            self._use([entry], [row.key])
        elif not isinstance(entry, BrokenLink):
            return
        elif entry.suggestion is not None:
            self._use([entry], [row.key])
        elif entry.trashed is not None:
            tree, gone = self._workspace.notebook.tree, entry.trashed.id
            self._workspace.change_tree(self.tr("Restore"), lambda: tree.restore([gone]))
        elif entry.fault is Fault.NOTE:
            self._create(entry.source.id, entry.link.target)

    def mend_all(self) -> None:
        """Write every suggestion that leaves no doubt, as one change."""
        if self._looked is None:
            return
        sure = self._sure()
        keys = {id(row.entry): row.key for row in self._looked.rows[Section.BROKEN]}
        self._use(sure, [keys[id(entry)] for entry in sure])

    def _use(self, entries: Sequence[Mendable], keys: Sequence[Hashable]) -> None:
        """Write suggestions into the texts; undone in the menu Edit."""
        self._workspace.before_leaving()  # what is being typed is stored first, so that nothing is written over it
        health, tell = self._workspace.notebook.health, self._workspace.tell
        left_out, problem = 0, ""

        def job() -> Changes:
            nonlocal left_out, problem
            try:
                changes, left_out = health.use(entries)
            except SaveConflict as conflict:
                problem = str(conflict)
                return Changes()
            return changes

        def done(changes: Changes) -> None:
            if problem:
                tell("warning", problem)
            elif left_out:
                tell("warning", Counted().links_left_alone(left_out))
            elif not self._shown:
                tell("info", Counted().links_changed(len(entries)))
            if (problem or left_out) and self._shown:
                self.looking.look()
            if changes.undo is not None and self._shown:
                self._offer_undo(len(entries) - left_out)

        self._mended.update(keys)
        self._show_section()
        self._workspace.change_tree(self.tr("Change %n link(s)", "", len(entries)), job, done)

    def _offer_undo(self, count: int) -> None:
        """Say how many links were changed, where the user looks, with the way back beside it."""
        self._above = self._workspace.tree_undo.index()
        self._told = self.tr("%n link(s) changed.", "", count)
        self._show_status()
        self.undo_button.show()

    def _take_index(self, index: int) -> None:
        if self._above and index != self._above:
            self._above, self._told = 0, ""
            self.undo_button.hide()
            self._show_status()

    def _sure(self) -> list[BrokenLink]:
        if self._looked is None:
            return []
        gone = {id(row.entry) for row in self._looked.rows[Section.BROKEN] if row.key in self._mended}
        return [entry for entry in sure_ones(self._looked.report) if id(entry) not in gone]

    # --- layout ------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.sections.currentRowChanged.connect(lambda _row: self._show_section())
        self.list.opened.connect(self.open_row)
        self.list.pressed_button.connect(self.mend)
        self.list.current_changed.connect(self._show_chosen)
        self.list.seen.connect(self._read_contexts)
        self.use_all.clicked.connect(self.mend_all)
        self.stop_button.clicked.connect(self.looking.stop)
        self.undo_button.clicked.connect(self._workspace.undo_tree)
        undo = QShortcut(QKeySequence("Ctrl+Alt+Z"), self)  # the main window's keys do not reach here
        undo.activated.connect(self._workspace.undo_tree)
        self._workspace.tree_undo.indexChanged.connect(self._take_index)
        self.looking.found.connect(self._take)
        self.looking.progressed.connect(self._show_progress)
        self.looking.ended.connect(self._show_status)
        self.open_button.clicked.connect(lambda: self._with_chosen(self.open_row))
        self.mend_button.clicked.connect(lambda: self._with_chosen(self.mend))
        theme.notifier().changed.connect(self._colour)

    def _with_chosen(self, act: Callable[[Row], None]) -> None:
        row = self.list.row()
        if row is not None:
            act(row)

    def _colour(self) -> None:
        colours = theme.current()
        for label in (self.explanation, self.status):
            label.setStyleSheet(f"color: {colours.muted.name()};")
        edge = f"1px solid {colours.border.name()}"
        self._left.setStyleSheet(f"#left {{ background: {colours.window.name()}; border-right: {edge}; }}")
        self._right.setStyleSheet(f"#right {{ background: {colours.base.name()}; }}")
        self._pages.setStyleSheet(f"#pages {{ border-top: {edge}; border-bottom: {edge}; }}")
        self.list.setStyleSheet(f"HealthList {{ background: {colours.base.name()}; }}")

    def _lay_out(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(17)
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.explanation.setWordWrap(True)
        for button in (self.stop_button, self.undo_button, self.open_button, self.mend_button, self.use_all):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        self.stop_button.hide()
        self.undo_button.hide()
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.title)
        words.addWidget(self.explanation)
        top = QHBoxLayout()
        top.setContentsMargins(20, 18, 16, 10)
        top.addLayout(words, 1)
        top.addWidget(self.use_all, 0, Qt.AlignmentFlag.AlignVCenter)
        self._pages.setObjectName("pages")
        self._pages.setContentsMargins(0, 1, 0, 1)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.calm)
        below = QHBoxLayout()
        below.setContentsMargins(20, 8, 16, 12)
        below.setSpacing(8)
        below.addWidget(self.status)
        below.addWidget(self.stop_button)
        below.addWidget(self.undo_button)
        below.addStretch(1)
        below.addWidget(self.mend_button)
        below.addWidget(self.open_button)
        self._right = QFrame()
        self._right.setObjectName("right")
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(top)
        right.addWidget(self._pages, 1)
        right.addLayout(below)
        self._left = QFrame()
        self._left.setObjectName("left")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 14, 1, 12)
        left.addWidget(self.sections)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._left)
        whole.addWidget(self._right, 1)
        self._colour()
