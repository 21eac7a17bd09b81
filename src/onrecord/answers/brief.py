"""A situation brief: what is claimed about something as of a day, by whom, how independent, with a note for every sentence.

Nothing is in it that the other answers do not give: it only gathers their rows and points each at the words of a document.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from onrecord.answers.assertions import Asked, assertion_rows
from onrecord.answers.figures import figure_rows
from onrecord.answers.known import known_rows
from onrecord.answers.predictions import prediction_rows
from onrecord.answers.relations import relation_rows
from onrecord.answers.rows import Evidence, FigureRow, KnownRow, PredictionRow, RelationRow, day
from onrecord.ledger.store import Ledger
from onrecord.records import Act, Document, RelationKind

# Each section shows so many at most; the brief says how many more there are.
MOST = 12
MOST_NOTES = 4  # documents behind one sentence
LEAST_OF_SERIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The words of a document behind a sentence."""

    document: str
    outlet: str | None
    published: str | None
    url: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of a brief: `words` are a source's own, `said` is ours; `notes` are numbers of notes, from 1."""

    words: str
    said: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The figures for one thing, oldest first, each with the number of its note."""

    name: str
    rows: tuple[tuple[FigureRow, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a brief: its lines or its series, and how many it leaves out."""

    title: str
    about: str
    lines: tuple[Line, ...] = ()
    series: tuple[Series, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief: `as_of` is the ISO day up to which the ledger was asked, None for all of it."""

    words: str
    as_of: str | None
    documents: int
    outlets: int
    first: str | None
    last: str | None
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Notes:
    """The notes so far; the same words get the same number."""

    documents: dict[str, list[Document]]
    numbers: dict[Note, int] = field(default_factory=dict)

    def of(self, name: str, words: str) -> int:
        words = " ".join(words.split())
        called = self.documents.get(name, [])
        document = next((d for d in called if words in " ".join(d.text.split())), next(iter(called), None))
        note = Note(
            document=name,
            outlet=document.outlet if document else None,
            published=day(document.published) if document else None,
            url=document.url if document else None,
            words=words,
        )
        return self.numbers.setdefault(note, len(self.numbers) + 1)

    def of_evidence(self, evidence: list[Evidence], stance: str) -> tuple[int, ...]:
        return tuple(self.of(e.document, e.text) for e in evidence if e.stance == stance)[:MOST_NOTES]


def brief(ledger: Ledger, words: str, *, as_of: datetime | None = None) -> Brief:
    """The brief on what has these words, as of a time."""
    known = known_rows(ledger, words, as_of=as_of)
    found = ledger.documents(ids={a.document for a in ledger.assertions(words, as_of=as_of)})
    named: dict[str, list[Document]] = defaultdict(list)
    for document in ledger.documents(as_of=as_of).values():
        named[document.name].append(document)
    notes = _Notes(dict(named))
    dates = [d.published for d in found.values() if d.published is not None]
    sections = [
        *_claims(known, notes),
        _figures(figure_rows(ledger, words, as_of=as_of), notes),
        _revisions(relation_rows(ledger, words, kinds=_TOLD.keys(), as_of=as_of), notes),
        _predictions(prediction_rows(ledger, words, as_of=as_of), notes),
        _opinions(ledger, words, as_of, notes),
    ]
    return Brief(
        words=words,
        as_of=day(as_of - timedelta(microseconds=1)) if as_of is not None else None,
        documents=len(found),
        outlets=len({d.outlet for d in found.values() if d.outlet}),
        first=day(min(dates, default=None)),
        last=day(max(dates, default=None)),
        sections=tuple(s for s in sections if s.lines or s.series),
        notes=tuple(notes.numbers),
    )


_VERDICTS = (
    (
        "corroborated",
        "Put forward by more than one origin",
        "Two or more origins stand for each of these, independent or such that nothing shows them to be one.",
    ),
    ("contested", "Contested", "At least as many origins speak against each of these as for it."),
    (
        "outdated",
        "Outdated",
        "Those who put these forward have said otherwise or given another figure since, or others have, or the toll has grown.",
    ),
    ("single-source", "On the word of one origin", "No other origin that can be told apart has put these forward."),
)


def _claims(known: list[KnownRow], notes: _Notes) -> list[Section]:
    sections = []
    for verdict, title, about in _VERDICTS:
        rows = [row for row in known if row.verdict == verdict]
        lines = tuple(_claim(row, notes) for row in rows[:MOST])
        sections.append(Section(title=title, about=about, lines=lines, left_out=len(rows) - len(lines)))
    return sections


def _claim(row: KnownRow, notes: _Notes) -> Line:
    least, most = row.origins
    count = (
        f"{least} to {most} independent origins" if most > least else f"{least} independent origin{'s' * (least != 1)}"
    )
    support, against = (notes.of_evidence(row.evidence, stance) for stance in ("for", "against"))
    said = f"{row.source}: {row.act}, {row.published or 'no date'}. {count}, proposed credibility {row.credibility}."
    if against:
        said += f" Against it: {', '.join(dict.fromkeys(e.source for e in row.evidence if e.stance == 'against'))}."
    return Line(words=row.text, said=said, notes=(*support, *against))


def _figures(rows: list[FigureRow], notes: _Notes) -> Section:
    series = []
    for name, members in groupby(rows, key=lambda row: row.series):
        given = [(row, notes.of(row.document, row.sentence)) for row in members]
        if len(given) >= LEAST_OF_SERIES:
            series.append(Series(name=name, rows=tuple(given)))
    about = "Figures that count the same thing, and what each is to the one before."
    return Section(title="Figures", about=about, series=tuple(series[:MOST]), left_out=max(0, len(series) - MOST))


_TOLD = {
    RelationKind.REVISES: "revises",
    RelationKind.NARROWS: "narrows",
    RelationKind.RETRACTS: "takes back",
    RelationKind.LEAVES_OPEN: "neither confirms nor denies",
}


def _revisions(rows: list[RelationRow], notes: _Notes) -> Section:
    telling = [row for row in rows if row.is_likely]
    lines = tuple(
        Line(
            words=row.text,
            said=f"{row.source}, {row.published or 'no date'}, {_TOLD[RelationKind(row.kind)]} what {row.to_source} said: “{_one_line(row.to_text)}”.",
            notes=(notes.of(row.document, row.text), notes.of(row.to_document, row.to_text)),
        )
        for row in telling[-MOST:]
    )
    about = "What a source says now against its own earlier word, and what somebody would not confirm."
    return Section(title="Revised, taken back, left open", about=about, lines=lines, left_out=len(telling) - len(lines))


def _predictions(rows: list[PredictionRow], notes: _Notes) -> Section:
    lines = tuple(
        Line(
            words=row.text,
            said=f"{row.source}: {row.act}, {row.made or 'no date'}{f', due {row.due}' if row.due else ''}. {row.state.capitalize()}.",
            notes=(
                notes.of(row.document, row.text),
                *(notes.of(e.document, e.text) for e in row.evidence[:MOST_NOTES]),
            ),
        )
        for row in rows[-MOST:]
    )
    about = "What was said to be to come, and what later documents say of it."
    return Section(title="Predictions, promises, threats", about=about, lines=lines, left_out=len(rows) - len(lines))


def _opinions(ledger: Ledger, words: str, as_of: datetime | None, notes: _Notes) -> Section:
    rows = assertion_rows(ledger, Asked(words=words, act=Act.OPINES, as_of=as_of))
    lines = tuple(
        Line(
            words=row.content,
            said=f"{row.source}, {row.published or 'no date'}.",
            notes=(notes.of(row.document, row.text),),
        )
        for row in rows[-MOST:]
    )
    about = "Judgements. No report can bear them out."
    return Section(title="Only opinion", about=about, lines=lines, left_out=len(rows) - len(lines))


def _one_line(words: str) -> str:
    return " ".join(words.split())
