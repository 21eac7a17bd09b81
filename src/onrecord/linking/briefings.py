"""Which documents rest on the same telling? Who credits another, quotes its statement, gives its figures, quotes the same words or
carries the dispatch of its agency.

Each is told by pairs. What credits two reports rests on each for something else, and does not make them one; one dispatch is one in however many outlets.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from onrecord.linking.credits import newsroom, newsroom_of, newsrooms
from onrecord.linking.likeness import alike, give_other_numbers, meanings
from onrecord.linking.quoted import quoting_the_same
from onrecord.linking.sources import Party, plain_text
from onrecord.linking.vectors import nearness
from onrecord.records import Assertion, Document, Figure, Polarity, SourceKind, is_body, words_of

# A statement is news for this long; a document that names an older one recalls it.
NEWS = timedelta(days=2)
# Two texts that give this many equal figures within that time, on the word of sources that can be one, share their origin:
# one equal figure is common ("three soldiers"), two of the same status in the same places are not.
LEAST_SHARED_FIGURES = 2
SMALLEST_TELLING_FIGURE = 3
# Who credits an outlet by name credits what it told within so many days before; or else the one report of all before that which is nearest.
CREDITED_WITHIN = timedelta(days=7)
PRINTED_WITHIN = timedelta(days=1)
# Of the reports of a credited outlet none of which tells the like, one is credited if its words mean this much the same (`vectors.nearness`; mean F1 of
# origins of the example and thirty-four constructed dossiers: 0.766 at 0.3, 0.759 at 0.35, 0.753 at 0.45, 0.745 at 0.5). Of older ones, of which a ledger
# has many and seldom the one that is meant, a nearer one is asked for (not tuned: 0.791 to 0.794 from 0.45 to 0.65, with the rules of a later hour).
NEAR_ENOUGH, NEAR_ENOUGH_LONG_BEFORE = 0.3, 0.55
# So many older reports of an outlet, or statements of the days before, are looked at, the newest ones, for which of them a text means (not tuned).
MOST_LOOKED_AT = 50
# Two texts that credit one agency carry one dispatch if so many of their assertions are alike, and this share of those of the shorter one: a later
# dispatch of the agency recalls the earlier (mean F1 of origins of the example and thirty-nine constructed dossiers: 0.769 without a share, 0.773 at a
# fifth, 0.780 at a third, 0.783 at half).
LEAST_TOLD_ALIKE, SHARE_TOLD_ALIKE = 2, 0.5


def briefings(
    documents: Mapping[str, Document], assertions: Sequence[Assertion], party_of: Mapping[str, Party]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Documents that rest on one of them, or on what it rests on, each with the reason: who credits it, quotes it, gives its figures, or carries the
    dispatch of its agency.

    What credits two reports rests on each for something else, so the two are not one. One dispatch, or one set of figures, is one however many carry
    it, within NEWS of the first.
    """
    for pairs in (_credited(documents, assertions), _quoting_papers(documents, assertions)):
        resting: dict[str, dict[str, str]] = defaultdict(dict)
        for one, other, reason in pairs:
            resting[one].setdefault(other, reason)
        yield from resting.items()
    yield from _from_the_first(_same_details(documents, assertions, party_of), documents)
    yield from _from_the_first(_one_agency(documents, assertions), documents)
    asserting = in_order({a.document for a in assertions}, documents)
    yield from _from_the_first(quoting_the_same(documents, asserting, NEWS), documents)


