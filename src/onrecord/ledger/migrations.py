"""The numbered steps from an empty file to the present ledger. The list only grows; a step that has shipped is never edited.

A step is SQL as it stood when it shipped; it does not follow `schema.py`, which describes the present.
"""

from __future__ import annotations


def _guards(table: str) -> tuple[str, str]:
    """What keeps a table append-only."""
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    )


_FIRST = (
    "CREATE TABLE snapshot (sha256 VARCHAR(64) PRIMARY KEY NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL, recorded VARCHAR(32) NOT NULL)",
    "CREATE TABLE document (sequence INTEGER PRIMARY KEY NOT NULL, id VARCHAR(16) NOT NULL UNIQUE, label TEXT, thread TEXT NOT NULL, "
    "version INTEGER NOT NULL, known VARCHAR(32) NOT NULL, published VARCHAR(32), recorded VARCHAR(32) NOT NULL, "
    "snapshot VARCHAR(64) NOT NULL REFERENCES snapshot (sha256), record TEXT NOT NULL)",
    "CREATE INDEX document_thread ON document (thread)",
    "CREATE INDEX document_label ON document (label)",
    "CREATE TABLE reading (sequence INTEGER PRIMARY KEY NOT NULL, id VARCHAR(16) NOT NULL UNIQUE, "
    "document VARCHAR(16) NOT NULL REFERENCES document (id), reader TEXT NOT NULL, recorded VARCHAR(32) NOT NULL)",
    "CREATE INDEX reading_document ON reading (document)",
    "CREATE TABLE assertion (sequence INTEGER PRIMARY KEY NOT NULL, id VARCHAR(16) NOT NULL, "
    "reading VARCHAR(16) NOT NULL REFERENCES reading (id), record TEXT NOT NULL)",
    "CREATE INDEX assertion_reading ON assertion (reading)",
    "CREATE TABLE failure (sequence INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, fault TEXT NOT NULL, remedy TEXT NOT NULL, "
    "recorded VARCHAR(32) NOT NULL)",
    *(guard for table in ("snapshot", "document", "reading", "assertion", "failure") for guard in _guards(table)),
    "CREATE VIRTUAL TABLE word USING fts5(words, content='', tokenize='porter unicode61 remove_diacritics 2')",
)

# What people decided about assertions.
_DECISIONS = (
    "CREATE TABLE decision (sequence INTEGER PRIMARY KEY NOT NULL, id VARCHAR(16) NOT NULL UNIQUE, about VARCHAR(16) NOT NULL, "
    "recorded VARCHAR(32) NOT NULL, record TEXT NOT NULL)",
    "CREATE INDEX decision_about ON decision (about)",
    "CREATE INDEX assertion_id ON assertion (id)",
    "CREATE INDEX document_published ON document (published)",
    "CREATE INDEX document_recorded ON document (recorded)",
    *_guards("decision"),
)

# The newest are asked for without words.
_NEWEST = ("CREATE INDEX document_known ON document (known)",)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _DECISIONS, _NEWEST)
