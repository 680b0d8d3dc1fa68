"""A note is written, linked, found, exported and reopened by keyboard alone, in the real program."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def drive(library: Path, folder: Path, way: str) -> dict[str, Any]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "KONSPEKT_HOME": str(library.parent / "home")}
    home = library.parent / "home" / "config"
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.json").write_text('{"language": "en", "welcomed": true}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.scenarios.keyboard_program", str(library), str(folder), way],
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert not answer["failed"], done.stderr
    assert answer["strays"] == [], "a part of the window flashed up as a window of its own"
    return answer


def test_a_note_by_keyboard_alone(tmp_path: Path) -> None:
    library, folder = tmp_path / "library.konspekt", tmp_path / "out"
    folder.mkdir()
    written = drive(library, folder, "write")
    exported = [file.read_text(encoding="utf-8") for file in folder.glob("*.md")]
    assert len(exported) == 1
    assert "Шаг против направления, см. Градиент и далее." in exported[0]  # the other note is not exported
    again = drive(library, folder, "read")
    assert again["text"] == written["text"]
    assert "см. [[Градиент]] и далее." in again["text"]
