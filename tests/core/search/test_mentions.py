"""Places that name a note without linking to it, and the links that are made of them."""

import sqlite3
import time
from collections.abc import Callable, Sequence

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId, NoteKind
from desktop.core.search import mentions
from desktop.core.search.naming import EVERYDAY_FROM
from desktop.core.store.links.places import NamedText, named_texts

Write = Callable[..., NoteId]


def words(notebook: Notebook, note_id: NoteId, limit: int = 50) -> list[str]:
    return [mention.link.label for mention in notebook.links.mentions(note_id, limit)]


@pytest.mark.parametrize("indexed", [True, False], ids=["indexed", "just saved"])
@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Модель", "Обучение модели. Моделями, моделью и MODEL; модельер не модель.", "модели Моделями моделью модель"),
        ("Градиентный спуск", "Шаги градиентного спуска, по градиентному\nспуску.",
         "градиентного спуска|градиентному\nспуску"),
        ("Ошибка", "Сорок ошибок и одна ошибка.", "ошибок ошибка"),
        ("Ёлка", "Под елкой и ёлками.", "елкой ёлками"),
        ("Neural network", "Deep neural networks. Neural-network. A neural, network.",
         "neural networks|Neural-network"),
        ("Mouse", "Two mice.", "mice"),
        ("C++", "Written in C++ and in C.", "C++"),
        ("机器学习", "关于机器学习的笔记。", "机器学习"),
    ],
)  # fmt: skip
def test_every_form_of_a_name_is_found(
    notebook: Notebook, write: Write, title: str, text: str, expected: str, indexed: bool
) -> None:
    target = write(title)
    write("Другая", text)
    if indexed:
        notebook.search.index_now()
    assert words(notebook, target) == expected.split("|" if "|" in expected or "\n" in expected else " ")


HIDDEN = """---
about: модель
related: "[[Модель]]"
---
`модель` [[Модель]] [[Другая|модель]] [модель](other.md) $модель$ \\(модель\\) <!-- модель --> %%модель%%
![модель](x.png) <img alt="модель"> #модель #курс/модель https://example.org/модель модель.py модель@example.org

```
модель
```

<script>
модель
</script>

$$
модель
$$

    модель

[модель]: https://example.org "модель"
"""


def test_nothing_is_found_where_no_link_can_stand(notebook: Notebook, write: Write) -> None:
    target = write("Модель")
    write("a", HIDDEN)
    write("b", HIDDEN + "\n## О модели\n\nИ *модель* в таблице:\n\n| модель | x |\n|---|---|\n| y | модели |\n")
    notebook.search.index_now()
    found = notebook.links.mentions(target)
    assert [(mention.source.title, mention.link.label) for mention in found] == [
        ("b", "модели"), ("b", "модель"), ("b", "модель"), ("b", "модели")
    ]  # fmt: skip
    assert found[1].heading == "О модели"


def test_aliases_count_and_the_name_of_a_file_only_with_several_words(notebook: Notebook, write: Write) -> None:
    target = write("Стохастический градиентный спуск", "---\naliases: [SGD]\n---\n")
    notebook.tree.rename(target, "SGD и родня")
    write("a", "Возьмём sgd. И вот SGD и родня.")
    assert words(notebook, target) == ["sgd", "SGD и родня"]


def test_everyday_and_shared_names_do_not_flood(notebook: Notebook, write: Write) -> None:
    intro, readme, index = write("Введение"), write("README"), write("index")
    first = write("Тензор", parent=write("Математика", kind=NoteKind.FOLDER))
    write("Тензор", parent=write("Физика", kind=NoteKind.FOLDER))
    write("a", "Введение.\n\n- Введение\n\nво введении; смотри Введение; readme, README. The index. Тензор.")
    assert words(notebook, intro) == ["Введение"]
    assert words(notebook, readme) == ["README"]
    assert words(notebook, index) == []
    assert words(notebook, first) == []  # which of the two, nobody can say


def test_a_word_that_stands_everywhere_counts_only_as_a_name(notebook: Notebook, write: Write) -> None:
    target = write("Данные")
    for number in range(EVERYDAY_FROM + 5):
        write(f"n{number}", "Все данные здесь." if number else "Смотри Данные, не данные.")
    notebook.search.index_now()
    assert words(notebook, target) == ["Данные"]


