"""Konspekt's own search in the bench: building, opening, typing, asking, wearing the index, searching meanwhile.

Every function is one measurement in a process of its own. The collector runs as in the program: what the start has
made is frozen, the rest is looked through at Python's usual thresholds.
"""

import gc
import json
import random
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.bench.figures import cpu_times, folder_mb, peak_mb, resident_mb, spread
from tests.bench.workload import keystrokes, library_of, load_queries

if TYPE_CHECKING:
    from desktop.core.notebook import Notebook
    from desktop.core.records import SearchResult

ROWS = 40
SEEN_ROWS = 12
WARM_UP = 20
EDITED_SHARE, TRASHED_SHARE, EDIT_BATCHES = 0.05, 0.02, 10
SAVES, CATCH_UP = 40, 5
PAUSE_S = 0.2  # between two searches while the index is built


def open_notebook(folder: Path) -> "Notebook":
    """Open the library as the program does."""
    from desktop.core.notebook import Notebook

    notebook = Notebook.open(library_of(folder))
    gc.freeze()
    gc.disable()  # the window looks for rubbish on its own thread, between events
    return notebook


def build(folder: Path) -> dict[str, float]:
    """Build the whole index in this process, set up as the program's index process is."""
    notebook = open_notebook(folder)
    gc.set_threshold(100_000, 50, 100)
    notebook.search.rebuild()
    before, started, cpu = resident_mb(), time.perf_counter(), time.process_time()
    notebook.search.index_now()
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    size = folder_mb(notebook.index_folder)
    notebook.close()
    return {"cpu": cpu, "wall": wall, "peak": peak_mb(), "before": before, "index_mb": size}


def first_hit(folder: Path) -> dict[str, float]:
    """Open the library and its index and find something, in milliseconds; what a window has loaded anyway is apart."""
    cpu = time.process_time()
    notebook = open_notebook(folder)
    notebook.tree.children(None, 0, 1)
    base = time.process_time() - cpu
    query = load_queries(folder)["common"][0]
    cpu, wall = time.process_time(), time.perf_counter()
    result = notebook.search.typing(query, ROWS)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    assert result.hits, query
    notebook.close()
    return {"cpu": cpu * 1e3, "wall": wall * 1e3, "base": base * 1e3}


def typed(folder: Path) -> dict[str, Any]:
    """Type every search letter by letter."""
    queries = load_queries(folder)
    notebook = open_notebook(folder)

    def ask(text: str) -> "SearchResult":
        return notebook.search.typing(text, ROWS)

    figures = {
        "typing": spread(cpu_times(ask, keystrokes(queries))[WARM_UP:]),
        "typing_begins": spread(cpu_times(ask, queries["begins"])),
        "rss": resident_mb(),
    }
    notebook.close()
    return figures


def asked(folder: Path) -> dict[str, Any]:
    """Ask every finished query; snippets are timed apart, as the window makes them for the rows it shows."""
    queries = load_queries(folder)
    notebook = open_notebook(folder)
    search = notebook.search

    def ask(text: str) -> "SearchResult":
        return search.query(text, ROWS, forgiving=False)  # FTS5 tries nothing else either

    for word in queries["common"]:  # the dictionary, the lists
        ask(word)
    dated = [f"{wanted['word']} " for wanted in queries["filtered"]]
    filters = list(map(filter_text, queries["filters"]))
    phrases = [f'"{text}"' for text in queries["phrases"]]
    figures: dict[str, Any] = {
        "common": spread(cpu_times(ask, queries["common"] * 3)),
        "ands": spread(cpu_times(ask, queries["ands"])),
        "ands_forgiving": spread(cpu_times(lambda text: search.query(text, ROWS), queries["ands"])),
        "phrases": spread(cpu_times(ask, phrases)),
        "filtered": spread(cpu_times(ask, [f"{filter_text(w)} {w['word']}" for w in queries["filtered"]])),
        "filters": spread(cpu_times(ask, filters * 5)),
        "dated": spread(cpu_times(lambda text: search.typing(text, ROWS), dated)),
    }
    results = [search.query(text, ROWS) for text in queries["ands"] + queries["common"]]
    seen = [(result, [hit.id for hit in result.hits[:SEEN_ROWS]]) for result in results if result.hits]
    figures["snippets"] = spread(cpu_times(lambda pair: search.passages(*pair), seen))
    figures["totals"] = [result.total if result.exact else 0 for result in results[: len(queries["ands"])]]
    figures["rss"] = resident_mb()
    notebook.close()
    return figures


def filter_text(wanted: dict[str, str]) -> str:
    """Return a filter as a person writes it."""
    if "kind" in wanted:
        return f"kind:{wanted['kind']}"
    if "tag" in wanted:
        return f"tag:{wanted['tag']}"
    return f"date:{wanted['first']}..{wanted['last']}"


