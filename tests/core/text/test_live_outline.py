"""An outline that follows edits is the outline of the text."""

import random

from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.live_outline import LiveOutline
from desktop.core.text.outline import scan_sections
from tests.core.text.texts import random_edit, random_text


def test_an_outline_follows_every_edit() -> None:
    for seed in range(250):
        draw = random.Random(seed)
        calm = seed % 2 == 0
        outline, text = LiveOutline(), random_text(draw, calm=calm)
        for _ in range(25):
            assert outline.read(text) == scan_sections(text, read_front_matter(text).end), (seed, text)
            text = random_edit(draw, text, calm) if draw.random() < 0.97 else random_text(draw).replace("\n", "\r\n")
