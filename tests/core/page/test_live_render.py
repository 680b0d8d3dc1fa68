"""A rendering that follows edits is the rendering of the text."""

import random

from desktop.core.page.live_render import LiveRendering
from desktop.core.page.markdown import BlockCache, render_blocks
from tests.core.text.texts import random_edit, random_text


def test_a_rendering_follows_every_edit() -> None:
    cache, other = BlockCache(), BlockCache()
    for seed in range(60):
        draw = random.Random(seed)
        live, text = LiveRendering(cache), random_text(draw, 40, calm=seed % 2 == 0)
        for _ in range(12):
            theme = draw.choice(("light", "light", "light", "dark"))
            whole = render_blocks(text, theme=theme, cache=other).blocks
            assert live.render(text, theme, 16, lambda key: None) == whole, (seed, text)
            text = random_edit(draw, text, calm=seed % 2 == 0)
