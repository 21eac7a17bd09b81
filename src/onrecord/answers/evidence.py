"""What the ledger holds that may bear on some claims: looked up claim by claim, so that the cost follows the claims, not the ledger."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import chain

from onrecord.answers.compared import (
    counts_the_same,
    is_a_standing_count,
    is_bare,
    is_equal,
    is_same_toll,
    measures_as_much,
    other_scope,
    says_whose,
    tells_by_nearness,
)
from onrecord.answers.figures import Counted, counted_figures, in_order
from onrecord.answers.same_texts import is_it, same_texts
from onrecord.answers.sides import Side, Together, bearing, is_denied, is_its_number, side_of, words_stand
from onrecord.decided import Pairs
from onrecord.ledger.store import Ledger
from onrecord.linking.claims import JOINED_BY_A_PERSON
from onrecord.linking.closeness import CLOSE, CLOSE_FOR_FIGURES, SMALL, Closeness
from onrecord.linking.copies import Copy, copies
from onrecord.linking.entailment import Entailment
from onrecord.linking.figures import Subject, comparable
from onrecord.linking.groups import Groups
from onrecord.linking.interest import Interest, interest
from onrecord.linking.likeness import coverage, meanings, places_among, same_countries, weights
from onrecord.linking.origins import origins
from onrecord.linking.relations import can_be_one, cannot_tell, is_against, is_of_another, relation, same_days, stance
from onrecord.linking.sources import Party, parties
from onrecord.records import Assertion, Document, RelationKind, words_of

# Candidates looked at for each claim, best match of words first (of 408 claims of twenty-one dossiers as many are judged rightly at 300, 200, 150 and 100; at 100 `known`
# takes half of the time of 300 in the median).
MOST_CANDIDATES = 100
# A figure of the same kind is one of the same thing if the claims around it share this much; 0.2 or 0.4 change one verdict in 34
# of the constructed dossiers.
ENOUGH_FOR_FIGURES = 0.3
# From here on numbers are seldom equal by chance: then it is enough if the one claim holds so much of the other, whichever says more.
SELDOM_EQUAL = 50  # not tuned

# From these log odds on a text that says so is of the matter of a claim, and its tolls are (of 1, 2 and 3 the last loses no verdict of the dossiers).
OF_ITS_MATTER = 3.0

# Reports further apart than this are of one matter only if they name its place; two weeks are a guess, no set of ours tells.
NEWS_OF_ONE_PLACE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Related:
    """An assertion of the ledger and how it bears on a claim, in words."""

    assertion: Assertion
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The part of the ledger that may bear on some claims, by id.

    `near` are the assertions that were looked up for each claim, `about` the meanings of each assertion, `figures` those of each subject,
    oldest first, and `numbers` those of each number, `copied` the documents that were kept apart because they are the same text, and `hits` for how many of the claims each
    document was looked up, those kept apart included; `together` reads claims and what is nearest to them together, None where that is not to be done; `here` are, for each document of a claim, the documents that can tell of
    what it tells of; `told_in` are the assertions of each document, `sharing` which of some documents
    were found to share an origin.
    """

    assertions: Mapping[str, Assertion]
    near: Mapping[str, Collection[str]]
    about: Mapping[str, frozenset[str]]
    documents: Mapping[str, Document]
    party_of: Mapping[str, Party]
    figures: Mapping[Subject, Sequence[Counted]]
    numbers: Mapping[frozenset[float], Sequence[Counted]]
    together: Together | None
    closeness: Closeness
    copied: Sequence[Document]
    pairs: Pairs
    hits: Mapping[str, int]
    here: Mapping[str, frozenset[str]]
    told_in: Mapping[str, Sequence[Assertion]]
    sharing: dict[frozenset[str], list[tuple[str, ...]]] = field(default_factory=dict)

    def related(self, claim: Assertion) -> tuple[list[Related], list[Related]]:
        """What puts the claim forward and what speaks against it, closest first."""
        by_person = [self.assertions[b] for a, b in sorted(self.pairs.joined) if a == claim.id and b in self.assertions]
        near = (self.assertions[id_] for id_ in sorted(self.near[claim.id]) if id_ in self.assertions)
        support, contrary = self._standing_to(claim, [other for other in near if other not in by_person])
        return [*(Related(other, JOINED_BY_A_PERSON) for other in by_person), *support], contrary

    def _standing_to(self, claim: Assertion, others: Sequence[Assertion]) -> tuple[list[Related], list[Related]]:
        """Which of some assertions put a claim forward and which speak against it, closest first."""
        support: list[Related] = []
        contrary: list[Related] = []
        for odds, other in self._with_odds(claim, others):
            if (claim.id, other.id) in self.pairs.parted:
                continue
            if other.id == claim.id:
                support.append(Related(other, "it is the claim itself"))
            elif (side := self._side(claim, other, odds)) is not None:
                (contrary if side.is_against else support).append(Related(other, side.reason))
        return support, contrary

    def _side(self, claim: Assertion, other: Assertion, odds: float) -> Side | None:
        """On which side of a claim another assertion is; None where on neither. Reading both together tells, if both do not name other places or times; to speak
        against a claim something must tell of its place and time. Where they are not read, or it leaves open what they are to each other, words tell."""
        if cannot_tell(claim, other):
            return None
        document = self.documents[other.document]
        told = self._told(claim, [other]).get(other.id)
        if told is not None and (side := side_of(told, denied=is_denied(claim, other))) is not None:
            is_apart = (
                is_of_another(claim, other, document)
                or (side.is_against and not can_be_one(claim, other, document))
                or (side.is_denied and not is_its_number(claim, other))
            )
            return None if is_apart else side
        # Reading sees little in a sentence with nothing before it.
        begins = not document.text[: other.sentence.start].strip()
        if told is not None and not begins and not words_stand(told):
            return None
        found = relation(claim, other, document, alike=odds >= CLOSE, weight=self.closeness.weight)
        if found is None or found.kind is RelationKind.LEAVES_OPEN:
            return None
        return Side(is_against=is_against(found.kind), reason=found.reason)

    def contesting(
        self, claim: Assertion, main: Counted, others: Sequence[Counted], speaking_of_it: Collection[str]
    ) -> list[Counted]:
        """Of the figures that differ from a claim's those near enough to speak against it: in what else both say, as a count of one country's people, as
        a toll in a text of its matter, or in a text that speaks of the claim's number as one that was given. A small number may be of anything ("the two
        sides"), and is contested only by a count of the same. `speaking_of_it` are the documents of `speaking_of`."""
        if main.figure.unit is None and max(main.figure.values, default=0) <= SMALL:
            others = [c for c in others if counts_the_same(main, c)]
        odds = self.closeness.of(claim, [other.assertion for other in others])
        of_it = cache(lambda: self._of_its_matter(claim))
        return [
            other
            for other, near in zip(others, odds, strict=True)
            if near >= CLOSE_FOR_FIGURES
            or (other.document.id in speaking_of_it and measures_as_much(main, other))
            or (says_whose(main, other) and is_a_standing_count(main, other))
            or (is_same_toll(main, other) and (says_whose(main, other) or other.document.id in of_it()))
        ]

    def speaking_of(self, main: Counted) -> frozenset[str]:
        """The documents that take the number of a figure back, or speak of it as somebody's: "well above the 640 that it had announced". A small
        number, which may be of anything, must count what the figure does."""
        is_small = max(main.figure.values, default=0) <= SMALL
        its = (c for c in self._equal(main) if not is_small or comparable(main.said, c.said))
        return frozenset(c.document.id for c in its if c.is_not_given)

    def _equal(self, main: Counted) -> Iterable[Counted]:
        """The figures that have the number of one, whatever they count."""
        return (c for c in self.numbers.get(main.figure.values, ()) if c.assertion.id in self.assertions)

    def giving(self, claim: Assertion, main: Counted) -> list[Related]:
        """What bears a claim out by its words and gives the number of a figure of it too, whatever it counts there: "nine of the hurt" and "nine
        cooks"."""
        near = self.near[claim.id]
        equal = {
            c.assertion.id: c.assertion for c in self._equal(main) if c.assertion.id in near and not c.is_not_given
        }
        support, _ = self._standing_to(claim, [equal[id_] for id_ in sorted(equal)])
        return support

    def same_figures(self, claim: Assertion, main: Counted) -> list[Counted]:
        """The figures of the ledger that count what one figure of the claim counts in the same scope, oldest first."""
        return [c for c in self._of_its_kind(claim, main, self.here[claim.document]) if other_scope(main, c) is None]

    def other_scopes(self, claim: Assertion, main: Counted) -> list[tuple[Counted, str]]:
        """The figures that count the same in another place or period, or what is expected, each with what differs."""
        found = ((c, other_scope(main, c)) for c in self._of_its_kind(claim, main, self.documents.keys()))
        return [(c, difference) for c, difference in found if difference is not None]

    def _of_its_kind(self, claim: Assertion, main: Counted, documents: Collection[str]) -> list[Counted]:
        """The figures of some documents that count what one of a claim counts, oldest first."""
        series = [
            found for subject, found in self.figures.items() if comparable(main.said, subject) or is_bare(subject)
        ]
        of_it = cache(lambda: self._of_its_matter(claim))  # looked up where it is asked for
        likely = [
            c
            for c in chain.from_iterable(series)
            if c.document.id in documents
            and same_days(claim, c.assertion, c.document)
            and (says_whose(main, c) or same_countries(claim, c.assertion))
            and stance(claim, c.assertion) is not None
        ]
        found = [
            c
            for c in likely
            if is_a_standing_count(main, c)
            or self._is_about(claim, main, c)
            or (is_same_toll(main, c) and (says_whose(main, c) or c.document.id in of_it()))
        ]
        told = set(map(id, found))
        found += self._near(claim, main, (c for c in likely if id(c) not in told))
        return sorted(found, key=in_order)

    def _of_its_matter(self, claim: Assertion) -> frozenset[str]:
        """The documents that tell of what a claim is about: something in them is so near to it that "the toll rose to 15" there is of the same dead."""
        near = (self.assertions[id_] for id_ in self.near[claim.id] if id_ in self.assertions)
        return frozenset(other.document for odds, other in self._with_odds(claim, near) if odds >= OF_ITS_MATTER)

    def _near(self, claim: Assertion, main: Counted, others: Iterable[Counted]) -> list[Counted]:
        """Of some figures those of the same thing because their claims are near: large comparable ones, and the same large number, whatever it counts:
        "the figure of 2,700" is of whatever near has that number."""
        large = [c for c in others if tells_by_nearness(main, c)]
        odds = self.closeness.of(claim, [c.assertion for c in large])
        bars = (CLOSE_FOR_FIGURES if comparable(main.said, c.said) else CLOSE for c in large)
        return [c for c, near, bar in zip(large, odds, bars, strict=True) if near >= bar]

    def _is_about(self, claim: Assertion, main: Counted, other: Counted) -> bool:
        """Whether two comparable figures are of one thing by a place of the one that is named in the other, or by enough words.

        Where one does not say what it counts, the place alone does not tell: "three of them" near a port may be anything.
        """
        if not comparable(main.said, other.said):
            return False
        theirs = self.about[other.assertion.id]
        counted = main.subject.counted is not None and main.subject.counted == other.subject.counted
        if counted and places_among(claim, theirs):
            return True
        mine = meanings(claim)
        shared = coverage(mine, theirs, self.closeness.weight)
        if counted and is_equal(main.figure, other.figure) and min(other.figure.values, default=0) >= SELDOM_EQUAL:
            shared = max(shared, coverage(theirs, mine, self.closeness.weight))
        return shared >= ENOUGH_FOR_FIGURES

    def origins_among(self, ids: Collection[str], may_be_one: Iterable[Sequence[str]] = ()) -> int:
        """How many origins some documents have, those that share one counted once: they tell what one source said on one occasion, copy one another, or give the
        same figures of one briefing; `may_be_one` are groups of them to be counted once for another reason."""
        if len(ids) < 2:
            return len(ids)
        documents = frozenset(ids)
        if documents not in self.sharing:
            self.sharing[documents] = self._sharing(documents)
        groups = Groups()
        for one, *others in (*self.sharing[documents], *may_be_one):
            for other in others:
                groups.join(one, other)
        return len({groups.top(id_) for id_ in documents})

    def _sharing(self, ids: Collection[str]) -> list[tuple[str, ...]]:
        """Those of some documents that share an origin, by origin."""
        documents = {id_: self.documents[id_] for id_ in sorted(ids)}
        told = [a for id_ in documents for a in self.told_in[id_] if a.id in self.assertions]
        return [origin.rests for origin in origins(documents, told, self.party_of, self.copies_among(ids))]

    def copies_among(self, documents: Collection[str]) -> list[Copy]:
        """Which of some documents copy one another."""
        return copies(self.documents[id_] for id_ in sorted(documents))

    def disinterested(self) -> Held:
        """What remains without what sources say of their own side and of their enemies; what they admit against their interest stays."""
        told = {
            id_
            for id_, a in self.assertions.items()
            if interest(a, self.party_of[id_]) in (Interest.ITSELF, Interest.ENEMY)
        }
        return self.less(told)

    def less(self, ids: Collection[str]) -> Held:
        """What remains without some assertions."""
        return replace(
            self,
            assertions={id_: a for id_, a in self.assertions.items() if id_ not in ids},
            sharing={},
            figures={s: [c for c in found if c.assertion.id not in ids] for s, found in self.figures.items()},
        )

    def _told(self, claim: Assertion, others: Iterable[Assertion]) -> Mapping[str, Entailment]:
        """What some assertions are to a claim, by their ids, where they were read together."""
        return {} if self.together is None else self.together.told(claim, others)

    def _with_odds(self, claim: Assertion, others: Iterable[Assertion]) -> list[tuple[float, Assertion]]:
        """Those of some assertions that can tell of what the document of a claim tells of, each with the log odds that it bears on the claim, the closest
        first."""
        near = [other for other in others if other.document in self.here[claim.document]]
        by_words = list(zip(self.closeness.of(claim, near), near, strict=True))
        told = self._told(claim, near)
        together = ((odds + bearing(told.get(other.id)), other) for odds, other in by_words)
        return sorted(together, key=lambda pair: (-pair[0], pair[1].id))


