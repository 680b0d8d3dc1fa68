"""What QTextDocument is given: boxes as tables, quiet cards for remote images, formulas as pictures."""

from desktop.core.text.markdown import render_blocks
from desktop.core.text.math import draw, is_formula


def html_of(text: str, theme: str = "light") -> str:
    """Return the HTML of a text's blocks."""
    return "".join(block.html for block in render_blocks(text, theme=theme).blocks)


def test_code_is_a_tinted_table_with_colours() -> None:
    html = html_of("```python\ndef f(): pass\n```")
    assert html.count("<table") == 1
    assert "#7a3e9d" in html  # a keyword
    assert html_of("```python\ndef f(): pass\n```", "dark") != html


def test_quote_has_a_bar_and_nests() -> None:
    html = html_of("> a\n>> b")
    assert html.count('<td width="4"') == 2


def test_deep_quotes_do_not_nest_tables_for_ever() -> None:
    html = html_of(">" * 40 + " a")
    assert html.count("<table") <= 3


def test_callout_takes_its_colour_and_title() -> None:
    html = html_of("> [!warning] Mind *this*\n> body")
    assert "Mind <i>this</i>" in html
    assert "#fbf3e1" in html
    assert "[!" not in html


def test_remote_image_is_a_card_with_its_host() -> None:
    html = html_of("![Scheme](https://img.example/x/a.png)")
    assert "img.example" in html
    assert "Scheme" in html
    assert 'src="http' not in html


def test_local_image_is_an_attachment() -> None:
    assert 'src="attachment:pics/a%20b.png"' in html_of("![x](<pics/a b.png>)")


def test_front_matter_is_a_small_block() -> None:
    html = html_of("---\ntitle: Name / Хабр\ndate: 2023-10-30\ntags: ['#one']\nsecret: x\n---\ntext")
    assert "2023-10-30" in html
    assert "#one" in html
    assert "secret" not in html


def test_formula_is_a_picture_and_nonsense_stays_source() -> None:
    blocks = render_blocks("$a^2$ and $\\frac{$").blocks
    assert len(blocks[0].images) == 1
    assert blocks[0].images[0].name in blocks[0].html
    assert draw("\\begin{matrix}" + "a\\\\" * 60 + "\\end{matrix}", 16, "#000000", True) is None


def test_money_and_words_are_no_formulas() -> None:
    assert is_formula("x + y")
    assert is_formula("\\text{если } x")
    assert not is_formula("4 млрд до 5")
    assert not is_formula("100 and then some more")


def test_heading_ids_are_slugs() -> None:
    assert 'name="обзор-рынка"' in html_of("## Обзор рынка")
