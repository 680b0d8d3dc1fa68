"""Texts that are made to be slow, each a function of its size in characters.

Gathered from what is publicly told about Markdown parsers: the pathological cases of CommonMark's and GitHub's test
suites, advisories about quadratic time and deep recursion, reports of frozen editors. Some grow by repeating a unit,
some nest, some have one line without an end, some try the widget that shows them more than the parser.
"""

from collections.abc import Callable
from math import isqrt

Family = Callable[[int], str]


def _repeated(unit: str) -> Family:
    return lambda size: unit * max(1, size // len(unit))


def _nested(left: str, right: str, core: str = "a") -> Family:
    def family(size: int) -> str:
        depth = max(1, size // (len(left) + len(right)))
        return left * depth + core + right * depth

    return family


def _after(head: str, unit: str, tail: str = "") -> Family:
    return lambda size: head + unit * max(1, (size - len(head) - len(tail)) // len(unit)) + tail


def _counted(line: str) -> Family:
    """Return numbered lines: {n} is the number."""

    def family(size: int) -> str:
        count = max(1, size // (len(line) + len(str(size // len(line))) * line.count("{n}") - 3 * line.count("{n}")))
        return "".join(line.replace("{n}", str(number)) for number in range(count))

    return family


def _stairs(mark: str, gap: str) -> Family:
    """Return lines each of which stands one step further in."""

    def family(size: int) -> str:
        steps = isqrt(2 * size // max(1, len(gap)))
        return "".join(f"{gap * step}{mark}\n" for step in range(steps))

    return family


def _growing(unit: str) -> Family:
    """Return runs of a mark, each one longer than the last."""

    def family(size: int) -> str:
        return "a".join(unit * length for length in range(1, isqrt(2 * size // len(unit)) + 1))

    return family


def _wide_table(size: int) -> str:
    columns = max(1, size // 7)
    return "|" + "a|" * columns + "\n|" + "--|" * columns + "\n|" + "b|" * columns + "\n"


def _long_table(size: int) -> str:
    return "| a | b | c |\n|---|:-:|--:|\n" + "| x | *y* | `z` |\n" * (size // 18)


def _square_table(size: int) -> str:
    side = max(1, isqrt(size // 3))
    row = "|" + "ab|" * side + "\n"
    return row + "|" + "--|" * side + "\n" + row * side


def _headings_and_links(size: int) -> str:
    return "".join(f"# {number}\n\n[x](#{number})\n\n" for number in range(size // 20))


def _references_used(size: int) -> str:
    half = size // 28
    uses = "".join(f"[a{number}] " for number in range(half))
    return uses + "\n\n" + "".join(f"[a{number}]: /b{number}\n" for number in range(half))


def _footnotes(size: int) -> str:
    count = size // 26
    marks = "".join(f"a[^{number}] " for number in range(count))
    return marks + "\n\n" + "".join(f"[^{number}]: b [^{number + 1}]\n" for number in range(count))


def _emphasis_stair(size: int) -> str:
    return "".join(f"{'*' * (number % 4 + 1)}a " for number in range(size // 4))


def _mixed_line_ends(size: int) -> str:
    return "a\r\nb\rc\n\r\n\r" * (size // 11)


def _tag_soup(size: int) -> str:
    return "<div><p><b><i><table><tr></b><td></p></div><ul><li></i>" * (size // 54)


def _attributes(size: int) -> str:
    return "<a " + " ".join(f'b{number}="c"' for number in range(size // 10)) + ">x</a>"


def _keys(size: int) -> str:
    return "---\n" + "".join(f"key{number}: [a, b]\n" for number in range(size // 18)) + "---\ntext\n"


def _aliases(size: int) -> str:
    """The laughing lists of YAML."""
    lists = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lists += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, max(2, size // 70))]
    return "---\n" + "\n".join(lists) + "\n---\ntext\n"


FAMILIES: dict[str, Family] = {
    # brackets and links
    "open brackets": _repeated("["),
    "closing brackets": _repeated("]"),
    "open images": _repeated("!["),
    "nested brackets": _nested("[", "]"),
    "nested links": _nested("[", "](b)"),
    "nested images": _nested("![", "](b)"),
    "link openings": _repeated("[a]("),
    "link openings with pointed addresses": _repeated("[a](<b"),
    "link titles without an end": _repeated('[a](b "c'),
    "parentheses in an address": _after("[a](", "(", ")"),
    "escaped brackets": _repeated("\\["),
    "link and image pairs": _repeated("![[]()"),
    "wiki openings": _repeated("[["),
    "embed openings": _repeated("![["),
    "wiki links with many bars": _after("[[a", "|b", "]]"),
    "nested wiki links": _nested("[[", "]]"),
    "reference definitions": _counted("[a{n}]: /b\n"),
    "references and definitions": _references_used,
    "references to nothing": _repeated("[a][b]"),
    "a definition's label without an end": _after("[", "a\n", "]: b"),
    "footnotes that name each other": _footnotes,
    "footnote marks": _repeated("[^1]"),
    # emphasis and other marks
    "emphasis left open": _repeated("*a **a "),
    "emphasis closed without opening": _repeated("a** "),
    "emphasis of all lengths": _emphasis_stair,
    "underscores": _repeated("_"),
    "underscores in words": _repeated("a_b_"),
    "stars and underscores": _repeated("*_"),
    "nested strong": _nested("**a ", " a**"),
    "tildes": _repeated("~"),
    "strikes left open": _repeated("~~a ~"),
    "marks left open": _repeated("==a "),
    "carets": _repeated("^a"),
    # code and formulas
    "backticks": _repeated("`"),
    "backticks of growing length": _growing("`"),
    "backtick pairs": _repeated("`a`` "),
    "fences left open": _repeated("```a\n"),
    "fences of growing length": _growing("\n```"),
    "dollars": _repeated("$"),
    "formulas left open": _repeated("$a $$b "),
    "formula brackets": _repeated("\\(\\["),
    "deep formula": _nested("$$\\frac{", "}$$"),
    # containers
    "quotes in each other": _repeated(">"),
    "quotes in each other, spaced": _repeated("> "),
    "items in each other": _repeated("- "),
    "numbers in each other": _repeated("1. "),
    "lists that step in": _stairs("- a", " "),
    "quotes and lists by turns": _repeated("> - "),
    "list items": _repeated("- a\n"),
    "loose list items with two paragraphs": _repeated("1. a\n\n   b\n\n"),
    "list and rule": _repeated("* * *\n- - a\n"),
    "definition lists": _repeated("a\n: b\n\n"),
    "definition halves": _repeated(":   a\n"),
    "callouts in each other": _stairs("[!note]- a", "> "),
    "fences in quotes": _repeated("> ```\n\n"),
    # tables, rules and headings
    "wide table": _wide_table,
    "long table": _long_table,
    "square table": _square_table,
    "bars": _repeated("|"),
    "rules of stars": _repeated("* * * "),
    "setext lines": _repeated("a\n===\n---\n"),
    "headings with links": _headings_and_links,
    "hashes": _repeated("#"),
    "hashtags": _repeated("#a"),
    # HTML
    "comments left open": _repeated("<!--"),
    "declarations left open": _repeated("<!A"),
    "instructions left open": _repeated("<?"),
    "CDATA left open": _repeated("<![CDATA["),
    "tag openings": _repeated("<a "),
    "tags in each other": _nested("<div>", "</div>"),
    "quotes as HTML in each other": _nested("<blockquote>", "</blockquote>"),
    "tables as HTML in each other": _nested("<table><tr><td>", "</td></tr></table>"),
    "details in each other": _nested("<details><summary>a</summary>\n\n", "\n\n</details>"),
    "tag soup": _tag_soup,
    "attributes": _attributes,
    "autolinks left open": _repeated("<a@"),
    "entities": _repeated("&"),
    "entities without an end": _repeated("&#x"),
    # front matter and comments
    "front matter of brackets": _after("---\na: ", "[", "\n---\n"),
    "front matter of keys": _keys,
    "front matter that doubles": _aliases,
    "front matter without an end": _after("---\na: b\n", "- x\n"),
    "percents": _repeated("%% "),
    # addresses
    "addresses": _repeated("http://a.b "),
    "addresses in a row": _repeated("http://"),
    "an address of brackets": _after("http://a", ")"),
    "mail addresses": _repeated("a@b."),
    # characters
    "one word": _repeated("а"),
    "one line": _repeated("слово word "),
    "escapes": _repeated("\\"),
    "combining marks": _after("a", "\u0301"),
    "zero-width characters": _repeated("a\u200b\u200d\ufeff"),
    "directions": _repeated("\u202eא\u202c\u2067ب"),
    "beyond the first plane": _repeated("\U0001f469\u200d\U0001f4bb\U0001d49c"),
    "lone surrogates": _repeated("a\ud800"),
    "zero bytes": _repeated("a\x00"),
    "the parser's own marks": _repeated("\x02klzzwxh:0\x03\ue000\ue001"),
    "line ends of all kinds": _mixed_line_ends,
    "blank lines": _repeated("\n"),
    "blanks": _repeated(" "),
    "tabs": _repeated("\t"),
    "lines of tabs": _stairs("a", "\t"),
    "a letter a line": _repeated("a\n\n"),
}
