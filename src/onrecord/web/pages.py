"""What each page shows: one frozen dataclass a page, gathered from the answers. The `.json` of a page is the same dataclass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from onrecord import pipeline, review
from onrecord.answers.assertions import Asked, assertion_rows, row_of
from onrecord.answers.check import rows_by
from onrecord.answers.claim import ClaimAnswer, claim_answer
from onrecord.answers.evidence import Held, held
from onrecord.answers.figures import figure_rows
from onrecord.answers.grades import grade_row
from onrecord.answers.relations import relation_rows
from onrecord.answers.rows import AssertionRow, CheckRow, FigureRow, GradeRow, day, source_words
from onrecord.decided import standing
from onrecord.errors import MissingError, QueryError
from onrecord.ledger.store import Ledger
from onrecord.linking.claims import claims
from onrecord.linking.copies import copies
from onrecord.linking.sources import parties, plain
from onrecord.records import Assertion, Decision, Document, SourceKind, Span, words_of
from onrecord.web.chains import Chain, chain
from onrecord.web.cursors import cursor, offset_of
from onrecord.web.marks import Mark, Piece, paragraphs

# A page of a list; a search ranks at most so many assertions.
NAMED = (SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET)
A_PAGE = 50
MOST_RANKED = 500
# The home page looks at the documents that were added last.
NEWEST = 12
MOST_LOOKED_AT = 100
MOST_SHOWN = 8
# Documents that are compared with one for copied passages: those whose assertions are most like its own.
MOST_COMPARED = 40
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

    `new` is how many documents were added since the reader's last look, None where that is not known.
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
    called = {row.subject: row.series for row in figures if row.counted and not row.series.startswith("(")}
    counted = Counter(row.subject for row in figures if row.subject in called)
    places = Counter(p.name for a in found for p in a.places)
    named = {party.id for party in parties(found, documents).values() if party.named}
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
        newest=[document_row(d) for d in looked_at[:NEWEST]],
        contested=_contested(figures),
        sources=_most(sources),
        revising=_most(revising),
        counted=[CountedSeries(name=called[c.name], subject=c.name, count=c.count) for c in _most(counted)],
        countries_and_places=_most(places),
    )


def _most(counted: Counter[str]) -> list[Counted]:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Counted(name=name, count=count) for name, count in ordered[:MOST_SHOWN]]


def _contested(rows: Sequence[FigureRow]) -> list[ContestedSeries]:
    found = []
    for name, group in groupby(rows, key=lambda row: row.series):
        members = list(group)
        against = sum(row.standing == "disagrees" for row in members)
        values = [v for row in members for v in (row.low, row.best, row.high) if v is not None]
        if against and values and not name.startswith("("):
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


# ---------------------------------------------------------------- a document


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A passage that stands in two documents: where it is here, and the other one, which has it first where `from_there`."""

    start: int
    end: int
    other: DocumentRow
    other_start: int
    words: int
    from_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text under the same url, and the claims that it has and the one before it has not, and the other way round."""

    document: DocumentRow
    version: int
    added: list[str]
    dropped: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """A document with its assertions. `verdicts` and `copied` are there where it was compared with the rest of the ledger."""

    document: DocumentRow
    language: str | None
    genre: str
    authors: list[str]
    text: str
    assertions: list[AssertionRow]
    figures: list[FigureRow]
    versions: list[Version]
    compared: bool
    verdicts: list[CheckRow]
    copied: list[Copied]
    shown: list[list[Piece]]


def document_page(ledger: Ledger, name: str, *, at: int | None, compare: bool, as_of: datetime | None) -> DocumentPage:
    document = ledger.document(name)
    found = ledger.assertions_of(document)
    record = held(ledger, found, {document.id: document}, apart_from=document, as_of=as_of) if compare else None
    verdicts = rows_by(record, document, found) if record is not None else []
    copied = _copied(record, document) if record is not None else []
    return DocumentPage(
        document=document_row(document),
        language=document.language,
        genre=str(document.genre),
        authors=list(document.authors),
        text=document.text,
        assertions=[row_of(a, document) for a in found],
        figures=figure_rows(ledger, assertions=found),
        versions=_versions(ledger, document),
        compared=compare,
        verdicts=verdicts,
        copied=copied,
        shown=paragraphs(document.text, [*_marks(found), *_copy_marks(copied), *_here(found, at)]),
    )


def _marks(found: Iterable[Assertion]) -> list[Mark]:
    """The contents of assertions by act and certainty, their sources and cues."""
    marks = []
    for a in found:
        act, level = str(a.act).replace(" ", "-"), str(a.certainty.level)
        marks += [Mark(a.id, span, ("content", f"act-{act}", f"is-{level}")) for span in a.attribution.content]
        marks += [Mark(a.id, span, ("source",)) for span in a.attribution.source]
        marks += [Mark(a.id, span, ("cue",)) for span in a.attribution.cue]
    return marks


def _copy_marks(copied: Iterable[Copied]) -> list[Mark]:
    return [Mark("", Span(c.start, c.end), ("copied",)) for c in copied if c.from_there]


def _here(found: Iterable[Assertion], at: int | None) -> list[Mark]:
    """The sentence to which a link leads."""
    if at is None:
        return []
    sentences = [a.sentence for a in found if a.sentence.start <= at < a.sentence.end]
    return [Mark("here", min(sentences, key=lambda s: s.end - s.start, default=Span(at, at + 1)), ("here",))]


def _copied(record: Held, document: Document) -> list[Copied]:
    """The passages that stand in other documents too, of those whose assertions are most like its own."""
    often = sorted(record.hits, key=lambda id_: (-record.hits[id_], id_))
    others = {id_: record.documents[id_] for id_ in often if id_ != document.id}
    others = dict(list(others.items())[:MOST_COMPARED])
    rows = []
    for copy in copies([document, *others.values()]):
        if document.id not in (copy.of, copy.to):
            continue
        is_later = copy.of == document.id
        other = others[copy.to if is_later else copy.of]
        for passage in copy.passages:
            mine, theirs = (passage.later, passage.earlier) if is_later else (passage.earlier, passage.later)
            rows.append(
                Copied(
                    start=mine.start,
                    end=mine.end,
                    other=document_row(other),
                    other_start=theirs.start,
                    words=passage.words,
                    from_there=is_later,
                )
            )
    return sorted(rows, key=lambda row: (row.start, row.other.published or ""))


def _versions(ledger: Ledger, document: Document) -> list[Version]:
    texts = ledger.versions(document)
    if len(texts) < 2:
        return []
    said = [{words_of(t.text, a.attribution.content): None for a in ledger.assertions_of(t)} for t in texts]
    before = [{}, *said[:-1]]
    return [
        Version(
            document=document_row(text),
            version=number,
            added=[words for words in now if words not in then] if number > 1 else [],
            dropped=[words for words in then if words not in now],
        )
        for number, (text, now, then) in enumerate(zip(texts, said, before, strict=True), 1)
    ]


# ---------------------------------------------------------------- a claim


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision with the words it is about. `standing` is False for one that was undone."""

    id: str
    kind: str
    by: str
    why: str
    recorded: str
    document: str
    words: str
    other: str | None
    source: str | None
    undoes: str | None
    standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """A claim: its verdict, its assertions, the way of each to the reader, what others say, and what people decided on it."""

    claim: ClaimAnswer
    chain: Chain
    decisions: list[DecisionRow]


