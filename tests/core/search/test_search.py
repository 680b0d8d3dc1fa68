"""What a user finds: forms, phrases, filters, what was meant, and what was saved a moment ago."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.core.errors import LibraryError
from desktop.core.notebook import Notebook
from desktop.core.records import MatchKind, NoteId, NoteKind, SearchResult

Write = Callable[..., NoteId]
LECTURE = "Вводная лекция"
DIGEST = "Дайджест: базы данных"


def titles(notebook: Notebook, query: str) -> list[str]:
    """Return the titles of the notes that answer a query as typed, best first."""
    result = notebook.search.query(query)
    return [hit.title for hit in result.hits[: result.exact]]


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
    assert result == SearchResult("ъуъмцщ", (), 0, words=result.words, sought=result.sought)


def test_a_hit_names_section_offset_path_and_marks(small: Notebook) -> None:
    result = small.search.query("команда аналитиков")
    bare = result.hits[0]
    assert bare.snippet.text == ""  # it takes the text, which is read for the rows that are seen
    hit = small.search.passages(result, [bare.id])[bare.id]
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


def test_an_unfinished_word_is_forgiven_too(small: Notebook) -> None:
    result = small.search.query("стейхколдеры", unfinished=True)
    assert ([hit.title for hit in result.hits], result.exact) == ([LECTURE], 0)
    assert small.search.query("ъуъмцщ", unfinished=True).hits == ()


def test_another_number_is_another_word(notebook: Notebook, write: Write) -> None:
    write("Версия", "релиз number7")
    notebook.search.index_now()
    assert notebook.search.query("number77", unfinished=True).exact == 0


def test_a_place_in_an_address_is_only_shown_where_there_is_no_other(notebook: Notebook, write: Write) -> None:
    long = "[Первая](https://example.org/kafka-docs)\n\n" + "слова " * 60 + "\n\nЗдесь Kafka сама.\n"
    note_id = write("Ссылки", long)
    only = write("Адрес", "[Первая](https://example.org/kafka-docs)")
    notebook.search.index_now()
    result = notebook.search.query("kafka")
    filled = notebook.search.passages(result, [note_id, only])
    assert "Kafka сама" in filled[note_id].snippet.text
    assert filled[only].offset is not None


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


def test_an_indexed_note_is_not_found_in_its_former_state(small: Notebook) -> None:
    (hit,) = small.search.query("стейкхолдер").hits
    small.notes.save(hit.id, "теперь о бустинге", small.tree.head(hit.id).version)
    for query in ("стейкхолдер", "стейкх*", '"цена ошибки"', "tag:ml"):
        assert titles(small, query) == [], query
        assert small.search.facets(query) == (), query
    assert len(titles(small, "бустинг")) == 1


def test_what_a_row_shows_follows_the_tree(small: Notebook, write: Write) -> None:
    def row() -> tuple[str, str]:
        (hit,) = small.search.query("стейкхолдер").hits
        return hit.title, hit.path

    (lecture,) = small.search.query("стейкхолдер").hits
    uni = next(head.id for head in small.tree.children(None, 0, 9) if head.title == "uni")
    shelf = write("Полка", "", NoteKind.FOLDER)
    assert row() == (LECTURE, "uni")
    small.tree.rename(uni, "Вуз")
    assert row() == (LECTURE, "Вуз")
    small.tree.rename(lecture.id, "Первая")
    small.tree.move([lecture.id], shelf)
    assert row() == ("Первая", "Полка")
    assert titles(small, "in:вуз") == []
    assert titles(small, "in:полка") == ["Первая"]


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


def test_the_scan_finds_words_in_any_writing(notebook: Notebook, write: Write) -> None:
    write("Один", "МОДЕЛЬ")
    write("Два", "Модель и iPhone")
    write("Три", "ёлка, Ёлки и ЁЛКА")
    write("Четыре", "моде\u0301ль, и\u0306од, мо\u00adдель")
    assert set(titles(notebook, "модели")) == {"Один", "Два", "Четыре"}
    assert titles(notebook, "IPHONE") == ["Два"]
    assert titles(notebook, "елкой") == ["Три"]
    assert titles(notebook, "йод") == ["Четыре"]
    assert titles(notebook, "трамвай") == []


def test_many_waiting_notes_are_searched_too(small: Notebook, write: Write) -> None:
    for number in range(205):
        write(f"Заметка {number}", f"текст про градиент номер {number}")
    assert small.search.query("градиент", limit=300).total == 205
    assert LECTURE in titles(small, "стейкхолдер")


@pytest.mark.parametrize(
    "part",
    ["a*", "*слово", "kind:роман", "date:вчера", "date:2023-13", "tag:", "(" * 20, "a " * 40, "я" * 3000, "has:все"],
)
def test_what_makes_no_sense_is_said_and_the_rest_is_found(small: Notebook, part: str) -> None:
    result = small.search.query(f"стейкхолдер {part}")
    assert result.problem.endswith(".")
    if len(part) < 40:
        assert [hit.title for hit in result.hits[: result.exact]] == [LECTURE]
    assert small.search.typing(part).problem.endswith(".")


FORM, EXACT, PREFIX, LAYOUT, TYPO = (
    MatchKind.FORM, MatchKind.EXACT, MatchKind.PREFIX, MatchKind.LAYOUT, MatchKind.TYPO
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "hows"),
    [
        ("стейкхолдерам", [FORM]),
        ("стейкхолдеров", [EXACT]),
        ("стейкх*", [PREFIX]),
        ("cntqr[jklths", [LAYOUT]),
        ("стекхолдеров", [TYPO]),
        ("цена ошибка", [EXACT, FORM]),
    ],
)
def test_explains_how_each_word_matched(small: Notebook, query: str, hows: list[MatchKind]) -> None:
    hit = small.search.query(query).hits[0]
    why = small.search.explain(query, hit.id)
    assert why is not None
    assert [reason.how for reason in why.reasons] == hows
    assert all(reason.body > 0 and reason.found for reason in why.reasons)
    assert why.score == pytest.approx(hit.score)


@pytest.mark.parametrize("query", ["clickhouse", "click house"])
def test_explains_and_counts_compound_words_as_they_are_found(notebook: Notebook, write: Write, query: str) -> None:
    write("Вместе", "ClickHouse is fast")
    write("Порознь", "We like click house for analytics")
    notebook.search.index_now()
    result = notebook.search.query(query)
    assert result.exact == len(result.hits) == 2
    for hit in result.hits:
        why = notebook.search.explain(query, hit.id)
        assert why is not None
        assert why.score == pytest.approx(hit.score)
        assert not {reason.how for reason in why.reasons} & {LAYOUT, TYPO}
    counts = {facet.label: facet.count for facet in notebook.search.facets(f"{query} ") if facet.facet == "kind"}
    assert counts == {"note": result.total}


def test_an_alternative_that_is_not_there_is_no_form(small: Notebook) -> None:
    hit = small.search.query("ёлка OR привет").hits[0]
    why = small.search.explain("ёлка OR привет", hit.id)
    assert why is not None
    assert {reason.how for reason in why.reasons if not reason.found} == {MatchKind.SOME}


def test_explains_only_what_is_found(small: Notebook) -> None:
    (hit,) = small.search.query("ёлка").hits
    assert small.search.explain("стейкхолдер", hit.id) is None


def test_words_in_order_come_first(notebook: Notebook, write: Write) -> None:
    write("Порознь", "поток слов, а данных здесь нет; данных поток")
    write("Вместе", "здесь поток данных, и только он; слов здесь нет, а было больше")
    notebook.search.index_now()
    assert titles(notebook, "поток данных") == ["Вместе", "Порознь"]
    assert titles(notebook, '"поток данных"') == ["Вместе"]
    assert titles(notebook, 'слов -"потоком данных"') == ["Порознь"]


def test_what_was_opened_gains_a_little_until_it_is_forgotten(notebook: Notebook, write: Write) -> None:
    first, second = write("Раз", "модель и ещё слово"), write("Два", "модель и ещё слово")
    notebook.search.index_now()
    order = [hit.id for hit in notebook.search.query("модели").hits]
    assert set(order) == {first, second}
    notebook.search.opened(notebook.search.query("модель"), order[1])
    assert [hit.id for hit in notebook.search.query("модели").hits] == order[::-1]
    notebook.search.forget_opened()
    assert [hit.id for hit in notebook.search.query("модели").hits] == order


def test_a_memory_of_opened_notes_that_is_no_memory_is_passed_over(small: Notebook, tmp_path: Path) -> None:
    before = small.search.query("модель").hits
    with closing(sqlite3.connect(tmp_path / "library.konspekt", isolation_level=None)) as sql:
        for note_id, times in ((1, "'abc'"), (2, "x'ff'"), (3, "-7"), (4, "1e300"), (5, "'9'")):
            sql.execute(f"INSERT INTO opened_hit VALUES ({note_id}, 'модел', {times}, 0)")
    assert small.search.query("модель").hits[0].id == before[0].id
    assert small.search.explain("модель", before[0].id) is not None


def test_below_a_note(small: Notebook) -> None:
    uni = small.notes.find("uni")
    assert {hit.title for hit in small.search.query("ошибка").hits} == {LECTURE, DIGEST}
    assert [hit.title for hit in small.search.query("ошибка", within=uni).hits] == [LECTURE]
    assert [hit.title for hit in small.search.typing("ошиб", within=uni).hits] == [LECTURE]
    assert {facet.count for facet in small.search.facets("ошибка", within=uni)} == {1}


def test_counts_what_matches(small: Notebook) -> None:
    facets = {(facet.facet, facet.label): facet for facet in small.search.facets("ошибки")}
    assert facets["kind", "lecture"].count == facets["kind", "digest"].count == 1
    assert facets["folder", "uni"].count == 1
    assert facets["tag", "ml"].count == 1
    assert facets["year", "2023"].count == 2
    for facet in facets.values():
        assert len(titles(small, f"ошибки {facet.term}")) == facet.count


def test_every_count_is_kept_when_it_is_clicked(notebook: Notebook, write: Write) -> None:
    quoted = write('Проект "А"', "", NoteKind.FOLDER)
    blanks = write("Планы (2024) | черновик", "", NoteKind.FOLDER)
    write("Один", "---\ntags: ['a b(c)', 'x\"y', '<b>']\n---\nслово", parent=quoted)
    write("Два", "слово", parent=blanks)
    notebook.search.index_now()
    facets = notebook.search.facets("слово")
    assert {facet.label for facet in facets} >= {"Планы (2024) | черновик", "a b(c)", "<b>"}
    for facet in facets:
        assert len(titles(notebook, f"{facet.term} слово")) == facet.count, facet.term


def test_filters_by_what_a_note_holds(notebook: Notebook, write: Write) -> None:
    write("Задачи", "- [ ] сделать\n- [x] сделано")
    write("Код", "```python\nprint(1)\n```")
    write("Таблица", "| a | b |\n|---|---|\n| 1 | 2 |")
    write("Формула", "Пусть $x^2$ и $4 млрд")
    write("Цена", "стоит $4 млрд и $5")
    write("Картинка", "![схема](pic.png)")
    write("Ссылки", "[статья](https://www.habr.com/ru/1) и https://blog.example.org/x [[Код]]")
    for indexed in (False, True):
        if indexed:
            notebook.search.index_now()
        assert titles(notebook, "has:task") == ["Задачи"]
        assert titles(notebook, "has:code") == ["Код"]
        assert titles(notebook, "has:table") == ["Таблица"]
        assert titles(notebook, "has:math") == ["Формула"]
        assert titles(notebook, "has:image") == ["Картинка"]
        for host in ("habr.com", "habr", "www.habr.com", "https://habr.com/x", "example.org", "blog.example.org"):
            assert titles(notebook, f"link:{host}") == ["Ссылки"], host
        assert titles(notebook, "link:com") == []
        assert "Код" not in titles(notebook, "is:unlinked")
        assert "Ссылки" in titles(notebook, "is:unlinked")


def test_a_link_from_the_trash_is_no_link(notebook: Notebook, write: Write) -> None:
    write("Цель", "текст")
    source = write("Источник", "[[Цель]]")
    notebook.search.index_now()
    assert titles(notebook, "is:unlinked") == ["Источник"]
    notebook.tree.trash_notes([source])
    assert titles(notebook, "is:unlinked") == ["Цель"]
    notebook.tree.restore([source])
    assert titles(notebook, "is:unlinked") == ["Источник"]


def test_many_searches_lose_no_hit(notebook: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.core.search.library_facts._REMEMBERED", 2)
    write("Один", "первое слово")
    write("Два", "второе слово")
    write("Три", "третье слово")
    notebook.search.index_now()
    assert titles(notebook, "первое OR второе OR ничего") != []
    assert len(titles(notebook, "слово")) == 3


def test_without_an_index_a_filter_alone_may_answer_an_alternative(small: Notebook) -> None:
    expected = titles(small, "tag:ml OR ёлка")
    assert set(expected) == {LECTURE, "Ёлка"}
    small.search.rebuild()
    assert set(titles(small, "tag:ml OR ёлка")) == set(expected)
    assert set(titles(small, "(kind:lecture OR ёлка) -привет")) == set(expected)


def test_sorts_by_date(notebook: Notebook, write: Write) -> None:
    for day in ("2023-05-01", "2024-01-09", "2022-12-31"):
        write(day, f"---\ndate: {day}\n---\nмодель")
    notebook.search.index_now()
    assert titles(notebook, "модель sort:date") == ["2024-01-09", "2023-05-01", "2022-12-31"]


def test_little_is_followed_by_what_may_have_been_meant(notebook: Notebook, write: Write) -> None:
    write("Верно", "градиент")
    write("С опечаткой", "градинет")
    notebook.search.index_now()
    result = notebook.search.query("градинет")
    assert [hit.title for hit in result.hits] == ["С опечаткой", "Верно"]
    assert (result.exact, result.hits[1].match) == (1, MatchKind.TYPO)
    assert "градиент" in result.notice
    alone = notebook.search.query("градинет", forgiving=False)
    assert ([hit.title for hit in alone.hits], alone.notice) == (["С опечаткой"], "")


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
