"""What else than notes can be a node: notes that nobody wrote yet, tags, stored files.

Ids are stable, negative, and never meet: the two lowest bits tell what a node stands for, the rest comes from a digest
of its name, or is the number of the stored file. A target that names a kind of file, `scheme.png`, is a file that is
missing and no unwritten note.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from desktop.core.graph.source import Edge, GraphSource
from desktop.core.records import GraphFilter, GraphNode, NodeKind
from desktop.core.text.folding import fold_name

CHUNK: Final = 500  # ids in one SQL statement
NUMBERS: Final = {NodeKind.UNRESOLVED: 1, NodeKind.TAG: 2, NodeKind.ATTACHMENT: 3}
FILE_SUFFIXES: Final = frozenset(
    "png jpg jpeg jfif gif svg webp bmp avif tif tiff ico heic pdf djvu epub mp3 mp4 m4a m4v wav ogg oga ogv opus flac"
    " webm mov mkv avi zip gz tar 7z rar doc docx xls xlsx ppt pptx odt ods odp csv json xml canvas excalidraw drawio"
    " html htm".split()
)  # fmt: skip


@dataclass(slots=True)
class Extras:
    """Nodes that are no notes, by id, with the notes that name each."""

    titles: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, NodeKind] = field(default_factory=dict)
    namers: dict[int, set[int]] = field(default_factory=dict)

    def add(self, number: int, kind: NodeKind, title: str, note_id: int) -> None:
        """Note that a note names a node; its first title stays."""
        self.titles.setdefault(number, title)
        self.kinds[number] = kind
        self.namers.setdefault(number, set()).add(note_id)

    def nodes(self, room: int, near: "set[int] | None" = None) -> list[GraphNode]:
        """Return at most `room` of them, the most named first; only what one of the notes in `near` names."""
        numbers = [number for number, notes in self.namers.items() if near is None or not near.isdisjoint(notes)]
        numbers.sort(key=lambda number: (-len(self.namers[number]), self.titles[number], number))
        return [
            GraphNode(number, self.titles[number], None, len(self.namers[number]), self.kinds[number])
            for number in numbers[: max(0, room)]
        ]

    def edges(self, nodes: Iterable[GraphNode]) -> list[Edge]:
        """Return (note, node) for all that names these nodes, ascending."""
        return sorted((note_id, node.id) for node in nodes for note_id in self.namers[node.id])


def chunks(ids: Iterable[int], size: int = CHUNK) -> Iterable[list[int]]:
    """Yield the ids in ascending lists of at most `size`."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def node_id(kind: NodeKind, key: str | int) -> int:
    """Return the id of a node that is no note: by the folded name, or by the number of the stored file."""
    if isinstance(key, str):
        # 58 bits: among 100,000 names two are alike once in fifty million libraries; the id fits an int64.
        key = int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 6
    return -(4 * key + NUMBERS[kind])


def names_a_file(target: str) -> bool:
    """Tell whether a target ends as files do that are no notes."""
    _stem, dot, suffix = target.rstrip().rpartition(".")
    return bool(dot) and suffix.lower() in FILE_SUFFIXES


def read_extras(source: GraphSource, note_ids: Iterable[int], wanted: GraphFilter) -> Extras:
    """Return what the filter asks for besides notes and what these notes name of it."""
    extras, parts = Extras(), list(chunks(note_ids))
    files = _Files(source.files()) if wanted.attachments else None
    for part in parts:
        if wanted.unresolved:
            for note_id, target in sorted(source.unresolved_of(part), key=lambda pair: (pair[1], pair[0])):
                title = target.strip()
                if title and not names_a_file(title):
                    extras.add(node_id(NodeKind.UNRESOLVED, fold_name(title)), NodeKind.UNRESOLVED, title, note_id)
        if wanted.tags:
            for note_id, key, tag in sorted(source.tags_of(part)):
                extras.add(node_id(NodeKind.TAG, key), NodeKind.TAG, f"#{tag}", note_id)
        if files is not None:
            for note_id, target in source.files_of(part):
                _add_file(extras, files, note_id, target, wanted.unresolved)
    return extras


def _add_file(extras: Extras, files: "_Files", note_id: int, target: str, missing_too: bool) -> None:
    found = files.find(target)
    if found is not None:
        extras.add(node_id(NodeKind.ATTACHMENT, found[0]), NodeKind.ATTACHMENT, found[1], note_id)
    elif missing_too and names_a_file(target) and "://" not in target and not target.startswith("data:"):
        name = unquote(target).replace("\\", "/").rpartition("/")[2].strip()
        extras.add(node_id(NodeKind.UNRESOLVED, f"file {fold_name(name)}"), NodeKind.UNRESOLVED, name, note_id)


class _Files:
    """The stored files, found as texts name them: by the path's end, else by the name."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]) -> None:
        by_name: dict[str, list[tuple[int, str, str]]] = {}
        for row in rows:
            by_name.setdefault(row[2].rpartition("/")[2], []).append(row)
        self._by_name: Mapping[str, list[tuple[int, str, str]]] = by_name

    def find(self, target: str) -> tuple[int, str] | None:
        """Return number and name of the file that a target means."""
        if "://" in target:
            return None
        parts = [fold_name(part) for part in unquote(target).replace("\\", "/").split("/")]
        rows = self._by_name.get(parts[-1], ())
        end = "/" + "/".join(part for part in parts if part not in ("", ".", ".."))
        best = next((row for row in rows if f"/{row[2]}".endswith(end)), rows[0] if rows else None)
        return None if best is None else best[:2]
