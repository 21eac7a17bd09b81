"""Who stands for a claim, and who against it: the verdict by independent origins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

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
    taken_back = {} if once else _taken_back(record, support, contrary)
    standing = [related for related in support if related.assertion.id not in taken_back]
    if support and not standing:
        return _withdrawn(record, support, contrary, list(taken_back.values()))
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


def _taken_back(record: Held, support: Sequence[Related], contrary: Sequence[Related]) -> dict[str, Assertion]:
    """Of what bears a claim out what its source has said otherwise since, and what an outlet told on nobody's or nobody named's word and has taken back since, by its id: with the
    assertion that does so. Only what has a date comes before or after."""
    against: dict[str, list[Assertion]] = defaultdict(list)
    for related in contrary:
        against[_voice_against(record, related.assertion)].append(related.assertion)
    found = {}
    for assertion in (related.assertion for related in support):
        since = [
            other
            for voice in _told_by(record, assertion) & against.keys()
            for other in against[voice]
            if _is_later(record, other, assertion)
        ]
        if since:
            found[assertion.id] = max(since, key=lambda other: (record.documents[other.document].appeared, other.id))
    return found


def _is_later(record: Held, one: Assertion, other: Assertion) -> bool:
    days = (record.documents[one.document].published, record.documents[other.document].published)
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def _voice_against(record: Held, assertion: Assertion) -> str:
    """Who speaks against a claim: an outlet that takes its own word back as a newsroom."""
    if assertion.source.kind is SourceKind.AUTHOR and assertion.act is Act.DENIES:
        return newsroom_of(record.documents[assertion.document]) or record.party_of[assertion.id].id
    return record.party_of[assertion.id].id


def _told_by(record: Held, assertion: Assertion) -> set[str]:
    """Who puts something forward, and the newsrooms on whose word it stands where it names nobody; whoever is named stands by his word whatever a newsroom does."""
    party = record.party_of[assertion.id]
    if party.named and party.kind is not SourceKind.OUTLET:
        return {party.id}
    rooms = {newsroom_of(record.documents[assertion.document]), newsroom(party.name)}
    return {party.id, *(room for room in rooms if room), *(newsroom(hop.source.name) for hop in assertion.hops)}


def _withdrawn(
    record: Held, support: Sequence[Related], contrary: Sequence[Related], taken_back: Sequence[Assertion]
) -> Judgement:
    """The verdict on what all who put it forward have said otherwise since."""
    last = max(taken_back, key=lambda assertion: (record.documents[assertion.document].appeared, assertion.id))
    reason = f"on {day(record.documents[last.document].appeared)} {record.party_of[last.id].name} itself says otherwise"
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
