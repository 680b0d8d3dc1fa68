"""What is said and offered where nothing was found."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.ui.search import query_text
from desktop.ui.search.asking import Wish
from desktop.ui.search.states import EmptyState, Offer

LONGEST_SHOWN = 80  # characters of a query or title
translate = QCoreApplication.translate  # by this name lupdate knows it


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be done where nothing was found."""

    create: Callable[[str], None]
    forgive: Callable[[bool], None]
    everywhere: Callable[[], None]
    unfilter: Callable[[], None]


def say_nothing_found(state: EmptyState, wish: Wish, scope: str, ways: Ways, *, whole: bool) -> None:
    """Say what was looked for in vain, and offer what may help.

    `scope` is the title of the note searched below; `whole` tells that there is an index, without which nothing is
    forgiven.
    """
    text = wish.text.strip()
    words = query_text.plain_words(text)
    filters = query_text.without_filters(text).strip() != text
    if len(text) == 1:
        state.say(translate("SearchPanel", "Type one more letter."))
        return
    if query_text.is_unfinished_filter(text):
        state.hide()  # the problem of the query says what is to come
        return
    tried = (
        translate("SearchPanel", "Looked for: all forms of the words, the other keyboard layout, slips of the finger.")
        if wish.forgiving
        else translate("SearchPanel", "Looked for: all forms of the words, just as they were typed.")
    )
    offers: list[Offer] = []
    if not wish.forgiving and words:
        offers.append((translate("SearchPanel", "Search forgivingly"), lambda: ways.forgive(True)))
    if scope:
        offers.append((translate("SearchPanel", "Search everywhere"), ways.everywhere))
    if filters:
        offers.append((translate("SearchPanel", "Search without the filters"), ways.unfilter))
    if words:
        create = translate("SearchPanel", "Create note “{0}”").format(words)
        offers.append((create, lambda: ways.create(words)))
    shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    headline = (
        translate("SearchPanel", "No note below “{1}” was found for “{0}”.").format(shown, scope)
        if scope
        else translate("SearchPanel", "No note was found for “{0}”.").format(shown)
    )
    state.say(headline, tried if words and whole else "", tuple(offers))
