"""Blocks that follow edits are the blocks of the text."""

import random
from dataclasses import replace

import pytest

from desktop.core.markup import containers
from desktop.core.markup.line_rules import TIGHT
from desktop.core.markup.normalise import NormalBlock, normalise
from desktop.core.page import live_page
from desktop.core.page.live_page import LivePage
from desktop.core.text.frontmatter import read_front_matter
from tests.core.text.texts import random_edit, random_text


def moved(block: NormalBlock, shift: int) -> NormalBlock:
    return replace(
        block,
        first_line=block.first_line + shift,
        last_line=block.last_line + shift,
        line_map=tuple(line + shift for line in block.line_map),
    )


@pytest.mark.parametrize(("ahead", "items"), [(1_000, 1_000), (3, 2)])
def test_blocks_follow_every_edit(ahead: int, items: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_page, "_AHEAD", ahead)
    monkeypatch.setattr(containers, "LIST_AT_ONCE", items)
    for seed in range(200):
        draw = random.Random(seed)
        calm = seed % 3 > 0
        page, text = LivePage(), random_text(draw, draw.choice((5, 40, 200)), calm)
        for _ in range(25):
            start = read_front_matter(text).end
            page.read(text, start)
            whole, live = normalise(text, start), page.page()
            assert tuple(moved(b, shift) for r, shift in page.placed() for b in r.blocks) == whole.blocks, (seed, text)
            assert (live.references, live.footnotes) == (whole.references, whole.footnotes), (seed, text)
            text = random_edit(draw, text, calm) if draw.random() < 0.97 else random_text(draw).replace("\n", "\r\n")


@pytest.mark.parametrize("items", ["- item\n" * 5_000, "".join(f"{number}. item\n" for number in range(1, 5_001))])
def test_a_long_list_is_read_in_parts(items: str) -> None:
    page = LivePage()
    page.read("Text.\n\n" + items, 0)
    assert len(list(page.placed())) == 6
    last = page.page().blocks[-1].text.replace(TIGHT, "")
    assert last.endswith("\n\n5000. item" if items[0] == "1" else "\n\n- item")
    assert page.page().blocks == normalise("Text.\n\n" + items).blocks


def test_a_list_that_counts_by_its_lines_keeps_its_numbers() -> None:
    page = LivePage()
    page.read("1. item\n" * 1_500, 0)
    assert page.page().blocks[-1].text.replace(TIGHT, "").endswith("\n\n1500. item")


def test_reading_that_is_stopped_is_begun_anew() -> None:
    page, text = LivePage(), "- a\n\nb\n\n" * 10
    page.read(text, 0)

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        page.read(text.replace("b", "c", 1), 0, stop)
    page.read(text, 0)
    assert page.page().blocks == normalise(text).blocks
