"""What stands behind `![[note]]`, `![[note#section]]` and `![[note#^block]]`: the text that another note shows."""

import re
import sqlite3
from collections.abc import Iterable

from desktop.core.page.page_context import MAX_EMBEDDED, Embedded
from desktop.core.records import NoteId, Section
from desktop.core.store.resolver import Resolver
from desktop.core.text.folding import fold_name

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
    from desktop.core.text.anchors import find_section
    from desktop.core.text.frontmatter import read_front_matter  # late: the first screen embeds nothing

    title, text = sql.execute("SELECT title, text FROM note WHERE id = ?", (note_id,)).fetchone()
    start = read_front_matter(text).end
    rows = sql.execute(
        'SELECT ordinal, level, title, slug, start, "end" FROM section WHERE note_id = ? ORDER BY ordinal', (note_id,)
    )
    sections = [Section(*row) for row in rows]
    if anchor.startswith("^"):
        body = block_text(text[start:], anchor[1:])
        if not body:
            return Embedded(title, "", f"“{title}” has no block “{anchor}”.")
    elif anchor:
        section = find_section(sections, anchor)
        if section is None:
            return Embedded(title, "", f"“{title}” has no section “{anchor}”.")
        title = f"{title} › {section.title}"
        body = _without_heading(text[section.start : section.end])
    else:
        body = text[start:]
        if sections and sections[0].title == title and not text[start : sections[0].start].strip():
            body = _without_heading(text[sections[0].start :])
    if len(body) > MAX_EMBEDDED:
        cut = body.rfind("\n", 0, MAX_EMBEDDED)
        return Embedded(title, body[: cut if cut > 0 else MAX_EMBEDDED], "Only the beginning is shown here.")
    return Embedded(title, body)


def block_text(text: str, block_id: str) -> str:
    """Return the paragraph or the list item that ends with `^block-id`, "" where there is none."""
    mark = re.search(rf"(?:^|[ \t])\^{re.escape(block_id)}[ \t]*$", text, re.MULTILINE | re.IGNORECASE)
    if mark is None:
        return ""
    end = mark.start()
    before = text[:end].rstrip()
    if before and "\n" in text[len(before) : end]:  # on a line of its own: it names the block above
        end = len(before)
    start = text.rfind("\n\n", 0, end) + 2 if "\n\n" in text[:end] else 0
    lines = text[start:end].split("\n")
    for index in range(len(lines) - 1, 0, -1):
        if _ITEM.match(lines[index]):
            lines = lines[index:]
            break
    return "\n".join(lines).strip("\n")


def _without_heading(text: str) -> str:
    """Leave out the heading that a text begins with: the frame around it says the same."""
    first, _, rest = text.partition("\n")
    if first.lstrip().startswith("#"):
        return rest
    under, _, after = rest.partition("\n")
    return after if under.strip() and not under.strip(" =-") else rest
