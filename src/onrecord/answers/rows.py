"""What the answers give, a row each. The commands print them and `--json` writes them; the field names are promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onrecord.reading.countries import countries_in, country_name
from onrecord.records import Assertion, Hop, Source, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A place that an assertion names. Without coordinates where the gazetteer does not know it; `reason` says why this one."""

    name: str
    as_written: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """What is said to have happened, in PLOVER's types, modes and sectors; actor and recipient as written, None for nobody named."""

    type: str
    modes: list[str]
    actor: str | None
    actor_country: str | None
    actor_sector: str | None
    recipient: str | None
    recipient_country: str | None
    recipient_sector: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionRow:
    """One assertion: who put what forward. `text` is cut by `[start, end)` from the document's text.

    `source_name` is the fullest mention of the source, `source` the same with role and affiliation; `source_reason` says how the source was found, `parent` is the assertion in whose words this one stands. `made` is the day on which it was
    put forward: `asserted`, or `published` where the words tell of no day or of one long before. `event` is None
    where no word speaks for a type of event.
    """

    id: str
    document: str
    document_id: str
    outlet: str | None
    source: str
    source_name: str
    source_reason: str
    kind: str
    act: str
    certainty: str
    polarity: str
    distanced: bool
    parent: str | None
    asserted: str | None
    published: str | None
    made: str | None
    start: int
    end: int
    text: str
    content: str
    places: list[PlaceRow]
    event: EventRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure of a series and how it stands to the one before. `asserted` and `published` are ISO dates.

    `document` is what the document is called, `document_id` its id, the same in every ledger. `series` is what the series is called here, `subject` what it counts, the same in every answer; `party` is the source under its one name, `before` the document and the start of the figure that it is compared with, None for none.
    """

    document: str
    document_id: str
    source: str
    party: str
    act: str
    low: float | None
    best: float | None
    high: float | None
    approximator: str
    unit: str | None
    counted: str | None
    status: str | None
    series: str
    subject: str
    asserted: str | None
    published: str | None
    start: int
    end: int
    text: str
    sentence: str
    standing: str
    reason: str
    before: tuple[str, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginRow:
    """Documents that rest on one origin; `recalled` are those that only mention it later."""

    origin: str
    documents: list[str]
    recalled: list[str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words that decide a verdict: `stance` is "for", "against", or "differs" for another figure; `reason` why. `text` is cut by `[start, end)`.

    `interest` says what the source has to do with it ("about its own side"), None for nothing that the words tell; no count goes by it.
    """

    document: str
    document_id: str
    source: str
    stance: str
    reason: str
    interest: str | None
    published: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One claim of a checked document and what the ledger says to it. `claim` is the id of its assertion, `origins` is
    `[at least, at most]`."""

    claim: str
    text: str
    start: int
    end: int
    source: str
    verdict: str
    origins: tuple[int, int]
    reason: str
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRow:
    """One claim as of a day, in the words of the assertion that put it forward first.

    `published` is the ISO date of that document, `origins` is `[at least, at most]`, `credibility` the proposed admiralty grade (1 to 6), `documents` those that put it forward, `first`
    and `last` the ISO dates of the earliest and the latest of them.
    """

    claim: str
    text: str
    start: int
    end: int
    document: str
    published: str | None
    source: str
    act: str
    certainty: str
    verdict: str
    origins: tuple[int, int]
    credibility: int
    reason: str
    first: str | None
    last: str | None
    documents: list[str]
    evidence: list[Evidence]


# What is as likely as this is called likely.
LIKELY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow:
    """How one assertion stands to an earlier one, with the words of both; the fields of the earlier begin with `to_`.

    `likelihood` says how likely, from 0 to 1, one that speaks against the earlier does (`likely.py`); None for other kinds, and where its place in a text, or
    nearly the same words, show what it answers.
    """

    kind: str
    document: str
    source: str
    published: str | None
    start: int
    end: int
    text: str
    to_document: str
    to_source: str
    to_published: str | None
    to_start: int
    to_end: int
    to_text: str
    reason: str
    likelihood: float | None

    @property
    def is_likely(self) -> bool:
        """Whether it is as likely as not, or its likelihood is not told."""
        return self.likelihood is None or self.likelihood >= LIKELY


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What changed on one claim or figure since a day: its verdict and origins before and after, None for what was not there."""

    change: str
    claim: str
    text: str
    document: str
    source: str
    published: str | None
    before: str | None
    after: str
    origins_before: tuple[int, int]
    origins: tuple[int, int]
    reason: str
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutRow:
    """What becomes of one claim when a source or a document is withdrawn: `effect` is "falls", "loses an origin" or "stands"."""

    effect: str
    claim: str
    text: str
    document: str
    source: str
    before: str
    after: str
    origins_before: tuple[int, int]
    origins: tuple[int, int]
    reason: str
    withdrawn: list[str]
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionRow:
    """A prediction, promise or threat, and what later documents say of it. `due` is the last ISO day it speaks of, None for none.

    `state` is "later claims say so", "later claims say otherwise", "later claims differ", "past due" (its day gone, nothing later) or "open".
    """

    text: str
    document: str
    source: str
    act: str
    made: str | None
    due: str | None
    state: str
    reason: str
    start: int
    end: int
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimGradeRow:
    """A claim of a source with its proposed credibility (1 to 6), and what others than the source say of it."""

    text: str
    document: str
    document_id: str
    credibility: int
    verdict: str
    reason: str
    others: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """The proposed reliability of a source (A to F) with its reason, and its claims, oldest first.

    `first` is on how many of the claims that others put forward too it was the first.
    """

    source: str
    reliability: str
    reason: str
    claims: int
    borne_out: int
    disputed: int
    first: int
    graded: list[ClaimGradeRow]


