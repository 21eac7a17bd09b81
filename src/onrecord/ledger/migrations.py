"""The numbered steps from an empty file to the present ledger. The list only grows; a step that has shipped is never edited."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from onrecord.ledger import schema


def _first(connection: Connection) -> None:
    """The tables, the guards that keep them append-only, and the word index."""
    schema.metadata.create_all(connection)
    for table in schema.APPEND_ONLY:
        for action in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE word USING fts5(words, content='', tokenize='porter unicode61 remove_diacritics 2')"
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first,)
