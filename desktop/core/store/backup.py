"""Copies of the whole library: made with SQLite's own backup, verified before they count, the newest ten kept."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.core.errors import LibraryDamaged, LibraryError
from desktop.core.store.check import damaged_texts
from desktop.core.store.database import APPLICATION_ID, Database
from desktop.core.store.migrations import LATEST_STEP, migrate

KEPT = 10


class Backups:
    """The copies of one library, in a folder beside it."""

    def __init__(self, database: Database, commits_at_open: str) -> None:
        self._database = database
        self.folder = database.path.with_name(f"{database.path.stem} backups")
        self._last_commits = commits_at_open

    def list(self) -> list[Path]:
        """Return the copies, newest first."""
        if not self.folder.is_dir():
            return []
        return sorted(self.folder.glob(f"{self._database.path.stem} *{self._database.path.suffix}"), reverse=True)

    def make(self) -> Path:
        """Copy the library and verify the copy; raise LibraryError when there is no room or the copy is not sound."""
        self.folder.mkdir(parents=True, exist_ok=True)
        size = self._database.path.stat().st_size
        if shutil.disk_usage(self.folder).free < size + 16 * 1024 * 1024:
            raise LibraryError(f"There is no room for a backup in {self.folder}; free {size // 1_000_000 + 16} MB.")
        stamp = time.strftime("%Y-%m-%d %H-%M-%S")
        target = self._free_name(stamp)
        draft = target.with_suffix(".draft")
        try:
            with self._database.exclusive() as source, _connect(draft) as copy:
                commits = _commits(source)
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            verify(draft)
            draft.replace(target)
        except sqlite3.DatabaseError as error:
            raise LibraryError(f"The backup could not be written: {error}.") from error
        finally:
            draft.unlink(missing_ok=True)
        self._last_commits = commits
        for old in self.list()[KEPT:]:
            old.unlink(missing_ok=True)
        return target

    def make_if_changed(self) -> Path | None:
        """Copy the library when notes were written since it was opened or last copied."""
        return None if self._database.meta("commits") == self._last_commits else self.make()

    def restore(self, file: Path) -> None:
        """Put a verified copy in the library's place; the library as it is now is backed up first."""
        if not file.is_file():
            raise LibraryError(f"There is no file {file}.")
        verify(file)
        self.make()
        with self._database.exclusive() as target, _connect(file, read_only=True) as source:
            source.backup(target)
            step = target.execute("PRAGMA user_version").fetchone()[0]
            if step < LATEST_STEP:
                migrate(target, self._database.path, step)

    def _free_name(self, stamp: str) -> Path:
        number = 1
        while True:
            extra = "" if number == 1 else f" {number}"
            path = self.folder / f"{self._database.path.stem} {stamp}{extra}{self._database.path.suffix}"
            if not path.exists():
                return path
            number += 1


def verify(file: Path) -> None:
    """Raise LibraryDamaged or LibraryError unless the file is a sound library of a step that this program knows."""
    try:
        with _connect(file, read_only=True) as copy:
            if copy.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise LibraryError(f"{file.name} is not a Konspekt library.")
            if copy.execute("PRAGMA user_version").fetchone()[0] > LATEST_STEP:
                raise LibraryError(f"{file.name} was written by a newer Konspekt.")
            result = copy.execute("PRAGMA quick_check").fetchone()[0]
            damaged = damaged_texts(copy)
    except sqlite3.DatabaseError as error:
        raise LibraryDamaged(f"{file.name} is damaged: {error}.") from error
    if result != "ok" or damaged:
        raise LibraryDamaged(f"{file.name} is damaged: {len(damaged)} texts differ from their checksums ({result}).")


@contextmanager
def _connect(path: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    mode = "ro" if read_only else "rwc"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def _commits(sql: sqlite3.Connection) -> str:
    return str(sql.execute("SELECT value FROM meta WHERE key = 'commits'").fetchone()[0])

