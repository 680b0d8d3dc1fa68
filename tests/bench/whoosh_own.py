"""Whoosh's own search, used as its documentation says.

A schema of TEXT fields with Whoosh's own analyzer for Russian (LanguageAnalyzer: tokens, lower case, stop words, its
own Snowball stemmer), the title stored and counting three times; QueryParser for title and body; `searcher.search` with
BM25F, 40 rows of id, title and kind. A search that is being typed ends in `*`, which the parser makes a Prefix query,
sorted by the moment of change. One searcher stays open; the writer may use 256 MB. Each class of queries stops after
its budget of CPU, for a two-letter prefix takes seconds.
"""

import gc
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.figures import cpu_times, folder_mb, peak_mb, resident_mb, spread
from tests.bench.workload import keystrokes, load_queries, notes_of

ROWS = 40
BUDGET_S = 30.0
WRITER_MB = 256


def build(folder: Path) -> dict[str, float]:
    """Index the library."""
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 predates Python 3.6
    from whoosh.analysis import LanguageAnalyzer
    from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema
    from whoosh.index import create_in

    target = folder / "whoosh"
    target.mkdir(exist_ok=True)
    schema = Schema(
        id=STORED,
        title=TEXT(stored=True, analyzer=LanguageAnalyzer("ru"), field_boost=3.0),
        body=TEXT(analyzer=LanguageAnalyzer("ru")),
        kind=ID(stored=True),
        tags=KEYWORD(commas=True, lowercase=True),
        updated=NUMERIC(numtype=int, bits=64, sortable=True),
    )
    gc.freeze()
    cpu = time.process_time()
    writer = create_in(target, schema).writer(limitmb=WRITER_MB)
    for row in notes_of(folder):
        writer.add_document(
            id=row.id,
            title=row.title,
            body=row.text,
            kind=row.kind.value,
            tags=",".join(row.tags),
            updated=row.updated,
        )
    writer.commit()
    return {"cpu": time.process_time() - cpu, "peak": peak_mb(), "index_mb": folder_mb(target)}


def asked(folder: Path) -> dict[str, Any]:
    """Ask every class of queries."""
    warnings.simplefilter("ignore")
    from whoosh.index import open_dir
    from whoosh.qparser import MultifieldParser

    queries = load_queries(folder)
    index = open_dir(folder / "whoosh")
    parser = MultifieldParser(["title", "body"], index.schema)
    gc.freeze()
    with index.searcher() as searcher:

        def ranked(text: str) -> list[Any]:
            results = searcher.search(parser.parse(text), limit=ROWS)
            return [(hit["id"], hit["title"], hit["kind"]) for hit in results]

        def typing(text: str) -> list[Any]:
            query = parser.parse(f"{text}*" if text[-1].isalnum() else text)
            results = searcher.search(query, limit=ROWS, sortedby="updated", reverse=True)
            return [(hit["id"], hit["title"], hit["kind"]) for hit in results]

        def timed(ask: Callable[[str], object], texts: list[str]) -> dict[str, float]:
            return spread(cpu_times(ask, texts, BUDGET_S))

        keys = keystrokes(queries)
        return {
            "common": timed(ranked, queries["common"] * 3),
            "ands": timed(ranked, queries["ands"]),
            "phrases": timed(ranked, [f'"{text}"' for text in queries["phrases"]]),
            "typing": timed(typing, keys[:: max(1, len(keys) // 150)]),
            "typing_begins": timed(typing, queries["begins"][:60]),
            "rss": resident_mb(),
        }
