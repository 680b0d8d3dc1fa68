"""The menu for a place on the page: what stands there decides what is offered."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from desktop.ui.preview.browser import Browser


def menu_at(browser: "Browser", position: QPoint) -> QMenu:
    """Build the menu for a place in the viewport."""
    menu = QMenu(browser)

    def add(title: str, action: Callable[[], object], enabled: bool = True) -> None:
        entry = menu.addAction(title)
        entry.triggered.connect(lambda _checked=False: action())
        entry.setEnabled(enabled)

    address, image = browser.anchorAt(position), browser.image_at(position)
    if address and not address.startswith("do:"):
        _add_link(browser, address, browser.words_at(position), add)
        menu.addSeparator()
    if address.startswith("do:fetch/"):
        card = browser.cursorForPosition(position).position()
        add(_say("Fetch image"), lambda: browser.acted.emit(address, card))
        source = unquote(address.removeprefix("do:fetch/"))
        add(_say("Copy image address"), lambda: QGuiApplication.clipboard().setText(source))
        menu.addSeparator()
    if image:
        add(_say("Open image"), lambda: browser.image_activated.emit(image))
        add(_say("Copy image"), lambda: browser.image_copied.emit(image))
        add(_say("Save image as…"), lambda: browser.image_saved.emit(image))
        if image.startswith("stored:"):  # as a click on its card did
            here = browser.cursorForPosition(position).position()
            add(_say("Fetch again"), lambda: browser.acted.emit(f"do:fetch/{image.removeprefix('stored:')}", here))
        menu.addSeparator()
    selected = browser.textCursor().hasSelection()
    add(_say("Copy"), browser.copy, selected)
    add(_say("Copy as Markdown"), browser.markdown_wanted.emit, selected)
    add(_say("Select all"), browser.selectAll)
    browser.menu_opening.emit(menu, position)
    return menu


def _add_link(browser: "Browser", address: str, words: str, add: Callable[..., None]) -> None:
    add(_say("Open link"), lambda: browser.link_followed.emit(address, words, False))
    if address.startswith("note:"):
        add(_say("Open link in a new tab"), lambda: browser.link_followed.emit(address, words, True))
    elif not address.startswith("#"):
        add(_say("Copy link address"), lambda: QGuiApplication.clipboard().setText(address))


def _say(title: str) -> str:
    translate = QCoreApplication.translate
    return {
        "Open link": translate("Browser", "Open link"),
        "Open link in a new tab": translate("Browser", "Open link in a new tab"),
        "Copy link address": translate("Browser", "Copy link address"),
        "Open image": translate("Browser", "Open image"),
        "Copy image": translate("Browser", "Copy image"),
        "Save image as…": translate("Browser", "Save image as…"),
        "Fetch image": translate("Browser", "Fetch image"),
        "Copy image address": translate("Browser", "Copy image address"),
        "Fetch again": translate("Browser", "Fetch again"),
        "Copy": translate("Browser", "Copy"),
        "Copy as Markdown": translate("Browser", "Copy as Markdown"),
        "Select all": translate("Browser", "Select all"),
    }[title]
