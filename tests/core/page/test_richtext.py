"""What QTextDocument is given: boxes as tables, quiet cards for remote images, formulas as pictures, links that do."""

import re
from pathlib import Path

import pytest

from desktop.core.markup.formula_rules import is_formula
from desktop.core.page.line_breaks import BREAK, HYPHEN
from desktop.core.page.markdown import BlockCache, HtmlBlock, render_blocks
from desktop.core.page.page_context import EMPTY_CONTEXT, Embedded, PageContext

RICH = Path(__file__).parents[2] / "reference" / "rich-note.md"


def blocks_of(text: str, theme: str = "light", context: PageContext = EMPTY_CONTEXT) -> tuple[HtmlBlock, ...]:
    """Return a text's blocks."""
    return render_blocks(text, theme=theme, context=context).blocks


def html_of(text: str, theme: str = "light", context: PageContext = EMPTY_CONTEXT) -> str:
    """Return the HTML of a text's blocks."""
    return "".join(block.html for block in blocks_of(text, theme, context))


def folds_in(html: str) -> list[str]:
    """Return the ids of the folds, each once, in their order."""
    return list(dict.fromkeys(re.findall(r'href="do:fold/([0-9a-f]+)"', html)))


# --- code ----------------------------------------------------------------------------------------------------


def test_code_is_a_tinted_table_with_colours_and_its_language() -> None:
    html = html_of("```python\ndef f(): pass\n```")
    assert html.count("<table") == 1
    assert "#7a3e9d" in html  # a keyword
    assert ">Python</p>" in html
    assert html_of("```python\ndef f(): pass\n```", "dark") != html


def test_code_can_be_copied_as_it_is_written() -> None:
    line = "x" * 300
    block = blocks_of(f"> ```sh\n> {line}\n> ```\n> ```\n> second\n> ```")[0]
    assert block.codes == (line, "second")
    assert re.findall(r'href="do:copy/(\d+)"', block.html) == ["0", "1"]
    assert BREAK in block.html  # else the line would be wider than the page


# --- quotes, callouts, folds ---------------------------------------------------------------------------------


def test_quote_has_a_bar_and_nests() -> None:
    assert html_of("> a\n>> b").count('<td width="4"') == 2


def test_deep_quotes_do_not_nest_tables_for_ever() -> None:
    assert html_of(">" * 40 + " a").count("<table") <= 3
    assert html_of("> " * 11 + "```\n" + "> " * 11 + "a").count("<table") <= 3


def test_callout_takes_its_colour_mark_and_title() -> None:
    html = html_of("> [!warning] Mind *this*\n> body")
    assert "Mind <i>this</i>" in html
    assert "#fbf3e1" in html
    assert "math:sign-warning-" in html
    assert "[!" not in html
    assert "do:fold" not in html


def test_a_callout_without_a_title_says_its_kind_in_the_users_language() -> None:
    text = "> [!tip]\n> body"
    assert ">Tip</span>" in html_of(text)
    assert ">Совет</span>" in html_of(text, context=PageContext(words={"Tip": "Совет"}))


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("> [!note]- T\n> hidden words", False),
        ("> [!note]+ T\n> hidden words", True),
        ("<details><summary>T</summary>\n\nhidden *words*\n\n</details>", False),
        ("<details open><summary>T</summary>\n\nhidden *words*\n\n</details>", True),
    ],
)
def test_a_fold_is_turned_by_its_link(text: str, is_open: bool) -> None:
    html = html_of(text)
    (fold,) = folds_in(html)
    assert ("hidden" in html) is is_open
    assert ("hidden" in html_of(text, context=PageContext(toggled=frozenset((fold,))))) is not is_open


def test_folds_of_one_title_are_turned_apart() -> None:
    one = "> [!tip]- Same\n> first\n\nwords\n\n"
    text = one + one + "> [!tip]- Same\n> > [!tip]- Same\n> > inner\n"
    folds = folds_in(html_of(text))
    assert len(folds) == 3
    opened = html_of(text, context=PageContext(toggled=frozenset(folds[1:2])))
    assert opened.count("first") == 1
    inner = folds_in(html_of(text, context=PageContext(toggled=frozenset(folds[2:]))))
    assert len(inner) == 4


def test_a_fold_stays_the_same_while_the_text_around_it_and_in_it_is_written() -> None:
    fold = "> [!question]- Ответ\n> *42*\n"
    before = folds_in(html_of(f"# A\n\nwords\n\n{fold}\n> [!note]+ Other\n> x"))
    after = folds_in(html_of(f"# A new\n\nmore\n\nwords\n\n{fold}> and more\n\n> [!note]+ Other\n> xy"))
    assert before == after


