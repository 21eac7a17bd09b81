"""The tables of the ledger as they are now, for queries; `migrations.py` makes them. Append-only: triggers refuse the rest."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

snapshot = Table(
    "snapshot",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text),
    Column("content", LargeBinary),
    Column("recorded", String(32)),
)

# `thread` is the url of a document, or its own id where it has none; `version` counts the texts under one url in the order
# they were recorded; `known` is from when on the text was known (see decision 2).
document = Table(
    "document",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String(16)),
    Column("label", Text),
    Column("thread", Text),
    Column("version", Integer),
    Column("known", String(32)),
    Column("published", String(32)),
    Column("recorded", String(32)),
    Column("snapshot", String(64)),
    Column("record", Text),
)

reading = Table(
    "reading",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String(16)),
    Column("document", String(16)),
    Column("reader", Text),
    Column("recorded", String(32)),
)

assertion = Table(
    "assertion",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String(16)),
    Column("reading", String(16)),
    Column("record", Text),
)

failure = Table(
    "failure",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("name", Text),
    Column("fault", Text),
    Column("remedy", Text),
    Column("recorded", String(32)),
)

# `about` is the document that a decision is about.
decision = Table(
    "decision",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String(16)),
    Column("about", String(16)),
    Column("recorded", String(32)),
    Column("record", Text),
)

APPEND_ONLY = ("snapshot", "document", "reading", "assertion", "failure", "decision")
