"""What changed since a day: claims that are new, whose verdict or origins changed, and figures that were revised."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from onrecord.answers.evidence import Held, held
from onrecord.answers.figures import figure_rows
from onrecord.answers.judgement import Judgement, evidence_of
from onrecord.answers.known import Known, known_claims, verdict_on
from onrecord.answers.rows import ChangeRow, FigureRow, day, source_words
from onrecord.ledger.store import Ledger
from onrecord.linking.figures import Standing
from onrecord.records import words_of

# Claims that are looked at for changes, those in most documents first.
MOST_CLAIMS = 200
# In the order in which they are shown.
CHANGES = (
    "verdict",
    "disputed",
    "new",
    "more origins",
    "repeated",
    "figure revises",
    "figure disagrees",
    "figure adds",
)
_TELLING = frozenset({Standing.REVISES, Standing.DISAGREES, Standing.ADDS})


def change_rows(ledger: Ledger, since: datetime, words: str = "", *, as_of: datetime | None = None) -> list[ChangeRow]:
    """What became known from `since` on about the claims with these words, what weighs most first."""
    before = ledger.documents(as_of=since)
    found = known_claims(ledger, words, as_of=as_of, most=MOST_CLAIMS)
    touched = [known for known in found if _documents(known.judgement) - before.keys()]
    earlier = held(ledger, [k.first for k in touched], {k.document.id: k.document for k in touched}, as_of=since)
    rows = [row for known in touched if (row := _row(known, earlier, before.keys())) is not None]
    names = {d.name for d in ledger.documents(as_of=as_of).values() if d.id not in before}
    figures = [_figure_row(row) for row in figure_rows(ledger, words, as_of=as_of) if row.document in names]
    rows += [row for row in figures if row is not None]
    return sorted(rows, key=lambda row: CHANGES.index(row.change))


def _documents(judgement: Judgement) -> set[str]:
    return {r.assertion.document for r in (*judgement.support, *judgement.contrary)}


def _row(known: Known, earlier: Held, before: Collection[str]) -> ChangeRow | None:
    """How one claim changed; None where it did not."""
    unknown = {id_ for id_, a in earlier.assertions.items() if a.document not in before}
    then, now = verdict_on(known.first, known.document, earlier.less(unknown)), known.judgement
    change = _change(then, now)
    return ChangeRow(
        change=change,
        claim=known.claim.id,
        text=words_of(known.document.text, known.first.attribution.content),
        document=known.document.name,
        source=source_words(known.first.source, known.first.hops),
        published=day(known.document.published),
        before=then.verdict if then.support else None,
        after=now.verdict,
        origins_before=(then.count.at_least, then.count.at_most),
        origins=(now.count.at_least, now.count.at_most),
        reason=now.reason,
        evidence=[e for e in evidence_of(now, known.record) if e.document not in _names(earlier, before)],
    )


def _names(earlier: Held, before: Collection[str]) -> set[str]:
    return {d.name for d in earlier.documents.values() if d.id in before}


def _change(then: Judgement, now: Judgement) -> str:
    """What weighs most of what changed."""
    if not then.support:
        return "new"
    if then.verdict != now.verdict:
        return "verdict"
    if now.contrary and not then.contrary:
        return "disputed"
    if (now.count.at_least, now.count.at_most) > (then.count.at_least, then.count.at_most):
        return "more origins"
    return "repeated"


def _figure_row(row: FigureRow) -> ChangeRow | None:
    if row.standing not in _TELLING:
        return None
    return ChangeRow(
        change=f"figure {row.standing}",
        claim="",
        text=row.sentence,
        document=row.document,
        source=row.source,
        published=row.published,
        before=None,
        after=row.text,
        origins_before=(0, 0),
        origins=(0, 0),
        reason=row.reason,
        evidence=[],
    )
