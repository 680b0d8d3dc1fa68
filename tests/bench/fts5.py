"""SQLite's FTS5 doing the same task.

The table `fts(title, body)` holds the very terms that Konspekt indexes, in reading order: each token's stem (PyStemmer,
with the same memory of tokens seen before), then the parts of camelCase words. Title means title, name and aliases, as
in Konspekt. `detail=full` keeps positions for phrases, `prefix='2 3'` serves short beginnings. Rows are inserted in one
transaction, the note changed longest ago first, so that `rowid` rises with the moment of change; then the table is
optimized into one b-tree. `head` gives id, title, kind, moment of change and day, `tagged` the tags; both have the
indexes that the filters want. The file is read with 64 MB of cache and through a memory map.

What is asked:

    typing      the words joined by AND, the last as `word*` (or its stem, where the stem is another); 40 rows of id,
                title and kind: first what matches in the title, then the rest, newest first. `updated` sorts by the
                column of `head`. `rowid` goes through the matches from the highest rowid down and stops at 40, which
                needs a note to get a new rowid with each change. Konspekt's answer also counts all matches; `counted`
                is `rowid` with that count. `typing_untitled` is `rowid` without the title rows first: the least that
                FTS5 can be asked.
    ranked      bm25(fts, 3.0, 1.0) by way of the `rank` column (FTS5's own shortcut), 40 rows with their heads. A word
                stands for the stems of all its forms, as in Konspekt; finding those is not counted. `plain` asks for
                the typed word's own stem alone.
    phrase      the two stems as a phrase, ranked
    filtered    a ranked word, with the kind, tag or days asked of `head`
    filter      the filter alone, newest first, from an index of `head`; FTS5 is not needed
    dated       a word, newest first
    snippets    snippet() of the body for 12 given rows of a match. It marks stems: the table knows no written words.

Each class is asked once, in a fresh process and in the order of Konspekt's; of the keystrokes the first 20 warm up.
The variants of `typing` follow `updated`, so they find the file's pages in memory already.

Building is timed whole, and without the CPU that tokenizing and stemming took; reading the notes is in both, as it is
in Konspekt's figure. Optimizing is timed apart.
"""

import gc
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.bench.figures import cpu_times, peak_mb, percentile, resident_mb, spread
from tests.bench.workload import READ_AT_ONCE, keystrokes, load_queries, notes_of

ROWS = 40
SEEN_ROWS = 12
WARM_UP = 20
SCHEMA = """
CREATE VIRTUAL TABLE fts USING fts5(title, body, detail=full, prefix='2 3', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE head(seq INTEGER PRIMARY KEY, id INTEGER, title TEXT, kind TEXT, updated INTEGER, day INTEGER);
CREATE TABLE tagged(tag TEXT, seq INTEGER, PRIMARY KEY (tag, seq)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX head_updated ON head(updated);
CREATE INDEX head_kind ON head(kind, updated);
CREATE INDEX head_day ON head(day);
"""
HEAD = "SELECT h.id, h.title, h.kind FROM fts JOIN head h ON h.seq = fts.rowid WHERE fts MATCH ?"
BY_UPDATED = f"{HEAD} ORDER BY h.updated DESC LIMIT {ROWS}"
BY_ROWID = f"{HEAD} ORDER BY fts.rowid DESC LIMIT {ROWS}"
COUNT = "SELECT count(*) FROM fts WHERE fts MATCH ?"
RANKED = f"""
SELECT h.id, h.title, h.kind, r.rank
FROM (SELECT rowid, rank FROM fts WHERE fts MATCH ? AND rank MATCH 'bm25(3.0, 1.0)' ORDER BY rank LIMIT {ROWS}) r
JOIN head h ON h.seq = r.rowid
"""
FILTERED = """
SELECT h.id, h.title, h.kind, fts.rank FROM fts JOIN head h ON h.seq = fts.rowid
WHERE fts MATCH ? AND rank MATCH 'bm25(3.0, 1.0)' AND {} ORDER BY fts.rank LIMIT 40
"""
FILTER = f"SELECT id, title, kind FROM head h WHERE {{}} ORDER BY updated DESC LIMIT {ROWS}"
SNIPPETS = "SELECT rowid, snippet(fts, 1, '[', ']', '…', 24) FROM fts WHERE fts MATCH ? AND rowid IN ({})"


