"""The command line, run as scripts run it."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import run
from desktop.core.notebook import Notebook

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
Run = Callable[..., Any]


@pytest.fixture
def konspekt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on the test's library and returns its JSON, or its text."""
    monkeypatch.setenv("KONSPEKT_HOME", str(tmp_path / "home"))
    library = str(tmp_path / "l.konspekt")

    def call(*arguments: object, code: int = 0) -> Any:
        words = [str(argument) for argument in arguments]
        assert run(["--library", library, *words]) == code
        captured = capsys.readouterr()
        if code:
            assert captured.err.strip()
            return captured.err
        return json.loads(captured.out) if "--json" in words else captured.out

    return call


@pytest.fixture
def seeded(konspekt: Run, tmp_path: Path) -> Run:
    """Return the same, with the two documents imported."""
    shutil.copytree(FIXTURES, tmp_path / "in")
    result = konspekt("import", *sorted((tmp_path / "in").glob("*.md")), "--json")
    assert (result["imported"], result["updated"], result["skipped"], result["report"]) == (2, 0, 0, [])
    assert [note["path"] for note in result["notes"]] == ["digest", "uni/lecture"]
    return konspekt


def test_import_twice(seeded: Run, tmp_path: Path) -> None:
    again = seeded("import", tmp_path / "in" / "digest.md", tmp_path / "in" / "lecture.md", "--json")
    assert (again["imported"], again["updated"], again["skipped"]) == (0, 0, 2)
    assert len(again["report"]) == 2


def test_list(seeded: Run) -> None:
    notes = seeded("list", "--json")
    assert [(note["name"], note["kind"]) for note in notes] == [
        ("digest", "digest"), ("uni", "note"), ("lecture", "lecture"),
    ]  # fmt: skip
    assert set(notes[0]) == {"id", "uid", "name", "title", "kind", "parent_id", "position", "tags", "updated"}
    assert notes[0]["tags"] == ["host_news_example_org"]
    assert seeded("--json", "list", "--tree")[1]["children"][0]["name"] == "lecture"
    assert "    Вводная лекция" not in seeded("list")


def test_show(seeded: Run) -> None:
    text = (FIXTURES / "digest.md").read_text(encoding="utf-8")
    assert seeded("show", "digest") == text
    shown = seeded("show", "digest", "--json")
    assert shown["text"] == text
    assert shown["front_matter"]["date"] == "2024-02-12"
    titles = [section["title"] for section in shown["sections"] if section["level"] == 2]
    assert titles == ["Теория", "Практика", "Видео"]
    assert len(shown["links"]) == 10
    for reference in ("digest#Практика", "digest#практика", "digest#2"):
        assert seeded("show", reference).startswith("Практика\n---")
    assert '<h2 id="практика">' in seeded("show", "digest", "--html")


def test_links(seeded: Run) -> None:
    uni = seeded("links", "uni", "--json")
    assert set(uni) == {"outgoing", "backlinks", "mentions", "unresolved"}
    assert [backlink["title"] for backlink in uni["backlinks"]] == ["Вводная лекция: чем хранилище отличается от базы"]
    assert seeded("links", "lecture", "--json")["outgoing"][0]["title"] == "uni"


def test_search(seeded: Run) -> None:
    hits = seeded("search", "журнал", "--json")
    assert set(hits[0]) == {"id", "title", "kind", "score", "snippet", "section"}
    assert hits[0]["kind"] == "digest"
    assert "журнал" in hits[0]["snippet"]
    assert len(seeded("search", "лекция", "--limit", "1", "--json")) == 1


def test_search_says_why(seeded: Run) -> None:
    (hit,) = seeded("search", "kind:digest", "журналу", "--explain", "--json")
    why = hit["explanation"]
    assert (why["match"], [word["word"] for word in why["words"]]) == ("exact", ["журналу"])
    assert "журнал" in why["words"][0]["found"]
    gains = [word["title"] + word["text"] for word in why["words"]]
    assert why["score"] == pytest.approx(sum(gains) + sum(why["parts"].values()), abs=0.001)
    assert why["score"] == pytest.approx(hit["score"])
    shown = seeded("search", ";ehyfk", "--explain")
    assert "“журнал” the same keys in the other keyboard layout: журнал" in shown
    assert "changed lately: " in shown


