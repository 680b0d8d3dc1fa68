"""What is offered when little is found: in which order, with which sentence, and how strictly."""

import time
from pathlib import Path

import pytest

from desktop.core.records import MatchKind, NoteId, NoteKind
from desktop.core.search.fixing import best_fix, joined_pair
from desktop.core.search.forgiving import Guess, guesses
from desktop.core.search.joined import with_joined
from desktop.core.search.notes import analyse
from desktop.core.search.query import All, Any, Node, Phrase, Word, read_query
from desktop.core.search.segments import MemorySegment
from desktop.core.search.view import View
from desktop.core.store.notes import IndexRow
from desktop.core.text.slips import swap_layout


def view_of(*texts: str) -> View:
    rows = [
        IndexRow(NoteId(number), 1, NoteKind.NOTE, f"n{number}", "", text, (), (), (), 0, "", False)
        for number, text in enumerate(texts, 1)
    ]
    return View([(MemorySegment([analyse(row) for row in rows]), 0)])


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(
        "Привет, Хабр! Для стейкхолдеров важна цена ошибки модели.",
        "Кластерный анализ и моделирование очередей. Такая книга.",
        "ClickHouse and Power BI: evaluation of databases, kubernetes. Hello! It d x.",
        "Кластеры, очередь с приоритетом, квантиль. The click of a house.",
    )


def node_of(query: str) -> Node:
    node = read_query(query).node
    assert node is not None
    return node


def made(query: str, view: View, found: int = 0) -> list[Guess]:
    return list(guesses(query, node_of(query), view, found=found))


@pytest.mark.parametrize(
    ("query", "shown", "kind"),
    [
        ("ghbdtn", "привет", MatchKind.LAYOUT),
        ("руддщ", "hello", MatchKind.LAYOUT),
        ("руддщб", "hello,", MatchKind.LAYOUT),
        ("cntqr[jklths", "стейкхолдеры", MatchKind.LAYOUT),
        ("jxthtlm c ghbjhbntnjv", "очередь с приоритетом", MatchKind.LAYOUT),
        ("ghbdtn модель", "привет модель", MatchKind.LAYOUT),
        ("стейхколдерами", "стейкхолдерами", MatchKind.TYPO),
        ("рпивет", "привет", MatchKind.TYPO),
        ("evalution", "evaluation", MatchKind.TYPO),
        ("kuberneets", "kubernetes", MatchKind.TYPO),
        ("cntqr[jkrthfv", "стейкхолдерам", MatchKind.TYPO),  # the other layout, and л for к
        ("powerbi", '"power bi"', MatchKind.TYPO),
        ("кластеризация", "кластер*", MatchKind.PREFIX),
        ("кванти", "кванти*", MatchKind.PREFIX),
        ("кубок ошибки", "", MatchKind.SOME),
    ],
)
def test_the_first_guess(view: View, query: str, shown: str, kind: MatchKind) -> None:
    first = made(query, view)[0]
    assert first.kind is kind
    if shown:
        assert first.notice == f"Nothing was found for “{query}”; these are the results for “{shown}”."
    else:
        assert first.notice == "No note holds all of these words; these hold some of them."


def test_what_was_found_stands_above_and_the_sentence_says_so(view: View) -> None:
    first = made("кластеризация", view, found=1)[0]
    assert first.notice == "Few notes hold “кластеризация”; below them are the results for “кластер*”."
    assert made("очередь", view, found=2) == []  # a word that a dictionary knows is no slip
    both = made("ошибка кластер", view, found=1)
    assert both[-1].kind is MatchKind.SOME
    assert both[-1].notice == "Few notes hold “ошибка кластер”; below them are the results for “ошибка OR кластер”."


def test_a_guess_is_never_the_query(view: View) -> None:
    for query in ("привет", "кластер", "модель привет", "databases", '"цена ошибки"', "tag:ml привет", "-привет"):
        assert all(guess.node != node_of(query) for found in (0, 1, 2) for guess in made(query, view, found))


@pytest.mark.parametrize(
    "query",
    ["шежюв", "чэкэч", "ъьыъьы", "qzxwvkj", "рббъэ", "аюээы", "zzzzzz", "xq", "я", "ыв", "фыв", "кнга", "tag:ghbdtn"],
)
def test_strings_that_mean_nothing_become_nothing(view: View, query: str) -> None:
    assert made(query, view) == []


def test_filters_keep_their_layout(view: View) -> None:
    first = made("kind:note ghbdtn", view)[0]
    assert first.kind is MatchKind.LAYOUT
    assert "“kind:note привет”" in first.notice


def test_a_phrase_is_loosened_but_never_taken_apart(view: View) -> None:
    kinds = [guess.kind for guess in made('"ошибки цена"', view)]
    assert kinds == [MatchKind.SOME]
    assert made('"ошибки цена"', view)[0].node == All((Word("ошибки"), Word("цена")))
    assert made('"цена ошибки"', view, found=1) == []


def test_the_shorter_a_word_the_more_a_slip_must_look_like_one() -> None:
    view = view_of("модель книга рояль корова", "kernel model house")
    assert best_fix("кинга", view) == "книга"  # exchanged
    assert best_fix("книнга", view) == "книга"  # doubled
    assert best_fix("корова", view) == ""
    assert best_fix("карова", view) == "корова"  # sounds alike
    assert best_fix("кжига", view) == ""  # neither beside н nor like it
    assert best_fix("мдлеь", view) == ""  # two slips
    assert best_fix("ябрк", view) == ""


def test_a_frequent_word_is_not_given_up_for_a_rare_one() -> None:
    view = view_of("модель градиент", "градиент", "градинет")
    assert best_fix("градинет", view, instead_of=1) == "градиент"
    assert best_fix("градиент", view, instead_of=2) == ""


def test_compound_words_are_found_in_either_spelling(view: View) -> None:
    click, house = Word("click"), Word("house")
    assert with_joined(node_of("click house"), view) == Any((All((click, house)), Word("clickhouse")))
    assert with_joined(node_of("clickhouse"), view) == Any((Word("clickhouse"), Phrase(("click", "house"))))
    assert with_joined(node_of("powerbi db"), view) == All(
        (Any((Word("powerbi"), Phrase(("power", "bi")))), Word("db"))
    )
    for query in ("привет модель", "click", "no tag", '"click house"', "click -house", "click OR house"):
        assert with_joined(node_of(query), view) == node_of(query)
    assert joined_pair("qzxwvkjhgf", view) is None


def test_layouts_swap_both_ways() -> None:
    for text in ("привет", "ёж", "Объём", "эхо"):
        assert swap_layout(swap_layout(text)) == text


def test_guessing_is_quick(corpus: Path) -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(corpus.glob("[ld]*/*/*.md"))]
    view = view_of(*texts)
    words = [
        "переподготавливаемостями",
        "моделированнностииистями",
        "internationalizationalin",
        "ыщвъжцхшгнекуйфячсмитьбю",
    ]
    for word in words:
        assert len(word) == 24
        node = node_of(word)
        list(guesses(word, node, view))
        times = []
        for _ in range(7):
            begin = time.process_time()
            list(guesses(word, node, view))
            times.append(time.process_time() - begin)
        assert min(times) <= 0.010, word
