"""Pieces of notes as people write them, each with the HTML it means.

A file of `snippets/` holds pieces one after another: `=== title`, the source, a line `===>`, the HTML.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.core.page.markdown import to_html
from tests.markdown.comparing import same_form

FOLDER = Path(__file__).parent / "snippets"


@dataclass(frozen=True, slots=True)
class Snippet:
    """One piece of a note."""

    title: str
    source: str
    expected: str

    @property
    def passes(self) -> bool:
        """Tell whether we make the HTML of it that it means."""
        return same_form(to_html(self.source)) == same_form(self.expected)


def read_snippets() -> Iterator[Snippet]:
    """Yield the pieces of all files."""
    for file in sorted(FOLDER.glob("*.txt")):
        for piece in ("\n" + file.read_text("utf-8")).split("\n=== ")[1:]:
            head, _, expected = piece.partition("\n===>\n")
            title, _, source = head.partition("\n")
            yield Snippet(title, source, expected)
