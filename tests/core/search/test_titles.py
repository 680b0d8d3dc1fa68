"""Finding a note by a few letters: what matches, in which order, what is marked, and following the library."""

import random
import threading
import time
from collections.abc import Callable

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import MatchKind, NoteId
from desktop.core.search import titles as titles_module
from desktop.core.search.title_match import Closeness, Sought, fit, line_of, lines_of_keys, marks_in
from desktop.core.search.title_shelf import Shelf
from desktop.core.text.folding import fold_name
from desktop.core.text.slips import is_slip, one_edit, swap_layout

Write = Callable[..., NoteId]

TITLES = (
    "Векторные базы данных",
    "Базовые алгоритмы",
    "ML System Design",
    "Лекция",
    "Лекция 2",
    "Вводная лекция",
    "Коллекция образцов",
    "ClickHouse",
    "C++",
    "C#",
    "Зелёная ёлка",
    "MLOps-инструменты",
    "Привет, мир",
    "Libraries of code",
    "机器学习模型",
)


@pytest.fixture
def shelf_of_titles(notebook: Notebook, write: Write) -> Notebook:
    for title in TITLES:
        write(title)
    return notebook


def found(notebook: Notebook, text: str, recent: tuple[NoteId, ...] = ()) -> list[str]:
    return [match.name for match in notebook.titles.suggest(text, recent=recent)]


@pytest.mark.parametrize(
    ("typed", "names", "how"),
    [
        ("лекция", ["Лекция", "Лекция 2", "Вводная лекция", "Коллекция образцов"], MatchKind.EXACT),
        ("лек", ["Лекция 2", "Лекция", "Вводная лекция", "Коллекция образцов"], MatchKind.PREFIX),
        ("ВЕКТОР", ["Векторные базы данных"], MatchKind.PREFIX),
        ("данн", ["Векторные базы данных"], MatchKind.PREFIX),
        ("базы дан", ["Векторные базы данных"], MatchKind.PREFIX),
        ("баз вект", ["Векторные базы данных"], MatchKind.PREFIX),
        ("вб", ["Векторные базы данных"], MatchKind.PREFIX),
        ("векбаз", ["Векторные базы данных"], MatchKind.PREFIX),
        ("mlsd", ["ML System Design"], MatchKind.PREFIX),
        ("msd", ["ML System Design"], MatchKind.PREFIX),
        ("оллек", ["Коллекция образцов"], MatchKind.PREFIX),
        ("click house", ["ClickHouse"], MatchKind.PREFIX),
        ("елка зеленая", ["Зелёная ёлка"], MatchKind.PREFIX),
        ("ёлка", ["Зелёная ёлка"], MatchKind.PREFIX),
        ("c++", ["C++"], MatchKind.EXACT),
        ("инструменты mlops", ["MLOps-инструменты"], MatchKind.PREFIX),
        ("学习", ["机器学习模型"], MatchKind.PREFIX),
        ("векторной базой", ["Векторные базы данных"], MatchKind.FORM),
        ("library", ["Libraries of code"], MatchKind.FORM),
        ("ktrwbz", ["Лекция", "Лекция 2", "Вводная лекция", "Коллекция образцов"], MatchKind.LAYOUT),
        ("ьдщзы", ["MLOps-инструменты"], MatchKind.LAYOUT),
        ("ghbdtn", ["Привет, мир"], MatchKind.LAYOUT),
        ("лекцяи", ["Вводная лекция", "Лекция 2", "Лекция"], MatchKind.TYPO),
        ("вкеторные", ["Векторные базы данных"], MatchKind.TYPO),
        ("алгаритм", ["Базовые алгоритмы"], MatchKind.TYPO),
        ("алгоритмммы", [], None),
        ("првт", ["Привет, мир"], MatchKind.SOME),
        ("клкхс", [], None),
        ("кяоз", [], None),  # the letters are there, too far from one another
        ("клк", ["Коллекция образцов"], MatchKind.SOME),
        ("%", [], None),
        ("zzzqq", [], None),
        ("а" * 5000, [], None),
    ],
)  # fmt: skip
def test_ways_of_matching(
    shelf_of_titles: Notebook, typed: str, names: list[str], how: MatchKind | None
) -> None:
    matches = shelf_of_titles.titles.suggest(typed)
    assert sorted(match.name for match in matches) == sorted(names)
    assert [match.name for match in matches][:1] == names[:1]
    assert (matches[0].how if matches else None) == how


def test_the_closer_way_comes_first(notebook: Notebook, write: Write) -> None:
    order = [
        "База",  # the whole name
        "База знаний",  # a whole word at its beginning
        "Базальт",  # its beginning
        "Новая база",  # a word in it
        "Балет по заказу",  # beginnings of words
        "Базу найти",  # another form
        "Антибаза",  # within a word
    ]
    for title in ("Облака", "Заря, бал", *order):  # the closest are the oldest
        write(title)
    assert found(notebook, "база") == order
    assert found(notebook, "найти база") == ["Базу найти"]
    write("Про векторные базы")
    write("Векторные, не базы")
    assert found(notebook, "векторные ба") == ["Про векторные базы", "Векторные, не базы"]  # in a row, then apart


