"""The tables of the ledger. Append-only: rows are added, never edited or deleted; triggers refuse the rest."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

snapshot = Table(
    "snapshot",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("recorded", String(32), nullable=False),
)

# `thread` is the url of a document, or its own id where it has none; `version` counts the texts under one url from 1.
document = Table(
    "document",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("label", Text),
    Column("thread", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("published", String(32)),
    Column("recorded", String(32), nullable=False),
    Column("snapshot", String(64), ForeignKey("snapshot.sha256"), nullable=False),
    Column("record", Text, nullable=False),
    Index("document_thread", "thread"),
    Index("document_label", "label"),
)

reading = Table(
    "reading",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("document", String(16), ForeignKey("document.id"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("recorded", String(32), nullable=False),
    Index("reading_document", "document"),
)

assertion = Table(
    "assertion",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String(16), nullable=False),
    Column("reading", String(16), ForeignKey("reading.id"), nullable=False),
    Column("record", Text, nullable=False),
    Index("assertion_reading", "reading"),
)

failure = Table(
    "failure",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("fault", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("recorded", String(32), nullable=False),
)

APPEND_ONLY = ("snapshot", "document", "reading", "assertion", "failure")
