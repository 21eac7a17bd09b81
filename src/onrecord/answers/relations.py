"""How do assertions stand to one another? Typed relations with their reason and the words of both."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from onrecord.answers.figures import Counted, counted_figures, is_put_forward, scope_difference
from onrecord.answers.rows import RelationRow, day, source_words
from onrecord.ledger.store import Ledger
from onrecord.linking.closeness import closeness
from onrecord.linking.figures import ROUNDING, comparable, compatible, is_wide
from onrecord.linking.likeness import TIMES, Weights, coverage, meanings, weights
from onrecord.linking.relations import by_one_voice, is_against, is_mutual, mutual, relation, reply, shares_enough
from onrecord.linking.sources import Party, parties
from onrecord.records import Assertion, Document, Polarity, Relation, RelationKind, words_of

MOST_ASSERTIONS = 2_000
# Assertions are compared where the rarest words of the later are in the earlier: so many of those that are looked up.
LOOKED_UP = 16
LEAST_COMMON = 2
# Figures of two sources contradict one another within these days; a later one is of a later state of things.
SAME_STATE = timedelta(days=2)
# Figures of two sources that are further apart than so many times count other things: a part and the whole, or two events.
FURTHEST = 5.0
# Figures of which one leaves unsaid what it counts are compared where their claims are this near (log odds; right kinds of contradictions of the
# example and fifteen constructed dossiers: 58 of 278 at -1, 61 at -2, 62 at -3, with 781, 806 and 854 relations).
CLOSE_TO_COMPARE = -2.0


def relation_rows(
    ledger: Ledger,
    words: str = "",
    *,
    kind: RelationKind | None = None,
    as_of: datetime | None = None,
) -> list[RelationRow]:
    """The relations between the MOST_ASSERTIONS that match these words best, of one kind or of all but repetitions, the later
    assertion first."""
    found = ledger.assertions(words, as_of=as_of, most=MOST_ASSERTIONS if words.strip() else None)
    documents = ledger.documents(ids={a.document for a in found})
    of_id = {a.id: a for a in found}
    links = relations_among(found, documents)
    wanted = [r for r in links if (r.kind is kind if kind else r.kind is not RelationKind.REPEATS)]
    rows = [_row(link, of_id, documents) for link in wanted]
    return sorted(
        rows, key=lambda r: (r.published or "", r.document, r.start, r.end, r.kind, r.to_document, r.to_start)
    )


def relations_among(found: Sequence[Assertion], documents: Mapping[str, Document]) -> list[Relation]:
    """The relations between some assertions, each once; `documents` holds theirs by id."""
    links = [
        *_by_place_in_text(found, documents),
        *_by_words(found, documents, parties(found, documents)),
        *_by_figures(found, documents),
    ]
    apart = {frozenset((r.of, r.to)) for r in links if r.kind is RelationKind.CONTRADICTS}
    kept = (r for r in links if r.kind is not RelationKind.REPEATS or frozenset((r.of, r.to)) not in apart)
    return list({(r.kind, r.of, r.to): r for r in reversed(list(kept))}.values())


def _by_words(
    found: Sequence[Assertion], documents: Mapping[str, Document], party_of: Mapping[str, Party]
) -> Iterator[Relation]:
    """The relations of each assertion to earlier ones, and to those of its own document."""
    about, weight = {a.id: meanings(a) - TIMES for a in found}, weights(found)
    for earlier, later in _likely_pairs(found, documents, about, weight):
        share = max(
            coverage(about[earlier.id], about[later.id], weight), coverage(about[later.id], about[earlier.id], weight)
        )
        who = _one_voice(party_of[earlier.id], party_of[later.id])
        alike = shares_enough(earlier, later, share)
        link = relation(
            earlier, later, documents[later.document], alike=alike, weight=weight, one_voice=who is not None
        )
        if link is None and earlier.document == later.document:
            link = relation(later, earlier, documents[earlier.document], alike=alike, weight=weight)
            link = link if link is not None and link.kind is RelationKind.LEAVES_OPEN else None
        if link is None or (who is None and is_against(link.kind) and _was_not_yet_so(earlier, later, documents)):
            continue
        if who is None or (earlier.document == later.document and link.kind is RelationKind.LEAVES_OPEN):
            yield link
        elif earlier.document != later.document and _is_known_order(
            documents[earlier.document], documents[later.document]
        ):
            yield by_one_voice(earlier, link, who=who)


_NOT_YET = re.compile(r"\b(?:yet|so far|until now|to date|still)\b", re.IGNORECASE)


def _was_not_yet_so(earlier: Assertion, later: Assertion, documents: Mapping[str, Document]) -> bool:
    """Whether the earlier says that something is not so yet, and the later is of another day on which it may have come about."""
    before, after = documents[earlier.document], documents[later.document]
    not_yet = earlier.certainty.polarity is Polarity.NEGATIVE and _NOT_YET.search(
        words_of(before.text, earlier.attribution.content)
    )
    return bool(not_yet) and after.appeared - before.appeared > SAME_STATE


def _by_place_in_text(found: Sequence[Assertion], documents: Mapping[str, Document]) -> Iterator[Relation]:
    """Replies to what they reply to, and what two say of each other in one breath."""
    of_id = {a.id: a for a in found}
    together: dict[object, list[Assertion]] = defaultdict(list)
    for assertion in found:
        together[assertion.document, assertion.attribution.cue, assertion.attribution.content].append(assertion)
        if assertion.answers in of_id and (link := reply(of_id[assertion.answers], assertion)) is not None:
            yield link
    for several in together.values():
        for one, other in combinations(sorted(several, key=lambda a: a.id), 2):
            if one.source.name != other.source.name and is_mutual(one, other, documents[one.document]):
                yield mutual(one, other)


def _one_voice(one: Party, other: Party) -> str | None:
    """Who speaks in both, in words: one source, or two offices of one state; None for two voices."""
    if one.named and one.id == other.id:
        return "the same source"
    of_one_state = one.office_of is not None and one.office_of == other.office_of
    return "another office of the same state" if of_one_state or one.voice == other.voice else None


def _likely_pairs(
    found: Sequence[Assertion],
    documents: Mapping[str, Document],
    about: Mapping[str, frozenset[str]],
    weight: Weights,
) -> Iterator[tuple[Assertion, Assertion]]:
    """Pairs that share rare words, within one document a single one, the earlier first."""
    known_by: dict[str, list[Assertion]] = defaultdict(list)
    for later in sorted(found, key=lambda a: (documents[a.document].appeared, a.document, a.sentence.start, a.id)):
        rare = sorted(about[later.id], key=lambda term: (-weight.of(term), term))[:LOOKED_UP]
        near = Counter(earlier.id for term in rare for earlier in known_by[term])
        of_id = {earlier.id: earlier for term in rare for earlier in known_by[term]}
        of_one_text = {id_ for id_ in near if of_id[id_].document == later.document}
        yield from ((of_id[id_], later) for id_, count in near.items() if count >= LEAST_COMMON or id_ in of_one_text)
        for term in about[later.id]:
            known_by[term].append(later)


def _is_known_order(one: Document, other: Document) -> bool:
    """Whether both documents have a date: without one nobody knows which word came first."""
    return one.published is not None and other.published is not None


def _by_figures(found: Sequence[Assertion], documents: Mapping[str, Document]) -> Iterator[Relation]:
    """Figures for one thing: one source revises or narrows its own, two contradict one another within days."""
    weight = weights(found)
    told = [c for c in counted_figures(found, documents) if is_put_forward(c)]
    added = [c for c in told if c.figure.increment]
    alike: dict[object, list[Counted]] = defaultdict(list)
    for counted in told:
        if not counted.figure.increment:
            alike[counted.subject.status, counted.subject.unit].append(counted)
    for members in alike.values():
        for number, later in enumerate(members):
            for earlier in members[:number]:
                link = _of_figures(earlier, later)
                if (
                    link is not None
                    and _count_one_thing(earlier, later, weight)
                    and not any(_is_sum(earlier, more, later) for more in added)
                ):
                    yield link


def _count_one_thing(one: Counted, other: Counted, weight: Weights) -> bool:
    """Whether two comparable figures are of one thing: they say that they count the same, or the same country's people, or stand in claims
    that are near enough."""
    mine, theirs = one.subject, other.subject
    if mine.counted == theirs.counted and (mine.counted or (mine.whose and mine.whose == theirs.whose)):
        return True
    pairs = ((one.assertion, other.assertion), (other.assertion, one.assertion))
    return any(closeness(a, [b], weight)[0] >= CLOSE_TO_COMPARE for a, b in pairs)


def _is_sum(earlier: Counted, more: Counted, later: Counted) -> bool:
    """Whether a figure is an earlier one and what has come to it since: 1,500, another 1,500, and 3,000 in all."""
    first, second, whole = (c.figure.best for c in (earlier, more, later))
    in_time = earlier.document.appeared <= more.document.appeared <= later.document.appeared
    of_one = more.document.id == later.document.id or more.party.voice == later.party.voice
    if first is None or second is None or whole is None:
        return False
    adds_up = abs(first + second - whole) <= ROUNDING * whole
    return adds_up and in_time and of_one and comparable(more.subject, later.subject)


def _of_figures(earlier: Counted, later: Counted) -> Relation | None:
    if not _is_known_order(later.document, earlier.document):
        return None
    if not comparable(later.subject, earlier.subject):
        return None
    same = _one_voice(earlier.party, later.party) is not None
    kind = _kind_of_figures(earlier, later, same=same)
    if kind is None or scope_difference(later, earlier) is not None:
        return None
    said = f"{later.figure.as_written} where {earlier.party.name} gave {earlier.figure.as_written}"
    return Relation(kind=kind, of=later.assertion.id, to=earlier.assertion.id, reason=said)


def _kind_of_figures(earlier: Counted, later: Counted, *, same: bool) -> RelationKind | None:
    """How the later of two figures for one thing stands to the earlier; None where both can be right, or the state has changed."""
    if compatible(later.figure, earlier.figure):
        narrower = same and is_wide(earlier.figure) and not is_wide(later.figure)
        return RelationKind.NARROWS if narrower else None
    if same:
        return RelationKind.REVISES
    apart = abs(later.document.appeared - earlier.document.appeared)
    values = [max(c.figure.values, default=0.0) for c in (earlier, later)]
    return RelationKind.CONTRADICTS if apart <= SAME_STATE and max(values) <= FURTHEST * min(values) else None


def _row(link: Relation, of_id: Mapping[str, Assertion], documents: Mapping[str, Document]) -> RelationRow:
    later, earlier = of_id[link.of], of_id[link.to]
    texts = documents[later.document], documents[earlier.document]
    contents = later.attribution.content, earlier.attribution.content
    return RelationRow(
        kind=link.kind,
        document=texts[0].name,
        source=source_words(later.source, later.hops),
        published=day(texts[0].published),
        start=contents[0][0].start,
        end=contents[0][-1].end,
        text=texts[0].text[contents[0][0].start : contents[0][-1].end],
        to_document=texts[1].name,
        to_source=source_words(earlier.source, earlier.hops),
        to_published=day(texts[1].published),
        to_start=contents[1][0].start,
        to_end=contents[1][-1].end,
        to_text=texts[1].text[contents[1][0].start : contents[1][-1].end],
        reason=link.reason,
    )
