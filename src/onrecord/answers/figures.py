"""How did a figure change, and on whose word? The figures that count the same thing, in the order they were put forward."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain

from onrecord.answers.rows import FigureRow, asserted_day, day, source_words
from onrecord.ledger.queries import Narrowed
from onrecord.ledger.store import Ledger
from onrecord.linking.figures import (
    PEOPLE,
    Standing,
    Subject,
    comparable,
    compatible,
    is_wide,
    same_counted,
    standing,
    subject_of,
)
from onrecord.linking.parts import part as part_of
from onrecord.linking.replaced import is_replaced, is_spoken_of
from onrecord.linking.sources import Party, parties
from onrecord.records import Act, Assertion, Document, Figure, Granularity, Moment, Place

_REASONS = {
    Standing.FIRST: "the first of its series",
    Standing.REPEATS: "{source} gives the same figure again",
    Standing.AGREES: "it fits {value}, given by {before}",
    Standing.REVISES: "the same source, {source}, gave {value} before",
    Standing.DISAGREES: "{before}, another source, gave {value}",
    Standing.ADDS: "it adds to an earlier figure",
    Standing.DENIED: "{source} does not put it forward but {act} it",
    Standing.OTHER_SCOPE: "not compared with {value}, given by {before}: {scope}",
}
_NOT_PUT_FORWARD = frozenset({Act.DENIES, Act.DOUBTS, Act.COULD_NOT_VERIFY, Act.DECLINES_TO_COMMENT, Act.ASKS})


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A figure with what it counts and who gave it where; what its scope is told by is looked up once, however many it is compared with.

    `beside` are the other figures that its sentence gives, each with what it counts, without those that it takes back or speaks of."""

    figure: Figure
    subject: Subject
    assertion: Assertion
    document: Document
    party: Party
    beside: Sequence[tuple[Subject, Figure]] = ()

    @cached_property
    def part(self) -> str | None:
        """The words by which it is part of a larger number; None for a whole."""
        return part_of(self.figure, self.document.text)

    @cached_property
    def said(self) -> Subject:
        """What it counts by its own words: whose people they are, where only the rest of its document tells it, is left unsaid."""
        return replace(self.subject, whose=self.figure.whose)

    @cached_property
    def is_not_given(self) -> bool:
        """Whether its text does not give it: it takes it back, or speaks of it as somebody's."""
        return is_replaced(self.figure, self.document.text) or is_spoken_of(self.figure, self.document.text)

    @cached_property
    def finer_place(self) -> Place | None:
        """Its place below a country; None for a country or no place."""
        place = next((p for p in self.assertion.places if p.name == self.figure.place), None)
        return place if place is not None and not place.is_country else None

    @cached_property
    def period(self) -> Moment | None:
        """The period that it is for; None where it is for none or for one shorter than a month."""
        period = next((m for m in self.assertion.moments if m.as_written == self.figure.period), None)
        return period if period is not None and period.granularity in _LONG else None

    @cached_property
    def is_expected(self) -> bool:
        """Whether it is for a time to come: a prediction, or an open date ahead ("by December")."""
        period = self.figure.period
        ahead = any(m.start is None and m.end is not None and m.as_written == period for m in self.assertion.moments)
        return ahead or self.assertion.act is Act.PREDICTS


def counted_figures(
    assertions: Iterable[Assertion], documents: Mapping[str, Document], party_of: Mapping[str, Party] | None = None
) -> list[Counted]:
    """The figures of some assertions, each with its subject and party, in the order they were put forward.

    `party_of` gives the party behind each assertion, where it is known already; None has it told by those with figures.
    """
    given = [a for a in assertions if a.figures]
    party_of = parties(given, documents) if party_of is None else party_of
    main = _main_countries(given)
    found = [
        Counted(
            figure=f,
            subject=subject_of(f, main=main.get(a.document)),
            assertion=a,
            document=documents[a.document],
            party=party_of[a.id],
        )
        for a in given
        for f in a.figures
    ]
    return sorted(_beside_one_another(found), key=in_order)


def _beside_one_another(found: Iterable[Counted]) -> Iterator[Counted]:
    """Figures, each with the others of its sentence."""
    sentences: dict[object, list[Counted]] = defaultdict(list)
    for one in found:
        sentences[one.document.id, one.assertion.sentence].append(one)
    for members in sentences.values():
        if len(members) == 1:
            yield members[0]
            continue
        given = {m.figure.span: (m.subject, m.figure) for m in members if not m.is_not_given}
        for one in members:
            others = [pair for span, pair in given.items() if span != one.figure.span]
            yield replace(one, beside=others)