def held(
    ledger: Ledger,
    claims: Sequence[Assertion],
    texts: Mapping[str, Document],
    *,
    apart_from: Document | None = None,
    as_of: datetime | None = None,
) -> Held:
    """What the ledger held as of a time that may bear on some claims; `texts` are the documents of the claims, by id.

    A document to be kept apart is left out with its other versions and the texts that copy it: they are no evidence for it.
    """
    found: dict[str, Assertion] = {}
    near: dict[str, set[str]] = {}
    by_person: set[str] = set()
    asked = [(words_of(texts[claim.document].text, claim.attribution.content), claim.terms) for claim in claims]
    for claim, closest in zip(claims, ledger.like(asked, as_of=as_of, most=MOST_CANDIDATES), strict=True):
        if apart_from is None:
            closest.append(claim)  # it stands for itself, however many are like it
        joined = ledger.joined_to(claim, as_of=as_of)
        by_person |= {other.id for other in joined}
        closest += joined
        near[claim.id] = {other.id for other in closest}
        found |= {other.id: other for other in closest}
    documents = ledger.documents(ids={a.document for a in found.values()})
    hits = Counter(d for ids in near.values() for d in {found[id_].document for id_ in ids})
    own = same_texts(apart_from, documents, hits, len(claims)) if apart_from is not None else set()
    # What a text tells that is only held against the ledger may have happened anywhere and long ago.
    here = _here(claims, texts, documents, ledger) if apart_from is None else {apart_from.id: frozenset(documents)}
    anywhere = frozenset().union(*here.values())
    assertions = [a for a in found.values() if a.document not in own and (a.document in anywhere or a.id in by_person)]
    party_of = parties({a.id: a for a in (*claims, *assertions)}.values(), {**texts, **documents})
    counted = counted_figures(assertions, documents, party_of)
    closeness = Closeness(weights(assertions))
    return Held(
        assertions={a.id: a for a in assertions},
        near=near,
        about={a.id: meanings(a) for a in assertions},
        documents=documents,
        party_of=party_of,
        figures=_by_subject(counted),
        numbers=_by_number(counted),
        together=_together(near, assertions, {**documents, **texts}, closeness) if apart_from is not None else None,
        closeness=closeness,
        copied=[documents[d] for d in sorted(own) if apart_from is not None and not is_it(documents[d], apart_from)],
        pairs=ledger.pairs(assertions),
        hits=hits,
        here=here,
        told_in=_by_document(assertions),
    )


