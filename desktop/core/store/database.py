"""The library file: its identity, its one writer and its readers.

One connection writes, under one lock, in `BEGIN IMMEDIATE` transactions; only it checkpoints the write-ahead log.
Every thread that reads has a read-only connection of its own. WAL with synchronous=FULL: with NORMAL, acknowledged
commits were lost in 30 of 30 simulated power cuts; with FULL in none.

Reading uses the standard library's sqlite3 alone, so that the first screen needs no import of SQLModel (0.7 s).
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core.errors import LibraryDamaged, LibraryError, LibraryInUse, LibraryTooNew
from desktop.core.store.file_lock import FileLock, Held

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

APPLICATION_ID = 0x4B4F4E53  # "KONS"
BUSY_TIMEOUT_MS = 5_000
SQLITE_HEADER = b"SQLite format 3\0"
TABLES = frozenset(
    ("meta", "value", "note", "section", "link", "tag", "alias", "blob", "attachment", "revision", "import_source",
     "node_position", "index_queue", "saved_search", "opened_hit")
)  # fmt: skip
LATER_TABLES = {"saved_search": 2, "opened_hit": 2}  # the step of the schema that made them
COMPLETE_STEP = 3  # from this one on a reader misses nothing


class _Reader(sqlite3.Connection):
    """A reading connection: what fails in it, on a damaged disk or file, is a sentence for the user."""

    def execute(self, sql: str, parameters: Any = (), /) -> "_Rows":
        return self.cursor(_Rows).execute(sql, parameters)


class _Rows(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> "_Rows":
        try:
            super().execute(sql, parameters)
        except sqlite3.DatabaseError as error:
            raise _failed_reading(error) from error
        return self

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except sqlite3.DatabaseError as error:
            raise _failed_reading(error) from error

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except sqlite3.DatabaseError as error:
            raise _failed_reading(error) from error

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        try:
            yield from iter(super().fetchone, None)
        except sqlite3.DatabaseError as error:
            raise _failed_reading(error) from error


def _failed_reading(error: sqlite3.DatabaseError) -> LibraryError:
    if "closed database" in str(error):
        return LibraryError("The library was closed; open it again.")
    if "attempt to write" in str(error):
        return LibraryError("A reader cannot write.")
    return LibraryDamaged(f"The library could not be read: {error}; try “konspekt check”.")


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction: `sql` for lists, `session` for single rows as objects. Committed on leaving `write`."""

    sql: sqlite3.Connection
    session: "Session"