def test_only_what_the_context_changed_is_drawn_anew() -> None:
    text = "a [[x]]\n\n> [!tip]- T\n> b\n\n![i](https://i.example/i.png)\n\n![[e]]\n\nc [[y]]\n"
    cache, drawn = BlockCache(), []

    def render(context: PageContext) -> tuple[HtmlBlock, ...]:
        drawn.clear()
        return render_blocks(text, cache=cache, before_block=drawn.append, context=context).blocks

    plain = render(EMPTY_CONTEXT)
    assert len(drawn) == 5
    fold = folds_in(plain[1].html)[0]
    changes = (
        PageContext(missing=frozenset(("x", "elsewhere"))),
        PageContext(toggled=frozenset((fold,))),
        PageContext(stored=frozenset(("https://i.example/i.png",))),
        PageContext({"e": Embedded("E", "text")}),
    )
    for place, context in enumerate(changes):
        shown = render(context)
        assert len(set(drawn)) == 1
        assert [a.key != b.key for a, b in zip(plain, shown, strict=True)] == [n == place for n in range(5)]
        assert [a.html != b.html for a, b in zip(plain, shown, strict=True)] == [n == place for n in range(5)]
        render(context)
        assert not drawn
    assert render(EMPTY_CONTEXT) == plain
    assert not drawn


# --- lists ---------------------------------------------------------------------------------------------------


def test_tasks_have_boxes_that_name_their_lines() -> None:
    block = blocks_of("- [ ] one\n- [x] two\n    - [ ] three\n- plain")[0]
    assert re.findall(r'href="do:task/(\d+)"', block.html) == ["0", "1", "2"]
    assert [image.source for image in block.images] == ["☐", "☑"]
    assert block.html.count("list-style-type:none") == 2
    assert block.html.count("list-style-type:disc") == 1  # the plain item keeps its bullet
    assert re.search(r'<span style="color:#66676f">two</span>', block.html)  # done is quiet


def test_a_task_in_a_later_block_counts_from_there() -> None:
    block = blocks_of("words\n\n1. [ ] a\n2. [x] b")[1]
    assert (block.first_line, re.findall(r"do:task/(\d+)", block.html)) == (2, ["0", "1"])
    assert "<ol" in block.html


def test_numbers_go_on_behind_a_cut_long_list() -> None:
    blocks = blocks_of("\n".join(f"{number}. item" for number in range(1, 120)))
    assert len(blocks) > 1
    assert 'start="' in blocks[1].html


def test_definitions_stand_to_the_right_of_their_term() -> None:
    html = html_of("Term\n: one\n: two\n\nwords")
    assert re.search(r"<span style=\"font-weight:600\">Term</span>", html)
    assert html.count("px 26px;") == 2


# --- images and embeds ---------------------------------------------------------------------------------------


def test_remote_image_is_a_card_with_its_host_that_fetches_it() -> None:
    html = html_of("![Scheme](https://img.example/x/a.png?b=1&c=2)")
    assert "img.example" in html
    assert "Scheme" in html
    assert 'src="http' not in html
    assert 'href="do:fetch/https%3A%2F%2Fimg.example%2Fx%2Fa.png%3Fb%3D1%26c%3D2"' in html


def test_a_fetched_image_is_shown_from_the_library() -> None:
    address = "https://img.example/x/a.png"
    context = PageContext(stored=frozenset((address,)))
    html = html_of(f"![Scheme]({address})\n\nand ![i]({address}) words", context=context)
    assert html.count('src="stored:https%3A%2F%2Fimg.example%2Fx%2Fa.png"') == 2
    assert "do:fetch" not in html


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("![[a.png|300]]", 'width="300"'),
        ("![[a.png|300x200]]", 'width="300" height="200"'),
        ("![words|300x200](a.png)", 'width="300" height="200"'),
        ("![300](a.png)", 'width="300"'),
        ("![[a.png|2000x1000]]", 'width="740" height="370"'),
    ],
)
def test_an_image_has_the_size_that_is_asked_for(text: str, size: str) -> None:
    html = html_of(text)
    assert size in html
    assert "|" not in html


def test_a_title_is_a_caption() -> None:
    assert ">Fig. 1</span></p>" in html_of('![x](a.png "Fig. 1")')


def test_local_image_is_an_attachment() -> None:
    assert 'src="attachment:pics/a%20b.png"' in html_of("![x](<pics/a b.png>)")


def test_an_embedded_section_stands_in_a_frame_one_level_deep() -> None:
    inner = "Inner *words* ![[other]]\n\n```\ncode\n```\n\n- [ ] task\n\n![[other]]"
    context = PageContext({"note#part": Embedded("Note › Part", inner), "other": Embedded("Other", "too deep")})
    block = blocks_of("![[note#part]]", context=context)[0]
    assert 'href="note:note#part"' in block.html
    assert "Note › Part" in block.html
    assert "Inner <i>words</i>" in block.html
    assert "too deep" not in block.html
    assert block.codes == ("code",)
    assert "do:task" not in block.html  # its lines are not this note's


