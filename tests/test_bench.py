"""The bench itself: it runs from end to end on a handful of notes, and its texts and its partners are what they say."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.figures import percentile, spread
from tests.bench.table import Table
from tests.bench.texts import FOLDERS, Prose, title, write_folder
from tests.bench.vocabulary import COMMON
from tests.bench.workload import draw_queries, keystrokes

ROOT = Path(__file__).resolve().parents[1]
SEARCH_LINES = (
    "one keystroke", "two letters", "full: common word", "full: two and three words", "full: phrase",
    "full: word with a filter", "full: word, newest first", "snippets of 12 rows", "bulk build", "index",
    "cold open to first hit", "saved -> findable", "an index in use", "search while the index is built, wall",
)  # fmt: skip


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the bench as dev.py does."""
    return subprocess.run(
        [sys.executable, "-m", "tests.bench", *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=1_200,
        check=False,
    )


def figures_of(output: str) -> dict[str, str]:
    """Return the figure of each line of the table."""
    rows = (line.strip("|").split("|") for line in output.splitlines() if line.startswith("|"))
    return {row[0].strip(): row[1].strip() for row in rows}


def test_bench_of_the_search_runs_from_end_to_end() -> None:
    done = bench("search", "--notes", "60", "--searches", "10", "--no-window")
    assert done.returncode == 0, done.stdout + done.stderr
    figures = figures_of(done.stdout)
    for line in SEARCH_LINES:
        assert figures[line] not in ("", "-", "failed"), line
    same, of_all = map(int, re.findall(r"\d+", figures["as many notes as FTS5"]))
    assert same > 0.9 * of_all > 0, "the engines were not given the same task"


def test_bench_measures_a_folder_of_markdown_in_the_window(tmp_path: Path) -> None:
    write_folder(tmp_path / "notes", 30)
    table = Table(tmp_path)
    assert table.measure("workload.import_library", tmp_path / "notes")["imported"] == 30
    library = table.measure("workload.prepare", 5)
    assert 30 <= library["notes"] <= 30 + FOLDERS + 1
    late = table.measure("window_search.building", 0.3)
    assert late["done"]
    assert late["building"]["n"] > 0 < late["idle"]["n"]


def test_a_figure_that_cannot_be_taken_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.konspekt"
    broken.write_text("no library")
    done = bench("search", "--folder", str(broken), "--no-window")
    assert done.returncode == 1
    assert figures_of(done.stdout)["search"] == "failed"


def test_an_unknown_section_is_refused() -> None:
    assert bench("nothing").returncode == 2


def test_vocabulary_of_the_texts_keeps_growing() -> None:
    prose = Prose(5)
    seen: set[str] = set()
    sizes = []
    for number in range(600):
        seen.update(re.findall(r"[^\W\d_]+", prose.note(number, 600).lower()))
        if number % 200 == 199:
            sizes.append(len(seen))
    assert sizes[0] > 5_000
    assert sizes[2] - sizes[1] > 0.4 * (sizes[1] - sizes[0]) > 1_000  # slower, and never at an end
    assert {"модель", "модели", "моделью", "system", "systems"} <= seen


def test_texts_are_the_same_for_the_same_seed_and_hold_what_notes_hold() -> None:
    first, second = ([Prose(seed).note(number, 50) for number in range(50)] for seed in (3, 3))
    assert first == second != [Prose(4).note(number, 50) for number in range(50)]
    prose = Prose(3)
    text = "\n".join(prose.note(number, 50) for number in range(50))
    for piece in ("```python", "[[", "](https://", "| --- |", "\ndate: 20", "\ntags: [", "\n## ", "\n- ", " #"):
        assert piece in text, piece
    lengths = sorted(len(prose.note(number, 50).split()) for number in range(501))
    assert lengths[-1] > 10_000 > 20 * lengths[len(lengths) // 2] / 2
    assert len({title(number) for number in range(1_000)}) == 1_000
    assert all(len(set(words.split())) > 600 for words in COMMON.values())


def test_queries_are_drawn_from_the_texts() -> None:
    texts = [Prose(seed).note(seed, 40) for seed in range(40)]
    queries = draw_queries(texts, ["note"], ["ml"])
    assert queries == draw_queries(texts, ["note"], ["ml"])
    whole = "\n".join(texts).lower()
    assert all(phrase in whole for phrase in queries["phrases"])
    assert all(len(phrase.split()) == 2 for phrase in queries["phrases"])
    assert {len(search.split()) for search in queries["typed"]} == {1, 2, 3}
    keys = keystrokes({"typed": ["model da"]})
    assert keys == ["mo", "mod", "mode", "model", "model ", "model d", "model da"]


def test_shares_of_a_list() -> None:
    times = [float(number) for number in range(1, 101)]
    assert percentile(times, 0.5) == 51.0
    assert percentile(times, 0.99) == 100.0
    assert spread(times) == {"p50": 51.0, "p99": 100.0, "max": 100.0, "n": 100}
    assert spread([])["n"] == 0


@pytest.mark.parametrize("typed", ["модел", "моделями", "model da", "A/B тест", "C++ "])
def test_fts5_is_asked_for_what_konspekt_finds(typed: str) -> None:
    from desktop.core.search.analyzer import token_terms
    from desktop.core.text.words import TOKEN
    from tests.bench.fts5 import SCHEMA, typed_match

    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    text = "Модель данных и model data, A/B тесты на C++"
    stems = " ".join(" ".join(token_terms(token)) for token in TOKEN.findall(text))
    connection.execute("INSERT INTO fts(rowid, title, body) VALUES (1, '', ?)", (stems,))
    assert connection.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (typed_match(typed),)).fetchall() == [(1,)]
    connection.close()
