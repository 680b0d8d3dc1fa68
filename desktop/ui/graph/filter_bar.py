"""What the graph of the library shows: a query, and buttons for kind, folder, tag, days, and what else is a node.

The bar only holds the choice (`GraphFilter`); who listens to `changed` reads the library again. What is typed is told
after a rest, a click at once. Where the bar is too narrow for one line, it becomes two.
"""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from desktop.core.records import GraphFilter, NoteId
from desktop.ui import icons, theme
from desktop.ui.delays import GRAPH_FILTER_MS
from desktop.ui.graph.cards import KindsCard, ShownCard
from desktop.ui.graph.dates import DatesCard, span_words
from desktop.ui.graph.drop import DropButton
from desktop.ui.graph.picker import Picker, Row
from desktop.ui.graph.sources import folder_rows, tag_rows
from desktop.ui.graph.state import narrows
from desktop.ui.workspace import Workspace

FIELD_WIDTHS: Final = (150, 300)  # pixels, least and most


class _Field(QLineEdit):
    """As wide as a few words, and narrower where there is little room."""

    def sizeHint(self) -> QSize:
        """Return the width that is enough."""
        return QSize(FIELD_WIDTHS[1], super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the width that just does."""
        return QSize(FIELD_WIDTHS[0], super().minimumSizeHint().height())


class FilterBar(QWidget):
    """A field and some buttons with cards."""

    changed = Signal()  # `filter` or `only_matches` is another

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.filter = GraphFilter()
        self._folder_title = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GRAPH_FILTER_MS)
        self._timer.timeout.connect(self._take_query)
        self._make_field()
        self._make_cards()
        self._lay_out()
        theme.notifier().changed.connect(self._dress)
        self._dress()
        self._show_all()

    # --- making ------------------------------------------------------------------------------------------

    def _make_field(self) -> None:
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("Filter"))
        self.field.setAccessibleName(self.tr("Filter of the graph"))
        self.field.setToolTip(self.tr("Words as in the search: model tag:ml -draft (Ctrl+F)"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(2_000)
        self._lens = QAction(self.field)
        self.field.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self._timer.start)
        self.field.returnPressed.connect(self._take_query)
        self.only, self.mark = QToolButton(), QToolButton()
        self.only.setText(self.tr("Only matches"))
        self.only.setToolTip(self.tr("Show only the notes that match the query"))
        self.mark.setText(self.tr("Highlight"))
        self.mark.setToolTip(self.tr("Show all notes; those that match the query stand out"))
        group = QButtonGroup(self)
        for button in (self.only, self.mark):
            button.setCheckable(True)
            group.addButton(button)
        self.only.setChecked(True)
        group.buttonClicked.connect(lambda _button: self.changed.emit())

    def _make_cards(self) -> None:
        workspace = self._workspace
        self.kinds_card = KindsCard()
        self.kinds_card.chosen.connect(lambda kinds: self._take(replace(self.filter, kinds=frozenset(kinds))))
        self.kinds = DropButton(self.tr("Kind"), self.kinds_card)
        self.folders = Picker(
            workspace,
            lambda typed: folder_rows(workspace.notebook, typed, self.tr("All folders")),
            self.tr("Folder to show"),
            self.tr("There is no such folder."),
        )
        self.folders.chosen.connect(self._take_folder)
        self.folder = DropButton(self.tr("Folder"), self.folders)
        self.folder.opened.connect(self.folders.begin)
        self.tags = Picker(
            workspace,
            lambda typed: tag_rows(workspace.notebook, typed, self.tr("All tags")),
            self.tr("Tag to show"),
            self.tr("There is no such tag."),
        )
        self.tags.chosen.connect(self._take_tag)
        self.tag = DropButton(self.tr("Tag"), self.tags)
        self.tag.opened.connect(self.tags.begin)
        self.dates_card = DatesCard()
        self.dates_card.chosen.connect(self._take_dates)
        self.dates = DropButton(self.tr("Dates"), self.dates_card)
        self.dates_card.finished.connect(self.dates.close_card)
        self.shown_card = ShownCard()
        self.shown_card.chosen.connect(self._take)
        self.shown = DropButton(self.tr("Show"), self.shown_card)
        self.clear = QToolButton()
        self.clear.setText(self.tr("Clear"))
        self.clear.setAccessibleName(self.tr("Clear the filter"))
        self.clear.clicked.connect(self.clear_filter)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for line in (first, second):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(4)
        first.addWidget(self.field)
        first.addSpacing(2)
        first.addWidget(self.only)
        first.addWidget(self.mark)
        first.addSpacing(8)
        first.addStretch(1)
        self.field.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for widget in (self.kinds, self.folder, self.tag, self.dates, self.shown, self.clear):
            second.addWidget(widget)
        second.addStretch(1)
        self._first, self._second = QWidget(), QWidget()
        self._first.setObjectName("graphQuery")
        self._first.setLayout(first)
        self._second.setLayout(second)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._lines.addWidget(self._first)
        self._lines.addWidget(self._second, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take one line or two."""
        super().resizeEvent(event)
        self._break_line()

    def _break_line(self) -> None:
        wide = self._first.minimumSizeHint().width() + self._second.sizeHint().width() + self._lines.spacing() + 40
        directions = QBoxLayout.Direction
        direction = directions.LeftToRight if self.width() >= wide else directions.TopToBottom
        if self._lines.direction() != direction:
            self._lines.setDirection(direction)
            self.updateGeometry()

    def _dress(self) -> None:
        self._lens.setIcon(icons.icon("search", "faint"))

    # --- what is chosen ----------------------------------------------------------------------------------

    @property
    def only_matches(self) -> bool:
        """Tell whether the notes that do not match the query are left out."""
        return self.only.isChecked()

    def show_filter(self, shown: GraphFilter, only_matches: bool, folder_title: str) -> None:
        """Put a stored choice on the bar; nobody is told."""
        self.filter, self._folder_title = shown, folder_title
        (self.only if only_matches else self.mark).setChecked(True)
        self.field.setText(shown.query)
        self._timer.stop()
        self.dates_card.show_span(shown.since, shown.until)
        self._show_all()

    def clear_filter(self) -> None:
        """Show all notes again; what else is a node stays."""
        shown = self.filter
        extras = {name: getattr(shown, name) for name in ("orphans", "unresolved", "tags", "attachments")}
        self.show_filter(GraphFilter(**extras), self.only_matches, "")
        self.changed.emit()

    def filter_tag(self, tag: str) -> None:
        """Show only what has a tag."""
        self._take(replace(self.filter, tag=tag))

    def _take(self, shown: GraphFilter) -> None:
        if shown != self.filter:
            self.filter = shown
            self._show_all()
            self.changed.emit()

    def _take_query(self) -> None:
        self._timer.stop()
        self._take(replace(self.filter, query=self.field.text().strip()))

    def _take_folder(self, row: Row) -> None:
        self._folder_title = row.title if row.key is not None else ""
        self.folder.close_card()
        self._take(replace(self.filter, folder=NoteId(row.key) if row.key is not None else None))

    def _take_tag(self, row: Row) -> None:
        self.tag.close_card()
        self._take(replace(self.filter, tag=row.key or ""))

    def _take_dates(self, since: str, until: str) -> None:
        self._take(replace(self.filter, since=since, until=until))

    def _show_all(self) -> None:
        shown = self.filter
        self.kinds.show_value(self.kinds_card.words(shown.kinds))
        self.kinds_card.show_kinds(shown.kinds)
        self.folder.show_value(self._folder_title if shown.folder is not None else "")
        self.tag.show_value(f"#{shown.tag}" if shown.tag else "")
        self.dates.show_value(span_words(shown.since, shown.until))
        self.shown.show_value(self.shown_card.words(shown))
        self.shown_card.show_filter(shown)
        for button in (self.only, self.mark):
            button.setEnabled(bool(shown.query))
        self.clear.setVisible(narrows(shown))
        self._break_line()