def in_order(counted: Counted) -> tuple[object, ...]:
    """The place of a figure among others: by when it was put forward, its document, and where it stands there."""
    return _when(counted), counted.document.id, counted.figure.span


def _main_countries(assertions: Iterable[Assertion]) -> dict[str, str]:
    """The country whose people each document mostly counts: more of its figures than of all others together. Ships and guns are nobody's people."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for assertion in assertions:
        people = (f for f in assertion.figures if subject_of(f, main=None).counted in (None, *PEOPLE))
        counts[assertion.document].update(f.whose for f in people if f.whose)
    most = {document: counted.most_common(1)[0] for document, counted in counts.items() if counted}
    return {document: whose for document, (whose, count) in most.items() if 2 * count > counts[document].total()}


def _when(counted: Counted) -> datetime:
    said = counted.assertion.asserted
    appeared = counted.document.appeared
    return min(said.start, appeared) if said is not None and said.start is not None else appeared


def with_figures(
    ledger: Ledger, words: str, *, series: str | None, as_of: datetime | None, most: int
) -> list[Assertion]:
    """At most `most` assertions that give a figure, of one series where it is named by its subject: the best matches or the newest."""
    kind = re.sub(r"^\([A-Z]+\) ", "", series) if series else None
    found: list[Assertion] = []
    for part in ledger.narrowed(words, Narrowed(figured=True), as_of=as_of, same=same_counted):
        found += [a for a in part if kind is None or any(_kind(f) == kind for f in a.figures)]
        if len(found) >= most:
            break
    return found[:most]


def _kind(figure: Figure) -> str:
    """The subject of a figure but for whose it is, which may stand elsewhere in its document."""
    return str(replace(subject_of(figure, main=None), whose=None))


def figure_rows(
    ledger: Ledger,
    words: str = "",
    *,
    as_of: datetime | None = None,
    assertions: Sequence[Assertion] | None = None,
) -> list[FigureRow]:
    """The figures in assertions with these words, series by series (the longest first), each with its standing.

    A word for those who are counted stands for all of its class: "troops" finds soldiers too. `assertions`, where given, are looked at
    instead of those with the words.
    """
    if assertions is None:
        assertions = ledger.assertions(words, as_of=as_of, same=same_counted)
    counted = counted_figures(assertions, ledger.documents(ids={a.document for a in assertions if a.figures}))
    called: dict[str, str] = {}
    series: dict[str, list[Counted]] = defaultdict(list)
    for one in counted:
        called.setdefault(one.party.id, one.party.name)
        series[str(one.subject)].append(one)
    ordered = sorted(series.items(), key=lambda item: (-len(item[1]), item[0]))
    return [row for name, members in ordered for row in _rows(_label(name, members), members, called)]


def _label(subject: str, members: list[Counted]) -> str:
    """A series by the fullest common words for what it counts; by its subject where no figure says."""
    said = Counter(m.figure.counted for m in members if m.figure.counted and m.figure.whose)
    whose = members[0].subject.whose
    if not said and whose is None:
        return subject
    words = max(said, key=lambda w: (len(w.split()) > 1, said[w], w)) if said else members[0].subject.named
    return " ".join(filter(None, (words, members[0].subject.status, members[0].subject.unit, f"[{whose}]")))


def _rows(name: str, members: list[Counted], called: Mapping[str, str]) -> Iterable[FigureRow]:
    last_of: dict[str, Counted] = {}
    for one in members:
        if is_put_forward(one):
            before, how, scope = _standing(one, last_of)
            if not one.figure.increment:
                last_of[one.party.id] = one
        else:
            before, how, scope = None, Standing.DENIED, None
        row = _row(one, name, how, before, scope)
        yield replace(row, party=called[one.party.id])


def is_put_forward(counted: Counted) -> bool:
    """Whether the source stands for the figure, and does not deny, doubt or ask about it."""
    return counted.assertion.act not in _NOT_PUT_FORWARD


def _standing(one: Counted, last_of: dict[str, Counted]) -> tuple[Counted | None, Standing, str | None]:
    """What a figure is compared with, how it stands to that, and what differs in scope if something does.

    It is compared with its own source's last figure; else with the last of another source that it fits; else with the last. One that
    says next to nothing ("several thousand") is compared with where there is no other.
    """
    if one.figure.increment:
        return None, Standing.ADDS, None
    own = last_of.get(one.party.id) if one.party.named else None
    if own is not None and own.document.id != one.document.id:
        scope = scope_difference(one, own)
        return own, standing(one.figure, own.figure, same_source=True, scope=scope), scope
    others = [m for m in reversed(last_of.values()) if m is not own or m.document.id == one.document.id]
    others = [m for m in others if not is_wide(m.figure)] or others
    if not others:
        return None, Standing.FIRST, None
    fitting = (m for m in others if compatible(one.figure, m.figure) and scope_difference(one, m) is None)
    same_scope = (m for m in others if scope_difference(one, m) is None)
    before = next(chain(fitting, same_scope, others))
    scope = scope_difference(one, before)
    return before, standing(one.figure, before.figure, same_source=False, scope=scope), scope


def scope_difference(one: Counted, other: Counted) -> str | None:
    """What differs in the scope of two figures of one series, in words; None if nothing that the words tell."""
    if one.document.id == other.document.id and one.assertion.sentence == other.assertion.sentence:
        return "one sentence gives both, so they count different things"
    if (difference := part_difference(one, other) or time_difference(one, other)) is not None:
        return difference
    if _gives_both(one, other) or _gives_both(other, one):
        return "the sentence of one gives both, so they count different things"
    mine, theirs = one.finer_place, other.finer_place
    same_source = one.party.named and one.party.id == other.party.id
    one_unsaid = None in (mine, theirs)
    if _is_elsewhere(mine, theirs) and not (one_unsaid and (same_source or _are_of_one_thing(one, other))):
        if compatible(one.figure, other.figure):
            return None
        first, second = (place.name if place else "no place below a country" for place in (mine, theirs))
        return f"one is for {first}, the other for {second}"
    return None


# Two numbers of one text that differ by less than this count one thing twice; a part is less of its whole.
NEARLY = 1.25


def _are_of_one_thing(one: Counted, other: Counted) -> bool:
    """Whether two figures of one text, one of which names no place, count the same: the same kind and fate, and nearly as many."""
    values = [f.best for f in (one.figure, other.figure) if f.best]
    if (
        one.document.id != other.document.id
        or one.subject != other.subject
        or one.subject.status is None
        or len(values) < 2
    ):
        return False
    return max(values) <= NEARLY * min(values)


def part_difference(one: Counted, other: Counted) -> str | None:
    """Whether one of two figures is a part of something and the other is not, in words; None if not."""
    if (one.part is None) is (other.part is None):
        return None
    return f"one is a part ({one.part or other.part!r}), the other is not"


def _gives_both(one: Counted, other: Counted) -> bool:
    """Whether the sentence of one gives the other's number too, for what the other can count, and another number for the one."""
    if one.figure.values & other.figure.values or one.is_not_given or other.is_not_given:
        return False
    return any(
        figure.values & other.figure.values and comparable(subject, other.subject) for subject, figure in one.beside
    )


