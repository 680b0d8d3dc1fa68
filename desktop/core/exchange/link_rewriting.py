"""How a link is written anew for readers that know plain Markdown only.

Edits are (start, end, text) over the note's own text; whatever no edit touches stays byte for byte. A link that
becomes plain text loses its brackets and its target, while markup inside its label (an image, say) stays in place.
"""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from desktop.core.records import Link, LinkKind

ENCODED = re.compile(r"[\x00-\x20%()<>#?\[\]\\\"`|*^{}\ud800-\udfff]")
WIKI_KINDS = (LinkKind.WIKI, LinkKind.EMBED)


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of a text and what takes its place."""

    start: int
    end: int
    text: str


def apply_edits(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """Return text[start:end] with the edits that lie within it; of two that overlap the first one counts."""
    pieces: list[str] = []
    done = start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < done or edit.end > end:
            continue
        pieces += (text[done : edit.start], edit.text)
        done = edit.end
    pieces.append(text[done:end])
    return "".join(pieces)


def encode_path(path: str) -> str:
    """Percent-encode what ends or changes a Markdown destination; letters of every script stay readable."""
    return ENCODED.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), path)


def relative_path(target: str, source: str) -> str:
    """Return the way from one exported file to another, both relative to the chosen folder."""
    return posixpath.relpath(target, posixpath.dirname(source) or ".")


def destination(path: str, slug: str) -> str:
    """Return what stands between the round brackets of a link."""
    return encode_path(path) + (f"#{encode_path(slug)}" if slug else "")


def visible_text(link: Link) -> str:
    """Return what a reader sees of a link: its label, else what a wiki link names."""
    if link.kind not in WIKI_KINDS:
        return link.label
    is_size = link.kind is LinkKind.EMBED and link.label.replace("x", "").isdigit()
    if link.label and not is_size and link.label not in (link.target, f"{link.target}#{link.anchor}"):
        return link.label
    name = link.target.rstrip("/").rpartition("/")[2]
    anchor = link.anchor.lstrip("^").replace("#", " > ")
    return f"{name} > {anchor}" if name and anchor else name or anchor


def link_edits(text: str, link: Link, new_destination: str) -> list[Edit]:
    """Point a link at another place, in Markdown; no edit when it says so already."""
    if link.kind in WIKI_KINDS or not link.start < link.target_start <= link.target_end <= link.end:
        label = _escaped(visible_text(link))
        return [Edit(link.start, link.end, f"[{label}]({new_destination})")]
    end = _destination_end(text, link)
    if unquote(text[link.target_start : end]) == unquote(new_destination):
        return []
    return [Edit(link.target_start, end, new_destination)]


def image_edits(text: str, link: Link, new_destination: str) -> list[Edit]:
    """Show an image from another place; an embed becomes a Markdown image."""
    if link.kind is LinkKind.EMBED:
        name = link.target.rpartition("/")[2].rpartition(".")[0]
        label = visible_text(link)
        alt = name if label == link.target.rpartition("/")[2] else label
        return [Edit(link.start, link.end, f"![{_escaped(alt)}]({new_destination})")]
    if not link.start < link.target_start <= link.target_end <= link.end:
        return [Edit(link.start, link.end, f"![{_escaped(link.label)}]({new_destination})")]
    return link_edits(text, link, new_destination)


def plain_edits(text: str, link: Link) -> list[Edit]:
    """Leave only what a reader sees of a link."""
    if link.kind in WIKI_KINDS:
        return [Edit(link.start, link.end, visible_text(link).replace("|", "\\|"))]
    label_end = text.rfind("](", link.start, link.target_start) if link.start < link.target_start else -1
    if label_end < 0 or text[link.start] != "[" or link.target_start > link.end:
        return [Edit(link.start, link.end, link.label)]
    return [Edit(link.start, link.start + 1, ""), Edit(label_end, link.end, "")]


def _destination_end(text: str, link: Link) -> int:
    """Return where the written destination ends, its anchor included."""
    end = link.target_end
    if end >= link.end or text[end] != "#":
        return end
    closing = ">" if text[link.target_start - 1] == "<" else " \t\n)"
    depth = 0
    while end < link.end and (depth or text[end] not in closing):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return end


def _escaped(label: str) -> str:
    return label.replace("[", "\\[").replace("]", "\\]").replace("|", "\\|").replace("\n", " ")
