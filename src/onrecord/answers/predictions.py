"""Which predictions, promises and threats were made, by when, and what do later documents say of them?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from onrecord.answers.evidence import Held, Related, held
from onrecord.answers.judgement import Judgement, evidence_of
from onrecord.answers.rows import PredictionRow, asserted_day, day, source_words
from onrecord.ledger.store import Ledger
from onrecord.records import Act, Assertion, Document, Independence

MOST_ASSERTIONS = 2_000
AHEAD = frozenset({Act.PREDICTS, Act.THREATENS_OR_PROMISES})


def prediction_rows(ledger: Ledger, words: str = "", *, as_of: datetime | None = None) -> list[PredictionRow]:
    """The predictions, promises and threats with these words, oldest first, each with what later documents say of it.

    Its day is past due as of `as_of`, without one as of the newest document in the ledger.
    """
    found = ledger.assertions(words, as_of=as_of, most=MOST_ASSERTIONS if words.strip() else None)
    made = [a for a in found if a.act in AHEAD]
    documents = ledger.documents(ids={a.document for a in made})
    record = held(ledger, made, documents, as_of=as_of)
    now = as_of - timedelta(microseconds=1) if as_of is not None else ledger.newest_publication()
    rows = [_row(a, documents[a.document], record, now) for a in made]
    return sorted(rows, key=lambda row: (row.made or "", row.document, row.start))


def _row(made: Assertion, document: Document, record: Held, now: datetime | None) -> PredictionRow:
    support, contrary = (_later(found, document, record) for found in record.related(made))
    due = max((m.end for m in made.moments if m.end is not None and m.end > document.appeared), default=None)
    state, reason = _state(support, contrary, due, now)
    content = made.attribution.content
    count = Independence(at_least=0, at_most=0, reason="")
    judgement = Judgement(verdict=state, reason=reason, count=count, support=support, contrary=contrary)
    return PredictionRow(
        text=document.text[content[0].start : content[-1].end],
        document=document.name,
        source=source_words(made.source, made.hops),
        act=made.act,
        made=asserted_day(made) or day(document.published),
        due=_last_day(due),
        state=state,
        reason=reason,
        start=content[0].start,
        end=content[-1].end,
        evidence=evidence_of(judgement, record),
    )


def _later(found: Sequence[Related], document: Document, record: Held) -> list[Related]:
    """Those of documents that appeared after the one that holds the prediction."""
    return [r for r in found if record.documents[r.assertion.document].appeared > document.appeared]


def _state(
    support: Sequence[Related], contrary: Sequence[Related], due: datetime | None, now: datetime | None
) -> tuple[str, str]:
    said = (f"{_documents(support)} say that it is so", f"{_documents(contrary)} say that it is not")
    if support and contrary:
        return "later claims differ", f"of later documents {said[0]}, {said[1]}"
    if support:
        return "later claims say so", f"of later documents {said[0]}"
    if contrary:
        return "later claims say otherwise", f"of later documents {said[1]}"
    if due is not None and now is not None and due.date() <= now.date():
        return "past due", f"its day is gone ({_last_day(due)}), and no later document takes it up"
    return "open", "no later document takes it up"


def _last_day(end: datetime | None) -> str | None:
    """The last day before the end of an interval."""
    return day(end - timedelta(microseconds=1)) if end is not None else None


def _documents(found: Sequence[Related]) -> int:
    return len({related.assertion.document for related in found})
