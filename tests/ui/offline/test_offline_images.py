"""A run: what the user asked for comes into the library, checked and once; nothing else is sent, asked or kept."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from desktop.core.records import Changes
from desktop.ui.offline.fetching import Limits
from desktop.ui.offline.offline_images import OfflineImages, Run, file_name
from desktop.ui.workspace import Workspace
from tests.ui.offline.conftest import BODIES, Server

Wait = Callable[..., None]
LIMITS = Limits(image_bytes=2_000_000, stall_ms=1_500, whole_ms=3_000)


@pytest.fixture
def images(workspace: Workspace) -> Iterator[OfflineImages]:
    images = OfflineImages(workspace)
    images.limits = LIMITS
    yield images
    images.stop()


@pytest.fixture
def fetch(images: OfflineImages, wait_until: Wait) -> Callable[..., Run]:
    """Return a function that fetches addresses to the end and returns what came of it."""

    def run(*addresses: str) -> Run:
        ended: list[Run] = []
        images.finished.connect(ended.append)
        images.fetch(addresses)
        wait_until(lambda: bool(ended), 10)
        images.finished.disconnect(ended.append)
        return ended[0]

    return run


def messages(run: Run) -> dict[str, str]:
    """Return what was said of each address, by the last part of it."""
    return {line.path.rpartition("/")[2]: line.message for line in run.refused}


def test_an_image_comes_whole_with_its_address_and_everybody_is_told(
    workspace: Workspace, server: Server, fetch: Callable[..., Run]
) -> None:
    told: list[Changes] = []
    workspace.changed.connect(told.append)
    run = fetch(server.url("good.png"))
    assert (run.stored, run.total, run.refused, run.bytes_stored) == (1, 1, [], len(BODIES["good.png"]))
    kept = workspace.notebook.attachments.by_address(server.url("good.png"))
    assert kept is not None
    assert (kept.data, kept.mime, kept.name) == (BODIES["good.png"], "image/png", "good.png")
    assert [changes.attachments for changes in told] == [True]


def test_nothing_is_sent_but_the_question(server: Server, fetch: Callable[..., Run]) -> None:
    address = server.url("good.png").replace("//", "//me:secret@", 1)
    fetch(address, server.url("other.png"), server.url("other.png") + "#part")
    for _path, headers in server.asked:
        assert set(headers) <= {"Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Connection"}
        assert headers["User-Agent"].startswith("Konspekt/")
        assert headers["Accept-Language"] == "*"
        assert headers["Accept-Encoding"] == "identity"
    assert len(server.asked) == 3


def test_the_same_bytes_at_two_addresses_are_stored_once_and_found_by_both(
    workspace: Workspace, server: Server, fetch: Callable[..., Run]
) -> None:
    first, second = server.url("good.png"), server.url("twin.png")
    assert fetch(first, second, first).stored == 2
    found = [workspace.notebook.attachments.by_address(address) for address in (first, second)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].sha256 == found[1].sha256
    assert workspace.notebook.attachments.stored([first, second]) == {first, second}


def test_redirects_are_followed_on_the_web_only_and_not_for_ever(
    workspace: Workspace, server: Server, fetch: Callable[..., Run]
) -> None:
    run = fetch(*(server.url(path) for path in ("to-good", "to-file", "to-data", "round", "to-404")))
    assert run.stored == 1
    assert workspace.notebook.attachments.by_address(server.url("to-good")) is not None
    assert workspace.notebook.attachments.by_address(server.url("good.png")) is None  # the note names the other
    said = messages(run)
    assert said["to-file"] == said["to-data"] == "The address is forwarded to a place that is not followed."
    assert said["round"] == "The address is forwarded more than 5 times."
    assert said["to-404"] == "The server answered with error 404."
    assert server.paths.count("round") == 6


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("declared-large.png", "The image is larger than 2 MB."),
        ("endless.png", "The image is larger than 2 MB."),
        ("hanging.png", "The server takes too long."),
        ("dripping.png", "The server takes too long."),
        ("cut.png", "The connection was cut before the end."),
        ("nothing.png", "The server answered with error 404."),
        ("secret.png", "The server asks for a password."),
        ("page.png", "The server sent a web page, not an image."),
        ("words.png", "This is no image of a kind that can be shown."),
        ("half.png", "The image is damaged."),
        ("bomb.png", "The image has too many pixels (30000 × 30000)."),
        ("scripted.svg", "The drawing holds more than shapes and words, so it was refused."),
    ],
)
def test_what_is_wrong_is_said_and_not_kept(
    workspace: Workspace, server: Server, fetch: Callable[..., Run], path: str, sentence: str
) -> None:
    run = fetch(server.url(path), server.url("good.svg"))
    assert messages(run) == {path: sentence}
    assert run.stored == 1
    assert len(workspace.notebook.attachments.list()) == 1
    assert server.paths.count(path) == 1  # never asked again by itself


def test_without_a_network_everything_says_so(
    workspace: Workspace, server: Server, fetch: Callable[..., Run]
) -> None:
    server.server_close()
    run = fetch(server.url("good.png"), "http://nowhere.invalid/x.png", "file:///etc/passwd", "http://")
    assert run.stored == 0
    said = [line.message for line in run.refused]
    assert sorted(set(said)) == ["The server cannot be reached.", "This is no address of the web."]
    assert workspace.notebook.attachments.list() == []


def test_stopped_in_the_middle_what_is_stored_stays_and_nothing_more_comes(
    workspace: Workspace, server: Server, images: OfflineImages, wait_until: Wait
) -> None:
    ended: list[Run] = []
    images.finished.connect(ended.append)
    images.limits = replace(LIMITS, stall_ms=9_000, whole_ms=9_000)
    images.fetch([server.url("good.png"), *(server.url(f"hanging{number}") for number in range(9))])
    wait_until(lambda: images._run.stored == 1 and server.at_once >= 3)
    images.stop()
    wait_until(lambda: bool(ended))
    assert (ended[0].stopped, ended[0].stored, ended[0].refused) == (True, 1, [])
    assert not images.running
    assert len(workspace.notebook.attachments.list()) == 1
    assert len(server.asked) <= 5
    server.let_go.set()
    images.fetch([server.url("other.png")])  # and the next run is one of its own
    wait_until(lambda: len(ended) == 2 and not server.at_once)
    QTest.qWait(50)
    assert len(workspace.notebook.attachments.list()) == 2  # what hung has answered by now, and nobody listened
    assert (ended[1].stopped, ended[1].stored, ended[1].total) == (False, 1, 1)


def test_few_are_asked_for_at_once_and_a_click_joins_the_run(
    server: Server, images: OfflineImages, wait_until: Wait
) -> None:
    ended: list[Run] = []
    images.finished.connect(ended.append)
    images.fetch([server.url(f"brief{number}") for number in range(10)])
    images.fetch([server.url("good.png"), server.url("brief3")])
    wait_until(lambda: bool(ended))
    assert (ended[0].total, ended[0].stored) == (11, 11)
    assert len(server.asked) == 11
    assert server.most_at_once <= 4


def test_a_run_ends_when_it_fetched_enough(server: Server, images: OfflineImages, fetch: Callable[..., Run]) -> None:
    images.limits = replace(LIMITS, at_once=1, run_bytes=1)
    run = fetch(server.url("good.png"), server.url("other.png"))
    assert run.stored == 1
    assert messages(run)["other.png"].startswith("Left out:")
    assert server.paths == ["good.png"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://a.example/x/plot.png?size=2#f", "plot.png"),
        ("https://a.example/x/plot", "plot.png"),
        ("https://a.example/", "image.png"),
        ("https://a.example/%D1%80%D0%B8%D1%81.PNG", "рис.PNG"),
        ("https://a.example/..%2F..%5Cetc%00.png", "_etc.png"),
        ("https://a.example/" + "x" * 500, "x" * 120 + ".png"),
    ],
)
def test_a_copy_has_a_plain_name(address: str, name: str) -> None:
    assert file_name(address, (".png",)) == name
