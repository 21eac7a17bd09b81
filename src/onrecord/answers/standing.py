"""Who stands for a claim, and who against it: the verdict by independent origins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from onrecord.answers.counting import independence_of, origins_of
from onrecord.answers.evidence import Held, Related
from onrecord.answers.judgement import Judgement
from onrecord.answers.rows import day
from onrecord.answers.sides import READ_TOGETHER
from onrecord.linking.credits import newsroom, newsroom_of
from onrecord.records import Act, Assertion, SourceKind


def by_words(
    record: Held,
    support: Sequence[Related],
    contrary: Sequence[Related],
    *,
    differing: Sequence[Related] = (),
    once: bool = False,
) -> Judgement:
    """The verdict by who stands for a claim and who against it; `differing` figures are shown but do not contest it. `once` says that the claim is of what was
    said at first, whoever has taken it back since."""
    contrary = _of_others(record, contrary, support)
    if not support and not contrary:
        return Judgement(verdict="unseen", reason="nothing in the ledger puts it forward")
    standing = support if once else _stood_by(record, support, contrary)
    if support and not standing:
        return _withdrawn(record, support, contrary)
    support = standing
    count, counter = independence_of(record, support), independence_of(record, contrary)
    for_it, against = origins_of(record, support, count), origins_of(record, contrary, counter)
    if against >= max(1, for_it):
        verdict = "contested"
        stands = f"for it: {count.reason}" if support else "nothing stands for it"
        reason = f"against it: {counter.reason}; {stands}"
    elif for_it >= 2:
        known = (
            ""
            if count.at_least >= 2
            else f"{for_it} that nothing shows to be one, though none is known to be independent: "
        )
        verdict, reason = "corroborated", f"{known}{count.reason}{_others(contrary, differing)}"
    else:
        how = "one origin" if count.at_most == 1 else "sources that cannot be told apart for sure"
        verdict, reason = "single-source", f"{how}: {count.reason}{_others(contrary, differing)}"
    return Judgement(
        verdict=verdict, count=count, reason=reason, support=support, contrary=contrary, differing=differing
    )


def _stood_by(record: Held, support: Sequence[Related], contrary: Sequence[Related]) -> list[Related]:
    """What bears a claim out without what its source has said otherwise since, and what an outlet told that has taken it back since."""
    since: dict[str, datetime] = {}
    for related in contrary:
        voice, appeared = (
            _voice_against(record, related.assertion),
            record.documents[related.assertion.document].appeared,
        )
        since[voice] = max(appeared, since.get(voice, appeared))
    return [
        related
        for related in support
        if not any(
            record.documents[related.assertion.document].appeared < since[voice]
            for voice in _told_by(record, related.assertion) & since.keys()
        )
    ]


def _voice_against(record: Held, assertion: Assertion) -> str:
    """Who speaks against a claim: an outlet that takes its own word back as a newsroom."""
    if assertion.source.kind is SourceKind.AUTHOR and assertion.act is Act.DENIES:
        return newsroom_of(record.documents[assertion.document]) or record.party_of[assertion.id].id
    return record.party_of[assertion.id].id


def _told_by(record: Held, assertion: Assertion) -> set[str]:
    """Who puts something forward, and the newsrooms that pass it on."""
    party = record.party_of[assertion.id]
    rooms = {newsroom_of(record.documents[assertion.document]), newsroom(party.name)}
    return {party.id, *(room for room in rooms if room), *(newsroom(hop.source.name) for hop in assertion.hops)}


def _withdrawn(record: Held, support: Sequence[Related], contrary: Sequence[Related]) -> Judgement:
    """The verdict on what all who put it forward have said otherwise since."""
    last = max(contrary, key=lambda related: record.documents[related.assertion.document].appeared).assertion
    who, on = record.party_of[last.id].name, day(record.documents[last.document].appeared)
    reason = f"on {on} {who} itself says otherwise"
    count = independence_of(record, support)
    return Judgement(verdict="outdated", count=count, reason=reason, support=support, contrary=contrary)


def _of_others(record: Held, contrary: Sequence[Related], support: Sequence[Related]) -> list[Related]:
    """What speaks against a claim without what one says who bears it out in the same sentence, or in the same text if only reading both together speaks
    against it: of the two that is the likelier misreading. What one denies or corrects in so many words stays."""
    in_sentences = {(*_word_in(record, related), related.assertion.sentence) for related in support}
    in_texts = {_word_in(record, related) for related in support}
    return [
        related
        for related in contrary
        if (*_word_in(record, related), related.assertion.sentence) not in in_sentences
        and not (_is_only_read(related) and _word_in(record, related) in in_texts)
    ]


def _is_only_read(related: Related) -> bool:
    """Whether only reading both together speaks against a claim, and no denial does."""
    return related.reason.startswith(READ_TOGETHER) and related.assertion.act not in (Act.DENIES, Act.DOUBTS)


def _word_in(record: Held, related: Related) -> tuple[str, str]:
    """Whose word an assertion is, and in which document."""
    return record.party_of[related.assertion.id].id, related.assertion.document


def _others(contrary: Sequence[Related], differing: Sequence[Related]) -> str:
    """How many documents say otherwise, and how many give another figure, to follow a reason."""
    counts = (len({r.assertion.document for r in found}) for found in (contrary, differing))
    otherwise, another = counts
    said = f"; {otherwise} other{'s say' if otherwise > 1 else ' says'} otherwise" if otherwise else ""
    return said + (f"; {another} give{'s' if another == 1 else ''} another figure" if another else "")
