"""What a text says of itself: the two kinds of document that the program is made for, and everything between."""

import time
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from desktop.core.records import LinkKind, NoteKind
from desktop.core.text.anchors import find_section
from desktop.core.text.document import guess_kind, read_document

DIGEST = """---
aliases:
- https://example.org/blog/1/
- https://example.org/blog/1/?utm_source=feed
title: Обзоры рынка и тренды / Хабр
date: 2024-02-29
src_link: https://example.org/saved
src_date: '2024-02-29 18:07:00'
tags:
- '#host_example_org'
---

![](https://example.org/cover.png)\x20\x20

→ [Теория](#1)\x20\x20

→ [Практика](#2)

Теория
------

### [All about vectors (part 1)](https://example.org/vectors)

Более $4 млрд, и ещё $5 млрд.

Практика
--------

### [Сам себе аналитик](https://example.org/bi)
"""

LECTURE = "\n\n# Вводная лекция\n\nPage • 1 backlink • [uni](#)\n\nФормат: две пары\n\n1. лекция\n2. семинар\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_digest(start: str, line_end: str) -> None:
    text = start + DIGEST.replace("\n", line_end)
    found = read_document(text)
    assert found.kind is NoteKind.DIGEST
    assert found.title == "Обзоры рынка и тренды"
    assert found.date == "2024-02-29"
    assert len(found.aliases) == 2
    assert found.tags == ("host_example_org",)
    assert found.collection == ""
    assert [section.level for section in found.sections] == [2, 3, 2, 3]
    assert found.sections[1].title == "All about vectors (part 1)"
    jumps = [link for link in found.links if link.kind is LinkKind.ANCHOR]
    assert [find_section(found.sections, jump.anchor, jump.label) for jump in jumps] == [
        found.sections[0],
        found.sections[2],
    ]
    assert [text[link.target_start : link.target_end] for link in found.links if link.kind is LinkKind.URL] == [
        "https://example.org/vectors",
        "https://example.org/bi",
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lecture(line_end: str) -> None:
    text = LECTURE.replace("\n", line_end)
    found = read_document(text)
    assert (found.kind, found.title, found.collection) == (NoteKind.LECTURE, "Вводная лекция", "uni")
    (link,) = found.links
    assert link.kind is LinkKind.COLLECTION
    assert text[link.target_start : link.target_end] == "uni"
    assert found.sections[0].start == text.index("#")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# plain", None),
        ("---\nkind: лекция\n---\n", NoteKind.LECTURE),
        ("---\ntype: Конспект\n---\n", NoteKind.LECTURE),
        ("---\ntype: Digest\n---\n", NoteKind.DIGEST),
        ("---\nkind: заметка\nsrc_link: x\n---\n", NoteKind.NOTE),
        ("---\ntype: post\n---\n", None),
        ("---\nkind: digest\n---\n" + LECTURE.strip(), NoteKind.DIGEST),
        ("[a](#1) [b](#2)", NoteKind.DIGEST),
        ("[a](#1)", None),
        ("# [a](https://a)\n# [b](https://b)\n# [c](https://c)\n", NoteKind.DIGEST),
        ("# [a](https://a) x\n# [b](https://b)\n# [c](https://c)\n", None),
        ("# [[a]]\n# [[b]]\n# [[c]]\n", None),
    ],
)
def test_kind(text: str, kind: NoteKind | None) -> None:
    assert read_document(text).kind == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ((), NoteKind.NOTE),
        (("Лекции", "a.md"), NoteKind.LECTURE),
        (("uni", "Lectures 2024"), NoteKind.LECTURE),
        (("Digests", "a"), NoteKind.DIGEST),
        (("Лекции", "Дайджесты"), NoteKind.DIGEST),
        (("Notes",), NoteKind.NOTE),
    ],
)
def test_guess_kind(path: tuple[str, ...], kind: NoteKind) -> None:
    assert guess_kind(read_document("text"), path) is kind
    assert guess_kind(read_document(LECTURE), path) is NoteKind.LECTURE


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("text only", ""),
        ("text\n\n## First\n# Second", "First"),
        ("---\ntitle: 'Указан: здесь'\n---\n# Heading", "Указан: здесь"),
        ("---\ntitle:\n---\n# Heading", "Heading"),
        ("---\ntitle: A | Habr\n---\n", "A"),
        ("---\ntitle: A / B\n---\n", "A / B"),
        ("---\ntitle: / Хабр\n---\n", "/ Хабр"),
        ("# " + "x" * 5000, "x" * 500),
    ],
)
def test_title(text: str, title: str) -> None:
    assert read_document(text).title == title


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-10-30", "2023-10-30"),
        ("2023-10-30T18:07:00Z", "2023-10-30"),
        ("2023/1/2", "2023-01-02"),
        ("'30.10.2023'", "2023-10-30"),
        ("2023-13-45", ""),
        ("yesterday", ""),
        ("0000-00-00", ""),
        ("٢٠٢٣-١٠-٣٠", "2023-10-30"),
    ],
)
def test_date(value: str, day: str) -> None:
    assert read_document(f"---\ndate: {value}\n---\n").date == day


