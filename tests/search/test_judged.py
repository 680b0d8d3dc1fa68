"""The judged set is answered well enough, and what is not in the library is not found."""

import random

import pytest

from desktop.core.records import MatchKind
from tests.search.judged import ACCEPTANCE, EVERYTHING, NOTHING, Judged
from tests.search.library import Library
from tests.search.report import Verdict, judge, mean, misses, table

RECALL = 0.97
RECIPROCAL_RANK = 0.85
RANDOM_STRINGS = 500
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")


@pytest.fixture(scope="module")
def verdicts(library: Library) -> list[Verdict]:
    return [judge(library, judged) for judged in EVERYTHING]


def test_the_set_is_large_and_says_each_thing_once() -> None:
    assert len(EVERYTHING) >= 130
    asked = [(judged.kind, judged.query) for judged in EVERYTHING]
    assert len(set(asked)) == len(asked)


def test_recall_and_rank(verdicts: list[Verdict]) -> None:
    print("\n".join(("", *table(verdicts), *misses(verdicts))))
    answered = [verdict for verdict in verdicts if verdict.judged.expected]
    assert mean(verdict.recall for verdict in answered) >= RECALL
    assert mean(verdict.reciprocal_rank for verdict in answered) >= RECIPROCAL_RANK
    for kind in dict.fromkeys(judged.kind for judged in EVERYTHING):
        assert mean(verdict.recall for verdict in verdicts if verdict.judged.kind == kind) >= 0.9, kind


def test_no_results_only_where_the_text_has_none(verdicts: list[Verdict]) -> None:
    empty = [verdict.judged.query for verdict in verdicts if verdict.judged.expected and not verdict.found]
    assert empty == []


@pytest.mark.parametrize("judged", NOTHING, ids=lambda judged: str(judged.query))
def test_nothing_is_found_where_nothing_is(library: Library, judged: Judged) -> None:
    result = library.notebook.search.query(judged.query)
    assert [library.paths[hit.id] for hit in result.hits] == []


def test_the_acceptance_queries_find_their_notes(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        if verdict.judged in ACCEPTANCE:
            assert verdict.recall > 0.9, verdict
            assert verdict.reciprocal_rank >= 0.5, verdict


@pytest.mark.parametrize("judged", [judged for judged in EVERYTHING if judged.section], ids=lambda j: str(j.query))
def test_a_hit_names_the_section_of_its_words(library: Library, judged: Judged) -> None:
    search = library.notebook.search
    result = search.query(judged.query, limit=10)
    note_id = library.find(judged.expected[0])
    hit = search.passages(result, [note_id])[note_id]
    sections = [hit.section, *(passage.section for passage in hit.passages)]
    assert judged.section in [section.title for section in sections if section is not None]


def test_forgiven_hits_stand_below_and_say_so(library: Library, verdicts: list[Verdict]) -> None:
    forgiven = 0
    for verdict in verdicts:
        result = library.notebook.search.query(verdict.judged.query, limit=10)
        below = result.hits[result.exact :]
        assert all(hit.match is MatchKind.EXACT for hit in result.hits[: result.exact])
        assert all(hit.match is not MatchKind.EXACT for hit in below)
        assert bool(below) == bool(result.notice)
        forgiven += bool(below)
    assert forgiven > 40


def test_random_strings_find_nothing(library: Library) -> None:
    chance = random.Random(20_231_030)
    words = {hit for alphabet in ALPHABETS for hit in _random_words(chance, alphabet, RANDOM_STRINGS // 2)}
    found = {}
    for word in sorted(words):
        result = library.notebook.search.query(word, limit=1)
        if result.hits:
            found[word] = result.notice
    assert found == {}


def _random_words(chance: random.Random, alphabet: str, count: int) -> list[str]:
    # Short strings come nearest to words, so there are more of them.
    sizes = [min(chance.randint(5, 12), chance.randint(5, 12)) for _ in range(count)]
    return ["".join(chance.choice(alphabet) for _ in range(size)) for size in sizes]
