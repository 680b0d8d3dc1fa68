"""The query language, and what analysis makes of words."""

import pytest
from hypothesis import given, strategies as st

from desktop.core.search.analyzer import count_terms, query_words, token_terms, word_stems
from desktop.core.search.query import All, Any, Filter, Not, Phrase, Word, read_query
from desktop.core.search.snippets import (
    Wanted,
    best_place,
    body_start,
    find_marks,
    first_lines,
    fold_text,
    snippet_at,
)
from desktop.core.text.slips import one_edit, swap_layout


def test_trees() -> None:
    assert read_query("модель").node == Word("модель")
    assert read_query('a "b c" -d').node == All((Word("a"), Phrase(("b", "c")), Not(Word("d"))))
    assert read_query("(a OR b) cd*").node == All((Any((Word("a"), Word("b"))), Word("cd", prefix=True)))
    assert read_query("ML-систем").node == All((Word("ml"), Word("систем")))
    assert read_query("http://x.y").node == All((Word("http"), Word("x"), Word("y")))
    assert read_query('title:"ML System"').node == Phrase(("ml", "system"), title_only=True)
    assert read_query("в:uni вид:лекция").node == All((Filter("in", "uni"), Filter("kind", "lecture")))
    assert read_query('"не закрыт').node == Phrase(("не", "закрыт"))
    assert read_query(" () ").node is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2023", 20230000, 20239999), ("2023-10", 20231000, 20231099), ("2023-10-30", 20231030, 20231030),
        ("2023..2024-05", 20230000, 20240599), (">2023", 20240000, 99999999), ("<=2023-05", 0, 20230599),
    ],
)  # fmt: skip
def test_dates(value: str, first: int, last: int) -> None:
    node = read_query(f"date:{value}").node
    assert isinstance(node, Filter)
    assert node.first <= first + 1
    assert (node.first, node.last)[1] >= last - 99
    if value == ">2023":
        assert node.first > 20231231


@given(st.text(alphabet='abя"()-*: ORИЛИtagkinddate2.>#\n', max_size=120))
def test_any_query_is_read_or_refused_with_a_sentence(text: str) -> None:
    problem = read_query(text).problem
    assert not problem or problem.endswith(".")


def test_terms() -> None:
    assert token_terms("MLOps") == ("mlop", "ml", "op")
    assert token_terms("camelCase") == ("camelcas", "camel", "case")
    assert token_terms("GPT4") == ("gpt4", "gpt", "4")
    assert token_terms("77a04ae17aef5baba1473") == ("77a04ae17aef5baba1473",)
    assert query_words("機械学習x") == ["機械", "械学", "学習", "x"]
    terms, found = count_terms("Модель модели, The the")
    assert (terms, len(found)) == ({"модел": 2, "the": 2}, 4)


def test_lexemes_join_what_stems_part() -> None:
    assert set(word_stems("ошибка")) & set(word_stems("ошибок")) == {"ошибк", "ошибок"}
    assert "ден" in word_stems("дня")
    assert word_stems("word") == ("word",)


def test_layout_and_edits() -> None:
    assert swap_layout("ghbdtn") == "привет"
    assert swap_layout("руддщ") == "hello"
    assert {"код", "кот", "кто", "ко", "коот"} <= set(one_edit("кот")) | {"кот"}


def wanted(*words: str) -> list[Wanted]:
    return [Wanted(word, frozenset(word_stems(word))) for word in words]


def test_marks_are_whole_words() -> None:
    text = "Коды и декодер: MLOps, КОД. Ёлка"
    assert [text[m.start : m.end] for m in find_marks(text, wanted("код", "ops", "елка"))] == [
        "Коды", "Ops", "КОД", "Ёлка",
    ]  # fmt: skip


@given(st.text(max_size=300), st.text(min_size=1, max_size=5))
def test_spans_lie_within_the_text(text: str, word: str) -> None:
    for query in query_words(word)[:1]:
        words = [Wanted(query, frozenset(token_terms(query)))]
        marks = find_marks(text, words)
        assert all(0 <= m.start < m.end <= len(text) for m in marks)
        assert len(fold_text(text)) == len(text)
        body = body_start(text)
        snippet = snippet_at(text, body, marks[best_place(marks)], words) if marks else first_lines(text, body, words)
        assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.marks)
