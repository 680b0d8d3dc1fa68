"""From a safe tree to HTML for other programs: stashed blocks put back, remote images as links."""

import re

from desktop.core.text.line_rules import Stashed
from desktop.core.text.richtext import TOKEN
from desktop.core.text.sanitize import Element, host_of


def to_plain_markup(root: Element, stash: tuple[Stashed, ...]) -> Element:
    """Return a tree whose tokens are elements again and which asks the network for nothing."""
    return Element(root.tag, dict(root.attributes), _children(root, stash))


def _children(node: Element, stash: tuple[Stashed, ...]) -> list[Element | str]:
    children: list[Element | str] = []
    for child in node.children:
        if isinstance(child, str):
            children.extend(_words(child, stash))
        elif child.tag == "img":
            children.append(_image(child))
        elif child.tag == "p" and (whole := _whole_token(child, stash)) is not None:
            children.append(_element(whole))
        else:
            attributes = dict(child.attributes)
            callout = _callout_kind(child, stash) if child.tag == "blockquote" else ""
            if callout:
                attributes["class"] = f"callout callout-{callout}"
            children.append(Element(child.tag, attributes, _children(child, stash)))
    return children


def _words(text: str, stash: tuple[Stashed, ...]) -> list[Element | str]:
    parts: list[Element | str] = []
    end = 0
    for found in TOKEN.finditer(text):
        parts.append(text[end : found.start()])
        stashed = _at(found, stash)
        if stashed is not None and stashed.kind != "callout":
            parts.append(_element(stashed))
        end = found.end()
    parts.append(text[end:])
    return [part for part in parts if part != ""]


def _element(stashed: Stashed) -> Element:
    if stashed.kind == "footnote":
        return Element("a", {"id": f"fn-{stashed.text}"})
    if stashed.kind == "math":
        return Element("p", {}, [Element("code", {"class": "math"}, [stashed.text])])
    language = re.sub(r"[^\w+#-]", "", stashed.info)
    attributes = {"class": f"language-{language}"} if language else {}
    return Element("pre", {}, [Element("code", attributes, [stashed.text])])


def _image(image: Element) -> Element | str:
    source = image.attributes.get("src", "")
    alt = image.attributes.get("alt", "")
    if source.startswith("attachment:"):
        return Element("img", dict(image.attributes))
    if not source:
        return alt
    label = f"{alt} ({host_of(source)})" if alt else host_of(source)
    return Element("a", {"href": source, "class": "remote-image"}, [label])


def _whole_token(node: Element, stash: tuple[Stashed, ...]) -> Stashed | None:
    if len(node.children) != 1 or not isinstance(node.children[0], str):
        return None
    found = TOKEN.fullmatch(node.children[0].strip())
    stashed = _at(found, stash) if found else None
    return stashed if stashed is not None and stashed.kind in ("code", "math") else None


def _callout_kind(node: Element, stash: tuple[Stashed, ...]) -> str:
    first = next((child for child in node.children if isinstance(child, Element)), None)
    words = first.children[0] if first is not None and first.children else None
    found = TOKEN.match(words) if isinstance(words, str) else None
    stashed = _at(found, stash) if found else None
    return stashed.info if stashed is not None and stashed.kind == "callout" else ""


def _at(found: re.Match[str], stash: tuple[Stashed, ...]) -> Stashed | None:
    index = int(found[1])
    return stash[index] if index < len(stash) else None
