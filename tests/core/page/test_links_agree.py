"""The page and the scanner agree on what is a link: what a reader can click is what the library knows of.

The differences are named in `NAMED`: each has its reason and is told apart by a test of one link.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest

from desktop.core.markup.inline_rules import IMAGES
from desktop.core.page.markdown import to_html
from desktop.core.records import Link, LinkKind
from desktop.core.text.document import read_document
from desktop.core.text.frontmatter import read_front_matter

SHOWN = re.compile(r'<a href="([^"]*)"|<span [^<>]*data-target="([^"]*)"[^<>]*>|<img [^<>]*?src="([^"]*)"')
INSIDE_EMBED = re.compile(r'(<span [^<>]*data-target="[^"]*"[^<>]*>)<a [^<>]*>[^<>]*</a>')
PAGES_OWN = re.compile(r"mailto:|https://www\.|#fn-\d|#fnref-\d")
HTML_ADDRESS = re.compile(r"""<(?:a|img)\s[^<>]*?(?:href|src)\s*=\s*["']?([^"'\s<>]*)""", re.IGNORECASE)
REFUSED = re.compile(r"(?!https?:|mailto:)[A-Za-z][A-Za-z0-9+.-]+:|//")


def on_page(text: str) -> Counter[str]:
    """Count what the page of a text links to and shows."""
    found: Counter[str] = Counter()
    for link, embed, image in SHOWN.findall(INSIDE_EMBED.sub(r"\1", to_html(text))):
        shown = link or embed or image
        found[unquote(html.unescape(shown.removeprefix("note:").removeprefix("attachment:")))] += 1
    return found


def name_of(link: Link) -> str:
    """Return what the page would call a link."""
    if link.kind is LinkKind.COLLECTION or (link.kind is LinkKind.ANCHOR and not link.anchor):
        return link.target or link.label
    if link.kind is LinkKind.EMBED and PurePosixPath(link.target.lower()).suffix in IMAGES:
        return link.target
    return unquote(f"{link.target}#{link.anchor}" if link.anchor else link.target)


def scanned(text: str) -> Counter[str]:
    """Count the links of a text's body that the scanner finds."""
    body = read_front_matter(text).end
    return Counter(name_of(link) for link in read_document(text).links if link.start >= body)


def differences(text: str) -> list[tuple[str, str]]:
    """Return what only one of both finds, without the differences that have a name."""
    page, scanner = on_page(text), scanned(text)
    in_html = Counter(unquote(html.unescape(address)) for address in HTML_ADDRESS.findall(text))
    only_page = page - scanner
    only_page -= Counter({name: count for name, count in only_page.items() if PAGES_OWN.match(name)})
    only_page -= in_html
    only_scanner = scanner - page
    only_scanner -= Counter({name: n for name, n in only_scanner.items() if REFUSED.match(name) or not name.strip("#")})
    return [("page", name) for name in only_page] + [("scanner", name) for name in only_scanner]


CASES = (
    "[[a]] [[a|b]] [[f/a#H|b]] [[#H]] [[a#H1#H2]] [[a#^id1]]",
    "![[a]]\n\n![[a#H]]\n\n![[i.png|100x20]]",
    "[[a\\|b]]",
    "| [[a\\|b]] | [x](y.md) |\n|--|--|\n| [[c\\|d]] | `[[e]]` |",
    "# | [[a]] |\n|--|\n| [[b]] |",
    "[[Note#]] [[#]] [[|a]]",
    "[x](y.md) [x](<y z.md> 't') [x](y%20z.md#k%20l) [x](#a) [x]( y.md\n't' )",
    "[x](a b.md) [x] (y.md) [x\n\ny](z.md)",
    "[x](b&amp;c.md) [x](y\\_z.md)",
    "[x][r] [r][] [r] [R]\n\n[r]: y.md",
    "[a]:\n  b.md\n  't'\n\n[a]",
    "[a\nb]: c.md\n\n[A B]",
    "[a]: b.md x\n\n[a]",
    "> [a]: b.md\n\n- [c]: d.md\n\n[a] [c]",
    "<https://a.b> https://a.b/c.",
    "[![a](b.png)](c.md) ![](d.png 't')",
    "[ [[a]] ](b.md) [x [[a]] y](b.md)",
    "[[a]](b.md) [[[a]]] [[a[b]]] [[a]b]]",
    "`[[a]]` ``[[`a`]]`` $[[a]]$ \\([[a]]\\) \\[[[a]]\\]",
    "$$\n[[a]]\n$$\n\n```\n[[b]]\n```\n\n~~~\n[[c]]",
    "$4 [[a]] $5",
    "%% [[a]] %% [[b]]\n\n%%\n[[c]]\n%%\n\n<!-- [[d]]\n\n[[e]] --> [[f]]",
    "    [[a]]\n\n- x\n\n    [[b]]\n\n- y\n\n      [[c]]",
    "<div>\n[[a]]\n</div>\n\n[[b]]",
    "<div>\n\n[[a]]\n\n</div>",
    "<p>[[a]] [b](c.md)</p>",
    "words <b>[[a]]</b> <span>[[b]]</span>",
    "<details><summary>S [[a]]</summary>\n[[b]]\n</details>",
    "<table><tr><td>[[a]]</td></tr></table>\n\n[[b]]",
    "<br>[[a]]",
    "<table>\n\n<tr><td>[[a]]</td></tr>\n\n</table>\n\n[[b]]",
    "<script>[[a]]</script>\n\n<pre>\n[[b]]\n</pre>",
    "<h1>[[a]]</h1>",
    "<iframe src='x'>[[a]]</iframe>",
    "<span>\n[[a]]\n</span>",
    "- [ ] [[a]]\n- [x] [b](c.md)\n\n> [!note] [[d]]\n> [[e]]",
    "[^1] x\n\n[^1]: [[a]]",
    "Term [[a]]\n: [[b]]",
    "==[[a]]== *[[b]]* **[c](d.md)** ~~[[e]]~~",
    "\\[[a]] \\\\[[b]] !\\[[c]]",
    "https://a.b/[[c]] http://a.b/c_(d) (https://a.b/e)",
    "[[👨\u200d👧 a]] [x](👨\u200d👧.md) ![[👨\u200d👧.png]]",
    "[[Ё]] [[й]]",
    "# [[a]] ^id1\n\n[[b]] ^id2\n\nx ^2",
    f"[[{'a' * 501}]] [[{'b' * 500}]]",
    "[[a\nb]] [[ ]] [](a.md) [x](y.md)[[z]]",
)


@pytest.mark.parametrize("text", CASES)
def test_both_find_the_same_links(text: str) -> None:
    assert differences(text) == []


# text, what only the page has, what only the scanner has, why
NAMED = (
    ("www.a.example me@a.example <me@b.example>", 3, 0, "addresses without a scheme are for clicking, no knowledge"),
    ("<a href='b.md'>x</a>", 1, 0, "HTML is shown, but its links are nobody's, as in Obsidian"),
    ("<a href='https://a.b'>x</a> <img src='c.png'>", 2, 0, "the same"),
    ("[x](javascript:y) [x](file:///y) [x](//y/z) [x](obsidian://y)", 0, 4, "the page leads to no such address"),
    ("| a | b |\n|--|--|\n| [[c|d]] | e |", 0, 1, "a bar without a backslash ends a cell of the page"),
    ("[x]() [x](<>)", 0, 1, "a link to nothing is kept as it is written, and nothing to click"),
)


@pytest.mark.parametrize(("text", "page", "scanner", "why"), NAMED)
def test_differences_have_a_name(text: str, page: int, scanner: int, why: str) -> None:
    only_page, only_scanner = on_page(text) - scanned(text), scanned(text) - on_page(text)
    assert (len(only_page), len(only_scanner)) == (page, scanner), why


def texts_of(corpus: Path) -> Iterator[tuple[str, str]]:
    for folder in ("seeds", "lectures", "digests", "vault-garden", "vault-foam"):
        for number, file in enumerate(sorted((corpus / folder).rglob("*.md"))):
            if folder == "seeds" or number % 3 == 0:
                text = file.read_text(encoding="utf-8", errors="replace")
                if len(text) < 30_000:
                    yield f"{folder}/{file.name}", text


def test_both_find_the_same_links_in_real_texts(corpus: Path) -> None:
    found = {name: differing for name, text in texts_of(corpus) if (differing := differences(text))}
    assert found == {}


def test_no_mark_of_a_block_is_shown() -> None:
    shown = to_html("a ^id1\n\n- b ^id-2\n\n> c\n> ^id3\n\n# d ^id4\n\ne\nf ^id5\ng\n\n^id6\n\nx ^2\n\ny ^n\n\nz^id7\n")
    assert not re.search(r"\^id-?[1-6]", shown)
    assert "x ^2" in shown
    assert "y ^n" in shown
    assert "z^id7" in shown
