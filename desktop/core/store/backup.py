"""Copies of the whole library: made with SQLite's own backup, verified before they count, the newest ten kept."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.core.errors import LibraryDamaged, LibraryError
from desktop.core.store.check import damaged_texts
from desktop.core.store.database import APPLICATION_ID, Database, refuse_strange_schema
from desktop.core.store.migrations import LATEST_STEP, migrate
from desktop.core.store.queue import enqueue_all
from desktop.core.store.rows import last_id

KEPT = 10
DRAFT = ".draft"
SIDECARS = ("", "-journal", "-wal", "-shm")


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
        own, suffix = f"{self._database.path.stem} ", self._database.path.suffix
        copies = [file for file in self.folder.iterdir() if file.name.startswith(own) and file.suffix == suffix]
        return sorted(copies, key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)

    def make(self) -> Path:
        """Copy the library and verify the copy; raise LibraryError when there is no room or the copy is not sound."""
        return self._make(verified=True)

    def _make(self, *, verified: bool) -> Path:
        try:
            self._make_room()
            target = self._free_name(time.strftime("%Y-%m-%d %H-%M-%S"))
            draft = target.with_name(f"{target.name}{DRAFT}")
            with self._dropped(draft):
                with self._database.exclusive() as source, _connect(draft) as copy:
                    commits = _commits(source)
                    source.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
                if verified:
                    self._verify_own(draft)
                draft.replace(target)
            os.utime(target)  # the newest by its time too, even where verifying took long or the clock went back
            self._last_commits = commits
            for old in [file for file in self.list() if file != target][KEPT - 1 :]:
                old.unlink(missing_ok=True)
        except (sqlite3.DatabaseError, OSError) as error:
            raise LibraryError(f"The backup could not be written: {error}.") from error
        return target

    def _make_room(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.iterdir():
            if left.name.endswith(tuple(DRAFT + ending for ending in SIDECARS)):
                left.unlink(missing_ok=True)  # of a copy that a crash cut off
        size = self._database.path.stat().st_size
        if shutil.disk_usage(self.folder).free < size + 16 * 1024 * 1024:
            raise LibraryError(f"There is no room for a backup in {self.folder}; free {size // 1_000_000 + 16} MB.")

    def _verify_own(self, draft: Path) -> None:
        try:
            verify(draft)
        except LibraryDamaged as error:
            name = self._database.path.name
            message = f"{name} is damaged, so no backup was made; run “konspekt check --repair” first."
            raise LibraryDamaged(message) from error

    @contextmanager
    def _dropped(self, draft: Path) -> Iterator[None]:
        try:
            yield
        finally:
            for ending in SIDECARS:
                draft.with_name(draft.name + ending).unlink(missing_ok=True)

    def make_if_changed(self) -> Path | None:
        """Copy the library when notes were written since it was opened or last copied."""
        return None if self._database.meta("commits") == self._last_commits else self.make()

    def restore(self, file: Path) -> None:
        """Put a verified copy in the library's place; the library as it is now is copied first, damaged or not.

        What is put there is prepared beside it: brought up to date, verified, all of it queued for the index. So
        the library changes in one transaction, or not at all.
        """
        if not file.is_file():
            raise LibraryError(f"There is no file {file}.")
        verify(file)
        self._make(verified=False)
        draft = self.folder / f"{self._database.path.stem} restored{DRAFT}"
        try:
            with self._dropped(draft):
                with _connect(file, read_only=True) as source, _connect(draft) as copy:
                    source.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
                    step = copy.execute("PRAGMA user_version").fetchone()[0]
                    if step < LATEST_STEP:
                        migrate(copy, step)
                    _carry_over(self._database.read(), copy)
                verify(draft)
                with _connect(draft, read_only=True) as source, self._database.exclusive() as target:
                    source.backup(target)
        except (sqlite3.DatabaseError, OSError) as error:
            raise LibraryError(f"The copy could not be put in place, the library is as it was: {error}.") from error

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
            refuse_strange_schema(copy, file.name)
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
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        yield connection
    finally:
        connection.close()


def _carry_over(present: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    """Queue what the index has or should have, and keep ids from coming again that notes have had since the copy."""
    enqueue_all(copy)
    ids = present.execute("SELECT id, 0 FROM note").fetchall()  # those that are gone now leave the index
    copy.executemany("INSERT OR IGNORE INTO index_queue (note_id, ticket) VALUES (?, ?)", ids)
    last = max(last_id(present), last_id(copy))
    copy.execute("DELETE FROM sqlite_sequence WHERE name = 'note'")
    copy.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('note', ?)", (last,))


def _commits(sql: sqlite3.Connection) -> str:
    return str(sql.execute("SELECT value FROM meta WHERE key = 'commits'").fetchone()[0])

