"""Damage, full disks, work cut short: search goes on, and the next run of indexing mends the index."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, LibraryError
from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import NoteId, NoteKind, Progress
from desktop.core.search import job
from desktop.core.search.index import LOCK, STAMP, IndexFolder, IndexLost
from desktop.core.search.indexer import MOST_DEATHS
from desktop.core.search.search import Search

Write = Callable[..., NoteId]
QUERIES = (
    "модель", '"цена ошибки"', "мод*", "title:лекция kind:lecture", "tag:ml OR date:2023-10", "in:uni цена -ёлка",
    "has:task ghbdtn",
)  # fmt: skip

Answers = dict[str, list[set[NoteId]]]
Damage = Callable[[Path, random.Random], None]


@pytest.fixture(autouse=True)
def no_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a look through the texts take its time: what a busy machine has not found by then is not lost."""
    monkeypatch.setattr("desktop.core.search.search.SCAN_SECONDS_TYPING", 60.0)
    monkeypatch.setattr("desktop.core.search.search.SCAN_SECONDS", 60.0)


@pytest.fixture
def layered(small: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch) -> Notebook:
    """Return a library whose index has three segments, two of them with dead documents."""
    monkeypatch.setattr("desktop.core.search.index.FEW_SMALL", 3)
    extra = [write(f"Добавка {number}", f"модель и цена, добавка{number}\n\n- [ ] дело\n") for number in range(8)]
    small.search.index_now()
    for note_id in extra[:3]:
        small.notes.save(note_id, "модель стала другой, цена ошибки прежняя", small.tree.head(note_id).version)
    first = small.search.query("ёлка").hits[0].id
    small.notes.save(first, "Зелёная ёлка и модель", small.tree.head(first).version)
    small.search.index_now()
    parts = IndexFolder(small.index_folder, small.uuid).open().parts
    assert len(parts) == 3
    assert sum(bool(part.dead) for part in parts) == 2
    return small


def answers(search: Search) -> Answers:
    """Return what every query finds, asked in every way there is."""
    found: Answers = {}
    for text in QUERIES:
        result, quick = search.query(text), search.typing(text)
        search.passages(result, [hit.id for hit in result.hits[:3]])
        found[text] = [{hit.id for hit in result.hits[: result.exact]}, {hit.id for hit in quick.hits}]
    search.facets("модель")
    search.explain("модель", NoteId(2))
    return found


def files_of(folder: Path) -> list[Path]:
    """Return every file of an index, relative to its folder; Whoosh's lock and ours hold nothing."""
    found = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [path for path in found if path.name != LOCK and not path.name.endswith("_WRITELOCK")]


def empty(path: Path, _chance: random.Random) -> None:
    path.write_bytes(b"")


