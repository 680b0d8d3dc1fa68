"""Saved searches keep their order, titles stay apart, and nothing a user pastes breaks them."""

import pytest

from desktop.core.errors import KonspektError
from desktop.core.notebook import Notebook


def titles(notebook: Notebook) -> list[str]:
    """Return the titles in their order."""
    return [search.title for search in notebook.saved_searches.list()]


@pytest.fixture
def three(notebook: Notebook) -> Notebook:
    """Return a library with three saved searches."""
    for title in ("Лекции", "Обзоры", "Задачи"):
        notebook.saved_searches.add(title, f"tag:{title}")
    return notebook


def test_saved_searches_are_listed_in_order(three: Notebook) -> None:
    found = three.saved_searches.list()
    assert [(search.title, search.query) for search in found] == [
        ("Лекции", "tag:Лекции"), ("Обзоры", "tag:Обзоры"), ("Задачи", "tag:Задачи"),
    ]  # fmt: skip
    assert len({search.id for search in found}) == 3


def test_every_change_says_so(three: Notebook) -> None:
    searches = three.saved_searches
    first = searches.list()[0].id
    for changes in (searches.add("x", "y"), searches.rename(first, "z"), searches.move(first, 1), searches.remove([1])):
        assert changes
        assert changes.searches
    assert not searches.rename(first, "   ")


def test_one_moves_and_the_others_keep_their_order(three: Notebook) -> None:
    first, second, third = (search.id for search in three.saved_searches.list())
    three.saved_searches.move(third, 0)
    assert titles(three) == ["Задачи", "Лекции", "Обзоры"]
    three.saved_searches.move(third, 99)
    assert titles(three) == ["Лекции", "Обзоры", "Задачи"]
    three.saved_searches.move(second, -5)
    three.saved_searches.move(12345, 0)
    assert [search.id for search in three.saved_searches.list()] == [second, first, third]


def test_what_is_removed_can_come_back_where_it_stood(three: Notebook) -> None:
    gone = three.saved_searches.list()[1]
    three.saved_searches.remove([gone.id])
    assert titles(three) == ["Лекции", "Задачи"]
    three.saved_searches.add(gone.title, gone.query, position=1)
    assert titles(three) == ["Лекции", "Обзоры", "Задачи"]


def test_titles_stay_apart(three: Notebook) -> None:
    three.saved_searches.add("лекции", "a")
    three.saved_searches.add("ЛЕКЦИИ", "b")
    assert titles(three)[3:] == ["лекции 2", "ЛЕКЦИИ 3"]
    last = three.saved_searches.list()[-1]
    three.saved_searches.rename(last.id, "ЛЕКЦИИ 3")  # its own title is not taken by itself
    assert titles(three)[-1] == "ЛЕКЦИИ 3"


def test_without_a_title_the_query_is_one(notebook: Notebook) -> None:
    notebook.saved_searches.add("  ", "  tag:ml \n kind:lecture ")
    assert [(s.title, s.query) for s in notebook.saved_searches.list()] == [("tag:ml kind:lecture",) * 2]


def test_nothing_cannot_be_saved(notebook: Notebook) -> None:
    with pytest.raises(KonspektError, match="query first"):
        notebook.saved_searches.add("title", " \n ")
    assert notebook.saved_searches.list() == []


def test_hostile_text_is_plain_and_short(notebook: Notebook) -> None:
    payload = "'); DROP TABLE note; -- \ud800 <b>\x00 "
    notebook.saved_searches.add(payload * 100, payload * 10_000)
    notebook.saved_searches.add(payload * 100, payload * 10_000)
    first, second = notebook.saved_searches.list()
    assert len(first.query) <= 2_000
    assert max(len(first.title), len(second.title)) <= 200
    assert first.title != second.title
    assert notebook.tree.total() == 0


def test_saved_searches_come_back_with_a_backup(three: Notebook) -> None:
    copy = three.safety.backup()
    three.saved_searches.remove([search.id for search in three.saved_searches.list()])
    three.safety.restore(copy)
    assert titles(three) == ["Лекции", "Обзоры", "Задачи"]
