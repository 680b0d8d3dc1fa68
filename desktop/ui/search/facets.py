"""The line above the results: where the found notes are, by kind, folder, tag and year, and how they are ordered.

Each facet is a small button that opens a menu of counts; a choice becomes a filter in the query's text, where it can
be seen, changed and saved. The first line never changes its place: what narrows the search stands as chips on a second
line, which is there only then. The bar is made of what the panel tells it and asks for nothing itself.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.core.records import FacetCount, NoteKind
from desktop.ui import icons, theme
from desktop.ui.plain_tips import plain_tip
from desktop.ui.search import query_text
from desktop.ui.search.chip import HEIGHT, Chip
from desktop.ui.search.flow import FlowLayout
from desktop.ui.search.rows import kind_name

MOST_LISTED = 24  # of one facet
WIDEST_LABEL = 260  # pixels
LEFT, RIGHT = 10, 8
ARROW = "\N{THIN SPACE}▾"
ICON = QSize(16, 16)
LABEL_SIZE, LABEL_PADDING = 12, 8  # pixels


class FilterBar(QWidget):
    """Facets, scope, order, and the star that keeps the search; below them what narrows it."""

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
        self._titles = dict(
            zip(query_text.FACETS, (self.tr("Kind"), self.tr("Folder"), self.tr("Tag"), self.tr("Year")), strict=True)
        )
        self.buttons: dict[str, QToolButton] = {}
        self.facets: dict[str, Chip] = {}
        self._make_facets()
        self.scope_button = self._tool("")
        self.scope_button.clicked.connect(lambda: self.scope_wanted.emit(True))
        self.scope = Chip("", self.tr("Search everywhere"))
        self.scope.removed.connect(lambda: self.scope_wanted.emit(False))
        self.newest = self._tool(self.tr("Newest first"))
        self.newest.setCheckable(True)
        self.newest.clicked.connect(self.newest_wanted)
        self.star = self._tool(self.tr("Save this search"))
        self.star.clicked.connect(self.save_wanted)
        self._lay_out()
        theme.notifier().changed.connect(self._dress)
        self.show_scope("", False)
        self.show_query("")

    def _make_facets(self) -> None:
        removal = self.tr("Remove the filter “{0}”")
        for facet, title in self._titles.items():
            menu = QMenu()
            menu.setAccessibleName(title)
            menu.aboutToShow.connect(partial(self._fill, menu, facet))
            button = self.buttons[facet] = self._tool("", icon=False)
            button.setMenu(menu)
            menu.setParent(button, menu.windowFlags())
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            chip = self.facets[facet] = Chip(title, removal.format(title))
            chip.clicked.connect(button.showMenu)
            chip.removed.connect(partial(self.facet_removed.emit, facet))

    def _lay_out(self) -> None:
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(1)
        for button in self.buttons.values():
            self._line.addWidget(button)
        self._line.addStretch(1)
        for button in (self.scope_button, self.newest, self.star):
            self._line.addWidget(button)
        self.chips = QWidget()
        flow = FlowLayout(self.chips, 4)
        flow.setContentsMargins(0, 0, 0, 0)
        for chip in (self.scope, *self.facets.values()):
            flow.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, 0, RIGHT, 6)
        column.setSpacing(4)
        column.addLayout(self._line)
        column.addWidget(self.chips)

    def _tool(self, name: str, *, icon: bool = True) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFixedHeight(HEIGHT)
        button.setIconSize(ICON)
        if icon:
            button.setFixedWidth(HEIGHT)
        return button

    @property
    def stops(self) -> list[QWidget]:
        """Return what Tab goes to, in its order."""
        chips = (self.scope, *self.facets.values())
        return [
            *self.buttons.values(), self.scope_button, self.newest, self.star,
            *(part for chip in chips for part in (chip.button, chip.cross)),
        ]  # fmt: skip

    # --- what is shown -----------------------------------------------------------------------------------

    def show_query(self, text: str) -> None:
        """Show which filters a query holds."""
        self._text = text
        for facet, chip in self.facets.items():
            value = _readable(facet, query_text.chosen(text, facet))
            chip.show_value(value)
            chip.setVisible(chip.active)
            title = self._titles[facet]
            self.buttons[facet].setAccessibleName(f"{title}: {value}" if value else title)
        self.newest.setChecked(query_text.chosen(text, "sort") in ("date", "дата"))
        self._enable()
        self._show_chips()
        self._dress()

    def show_counts(self, counts: Sequence[FacetCount]) -> None:
        """Show what there is to choose from."""
        self._counts = {facet: [c for c in counts if c.facet == facet] for facet in query_text.FACETS}
        self._enable()

    def show_scope(self, title: str, active: bool) -> None:
        """Offer to search below a note, or show that it is done; "" offers nothing."""
        name = self.tr("Search only in “{0}”").format(title)
        self.scope_button.setAccessibleName(name)
        self.scope_button.setToolTip(plain_tip(name))
        self.scope_button.setVisible(bool(title) and not active)
        self.scope.set_title(self.tr("In “{0}”").format(title))
        self.scope.show_value("", active)
        self.scope.setVisible(bool(title) and active)
        self._show_chips()
        self._fit()

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
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Do without the arrows where they would not fit beside the icons."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Let the panel be as narrow as it wants; its height is that of the lines."""
        return QSize(0, super().minimumSizeHint().height())

    def _show_chips(self) -> None:
        self.chips.setVisible(self.scope.active or any(chip.active for chip in self.facets.values()))

    def _show_icons(self) -> None:
        if not self.isVisible():
            return
        self.scope_button.setIcon(icons.icon("below"))
        self.newest.setIcon(icons.icon("by_date", "accent" if self.newest.isChecked() else "muted"))
        self.star.setIcon(icons.icon("starred" if self._saved else "star", "accent" if self._saved else "muted"))

    def _dress(self) -> None:
        colours = theme.current()
        for facet, button in self.buttons.items():
            ink = colours.accent if self.facets[facet].active else colours.muted
            button.setStyleSheet(
                f"QToolButton {{ color: {ink.name()}; font-size: {LABEL_SIZE}px; padding: 2px 0; }}"
                f"QToolButton:hover {{ color: {colours.text.name()}; }}"
                f"QToolButton:disabled {{ color: {colours.faint.name()}; }}"
            )
        for button in (self.scope_button, self.newest, self.star):
            button.setStyleSheet("padding: 2px;")
        self._show_icons()
        self._fit()

    def _fit(self) -> None:
        """Write the facets with their arrows where there is room for these."""
        font = QFont(self.font())
        font.setPixelSize(LABEL_SIZE)
        metrics = QFontMetrics(font)
        for arrow in (ARROW, ""):
            for facet, button in self.buttons.items():
                button.setText(self._titles[facet] + arrow)
                button.setFixedWidth(metrics.horizontalAdvance(button.text()) + LABEL_PADDING)  # Qt's own is wasteful
            self._line.invalidate()
            if self._line.minimumSize().width() <= self.width() - LEFT - RIGHT:
                break

    def _enable(self) -> None:
        for facet, button in self.buttons.items():
            button.setEnabled(self.facets[facet].active or bool(self._counts.get(facet)))

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
