"""What the library adds to a page: embedded texts, stored copies of remote images, links that lead nowhere.

The names in the open note's text are looked up off the GUI thread, when it is opened, at rest after a key, and when the
library changed. Whoever draws the note, the page or the editor, is told only when something of it is another.
"""

import html
import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.notebook import Notebook
from desktop.core.page.page_context import Embedded, PageContext
from desktop.core.records import Changes, Note, NoteId
from desktop.ui.delays import CONTEXT_DELAY_MS
from desktop.ui.sentences import in_users_language
from desktop.ui.workspace import LiveText, Workspace

KEPT = 40  # notes whose context is remembered
MOST_NAMES = 3_000  # targets and addresses of one note that are looked up
MAX_ADDRESS = 2_000  # characters
MAX_READ = 300_000  # characters of a text whose headings are read while it is written; of a longer one the stored ones
IMAGES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif"))
_WIKI = re.compile(r"\[\[([^\[\]\n]{1,500})\]\]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'|\]]+")


@dataclass(frozen=True, slots=True)
class Names:
    """What a text names that only the library knows."""

    targets: frozenset[str] = frozenset()  # of links, before `|` and `#`
    anchored: frozenset[str] = frozenset()  # of links, `Note#Anchor`: places in other notes
    dead: frozenset[str] = frozenset()  # of links, `#Anchor`: places that this text has not got
    embeds: frozenset[str] = frozenset()  # of `![[...]]`, before `|`
    addresses: frozenset[str] = frozenset()  # that may be images


def names_in(text: str) -> Names:
    """Find the names in a text; in code too, for an answer that nobody needs does no harm."""
    targets: set[str] = set()
    anchored: set[str] = set()
    here: set[str] = set()
    embeds: set[str] = set()
    for match in _WIKI.finditer(text):
        target = match[1].replace("\\|", "|").partition("|")[0].strip()
        name, _, anchor = (part.strip() for part in target.partition("#"))
        if PurePosixPath(name.lower()).suffix in IMAGES:
            continue
        if text[match.start() - 1 : match.start()] == "!":
            embeds.add(target)
        if name:
            targets.add(name)
        if anchor:
            (anchored if name or len(text) > MAX_READ else here).add(f"{name}#{anchor}")
        if len(targets) + len(anchored) + len(here) >= MOST_NAMES:
            break
    addresses: set[str] = set()
    if "![" in text or "<img" in text or "<IMG" in text:
        for match in _ADDRESS.finditer(text):
            # Where an address ends depends on the brackets around it, so it is asked for in every way.
            whole = html.unescape(match[0])
            if len(whole) > MAX_ADDRESS:
                continue
            addresses.update((whole, whole.rstrip(").,;"), whole.partition(")")[0], whole.removesuffix(")")))
            if len(addresses) >= MOST_NAMES:
                break
    dead = _dead_here(text, here)
    return Names(frozenset(targets), frozenset(anchored), dead, frozenset(embeds), frozenset(addresses))


def _dead_here(text: str, targets: set[str]) -> frozenset[str]:
    """Return which of the targets, all in this text, name nothing in it: what is being written is stored later."""
    if not targets:
        return frozenset()
    from desktop.core.text.dead_anchors import dead_in  # late: few texts link to themselves

    return frozenset(f"#{anchor}" for anchor in dead_in(text, [target[1:] for target in targets]))