def time_difference(one: Counted, other: Counted) -> str | None:
    """Whether one figure is of what is to come, or of a long period apart from the other's, in words; None if not."""
    if one.is_expected != other.is_expected:
        return "one is what is expected, the other what was so"
    now, then = one.period, other.period
    if now is not None and then is not None and _apart(now, then):
        return f"one is for {now.as_written!r}, the other for {then.as_written!r}"
    return None


# A day is when somebody spoke as often as what he counted; a month or a year is what he counted.
_LONG = frozenset({Granularity.MONTH, Granularity.SEASON, Granularity.YEAR, Granularity.DECADE})


def _apart(one: Moment, other: Moment) -> bool:
    """Whether two periods with both ends have no time in common."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.end <= other.start or other.end <= one.start


def _is_elsewhere(one: Place | None, other: Place | None) -> bool:
    """Whether two places are not one: by the gazetteer where it knows both ("Kiev", "Kyiv"), else by name."""
    if one is None or other is None:
        return one is not other
    if one.entry is not None and other.entry is not None:
        return one.entry != other.entry and one.name != other.name
    return one.name != other.name


def _row(one: Counted, series: str, how: Standing, before: Counted | None, scope: str | None) -> FigureRow:
    figure = one.figure
    reason = _REASONS[how].format(
        source=one.party.name,
        before=before.party.name if before else "",
        value=before.figure.as_written if before else "",
        scope=scope or "",
        act=one.assertion.act,
    )
    return FigureRow(
        document_id=one.document.id,
        document=one.document.name,
        source=source_words(one.assertion.source, one.assertion.hops, name=one.party.name, side=one.party.side),
        party=one.party.name,
        act=one.assertion.act,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        approximator=figure.approximator,
        unit=figure.unit,
        counted=figure.counted,
        status=figure.status,
        series=series,
        subject=str(one.subject),
        asserted=asserted_day(one.assertion),
        published=day(one.document.published),
        start=figure.span.start,
        end=figure.span.end,
        text=figure.as_written,
        sentence=" ".join(one.assertion.sentence.of(one.document.text).split()),
        standing=how,
        reason=reason,
        before=(before.document.name, before.figure.span.start) if before else None,
    )
