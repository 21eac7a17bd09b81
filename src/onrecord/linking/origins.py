"""Where does the information come from? The documents that rest on one origin, each with its evidence.

An origin is a statement: what one source said on one occasion, or a text that others copied. A document that brings the
news within days rests on it; one that mentions it later only recalls it. Origins whose source is unnamed or not told are
kept apart as unknown and never count as independent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations

from onrecord.linking.claims import alike
from onrecord.linking.copies import Copy
from onrecord.linking.sources import Party, plain
from onrecord.records import Assertion, Document, Granularity, Independence, Origin, SourceKind, content_hash, words_of

# A statement is news for this long; a document that names an older one recalls it.
DAYS_OF_NEWS = 2
# Two texts that give this many equal figures within a day or two, on the word of sources that can be one, share their origin.
LEAST_SHARED_FIGURES = 2
SMALLEST_TELLING_FIGURE = 3


@dataclass(frozen=True, slots=True)
class Occasion:
    """One source on one day; the day is None where neither the words nor the publication tell."""

    party: Party
    day: date | None


def occasion_of(assertion: Assertion, document: Document, party: Party) -> Occasion:
    """When and by whom an assertion was first put forward, as far as its document tells."""
    said = assertion.asserted
    if said is not None and said.granularity in (Granularity.DAY, Granularity.HOUR) and said.start is not None:
        return Occasion(party, said.start.date())
    if said is not None and said.start is not None:
        return Occasion(party, None)
    return Occasion(party, document.published.date() if document.published else None)


def origins(
    documents: Mapping[str, Document],
    assertions: Sequence[Assertion],
    party_of: Mapping[str, Party],
    copied: Iterable[Copy],
) -> list[Origin]:
    """The origins that two or more documents share, largest first."""
    found: dict[tuple[str, ...], Origin] = {}
    for statement in _statements(documents, assertions, party_of):
        _add(found, _origin_of_statement(statement, documents))
    copied_groups = _Groups()
    for copy in copied:
        if copy.of in documents and copy.to in documents:
            copied_groups.join(copy.of, copy.to, _copy_reason(copy, documents))
    for one, other, reason in _same_details(documents, assertions, party_of):
        copied_groups.join(one, other, reason)
    for members, reasons in copied_groups.all():
        _add(found, _origin_of_texts(members, reasons, documents))
    shared = [origin for origin in found.values() if len(origin.rests) > 1]
    return sorted(shared, key=lambda o: (-len(o.rests), o.name))


def _add(found: dict[tuple[str, ...], Origin], origin: Origin) -> None:
    """Keep an origin; one of the very same documents only adds its reason to it."""
    before = found.get(origin.rests)
    if before is None:
        found[origin.rests] = origin
    elif len(before.reason) < 600:
        found[origin.rests] = replace(
            before, reason=f"{before.reason}; {origin.reason}", assertions=(*before.assertions, *origin.assertions)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    party: Party
    day: date
    assertions: tuple[Assertion, ...]

    def reason(self, documents: Mapping[str, Document]) -> str:
        quoted = {a.document: a for a in reversed(self.assertions)}
        words = "; ".join(
            f"{documents[d].name}: “{_short(words_of(documents[d].text, a.attribution.content))}”"
            for d, a in list(quoted.items())[:3]
        )
        return f"they rest on what {self.party.name} said on {self.day.isoformat()} ({words})"


def _statements(
    documents: Mapping[str, Document], assertions: Sequence[Assertion], party_of: Mapping[str, Party]
) -> list[_Statement]:
    """What each named source said on each day. What is told without a day joins what that source said about it just before.

    A state alone ("Kenya says") is no occasion: what is told of it must be alike to be one statement. What an outlet reports
    from people it does not name is a statement of that outlet to those who credit it.
    """
    dated: dict[tuple[str, date], list[Assertion]] = defaultdict(list)
    undated: list[tuple[Party, date, Assertion]] = []
    party_by_id: dict[str, Party] = {}
    for assertion in assertions:
        document = documents[assertion.document]
        party = _speaker(assertion, document, party_of[assertion.id])
        day = occasion_of(assertion, document, party).day if party is not None else None
        if party is None or day is None:
            continue
        party_by_id[party.id] = party
        if assertion.asserted is not None and party.organ != "state" and party.kind is not SourceKind.OUTLET:
            dated[party.id, day].append(assertion)
        else:
            undated.append((party, day, assertion))
    for party, day, assertion in undated:
        days = (day - timedelta(days=back) for back in range(DAYS_OF_NEWS + 1))
        fitting = next((d for d in days if any(alike(assertion, a) for a in dated.get((party.id, d), ()))), None)
        if fitting is not None or (party.id, day) not in dated:
            dated[party.id, fitting or day].append(assertion)
    in_order = sorted(dated.items(), key=lambda item: item[0][1])
    return [_Statement(party=party_by_id[key], day=day, assertions=tuple(said)) for (key, day), said in in_order]


def _speaker(assertion: Assertion, document: Document, party: Party) -> Party | None:
    """Whose statement an assertion tells: its named source, else the other outlet that is credited for it; None for neither."""
    if party.named and party.kind is not SourceKind.OUTLET:
        return party
    credited = [party.name] if party.kind is SourceKind.OUTLET else []
    credited += [hop.source.name for hop in assertion.hops if hop.source.kind is SourceKind.OUTLET]
    if not credited:
        return None
    name = credited[0]
    return Party(
        id=content_hash("party", plain(name)), name=name, kind=SourceKind.OUTLET, side=None, organ=None, named=True
    )


def _recalls(statement: _Statement, assertion: Assertion, documents: Mapping[str, Document]) -> bool:
    published = documents[assertion.document].published
    return published is not None and (published.date() - statement.day).days > DAYS_OF_NEWS


def _same_details(
    documents: Mapping[str, Document], assertions: Sequence[Assertion], party_of: Mapping[str, Party]
) -> Iterable[tuple[str, str, str]]:
    """Pairs of documents that give the same several figures within days, on the word of sources that can be one."""
    given: dict[str, dict[float, Assertion]] = defaultdict(dict)
    for assertion in assertions:
        for figure in assertion.figures:
            for value in figure.values:
                if value >= SMALLEST_TELLING_FIGURE and figure.unit is None:
                    given[assertion.document].setdefault(value, assertion)
    holding: dict[float, set[str]] = defaultdict(set)
    for name, figures in given.items():
        for value in figures:
            holding[value].add(name)
    shared: dict[tuple[str, str], set[float]] = defaultdict(set)
    for value, names in holding.items():
        if 1 < len(names) <= 20:
            for pair in combinations(sorted(names), 2):
                shared[pair].add(value)
    for (one, other), values in shared.items():
        fitting = [v for v in values if _can_be_one(party_of[given[one][v].id], party_of[given[other][v].id])]
        if len(fitting) >= LEAST_SHARED_FIGURES and _close(documents[one].published, documents[other].published):
            said = ", ".join(f"{v:,.0f}" for v in sorted(fitting, reverse=True))
            yield (
                one,
                other,
                f"both give the figures {said} within days, on the word of {_source_name(given[one][fitting[0]], party_of)} and {_source_name(given[other][fitting[0]], party_of)}",
            )


def _source_name(assertion: Assertion, party_of: Mapping[str, Party]) -> str:
    return party_of[assertion.id].name


def _can_be_one(one: Party, other: Party) -> bool:
    """Whether two sources can be the same: one and the same, or an unnamed one or an outlet beside one that does not differ in organ."""
    if one.id == other.id:
        return True
    if one.named and other.named and SourceKind.OUTLET not in (one.kind, other.kind) and one.organ is None:
        return False
    return (one.side is None or other.side is None or one.side == other.side) and (
        one.organ is None or other.organ is None or one.organ == other.organ
    )


def _close(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) <= DAYS_OF_NEWS


def _copy_reason(copy: Copy, documents: Mapping[str, Document]) -> str:
    words = _short(copy.passage.of(documents[copy.of].text))
    how = f"{copy.share:.0%} of the shorter text is the same" if copy.whole else "they share a passage"
    return f"{documents[copy.of].name} copies {documents[copy.to].name} or its source: {how} (“{words}”)"


def _short(words: str, length: int = 90) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"


class _Groups:
    """Documents joined pairwise, with the reason of each join (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._reasons: list[tuple[str, str]] = []

    def _top(self, name: str) -> str:
        while (above := self._above.setdefault(name, name)) != name:
            self._above[name] = name = self._above[above]
        return name

    def join(self, one: str, other: str, reason: str) -> None:
        top, below = self._top(one), self._top(other)
        self._above[below] = top
        if reason not in {r for _, r in self._reasons}:
            self._reasons.append((one, reason))

    def all(self) -> list[tuple[list[str], list[str]]]:
        members: dict[str, list[str]] = defaultdict(list)
        for name in self._above:
            members[self._top(name)].append(name)
        reasons: dict[str, list[str]] = defaultdict(list)
        for name, reason in self._reasons:
            reasons[self._top(name)].append(reason)
        return [(names, reasons[top]) for top, names in members.items()]


def _origin_of_statement(statement: _Statement, documents: Mapping[str, Document]) -> Origin:
    resting = {a.document for a in statement.assertions if not _recalls(statement, a, documents)}
    recalling = {a.document for a in statement.assertions} - resting
    return Origin(
        id=content_hash("origin", statement.party.id, statement.day.isoformat()),
        name=f"{statement.party.name}, {statement.day.isoformat()}",
        known=True,
        rests=_in_order(resting, documents),
        recalls=_in_order(recalling, documents),
        assertions=tuple(a.id for a in statement.assertions),
        reason=statement.reason(documents),
    )


def _origin_of_texts(members: list[str], reasons: list[str], documents: Mapping[str, Document]) -> Origin:
    ordered = _in_order(members, documents)
    return Origin(
        id=content_hash("origin", *ordered),
        name=f"one text or briefing, first in {documents[ordered[0]].outlet or documents[ordered[0]].name}",
        known=False,
        rests=ordered,
        recalls=(),
        assertions=(),
        reason="; ".join(reasons),
    )


def _in_order(names: Iterable[str], documents: Mapping[str, Document]) -> tuple[str, ...]:
    return tuple(
        sorted(names, key=lambda d: ((documents[d].published or documents[d].retrieved.replace(tzinfo=None)), d))
    )


def independence(
    supporting: Sequence[Assertion],
    documents: Mapping[str, Document],
    party_of: Mapping[str, Party],
    copied: Iterable[Copy],
) -> Independence:
    """How many independent origins stand behind some assertions, as an interval.

    At most: the different sources, with copies of one text counted once. At least: the different sides among named sources,
    where an organisation of no state is a side of its own; two organs of one state, or people whose state is not told, may
    rest on one briefing. Unnamed sources and hearsay raise the upper bound only.
    """
    if not supporting:
        return Independence(at_least=0, at_most=0, reason="nothing in the ledger puts it forward")
    first_text = _first_texts(copied)
    told = {a.document for a in supporting if party_of[a.id].named}
    sources = {party_of[a.id].id for a in supporting if party_of[a.id].named}
    # A text that names a source for it rests on that source; one that names none may rest on anything.
    sources |= {first_text.get(a.document, a.document) for a in supporting if a.document not in told}
    named = [
        party_of[a.id] for a in supporting if party_of[a.id].named and party_of[a.id].kind is not SourceKind.OUTLET
    ]
    sides = {p.side or p.id for p in named if p.side or p.kind is SourceKind.ORGANISATION}
    at_least = max(1, len(sides))
    said = len({a.document for a in supporting})
    reason = f"{said} document{'s' if said > 1 else ''}, on the word of {_on_whose_word(supporting, party_of)}"
    return Independence(at_least=min(at_least, len(sources)), at_most=len(sources), reason=reason)


def _on_whose_word(supporting: Sequence[Assertion], party_of: Mapping[str, Party]) -> str:
    """The named sources, at most five; the unnamed ones where there are no others."""
    found = [party_of[a.id] for a in supporting]
    named = list(dict.fromkeys(party.name for party in found if party.named))
    unnamed = list(dict.fromkeys(party.name for party in found if party.kind is SourceKind.UNNAMED))
    if named:
        return ", ".join(named[:5])
    return f"{', '.join(unnamed[:3])} (unnamed)" if unnamed else "no named source"


def _first_texts(copied: Iterable[Copy]) -> dict[str, str]:
    first: dict[str, str] = {}
    for copy in sorted(copied, key=lambda c: c.to):
        first[copy.of] = first.get(copy.to, copy.to)
    return first
