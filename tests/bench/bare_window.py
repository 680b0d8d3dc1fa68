"""A window of Konspekt's layout made of nothing but Qt: what any Qt program has to pay."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QPlainTextEdit,
    QSplitter,
    QTabBar,
    QTextBrowser,
    QToolBar,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

MENUS, ACTIONS, ROWS = 6, 8, 40


def build_window() -> QMainWindow:
    """Return the window, not yet shown."""
    window = QMainWindow()
    window.resize(1400, 880)
    window.setWindowTitle("Bare")
    for number in range(MENUS):
        menu = window.menuBar().addMenu(f"Menu {number}")
        for action in range(ACTIONS):
            entry = menu.addAction(f"Action {action}")
            entry.setShortcut(QKeySequence(f"Ctrl+Alt+{chr(65 + number * 4 + action % 4)}"))
    toolbar = QToolBar(window)
    toolbar.addActions([QAction(text, window) for text in ("Back", "Forward", "New")])
    window.addToolBar(toolbar)
    window.setCentralWidget(_centre())
    _dock(window, Qt.DockWidgetArea.LeftDockWidgetArea, "Library", _column(QLineEdit(), _tree()))
    for title in ("Outline", "Backlinks", "Graph"):
        content = QWidget() if title == "Graph" else _column(QLabel(title), QListView())
        _dock(window, Qt.DockWidgetArea.RightDockWidgetArea, title, content)
    for text in ("Saved", "120 words", "1:1"):
        window.statusBar().addPermanentWidget(QLabel(text))
    return window


def _centre() -> QWidget:
    tabs = QTabBar()
    tabs.addTab("Note")
    split = QSplitter()
    split.addWidget(QPlainTextEdit())
    split.addWidget(QTextBrowser())
    return _column(tabs, split)


def _tree() -> QTreeView:
    model = QStandardItemModel()
    model.appendRow([QStandardItem("Library")])
    for row in range(ROWS):
        model.item(0).appendRow(QStandardItem(f"Note {row}"))
    view = QTreeView()
    view.setModel(model)
    model.setParent(view)
    view.expandAll()
    return view


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return page


def _dock(window: QMainWindow, area: Qt.DockWidgetArea, title: str, content: QWidget) -> None:
    dock = QDockWidget(title, window)
    dock.setWidget(content)
    window.addDockWidget(area, dock)
