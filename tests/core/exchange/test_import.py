"""Files and folders becoming notes."""

import os
import shutil
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, ImportRefused
from desktop.core.exchange.decoding import Decoded, decode
from desktop.core.notebook import Notebook
from desktop.core.records import ExportTarget, LinkKind, NoteHead, NoteKind, Progress

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def make(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def paths(notebook: Notebook) -> list[str]:
    return [notebook.notes.path_text(head.id) for head in notebook.tree.living()]


def messages(result: object, level: str) -> list[str]:
    return [line.message for line in result.report if line.level == level]  # type: ignore[attr-defined]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    shutil.copytree(FIXTURES, folder)
    return folder


def check_seeds(notebook: Notebook, files: list[Path], names: tuple[str, str], uni: str) -> tuple[NoteHead, NoteHead]:
    result = notebook.exchange.import_paths(files)
    assert (result.imported, result.updated, result.skipped, result.report) == (2, 0, 0, ())
    digest, lecture = (notebook.tree.head(notebook.notes.find(name)) for name in names)
    assert digest.kind is NoteKind.DIGEST
    assert lecture.kind is NoteKind.LECTURE
    collection = notebook.tree.head(notebook.notes.find(uni))
    assert lecture.parent_id == collection.id
    assert [backlink.source.id for backlink in notebook.links.backlinks(collection.id)] == [lecture.id]
    for head, file in ((digest, files[0]), (lecture, files[1])):
        assert notebook.notes.read(head.id).text.encode() == file.read_bytes()
    again = notebook.exchange.import_paths(files)
    assert (again.imported, again.updated, again.skipped) == (0, 0, 2)
    assert len(again.report) == 2
    assert not again.changes
    return digest, lecture


def test_the_two_kinds_of_document(notebook: Notebook, seeds: Path) -> None:
    digest, lecture = check_seeds(notebook, [seeds / "digest.md", seeds / "lecture.md"], ("digest", "lecture"), "uni")
    assert digest.title == "Хранилища данных, очереди и немного о людях"
    assert lecture.title == "Вводная лекция: чем хранилище отличается от базы"
    levels = [section.level for section in notebook.notes.sections(digest.id)]
    assert (levels.count(2), levels.count(3)) == (3, 4)
    links = notebook.links.outgoing(digest.id)
    assert sum(link.link.kind is LinkKind.IMAGE for link in links) == 2
    assert [link.link.anchor for link in links if link.link.kind is LinkKind.ANCHOR] == ["1", "2", "3"]


def test_the_users_own_documents(notebook: Notebook, corpus: Path, tmp_path: Path) -> None:
    files = [corpus / "seeds" / "digest.md", corpus / "seeds" / "lecture.md"]
    digest, lecture = check_seeds(notebook, files, ("digest", "lecture"), "uni")
    plan = notebook.exchange.plan_export([ExportTarget(digest.id), ExportTarget(lecture.id)], tmp_path / "out")
    assert [file.data for file in plan.files] == [file.read_bytes() for file in files]


def test_a_folder_imports_as_a_tree(notebook: Notebook, tmp_path: Path) -> None:
    folder = make(
        tmp_path / "Vault",
        {
            "Page.md": "# The page\n[[Deep]]",
            "Page/10 last.md": "",
            "Page/2 first.txt": "plain",
            "Dir/Deep.markdown": "x",
            "Empty/.keep": "",
            "Pictures/a.png": PNG,
            ".hidden/no.md": "no",
            ".no.md": "no",
            "data.csv": "1",
        },
    )
    result = notebook.exchange.import_paths([folder])
    assert paths(notebook) == [
        "Vault", "Vault/Dir", "Vault/Dir/Deep", "Vault/Page", "Vault/Page/2 first", "Vault/Page/10 last",
    ]  # fmt: skip
    assert result.imported == 4
    assert [head.name for head in result.notes] == ["Deep", "Page", "2 first", "10 last"]
    assert notebook.tree.head(notebook.notes.find("Dir")).kind is NoteKind.FOLDER
    assert notebook.tree.head(notebook.notes.find("Page")).title == "The page"
    stored = notebook.attachments.find("Pictures/a.png", notebook.notes.find("Page"))
    assert stored is not None
    assert stored.data == PNG
    assert notebook.links.backlinks(notebook.notes.find("Deep"))
    before = paths(notebook)
    again = notebook.exchange.import_paths([folder])
    assert (again.imported, again.skipped) == (0, 4)
    assert paths(notebook) == before


def test_a_page_added_beside_a_known_folder_is_that_folder(notebook: Notebook, tmp_path: Path) -> None:
    folder = make(tmp_path / "V", {"Page/child.md": "c"})
    notebook.exchange.import_paths([folder])
    make(folder, {"Page.md": "now with text"})
    result = notebook.exchange.import_paths([folder])
    assert result.updated == 1
    assert paths(notebook) == ["V", "V/Page", "V/Page/child"]
    assert notebook.notes.read(notebook.notes.find("Page")).text == "now with text"


def test_names_that_differ_in_case_only(notebook: Notebook, tmp_path: Path) -> None:
    result = notebook.exchange.import_paths([make(tmp_path / "V", {"a/Note.md": "1", "note.md": "2", "Note.txt": "3"})])
    assert sorted(paths(notebook)) == ["V", "V/Note", "V/a", "V/a/Note", "V/note 2"] or sorted(paths(notebook)) == [
        "V", "V/Note 2", "V/a", "V/a/Note", "V/note",
    ]  # fmt: skip
    assert any("already" in message for message in messages(result, "warning"))


def test_encodings_and_refusals_are_reported(notebook: Notebook, tmp_path: Path) -> None:
    text = "Лекция, набранная много лет назад в старой программе, и всё ещё полезная.\n" * 2
    folder = make(tmp_path / "V", {"old.md": text.encode("cp1251"), "bad.md": PNG + b"\0", "good.md": "fine"})
    result = notebook.exchange.import_paths([folder])
    assert result.imported == 2
    assert notebook.notes.read(notebook.notes.find("old")).text == text
    assert any("Windows-1251" in message for message in messages(result, "warning"))
    assert [line.path for line in result.report if line.level == "error"] == [str(folder / "bad.md")]
    alone = notebook.exchange.import_paths([folder / "bad.md"])
    assert (alone.imported, len(messages(alone, "error"))) == (0, 1)


def test_a_file_that_is_too_large(notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.core.exchange.markdown_import.MAX_PAGE_BYTES", 10)
    result = notebook.exchange.import_paths([make(tmp_path, {"big.md": "x" * 11}) / "big.md"])
    assert result.imported == 0
    assert "larger than" in messages(result, "error")[0]


def test_a_changed_file_updates_its_note(notebook: Notebook, tmp_path: Path) -> None:
    file = make(tmp_path, {"n.md": "one"}) / "n.md"
    notebook.exchange.import_paths([file])
    file.write_text("two", encoding="utf-8")
    result = notebook.exchange.import_paths([file])
    assert (result.imported, result.updated) == (0, 1)
    assert notebook.notes.read(notebook.notes.find("n")).text == "two"
    assert notebook.exchange.import_paths([file]).skipped == 1


def test_a_note_that_the_user_edited_is_never_overwritten(notebook: Notebook, tmp_path: Path) -> None:
    file = make(tmp_path, {"n.md": "one"}) / "n.md"
    note = notebook.exchange.import_paths([file]).notes[0]
    notebook.notes.save(note.id, "mine", note.version)
    assert notebook.exchange.import_paths([file]).skipped == 1
    file.write_text("theirs", encoding="utf-8")
    result = notebook.exchange.import_paths([file])
    assert (result.imported, result.updated) == (1, 0)
    assert notebook.notes.read(note.id).text == "mine"
    assert notebook.notes.read(notebook.notes.find("n 2")).text == "theirs"
    assert messages(result, "warning")
    assert notebook.exchange.import_paths([file]).skipped == 1


def test_an_edit_that_says_what_the_file_says(notebook: Notebook, tmp_path: Path) -> None:
    file = make(tmp_path, {"n.md": "one"}) / "n.md"
    note = notebook.exchange.import_paths([file]).notes[0]
    notebook.notes.save(note.id, "two", note.version)
    file.write_text("two", encoding="utf-8")
    assert notebook.exchange.import_paths([file]).skipped == 1
    file.write_text("three", encoding="utf-8")
    assert notebook.exchange.import_paths([file]).updated == 1


def test_into_a_note_and_into_a_new_one(notebook: Notebook, tmp_path: Path, seeds: Path) -> None:
    file = make(tmp_path, {"n.md": "one"}) / "n.md"
    notebook.exchange.import_paths([file], into="Shelf")
    notebook.exchange.import_paths([seeds / "lecture.md"], into="Shelf")
    assert paths(notebook) == ["Shelf", "Shelf/n", "Shelf/uni", "Shelf/uni/lecture"]


def test_a_lecture_brought_into_its_collection_stays_there(notebook: Notebook, seeds: Path) -> None:
    notebook.exchange.import_paths([seeds / "lecture.md"], into="uni")
    assert paths(notebook) == ["uni", "uni/lecture"]


def test_lectures_in_folders_keep_their_place(notebook: Notebook, seeds: Path) -> None:
    make(seeds, {"deep/again.md": (seeds / "lecture.md").read_bytes()})
    notebook.exchange.import_paths([seeds])
    assert paths(notebook) == ["seeds", "seeds/deep", "seeds/deep/again", "seeds/digest", "seeds/lecture", "seeds/uni"]
    assert len(notebook.links.backlinks(notebook.notes.find("uni"))) == 2


def test_links_out_of_the_folder_are_not_followed(notebook: Notebook, tmp_path: Path) -> None:
    make(tmp_path, {"outside/secret.md": "secret", "outside/s.png": PNG})
    folder = make(tmp_path / "V", {"a.md": "![x](../outside/s.png)"})
    (folder / "leak.md").symlink_to(tmp_path / "outside" / "secret.md")
    (folder / "leaks").symlink_to(tmp_path / "outside")
    (folder / "self").symlink_to(folder)
    (folder / "inside.md").symlink_to(folder / "a.md")
    result = notebook.exchange.import_paths([folder])
    assert paths(notebook) == ["V", "V/a", "V/inside"]
    assert len(messages(result, "warning")) == 3
    notebook.exchange.import_paths([folder / "a.md"], into="b")
    assert not notebook.attachments.list()


def test_a_single_page_brings_the_images_beside_it(notebook: Notebook, tmp_path: Path) -> None:
    folder = make(tmp_path / "V", {"a.md": "![x](img/one%20two.png) ![[b.png]] [f](f.pdf)", "img/one two.png": PNG,
                                   "b.png": PNG + b"2", "f.pdf": b"%PDF", "other.png": PNG + b"3"})  # fmt: skip
    notebook.exchange.import_paths([folder / "a.md"])
    assert [attachment.name for attachment in notebook.attachments.list()] == ["b.png", "f.pdf", "one two.png"]


def test_a_pipe_is_passed_over(notebook: Notebook, tmp_path: Path) -> None:
    folder = make(tmp_path / "V", {"a.md": "a"})
    os.mkfifo(folder / "pipe.md")
    assert notebook.exchange.import_paths([folder]).imported == 1


def test_nothing_is_half_imported(notebook: Notebook, tmp_path: Path) -> None:
    folder = make(tmp_path / "V", {f"{n}.md": "x" for n in range(120)})
    with pytest.raises(ImportRefused):
        notebook.exchange.import_paths([folder, tmp_path / "missing.md"])
    for stop_at in (1, 3, 5):
        asked = 0

        def cancelled(limit: int = stop_at) -> bool:
            nonlocal asked
            asked += 1
            return asked >= limit

        with pytest.raises(Cancelled):
            notebook.exchange.import_paths([folder], cancelled=cancelled)
        assert notebook.tree.total() == 0
    seen: list[Progress] = []
    notebook.exchange.import_paths([folder], progress=seen.append)
    assert notebook.tree.total() == 121
    assert seen[-1].done == seen[-1].total == 121


def test_a_backup_is_made_before_an_import_changes_something(notebook: Notebook, tmp_path: Path) -> None:
    first = make(tmp_path, {"a.md": "a", "b.md": "b"})
    notebook.exchange.import_paths([first / "a.md"])
    assert not notebook.safety.backups.list()
    notebook.exchange.import_paths([first / "a.md"])
    assert not notebook.safety.backups.list()
    notebook.exchange.import_paths([first / "b.md"])
    assert len(notebook.safety.backups.list()) == 1


def test_an_import_can_be_taken_back(notebook: Notebook, seeds: Path) -> None:
    changes = notebook.exchange.import_paths([seeds]).changes
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert notebook.tree.total() == 0
    assert notebook.exchange.import_paths([seeds]).imported == 2


def test_real_vaults_keep_every_byte(notebook: Notebook, corpus: Path) -> None:
    for name in ("vault-garden", "vault-foam", "lectures", "digests"):
        result = notebook.exchange.import_paths([corpus / name])
        assert not [line for line in result.report if line.level == "error"]
        files = [file for file in (corpus / name).rglob("*.md") if not any(p.startswith(".") for p in file.parts)]
        assert result.imported >= len(files)
    texts = {notebook.notes.read(head.id).text for head in notebook.tree.living()}
    for file in (corpus / "vault-garden").rglob("*.md"):
        if not any(part.startswith(".") for part in file.relative_to(corpus).parts):
            assert file.read_bytes().decode() in texts


@pytest.mark.skipif(sys.platform != "linux", reason="only there a file name may be any bytes")
def test_a_file_name_that_is_no_utf8(notebook: Notebook, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with open(os.fsencode(folder) + b"/caf\xe9.md", "w", encoding="utf-8") as file:
        file.write("# Кафе\n")
    assert [note.name for note in notebook.exchange.import_paths([folder]).notes] == ["caf\ufffd"]
    again = notebook.exchange.import_paths([folder])
    assert (again.imported, again.skipped) == (0, 1)


@pytest.mark.parametrize("path", ["x" * 5_000, "a\0b"])
def test_a_path_that_no_disk_knows_is_refused(notebook: Notebook, path: str) -> None:
    with pytest.raises(ImportRefused):
        notebook.exchange.import_paths([Path(path)])


def test_names_in_both_normal_forms_are_one_name(notebook: Notebook, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / unicodedata.normalize("NFD", "Чай")).mkdir(parents=True)
    (folder / unicodedata.normalize("NFD", "Чай") / "ёж.md").write_text("[[чай]]", encoding="utf-8")
    (folder / unicodedata.normalize("NFC", "Чай.md")).write_text("# Чай\n\n[[ЕЖ]]\n", encoding="utf-8")
    notes = notebook.exchange.import_paths([folder]).notes
    tea = notebook.notes.find("in/чай")
    assert sorted(note.name for note in notes) == sorted(["Чай", "ёж"])  # the folder and its page are one note
    assert [backlink.source.name for backlink in notebook.links.backlinks(tea)] == ["ёж"]
    assert not notebook.links.unresolved()


def test_thousands_of_namesakes_take_no_time(notebook: Notebook, tmp_path: Path) -> None:
    files = []
    for number in range(1_500):
        files.append(tmp_path / str(number) / "index.md")
        files[-1].parent.mkdir()
        files[-1].write_text(f"# Page {number}\n", encoding="utf-8")
    start = time.process_time()
    result = notebook.exchange.import_paths(files)
    assert result.imported == 1_500
    assert len({note.name for note in result.notes}) == 1_500
    assert time.process_time() - start < 8


def test_a_file_that_vanishes_while_it_is_read(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")

    def gone(data: bytes) -> Decoded:
        (tmp_path / "a.md").unlink()
        return decode(data)

    monkeypatch.setattr("desktop.core.exchange.markdown_import.decode", gone)
    assert notebook.exchange.import_paths([tmp_path / "a.md"]).imported == 1
