"""The entry of the program, and of every process it spawns.

A spawned child imports this module again under another name, so nothing heavy may stand at its top.
"""

import multiprocessing
import sys


def main() -> int:
    """Start Konspekt and return its exit code."""
    multiprocessing.freeze_support()  # in a frozen program a child process starts, works and ends inside this call
    from desktop.app import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
