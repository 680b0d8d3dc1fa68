#!/usr/bin/env python3
"""The one developer script: sets Konspekt up, then runs, tests, measures or builds it.

    python3 dev.py run [--light | --dark] [--picture FILE] [arguments]   open the window on the sample library
    python3 dev.py test [pytest arguments]    ruff, mypy, import contracts, pytest
    python3 dev.py bench [search] [--notes N] print the table of figures
    python3 dev.py texts                      bring the words to translate up to date with the code
    python3 dev.py kill [--times N] [--index] kill the program while it types and imports, and look for losses;
                                              --index: kill its index process, and compare index and library
    python3 dev.py changes [--times N] [--first SEED]
                                              change random libraries at random; compare links, undo and derived rows
    python3 dev.py hostile [sizes] [families] put texts that are made to be slow into the window, and print what it does
    python3 dev.py build                      make dist/konspekt and let the frozen program prove itself
    python3 dev.py lock                       resolve pyproject.toml anew into requirements.lock

Only the standard library is used here. Each command first makes what it stands on, and only when it is
missing or older than its source: the folder .venv with exactly the packages of requirements.lock (hashes are
checked), the command `konspekt` in it, Qt's system libraries, and the compiled translations.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "konspekt.stamp"
OLDEST, NEWEST = (3, 11), (3, 13)
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
EXE = ".exe" if WINDOWS else ""
PYTHON = BIN / f"python{EXE}"
SAMPLE = ROOT / "build" / "sample" / "sample.konspekt"

# Shared object -> the Debian package that brings it. Qt loads the second group only for a window on X11.
OFFSCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
ON_SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


class SetUpError(Exception):
    """The command cannot go on; the sentence says why and what to do."""


def say(sentence: str) -> None:
    """Tell the person at the terminal what is done next."""
    print(sentence, flush=True)


# ---------------------------------------------------------------------------------------------- set-up


def version_of(command: list[str]) -> tuple[int, ...]:
    """Return the version of the Python behind `command`, () where there is none."""
    asked = [*command, "-c", "import sys; print(*sys.version_info[:3])"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, timeout=30, check=False)
        return tuple(int(part) for part in answer.stdout.split())
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ()


def use_right_python() -> None:
    """Go on in a Python that Konspekt supports, or stop with a sentence."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        command = ["py", f"-3.{minor}"] if WINDOWS else [f"python3.{minor}"]
        if version_of(command)[:2] == (3, minor):
            sys.exit(subprocess.call([*command, str(Path(__file__).resolve()), *sys.argv[1:]]))
    here = ".".join(str(part) for part in sys.version_info[:3])
    supported = f"Python 3.{OLDEST[1]} to 3.{NEWEST[1]}"
    raise SetUpError(f"Konspekt needs {supported}; this is {here}, and no other was found on the PATH.")