def build(folder: Path) -> dict[str, float]:
    """Index the library; return CPU seconds, memory and the file's size."""
    from desktop.core.search.analyzer import token_terms
    from desktop.core.search.notes import day_of, tag_terms
    from desktop.core.text.words import TOKEN, compose

    gc.set_threshold(100_000, 50, 100)  # as Konspekt's own index process
    known: dict[str, str] = {}
    stemming = 0.0

    def stems(text: str) -> str:
        found = []
        for token in TOKEN.findall(compose(text)):
            terms = known.get(token)
            if terms is None:
                terms = known[token] = " ".join(token_terms(token))
            found.append(terms)
        return " ".join(found)

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal stemming
        for number, row in enumerate(notes_of(folder), 1):
            before = time.process_time()
            names = dict.fromkeys((row.title, row.name, *(alias for alias in row.aliases if "://" not in alias)))
            title, body = stems("\n".join(names)), stems(row.text)
            stemming += time.process_time() - before
            head = (number, row.id, row.title, row.kind.value, row.updated, day_of(row.date, row.updated))
            yield (number, title, body), head, [(tag, number) for tag in tag_terms(row.tags)]

    connection = sqlite3.connect(folder / "fts5.db")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(SCHEMA)
    started = time.process_time()
    with connection:
        for batch in _batches(rows()):
            connection.executemany("INSERT INTO fts(rowid, title, body) VALUES (?, ?, ?)", (row[0] for row in batch))
            connection.executemany("INSERT INTO head VALUES (?, ?, ?, ?, ?, ?)", (row[1] for row in batch))
            connection.executemany("INSERT INTO tagged VALUES (?, ?)", (pair for row in batch for pair in row[2]))
    connection.executescript(INDEXES)
    whole = time.process_time() - started
    size = _index_mb(connection)
    started = time.process_time()
    with connection:
        connection.execute("INSERT INTO fts(fts) VALUES ('optimize')")
    optimizing = time.process_time() - started
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return {
        "cpu": whole,
        "cpu_unstemmed": whole - stemming,
        "optimize": optimizing,
        "peak": peak_mb(),
        "index_mb": size,
        "file_mb": (folder / "fts5.db").stat().st_size / 1e6,
    }


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == READ_AT_ONCE:
            yield batch
            batch = []
    yield batch


def _index_mb(connection: sqlite3.Connection) -> float:
    """Return the size of the full-text index without the stemmed texts that the table also keeps."""
    tables = {"fts_data": "block", "fts_docsize": "sz", "fts_idx": "term"}
    sizes = [connection.execute(f"SELECT sum(length({c}) + 8) FROM {t}").fetchone()[0] for t, c in tables.items()]
    return sum(size or 0 for size in sizes) / 1e6


class Fts5:
    """Asks the table."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(f"file:{folder / 'fts5.db'}?mode=ro", uri=True)
        self._connection.execute("PRAGMA cache_size=-64000")
        self._connection.execute("PRAGMA mmap_size=1073741824")

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Return all rows of a statement."""
        return self._connection.execute(statement, values).fetchall()

    def typing(self, match: str, statement: str) -> list[Any]:
        """Return title matches, then others."""
        found = self.rows(statement, f"{{title}} : ({match})")
        if len(found) < ROWS:
            seen = set(found)
            found += [row for row in self.rows(statement, match) if row not in seen][: ROWS - len(found)]
        return found

    def counted(self, match: str) -> list[Any]:
        """Return the same as `typing` by rowid, and count the matches."""
        return [*self.typing(match, BY_ROWID), self.rows(COUNT, match)]

    def filtered(self, asked: tuple[str, str, Sequence[object]]) -> list[Any]:
        """Return ranked matches of a filtered word."""
        match, condition, values = asked
        return self.rows(FILTERED.format(condition), match, *values)

    def filter(self, asked: tuple[str, Sequence[object]]) -> list[Any]:
        """Return the newest notes that pass a filter."""
        condition, values = asked
        return self.rows(FILTER.format(condition), *values)

    def snippets(self, asked: tuple[str, Sequence[int]]) -> list[Any]:
        """Return the snippets of some rows."""
        match, numbers = asked
        return self.rows(SNIPPETS.format(", ".join("?" * len(numbers))), match, *numbers)


def typed_match(text: str) -> str:
    """Return the MATCH for words that are being typed."""
    from desktop.core.search.analyzer import query_words, word_stem
    from desktop.core.text.words import compose, fold_word

    words = query_words(fold_word(compose(text)))
    parts = [f'"{word_stem(word)}"' for word in words]
    if words and not text.endswith(" ") and len(words[-1]) > 1:
        parts[-1] = f'"{words[-1]}"*' if f'"{words[-1]}"' == parts[-1] else f'("{words[-1]}"* OR {parts[-1]})'
    return " AND ".join(parts)


