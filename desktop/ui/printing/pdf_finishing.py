"""What Qt leaves out of a PDF: the outline, the language, and blanks that are blanks.

Qt writes the text, the fonts and the links. It says of the glyph of a blank that it stands for a tab, so that a search
for two words finds nothing; here it becomes a blank again.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

POINTS = 72 / 96  # in a pixel of the page
_BLANKS = ((b"<0009>", b"<0020>"), (b"<00A0>", b"<0020>"), (b"<200B>", b"<0020>"))


@dataclass(frozen=True, slots=True)
class Goal:
    """Where something leads: a page from 0, and how many pixels below its top."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; those of a higher level stand below it."""

    level: int
    title: str
    goal: Goal


@dataclass(frozen=True, slots=True)
class Facts:
    """What a PDF says of itself and of the way through it."""

    title: str
    language: str
    bookmarks: Sequence[Bookmark]
    goals: Mapping[str, Goal]  # of its inner links, by name


def finished(data: bytes, facts: Facts) -> bytes:
    """Return a PDF of Qt's with all that it lacks."""
    from pypdf import PdfWriter  # late: half a megabyte that only this needs
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=io.BytesIO(data))
    _mend_blanks(writer)
    writer.add_metadata({"/Title": facts.title, "/Creator": "Konspekt"})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(facts.language)
    preferences = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    root[NameObject("/ViewerPreferences")] = preferences
    _aim_links(writer, facts.goals)
    _add_outline(writer, facts.bookmarks)
    if facts.bookmarks:
        root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add_outline(writer, bookmarks: Sequence[Bookmark]) -> None:  # type: ignore[no-untyped-def]  # imported late
    from pypdf.generic import Fit

    above: list[tuple[int, object]] = []
    for mark in bookmarks:
        while above and above[-1][0] >= mark.level:
            above.pop()
        item = writer.add_outline_item(
            title=mark.title,
            page_number=mark.goal.page,
            parent=above[-1][1] if above else None,
            fit=Fit.xyz(left=0, top=_height(writer, mark.goal)),
        )
        above.append((mark.level, item))


def _aim_links(writer, goals: Mapping[str, Goal]) -> None:  # type: ignore[no-untyped-def]  # imported late
    """Lead inner links to their places: Qt knows those by name only, and a name cuts a heading's words in two."""
    from pypdf.generic import ArrayObject, FloatObject, NameObject, NullObject

    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            link = reference.get_object()
            goal = goals.get(str(link.get("/Dest", "")))
            if goal is not None:
                there = writer.pages[goal.page].indirect_reference
                top = FloatObject(_height(writer, goal))
                place = [there, NameObject("/XYZ"), FloatObject(0), top, NullObject()]
                link[NameObject("/Dest")] = ArrayObject(place)


def _height(writer, goal: Goal) -> float:  # type: ignore[no-untyped-def]  # imported late
    """Return a place as PDF counts it: from the page's lower edge, in points."""
    return float(writer.pages[goal.page].mediabox.height) - goal.top * POINTS


def _mend_blanks(writer) -> None:  # type: ignore[no-untyped-def]  # imported late
    from pypdf.generic import StreamObject

    for found in writer._objects:
        names = found.get("/ToUnicode") if isinstance(found, dict) else None
        stream = names.get_object() if names is not None else None
        if isinstance(stream, StreamObject):
            data = stream.get_data()
            for wrong, right in _BLANKS:
                data = data.replace(wrong, right)
            stream.set_data(data)
