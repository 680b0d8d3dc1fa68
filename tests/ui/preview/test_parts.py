"""A page that takes long is shown in parts: first words at once, the wanted place as soon as it is there."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import pytest

from desktop.core.page import render_worker
from desktop.core.page.markdown import render_blocks
from desktop.ui import render_process
from desktop.ui.render_process import Rendered, RenderProcess
from desktop.ui.workspace import LiveText, Workspace
from tests.ui.preview.conftest import Reader

Wait = Callable[..., None]
SLOW = "\n\n".join(f"slow *{number}*" for number in range(30))
LONG = "# Top\n\n" + "\n\n".join(f"Words of paragraph {number} and [link](#x).\n\n- a\n- b" for number in range(1600))


def slow_serve(pipe: object) -> None:
    """Serve, but take a while for every block that says so; hang at one that says that."""
    from desktop.core.page import live_render, markdown

    def slow_make(make, block, *rest):  # type: ignore[no-untyped-def]
        if "hang" in block.text and not rest[-1]:
            time.sleep(60)
        time.sleep(0.05 if "slow" in block.text else 0)
        return make(block, *rest)

    for module in (live_render, markdown):
        module.make_block = partial(slow_make, module.make_block)  # type: ignore[attr-defined]
    render_worker.serve(pipe)  # type: ignore[arg-type]


@pytest.fixture
def answers(app: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[RenderProcess, list[Rendered]]]:
    """Make a slow process, and collect what it tells."""
    monkeypatch.setattr(render_process, "serve", slow_serve)
    process = RenderProcess(deadline_s=0.6)
    found: list[Rendered] = []
    process.rendered.connect(found.append)
    yield process, found
    process.close()


def whole(found: list[Rendered]) -> bool:
    return bool(found) and not found[-1].is_preliminary


def test_a_new_page_comes_in_parts_that_only_grow(
    answers: tuple[RenderProcess, list[Rendered]], wait_until: Wait
) -> None:
    process, found = answers
    process.request(SLOW, "light", 16)
    wait_until(lambda: whole(found), 40)
    parts = [answer.rendering.blocks for answer in found]
    assert len(parts) > 2
    assert len(parts[0]) < 8  # the first after 0.12 s
    for before, after in pairwise(parts):
        assert before == after[: len(before)]
    assert parts[-1] == render_blocks(SLOW).blocks
    found.clear()
    process.request(SLOW.replace("*7*", "*seven*"), "light", 16)
    wait_until(lambda: whole(found), 40)
    assert len(found) == 1  # an edit of a page that was told whole is told whole
    process.request(SLOW.replace("slow", "slow and new"), "light", 16)
    wait_until(lambda: any(answer.is_partial for answer in found), 40)
    latest = process.request("Another.", "light", 16)  # ends the one at work
    wait_until(lambda: found[-1].revision == latest, 2)
    assert "Another." in found[-1].rendering.blocks[0].html


def test_a_block_that_hangs_behind_a_part_is_found(
    answers: tuple[RenderProcess, list[Rendered]], wait_until: Wait
) -> None:
    process, found = answers
    text = SLOW + "\n\n*hang*\n\n*fine*"
    process.request(text, "light", 16)
    wait_until(lambda: whole(found), 60)
    assert found[0].is_partial
    assert (found[-1].as_source, found[-1].whole_as_source) == (1, False)
    assert "*hang*" in found[-1].rendering.blocks[-2].html
    assert "<i>fine</i>" in found[-1].rendering.blocks[-1].html


def test_a_formula_does_not_keep_the_words_before_it(
    answers: tuple[RenderProcess, list[Rendered]], wait_until: Wait
) -> None:
    process, found = answers
    process.request("Words.\n\n$$slow^2$$\n\nMore.", "light", 16)
    wait_until(lambda: whole(found), 40)
    assert found[0].is_partial
    assert len(found[0].rendering.blocks) == 1


def test_the_beginning_of_a_long_text_comes_before_it_is_read(
    answers: tuple[RenderProcess, list[Rendered]], wait_until: Wait
) -> None:
    process, found = answers
    process.request("Short.", "light", 16)
    wait_until(lambda: whole(found), 40)
    found.clear()
    process.request(LONG, "light", 16)
    wait_until(lambda: bool(found), 20)
    assert found[0].is_partial
    count = len(found[0].rendering.blocks)
    wait_until(lambda: whole(found), 60)
    blocks = found[-1].rendering.blocks
    assert found[0].rendering.blocks == blocks[:count]
    assert 100 < count < len(blocks) // 4


def test_the_place_that_is_wanted_is_gone_to_and_kept_while_the_page_grows(
    reader: Reader, workspace: Workspace, wait_until: Wait
) -> None:
    panel = reader.panel
    reader.open("Short.")
    line = LONG[: LONG.index("Words of paragraph 1400 ")].count("\n")
    other = workspace.notebook.tree.create("Long", text="").created[0]
    panel.shown_revision = 0
    counts: list[int] = []
    panel.source.rendered.connect(lambda _answer: counts.append(panel.page.count))
    workspace.open_note(other)
    workspace.text_edited.emit(LiveText(other, 1, LONG))
    wait_until(lambda: "Words of paragraph 5 " in reader.words, 20)
    assert panel.shown_revision == 0
    assert not panel.page.complete
    panel.follow_line(line)
    wait_until(lambda: panel.shown_revision > 0 and panel.page.complete, 60)
    assert counts == sorted(counts)
    assert int(panel.top_line()) == line
    workspace.text_edited.emit(LiveText(other, 2, "Above.\n\n" + LONG))  # whole: nothing is taken away meanwhile
    counts.clear()
    wait_until(lambda: bool(counts) and panel.page.complete, 40)
    assert len(counts) == 1
    assert int(panel.top_line()) == line + 2
