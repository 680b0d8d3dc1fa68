"""The table of the judged set: `python -m tests.search.report [CORPUS]`.

Recall@10 is the share of the expected notes among the first ten hits (of ten, where more are expected); MRR is the
mean of one by the rank of the first expected note. Queries that should find nothing count with 1 where they do.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import CORPUS
from tests.search.judged import EVERYTHING, Judged
from tests.search.library import Library, open_library

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one query was answered."""

    judged: Judged
    recall: float
    reciprocal_rank: float
    found: tuple[str, ...]  # paths, best first
    missing: tuple[str, ...]
    notice: str


def judge(library: Library, judged: Judged) -> Verdict:
    """Ask one query and compare."""
    result = library.notebook.search.query(judged.query, limit=DEPTH)
    ids = [hit.id for hit in result.hits[:DEPTH]]
    found = tuple(library.paths[note_id] for note_id in ids)
    if not judged.expected:
        right = 0.0 if ids else 1.0
        return Verdict(judged, right, right, found, (), result.notice)
    expected = [library.find(end) for end in judged.expected]
    recall = len(set(ids) & set(expected)) / min(DEPTH, len(expected))
    rank = next((place for place, note_id in enumerate(ids, 1) if note_id in expected), 0)
    missing = tuple(library.paths[note_id] for note_id in expected if note_id not in ids)
    return Verdict(judged, recall, 1 / rank if rank else 0.0, found, missing, result.notice)


def mean(values: Iterable[float]) -> float:
    """Return the arithmetic mean."""
    numbers = list(values)
    return sum(numbers) / len(numbers)


def table(verdicts: list[Verdict]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'class':<12} {'queries':>7} {'recall@10':>9} {'MRR':>6} {'misses':>6}"
    kinds = dict.fromkeys(verdict.judged.kind for verdict in verdicts)
    for kind in (*kinds, "all"):
        some = [verdict for verdict in verdicts if kind in ("all", verdict.judged.kind)]
        recall, rank = mean(v.recall for v in some), mean(v.reciprocal_rank for v in some)
        misses = sum(1 for verdict in some if verdict.recall < 1 or verdict.reciprocal_rank < 1)
        yield f"{kind:<12} {len(some):>7} {recall:>9.3f} {rank:>6.3f} {misses:>6}"


def misses(verdicts: list[Verdict]) -> Iterator[str]:
    """Yield what was not answered in full, and what came instead."""
    for verdict in verdicts:
        if verdict.recall < 1 or verdict.reciprocal_rank < 1:
            judged = verdict.judged
            yield f"{judged.kind}: {judged.query}  (recall {verdict.recall:.2f}, rank {verdict.reciprocal_rank:.2f})"
            yield f"    missing: {', '.join(verdict.missing) or '-'}"
            yield f"    found:   {', '.join(verdict.found[:DEPTH]) or '-'}"
            if verdict.notice:
                yield f"    notice:  {verdict.notice}"


def main() -> None:
    """Print the table, then the misses."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    if not corpus.is_dir():
        sys.exit(f"{corpus} is not there: give the folder of the corpus.")
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(corpus, Path(folder))
        try:
            verdicts = [judge(library, judged) for judged in EVERYTHING]
        finally:
            library.notebook.close()
    print("\n".join((*table(verdicts), "", *misses(verdicts))))


if __name__ == "__main__":
    main()
