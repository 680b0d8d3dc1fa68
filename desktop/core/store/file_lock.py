"""The lock that keeps two programs from writing one library: on a file beside it; the system frees it at the latest.

The standard library's own calls, because the lock is taken before the first paint, where every import counts.
"""

import errno
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held(Exception):
    """Somebody else holds the lock."""


class FileLock:
    """An exclusive lock on a file that is made for it and stays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = -1

    def acquire(self) -> None:
        """Take the lock; raise Held when another has it, OSError when the file cannot be made."""
        if self._file >= 0:
            return
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(file)
        except OSError as error:
            os.close(file)
            if error.errno in (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK):
                raise Held from error
            raise  # the disk knows no locks: nobody else is to blame
        self._file = file

    def release(self) -> None:
        """Give the lock up, if it is held."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)  # which frees it