def halve(path: Path, _chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def take_away(path: Path, _chance: random.Random) -> None:
    path.unlink()


def put_folder(path: Path, _chance: random.Random) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def put_link(path: Path, _chance: random.Random) -> None:
    outside = next(above for above in path.parents if above.name == "index") / f"outside {path.name}"
    path.rename(outside)
    path.symlink_to(outside)


def lengthen(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(17))


def put_noise(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(path.stat().st_size))


def flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def mended(notebook: Notebook, folder: Path) -> Search:
    """Index, and return a search that opens what was written; the folder holds just that."""
    Search(notebook._database, folder).index_now()
    home = IndexFolder(folder, notebook.uuid)
    generation = home.open()
    home.verify(generation.stamp)
    assert generation.versions() == notebook.notes.versions()
    assert {path.name for path in files_of(folder)} == {STAMP, *generation.stamp.files}
    assert {path.name for path in folder.iterdir()} == {STAMP, LOCK, generation.stamp.build}
    return Search(notebook._database, folder)


@pytest.mark.parametrize("damage", [empty, halve, take_away, put_folder, put_link, lengthen])
def test_a_file_that_is_not_as_it_was_is_seen_at_once(layered: Notebook, tmp_path: Path, damage: Damage) -> None:
    expected = answers(layered.search)
    assert sum(len(found) for found, _quick in expected.values()) > 20
    folder = tmp_path / "index" / "damaged"
    chance = random.Random(5)
    for file in files_of(layered.index_folder):
        if damage is put_link and not hasattr(os, "symlink"):
            continue
        shutil.rmtree(folder.parent, ignore_errors=True)
        shutil.copytree(layered.index_folder, folder)
        size = (folder / file).stat().st_size
        damage(folder / file, chance)
        if not size and damage in (empty, halve):
            continue  # nothing was damaged
        assert answers(Search(layered._database, folder)) == expected, file
        assert answers(mended(layered, folder)) == expected, file
        if damage is put_link:
            assert next(folder.parent.rglob("outside*")).is_file(), "it followed the link and removed what is there"


@pytest.mark.parametrize("damage", [flip, put_noise])
@pytest.mark.parametrize("seed", range(int(os.environ.get("KONSPEKT_DAMAGES", "1"))))
def test_another_content_is_seen_by_the_next_run(layered: Notebook, tmp_path: Path, damage: Damage, seed: int) -> None:
    expected = answers(layered.search)
    folder = tmp_path / "damaged"
    chance = random.Random(seed)
    build = IndexFolder(layered.index_folder, layered.uuid).stamp().build
    for file in files_of(layered.index_folder):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(layered.index_folder, folder)
        if not (folder / file).stat().st_size:
            continue
        damage(folder / file, chance)
        answers(Search(layered._database, folder))  # may miss something, and does not fail
        search = mended(layered, folder)
        assert answers(search) == expected, file
        if file.name != STAMP:
            assert IndexFolder(folder, layered.uuid).stamp().build != build, f"{file} was not noticed"


STAMPS: list[object] = [
    {"generation": 10**400}, {"generation": -1}, {"generation": True}, {"generation": 1.5}, {"generation": None},
    {"build": "x" * 32}, {"build": "../" * 8}, {"build": ["x"] * 32}, {"build": "/" * 32}, {"build": "0" * 100_000},
    {"files": {}}, {"files": {"../../x": [1, "x"]}}, {"files": {"x": 5}}, {"files": {"x": [10**400, "x"]}},
    {"files": {"x\0y": [1, "x"]}}, {"files": []}, {"files": {str(n): [1, "x"] for n in range(50_000)}},
    {"segments": {}}, {"segments": [["x"]]}, {"segments": ["../x"]}, {"segments": None}, {"segments": "MAIN"},
    {"schema": "1"}, {"library": None}, {"whoosh": [2, 7, 4]}, {"more": 1}, {"analyzer": {}},
]  # fmt: skip


@pytest.mark.parametrize("change", STAMPS, ids=lambda change: str(change)[:40])
def test_a_stamp_of_a_stranger(layered: Notebook, tmp_path: Path, change: dict[str, object]) -> None:
    expected = answers(layered.search)
    folder = tmp_path / "damaged"
    shutil.copytree(layered.index_folder, folder)
    stamp = folder / STAMP
    stamp.write_text(json.dumps({**json.loads(stamp.read_text("utf-8")), **change}), "utf-8")
    assert answers(Search(layered._database, folder)) == expected
    assert answers(mended(layered, folder)) == expected


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "1" * 5_000, "[" * 200_000, '{"a":' * 50_000, '{"files": {"x": NaN}}', "\ufeff{}", "\udcff"],
    ids=lambda text: text[:12],
)
def test_a_stamp_that_is_none(layered: Notebook, tmp_path: Path, text: str) -> None:
    expected = answers(layered.search)
    folder = tmp_path / "damaged"
    shutil.copytree(layered.index_folder, folder)
    (folder / STAMP).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert answers(Search(layered._database, folder)) == expected
    assert answers(mended(layered, folder)) == expected


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links and pipes: POSIX only")
def test_nothing_outside_the_folder_is_read_written_or_removed(layered: Notebook, tmp_path: Path) -> None:
    folder = layered.index_folder
    outside = tmp_path / "outside"
    build = IndexFolder(folder, layered.uuid).stamp().build
    expected = answers(layered.search)
    (folder / build).rename(outside)
    (folder / build).symlink_to(outside)
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    (folder / f"{STAMP}.new").symlink_to(outside / "written")
    (folder / ("a" * 32)).symlink_to(outside)
    os.mkfifo(folder / ("b" * 32))
    assert answers(Search(layered._database, folder)) == expected
    assert answers(mended(layered, folder)) == expected
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before
    (folder / STAMP).unlink()
    os.mkfifo(folder / STAMP)  # reading it would wait for ever
    assert answers(Search(layered._database, folder)) == expected
    mended(layered, folder)


