"""Konspekt, read aloud: arguments, places, library, tasks, workspace, window, show.

A command hands over to the command line, which imports no Qt. Without one the window opens: its first picture is drawn
from what the standard library can read; everything heavier is made after it.
"""

import argparse
import builtins
import gc
import os
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run a command, or the window; return the exit code."""
    if _is_command(arguments):
        from desktop.cli import run

        return run(arguments)
    gc.disable()  # in the start it would cost 40 ms; later `ui.garbage` looks, on the main thread only
    _import_qt()
    from desktop.ui.start import open_window

    options = _window_options().parse_args(arguments)
    return open_window(Path(options.library).expanduser() if options.library else None, options.theme)


def _import_qt() -> None:
    """Import Qt, and give Python its own import back.

    PySide puts another in its place, for `from __feature__ import ...`, which nobody here uses: to know who does, it
    reads and keeps the source of every module that is imported from then on (60 ms and 6 MB until the first paint).
    """
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _is_command(arguments: list[str]) -> bool:
    """Tell whether a word stands where a command may stand, or help or the version is asked for."""
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in ("--library", "--theme"):
            skip = True
        elif argument in ("-h", "--help", "--version", "--json") or not argument.startswith("-"):
            return True
    return False


def _window_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="konspekt", add_help=False)
    parser.add_argument("--library", default=os.environ.get("KONSPEKT_LIBRARY", ""))
    parser.add_argument("--theme", choices=("system", "light", "dark"), default="")
    return parser
