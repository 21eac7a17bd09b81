"""Which texts are connected? One names the outlet of the other, or a source that is quoted there.

Who repeats a statement seldom leaves out whose it is, so texts that are not connected seldom rest on one another (docs/decisions/0024).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from onrecord.linking.sources import Party, plain, plain_text, ways_to_name
from onrecord.records import Assertion, Document


def connected(
    assertions: Sequence[Assertion], party_of: Mapping[str, Party], documents: Mapping[str, Document]
) -> dict[str, set[str]]:
    """Which documents of some assertions are connected with which others: one names the outlet of the other, or a party that is quoted there.

    A party is looked for by all names that the assertions give it, people also by surname alone; one whose name has no Latin letter connects all.
    """
    names: dict[str, set[str]] = defaultdict(set)
    behind: dict[str, set[str]] = {a.document: set() for a in assertions}
    for assertion in assertions:
        party = party_of[assertion.id]
        if party.named:
            names[party.id] |= ways_to_name(party, assertion.source)
            behind[assertion.document].add(party.id)
    for id_, found in behind.items():
        if outlet := plain(documents[id_].outlet or ""):
            names[f"outlet {outlet}"] = {outlet}
            found.add(f"outlet {outlet}")
    named = {id_: _named_in(documents[id_], names) for id_ in behind}
    return {
        one: {other for other in behind if other != one and (named[one] & behind[other] or named[other] & behind[one])}
        for one in behind
    }


def _named_in(document: Document, names: Mapping[str, Collection[str]]) -> set[str]:
    """Which of some parties, by their names, a document names in its text or as its outlet."""
    words = " ".join(plain_text(f"{document.text} {document.outlet or ''}").split())
    text = f" {words} "
    return {id_ for id_, ways in names.items() if any(f" {way} ".replace("  ", " ") in text for way in ways)}
