"""Our own inline rules for Python-Markdown: wiki links, embeds, math, hidden comments and footnote marks.

Each runs after code spans and before everything else, so that no `_` or `*` inside them is taken for emphasis.
"""

import re
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from desktop.core.text.math import is_formula

WIKI = r"(?<!\\)(!?)\[\[([^\[\]\n]{1,500})\]\]"
DOLLARS = r"(?<![\\$])\$(\$?)(?![\s$])([^$]{1,2000}?)(?<![\s\\])\$\1(?![\d$])"
BRACKETS = r"(?<!\\)\\([(\[])([^$]{1,2000}?)\\[)\]]"
COMMENT = r"%%[^%]{0,5000}%%"
FOOTNOTE = r"\[\^([^\]\s\[]{1,100})\]"
IMAGES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif"))

Found = tuple[ElementTree.Element | str | None, int | None, int | None]


class WikiRule(InlineProcessor):  # type: ignore[misc]
    """`[[Note#Heading|label]]`, `![[image.png|300]]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make a link to a note, or an image."""
        target, _, label = m[2].replace("\\|", "|").partition("|")
        name, _, anchor = target.partition("#")
        name, anchor, label = name.strip(), anchor.strip(), label.strip()
        if m[1] and PurePosixPath(name.lower()).suffix in IMAGES:
            image = ElementTree.Element("img", {"src": "attachment:" + quote(name, safe="/"), "alt": name})
            if label.partition("x")[0].isdigit():
                image.set("width", label.partition("x")[0])
            return image, m.start(0), m.end(0)
        if not name and not anchor:
            return None, None, None
        address = "note:" + quote(name, safe="/") if name else ""
        link = ElementTree.Element("a", {"href": address + ("#" + quote(anchor, safe="") if anchor else "")})
        link.text = AtomicString(label or (f"{name} › {anchor.lstrip('^')}" if name and anchor else name or anchor))
        return link, m.start(0), m.end(0)


class MathRule(InlineProcessor):  # type: ignore[misc]
    r"""`$a$`, `$$a$$`, `\(a\)`, `\[a\]`; money is not math."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make a span that holds the formula's source."""
        if m[0][0] == "$" and not is_formula(m[2]):
            return None, None, None
        span = ElementTree.Element("span", {"class": "math"})
        span.text = AtomicString(m[2].strip())
        return span, m.start(0), m.end(0)


class CommentRule(InlineProcessor):  # type: ignore[misc]
    """`%%hidden%%`."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Leave it out."""
        return "", m.start(0), m.end(0)


class FootnoteRule(InlineProcessor):  # type: ignore[misc]
    """`[^id]`, where the text defines it."""

    numbers: dict[str, int]  # id in lower case -> number

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.numbers = {}

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make a raised number that leads to the note."""
        number = self.numbers.get(m[1].casefold())
        if number is None:
            return None, None, None
        raised = ElementTree.Element("sup")
        link = ElementTree.SubElement(raised, "a", {"href": f"#fn-{number}"})
        link.text = AtomicString(str(number))
        return raised, m.start(0), m.end(0)


class KonspektInline(Extension):  # type: ignore[misc]
    """Registers the rules."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the rules between code spans (190) and escapes (180)."""
        self.footnotes = FootnoteRule(FOOTNOTE, md)
        md.inlinePatterns.register(MathRule(BRACKETS, md), "math_brackets", 188)
        md.inlinePatterns.register(MathRule(DOLLARS, md), "math_dollars", 187)
        md.inlinePatterns.register(WikiRule(WIKI, md), "wiki", 186)
        md.inlinePatterns.register(CommentRule(COMMENT, md), "hidden", 185)
        md.inlinePatterns.register(self.footnotes, "footnote_mark", 184)
