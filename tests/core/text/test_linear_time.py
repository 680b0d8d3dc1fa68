"""Texts that are made to be slow: each family grows with its size and must cost linear time."""

import time
from collections.abc import Callable

from desktop.core.text.document import read_document
from desktop.core.text.links import scan_links

_UNITS = {
    "open brackets": "[",
    "open images": "![",
    "closing brackets": "]",
    "bracket pairs": "[]",
    "wiki openings": "[[",
    "wiki half": "[[a|",
    "empty targets": "[](",
    "open targets": "[a](b(",
    "open titles": '[a](b "',
    "open pointed": "[a](<b",
    "references": "[a][",
    "escapes": "\\[",
    "escaped parentheses": "\\(",
    "ticks": "`",
    "tick pairs": "`a`` ",
    "dollars": "$",
    "formulas": "$a $b",
    "double dollars": "$$ ",
    "less": "<",
    "tags of HTML": "<a ",
    "autolinks": "<http:",
    "addresses": "http://",
    "parentheses after address": ")",
    "hashes": "#",
    "hash tags": "#a",
    "percents": "%% ",
    "comments": "<!-- ",
    "comment lines": "<!--\n",
    "rules": "---\n",
    "rules after text": "a\n---\n",
    "equals": "a\n=\n",
    "headings": "# a\n",
    "same headings": "# a-1\n# a\n",
    "fences": "```\n",
    "fences with words": "```a\n",
    "quoted fences": "> ```\n\n",
    "definitions": "[a]: b\n",
    "definition halves": "[a\\]: \n\n",
    "items": "- ",
    "item lines": "- a\n",
    "deeper items": " - a\n",
    "quotes": ">",
    "blanks": " ",
    "blank lines": " \n",
    "line feeds": "\n",
    "carriage returns": "\r",
    "indented": "\n    a",
    "math lines": "$$\n",
    "scripts": "<script>\n",
    "stars": "*",
    "underscores": "_a",
    "no-break blanks": "\u00a0",
    "colons": "a: ",
    "keys": "a: [\n",
    "fences in one quote": "> ~~~\n",
}


def families(size: int) -> dict[str, str]:
    """Return the texts, each of about `size` characters."""
    texts = {name: unit * (size // len(unit)) for name, unit in _UNITS.items()}
    texts["nested images"] = "![" * (size // 6) + "a" + "](b)" * (size // 6)
    texts["nested brackets"] = "[" * (size // 2) + "]" * (size // 2)
    texts["nested with definition"] = "[b]: c\n\n" + texts["nested brackets"]
    texts["addresses in a label"] = "[" + "http://a.b ![](x) " * (size // 18) + "](y)"
    texts["growing ticks"] = " ".join("`" * n for n in range(1, int((2 * size) ** 0.5)))
    texts["long address"] = "http://a" + ")" * size
    texts["long title"] = "# " + "[a](b)*_`" * (size // 9)
    texts["front matter of brackets"] = "---\na: " + "[" * size + "\n---\n"
    texts["front matter of keys"] = "---\n" + "".join(f"k{n}: [\n" for n in range(size // 8)) + "---\n"
    texts["front matter of quotes"] = '---\na: "' + "\\" * size + "\n---\n"
    stairs = "".join(" " * (n % 50) + "a:\n" for n in range(size // 30))
    texts["front matter of indents"] = f"---\n{stairs}---\n"
    texts["front matter not closed"] = "---\na: b\n" + "- x\n" * (size // 4)
    texts["front matter of items"] = "---\na:\n" + "- x\n" * (size // 4) + "---\n"
    return texts


def slowest(function: Callable[[str], object], size: int) -> dict[str, float]:
    """Return the CPU seconds that each family takes."""
    taken: dict[str, float] = {}
    for name, text in families(size).items():
        begin = time.process_time()
        function(text)
        taken[name] = time.process_time() - begin
    return taken


def test_linear_time() -> None:
    """Let five times the text cost at most fifteen times the time; the square would be twenty-five."""
    small, large = slowest(read_document, 8_000), slowest(read_document, 40_000)
    slow = {name: taken for name, taken in large.items() if taken > 0.6 and taken > 15 * small[name]}
    assert slow == {}
    assert max(large.values()) < 2


def test_a_megabyte_is_quick() -> None:
    paragraph = "Слова with [[Note]], [a link](x.md), `code`, $x^2$ and https://example.org/page.\n\n## Head\n\n"
    text = paragraph * (1_000_000 // len(paragraph))
    begin = time.process_time()
    plain = "простой text " * 80_000
    read_document(plain)
    for bad in ("[" * 50_000, "`" * 100_000, "---\n" * 50_000):
        read_document(bad)
    assert time.process_time() - begin < 1.5
    begin = time.process_time()
    assert len(scan_links(text)) > 20_000
    assert time.process_time() - begin < 4
