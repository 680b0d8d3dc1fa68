"""markdown-it's own fixtures, as a second opinion: figures to read, no test."""

import re
from collections.abc import Iterator
from pathlib import Path

from desktop.core.page.markdown import to_html
from tests.markdown.comparing import made_safe, same_form

_PAIR = re.compile(r"^\.\n(.*?)^\.\n(.*?)^\.$", re.MULTILINE | re.DOTALL)


def read_fixtures(corpus: Path) -> Iterator[tuple[str, int, int]]:
    """Yield each file's name, how many of its pairs pass, and how many there are."""
    for file in sorted((corpus / "markdown" / "markdown-it").glob("*.txt")):
        pairs = _PAIR.findall(file.read_text("utf-8"))
        passed = sum(says_the_same(to_html(source), expected) for source, expected in pairs)
        yield file.name, passed, len(pairs)


def says_the_same(ours: str, expected: str) -> bool:
    """Tell whether our HTML is the wanted one, as it is or made safe."""
    form = same_form(ours)
    return form in (same_form(expected), same_form(made_safe(expected)))
