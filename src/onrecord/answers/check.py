"""Check this document: each of its claims against what the ledger held, with the words that decide.

A verdict is about who stands behind a claim and how independently, never about whether it is true:

* corroborated: two or more independent origins put it forward, and they outweigh those who put forward the contrary
* contested: the contrary is put forward at least as independently, or every figure given for the same differs
* outdated: what once stood behind it has given another figure since
* single-source: one origin puts it forward, or origins that cannot be told apart
* unseen: nothing in the ledger puts it forward
* opinion, prediction, question: by what the author does, there is nothing to look up
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.answers.figures import Counted, counted_figures
from onrecord.answers.rows import CheckRow, Evidence, day, source_words
from onrecord.ledger.store import Ledger
from onrecord.linking.claims import Weights, coverage, meanings, names, same_time, weights
from onrecord.linking.copies import Copy, copies
from onrecord.linking.figures import comparable, compatible
from onrecord.linking.origins import independence
from onrecord.linking.sources import Party, parties
from onrecord.records import Act, Assertion, Document, Independence, Level, Polarity, SourceKind

# On the development dossier verdicts are the same for values from 0.45 to 0.6.
ENOUGH_SHARED = 0.5
MOST_CANDIDATES = 400
MOST_EVIDENCE = 4
_BY_ACT = {Act.OPINES: "opinion", Act.PREDICTS: "prediction", Act.ASKS: "question"}
_SILENT = frozenset({Act.DECLINES_TO_COMMENT, Act.COULD_NOT_VERIFY, Act.ASKS, Act.DEMANDS, Act.THREATENS_OR_PROMISES})
_CONTRARY = frozenset({Act.DENIES, Act.DOUBTS})
_PAST = re.compile(r"\b(?:previously|initially|originally|earlier|at\s+first|at\s+the\s+time|had\s+been|once)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """What the ledger holds that may bear on the document."""

    assertions: Sequence[Assertion]
    documents: Mapping[str, Document]
    party_of: Mapping[str, Party]
    copied: Sequence[Copy]
    figures: Sequence[Counted]
    weight: Weights


def check_rows(ledger: Ledger, document: Document, claims: Sequence[Assertion], *, as_of: datetime | None = None) -> list[CheckRow]:
    """One row a claim of `document`, in the order of its text. The document itself, if it is in the ledger, is no evidence."""
    terms = {term.removeprefix("@") for claim in claims for term in claim.terms}
    words = " ".join(sorted(terms))
    found = [a for a in ledger.assertions(words, as_of=as_of, any_word=True) if a.document != document.id]
    documents = ledger.documents(ids={a.document for a in found})
    record = _Record(
        assertions=found,
        documents=documents,
        party_of=parties(found, documents),
        copied=copies(documents.values()),
        figures=counted_figures(found, documents),
        weight=weights(found),
    )
    own = counted_figures(claims, {document.id: document})
    return [_row(claim, document, record, [c for c in own if c.assertion.id == claim.id]) for claim in claims]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    verdict: str
    count: Independence
    reason: str
    support: Sequence[Assertion] = ()
    contrary: Sequence[Assertion] = ()


def _row(claim: Assertion, document: Document, record: _Record, figures: Sequence[Counted]) -> CheckRow:
    judged = _judged(claim, document, record, figures)
    spans = (*claim.attribution.source, *claim.attribution.cue, *claim.attribution.content)
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    evidence = [_evidence(a, record, "for") for a in judged.support[:MOST_EVIDENCE]] + [_evidence(a, record, "against") for a in judged.contrary[:MOST_EVIDENCE]]
    return CheckRow(
        text=document.text[start:end],
        start=start,
        end=end,
        source=source_words(claim.source, claim.hops),
        verdict=judged.verdict,
        origins=(judged.count.at_least, judged.count.at_most),
        reason=judged.reason,
        evidence=evidence,
    )


def _evidence(assertion: Assertion, record: _Record, stance: str) -> Evidence:
    document = record.documents[assertion.document]
    return Evidence(
        document=document.name,
        source=source_words(assertion.source, assertion.hops, name=record.party_of[assertion.id].name),
        stance=stance,
        published=day(document.published),
        start=assertion.sentence.start,
        end=assertion.sentence.end,
        text=assertion.sentence.of(document.text),
    )


def _judged(claim: Assertion, document: Document, record: _Record, figures: Sequence[Counted]) -> _Judgement:
    none = Independence(at_least=0, at_most=0, reason="")
    verdict = _BY_ACT.get(claim.act)
    if verdict == "prediction" and claim.source.kind is SourceKind.UNATTRIBUTED:
        verdict = None  # "reports that they will": that it is planned can be looked up
    if verdict is not None:
        return _Judgement(verdict=verdict, count=none, reason=_OF_ITS_KIND[verdict].format(source=claim.source.name))
    counted = [f for f in figures if f.subject.unit is None or f.subject.counted is not None]
    if counted:
        return _judged_by_figures(claim, document, record, counted)
    return _judged_by_words(claim, record)


_OF_ITS_KIND = {
    "opinion": "it is the judgement of {source}, which no report can bear out",
    "prediction": "it says what will be, by {source}; what has happened so far cannot bear it out",
    "question": "it asks and asserts nothing",
}


# ---------------------------------------------------------------- by figures


def _judged_by_figures(claim: Assertion, document: Document, record: _Record, figures: Sequence[Counted]) -> _Judgement:
    main = max(figures, key=lambda c: max(c.figure.values, default=0))
    same = [c for c in record.figures if comparable(main.subject, c.subject) is None and _same_place(main, c) and _is_about(claim, c.assertion, record)]
    fitting = [c for c in same if compatible(main.figure, c.figure)]
    others = [c for c in same if not compatible(main.figure, c.figure) and not c.figure.increment]
    if not fitting and not others:
        return _judged_by_words(claim, record)
    support = _best(claim, [c.assertion for c in fitting], record)
    contrary = _best(claim, [c.assertion for c in others], record)
    count = independence(support, record.documents, record.party_of, record.copied)
    if not fitting:
        values = "; ".join(dict.fromkeys(f"{c.figure.as_written} ({c.party.name}, {day(c.document.published)})" for c in others))
        return _Judgement(verdict="contested", count=count, reason=f"the ledger gives for the same {values}; none gives {main.figure.as_written}"[:400], contrary=contrary)
    last = max(c.document.published or datetime.min for c in fitting)
    newer = [c for c in others if (c.document.published or datetime.min) > last]
    if newer and not _PAST.search(claim.sentence.of(document.text)) and len({c.party.id for c in newer}) > 1:
        latest = newer[-1]
        reason = f"given last on {day(last)}; since then {latest.party.name} gave {latest.figure.as_written} on {day(latest.document.published)}"
        return _Judgement(verdict="outdated", count=count, reason=reason, support=support, contrary=[c.assertion for c in newer])
    return _by_count(count, support, (), others=contrary)


def _same_place(one: Counted, other: Counted) -> bool:
    mine, theirs = _finer_place(one), _finer_place(other)
    return mine is None or theirs is None or mine == theirs


def _finer_place(counted: Counted) -> str | None:
    """The place of a figure below a country, None for a country or no place."""
    place = next((p for p in counted.assertion.places if p.name == counted.figure.place), None)
    return place.name.split()[0].lower() if place is not None and place.country is None else None


def _is_about(claim: Assertion, other: Assertion, record: _Record) -> bool:
    """Whether two assertions with comparable figures share a country, a place or another telling word."""
    mine, theirs = meanings(claim), meanings(other)
    countries = {t for t in mine if t.startswith("@")}
    return bool(countries & theirs) or coverage(mine, theirs, record.weight) >= 0.2


# ---------------------------------------------------------------- by words


def _judged_by_words(claim: Assertion, record: _Record) -> _Judgement:
    mine = meanings(claim)
    telling = names(claim)
    support: list[Assertion] = []
    contrary: list[Assertion] = []
    for other in record.assertions:
        theirs = meanings(other)
        if coverage(mine, theirs, record.weight) < ENOUGH_SHARED or not _fits(claim, other, telling):
            continue
        if other.act in _SILENT or other.certainty.level is Level.UNCOMMITTED:
            continue
        opposite = (other.certainty.polarity is not claim.certainty.polarity) != (other.act in _CONTRARY)
        if opposite != (claim.act in _CONTRARY):
            contrary.append(other)
        elif other.act is not Act.PREDICTS:
            support.append(other)
    support, contrary = _best(claim, support, record), _best(claim, contrary, record)
    count = independence(support, record.documents, record.party_of, record.copied)
    return _by_count(count, support, contrary, others=contrary)


def _fits(claim: Assertion, other: Assertion, telling: frozenset[str]) -> bool:
    """Whether the places and days that the claim names do not speak against the other assertion being the same."""
    if same_time(claim.moments, other.moments) is False:
        return False
    if any(m.granularity == "day" for m in claim.moments) and same_time(claim.moments, other.moments) is None:
        return False
    return not telling or bool(telling & set(other.terms))


def _best(claim: Assertion, found: Iterable[Assertion], record: _Record) -> list[Assertion]:
    mine = meanings(claim)
    once = {a.id: a for a in found}.values()
    return sorted(once, key=lambda a: (-coverage(mine, meanings(a), record.weight), a.id))


def _by_count(count: Independence, support: Sequence[Assertion], contrary: Sequence[Assertion], *, others: Sequence[Assertion]) -> _Judgement:
    against = f"; {len({a.document for a in others})} documents say otherwise" if others else ""
    if not support and not contrary:
        return _Judgement(verdict="unseen", count=count, reason="nothing in the ledger puts it forward")
    if not support:
        return _Judgement(verdict="contested", count=count, reason="the ledger holds only the contrary", contrary=contrary)
    if count.at_least >= 2:
        return _Judgement(verdict="corroborated", count=count, reason=f"{count.reason}{against}", support=support, contrary=others)
    if contrary and len({a.document for a in contrary}) > len({a.document for a in support}):
        return _Judgement(verdict="contested", count=count, reason=f"{count.reason}{against}", support=support, contrary=contrary)
    word = "one origin" if count.at_most == 1 else "sources that cannot be told apart for sure"
    return _Judgement(verdict="single-source", count=count, reason=f"{word}: {count.reason}{against}", support=support, contrary=contrary)
