"""From a safe tree to HTML for other programs: stashed blocks put back, remote images as links.

Nothing written here asks the network, and every tag and attribute goes through the tree: no string is ever taken for
HTML. What a page of its own shows better (colours in code, drawn formulas) is written by a subclass.
"""

import re

from desktop.core.markup.line_rules import Stashed
from desktop.core.markup.sanitize import Element, host_of
from desktop.core.page.richtext import TOKEN

OPEN_BOX, TICKED_BOX = "☐", "☑"
BOXES = (OPEN_BOX, TICKED_BOX)

Nodes = list[Element | str]


class PlainMarkup:
    """Writes the tree of one block; the stash belongs to that block."""

    def __init__(self, stash: tuple[Stashed, ...]) -> None:
        self._stash = stash

    def tree(self, root: Element) -> Element:
        """Return a block's tree with nothing left in it that only this program knows."""
        return Element(root.tag, dict(root.attributes), self.children(root))

    def children(self, node: Element) -> Nodes:
        """Return what stands in an element, written."""
        children: Nodes = []
        for child in node.children:
            if isinstance(child, str):
                children.extend(self._words(child))
            elif child.tag == "p" and (whole := self._whole_token(child)) is not None:
                children.append(self._stashed(whole))
            else:
                children.extend(self.element(child))
        return children

    def element(self, node: Element) -> Nodes:
        """Return what an element becomes."""
        if node.tag == "img":
            return [self.image(node)]
        callout = self.callout_of(node) if node.tag == "blockquote" else None
        if callout is not None:
            return [self.callout(node, *callout)]
        return [Element(node.tag, dict(node.attributes), self.children(node))]

    def code(self, source: str, language: str) -> Element:
        """Return a block of code."""
        attributes = {"class": f"language-{language}"} if language else {}
        return Element("pre", {}, [Element("code", attributes, [source])])

    def formula(self, source: str) -> Element:
        """Return a formula that stands by itself."""
        return Element("p", {}, [Element("code", {"class": "math"}, [source])])

    def callout(self, node: Element, kind: str, _title: Element) -> Element:
        """Return a callout; `kind` may end with the mark of a fold."""
        return Element("blockquote", {"class": f"callout callout-{kind.rstrip('+-')}"}, self.children(node))

    def image(self, image: Element) -> Element | str:
        """Return an image that is stored, a link to one that is not."""
        source = image.attributes.get("src", "")
        alt = image.attributes.get("alt", "")
        if source.startswith("attachment:"):
            return Element("img", dict(image.attributes))
        if not source:
            return alt
        label = f"{alt} ({host_of(source)})" if alt else host_of(source)
        return Element("a", {"href": source, "class": "remote-image"}, [label])

    def callout_of(self, node: Element) -> tuple[str, Element] | None:
        """Return a callout's kind and the paragraph that is its title; None for a plain quote."""
        first = next((child for child in node.children if isinstance(child, Element)), None)
        words = first.children[0] if first is not None and first.children else None
        found = TOKEN.match(words) if isinstance(words, str) else None
        stashed = self._at(found) if found else None
        if first is None or stashed is None or stashed.kind != "callout":
            return None
        return re.sub(r"[^\w+-]", "", stashed.info), first

    def _words(self, text: str) -> Nodes:
        parts: Nodes = []
        end = 0
        for found in TOKEN.finditer(text):
            parts.append(text[end : found.start()])
            end = found.end()
            stashed = self._at(found)
            if stashed is None or stashed.kind == "callout":
                continue
            if stashed.kind == "task":
                parts.append(_box(stashed) + ("" if text[end : end + 1].isspace() else " "))
            else:
                parts.append(self._stashed(stashed))
        parts.append(text[end:])
        return [part for part in parts if part != ""]

    def _stashed(self, stashed: Stashed) -> Element:
        if stashed.kind == "footnote":
            return Element("a", {"id": f"fn-{stashed.text}"})
        if stashed.kind == "math":
            return self.formula(stashed.text)
        return self.code(stashed.text, re.sub(r"[^\w+#-]", "", stashed.info))

    def _whole_token(self, node: Element) -> Stashed | None:
        if len(node.children) != 1 or not isinstance(node.children[0], str):
            return None
        found = TOKEN.fullmatch(node.children[0].strip())
        stashed = self._at(found) if found else None
        return stashed if stashed is not None and stashed.kind in ("code", "math") else None

    def _at(self, found: re.Match[str]) -> Stashed | None:
        index = int(found[1])
        return self._stash[index] if index < len(self._stash) else None


def _box(stashed: Stashed) -> str:
    return TICKED_BOX if stashed.text.strip() else OPEN_BOX