def run_quietly(command: list[str], sentence: str, env: dict[str, str] | None = None) -> None:
    """Run a command without its output; when it fails, stop with the sentence and the output's end."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        # A registry's address may hold a name or a password: it does not belong into a log.
        tail = "\n".join(done.stdout.splitlines()[-15:])
        tail = re.sub(r"\b[a-z][a-z0-9+.-]*://\S+|host='[^']*'", "(address)", tail)
        raise SetUpError(f"{sentence}\n{tail}")


def clean_environment() -> dict[str, str]:
    """Return this environment without what would mix another Python into ours."""
    dropped = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", "PYTHONDONTWRITEBYTECODE"}
    env = {name: value for name, value in os.environ.items() if name not in dropped}
    env.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_ROOT_USER_ACTION="ignore", PYTHONUTF8="1")
    return env


def expected_stamp() -> str:
    """Return what the virtual environment depends on: the Python, the place, the lock and our metadata."""
    digest = hashlib.sha256()
    # Only the head of pyproject.toml decides what is installed; the rest sets up the checks.
    metadata = (ROOT / "pyproject.toml").read_bytes().partition(b"[dependency-groups]")[0]
    for part in (sys.version.encode(), str(ROOT).encode(), LOCK.read_bytes(), metadata):
        digest.update(part.replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def make_environment() -> None:
    """Make .venv with the locked packages and the command `konspekt`, unless it is there and right."""
    stamp = expected_stamp()
    if PYTHON.exists() and STAMP.is_file() and STAMP.read_text() == stamp:
        return
    if VENV.exists():
        say("The environment in .venv is for another Python or other packages: making it anew.")
        shutil.rmtree(VENV)
    see_to_ensurepip()
    say(f"Making .venv with Python {sys.version.split()[0]} ...")
    venv.EnvBuilder(with_pip=True, symlinks=not WINDOWS).create(VENV)
    env = clean_environment()
    say("Installing the packages of requirements.lock ...")
    pip = [str(PYTHON), "-m", "pip", "--quiet", "install"]
    locked = ["--require-hashes", "--only-binary=:all:", "-r", str(LOCK)]
    run_quietly([*pip, *locked], "The locked packages could not be installed.", env)
    # editable_mode=compat: a plain path entry. The default import hook costs every start of the program time.
    ours = [
        "--no-deps",
        "--no-build-isolation",
        "--config-settings",
        "editable_mode=compat",
        "--editable",
        str(ROOT),
    ]
    run_quietly([*pip, *ours], "Konspekt itself could not be installed.", env)
    STAMP.write_text(stamp)


def see_to_ensurepip() -> None:
    """Install Debian's separate package without which a new environment has no pip."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        install_packages([f"python3.{sys.version_info[1]}-venv"], "Python's venv module")


def opens(library: str) -> bool:
    """Tell whether the loader finds a shared object."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def see_to_libraries(on_screen: bool) -> None:
    """Install the system libraries that Qt lacks, or stop with the line to type."""
    if not sys.platform.startswith("linux"):
        return
    wanted = {**OFFSCREEN, **(ON_SCREEN if on_screen else {})}
    missing = {library: package for library, package in wanted.items() if not opens(library)}
    if not missing:
        return
    if shutil.which("apt-get"):
        install_packages(list(missing.values()), "system libraries that Qt needs")
    elif shutil.which("dnf"):
        provides = " ".join(f"'{library}()(64bit)'" for library in missing)
        raise SetUpError(f"Qt lacks system libraries. Please type:\n  sudo dnf install -y {provides}")
    else:
        raise SetUpError("Qt needs system libraries that are missing: " + ", ".join(missing))
    still = [library for library in missing if not opens(library)]
    if still:
        raise SetUpError("Qt still misses system libraries after the installation: " + ", ".join(still))


def install_packages(packages: list[str], what: str) -> None:
    """Install Debian packages as root, or stop with the one line to type."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        line = "apt-get install -y --no-install-recommends " + " ".join(packages)
        raise SetUpError(f"Missing: {what}. Please type:\n  sudo {line}")
    say(f"Installing {what}: {' '.join(packages)} ...")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    first = subprocess.run(command, env=env, capture_output=True, check=False)
    if first.returncode:  # the package lists may be old or absent
        run_quietly(["apt-get", "update", "-qq"], "apt-get update failed.", env)
        run_quietly(command, f"apt-get could not install {what}.", env)


def compile_translations() -> None:
    """Make the .qm file of each translation that is newer than it."""
    for source in sorted((ROOT / "resources" / "i18n").glob("*.ts")):
        target = source.with_suffix(".qm")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        command = [str(BIN / f"pyside6-lrelease{EXE}"), "-silent", str(source), "-qm", str(target)]
        run_quietly(command, f"{source.name} could not be compiled.")


def set_up(on_screen: bool = False) -> None:
    """Make everything that a command stands on."""
    make_environment()
    see_to_libraries(on_screen)
    compile_translations()


