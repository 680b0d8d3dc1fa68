"""Strangers' HTML made harmless: an allow-list, then our own check of every address, then caps on nesting.

`clean` is the only way by which HTML from a note reaches anything that shows HTML. It returns a tree, so that what
comes after (plain HTML, HTML for QTextDocument) rewrites values and never strings.
"""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urlsplit

import nh3

MAX_NESTING = 50
MAX_TABLES = 3  # in each other: twenty freeze QTextBrowser for ever
MAX_SPAN = 50
MAX_PIXELS = 4_000

TAGS = frozenset(
    "a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub summary sup table "
    "tbody td tfoot th thead tr tt u ul var".split()
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "ol": {"start"},
    "abbr": {"title"},
    "div": {"align"},
    "p": {"align"},
    "span": {"data-target"},  # of our own embeds
    "details": {"open"},
}
CLASSES = {"span": {"math", "wiki", "footnote", "embed"}}  # what our own inline rules write
DROPPED_WHOLE = frozenset(
    "script style title textarea iframe noscript object template svg math select audio video canvas xmp noembed".split()
)
VOID = frozenset(("br", "hr", "img", "col"))
TABLE_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"))
EXTERNAL = ("http", "https", "mailto")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_CONTROL = re.compile("[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_LOCAL = dict.fromkeys(map(ord, " \u200c\u200d"))  # a note's name may hold blanks, and signs that are joined to one
_NUMBERS = {
    "colspan": MAX_SPAN,
    "rowspan": MAX_SPAN,
    "width": MAX_PIXELS,
    "height": MAX_PIXELS,
    "start": 999_999_999,
}


@dataclass(slots=True)
class Element:
    """A node of safe HTML; children are elements and unescaped strings."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def text(self) -> str:
        """Return the words inside, markup left out."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def clean(dirty: str) -> Element:
    """Return the harmless part of some HTML as the children of a nameless element."""
    safe = nh3.clean(
        dirty,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED_WHOLE),
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={*EXTERNAL, "note", "attachment"},
        link_rel=None,
    )
    builder = _TreeBuilder()
    builder.feed(safe)
    builder.close()
    return builder.root


def check_link(address: str, label: str = "") -> str:
    """Return where a link may lead: an external address, `note:…`, `#anchor`; "" when nowhere."""
    address = address.strip()
    if not address or "\\" in address or _CONTROL.search(address) or address.startswith("//"):
        return _note_link(address, label) if _only_blanks(address) else ""
    if address == "#":
        return f"note:{quote(label.strip(), safe='/')}" if label.strip() else ""
    if address.startswith("#"):
        return "#" + quote(unquote(address[1:]), safe="")
    scheme = _SCHEME.match(address)
    if scheme is None:
        return _note_link(address, label)
    name = scheme[0][:-1].lower()
    if name == "note":
        return _note_link(address[5:], label)
    if name not in EXTERNAL or (name != "mailto" and not _host(address)):
        return ""
    return address


def check_image(address: str) -> str:
    """Return what an image may show: an external address or `attachment:…`; "" when nothing."""
    address = address.strip()
    if not address or "\\" in address or address.startswith(("//", "#")):
        return ""
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[0].lower() == "attachment:":
        path = unquote(address[len(scheme[0]) :] if scheme else address).split("?")[0].split("#")[0]
        return f"attachment:{quote(path, safe='/')}" if path and not _CONTROL.search(path.translate(_LOCAL)) else ""
    if scheme[0].lower() not in ("http:", "https:") or _CONTROL.search(address) or not _host(address):
        return ""
    return address


def host_of(address: str) -> str:
    """Return the host of an external address, for showing."""
    return _host(address).removeprefix("www.")


def to_string(node: Element) -> str:
    """Write a tree as HTML."""
    parts: list[str] = []
    _write(node, parts)
    return "".join(parts)


def _write(node: Element, parts: list[str]) -> None:
    if node.tag:
        written = "".join(f' {key}="{html.escape(value)}"' for key, value in node.attributes.items())
        parts.append(f"<{node.tag}{written}>")
    for child in node.children:
        if isinstance(child, str):
            parts.append(html.escape(child, quote=False))
        else:
            _write(child, parts)
    if node.tag and node.tag not in VOID:
        parts.append(f"</{node.tag}>")


def _only_blanks(address: str) -> bool:
    """Tell whether a path was refused for its blanks alone: `[x](<my note.md>)` is fine."""
    return (
        bool(address)
        and "\\" not in address
        and not address.startswith("//")
        and _SCHEME.match(address) is None
        and not _CONTROL.search(address.translate(_LOCAL))
    )


def _note_link(address: str, label: str) -> str:
    path, _, anchor = address.partition("#")
    path = unquote(path)
    if _CONTROL.search(path.translate(_LOCAL)) or (not path.strip() and not anchor):
        return ""
    link = f"note:{quote(path, safe='/')}"
    return f"{link}#{quote(unquote(anchor), safe='')}" if anchor else link


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class _TreeBuilder(HTMLParser):
    """Builds the tree, leaving out tags beyond the caps but not the words in them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]
        self._names: list[tuple[str, bool]] = []  # every open tag, and whether it stands in the tree
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element unless it is one too deep."""
        if tag == "table":
            self._tables += 1
        kept = len(self._open) <= MAX_NESTING and not (tag in TABLE_PARTS and self._tables > MAX_TABLES)
        element = Element(tag, _checked(tag, {key: value or "" for key, value in attrs}))
        if kept:
            self._open[-1].children.append(element)
        if tag in VOID:
            return
        if not kept:
            self._open[-1].children.append(" ")
        self._names.append((tag, kept))
        if kept:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close an element; nh3's output is balanced."""
        if not self._names or self._names[-1][0] != tag:
            return
        if tag == "table":
            self._tables -= 1
        _, kept = self._names.pop()
        if kept:
            element = self._open.pop()
            if tag == "a" and "href" in element.attributes:
                _settle_link(element)

    def handle_data(self, data: str) -> None:
        """Add words."""
        self._open[-1].children.append(data)


def _checked(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    kept = {}
    for key, value in attributes.items():
        if key in _NUMBERS:
            if not (value.isascii() and value.isdigit() and len(value) < 10):
                continue
            value = str(min(int(value), _NUMBERS[key]))
        elif key == "align" and value not in ("left", "right", "center"):
            continue
        elif key == "src":
            value = check_image(value)
        kept[key] = value
    return kept


def _settle_link(element: Element) -> None:
    """Check a link's address once its words are known."""
    address = check_link(element.attributes["href"], element.text())
    if address:
        element.attributes["href"] = address
    else:
        del element.attributes["href"]
