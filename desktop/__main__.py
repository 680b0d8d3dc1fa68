"""The entry of the program, and of every process it spawns.

A spawned child imports this module again under another name, so nothing heavy may stand at its top.
"""

import sys


def main() -> int:
    """Start Konspekt and return its exit code."""
    if getattr(sys, "frozen", False):
        import multiprocessing  # late: the window needs it only after its first paint

        multiprocessing.freeze_support()  # a child of the frozen program starts, works and ends inside this call
    from desktop.app import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
