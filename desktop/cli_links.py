"""`links NOTE`: where a note's links lead and how they found it, who links to it, and who names it without a link."""

from typing import TYPE_CHECKING, Any

from desktop.core.records import Backlink, LinkKind, ResolvedBy, ResolvedLink

if TYPE_CHECKING:
    from desktop.core.notebook import Notebook
    from desktop.core.records import NoteId

_HOW = {ResolvedBy.TITLE: "by its title", ResolvedBy.ALIAS: "by an alias", ResolvedBy.LOOSE: "ё taken for е"}


def links_of(notebook: "Notebook", note_id: "NoteId", most: int) -> tuple[dict[str, Any], str]:
    """Return a note's links as data and as lines; `most` backlinks at most."""
    links = notebook.links.outgoing(note_id)
    lost = notebook.links.lost_places(note_id)
    outgoing = [
        _outgoing(link, found=link.link.start not in lost)
        for link in links
        if link.target is not None or link.link.kind in (LinkKind.URL, LinkKind.ANCHOR) or _is_here(link)
    ]
    unresolved = [
        {"target": link.target, "anchor": link.anchor, "label": link.label}
        for _id, link in notebook.links.unresolved(note_id)
    ]
    data = {
        "outgoing": outgoing,
        "backlinks": [_backlink(backlink) for backlink in notebook.links.backlinks(note_id, most)],
        "mentions": [_backlink(mention) for mention in notebook.links.mentions(note_id)],
        "unresolved": unresolved,
    }
    lines = [f"→ {entry['title'] or entry['target'] or entry['label']}{_remarks(entry)}\n" for entry in outgoing]
    lines += [f"← {entry['title']}: {entry['context']}\n" for entry in data["backlinks"]]
    lines += [f"~ {entry['title']}: {entry['context']}\n" for entry in data["mentions"]]
    lines += [f"? {entry['target']}\n" for entry in unresolved]
    return data, "".join(lines)


def _is_here(link: ResolvedLink) -> bool:
    """Tell whether a link leads to a place in its own note."""
    return not link.link.target and bool(link.link.anchor)


def _outgoing(link: ResolvedLink, *, found: bool) -> dict[str, Any]:
    return {
        "id": link.target.id if link.target else None,
        "title": link.target.title if link.target else link.link.label,
        "kind": link.link.kind,
        "target": link.link.target,
        "anchor": link.link.anchor,
        "label": link.link.label,
        "how": link.how if link.target else None,
        "others": link.others,
        "anchor_found": found if link.link.anchor else None,
    }


def _remarks(entry: dict[str, Any]) -> str:
    remarks = [_HOW[entry["how"]]] if entry["how"] in _HOW else []
    if entry["others"]:
        remarks.append(f"others of that name: {entry['others']}")
    if entry["anchor_found"] is False:
        remarks.append(f"it has no “{entry['anchor']}”")
    return f" ({'; '.join(remarks)})" if remarks else ""


def _backlink(backlink: Backlink) -> dict[str, Any]:
    return {
        "id": backlink.source.id,
        "title": backlink.source.title,
        "context": " ".join(backlink.context.text.split()),
        "section": backlink.heading or None,
    }
