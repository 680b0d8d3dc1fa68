"""The render process answers the newest request, and a text that hangs does not hang the window."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from desktop.core.page import render_worker
from desktop.ui import render_process
from desktop.ui.render_process import Rendered, RenderProcess

Wait = Callable[..., None]


@pytest.fixture
def process(app: object) -> Iterator[RenderProcess]:
    """Make a process; it starts with the first request."""
    process = RenderProcess(deadline_s=0.6)
    yield process
    process.close()


@pytest.fixture
def answers(process: RenderProcess) -> list[Rendered]:
    """Collect what is rendered."""
    found: list[Rendered] = []
    process.rendered.connect(lambda answer: None if answer.is_preliminary else found.append(answer))
    return found


def test_the_newest_text_is_rendered(process: RenderProcess, answers: list[Rendered], wait_until: Wait) -> None:
    for number in range(30):
        process.request(f"text {number}\n\nsame", "light", 16)
    wait_until(lambda: bool(answers) and answers[-1].revision == process.latest, 40)
    assert "text 29" in answers[-1].rendering.blocks[0].html
    process.request("text 30\n\nsame", "light", 16)
    wait_until(lambda: answers[-1].revision == process.latest, 20)
    assert "same" in answers[-1].rendering.blocks[1].html  # sent once, shown twice


def hanging_serve(pipe: object) -> None:
    """Serve, but hang at a block that says so."""
    from desktop.core.page import live_render

    make = live_render.make_block

    def slow_make(block, *rest):  # type: ignore[no-untyped-def]
        if "hang" in block.text and not rest[-1]:
            time.sleep(60)
        return make(block, *rest)

    live_render.make_block = slow_make
    render_worker.serve(pipe)  # type: ignore[arg-type]


def test_a_block_that_hangs_is_shown_as_written(
    process: RenderProcess, answers: list[Rendered], wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_process, "serve", hanging_serve)
    process.request("*good*\n\n*hang*\n\n*fine*", "light", 16)
    wait_until(lambda: bool(answers), 60)
    html = [block.html for block in answers[0].rendering.blocks]
    assert answers[0].as_source == 1
    assert "<i>good</i>" in html[0]
    assert "*hang*" in html[1]
    assert "<i>fine</i>" in html[2]


def test_a_text_that_hangs_again_and_again_is_shown_whole(
    process: RenderProcess, answers: list[Rendered], wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_process, "serve", hanging_serve)
    process.request("\n\n".join(f"hang {number}" for number in range(6)), "light", 16)
    wait_until(lambda: bool(answers), 90)
    assert answers[0].whole_as_source
    assert "hang 5" in "".join(block.html for block in answers[0].rendering.blocks)


def test_the_window_never_imports_the_converter() -> None:
    code = (
        "import sys; import desktop.ui.preview.preview_panel as p; "
        "print(sorted(m for m in ('markdown','nh3','pygments','mathra') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_the_process_imports_no_qt() -> None:
    code = (
        "import sys; import desktop.core.page.render_worker, desktop.core.page.markdown; "
        "print([m for m in sys.modules if 'PySide' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_a_text_that_takes_long_to_read_is_drawn(
    process: RenderProcess, answers: list[Rendered], wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.request("Ready?", "light", 16)
    wait_until(lambda: bool(answers), 40)
    monkeypatch.setattr(render_process, "READING_S", 2e-6)  # as on a machine slower than anybody thought
    process.request("- item\n" * 30_000, "light", 16)
    wait_until(lambda: answers[-1].revision == process.latest, 40)
    assert not answers[-1].whole_as_source
    assert "<li" in answers[-1].rendering.blocks[0].html
