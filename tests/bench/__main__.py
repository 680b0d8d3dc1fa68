"""Run the measurements and print the table."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.search_bench import ENGINES, Wanted, bench_search
from tests.bench.table import Table
from tests.bench.texts import write_folder
from tests.bench.workload import SEARCHES

SMALL, LARGE = 20_000, 1_000_000  # bytes of a note that is typed into
DIGEST, LONG_DIGEST = 21_000, 218_000  # bytes of a digest that is edited beside its page
START_RUNS = 5


def bench_core(table: Table, notes: int) -> None:
    """Import, index, search."""
    size = write_folder(table.folder / "notes", notes)
    imported = table.measure("parts.import_notes", notes)
    table.line(
        f"import, {notes:,} notes ({size / 1e6:.1f} MB)",
        f"{imported['per_s']:,.0f} notes/s, {imported['cpu']:.1f} s CPU",
    )
    indexed = table.measure("parts.index_notes")
    table.line("index", f"{indexed['per_s']:,.0f} notes/s, {indexed['cpu']:.1f} s CPU")
    both = (imported["cpu"] + indexed["cpu"]) * 10_000 / max(1, imported["imported"])
    table.line("import + index, for 10,000 notes", f"{both:.1f} s CPU", "<= 57 s")
    found = table.measure("parts.search")
    table.line("search, cold open to first hit", f"{found['first']:.0f} ms", "<= 150 ms")
    table.line(
        "search, one keystroke, CPU",
        f"p50 {found['typing_p50']:.1f}, p99 {found['typing_p99']:.1f} ms",
        "p99 <= 10 ms (10,000)",
    )
    table.line("search, full, CPU", f"p50 {found['full_p50']:.1f}, p99 {found['full_p99']:.1f} ms", "p99 <= 50 ms")


def bench_start(table: Table) -> None:
    """First paint against the bare window, by turns."""
    bare, ours = [], []
    table.measure("parts.prepare_start")
    for part in ("our_first_paint", "bare_first_paint"):
        table.measure(f"parts.{part}")  # writes the compiled modules, reads the files
    for _ in range(START_RUNS):
        bare.append(table.measure("parts.bare_first_paint"))
        ours.append(table.measure("parts.our_first_paint"))
    for key, unit, name in (("cpu", "s", "CPU"), ("rss", "MB", "memory")):
        base, figure = (median(run[key] for run in runs) for runs in (bare, ours))
        digits = 3 if key == "cpu" else 1
        shown = f"{figure:.{digits}f} / {base:.{digits}f} {unit} = {figure / base:.2f}"
        table.line(f"{name} at first paint / bare window", shown, "<= 1.15")


def bench_typing(table: Table) -> None:
    """From a key to its paint."""
    figures: dict[tuple[str, int], dict[str, Any]] = {}
    for size in (SMALL, LARGE):
        table.measure("parts.prepare_typing", size)
        for part in ("bare_typing", "our_typing"):
            figures[part, size] = table.measure(f"parts.{part}", size)
        ours, bare = figures["our_typing", size], figures["bare_typing", size]
        shown = f"p50 {ours['p50']:.1f}, p99 {ours['p99']:.1f} ms (bare {bare['p99']:.1f})"
        table.line(f"key to paint, {size // 1000:,} KB", shown, "<= 2 x bare" if size == LARGE else "")
        table.line(
            "    CPU of the window's thread",
            f"p50 {ours['cpu_p50']:.1f}, p99 {ours['cpu_p99']:.1f} ms (bare {bare['cpu_p99']:.1f})",
        )
    ratio = figures["our_typing", LARGE]["cpu_p99"] / figures["our_typing", SMALL]["cpu_p99"]
    table.line("key to paint, 1 MB / 20 KB, CPU p99", f"{ratio:.2f}", "<= 1.5")
    by_turns = table.measure("long_text.keys", LARGE)
    ours, bare, same = by_turns["ours"], by_turns["bare"], by_turns["same_face"]
    shown = f"{ours['p99']:.1f} / {bare['p99']:.1f} = {ours['p99'] / bare['p99']:.2f}"
    table.line("key in the editor / bare, by turns, CPU p99", f"{shown} (same face {same['p99']:.1f})", "<= 2")
    opened = table.measure("long_text.opening", LARGE)
    shown = f"{opened['ours']:.0f} / {opened['bare']:.0f} ms = {opened['ours'] / opened['bare']:.2f}"
    table.line("1 MB to its first paint / bare setPlainText", shown, "<= 1.5")


def bench_busy_typing(table: Table, notes: int) -> None:
    """From a key to its paint while the index is built."""
    write_folder(table.folder / "notes", notes)
    table.measure("parts.import_notes", notes)
    busy = table.measure("busy_typing.typing")
    idle, building = busy["idle"], busy["building"]
    still = "" if busy["done"] < busy["total"] else " (the build ended before)"
    shown = f"p99 {idle['p99']:.1f}, {building['p99']:.1f} ms = {building['p99'] / idle['p99']:.2f}{still}"
    table.line("key to paint at rest, while indexing", shown, "<= 3")


def bench_page(table: Table) -> None:
    """From an edit to the patched page, and a page that was never shown."""
    for size, aim in ((DIGEST, "<= 16 ms, own <= 8 ms"), (LONG_DIGEST, "<= 25 ms")):
        table.measure("page_parts.prepare", size)
        edited = table.measure("page_parts.edit", size)
        table.line(
            f"edit to patched page, digest of {size // 1000} KB, CPU",
            f"p50 {edited['whole']['p50']:.1f} ms, window's thread {edited['own']['p50']:.1f} ms",
            aim,
        )
    cold = table.measure("page_parts.cold", DIGEST)
    shown = f"{cold['whole']:.0f} ms, window's thread {cold['own']:.0f} ms"
    table.line("page of a digest shown first, CPU", shown, "<= 100 ms")


def bench_tree(table: Table) -> None:
    """The tree at two sizes."""
    small, large = (table.measure("parts.open_tree", notes) for notes in (10_000, 100_000))
    shown = f"{small['cpu']:.0f} and {large['cpu']:.0f} ms = {large['cpu'] / small['cpu']:.2f}"
    table.line("tree opens, 10,000 and 100,000 notes, CPU", shown, "<= 2")
    table.line("    memory at 100,000", f"{large['rss']:.1f} MB", "<= 10 MB")


def bench_links(table: Table) -> None:
    """Finding, saving, renaming and showing links."""
    scanned = table.measure("link_parts.scan", LARGE)
    shown = f"{scanned['scan']:.2f} / {scanned['conversion']:.2f} s = {scanned['scan'] / scanned['conversion']:.2f}"
    table.line("links of 1 MB of digest / its conversion, CPU", shown, "<= 0.3")
    saved = table.measure("link_parts.save", 2_000)
    shown = f"p50 {saved['p50']:.0f}, max {saved['max']:.0f} ms"
    table.line(f"saving a note with {saved['links']:,} links, CPU", shown, "<= 50 ms")
    renamed = table.measure("link_parts.rename", 1_000)
    shown = f"{renamed['wall']:.2f} s ({renamed['cpu']:.2f} s CPU), back {renamed['back']:.2f} s"
    table.line(f"renaming a note with {renamed['linked']:,} backlinks", shown, "<= 2 s")
    linked = table.measure("link_parts.prepare_screen", 10_000)["linked"]
    first = table.measure("link_parts.screen")
    what = f"{linked:,} backlinks + mentions, first screen, CPU"
    for when, words, aim in (("opened", what, "<= 16 ms (10,000)"), ("saved", "    the same right after a save", "")):
        one, two = first[f"backlinks_{when}"], first[f"mentions_{when}"]
        table.line(words, f"{one:.1f} + {two:.1f} = {one + two:.1f} ms", aim)
    looked = table.measure("link_parts.health")
    shown = f"{looked['cpu']:.1f} s CPU, {looked['wall']:.1f} s, on a reader"
    table.line("looking at every link of 10,000 notes", shown)


def bench_graph(table: Table, library: Path | None) -> None:
    """The layout at its largest, frames, and the graph of a library in the window."""
    settled = table.measure("graph_parts.settle")
    table.line("graph 10,000 / 44,000 settles", f"{settled['cpu']:.2f} s CPU, {settled['steps']} steps", "<= 2.5 s")
    table.line("    one note more moves the others (median)", f"{settled['moved']:.2%} of the radius", "<= 1 %")
    drawn = table.measure("graph_parts.frames")
    pan, hover, local = drawn["pan"], drawn["hover"], drawn["local300"]
    table.line("    its arrays are made, CPU", f"{drawn['picture']:.0f} ms, on a reader")
    table.line("    frame while panning, CPU", f"p50 {pan['p50']:.1f}, p99 {pan['p99']:.1f} ms", "<= 8 ms")
    table.line("    pointing at a note, CPU", f"p50 {hover['p50']:.2f}, p99 {hover['p99']:.2f} ms", "<= 1 ms")
    shown = f"p50 {local['p50']:.1f}, p99 {local['p99']:.1f} ms"
    table.line("graph of 300 notes, frame with simulation, CPU", shown, "<= 20 ms")
    shown = f"{drawn['local250']['fps']:.0f} a second, p50 {drawn['local250']['p50']:.1f} ms CPU"
    table.line("graph of 250 notes moves, frames", shown, "60 a second")
    if library is None:
        table.measure("graph_parts.prepare", 10_000, 44_000)
        opened = table.measure("graph_parts.open_library")
    else:
        opened = table.measure("graph_parts.open_library", library)
    shown = f"{opened['first']:.1f} s, {opened['nodes']:,} / {opened['edges']:,}, {opened['mb']:.0f} MB"
    table.line("graph of the library to its first picture", shown)
    shown = f"{opened['stall']:.0f} ms reading, {opened['moving']:.0f} ms moving"
    table.line("    longest stall of the window", shown, "<= 100 ms")


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure Konspekt.")
    sections = (*SECTIONS, "search")
    parser.add_argument("section", nargs="?", choices=sections, help="only this one; without it, all but search")
    parser.add_argument("--only", choices=sections, help="the same")
    parser.add_argument("--notes", type=int, nargs="+", help="sizes of the libraries (2000; search: 1000 10000)")
    words = "search: in these Markdown files, or this library, instead; graph: in this library"
    parser.add_argument("--folder", type=Path, help=words)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES, help="search: which to measure")
    parser.add_argument("--all", action="store_true", help="search: Whoosh's own on large libraries too")
    parser.add_argument("--searches", type=int, default=SEARCHES, help="search: so many queries of each class")
    parser.add_argument("--no-window", action="store_true", help="search: leave the window out")
    return parser.parse_args()


def main() -> int:
    """Print the table and return 1 when a figure could not be taken."""
    arguments = read_arguments()
    only = arguments.section or arguments.only
    with tempfile.TemporaryDirectory(prefix="konspekt-bench-") as folder:
        table = Table(Path(folder))
        table.head()
        if only == "search":
            notes = tuple(arguments.notes or (1_000, 10_000))
            engines = ("konspekt", *arguments.engines)
            wanted = Wanted(
                notes=notes,
                source=arguments.folder,
                engines=engines,
                everything=arguments.all,
                searches=arguments.searches,
                window=not arguments.no_window,
            )
            bench_search(table, wanted)
        for name, run in SECTIONS.items():
            if only in (None, name) and not (name == "graph" and arguments.folder is not None):
                table.section(name, lambda run=run: run(table, (arguments.notes or [2_000])[0]))  # type: ignore[misc]
        if only == "graph" and arguments.folder is not None:
            table.section("graph", lambda: bench_graph(table, arguments.folder))
        return 1 if table.failed else 0


SECTIONS: dict[str, Callable[[Table, int], None]] = {
    "core": bench_core,
    "start": lambda table, _notes: bench_start(table),
    "typing": lambda table, _notes: bench_typing(table),
    "busy": bench_busy_typing,
    "page": lambda table, _notes: bench_page(table),
    "tree": lambda table, _notes: bench_tree(table),
    "links": lambda table, _notes: bench_links(table),
    "graph": lambda table, _notes: bench_graph(table, None),
}


if __name__ == "__main__":
    sys.exit(main())
