"""The nouns of OnRecord: frozen records without input or output.

Invariants, checked by property tests:

* a `Span` always cuts its own words: `document.text[span.start:span.end]`;
* every `as_written` is an exact cut of the text of its document;
* ids are hashes of content, so the same thing read twice has the same id.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open `[start, end)` in code points of `Document.text`.

    >>> Span(4, 9).of("The mayor said")
    'mayor'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span cuts from `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


class Granularity(StrEnum):
    """The finest unit that the words of a `Moment` commit to."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as an interval: `start` inclusive, `end` exclusive, both naive and in the document's own zone.

    `start` None means "some time before `end`", `end` None means "from `start` on". Never a false
    day: "October" is the whole month.
    """

    start: datetime | None
    end: datetime | None
    granularity: Granularity
    as_written: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """A date that a page offers for its publication, and where it was found."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The bytes as received, addressed by their SHA-256. A line of JSON Lines and a row of CSV (as JSON) is one of its own."""

    sha256: str
    content: bytes
    name: str


class Genre(StrEnum):
    """What kind of text a document is; decides how the author's own words are read."""

    REPORT = "report"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of one published text.

    `id` is the hash of what was published: url, outlet, title, publication date and text. `label` is the id that the
    input gave, if it gave one. `published` None means that no date was found. `retrieved` is when
    we received it, in UTC.
    """

    id: str
    label: str | None
    url: str | None
    outlet: str | None
    title: str | None
    authors: tuple[str, ...]
    published: datetime | None
    date_candidates: tuple[DateCandidate, ...]
    retrieved: datetime
    language: str
    genre: Genre
    text: str
    snapshot: str
    warnings: tuple[str, ...] = ()

    @property
    def appeared(self) -> datetime:
        """When it was published, or when we received it where it has no date; without a zone, in UTC."""
        return self.published or self.retrieved.replace(tzinfo=None)

    @property
    def name(self) -> str:
        """What to call it in an answer: the id that the input gave, else the document's id."""
        return self.label or self.id


class SourceKind(StrEnum):
    """Who stands behind an assertion."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "media outlet"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    UNATTRIBUTED = "unattributed"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who stands behind an assertion.

    `name` is the fullest mention of the same source in the document, `as_written` the words at this place;
    `role` and `affiliation` are as written, None where the text gives none. `country` is the ISO 3166-1 alpha-2 code of the
    state that its words name, None where they name none; `is_state` says that they name nothing but that state or its
    seat ("Nairobi said").
    """

    name: str
    kind: SourceKind
    as_written: str
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    is_state: bool = False
    reason: str = ""


class Act(StrEnum):
    """What a source does with what it puts forward."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DOUBTS = "doubts"
    COULD_NOT_VERIFY = "could not verify"
    DECLINES_TO_COMMENT = "declines to comment"
    PREDICTS = "predicts"
    THREATENS_OR_PROMISES = "threatens or promises"
    DEMANDS = "demands"
    ASKS = "asks"
    OPINES = "opines"


class Level(StrEnum):
    """How sure, after FactBank (Saurí and Pustejovsky 2009)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNCOMMITTED = "uncommitted"


class Polarity(StrEnum):
    """Whether it is put forward that it is so, or that it is not so."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """FactBank's grid for the source, and apart from it the distance that the reporter keeps.

    `distanced` is True where the reporter marks that he does not take the words over ("claimed",
    "allegedly").
    """

    level: Level
    polarity: Polarity
    distanced: bool
    reason: str


class Approximator(StrEnum):
    """How the words stand to the number."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    BETWEEN = "between"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity that an assertion gives.

    `low` and `high` are inclusive. They are equal, and equal to `best`, for an exact figure. A side that
    the words leave open is None: "at least 12" is low=12, best=None, high=None; "about 12" is best=12 alone.
    `counted` is who or what, as written; `whose` the ISO code of the country that they belong to, where the words tell.
    `change` is "up" or "down" where the figure is by how much something changed. `increment` is True
    where it adds to an earlier figure ("another 1,500"). `place` and `period` are the scope as written.
    `as_written` is cut by `span`.
    """

    low: float | None
    best: float | None
    high: float | None
    approximator: Approximator
    unit: str | None
    counted: str | None
    whose: str | None
    status: str | None
    change: str | None
    increment: bool
    place: str | None
    period: str | None
    as_written: str
    span: Span

    @property
    def values(self) -> frozenset[float]:
        """The numbers that the words name, one or two."""
        return frozenset(v for v in (self.low, self.best, self.high) if v is not None)


class Precision(StrEnum):
    """What the coordinates of a place are the middle of. In UCDP GED's `where_prec`: settlement 1, district 3, region 4, area 5
    (an area that lies across regions, or a stretch of land or sea), country 6."""

    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    AREA = "area"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as a text names it, and where it lies.

    `country` is an ISO 3166-1 alpha-2 code, None where the place is unknown or in no single country. Latitude and longitude are degrees
    of WGS 84, `precision` says what they are the middle of, and `entry` is the number in the gazetteer (a GeoNames id, negative
    for our own); all are None for a name that the gazetteer does not know. `others` are the numbers of the other places of that name, the
    likeliest first, and `reason` says why this one. `associative` is true where a place is named for its people or its government
    ("Kenyan troops", "Cairo refused"): that says who, not where (Gritta et al. 2018).
    """

    name: str
    country: str | None
    as_written: str
    span: Span
    associative: bool = False
    latitude: float | None = None
    longitude: float | None = None
    precision: Precision | None = None
    entry: int | None = None
    others: tuple[int, ...] = ()
    reason: str = ""

    @property
    def is_country(self) -> bool:
        """Whether the place is a whole country; what is not known is taken to be smaller."""
        return self.precision is Precision.COUNTRY