def test_search_can_be_exact_and_stay_below_a_note(seeded: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert seeded("search", ";ehyfk", "--json")
    assert seeded("search", ";ehyfk", "--exact", "--json") == []
    everywhere = {hit["title"] for hit in seeded("search", "лекция", "--json")}
    below = {hit["title"] for hit in seeded("search", "лекция", "--in", "uni", "--json")}
    assert below
    assert below < everywhere | {hit["title"] for hit in seeded("search", "kind:digest", "--json")}
    assert seeded("search", "kind:digest", "--in", "uni", "--json") == []
    assert "nowhere" in seeded("search", "лекция", "--in", "nowhere", code=1)


def test_search_says_what_it_left_out(seeded: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--library", str(tmp_path / "l.konspekt"), "search", "kind:foo журнал -лама"]) == 0
    captured = capsys.readouterr()
    assert "журнал" in captured.out
    assert "“foo”" in captured.err


def test_graph(seeded: Run) -> None:
    graph = seeded("graph", "--json")
    assert len(graph["nodes"]) == 3
    assert graph["edges"] == [[3, 2]]
    assert len(seeded("graph", "uni", "--depth", "1", "--json")["nodes"]) == 2
    assert len(seeded("graph", "--query", "kind:digest", "--json")["nodes"]) == 1
    tagged = seeded("graph", "--tags", "--json")["nodes"]
    assert {node["kind"] for node in tagged} >= {"lecture", "digest"}
    assert {node["kind"] for node in tagged if node["id"] < 0} <= {"tag"}


def test_export(seeded: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = seeded("export", "digest#Практика", "--to", out, "--json")
    assert result["files"] == [str(out / "Практика.md")]
    assert (out / "Практика.md").read_text(encoding="utf-8") == seeded("show", "digest#Практика")
    seeded("export", "digest#Практика", "--to", out, code=1)
    seeded("export", "digest#Практика", "--to", out, "--overwrite")
    seeded("export", "digest", "uni", "--subtree", "--to", out / "all.md")
    both = (out / "all.md").read_text(encoding="utf-8")
    assert "Page • 1 backlink • [uni](#)" in both
    seeded("export", "digest", "uni", "--subtree", "--to", out / "tree")
    assert (out / "tree" / "digest.md").read_bytes() == (FIXTURES / "digest.md").read_bytes()
    assert (out / "tree" / "uni" / "lecture.md").read_bytes() == (FIXTURES / "lecture.md").read_bytes()


def test_export_as_html(seeded: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert seeded("export", "digest", "uni", "--subtree", "--to", page, "--json")["files"] == [str(page)]
    text = page.read_text(encoding="utf-8")
    assert text.count("<article") == 3
    assert "<script" not in text
    assert "is there already" in seeded("export", "digest", "--to", page, "--format", "html", code=1)
    assert page.read_text(encoding="utf-8") == text
    seeded("export", "digest#Практика", "--to", tmp_path / "out", "--format", "html")
    assert (tmp_path / "out" / "Практика.html").exists()
    assert "made in the window" in seeded("export", "digest", "--to", tmp_path / "x.pdf", code=1)


def test_check_backup_restore_reindex(seeded: Run, tmp_path: Path) -> None:
    checked = seeded("check", "--json")
    assert (checked["notes"], checked["problems"]) == (3, [])
    backup = seeded("backup", "--json")["backup"]
    assert Path(backup).is_file()
    (tmp_path / "more.md").write_text("more", encoding="utf-8")
    seeded("import", tmp_path / "more.md")
    assert len(seeded("list", "--json")) == 4
    assert seeded("restore", backup, "--json")["notes"] == 3
    assert len(seeded("list", "--json")) == 3
    assert seeded("reindex", "--json") == {"indexed": 3}
    assert seeded("search", "журнал", "--json")


@pytest.mark.parametrize("damage", [b"", b"no database at all"])
def test_a_damaged_or_lost_library_is_restored(seeded: Run, tmp_path: Path, damage: bytes) -> None:
    backup = seeded("backup", "--json")["backup"]
    library = tmp_path / "l.konspekt"
    data = library.read_bytes()
    if damage:
        library.write_bytes(damage)
    else:
        word = "Переезд за выходные".encode()
        library.write_bytes(data.replace(word, word[:-2] + "я".encode()))  # one letter another: its checksum tells
    seeded("restore", tmp_path / "in" / "digest.md", code=1)
    seeded("restore", backup)
    assert len(seeded("list", "--json")) == 3
    assert seeded("check", "--json")["problems"] == []
    assert len(list(tmp_path.glob("l damaged *.konspekt"))) == 1
    library.unlink()
    seeded("restore", backup)
    assert len(seeded("list", "--json")) == 3


def test_the_users_mistakes_are_one_sentence(konspekt: Run, tmp_path: Path) -> None:
    assert "no library" in konspekt("list", code=1)
    assert "no file or folder" in konspekt("import", tmp_path / "gone.md", code=1)
    (tmp_path / "b.md").write_bytes(b"\x89PNG\0\0")
    assert "not text" in konspekt("import", tmp_path / "b.md", code=1)
    (tmp_path / "a.md").write_text("# A\n# B\n", encoding="utf-8")
    konspekt("import", tmp_path / "a.md")
    for arguments in (("show", "nope"), ("show", "a#nope"), ("links", "999"), ("restore", tmp_path / "gone")):
        message = konspekt(*arguments, code=1)
        assert message.count("\n") == 1
        assert "Traceback" not in message


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate"], ["show"], ["export", "a"], ["search", "a", "--limit", "x"], ["--json"], ["list", "-x"]],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert "usage" in capsys.readouterr().err


def test_text_is_printed_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONSPEKT_HOME", str(tmp_path / "home"))
    data = b"\xef\xbb\xbf# A\r\nb\r\n"
    (tmp_path / "a.md").write_bytes(data)
    program = [sys.executable, "-m", "desktop", "--library", str(tmp_path / "l.konspekt")]
    subprocess.run([*program, "import", str(tmp_path / "a.md")], cwd=ROOT, check=True, capture_output=True)
    shown = subprocess.run([*program, "show", "a"], cwd=ROOT, check=True, capture_output=True)
    assert shown.stdout == data


def test_no_command_imports_qt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONSPEKT_HOME", str(tmp_path / "home"))
    script = """
import sys
from desktop.app import main
library = sys.argv[1]
def call(*words):
    assert main(["--library", library, *words]) == 0, words
call("import", *sys.argv[2:])
for words in (["list"], ["show", "digest", "--html"], ["search", "лекция"], ["links", "uni"], ["graph"], ["check"],
              ["export", "digest", "--to", library + ".out"], ["reindex"], ["backup"]):
    call(*words, "--json")
found = [name for name in sys.modules if name.partition(".")[0] in ("PySide6", "shiboken6", "qtawesome", "qtpy")]
assert not found, found
"""
    files = [str(file) for file in sorted(FIXTURES.glob("*.md"))]
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "l.konspekt"), *files], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_deep_tree_is_listed_or_refused(konspekt: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    konspekt("import", tmp_path / "a.md")
    notebook = Notebook.open(tmp_path / "l.konspekt")
    columns = "uid, kind, name, title, position, version, created, updated, checksum, name_key, title_key, date, text"
    with notebook._database.write() as transaction:
        transaction.sql.executemany(
            f"INSERT INTO note (id, parent_id, {columns})"
            " VALUES (?1, ?2, ?1, 'note', 'n' || ?1, 'n' || ?1, 0, 1, 1, 1, x'', 'n' || ?1, 'n' || ?1, '', '')",
            [(number, number - 1) for number in range(2, 2_002)],
        )
    notebook.close()
    assert len(konspekt("list", "--json")) == 2_001
    assert "n2001" in konspekt("list", "--tree")
    assert "too deep" in konspekt("list", "--tree", "--json", code=1)


def test_what_the_system_refuses_is_one_sentence(konspekt: Run, tmp_path: Path) -> None:
    assert "konspekt: " in konspekt("import", "x" * 5_000, code=1)
    (tmp_path / "l.konspekt").unlink(missing_ok=True)
    (tmp_path / "l.konspekt").mkdir()
    assert "cannot be read" in konspekt("list", code=1)


def test_a_damaged_row_is_one_sentence_and_check_finds_it(seeded: Run, tmp_path: Path) -> None:
    sql = sqlite3.connect(tmp_path / "l.konspekt", isolation_level=None)
    sql.execute("UPDATE note SET text = CAST(x'ffd0' AS TEXT) WHERE kind = 'digest'")
    sql.close()
    assert "konspekt check" in seeded("show", "digest", code=1)
    assert len(seeded("check", code=1)) > 0
    seeded("check", "--repair")
    assert seeded("check", "--json")["problems"] == []


def test_a_pipe_that_closes_early_is_no_failure_of_ours(seeded: Run, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "desktop", "--library", str(tmp_path / "l.konspekt"), "show", "digest"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
