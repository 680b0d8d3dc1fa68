"""A text read once, for those who ask it for its lines and for what it says."""

from functools import cached_property

from desktop.core.records import Document
from desktop.core.text.document import document_of
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.masks import Masks, read_masks


class ReadText:
    """A text with its lines, and with what it says of itself; each is read when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def masks(self) -> Masks:
        """The lines of the text."""
        return read_masks(self.text, read_front_matter(self.text).end)

    @cached_property
    def document(self) -> Document:
        """Everything that the text says of itself."""
        return document_of(self.text, self.masks)
