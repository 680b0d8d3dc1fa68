"""A window of Konspekt's layout made of nothing but Qt: what any Qt program has to pay for the same first picture.

It shows the same tree and the same text in the same typefaces under the same style sheet; it has no code of ours, no
highlighting, no rows of its own painting. The library is read with the standard library.
"""

import re
import sqlite3
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont, QFontDatabase, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QPlainTextEdit,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

STYLE = Path(__file__).parents[2] / "resources" / "themes" / "window.css"
MENUS, ACTIONS = 6, 10


def build_window(application: QApplication, library: Path) -> QMainWindow:
    """Return the window, not yet shown."""
    _load_fonts()
    application.setFont(_font(13))
    titles, text = _read(library)
    window = QMainWindow()
    window.resize(1360, 860)
    window.setWindowTitle("Bare")
    for number in range(MENUS):
        menu = window.menuBar().addMenu(f"Menu {number}")
        for action in range(ACTIONS):
            entry = menu.addAction(f"Action {action}")
            entry.setShortcut(QKeySequence(f"Ctrl+Alt+{chr(65 + number * 4 + action % 4)}"))
    columns = QSplitter()
    for widget in (_column(QLineEdit(), _tree(titles)), _centre(text), _side()):
        columns.addWidget(widget)
    columns.setSizes([290, 770, 300])
    window.setCentralWidget(columns)
    for words in ("Saved", "120 words", "1:1"):
        window.statusBar().addPermanentWidget(QLabel(words))
    application.setStyleSheet(re.sub(r"\$\w+", "#808890", STYLE.read_text(encoding="utf-8")))
    return window


def _load_fonts() -> None:
    import fontpkg_inter
    import fontpkg_jetbrains_mono

    for package in (fontpkg_inter, fontpkg_jetbrains_mono):
        for file in sorted((package.ROOT / "files").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))


def _font(size: int) -> QFont:
    font = QFont("Inter")
    font.setPixelSize(size)
    return font


def _read(library: Path) -> tuple[list[str], str]:
    connection = sqlite3.connect(f"{library.absolute().as_uri()}?mode=ro", uri=True)
    titles = [title for (title,) in connection.execute("SELECT title FROM note WHERE parent_id IS NULL LIMIT 300")]
    (text,) = connection.execute("SELECT text FROM note WHERE parent_id IS NULL ORDER BY position LIMIT 1").fetchone()
    connection.close()
    return titles, text


def _centre(text: str) -> QWidget:
    header = QWidget()
    row = QHBoxLayout(header)
    for words in ("Back", "Forward", "Edit", "Both", "Read"):
        button = QToolButton()
        button.setDefaultAction(QAction(words, button))
        row.addWidget(button)
    row.addWidget(QLabel("Library / Note"), 1)
    editor = QPlainTextEdit()
    editor.setFont(_font(16))
    editor.setPlainText(text)
    split = QSplitter()
    split.addWidget(editor)
    split.addWidget(QTextBrowser())
    return _column(header, split)


def _side() -> QWidget:
    side = QSplitter(Qt.Orientation.Vertical)
    for title in ("Outline", "Backlinks", "Graph"):
        side.addWidget(_column(QLabel(title), QWidget() if title == "Graph" else QListView()))
    return side


def _tree(titles: list[str]) -> QTreeView:
    model = QStandardItemModel()
    for title in titles:
        model.appendRow(QStandardItem(title))
    view = QTreeView()
    view.setHeaderHidden(True)
    view.setModel(model)
    model.setParent(view)
    return view


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return page
