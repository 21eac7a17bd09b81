"""What each page shows: one frozen dataclass a page, gathered from the answers. The `.json` of a page is the same dataclass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from onrecord import pipeline
from onrecord.answers.assertions import Asked, assertion_rows, row_of
from onrecord.answers.figures import figure_rows, with_figures
from onrecord.answers.grades import grade_row
from onrecord.answers.relations import relations_among
from onrecord.answers.rows import AssertionRow, CheckRow, FigureRow, GradeRow, day, source_words
from onrecord.errors import MissingError, QueryError
from onrecord.ledger.store import Ledger
from onrecord.linking.claims import claims
from onrecord.linking.copies import copies
from onrecord.linking.origins import origins
from onrecord.linking.sources import is_part_of, parties
from onrecord.records import Document, Failure, RelationKind, SourceKind, Span
from onrecord.web.cursors import cursor, offset_of
from onrecord.web.marks import Mark, Piece, paragraphs

NAMED = (SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET)
# A page of a list; a search ranks at most so many assertions.
A_PAGE = 50
MOST_RANKED = 500
# The home page looks at the documents that were added last.
NEWEST = 12
MOST_LOOKED_AT = 100
MOST_SHOWN = 8
# A source with more assertions is graded when asked to be; that takes a second and more.
GRADED_AT_ONCE = 20
MOST_RELATED = 60
MOST_SAID = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document in a list. `published` and `retrieved` are ISO days, None where there is none."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    published: str | None
    retrieved: str | None
    url: str | None


def document_row(document: Document) -> DocumentRow:
    return DocumentRow(
        id=document.id,
        name=document.name,
        title=document.title,
        outlet=document.outlet,
        published=day(document.published),
        retrieved=day(document.retrieved),
        url=document.url,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A name with how often it was found."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedSeries:
    """A series of figures with how many it has."""

    name: str
    subject: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestedSeries:
    """A series of figures in which sources disagree."""

    name: str
    subject: str
    figures: int
    disagreements: int
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What the ledger holds. All below `looked_at` is counted over so many documents, those added last.

    `shared_origins` is how many origins two or more of them rest on. `new` is how many documents were added since the reader's last look, None where that is not known.
    """

    documents: int
    assertions: int
    decisions: int
    failures: int
    first: str | None
    last: str | None
    looked: str | None
    new: int | None
    looked_at: int
    outlets: int
    claims: int
    parties: int
    shared_origins: int
    newest: list[DocumentRow]
    contested: list[ContestedSeries]
    sources: list[Counted]
    revising: list[Counted]
    counted: list[CountedSeries]
    countries_and_places: list[Counted]


def home_page(ledger: Ledger, looked: datetime | None = None) -> HomePage:
    counts, (first, last) = ledger.counts(), ledger.published_between()
    looked_at = ledger.newest(MOST_LOOKED_AT)
    found = ledger.assertions_in({d.id for d in looked_at})
    documents = {d.id: d for d in looked_at}
    figures = figure_rows(ledger, assertions=found)
    sources = Counter(a.source.name for a in found if a.source.kind in NAMED)
    revising = Counter(row.party for row in figures if row.standing == "revises")
    called = {row.subject: row.series for row in figures if row.counted}
    counted = Counter(row.subject for row in figures if row.subject in called)
    places = Counter(p.name for a in found for p in a.places)
    party_of = parties(found, documents)
    named = {party.id for party in party_of.values() if party.named}
    return HomePage(
        documents=counts["document"],
        assertions=counts["assertion"],
        decisions=counts["decision"],
        failures=counts["failure"],
        first=day(first),
        last=day(last),
        looked=looked.isoformat(timespec="minutes") if looked is not None else None,
        new=ledger.recorded_since(looked) if looked is not None else None,
        looked_at=len(looked_at),
        outlets=len({d.outlet for d in documents.values() if d.outlet}),
        claims=len(claims(found, documents, ledger.pairs(found))),
        parties=len(named),
        shared_origins=len(origins(documents, found, party_of, copies(documents.values()))),
        newest=[document_row(d) for d in looked_at[:NEWEST]],
        contested=_contested(figures),
        sources=most_common(sources),
        revising=most_common(revising),
        counted=[CountedSeries(name=called[c.name], subject=c.name, count=c.count) for c in most_common(counted)],
        countries_and_places=most_common(places),
    )