class EventType(StrEnum):
    """The sixteen types of PLOVER (Halterman et al. 2023)."""

    AGREE = "agree"
    CONSULT = "consult"
    SUPPORT = "support"
    COOPERATE = "cooperate"
    AID = "aid"
    CONCEDE = "concede"
    RETREAT = "retreat"
    REQUEST = "request"
    ACCUSE = "accuse"
    REJECT = "reject"
    THREATEN = "threaten"
    PROTEST = "protest"
    SANCTION = "sanction"
    MOBILIZE = "mobilize"
    COERCE = "coerce"
    ASSAULT = "assault"


class EventMode(StrEnum):
    """How an event stands to what is, in PLOVER's auxiliary modes; an event without one is reported as having happened."""

    HISTORICAL = "historical"
    ONGOING = "ongoing"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


class Sector(StrEnum):
    """What kind of body an actor is, by PLOVER's codes."""

    GOVERNMENT = "GOV"
    MILITARY = "MIL"
    POLICE = "COP"
    JUDICIARY = "JUD"
    LEGISLATURE = "LEG"
    PARTY = "PTY"
    OPPOSITION = "OPP"
    REBEL = "REB"
    CIVILIAN = "CVL"
    LABOUR = "LAB"
    MEDIA = "MED"
    BUSINESS = "BUS"
    EDUCATION = "EDU"
    REFUGEE = "REF"
    CRIMINAL = "CRM"
    RELIGION = "REL"
    INTERNATIONAL = "IGO"
    CHARITY = "NGO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does or suffers something: the words, the country (ISO 3166-1 alpha-2) and the sector, None where they do not tell."""

    words: str
    span: Span
    country: str | None
    sector: Sector | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is said to have happened: its type, the word that says so, who did it and to whom. None stands for nobody named."""

    type: EventType
    span: Span
    actor: Actor | None
    recipient: Actor | None
    modes: tuple[EventMode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content spans in the PARC / PolNeAR scheme.

    A source may be empty ("it was reported that"); a cue is empty for what the author puts forward himself.
    Each role may have several pieces.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of a chain "A reports, citing B": who passes it on, and the words that say so."""

    source: Source
    as_written: str
    span: Span


# A name under which a statement appeared may say so: "Kenya Wildlife Service (statement)".
OWN_STATEMENT = r"\s*\((?:\w+\s+){0,2}(?:statement|communiqu[eé]|announcement|declaration|press\s+release)\)$"
# Words by which a name is that of a public body, a firm or a movement, not of a newsroom.
_BODY = re.compile(
    rf"{OWN_STATEMENT}"
    r"|\b(?:ministry|department\s+of|secretariat|general\s+staff|coast\s+guard|high\s+commissioner|presidency|(?:prime\s+minister|president)['’]s\s+office)\b"
    r"|^(?:the\s+)?(?:embassy|government|parliament|(?:armed|defen[cs]e)\s+forces|army|navy)\s+of\b|\b(?:armed|defen[cs]e)\s+forces\s+(?:general\s+staff|headquarters|press\s+\w+)$"
    r"|\b(?:general|supreme|joint|central|regional)\s+command$"
    r"|(?:^|\s)(?:embassy|government|(?:armed|defen[cs]e)\s+forces|(?<!salvation\s)army|navy|police|(?:observ(?:er|ation)|monitoring|assistance|support)\s+mission)$"
    r"|^office\s+of\s+the\s+(?:\w+\s+){0,2}(?:president|prime\s+minister|spokes\w+|governor|mediator|commissioner|prosecutor)\b|\b(?:committee\s+of\s+the\s+red\s+cross|of\s+red\s+cross\s+and\s+red\s+crescent\s+societies)\b"
    r"|^(?:the\s+)?(?:[\w'’.-]+\s+){0,4}(?:front|brigades?|movement|militia|council|committee|commission|panel|federation|tribunal|directorate|authority|alliance)"
    r"(?:\s+(?:for|of|on|to|against)\b.*)?$|\b(?-i:plc|N\.?V\.?|B\.?V\.?|GmbH|Ltd\.?|Inc\.?|LLC|Corp\.?|S\.?A\.?S?\.?|AG|AB|ASA)$"
    # Bodies between states, or beside them as the Red Cross, that are known by their acronyms.
    r"|^(?:the\s+)?(?-i:UNICEF|UNHCR|UNRWA|UNDP|OCHA|OHCHR|WFP|WHO|IAEA|IOM|ICRC|IFRC|NATO|OSCE|OPCW|ASEAN|ECOWAS|IGAD|CARICOM)(?:\s+(?:commission|secretariat))?$"
    r"|^(?:the\s+)?(?:white\s+house|kremlin|pentagon|(?:u\.?s\.?\s+)?state\s+department|foreign\s+office|united\s+nations)$",
    re.IGNORECASE,
)


