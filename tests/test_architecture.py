"""The house itself: who imports whom, what must never be imported, and how large a room may grow."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "desktop").rglob("*.py"))
MAX_FILE_LINES = 500
MAX_CLASS_METHODS = 30  # Qt's overrides, in camelCase, come with the trade and are not counted
MAX_FUNCTION_LINES = 80
CATCH_ALL = {"desktop/app.py", "desktop/ui/tasks.py"}  # the excepthook and the task runner
NETWORK = (
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "asyncio",
    "PySide6.QtNetwork",
    "QtNetwork",
)
FETCHING = ROOT / "desktop" / "ui" / "offline" / "fetching.py"  # what the user asks for, and when: tests/ui/offline
VAGUE = ("util", "utils", "misc", "manager", "helper", "helpers", "common")

# Contract -> the file that gets a forbidden import, and that import.
PLANTS = {
    "Every room knows only the rooms below it": ("core/text/__init__.py", "import desktop.core.graph"),
    "The core and the command line know no window": ("core/graph/__init__.py", "import PySide6"),
    "SQL is spoken in the store alone": ("core/exchange/__init__.py", "import sqlalchemy"),
    "Whoosh stays in the search room": ("core/exchange/__init__.py", "import whoosh"),
    "Markdown becomes HTML in the rooms for it alone": ("core/exchange/__init__.py", "import markdown"),
    "The window enters the core by its door": ("ui/tree/__init__.py", "import desktop.core.exchange"),
    "Panels are independent siblings": ("ui/tree/__init__.py", "import desktop.ui.editor"),
    "Nothing reaches the network": ("core/exchange/__init__.py", "import socket"),
}


def lint_imports(folder: Path) -> dict[str, bool]:
    """Run the contracts in a folder and return for each whether it is kept."""
    linter = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
    done = subprocess.run(
        [sys.executable, "-c", linter, "--no-logo", "--no-cache"],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    kept: dict[str, bool] = {}
    for line in done.stdout.splitlines():
        verdict = re.match(r"(.+) (KEPT|BROKEN)\b", line)
        if verdict:
            kept[verdict[1]] = verdict[2] == "KEPT"
    assert kept, done.stdout + done.stderr
    assert (done.returncode == 0) == all(kept.values())
    return kept


@pytest.fixture(scope="module")
def copied_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the contracts look at, so that it can be spoilt."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "desktop", folder / "desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def kept_contracts(copied_house: Path) -> dict[str, bool]:
    """Return what the contracts say of the house as it stands."""
    return lint_imports(copied_house)


def test_every_contract_is_kept(kept_contracts: dict[str, bool]) -> None:
    assert kept_contracts == dict.fromkeys(PLANTS, True)


@pytest.mark.parametrize("contract", PLANTS)
def test_a_planted_import_breaks_its_contract_and_no_other(
    copied_house: Path, kept_contracts: dict[str, bool], contract: str
) -> None:
    relative, statement = PLANTS[contract]
    file = copied_house / "desktop" / relative
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n{statement}\n", encoding="utf-8")
    try:
        kept = lint_imports(copied_house)
    finally:
        file.write_text(before, encoding="utf-8")
    assert [name for name, whole in kept.items() if whole != kept_contracts[name]] == [contract]


def test_core_and_the_command_line_import_no_qt() -> None:
    modules = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for file in SOURCES
        if "core" in file.parts or file.name == "cli.py"
    ]
    script = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\n"
    script += (
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6', 'qtawesome')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *modules], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_resources_are_data() -> None:
    assert not list((ROOT / "resources").rglob("*.py"))
    assert not [name for file in SOURCES for name, _ in imports(file) if name.split(".")[0] == "resources"]


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_rooms_stay_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert file.stem not in VAGUE
    assert len(text.splitlines()) <= MAX_FILE_LINES
    tree = ast.parse(text)
    assert ast.get_docstring(tree) or not tree.body, "a module says what it is about"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods = [
                part for part in node.body if isinstance(part, ast.FunctionDef) and part.name.islower()
            ]
            assert len(methods) <= MAX_CLASS_METHODS, f"{node.name} has {len(methods)} methods"
        elif isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= MAX_FUNCTION_LINES, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_only_the_last_nets_catch_everything(file: Path) -> None:
    if str(file.relative_to(ROOT).as_posix()) in CATCH_ALL:
        return
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler) and not passes_on(node):
            names = {
                part.id for part in ast.walk(node.type or ast.Name("Exception")) if isinstance(part, ast.Name)
            }
            assert not names & {"Exception", "BaseException"}, f"line {node.lineno} catches everything"


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler only tidies up and raises the same exception again."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_imports_a_way_to_the_network(file: Path) -> None:
    if file == FETCHING:
        return
    for name, line in imports(file):
        assert not any(name == banned or name.startswith(f"{banned}.") for banned in NETWORK), (
            f"{name}, line {line}"
        )


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Yield every imported name with its line: `from a import b` gives `a` and `a.b`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