def ranked_match(text: str, forms: bool = True) -> str:
    """Return the MATCH for finished words, in all their forms or by their own stem."""
    from desktop.core.search.analyzer import query_words, word_stem, word_stems
    from desktop.core.text.words import compose, fold_word

    parts = []
    for word in query_words(fold_word(compose(text))):
        stems = word_stems(word) if forms else (word_stem(word),)
        parts.append(stems_match(stems))
    return " AND ".join(parts)


def stems_match(stems: Sequence[str]) -> str:
    """Return the MATCH for any of some stems."""
    alternatives = " OR ".join(f'"{stem}"' for stem in stems)
    return f"({alternatives})" if len(stems) > 1 else alternatives


def condition_of(wanted: dict[str, str]) -> tuple[str, tuple[object, ...]]:
    """Return the SQL for one filter."""
    if "kind" in wanted:
        return "h.kind = ?", (wanted["kind"],)
    if "tag" in wanted:
        return "h.seq IN (SELECT seq FROM tagged WHERE tag = ?)", (wanted["tag"],)
    first, last = (int(wanted[end].replace("-", "")) * 100 for end in ("first", "last"))
    return "h.day BETWEEN ? AND ?", (first, last + 99)


def typed(folder: Path) -> dict[str, Any]:
    """Type every search letter by letter."""
    queries = load_queries(folder)
    engine = Fts5(folder)
    gc.freeze()
    asks: dict[str, Callable[[str], object]] = {
        "typing": lambda match: engine.typing(match, BY_UPDATED),
        "rowid": lambda match: engine.typing(match, BY_ROWID),
        "counted": engine.counted,
        "untitled": lambda match: engine.rows(BY_ROWID, match),
    }
    figures: dict[str, Any] = {}
    for name, ask in asks.items():
        figures[name] = spread(cpu_times(ask, map(typed_match, keystrokes(queries)))[WARM_UP:])
        figures[f"{name}_begins"] = spread(cpu_times(ask, map(typed_match, queries["begins"])))
    return {**figures, "rss": resident_mb()}


def asked(folder: Path) -> dict[str, Any]:
    """Ask every finished query."""
    queries = load_queries(folder)
    engine = Fts5(folder)
    gc.freeze()
    ranked: Callable[[str], object] = lambda match: engine.rows(RANKED, match)  # noqa: E731
    common = [ranked_match(word) for word in queries["common"]]
    cpu_times(ranked, common)
    figures: dict[str, Any] = {
        "common": spread(cpu_times(ranked, common * 3)),
        "common_plain": spread(cpu_times(ranked, [ranked_match(word, forms=False) for word in queries["common"]] * 3)),
        "ands": spread(cpu_times(ranked, map(ranked_match, queries["ands"]))),
        "ands_plain": spread(cpu_times(ranked, [ranked_match(text, forms=False) for text in queries["ands"]])),
        "phrases": spread(cpu_times(ranked, [_phrase_match(text) for text in queries["phrases"]])),
    }
    filtered = [(ranked_match(wanted["word"]), *condition_of(wanted)) for wanted in queries["filtered"]]
    figures["filtered"] = spread(cpu_times(engine.filtered, filtered))
    figures["filters"] = spread(cpu_times(engine.filter, [condition_of(wanted) for wanted in queries["filters"]] * 5))
    dated = [ranked_match(wanted["word"], forms=False) for wanted in queries["filtered"]]
    figures["dated"] = spread(cpu_times(lambda match: engine.rows(BY_UPDATED, match), dated))
    figures["dated_rowid"] = spread(cpu_times(lambda match: engine.rows(BY_ROWID, match), dated))
    seen = [(match, _best_rows(engine, match)) for match in map(ranked_match, queries["ands"] + queries["common"])]
    figures["snippets"] = spread(cpu_times(engine.snippets, [pair for pair in seen if pair[1]]))
    figures["totals"] = [engine.rows(COUNT, match)[0][0] for match in map(ranked_match, queries["ands"])]
    figures["p90_common"] = percentile([engine.rows(COUNT, match)[0][0] for match in common], 0.9)
    return {**figures, "rss": resident_mb()}


def _best_rows(engine: Fts5, match: str) -> list[int]:
    best = "SELECT rowid FROM fts WHERE fts MATCH ? AND rank MATCH 'bm25(3.0, 1.0)' ORDER BY rank LIMIT ?"
    return [row[0] for row in engine.rows(best, match, SEEN_ROWS)]


def _phrase_match(text: str) -> str:
    return '"' + ranked_match(text, forms=False).replace('"', "").replace(" AND ", " ") + '"'