def is_body(name: str) -> bool:
    """Whether a document that appeared under a name is the own statement of a public body, a firm or a movement, not a newsroom's report.

    >>> is_body("Ministry of Defence, Republic of Kenya"), is_body("Lake Liberation Front"), is_body("The Lake Post")
    (True, True, False)
    """
    return _BODY.search(name) is not None


# Nouns for what others put forward (FrameNet: Statement), as they stand among the terms of an assertion.
CLAIM_NOUNS = frozenset(
    [
        "claim",
        "allegation",
        "accusation",
        "assertion",
        "suggestion",
        "report",
        "rumour",
        "rumor",
        "charge",
        "statement",
        "account",
        "version",
        "finding",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """One source putting one thing forward in one document; the unit of the record.

    `hops` runs from the one nearest to the reader to the one nearest to `source`, and is empty where the document
    gives the source's words itself. `asserted` is when the source said it, None where the words do
    not tell. `sentence` is the sentence (or run of sentences, for a long quotation) that carries it. `terms` are
    the normalised content words, for search and comparison. `parent` is the id of the assertion whose content
    this one lies in (a quotation within a quotation), None at the top. `answers` is the id of the assertion right before it that a reply
    speaks of without saying it again ("the ministry denied it"), and whose terms it then has too; None for other assertions. `event` is what is said to have happened, None where no word
    of the content speaks for one of the types.
    """

    id: str
    document: str
    attribution: Attribution
    source: Source
    hops: tuple[Hop, ...]
    act: Act
    certainty: Certainty
    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    places: tuple[Place, ...]
    terms: tuple[str, ...]
    asserted: Moment | None
    sentence: Span
    parent: str | None = None
    answers: str | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One pass of one version of the reader over one document. A newer one supersedes an older one."""

    id: str
    document: str
    reader: str
    recorded: datetime


class DecisionKind(StrEnum):
    """What a person decides about an assertion, about two assertions, or about an earlier decision."""

    ACCEPT = "accept"
    CORRECT_SPAN = "correct the span"
    WRONG_SOURCE = "wrong source"
    NOT_A_CLAIM = "not a claim"
    MERGE = "merge"
    SPLIT = "split"
    SKIP = "skip"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a document that a decision is about: they outlive the reading that found an assertion in them."""

    document: str
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided, `by` whom, `why` and when; added and never changed.

    `about` is what was decided on and `other` the second one of a merge or split, else None. `content` is the right content
    (CORRECT_SPAN), `source` the right name (WRONG_SOURCE), `undoes` the id of the decision taken back (UNDO); None elsewhere.
    """

    id: str
    kind: DecisionKind
    about: Said
    by: str
    why: str
    recorded: datetime
    other: Said | None = None
    content: tuple[Span, ...] | None = None
    source: str | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that did not become a document, with the fault and the remedy in words."""

    name: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.name}: {self.fault}; {self.remedy}"


class RelationKind(StrEnum):
    """How one assertion stands to another that is about the same thing."""

    REPEATS = "repeats"
    CONFIRMS = "confirms"
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    REVISES = "revises"
    NARROWS = "narrows"
    RETRACTS = "retracts"
    LEAVES_OPEN = "leaves open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A typed link from the assertion `of` to the assertion `to`, with its reason in words."""

    kind: RelationKind
    of: str
    to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is asserted, across documents: the assertions that put forward the same thing, oldest first, by id.

    `id` is that of the first, so it stays the same when others join. `relations` say why each of the others is in it.
    """

    id: str
    assertions: tuple[str, ...]
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the information of some documents comes from, as far as the texts tell.

    `rests` are the documents whose news it is, `recalls` those that only mention it as background.
    """

    name: str
    rests: tuple[str, ...]
    recalls: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Independence:
    """The number of independent origins of a claim as an interval, with the reasons."""

    at_least: int
    at_most: int
    reason: str


def content_hash(*parts: object) -> str:
    """A 16-digit id of `parts`, the same on every machine.

    >>> content_hash("a", None, 1) == content_hash("a", None, 1)
    True
    >>> content_hash("ab", "c") == content_hash("a", "bc")
    False
    """
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def words_of(text: str, spans: Iterable[Span]) -> str:
    """The words of several spans, joined by " ... " where they are apart.

    >>> words_of("Rain fell, he said, all day", [Span(0, 9), Span(20, 27)])
    'Rain fell ... all day'
    """
    return " ... ".join(span.of(text) for span in spans)
