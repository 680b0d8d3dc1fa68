"""What stands behind `![[note]]`, `![[note#section]]` and `![[note#^block]]`: the text that another note shows."""

import re
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.core.page.page_context import MAX_EMBEDDED, Embedded
from desktop.core.records import NoteId, Section
from desktop.core.store.links.resolver import Resolver
from desktop.core.store.rows import read_sections
from desktop.core.text.folding import fold_name

if TYPE_CHECKING:
    from desktop.core.text.blocks import Block

MOST_EMBEDS = 100  # in one note; the others stay links
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]")


def read_embeds(sql: sqlite3.Connection, source_id: NoteId, targets: Iterable[str]) -> dict[str, Embedded]:
    """Return what each target shows in the note `source_id`; a sentence where it shows nothing."""
    resolver = Resolver(sql)
    found = {}
    for target in list(dict.fromkeys(targets))[:MOST_EMBEDS]:
        name, _, anchor = target.partition("#")
        name, anchor = name.strip(), anchor.strip()
        note_id = resolver.resolve(name, source_id) if name else source_id
        if note_id is None:
            file = sql.execute("SELECT 1 FROM attachment WHERE name_key = ?", (fold_name(name),)).fetchone()
            found[target] = Embedded(name, "", "" if file else f"No note is called “{name}”.")
        elif note_id == source_id and not anchor:
            found[target] = Embedded(name, "", "A note cannot show itself.")
        else:
            found[target] = _read(sql, note_id, anchor)
    return found


def _read(sql: sqlite3.Connection, note_id: NoteId, anchor: str) -> Embedded:
    from desktop.core.text.anchors import find_place  # late: the first screen embeds nothing
    from desktop.core.text.frontmatter import read_front_matter

    title, text = sql.execute("SELECT title, text FROM note WHERE id = ?", (note_id,)).fetchone()
    start = read_front_matter(text).end
    sections = read_sections(sql, note_id)
    if anchor:
        place = find_place(text, sections, anchor)
        if place is None:
            return Embedded(title, "", f"“{title}” has no {'block' if anchor[0] == '^' else 'section'} “{anchor}”.")
        if isinstance(place, Section):
            title = f"{title} › {place.title}"
            body = _without_heading(text[place.start : place.end])
        else:
            body = block_text(text, place)
    else:
        body = text[start:]
        if sections and sections[0].title == title and not text[start : sections[0].start].strip():
            body = _without_heading(text[sections[0].start :])
    if len(body) > MAX_EMBEDDED:
        cut = body.rfind("\n", 0, MAX_EMBEDDED)
        return Embedded(title, body[: cut if cut > 0 else MAX_EMBEDDED], "Only the beginning is shown here.")
    return Embedded(title, body)


def block_text(text: str, block: "Block") -> str:
    """Return what an embedded block shows: its text; of a list item also the items below it."""
    line = text.rfind("\n", 0, block.start) + 1
    indent = text[line : block.start]
    body = text[block.start : block.end]
    if indent.strip():
        return body
    if _ITEM.match(text, line):
        lines = text[block.end : block.end + MAX_EMBEDDED].split("\n")
        deeper = 1
        while deeper < len(lines) and (not lines[deeper].strip() or _indent(lines[deeper]) > len(indent)):
            deeper += 1
        body = "\n".join((body, *lines[1:deeper])).rstrip()
    return body.replace(f"\n{indent}", "\n") if indent else body


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _without_heading(text: str) -> str:
    """Leave out the heading that a text begins with: the frame around it says the same."""
    first, _, rest = text.partition("\n")
    if first.lstrip().startswith("#"):
        return rest
    under, _, after = rest.partition("\n")
    return after if under.strip() and not under.strip(" =-") else rest
