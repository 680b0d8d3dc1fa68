"""Nothing dangerous comes through: schemes, attributes, elements, addresses, nesting."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from desktop.core.markup.sanitize import MAX_NESTING, Element, check_image, check_link, clean, to_string
from desktop.core.page.markdown import render_blocks, to_html
from desktop.core.page.page_context import Embedded, PageContext

OURS = r"do:(?:copy/\d+|task/\d+|fold/[0-9a-f]{12}|fetch/https?%3A[^/:\"<>]*)\Z"  # what the page writes itself
ALLOWED_LINKS = re.compile(rf"(?:https?:|mailto:|note:|#|{OURS})")
ALLOWED_IMAGES = re.compile(r"(?:attachment:|math:|icon:)")
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>1</script></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='//evil.example/x'>x</a>",
    "<a href='/\\evil.example/x'>x</a>",
    "<a href='\\\\evil\\share'>x</a>",
    "<a href='http:///x'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<img src='file:///etc/passwd'>",
    "<img src='//evil.example/a.png'>",
    "<img src='data:image/svg+xml,<svg/>'>",
    "<iframe src='https://evil.example'></iframe>",
    "<object data='x'></object><embed src='x'>",
    "<form action='https://evil.example'><input name=a><button>b</button></form>",
    "<style>body{background:url(https://evil.example)}</style>",
    "<p style='background:url(https://evil.example)'>x</p>",
    "<link rel=stylesheet href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](javascript:alert(1))",
    "![x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[[javascript:alert(1)]]",
    "![[../../etc/passwd.png]]",
    "`</code><script>alert(1)</script>`",
    "```html\n</pre><script>alert(1)</script>\n```",
    "$\\href{javascript:alert(1)}{x}$",
    "> [!<script>alert(1)</script>] x",
    "[^<script>]\n\n[^<script>]: <script>x</script>",
    "---\ntitle: <script>alert(1)</script>\nsource: javascript:alert(1)\ntags: ['<img src=x>']\n---\ntext",
    "\ufdd00\ufdd1 \ufdd0999999\ufdd1",
]


class Inspector(HTMLParser):
    """Collects what is dangerous in some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        if tag in (
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "meta",
            "base",
            "link",
            "svg",
        ):
            self.found.append(tag)
        for key, value in attrs:
            value = value or ""
            if key.startswith("on") or (key == "style" and ("url" in value or "expression" in value)):
                self.found.append(f"{key}={value}")
            if key == "href" and not ALLOWED_LINKS.match(value):
                self.found.append(f"href={value}")
            if key == "src" and not ALLOWED_IMAGES.match(value):
                self.found.append(f"src={value}")


def dangers(text: str) -> list[str]:
    """Return what is dangerous in everything that is made of a text."""
    made = to_html(text) + "".join(block.html for block in render_blocks(text).blocks)
    return Inspector(made).found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_is_harmless(payload: str) -> None:
    assert not dangers(payload)
    assert not dangers(f"- item\n\n  {payload}\n\n> {payload}\n\n| a | b |\n|---|---|\n| {payload} | x |")


@pytest.mark.parametrize(
    "forged",
    [
        "[x](do:task/0)",
        "[x](DO:copy/0)",
        "[x](do://host/task/0)",
        "[x](<do:fold/0123456789ab>)",
        "[x](&#100;o:task/0)",
        "[x](do&colon;task/0)",
        "[x](do%3Atask/0)",
        "[x][r]\n\n[r]: do:task/0",
        "<do:task/0>",
        '<a href="do:fetch/http%3A%2F%2Fx.example">x</a>',
        '<a href=" \tdo:task/0">x</a>',
        "> [!note] [x](do:copy/0)",
        "- [do:task/0](do:task/0)",
        "| [x](do:task/0) |\n|---|\n| [y](do:copy/0) |",
        "![x](do:task/0)",
        "[![x](a.png)](do:task/0)",
        '![x](a.png "do:task/0")',
        "---\nsource: do:task/0\nurl: 'https://x.example/\"onclick=do:task/0'\n---\nx",
        "x[^a]\n\n[^a]: [x](do:task/0)",
    ],
)
def test_a_note_cannot_write_what_the_page_does(forged: str) -> None:
    made = "".join(block.html for block in render_blocks(forged).blocks)
    assert not re.search(r'href="\s*do:', made, re.IGNORECASE)
    embedded = PageContext({"x": Embedded("x", forged)})
    made = "".join(block.html for block in render_blocks("![[x]]", context=embedded).blocks)
    assert not re.search(r'href="\s*do:', made, re.IGNORECASE)


