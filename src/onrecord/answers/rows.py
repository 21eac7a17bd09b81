"""What the answers give, a row each. The commands print them and `--json` writes them; the field names are promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onrecord.records import Assertion, Document, Hop, Source, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionRow:
    """One assertion: who put what forward. `text` is cut by `[start, end)` from the document's text."""

    id: str
    document: str
    source: str
    kind: str
    act: str
    certainty: str
    polarity: str
    asserted: str | None
    published: str | None
    start: int
    end: int
    text: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure of a series and how it stands to the one before. `asserted` and `published` are ISO dates."""

    document: str
    source: str
    low: float | None
    best: float | None
    high: float | None
    approximator: str
    unit: str | None
    counted: str | None
    status: str | None
    series: str
    asserted: str | None
    published: str | None
    start: int
    end: int
    text: str
    sentence: str
    standing: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginRow:
    """Documents that rest on one origin; `recalled` are those that only mention it later."""

    origin: str
    documents: list[str]
    recalled: list[str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words that decide a verdict: `stance` is "for" or "against". `text` is cut by `[start, end)`."""

    document: str
    source: str
    stance: str
    published: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One claim of a checked document and what the ledger says to it. `origins` is `[at least, at most]`."""

    text: str
    start: int
    end: int
    source: str
    verdict: str
    origins: tuple[int, int]
    reason: str
    evidence: list[Evidence]


def day(moment: datetime | None) -> str | None:
    """A time as an ISO date, None for None."""
    return moment.date().isoformat() if moment else None


def asserted_day(assertion: Assertion) -> str | None:
    """The first day on which the source said it, as far as the words tell."""
    return day(assertion.asserted.start) if assertion.asserted else None


def source_words(source: Source, hops: tuple[Hop, ...] = (), *, name: str | None = None) -> str:
    """A source as an answer names it, with role and affiliation, and who passes its words on.

    >>> source_words(Source(name="Ana Lopez", kind=SourceKind.PERSON, as_written="", role="spokeswoman", affiliation="the ministry"))
    'Ana Lopez (spokeswoman, the ministry)'
    """
    said = [part for part in (source.role, source.affiliation) if part and part not in source.name]
    words = name or source.name
    if source.kind is SourceKind.AUTHOR:
        words = f"{words} (own word)"
    elif said:
        words = f"{words} ({', '.join(said)})"
    elif source.as_written and source.kind is SourceKind.UNNAMED and len(source.as_written) > len(words) and len(source.as_written) < 80:
        words = source.as_written
    via = list(dict.fromkeys(hop.source.name for hop in hops if hop.source.name != source.name))
    return f"{words}, via {' and '.join(via)}" if via else words


def author_words(document: Document) -> str:
    """Whose word a document's own statements are."""
    return document.outlet or (document.authors[0] if document.authors else "the author")
