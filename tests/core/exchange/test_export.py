"""Notes becoming Markdown files."""

import os
import shutil
import time
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop.core.errors import ExportRefused, NoteNotFound
from desktop.core.exchange import export_writing
from desktop.core.notebook import Notebook
from desktop.core.records import ExportPlan, ExportTarget, NoteId, NoteKind, PlannedFile
from tests.core.exchange.test_import import FIXTURES, PNG, make


def add(notebook: Notebook, title: str, text: str = "", parent: NoteId | None = None) -> NoteId:
    return notebook.tree.create(title, parent_id=parent, text=text).created[0]


def edges_of(notebook: Notebook) -> set[tuple[str, str]]:
    return {
        (notebook.notes.path_text(head.id), notebook.notes.path_text(link.target.id))
        for head in notebook.tree.living()
        for link in notebook.links.outgoing(head.id)
        if link.target is not None and link.target.kind is not NoteKind.FOLDER  # a bare folder is no file to link to
    }


def plan(notebook: Notebook, folder: Path, *targets: ExportTarget, single_file: str | None = None) -> dict[str, str]:
    planned = notebook.exchange.plan_export(targets, folder, single_file=single_file)
    return {file.path: file.data.decode() for file in planned.files}


def section_of(notebook: Notebook, note_id: NoteId, title: str) -> int:
    return next(section.ordinal for section in notebook.notes.sections(note_id) if section.title == title)


def test_notes_go_out_byte_for_byte(notebook: Notebook, tmp_path: Path) -> None:
    folder = make(tmp_path / "in", {
        "crlf.md": b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\n# A\r\n[x](#a) <https://e.org> [y](https://e.org/#z)\r\n",
        "empty.md": "",
        "code.md": "`[[no link]]`\n```\n[[nor this]]\n```\n![](https://e.org/i.png) [^1]\n\n[^1]: x",
    })  # fmt: skip
    shutil.copytree(FIXTURES, folder, dirs_exist_ok=True)
    result = notebook.exchange.import_paths(sorted(folder.iterdir()))
    planned = notebook.exchange.plan_export([ExportTarget(head.id) for head in result.notes], tmp_path / "out")
    assert not planned.report
    notebook.exchange.write_export(planned)
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == {
        file.name: file.read_bytes() for file in folder.iterdir()
    }


def test_links_between_exported_notes_become_relative(notebook: Notebook, tmp_path: Path) -> None:
    root = add(notebook, "Course", "see [[Week one#The (first) half|half]], [[Week one]] and [here](#below)\n\n# Below")
    week = add(notebook, "Week one", "# Week one\n## The (first) half\nback to [[Course#Below]] and [[Week one]]", root)
    add(notebook, "Part", "[up](../Week%20one.md#week-one \"t\") | [[Week one\\|w]] ![[Course]]", week)
    files = plan(notebook, tmp_path, ExportTarget(root, subtree=True))
    assert files == {
        "Course.md": "see [half](Course/Week%20one.md#the-first-half), [Week one](Course/Week%20one.md)"
        " and [here](#below)\n\n# Below",
        "Course/Week one.md": "# Week one\n## The (first) half\nback to [Course > Below](../Course.md#below)"
        " and [Week one](Week%20one.md)",
        "Course/Week one/Part.md": '[up](../Week%20one.md#week-one "t") | [w](../Week%20one.md)'
        " [Course](../../Course.md)",
    }  # fmt: skip


def test_links_to_what_stays_become_plain_text(notebook: Notebook, tmp_path: Path) -> None:
    add(notebook, "Other", "x")
    text = "[[Other]], [[Other#H|it]], [md *text*](Other.md), [[Nowhere]], ![[Other]] [u](https://e.org)"
    note = add(notebook, "N", text)
    planned = notebook.exchange.plan_export([ExportTarget(note)], tmp_path)
    assert planned.files[0].data.decode() == "Other, it, md *text*, Nowhere, Other [u](https://e.org)"
    assert "5" in planned.report[0].message


