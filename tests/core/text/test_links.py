"""Links and tags are found where a reader sees them, with exact spans, in linear time."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from desktop.core.records import FrontMatter, Link, LinkKind
from desktop.core.text.document import read_document
from desktop.core.text.folding import fold_name
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.links import scan_links, scan_tags, sentence_around

W, E, M, A, C, I, U = LinkKind  # noqa: E741


def brief(text: str) -> list[tuple[LinkKind, str, str, str]]:
    return [(link.kind, link.target, link.anchor, link.label) for link in scan_links(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Note]]", [(W, "Note", "", "Note")]),
        ("[[ Note ]]", [(W, "Note", "", "Note")]),
        ("[[Note|text]]", [(W, "Note", "", "text")]),
        ("[[Note#H|text]]", [(W, "Note", "H", "text")]),
        ("[[Note#H1#H2]]", [(W, "Note", "H1#H2", "Note#H1#H2")]),
        ("[[#Heading]]", [(W, "", "Heading", "Heading")]),
        ("[[C#]]", [(W, "C", "", "C#")]),
        ("[[Note# |x]] [[#]] [[|x]]", [(W, "Note", "", "x")]),
        (f"[[{'a' * 501}]]", []),
        ("[a](b&amp;c%20d.md)", [(M, "b&c d.md", "", "a")]),
        ("[[a/b c.md]]", [(W, "a/b c.md", "", "a/b c.md")]),
        ("| [[Note\\|t]] |", [(W, "Note", "", "t")]),
        ("![[img.png|300]]", [(E, "img.png", "", "300")]),
        ("[[]] [[ ]] [[a\nb]]", []),
        ("[[1]](https://a.b)", [(U, "https://a.b", "", "[1]")]),
        ("[t](a.md)", [(M, "a.md", "", "t")]),
        ("[t](a%20b.md#c%20d)", [(M, "a b.md", "c d", "t")]),
        ("[t](%D1%8F.md)", [(M, "я.md", "", "t")]),
        ("[t](%ff.md)", [(M, "%ff.md", "", "t")]),
        ("[t](<a b.md>)", [(M, "a b.md", "", "t")]),
        ('[t](a.md "title")', [(M, "a.md", "", "t")]),
        ("[t]( a.md 'title' )", [(M, "a.md", "", "t")]),
        ("[t](a.md (title))", [(M, "a.md", "", "t")]),
        ("[t](a(b(c)).md)", [(M, "a(b(c)).md", "", "t")]),
        ("[t](a\\)b.md)", [(M, "a)b.md", "", "t")]),
        ("([t](a.md))", [(M, "a.md", "", "t")]),
        ("[t](a b.md)", []),
        ("[t] (a.md)", []),
        ("[t](#a)", [(A, "", "a", "t")]),
        ("[t](#1)", [(A, "", "1", "t")]),
        ("[t](#)", [(A, "", "", "t")]),
        ("[**b** `c`](a.md)", [(M, "a.md", "", "b c")]),
        ("[a [b] c](d.md)", [(M, "d.md", "", "a [b] c")]),
        ("[a [b](c.md) d](e.md)", [(M, "c.md", "", "b")]),
        ("![alt](a%20b.png)", [(I, "a b.png", "", "alt")]),
        ("![](https://a.b/c.png#x)", [(I, "https://a.b/c.png#x", "", "")]),
        ("[![alt](i.png)](https://a.b)", [(U, "https://a.b", "", "alt"), (I, "i.png", "", "alt")]),
        ("[t](https://a.b/c?d=e&amp;f#g)", [(U, "https://a.b/c?d=e&f#g", "", "t")]),
        ("[t](mailto:a@b.c) [t](//host/x)", [(U, "mailto:a@b.c", "", "t"), (U, "//host/x", "", "t")]),
        ("<https://a.b/c>", [(U, "https://a.b/c", "", "https://a.b/c")]),
        ("см. https://a.b/c_(d), и", [(U, "https://a.b/c_(d)", "", "https://a.b/c_(d)")]),
        ("(https://a.b/c).", [(U, "https://a.b/c", "", "https://a.b/c")]),
        ("**https://a.b**", [(U, "https://a.b", "", "https://a.b")]),
        ("[https://a.b](https://a.b)", [(U, "https://a.b", "", "https://a.b")]),
        ("xhttps://a.b https:// ftp://a", []),
        ('<a href="https://a.b">t</a>', []),
        ("[t][r]\n\n[R]: a.md 'x'", [(M, "a.md", "", "t")]),
        ("[r][] and [r]\n\n[r]: <a b.md>", [(M, "a b.md", "", "r"), (M, "a b.md", "", "r")]),
        ("[r]: https://a.b", []),
        ("[x] no definition [^1]\n\n[^1]: https://a.b", [(U, "https://a.b", "", "https://a.b")]),
        ("# [t](https://a.b)", [(U, "https://a.b", "", "t")]),
        ("- [ ] [[Task]]", [(W, "Task", "", "Task")]),
        ("\\[[a](b.md)", [(M, "b.md", "", "a")]),
        ("\\[a](b.md)", []),
        ("!\\[a](b.md)", []),
    ],
)
def test_links(text: str, expected: list[tuple[LinkKind, str, str, str]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "`[[X]]`",
        "``[[X]] ` ``",
        "```\n[[X]]\n```",
        "~~~ python\n[[X]]",
        "    [[X]]",
        "\t[[X]]",
        "- a\n\n      [[X]]",
        "> ```\n> [[X]]\n> ```",
        "$[[X]]$",
        "$$[[X]]$$",
        "$$\n[[X]]\n\n[[X]]\n$$",
        "\\([[X]]\\)",
        "\\[ [[X]] \\]",
        "%%[[X]]%%",
        "%%\n\n[[X]]\n%%",
        "a %% [[X]] %% b",
        "<!-- [[X]] -->",
        "a <!-- [[X]]\n\n[[X]] --> b",
        "<pre>\n\n[[X]]\n</pre>",
        "<script>[[X]]</script>",
        "`a\n[[X]]`",
    ],
)
def test_hidden(hidden: str) -> None:
    shown = [target for _, target, _, _ in brief(f"[[A]]\n\n{hidden}\n\n[[B]]")]
    assert shown == (["A"] if hidden.startswith("~~~") else ["A", "B"])  # that fence is never closed


@pytest.mark.parametrize(
    "text",
    [
        "от $4 млрд [[X]] до $5 млрд",
        "$ a [[X]] $",
        "5$ [[X]] 6$",
        "a\n    [[X]]",
        "- a\n\n    [[X]]",
        "1. a\n   - b\n\n     [[X]]",
        "``` [[X]] ```",
        "` [[X]]",
        "`a\n\n[[X]] `b",
        "<!-- [[X]]",
        "%% [[X]]",
        "100%% [[X]]",
        "$$ [[X]]",
        "a < b [[X]] > c",
        "> quote [[X]]",
        "| a | [[X]] |",
        "[a [[X]]",
        "**[[X]]**",
        "`<!--` [[X]] `-->`",
        "\\`[[X]]\\`",
    ],
)
def test_not_hidden(text: str) -> None:
    expected = [] if text.startswith("``` ") else [(W, "X", "", "X")]
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("up: '[[A]]'\nsee: https://a.b", [("A", "", "A")]),
        ('up: "[[f/A#H|x]]"', [("f/A", "H", "x")]),
        ('up: "[[A]]" # why', [("A", "", "A")]),
        ('up:\n  - "[[A]]"\n  - \'[[B]]\'\n  - words [[C]]\n  - "see [[D]]"', [("A", "", "A"), ("B", "", "B")]),
        ('up: ["[[A]]", "[[B]]", c]', [("A", "", "A"), ("B", "", "B")]),
        ('up:\n  deeper: "[[A]]"', [("A", "", "A")]),
        ("up: '[[It''s]]'", [("It's", "", "It's")]),
        ("up: [[A]]", []),  # a list in a list
        ('up: see "[[A]]"', []),
        ('up: "[[A]]" "[[B]]"', []),
        ('aliases: "[[A]]"\ntags: ["[[B]]"]\ncssclasses:\n  - "[[C]]"', []),
        ('# "[[A]]"\nup: x', []),
    ],
)
def test_front_matter_links_are_whole_values_in_quotation_marks(
    front: str, expected: list[tuple[str, str, str]]
) -> None:
    text = f"---\n{front}\n---\n[[Body]]\n"
    links = scan_links(text)
    assert [(link.target, link.anchor, link.label) for link in links[:-1]] == expected
    assert links[-1].target == "Body"
    assert links == read_document(text).links
    for link in links[:-1]:
        assert text[link.start : link.end].startswith("[[")
        assert text[link.end - 2 : link.end] == "]]"
        assert text[link.target_start : link.target_end].replace("''", "'") == link.target


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a]:\n  b.md\n  'title'\n\n[a]", ["b.md"]),
        ("[a\nb]: c.md\n\n[A B]", ["c.md"]),
        ("[a]: b.md 'of\ntwo lines'\n[c]: d.md\n\n[a] [c]", ["b.md", "d.md"]),
        ("[a]: b.md words\n\n[a]", []),
        ("[a]:\n\nb.md\n\n[a]", []),
        ("> [a]: b.md\n\n- [c]: d.md\n\n[a] [c]", ["b.md", "d.md"]),
        ("words\n[a]: b.md\n\n[a]", []),  # a definition interrupts no paragraph
        ("[a]: b.md\n'not a title' x\n\n[a]", ["b.md"]),
    ],
)
def test_definitions(text: str, targets: list[str]) -> None:
    assert [link.target for link in scan_links(text)] == targets


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("<div>\n[[A]]\n</div>\n\n[[B]]", ["B"]),
        ("<div>\n\n[[A]]\n\n</div>", ["A"]),
        ("<table>\n\n<tr><td>[[A]]</td></tr>\n</table>\n[[B]]", ["B"]),
        ("<table><tr><td>[[A]]</td></tr></table>\n\n[[B]]\n\n<table></table>", ["B"]),
        ("<details><summary>[[A]]</summary>\n[[B]]\n</details>", ["A", "B"]),
        ("<br>[[A]]\n<span>[[B]]</span> <b>#tag</b>", ["A", "B"]),
        ("<span>\n[[A]]\n</span>\n\n[[B]]", ["B"]),
        ("words\n<span>\n[[A]]", ["A"]),
        ("<h2>[[A]]</h2>\n# [[B]]", []),
        ("# | [[A]] |\n|---|\n| [[B]] |", ["A", "B"]),
    ],
)
def test_blocks_of_html_hold_no_links(text: str, targets: list[str]) -> None:
    assert [link.target for link in scan_links(text)] == targets


LINES = ["Page • 1 backlink • [uni](#)", "Page • 2 backlinks • [uni](#)", "Page • [uni](#)"]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("head", ["", "\n\n# Lecture\n\n", "\ufeff# Lecture\r\n\r\n", "---\na: b\n---\n# L\n"])
def test_collection(head: str, line: str) -> None:
    text = f"{head}{line}\n\n[later](#)"
    first, second = scan_links(text)
    assert (first.kind, first.target, first.label) == (C, "uni", "uni")
    assert text[first.start : first.end] == "[uni](#)"
    assert text[first.target_start : first.target_end] == "uni"
    assert second.kind is A


def test_collection_stands_at_the_head() -> None:
    assert scan_links("# A\n\ntext\n\nPage • 1 backlink • [uni](#)")[0].kind is A


def test_spans() -> None:
    text = '\ufeffa [[ N#h|x]]\r\n![[i.png]] [t](<b c.md#d> "e") [r] ![](f%20g.png)\r\n\r\n[r]: h.md#i\r\n'
    links = scan_links(text)
    assert [text[k.start : k.end] for k in links] == [
        "[[ N#h|x]]",
        "![[i.png]]",
        '[t](<b c.md#d> "e")',
        "[r]",
        "![](f%20g.png)",
    ]
    assert [text[k.target_start : k.target_end] for k in links] == ["N", "i.png", "b c.md", "h.md", "f%20g.png"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#a #B #a #A", ("a", "B")),
        ("#ml/rag #ml-ops #тег_1", ("ml/rag", "ml-ops", "тег_1")),
        ("#123 #1a #2024-01", ("1a",)),
        ("# a\n## b\n#c", ("c",)),
        ("## Title #d", ("d",)),
        ("a#b C# https://a.b/#c [t](#d) [[N#e]] [#f](g.md)", ()),
        ("`#a` $#b$ <!-- #c --> \n\n    #d\n", ()),
        ("(#a), «#b»", ("a", "b")),
        ("&#35; \\#a", ()),
        ("#a/ #b-", ("a", "b")),
    ],
)
def test_inline_tags(text: str, expected: tuple[str, ...]) -> None:
    assert scan_tags(text, FrontMatter()) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("tags:\n- '#host_habr_com'", ("host_habr_com", "x")),
        ("tags:\n- #a", ("a", "x")),
        ("tags: a, #b c", ("a", "b", "c", "x")),
        ("tag: a", ("a", "x")),
        ("tags: [a, X]", ("a", "X")),
        ("tags:", ("x",)),
    ],
)
def test_front_matter_tags(block: str, expected: tuple[str, ...]) -> None:
    text = f"---\n{block}\n---\n#x"
    assert scan_tags(text, read_front_matter(text)) == expected


def test_fold_name() -> None:
    assert fold_name(" Ёлка\u00a0и Straße ") == fold_name("елка и STRASSE")
    assert fold_name("Й") == fold_name("И\u0306") == "й"
    assert fold_name(" Note ") == "note"


@pytest.mark.parametrize(
    ("text", "expected", "mark"),
    [
        ("First one. The **big** [[Note|idea]] is `here`. Last.", "The big idea is here.", "idea"),
        ("- a\n- see [t](x.md), please\n- b", "see t, please", "t"),
        ("# Head [[N]]\n\nother", "Head N", "N"),
        ("Что это? Это [[Ёлка]]! Да.", "Это Ёлка!", "Ёлка"),
        ("at https://a.b/c now", "at https://a.b/c now", "https://a.b/c"),
        ("**[[N]]** x", "N x", "N"),
        ("До. См. [[A]] и напр. дом. Дальше.", "См. A и напр. дом.", "A"),
        ("It says e.g. [[A]], cf. B! More.", "It says e.g. A, cf. B!", "A"),
        ("Здесь т.е. [[A]]", "Здесь т.е. A", "A"),
        ("First. A. S. Pushkin wrote [[A]]. Next.", "A. S. Pushkin wrote A.", "A"),
        ("В 1990 г. Потом [[A]]", "Потом A", "A"),
        ("| n | a |\n|--|--|\n| 1 | [[Tree\\|t]] | x |\n", "1 · t · x", "t"),
        ("|a|b|\n|--|--|\n|a \\| b|[[T]]|\n", "a | b · T", "T"),
    ],
)
def test_sentence(text: str, expected: str, mark: str) -> None:
    link = scan_links(text)[0]
    snippet = sentence_around(text, link.start, link.end)
    assert snippet.text == expected
    assert [snippet.text[a:b] for a, b in snippet.marks] == [mark]


def test_sentence_is_short() -> None:
    text = "word " * 1000 + "[[N]]" + " word" * 1000
    snippet = sentence_around(text, 5000, 5005)
    assert len(snippet.text) < 600
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")


def check(text: str, links: tuple[Link, ...]) -> None:
    assert [link.start for link in links] == sorted(link.start for link in links)
    for link in links:
        assert 0 <= link.start < link.end <= len(text)
        assert 0 <= link.target_start <= link.target_end <= len(text)
        written = text[link.target_start : link.target_end]
        if link.kind is W or link.kind is E:
            assert text[link.start : link.end].startswith("[[" if link.kind is W else "![[")
            assert text[link.start : link.end].endswith("]]")
            assert written == link.target
        elif link.kind is I:
            assert text.startswith("![", link.start)
        elif link.kind is not U:
            assert text[link.start] == "["
        if "%" not in written and "\\" not in written and "&" not in written and "\r" not in written:
            assert written == link.target
        snippet = sentence_around(text, link.start, link.end)
        assert all(0 <= a < b <= len(snippet.text) for a, b in snippet.marks)


@given(st.text(alphabet="[]()!<>#|`$%\\\"' \n\r\tab1:/.-*_&я\u00a0", max_size=200))
def test_properties(text: str) -> None:
    check(text, scan_links(text))
    scan_tags(text, read_front_matter(text))


PIECES = [
    *("[[N]]", "![[i]]", "[t](a.md)", "[t](#x)", "![](i)", "`", "```", "$", "$$", "%%", "<!--", "-->"),
    *("\n", "\n\n", "    ", "- ", "> ", "# ", "---", "https://a.b", "<b>", "[r]: x", "[r]", "#t"),
    *("\\", "|", "\r\n", "words. ", "<div>\n", "<table>", "</table>\n", "[x]:\n", "'t'", "&amp;", "^id1", "%41"),
]
FRONT = ["", "---\na: '[[P]]'\n---\n", '---\r\na:\r\n- "[[P#h|q]]"\r\nb: ["[[Q]]", "[[R\\"]]"]\r\n---\r\n']


@given(st.sampled_from(FRONT), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_pieces(front: str, body: str) -> None:
    text = front + body
    check(text, scan_links(text))
    assert len(read_document(text).links) == len(scan_links(text))


def test_seed_digest(corpus: Path) -> None:
    text = (corpus / "seeds" / "digest.md").read_text(encoding="utf-8")
    links = scan_links(text)
    check(text, links)
    assert sum(link.kind is I for link in links) == 8
    assert [link.label for link in links if link.kind is A] == [
        "Теория",
        "Практика",
        "Обзор рынка",
        "Инфраструктура",
        "Инструменты",
        "Видео",
    ]
