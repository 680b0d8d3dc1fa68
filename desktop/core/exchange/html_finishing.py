"""What one note's HTML needs of the library before it can leave it: where links lead, and the bytes of pictures."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from desktop.core.exchange.export_layout import Piece, Source
from desktop.core.exchange.html_conversion import Conversion
from desktop.core.markup.sanitize import Element, to_string
from desktop.core.page.page_context import MAX_EMBEDDED
from desktop.core.page.plain_markup import Nodes, PlainMarkup
from desktop.core.records import Attachment, LinkKind, NoteId, ReportLine, Section
from desktop.core.store.attachments import Attachments
from desktop.core.store.database import Database
from desktop.core.store.links.embeds import MOST_EMBEDS, block_text
from desktop.core.store.links.resolver import Resolver
from desktop.core.store.notes import Notes
from desktop.core.text.anchors import find_place, section_named
from desktop.core.text.blocks import Block
from desktop.core.text.document import read_document
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.outline import scan_sections

PRELOAD_FROM = 50  # notes; below that, single look-ups are cheaper than reading every name
MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)
_FOOTNOTE = re.compile(r"fn-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the page: its text, what its anchors begin with, its own anchor, those of its headings by ordinal."""

    piece: Piece
    text: str
    prefix: str
    anchor: str
    headings: dict[int, str]


def make_part(piece: Piece, prefix: str, anchor: str, text: str) -> Part:
    """Return a part with the anchors that its headings get."""
    there = [section for section in piece.source.document.sections if piece.holds(section)]
    found = scan_sections(text, read_front_matter(text).end)
    headings = {}
    if len(there) == len(found):  # else a text that was cut: no anchor is better than a wrong one
        headings = {old.ordinal: prefix + new.slug for old, new in zip(there, found, strict=True)}
    return Part(piece, text, prefix, anchor, headings)


@dataclass(slots=True)
class _Counts:
    plain: int = 0
    missing: dict[str, None] = field(default_factory=dict)
    slow: dict[str, None] = field(default_factory=dict)