def _from_the_first(
    pairs: Iterable[tuple[str, str, str, str]], documents: Mapping[str, Document]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Pairs, the earlier first, with what both have and the reason, put together: each document with the first that has the same, if that is no older
    than NEWS."""
    first: dict[tuple[str, str], str] = {}
    resting: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one, other, what, reason in sorted(
        pairs, key=lambda p: (documents[p[0]].appeared, documents[p[1]].appeared, p)
    ):
        head = first.get((what, one), one)
        if documents[other].appeared - documents[head].appeared > NEWS:
            head = one
        first.setdefault((what, other), head)
        resting[what, head].setdefault(other, reason)
    return ((head, others) for (_, head), others in resting.items())


# ---------------------------------------------------------------- the same several figures


_Detail = tuple[float, str | None]  # a number and its unit


def _same_details(
    documents: Mapping[str, Document], assertions: Sequence[Assertion], party_of: Mapping[str, Party]
) -> Iterable[tuple[str, str, str, str]]:
    """Pairs of documents that give the same several figures, which are named, within days, on the word of sources that can be one."""
    given: dict[str, dict[_Detail, tuple[Figure, Assertion]]] = defaultdict(dict)
    holding: dict[_Detail, set[str]] = defaultdict(set)
    for assertion in assertions:
        for figure in assertion.figures:
            for value in figure.values:
                if value >= SMALLEST_TELLING_FIGURE:
                    detail = value, figure.unit
                    given[assertion.document].setdefault(detail, (figure, assertion))
                    holding[detail].add(assertion.document)
    shared: dict[tuple[str, str], list[_Detail]] = defaultdict(list)
    for detail, found in holding.items():
        ordered = in_order(found, documents)
        for one, other in itertools.pairwise(ordered):
            if documents[other].appeared - documents[one].appeared <= NEWS:
                shared[one, other].append(detail)
    for (one, other), values in sorted(shared.items()):
        fitting = [v for v in values if _can_be_one_detail(given[one][v], given[other][v], party_of)]
        if len(fitting) >= LEAST_SHARED_FIGURES and not _other_places(given[one], given[other], fitting):
            largest_first = sorted(fitting, key=lambda detail: -detail[0])
            figures = ", ".join(" ".join(filter(None, (f"{value:,.0f}", unit))) for value, unit in largest_first)
            on_word_of = " and ".join(party_of[given[d][fitting[0]][1].id].name for d in (one, other))
            yield one, other, figures, f"both give the figures {figures} within days, on the word of {on_word_of}"


def _can_be_one_detail(
    one: tuple[Figure, Assertion], other: tuple[Figure, Assertion], party_of: Mapping[str, Party]
) -> bool:
    """Whether two equal figures can be one: no different status, and sources that can be the same."""
    statuses = {one[0].status, other[0].status} - {None, "deployed", "trained"}
    return len(statuses) < 2 and _can_be_one(party_of[one[1].id], party_of[other[1].id])


def _other_places(
    one: Mapping[_Detail, tuple[Figure, Assertion]],
    other: Mapping[_Detail, tuple[Figure, Assertion]],
    values: list[_Detail],
) -> bool:
    """Whether both texts name places below a country with these figures, and none in common."""
    mine, theirs = ({p.name for v in values for p in given[v][1].places if not p.is_country} for given in (one, other))
    return bool(mine) and bool(theirs) and not mine & theirs


def _can_be_one(one: Party, other: Party) -> bool:
    """Whether two sources can be the same: one and the same, or not both named, or one organ, and neither state nor organ differ."""
    if one.id == other.id:
        return True
    named = [p for p in (one, other) if p.named and p.kind is not SourceKind.OUTLET]
    if len(named) == 2 and (one.organ is None or one.organ != other.organ):
        return False
    return all(a is None or b is None or a == b for a, b in ((one.side, other.side), (one.organ, other.organ)))


def _one_agency(
    documents: Mapping[str, Document], assertions: Sequence[Assertion]
) -> Iterable[tuple[str, str, str, str]]:
    """Pairs of documents of different outlets that credit one agency, which is named, and tell the same within days."""
    told, of_agency = _by_newsroom(documents, assertions)
    for name, found in sorted(of_agency.items()):
        for number, one in enumerate(found):
            for other in found[number + 1 :]:
                if documents[other].appeared - documents[one].appeared > NEWS:
                    break
                pair = _told_alike(told[one], told[other]) if documents[one].outlet != documents[other].outlet else 0
                if pair >= max(LEAST_TOLD_ALIKE, SHARE_TOLD_ALIKE * min(len(told[one]), len(told[other]))):
                    yield one, other, name, f"both credit {name} and tell {pair} things alike within days"


def _by_newsroom(
    documents: Mapping[str, Document], assertions: Sequence[Assertion]
) -> tuple[dict[str, list[Assertion]], dict[str, list[str]]]:
    """The assertions of each document, and the documents of each newsroom in the order in which they appeared."""
    told: dict[str, list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        told[assertion.document].append(assertion)
    of_newsroom: dict[str, list[str]] = defaultdict(list)
    for id_ in in_order(told, documents):
        for name in newsrooms(documents[id_]):
            of_newsroom[name].append(id_)
    return told, of_newsroom


def _credited(documents: Mapping[str, Document], assertions: Sequence[Assertion]) -> Iterable[tuple[str, str, str]]:
    """Pairs of documents of which the second credits the outlet of the first ("Reuters reported that ..."), and the first is the one of its reports of
    the days before, or the day after, that told most of the same; where none of those did, the one of all before that is nearest."""
    told, of_outlet = _by_newsroom(documents, assertions)
    for (id_, name), crediting in _crediting(documents, assertions, told).items():
        document = documents[id_]
        reports = _of_outlet(name, document, of_outlet)
        lately = _shortly_before(document, reports, documents)
        credited = _nearest_reports(crediting, lately, told)
        if not credited:
            credited = _nearest_of_all(crediting, _long_before(document, reports, documents), told)
        for assertion, report in credited:
            words = short(words_of(document.text, assertion.attribution.content))
            yield report, id_, f"{document.name} credits {name}, which told it in {documents[report].name} (“{words}”)"


def _crediting(
    documents: Mapping[str, Document], assertions: Sequence[Assertion], ids: Iterable[str]
) -> dict[tuple[str, str], list[Assertion]]:
    """The assertions of each document that credit one other outlet, by the document and the name of the outlet as it is first written."""
    outlets = {name for id_ in ids if (name := newsroom_of(documents[id_])) is not None}
    first_words = frozenset(name.split()[0] for name in outlets)
    as_written: dict[tuple[str, str], str] = {}
    found: dict[tuple[str, str], list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        document = documents[assertion.document]
        so = assertion.certainty.polarity is Polarity.POSITIVE
        named = _outlets_named(assertion.sentence.of(document.text), outlets, first_words) if so else []
        for name in _credits(assertion, document, named):
            first = as_written.setdefault((document.id, newsroom(name)), name)
            found[document.id, first].append(assertion)
    return found


def _nearest_reports(
    crediting: Iterable[Assertion], ids: Sequence[str], told: Mapping[str, Sequence[Assertion]]
) -> list[tuple[Assertion, str]]:
    """Those of some assertions that one of some documents tells the like of, each with the one that does most."""
    return [(a, report) for a in crediting if (report := _nearest_report(a, ids, told)) is not None]


def _nearest_report(assertion: Assertion, ids: Sequence[str], told: Mapping[str, Sequence[Assertion]]) -> str | None:
    """Of some documents, in the order in which they appeared, the one that tells most like an assertion, the latest of several; None where none tells
    the like."""
    mine = meanings(assertion)
    shared = {id_: max((len(mine & meanings(a)) for a in told[id_] if alike(assertion, a)), default=0) for id_ in ids}
    if any(shared.values()):
        return max(reversed(shared), key=lambda id_: shared[id_])
    near = {id_: _nearness(assertion, told[id_]) for id_ in ids}
    nearest = max(reversed(near), key=lambda id_: near[id_], default=None)
    return nearest if nearest is not None and near[nearest] >= NEAR_ENOUGH else None


def _nearest_of_all(
    crediting: Sequence[Assertion], ids: Sequence[str], told: Mapping[str, Sequence[Assertion]]
) -> list[tuple[Assertion, str]]:
    """Of some assertions and some documents, in the order in which they appeared, the one of each whose words mean most the same; none where that is little."""
    near = {(a, id_): _nearness(a, told[id_]) for a in crediting for id_ in ids}
    nearest = max(reversed(near), key=lambda pair: near[pair], default=None)
    return [nearest] if nearest is not None and near[nearest] >= NEAR_ENOUGH_LONG_BEFORE else []


def _nearness(assertion: Assertion, told: Iterable[Assertion]) -> float:
    """How nearly the words of an assertion mean the same as those of some others at the nearest, -1 to 1; 0 where all give other numbers."""
    return max(nearness(assertion.terms, [a.terms for a in told if not give_other_numbers(a, assertion)]), default=0.0)


# The words by which a text calls a paper that a body has published.
_PAPER = re.compile(r"\b(?:communiqu[eé]|statement|declaration)\b", re.IGNORECASE)
_IN_A_PAPER = re.compile(
    r"\b(?:in|by|through)\s+(?:an?|the|its|their|his|her)\s+(?:[\w-]+\s+){0,2}(?:communiqu[eé]|statement|declaration)\b",
    re.IGNORECASE,
)
_TITLE_OF_PAPER = re.compile(
    r"\W*(?:full\s+text\W+|joint\s+|final\s+|press\s+)*(?:communiqu[eé]|statement|declaration)\b", re.IGNORECASE
)


def _quoting_papers(
    documents: Mapping[str, Document], assertions: Sequence[Assertion]
) -> Iterable[tuple[str, str, str]]:
    """Pairs of documents of which the first is a body's own statement, and the second tells the like of "the statement" within days."""
    told, _ = _by_newsroom(documents, assertions)
    papers = [id_ for id_ in in_order(told, documents) if _is_paper(documents[id_])]
    for assertion in assertions if papers else ():
        document = documents[assertion.document]
        if assertion.source.kind is SourceKind.AUTHOR or not _is_out_of_a_paper(assertion, document):
            continue
        before = _between(papers, document.appeared - NEWS, document.appeared, documents)[-MOST_LOOKED_AT:]
        nearest = _nearest_report(assertion, [id_ for id_ in before if id_ != document.id], told)
        if nearest is not None:
            words = short(words_of(document.text, assertion.attribution.content))
            yield nearest, document.id, f"{document.name} quotes the statement {documents[nearest].name} (“{words}”)"


def _is_out_of_a_paper(assertion: Assertion, document: Document) -> bool:
    """Whether a text tells something on the word of a paper that somebody has published: "the statement said", "in a communique the ministry said"."""
    told_by = _PAPER.search(assertion.source.as_written)
    return bool(told_by or _IN_A_PAPER.search(assertion.sentence.of(document.text)))


def _is_paper(document: Document) -> bool:
    """Whether a document is what a body has published, by the name under which it appeared or by its title."""
    by_a_body = document.outlet is not None and is_body(document.outlet)
    return by_a_body or (document.title is not None and _TITLE_OF_PAPER.match(document.title) is not None)


def _of_outlet(name: str, document: Document, of_outlet: Mapping[str, list[str]]) -> list[str]:
    """The documents of an outlet that a document credits, also where it calls it by the end of its name, having named it whole ("the Herald")."""
    room = newsroom(name)
    if room in of_outlet:
        return of_outlet[room]
    ending = [other for other in of_outlet if other.endswith(f" {room}")]
    text = f" {' '.join(plain_text(document.text).split())} " if ending else ""
    whole = [other for other in ending if f" {other} " in text]
    return of_outlet[whole[0]] if len(whole) == 1 else []


def _shortly_before(document: Document, ids: Sequence[str], documents: Mapping[str, Document]) -> list[str]:
    """Those of some documents, in the order in which they appeared, that did so within CREDITED_WITHIN before another, or a day after: what is
    said on the air is printed the next morning. What a body published is news no longer than NEWS."""
    near = _between(ids, document.appeared - CREDITED_WITHIN, document.appeared + PRINTED_WITHIN, documents)
    papers_from = document.appeared - NEWS
    return [
        id_
        for id_ in near
        if id_ != document.id and (documents[id_].appeared >= papers_from or not _is_paper(documents[id_]))
    ]


def _long_before(document: Document, ids: Sequence[str], documents: Mapping[str, Document]) -> list[str]:
    """The newest of some documents, in the order in which they appeared, that did so more than CREDITED_WITHIN before another, without what bodies
    published."""
    end = bisect_left(ids, document.appeared - CREDITED_WITHIN, key=lambda id_: documents[id_].appeared)
    return [id_ for id_ in ids[max(0, end - MOST_LOOKED_AT) : end] if not _is_paper(documents[id_])]


def _between(ids: Sequence[str], first: datetime, last: datetime, documents: Mapping[str, Document]) -> Sequence[str]:
    """Those of some documents, in the order in which they appeared, that did so between two times."""
    start = bisect_left(ids, first, key=lambda id_: documents[id_].appeared)
    end = bisect_right(ids, last, key=lambda id_: documents[id_].appeared)
    return ids[start:end]


def _credits(assertion: Assertion, document: Document, named: Iterable[str]) -> list[str]:
    """The names of other outlets on whose word an assertion is told, and of those that are `named` beside it; what is no outlet has no documents."""
    through = [hop.source for hop in assertion.hops]
    bodies = (SourceKind.OUTLET, SourceKind.ORGANISATION)
    told_by = (s.name for s in (*through, assertion.source) if s.kind in bodies)
    own = newsrooms(document)
    return list({newsroom(name): name for name in (*named, *told_by) if newsroom(name) not in own}.values())


def _outlets_named(sentence: str, outlets: Collection[str], first_words: Collection[str]) -> list[str]:
    """The outlets of the ledger that a sentence names, whatever they were taken for ("she told Lake Monitor"), as it writes them; `outlets` are the names as
    `newsroom` has them."""
    words = [word.strip(_AROUND) for word in sentence.split()]
    starts = [
        at for at, word in enumerate(words) if word[:1].isupper() and plain_text(word).split(" ")[0] in first_words
    ]
    longest_first = (
        next(
            (name for end in range(at + LONGEST_NAME, at, -1) if newsroom(name := " ".join(words[at:end])) in outlets),
            None,
        )
        for at in starts
    )
    return [name for name in longest_first if name is not None]


# What stands around a name, and the most words of one that are looked at (not tuned).
_AROUND = ".,;:!?()[]\"'“”‘’"
LONGEST_NAME = 5


def _told_alike(one: Sequence[Assertion], other: Sequence[Assertion]) -> int:
    """How many assertions of one document have their like in another."""
    return sum(any(alike(a, b) for b in other) for a in one)


# ---------------------------------------------------------------- documents and their words


def in_order(names_of: Iterable[str], documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Some documents in the order in which they appeared."""
    return tuple(sorted(names_of, key=lambda d: (documents[d].appeared, d)))


def short(words: str, length: int = 90) -> str:
    """Words cut to a length, to stand in a reason."""
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"
