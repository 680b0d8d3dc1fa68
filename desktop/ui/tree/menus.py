"""The tree's context menus, made for what is selected."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.records import NoteKind

Act = Callable[[], object]


def tr(text: str) -> str:
    """Translate a menu's words."""
    return QCoreApplication.translate("TreeMenu", text)


def kind_names() -> dict[NoteKind, str]:
    """Return what the kinds are called, in the order of the menus."""
    return {
        NoteKind.NOTE: tr("Note"),
        NoteKind.LECTURE: tr("Lecture"),
        NoteKind.DIGEST: tr("Digest"),
        NoteKind.FOLDER: tr("Folder"),
    }


def creation_names() -> dict[NoteKind, str]:
    """Return the words that make a new one of each kind."""
    return {
        NoteKind.NOTE: tr("New note"),
        NoteKind.LECTURE: tr("New lecture"),
        NoteKind.DIGEST: tr("New digest"),
        NoteKind.FOLDER: tr("New folder"),
    }


class TreeMenu(QMenu):
    """A menu that is filled line by line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Library menu"))

    def line(self, text: str, act: Act, keys: str = "", *, enabled: bool = True) -> None:
        """Add one entry; `keys` are only shown, the tree itself listens for them."""
        action = self.addAction(text)
        # Shown beside the words by hand: a real shortcut would compete with the window's.
        if keys:
            action.setText(f"{text}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}")
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: act())

    def creations(self, create: Callable[[NoteKind], object]) -> None:
        """Add what makes new notes."""
        for kind, name in creation_names().items():
            self.line(name, partial(create, kind), "Ctrl+N" if kind is NoteKind.NOTE else "")

    def kinds(self, current: NoteKind | None, choose: Callable[[NoteKind], object]) -> None:
        """Add the submenu that says what a note is."""
        submenu = self.addMenu(tr("Kind"))
        for kind, name in kind_names().items():
            action = submenu.addAction(name)
            action.setCheckable(True)
            action.setChecked(kind == current)
            action.triggered.connect(partial(_choose, choose, kind))


def _choose(choose: Callable[[NoteKind], object], kind: NoteKind, _checked: bool = False) -> None:
    choose(kind)
