"""What a user finds: forms, phrases, filters, what was meant, and what was saved a moment ago."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.errors import LibraryError, QueryError
from desktop.core.notebook import Notebook
from desktop.core.records import NoteId, NoteKind, SearchResult

Write = Callable[..., NoteId]
LECTURE = "Вводная лекция"
DIGEST = "Дайджест: базы данных"


def titles(notebook: Notebook, query: str) -> list[str]:
    return [hit.title for hit in notebook.search.query(query).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("модель", [LECTURE]),
        ("стейкхолдерам", [LECTURE]),
        ("векторные базы данных", [DIGEST]),
        ("vector databases", [DIGEST]),
        ("команда аналитиков", [LECTURE]),
        ('"цена ошибки"', [LECTURE]),
        ("зеленая елка", ["Ёлка"]),
        ("дня", ["Ёлка"]),
        ("library", ["English notes"]),
        ("ops", [LECTURE]),
        ("学习", ["Ёлка"]),
        ("机器学习", ["Ёлка"]),
        ("стейк*", [LECTURE]),
        ("цена -модель", [DIGEST]),
        ('ошибки -"цена ошибки"', [DIGEST]),
        ("tag:ml", [LECTURE]),
        ("tag:курс", [LECTURE]),
        ("тег:#host_habr_com", [DIGEST]),
        ("kind:digest", [DIGEST]),
        ("is:лекция ошибки", [LECTURE]),
        ("date:2023-10", [DIGEST]),
        ("date:2023-09..2023-09-30", [LECTURE]),
        ("in:uni", [LECTURE]),
        ("title:лекции", [LECTURE]),
        ("title:ошибки", []),
        ('title:"вводная лекция"', [LECTURE]),
        ("", []),
        ("...", []),
    ],
)
def test_finds(small: Notebook, query: str, expected: list[str]) -> None:
    assert titles(small, query) == expected


def test_alternatives(small: Notebook) -> None:
    assert set(titles(small, "стейкхолдер OR embeddings")) == {LECTURE, DIGEST}
    assert set(titles(small, '"цена ошибки" ИЛИ vector')) == {LECTURE, DIGEST}
    assert set(titles(small, "is:untagged")) == {"English notes", "Ёлка", "Пустая", "uni"}


def test_the_exact_form_comes_first(notebook: Notebook, write: Write) -> None:
    write("а", "моделями пользуются часто")
    write("б", "модель пользуются часто")
    notebook.search.index_now()
    assert titles(notebook, "модель") == ["б", "а"]
    assert titles(notebook, "моделями") == ["а", "б"]


def test_a_title_counts_more(notebook: Notebook, write: Write) -> None:
    write("Разное", "кластеризация " * 3 + "слово " * 20)
    write("Кластеризация", "пустой текст " * 10)
    notebook.search.index_now()
    assert titles(notebook, "кластеризация")[0] == "Кластеризация"


@pytest.mark.parametrize(
    ("query", "expected", "meant"),
    [
        ("ghbdtn", DIGEST, "привет"),
        ("ghbdtn [f,h", DIGEST, "привет хабр"),
        ("вфефифыу", DIGEST, "database"),
        ("стекхолдер", LECTURE, "стейкхолдер"),
        ("vektor", DIGEST, "vector"),
        ("эмбеддинг стейкхолдер", LECTURE, "some of them"),
    ],
)
def test_forgives_and_says_so(small: Notebook, query: str, expected: str, meant: str) -> None:
    result = small.search.query(query)
    assert expected in [hit.title for hit in result.hits]
    assert meant in result.notice


def test_nothing_is_meant_by_nonsense(small: Notebook) -> None:
    result = small.search.query("ъуъмцщ")
    assert result == SearchResult("ъуъмцщ", (), 0, "", result.words)


def test_a_hit_names_section_offset_path_and_marks(small: Notebook) -> None:
    (hit,) = small.search.query("команда аналитиков").hits
    text = small.notes.read(hit.id).text
    assert hit.kind is NoteKind.LECTURE
    assert hit.path == "uni"
    assert hit.section is not None
    assert hit.section.title == "Команда"
    assert hit.offset is not None
    assert text[hit.offset :].startswith(("Команда", "команде"))
    marked = [hit.snippet.text[start:end] for start, end in hit.snippet.marks]
    assert "аналитика" in marked


def test_typing_never_loses_the_note(small: Notebook) -> None:
    for word, title in (("стейкхолдерам", LECTURE), ("organization", "English notes"), ("databases", "English notes")):
        for size in range(2, len(word) + 1):
            found = [hit.title for hit in small.search.typing(word[:size]).hits]
            assert title in found, word[:size]


def test_typing_shows_titles_first(small: Notebook) -> None:
    assert small.search.typing("лекц").hits[0].title == LECTURE
    assert [hit.title for hit in small.search.typing("цена оши").hits] != []


def test_an_unfinished_word_goes_on(small: Notebook) -> None:
    assert [hit.title for hit in small.search.query("стейкх", unfinished=True).hits] == [LECTURE]
    assert small.search.query("стейкх", unfinished=True).notice == ""


def test_a_saved_note_is_found_at_once(small: Notebook, write: Write) -> None:
    note_id = write("Свежая", "совсем новое слово трансформер")
    assert small.search.pending() == 1
    assert titles(small, "трансформеры") == ["Свежая"]
    version = small.tree.head(note_id).version
    small.notes.save(note_id, "теперь о бустинге", version)
    assert titles(small, "трансформер") == []
    assert titles(small, "бустинг") == ["Свежая"]
    small.search.index_now()
    assert small.search.pending() == 0
    assert titles(small, "трансформер") == []
    assert titles(small, "бустинг") == ["Свежая"]


def test_a_trashed_note_is_gone_at_once(small: Notebook) -> None:
    (hit,) = small.search.query("стейкхолдер").hits
    small.tree.trash_notes([hit.id])
    assert titles(small, "стейкхолдер") == []
    small.search.index_now()
    assert titles(small, "стейкхолдер") == []
    small.tree.restore([hit.id])
    assert titles(small, "стейкхолдер") == [LECTURE]


def test_without_an_index_the_texts_are_searched(notebook: Notebook, write: Write) -> None:
    write("Лекция", "цена ошибки и модели", NoteKind.LECTURE)
    write("Другая", "ничего такого")
    for query in ("модель", '"цена ошибки"', "kind:lecture", "моде*", "цена -погода"):
        result = notebook.search.query(query)
        assert [hit.title for hit in result.hits] == ["Лекция"], query
        assert "being built" in result.notice
    assert [hit.title for hit in notebook.search.typing("моде").hits] == ["Лекция"]


def test_many_waiting_notes_are_searched_too(small: Notebook, write: Write) -> None:
    for number in range(205):
        write(f"Заметка {number}", f"текст про градиент номер {number}")
    assert small.search.query("градиент", limit=300).total == 205
    assert LECTURE in titles(small, "стейкхолдер")


@pytest.mark.parametrize(
    "query",
    ["a* b", "*слово", "kind:роман", "date:вчера", "date:2023-13", "tag:", "(" * 20 + "a", "a " * 40, "я" * 3000],
)
def test_a_wrong_query_is_a_sentence(small: Notebook, query: str) -> None:
    with pytest.raises(QueryError) as error:
        small.search.query(query)
    assert str(error.value).endswith(".")


def test_hostile_queries_end_quickly(small: Notebook) -> None:
    for query in ('"' * 500, "(" * 8 + "a" + ")" * 8, "-" * 1000, "a" * 1900, "OR " * 300, ":" * 500, "\0 \ud800 x"):
        try:
            small.search.query(query)
            small.search.typing(query)
        except QueryError:
            pass


def test_reading_only_uses_the_index_and_refuses_to_write(small: Notebook) -> None:
    reader = Notebook.open(small.path, places=small.places, read_only=True)
    try:
        assert titles(reader, "модель") == [LECTURE]
        with pytest.raises(LibraryError):
            reader.search.index_now()
    finally:
        reader.close()


def test_the_seeds(corpus: Path, notebook: Notebook, write: Write) -> None:
    digest = write("Дайджест", (corpus / "seeds" / "digest.md").read_text("utf-8"), NoteKind.DIGEST)
    lecture = write("Лекция", (corpus / "seeds" / "lecture.md").read_text("utf-8"), NoteKind.LECTURE)
    notebook.search.index_now()
    both = {digest, lecture}
    assert {hit.id for hit in notebook.search.query("модель").hits} == both
    for query, expected in (
        ("стейкхолдерам", lecture), ("векторные базы данных", digest), ("vector database", digest),
        ('"цена ошибки"', lecture), ("ghbdtn", digest), ("команда аналитиков", digest),
    ):  # fmt: skip
        assert notebook.search.query(query).hits[0].id == expected, query
