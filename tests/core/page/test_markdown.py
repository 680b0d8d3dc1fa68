"""From Markdown as people write it to the HTML it means, block by block."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from desktop.core.markup.normalise import normalise
from desktop.core.page.markdown import BlockCache, render_blocks, to_html


def squeezed(html: str) -> str:
    """Return HTML without the white space between tags."""
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("text\n- a\n- b", "<p>text</p><ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b\n    - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ("1. a\n  - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("#hashtag here", "<p>#hashtag here</p>"),
        ("a\\\nb", "<p>a<br>\nb</p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("```py\nx < 1\n```", '<pre><code class="language-py">x &lt; 1</code></pre>'),
        ("```\nnever closed", "<pre><code>never closed</code></pre>"),
        ("~~gone~~ ==seen== H~2~O", "<p><del>gone</del><mark>seen</mark> H<sub>2</sub>O</p>"),
        ("a %%hidden%% b", "<p>a  b</p>"),
        ("%%\nhidden\n%%\nseen", "<p>seen</p>"),
        ("<!-- hidden\n\nstill --> seen", "<p>seen</p>"),
        ("- [ ] open\n- [x] done", "<ul><li>☐ open</li><li>☑ done</li></ul>"),
        ("C# and F#\n---", '<h2 id="c-and-f">C# and F#</h2>'),
        ("# C#", '<h1 id="c">C#</h1>'),
        ("Теория\n------", '<h2 id="теория">Теория</h2>'),
        ("more than $4 млрд and $5", "<p>more than $4 млрд and $5</p>"),
        ("$x^2$", '<p><span class="math">x^2</span></p>'),
        ("***", "<hr>"),
        ("1986\\. A great year", "<p>1986. A great year</p>"),
        ("[[Note#Part|label]]", '<p><a href="note:Note#Part">label</a></p>'),
        ("[here](#1)", '<p><a href="#1">here</a></p>'),
        ("[uni](#)", '<p><a href="note:uni">uni</a></p>'),
        ("![a](pics/x.png)", '<p><img alt="a" src="attachment:pics/x.png"></p>'),
        ("[a][b]\n\n[b]: https://x.example 'T'", '<p><a href="https://x.example" title="T">a</a></p>'),
        ("see https://x.example/a", '<p>see <a href="https://x.example/a">https://x.example/a</a></p>'),
    ],
)
def test_what_people_write(source: str, expected: str) -> None:
    assert squeezed(to_html(source)) == expected


def test_code_in_a_list_item_stays_in_it() -> None:
    html = squeezed(to_html("1. Do\n   ```sh\n   ls\n\n   pwd\n   ```\n2. Next"))
    assert html.count("<ol>") == 1
    assert '<pre><code class="language-sh">ls\n\npwd</code></pre>' in html


def test_table_right_after_text() -> None:
    html = squeezed(to_html("text\n| a | b |\n|:--|--:|\n| 1 | 2 |"))
    assert html.startswith("<p>text</p><table>")
    assert '<td align="right">2</td>' in html


def test_footnotes_are_numbered_in_reading_order() -> None:
    html = to_html("a[^z] b[^y]\n\n[^y]: second\n[^z]: first")
    assert html.index("#fn-1") < html.index("#fn-2")
    assert html.index("first") < html.index("second")


def test_remote_image_asks_the_network_for_nothing() -> None:
    html = to_html("![alt](https://img.example/a.png)")
    assert "<img" not in html
    assert "img.example" in html


def test_blocks_know_their_lines() -> None:
    text = "---\ndate: 2023-10-30\n---\n# A\n\npara\nmore\n\n- x\n- y\n\nend"
    lines = [(block.first_line, block.last_line) for block in render_blocks(text).blocks]
    assert lines == [(0, 2), (3, 3), (5, 6), (8, 9), (11, 11)]


def test_an_edit_makes_one_block_anew() -> None:
    cache = BlockCache()
    text = "# A\n\none\n\ntwo\n\n- x\n- y\n"
    render_blocks(text, cache=cache)
    made: list[str] = []
    render_blocks(text.replace("two", "three"), cache=cache, before_block=made.append)
    assert len(made) == 1


def test_a_definition_elsewhere_changes_the_block_that_uses_it() -> None:
    cache = BlockCache()
    first = render_blocks("[a]\n\n[a]: https://x.example", cache=cache)
    second = render_blocks("[a]\n\n[a]: https://y.example", cache=cache)
    assert first.blocks[0].key != second.blocks[0].key
    assert "y.example" in second.blocks[0].html


def test_a_block_can_be_asked_for_as_source() -> None:
    key = render_blocks("*a*").blocks[0].key
    assert render_blocks("*a*", as_source=frozenset((key,))).blocks[0].html == "<p>*a*</p>"


def test_a_long_list_is_cut_between_items() -> None:
    text = "\n".join(f"{number}. item {number}" for number in range(1, 131))
    blocks = render_blocks(text).blocks
    assert len(blocks) > 1
    assert sum(block.html.count("<li") for block in blocks) == 130
    assert 'start="41"' in blocks[1].html


def test_tasks_know_their_lines() -> None:
    """Count a task's line from its block's first, in every piece of a long list and however deep."""
    text = "intro\n\n" + "\n".join(f"- item {number}\n  - [x] task {number}" for number in range(60))
    lines = text.split("\n")
    seen = 0
    for block in normalise(text).blocks:
        assert block.kind != "list" or len(block.stash) <= block.text.count("task")
        for stashed in block.stash:
            assert (stashed.kind, stashed.text) == ("task", "x")
            assert "[x]" in lines[block.first_line + int(stashed.info)]
            seen += 1
    assert seen == 60


def test_folds_of_callouts_are_kept() -> None:
    kinds = [normalise(f"> [!Tip]{fold} T\n> x").blocks[0].stash[0].info for fold in ("", "-", "+")]
    assert kinds == ["tip", "tip-", "tip+"]


def test_an_edit_in_a_long_list_changes_one_piece() -> None:
    text = "\n".join(f"- item {number} `x`\n  ```\n  code {number}\n  ```" for number in range(80))
    before, after = normalise(text).blocks, normalise(text.replace("code 7\n", "other\n")).blocks
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@given(st.text(alphabet="-*_+>#`~|:=$[]()!<>&\\ \n\tab1.²жё\u00a0^%", max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_renders_with_ordered_lines(text: str) -> None:
    total = text.count("\n") + 1
    before = -1
    for block in normalise(text).blocks:
        assert before <= block.first_line <= block.last_line < total
        before = block.first_line
    render_blocks(text)


def test_seeds(corpus: Path) -> None:
    digest = (corpus / "seeds" / "digest.md").read_bytes().decode()
    html = to_html(digest)
    assert html.count("<h2") == 7
    assert html.count("<h3") == 20
    assert "<img" not in html
    assert html.count("remote-image") == 8
    assert html.count('href="#') == 6
    lecture = to_html((corpus / "seeds" / "lecture.md").read_bytes().decode())
    assert '<a href="note:uni">uni</a>' in lecture


def test_the_whole_corpus_renders(corpus: Path) -> None:
    for file in sorted(corpus.rglob("*.md")):
        text = file.read_bytes().decode("utf-8", "replace")
        assert render_blocks(text).blocks or not text.strip()


@pytest.mark.parametrize(
    "source",
    ["[" * 10_000, "[" * 5_000 + "]" * 5_000, "[a](" * 2_500, "![" * 5_000, "[[" * 5_000, "<a " * 3_000,
     "<![CDATA[" * 1_000,
     ">" * 10_000, "- " * 5_000, "*a " * 3_000, "`" * 10_000, "<div>" * 2_000, "> - " * 2_500, "$" * 10_000],
)  # fmt: skip
def test_tangled_text_is_quick(source: str) -> None:
    begun = time.process_time()
    render_blocks(source)
    assert time.process_time() - begun < 1.4
