"""What is printed, before it meets the paper: texts, made into blocks by a render process of their own, with pictures.

The same process that draws the preview draws these blocks, so a text that takes too long is shown as it is written and
the window never waits.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from desktop.core.page.page_context import PageContext
from desktop.core.page.plain_html import HtmlBlock
from desktop.core.records import ExportTarget, ExportText, NoteId, Section
from desktop.core.text.blocks import scan_blocks
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.language import language_of
from desktop.core.text.outline import scan_sections
from desktop.ui.note_context import names_in, read_context
from desktop.ui.printing.figures import Image, addresses, read_pictures
from desktop.ui.printing.paper import TEXT_SIZE
from desktop.ui.render_process import Rendered, RenderProcess
from desktop.ui.workspace import Workspace

PATIENCE_S = 6.0  # with one block: nobody types meanwhile, and what is printed should not be the source
WIDEST = 900  # pixels a picture is read for: the column of a large sheet laid on its side


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A note as blocks; `sections` are its headings by their line."""

    title: str
    language: str
    blocks: Sequence[HtmlBlock]
    pictures: Mapping[str, Image]
    sections: Mapping[int, Section]
    marks: Mapping[str, int]  # lines of the blocks that links can name, by their ids


@dataclass(frozen=True, slots=True)
class _Source:
    text: ExportText
    context: PageContext
    sections: Mapping[int, Section]
    marks: Mapping[str, int]


class Gathering(QObject):
    """Makes the manuscripts of some notes."""

    done = Signal(object)  # list[Manuscript]
    failed = Signal(object)  # what was raised
    progressed = Signal(float)  # from 0 to 1

    def __init__(self, workspace: Workspace, targets: Sequence[ExportTarget], parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._targets = list(targets)
        self._waiting: deque[_Source] = deque()
        self._made: list[Manuscript] = []
        self._count = 1
        self.slow = False  # something took too long to draw and is shown as it is written
        self._stopped = False
        self._process = RenderProcess(self, PATIENCE_S)
        self._process.rendered.connect(self._rendered, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Read the texts; the rest follows."""
        workspace, targets = self._workspace, self._targets
        base = workspace.note_context.of(NoteId(-1))  # what every page is told

        def read() -> list[_Source]:
            texts = workspace.notebook.exchange.shown_texts(targets)
            return [_source(workspace, text, base) for text in texts]

        workspace.read(read, self._read, self._fail)

    def stop(self) -> None:
        """Be done, whatever is still under way."""
        self._stopped = True
        self._process.close()

    def _read(self, sources: list[_Source]) -> None:
        if self._stopped:
            return
        self._waiting = deque(sources)
        self._count = max(1, len(sources))
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self.stop()
            self.done.emit(self._made)
            return
        self.progressed.emit(len(self._made) / self._count)
        source = self._waiting[0]
        self._process.request(source.text.text, "print", TEXT_SIZE, source.context)

    def _rendered(self, rendered: Rendered) -> None:
        if self._stopped or rendered.is_preliminary or rendered.revision != self._process.latest:
            return
        source, blocks = self._waiting.popleft(), rendered.rendering.blocks
        self.slow = self.slow or bool(rendered.as_source) or rendered.whole_as_source
        workspace, note, wanted = self._workspace, source.text.note_id, addresses(blocks)

        def finish(pictures: dict[str, Image]) -> None:
            if self._stopped:
                return
            text = source.text
            language = language_of(text.text)
            self._made.append(Manuscript(text.title, language, blocks, pictures, source.sections, source.marks))
            self._next()

        if wanted:
            workspace.read(lambda: read_pictures(workspace, note, wanted, WIDEST), finish, self._fail)
        else:
            finish({})

    def _fail(self, error: BaseException) -> None:
        if not self._stopped:
            self.stop()
            self.failed.emit(error)


def _source(workspace: Workspace, text: ExportText, base: PageContext) -> _Source:
    start = read_front_matter(text.text).end
    lines: dict[int, Section] = {}
    line = offset = 0
    for section in scan_sections(text.text, start):
        line += text.text.count("\n", offset, section.start)
        offset = section.start
        lines[line] = section
    context = read_context(workspace.notebook, text.note_id, names_in(text.text), base)
    marks: dict[str, int] = {}
    line = offset = 0
    for block in sorted(scan_blocks(text.text), key=lambda block: block.start):
        line += text.text.count("\n", offset, block.start)
        offset = block.start
        marks.setdefault(block.id.casefold(), line)
    return _Source(text, context, lines, marks)
