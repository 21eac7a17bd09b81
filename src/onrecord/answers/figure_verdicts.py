"""The verdict on a figure of a claim, by what the ledger holds that counts the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from onrecord.answers.compared import counts_the_same
from onrecord.answers.counting import independence_of
from onrecord.answers.evidence import Held, Related
from onrecord.answers.figures import Counted, is_put_forward
from onrecord.answers.judgement import DATED_BACK, Judgement, is_dated_back
from onrecord.answers.rows import day
from onrecord.answers.standing import by_words
from onrecord.linking.figures import ONLY_GROWS, compatible, is_wide
from onrecord.linking.likeness import bounded
from onrecord.records import Act, Approximator, Assertion, Document, SourceKind


def judged_by_figure(claim: Assertion, document: Document, record: Held, main: Counted) -> Judgement | None:
    """The verdict on one figure of a claim; None where the ledger holds no figure for the same thing that it could differ from."""
    same = [c for c in record.same_figures(claim, main) if not c.figure.increment]
    speaking_of_it = record.speaking_of(main) if same else frozenset()
    fits = [compatible(main.figure, c.figure) and not _takes_its_place(c, main, speaking_of_it) for c in same]
    fitting = [c for c, fit in zip(same, fits, strict=True) if fit and not is_wide(c.figure)]
    for_it = [c for c in fitting if is_put_forward(c) and not c.is_not_given]
    denied = [c for c in fitting if not is_put_forward(c)]
    unlike = [c for c, fit in zip(same, fits, strict=True) if not fit and is_put_forward(c)]
    others = record.contesting(claim, main, unlike, speaking_of_it)
    if not (for_it or denied) and (not others or main.figure.approximator is Approximator.VAGUE):
        return None  # a number is no other figure than "several"
    if not (for_it or denied) and claim.act in _NOT_YET_SO:
        return None  # what one offers is not what another gave
    once = is_dated_back(claim, document)
    support, contrary = [_by_figure(c) for c in for_it], [_by_figure(c) for c in denied]
    if for_it:
        told = {c.assertion.id for c in for_it}
        support += [r for r in record.giving(claim, main) if r.assertion.id not in told]
    differing = [_by_figure(c) for c in others]
    own = [c for c in _own_figures(claim, same, record) if c in for_it or not any(_is_beside(c, one) for one in for_it)]
    if own and any(c.document.appeared > own[-1].document.appeared and not _is_recalled(c) for c in for_it):
        own = []  # it may have given it since
    if own and not compatible(main.figure, own[-1].figure) and not once:
        return _by_own_word(own, main, support, record)
    if own and not any(c.document.id in speaking_of_it for c in others):
        return by_words(record, support, contrary, differing=differing, once=once)
    newer = _outdating(for_it, others) or [c for c in others if c.document.id in speaking_of_it]
    if not (for_it or denied) or (newer and not for_it):
        return _none_fits(main, others, differing, taken_back=bool(fitting))
    if newer and not once:
        return _outdated(record, support, for_it, newer)
    if not once and (since := _given_since(main, for_it, others)):
        return _outdated(record, support, for_it, since)
    return by_words(record, support, contrary, differing=differing, once=once)


def _outdated(
    record: Held, support: Sequence[Related], given: Sequence[Counted], newer: Sequence[Counted]
) -> Judgement:
    last, latest = day(_last_given(given)), newer[-1]
    reason = (
        f"given last on {last}; on {day(latest.document.appeared)} {latest.party.name} gave {latest.figure.as_written}"
    )
    since = [_by_figure(c) for c in newer]
    count = independence_of(record, support)
    return Judgement(verdict="outdated", count=count, reason=reason, support=support, differing=since)


def _takes_its_place(other: Counted, main: Counted, speaking_of_it: Collection[str]) -> bool:
    """Whether another number stands in a text that takes that of a claim back or speaks of it: "up to 910, well above the 640 announced"."""
    return other.document.id in speaking_of_it and other.figure.values != main.figure.values


def _own_figures(claim: Assertion, same: Sequence[Counted], record: Held) -> list[Counted]:
    """What the source of a claim has itself given for the same, oldest first, without what was only recalled of earlier days; none for a claim that
    names no source."""
    party = record.party_of[claim.id]
    if claim.source.kind in NOBODY or not party.named:
        return []
    own = (c for c in same if c.party.id == party.id or (claim.source.is_state and c.party.voice == party.voice))
    return [c for c in own if is_put_forward(c) and not _is_recalled(c) and not c.is_not_given]


NOBODY = frozenset({SourceKind.AUTHOR, SourceKind.UNATTRIBUTED, SourceKind.UNNAMED})
# Words by which a text says that a figure is of an earlier day.
_RECALLED = re.compile(
    rf"{DATED_BACK.pattern}|\blast\s+(?:week|month|year)\b|\bprovisional\b|\bat\s+the\s+time\s+of\b"
    r"|\b(?:first|earlier|previous|original|initial)\s+(?:figures?|counts?|tolls?|statements?|reports?|version)\b",
    re.IGNORECASE,
)
# Who "had spoken of forty" did so before.
_HAD_SAID = re.compile(r"\bhad\b", re.IGNORECASE)
_AUXILIARY = len("had once ")  # so far before a cue its auxiliary may stand


def _is_recalled(counted: Counted) -> bool:
    """Whether a figure is told as one of an earlier day: "last month the office gave a provisional 40"."""
    text, cue = counted.document.text, counted.assertion.attribution.cue
    had_said = any(_HAD_SAID.search(text[max(0, part.start - _AUXILIARY) : part.end]) for part in cue)
    return had_said or _RECALLED.search(counted.assertion.sentence.of(text)) is not None


def _is_beside(one: Counted, other: Counted) -> bool:
    """Whether one office gives both figures in one text, so that the second does not take the first's place: "Forty died, the ministry said. Twelve soldiers
    died, its spokesman said." """
    return one.document.id == other.document.id and one.party.voice == other.party.voice and not _is_recalled(other)