def test_a_section_goes_out_alone(notebook: Notebook, tmp_path: Path) -> None:
    text = "---\ntitle: D\n---\n[B](#2) [[#A]]\n\n"
    text += "A\n---\n\nto [B](#2), [own](#sub)[^n] and [r][ref]\n\n### Sub\n\nend\n\nB\n---\nb\n"
    text += "\n[^n]: A footnote\n    that goes on.\n\n[ref]: https://e.org\n[other]: https://e.org\n"
    note = add(notebook, "D", text)
    files = plan(notebook, tmp_path, ExportTarget(note, section_of(notebook, note, "A")))
    assert files == {
        "A.md": "A\n---\n\nto B, [own](#sub)[^n] and [r][ref]\n\n### Sub\n\nend\n\n"
        "\n[^n]: A footnote\n    that goes on.\n[ref]: https://e.org\n"
    }


def test_sections_link_to_each_other(notebook: Notebook, tmp_path: Path) -> None:
    note = add(notebook, "D", "# A\n[b](#b) [1](#1)\n# B\n[[#A]] [[D]]\n# C\nc")
    targets = [ExportTarget(note, section_of(notebook, note, title)) for title in ("A", "B")]
    assert plan(notebook, tmp_path, *targets) == {"A.md": "# A\n[b](B.md#b) [1](#a)\n", "B.md": "# B\n[A](A.md#a) D\n"}


def test_one_file_of_several_pieces(notebook: Notebook, tmp_path: Path) -> None:
    first = add(notebook, "First", "---\ntags: [a]\n---\n# First\n## Same\n[[Second#Same]] [s](#same)\n")
    second = add(notebook, "Second", "---\ntags: [b]\n---\ntext [[First]]\n\n## Same\n[s](#same) [[Second]]\n")
    files = plan(notebook, tmp_path, ExportTarget(first), ExportTarget(second), single_file="both")
    assert files == {
        "both.md": "---\ntags: [a]\n---\n# First\n## Same\n[Second > Same](#same-1) [s](#same)\n\n"
        "# Second\n\n```yaml\ntags: [b]\n```\n\ntext [First](#first)\n\n## Same\n[s](#same-1) [Second](#second)\n"
    }


def test_stored_images_go_along(notebook: Notebook, tmp_path: Path) -> None:
    vault = make(tmp_path / "V", {
        "n.md": "![a](img/x.png) ![[x.png|300]] [![in](img/x.png)](gone.md) ![r](https://e.org/r.png) ![no](no.png)",
        "sub/m.md": "![[../img/X Y.PNG]] ![s](x.png) [pdf](p.pdf)", "sub/x.png": PNG + b"2", "sub/p.pdf": b"%PDF",
        "img/x.png": PNG, "img/X Y.PNG": PNG + b"3",
    })  # fmt: skip
    notebook.exchange.import_paths([vault])
    planned = notebook.exchange.plan_export([ExportTarget(notebook.notes.find("V"), subtree=True)], tmp_path / "out")
    notebook.exchange.write_export(planned)
    out = tmp_path / "out"
    assert (out / "V/n.md").read_text() == (
        "![a](../attachments/x.png) ![x](../attachments/x.png) ![in](../attachments/x.png) ![r](https://e.org/r.png)"
        " ![no](no.png)"
    )
    assert (out / "attachments/x.png").read_bytes() == PNG
    assert (out / "attachments/X Y.PNG").read_bytes() == PNG + b"3"
    assert "![s](../../attachments/x%202.png) [pdf](../../attachments/p.pdf)" in (out / "V/sub/m.md").read_text()
    assert any("no.png" in line.message for line in planned.report)


def test_an_exported_tree_imports_again_with_the_same_links(notebook: Notebook, tmp_path: Path, corpus: Path) -> None:
    notebook.exchange.import_paths([corpus / "vault-foam"])
    root = notebook.notes.find("vault-foam")
    edges = edges_of(notebook)
    notebook.exchange.write_export(notebook.exchange.plan_export([ExportTarget(root, subtree=True)], tmp_path / "out"))
    notebook.tree.trash_notes([root])
    assert notebook.tree.total() == 0
    notebook.exchange.import_paths([tmp_path / "out" / "vault-foam"])
    assert edges_of(notebook) == edges