@pytest.mark.parametrize(
    ("block", "aliases"),
    [
        ("alias: One", ("One",)),
        ("aliases: One, Two", ("One", "Two")),
        ("aliases: [One, 'Two, three', one]", ("One", "Two, three")),
        ("aliases:\n- One\nalias: Two", ("One", "Two")),
        ("aliases:", ()),
    ],
)
def test_aliases(block: str, aliases: tuple[str, ...]) -> None:
    assert read_document(f"---\n{block}\n---\n").aliases == aliases


def test_broken_front_matter_leaves_the_text_usable() -> None:
    found = read_document("---\ntitle: T\nno closing line\n\n# Heading\n\n[[Note]]\n")
    assert found.front_matter.problem
    assert found.title == "Heading"
    assert [link.target for link in found.links] == ["Note"]


def test_seed_digest(corpus: Path) -> None:
    text = (corpus / "seeds" / "digest.md").read_bytes().decode()
    found = read_document(text)
    assert found.kind is NoteKind.DIGEST
    assert found.title == "MLOps-инструменты, обзоры рынка и тренды потоковой обработки данных"
    assert (found.date, len(found.aliases), found.tags) == ("2023-10-30", 2, ("host_habr_com",))
    named = [
        (link.label, find_section(found.sections, link.anchor, link.label))
        for link in found.links
        if link.kind is LinkKind.ANCHOR
    ]
    assert len(named) == 6
    for label, section in named:
        assert section is not None
        assert (section.title, section.level) == (label, 2)


def test_seed_lecture(corpus: Path) -> None:
    text = (corpus / "seeds" / "lecture.md").read_bytes().decode()
    found = read_document(text)
    assert found.kind is NoteKind.LECTURE
    assert found.title == "Вводная лекция: отличия от MLOps, состав команды"
    assert found.collection == "uni"
    assert [(link.kind, link.target) for link in found.links] == [(LinkKind.COLLECTION, "uni")]


def test_vaults(corpus: Path) -> None:
    counted = {}
    for vault in ("vault-foam", "vault-garden"):
        documents = [read_document(path.read_text(encoding="utf-8")) for path in (corpus / vault).rglob("*.md")]
        counted[vault] = sum(link.kind is LinkKind.WIKI for document in documents for link in document.links)
        assert not any(document.front_matter.problem for document in documents)
    assert counted == {"vault-foam": 192, "vault-garden": 225}


def test_a_note_is_read_in_a_millisecond() -> None:
    text = "# Заметка\n\n" + "Слово за словом, [[ссылка]] и снова слова, которые складываются в абзац.\n\n" * 26
    taken = []
    for _ in range(20):
        begin = time.perf_counter()
        read_document(text)
        taken.append(time.perf_counter() - begin)
    assert min(taken) < 0.003  # 0.4 ms on a quiet machine


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    found = read_document(text)
    assert all(section.end <= len(text) for section in found.sections)
    guess_kind(found, (text,))


@given(st.text(alphabet="---:\n[]#'\" abя•()Page1", max_size=200))
def test_any_front_matter(text: str) -> None:
    read_document("---\n" + text + "\n---\n" + text)
