"""Blocks that follow edits are the blocks of the text."""

import random
from dataclasses import replace

import pytest

from desktop.core.text import live_page
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.live_page import LivePage
from desktop.core.text.normalise import NormalBlock, normalise
from tests.core.text.texts import random_edit, random_text


def moved(block: NormalBlock, shift: int) -> NormalBlock:
    return replace(
        block,
        first_line=block.first_line + shift,
        last_line=block.last_line + shift,
        line_map=tuple(line + shift for line in block.line_map),
    )


@pytest.mark.parametrize("ahead", [1_000, 3])
def test_blocks_follow_every_edit(ahead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_page, "_AHEAD", ahead)
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