def most_common(counted: Counter[str]) -> list[Counted]:
    """The names that were found most often, at most MOST_SHOWN."""
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Counted(name=name, count=count) for name, count in ordered[:MOST_SHOWN]]


def _contested(rows: Sequence[FigureRow]) -> list[ContestedSeries]:
    found = []
    for name, group in groupby(rows, key=lambda row: row.series):
        members = list(group)
        against = sum(row.standing == "disagrees" for row in members)
        values = [v for row in members for v in (row.low, row.best, row.high) if v is not None]
        if against and values and any(row.counted for row in members):
            found.append(
                ContestedSeries(
                    name=name,
                    subject=members[0].subject,
                    figures=len(members),
                    disagreements=against,
                    lowest=min(values),
                    highest=max(values),
                )
            )
    return sorted(found, key=lambda s: (-s.disagreements, s.name))[:MOST_SHOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class FailuresPage:
    """The inputs that did not become documents, the newest first."""

    failures: list[Failure]


def failures_page(ledger: Ledger) -> FailuresPage:
    return FailuresPage(failures=ledger.failures()[::-1])


# ---------------------------------------------------------------- figures, a source, time and place


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """The series of figures in what has some words, or the one asked for by its subject, each with its rows; the longest first.

    They come from the `looked_at` assertions with figures that match best, without words the newest.
    """

    words: str
    series: str | None
    as_of: str | None
    looked_at: int
    figures: list[FigureRow]
    drawable: bool


def figures_page(
    ledger: Ledger, words: str, *, series: str | None, as_of: datetime | None, given: str | None
) -> FiguresPage:
    found = with_figures(ledger, words, series=series, as_of=as_of, most=MOST_RANKED)
    rows = figure_rows(ledger, as_of=as_of, assertions=found)
    rows = [row for row in rows if row.subject == series] if series else rows
    dated = Counter(row.series for row in rows if row.asserted or row.published)
    return FiguresPage(
        words=words,
        series=series,
        as_of=given,
        looked_at=len(found),
        figures=rows,
        drawable=max(dated.values(), default=0) > 1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """A source: its proposed grade, what it said, and how often it revised or was contradicted.

    `grade` is None where it was not asked for and the source said much, or where several sources share the name; `shared` says which.
    The relations are counted over the MOST_RELATED assertions that fit the name best.
    """

    name: str
    grade: GradeRow | None
    shared: str | None
    names: list[str]
    roles: list[str]
    said: list[AssertionRow]
    relations: list[Counted]


def source_page(ledger: Ledger, name: str, *, graded: bool, as_of: datetime | None) -> SourcePage:
    found = ledger.assertions(name, as_of=as_of, most=MOST_SAID)
    own = [a.source for a in found if is_part_of(name, a.source.name)]
    grade, shared = _grade(ledger, name, as_of) if graded or len(own) <= GRADED_AT_ONCE else (None, None)
    documents = ledger.documents(ids={a.document for a in found})
    said = [a for a in found if is_part_of(name, source_words(a.source, a.hops))]
    own_ids = {a.id for a in said}
    links = [r for r in relations_among(found[:MOST_RELATED], documents) if r.of in own_ids]
    kinds = Counter(str(r.kind) for r in links if r.kind is not RelationKind.REPEATS)
    return SourcePage(
        name=name,
        grade=grade,
        shared=shared,
        names=sorted({s.name for s in own} | {s.as_written for s in own if s.as_written[:1].isupper()}),
        roles=sorted({", ".join(filter(None, (s.role, s.affiliation))) for s in own} - {""}),
        said=[row_of(a, documents[a.document]) for a in said[:A_PAGE]],
        relations=most_common(kinds),
    )


def _grade(ledger: Ledger, name: str, as_of: datetime | None) -> tuple[GradeRow | None, str | None]:
    """The grade of a source, or why it has none."""
    try:
        return grade_row(ledger, name, as_of=as_of), None
    except MissingError:
        raise
    except QueryError as error:
        return None, str(error)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """Assertions by the day on which they were made (published, where the words do not tell), and where what they tell of is.

    `more` says whether others fit too: those here match the words best, or are the newest.
    """

    words: str
    since: str | None
    until: str | None
    as_of: str | None
    more: bool
    assertions: list[AssertionRow]
    placed: int


def timeline_page(
    ledger: Ledger, asked: Asked, *, since: str | None, until: str | None, as_of: str | None
) -> TimelinePage:
    found, more = _best(ledger, asked)
    rows = sorted(found, key=lambda r: (r.made or "", r.document, r.start))
    placed = sum(place.latitude is not None for row in rows for place in row.places)
    return TimelinePage(
        words=asked.words, since=since, until=until, as_of=as_of, more=more, assertions=rows, placed=placed
    )


def _best(ledger: Ledger, asked: Asked) -> tuple[list[AssertionRow], bool]:
    """As many rows as are asked for, and whether there are more."""
    most = asked.most or MOST_RANKED
    rows = assertion_rows(ledger, replace(asked, most=most + 1))
    return rows[:most], len(rows) > most


# ---------------------------------------------------------------- search


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDocument:
    """A document with how many of its assertions fit."""

    document: DocumentRow
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The assertions that fit a question, best match first (the newest, without words), a page of them, and the documents with most.

    Documents and facets are counted over `ranked` assertions, the best matches; `more` says whether others fit too.
    """

    words: str
    source: str | None
    outlet: str | None
    act: str | None
    since: str | None
    until: str | None
    as_of: str | None
    ranked: int
    more: bool
    assertions: list[AssertionRow]
    documents: list[FoundDocument]
    acts: list[Counted]
    sources: list[Counted]
    outlets: list[Counted]
    next: str | None


def search_page(
    ledger: Ledger, asked: Asked, *, given: dict[str, str | None], after: str | None, size: int
) -> SearchPage:
    """A page of so many rows; those of `size` or more go on beyond what is ranked for the others."""
    question = repr(sorted(given.items()))
    offset = offset_of(after, ledger=ledger.identity(), question=question)
    most = asked.most or MOST_RANKED
    rows, more = _best(ledger, replace(asked, most=offset + size) if size >= most else asked)
    shown = rows[offset : offset + size]
    goes_on = offset + size < len(rows) or (more and size >= most)
    return SearchPage(
        words=asked.words,
        source=asked.source,
        outlet=asked.outlet,
        act=asked.act,
        since=given["since"],
        until=given["until"],
        as_of=given["as_of"],
        ranked=len(rows),
        more=more,
        assertions=shown,
        documents=_with_most(ledger, rows),
        acts=most_common(Counter(r.act for r in rows)),
        sources=most_common(Counter(r.source_name for r in rows)),
        outlets=most_common(Counter(r.outlet for r in rows if r.outlet)),
        next=cursor(ledger=ledger.identity(), question=question, offset=offset + size) if goes_on else None,
    )


def _with_most(ledger: Ledger, rows: Sequence[AssertionRow]) -> list[FoundDocument]:
    most = Counter(row.document_id for row in rows).most_common(MOST_SHOWN)
    documents = ledger.documents(ids=[id_ for id_, _ in most])
    return [FoundDocument(document=document_row(documents[id_]), count=count) for id_, count in most]


# ---------------------------------------------------------------- check


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """A text that was pasted or fetched, with the verdict on each of its claims. Nothing of it is kept."""

    title: str | None
    text: str
    published: str | None
    as_of: str | None
    rows: list[CheckRow]
    verdicts: list[Counted]
    shown: list[list[Piece]]


def check_page(ledger: Ledger, document: Document, *, as_of: datetime | None, given: str | None) -> CheckPage:
    rows = pipeline.check(ledger, document, as_of=as_of)
    marks = [
        Mark(f"c{number}", Span(row.start, row.end), ("content", f"verdict-{row.verdict}"))
        for number, row in enumerate(rows)
    ]
    return CheckPage(
        title=document.title,
        text=document.text,
        published=day(document.published),
        as_of=given,
        rows=rows,
        verdicts=most_common(Counter(row.verdict for row in rows)),
        shown=paragraphs(document.text, marks),
    )