def test_notes_that_do_not_link_yet_come_first_and_pages_follow(notebook: Notebook, write: Write) -> None:
    target = write("Модель")
    write("a", "[[Модель]] и модель")
    for name in ("d", "c", "b"):
        write(name, "модель модели")
    notebook.search.index_now()
    found = [mention.source.title for mention in notebook.links.mentions(target)]
    assert found == ["b", "b", "c", "c", "d", "d", "a"]
    assert [m.source.title for m in notebook.links.mentions(target, 3, after=4)] == ["d", "d", "a"]


def test_a_search_goes_on_in_slices_and_counts_exactly(notebook: Notebook, write: Write) -> None:
    target = write("Модель")
    for number in range(30):
        write(f"n{number:02}", "модель " * (number + 1))
    notebook.search.index_now()
    search = notebook.links.mention_search(target)
    assert not search.found
    search.go_on(10.0, notes=3)
    assert 3 <= len(search.found) < 12
    while not search.finished:
        search.go_on(0.001)
    assert (len(search.found), search.count) == (30, sum(range(1, 31)))


def test_without_an_index_the_letters_are_looked_for(notebook: Notebook, write: Write) -> None:
    target = write("Модель")
    for number in range(60):
        write(f"n{number}", "О модели." if number % 2 else "Ни слова.")
    assert len(notebook.links.mentions(target)) == 30


def test_a_long_hostile_text_takes_linear_time(notebook: Notebook, write: Write) -> None:
    target = write("Модель")
    took = []
    for size in (1_500, 6_000):
        source = write(f"s{size}", "модели в одной строке " * size + "`" * 50 + "[" * 5_000 + "модель " * 100)
        notebook.search.index_now()
        search = notebook.links.mention_search(target)
        started = time.process_time()
        search.go_on(60.0)
        found = notebook.links.link_mentions(target, {source: None})
        took.append(time.process_time() - started)
        assert found.linked >= size
        notebook.tree.trash_notes([source])
    assert took[1] < 4.0
    assert took[1] < 12 * took[0]


def text_of(notebook: Notebook, note_id: NoteId) -> str:
    return notebook.notes.read(note_id).text


def test_one_mention_becomes_a_link_and_goes_back(notebook: Notebook, write: Write) -> None:
    target = write("Модель")
    text = "Обучение модели.\r\n\r\nИ МОДЕЛЬ, и модель.\n"
    source = write("a", text)
    first, second, _third = notebook.links.mentions(target)
    places = {source: [(m.link.start, m.link.label) for m in (first, second)]}
    done = notebook.links.link_mentions(target, places)
    assert (done.linked, done.skipped) == (2, 0)
    assert text_of(notebook, source) == "Обучение [[Модель|модели]].\r\n\r\nИ [[МОДЕЛЬ]], и модель.\n"
    assert [link.link.start for link in notebook.links.backlinks(target)] == [9, 33]
    assert words(notebook, target) == ["модель"]
    assert done.changes.undo is not None
    notebook.tree.apply(done.changes.undo)
    assert text_of(notebook, source) == text


def test_all_mentions_become_links_in_one_transaction(notebook: Notebook, write: Write) -> None:
    target = write("Градиентный спуск")
    texts = {write(f"n{n}", text): text for n, text in enumerate((
        "Про градиентный\nспуск.", "| a | градиентного спуска |\n|---|---|\n", "## Градиентный спуск\n",
        "`градиентный спуск`",
    ))}  # fmt: skip
    before = notebook.links._database.meta("commits")
    done = notebook.links.link_mentions(target, dict.fromkeys(texts))
    assert (done.linked, int(notebook.links._database.meta("commits"))) == (3, int(before) + 1)
    assert [text_of(notebook, note_id) for note_id in texts] == [
        "Про [[градиентный спуск]].", "| a | [[Градиентный спуск\\|градиентного спуска]] |\n|---|---|\n",
        "## [[Градиентный спуск]]\n", "`градиентный спуск`",
    ]  # fmt: skip
    assert notebook.links.backlink_count(target) == 3
    assert done.changes.undo is not None
    notebook.tree.apply(done.changes.undo)
    assert {note_id: text_of(notebook, note_id) for note_id in texts} == texts


