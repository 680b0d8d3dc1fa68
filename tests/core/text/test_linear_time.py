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


LINK_UNITS = {
    "links": "[[Note]] ",
    "links with all": "![[f/Note#H1#H2|words]] ",
    "links to paths": "[words](a%20b.md#c 'title') ",
    "references": "[a][r] [r]\n",
    "definitions over lines": "[a]:\n b\n 'c\n\n",
    "definitions without end": "[a\nb\n",
    "definitions in quotes": "> [a]: b\n",
    "definitions in items": "- [a]: b c\n",
    "blocks of HTML": "<div>\n[[a]]\n\n",
    "tables of HTML": "<table>\n\n",
    "tables of HTML closed": "<table>\n\n</table>\n",
    "closing tags": "</table>\n",
    "tables": "# | a\n|--|\n",
    "headings with marks": "# a ^id1\n",
    "character references": "[a](&amp;b) ",
    "half character references": "[a](&&&) ",
    "addresses in a row": "https://a.b/c ",
}


def link_families(size: int) -> dict[str, str]:
    texts = {name: unit * (size // len(unit)) for name, unit in LINK_UNITS.items()}
    texts["properties"] = "---\na:\n" + '  - "[[b]]"\n' * min(size // 12, 5_000) + "---\n" + "[[c]] " * (size // 6)
    listed = '"[[b]]", ' * min(size // 10, 6_000)
    texts["properties in one list"] = f"---\na: [{listed}]\n---\n" + "x " * (size // 2)
    texts["fifty thousand brackets"] = "[" * size
    return texts


def test_links_cost_their_number() -> None:
    """Let four times the links cost at most twelve times the time: what is quadratic costs sixteen."""

    def cost(size: int) -> dict[str, float]:
        taken = {}
        for name, text in link_families(size).items():
            begin = time.process_time()
            read_document(text)
            taken[name] = time.process_time() - begin
        return taken

    cost(2_000)
    small = cost(12_000)
    large = cost(48_000)
    again = cost(48_000) if any(large[name] > 12 * max(small[name], 0.01) for name in large) else large
    slow = {n: (small[n], again[n]) for n in large if min(large[n], again[n]) > 12 * max(small[n], 0.01)}
    assert slow == {}


def test_ten_thousand_links_cost_no_more_than_their_text() -> None:
    text = "Слова и [[Заметка|ссылка]] дальше.\n\n" * 10_000
    begin = time.process_time()
    assert len(scan_links(text)) == 10_000
    assert time.process_time() - begin < 2
