"""How many independent origins stand behind some assertions? An interval, for the texts seldom tell enough for a number.

At most: the different sources; documents that name none count once where they copy one text, and where they put it
forward themselves and come from one newsroom or credit one agency. At least: the different sides among the named sources,
where an organisation of no state, with its people, is a side of its own, and so is who holds no office. Two organs of one state, or officials whose
state is not told, may rest on one briefing; unnamed people, outlets and hearsay may be anybody. They raise the upper bound only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from onrecord.linking.copies import Copy
from onrecord.linking.groups import Groups
from onrecord.linking.sources import Party
from onrecord.records import Assertion, Independence, SourceKind


def independence(
    supporting: Sequence[Assertion],
    party_of: Mapping[str, Party],
    copied: Iterable[Copy],
    newsrooms: Mapping[str, Collection[str]],
) -> Independence:
    """The number of independent origins of some assertions as an interval; [0, 0] for none.

    `copied` are the copies among the documents that name no source (`untold`), `newsrooms` the outlet and the agencies that each of
    these credits (`credits.py`); others bear on nothing.
    """
    if not supporting:
        return Independence(at_least=0, at_most=0, reason="nothing in the ledger puts it forward")
    texts = resting_together(copied, {d: newsrooms.get(d, ()) for d in _on_nobodys_word(supporting)})
    named = {a.id: party_of[a.id] for a in supporting if party_of[a.id].named}
    # A text that names a source for it rests on that source; one that names none may rest on anything.
    tellers = {texts.top(document) for document in untold(supporting, party_of)}
    sources = {p.id for p in named.values()} | tellers
    said = len({a.document for a in supporting})
    sides = _sides(named.values())
    at_least = max(1, len(sides))
    open_ = _why_not_more(named.values()) if 1 < len(sources) > at_least else ""
    return Independence(
        at_least=at_least,
        at_most=len(sources),
        reason=f"{said} document{'s' if said > 1 else ''}, on the word of {_on_whose_word(supporting, party_of)}{open_}",
    )


def resting_together(copied: Iterable[Copy], rooms: Mapping[str, Collection[str]]) -> Groups:
    """Documents in groups of those that copy one another or that one newsroom or agency of `rooms` stands behind."""
    groups = Groups()
    for copy in copied:
        groups.join(copy.of, copy.to)
    first: dict[str, str] = {}
    for document, names in rooms.items():
        for name in names:
            groups.join(document, first.setdefault(name, document))
    return groups


def _why_not_more(named: Iterable[Party]) -> str:
    """Why some named sources may be fewer origins than they are names, to follow a reason; empty where there are none."""
    once = {party.id: party for party in named if party.kind is not SourceKind.OUTLET}.values()
    of_side: dict[str, list[str]] = defaultdict(list)
    for party in once:
        if party.side is not None:
            of_side[party.side].append(party.name)
    alike = [" and ".join(names[:3]) for names in of_side.values() if len(names) > 1]
    untold_ = [p.name for p in once if p.stands_for is None and p.kind is not SourceKind.ORGANISATION]
    said = [f"{names} speak for one state" for names in alike]
    said += [f"whose side {', '.join(untold_[:3])} is on is not told"] if untold_ else []
    return f" ({'; '.join(said)}, so they may rest on one briefing)" if said else ""


def untold(supporting: Iterable[Assertion], party_of: Mapping[str, Party]) -> set[str]:
    """The documents of some assertions that name nobody on whose word they put it forward."""
    supporting = list(supporting)
    return {a.document for a in supporting} - {a.document for a in supporting if party_of[a.id].named}


def of_unnamed_people(supporting: Sequence[Assertion], party_of: Mapping[str, Party]) -> dict[str, list[str]]:
    """The documents that put something forward on the word of unnamed people alone, by the state of which these are told to be: "an official" in two
    papers may be one, and one of whom no state is told may be of any (under "" where none is told of any)."""
    found: dict[str, list[str]] = defaultdict(list)
    kinds: dict[str, set[SourceKind]] = defaultdict(set)
    sides: dict[str, set[str]] = defaultdict(set)
    for assertion in supporting:
        party = party_of[assertion.id]
        kinds[assertion.document].add(party.kind)
        sides[assertion.document].add(party.side or "")
    for document, told in kinds.items():
        if told == {SourceKind.UNNAMED}:
            for side in sides[document]:
                found[side].append(document)
    of_none = found.pop("", [])
    return {side: [*documents, *of_none] for side, documents in found.items()} or ({"": of_none} if of_none else {})


def _on_nobodys_word(supporting: Iterable[Assertion]) -> list[str]:
    """The documents that put it forward themselves. Unnamed people may be others each time, whoever quotes them."""
    own = (SourceKind.UNATTRIBUTED, SourceKind.AUTHOR)
    quoting = {a.document for a in supporting if a.source.kind not in own}
    return sorted({a.document for a in supporting} - quoting)


def _sides(parties: Iterable[Party]) -> set[str]:
    """The sides that can be told apart: a party of which two states are told has none."""
    of_party: dict[str, set[str]] = defaultdict(set)
    for party in parties:
        if party.stands_for is not None:
            of_party[party.id].add(party.stands_for)
    return {next(iter(sides)) for sides in of_party.values() if len(sides) == 1}


def _on_whose_word(supporting: Sequence[Assertion], party_of: Mapping[str, Party]) -> str:
    """The named sources, at most five; the unnamed ones where there are no others."""
    found = [party_of[a.id] for a in supporting]
    named = list(dict.fromkeys(party.name for party in found if party.named))
    unnamed = list(dict.fromkeys(party.name for party in found if party.kind is SourceKind.UNNAMED))
    if named:
        return ", ".join(named[:5])
    return f"{', '.join(unnamed[:3])} (unnamed)" if unnamed else "no named source"