def findable(folder: Path) -> dict[str, Any]:
    """Save notes and look for what was written, before any index has it; in milliseconds.

    `few`: the index catches up after every fifth save, as its process does within seconds. `many`: it never does.
    """
    notebook = open_notebook(folder)
    notes = _some_notes(notebook, 2 * SAVES + 1)
    known = load_queries(folder)["common"][0]
    # The first save of a process meets what no later one does: SQLModel, the analyzer, the first overlay.
    _save_and_find(notebook, notes[0], "самаяпервая")
    before = median(_cpu_of(notebook.search, known) for _ in range(SAVES))
    walls: dict[str, list[float]] = {"few": [], "many": []}
    cpus: list[float] = []
    for number, note_id in enumerate(notes[1 : SAVES + 1]):
        if number % CATCH_UP == 0:
            notebook.search.index_now()
            notebook.search.typing(known, ROWS)
        wall, cpu = _save_and_find(notebook, note_id, f"свежатина{number:04d}")
        walls["few"].append(wall)
        cpus.append(cpu)
    few = median(_cpu_of(notebook.search, known) for _ in range(SAVES)) - before
    for number, note_id in enumerate(notes[SAVES + 1 :]):
        walls["many"].append(_save_and_find(notebook, note_id, f"новизна{number:04d}")[0])
    many = median(_cpu_of(notebook.search, known) for _ in range(SAVES)) - before
    notebook.search.index_now()
    notebook.close()
    spreads = {name: spread(times) for name, times in walls.items()}
    return {**spreads, "few_cpu": spread(cpus), "few_extra": few, "many_extra": many}


def _save_and_find(notebook: "Notebook", note_id: Any, word: str) -> tuple[float, float]:
    """Write a new word into a note; return the wall and the CPU milliseconds from the save's end to the answer."""
    note = notebook.notes.read(note_id)
    notebook.notes.save(note_id, f"{note.text}\n{word}\n", note.head.version)
    wall, cpu = time.perf_counter(), time.process_time()
    result = notebook.search.typing(word, ROWS)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert note_id in [hit.id for hit in result.hits], f"{word} was not found"
    return wall * 1e3, cpu * 1e3


def wear(folder: Path) -> dict[str, Any]:
    """Edit notes in several batches, each a segment of its own, then trash some: an index as it is after a while."""
    notebook = open_notebook(folder)
    total = notebook.tree.total()
    edited = _some_notes(notebook, max(EDIT_BATCHES, int(total * EDITED_SHARE)))
    for batch in range(EDIT_BATCHES):
        for note_id in edited[batch::EDIT_BATCHES]:
            note = notebook.notes.read(note_id)
            notebook.notes.save(note_id, f"{note.text}\n\nДополнение номер {batch}.\n", note.head.version)
        notebook.search.index_now()
    trashed = _some_notes(notebook, max(1, int(total * TRASHED_SHARE)), seed=12)
    notebook.tree.trash_notes(trashed)
    notebook.search.index_now()
    stamp = json.loads((notebook.index_folder / "stamp.json").read_text("utf-8"))
    notebook.close()
    return {"segments": len(stamp["segments"]), "edited": len(edited), "trashed": len(trashed)}


def building(folder: Path) -> dict[str, Any]:
    """Search while the index process builds the index anew."""
    notebook = open_notebook(folder)
    search = notebook.search
    keys = keystrokes(load_queries(folder))
    random.Random(3).shuffle(keys)
    search.rebuild()
    done: list[float] = []
    started = time.perf_counter()

    def finished(progress: Any) -> None:
        if progress.total and progress.done >= progress.total:
            done.append(time.perf_counter() - started)

    search.start_indexing(finished)
    walls, cpus, answered = [], [], 0
    for key in keys * 20:
        wall, cpu = time.perf_counter(), time.process_time()
        result = search.typing(key, ROWS)
        cpus.append((time.process_time() - cpu) * 1e3)
        walls.append((time.perf_counter() - wall) * 1e3)
        answered += bool(result.hits)
        if done and not search.pending():
            break
        time.sleep(PAUSE_S)
    search.index_now()  # for the measurements that follow
    notebook.close()
    whole = done[0] if done else 0.0
    return {"wall": spread(walls), "cpu": spread(cpus), "answered": answered / len(walls), "seconds": whole}


def _some_notes(notebook: "Notebook", count: int, seed: int = 11) -> list[Any]:
    """Return some notes, without those that have notes below them: trashing one would trash them all."""
    heads = notebook.tree.heads(notebook.notes.living_ids())
    ids = [head.id for head in heads if not head.children and head.kind != "folder"]
    draw = random.Random(seed)
    return draw.sample(ids, min(count, len(ids)))


def _cpu_of(search: Any, text: str) -> float:
    before = time.process_time()
    search.typing(text, ROWS)
    return (time.process_time() - before) * 1e3
