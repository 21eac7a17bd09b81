"""From how many origins do some assertions come, as far as anything shows? An interval by what their sources are, and one number for a verdict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from onrecord.answers.evidence import Held, Related
from onrecord.linking.credits import newsroom_of, newsrooms, outlet_of, publisher
from onrecord.linking.independence import independence, of_unnamed_people, untold
from onrecord.records import Assertion, Document, Independence

# So many characters before a sentence may say whose report it tells ("The Herald has seen the list. It has nine names.").
LETTERS_BEFORE = 200
FEWEST_LETTERS = 4  # of the name of an outlet that is looked for in a text


def independence_of(record: Held, found: Sequence[Related]) -> Independence:
    """The number of independent origins of what was found, as an interval."""
    assertions = [r.assertion for r in found]
    without = untold(assertions, record.party_of)
    rooms = {id_: newsrooms_of(record.documents[id_]) for id_ in without}
    return independence(assertions, record.party_of, record.copies_among(without), rooms)


def origins_of(record: Held, found: Sequence[Related], count: Independence) -> int:
    """How many origins some assertions have as far as anything shows: documents that share one count once, and so do who says it in several, those who speak for one side,
    unnamed people who may be the same, what a newsroom says itself with whom it quotes, and a report with what it credits; sides that are known to differ count each. `count`
    is their interval."""
    if count.at_most == count.at_least:
        return count.at_most
    assertions = [r.assertion for r in found]
    documents = {a.document for a in assertions}
    may_be_one = [
        *of_unnamed_people(assertions, record.party_of).values(),
        *_of_one_newsroom(documents, untold(assertions, record.party_of), record),
        *_of_one_side(assertions, record),
        *_crediting(assertions, record),
    ]
    return max(count.at_least, min(count.at_most, record.origins_among(documents, may_be_one)))


def _of_one_side(assertions: Iterable[Assertion], record: Held) -> list[list[str]]:
    """The documents in which those who stand for one side put something forward: a minister and his army may rest on one briefing."""
    found: dict[str, list[str]] = defaultdict(list)
    for assertion in assertions:
        party = record.party_of[assertion.id]
        if party.named and party.stands_for is not None:
            found[party.stands_for].append(assertion.document)
    return list(found.values())


def _crediting(assertions: Sequence[Assertion], record: Held) -> list[list[str]]:
    """Documents that credit the outlet of others where they say so, each with the first of those."""
    outlets = {a.document: outlet_of(record.documents[a.document]) for a in assertions}
    first: dict[str, str] = {}
    for id_ in sorted(outlets, key=lambda id_: (record.documents[id_].appeared, id_)):
        first.setdefault(outlets[id_], id_)
    found = []
    for assertion in assertions:
        start, end = max(0, assertion.sentence.start - LETTERS_BEFORE), assertion.sentence.end
        words = record.documents[assertion.document].text[start:end]
        found += [
            [assertion.document, id_]
            for name, id_ in first.items()
            if len(name) >= FEWEST_LETTERS and name != outlets[assertion.document] and _is_credited(name, words)
        ]
    return found


# How a text credits an outlet: by words before its name, or by what it did behind it.
_CREDITING = r"(?:according to|told|tells|by|to|in|citing|quoting|quoted by|from|via)\s+(?:the\s+)?"
_DOING = r"(?:\s*,?\s+(?:\w+\s+)?(?:said|says|report\w*|wrote|writes|has|had|saw|quot\w+|publish\w*|learn\w*|obtain\w*|spoke|speaks|gave|gives)\b)"


def _is_credited(name: str, words: str) -> bool:
    """Whether some words credit an outlet of this name, which is no part of a longer name there."""
    if name not in words:
        return False
    whole = rf"(?<![\w-]){re.escape(name)}(?![\w-])(?!\s+[A-Z])"
    before = re.search(rf"\b{_CREDITING}{whole}", words)
    return before is not None or re.search(rf"(?:^|[a-z,.;:]\s+|\bThe\s+|[\"“(]){whole}{_DOING}", words) is not None


def _of_one_newsroom(documents: Iterable[str], untold_in: Collection[str], record: Held) -> list[list[str]]:
    """Of some documents those of one newsroom that name nobody, with one that does; those of no newsroom may all be of one."""
    rooms: dict[str, list[str]] = {}
    for id_ in sorted(documents):
        rooms.setdefault(newsroom_of(record.documents[id_]) or "", []).append(id_)
    groups = []
    for together in rooms.values():
        quoting = [id_ for id_ in together if id_ not in untold_in]
        groups.append([*(id_ for id_ in together if id_ in untold_in), *quoting[:1]])
    return [group for group in groups if len(group) > 1]


def newsrooms_of(document: Document) -> frozenset[str]:
    """Its newsroom, those that it credits, and its publisher, whose outlets are one family."""
    family = publisher(document)
    return newsrooms(document) | ({f"outlets of {family}"} if family else set())
