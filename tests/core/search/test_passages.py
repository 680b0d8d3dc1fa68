"""Snippets and passages of long texts: the words are found wherever they stand, at exact places."""

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import Hit, NoteId
from desktop.core.search.passages import BEGINNING, PART
from tests.core.search.conftest import Write

FILLER = "Ещё строка о погоде, 天気 и больше ничего.\n"


def filled(notebook: Notebook, query: str, note_id: NoteId) -> Hit:
    result = notebook.search.query(query, forgiving=False)
    return notebook.search.passages(result, [note_id])[note_id]


@pytest.mark.parametrize("size", [100, BEGINNING - 40, BEGINNING, BEGINNING + PART - 20, 5 * PART])
def test_a_word_is_found_at_its_place_however_far_it_stands(notebook: Notebook, write: Write, size: int) -> None:
    lines = size // len(FILLER.encode())
    for shift in range(0, 60, 7):
        filler = "ж" * shift + "\n" + FILLER * lines
        text = f"# Начало\n\n{filler}\n## Дальше\n\nЗдесь живёт [Утконос](https://zoo.example/утконос) один.\n"
        note_id = write(f"Длинная {shift}", text + FILLER * 30)
        notebook.search.index_now()
        hit = filled(notebook, "утконосы", note_id)
        assert hit.offset == text.index("Утконос")
        assert hit.section is not None
        assert hit.section.title == "Дальше"
        assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["Утконос"]
        assert "](" not in hit.snippet.text


def test_the_second_word_is_looked_for_behind_the_beginning(notebook: Notebook, write: Write) -> None:
    far = FILLER * (BEGINNING // len(FILLER.encode()))
    text = f"# Звери\n\nЁжик один.\n\n{far}\n## Двое\n\nЕжик и утконос вместе.\n"
    note_id = write("Звери", text)
    notebook.search.index_now()
    hit = filled(notebook, "ежик утконос", note_id)
    assert hit.section is not None
    assert hit.section.title == "Двое"
    assert hit.offset == text.index("Ежик и утконос")
    assert [passage.offset for passage in hit.passages] == [text.index("Ёжик один")]


def test_half_a_word_at_a_border_is_no_word(notebook: Notebook, write: Write) -> None:
    head = "# Граница\n\n"
    for cut in range(1, 12):
        room = BEGINNING - len(head.encode()) - 2 * cut
        text = head + "x" * (room - 1) + " декодер стоит здесь, а потом код.\n" + FILLER * 50
        note_id = write(f"Граница {cut}", text)
        notebook.search.index_now()
        assert filled(notebook, "код", note_id).offset == text.index("код.")


def test_a_lone_bracket_takes_no_mark_away(notebook: Notebook, write: Write) -> None:
    note_id = write("Скобка", "Интервал [0, 1) и далее [ещё утконос, который не закрыт\n")
    notebook.search.index_now()
    snippet = filled(notebook, "утконос", note_id).snippet
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["утконос"]
