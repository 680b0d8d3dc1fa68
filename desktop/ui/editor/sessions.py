"""A note that is being edited: its document with its own undo, and the stored text that it was loaded from.

A session knows the note that its text was **loaded for**; a save goes there and nowhere else, whatever is open by
then. Its **base** is the stored text (with its version) that the document's text goes back to.
"""

from collections import OrderedDict
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.core.errors import KonspektError
from desktop.core.records import Note, NoteId
from desktop.ui.editor.fidelity import TextImage, Utf16Map, new_document
from desktop.ui.editor.merge import edits, merge
from desktop.ui.editor.shown_text import ShownText
from desktop.ui.sentences import in_users_language

KEPT_SESSIONS = 20


class Problem:
    """Why a text is not stored: a sentence, and the other text where two met."""

    def __init__(self, sentence: str, theirs: Note | None = None) -> None:
        self.sentence = sentence
        self.theirs = theirs


class EditSession(QObject):
    """One note's document, and what is stored of it."""

    edited = Signal()  # the text is another, by whatever hand

    def __init__(self, note: Note, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.head = note.head
        self.image = TextImage(note.text)
        self.base_version = note.head.version
        self.revision = 1
        self.saved_revision = 1  # the revision of which the stored text is known to be the same
        self.saving_revision = 0  # the revision on its way to the disk, 0 for none
        self.stale = False  # the stored text changed while a save was on its way
        self.problem: Problem | None = None
        self.cursor_position = (0, 0)  # anchor and position, while the note is not shown
        self.top_line = 0.0  # likewise
        self.document: QTextDocument = new_document(self)
        self.document.setUndoRedoEnabled(False)
        self.document.setPlainText(self.image.shown)
        self.document.setUndoRedoEnabled(True)
        self._shown = ShownText(self.document, self.image.shown, self)
        self._map: tuple[int, Utf16Map] | None = None
        self._image_now: tuple[int, TextImage] = (1, self.image)
        self._seen = self.document.revision()
        self.document.contentsChanged.connect(self._on_contents_changed)

    @property
    def note_id(self) -> NoteId:
        """The note that the text was loaded for."""
        return self.head.id

    @property
    def dirty(self) -> bool:
        """Whether the text may differ from the stored one."""
        return self.revision != self.saved_revision

    def shown(self) -> str:
        """Return the document's text."""
        return self._shown.text()

    def text(self) -> str:
        """Return the note's text: what a save would store."""
        return self.image.raw_of(self.shown())

    def utf16(self) -> Utf16Map:
        """Return the way between offsets in `shown()` and positions in the document."""
        if self._map is None or self._map[0] != self.revision:
            self._map = (self.revision, Utf16Map("" if self._shown.even else self.shown()))
        return self._map[1]

    def offset_of(self, position: int) -> int:
        """Return the offset in the note's text of a position in the document."""
        offset = self.utf16().from_qt(position)
        return offset if self.image.plain else self._image().raw_offset(offset)

    def position_of(self, offset: int) -> int:
        """Return the position in the document of an offset in the note's text."""
        shown = offset if self.image.plain else self._image().shown_offset(offset)
        return max(0, min(self.utf16().to_qt(shown), self.document.characterCount() - 1))

    def mark_saved(self, text: str, version: int, revision: int) -> None:
        """Take note that `text`, which was the document's at `revision`, is stored as `version`."""
        if text != self.image.raw:
            self.image = TextImage(text)
        self.base_version = version
        self.saved_revision = revision
        self.problem = None

    def take(self, note: Note) -> bool:
        """Bring a newer stored text into the document, as one undoable edit; False where it meets unsaved words."""
        theirs = TextImage(note.text)
        mine = self.shown()
        merged = merge(self.image.shown, mine, theirs.shown)
        if merged is None:
            return False
        self._rebase(note, theirs, merged)
        return True

    def take_theirs(self, note: Note) -> None:
        """Replace the document's text by the stored one; undo brings the user's words back."""
        theirs = TextImage(note.text)
        self._rebase(note, theirs, theirs.shown)

    def keep_mine(self, note: Note) -> None:
        """Base the document's text on a newer stored text without taking anything from it."""
        self.head, self.image, self.base_version = note.head, TextImage(note.text), note.head.version
        self.saved_revision = 0
        self.problem = None

    def _rebase(self, note: Note, theirs: TextImage, shown: str) -> None:
        self.head, self.image, self.base_version = note.head, theirs, note.head.version
        self.problem = None
        self.replace_shown(shown)
        self.saved_revision = self.revision if self.shown() == theirs.shown else 0
        self._image_now = (0, theirs)
        self.edited.emit()

    def replace_shown(self, new: str) -> None:
        """Make the document's text another by the smallest edits, undone in one step."""
        old = self.shown()
        if old == new:
            return
        to_qt = self.utf16().to_qt
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        for start, end, text in reversed(edits(old, new)):
            cursor.setPosition(to_qt(start))
            cursor.setPosition(to_qt(end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(text)
        cursor.endEditBlock()

    def _image(self) -> TextImage:
        """Return the image of the text as it stands, for offsets."""
        if self._image_now[0] != self.revision:
            self._image_now = (self.revision, TextImage(self.text()))
        return self._image_now[1]

    def _on_contents_changed(self) -> None:
        if self.document.revision() != self._seen:
            self._seen = self.document.revision()
            self.revision += 1
            self.edited.emit()


class Sessions(QObject):
    """The notes opened last, each with its document; one with unsaved words is never let go."""

    forgotten = Signal(object)  # EditSession, whose document is about to go

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions: OrderedDict[NoteId, EditSession] = OrderedDict()

    def __iter__(self) -> Iterator[EditSession]:
        return iter(tuple(self._sessions.values()))

    def get(self, note_id: NoteId) -> EditSession | None:
        """Return a note's session where there is one."""
        return self._sessions.get(note_id)

    def open(self, note: Note) -> EditSession:
        """Return the session of a note, made where there is none; a newer stored text is merged into it."""
        session = self._sessions.get(note.head.id)
        if session is None:
            session = EditSession(note, self)
            self._sessions[note.head.id] = session
        elif note.head.version > session.base_version and not session.saving_revision and not session.take(note):
            session.problem = Problem(conflict_sentence(), note)
        self._sessions.move_to_end(note.head.id)
        self._let_go()
        return session

    def forget(self, note_id: NoteId) -> None:
        """Let a note's session go."""
        session = self._sessions.pop(note_id, None)
        if session is not None:
            self.forgotten.emit(session)
            session.deleteLater()

    def _let_go(self) -> None:
        for note_id, session in tuple(self._sessions.items())[:-1]:
            if len(self._sessions) <= KEPT_SESSIONS:
                return
            if not session.dirty and not session.saving_revision:
                self.forget(note_id)


def conflict_sentence() -> str:
    """Return what is said where two texts met."""
    return QCoreApplication.translate(
        "Saving", "This note was changed elsewhere in the same place; your text is kept here, not saved yet."
    )


def failure_sentence(error: BaseException) -> str:
    """Return what is said where a save failed."""
    if isinstance(error, KonspektError):
        return in_users_language(str(error))
    sentence = QCoreApplication.translate("Saving", "The note could not be saved ({0}); your text is kept here.")
    return sentence.format(error)
