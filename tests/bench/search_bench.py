"""The figures of the search: Konspekt, SQLite FTS5 doing the same task, Whoosh's own search.

All three index the same library and answer the same queries, each in processes of its own (see `workload`, `fts5`,
`whoosh_own` and `konspekt_search` for what each does exactly). Times are CPU milliseconds; `wall` is said where it is
the clock's. The aims are for 10,000 notes, and are not printed for other sizes.
"""

import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.table import Table
from tests.bench.texts import write_folder
from tests.bench.workload import SEARCHES

ENGINES = ("konspekt", "fts5", "whoosh")
WHOOSH_NOTES = 15_000  # folders are notes too; beyond, Whoosh's own search takes hours
FIRST_HITS = 3
AIMED_AT = range(5_000, 20_000)  # notes; at 100,000 the aim is one keystroke in 16 ms at p99
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure."""

    notes: tuple[int, ...] = (1_000, 10_000)
    source: Path | None = None  # Markdown files, or a library, instead of generated notes
    engines: tuple[str, ...] = ENGINES
    everything: bool = False  # Whoosh's own search beyond WHOOSH_NOTES
    searches: int = SEARCHES  # of each class
    window: bool = True


@dataclass(slots=True)
class Found:
    """The figures of one library, by engine and part."""

    notes: int
    parts: dict[str, Figures] = field(default_factory=dict)

    def of(self, part: str, name: str) -> Figures:
        """Return the figures of one class of queries, {} where they were not taken."""
        found: Figures = self.parts.get(part, {}).get(name) or {}
        return found

    def ratio(self, name: str, share: str, other: str, other_name: str = "") -> str:
        """Return how Konspekt's figure stands to another engine's."""
        ours = self.of(_part(name, "konspekt"), name)
        theirs = self.of(_part(name, other), other_name or name)
        if not ours or not theirs:
            return "-"
        return f"{ours[share]:.2f} / {theirs[share]:.2f} ms = {ours[share] / max(1e-9, theirs[share]):.2f}"


def _part(name: str, engine: str) -> str:
    if engine == "whoosh":
        return "whoosh.asked"
    return f"{engine}.{'typed' if name.startswith('typing') else 'asked'}"


def bench_search(table: Table, wanted: Wanted) -> None:
    """Measure every size."""
    for notes in wanted.notes if wanted.source is None else (0,):
        folder = table.folder / f"search-{notes}"
        folder.mkdir(parents=True)
        table.section("search", lambda folder=folder, notes=notes: _bench_library(table, wanted, folder, notes))  # type: ignore[misc]


def _bench_library(table: Table, wanted: Wanted, folder: Path, notes: int) -> None:
    source = wanted.source
    if source is None:
        write_folder(folder / "notes", notes)
        source = folder / "notes"
    table.measure(f"workload.{'copy' if source.is_file() else 'import'}_library", source, folder=folder)
    library = table.measure("workload.prepare", wanted.searches, folder=folder)
    found = Found(library["notes"])
    table.aims = found.notes in AIMED_AT
    table.line(
        f"SEARCH IN {library['notes']:,} NOTES",
        f"{library['mb']:.1f} MB, {library['words']:.0f} words a note; CPU ms: p50, p99, max",
    )

    def take(engine: str, part: str) -> Figures:
        module = {"konspekt": "konspekt_search", "whoosh": "whoosh_own"}.get(engine, engine)
        figures = found.parts[f"{engine}.{part}"] = table.measure(f"{module}.{part}", folder=folder)
        return figures

    small = found.notes <= WHOOSH_NOTES
    take("konspekt", "build")
    for engine in ENGINES:
        if engine in wanted.engines and (engine != "whoosh" or small or wanted.everything):
            if engine != "konspekt":
                take(engine, "build")
            if engine != "whoosh":
                take(engine, "typed")
            take(engine, "asked")
    _print_answers(table, found)
    _print_build(table, found)
    _bench_start(table, folder)
    _bench_changes(table, folder)
    _bench_meanwhile(table, folder, wanted.window)
    table.aims = True


def _print_answers(table: Table, found: Found) -> None:
    typing, full = found.of("konspekt.typed", "typing"), found.parts["konspekt.asked"]
    table.line("one keystroke", _spread(typing), "p99 <= 10, max <= 16")
    for name in ("typing", "rowid", "counted"):
        table.line(f"    FTS5, {_TYPING[name]}", _spread(found.of("fts5.typed", name)))
    table.line("    Whoosh", _spread(found.of("whoosh.asked", "typing")))
    table.line("two letters", _spread(found.of("konspekt.typed", "typing_begins")))
    for name in ("typing", "rowid", "counted", "untitled"):
        aim = "p99 <= 0.7" if name == "typing" else ""
        ratio = found.ratio("typing_begins", "p99", "fts5", f"{name}_begins")
        table.line(f"    / FTS5, {_TYPING[name]}, p99", ratio, aim)
    table.line("    / Whoosh, p99", found.ratio("typing_begins", "p99", "whoosh"))
    table.line("full: common word", _spread(full["common"]))
    table.line("    / FTS5, p50", found.ratio("common", "p50", "fts5"), "<= 0.7")
    table.line("    / FTS5, one stem, p50", found.ratio("common", "p50", "fts5", "common_plain"))
    table.line("    / Whoosh, p50", found.ratio("common", "p50", "whoosh"), "<= 0.33")
    table.line("full: two and three words", _spread(full["ands"]), "p99 <= 8")
    table.line("    with what may have been meant", _spread(full["ands_forgiving"]))
    for share in ("p50", "p99"):
        table.line(f"    / FTS5, {share}", found.ratio("ands", share, "fts5"), "<= 3")
    table.line("    / FTS5, one stem, p99", found.ratio("ands", "p99", "fts5", "ands_plain"))
    table.line("    / Whoosh, p99", found.ratio("ands", "p99", "whoosh"))
    table.line("    as many notes as FTS5", _agreement(found), "")
    table.line("full: phrase", _spread(full["phrases"]), "p99 <= 50")
    table.line("    / FTS5, p99", found.ratio("phrases", "p99", "fts5"))
    for name, label in _FILTERED.items():
        table.line(f"full: {label}", _spread(full[name]))
        table.line("    / FTS5, p50", found.ratio(name, "p50", "fts5"), "<= 2" if name != "filters" else "(plain SQL)")
        table.line("    / FTS5, p99", found.ratio(name, "p99", "fts5"))
    table.line("    / FTS5 by rowid, p50", found.ratio("dated", "p50", "fts5", "dated_rowid"))
    table.line("snippets of 12 rows", _spread(full["snippets"]), "p99 <= 8")
    table.line("    / FTS5, p99", found.ratio("snippets", "p99", "fts5"))
    memory = (f"{found.parts[part]['rss']:.0f}" for part in ("konspekt.asked", "fts5.asked") if part in found.parts)
    table.line("memory after the queries / FTS5", " / ".join(memory) + " MB")


_FILTERED = {"filters": "filter alone", "filtered": "word with a filter", "dated": "word, newest first"}
_TYPING = {
    "typing": "by updated",
    "rowid": "by rowid",
    "counted": "by rowid, counted",
    "untitled": "by rowid, no titles",
}


def _print_build(table: Table, found: Found) -> None:
    ours, fts5, whoosh = (found.parts.get(f"{engine}.build") for engine in ENGINES)
    assert ours is not None
    table.line("bulk build", f"{ours['cpu']:.1f} s CPU, {found.notes / ours['cpu']:,.0f} notes/s")
    if fts5:
        for key, label, aim in (("cpu_unstemmed", "FTS5 without stemming", "<= 8"), ("cpu", "FTS5 with stemming", "")):
            table.line(f"    / {label}", f"{ours['cpu']:.1f} / {fts5[key]:.1f} s = {ours['cpu'] / fts5[key]:.2f}", aim)
        table.line("    FTS5's optimize, not in these", f"{fts5['optimize']:.1f} s")
    if whoosh:
        table.line("    / Whoosh", f"{ours['cpu']:.1f} / {whoosh['cpu']:.1f} s = {ours['cpu'] / whoosh['cpu']:.2f}")
    table.line("    memory at its most", f"{ours['peak']:.0f} MB ({ours['before']:.0f} before)", "<= 200 MB")
    table.line("index", f"{ours['index_mb']:.1f} MB")
    if fts5:
        for key, label, aim in (("index_mb", "FTS5's index alone", "<= 1.7"), ("file_mb", "FTS5's file", "")):
            size = f"{ours['index_mb']:.1f} / {fts5[key]:.1f} MB = {ours['index_mb'] / fts5[key]:.2f}"
            table.line(f"    / {label}", size, aim)
    if whoosh:
        table.line("    Whoosh", f"{whoosh['index_mb']:.1f} MB")


def _bench_start(table: Table, folder: Path) -> None:
    runs = [table.measure("konspekt_search.first_hit", folder=folder) for _ in range(FIRST_HITS)]
    cpu, wall, base = (statistics.median(run[key] for run in runs) for key in ("cpu", "wall", "base"))
    table.line("cold open to first hit", f"{cpu:.0f} ms CPU, {wall:.0f} ms wall", "<= 150 ms")
    table.line("    opening the library before that", f"{base:.0f} ms CPU")


def _bench_changes(table: Table, folder: Path) -> None:
    saved = table.measure("konspekt_search.findable", folder=folder)
    table.line("saved -> findable", _spread(saved["few_cpu"]), "<= 5 ms")
    table.line("    wall", _spread(saved["few"]))
    table.line("    wall, while up to 40 notes wait", _spread(saved["many"]))
    table.line("    a query's extra CPU; with 40 waiting", f"{saved['few_extra']:.2f}; {saved['many_extra']:.2f} ms")
    worn = table.measure("konspekt_search.wear", folder=folder)
    table.line(
        "an index in use",
        f"{worn['segments']} segments, {worn['edited']} edited, {worn['trashed']} trashed",
    )
    parts = ("typed", "asked")
    worn_figures = {part: table.measure(f"konspekt_search.{part}", folder=folder) for part in parts}
    # Against the same notes in one segment, measured right after: other programs' load changes within minutes.
    table.measure("konspekt_search.build", folder=folder)
    one_segment = {part: table.measure(f"konspekt_search.{part}", folder=folder) for part in parts}
    for part, name, label in (
        ("typed", "typing", "keystroke"),
        ("typed", "typing_begins", "two letters"),
        ("asked", "common", "common word"),
        ("asked", "ands", "two and three words"),
        ("asked", "phrases", "phrase"),
    ):
        one, used = one_segment[part][name], worn_figures[part][name]
        for share in ("p50", "p99"):
            figure = f"{used[share]:.2f} / {one[share]:.2f} ms = {used[share] / one[share]:.2f}"
            table.line(f"    {label}, {share}", figure, "<= 1.3")


def _bench_meanwhile(table: Table, folder: Path, window: bool) -> None:
    meanwhile = table.measure("konspekt_search.building", folder=folder)
    table.line("search while the index is built, wall", _spread(meanwhile["wall"]))
    table.line("    CPU", _spread(meanwhile["cpu"]))
    table.line("    answered; the build took", f"{meanwhile['answered']:.0%}; {meanwhile['seconds']:.1f} s wall")
    if not window:
        return
    late = table.measure("window_search.building", folder=folder)
    table.line("window's timer late while building, wall", _spread(late["building"]), "p99 <= 16")
    table.line("    at rest", _spread(late["idle"]))


def _spread(figures: Figures) -> str:
    if not figures.get("n"):
        return "-"
    return f"{figures['p50']:.2f}, {figures['p99']:.2f}, {figures['max']:.2f} ({figures['n']})"


def _agreement(found: Found) -> str:
    """Return for how many queries both found as many notes: whether the task was the same."""
    ours, theirs = (found.parts.get(f"{engine}.asked", {}).get("totals") or [] for engine in ("konspekt", "fts5"))
    pairs = list(zip(ours, theirs, strict=False))
    return f"{sum(a == b for a, b in pairs)} of {len(pairs)} queries" if pairs else "-"


__all__ = ["ENGINES", "Wanted", "bench_search"]
