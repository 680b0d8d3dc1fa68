"""What analysis makes of words with signs, of irregular forms, of half-typed words."""

import re
import time

import pytest

from desktop.core.search.analyzer import (
    count_terms,
    load,
    loaded,
    neighbour_stems,
    query_words,
    token_terms,
    word_stem,
    word_stems,
)
from desktop.core.search.kin import root_of
from desktop.core.search.snippets import Wanted, find_marks, patterns
from desktop.core.text.words import TOKEN, stem, tokens

SIGNED = ["C++", "C#", ".NET", "A/B", "99.999", "v1.21.3", "I/O", "192.168.0.1", ".gitignore", "F#"]


@pytest.mark.parametrize("written", SIGNED)
def test_a_word_with_signs_is_a_term_on_both_sides(written: str) -> None:
    assert TOKEN.findall(f"({written}),") == [written]
    assert query_words(written) == [written.lower()]
    assert word_stem(written.lower()) == token_terms(written)[0] == written.lower()
    terms, _tokens = count_terms(f"Мы любим {written}.")
    assert terms[written.lower()] == 1


@pytest.mark.parametrize("written", SIGNED)
def test_a_word_with_signs_is_marked_whole(written: str) -> None:
    text = f"Мы любим {written}, и не только."
    wanted = Wanted(written.lower(), frozenset(word_stems(written.lower())))
    assert text[(mark := find_marks(text, [wanted])[0]).start : mark.end] == written
    found = [re.search(pattern, text, re.IGNORECASE) for pattern in patterns([wanted])]
    assert any(match is not None and match.group() == written for match in found)


def test_parts_of_words_with_signs_are_found_too() -> None:
    assert token_terms("C++") == ("c++", "c")
    assert token_terms("A/B") == ("a/b", "a", "b")
    assert token_terms(".NET") == (".net", "net")
    assert {"1.21", "21.3", "1.21.3", "21"} <= set(token_terms("v1.21.3"))
    assert word_stems(".net") == (".net", "net")
    assert word_stems("v1.21")[1] == "1.21"


def test_signs_that_belong_to_no_word() -> None:
    assert tokens("notepad++ page#top habr.com and/or C/C++ конец.Начало 2023. ...три a/b/c x.y") == [
        "notepad", "page", "top", "habr", "com", "and", "or", "c", "c++", "конец", "начало", "2023", "три", "a",
        "b/c", "x", "y",
    ]  # fmt: skip


def test_signs_take_linear_time() -> None:
    for text in ("1.1" * 60_000, "a/b" * 60_000, "c++" * 60_000, "." * 200_000, "c#" * 100_000, "9" * 200_000 + "."):
        begin = time.process_time()
        count_terms(text)
        assert time.process_time() - begin < 1.0, text[:6]


def test_a_text_stands_for_the_base_of_a_form_that_looks_like_another_word() -> None:
    assert token_terms("leaves") == ("leav", "leaf")
    assert stem("leave") not in word_stems("leaf")
    assert set(word_stems("leaf")) & set(token_terms("Leaves"))


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("ошибо", "ошибка"), ("ошибок", "ошибка"), ("ошибк", "ошибок"), ("дня", "день"), ("день", "дня"),
        ("писем", "письмо"), ("письм", "писем"), ("окон", "окно"), ("копеек", "копейка"), ("пиш", "писать"),
        ("люди", "человек"), ("человек", "люди"), ("дети", "ребёнок"), ("год", "лет"), ("children", "child"),
    ],
)  # fmt: skip
def test_a_half_typed_word_knows_the_stems_it_has_passed(typed: str, other: str) -> None:
    assert stem(other.replace("ё", "е")) in neighbour_stems(typed)


def test_neighbours_are_few_and_quick() -> None:
    words = ["ошибок", "стейкхолдерам", "дня", "переподготовка", "ящ", "письмен", "model", "оо", "ъъъ"]
    assert all(len(neighbour_stems(word)) <= 24 for word in words)
    begin = time.process_time()
    for _ in range(200):
        for word in words:
            neighbour_stems(word)
    assert (time.process_time() - begin) / (200 * len(words)) < 100e-6


def test_the_dictionary_can_be_loaded_ahead() -> None:
    load()
    assert loaded()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("кластеризация", "кластерный"), ("моделирование", "модель"), ("документация", "документировать"),
        ("тестировщик", "тест"), ("таблица", "табличный"), ("ботаника", "ботанический"), ("установка", "установить"),
        ("evaluation", "evaluate"), ("normalization", "normal"), ("deployment", "deploy"), ("modularity", "module"),
    ],
)  # fmt: skip
def test_words_of_one_root(one: str, other: str) -> None:
    assert root_of(stem(one)) == root_of(stem(other))


@pytest.mark.parametrize(
    ("one", "other"), [("статистика", "статья"), ("модель", "модный"), ("токен", "ток"), ("container", "contain")]
)
def test_words_of_different_roots(one: str, other: str) -> None:
    assert stem(one) == stem(other) or root_of(stem(one)) != root_of(stem(other))
