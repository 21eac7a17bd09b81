"""When did a source speak? A time in its sentence that is no part of what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reading.drafts import Draft, Facts
from onrecord.reading.kinds import SPEAKING
from onrecord.reading.spans import hull, moved, spans_of, within
from onrecord.records import Moment, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What begins a clause that does not tell when somebody spoke: "since the bridge fell last week".
_APART = frozenset(["since", "until", "although", "though", "because", "if", "unless"])
# A relative clause on one of these does, "at a meeting that was held on Sunday", and so does one with a verb of these.
_OCCASIONS = frozenset(
    ["meeting", "call", "interview", "briefing", "conference", "speech", "statement", "address", "hearing", "session"]
)
_PUBLISHING = SPEAKING | {"publish", "release", "issue", "broadcast", "air"}


def occasion_of(facts: Facts, draft: Draft, sentence: Span, at: int) -> Moment | None:
    """The time nearest to the cue of an attribution, in letters of the whole text (`at` is where its piece begins); None where its sentence tells none."""
    if draft.found is None:
        return None
    cue = hull(facts.doc, draft.found.cue)
    said = spans_of(facts.doc, draft.found.content)
    outside = [
        m
        for m in facts.moments
        if m.span
        and sentence.contains(m.span)
        and not within(m.span, said)
        and not _is_of_another_clause(facts.doc, m.span, draft.found.head)
    ]
    if not outside:
        return None
    nearest = min(outside, key=lambda m: abs(m.span.start - cue.end) if m.span else 0)
    return replace(nearest, span=moved(nearest.span, at)) if nearest.span else None


def _is_of_another_clause(doc: Doc, moment: Span, cue: int) -> bool:
    """Whether a time stands in a clause that does not tell when the source spoke: "the leader whose house burnt down last month said ..."; "the group, which
    published its pictures on Friday" spoke then."""
    words = doc.char_span(moment.start, moment.end, alignment_mode="expand")
    for token in (words.root, *words.root.ancestors) if words else ():
        if token.i == cue:
            return False
        if token.dep_ == "relcl" and token.lemma_.lower() not in _PUBLISHING:
            return token.head.lemma_.lower() not in _OCCASIONS
        if token.dep_ in ("advcl", "pcomp") and any(c.dep_ == "mark" and c.lower_ in _APART for c in token.children):
            return True
    return False