def claim_page(ledger: Ledger, id_: str, *, as_of: datetime | None) -> ClaimPage:
    answer = claim_answer(ledger, id_, as_of=as_of)
    about = {row.id for row in answer.assertions}
    read = ledger.as_read(about)
    on = [d for a in read.values() for d in review.decisions_on(ledger, a)]
    return ClaimPage(claim=answer, chain=chain(answer.ways), decisions=decision_rows(ledger, on))


def decision_rows(ledger: Ledger, decisions: Sequence[Decision]) -> list[DecisionRow]:
    documents = ledger.documents(ids={s.document for d in decisions for s in (d.about, d.other) if s is not None})
    still = {d.id for d in standing(ledger.decisions())}
    return [
        DecisionRow(
            id=d.id,
            kind=str(d.kind),
            by=d.by,
            why=d.why,
            recorded=d.recorded.isoformat(timespec="seconds"),
            document=documents[d.about.document].name,
            words=words_of(documents[d.about.document].text, d.about.content),
            other=words_of(documents[d.other.document].text, d.other.content) if d.other is not None else None,
            source=d.source,
            undoes=d.undoes,
            standing=d.id in still,
        )
        for d in decisions
    ]


# ---------------------------------------------------------------- figures, a source, time and place


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """The series of figures in what has some words, or the one asked for, each with its rows; the longest first."""

    words: str
    series: str | None
    as_of: str | None
    figures: list[FigureRow]
    drawable: bool


