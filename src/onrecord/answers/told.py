"""Did somebody say so? A text that says "the ministry denies it" puts forward that the ministry does, and not that it is so.

Reports that have the same source say the same bear that out between them, where nothing shows that one rests on another: they do not copy one
another, are of different newsrooms and publishers, and credit different agencies and outlets for it (docs/decisions/0021).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from onrecord.answers.counting import newsrooms_of
from onrecord.answers.evidence import Held, Related
from onrecord.answers.figure_verdicts import NOBODY
from onrecord.answers.judgement import DATED_BACK, Judgement
from onrecord.answers.rows import day
from onrecord.linking.credits import newsroom
from onrecord.linking.independence import resting_together
from onrecord.records import Assertion, Document, Independence, SourceKind

# Verdicts on the thing itself that say nothing of whether it was said.
_OF_THE_THING = frozenset({"single-source", "contested"})
ENOUGH_TOLD = 2
UNTOLD = ""  # the newsroom of a text that names none


# By these words a text says that somebody has said it once, whatever he says now.
_ONCE = re.compile(rf"{DATED_BACK.pattern}|^\W*first\b", re.IGNORECASE)


def as_told(claim: Assertion, document: Document, judgement: Judgement, record: Held) -> Judgement:
    """The verdict on a claim that a text attributes to somebody: whether he said it. The verdict on the thing itself where too few tell it,
    where the claim names nobody, and where it is borne out or given up."""
    party = record.party_of[claim.id]
    if judgement.verdict not in _OF_THE_THING or claim.source.kind in NOBODY or not party.named:
        return judgement
    own = [r for r in judgement.support if _is_word_of(claim, r, record)]
    since = _since([r for r in judgement.contrary if _is_word_of(claim, r, record)], own, record)
    if since is not None and not _ONCE.search(claim.sentence.of(document.text)):
        reason = f"on {day(since)} {party.name} itself says otherwise"
        return replace(judgement, verdict="outdated", reason=reason)
    # What a body publishes itself is no report, and the reports of it may rest on it.
    count = tellings([r.assertion for r in own if r.assertion.source.kind is not SourceKind.AUTHOR], record)
    if count < ENOUGH_TOLD:
        return judgement
    reason = f"that {party.name} says so, not that it is so, stands in {count} reports that nothing shows to rest on one another; "
    reason += f"of the thing itself: {judgement.verdict}, {judgement.reason}"
    borne_out = Independence(at_least=count, at_most=len({r.assertion.document for r in own}), reason=reason)
    return replace(judgement, verdict="corroborated", count=borne_out, reason=reason)


def _is_word_of(claim: Assertion, related: Related, record: Held) -> bool:
    """Whether an assertion is the word of who a claim says said it: of the same source, or of one that answers with it for one state."""
    mine, theirs = record.party_of[claim.id], record.party_of[related.assertion.id]
    return theirs.id == mine.id or theirs.voice == mine.voice


def _since(otherwise: Sequence[Related], own: Sequence[Related], record: Held) -> datetime | None:
    """When a source began to say otherwise, behind all that it says for a claim; None where it did not, or a day is not told."""
    days, first = ([record.documents[r.assertion.document].published for r in some] for some in (otherwise, own))
    later = [d for d in days if d is not None and all(f is not None and f < d for f in first)]
    return min(later) if own and later else None


def tellings(told: Sequence[Assertion], record: Held) -> int:
    """How many of the documents in which some assertions stand tell it without resting on one another, as far as their words show.

    Those that name no newsroom may all be of one.
    """
    rooms = {a.document: set(newsrooms_of(record.documents[a.document])) or {UNTOLD} for a in told}
    for assertion in told:
        credited = (hop.source for hop in assertion.hops if hop.source.kind is SourceKind.OUTLET)
        rooms[assertion.document] |= {newsroom(outlet.name) for outlet in credited}
    groups = resting_together(record.copies_among(rooms), dict(sorted(rooms.items())))
    return len({groups.top(document) for document in rooms})
