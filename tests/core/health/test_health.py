"""What the look at all links finds, and what mending writes."""

from collections.abc import Callable

import pytest

from desktop.core.errors import Cancelled, SaveConflict
from desktop.core.notebook import Notebook
from desktop.core.records import BrokenLink, Fault, HealthReport, Likeness, NoteId

Make = Callable[..., NoteId]


@pytest.fixture
def make(notebook: Notebook) -> Make:
    def create(title: str, text: str = "", parent: NoteId | None = None, **named: object) -> NoteId:
        return notebook.tree.create(title, text=text, parent_id=parent, **named).created[0]

    return create


def broken(report: HealthReport) -> list[tuple[str, str, str, str | None]]:
    return [
        (entry.source.title, f"{entry.link.target}#{entry.link.anchor}", str(entry.fault),
         entry.suggestion and entry.suggestion.written)
        for entry in report.broken
    ]  # fmt: skip


def text(notebook: Notebook, note_id: NoteId) -> str:
    return notebook.notes.read(note_id).text


def test_each_fault_is_told_with_what_may_have_been_meant(notebook: Notebook, make: Make) -> None:
    make("Решающие деревья", "# Решающие деревья\n\n## Критерий остановки\n\nАбзац. ^abc123\n")
    make(
        "Список",
        "[[Решающее дерево]] [[Решающие деревья#Критерии остановки]] [[Решающие деревья#^zzz999]] ![[рис.png]]"
        " [[Решающие деревья#критерий-остановки]] [[Решающие деревья#^abc123]] [[Нет такой]] [a](#b) [[#Список 2]]",
    )
    notebook.attachments.add("Рис!.png", b"png")
    report = notebook.health.report()
    assert broken(report) == [
        ("Список", "Решающее дерево#", "note", "Решающие деревья"),
        ("Список", "Решающие деревья#Критерии остановки", "heading", "Критерий остановки"),
        ("Список", "Решающие деревья#^zzz999", "block", None),
        ("Список", "рис.png#", "file", "Рис!.png"),
        ("Список", "Нет такой#", "note", None),
        ("Список", "#b", "heading", None),
        ("Список", "#Список 2", "heading", None),
    ]
    assert report.broken[1].target is not None
    assert report.broken[1].target.title == "Решающие деревья"


def test_a_moved_note_is_found_again_and_a_renamed_one_by_its_former_title(notebook: Notebook, make: Make) -> None:
    old, new = make("Старое"), make("Новое")
    make("Тема", "слова", new)
    renamed = make("Прежнее имя", "# Прежнее имя\n\n" + "слова " * 50)
    notebook.notes.save(renamed, "# Совсем иначе\n", 1)
    make("Список", "[[Старое/Тема]] и [[Прежнее имя]]", old)
    report = notebook.health.report()
    likes = [entry.suggestion and (entry.suggestion.like, entry.suggestion.sure) for entry in report.broken]
    assert likes == [(Likeness.MOVED, True), (Likeness.FORMER, True)]
    assert [entry.suggestion and entry.suggestion.name for entry in report.broken] == ["Тема", "Совсем иначе"]


def test_a_note_in_the_trash_is_named(notebook: Notebook, make: Make) -> None:
    gone = make("Была")
    make("Список", "[[Была]]")
    notebook.tree.trash_notes([gone])
    (entry,) = notebook.health.report().broken
    assert entry.trashed is not None
    assert entry.trashed.id == gone
    assert entry.suggestion is None


def test_all_sure_suggestions_are_written_at_once_and_taken_back(notebook: Notebook, make: Make) -> None:
    old, new = make("Старое"), make("Новое (2)")
    make("Тема", "# Тема\n\n## Введение в тему\n", new)
    texts = {
        make("Один", "", old): "до [[Старое/Тема|слова]] после [[Старое/Тема#Введение в тему]] ![[Старое/Тема]]",
        make("Два"): "[слова](%D0%A1%D1%82%D0%B0%D1%80%D0%BE%D0%B5/%D0%A2%D0%B5%D0%BC%D0%B0.md#введение-в-тему) [r][1]"
        "\n\n[1]: Старое/Тема.md 'title'\n",
    }
    for note_id, written in texts.items():
        notebook.notes.save(note_id, written, 1)
    report = notebook.health.report()
    assert len(report.broken) == 5
    assert all(entry.suggestion and entry.suggestion.sure for entry in report.broken)
    changes, left_out = notebook.health.use(report.broken)
    assert left_out == 0
    one, two = texts
    assert text(notebook, one) == "до [[Тема|слова]] после [[Тема#Введение в тему]] ![[Тема]]"
    path = "Новое%20(2)/Тема.md"
    assert text(notebook, two) == f"[слова]({path}#введение-в-тему) [r][1]\n\n[1]: {path} 'title'\n"
    assert notebook.health.report().broken == ()
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert {note_id: text(notebook, note_id) for note_id in texts} == texts