def test_names_are_safe_and_unique(notebook: Notebook, tmp_path: Path) -> None:
    root = notebook.tree.create("attachments", NoteKind.FOLDER).created[0]
    for title in ("con", "Why? Because: \"x\"", "a.md", "a", "я" * 150):
        add(notebook, title, "t", root)
    add(notebook, "below", "t", notebook.notes.find("a"))
    files = plan(notebook, tmp_path, ExportTarget(root, subtree=True))
    assert all(path.startswith("attachments 2/") for path in files)
    names = [path.removeprefix("attachments 2/") for path in files]
    assert names == ["_con.md", "Why_ Because_ _x_.md", "a.md.md", "a 2.md", "a 2/below.md", names[5]]
    assert all(len(part.encode()) <= 120 for path in files for part in PurePosixPath(path).parts)


def test_what_cannot_be_exported(notebook: Notebook, tmp_path: Path) -> None:
    empty = notebook.tree.create("Empty", NoteKind.FOLDER).created[0]
    for targets, error in (
        ([], ExportRefused),
        ([ExportTarget(empty)], ExportRefused),
        ([ExportTarget(empty, section=3)], ExportRefused),
        ([ExportTarget(NoteId(999))], NoteNotFound),
    ):
        with pytest.raises(error):
            notebook.exchange.plan_export(targets, tmp_path)


# --- writing ---------------------------------------------------------------------------------------------


def files_plan(folder: Path, *paths: str) -> ExportPlan:
    return ExportPlan(str(folder), tuple(PlannedFile(path, path.encode(), False) for path in paths), ())


def listing(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_nothing_existing_is_overwritten_unasked(tmp_path: Path) -> None:
    make(tmp_path, {"b.md": "old"})
    wanted = files_plan(tmp_path, "a.md", "sub/c.md", "b.md")
    with pytest.raises(ExportRefused, match="already"):
        export_writing.write_plan(wanted)
    assert listing(tmp_path) == ["b.md"]
    assert (tmp_path / "b.md").read_text() == "old"
    assert export_writing.write_plan(wanted, overwrite=True) == tuple(
        str(tmp_path / name) for name in ("a.md", "sub/c.md", "b.md")
    )
    assert (tmp_path / "b.md").read_text() == "b.md"
    assert listing(tmp_path) == ["a.md", "b.md", "sub", "sub/c.md"]


def test_an_existing_file_is_told_in_the_plan(notebook: Notebook, tmp_path: Path) -> None:
    make(tmp_path, {"N.md": "old"})
    planned = notebook.exchange.plan_export([ExportTarget(add(notebook, "N", "x"))], tmp_path)
    assert planned.files[0].exists


@pytest.mark.parametrize("path", ["../x.md", "/x.md", "a/../../x.md", "..\\x.md", "", "a/\0.md"])
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "out"
    with pytest.raises(ExportRefused):
        export_writing.write_plan(files_plan(folder, "ok.md", path))
    assert listing(tmp_path) == []


def test_links_inside_the_folder_lead_nowhere(tmp_path: Path) -> None:
    make(tmp_path, {"elsewhere/keep.md": "keep", "out/x.md": ""})
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "out" / "l.md").symlink_to(tmp_path / "elsewhere" / "keep.md")
    with pytest.raises(ExportRefused, match="another place"):
        export_writing.write_plan(files_plan(tmp_path / "out", "sub/a.md"), overwrite=True)
    export_writing.write_plan(files_plan(tmp_path / "out", "l.md"), overwrite=True)
    assert (tmp_path / "elsewhere" / "keep.md").read_text() == "keep"
    assert listing(tmp_path / "elsewhere") == ["keep.md"]


