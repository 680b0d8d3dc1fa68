"""Two forms of one word find each other, by what analysis makes of either; drawn from real texts, not chosen."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pymorphy3
import pytest

from desktop.core.search.analyzer import token_terms, word_stems
from desktop.core.text.irregular import irregular_stems
from desktop.core.text.words import stem, tokens

SHARE = 0.97
RUSSIAN_PAIRS = 2_000
ENGLISH_PAIRS = 1_000
_VERBAL = ("VERB", "INFN", "PRTF", "PRTS", "GRND")
_VOWELS = "aeiou"

Pair = tuple[str, str]


def missed(pairs: list[Pair]) -> list[Pair]:
    """Return the pairs of which the first, asked for, does not find the second."""
    return [(asked, written) for asked, written in pairs if set(word_stems(asked)).isdisjoint(token_terms(written))]


def corpus_words(corpus: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for part in ("lectures", "digests", "seeds"):
        for file in sorted((corpus / part).rglob("*.md")):
            counts.update(tokens(file.read_text(encoding="utf-8")))
    return counts


def russian_pairs(counts: Counter[str]) -> list[Pair]:
    """Return pairs of different forms that a dictionary puts into one lexeme, both from the texts."""
    morphology = pymorphy3.MorphAnalyzer()
    lexemes: dict[Pair, set[str]] = defaultdict(set)
    for word in counts:
        if len(word) > 2 and all("а" <= letter <= "я" for letter in word):
            reading = morphology.parse(word)[0]
            if reading.is_known:
                part = "verb" if reading.tag.POS in _VERBAL else str(reading.tag.POS)
                lexemes[reading.normal_form, part].add(word)
    pairs = [(a, b) for _key, forms in sorted(lexemes.items()) for a in sorted(forms) for b in sorted(forms) if a != b]
    return random.Random(17).sample(pairs, min(RUSSIAN_PAIRS, len(pairs)))


def english_pairs(counts: Counter[str]) -> list[Pair]:
    """Return pairs of a word and its regular forms where the texts have both."""
    words = {word for word in counts if len(word) > 3 and word.isascii() and word.isalpha()}
    pairs = [(word, form) for word in sorted(words) for form in _regular_forms(word) if form in words]
    pairs += [(form, word) for word, form in pairs]
    return random.Random(18).sample(pairs, min(ENGLISH_PAIRS, len(pairs)))


def _regular_forms(word: str) -> Iterator[str]:
    if word.endswith("e"):
        yield from (f"{word}s", f"{word}d", f"{word[:-1]}ing")
    elif word.endswith("y") and word[-2] not in _VOWELS:
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing")
    elif word.endswith(("sh", "ch", "x", "ss")):
        yield from (f"{word}es", f"{word}ed", f"{word}ing")
    elif not word.endswith(("s", "ing", "ed")):
        yield from (f"{word}s", f"{word}ed", f"{word}ing")


IRREGULAR = [
    ("child", "children"), ("man", "men"), ("person", "people"), ("foot", "feet"), ("mouse", "mice"),
    ("index", "indices"), ("matrix", "matrices"), ("vertex", "vertices"), ("criterion", "criteria"), ("datum", "data"),
    ("analysis", "analyses"), ("hypothesis", "hypotheses"), ("leaf", "leaves"), ("life", "lives"), ("axis", "axes"),
    ("write", "wrote"), ("write", "written"), ("writing", "wrote"), ("find", "found"), ("build", "built"),
    ("choose", "chosen"), ("teach", "taught"), ("understand", "understood"), ("break", "broken"), ("take", "took"),
    ("send", "sent"), ("run", "ran"), ("running", "ran"), ("begin", "began"), ("grow", "grown"), ("know", "known"),
    ("speak", "spoken"), ("forget", "forgotten"), ("buy", "bought"), ("sell", "sold"), ("lose", "lost"),
    ("withdraw", "withdrawn"), ("overcome", "overcame"), ("drive", "driven"), ("hide", "hidden"),
]  # fmt: skip


def test_russian_forms_find_each_other(corpus: Path) -> None:
    pairs = russian_pairs(corpus_words(corpus))
    assert len(pairs) >= 1_000
    _report("Russian", pairs)


def test_english_forms_find_each_other(corpus: Path) -> None:
    pairs = english_pairs(corpus_words(corpus))
    assert len(pairs) >= 500
    _report("English", pairs)


def _report(language: str, pairs: list[Pair]) -> None:
    lost = missed(pairs)
    share = 1 - len(lost) / len(pairs)
    print(f"\n{language}: {share:.4f} of {len(pairs)} pairs find each other; not: {lost}")
    assert share >= SHARE


@pytest.mark.parametrize(("one", "other"), IRREGULAR)
def test_irregular_forms_find_each_other(one: str, other: str) -> None:
    assert missed([(one, other), (other, one)]) == []


def test_a_rare_reading_brings_no_strangers() -> None:
    assert "тереть" not in word_stems("три")
    assert stem("тереть") not in word_stems("три")
    assert stem("было") not in word_stems("суть")
    assert stem("дать") not in word_stems("данные")
    assert stem("live") not in word_stems("life")
    assert irregular_stems("evaluation") == ()
    assert word_stems("evaluation") == ("evalu",)
