"""The frozen program proves itself: `python tests/frozen_proof.py dist/konspekt/konspekt`.

Everything is done through the executable, as a user's machine would: in an empty home, without this checkout's
Python path, without a screen. It opens a library in a window, imports a lecture and a digest, finds a word, renders
what needs the packages that a freezer easily forgets, exports a section, and compares bytes.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage  # of the environment that built the program: it reads the picture

LECTURE = """# Градиентный спуск
Page • 1 backlink • [uni](#)

## Идея

Модели учатся на **ошибках**: шаг против градиента уменьшает потерю $L(w) = \\frac{1}{2}(y - wx)^2$.

```python
def step(w: float, rate: float) -> float:
    return w - rate * gradient(w)
```

| шаг | потеря |
|-----|--------|
| 1   | 0.52   |

- [x] прочитать [[Дайджест недели]]
- [ ] повторить

## Вопросы

Что будет при слишком большом шаге?
"""
DIGEST = """---
title: Дайджест недели / Хабр
aliases: [Неделя]
tags: ["#host_habr_com"]
date: 2023-10-30
type: digest
---
[Теория](#1) [Практика](#2)

Теория
------

### [Как устроены потоки](https://example.org/streams)

Коротко о потоковой обработке.

Практика
--------

### [Собираем конвейер](https://example.org/pipeline)

Лес и лису — по слову в день. ![схема](https://example.org/scheme.png)
"""
SECTION = DIGEST[DIGEST.index("Практика\n----") :]


class Proof:
    """The executable, and a user's machine with nothing on it."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.library = folder / "library.konspekt"
        kept = {"PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT"}
        self.env = {name: value for name, value in os.environ.items() if name in kept}
        self.env.update(HOME=str(folder), KONSPEKT_HOME=str(folder / "home"), QT_QPA_PLATFORM="offscreen")
        self.env.update(PYTHONUTF8="1")

    def run(self, *arguments: str, **env: str) -> str:
        """Run the program on the library and return what it printed."""
        command = [str(self.program), "--library", str(self.library), *arguments]
        done = subprocess.run(
            command, env={**self.env, **env}, cwd=self.folder, capture_output=True, timeout=60, check=False
        )
        output, errors = done.stdout.decode(), done.stderr.decode()[:3000]
        assert done.returncode == 0, f"{arguments}: exit {done.returncode}\n{output[:3000]}\n{errors}"
        assert not any(word in errors for word in ("Traceback", "QPaint", "QBackingStore")), errors
        return output

    def ask(self, *arguments: str) -> Any:
        """Run a command of the command line and return its JSON."""
        return json.loads(self.run(*arguments, "--json"))


def prove_import(proof: Proof) -> str:
    """Import both kinds of document, twice."""
    for name, text in (("Спуск.md", LECTURE), ("Дайджест недели.md", DIGEST)):
        (proof.folder / name).write_bytes(text.encode())
    files = [str(proof.folder / "Спуск.md"), str(proof.folder / "Дайджест недели.md")]
    first = proof.ask("import", *files)
    assert first["imported"] >= 2, first
    again = proof.ask("import", *files)
    assert again["imported"] == again["updated"] == 0, again
    kinds = {note["title"]: note["kind"] for note in proof.ask("list")}
    assert kinds["Градиентный спуск"] == "lecture", kinds
    assert kinds["Дайджест недели"] == "digest", kinds
    assert proof.run("show", "Градиентный спуск") == LECTURE
    return f"{len(kinds)} notes, text byte for byte"


def prove_search(proof: Proof) -> str:
    """Find a word in another form than it is written in, which needs the stemmer and the Russian dictionary."""
    for query, title in (("модель", "Градиентный спуск"), ("лиса", "Дайджест недели"), ("day потоковый", "")):
        hits = [hit["title"] for hit in proof.ask("search", query)]
        assert not title or title in hits, (query, hits)
    return "word forms found"


def prove_links(proof: Proof) -> str:
    """Follow a link both ways."""
    sources = {link["title"] for link in proof.ask("links", "Дайджест недели")["backlinks"]}
    assert sources == {"Градиентный спуск"}, sources
    assert {link["title"] for link in proof.ask("links", "uni")["backlinks"]} == {"Градиентный спуск"}
    assert proof.ask("graph")["edges"]
    return "backlinks right"


def prove_html(proof: Proof) -> str:
    """Render code, a table, tasks and a formula."""
    html = proof.run("show", "Градиентный спуск", "--html")
    assert "<h2" in html, html
    assert "<table" in html, html
    assert "gradient" in html, html
    assert "<strong>" in html or "<b>" in html, html
    return f"{len(html.encode()):,} bytes of HTML"


def prove_export(proof: Proof) -> str:
    """Export a section and a whole note, and compare them with what was imported."""
    folder = proof.folder / "out"
    section = proof.ask("export", "Дайджест недели#Практика", "--to", str(folder / "section"))["files"]
    assert len(section) == 1, section
    written = (folder / "section" / section[0]).read_bytes().decode()
    assert written.strip() == SECTION.strip(), written
    whole = proof.ask("export", "Дайджест недели", "--to", str(folder / "whole"))["files"]
    assert (folder / "whole" / whole[0]).read_bytes() == DIGEST.encode()
    return "bytes equal"


def prove_check(proof: Proof) -> str:
    """Check the library and make a verified copy."""
    report = proof.ask("check")
    assert not report.get("problems"), report
    proof.run("backup")
    return "library sound"


def prove_window(proof: Proof) -> str:
    """Open the window until its first paint, of which it tells in one line of JSON."""
    new = not proof.library.exists()  # making a library takes the whole of SQLModel; opening one must not
    env = {**proof.env, "KONSPEKT_QUIT_AFTER_FIRST_PAINT": "1"}
    command = [str(proof.program), "--library", str(proof.library)]
    started = time.perf_counter()
    with subprocess.Popen(command, env=env, cwd=proof.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as window:
        assert window.stdout is not None
        assert window.stderr is not None
        line = window.stdout.readline()
        painted = time.perf_counter() - started
        errors = window.stderr.read().decode()
        assert window.wait(60) == 0, errors
    assert "Traceback" not in errors, errors
    figures = json.loads(line)
    assert new or not figures["modules"], f"imported before the first paint: {figures['modules']}"
    return f"first paint after {painted * 1000:.0f} ms, {figures['cpu_ms']} ms CPU, {figures['rss_mb']:.0f} MB"


def prove_picture(proof: Proof) -> str:
    """Take a picture of the window, in which the preview shows what its own process has rendered."""
    file = proof.folder / "window.png"
    proof.run(KONSPEKT_PICTURE=str(file), KONSPEKT_HOME=str(proof.folder / "first"))  # the window in its first size
    picture = QImage(str(file))
    assert not picture.isNull(), "no picture"
    width, height = picture.width(), picture.height()
    left, right, top, bottom = width * 60 // 100, width * 71 // 100, height * 12 // 100, height * 90 // 100
    lightness = [picture.pixelColor(x, y).lightness() for x in range(left, right) for y in range(top, bottom, 2)]
    ink = sum(abs(value - lightness[0]) > 96 for value in lightness) / len(lightness)
    assert ink > 0.005, f"the preview is empty: {ink:.2%} ink"
    return f"{width} x {height}, {ink:.0%} ink in the preview"


STEPS = {
    "window": prove_window,
    "import": prove_import,
    "search": prove_search,
    "links": prove_links,
    "html": prove_html,
    "export": prove_export,
    "check": prove_check,
    "window again": prove_window,
    "picture": prove_picture,
}


def main(program: Path) -> int:
    """Run every step and return 1 when one fails."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="konspekt-proof-") as folder:
        proof = Proof(program.absolute(), Path(folder).resolve())
        for name, step in STEPS.items():
            try:
                print(f"  {name}: {step(proof)}", flush=True)
            except (AssertionError, KeyError, OSError, ValueError, subprocess.TimeoutExpired) as error:
                failed += 1
                if isinstance(error, subprocess.TimeoutExpired):
                    print((error.stderr or b"").decode(errors="replace")[:3000])
                print(f"  {name}: FAILED {type(error).__name__}: {error}", flush=True)
    print("The frozen program is proven." if not failed else f"{failed} steps failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