@pytest.mark.parametrize(
    "forged",
    [
        "![x](stored:https%3A%2F%2Fx.example)",
        "![x](math:box-done-light-16)",
        "![x](icon:image)",
        '<img src="stored:x">',
        '<img src="Stored&#58;x">',
        '<img src="math:sign-tip-1f7f74-17">',
        "![[stored:x]]",
    ],
)
def test_a_note_cannot_show_what_only_the_page_shows(forged: str) -> None:
    made = "".join(block.html for block in render_blocks(forged).blocks)
    shown = [src for src in re.findall(r'<img src="([^"]*)"', made) if "sign-note-" not in src]
    assert all(src.startswith("attachment:") for src in shown), shown


def test_what_the_context_says_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    context = PageContext({evil: Embedded(evil, "text", evil)}, words={"Copy": evil, "Details": evil, "Text": evil})
    made = "".join(block.html for block in render_blocks(f"![[{evil}]]\n\n~~~\nx\n~~~", context=context).blocks)
    assert made.count("&lt;script&gt;") == 4
    assert not Inspector(made).found


def test_known_fixtures_are_harmless(corpus: Path) -> None:
    source = (corpus / "markdown" / "markdown-it" / "xss.txt").read_text(encoding="utf-8")
    for case in re.split(r"^\.$", source, flags=re.MULTILINE):
        assert not dangers(case)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("Other%20note.md", "note:Other%20note.md"),
        ("Other note.md#Раздел", "note:Other%20note.md#%D0%A0%D0%B0%D0%B7%D0%B4%D0%B5%D0%BB"),
        ("#1", "#1"),
        ("//host/x", ""),
        ("/\\host", ""),
        ("ftp://a.example", ""),
        ("javascript:1", ""),
        ("java\tscript:1", ""),
        ("https://", ""),
        ("https://[bad", ""),
    ],
)
def test_link_addresses(address: str, expected: str) -> None:
    assert check_link(address) == expected


def test_link_to_nothing_but_its_label_leads_to_the_note_of_that_name() -> None:
    assert check_link("#", "uni") == "note:uni"
    assert check_link("#", "") == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("pics/a b.png", "attachment:pics/a%20b.png"),
        ("https://a.example/x.png", "https://a.example/x.png"),
        ("file:///x.png", ""),
        ("data:image/png;base64,AAAA", ""),
        ("C:\\x.png", ""),
    ],
)
def test_image_addresses(address: str, expected: str) -> None:
    assert check_image(address) == expected


def depth_of(node: Element, tag: str = "") -> int:
    """Return how deep elements (of one kind) stand in each other."""
    deepest = max((depth_of(child, tag) for child in node.children if isinstance(child, Element)), default=0)
    return deepest + (1 if node.tag and (not tag or node.tag == tag) else 0)


def test_nesting_is_capped_and_words_are_kept() -> None:
    deep = clean("<div>" * 400 + "word" + "</div>" * 400)
    assert depth_of(deep) <= MAX_NESTING
    assert deep.text().strip() == "word"
    tables = clean("<table><tr><td>" * 30 + "word" + "</td></tr></table>" * 30)
    assert depth_of(tables, "table") == 3
    assert "word" in tables.text()


def test_spans_and_sizes_are_capped() -> None:
    cell = to_string(clean('<table><tr><td colspan="100000" rowspan="-1">x</td></tr></table>'))
    assert 'colspan="50"' in cell
    assert "rowspan" not in cell