def _by_document(assertions: Iterable[Assertion]) -> dict[str, list[Assertion]]:
    """Assertions by the document that they stand in."""
    found: dict[str, list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        found[assertion.document].append(assertion)
    return found


def _together(
    near: Mapping[str, Collection[str]],
    assertions: Iterable[Assertion],
    documents: Mapping[str, Document],
    closeness: Closeness,
) -> Together:
    """What reads the claims of a document that is held against the ledger together with what is nearest to them."""
    held_now = {assertion.id: assertion for assertion in assertions}
    may_bear = {
        id_: [a for other in sorted(ids) if (a := held_now.get(other)) is not None] for id_, ids in near.items()
    }
    return Together(near=may_bear, documents=documents, closeness=closeness)


def _here(
    claims: Iterable[Assertion], texts: Mapping[str, Document], documents: Mapping[str, Document], ledger: Ledger
) -> dict[str, frozenset[str]]:
    """For the document of each claim those that can tell of what it tells of: they name one of the places below a country that it speaks of, or are of
    about its time. All for a document that speaks of no such place or has no date."""
    own = {claim.document for claim in claims}
    places = _places_of(own, ledger)
    words = {d.id: d.text.lower() for d in documents.values()}
    there = {names: _naming(names, words) for names in set(places.values())}
    found: dict[str, frozenset[str]] = {}
    for id_ in own:
        published = texts[id_].published
        if id_ in places and published is not None:
            found[id_] = there[places[id_]] | _of_about_then(published, documents)
        else:
            found[id_] = frozenset(documents)
    return found


def _places_of(ids: Collection[str], ledger: Ledger) -> dict[str, frozenset[str]]:
    """The places below a country, in small letters, of which the assertions of some documents speak; only for documents that speak of some."""
    places: dict[str, set[str]] = defaultdict(set)
    for assertion in ledger.assertions_in(ids):
        for place in assertion.places:
            if not place.is_country:
                places[assertion.document].add(place.name.lower())
    return {id_: frozenset(names) for id_, names in places.items()}


def _naming(names: frozenset[str], words: Mapping[str, str]) -> frozenset[str]:
    """The documents that have one of some names in their words."""
    any_of = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
    return frozenset(id_ for id_, text in words.items() if any(name in text for name in names) and any_of.search(text))


def _of_about_then(when: datetime, documents: Mapping[str, Document]) -> frozenset[str]:
    """The documents that were published about a time, and those without a date."""
    first, last = when - NEWS_OF_ONE_PLACE, when + NEWS_OF_ONE_PLACE
    return frozenset(d.id for d in documents.values() if d.published is None or first <= d.published <= last)


def _by_subject(figures: Iterable[Counted]) -> dict[Subject, list[Counted]]:
    """Figures by what their own words say that they count."""
    found: dict[Subject, list[Counted]] = defaultdict(list)
    for counted in figures:
        found[counted.said].append(counted)
    return dict(found)


def _by_number(figures: Iterable[Counted]) -> dict[frozenset[float], list[Counted]]:
    """Figures by the numbers that they name."""
    found: dict[frozenset[float], list[Counted]] = defaultdict(list)
    for counted in figures:
        found[counted.figure.values].append(counted)
    return dict(found)