def test_an_index_given_up_by_a_reader_is_not_raised_from_the_dead(layered: Notebook, write: Write) -> None:
    home = IndexFolder(layered.index_folder, layered.uuid)
    build = home.stamp().build
    writer = home.append(home.open())
    home.forget()  # as a search does that reads nonsense, while the process writes
    with pytest.raises(IndexLost):
        writer.commit()
    writer.cancel()
    assert not (layered.index_folder / STAMP).exists()
    layered.search.index_now()
    assert home.stamp().build != build


def test_a_start_writes_nothing_when_all_is_current(layered: Notebook) -> None:
    def state() -> dict[str, tuple[int, int]]:
        found = [layered.index_folder, *layered.index_folder.rglob("*")]
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in found}

    before = state()
    seen: list[Progress] = []
    start = time.process_time()
    Search(layered._database, layered.index_folder).index_now(seen.append)
    assert time.process_time() - start < 0.5
    assert state() == before
    assert seen == []


def test_a_build_in_parts_keeps_what_is_done(notebook: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "PART", 20)
    monkeypatch.setattr(job, "BULK", 25)
    monkeypatch.setattr(job, "TURN", 5)
    written = [write(f"Заметка {number}", f"общее слово{number}") for number in range(70)]
    home = IndexFolder(notebook.index_folder, notebook.uuid)
    seen: list[Progress] = []
    with pytest.raises(Cancelled):
        notebook.search.index_now(seen.append, lambda: any(progress.done > 45 for progress in seen))
    assert [len(part.segment.facts.ids) for part in home.open().parts] == [20, 20]
    assert notebook.search.pending() == 30
    assert {hit.id for hit in notebook.search.query("общее", 100).hits} == set(written)
    build = home.stamp().build
    notebook.search.index_now(seen.append)
    assert home.stamp().build == build
    assert [len(part.segment.facts.ids) for part in home.open().parts][:2] == [20, 20]
    assert home.open().versions() == notebook.notes.versions()
    assert [progress.done for progress in seen if progress.total == 70] == sorted(
        progress.done for progress in seen if progress.total == 70
    )