class Database:
    """One library file, open."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or make the file; raise LibraryError with a sentence when that cannot be."""
        self.path = Path(os.path.realpath(path))  # two ways to one file must meet at one lock
        self.read_only = read_only
        self._lock = threading.RLock()
        self._local = threading.local()
        self._readers_lock = threading.Lock()  # its own: a new reader must not wait for a long import
        self._readers: dict[threading.Thread, sqlite3.Connection] = {}
        self._closed = False
        self._engine_made: Engine | None = None
        self._file_lock = FileLock(Path(f"{self.path}.lock"))
        self._refuse_other_files()
        if not read_only:
            self._take_the_lock()
        try:
            self._writer = self._connect(read_only)
            self.schema_step = self._check_identity()
        except BaseException as error:
            if "_writer" in self.__dict__:
                self._writer.close()
            self._file_lock.release()
            if isinstance(error, sqlite3.DatabaseError):
                raise LibraryError(_sentence(self.path, error)) from error
            raise

    def close(self) -> None:
        """Close every connection and let go of the file."""
        with self._lock:
            self._closed = True
            with self._readers_lock:
                for connection in self._readers.values():
                    connection.close()
                self._readers.clear()
            if self._engine_made is not None:
                self._engine_made.dispose()
            self._writer.close()
            self._file_lock.release()

    def read(self) -> sqlite3.Connection:
        """Return this thread's read-only connection; raise LibraryError when the library was closed."""
        if self._closed:
            raise LibraryError("The library was closed; open it again.")
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect(read_only=True)
            self._local.connection = connection
            with self._readers_lock:
                for thread in [thread for thread in self._readers if not thread.is_alive()]:
                    self._readers.pop(thread).close()
                self._readers[threading.current_thread()] = connection
        return connection

    @contextmanager
    def write(self, *, counted: bool = True) -> Iterator[Transaction]:
        """Open the one write transaction: committed and on the disk on leaving, rolled back on any exception.

        `counted` transactions move the commit counter, by which a backup knows that there is something new.
        """
        if self.read_only:
            raise LibraryError("The library was opened for reading only; close the other Konspekt and try again.")
        with self._lock:
            from sqlalchemy.exc import IntegrityError, SQLAlchemyError  # late: see the module docstring
            from sqlmodel import Session  # and one thread at a time: half imported, it is of no use to another

            if self._closed:
                raise LibraryError("The library was closed; open it again.")
            try:
                with self._engine().begin() as bound:
                    raw = bound.connection.driver_connection
                    assert isinstance(raw, sqlite3.Connection)
                    with Session(bind=bound, expire_on_commit=False) as session:
                        yield Transaction(raw, session)
                        session.flush()
                        if counted:
                            raw.execute("UPDATE meta SET value = value + 1 WHERE key = 'commits'")
            except (IntegrityError, sqlite3.IntegrityError):
                raise  # a broken rule of the schema is our bug, not the user's
            except (SQLAlchemyError, sqlite3.DatabaseError) as error:
                raise LibraryError(_sentence(self.path, error)) from error

    @contextmanager
    def exclusive(self) -> Iterator[sqlite3.Connection]:
        """Lend the writer's bare connection for a copy of the whole file; no transaction is open."""
        with self._lock:
            yield self._writer

    def meta(self, key: str) -> str:
        """Return a fact of the file's identity, "" when it has none."""
        row = self.read().execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _engine(self) -> "Engine":
        if self._engine_made is None:
            from sqlalchemy import Connection, StaticPool, create_engine, event

            engine = create_engine("sqlite://", creator=lambda: self._writer, poolclass=StaticPool)

            @event.listens_for(engine, "begin")
            def begin(connection: Connection) -> None:
                connection.exec_driver_sql("BEGIN IMMEDIATE")

            self._engine_made = engine
        return self._engine_made

    def _connect(self, read_only: bool) -> sqlite3.Connection:
        mode = "ro" if read_only else "rwc"
        if read_only and self._is_on_read_only_medium():
            mode = "ro&immutable=1"  # a log beside the file, which reading needs otherwise, cannot be made there
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            factory=_Reader if read_only else sqlite3.Connection,
        )
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        if read_only:
            try:
                _stand_in_for_later_tables(connection)
            except BaseException:
                connection.close()
                raise
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _is_on_read_only_medium(self) -> bool:
        log = self.path.with_name(f"{self.path.name}-wal")
        return not os.access(self.path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)

    def _take_the_lock(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file_lock.acquire()
        except Held as error:
            raise LibraryInUse(f"{self.path.name} is open in another Konspekt; close it there first.") from error
        except OSError as error:
            raise LibraryError(f"{self.path} cannot be opened for writing: {error.strerror}.") from error

    def _refuse_other_files(self) -> None:
        if not self.path.exists():
            if self.read_only:
                raise LibraryError(f"There is no library at {self.path}.")
            return
        try:
            with self.path.open("rb") as file:
                head = file.read(72)
        except OSError as error:
            raise LibraryError(f"{self.path} cannot be read: {error.strerror}.") from error
        if not head:
            return
        if not head.startswith(SQLITE_HEADER) or int.from_bytes(head[68:72], "big") not in (0, APPLICATION_ID):
            raise LibraryError(f"{self.path.name} is not a Konspekt library; choose another file.")
        if int.from_bytes(head[68:72], "big") == 0:
            self._refuse_unmarked_database()

    def _refuse_unmarked_database(self) -> None:
        """Look, before a lock or a setting changes anything, whether a file without our mark is another program's."""
        try:
            with closing(self._connect(read_only=True)) as sql:
                marked = sql.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID  # in the log, perhaps
                if not marked and sql.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    raise LibraryError(f"{self.path.name} is not a Konspekt library; choose another file.")
        except sqlite3.DatabaseError as error:
            raise LibraryError(_sentence(self.path, error)) from error

    def _check_identity(self) -> int:
        from desktop.core.store.migrations import LATEST_STEP, keep_copy, migrate

        (application,) = self._writer.execute("PRAGMA application_id").fetchone()
        step = int(self._writer.execute("PRAGMA user_version").fetchone()[0])
        if application != APPLICATION_ID:
            if self._writer.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise LibraryError(f"{self.path.name} is not a Konspekt library; choose another file.")
            if self.read_only:
                raise LibraryError(f"{self.path.name} is an empty file, not a library.")
        if step > LATEST_STEP:
            raise LibraryTooNew(f"{self.path.name} was written by a newer Konspekt; update this one to open it.")
        if step < 0 or (self.read_only and not step):
            raise LibraryDamaged(f"{self.path.name} is damaged; restore a backup with “konspekt restore FILE”.")
        if step < LATEST_STEP and not self.read_only:
            if step:
                keep_copy(self._writer, self.path, step)
            migrate(self._writer, step)
            step = LATEST_STEP
        refuse_strange_schema(self._writer, self.path.name)
        return step


def _stand_in_for_later_tables(reader: sqlite3.Connection) -> None:
    """Show what an older library has not got yet as empty, in this connection alone."""
    (step,) = reader.execute("PRAGMA user_version").fetchone()
    if 0 < step < COMPLETE_STEP:
        from desktop.core.store.migrations import stand_in  # late: only an older library needs it

        stand_in(reader, step)


def refuse_strange_schema(sql: sqlite3.Connection, name: str) -> None:
    """Raise unless the file has its identity, every table of its step, and nothing that would run by itself."""
    kinds = sql.execute("SELECT type, name, sql LIKE 'CREATE VIRTUAL%' FROM sqlite_master").fetchall()
    if any(kind in ("trigger", "view") or virtual for kind, _name, virtual in kinds):
        raise LibraryError(f"{name} holds instructions that no Konspekt writes into a library; it was not opened.")
    (step,) = sql.execute("PRAGMA user_version").fetchone()
    due = {table for table in TABLES if LATER_TABLES.get(table, 1) <= step}
    missing = due - {table for kind, table, _virtual in kinds if kind == "table"}
    facts = set() if missing else {row[0] for row in sql.execute("SELECT key FROM meta WHERE value != ''")}
    if missing or not {"uuid", "commits"} <= facts:
        raise LibraryDamaged(f"{name} is damaged; restore a backup with “konspekt restore FILE”.")


def _sentence(path: Path, error: BaseException) -> str:
    text = str(getattr(error, "orig", error))
    if "full" in text:
        return "The disk is full: nothing was written; free some space and try again."
    if "locked" in text or "busy" in text:
        return f"{path.name} is busy in another program; try again in a moment."
    if "malformed" in text or "not a database" in text:
        return f"{path.name} is damaged; restore a backup with “konspekt restore FILE”."
    if "readonly" in text or "unable to open" in text:
        return f"{path} cannot be opened for writing; check the folder's permissions."
    return f"{path.name} could not be read or written: {text}."