def test_ё_and_case_and_stress_do_not_matter(notebook: Notebook, write: Write) -> None:
    write("Подъём: моде\u0301ль")
    for typed in ("подъем", "ПОДЪЁМ", "модель", "по\u0434ъе\u0308м"):
        (match,) = notebook.titles.suggest(typed)
        marked = "".join(match.name[start:end] for start, end in match.marks)
        assert fold_name(marked).replace("\u0301", "") in ("подъем", "модель")


@pytest.mark.parametrize(
    ("name", "typed", "closeness", "marked"),
    [
        ("Векторные базы", "базы", Closeness.WORD, ["базы"]),
        ("Векторные базы", "вб", Closeness.INITIALS, ["В", "б"]),
        ("Векторные базы", "векбаз", Closeness.INITIALS, ["Век", "баз"]),
        ("Векторные базы", "баз вект", Closeness.WORDS, ["Вект", "баз"]),
        ("Векторные базы", "базу", Closeness.FORM, ["базы"]),
        ("Векторные базы", "вкеторн", Closeness.TYPO, ["Векторн"]),
        ("Привет", "првт", Closeness.LETTERS, ["Пр", "в", "т"]),
        ("ClickHouse", "click house", Closeness.INSIDE, ["ClickHouse"]),
        ("Click, House", "khou", Closeness.INSIDE, ["k", "Hou"]),
        ("A — 😀 ёлка", "елка", Closeness.WORD, ["ёлка"]),
        ("Straße nach Süden", "strasse", Closeness.PREFIX, ["Straße"]),
    ],
)
def test_marks(name: str, typed: str, closeness: Closeness, marked: list[str]) -> None:
    marks = marks_in(name, Sought(line_of(typed)), closeness)
    assert [name[start:end] for start, end in marks] == marked


def test_an_alias_and_a_name_are_found_and_shown(notebook: Notebook, write: Write) -> None:
    note_id = write("Градиентный спуск", "---\naliases: [SGD, Антиградиент]\n---\n")
    (match,) = notebook.titles.suggest("sgd")
    assert (match.head.id, match.name, match.how) == (note_id, "SGD", MatchKind.EXACT)
    assert found(notebook, "анти") == ["Антиградиент"]
    assert found(notebook, "град") == ["Градиентный спуск"]  # once, by the name that matches best


def test_among_equals_those_opened_last_come_first_then_the_newest(notebook: Notebook, write: Write) -> None:
    ids = {title: write(title) for title in ("Тема а", "Тема б", "Тема в", "Тема г")}
    notebook.notes.save(ids["Тема б"], "новый текст", 1)
    assert found(notebook, "тема")[0] == "Тема б"
    recent = (ids["Тема а"], ids["Тема в"])
    assert found(notebook, "тема", recent=recent)[:3] == ["Тема а", "Тема в", "Тема б"]
    write("Тема")
    assert found(notebook, "тема", recent=recent)[:2] == ["Тема", "Тема а"]


def test_nothing_typed_lists_the_recent_then_the_newest(notebook: Notebook, write: Write) -> None:
    first, second, third = write("Раз"), write("Два"), write("Три")
    notebook.notes.save(second, "текст", 1)
    shown = [match.head.id for match in notebook.titles.suggest("  ", recent=(first, NoteId(999)))]
    assert shown == [first, second, third]
    assert len(notebook.titles.suggest("", 2, (first,))) == 2


def test_what_changes_is_followed(notebook: Notebook, write: Write) -> None:
    note_id, other = write("Старое имя"), write("Другая")
    assert found(notebook, "старое") == ["Старое имя"]
    notebook.tree.rename(note_id, "Новое имя")
    assert found(notebook, "старое") == []
    assert found(notebook, "новое") == ["Новое имя"]
    notebook.notes.save(other, "---\naliases: Прозвище\n---\n", 1)
    assert found(notebook, "прозв") == ["Прозвище"]
    undo = notebook.tree.trash_notes([note_id]).undo
    assert found(notebook, "новое") == []
    assert undo is not None
    notebook.tree.apply(undo)
    assert found(notebook, "новое") == ["Новое имя"]
    notebook.tree.trash_notes([note_id])
    notebook.tree.delete_forever([note_id])
    assert found(notebook, "имя") == []


def test_a_former_name_does_not_stand_before_the_present_one(notebook: Notebook, write: Write) -> None:
    note_id = write("Альфа")
    assert found(notebook, "альфа") == ["Альфа"]
    notebook.tree.rename(note_id, "Альфа и бета")
    assert found(notebook, "альфа") == ["Альфа и бета"]