class Finisher:
    """Makes the finished blocks of every part of one page."""

    def __init__(self, database: Database, parts: Sequence[Part], conversion: Conversion) -> None:
        self._conversion = conversion
        self._resolver = Resolver(database.read(), preload=len(parts) >= PRELOAD_FROM)
        self._stored = Attachments(database)
        self._notes = Notes(database)
        self._counts = _Counts()
        self._embeds = 0
        self._kinds: dict[NoteId, dict[str, LinkKind]] = {}  # of the links of a note, by target
        self._parts: dict[NoteId, list[Part]] = {}
        for part in parts:
            self._parts.setdefault(part.piece.source.head.id, []).append(part)

    def report(self) -> list[ReportLine]:
        """Return what there is to say, one line a sentence; the paths are left empty."""
        lines = []
        if self._counts.plain:
            count = self._counts.plain
            message = f"Links that became plain text, because what they lead to is not exported: {count}."
            lines.append(ReportLine("", "info", message))
        for name in self._counts.missing:
            lines.append(ReportLine("", "warning", f"The image “{name}” is not in the library."))
        for title in self._counts.slow:
            lines.append(ReportLine("", "warning", f"“{title}” takes too long to convert and stays as it is written."))
        return lines

    def blocks(self, part: Part) -> list[str]:
        """Return a part's blocks as HTML."""
        trees = self.trees(part)
        page = _Page(self, part, _Footnotes(trees))
        return [block for block in (to_string(page.finished(tree)).strip() for tree in trees) if block]

    def trees(self, part: Part) -> list[Element]:
        """Return a part's blocks as they are converted."""
        trees = self._conversion.trees(part.text)
        if trees is None:
            self._counts.slow[part.piece.source.head.title] = None
            return [Element("", {}, [Element("pre", {}, [part.text])])]
        return trees

    # --- what a page asks --------------------------------------------------------------------------------

    def target(self, part: Part, address: str, words: str) -> str:
        """Return the anchor that a link between notes leads to; "" when it leaves the page."""
        name, _, anchor = address.partition("#")
        name, anchor = unquote(name), unquote(anchor)
        source = part.piece.source
        if not name:
            return self._section_anchor(source, anchor, words, [part])
        kinds = self._kinds.get(source.head.id)
        if kinds is None:
            kinds = self._kinds[source.head.id] = {link.target: link.kind for link in source.document.links}
        note_id = self._resolver.resolve(name, source.head.id, kinds.get(name, LinkKind.WIKI))
        parts = self._parts.get(note_id, []) if note_id is not None else []
        if not parts:
            return ""
        if anchor:
            found = self._section_anchor(parts[0].piece.source, anchor, words, parts)
            if found:
                return found
        whole = next((p for p in parts if p.piece.section is None), None)
        if whole is None:
            return ""
        return whole.anchor or next(iter(whole.headings.values()), "")

    def count_plain(self) -> None:
        """Remember that a link became words."""
        self._counts.plain += 1

    def picture(self, part: Part, source: str) -> str:
        """Return a picture as an address that holds it; "" when the library has it not."""
        if source.startswith("attachment:"):
            path = unquote(source.removeprefix("attachment:"))
            found = self._stored.find(path, part.piece.source.head.id)
            if found is None:
                self._counts.missing[path] = None
        else:
            found = self._stored.by_address(source)
        return _as_data(found) if found is not None else ""

    def embedded(self, part: Part, target: str) -> tuple[str, Part] | None:
        """Return an embedded note, or a section of it, with its title."""
        name, _, anchor = target.partition("#")
        note_id = self._resolver.resolve(name.strip(), part.piece.source.head.id, LinkKind.EMBED)
        if note_id is None:
            return None
        note = self._notes.read(note_id)
        source = Source(note.head, note.text, read_document(note.text))
        place = find_place(note.text, source.document.sections, anchor) if anchor.strip() else None
        if anchor.strip() and place is None:
            return None
        section = place if isinstance(place, Section) else None
        piece = Piece(source, section)
        self._embeds += 1
        if isinstance(place, Block):
            return note.head.title, Part(piece, block_text(note.text, place), f"e{self._embeds}-", "", {})
        title = f"{note.head.title} › {section.title}" if section else note.head.title
        return title, make_part(piece, f"e{self._embeds}-", "", note.text[piece.start : piece.end][:MAX_EMBEDDED])

    def _section_anchor(self, source: Source, anchor: str, words: str, parts: Sequence[Part]) -> str:
        section = section_named(source.text, source.document.sections, anchor, words)
        if section is None:
            return ""
        return next((p.headings[section.ordinal] for p in parts if section.ordinal in p.headings), "")


class _Footnotes:
    """The footnotes of a text: those that are there, those that a mark leads to, those whose mark was met already."""

    def __init__(self, trees: Sequence[Element]) -> None:
        nodes = [node for tree in trees for node in _all(tree)]
        self.there = {found[1] for node in nodes if (found := _FOOTNOTE.fullmatch(node.attributes.get("id", "")))}
        self.marked = {number for node in nodes if (number := _mark_in(node))}
        self.met: set[str] = set()


