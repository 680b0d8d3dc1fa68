"""What all engines are given: one library, its notes in one order, and one list of queries.

The library is a real Konspekt library, imported from Markdown files or copied from one that is there. The moment of
each note's last change is spread over three years (an import gives all of them the same), so that "newest first"
means something.

Queries are drawn from the notes themselves with a fixed seed, the way a person would choose them: content words that
stand near each other. Each class is a list under its name in `queries.json`:

    typed     searches of one to three words, typed letter by letter
    begins    two-letter beginnings of words
    common    single words that stand in the most notes
    ands      two or three words of one note
    phrases   two neighbouring words
    filtered  a word with a kind, a tag or a range of days
    filters   a kind, a tag or a range of days alone
"""

import json
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.core.store.notes import IndexRow

SEARCHES = 150
SAMPLE = 1_200  # notes that queries are drawn from
CONTENT_WORD = re.compile(r"[^\W\d_]{4,24}")
NEIGHBOURS = re.compile(r"\b([^\W\d_]{3,}) ([^\W\d_]{3,})\b")
THREE_YEARS_MS = 3 * 365 * 86_400_000
LAST_CHANGE_MS = 1_750_000_000_000
YEARS = (2022, 2023, 2024)
READ_AT_ONCE = 500  # notes

Queries = dict[str, list[Any]]


def library_of(folder: Path) -> Path:
    """Return the library that is measured."""
    return folder / "bench.konspekt"


def import_library(folder: Path, source: str) -> dict[str, float]:
    """Import a folder of Markdown files."""
    from desktop.core.notebook import Notebook

    notebook = Notebook.open(library_of(folder))
    result = notebook.exchange.import_paths([Path(source)])
    notebook.close()
    return {"imported": result.imported}


def copy_library(folder: Path, source: str) -> dict[str, float]:
    """Copy a library that is there, whatever else has it open."""
    from desktop.core.notebook import Notebook

    target = sqlite3.connect(library_of(folder))
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as origin:
        origin.backup(target)
    target.close()
    notebook = Notebook.open(library_of(folder))  # brings an older one up to date
    total = notebook.tree.total()
    notebook.close()
    return {"imported": total}


def prepare(folder: Path, searches: str = str(SEARCHES)) -> dict[str, Any]:
    """Spread the moments of change, draw so many queries a class; return what the library is like."""
    connection = sqlite3.connect(library_of(folder))
    notes = [row[0] for row in connection.execute("SELECT id FROM note WHERE trashed_at IS NULL ORDER BY id")]
    order = list(range(len(notes)))
    random.Random(7).shuffle(order)
    step = THREE_YEARS_MS // max(1, len(notes))
    with connection:
        connection.executemany(
            "UPDATE note SET updated = ? WHERE id = ?",
            ((LAST_CHANGE_MS - place * step, note_id) for place, note_id in zip(order, notes, strict=True)),
        )
    kinds = [row[0] for row in connection.execute("SELECT kind FROM note GROUP BY kind ORDER BY count(*) DESC LIMIT 3")]
    rows = connection.execute("SELECT tag_key FROM tag GROUP BY tag_key ORDER BY count(*) DESC LIMIT 40")
    tags = [row[0] for row in rows if re.fullmatch(r"[\w/-]+", row[0])]
    random.Random(8).shuffle(notes)
    texts = [
        connection.execute("SELECT text FROM note WHERE id = ?", (note_id,)).fetchone()[0] for note_id in notes[:SAMPLE]
    ]
    ((size,),) = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM note")
    connection.close()
    queries = draw_queries([text for text in texts if text], kinds, tags, int(searches))
    (folder / "queries.json").write_text(json.dumps(queries, ensure_ascii=False), "utf-8")
    words = [len(re.findall(r"[^\W_]+", text)) for text in texts]
    return {"notes": len(notes), "mb": size / 1e6, "words": sum(words) / max(1, len(words))}


def load_queries(folder: Path) -> Queries:
    """Return the queries that `prepare` drew."""
    queries: Queries = json.loads((folder / "queries.json").read_text("utf-8"))
    return queries


def keystrokes(queries: Queries) -> list[str]:
    """Return what stands in the field after each key, from the second letter on."""
    return [search[:end] for search in queries["typed"] for end in range(2, len(search) + 1)]


def notes_of(folder: Path) -> "Iterator[IndexRow]":
    """Yield every note as Konspekt's index reads it, the one changed longest ago first."""
    from desktop.core.store.database import Database
    from desktop.core.store.notes import Notes

    database = Database(library_of(folder), read_only=True)
    notes = Notes(database)
    ids = notes.living_ids()[::-1]
    for start in range(0, len(ids), READ_AT_ONCE):
        yield from sorted(notes.texts(ids[start : start + READ_AT_ONCE]), key=lambda row: (row.updated, -row.id))
    database.close()


def draw_queries(texts: list[str], kinds: list[str], tags: list[str], searches: int = SEARCHES) -> Queries:
    """Return the queries of every class."""
    draw = random.Random(9)
    lines = [line for text in texts for line in text.splitlines() if len(CONTENT_WORD.findall(line)) > 3]
    words = [word.lower() for line in draw.sample(lines, min(len(lines), 4_000)) for word in CONTENT_WORD.findall(line)]
    spread_words = list(dict.fromkeys(words))
    draw.shuffle(words)
    common = [word for word, _count in _document_counts(texts).most_common(60)][:30]
    typed = [" ".join(_near(draw, draw.choice(lines), count)) for count in (1, 2, 1, 3, 1) * (searches // 5)]
    some = common[:10] + words[:20]
    filters = [{"kind": kind} for kind in kinds]
    filters += [{"tag": tag} for tag in tags[:6]]
    filters += [{"first": f"{year}-0{month}", "last": f"{year}-0{month + 3}"} for year in YEARS for month in (1, 6)]
    neighbours = [pairs for pairs in (NEIGHBOURS.findall(line.lower()) for line in lines) if pairs]
    rarer = draw.sample(spread_words, min(len(spread_words), 900))
    return {
        "typed": typed,
        "begins": list(dict.fromkeys(word[:2] for word in rarer))[:searches],
        "common": common,
        "ands": [" ".join(_near(draw, draw.choice(lines), 2 + number % 2)) for number in range(searches)],
        "phrases": [" ".join(draw.choice(pairs)) for pairs in draw.sample(neighbours, min(len(neighbours), 60))],
        "filtered": [{**filters[number % len(filters)], "word": word} for number, word in enumerate(some * 2)],
        "filters": filters,
    }


def _document_counts(texts: list[str]) -> Counter[str]:
    """Return in how many texts each content word stands, counting the forms of one word once."""
    from desktop.core.text.words import fold_word, stem

    counts: Counter[str] = Counter()
    forms: dict[str, str] = {}
    for text in texts:
        stems = {}
        for word in set(CONTENT_WORD.findall(text)):
            folded = fold_word(word)
            stems[stem(folded)] = folded
        counts.update(stems.keys())
        forms.update(stems)
    return Counter({forms[key]: count for key, count in counts.items()})


def _near(draw: random.Random, line: str, count: int) -> list[str]:
    found = list(dict.fromkeys(word.lower() for word in CONTENT_WORD.findall(line)))
    first = draw.randrange(max(1, len(found) - 5))
    nearby = found[first : first + 6]
    return draw.sample(nearby, min(count, len(nearby)))
