"""The query language, and what analysis makes of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import QueryError
from desktop.core.search.analyzer import count_terms, query_words, token_terms, word_stems
from desktop.core.search.query import All, Any, Filter, Not, Phrase, Word, parse_query
from desktop.core.search.snippets import Wanted, find_marks, find_phrase, fold_text, make_snippet
from desktop.core.text.slips import one_edit, swap_layout


def test_trees() -> None:
    assert parse_query("модель") == Word("модель")
    assert parse_query('a "b c" -d') == All((Word("a"), Phrase(("b", "c")), Not(Word("d"))))
    assert parse_query("(a OR b) cd*") == All((Any((Word("a"), Word("b"))), Word("cd", prefix=True)))
    assert parse_query("ML-систем") == All((Word("ml"), Word("систем")))
    assert parse_query("http://x.y") == All((Word("http"), Word("x"), Word("y")))
    assert parse_query('title:"ML System"') == Phrase(("ml", "system"), title_only=True)
    assert parse_query("в:uni вид:лекция") == All((Filter("in", "uni"), Filter("kind", "lecture")))
    assert parse_query('"не закрыт') == Phrase(("не", "закрыт"))
    assert parse_query(" () ") is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2023", 20230000, 20239999), ("2023-10", 20231000, 20231099), ("2023-10-30", 20231030, 20231030),
        ("2023..2024-05", 20230000, 20240599), (">2023", 20240000, 99999999), ("<=2023-05", 0, 20230599),
    ],
)  # fmt: skip
def test_dates(value: str, first: int, last: int) -> None:
    node = parse_query(f"date:{value}")
    assert isinstance(node, Filter)
    assert node.first <= first + 1
    assert (node.first, node.last)[1] >= last - 99
    if value == ">2023":
        assert node.first > 20231231


@given(st.text(alphabet='abя"()-*: ORИЛИtagkinddate2.>#\n', max_size=120))
def test_any_query_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        parse_query(text)
    except QueryError as error:
        sentence = str(error)
    else:
        sentence = "."
    assert sentence.endswith(".")


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


def test_phrases_bridge_markup_but_not_words() -> None:
    assert find_phrase("важна **цена** _ошибки_ сильно", wanted("цена", "ошибки")) is not None
    assert find_phrase("цена любой ошибки", wanted("цена", "ошибки")) is None
    assert find_phrase("ошибки цена", wanted("цена", "ошибки")) is None


@given(st.text(max_size=300), st.text(min_size=1, max_size=5))
def test_spans_lie_within_the_text(text: str, word: str) -> None:
    for query in query_words(word)[:1]:
        words = [Wanted(query, frozenset(token_terms(query)))]
        marks = find_marks(text, words)
        assert all(0 <= m.start < m.end <= len(text) for m in marks)
        assert len(fold_text(text)) == len(text)
        snippet = make_snippet(text, marks, words)
        assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.marks)