def test_the_trash_leaves_room_for_the_living(notebook: Notebook, write: Write) -> None:
    write("Тема живая")
    notebook.tree.trash_notes([write(f"Тема {number}") for number in range(20)])
    assert [match.name for match in notebook.titles.suggest("тема", 1)] == ["Тема живая"]


def test_an_address_is_nobodys_name(notebook: Notebook, write: Write) -> None:
    write("Статья", "---\naliases: ['https://example.org/page', Пример]\n---\n")
    assert found(notebook, "example") == []
    assert found(notebook, "пример") == ["Пример"]


def test_a_large_library_answers_from_the_old_names_while_it_reads(
    notebook: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(titles_module, "AT_ONCE", 0)
    monkeypatch.setattr(titles_module, "REST", 0)
    first = write("Первая")
    assert found(notebook, "перв") == ["Первая"]
    gate = threading.Event()
    read = notebook.titles._keys.all

    def slowly() -> object:
        gate.wait(10)
        return read()

    monkeypatch.setattr(notebook.titles._keys, "all", slowly)
    notebook.tree.trash_notes([first])
    write("Вторая")
    assert found(notebook, "втор") == []  # at once, and not yet
    assert found(notebook, "перв") == []  # gone: never offered
    gate.set()
    notebook.titles.catch_up()
    assert found(notebook, "втор") == ["Вторая"]


def test_a_thousand_changes_are_put_on_the_great_shelf_again(
    notebook: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(titles_module, "MOST_CHANGED", 3)
    write("Начало")
    assert found(notebook, "нач") == ["Начало"]
    for number in range(3):
        write(f"Добавка {number}")
        assert len(found(notebook, "добавка")) == number + 1
    assert len(notebook.titles._stock.shelves[0]) == 1  # type: ignore[union-attr]
    write("Добавка 3")
    assert len(found(notebook, "добавка")) == 4
    assert len(notebook.titles._stock.shelves[0]) == 5  # type: ignore[union-attr]


def test_closing_waits_for_the_reading(notebook: Notebook, write: Write) -> None:
    write("Заметка")
    notebook.titles.suggest("")
    notebook.titles.close()
    assert notebook.titles._reading is not None
    assert not notebook.titles._reading.is_alive()


def test_many_threads_may_ask(shelf_of_titles: Notebook, write: Write) -> None:
    wrong: list[object] = []

    def ask() -> None:
        for _time in range(30):
            if found(shelf_of_titles, "вект") != ["Векторные базы данных"]:
                wrong.append(found(shelf_of_titles, "вект"))

    threads = [threading.Thread(target=ask) for _thread in range(3)]
    for thread in threads:
        thread.start()
    for number in range(10):
        write(f"Прочее {number}")
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_shelf_finds_what_a_look_at_every_name_finds() -> None:
    chance = random.Random(7)
    words = ["лекция", "лекции", "база", "данных", "вектор", "ml", "design", "system", "2024", "код", "модель", "c++"]
    names = [" ".join(chance.choices(words, k=chance.randint(1, 5))) for _name in range(400)]
    shelf = Shelf(list(zip(range(400, 0, -1), names, strict=True)))
    for _try in range(200):
        typed = Sought(line_of(chance.choice(names)[: chance.randint(1, 9)] + chance.choice(["", " мод", " ба"])))
        ways = list(Closeness)[: Closeness.INSIDE + 1]
        by_shelf = {number for how in ways for number in shelf.candidates(typed, how, 1000)
                    if fit(shelf.line(number), typed)}  # fmt: skip
        assert by_shelf == {number for number, name in enumerate(names) if fit(name, typed)}


def test_lines_of_many_are_the_lines_of_each() -> None:
    keys = ["", "a b", " x\ny ", "с++", "---", "моде\u0301ль", "a" * 300]
    assert lines_of_keys(keys) == [line_of(key) for key in keys]


@pytest.mark.parametrize(
    ("word", "other", "is_one"),
    [
        ("лекцяи", "лекция", True),
        ("лекця", "лекция", True),
        ("лекцияя", "лекция", True),
        ("локция", "лекция", True),
        ("вкеторн", "векторные", True),
        ("лкцяи", "лекция", False),
        ("привет", "лекция", False),
    ],
)
def test_one_slip(word: str, other: str, is_one: bool) -> None:
    assert is_slip(word, other) is is_one
    assert any(other.startswith(made) for made in one_edit(word)) is is_one


def test_layouts() -> None:
    assert swap_layout("ghbdtn") == "привет"
    assert swap_layout("ьдщзы") == "mlops"


def test_hostile_names_take_no_time(notebook: Notebook, write: Write) -> None:
    write("а" * 3000)
    write("а " * 1500)
    began = time.process_time()
    for typed in ("а" * 40 + "б", "аб" * 8, "а а а а а а б", "а" * 10_000, "\x00" * 100, "[" * 500, "аааааааааааааааб"):
        notebook.titles.suggest(typed)
    assert time.process_time() - began < 2.0