class NoteContext(QObject):
    """Knows the context of the open note, and of those that were open before."""

    changed = Signal(object, object)  # NoteId, PageContext

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._known: OrderedDict[NoteId, PageContext] = OrderedDict()
        self._names: dict[NoteId, Names] = {}  # as they were looked up last
        self._base = PageContext(words=self._words())
        self._note: NoteId | None = None
        self._text = ""
        self._asked = 0
        self._all_anew = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CONTEXT_DELAY_MS)
        self._timer.timeout.connect(self._read)
        workspace.note_opened.connect(self._opened)
        workspace.note_closed.connect(self._closed)
        workspace.text_edited.connect(self._edited)
        workspace.changed.connect(self._library_changed)

    def of(self, note_id: NoteId) -> PageContext:
        """Return what is known for a note by now; `changed` tells when it is more."""
        return self._known.get(note_id, self._base)

    def _opened(self, note: Note) -> None:
        self._note, self._text = note.head.id, note.text
        self._all_anew = True
        self._timer.stop()
        self._read()

    def _closed(self) -> None:
        self._note = None
        self._timer.stop()

    def _edited(self, live: LiveText) -> None:
        if live.note_id == self._note and live.text == self._text:
            return
        if live.note_id != self._note:
            self._all_anew = True
        self._note, self._text = live.note_id, live.text
        self._timer.start()

    def _library_changed(self, changes: Changes) -> None:
        if self._note is None:
            return
        names = self._names.get(self._note, Names())
        only_this_text = bool(changes.edited) and changes == Changes(
            origin=changes.origin,
            edited=frozenset((self._note,)),
            relinked=changes.relinked,
            versions=changes.versions,
            undo=changes.undo,
        )
        if only_this_text and not (names.embeds or names.anchored):  # the usual save: nobody else's names changed
            return
        self._all_anew = True
        self._timer.start()

    def _read(self) -> None:
        """Look the names up off the GUI thread."""
        if self._note is None:
            return
        note_id, text, notebook = self._note, self._text, self._workspace.notebook
        before = None if self._all_anew else self._names.get(note_id)
        self._all_anew = False
        self._asked += 1
        asked, base = self._asked, self._base

        def look_up() -> tuple[Names, PageContext | None]:
            names = names_in(text)
            return names, None if names == before else read_context(notebook, note_id, names, base)

        def learn(found: tuple[Names, PageContext | None]) -> None:
            names, context = found
            if context is None or asked != self._asked:
                return
            self._names[note_id] = names
            self._learn(note_id, context)

        self._workspace.answer(look_up, learn)

    def _learn(self, note_id: NoteId, context: PageContext) -> None:
        same = context == self.of(note_id)
        self._known[note_id] = context
        self._known.move_to_end(note_id)
        while len(self._known) > KEPT:
            self._names.pop(self._known.popitem(last=False)[0], None)
        if not same:
            self.changed.emit(note_id, context)

    def _words(self) -> dict[str, str]:
        """Return what the page itself says, in the user's language."""
        return {
            "Copy": self.tr("Copy"),
            "Details": self.tr("Details"),
            "Text": self.tr("Text"),
            "Only the beginning is shown here.": in_users_language("Only the beginning is shown here."),
            "Note": self.tr("Note"),
            "Info": self.tr("Info"),
            "Todo": self.tr("Todo"),
            "Tip": self.tr("Tip"),
            "Hint": self.tr("Hint"),
            "Important": self.tr("Important"),
            "Success": self.tr("Success"),
            "Question": self.tr("Question"),
            "Warning": self.tr("Warning"),
            "Caution": self.tr("Caution"),
            "Attention": self.tr("Attention"),
            "Danger": self.tr("Danger"),
            "Error": self.tr("Error"),
            "Failure": self.tr("Failure"),
            "Bug": self.tr("Bug"),
            "Example": self.tr("Example"),
            "Quote": self.tr("Quote"),
            "Abstract": self.tr("Abstract"),
            "Summary": self.tr("Summary"),
        }


def read_context(notebook: Notebook, note_id: NoteId, names: Names, base: PageContext) -> PageContext:
    """Look up what a note's text names; on any thread."""
    links = notebook.links
    found = links.embedded(note_id, sorted(names.embeds)) if names.embeds else {}
    embeds = {target: _translated(embedded) for target, embedded in found.items()}
    missing = names.dead | (links.missing(note_id, names.targets) if names.targets else frozenset())
    if names.anchored:
        missing |= links.dead_targets(note_id, names.anchored)
    addresses = set(names.addresses)
    for embedded in embeds.values():
        addresses |= names_in(embedded.text).addresses
    stored = notebook.attachments.stored(addresses) if addresses else frozenset()
    return replace(base, embeds=embeds, missing=missing, stored=stored)


def _translated(embedded: Embedded) -> Embedded:
    return replace(embedded, problem=in_users_language(embedded.problem)) if embedded.problem else embedded
