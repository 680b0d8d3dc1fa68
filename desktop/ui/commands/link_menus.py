"""What the context menus of the text, the page and the tabs offer about links and about what they can lead to."""

import re
from collections.abc import Callable
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.core.records import Link, LinkKind, NoteId

if TYPE_CHECKING:
    from desktop.ui.commands.link_commands import LinkCommands
    from desktop.ui.commands.passage_commands import PassageCommands
    from desktop.ui.main_window import MainWindow
    from desktop.ui.preview.browser import Browser

LONGEST = 30  # characters of a title in a menu
_WORDS = re.compile(r"\w+")


class LinkMenus(QObject):
    """Adds its lines to menus that are about to be shown."""

    def __init__(self, window: "MainWindow", links: "LinkCommands", passages: "PassageCommands") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace
        self._links = links
        self._passages = passages
        window.editor.edit.menu_opening.connect(self._fill_for_text)
        window.tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        window.tabs.customContextMenuRequested.connect(self._show_for_tab)

    def watch_page(self, browser: "Browser") -> None:
        """Add to the menus of the page too, which is made later."""
        browser.menu_opening.connect(self._fill_for_page)

    # --- the text ----------------------------------------------------------------------------------------

    def _fill_for_text(self, menu: QMenu, position: int) -> None:
        session = self._window.editor.session
        if session is None:
            return
        from desktop.core.text.links import scan_links  # late: not before the first paint

        offset, text = session.offset_of(position), session.text()
        top = _Lines(menu, at_top=True)
        link = next((found for found in scan_links(text) if found.start <= offset <= found.end), None)
        if link is not None:
            self._add_link(top, session.note_id, link)
            top.rule()
        end = _Lines(menu)
        end.rule()
        selected = self._window.editor.edit.textCursor().hasSelection()
        copied = self.tr("Copy link to this paragraph")
        end.line(copied, lambda: self._links.copy_block_link(offset), "copy_block_link", self._window)
        end.line(self.tr("Copy link to this heading"), lambda: self._links.copy_heading_link(offset))
        words = self.tr("Extract selection to a new note…") if selected else self.tr("Extract this section…")
        place = None if selected else offset
        end.line(words, lambda: self._passages.extract(place), "extract_selection", self._window)

    def _add_link(self, menu: "_Lines", source_id: NoteId, link: Link) -> None:
        follow = self._workspace.follow
        if link.kind is LinkKind.URL:
            menu.line(self.tr("Open link"), lambda: follow(source_id, link.target))
            menu.line(self.tr("Copy link address"), lambda: QGuiApplication.clipboard().setText(link.target))
            return
        if link.kind is LinkKind.IMAGE:
            return
        target = self._target(source_id, link.target)
        if target is not None:
            menu.line(self.tr("Open link"), lambda: follow(source_id, link.target, link.anchor, link.label))
            if target != source_id:
                in_tab = lambda: follow(source_id, link.target, link.anchor, link.label, new_tab=True)  # noqa: E731
                menu.line(self.tr("Open link in a new tab"), in_tab)
        self._add_target(menu, source_id, link.target, link.anchor)

    def _add_target(self, menu: "_Lines", source_id: NoteId, name: str, anchor: str) -> None:
        """Add what can be done with the note that a link means: copied, renamed, or made."""
        target = self._target(source_id, name)
        if target is None:
            title = _short(name.replace("\\", "/").rstrip("/").rpartition("/")[2])
            create = self.tr("Create the note “{0}”").format(title)
            menu.line(create, lambda: self._links.create_linked(source_id, name, anchor))
            return
        written = f"[[{name}#{anchor}]]" if anchor else f"[[{name}]]"
        menu.line(self.tr("Copy link"), lambda: QGuiApplication.clipboard().setText(written))
        if target != source_id:
            title = _short(self._workspace.notebook.tree.head(target).title)
            menu.line(self.tr("Rename “{0}”…").format(title), lambda: self._rename(target))

    def _target(self, source_id: NoteId, name: str) -> NoteId | None:
        return self._workspace.notebook.links.resolve(name, source_id) if name else source_id

    def _rename(self, note_id: NoteId) -> None:
        self._window.show_left(True)
        self._window.search.clear()
        self._window.library.reveal(note_id)
        self._window.library.rename_current()

    # --- the page ----------------------------------------------------------------------------------------

    def _fill_for_page(self, menu: QMenu, position: QPoint) -> None:
        note_id = self._workspace.current
        if note_id is None:
            return
        browser = self._window.preview.browser
        address = browser.anchorAt(position)
        if address.startswith("note:"):
            name, _, anchor = address[5:].partition("#")
            name, anchor = unquote(name), unquote(anchor)
            lines = _lines_of_link(menu)
            if self._target(note_id, name) is None:  # there is nothing to open, not even in a tab
                self._add_target(_Lines(menu, at_top=True), note_id, name, anchor)
                for line in lines:
                    menu.removeAction(line)
            else:
                self._add_target(_Lines(menu, behind=lines[-1] if lines else None), note_id, name, anchor)
        offset = self.offset_on_page(position)
        if offset is not None:
            end = _Lines(menu)
            end.rule()
            end.line(self.tr("Copy link to this paragraph"), lambda: self._links.copy_block_link(offset))
            end.line(self.tr("Copy link to this heading"), lambda: self._links.copy_heading_link(offset))

    def offset_on_page(self, position: QPoint) -> int | None:
        """Return where in the text the paragraph stands that is at a place of the page's viewport."""
        session = self._window.editor.session
        preview = self._window.preview
        if session is None or preview.source.note != session.note_id:
            return None
        cursor = preview.browser.cursorForPosition(position)
        index = preview.page.index_at(cursor.position())
        if index < 0:
            return None
        placed, text = preview.page.placed[index], session.text()
        lines = text.split("\n")
        wanted = _WORDS.findall(cursor.block().text())
        best, most = placed.first_line, -1
        for number in range(placed.first_line, min(placed.last_line + 1, len(lines))):
            there = set(_WORDS.findall(lines[number]))
            alike = sum(word in there for word in wanted)
            if alike > most and lines[number].strip():
                best, most = number, alike
        if best >= len(lines):
            return None
        line = lines[best]
        return sum(len(before) + 1 for before in lines[:best]) + len(line) - len(line.lstrip())

    # --- the tabs ----------------------------------------------------------------------------------------

    def _show_for_tab(self, place: QPoint) -> None:
        tabs = self._window.tabs
        index = tabs.tabAt(place)
        if index < 0:
            return
        menu = QMenu(tabs)
        menu.setAccessibleName(self.tr("Tab menu"))
        lines = _Lines(menu)
        note_id = NoteId(tabs.tabData(index))
        lines.line(self.tr("Copy link"), lambda: self._links.copy_note_link(note_id))
        lines.rule()
        lines.line(self.tr("Close tab"), lambda: tabs.close_tab(index))
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, menu.deleteLater))
        menu.popup(tabs.mapToGlobal(place))


