"""Who was "the head of the aid group" in the first sentence? News names in its second sentence whom it described in the first.

After the newsroom convention of delayed identification. The next to speak is taken for the one described where nothing tells
otherwise: he has not been named before, and bears the same title, or none and the name of a body ("Ana Lopez of Lake Aid"), or, where a
commander, a chief or a spokesman was described, a rank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.kinds import ROLE
from onrecord.records import Assertion, Source, SourceKind

# Between the description and the name only the end of a sentence may stand.
FARTHEST = 3  # characters


def named_later(text: str, assertions: Sequence[Assertion]) -> list[Assertion]:
    """The assertions of a document, in order; those of a person who was only described have the name that the next sentence gives."""
    return [_named(text, one, assertions) for one in assertions]


def _named(text: str, one: Assertion, others: Sequence[Assertion]) -> Assertion:
    described = one.source
    if described.kind is not SourceKind.UNNAMED or not described.as_written.lower().startswith("the "):
        return one
    title = ROLE.search(described.as_written)
    if title is None:
        return one
    behind = (o for o in others if 0 <= o.sentence.start - one.sentence.end <= FARTHEST)
    person = next((o.source for o in behind if _is_he(o, title[0], text)), None)
    if person is None:
        return one
    reason = f"described as “{described.as_written}” and named in the next sentence"
    return replace(one, source=replace(person, as_written=described.as_written, reason=reason))


def _is_he(said: Assertion, title: str, text: str) -> bool:
    """Whether who begins the next sentence can be the one with the title: a person named there first."""
    person = said.source
    if person.kind is not SourceKind.PERSON or not said.attribution.source:
        return False
    start = said.attribution.source[0].start
    before = text[said.sentence.start : start].strip()
    begins = not before or _QUOTED.fullmatch(before) is not None
    is_new = person.name not in text[: said.sentence.start]
    return begins and is_new and _fits(person, title)


# What is quoted before who said it is named: "“We will stay,” Ana Lopez told reporters".
_QUOTED = re.compile(r"[\"“„'‘][^\"“”]+[\"”“'’]")
# Ranks that whoever commands or speaks for a force bears besides, and the titles of such.
_RANK = re.compile(
    r"(?:(?:lieutenant|brigadier|major|rear)[ -]?)?(?:general|colonel|major|admiral|captain|commander|commissioner|superintendent|gen|col|maj)\.?",
    re.IGNORECASE,
)
_OF_A_FORCE = frozenset(["commander", "chief", "spokesman", "spokeswoman", "spokesperson"])


def _fits(person: Source, title: str) -> bool:
    if person.role is None:
        return person.affiliation is not None
    if re.search(rf"\b{re.escape(title)}\b", person.role, re.IGNORECASE):
        return True
    return title.lower() in _OF_A_FORCE and person.affiliation is None and _RANK.fullmatch(person.role) is not None
