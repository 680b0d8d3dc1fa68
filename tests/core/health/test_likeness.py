"""What a name that leads nowhere may have meant, and what it surely did not."""

import random
import time

import pytest

from desktop.core.health.likeness import Seeker, is_one_edit, words_of
from desktop.core.records import Likeness


def nearest(sought: str, *known: str, words: bool = False) -> tuple[Likeness, str, bool] | None:
    seeker = Seeker([sought], words=words)
    for name in known:
        seeker.offer(name, name)
    found = seeker.found[sought]
    return (found.like, found.hits[0][1], found.sure) if found.hits else None


@pytest.mark.parametrize(
    ("sought", "known", "like", "sure"),
    [
        ("Модель", "модель", Likeness.MOVED, True),
        ("A/B тесты", "AB-тесты", Likeness.MARKS, True),
        ("🪨  Obsidian", "💎 Obsidian", Likeness.MARKS, True),
        ("data_mesh", "Data Mesh", Likeness.MARKS, True),
        ("Векторные базы", "08 Векторные базы", Likeness.NUMBER, False),
        ("2024-01-02 Kafka", "Kafka", Likeness.NUMBER, False),
        ("vjltkm", "Модель", Likeness.LAYOUT, True),
        ("Ьщвуд", "Model", Likeness.LAYOUT, True),
        ("Решающее дерево", "Решающие деревья", Likeness.FORMS, False),
        ("Embedding", "Embeddings", Likeness.FORMS, False),
        ("Command Palete", "Command Palette", Likeness.TYPO, False),
        ("Регресия", "Регрессия", Likeness.TYPO, False),
        ("Kubernetse", "Kubernetes", Likeness.TYPO, False),
    ],
)
def test_a_name_is_found_by(sought: str, known: str, like: Likeness, sure: bool) -> None:
    assert nearest(sought, "Another note", known, "Совсем другая") == (like, known, sure)


@pytest.mark.parametrize(
    ("sought", "known"),
    [
        ("Лекция 12", "Лекция 13"),  # another number is another thing
        ("дайджест 180", "дайджест 18"),
        ("ML", "NL"),  # too short for a slip
        ("C", "C++"),
        ("Графы", "Графы и обходы"),
        ("", "x"),
        ("!!!", "???"),
    ],
)
def test_a_name_is_not_taken_for(sought: str, known: str) -> None:
    assert nearest(sought, known) is None


def test_the_nearest_wins_and_two_as_near_are_not_sure() -> None:
    assert nearest("Data-Mesh", "Data Meshes", "DataMesh") == (Likeness.MARKS, "DataMesh", True)
    like, _name, sure = nearest("Data Mesh", "Data-Mesh!", "DataMesh") or (None, "", True)
    assert (like, sure) == (Likeness.MARKS, False)


def test_headings_are_found_by_most_of_their_words() -> None:
    found = nearest("publish your site", "Building and publishing your site", "Hosting", words=True)
    assert found == (Likeness.WORDS, "Building and publishing your site", False)
    assert nearest("publish your site", "Your first note", words=True) is None


def test_every_single_edit_is_seen_and_no_double_one() -> None:
    rnd = random.Random(3)
    for _ in range(300):
        word = "".join(rnd.choice("абвгд") for _ in range(8))
        place = rnd.randrange(7)
        head, tail = word[:place], word[place:]
        for edited in (head + tail[1:], f"{head}я{tail}", f"{head}я{tail[1:]}", head + tail[1] + tail[0] + tail[2:]):
            assert is_one_edit(word, edited) or word == edited
            assert is_one_edit(edited, word) or word == edited
            like = nearest(word, edited)
            assert like is not None
        assert not is_one_edit(word, f"я{word}я")
        assert not is_one_edit(word, f"яю{word[2:]}") or word[:2] in ("яю", "юя")


def test_time_grows_with_the_names_alone_whatever_they_are() -> None:
    def cost(count: int) -> float:
        began = time.process_time()
        seeker = Seeker((f"лекция о графах и деревьях {'x' * (i % 7)} {i}" for i in range(count)), words=True)
        for i in range(count):
            seeker.offer(i, f"лекция о графах и деревьях {'y' * (i % 7)} {i}")
        return time.process_time() - began

    small = max(cost(200), 0.01)
    assert cost(1_600) < 8 * 3 * small


def test_words_of_names() -> None:
    assert words_of("  Ёлка_и «C++», №5 ") == ("елка", "и", "c++", "5")