def figures_page(
    ledger: Ledger, words: str, *, series: str | None, as_of: datetime | None, given: str | None
) -> FiguresPage:
    rows = figure_rows(ledger, words, as_of=as_of, most=MOST_RANKED)
    rows = [row for row in rows if series in (row.subject, row.series)] if series else rows
    dated = Counter(row.series for row in rows if row.asserted or row.published)
    return FiguresPage(
        words=words, series=series, as_of=given, figures=rows, drawable=max(dated.values(), default=0) > 1
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
    own = [a.source for a in found if plain(name) in plain(a.source.name)]
    grade, shared = _grade(ledger, name, as_of) if graded or len(own) <= GRADED_AT_ONCE else (None, None)
    documents = ledger.documents(ids={a.document for a in found})
    said = [a for a in found if plain(name) in plain(source_words(a.source, a.hops))]
    related = relation_rows(ledger, assertions=found[:MOST_RELATED])
    kinds = Counter(row.kind for row in related if name.lower() in row.source.lower())
    return SourcePage(
        name=name,
        grade=grade,
        shared=shared,
        names=sorted({s.name for s in own} | {s.as_written for s in own if s.as_written[:1].isupper()}),
        roles=sorted({", ".join(filter(None, (s.role, s.affiliation))) for s in own} - {""}),
        said=[row_of(a, documents[a.document]) for a in said[:A_PAGE]],
        relations=_most(kinds),
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
    """Assertions by the day on which they were made (published, where the words do not tell), and where what they tell of is."""

    words: str
    since: str | None
    until: str | None
    as_of: str | None
    assertions: list[AssertionRow]
    placed: int


def timeline_page(
    ledger: Ledger, asked: Asked, *, since: str | None, until: str | None, as_of: str | None
) -> TimelinePage:
    rows = sorted(assertion_rows(ledger, asked), key=lambda r: (r.made or "", r.document, r.start))
    placed = sum(place.latitude is not None for row in rows for place in row.places)
    return TimelinePage(words=asked.words, since=since, until=until, as_of=as_of, assertions=rows, placed=placed)


# ---------------------------------------------------------------- search


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDocument:
    """A document with how many of its assertions fit."""

    document: DocumentRow
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The assertions that fit a question, best match first, a page of them, and the documents with most of them.

    Documents and facets are counted over `ranked` assertions, the best matches.
    """

    words: str
    source: str | None
    outlet: str | None
    act: str | None
    since: str | None
    until: str | None
    as_of: str | None
    ranked: int
    assertions: list[AssertionRow]
    documents: list[FoundDocument]
    acts: list[Counted]
    sources: list[Counted]
    outlets: list[Counted]
    next: str | None


def search_page(ledger: Ledger, asked: Asked, *, given: dict[str, str | None], after: str | None) -> SearchPage:
    question = repr(sorted(given.items()))
    offset = offset_of(after, ledger=ledger.identity(), question=question)
    rows = assertion_rows(ledger, asked)
    shown = rows[offset : offset + A_PAGE]
    more = offset + A_PAGE < len(rows)
    return SearchPage(
        words=asked.words,
        source=asked.source,
        outlet=asked.outlet,
        act=asked.act,
        since=given["since"],
        until=given["until"],
        as_of=given["as_of"],
        ranked=len(rows),
        assertions=shown,
        documents=_with_most(ledger, rows),
        acts=_most(Counter(r.act for r in rows)),
        sources=_most(Counter(r.source_name for r in rows)),
        outlets=_most(Counter(r.outlet for r in rows if r.outlet)),
        next=cursor(ledger=ledger.identity(), question=question, offset=offset + A_PAGE) if more else None,
    )


def _with_most(ledger: Ledger, rows: Sequence[AssertionRow]) -> list[FoundDocument]:
    most = Counter(row.document_id for row in rows).most_common(MOST_SHOWN)
    documents = ledger.documents(ids=[id_ for id_, _ in most])
    return [FoundDocument(document=document_row(documents[id_]), count=count) for id_, count in most]


# ---------------------------------------------------------------- check and review


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """A text that was pasted or fetched, with the verdict on each of its claims. Nothing of it is kept."""

    title: str | None
    text: str
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
        as_of=given,
        rows=rows,
        verdicts=_most(Counter(row.verdict for row in rows)),
        shown=paragraphs(document.text, marks),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing to decide: an assertion, and with `other` whether two put forward the same. `seen` is the newest decision on it."""

    assertion: AssertionRow
    sentence: str
    content_start: int
    content_end: int
    other: AssertionRow | None
    other_sentence: str | None
    weight: int
    reason: str
    seen: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The queue, what a decision would touch most first; what was decided; where two people disagree."""

    words: str
    items: list[ReviewItem]
    history: list[DecisionRow]
    disagreements: list[tuple[DecisionRow, DecisionRow]]
    standing: list[Counted]


def review_page(ledger: Ledger, words: str) -> ReviewPage:
    decisions = ledger.decisions()
    apart = review.disagreements(ledger)
    rows = {row.id: row for row in decision_rows(ledger, decisions)}
    counts: Counter[str] = Counter({str(kind): n for kind, n in review.tally(decisions).items()})
    return ReviewPage(
        words=words,
        items=[review_item(ledger, item) for item in review.queue(ledger, words, most=A_PAGE)],
        history=[rows[d.id] for d in reversed(decisions)][:A_PAGE],
        disagreements=[(rows[a.id], rows[b.id]) for a, b in apart],
        standing=_most(counts),
    )


def review_item(ledger: Ledger, item: review.Item) -> ReviewItem:
    on = review.decisions_on(ledger, item.assertion, item.other)
    content = item.assertion.attribution.content
    return ReviewItem(
        assertion=row_of(item.assertion, item.document),
        sentence=item.assertion.sentence.of(item.document.text),
        content_start=content[0].start,
        content_end=content[-1].end,
        other=row_of(item.other, item.other_document) if item.other and item.other_document else None,
        other_sentence=item.other.sentence.of(item.other_document.text) if item.other and item.other_document else None,
        weight=item.weight,
        reason=item.reason,
        seen=on[-1].id if on else None,
    )