def test_a_lost_index_of_a_current_library_is_whole_at_every_part(
    notebook: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = {write(f"Заметка {number}", "общее слово") for number in range(60)}
    notebook.search.index_now()
    assert notebook.search.pending() == 0
    monkeypatch.setattr(job, "PART", 20)
    monkeypatch.setattr(job, "TURN", 5)
    (notebook.index_folder / STAMP).unlink()
    found: list[set[NoteId]] = []
    notebook.search.index_now(lambda _p: found.append({hit.id for hit in notebook.search.query("общее", 100).hits}))
    assert len(found) > 5
    assert all(ids == written for ids in found)


def test_worn_segments_are_written_anew_in_place(
    notebook: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.core.search.generation.WORN_FROM", 10)
    written = [write(f"Заметка {number}", "общее слово") for number in range(30)]
    notebook.search.index_now()
    home = IndexFolder(notebook.index_folder, notebook.uuid)
    build = home.stamp().build
    for note_id in written[:12]:
        notebook.notes.save(note_id, "общее иное", notebook.tree.head(note_id).version)
    notebook.search.index_now()
    generation = home.open()
    assert home.stamp().build == build
    assert sum(len(part.dead) for part in generation.parts) == 0
    assert generation.versions() == notebook.notes.versions()
    assert {hit.id for hit in notebook.search.query("общее", 100).hits} == set(written)


def test_a_part_of_long_notes_holds_fewer(notebook: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "PART_NOTE", 100)
    monkeypatch.setattr(job, "PART", 10)
    monkeypatch.setattr(job, "TURN", 1)
    monkeypatch.setattr("desktop.core.search.generation.MANY_SMALL", 100)
    monkeypatch.setattr("desktop.core.search.index.FEW_SMALL", 100)
    for number in range(8):
        write(f"Заметка {number}", "общее слово " * 40)
    notebook.search.index_now()
    generation = IndexFolder(notebook.index_folder, notebook.uuid).open()
    assert max(len(part.segment.facts.ids) for part in generation.parts) <= 3
    assert generation.versions() == notebook.notes.versions()


# --- a full disk -----------------------------------------------------------------------------------------------


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    able = sys.platform == "linux" and os.geteuid() == 0
    if not able or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can only be mounted by the administrator of a Linux machine")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Leave so many bytes free."""
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - leave) // 4096 * 4096))
    return filler


def test_a_full_disk_leaves_the_last_generation(tmp_path: Path, tiny_disk: Path) -> None:
    places = Places(tmp_path / "data", tiny_disk, tmp_path / "config")
    with_room = Notebook.open(tmp_path / "library.konspekt", places=places)
    chance = random.Random(3)

    def text() -> str:
        return "общее " + " ".join(f"слово{chance.randrange(10**9)}" for _ in range(60))

    first = {with_room.tree.create(f"Первая {n}", text=text()).created[0] for n in range(12)}
    home = IndexFolder(with_room.index_folder, with_room.uuid)
    places.index_folder("x").parent.mkdir(parents=True)

    def found() -> set[NoteId]:
        return {hit.id for hit in with_room.search.query("общее", 100).hits}

    told: set[str] = set()
    for leave in range(0, 1_000_000, 45_056):  # a build that ends at every stage
        filler = fill(tiny_disk, leave)
        try:
            with_room.search.index_now()
        except LibraryError as error:
            told.add(str(error))
            assert not [path for path in files_of(tiny_disk) if path.name != "filler"], "junk is left"
        assert found() == first
        filler.unlink()
        if with_room.search.pending() == 0:
            break
    with_room.search.index_now()
    assert with_room.search.pending() == 0
    second = {with_room.tree.create(f"Вторая {n}", NoteKind.NOTE, text=text()).created[0] for n in range(12)}
    stamp, refused = home.stamp(), 0
    for leave in range(0, 1_000_000, 45_056):  # a commit on top, likewise
        filler = fill(tiny_disk, leave)
        try:
            with_room.search.index_now()
        except LibraryError as error:
            refused += 1
            told.add(str(error))
            assert home.stamp() == stamp
            home.verify(stamp)
            assert {path.name for path in files_of(with_room.index_folder)} == {STAMP, *stamp.files}, "junk is left"
        assert found() == first | second
        filler.unlink()
        if with_room.search.pending() == 0:
            break
    assert told == {"The disk has no room for the search index; free some, then it goes on."}
    assert refused >= 3, "there was room from the beginning: the test shows nothing"
    with_room.search.index_now()
    assert home.open().versions() == with_room.notes.versions()
    with_room.close()


def test_the_process_tells_of_a_full_disk_and_goes_on_when_there_is_room(tmp_path: Path, tiny_disk: Path) -> None:
    notebook = Notebook.open(tmp_path / "library.konspekt", places=Places(tmp_path, tiny_disk, tmp_path))
    notebook.tree.create("Заметка", text="модель")
    filler = fill(tiny_disk, 4096)
    told: list[str] = []
    notebook.search.start_indexing(lambda progress: told.append(progress.label))
    wait_for(lambda: any("no room" in sentence for sentence in told))
    assert notebook.search.query("модели").total == 1
    wait_for(lambda: not notebook.search._indexer.running)
    filler.unlink()
    notebook.search.start_indexing(lambda _progress: None)
    wait_for(lambda: notebook.search.pending() == 0)
    assert notebook.search.query("модели").notice == ""
    notebook.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9: POSIX only")
def test_a_process_that_dies_is_followed_by_another(notebook: Notebook, write: Write) -> None:
    write("Заметка", "модель")
    told: list[str] = []
    killed: set[int] = set()

    def kill_another() -> bool:
        children = (child for child in multiprocessing.active_children() if child.name == "indexer")
        for pid in (child.pid for child in children if child.pid and child.pid not in killed):
            os.kill(pid, signal.SIGKILL)
            killed.add(pid)
            return True
        return False

    notebook.search.start_indexing(lambda progress: told.append(progress.label))
    wait_for(kill_another)
    wait_for(lambda: notebook.search.pending() == 0)
    assert not any(told)
    notebook.search.stop_indexing()
    wait_for(lambda: not multiprocessing.active_children())
    write("Ещё одна", "модель")
    notebook.search.start_indexing(lambda progress: told.append(progress.label))
    for _ in range(MOST_DEATHS):
        wait_for(kill_another)
    wait_for(lambda: any("again and again" in sentence for sentence in told))
    wait_for(lambda: not notebook.search._indexer.running)
    assert notebook.search.query("модели").total == 2


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
