"""One note cut into sheets: a document of the paper's width, where each sheet is a window on it.

The document is made of the blocks that the preview shows. It is laid out as one long page; then lines, rows and
headings say where it may not be cut (`cutting`). Drawing a sheet draws its strips of the document, so nothing is laid
out twice and what is behind a line is known exactly.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextOption,
    QTextTable,
)

from desktop.core.page.line_breaks import BREAK
from desktop.core.page.palette import PRINT
from desktop.core.page.plain_html import HtmlBlock
from desktop.core.records import Section
from desktop.ui import theme
from desktop.ui.preview.page import Page
from desktop.ui.printing.cutting import Head, Span, cut
from desktop.ui.printing.figures import Figures, Image
from desktop.ui.printing.linking import Linking
from desktop.ui.printing.paper import TEXT_SIZE, Paper

LIGATURES = ("calt", "liga", "clig", "dlig")  # one glyph for several letters: such words are not found in a PDF
WHOLE_FRAME = 0.3  # of a sheet: a lower callout, quote or piece of code is not cut
WHOLE_ROW = 0.5  # of a sheet: a higher row of a table is cut between its lines
BESIDE_HEAD = 60.0  # pixels of the second row that stand below the first one, whatever comes
BLEED = 2.0  # pixels around a strip that are drawn: the frames of tables


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a sheet."""

    sheet: int
    top: float  # pixels below the column's top


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and where it stands."""

    level: int
    title: str
    spot: Spot


class Sheets:
    """The sheets of one note; `prepare` makes them in steps."""

    def __init__(self, paper: Paper, mark: str, owner: QObject) -> None:
        """`mark` begins the names of this note's anchors."""
        self.paper = paper
        self.headings: list[Heading] = []
        self.sheets: list[tuple[Span, ...]] = []
        self.targets: dict[str, Spot] = {}  # where links within the note lead, by their name
        self._mark = mark
        self._document = QTextDocument(owner)
        self._document.setUseDesignMetrics(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        self._document.setDefaultTextOption(option)
        self._page = Page(self._document)
        frame = self._document.rootFrame().frameFormat()
        frame.setTopMargin(0)
        frame.setBottomMargin(0)
        self._document.rootFrame().setFrameFormat(frame)
        self._figures = Figures(paper.column, paper.room, self._document)
        self._firm: list[Span] = []
        self._soft: list[Span] = []
        self._heads: list[Head] = []

    def prepare(
        self,
        blocks: Sequence[HtmlBlock],
        pictures: Mapping[str, Image],
        sections: Mapping[int, Section],
        marks: Mapping[str, int],
    ) -> Iterator[None]:
        """Make the sheets; `sections` are the headings by their line, `marks` the lines of named blocks by their ids.

        Yields between steps.
        """
        self._figures.learn(blocks, pictures)
        self._page.show(blocks, _font())
        yield
        while not self._page.build():
            yield
        headings: dict[int, Section] = {}
        for placed in self._page.placed:
            if placed.first_line in sections:
                headings.setdefault(placed.start, sections[placed.first_line])
        first_lines = [placed.first_line for placed in self._page.placed]
        named = {
            name: self._page.placed[max(bisect_right(first_lines, line) - 1, 0)].start
            for name, line in marks.items()
            if first_lines
        }
        linking = Linking(self._document, self._mark, headings, named)
        yield from linking.settle()
        layout = self._document.documentLayout()
        layout.registerHandler(QTextFormat.ObjectTypes.ImageObject.value, self._figures)
        self._document.setTextWidth(self.paper.column)
        yield
        layout.documentSize()
        yield from self._drop_breaks()
        layout.documentSize()  # all of it, now: what is not laid out yet has no lines
        yield
        by_name = {f"{self._mark}h{section.ordinal}": section for section in headings.values()}
        yield from self._measure({linking.places[name].position() for name in by_name})
        end = max((span.bottom for span in self._firm), default=0.0)
        self.sheets = cut(end, self.paper.room, self._firm, self._soft, self._heads)
        self.targets = {name: self._spot(cursor) for name, cursor in linking.places.items()}
        self.headings = [Heading(s.level, s.title, self.targets[name]) for name, s in by_name.items()]

    def draw(self, painter: QPainter, index: int) -> None:
        """Draw a sheet's column; the painter's origin is the column's top left corner, its unit our pixel."""
        context = QAbstractTextDocumentLayout.PaintContext()
        colours = QPalette()
        colours.setColor(QPalette.ColorRole.Text, QColor(PRINT.text))
        context.palette = colours
        below = 0.0
        for strip in self.sheets[index]:
            height = strip.bottom - strip.top
            painter.save()
            painter.translate(0, below - strip.top)
            painter.setClipRect(QRectF(-BLEED, strip.top - 1, self.paper.column + 2 * BLEED, height + 2))
            # A little less than what is seen: else the words of a line that only touches it are in the file too.
            context.clip = QRectF(0, strip.top + 0.5, self.paper.column, max(0.1, height - 1))
            self._document.documentLayout().draw(painter, context)
            painter.restore()
            below += height

    # --- measuring ---------------------------------------------------------------------------------------

    def _drop_breaks(self) -> Iterator[None]:
        """Take out the places where a long word may be broken and is not: they would stand in the file as blanks."""
        unused: list[int] = []
        block = self._document.begin()
        while block.isValid():
            text = block.text()
            if BREAK in text:
                ends = {line.textStart() + line.textLength() - 1 for line in _lines(block)}
                at = text.find(BREAK)
                while at >= 0:
                    position = _utf16(text, at)
                    if position not in ends:
                        unused.append(block.position() + position)
                    at = text.find(BREAK, at + 1)
            block = block.next()
        yield
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for position in reversed(unused):
            cursor.setPosition(position)
            cursor.deleteChar()
        cursor.endEditBlock()
        yield

    def _measure(self, headings: Set[int]) -> Iterator[None]:
        """Find the spans through which no cut goes; headings by position."""
        layout = self._document.documentLayout()
        heading: Span | None = None  # it waits for the lines below it
        block = self._document.begin()
        count = 0
        while block.isValid():
            top = layout.blockBoundingRect(block).top()
            lines = [Span(top + line.y(), top + line.y() + line.height()) for line in _lines(block)]
            if block.length() > 1 and lines:
                self._firm += lines
                self._soft += _kept_together(lines)
                if heading is not None:
                    self._firm.append(Span(heading.top, lines[min(1, len(lines) - 1)].bottom))
                heading = lines[0] if block.position() in headings else None
            block = block.next()
            count += 1
            if count % 60 == 0:
                yield
        for frame in self._document.rootFrame().childFrames():
            self._measure_frame(frame, layout)
            yield

    def _measure_frame(self, frame: QTextFrame, layout: QAbstractTextDocumentLayout) -> None:
        if isinstance(frame, QTextTable):
            top, bottom = layout.frameBoundingRect(frame).top(), _bottom_of(frame, layout)
            if frame.rows() > 1:
                self._measure_rows(frame, layout, bottom)
            elif bottom - top < WHOLE_FRAME * self.paper.room:
                self._soft.append(Span(top, bottom))
            self._firm.append(Span(bottom - 1, bottom))  # its lower edge, so that a page ends below it
        for inner in frame.childFrames():
            self._measure_frame(inner, layout)

    def _measure_rows(self, table: QTextTable, layout: QAbstractTextDocumentLayout, end: float) -> None:
        tops = [top for row in range(table.rows()) if (top := self._top_of_row(table, row, layout)) is not None]
        if not tops:
            return
        rows = [Span(top, bottom) for top, bottom in zip(tops, [*tops[1:], end], strict=True)]
        self._firm += [row for row in rows if row.bottom - row.top < WHOLE_ROW * self.paper.room]
        if end - tops[0] < WHOLE_FRAME * self.paper.room:
            self._soft.append(Span(tops[0], end))
        if len(rows) > 1:
            self._firm.append(Span(rows[0].top, min(rows[1].bottom, rows[1].top + BESIDE_HEAD)))
            if table.cellAt(0, 0).format().background().color() == QColor(PRINT.card):
                self._heads.append(Head(rows[0], end))

    def _top_of_row(self, table: QTextTable, row: int, layout: QAbstractTextDocumentLayout) -> float | None:
        """Return where a row begins, its upper line among it; None where all its cells began above."""
        tops = []
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            if cell.row() == row:
                above = cell.format().toTableCellFormat().topPadding() + table.format().border()
                tops.append(layout.blockBoundingRect(cell.firstCursorPosition().block()).top() - above)
        return min(tops, default=None)

    def _spot(self, cursor: QTextCursor) -> Spot:
        block = cursor.block()
        line = block.layout().lineForTextPosition(cursor.positionInBlock())
        top = self._document.documentLayout().blockBoundingRect(block).top() + (line.y() if line.isValid() else 0)
        for index, strips in enumerate(self.sheets):
            strip = strips[-1]
            if top < strip.bottom:
                return Spot(index, max(0.0, top - strip.top) + sum(s.bottom - s.top for s in strips[:-1]))
        return Spot(max(0, len(self.sheets) - 1), 0.0)


def _bottom_of(table: QTextTable, layout: QAbstractTextDocumentLayout) -> float:
    """Return where a table ends; Qt's rectangle of it goes on into what stands below."""
    bottoms = []
    for column in range(table.columns()):
        cell = table.cellAt(table.rows() - 1, column)
        block = cell.lastCursorPosition().block()
        shape, box = block.blockFormat(), layout.blockBoundingRect(block)
        is_flat = shape.lineHeightType() == QTextBlockFormat.LineHeightTypes.FixedHeight.value  # behind a table in it
        below = cell.format().toTableCellFormat().bottomPadding() + table.format().border()
        bottoms.append((box.top() + shape.lineHeight() if is_flat else box.bottom()) + below)
    return min(max(bottoms), layout.frameBoundingRect(table).bottom())


def _lines(block: QTextBlock) -> list:  # type: ignore[type-arg]  # of QTextLine
    layout = block.layout()
    return [layout.lineAt(index) for index in range(layout.lineCount())]


def _kept_together(lines: Sequence[Span]) -> list[Span]:
    """Return the lines of a paragraph that do not stand alone: the first two and the last two."""
    if len(lines) < 2:
        return []
    if len(lines) == 3:
        return [Span(lines[0].top, lines[2].bottom)]
    return [Span(lines[0].top, lines[1].bottom), Span(lines[-2].top, lines[-1].bottom)]


def _utf16(text: str, index: int) -> int:
    """Return an index as Qt counts it."""
    return index if text.isascii() else len(text[:index].encode("utf-16-le", "surrogatepass")) // 2


def _font() -> QFont:
    font = theme.text_font(TEXT_SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for name in LIGATURES:
        font.setFeature(QFont.Tag(name), 0)
    return font
