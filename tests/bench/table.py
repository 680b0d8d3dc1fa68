"""The table of figures: measurements run in processes of their own, and their lines are printed as they come."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIMIT_S = 7_200


class Table:
    """The figures, printed as they come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failed = 0
        self.aims = True  # False where the aims are not meant for what is measured

    def measure(self, part: str, *arguments: object, folder: Path | None = None) -> dict[str, Any]:
        """Run one part, `module.function` of this package, in a process of its own and return its figures."""
        folder = folder or self.folder
        command = [sys.executable, "-m", "tests.bench.run_part", part, str(folder), *map(str, arguments)]
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "KONSPEKT_HOME": str(folder / "home")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's program is compiled once, not at every start
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        lines = done.stdout.strip().splitlines()
        if done.returncode or not lines:
            raise RuntimeError(f"{part}: {(done.stderr.strip().splitlines() or ['no figures'])[-1]}")
        figures: dict[str, Any] = json.loads(lines[-1])
        return figures

    def head(self) -> None:
        """Print the head."""
        self.line("what", "figure", "aim")
        self.line("-" * 46, "-" * 44, "-" * 22)

    def line(self, what: str, figure: str, aim: str = "") -> None:
        """Print one line of the table."""
        print(f"| {what:<46} | {figure:<44} | {aim if self.aims else '':<22} |", flush=True)

    def section(self, what: str, run: Callable[[], None]) -> None:
        """Run one section; one that fails is told and does not stop the others."""
        try:
            run()
        except (RuntimeError, subprocess.TimeoutExpired, KeyError) as error:
            self.failed += 1
            self.line(what, "failed")
            print(f"  {error}", file=sys.stderr)
