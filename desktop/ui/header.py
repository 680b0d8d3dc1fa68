"""The line above the text: back and forward, where the note stands, and how it is shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop.core.records import NoteHead, NoteId
from desktop.ui import icons, theme
from desktop.ui.plain_tips import plain_tip

VIEWS = ("edit", "split", "preview")


class Header(QWidget):
    """Asks for views and notes; knows neither."""

    view_requested = Signal(str)  # one of VIEWS
    note_requested = Signal(object)  # NoteId of a part of the path

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._path: tuple[NoteHead, ...] = ()
        self._back = self._tool(actions["go_back"])
        self._forward = self._tool(actions["go_forward"])
        self._crumbs = QLabel()
        self._crumbs.setTextFormat(Qt.TextFormat.RichText)
        self._crumbs.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self._crumbs.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._crumbs.linkActivated.connect(lambda link: self.note_requested.emit(NoteId(int(link))))
        self._group = QButtonGroup(self)
        self._views: dict[str, QToolButton] = {}
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 10, 5)
        row.setSpacing(2)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addSpacing(6)
        row.addWidget(self._crumbs, 1)
        for view, text in zip(VIEWS, (self.tr("Edit"), self.tr("Both"), self.tr("Read")), strict=True):
            button = self._view_button(view, text, actions[f"view_{view}"])
            row.addWidget(button)
        theme.notifier().changed.connect(self.load_icons)

    def show_view(self, view: str) -> None:
        """Mark the view that is shown."""
        self._views[view].setChecked(True)

    def show_path(self, path: tuple[NoteHead, ...]) -> None:
        """Show where the open note stands; () when none is open."""
        self._path = path
        self._fill()

    def load_icons(self) -> None:
        """Draw the icons; after the first paint."""
        for button, name in ((self._back, "back"), (self._forward, "forward")):
            button.defaultAction().setIcon(icons.icon(name))  # a button takes what its action has at each change
        for view, button in self._views.items():
            button.setIcon(icons.icon(view))
        self._row.activate()  # the buttons are wider now: the path has to be elided for what is left
        self._fill()

    def resizeEvent(self, event: object) -> None:
        """Fit the path into the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fill()

    def _fill(self) -> None:
        colours = theme.current()
        if not self._path:
            self._crumbs.setText("")
            return
        room = max(80, self._crumbs.width() - 16)
        metrics = self._crumbs.fontMetrics()
        share = room // (len(self._path) if len(self._path) < 4 else 4)
        shown = self._path if len(self._path) < 4 else (self._path[0], *self._path[-3:])
        parts = []
        for number, head in enumerate(shown):
            last = number == len(shown) - 1
            width = room - share * (len(shown) - 1) if last else share - 24
            title = _escape(metrics.elidedText(head.title, Qt.TextElideMode.ElideRight, width))
            colour = (colours.text if last else colours.muted).name()
            parts.append(
                f'<span style="color:{colour}">{title}</span>' if last
                else f'<a href="{head.id}" style="color:{colour};text-decoration:none">{title}</a>'
            )  # fmt: skip
        if len(shown) < len(self._path):
            parts.insert(1, f'<span style="color:{colours.faint.name()}">…</span>')
        self._crumbs.setText(f'<span style="color:{colours.faint.name()}">&nbsp;/&nbsp;</span>'.join(parts))
        self._crumbs.setToolTip(plain_tip(" / ".join(head.title for head in self._path)))

    def _tool(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        action.setIconText("←" if action.objectName() == "go_back" else "→")  # until the icons are drawn
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{action.text()}  {keys}")
        button.setAccessibleName(action.text())
        return button

    def _view_button(self, view: str, text: str, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(f"{action.text()}  Ctrl+E")
        button.setAccessibleName(action.text())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.view_requested.emit(view))
        self._group.addButton(button)
        self._views[view] = button
        return button


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
