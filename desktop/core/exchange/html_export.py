"""Notes as one HTML file that holds all it shows: its style, its pictures, its formulas.

- The text goes through the converter and the allow-list that every HTML here goes through. The page runs no script and
  asks the network for nothing, and says so in its own policy, so that a browser holds it to that.
- Links between exported notes lead to anchors of the page; links to other notes become words. Pictures are data;
  remote ones are links, unless the library holds a copy.
- Every anchor of a page of several notes begins with its note's: `n2-heading`.
"""

import base64
import hashlib
import html
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from desktop.core.errors import Cancelled
from desktop.core.exchange.export_layout import Piece
from desktop.core.exchange.export_texts import shown_pieces, shown_text
from desktop.core.exchange.export_writing import exists
from desktop.core.exchange.file_names import safe_name
from desktop.core.exchange.html_conversion import Conversion
from desktop.core.exchange.html_finishing import Finisher, Part, make_part
from desktop.core.exchange.html_style import stylesheet
from desktop.core.markup.sanitize import Element, check_link, host_of, to_string
from desktop.core.page.properties import MAX_VALUES, SHOWN, SOURCES
from desktop.core.records import ExportPlan, ExportTarget, FrontMatter, NoteId, PlannedFile, ReportLine
from desktop.core.store.database import Database
from desktop.core.text.folding import fold_name
from desktop.core.text.language import language_of

SUFFIX = ".html"


def plan_html(
    database: Database,
    targets: Sequence[ExportTarget],
    folder: Path,
    *,
    name: str = "",
    cancelled: Callable[[], bool] = lambda: False,
) -> ExportPlan:
    """Return the one file that an export as HTML would write; writes nothing. Raises NoteNotFound, ExportRefused.

    `name` is the file's; without it the first note's title is.
    """
    pieces = shown_pieces(database, targets, cancelled)
    title = _title(targets[0], pieces)
    stem = name[: -len(SUFFIX)] if name.lower().endswith(SUFFIX) else name
    path = safe_name(stem or title, SUFFIX)
    parts = [_part(index, piece, len(pieces) == 1) for index, piece in enumerate(pieces)]
    with Conversion(cancelled) as conversion:
        finisher = Finisher(database, parts, conversion)
        articles = []
        for part in parts:
            if cancelled():
                raise Cancelled("The export was stopped; nothing was written.")
            articles.append(_article(part, finisher, len(parts) == 1))
    contents = _contents(parts) if len(parts) > 1 else ""
    heading = f"<h1>{html.escape(title)}</h1>\n" if contents and parts[0].piece.source.head.title != title else ""
    language = language_of("".join(part.text[:5_000] for part in parts))
    page = _page(title, language, heading + contents + "\n".join(articles))
    absolute = folder.absolute()
    report = [ReportLine(path, line.level, line.message) for line in finisher.report()]
    planned = PlannedFile(path, page.encode("utf-8", "replace"), exists(absolute, path), pieces[0].source.head.id)
    return ExportPlan(str(absolute), (planned,), tuple(report))


def _title(target: ExportTarget, pieces: Sequence[Piece]) -> str:
    first = pieces[0]
    if first.section is not None and len(pieces) == 1:
        return first.section.title or first.source.head.title
    above = next((piece.source.head for piece in pieces if piece.source.head.id == target.note_id), first.source.head)
    return above.title


def _part(index: int, piece: Piece, alone: bool) -> Part:
    """Return a piece with its text as it is converted, and the beginning of its anchors."""
    return make_part(piece, "" if alone else f"n{index + 1}-", "" if alone else f"n{index + 1}", shown_text(piece))


def _article(part: Part, finisher: Finisher, alone: bool) -> str:
    source = part.piece.source
    blocks = finisher.blocks(part)
    head = ""
    if part.piece.section is None:
        first = source.document.sections[0] if source.document.sections else None
        if first is None or (first.level > 1 and fold_name(first.title) != fold_name(source.head.title)):
            head = f"<h1>{html.escape(source.head.title)}</h1>\n"
        properties = to_string(_properties(source.document.front_matter))
        if properties and not head and blocks and blocks[0].startswith("<h1"):
            head, blocks = blocks[0] + "\n", blocks[1:]
        head += properties + "\n" if properties else ""
    anchor = f' id="{part.anchor}"' if part.anchor else ""
    tag = "main" if alone else "article"
    return f"<{tag}{anchor}>\n{head}" + "\n".join(blocks) + f"\n</{tag}>"


def _properties(front_matter: FrontMatter) -> Element:
    """Return what the front matter says that readers care for, as a list of terms; empty where there is nothing."""
    rows: list[Element | str] = []
    seen: set[str] = set()  # aliases and sources often say the same
    for key in (*SHOWN, *SOURCES):
        value = front_matter.values.get(key, "")
        values = [one.strip() for one in ([value] if isinstance(value, str) else value) if one.strip()][:MAX_VALUES]
        cell: list[Element | str] = []
        for one in values:
            address = check_link(one) if one.startswith(("http://", "https://")) else ""
            shown = host_of(address) + urlsplit(address).path.rstrip("/") if address else one
            if shown not in seen:
                seen.add(shown)
                cell += [", "] if cell else []
                cell.append(Element("a", {"href": address, "rel": "noreferrer"}, [shown]) if address else shown)
        if cell:
            rows += [Element("dt", {}, [key.replace("_", " ")]), Element("dd", {}, cell)]
    return Element("dl", {"class": "properties"}, rows) if rows else Element("")


def _contents(parts: Sequence[Part]) -> str:
    """Return the table of contents: every note below the one above it."""
    lists: list[str] = []
    depth: dict[NoteId, int] = {}
    level = -1
    for part in parts:
        head = part.piece.source.head
        here = depth.get(head.parent_id, -1) + 1 if head.parent_id is not None else 0
        if part.piece.section is None:
            depth[head.id] = here
        here = min(here, level + 1)
        title = part.piece.section.title if part.piece.section else head.title
        if here > level:
            lists.append("<ul>")
        else:
            lists.append("</li>" + "</ul></li>" * (level - here))
        lists.append(f'<li><a href="#{part.anchor}">{html.escape(title)}</a>')
        level = here
    return "<nav>" + "".join(lists) + "</li></ul>" * (level + 1) + "</nav>\n"


def _page(title: str, language: str, body: str) -> str:
    style = stylesheet()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="Konspekt">\n'
        f"<title>{html.escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
