"""kill -9 while the real program types and imports: nothing acknowledged is lost, nothing is half imported.

KONSPEKT_KILLS sets the number of kills (12 in the tests; `python3 dev.py kill` runs more).
"""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.paths import Places

KILLS = int(os.environ.get("KONSPEKT_KILLS", "12"))
START_S = 60.0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9: POSIX only")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    path = tmp_path / "library.konspekt"
    notebook = Notebook.open(path, places=places)
    notebook.tree.create("typed", text="start")
    notebook.close()
    chance = random.Random(7)
    acknowledged = 0
    for seed in range(KILLS):
        lines = run_and_kill(path, tmp_path, seed, chance.uniform(0.02, 0.9))
        notebook = Notebook.open(path, places=places)
        text = notebook.notes.read(notebook.notes.find("typed")).text
        kept = {int(number) for number in re.findall(rf"\bw{seed}-(\d+)", text)}
        saved = [int(line.split()[2]) for line in lines if line.startswith("saved")]
        missing = set(range(1, max(saved, default=0) + 1)) - kept
        assert not missing, f"kill {seed}: {len(missing)} acknowledged words are gone"
        acknowledged += len(saved)
        names = [head.name for head in notebook.tree.living() if head.name.startswith("run-")]
        for run in {"-".join(name.split("-")[:3]) for name in names}:
            assert {f"{run}-{part}" for part in "abc"} <= set(names), f"kill {seed}: {run} is half imported"
        for line in lines:
            if line.startswith("imported"):
                assert line.split()[1] in names, f"kill {seed}: an acknowledged import is gone"
        assert not notebook.safety.check().problems
        notebook.close()
    assert acknowledged >= KILLS, "the program hardly saved: the test shows nothing"


def run_and_kill(path: Path, home: Path, seed: int, after_s: float) -> list[str]:
    """Start the program, let it type until it first said "saved" and a while longer, kill it; return what it said."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "KONSPEKT_HOME": str(home / "home")}
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.scenarios.typing_program", str(path), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    lines: list[str] = []
    assert program.stdout is not None
    reader = threading.Thread(target=lambda: lines.extend(program.stdout or ()), daemon=True)
    reader.start()
    try:
        end = time.monotonic() + START_S
        while not any(line.startswith("saved") for line in list(lines)):
            if time.monotonic() > end or program.poll() is not None:
                pytest.fail(f"the program did not begin to save, or stopped by itself: {lines}")
            time.sleep(0.01)
        time.sleep(after_s)
    finally:
        program.kill()
        program.wait()
        reader.join(5)
        program.stdout.close()
    return [line.strip() for line in lines]
