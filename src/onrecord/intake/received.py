"""What arrives before it is a document: bytes with a name, or a failure in words. And the limits of what is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onrecord.records import DateCandidate, Document, Failure, Snapshot

# A page of news has a median of 0.1 MB and hardly ever more than 2; above 10 MB extraction takes minutes.
LARGEST_PAGE = 10 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an input says of a document besides its text; None where it says nothing."""

    label: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    dates: tuple[DateCandidate, ...] = ()


NOTHING_TOLD = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Bytes as they came: `name` for messages, `url` where they were fetched from, `retrieved` in UTC.

    `told` is what the person who handed them over says of every document in them.
    """

    name: str
    content: bytes
    url: str | None
    retrieved: datetime
    told: Given = NOTHING_TOLD


def readable(name: str) -> str:
    """A name of a file or an address as text that can be shown and stored, whatever bytes it has.

    >>> readable("a\\udcffb")
    'a\\\\udcffb'
    """
    return name.encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One document out of an input, with the bytes that it was made from and what to tell the user."""

    snapshot: Snapshot
    document: Document
    notes: tuple[Failure, ...] = ()


Arrival = Taken | Failure
