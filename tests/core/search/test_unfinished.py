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
