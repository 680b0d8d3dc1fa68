"""Texts of everything that begins a block, and edits of them, at random."""

import random

LINES = (
    "# One", "## Два #", "Title\n===", "under\n---", "words `code` and more", "- item", "  - nested", "1. first",
    "> quoted", "> ```", "> - [ ] task", "```python", "```", "~~~", "$$", "$$ x $$", "<!-- hidden", "--> shown",
    "<!-- a --> b", "%%",
    "%% gone %%", "<div>", "</div>", "<pre>", "</pre>", "    indented", "\tcode", "| a | b |", "|---|---|", "| 1 | 2 |",
    "[a]: https://x.example", "[^n]: a note", "see [a] and [^n]", "    of two lines", "***", "---", "", "", "", "", "",
    "# One", "same", "\\[", "\\]", "[b]: <y> 'title'", "- ```", "  code", "> [!note] Callout", "\ufeff", "2) two",
    "  lazy", "Term", ": meaning", "  more of it", "<details>", "<summary>Seen</summary>", "</details>",
    "==mark== ~~x~~", "Word\n: more", "\n\nTerm\n: a\n\n", "- [x] done", "+ plus", "> [!tip]- Folded",
    "[c]:", "'title'", "<b>", "<?php", "?>",
)  # fmt: skip
PIECES = (*LINES, "x", "#", "\n", "\n\n", "`", "-", "> ", "$$", "<!--", "-->", " ", "    ", "|", "[a]", "=")
OPENING = ("$$", "<!--", "%%", "<pre>", "\\[", "`")  # what may reach to the end of the text
FRONT = ("", "", "", "---\ntitle: A\n---\n", "---\ntitle: A\n")


def random_text(draw: random.Random, lines: int = 40, calm: bool = False) -> str:
    """Return a text of so many lines at most; a calm one opens nothing that it does not close."""
    choice = [line for line in LINES if line not in OPENING] if calm else LINES
    return draw.choice(FRONT) + "\n".join(draw.choice(choice) for _ in range(draw.randint(0, lines)))


def random_edit(draw: random.Random, text: str, calm: bool = False) -> str:
    """Return the text with one place exchanged."""
    pieces = [piece for piece in PIECES if piece not in OPENING] if calm else PIECES
    start = draw.randint(0, len(text))
    end = min(len(text), start + draw.choice((0, 0, 1, 3, 30, 200)))
    return text[:start] + draw.choice(("", *pieces, "\n".join(draw.choice(pieces) for _ in range(5)))) + text[end:]
