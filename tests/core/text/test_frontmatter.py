"""Front matter is read as strings, within limits, and never at the cost of the text."""

import time

import pytest
from hypothesis import given, strategies as st

from desktop.core.text.frontmatter import MAX_KEYS, read_front_matter


def values(block: str) -> dict[str, object]:
    return dict(read_front_matter(f"---\n{block}\n---\nbody\n").values)


def test_digest_block() -> None:
    text = (
        "---\naliases:\n- https://example.org/a/\n- https://example.org/a/?utm=1&x=2\n"
        "title: Обзор рынка / Хабр\ndate: 2023-10-30\nsrc_date: '2023-10-30 18:07:00'\ntags:\n- '#host'\n---\n\nТекст"
    )
    found = read_front_matter(text)
    assert found.problem == ""
    assert text[found.end :] == "\nТекст"
    assert found.values == {
        "aliases": ("https://example.org/a/", "https://example.org/a/?utm=1&x=2"),
        "title": "Обзор рынка / Хабр",
        "date": "2023-10-30",
        "src_date": "2023-10-30 18:07:00",
        "tags": ("#host",),
    }


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("a: no", {"a": "no"}),
        ("a: 010", {"a": "010"}),
        ("A: x", {"a": "x"}),
        ("a:", {"a": ""}),
        ("a: # nothing", {"a": ""}),
        ("a: b # said", {"a": "b"}),
        ("a: b #tag", {"a": "b #tag"}),
        ("tags: #x", {"tags": "#x"}),
        ("tags:\n- #x\n- y", {"tags": ("#x", "y")}),
        ("tags:\n  - x\n  - 'y z'", {"tags": ("x", "y z")}),
        ("tags: [a, 'b, c', \"d\"]", {"tags": ("a", "b, c", "d")}),
        ("tags: [\n  a,\n  b\n]", {"tags": ("a", "b")}),
        ("tags: []", {"tags": ()}),
        ("a: 'it''s'", {"a": "it's"}),
        ('a: "say \\"x\\" \\u0410"', {"a": 'say "x" А'}),
        ("a: http://x.y:80/z", {"a": "http://x.y:80/z"}),
        ("'quoted key': x", {"quoted key": "x"}),
        ("a: |\n  one\n  two\nb: c", {"a": "one\ntwo", "b": "c"}),
        ("a: >\n  one\n  two", {"a": "one two"}),
        ("a: one\n  two", {"a": "one two"}),
        ("a:\n  b: c\n  d:\n    e: f\ng: h", {"a.b": "c", "a.d.e": "f", "g": "h"}),
        ("up: [[Note]]", {"up": "[[Note]]"}),
        ("ключ: значение", {"ключ": "значение"}),
        ("a: &x y\nb: *x", {"a": "&x y", "b": "*x"}),
        ("# comment\na: b", {"a": "b"}),
    ],
)
def test_values(block: str, expected: dict[str, object]) -> None:
    assert values(block) == expected


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_and_byte_order_mark(start: str, line_end: str) -> None:
    text = start + line_end.join(["---", "a: b", "c:", "- d", "---", "body"])
    found = read_front_matter(text)
    assert found.values == {"a": "b", "c": ("d",)}
    assert text[found.end :] == "body"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "--- a\n",
        "----\na: b\n----\n",
        "\n---\na: b\n---\n",
        "---\n\nprose\n\n---\n",
        "a: b\n---\n",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert read_front_matter(text).end == 0
    assert not read_front_matter(text).values


def test_empty_block() -> None:
    assert read_front_matter("---\n---\nx").end == 8


@pytest.mark.parametrize(
    "text",
    [
        "---\na: b\nno closing line",
        "---\na: b\nneither key nor value\n---\n",
        "---\na: [b, c\n---\n",
        '---\na: "b\n---\n',
        "---\na: " + "[" * 50_000 + "\n---\n",
        "---\n" + "".join(f"k{n}: v\n" for n in range(MAX_KEYS + 5)) + "---\n",
        "---\n" + "".join(f"{' ' * n}k:\n" for n in range(20)) + "---\n",
        "---\na: b\nc: " + "x" * 70_000 + "\n---\n",
    ],
)
def test_broken_block_is_told(text: str) -> None:
    found = read_front_matter(text)
    assert found.problem
    assert len(found.values) <= MAX_KEYS
    assert 0 <= found.end <= len(text)


def test_problem_keeps_the_rest() -> None:
    found = read_front_matter("---\ntitle: T\n???\ntags: [a]\n---\n")
    assert found.values == {"title": "T", "tags": ("a",)}


def test_a_megabyte_is_quick() -> None:
    begin = time.process_time()
    blocks = ["[" * 1_000_000, "- a\n" * 250_000, "a: [\n" * 200_000, '"' * 1_000_000, "a: '" + "\\'" * 500_000]
    for block in blocks:
        read_front_matter(f"---\n{block}\n---\n")
    assert time.process_time() - begin < 5


@given(st.text(alphabet="ab:-[]{},'\"#|> \n\r\t&*!\\я", max_size=300))
def test_never_raises(block: str) -> None:
    text = f"---\n{block}\n---\nbody"
    found = read_front_matter(text)
    assert found.end == 0 or text[: found.end].rstrip("\r\n").endswith(("---", "..."))
    for key, value in found.values.items():
        assert key == key.lower()
        assert isinstance(value, str) or all(isinstance(item, str) for item in value)


KEYS = st.text(alphabet="abcxyz", min_size=1, max_size=8)
VALUES = st.text(alphabet="aя1 ,.;:!?()-[]{}#&*|>%@", max_size=30)


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_quoted_values_come_back(written: dict[str, str]) -> None:
    block = "\n".join(f"{key}: '{value}'" for key, value in written.items()) or "# none"
    assert values(block) == written