@pytest.mark.parametrize("last", [1, 2, 3])
def test_a_failure_takes_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    make(tmp_path, {"b.md": "old"})
    replace, calls = os.replace, 0

    def failing(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == last:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(ExportRefused, match="No space left"):
        export_writing.write_plan(files_plan(tmp_path, "a.md", "b.md", "new/c.md"), overwrite=True)
    assert listing(tmp_path) == ["b.md"]
    assert (tmp_path / "b.md").read_text() == "old"


def test_a_folder_where_a_file_should_go(tmp_path: Path) -> None:
    make(tmp_path, {"a.md/x": "", "file": ""})
    with pytest.raises(ExportRefused, match="is a folder"):
        export_writing.write_plan(files_plan(tmp_path, "a.md"), overwrite=True)
    with pytest.raises(ExportRefused, match="not a folder"):
        export_writing.write_plan(files_plan(tmp_path / "file", "a.md"))


# --- any text --------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["[[", "]]", "|", "#", "![", "[a](", "b.md", ")", "](", "\n", "\n\n", "# H\n", "x\n---\n", "`", "```\n", "<!--",
     "-->", "[^1]", "[^1]: f\n", "    ", "N", "\\", "<", ">", "https://e.org", "---\n", "$", "\r\n",
     "  ", "[a]", "(#h)", "я"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=40))
def test_any_text_can_be_exported(notebook: Notebook, tmp_path: Path, pieces: list[str]) -> None:
    text = "".join(pieces)
    note = add(notebook, "N", text)
    whole = plan(notebook, tmp_path, ExportTarget(note))
    if not any(link.link.kind in ("wiki", "embed", "markdown") for link in notebook.links.outgoing(note)):
        assert list(whole.values()) == [text]
    sections = [ExportTarget(note, section.ordinal) for section in notebook.notes.sections(note)]
    plan(notebook, tmp_path, *sections, ExportTarget(note))
    assert list(plan(notebook, tmp_path, ExportTarget(note), *sections, single_file="all")) == ["all.md"]
    notebook.tree.trash_notes([note])


def test_a_text_full_of_links_takes_linear_time(notebook: Notebook, tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        lines = "[[gone]] [x][y] ![i](no.png) [^1]\n" * count
        text = f"# A\n{lines}# B\n" + "[y]: https://e.org\n[^1]: x\n" * count
        note = add(notebook, f"N{count}", text)
        start = time.process_time()
        plan(notebook, tmp_path, ExportTarget(note, 0))
        return time.process_time() - start

    seconds(10)
    assert seconds(2000) < 30 * max(seconds(250), 0.01)


def test_at_every_moment_the_old_file_or_the_new_one_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {"a.md": "old"})
    replace = os.replace

    def watching(source: Path, target: Path) -> None:
        assert (tmp_path / "a.md").read_text() == "old"
        replace(source, target)

    monkeypatch.setattr(os, "replace", watching)
    export_writing.write_plan(files_plan(tmp_path, "a.md"), overwrite=True)
    assert listing(tmp_path) == ["a.md"]
    assert (tmp_path / "a.md").read_text() != "old"


def test_a_link_that_stands_where_a_file_should_go_is_replaced_itself(tmp_path: Path) -> None:
    make(tmp_path, {"elsewhere/keep.md": "keep", "out/x": ""})
    (tmp_path / "out" / "a.md").symlink_to(tmp_path / "elsewhere" / "keep.md")
    with pytest.raises(ExportRefused):
        export_writing.write_plan(files_plan(tmp_path / "out", "a.md"))
    export_writing.write_plan(files_plan(tmp_path / "out", "a.md"), overwrite=True)
    assert (tmp_path / "elsewhere" / "keep.md").read_text() == "keep"
    assert not (tmp_path / "out" / "a.md").is_symlink()


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = export_writing._place_file

    def late(passing: Path, target: Path, overwrite: bool, written: export_writing._Written) -> None:
        target.write_text("somebody else's", encoding="utf-8")
        place(passing, target, overwrite, written)

    monkeypatch.setattr(export_writing, "_place_file", late)
    with pytest.raises(ExportRefused):
        export_writing.write_plan(files_plan(tmp_path, "a.md"))
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "somebody else's"
    assert listing(tmp_path) == ["a.md"]


def test_a_tree_too_deep_for_a_disk_is_refused_before_anything_is_written(notebook: Notebook, tmp_path: Path) -> None:
    top = above = notebook.tree.create("n" * 100, text="x").created[0]
    for _ in range(40):
        above = notebook.tree.create("n" * 100, parent_id=above, text="x").created[0]
    with pytest.raises(ExportRefused, match="too deep"):
        notebook.exchange.plan_export([ExportTarget(top, None, True)], tmp_path / "out")
    assert not (tmp_path / "out").exists()