def test_a_heading_is_written_in_the_way_of_its_link(notebook: Notebook, make: Make) -> None:
    make("Тема", "# Тема\n\n## Как её обучают\n")
    source = make("Список", "[[Тема#Как её обучить|x]] [y](Тема.md#как-ее-обучить) [z](#списки)\n\n# Списки: все\n")
    report = notebook.health.report()
    assert [entry.fault for entry in report.broken] == [Fault.HEADING] * 3
    notebook.health.use([entry for entry in report.broken if entry.suggestion])
    written = text(notebook, source)
    assert "[[Тема#Как её обучают|x]] [y](Тема.md#как-её-обучают)" in written
    assert notebook.links.place(source, "списки-все") is not None


def test_what_was_edited_meanwhile_is_left_alone(notebook: Notebook, make: Make) -> None:
    make("Data Mesh")
    first, second, third = make("Один", "[[DataMesh]]"), make("Два", "[[DataMesh]]"), make("Три", "[[DataMesh]]")
    found = notebook.health.report().broken
    notebook.notes.save(first, "теперь [[DataMesh]]", 1)
    notebook.notes.save(third, "[[DataLake]]", 1)
    _changes, left_out = notebook.health.use(found)
    assert left_out == 2
    assert (text(notebook, first), text(notebook, second)) == ("теперь [[DataMesh]]", "[[Data Mesh]]")
    assert text(notebook, third) == "[[DataLake]]"
    with pytest.raises(SaveConflict):
        notebook.health.use([entry for entry in found if entry.source.id == first])


def test_ambiguous_links_say_which_note_and_how_to_write_it(notebook: Notebook, make: Make) -> None:
    course, other = make("Курс"), make("Практика")
    make("План", "", course)
    make("План", "", other)
    source = make("Список", "[[План]] и [[Практика/План]]")
    report = notebook.health.report()
    (entry,) = report.ambiguous
    assert (entry.source.id, entry.link.start, entry.others) == (source, 0, 1)
    notebook.health.use([entry])
    assert text(notebook, source) == f"[[{entry.written}]] и [[Практика/План]]"
    assert notebook.links.outgoing(source)[0].target == entry.target
    assert notebook.health.report().ambiguous == ()


def test_orphans_are_notes_that_no_link_joins_to_another(notebook: Notebook, make: Make) -> None:
    make("Одна", "[[Одна]] [[Нет такой]]")
    make("От", "[[К]]")
    make("К")
    make("Папка", kind="folder")
    templates = make("Шаблоны")
    make("Лекция", "", templates)
    assert [head.title for head in notebook.health.report().orphans] == ["Одна"]


def test_orphan_files_are_shown_by_no_note_in_any_way(notebook: Notebook, make: Make) -> None:
    for name in ("сирота.png", "embed.png", "link.pdf", "html файл.png", "свойство.jpg"):
        notebook.attachments.add(name, name.encode(), folder="Вложения")
    notebook.attachments.keep_copy("https://a.org/x.png", "x.png", "image/png", b"copy")
    shown = "![[embed.png]] [f](Вложения/link.pdf) <img src='a/html%20файл.png'>"
    make("Показ", f"---\ncover: свойство.jpg\n---\n{shown}\n")
    (orphan,) = notebook.health.report().files
    assert (orphan.name, orphan.size) == ("сирота.png", len("сирота.png".encode()))


def test_addresses_of_digests_that_come_again(notebook: Notebook, make: Make) -> None:
    make("Дайджест 1", "[a](https://habr.com/ru/1/?utm_source=x) [a](https://habr.com/ru/1)", kind="digest")
    make("Дайджест 2", "слова\n\n- <http://www.habr.com/ru/1#c>", kind="digest")
    make("Заметка 1", "https://lwn.net/1")
    make("Заметка 2", "https://lwn.net/1 https://habr.com/ru/2")
    (entry,) = notebook.health.report().addresses
    assert entry.address == "https://habr.com/ru/1/?utm_source=x"
    assert [(head.title, link.start) for head, link in entry.places] == [("Дайджест 1", 0), ("Дайджест 2", 9)]


def test_what_lies_in_the_trash_is_not_looked_at(notebook: Notebook, make: Make) -> None:
    gone = make("Старый дайджест", "[[Нет]] https://a.org/1", kind="digest")
    make("Дайджест", "https://a.org/1 [[Дайджест]]", kind="digest")
    notebook.tree.trash_notes([gone])
    report = notebook.health.report()
    assert (report.notes, report.broken, report.addresses) == (1, (), ())


def test_a_look_tells_how_far_it_is_and_can_be_stopped(notebook: Notebook, make: Make) -> None:
    make("Одна", "[[Нет]]")
    seen: list[int] = []
    notebook.health.report(lambda progress: seen.append(progress.done))
    assert seen == sorted(seen)
    assert len(seen) >= 5
    for number in range(300):
        make(f"Ещё {number}", "[[Нет]] https://a.org")
    with pytest.raises(Cancelled):
        notebook.health.report(cancelled=lambda: True)


def test_a_library_in_order_has_nothing_to_say(notebook: Notebook, make: Make) -> None:
    make("A", "[[B]]")
    make("B", "[[A]]")
    report = notebook.health.report()
    assert (report.notes, report.links) == (2, 2)
    lists: tuple[tuple[object, ...], ...] = (report.broken, report.ambiguous, report.orphans, report.files)
    assert not any(lists)
    assert isinstance(report.broken, tuple)
    assert all(isinstance(entry, BrokenLink) for entry in report.broken)