def _by_own_word(own: Sequence[Counted], main: Counted, support: Sequence[Related], record: Held) -> Judgement:
    """The verdict on a figure of which its own source gives another now."""
    latest = own[-1]
    gave = f"on {day(latest.document.appeared)} {latest.party.name} itself gave {latest.figure.as_written}"
    since = [_by_figure(latest)]
    if not any(compatible(main.figure, c.figure) for c in own[:-1]):
        return Judgement(verdict="contested", reason=f"{gave}, and never {main.figure.as_written}", differing=since)
    count = independence_of(record, support)
    return Judgement(verdict="outdated", count=count, reason=gave, support=support, differing=since)


_NOT_YET_SO = frozenset({Act.THREATENS_OR_PROMISES, Act.DEMANDS})


def _by_figure(counted: Counted) -> Related:
    how = "gives" if is_put_forward(counted) else f"{counted.assertion.act}"
    return Related(counted.assertion, f"it {how} {counted.figure.as_written} for the same")


def _none_fits(
    main: Counted, others: Sequence[Counted], differing: Sequence[Related], *, taken_back: bool
) -> Judgement:
    values = "; ".join(
        dict.fromkeys(f"{c.figure.as_written} ({c.party.name}, {day(c.document.appeared)})" for c in others[-5:])
    )
    never = (
        f"{main.figure.as_written} only as taken back, denied or spoken of"
        if taken_back
        else f"never {main.figure.as_written}"
    )
    reason = f"for the same the ledger holds {values}, and {never}"
    return Judgement(verdict="contested", reason=reason, differing=differing)


def _outdating(fitting: Sequence[Counted], others: Sequence[Counted]) -> list[Counted]:
    """The later figures that outdate the fitting ones: all their named sources, or their states, revised them, or a toll has grown since.

    A later figure of another source is a disagreement and outdates nothing here (`_given_since`).
    """
    if not fitting:
        return []
    last = _last_given(fitting)
    later = (c for c in others if c.document.appeared > last and not _is_of_a_later_event(c, last))
    newer = sorted(later, key=lambda c: c.document.appeared)
    voices = {c.party.voice for c in fitting if c.party.named}
    if voices and voices <= {c.party.voice for c in newer}:
        return [c for c in newer if c.party.voice in voices]
    largest = max(map(_largest, fitting))
    told = (c for c in newer if c.party.named or c.party.side or c.assertion.source.kind is SourceKind.AUTHOR)
    return [c for c in told if c.subject.status in ONLY_GROWS and _largest(c) > largest]


def _given_since(main: Counted, fitting: Sequence[Counted], others: Sequence[Counted]) -> list[Counted]:
    """The figures for the same that named sources gave after a claim's was given last, if they are as many as gave that. Those of other sides disagree, and outdate nothing."""
    if not fitting:
        return []
    last, sides = _last_given(fitting), {c.party.stands_for for c in fitting}
    since = [
        c
        for c in others
        if c.document.published is not None
        and c.document.appeared > last
        and c.party.named
        and (c.party.stands_for in sides or None in (c.party.stands_for, *sides))
        and counts_the_same(main, c)
        and not _is_of_a_later_event(c, last)
    ]
    enough = len({c.party.voice for c in since}) >= len({c.party.voice for c in fitting})
    return sorted(since, key=lambda c: c.document.appeared) if enough else []


def _last_given(figures: Sequence[Counted]) -> datetime:
    """When a figure was given last, and not only recalled."""
    return max(c.document.appeared for c in [c for c in figures if not _is_recalled(c)] or figures)


def _is_of_a_later_event(counted: Counted, last: datetime) -> bool:
    """Whether a figure that is no toll is of a day that came after a time: a second shipload does not revise the first."""
    days = bounded(counted.assertion.moments)
    return counted.subject.status not in ONLY_GROWS and bool(days) and all(start > last for start, _ in days)


def _largest(counted: Counted) -> float:
    return max(counted.figure.values, default=0.0)
