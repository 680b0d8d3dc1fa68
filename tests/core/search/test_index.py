"""The index on the disk: many segments, deletions, damage, and the two ways of reading postings."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, LibraryError
from desktop.core.notebook import Notebook
from desktop.core.records import NoteId, Progress
from desktop.core.search.facts import Facts, FactsDamaged, Lexicon
from desktop.core.search.generation import MANY_SMALL
from desktop.core.search.index import IndexFolder, IndexLost

Write = Callable[..., NoteId]


def folder_of(notebook: Notebook) -> IndexFolder:
    return IndexFolder(notebook.index_folder, notebook.uuid)


def ids(notebook: Notebook, query: str) -> set[NoteId]:
    return {hit.id for hit in notebook.search.query(query, limit=500).hits}


def test_both_ways_of_reading_postings_agree(small: Notebook, write: Write) -> None:
    write("Ещё одна", "модель модели моделью цена")
    small.search.index_now()
    generation = folder_of(small).open()
    assert len(generation.parts) == 2
    compared = 0
    for part in generation.parts:
        for field in ("title", "body", "tag"):
            for term in part.segment.lexicon(field).terms:
                numbers, weights = part.segment.postings(field, term)
                slow_numbers, slow_weights = part.segment.slow_postings(field, term)
                assert list(numbers) == list(slow_numbers)
                assert list(weights) == list(slow_weights)
                assert part.segment.lexicon(field).count(term) == len(numbers)
                compared += 1
        assert part.segment.postings("body", "нетслова") == ((), ())
    assert compared > 50


def test_long_lists_span_blocks(notebook: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.core.search.writing.BLOCK_POSTINGS", 7)
    monkeypatch.setattr("desktop.core.search.writing.WORTH_COMPRESSING", 20)
    notes = [write(f"n{number}", "слово " * (1 + number % 3)) for number in range(40)]
    notebook.search.index_now()
    (part,) = folder_of(notebook).open().parts
    numbers, weights = part.segment.postings("body", "слов")
    assert len(numbers) == 40
    assert (list(numbers), list(weights)) == tuple(map(list, part.segment.slow_postings("body", "слов")))
    assert ids(notebook, "слова") == set(notes)


def test_many_small_commits_stay_few_segments(notebook: Notebook, write: Write) -> None:
    written = []
    sizes: dict[str, int] = {}
    for number in range(40):
        written.append(write(f"Заметка {number}", f"общее слово{number}"))
        notebook.search.index_now()
        generation = folder_of(notebook).open()
        assert len(generation.parts) <= MANY_SMALL
        sizes.update({part.name: len(part.segment.facts.ids) for part in generation.parts})
    assert sum(sizes.values()) < 400, "notes are written anew too often"  # 820: all of them each time
    assert ids(notebook, "общее") == set(written)
    assert generation.versions() == notebook.notes.versions()


def test_edits_and_deletions_across_segments(notebook: Notebook, write: Write) -> None:
    written = [write(f"Заметка {number}", "яблоко груша") for number in range(12)]
    notebook.search.index_now()
    for note_id in written[:4]:
        notebook.notes.save(note_id, "слива", notebook.tree.head(note_id).version)
    notebook.search.index_now()
    notebook.tree.trash_notes(written[4:6])
    notebook.search.index_now()
    assert ids(notebook, "яблоко") == set(written[6:])
    assert ids(notebook, "слива") == set(written[:4])
    assert folder_of(notebook).open().versions() == notebook.notes.versions()


def test_notes_that_slipped_past_the_queue_are_mended(small: Notebook, write: Write) -> None:
    stray = write("Мимо очереди", "потерянное слово")
    with small._database.write() as transaction:
        transaction.sql.execute("DELETE FROM index_queue")
    assert ids(small, "потерянное") == set()
    small.search.index_now()
    assert ids(small, "потерянное") == {stray}


def damage_stamp(folder: Path) -> None:
    (folder / "stamp.json").write_text("{}", "utf-8")


def damage_version(folder: Path) -> None:
    stamp = folder / "stamp.json"
    stamp.write_text(stamp.read_text("utf-8").replace('"analyzer": ', '"analyzer": 9'), "utf-8")


def damage_library(folder: Path) -> None:
    stamp = folder / "stamp.json"
    stamp.write_text(stamp.read_text("utf-8").replace('"library": "', '"library": "0'), "utf-8")


def remove_file(folder: Path) -> None:
    next(folder.glob("*/*.pst")).unlink()


def cut_file(folder: Path) -> None:
    file = next(folder.glob("*/*.facts"))
    file.write_bytes(file.read_bytes()[:-3])


def flip_facts(folder: Path) -> None:
    file = next(folder.glob("*/*.facts"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def scramble_postings(folder: Path) -> None:
    file = next(folder.glob("*/*.pst"))
    file.write_bytes(bytes(len(file.read_bytes())))


def scramble_toc(folder: Path) -> None:
    file = next(folder.glob("*/*.toc"))
    file.write_bytes(b"x" * len(file.read_bytes()))


def deepen_stamp(folder: Path) -> None:
    (folder / "stamp.json").write_text("[" * 100_000, "utf-8")


def put_folder_in_place_of_stamp(folder: Path) -> None:
    (folder / "stamp.json").unlink()
    (folder / "stamp.json" / "x").mkdir(parents=True)


def stamp_with(key: str, value: object) -> Callable[[Path], None]:
    """Return a damage: one value of the stamp is another."""

    def damage(folder: Path) -> None:
        stamp = folder / "stamp.json"
        stamp.write_text(json.dumps({**json.loads(stamp.read_text("utf-8")), key: value}), "utf-8")

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        damage_stamp, damage_version, damage_library, remove_file, cut_file, flip_facts, scramble_postings,
        scramble_toc, deepen_stamp, put_folder_in_place_of_stamp, stamp_with("build", 5), stamp_with("files", [1]),
        stamp_with("segments", 5), stamp_with("generation", "x"), stamp_with("files", {"a\0b": 1}),
        stamp_with("build", "../../x"),
    ],
)  # fmt: skip
def test_a_damaged_index_is_searched_around_and_built_anew(small: Notebook, damage: Callable[[Path], None]) -> None:
    expected = ids(small, "модель")
    folder = small.index_folder
    damage(folder)
    again = Notebook.open(small.path, places=small.places, read_only=True)
    try:
        assert ids(again, "модель") == expected
    finally:
        again.close()
    small.search._seen = None
    small.search._generation = None
    assert ids(small, "модель") == expected
    small.search.index_now()
    result = small.search.query("модель")
    assert {hit.id for hit in result.hits} == expected
    assert result.notice == ""


def test_there_is_no_index_without_a_stamp(tmp_path: Path) -> None:
    with pytest.raises(IndexLost):
        IndexFolder(tmp_path, "x").open()


def test_a_cancelled_build_leaves_nothing(notebook: Notebook, write: Write) -> None:
    for number in range(5):
        write(f"n{number}", "слово")
    seen: list[Progress] = []
    with pytest.raises(Cancelled):
        notebook.search.index_now(seen.append, lambda: len(seen) > 0)
    assert not list(notebook.index_folder.glob("*/*"))
    assert notebook.search.pending() == 5
    notebook.search.index_now()
    assert notebook.search.pending() == 0


def test_rebuild(small: Notebook) -> None:
    before = folder_of(small).stamp().build
    small.search.rebuild()
    assert small.search.pending() == small.tree.total()
    small.search.index_now()
    assert folder_of(small).stamp().build != before
    assert len(list(small.index_folder.iterdir())) == 3  # the stamp, the lock and one build


def test_facts_round_trip(tmp_path: Path) -> None:
    facts = Facts()
    facts.add(7, 2, 1_700_000_000_000, 20231030, 3, 100)
    facts.lexicons = {"body": Lexicon.of({"б": 2, "а": 1}, {"а": "\x05"}), "title": Lexicon.of({}, {})}
    facts.write(tmp_path / "x.facts")
    again = Facts.read(tmp_path / "x.facts")
    assert (list(again.ids), list(again.days), again.body_total) == ([7], [20231030], 100)
    assert again.lexicons["body"].terms == ["а", "б"]
    assert again.lexicons["body"].count("б") == 2
    assert [again.lexicons["body"].code(term) for term in "абв"] == ["\x05", "", ""]
    assert again.lexicons["title"].terms == []
    assert list(again.lexicons["body"].range_of("б")) == [1]
    assert list(again.by_age) == [0]
    (tmp_path / "x.facts").write_bytes(b"nothing of ours\n")
    with pytest.raises(FactsDamaged):
        Facts.read(tmp_path / "x.facts")


def test_a_packed_lexicon_answers_like_an_unpacked_one(tmp_path: Path) -> None:
    words = sorted({f"{head}{number % 977}я{number % 7}" for head in ("а", "аб", "zz", "𝒜") for number in range(2_000)})
    facts = Facts()
    facts.lexicons = {"body": Lexicon.of({word: number for number, word in enumerate(words, 1)}, {})}
    facts.write(tmp_path / "x.facts")
    plain, packed = facts.lexicons["body"], Facts.read(tmp_path / "x.facts").lexicons["body"]
    assert len(words) > 5_000
    heads = ("", "а", "аб", "аб9", "аа", "z", "zzz", "𝒜1", "\U0010fffe")
    for prefix in (*heads, *words[::41], *(word + "x" for word in words[::97])):
        assert packed.range_of(prefix) == plain.range_of(prefix), prefix
        assert packed.count(prefix) == plain.count(prefix)
        assert packed.frequent(prefix, 5) == plain.frequent(prefix, 5)
    assert [packed.term(place) for place in range(0, len(words), 63)] == words[::63]
    assert packed.terms == words
    assert packed.range_of("аб") == plain.range_of("аб")


def test_the_newest_come_in_the_order_that_was_stored(tmp_path: Path) -> None:
    facts = Facts()
    for number, updated in enumerate([50, 90, 10, 90, 70, 30, 20, 40, 60, 80]):
        facts.add(100 - number, 1, updated, 20231030, 1, 1)
    facts.write(tmp_path / "x.facts")
    again = Facts.read(tmp_path / "x.facts")
    assert again.newest_of(0b1111111111, 4) == [3, 1, 9, 4]  # of the same moment the smaller id first
    assert again.newest_of(0b10, 4) == [1]
    assert again.newest_change() == 90


def test_the_search_loads_neither_network_nor_what_only_writing_needs() -> None:
    code = "import sys, desktop.core.search.search; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "whoosh.compat" in loaded
    unwanted = {"ssl", "http.client", "email", "urllib.request", "whoosh.writing", "multiprocessing", "sqlalchemy"}
    assert not unwanted & set(loaded)


def test_another_import_of_the_network_is_the_real_one() -> None:
    code = "import desktop.core.search.search, urllib.request; assert urllib.request.urlopen"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_index_folder_that_cannot_be_is_a_sentence_and_the_texts_are_searched(
    notebook: Notebook, write: Write
) -> None:
    write("a", "модель")
    notebook.places.cache.write_text("a file where the cache should be", "utf-8")
    assert notebook.search.query("модель").total == 1
    with pytest.raises(LibraryError, match="cannot be written"):
        notebook.search.index_now()
    assert notebook.search.query("модель").total == 1
