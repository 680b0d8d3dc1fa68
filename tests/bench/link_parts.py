"""What links cost: finding them in a text, saving them, renaming what they name, showing who links where.

CPU time wherever the work is ours alone. Each figure has its partner in the same process: the scan is held against
the conversion of the same text, the others against what a person notices.
"""

import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.page_parts import digest_text
from tests.bench.texts import Prose, title

ROUNDS = 5
SAVES = 15
LINKS = 1_000  # of the note that is saved, and to the note that is renamed
FIRST_NOTES = 10  # groups of the first screen
PAUSE_S = 0.01  # before each: what was queued by the one before is not counted
HUB = "Узел связей"


def _cpu(job: Any) -> float:
    """Return the CPU seconds of this process that a job takes."""
    before = time.process_time()
    job()
    return time.process_time() - before


def scan(_folder: Path, size: str) -> dict[str, float]:
    """Find the links of a digest, and convert it, by turns."""
    from desktop.core.page.markdown import to_html
    from desktop.core.text.links import scan_links

    text = digest_text(int(size))
    links = len(scan_links(text))
    to_html(text[:20_000])
    scans, conversions = [], []
    for _round in range(ROUNDS):
        scans.append(_cpu(lambda: scan_links(text)))
        conversions.append(_cpu(lambda: to_html(text)))
    return {"scan": median(scans), "conversion": median(conversions), "links": links}


def save(folder: Path, notes: str) -> dict[str, float]:
    """Save a note with a thousand links again and again, a word more each time."""
    from desktop.core.notebook import Notebook

    notebook = Notebook.open(folder / "links-save.konspekt")
    prose = Prose(11)
    total = int(notes)
    for number in range(total):
        notebook.tree.create(title(number))
    lines = [f"- {prose.sentence('ru')} [[{title(number % total)}|слово]]" for number in range(LINKS // 2)]
    lines += [f"- [{title(n % total)}]({n}.md) и [[{title((n * 7) % total)}#Раздел]]" for n in range(LINKS // 4)]
    text = "# Много ссылок\n\n" + "\n".join(lines) + "\n"
    note_id = notebook.tree.create("Много ссылок", text=text).created[0]
    version, times = notebook.tree.head(note_id).version, []
    for number in range(SAVES):
        time.sleep(PAUSE_S)
        words = f"{text}\nслово {number}\n"
        times.append(_cpu(lambda words=words, version=version: notebook.notes.save(note_id, words, version)))  # type: ignore[misc]
        version = notebook.tree.head(note_id).version
    links = len(notebook.links.outgoing(note_id))
    notebook.close()
    return {"p50": median(times) * 1e3, "max": max(times) * 1e3, "links": links}


def rename(folder: Path, backlinks: str) -> dict[str, float]:
    """Rename a note that so many others link to, and take it back."""
    from desktop.core.notebook import Notebook

    notebook = Notebook.open(folder / "links-rename.konspekt")
    prose, count = Prose(12), int(backlinks)
    hub = notebook.tree.create(HUB).created[0]
    for number in range(count):
        words = " ".join(prose.sentence("ru") for _sentence in range(12))
        notebook.tree.create(title(number), text=f"# {title(number)}\n\n{words} [[{HUB}|слово]] конец.\n")
    started, cpu = time.perf_counter(), time.process_time()
    changes = notebook.tree.rename(hub, "Другое имя")
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    linked = notebook.links.backlink_count(hub)
    assert changes.undo is not None
    started = time.perf_counter()
    notebook.tree.apply(changes.undo)
    back = time.perf_counter() - started
    notebook.close()
    return {"wall": wall, "cpu": cpu, "edited": len(changes.edited), "linked": linked, "back": back}


def prepare_screen(folder: Path, notes: str) -> dict[str, float]:
    """Make a library in which a tenth of the notes link to one, and another tenth names it."""
    from desktop.core.notebook import Notebook

    prose, total = Prose(13), int(notes)
    source = folder / "links-notes"
    for number in range(total):
        file = source / f"Раздел {number % 20:02d}" / f"{title(number)}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        words = [prose.sentence("ru") for _sentence in range(6)]
        if number % 10 == 0:
            words.insert(3, f"[[{HUB}]]")
        elif number % 10 == 1:
            words.insert(3, "без узла связей")
        file.write_text(f"# {title(number)}\n\n{' '.join(words)}\n", encoding="utf-8")
    (source / f"{HUB}.md").write_text(f"# {HUB}\n\nслова\n", encoding="utf-8")
    notebook = Notebook.open(folder / "links-screen.konspekt")
    notebook.exchange.import_paths([source])
    notebook.search.index_now(lambda _progress: None, lambda: False)
    linked = notebook.links.backlink_count(notebook.notes.find(HUB))
    notebook.close()
    return {"linked": linked}


def screen(folder: Path) -> dict[str, float]:
    """Read what the links panel shows first of the note that many link to: backlinks, then mentions."""
    from desktop.core.notebook import Notebook

    notebook = Notebook.open(folder / "links-screen.konspekt")
    hub = notebook.notes.find(HUB)
    links = notebook.links
    other = notebook.notes.find(title(5))
    links.mentions(other, 1)  # the dictionary and the index are open by then

    def read_backlinks() -> None:
        linking = links.linking(hub)
        found = links.backlinks_from(hub, [entry.id for entry in linking[:FIRST_NOTES]])
        assert len(linking) >= FIRST_NOTES <= len(found)

    def read_mentions() -> None:
        search = links.mention_search(hub)
        search.go_on(1.0, FIRST_NOTES)
        assert search.with_context([entry.id for entry in search.notes[:FIRST_NOTES]], 1)

    figures: dict[str, list[float]] = {}
    for number in range(4 * ROUNDS):
        links.linking(other)  # another note was open between
        if number % 2:
            note = notebook.notes.read(other)
            notebook.notes.save(other, f"{note.text}\n{number}\n", note.head.version)  # what was kept is old
            time.sleep(PAUSE_S)
        when = "saved" if number % 2 else "opened"
        figures.setdefault(f"backlinks_{when}", []).append(_cpu(read_backlinks))
        figures.setdefault(f"mentions_{when}", []).append(_cpu(read_mentions))
    notebook.close()
    return {name: median(times) * 1e3 for name, times in figures.items()}


def health(folder: Path) -> dict[str, float]:
    """Look at every link of the library once."""
    from desktop.core.notebook import Notebook

    notebook = Notebook.open(folder / "links-screen.konspekt")
    started = time.perf_counter()
    cpu = _cpu(lambda: notebook.health.report())
    wall = time.perf_counter() - started
    notebook.close()
    return {"cpu": cpu, "wall": wall}