class _Page:
    """Walks through the trees of one text."""

    def __init__(self, finisher: Finisher, part: Part, notes: _Footnotes, embeds: int = MOST_EMBEDS) -> None:
        self._finisher = finisher
        self._part = part
        self._prefix = part.prefix
        self._notes = notes
        self._embeds = embeds

    def finished(self, node: Element) -> Element:
        """Return a tree whose links lead somewhere and whose pictures are there."""
        children: Nodes = []
        for child in node.children:
            if isinstance(child, str):
                children.append(child)
            else:
                children.extend(self._element(child))
        attributes = dict(node.attributes)
        if "id" in attributes:
            attributes["id"] = self._prefix + attributes["id"]
        attributes.pop("data-target", None)
        return Element(node.tag, attributes, children)

    def _element(self, node: Element) -> Nodes:
        if node.tag == "img":
            return [self._image(node)]
        if node.tag == "a":
            return self._link(node)
        embed = _embed_in(node)
        if embed is not None:
            return self._embed(embed)
        if node.tag == "sup":
            return [self._reference(node)]
        return [self.finished(node)]

    def _link(self, node: Element) -> Nodes:
        address = node.attributes.get("href", "")
        note = _FOOTNOTE.fullmatch(node.attributes.get("id", ""))
        if note:  # the place of a footnote: back to where it is referred to
            attributes = {"id": f"{self._prefix}fn:{note[1]}"}
            if note[1] in self._notes.marked:
                attributes["href"] = f"#{self._prefix}fnref:{note[1]}"
            return [Element("a", attributes, ["↑"]), " "]
        inner = self.finished(Element("a", {}, node.children)).children
        if not address:
            return inner
        if address.startswith(("http:", "https:", "mailto:")):
            return [Element("a", {"href": address, "rel": "noreferrer noopener"}, inner)]
        found = _FOOTNOTE.fullmatch(address.removeprefix("#"))
        if found and found[1] in self._notes.there:
            return [Element("a", {"href": f"#{self._prefix}fn:{found[1]}"}, inner)]
        anchor = self._finisher.target(self._part, address.removeprefix("note:"), node.text())
        if anchor:
            return [Element("a", {"href": "#" + quote(anchor, safe="")}, inner)]
        self._finisher.count_plain()
        return inner

    def _reference(self, node: Element) -> Element:
        """Give the first mark of a footnote the anchor that the note leads back to."""
        raised = self.finished(node)
        number = _mark_in(node)
        if number in self._notes.there and number not in self._notes.met:
            self._notes.met.add(number)
            raised.attributes["id"] = f"{self._prefix}fnref:{number}"
        return raised

    def _image(self, node: Element) -> Element | str:
        source = node.attributes.get("src", "")
        kept = {key: value for key, value in node.attributes.items() if key in ("alt", "title", "width", "height")}
        data = self._finisher.picture(self._part, source) if source else ""
        if data:
            return Element("img", {"src": data, **kept})
        if source and not source.startswith("attachment:"):
            link = PlainMarkup(()).image(node)
            if isinstance(link, Element):
                link.attributes["rel"] = "noreferrer noopener"
            return link
        return node.attributes.get("alt", "")

    def _embed(self, target: str) -> Nodes:
        found = self._finisher.embedded(self._part, target) if self._embeds else None
        self._embeds = max(0, self._embeds - 1)
        if found is None:
            return [Element("p", {}, [target])]
        title, part = found
        trees = self._finisher.trees(part)
        page = _Page(self._finisher, part, _Footnotes(trees), embeds=0)
        shown: Nodes = [Element("p", {"class": "embed-title"}, [title])]
        shown += [page.finished(tree) for tree in trees]
        return [Element("div", {"class": "embed"}, shown)]


def _embed_in(node: Element) -> str | None:
    """Return the target of an embedded note, which stands in a paragraph of its own."""
    if node.tag == "p":
        inside = [child for child in node.children if not isinstance(child, str) or child.strip()]
        return _embed_in(inside[0]) if len(inside) == 1 and isinstance(inside[0], Element) else None
    return node.attributes.get("data-target") if node.attributes.get("class") == "embed" else None


def _mark_in(node: Element) -> str:
    """Return the number of a footnote's mark, "" for anything else."""
    first = node.children[0] if node.tag == "sup" and node.children else None
    if not isinstance(first, Element) or first.tag != "a":
        return ""
    found = _FOOTNOTE.fullmatch(first.attributes.get("href", "").removeprefix("#"))
    return found[1] if found else ""


def _all(node: Element) -> list[Element]:
    found = [node]
    for element in found:
        found.extend(child for child in element.children if isinstance(child, Element))
    return found


def _as_data(stored: Attachment) -> str:
    """Return a picture as a data address, its type read from its bytes; "" for what is no picture."""
    data = stored.data
    kind = next((kind for magic, kind in MAGIC if data.startswith(magic)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "image/webp"
    elif data[4:12] in (b"ftypavif", b"ftypavis"):
        kind = "image/avif"
    elif not kind and b"<svg" in data[:2_000].lower():
        kind = "image/svg+xml"  # as an image a browser runs nothing of it and loads nothing for it
    return f"data:{kind};base64,{base64.b64encode(data).decode()}" if kind else ""
