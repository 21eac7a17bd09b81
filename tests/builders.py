"""Builders of records for tests: each gives a whole record of which the test names only what matters."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from onrecord.records import Document, Genre, content_hash


def a_document(
    text: str = "Rain fell in Nairobi.",
    *,
    label: str | None = None,
    published: str | None = "2021-03-10",
    outlet: str | None = "The Wire",
    url: str | None = None,
    title: str | None = None,
    genre: Genre = Genre.REPORT,
) -> Document:
    """A document with these words."""
    return Document(
        id=content_hash("test", text, label, published, outlet, url, title),
        label=label,
        url=url,
        outlet=outlet,
        title=title,
        authors=(),
        published=datetime.fromisoformat(published) if published else None,
        date_candidates=(),
        retrieved=datetime(2026, 1, 1, tzinfo=UTC),
        language="en",
        genre=genre,
        text=text,
        snapshot=hashlib.sha256(text.encode()).hexdigest(),
    )
