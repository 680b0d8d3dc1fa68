"""kill -9 of the index process while the library is edited: search goes on, and the index ends equal to the library.

The process is killed at chance moments and at the ones that matter: with a new build begun, with the files of a
segment half written, between the commit of the index and its stamp, with the new stamp half written.
KONSPEKT_INDEX_KILLS sets the number of kills (8 in the tests; `python3 dev.py kill --index` runs more).
"""

import json
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import NoteId
from desktop.core.search.index import LOCK, STAMP, IndexFolder
from tests.bench.texts import Prose, title

KILLS = int(os.environ.get("KONSPEKT_INDEX_KILLS", "8"))
NOTES = 240
WAIT_S = 90.0
MOMENTS = ("chance", "build", "segment", "facts", "contents", "stamp")

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9: POSIX only")


def test_the_index_outlives_its_process(tmp_path: Path) -> None:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    author = Author(Notebook.open(tmp_path / "library.konspekt", places=places))
    left: Counter[str] = Counter()
    for number in range(KILLS):
        moment = MOMENTS[number % len(MOMENTS)]
        if number % 5 == 4:
            author.notebook.search.rebuild()
        author.edit(f"игла{number}")
        kill_at(moment, author)
        left.update(what_is_left(author.notebook))
        author.check_answers()
        if number % 3 == 2:  # the program is started again
            author.notebook.close()
            author.notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
            author.check_answers()
        if number % 2:
            catch_up(author.notebook)
            author.check_answers()
            check_index(author.notebook)
    catch_up(author.notebook)
    check_index(author.notebook)
    author.check_answers()
    author.notebook.close()
    print(f"\n{KILLS} kills, {author.asked} questions answered; found afterwards: {dict(left)}")
    assert left["junk"] >= max(1, KILLS // 8), "it was hardly killed at work: the test shows nothing"


class Author:
    """Somebody who writes, and knows what must be found."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.chance = random.Random(11)
        self.prose = Prose(11)
        self.needles: dict[str, NoteId] = {}
        self.asked = 0
        for number in range(NOTES):
            notebook.tree.create(title(number), text=self.prose.note(number, NOTES))

    def edit(self, needle: str) -> None:
        """Change some notes, make one that holds the needle, now and then move one to the trash."""
        hiding = set(self.needles.values())
        free = [head.id for head in self.notebook.tree.living() if head.id not in hiding]
        for note_id in self.chance.sample(free, self.chance.randint(5, 40)):
            self.save(note_id, self.prose.note(int(note_id), NOTES))
        made = self.notebook.tree.create(f"Стог {needle}", text=f"# Стог\n\n{needle} в стоге сена.\n").created[0]
        self.needles[needle] = made
        if len(self.needles) > 3:
            self.save(made, f"# Стог\n\nтеперь {needle} на другом месте.\n")
            self.notebook.tree.trash_notes([self.chance.choice(free)])

    def save(self, note_id: NoteId, text: str) -> None:
        """Store a text."""
        self.notebook.notes.save(note_id, text, self.notebook.tree.head(note_id).version)

    def check_answers(self) -> None:
        """Look for the last needles and one of the first: each stands in one note."""
        for needle in [*list(self.needles)[:1], *list(self.needles)[-3:]]:
            for result in (self.notebook.search.query(f"{needle} стог"), self.notebook.search.typing(needle)):
                found = [hit.id for hit in result.hits[: result.exact or None]]
                assert found[:1] == [self.needles[needle]], f"{needle}: {result.notice or found}"
            self.asked += 2


def kill_at(moment: str, author: Author) -> None:
    """Start indexing, and kill the process at a moment, or by chance when that does not come."""
    search, folder = author.notebook.search, author.notebook.index_folder
    before = {path.name for path in files_below(folder)}
    search.start_indexing(lambda _progress: None)
    child, pid = wait_for_child()
    if moment == "chance":
        time.sleep(author.chance.uniform(0.1, 2.0))
        author.edit(f"поздняя{author.asked}")
    else:
        end = time.monotonic() + 4.0
        while time.monotonic() < end and is_alive(child):
            if any(comes(moment, path.name) for path in files_below(folder) if path.name not in before):
                break
        time.sleep(author.chance.choice((0.0, 0.0, 0.001, 0.01)))
    if is_alive(child):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it has just ended by itself
    search.stop_indexing()
    wait_until_ended()


def comes(moment: str, name: str) -> bool:
    """Tell whether a new file announces the moment."""
    return {
        "build": len(name) == 32,
        "segment": name.endswith((".trm", ".pst")),
        "facts": name.endswith(".facts"),
        "contents": ".toc" in name,
        "stamp": name == f"{STAMP}.new",
    }[moment]


def is_alive(child: BaseProcess) -> bool:
    """Tell whether a process runs; one that has ended may be closed already by the thread that listened to it."""
    try:
        return child.is_alive()
    except ValueError:
        return False


def wait_for_child() -> tuple[BaseProcess, int]:
    """Return the index process and its number, when it is there."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        for child in multiprocessing.active_children():
            if child.name != "indexer":
                continue
            try:
                pid = child.pid
            except ValueError:
                continue  # closed between the two lines
            if pid:
                return child, pid
        time.sleep(0.005)
    raise AssertionError("no index process was started")


def wait_until_ended() -> None:
    """Wait until no index process is left."""
    end = time.monotonic() + WAIT_S
    while any(child.name == "indexer" for child in multiprocessing.active_children()):
        assert time.monotonic() < end, "the index process does not end"
        time.sleep(0.01)


def catch_up(notebook: Notebook) -> None:
    """Let a new index process finish, and end it."""
    end = time.monotonic() + WAIT_S
    failures: list[str] = []
    notebook.search.start_indexing(lambda progress: failures.append(progress.label) if progress.label else None)
    while notebook.search.pending():
        assert not failures, failures
        assert time.monotonic() < end, "the index does not catch up"
        time.sleep(0.02)
    notebook.search.stop_indexing()
    wait_until_ended()


def check_index(notebook: Notebook) -> None:
    """Compare the index with the library, and the folder with the stamp."""
    folder = IndexFolder(notebook.index_folder, notebook.uuid)
    generation = folder.open()
    assert generation.versions() == notebook.notes.versions()
    folder.verify(generation.stamp)
    assert not list(junk(notebook.index_folder))
    folder.lock().release()  # nobody holds it


def what_is_left(notebook: Notebook) -> Iterator[str]:
    """Yield what the killed process left behind."""
    names = [path.name for path in junk(notebook.index_folder)]
    if names:
        yield "junk"
    if any(name.endswith((".trm", ".pst", ".facts", ".stream")) for name in names):
        yield "segment without a stamp"
    if any(".toc" in name for name in names):
        yield "contents without a stamp"
    if f"{STAMP}.new" in names:
        yield "stamp half written"
    if not (notebook.index_folder / STAMP).exists():
        yield "no stamp"


def junk(folder: Path) -> Iterator[Path]:
    """Yield what the stamp does not name."""
    stamp = folder / STAMP
    values = json.loads(stamp.read_text("utf-8")) if stamp.exists() else {"build": "", "files": {}}
    known = {STAMP, LOCK, values["build"], *values["files"]}
    for path in files_below(folder):
        if path.name not in known and not path.name.endswith("_WRITELOCK"):
            yield path


def files_below(folder: Path) -> list[Path]:
    """Return the files and folders of an index, which may go away meanwhile."""
    found: list[Path] = []
    try:
        for path in folder.iterdir():
            found.append(path)
            if path.is_dir():
                found += path.iterdir()
    except OSError:
        pass
    return found
