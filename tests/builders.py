"""Builders of records for tests: each gives a whole record of which the test names only what matters."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
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


def grows_with(work: Callable[[int], object]) -> float:
    """How many times more processor time the work takes for four times the size: 4 where it grows with the size, 16 with its square.

    The best of three runs each, so that what else the machine does counts little.
    """

    def seconds(size: int) -> float:
        started = time.process_time()
        work(size)
        return time.process_time() - started

    work(100)
    small, large = (min(seconds(size) for _ in range(3)) for size in (2_000, 8_000))
    return large / max(small, 0.005)
