"""What `konspekt check` says of the links: they may lead nowhere, and that is no damage."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.cli_references import Paths
from desktop.core.errors import LibraryError
from desktop.core.records import Link, NoteHead, Progress

if TYPE_CHECKING:
    from desktop.core.notebook import Notebook
    from desktop.core.records import AmbiguousLink, BrokenLink, DuplicateAddress, HealthReport


def check_links(
    notebook: "Notebook", progress: Callable[[Progress], None] | None, *, damaged: bool
) -> tuple[dict[str, Any] | None, str]:
    """Return what is amiss with the links, as data and as lines; nothing where a damaged file cannot be read."""
    try:
        report = notebook.health.report(progress)
    except LibraryError:
        if damaged:
            return None, ""  # the check has said what is wrong
        raise
    return health_data(report, Paths(notebook)), health_lines(report)


def health_data(report: "HealthReport", paths: Paths) -> dict[str, Any]:
    """Return a report for `--json`."""
    return {
        "checked": report.links,
        "broken": [_broken(entry, paths) for entry in report.broken],
        "ambiguous": [_ambiguous(entry, paths) for entry in report.ambiguous],
        "orphan_notes": [_note(head, paths) for head in report.orphans],
        "orphan_attachments": [{"name": file.name, "path": file.path, "size": file.size} for file in report.files],
        "duplicate_urls": [_duplicate(entry, paths) for entry in report.addresses],
        "left_out": dict(report.left_out),
    }


def health_lines(report: "HealthReport") -> str:
    """Return a report in a few lines."""
    hidden = report.left_out
    broken = len(report.broken) + hidden.get("broken", 0) + hidden.get("places", 0)
    suggested = sum(entry.suggestion is not None for entry in report.broken)
    ambiguous = len(report.ambiguous) + hidden.get("ambiguous", 0)
    orphans = len(report.orphans) + hidden.get("orphans", 0)
    files = len(report.files) + hidden.get("files", 0)
    addresses = len(report.addresses) + hidden.get("addresses", 0)
    return (
        f"links: checked {report.links}, broken {broken} (a suggestion for {suggested}), ambiguous {ambiguous}\n"
        f"orphan notes {orphans}, orphan attachments {files}, duplicate addresses {addresses}\n"
    )


def _note(head: NoteHead, paths: Paths) -> dict[str, Any]:
    return {"id": head.id, "title": head.title, "path": paths.of(head)}


def _link(source: NoteHead, link: Link, paths: Paths) -> dict[str, Any]:
    return {
        "source": _note(source, paths),
        "kind": link.kind,
        "target": link.target,
        "anchor": link.anchor,
        "label": link.label,
        "start": link.start,
        "end": link.end,
    }


def _broken(entry: "BrokenLink", paths: Paths) -> dict[str, Any]:
    meant = entry.suggestion
    suggestion = None
    if meant is not None:
        suggestion = {
            "name": meant.name,
            "written": meant.written,
            "like": meant.like,
            "sure": meant.sure,
            "id": meant.note.id if meant.note else None,
        }
    return {**_link(entry.source, entry.link, paths), "fault": entry.fault, "suggestion": suggestion,
            "in_trash": entry.trashed.id if entry.trashed else None}  # fmt: skip


def _ambiguous(entry: "AmbiguousLink", paths: Paths) -> dict[str, Any]:
    chosen = {"leads_to": _note(entry.target, paths), "others": entry.others, "written": entry.written or None}
    return {**_link(entry.source, entry.link, paths), **chosen}


def _duplicate(entry: "DuplicateAddress", paths: Paths) -> dict[str, Any]:
    notes = [{**_note(head, paths), "start": link.start} for head, link in entry.places]
    return {"address": entry.address, "notes": notes}
