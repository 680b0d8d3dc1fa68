"""What is measured with, without Qt: CPU time, memory, shares of a list of times."""

import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def cpu_s() -> float:
    """Return the CPU seconds of this process and of its ended children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def resident_mb() -> float:
    """Return the memory of this process in MB."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return peak_mb()


def peak_mb() -> float:
    """Return the most memory that this process ever held, in MB; 0 where the system does not tell."""
    try:
        import resource  # late: not on Windows
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def percentile(values: list[float], share: float) -> float:
    """Return the value that a share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def spread(times: list[float]) -> dict[str, float]:
    """Return p50, p99 and the maximum of a list, and its length."""
    if not times:
        return {"p50": 0.0, "p99": 0.0, "max": 0.0, "n": 0}
    return {"p50": percentile(times, 0.5), "p99": percentile(times, 0.99), "max": max(times), "n": len(times)}


def cpu_times(ask: Callable[[Any], object], queries: Iterable[Any], budget_s: float = 1e9) -> list[float]:
    """Ask each query once and return the CPU milliseconds of each; stop when the budget is used up."""
    clock, taken, end = time.process_time, [], time.process_time() + budget_s
    for query in queries:
        before = clock()
        ask(query)
        after = clock()
        taken.append((after - before) * 1e3)
        if after > end:
            break
    return taken


def folder_mb(folder: Path) -> float:
    """Return the size of all files below a folder in MB."""
    return sum(entry.stat().st_size for entry in folder.rglob("*") if entry.is_file()) / 1e6