class _Lines:
    """A place in a menu to which lines are added in order."""

    def __init__(self, menu: QMenu, *, at_top: bool = False, behind: QAction | None = None) -> None:
        self._menu = menu
        actions = menu.actions()
        self._before: QAction | None = None
        if at_top and actions:
            self._before = actions[0]
        elif behind is not None and actions.index(behind) + 1 < len(actions):
            self._before = actions[actions.index(behind) + 1]

    def line(
        self, words: str, act: Callable[[], object], command: str = "", window: "MainWindow | None" = None
    ) -> None:
        """Add a line, with the keys of the window's command that does the same."""
        words = words.replace("&", "&&")
        if window is not None and command:  # beside the words: a shortcut of its own would compete with the window's
            keys = window.actions_by_name[command].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            words = f"{words}\t{keys}" if keys else words
        action = QAction(words, self._menu)
        action.triggered.connect(lambda _checked=False: act())
        self._menu.insertAction(self._before, action)  # type: ignore[arg-type]  # None adds at the end

    def rule(self) -> None:
        """Add a separator."""
        if self._menu.actions():
            self._menu.insertSeparator(self._before)  # type: ignore[arg-type]


def _lines_of_link(menu: QMenu) -> list[QAction]:
    """Return the group with which the page's menu begins: what can be done with the link."""
    return list(takewhile(lambda action: not action.isSeparator(), menu.actions()))


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"