def call(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run a command in the project's folder with its output shown, and return its exit code."""
    try:
        return subprocess.call(command, cwd=ROOT, env={**clean_environment(), **(env or {})})
    except KeyboardInterrupt:
        return 130


# -------------------------------------------------------------------------------------------- commands


def has_display() -> bool:
    """Tell whether a window can be shown to somebody."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in screens)


def run(arguments: list[str]) -> int:
    """Open the window on the sample library; without a display, take its picture."""
    parser = argparse.ArgumentParser(prog="dev.py run", description=run.__doc__)
    parser.add_argument("--light", dest="themes", action="append_const", const="light")
    parser.add_argument("--dark", dest="themes", action="append_const", const="dark")
    parser.add_argument("--picture", metavar="FILE", type=Path, help="save a picture of the window and leave")
    known, others = parser.parse_known_args(arguments)
    set_up(on_screen=True)
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    library = [] if "--library" in others else ["--library", str(SAMPLE)]
    command = [str(BIN / f"konspekt{EXE}"), *library, *others]
    env = {"KONSPEKT_HOME": str(SAMPLE.parent)}  # trying things leaves the user's own settings alone
    if has_display() and known.picture is None:
        return call([*command, *(["--theme", known.themes[-1]] if known.themes else [])], env)
    if not has_display():
        say("There is no display here: the window opens on a virtual screen, and its picture is saved.")
        if not (shutil.which("xvfb-run") and shutil.which("Xvfb") and shutil.which("xauth")):
            install_packages(["xvfb", "xauth"], "a virtual screen")
        command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", *command]
    for theme in known.themes or ["light", "dark"]:
        picture = picture_file(known.picture, theme, both=not known.themes)
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.unlink(missing_ok=True)
        code = call([*command, "--theme", theme], {**env, "KONSPEKT_PICTURE": str(picture)})
        if code:
            return code
        if not picture.is_file():
            raise SetUpError(f"The window ended without a picture ({theme}).")
        say(f"The window, {theme}: {picture}")
    return 0


def picture_file(asked: Path | None, theme: str, both: bool) -> Path:
    """Return where the picture in a theme goes: the dark one of two gets its own name."""
    file = (asked or ROOT / "pictures" / "konspekt.png").absolute()
    return file.with_stem(f"{file.stem}-dark") if theme == "dark" and (both or asked is None) else file


def test(arguments: list[str]) -> int:
    """Check style, types, contracts and behaviour; stop at the first that fails."""
    set_up()
    steps = {
        "ruff": [str(BIN / f"ruff{EXE}"), "check", "--quiet", "."],
        "mypy": [str(BIN / f"mypy{EXE}"), "--no-error-summary"],
        "import contracts": [str(BIN / f"lint-imports{EXE}"), "--no-logo"],
        # A file's tests stay in one process, for what they share; more than four would only wait for the disk.
        "pytest": [
            str(PYTHON), "-m", "pytest", "-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile", *arguments,
        ],
    }
    env = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.qpa.*=false"}
    for name, command in steps.items():
        say(f"== {name} ==")
        code = call(command, env)
        if code:
            return code
    return 0


def bench(arguments: list[str]) -> int:
    """Print the table of figures."""
    set_up()
    return call([str(PYTHON), "-m", "tests.bench", *arguments], {"QT_QPA_PLATFORM": "offscreen"})


def kill(arguments: list[str]) -> int:
    """Kill the program, or its index process, again and again, and look for what is lost."""
    parser = argparse.ArgumentParser(prog="dev.py kill")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--index", action="store_true", help="kill only the index process")
    known = parser.parse_args(arguments)
    set_up()
    scenario, times = ("test_index_kill", "KONSPEKT_INDEX_KILLS") if known.index else ("test_kill", "KONSPEKT_KILLS")
    command = [str(PYTHON), "-m", "pytest", f"tests/scenarios/{scenario}.py"]
    return call(command, {"QT_QPA_PLATFORM": "offscreen", times: str(known.times)})


def changes(arguments: list[str]) -> int:
    """Change random libraries at random, and compare links, undo and derived rows after each change."""
    parser = argparse.ArgumentParser(prog="dev.py changes")
    parser.add_argument("--times", type=int, default=100, help="libraries, each of a seed of its own")
    parser.add_argument("--first", type=int, default=1000, help="the first seed")
    known = parser.parse_args(arguments)
    set_up()
    command = [str(PYTHON), "-m", "pytest", "tests/links/test_random_changes.py"]
    return call(command, {"KONSPEKT_CHANGES": str(known.times), "KONSPEKT_CHANGES_FIRST": str(known.first)})


def hostile(arguments: list[str]) -> int:
    """Put every text that is made to be slow into the real window, and print what it does."""
    set_up()
    with tempfile.TemporaryDirectory() as home:
        env = {"QT_QPA_PLATFORM": "offscreen", "KONSPEKT_HOME": home}
        return call([str(PYTHON), "-m", "tests.hostile.window", *arguments], env)


def texts(arguments: list[str]) -> int:
    """Bring the sources of the translations up to date: all words in Russian, the plurals in English."""
    make_environment()
    sources = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "desktop").rglob("*.py"))
    for language, options in {"ru": [], "en": ["-pluralonly"]}.items():
        target = Path("resources", "i18n", f"konspekt_{language}.ts")
        tidy = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", language]
        # The sources come first: lupdate takes whatever follows -ts for a target.
        command = [str(BIN / f"pyside6-lupdate{EXE}"), *sources, *tidy, *options, *arguments, "-ts", str(target)]
        code = call(command)
        if code:
            return code
    return 0


def build(arguments: list[str]) -> int:
    """Make the one-folder program in dist/konspekt, then run its own proof."""
    set_up(on_screen=True)  # PyInstaller collects what the X11 plugin loads from this machine
    say("== freezing ==")
    options = [
        "--noconfirm",
        "--log-level",
        "WARN",
        "--distpath",
        "dist",
        "--workpath",
        str(Path("build", "frozen")),
    ]
    code = call([str(PYTHON), "-m", "PyInstaller", *options, *arguments, "build.spec"])
    if code:
        return code
    folder = ROOT / "dist" / "konspekt"
    size = sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_symlink())
    say(f"dist/konspekt: {size / 1e6:.0f} MB")
    say("== the frozen program's proof ==")
    return call([str(PYTHON), str(Path("tests", "frozen_proof.py")), str(folder / f"konspekt{EXE}")])


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml anew into requirements.lock, for every system and Python at once."""
    make_environment()
    env = clean_environment()
    run_quietly([str(PYTHON), "-m", "pip", "--quiet", "install", "uv"], "uv could not be installed.", env)
    options = [
        "--universal",
        "--python-version",
        f"3.{OLDEST[1]}",
        "--generate-hashes",
        "--group",
        "dev",
        "--no-annotate",
    ]
    command = [
        str(PYTHON),
        "-m",
        "uv",
        "--quiet",
        "pip",
        "compile",
        *options,
        "--no-header",
        "--no-emit-index-url",
    ]
    run_quietly([*command, *arguments, "-o", str(LOCK), "pyproject.toml"], "The packages could not be resolved.", env)
    say("requirements.lock is written; the next command makes .venv anew.")
    return 0


COMMANDS = {
    "run": run,
    "test": test,
    "bench": bench,
    "kill": kill,
    "changes": changes,
    "hostile": hostile,
    "texts": texts,
    "build": build,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        use_right_python()
        if not arguments or arguments[0] not in COMMANDS:
            print(__doc__)
            return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
        return COMMANDS[arguments[0]](arguments[1:])
    except SetUpError as stop:
        print(stop, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
