"""Words: tokens, stems, and the patterns that find them again."""

import re
import time

import pytest
from hypothesis import given, strategies as st

from desktop.core.text.words import compose, exact_pattern, mark_pattern, stem, tokens


def test_tokens_are_folded() -> None:
    assert tokens("Ёлка, е-лка под_чёрт 3D") == ["елка", "е", "лка", "под", "черт", "3d"]


def test_decomposed_letters_soft_hyphens_and_stress_marks_do_not_split_words() -> None:
    assert tokens("и\u0306од мо\u00adдель моде\u0301ль cafe\u0301") == ["йод", "модель", "модель", "café"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("модель", "моделями"), ("команда", "командой"), ("database", "databases"), ("library", "libraries")],
)
def test_forms_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_stems_by_script() -> None:
    assert stem("running") == "run"
    assert stem("2024") == "2024"
    assert stem("机器") == "机器"


@pytest.mark.parametrize("word", ["модели", "Libraries", "hoping", "ЁЛКИ", "елка", "databases"])
def test_mark_pattern_finds_the_form_it_was_made_from(word: str) -> None:
    pattern = re.compile(mark_pattern(stem(tokens(word)[0])), re.IGNORECASE)
    found = pattern.search(f"перед ({word}), after")
    assert found is not None
    assert found.group() == word


def test_patterns_respect_the_beginning_of_a_word() -> None:
    assert re.search(mark_pattern("код"), "декодер", re.IGNORECASE) is None
    assert re.search(exact_pattern("код"), "кодер код.", re.IGNORECASE).start() == 6  # type: ignore[union-attr]
    assert re.search(exact_pattern("елка"), "Ёлка", re.IGNORECASE) is not None


@given(st.text(max_size=200))
def test_any_text_has_tokens_that_have_stems(text: str) -> None:
    for token in tokens(text):
        assert stem(token)
        re.compile(mark_pattern(stem(token)), re.IGNORECASE).search(text)
    assert compose(compose(text)) == compose(text)


def test_linear_time_on_one_endless_word() -> None:
    text = "а" * 1_000_000
    start = time.process_time()
    assert stem(tokens(text)[0])
    list(re.finditer(mark_pattern("аб"), text, re.IGNORECASE))
    assert time.process_time() - start < 2.0