# A source's phrase as written is shown up to this many characters, else its head alone.
LONGEST_PHRASE = 90


def day(moment: datetime | None) -> str | None:
    """A time as an ISO date, None for None."""
    return moment.date().isoformat() if moment else None


def asserted_day(assertion: Assertion) -> str | None:
    """The first day on which the source said it, as far as the words tell."""
    return day(assertion.asserted.start) if assertion.asserted else None


def _is_fuller(phrase: str, head: str) -> bool:
    """Whether the phrase as written says more than its head and is not too long to show."""
    return len(head) < len(phrase) <= LONGEST_PHRASE and head.lower() in phrase.lower()


def source_words(
    source: Source, hops: tuple[Hop, ...] = (), *, name: str | None = None, side: str | None = None
) -> str:
    """A source as an answer names it, with role and affiliation, its state where the words do not say it, and who passes
    its words on.

    >>> source_words(Source(name="Ana Lopez", kind=SourceKind.PERSON, as_written="", role="spokeswoman", affiliation="the ministry"))
    'Ana Lopez (spokeswoman, the ministry)'
    """
    said = [part for part in (source.role, source.affiliation) if part and part.removeprefix("the ") not in source.name]
    said = [_turned_back(part) for part in said]
    words = _turned_back(name or source.name)
    if source.kind is SourceKind.AUTHOR:
        words = f"{words} (own word)"
    elif said:
        words = f"{words} ({', '.join(said)})"
    elif source.kind is not SourceKind.PERSON and _is_fuller(source.as_written, words):
        words = _turned_back(source.as_written)
    if side is not None and side not in {mention.code for mention in countries_in(words) if mention.how != "seat"}:
        words = f"{words} [{country_name(side)}]"
    via = list(dict.fromkeys(_turned_back(hop.source.name) for hop in hops if hop.source.name != source.name))
    return f"{words}, via {' and '.join(via)}" if via else words


# What turns the direction of writing, and what ends it (Unicode Bidirectional Algorithm, 3.1): embeddings and overrides, isolates.
_TURNS = (("\u202a\u202b\u202d\u202e", "\u202c"), ("\u2066\u2067\u2068", "\u2069"))


def _turned_back(name: str) -> str:
    """A name that turns nothing beyond its end: what it opens it closes.

    >>> _turned_back("Ana\u202e") == "Ana\u202e\u202c", _turned_back("Ana")
    (True, 'Ana')
    """
    return name + "".join(end * max(0, sum(map(name.count, opening)) - name.count(end)) for opening, end in _TURNS)


def value_words(row: FigureRow) -> str:
    """A figure in short: "12,000", "~11,000", "≥ 3,000", "≤ 8,000", "2,000–12,000"."""
    unit = {"percent": "%"}.get(row.unit or "", f" {row.unit}" if row.unit else "")
    if row.best is not None:
        return f"{'' if row.approximator == 'exact' else '~'}{_number(row.best)}{unit}"
    if row.low is not None and row.high is not None:
        return f"{_number(row.low)}–{_number(row.high)}{unit}"
    return f"≥ {_number(row.low)}{unit}" if row.low is not None else f"≤ {_number(row.high or 0)}{unit}"


def _number(value: float) -> str:
    """A number with thousands marked and no more decimals than it has.

    >>> _number(1_200_000.0), _number(0.5)
    ('1,200,000', '0.5')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"
