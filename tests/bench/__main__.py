"""Run the measurements and print the table."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.texts import write_folder

SMALL, LARGE = 20_000, 1_000_000  # bytes of a note that is typed into
START_RUNS = 5


class Table:
    """The figures, printed as they come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failed = 0

    def measure(self, part: str, *arguments: object) -> dict[str, Any]:
        """Run one part in a process of its own and return its figures."""
        command = [sys.executable, "-m", "tests.bench.parts", part, str(self.folder), *map(str, arguments)]
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "KONSPEKT_HOME": str(self.folder / "home")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's program is compiled once, not at every start
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=1800, check=False)
        lines = done.stdout.strip().splitlines()
        if done.returncode or not lines:
            raise RuntimeError(f"{part}: {(done.stderr.strip().splitlines() or ['no figures'])[-1]}")
        figures: dict[str, Any] = json.loads(lines[-1])
        return figures

    def line(self, what: str, figure: str, aim: str = "") -> None:
        """Print one line of the table."""
        print(f"| {what:<46} | {figure:<34} | {aim:<22} |", flush=True)

    def section(self, what: str, run: Callable[[], None]) -> None:
        """Run one section; one that fails is told and does not stop the others."""
        try:
            run()
        except (RuntimeError, subprocess.TimeoutExpired, KeyError) as error:
            self.failed += 1
            self.line(what, "failed")
            print(f"  {error}", file=sys.stderr)


def bench_core(table: Table, notes: int) -> None:
    """Import, index, search."""
    size = write_folder(table.folder / "notes", notes)
    imported = table.measure("import_notes", notes)
    table.line(
        f"import, {notes:,} notes ({size / 1e6:.1f} MB)",
        f"{imported['per_s']:,.0f} notes/s, {imported['cpu']:.1f} s CPU",
    )
    indexed = table.measure("index_notes")
    table.line("index", f"{indexed['per_s']:,.0f} notes/s, {indexed['cpu']:.1f} s CPU")
    both = (imported["cpu"] + indexed["cpu"]) * 10_000 / max(1, imported["imported"])
    table.line("import + index, for 10,000 notes", f"{both:.1f} s CPU", "<= 57 s")
    found = table.measure("search")
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
    table.measure("prepare_start")
    for part in ("our_first_paint", "bare_first_paint"):
        table.measure(part)  # writes the compiled modules, reads the files
    for _ in range(START_RUNS):
        bare.append(table.measure("bare_first_paint"))
        ours.append(table.measure("our_first_paint"))
    for key, unit, name in (("cpu", "s", "CPU"), ("rss", "MB", "memory")):
        base, figure = (median(run[key] for run in runs) for runs in (bare, ours))
        digits = 3 if key == "cpu" else 1
        shown = f"{figure:.{digits}f} / {base:.{digits}f} {unit} = {figure / base:.2f}"
        table.line(f"{name} at first paint / bare window", shown, "<= 1.15")


def bench_typing(table: Table) -> None:
    """From a key to its paint."""
    figures: dict[tuple[str, int], dict[str, Any]] = {}
    for size in (SMALL, LARGE):
        table.measure("prepare_typing", size)
        for part in ("bare_typing", "our_typing"):
            figures[part, size] = table.measure(part, size)
        ours, bare = figures["our_typing", size], figures["bare_typing", size]
        shown = f"p50 {ours['p50']:.1f}, p99 {ours['p99']:.1f} ms (bare {bare['p99']:.1f})"
        table.line(f"key to paint, {size // 1000:,} KB", shown, "<= 2 x bare" if size == LARGE else "")
        table.line(
            "    CPU of the window's thread",
            f"p50 {ours['cpu_p50']:.1f}, p99 {ours['cpu_p99']:.1f} ms (bare {bare['cpu_p99']:.1f})",
        )
    ratio = figures["our_typing", LARGE]["cpu_p99"] / figures["our_typing", SMALL]["cpu_p99"]
    table.line("key to paint, 1 MB / 20 KB, CPU p99", f"{ratio:.2f}", "<= 1.5")


def bench_tree(table: Table) -> None:
    """The tree at two sizes."""
    small, large = (table.measure("open_tree", notes) for notes in (10_000, 100_000))
    shown = f"{small['cpu']:.0f} and {large['cpu']:.0f} ms = {large['cpu'] / small['cpu']:.2f}"
    table.line("tree opens, 10,000 and 100,000 notes, CPU", shown, "<= 2")
    table.line("    memory at 100,000", f"{large['rss']:.1f} MB", "<= 10 MB")


def bench_graph(table: Table) -> None:
    """The layout at its largest."""
    settled = table.measure("settle_graph")
    table.line("graph 10,000 / 44,000 settles", f"{settled['cpu']:.2f} s CPU, {settled['steps']} steps", "<= 2.5 s")


def main() -> int:
    """Print the table and return 1 when a figure could not be taken."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure Konspekt.")
    parser.add_argument("--notes", type=int, default=2_000, help="size of the generated library (default 2000)")
    parser.add_argument("--only", choices=("core", "start", "typing", "tree", "graph"), help="one section")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="konspekt-bench-") as folder:
        table = Table(Path(folder))
        sections: dict[str, Callable[[], None]] = {
            "core": lambda: bench_core(table, arguments.notes),
            "start": lambda: bench_start(table),
            "typing": lambda: bench_typing(table),
            "tree": lambda: bench_tree(table),
            "graph": lambda: bench_graph(table),
        }
        table.line("what", "figure", "aim")
        table.line("-" * 46, "-" * 34, "-" * 22)
        for name, run in sections.items():
            if arguments.only in (None, name):
                table.section(name, run)
        return 1 if table.failed else 0


if __name__ == "__main__":
    sys.exit(main())
