"""One more letter never loses the note whose word is being typed."""

import random
import re
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.search.unfinished import shorter_stems
from tests.core.search.conftest import Write

WORDS = (
    "learning making beginning information optimization business passing libraries studies abilities "
    "создать требует следующем используется ошибок ошибка читать направленного стейкхолдерам людей команды"
).split()


@pytest.mark.parametrize(
    ("typed", "stem"),
    [("learni", "learn"), ("maki", "make"), ("beginn", "begin"), ("informati", "inform"), ("создат", "созда"),
     ("требуе", "треб"), ("следующе", "след")],
)  # fmt: skip
def test_the_stem_is_among_the_shorter_ones(typed: str, stem: str) -> None:
    assert stem in shorter_stems(typed)


def test_no_stem_is_guessed_before_what_is_no_ending() -> None:
    assert "post" not in shorter_stems("postgres")
    assert "пост" not in shorter_stems("постгрес")


def test_each_word_is_found_from_its_second_letter_on(notebook: Notebook, write: Write) -> None:
    notes = {word: write(f"Заметка {number}", f"текст, {word}.") for number, word in enumerate(WORDS)}
    write("Похожие", "learniness makimono beginner informatics создатель требуемость следующность ошибочно")
    notebook.search.index_now()
    for word, note_id in notes.items():
        for size in range(2, len(word) + 1):
            found = [hit.id for hit in notebook.search.typing(word[:size]).hits]
            assert note_id in found, word[:size]


def test_words_of_real_texts_are_seldom_lost_on_the_way(corpus: Path, notebook: Notebook) -> None:
    notebook.exchange.import_paths([corpus / "lectures", corpus / "digests", corpus / "seeds"])
    notebook.search.index_now()
    choose = random.Random(7)
    words = 0
    lost: list[str] = []
    for note_id, text in notebook.notes.bodies(notebook.notes.living_ids()).items():
        known = sorted(set(re.findall(r"(?<![^\W_])[а-яё]{4,}(?![^\W_])|(?<![^\W_])[a-z]{4,}(?![^\W_])", text.lower())))
        for word in choose.sample(known, min(8, len(known))):
            words += 1
            seen = False
            for size in range(2, len(word) + 1):
                found = any(hit.id == note_id for hit in notebook.search.typing(word[:size], 1_000).hits)
                if seen and not found:
                    lost.append(f"{word[:size]}|{word[size:]}")
                    break
                seen = seen or found
    assert words > 300
    assert len(lost) <= 0.02 * words, lost


@pytest.mark.parametrize(
    "query",
    [
        "цена ошибки", '"цена ошибки"', "A/B тест", "MLOps-инструменты", "state-of-the-art", "click house",
        "цена kind:note",
    ],
)
def test_whole_queries_are_typed_without_losing_the_note(notebook: Notebook, write: Write, query: str) -> None:
    write("Прочее", "Ценность и дом; тестер, инстинкт, clicker, housing, state.")
    note_id = write("Нужная", "Цена ошибки, A/B тест и MLOps-инструменты; state-of-the-art ClickHouse, click house.")
    notebook.search.index_now()
    for size in range(3, len(query) + 1):
        typed = query[:size]
        if typed == query or not "kind:note".startswith(typed.rpartition(" ")[2]):  # half an operator is a word
            assert note_id in [hit.id for hit in notebook.search.query(typed, unfinished=True).hits], typed
            assert note_id in [hit.id for hit in notebook.search.typing(typed).hits], typed


def test_only_the_last_word_goes_on(notebook: Notebook, write: Write) -> None:
    write("Рак", "рак")
    write("Ракета", "ракета")
    notebook.search.index_now()
    for query, expected in (("рак", 2), ("рак ", 1), ("рак sort:date", 1), ("рак kind:not", 1), ('"рак"', 1)):
        result = notebook.search.query(query, unfinished=True)
        assert result.exact == expected, query


def test_a_letter_alone_is_no_reason_to_show_a_whole_branch(notebook: Notebook, write: Write) -> None:
    branch = write("Ветка", "")
    write("Лист", "цена", parent=branch)
    notebook.search.index_now()
    assert notebook.search.typing("я", within=branch).hits == ()
