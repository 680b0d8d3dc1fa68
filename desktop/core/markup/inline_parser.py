"""The words of a paragraph with their links and pictures, in one pass.

Open brackets wait on a stack until their partner comes, so nesting costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from xml.etree.ElementTree import Element

from desktop.core.markup.emphasis import emphasised
from desktop.core.markup.inline_elements import link_to, picture
from desktop.core.markup.inline_text import InlineText, Shared
from desktop.core.markup.link_parts import MAX_LABEL, link_target, normal_label, reference_label


class Wiki(Protocol):
    """What reads `[[…]]` and `![[…]]`."""

    def read(self, text: str, place: int) -> tuple[Element, int] | None:
        """Return the element for what begins at an offset, and the offset after it."""


@dataclass(slots=True)
class _Bracket:
    place: int  # in the text, after the bracket
    piece: int  # in the list of pieces
    image: bool
    followed: bool = False  # by another bracket: then it is no label


class InlineParser(InlineText):
    """Reads one text."""

    def __init__(self, text: str, shared: Shared, wiki: Wiki) -> None:
        super().__init__(text, shared)
        self._wiki = wiki
        self._brackets: list[_Bracket] = []
        self._dead = 0  # below this height the open brackets hold a link already

    def _readers(self) -> dict[str, Callable[[int], int]]:
        return {**super()._readers(), "[": self._opening, "!": self._image, "]": self._closing}

    def _image(self, place: int) -> int:
        if not self._text.startswith("[", place + 1):
            return place + 1
        return self._wiki_link(place) or self._open(place, place + 2, image=True)

    def _opening(self, place: int) -> int:
        if self._text.startswith("^", place + 1) and (after := self._footnote(place)):
            return after
        return self._wiki_link(place) or self._open(place, place + 1, image=False)

    def _open(self, place: int, after: int, image: bool) -> int:
        if self._brackets:
            self._brackets[-1].followed = True
        self._put(place, after, self._text[place:after])
        self._brackets.append(_Bracket(after, len(self._pieces), image))
        return after

    def _wiki_link(self, place: int) -> int:
        read = self._wiki.read(self._text, place) if "[[" in self._text[place : place + 3] else None
        if read is None or (self._text.startswith("(", read[1]) and link_target(self._text, read[1])):
            return 0
        return self._put(place, read[1], read[0])

    def _footnote(self, place: int) -> int:
        found = reference_label(self._text, place)
        number = self._shared.footnotes.get(found[0][1:].casefold()) if found else None
        if found is None or number is None:
            return 0
        raised = Element("sup")
        raised.append(link_to(f"#fn-{number}", str(number)))
        return self._put(place, found[1], raised)

    def _closing(self, place: int) -> int:
        """Close the innermost open bracket; an address or a definition makes it a link."""
        if not self._brackets:
            return place + 1
        bracket = self._brackets.pop()
        height = len(self._brackets)
        alive = bracket.image or height >= self._dead
        self._dead = min(self._dead, height)
        target = self._target(bracket, place) if alive else None
        if target is None:
            return place + 1
        address, title, after = target
        self._words(place)
        inside = emphasised(self._pieces[bracket.piece :])
        del self._pieces[bracket.piece - 1 :]
        self._done = after
        self._pieces.append(picture(address, title, inside) if bracket.image else link_to(address, inside, title))
        if not bracket.image:
            self._dead = height
        return after

    def _target(self, bracket: _Bracket, place: int) -> tuple[str, str, int] | None:
        """Return the address, the title and where the link ends whose label ends at an offset."""
        text = self._text
        if text.startswith("(", place + 1) and (found := link_target(text, place + 1)):
            return found
        references = self._shared.references
        if not references:
            return None
        named = reference_label(text, place + 1) if text.startswith("[", place + 1) else None
        if named is not None and named[0].strip():
            label, after = named
        elif bracket.followed or place - bracket.place > MAX_LABEL:
            return None
        else:
            label, after = text[bracket.place : place], named[1] if named else place + 1
        reference = references.get(normal_label(label))
        return (*reference, after) if reference else None
