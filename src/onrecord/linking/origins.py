"""Where does the information come from? The documents that rest on one origin, each with its evidence.

An origin is a statement (what one source said about one thing on one day), a text that others copied, or a briefing that
shows only in the same several figures. A document that brings the news within days rests on it; one that mentions it later
only recalls it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.linking.briefings import NEWS, briefings, in_order, short
from onrecord.linking.copies import Copy
from onrecord.linking.figures import PEOPLE
from onrecord.linking.groups import Groups
from onrecord.linking.likeness import TIMES, alike, meanings
from onrecord.linking.sources import Party, outlet_party
from onrecord.records import Act, Assertion, Document, Granularity, Origin, SourceKind, words_of

# Reasons of one group of documents are shown up to this many characters.
LONGEST_REASON = 600


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
    texts = Groups()
    for document in documents:
        texts.top(document)
    for copy in copied:
        if copy.of in documents and copy.to in documents:
            texts.join(copy.of, copy.to, _copy_reason(copy, documents))
    same_text: dict[str, list[str]] = {}
    for members, reasons in texts.all():
        same_text |= dict.fromkeys(members, members)
        _add(found, _origin_of_texts(members, reasons, documents))
    for one, others in briefings(documents, assertions, party_of):
        resting = {d for id_ in (one, *others) for d in same_text[id_]}
        _add(found, _origin_of_texts(resting, list(dict.fromkeys(others.values())), documents))
    shared = [origin for origin in found.values() if len(origin.rests) > 1]
    return sorted(shared, key=lambda o: (-len(o.rests), o.name))


def _add(found: dict[tuple[str, ...], Origin], origin: Origin) -> None:
    """Keep an origin; one of the very same documents only adds its reason to it."""
    before = found.get(origin.rests)
    if before is None:
        found[origin.rests] = origin
    elif len(before.reason) < LONGEST_REASON:
        found[origin.rests] = replace(before, reason=f"{before.reason}; {origin.reason}")


# ---------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """What one party, or others of its office, said about one thing on one day, as several documents tell it; `names` are theirs, its own first."""

    party: Party
    day: date
    told: list[Assertion]
    names: list[str]


def _statements(
    documents: Mapping[str, Document], assertions: Sequence[Assertion], party_of: Mapping[str, Party]
) -> list[_Statement]:
    """The statements behind some assertions. Those that name the day come first; one that does not joins a statement of the day
    it appeared, or of the days before, if it is about the same. What a person says on one day is one statement (`_is_one_occasion`), and so is the
    same thing said by an office of a state, its head and its spokesman."""
    said: dict[str, list[_Statement]] = defaultdict(list)
    by_office: dict[tuple[str, str], list[_Statement]] = defaultdict(list)
    about = _about(assertions)
    days = {a.id: _day_said(a, documents[a.document]) for a in assertions}
    for assertion in sorted(assertions, key=lambda a: a.asserted is None):
        party, day = _speaker(assertion, documents[assertion.document], party_of[assertion.id]), days[assertion.id]
        if party is None or day is None:
            continue
        oldest = day if assertion.asserted is not None else day - NEWS
        near = [s for s in said[party.id] if oldest <= s.day <= day]
        office = (party.side, party.organ) if party.side is not None and party.organ is not None else None
        of_office = [s for s in by_office[office] if oldest <= s.day <= day] if office else []
        fitting = [
            s
            for s in near
            if _is_one_occasion(s, assertion, day, about)
            or any(_may_be_one(assertion, a, on_one_day=s.day == day) for a in s.told)
        ] or [s for s in of_office if any(_says_the_same(assertion, a) for a in s.told)]
        if fitting:
            latest = max(fitting, key=lambda s: s.day)
            latest.told.append(assertion)
            if party.id != latest.party.id and party.name not in latest.names:
                latest.names.append(party.name)
            continue
        statement = _Statement(party=party, day=day, told=[assertion], names=[party.name])
        said[party.id].append(statement)
        if office:
            by_office[office].append(statement)
    return [statement for statements in said.values() for statement in statements]


# What one body says on one day in two texts is one statement with so many words in common, though each tells more besides (origins of forty-five dossiers are
# the same at 2, and one pair fewer at 4).
LEAST_OF_ONE_STATEMENT = 3


def _may_be_one(one: Assertion, other: Assertion, *, on_one_day: bool) -> bool:
    """Whether what a source says in two texts can be one statement: a denial that is told without its day is not what was said the day before."""
    if alike(one, other):
        return on_one_day or _says_the_same(one, other)
    return (
        on_one_day and one.document != other.document and len(_said_of(one) & _said_of(other)) >= LEAST_OF_ONE_STATEMENT
    )


def _said_of(assertion: Assertion) -> frozenset[str]:
    """The meanings of an assertion without countries, people and times."""
    return frozenset(term for term in meanings(assertion) - PEOPLE - TIMES if not term.startswith("@"))


def _says_the_same(one: Assertion, other: Assertion) -> bool:
    """Whether what two of one office say can be one statement: what the army denies its spokesman has not put forward."""
    return (
        _is_denied(one) is _is_denied(other)
        and one.certainty.polarity is other.certainty.polarity
        and alike(one, other)
    )


def _is_denied(assertion: Assertion) -> bool:
    return assertion.act in (Act.DENIES, Act.DOUBTS)


# Two texts with so many words of their claims in common, names of countries and of times aside, can tell of one occasion (origins of the forty
# dossiers are the same at 2 and without it, and one pair fewer at 3; two texts of one day that share nothing but a speaker are none).
LEAST_OF_ONE_STORY = 2


def _is_one_occasion(
    statement: _Statement, assertion: Assertion, day: date, about: Mapping[str, frozenset[str]]
) -> bool:
    """Whether what a person says on a day comes from the occasion of a statement of his, though it is about something else: he speaks to the press
    once a day, as far as texts of one story tell, while a ministry may do so many times. A single name may be many people's. `about` are the meanings
    of what each document is known to say."""
    party = statement.party
    if party.kind is not SourceKind.PERSON or len(party.name.split()) == 1 or statement.day != day:
        return False
    mine = about[assertion.document]
    return any(len(mine & about[other.document]) >= LEAST_OF_ONE_STORY for other in statement.told)


def _about(assertions: Iterable[Assertion]) -> dict[str, frozenset[str]]:
    """The meanings of what each document says in some assertions, without countries, people and times."""
    found: dict[str, set[str]] = defaultdict(set)
    for assertion in assertions:
        found[assertion.document] |= _said_of(assertion)
    return {document: frozenset(terms) for document, terms in found.items()}


def _day_said(assertion: Assertion, document: Document) -> date | None:
    """The day on which the source said it: as the words tell, else when the document was published; None where neither tells."""
    said = assertion.asserted
    if said is None:
        return document.published.date() if document.published else None
    if said.granularity in (Granularity.DAY, Granularity.HOUR, Granularity.MINUTE) and said.start is not None:
        return said.start.date()
    return None


_COMMUNIQUE = re.compile(r"\bcommuniqu[eé]\b", re.IGNORECASE)


def _speaker(assertion: Assertion, document: Document, party: Party) -> Party | None:
    """Whose statement an assertion tells: its named source, else the other outlet that is credited for it, else whoever issued "the communique"; None for
    none of them."""
    if party.named and party.kind is not SourceKind.OUTLET:
        return party
    if _COMMUNIQUE.search(assertion.source.as_written):
        return replace(party, id="communique", name="a communique")
    credited = [party.name] if party.kind is SourceKind.OUTLET else []
    credited += [hop.source.name for hop in assertion.hops if hop.source.kind is SourceKind.OUTLET]
    others = [name for name in credited if name.lower() not in (document.outlet or "").lower()]
    return outlet_party(others[0]) if others else None


# Who tells so many days after of what was said on a day that is named still brings it as news (origins of forty-five dossiers: two right pairs more at three
# days than at two, none wrong; four wrong ones at four).
TOLD_WITHIN = timedelta(days=3)


def _recalls(statement: _Statement, assertion: Assertion, documents: Mapping[str, Document]) -> bool:
    published = documents[assertion.document].published
    return published is not None and published.date() - statement.day > TOLD_WITHIN


def _origin_of_statement(statement: _Statement, documents: Mapping[str, Document]) -> Origin:
    resting = {a.document for a in statement.told if not _recalls(statement, a, documents)}
    recalling = {a.document for a in statement.told} - resting
    first_words = {
        a.document: words_of(documents[a.document].text, a.attribution.content) for a in statement.told[::-1]
    }
    words = "; ".join(f"{documents[d].name}: “{short(w)}”" for d, w in sorted(first_words.items())[:3])
    who = " and ".join(statement.names[:3])
    return Origin(
        name=f"{who}, {statement.day.isoformat()}",
        rests=in_order(resting, documents),
        recalls=in_order(recalling, documents),
        reason=f"they rest on what {who} said on {statement.day.isoformat()} ({words})",
    )


# ---------------------------------------------------------------- texts


def _origin_of_texts(members: Iterable[str], reasons: list[str], documents: Mapping[str, Document]) -> Origin:
    ordered = in_order(members, documents)
    first = documents[ordered[0]]
    return Origin(
        name=f"one text or briefing, first in {first.outlet or first.name}",
        rests=ordered,
        recalls=(),
        reason="; ".join(reasons)[:LONGEST_REASON],
    )


def _copy_reason(copy: Copy, documents: Mapping[str, Document]) -> str:
    words = short(copy.longest.of(documents[copy.of].text))
    how = f"{copy.share:.0%} of the shorter text is the same" if copy.whole else "they share a passage"
    return f"{documents[copy.of].name} copies {documents[copy.to].name} or its source: {how} (“{words}”)"
