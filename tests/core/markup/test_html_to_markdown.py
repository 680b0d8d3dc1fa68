"""HTML from pages, Word and Google Docs as Markdown; what follows the reader, or is not seen, does not come along."""

import time

import pytest

from desktop.core.markup.html_to_markdown import to_markdown

GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h1><span style="font-weight:700">'
    'Заголовок</span></h1><p><span style="font-weight:400">Обычный </span><span style="font-weight:700">жирный</span>'
    '<span style="font-style:italic"> курсив </span><a href="https://www.google.com/url?q=https://e.org/a&amp;sa=D">'
    '<span style="text-decoration:underline">ссылка</span></a></p><ul><li aria-level="1"><p><span>раз</span></p></li>'
    '<ul><li aria-level="2"><p><span>внутри</span></p></li></ul><li role="checkbox" aria-checked="true"><p>готово</p>'
    "</li></ul><br /><table><tbody><tr><td><p>a</p></td><td><p>b|c</p></td></tr><tr><td><p>1</p></td><td><p>2</p></td>"
    "</tr></tbody></table></b>"
)
WORD = (
    "<html xmlns:o='urn'><head><style>p{mso:1}</style></head><body><!--StartFragment--><h2>Раздел<o:p></o:p></h2>"
    "<p class=MsoNormal><b>Жирный</b> и <i>курсив</i><o:p></o:p></p>"
    "<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]>"
    "<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span></span><![endif]>"
    "Первый<o:p></o:p></p><p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o </span>Внутри</p>"
    "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Второй</p><p>x</p>"
    "<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>Раз</p>"
    "<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.</span>Два</p>"
    "<img src='file:///C:/x.png'></body></html>"
)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (GOOGLE, "# Заголовок\n\nОбычный **жирный** *курсив* [ссылка](https://e.org/a)\n\n- раз\n  - внутри\n"
         "- [x] готово\n\n| a | b\\|c |\n| --- | --- |\n| 1 | 2 |"),
        (WORD, "## Раздел\n\n**Жирный** и *курсив*\n\n- Первый\n  - Внутри\n- Второй\n\nx\n\n1. Раз\n2. Два"),
        ('<pre><code class="hljs language-python">a = "```"\n</code></pre>', '````python\na = "```"\n````'),
        ("<p>run <code>a`b</code> now</p>", "run `` a`b `` now"),
        ("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "3. a\n   - b\n4. c"),
        ("<ul><li><input type=checkbox checked> a</li><li><input type=checkbox> b</li></ul>", "- [x] a\n- [ ] b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<table><tr><th>A<th align=right>B<tr><td>1<td>2</table>", "| A | B |\n| --- | ---: |\n| 1 | 2 |"),
        ("<table><tr><td><h2>T</h2><p>one cell</p></td></tr></table>", "## T\n\none cell"),
        ("<p>H<sub>2</sub>O <mark>m</mark> <del>d</del> x<sup>2</sup></p>", "H~2~O ==m== ~~d~~ x^2^"),
        ("<b>a</b> <span style='display: none'>HIDDEN</span><i hidden>H</i>", "**a**"),
        ("<b>a</b><img src='https://t.co/p.gif' width=1 height=1><img src='data:image/png;base64,AA'>", "**a**"),
        ("<img src='https://e.org/i.png' alt='pic'>", "![pic](https://e.org/i.png)"),
        ("<a href='https://e.org/?utm_source=x&id=5&fbclid=z'>l</a>", "[l](https://e.org/?id=5)"),
        ("<a href='javascript:alert(1)'>bad</a> <b>b</b><script>alert(1)</script>", "bad **b**"),
        ("<h2>T <a href='#t' aria-hidden='true'>#</a></h2>", "## T"),
        ("<b>x</b> &lt;div&gt; snake_case _a_ 2 * 3 *b*", "**x** \\<div> snake_case \\_a\\_ 2 * 3 \\*b\\*"),
        ("<p>1. not</p><p># not</p><p><b>x</b></p>", "1\\. not\n\n\\# not\n\n**x**"),
        ("<p>E <span class=katex><span class=katex-mathml><math><semantics><mi>E</mi><annotation "
         "encoding='application/x-tex'>E_1 = mc^2</annotation></semantics></math></span><span class=katex-html "
         "aria-hidden=true>E=mc2</span></span></p>", "E $E_1 = mc^2$"),
        ("<meta charset='utf-8'><span style='color:red'>only words</span>", ""),
        ("<div style=\"font-family: 'X', monospace;white-space: pre;\"><div><b>x</b></div></div>", ""),
    ],
)  # fmt: skip
def test_html(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color:red;font-weight:400'>слова <b>b</b></p>" * 30_000,
        "<div>" * 100_000,
        '<span style="font-weight:700">' * 60_000,
        "<ul><li>" * 50_000,
        "<table><tr><td>" * 5_000,
        "<" * 500_000,
        "<!--" * 100_000,
        "<blockquote>" * 190 + "x\n" * 100_000,
        "<pre>" + "`" * 500_000,
    ],
    ids=["long", "div", "span", "list", "table", "signs", "comments", "quotes", "ticks"],
)
def test_what_is_too_much_is_left_to_the_plain_words(html: str) -> None:
    started = time.process_time()
    to_markdown(html)
    assert time.process_time() - started < 2
