"""Blocks of a text, and the ids by which links name them."""

import time

import pytest
from hypothesis import given, strategies as st

from desktop.core.text.blocks import block_at, find_block, is_block_id, new_block_id, scan_blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("words ^one1\n", {"one1": "words"}),
        ("a\nb ^one1\nc\n", {"one1": "a\nb"}),  # at a line's end
        ("before\n\na\nb\n^one1\n\nafter\n", {"one1": "a\nb"}),
        ("- x\n- y ^two2\n  - z ^three\n", {"two2": "- y", "three": "- z"}),
        ("- x\n  more ^two2\n- y\n", {"two2": "- x\n  more"}),
        ("1. x\n2. y\n\n^all-1\n", {"all-1": "1. x\n2. y"}),
        ("text\n- x\n\n  more\n- y\n\n^all-1\n", {"all-1": "- x\n\n  more\n- y"}),
        ("- x\n\n  y\n\n  ^in-1\n", {"in-1": "y"}),
        ("> a\n> b ^quoted\n", {"quoted": "> a\n> b"}),
        ("> a\n> b\n> ^quoted\n", {"quoted": "> a\n> b"}),
        ("> a\n> b\n\n^quoted\n", {"quoted": "> a\n> b"}),
        ("| a |\n|---|\n| 1 |\n\n^table\n", {"table": "| a |\n|---|\n| 1 |"}),
        ("```\nx ^in-code\n\ny\n```\n\n^code\n", {"code": "```\nx ^in-code\n\ny\n```"}),
        ("    x ^in-code\n    y\n\n^code\n", {"code": "    x ^in-code\n    y"}),
        ("$$\nx ^abc\n$$\n", {}),
        ("<!-- a ^abc\n-->\n%% b ^abd\n%%\n", {}),
        ("---\na: b ^abc\n---\nc ^abd\n", {"abd": "c"}),
        ("# Head ^abc\n", {"abc": "# Head"}),
        ("a ^abc \t\r\nb\r\n", {"abc": "a"}),
        ("x ^2\n\ny ^n\n\nz ^1024\n", {}),
        ("x^abc\n\n^abc\n", {"abc": "x^abc"}),
        ("^abc\n", {}),
        ("- ^abc\n", {}),
        ("a ^a_b\n\nb ^яяя\n\nc ^\n", {}),
        ("^abc\nwords\n", {}),
    ],
)
def test_named_blocks(text: str, blocks: dict[str, str]) -> None:
    assert {block.id: text[block.start : block.end] for block in scan_blocks(text)} == blocks
    for block_id, written in blocks.items():
        found = find_block(text, f"^{block_id.upper()}")
        assert found is not None
        assert text[found.start : found.end] == written
        assert text[found.end : found.mark_end].strip(" \n>") == f"^{block_id}"


def test_what_may_be_prose_is_found_when_asked_for() -> None:
    found = find_block("x ^2\n", "2")
    assert found is not None
    assert (found.start, found.end, found.mark_end) == (0, 1, 4)
    assert [is_block_id(written) for written in ("2", "n", "1024", "q1", "123456", "a-b")] == [False] * 3 + [True] * 3


@pytest.mark.parametrize(
    ("text", "inside", "block"),
    [
        ("one\ntwo\n\nthree\n", "two", "one\ntwo"),
        ("one\ntwo\n\nthree\n", "three", "three"),
        ("- a\n  b\n- c\n", "b", "- a\n  b"),
        ("# H\ntext\n", "text", "text"),
        ("# H\ntext\n", "H", "# H"),
        ("| a |\n|---|\n| 1 |\n", "1", "| a |\n|---|\n| 1 |"),
        ("> a\n> b\n\nc\n", "b", "> a\n> b"),
        ("```\na\n\nb\n```\nc\n", "b", "```\na\n\nb\n```"),
        ("words ^abc\n", "words", "words ^abc"),
    ],
)
def test_the_block_at_a_place(text: str, inside: str, block: str) -> None:
    start, end = block_at(text, text.index(inside))
    assert text[start:end] == block


def test_no_block_between_blocks() -> None:
    assert block_at("a\n\n\n\nb\n", 3) == (3, 3)
    assert block_at("", 0) == (0, 0)
    assert block_at("---\na: b\n---\n\nc\n", 5) == (5, 5)


def test_a_new_id_is_new() -> None:
    ids = {new_block_id("words") for _ in range(50)}
    assert len(ids) == 50
    assert all(len(found) == 6 and is_block_id(found) and found.isalnum() and found == found.lower() for found in ids)


@given(st.text(alphabet="^ab1-\n \t>|*`$%<!#\r.", max_size=120))
def test_blocks_lie_in_the_text(text: str) -> None:
    for block in scan_blocks(text):
        assert 0 <= block.start < block.end <= block.mark_end <= len(text)
        assert text[block.end : block.mark_end].endswith(f"^{block.id}")
        assert find_block(text, block.id) is not None
    for offset in range(len(text) + 1):
        start, end = block_at(text, offset)
        assert 0 <= start <= offset <= end <= len(text)


UNITS = (
    "a ^abc\n", "| a ^abc\n", "> a ^abc\n", "- a\n\n^abc\n\n", "  - a\n\n  ^abc\n\n",
    "^abc\n", "^abc\n\n", " ^abc ", "a\n\n\n",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_many_ids_cost_their_number(unit: str) -> None:
    def cost(size: int) -> float:
        text = "- x\n" * (size // 8) + unit * (size // len(unit))
        begin = time.process_time()
        scan_blocks(text)
        find_block(text, "nothing")
        block_at(text, size)
        return time.process_time() - begin

    cost(2_000)
    assert min(cost(40_000) for _ in range(2)) < 8 * max(cost(10_000), 0.02)
