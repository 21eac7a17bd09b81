"""How do assertions stand to one another? Typed relations with their reason and the words of both."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations

from onrecord.answers.differing import SAME_STATE, differing_figures, is_known_order, one_voice
from onrecord.answers.likely import WITHOUT_ANY, Ground, Link, likelihoods
from onrecord.answers.rows import RelationRow, day, source_words
from onrecord.ledger.store import Ledger
from onrecord.linking.credits import newsroom_of
from onrecord.linking.likeness import TIMES, Weights, coverage, meanings, weights
from onrecord.linking.relations import (
    by_one_voice,
    is_against,
    is_mutual,
    is_one_denied,
    mutual,
    relation,
    reply,
    shares_enough,
    shares_something,
)
from onrecord.linking.sources import Party, parties
from onrecord.records import Act, Assertion, Document, Polarity, Relation, RelationKind, SourceKind, words_of

MOST_ASSERTIONS = 2_000
# Assertions are compared where the rarest words of the later are in the earlier: so many of those that are looked up.
LOOKED_UP = 16
LEAST_COMMON = 2
# Of relations found by words or numbers so many are read together, the newest first, which takes about eight seconds on two processors.
MOST_READ = 1_000
# What is found by few words is shown if it is as likely as this (relations that speak against something, of 338 contradictions of twenty dossiers those found, and of 139 apparent
# ones those taken for real: 609, 74 and 18 at 0.5; 693, 80 and 19 at 0.3; 741, 83 and 19 at 0.25; without them 585, 73 and 18).
LEAST_LIKELY = 0.3
# Two that share this much of what either says are of one thing, and a negation in one of them is no chance (of 19 labelled pairs that do 13 are right).
NEARLY_ALL = 0.7
ALL_BUT_REPEATS = frozenset(RelationKind) - {RelationKind.REPEATS}
# Relations of these kinds are found by words and numbers that may stand there by chance.
UNSURE = frozenset({RelationKind.CONTRADICTS, RelationKind.DENIES, RelationKind.REVISES, RelationKind.RETRACTS})


def relation_rows(
    ledger: Ledger,
    words: str = "",
    *,
    kinds: Collection[RelationKind] = ALL_BUT_REPEATS,
    as_of: datetime | None = None,
) -> list[RelationRow]:
    """The relations of some kinds between the MOST_ASSERTIONS that match these words best, the later assertion first; those that are less likely than not
    stand last."""
    found = ledger.assertions(words, as_of=as_of, most=MOST_ASSERTIONS if words.strip() else None)
    documents = ledger.documents(ids={a.document for a in found})
    of_id = {a.id: a for a in found}
    links = [link for link in links_among(found, documents, loosely=True) if link[0].kind in kinds]
    likely = likelihoods(_to_read(links, of_id, documents), of_id, documents, most=MOST_READ)
    kept = [r for r, ground in links if ground is not Ground.FEW_WORDS or likely[r] >= LEAST_LIKELY]
    return sorted((_row(r, of_id, documents, likely.get(r)) for r in kept), key=_in_order)


def _to_read(links: Iterable[Link], of_id: Mapping[str, Assertion], documents: Mapping[str, Document]) -> list[Link]:
    """Those of some links of which both assertions are to be read together: the newest first, and those found by few words last."""
    unsure = [(r, ground) for r, ground in links if r.kind in UNSURE and ground in WITHOUT_ANY]
    newest = sorted(
        unsure, key=lambda link: (documents[of_id[link[0].of].document].appeared, link[0].of, link[0].to), reverse=True
    )
    return sorted(newest, key=lambda link: link[1] is Ground.FEW_WORDS)


def _in_order(row: RelationRow) -> tuple[object, ...]:
    place = (row.published or "", row.document, row.start, row.end, row.kind, row.to_document, row.to_start)
    return (not row.is_likely, *place)


def relations_among(found: Sequence[Assertion], documents: Mapping[str, Document]) -> list[Relation]:
    """The relations between some assertions, each once, that words, numbers and places show; `documents` holds theirs by id."""
    return [r for r, _ in links_among(found, documents)]


def links_among(found: Sequence[Assertion], documents: Mapping[str, Document], *, loosely: bool = False) -> list[Link]:
    """The relations between some assertions, each once, with what each was found by; `loosely` also those by few words."""
    links: list[Link] = [(r, Ground.PLACE) for r in _by_place_in_text(found, documents)]
    links += _by_words(found, documents, parties(found, documents), loosely=loosely)
    links += ((r, Ground.FIGURES) for r in differing_figures(found, documents))
    apart = {frozenset((r.of, r.to)) for r, _ in links if r.kind is RelationKind.CONTRADICTS}
    kept = [
        link
        for link in links
        if link[0].kind is not RelationKind.REPEATS or frozenset((link[0].of, link[0].to)) not in apart
    ]
    return list({(r.kind, r.of, r.to): (r, ground) for r, ground in reversed(kept)}.values())


def _by_words(
    found: Sequence[Assertion], documents: Mapping[str, Document], party_of: Mapping[str, Party], *, loosely: bool
) -> Iterator[Link]:
    """The relations of each assertion to earlier ones, and to those of its own document."""
    about, weight = {a.id: meanings(a) - TIMES for a in found}, weights(found)
    for earlier, later in _likely_pairs(found, documents, about, weight):
        shares = (
            coverage(about[earlier.id], about[later.id], weight),
            coverage(about[later.id], about[earlier.id], weight),
        )
        document = documents[later.document]
        who = one_voice(party_of[earlier.id], party_of[later.id]) or _one_outlet(earlier, later, documents)
        alike = shares_enough(earlier, later, max(shares))
        ground = Ground.SAME_WORDS if min(shares) >= NEARLY_ALL else Ground.WORDS
        link = _by_enough_words(earlier, later, document, weight, alike=alike, is_one_voice=who is not None)
        if link is None and loosely and is_one_denied(earlier, later) and shares_something(earlier, later):
            link, ground = relation(earlier, later, document, alike=True, weight=weight, loosely=True), Ground.FEW_WORDS
            link = link if link is not None and is_against(link.kind) else None
        if link is None or (who is None and is_against(link.kind) and _was_not_yet_so(earlier, later, documents)):
            continue
        if who is None or (earlier.document == later.document and link.kind is RelationKind.LEAVES_OPEN):
            yield link, ground
        elif earlier.document != later.document and is_known_order(documents[earlier.document], document):
            yield by_one_voice(earlier, link, who=who), ground


def _one_outlet(earlier: Assertion, later: Assertion, documents: Mapping[str, Document]) -> str | None:
    """Who speaks in both where an outlet takes back what it told, in words; None where it does not."""
    is_taken_back = later.source.kind is SourceKind.AUTHOR and later.act is Act.DENIES
    outlet, before = (newsroom_of(documents[a.document]) for a in (later, earlier))
    return "the same outlet" if is_taken_back and outlet is not None and outlet == before else None


def _by_enough_words(
    earlier: Assertion, later: Assertion, document: Document, weight: Weights, *, alike: bool, is_one_voice: bool
) -> Relation | None:
    """How the later of two assertions, of `document`, stands to the earlier; or, in one text, the earlier leaves the later open."""
    link = relation(earlier, later, document, alike=alike, weight=weight, one_voice=is_one_voice)
    if link is None and earlier.document == later.document:
        link = relation(later, earlier, document, alike=alike, weight=weight)
        return link if link is not None and link.kind is RelationKind.LEAVES_OPEN else None
    return link


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


def _row(
    link: Relation, of_id: Mapping[str, Assertion], documents: Mapping[str, Document], likelihood: float | None
) -> RelationRow:
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
        likelihood=likelihood,
    )
