"""Where the open note leads: notes, notes that are not written yet, files, and addresses of the network."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop.core.records import Link, LinkKind, NoteId, ResolvedLink
from desktop.ui.links.rows import AddressRow, FileRow, GroupRow, MissingRow, NoteRow, Row, is_outside

ADDRESSES, FILES = "addresses", "files"
MOST_ADDRESSES = 500  # rows; the group's count tells of all


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The links of a note, as they were read."""

    links: Sequence[ResolvedLink] = ()
    missing: Sequence[Link] = ()  # those to notes and files that are not there
    lost: frozenset[int] = frozenset()  # where those begin that name a section or block which is not there


def outgoing_rows(
    found: Outgoing, folded: Set[str], titles: dict[str, str], matches: Callable[[str], bool] = lambda text: True
) -> list[Row]:
    """Return the notes that are linked to, each once, then the missing ones, files and addresses in groups.

    `titles` names the groups; `matches` filters by what a row says.
    """
    missing = {link.start for link in found.missing}
    rows: list[Row] = [*_notes(found, matches), *_missing(found.missing, matches)]
    files = [row for row in _files(found, missing) if matches(row.title)]
    addresses = [row for row in _addresses(found.links) if matches(row.title) or matches(row.host)]
    groups: tuple[tuple[str, Sequence[FileRow | AddressRow]], ...] = ((FILES, files), (ADDRESSES, addresses))
    for key, group in groups:
        if group:
            rows.append(GroupRow(key, titles[key], len(group), key in folded))
            if key not in folded:
                rows += group[:MOST_ADDRESSES]
    return rows


def _notes(found: Outgoing, matches: Callable[[str], bool]) -> Iterable[Row]:
    notes: dict[tuple[NoteId, str], NoteRow] = {}
    for resolved in found.links:
        link, target = resolved.link, resolved.target
        if target is None or is_outside(link) or link.kind is LinkKind.IMAGE:
            continue
        key = (target.id, link.anchor)
        before = notes.get(key)
        title = f"{target.title} › {link.anchor}" if link.anchor else target.title
        count, others, first = (before.count + 1, before.others, before.link) if before else (1, 0, link)
        notes[key] = NoteRow(
            title, target.kind, target.id, None, count, None, first, resolved.how, max(resolved.others, others),
            link.start in found.lost,
        )  # fmt: skip
    return [row for row in notes.values() if matches(row.title)]


def _missing(links: Iterable[Link], matches: Callable[[str], bool]) -> Iterable[Row]:
    missing: dict[str, MissingRow] = {}
    for link in links:
        if is_outside(link) or link.kind in (LinkKind.IMAGE, LinkKind.ANCHOR):
            continue
        key = link.target.strip().casefold()
        old = missing.get(key)
        missing[key] = MissingRow(old.title, old.link, old.count + 1) if old else MissingRow(link.target, link, 1)
    return [row for row in missing.values() if matches(row.title)]


def _files(found: Outgoing, missing: Set[int]) -> list[FileRow]:
    """Return stored files; and places in the note itself that are not there."""
    rows: dict[str, FileRow] = {}
    for resolved in found.links:
        link = resolved.link
        if resolved.target is not None or is_outside(link) or link.kind is LinkKind.COLLECTION:
            continue
        if not link.target:
            if link.start in found.lost:
                rows.setdefault(f"#{link.anchor}", FileRow(f"#{link.anchor}", link.start, 1, True))
        elif link.start not in missing:
            before = rows.get(link.target)
            title = link.target.replace("\\", "/").rpartition("/")[2] or link.target
            offset, count = (before.offset, before.count + 1) if before else (link.start, 1)
            rows[link.target] = FileRow(title, offset, count)
    return list(rows.values())


def _addresses(links: Iterable[ResolvedLink]) -> list[AddressRow]:
    rows: dict[str, AddressRow] = {}
    for resolved in links:
        link = resolved.link
        if not is_outside(link):
            continue
        before = rows.get(link.target)
        host = host_of(link.target)
        label = " ".join(link.label.split())
        if not label or "://" in label:
            label = link.target.partition("://")[2].removeprefix("www.").strip("/") or link.target
        rows[link.target] = AddressRow(label, host, link.target, before.count + 1 if before else 1)
    return list(rows.values())


def host_of(address: str) -> str:
    """Return the host of an address as people say it."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # brackets of half an IPv6 address
        return ""
