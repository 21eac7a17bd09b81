"""Opening a ledger file: the right SQLite, the right settings, and a clear refusal of what is no ledger of ours."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from types import ModuleType

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from onrecord.errors import LedgerError
from onrecord.ledger.migrations import MIGRATIONS

# "OnRc" in SQLite's application_id says that a file is a ledger of ours.
APPLICATION_ID = 0x4F6E5263
SECONDS_TO_WAIT_FOR_THE_WRITER = 10
# With the 2 MB that SQLite takes by itself, a look through all assertions with a common word takes twice the time.
KILOBYTES_CACHED = 16_384
# SQLite before this may corrupt a WAL file when two connections checkpoint at the same moment (fixed 2026-03-13).
FIRST_SOUND_SQLITE = (3, 51, 3)


def sqlite_module() -> ModuleType:
    """pysqlite3, which brings a current SQLite, where it is installed; else the standard library's."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


def connected(path: Path, *, create: bool, one_thread: bool = True) -> tuple[Engine, Connection]:
    """An open connection to the ledger at `path`, migrated to the present schema; `one_thread` refuses it to any other thread.

    Raises LedgerError where there is none and `create` is False, where the file is not ours, is newer, or cannot be used.
    """
    try:
        path = path.absolute()
        _refuse_what_is_no_file(path, create=create)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise LedgerError(f"{str(path)[:200]!r} cannot be used ({said}); give another place with --ledger") from None
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlite_module(),
        connect_args={"check_same_thread": one_thread},
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
    )
    event.listen(engine, "connect", _set_up)
    try:
        connection = engine.connect()
        _migrate(connection, path)
    except DBAPIError as error:
        raise ledger_error(path, error) from None
    except ValueError as error:
        raise LedgerError(f"{str(path)!r} cannot be used ({error}); give another place with --ledger") from None
    return engine, connection


def _refuse_what_is_no_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise LedgerError(f"{path} is a folder, not a ledger; give a file, e.g. {path / 'ledger.db'}")
    if path.exists() and not path.is_file():
        raise LedgerError(f"{path} is no ordinary file; give another place with --ledger")
    if not path.exists() or path.stat().st_size == 0:
        if not create:
            raise LedgerError(f"there is no ledger at {path}; add documents first: onrecord add FILE")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(
                f"the folder {path.parent} cannot be made ({error.strerror}); give another place with --ledger"
            ) from None
        if not os.access(path.parent, os.W_OK):
            raise LedgerError(f"the folder {path.parent} is not writable; give another place with --ledger")
        return
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise LedgerError(f"{path} cannot be read ({error.strerror}); check that you may read it") from None
    if head != b"SQLite format 3\x00":
        raise LedgerError(f"{path} is not an OnRecord ledger; give another file with --ledger")


def _set_up(dbapi_connection: object, _: object) -> None:
    cursor = dbapi_connection.cursor()  # type: ignore[attr-defined]
    for setting in (
        f"busy_timeout = {SECONDS_TO_WAIT_FOR_THE_WRITER * 1000}",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "synchronous = FULL",
        f"cache_size = -{KILOBYTES_CACHED}",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _migrate(connection: Connection, path: Path) -> None:
    version = _refuse_foreign(connection, path)
    if version == len(MIGRATIONS):
        return
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        for step in MIGRATIONS[_refuse_foreign(connection, path) :]:
            for statement in step:
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")


def _refuse_foreign(connection: Connection, path: Path) -> int:
    """The schema version of the file; 0 for an empty one. Raises LedgerError for a file that is not ours, or newer."""
    owner = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if tables and owner != APPLICATION_ID:
        raise LedgerError(
            f"{path} is a database of another program, not an OnRecord ledger; give another file with --ledger"
        )
    if version > len(MIGRATIONS):
        raise LedgerError(
            f"{path} was written by a newer OnRecord (ledger version {version}, this one knows {len(MIGRATIONS)}); update OnRecord"
        )
    return version


def ledger_error(path: Path, error: DBAPIError) -> LedgerError:
    """What a fault of the database means for the user."""
    words = str(error.orig).lower()
    if "locked" in words or "busy" in words:
        return LedgerError(f"{path} is being written by another run; wait for it to end and try again")
    if "readonly" in words or "unable to open" in words or "permission" in words:
        return LedgerError(f"{path} cannot be written; check its permissions or give another file with --ledger")
    if "full" in words:
        return LedgerError(f"the disk that holds {path} is full; free some space and run the same command again")
    if "malformed" in words or "not a database" in words or "corrupt" in words:
        return LedgerError(f"{path} is damaged ({error.orig}); restore it from a backup")
    return LedgerError(f"{path} could not be used ({error.orig}); look at it with: onrecord doctor --ledger {path}")