def test_an_embed_that_leads_nowhere_says_so() -> None:
    context = PageContext({"x": Embedded("x", "", "No note is called “x”.")})
    assert "No note is called “x”." in html_of("![[x]]", context=context)
    assert "<table" in html_of("![[x]]")  # the frame is there before the library has answered


def test_a_long_embedded_text_is_cut_and_says_so() -> None:
    context = PageContext({"x": Embedded("x", "line of words\n\n" * 20_000)})
    html = html_of("![[x]]", context=context)
    assert len(html) < 300_000
    assert "Only the beginning is shown here." in html


# --- tables --------------------------------------------------------------------------------------------------


def test_cells_are_aligned() -> None:
    html = html_of("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert re.findall(r'<td align="(\w+)"', html) == ["left", "center", "right"] * 2


def test_only_a_wide_table_is_written_small_with_broken_words() -> None:
    narrow = html_of("| Показатель | Б |\n|---|---|\n| значение | 2 |")
    words = " | ".join(f"Достопримечательности{n}" for n in range(9))
    wide = html_of(f"| {words} |\n|{'---|' * 9}\n| {words} |")
    assert HYPHEN not in narrow
    assert "font-size" not in narrow
    assert HYPHEN in wide
    assert "font-size:14px" in wide


def test_a_huge_table_of_html_is_lines() -> None:
    html = html_of("<table>" + "<tr><td>one</td><td>two</td></tr>" * 700 + "</table>")
    assert "<td" not in html
    assert html.count("one | two") == 700


# --- the rest ------------------------------------------------------------------------------------------------


def test_links_that_lead_nowhere_look_different() -> None:
    context = PageContext(missing=frozenset(("Нет такой",)))
    html = html_of("[[Есть]] [[Нет такой]] [[Нет такой#Раздел|слова]] [x](https://x.example)", context=context)
    assert html.count("#b0533f") == 2


def test_links_to_places_that_are_not_there_look_different() -> None:
    context = PageContext(missing=frozenset(("Есть#Нет раздела", "Есть#^gone", "#Нет")))
    alive = "[[Есть]] [[Есть#Раздел]] [[#Тут]] [слова](#Тут) [[Другая#^gone]]"
    assert html_of(alive, context=context).count("#b0533f") == 0
    html = html_of(f"{alive} [[ Есть # Нет раздела |слова]] [[Есть#^gone]] [[#Нет|тут]]", context=context)
    assert html.count("#b0533f") == 3


def test_footnotes_lead_there_and_back() -> None:
    html = html_of("a[^x] b[^y] c[^x]\n\n[^x]: One\n[^y]: Two")
    for number in (1, 2):
        assert html.count(f'name="fn-{number}"') == html.count(f'name="fnref-{number}"') == 1
        assert html.count(f'href="#fnref-{number}"') == 1
    assert html.count('href="#fn-1"') == 2


def test_front_matter_is_a_small_block() -> None:
    html = html_of("---\ntitle: Name / Хабр\ndate: 2023-10-30\ntags: ['#one']\nmark: x\nsrc_hash: 77a0\n---\ntext")
    assert "2023-10-30" in html
    assert "#one" in html
    assert "mark" in html
    assert "77a0" not in html


def test_a_title_that_the_heading_does_not_say_is_a_property() -> None:
    assert "Other" in html_of("---\ntitle: Other\n---\n# Heading")
    assert "title" not in html_of("---\ntitle: Heading\ndate: 2020\n---\n# Heading")


def test_formula_is_a_picture_and_nonsense_stays_source() -> None:
    blocks = blocks_of("$a^2$ and $\\frac{$")
    assert len(blocks[0].images) == 1
    assert blocks[0].images[0].name in blocks[0].html


def test_money_and_words_are_no_formulas() -> None:
    assert is_formula("x + y")
    assert is_formula("\\text{если } x")
    assert not is_formula("4 млрд до 5")
    assert not is_formula("100 and then some more")


def test_heading_ids_are_slugs() -> None:
    assert 'name="обзор-рынка"' in html_of("## Обзор рынка")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rich_note_holds_what_a_page_can_show(theme: str) -> None:
    text = RICH.read_text(encoding="utf-8")
    html = html_of(text, theme)
    for sign in ("<sub>2", "<sup>2", "<s>вычеркнуто", "do:task/", "do:fetch/", "do:fold/", "fnref-2"):
        assert sign in html, sign
    assert len(folds_in(html)) == 3
    assert html.count("do:copy/0") == 4
    assert "Этого никто не видит" not in html
    assert not re.search(r"\[!|\[\[|==|~~|%%|\$", re.sub(r"<[^>]*>", "", html))
