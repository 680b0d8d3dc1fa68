"""The line above the results: where the found notes are, by kind, folder, tag and year, and how they are ordered.

Each facet is a small button that opens a menu of counts; a choice becomes a filter in the query's text, where it can
be seen, changed and saved. The line is made of what the panel tells it and asks for nothing itself.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.core.records import FacetCount, NoteKind
from desktop.ui import icons, theme
from desktop.ui.search import query_text
from desktop.ui.search.chip import HEIGHT, Chip
from desktop.ui.search.flow import FlowLayout
from desktop.ui.search.rows import kind_name

MOST_LISTED = 24  # of one facet
WIDEST_LABEL = 260  # pixels


class FilterBar(QWidget):
    """Scope, facets, order, and the star that keeps the search."""

    term_chosen = Signal(str, str)  # facet, what to put into the query
    facet_removed = Signal(str)
    scope_wanted = Signal(bool)
    newest_wanted = Signal(bool)
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, list[FacetCount]] = {}
        self._text = ""
        self._saved = False
        flow = FlowLayout(self, 2)
        flow.setContentsMargins(9, 0, 8, 6)
        self.scope = Chip("", self.tr("Search everywhere"))
        self.scope.clicked.connect(lambda: self.scope_wanted.emit(not self.scope.active))
        self.scope.removed.connect(lambda: self.scope_wanted.emit(False))
        self.scope.hide()
        titles = (self.tr("Kind"), self.tr("Folder"), self.tr("Tag"), self.tr("Year"))
        removal = self.tr("Remove the filter “{0}”")
        self.facets: dict[str, Chip] = {}
        for facet, title in zip(query_text.FACETS, titles, strict=True):
            menu = QMenu()
            menu.setAccessibleName(title)
            menu.aboutToShow.connect(partial(self._fill, menu, facet))
            chip = Chip(title, removal.format(title), menu)
            chip.removed.connect(partial(self.facet_removed.emit, facet))
            self.facets[facet] = chip
            flow.addWidget(chip)
        self.newest = self._tool(self.tr("Newest first"))
        self.newest.setCheckable(True)
        self.newest.clicked.connect(self.newest_wanted)
        self.star = self._tool(self.tr("Save this search"))
        self.star.clicked.connect(self.save_wanted)
        flow.addWidget(self.newest)
        flow.addWidget(self.star)
        flow.addWidget(self.scope)
        theme.notifier().changed.connect(self._show_icons)
        self.show_query("")

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFixedHeight(HEIGHT)
        button.setStyleSheet("padding: 2px 3px;")
        return button

    # --- what is shown -----------------------------------------------------------------------------------

    def show_query(self, text: str) -> None:
        """Show which filters a query holds."""
        self._text = text
        for facet, chip in self.facets.items():
            chip.show_value(_readable(facet, query_text.chosen(text, facet)))
        self.newest.setChecked(query_text.chosen(text, "sort") in ("date", "дата"))
        self._enable()
        self._show_icons()

    def show_counts(self, counts: Sequence[FacetCount]) -> None:
        """Show what there is to choose from."""
        self._counts = {facet: [c for c in counts if c.facet == facet] for facet in query_text.FACETS}
        self._enable()

    def show_scope(self, title: str, active: bool) -> None:
        """Offer to search below a note, or show that it is done; "" offers nothing."""
        self.scope.set_title(self.tr("In “{0}”").format(title))
        self.scope.show_value("", active)
        self.scope.setVisible(bool(title))

    def show_saved(self, saved: bool) -> None:
        """Show whether this search is among the saved ones."""
        self._saved = saved
        name = self.tr("Forget this search") if saved else self.tr("Save this search")
        self.star.setAccessibleName(name)
        self.star.setToolTip(name)
        self._show_icons()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the icons, which are not asked for before."""
        super().showEvent(event)
        self._show_icons()

    def _show_icons(self) -> None:
        if not self.isVisible():
            return
        self.newest.setIcon(icons.icon("newest", "accent" if self.newest.isChecked() else "muted"))
        self.star.setIcon(icons.icon("starred" if self._saved else "star", "accent" if self._saved else "muted"))

    def _enable(self) -> None:
        for facet, chip in self.facets.items():
            chip.button.setEnabled(chip.active or bool(self._counts.get(facet)))

    # --- the menus ---------------------------------------------------------------------------------------

    def _fill(self, menu: QMenu, facet: str) -> None:
        menu.clear()
        metrics = QFontMetrics(menu.font())
        current = query_text.chosen(self._text, facet)
        counts = self._counts.get(facet, [])
        for count in counts[:MOST_LISTED]:
            label = _readable(facet, count.label).replace("&", "&&")
            label = metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, WIDEST_LABEL)
            action = menu.addAction(f"{label}\t{self.locale().toString(count.count)}")
            action.setCheckable(True)
            value = count.term.partition(":")[2].strip('"')
            if current and value.casefold() == current.casefold():
                action.setChecked(True)
                action.triggered.connect(partial(_call, partial(self.facet_removed.emit, facet)))
            else:
                action.triggered.connect(partial(_call, partial(self.term_chosen.emit, facet, count.term)))
        if len(counts) > MOST_LISTED:
            more = menu.addAction(self.tr("%n more", "", len(counts) - MOST_LISTED))
            more.setEnabled(False)
        if current:
            menu.addSeparator()
            menu.addAction(self.tr("Any")).triggered.connect(partial(_call, partial(self.facet_removed.emit, facet)))


def _call(run: "partial[None]", _checked: bool = False) -> None:
    run()


def _readable(facet: str, value: str) -> str:
    """Return a facet's value in the user's words."""
    if facet == "kind" and value in tuple(NoteKind):
        return kind_name(NoteKind(value))
    return value