def test_places_that_moved_are_found_again_and_others_skipped(notebook: Notebook, write: Write) -> None:
    target = write("Модель")
    source = write("a", "Раз модель, два модели, три модель.")
    found = notebook.links.mentions(target)
    places = {source: [(m.link.start, m.link.label) for m in found[1:]]}
    notebook.notes.save(source, "Сначала. Раз модель, три модель и [[b]].", 1)
    done = notebook.links.link_mentions(target, places)
    assert (done.linked, done.skipped) == (1, 1)
    assert text_of(notebook, source) == "Сначала. Раз модель, три [[модель]] и [[b]]."


def test_a_path_is_written_where_the_name_leads_elsewhere(notebook: Notebook, write: Write) -> None:
    write("Обзор методов", parent=write("Яма", kind=NoteKind.FOLDER))
    target = write("Обзор методов", parent=write("Глубина", kind=NoteKind.FOLDER))
    source = write("a", "Есть обзор методов и обзоры методов.")
    assert notebook.links.link_mentions(target, {source: None}).linked == 2
    text = text_of(notebook, source)
    assert text == "Есть [[Глубина/Обзор методов|обзор методов]] и [[Глубина/Обзор методов|обзоры методов]]."
    assert notebook.links.backlink_count(target) == 2


def test_properties_and_headings_of_backlinks(notebook: Notebook, write: Write) -> None:
    target = write("Цель")
    long = "слова " * 200
    write("a", f"Смотри [[Цель]].\n\n# Раз\n\nа [[Цель|туда]]\n\n## Два\n\n{long}[[Цель]] и [[Цель]] ещё")
    found = notebook.links.backlinks_from(target, [note.id for note in notebook.links.linking(target)])
    assert [place.heading for place in found] == ["", "Раз", "Два", "Два"]
    (start, end) = found[2].context.marks[0]
    assert found[2].context.text[start:end] == "Цель"
    assert found[2].context.text.startswith("…")
    few = notebook.links.backlinks_from(target, [note.id for note in notebook.links.linking(target)], 2)
    assert few == found[:2]


def test_linking_notes_in_order_and_outside_the_trash(notebook: Notebook, write: Write) -> None:
    target = write("Цель")
    ids = {name: write(name, "[[Цель]]" * count) for name, count in (("в", 1), ("а", 2), ("б", 3))}
    assert [(n.id, n.places) for n in notebook.links.linking(target)] == [(ids["а"], 2), (ids["б"], 3), (ids["в"], 1)]
    assert [n.id for n in notebook.links.linking(target, newest=True)] == [ids["б"], ids["а"], ids["в"]]
    notebook.tree.trash_notes([ids["б"]])
    assert [n.id for n in notebook.links.linking(target)] == [ids["а"], ids["в"]]


@pytest.mark.parametrize("name", ["Градиентный спуск", "Спуск", "36 Спуск"])
def test_notes_that_hold_a_name_only_in_their_links_are_not_read(
    notebook: Notebook, write: Write, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    target = write(name)
    for number in range(30):
        write(f"Ссылка {number}", f"Так [[{name}]] и [[{name.upper()}#Шаги|вот так]], ещё ![[{name}]].")
    saying = {
        write("Сама", f"[[{name}]], [[{name}|слова]] и сам {name}."),
        write("Склоняет", f"[[{name}]] и {name.replace('Градиентный', 'градиентного').replace('пуск', 'пуска')}."),
        write("Иначе", f"[слова]({name.replace(' ', '%20')}.md), но {name}."),
    }
    write("Код", f"[[{name}]] и `[[{name}]]`")
    notebook.search.index_now()
    read: list[NoteId] = []
    texts = named_texts

    def watched(sql: sqlite3.Connection, ids: Sequence[NoteId]) -> list[NamedText]:
        read.extend(ids)
        return texts(sql, ids)

    monkeypatch.setattr(mentions, "named_texts", watched)
    search = notebook.links.mention_search(target)
    search.go_on(60.0)
    assert search.finished
    assert {note.id for note in search.found} == saying
    assert search.count == len(saying)
    assert len(read) == len(saying) + 1  # and the one with code
