"""Slips are told, and what only looks strange is left alone."""

import time
from pathlib import Path

import pytest

from desktop.core.text.english_words import english_words
from desktop.core.text.spelling import Misspelling, ProseLine, Speller

NOBODYS: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller()


def told(speller: Speller, line: str, own: frozenset[str] = NOBODYS) -> dict[str, tuple[str, ...]]:
    """Return the words of a line that look wrong, with what is offered for them."""
    return {found.word: found.suggestions for found in speller.check([ProseLine(line)], line, own)}


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("иснтрумент", "инструмент"), ("колличество", "количество"), ("неоходимый", "необходимый"),
        ("визаулизацию", "визуализацию"), ("находистя", "находится"), ("будеть", "будет"), ("ещеё", "ещё"),
        ("comparsion", "comparison"), ("colums", "columns"), ("accidentaly", "accidentally"), ("rebuid", "rebuild"),
        ("wrold", "world"), ("dependancies", "dependencies"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_what_was_meant(speller: Speller, slip: str, meant: str) -> None:
    assert meant in told(speller, f"Здесь {slip} (right).")[slip]


@pytest.mark.parametrize(
    "line",
    [
        "Обычный русский текст: всё ещё, по-русски, какая-то полуструктурированная ёлка, нейросетями.",
        "Plain English isn't wrong; the colours of the user's organisations were recognised, travelling well.",
        "Kubernetes и Mixtral, ЛАБА, camelCase, snake_case, v1.2.3, file.tar.gz, и/или, C++, e-mail, user@example.org",
        "Промпт, дашборд, токены, коммит, apps, repos, metadata, async.",
        "Übergröße façade naïve žluťoučký київський 中文 123abc абв1 тест_слова",
        "ab cd xz аб вг",
    ],
)
def test_what_is_right_or_no_prose_is_left_alone(speller: Speller, line: str) -> None:
    assert told(speller, line) == {}


def test_a_word_of_the_users_own_and_one_that_comes_again_are_meant_so(speller: Speller) -> None:
    assert told(speller, "обучалок")
    assert told(speller, "обучалок", frozenset(("обучалок",))) == {}
    line = ProseLine("обучалок")
    assert speller.check([line], "обучалок, обучалок", NOBODYS)
    assert speller.check([line], "обучалок, обучалок, обучалок", NOBODYS) == []


def test_places_are_those_of_the_words_and_skipped_spans_are_no_prose(speller: Speller) -> None:
    text = "`wrold` 🙂 «wrold», wrold-wide"
    found = speller.check([ProseLine("right"), ProseLine(text, ((0, 7),))], "", NOBODYS)
    assert [(word.line, text[word.start : word.end]) for word in found] == [(1, "wrold"), (1, "wrold")]
    assert isinstance(found[0], Misspelling)
    assert found[0].start == text.index("«") + 1
    assert text[found[1].start :] == "wrold-wide"


def test_what_the_text_says_elsewhere_is_offered_first(speller: Speller) -> None:
    line = ProseLine("увидете")
    assert speller.check([line], "увидете", NOBODYS)[0].suggestions[0] != "увидите"
    assert speller.check([line], "увидете, увидите", NOBODYS)[0].suggestions[0] == "увидите"


def test_the_lists_of_the_package_are_read_whole() -> None:
    words = english_words()
    assert len(words) > 100_000
    assert words["the"] > words["comparison"] > 0
    assert {"zucchini", "abandon"} <= words.keys()


def test_few_words_of_real_texts_are_told(speller: Speller, corpus: Path) -> None:
    """Less than one in two hundred words of lectures, in which about half of what is told is a slip indeed."""
    count = flags = 0
    for file in (*sorted(corpus.glob("lectures/ru/*.md"))[:8], *sorted(corpus.glob("lectures/en/*.md"))[:8]):
        text = file.read_text(encoding="utf-8")
        lines = [ProseLine(line) for line in text.split("\n") if "`" not in line and "](" not in line]
        count += sum(len(line.text.split()) for line in lines)
        flags += len(speller.check(lines, text, NOBODYS))
    assert count > 10_000
    assert flags < count / 200


@pytest.mark.parametrize("piece", ["a-", "ошыбка-", "x" * 40, "'’", "wrold ", "ё"])
def test_a_hostile_line_costs_linear_time(speller: Speller, piece: str) -> None:
    def cost(size: int) -> float:
        line = piece * (size // len(piece))
        start = time.process_time()
        speller.check([ProseLine(line)], "", NOBODYS)
        return time.process_time() - start

    cost(10_000)
    assert cost(200_000) < max(0.3, 8 * cost(50_000))
