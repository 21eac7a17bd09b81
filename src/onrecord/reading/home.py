"""Whose ministry is "the interior ministry"? Of the state that a text is written from and about.

A dateline says where a text was written, and a correspondent in a capital calls its ministries by no other name. So an organ
that no word gives a state belongs to that of the dateline, if the text names that state more often than any other or quotes it; a text from Nairobi about a
war next door says nothing of the kind. Nor does a text without a dateline, unless it names one state only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.countries import countries_in
from onrecord.reading.datelines import start_of_text
from onrecord.reading.kinds import CAPITALS, PORTFOLIOS
from onrecord.records import Assertion, Source, SourceKind

# An organ that every state has one of; "the rebel army" and "the Gaza health ministry" are none of them.
_PORTFOLIO = rf"(?:{'|'.join(sorted(PORTFOLIOS))}|public|national|internal|foreign|home|civil|natural|social|regional|local|and|&)"
_ORGAN = re.compile(
    rf"(?:{_PORTFOLIO} )*ministry|ministry of(?: the)?(?: {_PORTFOLIO})+|army|military|armed forces|navy|air force|coast guard|police|government|"
    r"cabinet|parliament|presidency|supreme court",
    re.IGNORECASE,
)
# Who holds an office of which every state has one, and for whom spokesmen speak.
_OFFICE = re.compile(
    rf"(?:(?:deputy|vice|prime|first|chief) )*(?:{_PORTFOLIO} )*minister|minister (?:of|for)(?: the)?(?: {_PORTFOLIO})+|president|(?:army|police|navy|air force) (?:chief|commander)|"
    r"attorney general|chief justice",
    re.IGNORECASE,
)
# A text without a dateline that names one state or places in it so often, and no other, is about that state (not tuned).
OFTEN = 2
_SPOKESMAN = re.compile(r"spokes(?:man|woman|person)", re.IGNORECASE)
_IN_CAPITALS = re.compile(rf"\b[{CAPITALS}]{{3,}}\b")


def with_home_state(text: str, assertions: Sequence[Assertion]) -> list[Assertion]:
    """The assertions of a document; those of their sources that are organs, speak for one or hold an office of state, and that no word gives a state,
    have that of the dateline, unless they speak of another state's places."""
    state = home_of(text) or _speaks_at_home(text, assertions) or _only_state(text, assertions)
    if state is None:
        return list(assertions)
    abroad = {a.source.name for a in assertions for place in a.places if place.country not in (None, state)}
    return [a if a.source.name in abroad else replace(a, source=_at_home(a.source, state)) for a in assertions]


def home_of(text: str) -> str | None:
    """The code of the state that a text is written from and about; None where its dateline names none, or another is named as often.

    >>> home_of("NAIROBI (Wire) — Kenya has closed the road, the interior ministry said.")
    'KE'
    >>> home_of("NAIROBI (Wire) — Somalia has closed the road, the interior ministry said.") is None
    True
    """
    here, named = _of_dateline(text), Counter(country.code for country in countries_in(text))
    if here is None or any(code != here and count >= named[here] for code, count in named.items()):
        return None
    return here


def _of_dateline(text: str) -> str | None:
    """The code of the state in which a text was written, None where its dateline names none."""
    written = _IN_CAPITALS.sub(lambda word: word[0].title(), text[: start_of_text(text)])
    return next((country.code for country in countries_in(written)), None)


def _speaks_at_home(text: str, assertions: Sequence[Assertion]) -> str | None:
    """The state of the dateline if it is a source itself ("NAIROBI (Wire) — Kenya admitted ..."), however often others are named."""
    here = _of_dateline(text)
    return here if any(a.source.is_state and a.source.country == here for a in assertions) else None


def _only_state(text: str, assertions: Sequence[Assertion]) -> str | None:
    """The state of a text without a dateline that names that one often enough, or places in it, and no other."""
    if start_of_text(text) > 0:
        return None
    places = {(place.name, place.country) for a in assertions for place in a.places if place.country is not None}
    named = Counter([country.code for country in countries_in(text)] + [str(country) for _, country in places])
    return next(iter(named)) if len(named) == 1 and named.total() >= OFTEN else None


def _at_home(source: Source, state: str) -> Source:
    if source.country or not (_is_organ(source) or _holds_office(source)):
        return source
    return replace(source, country=state, reason=f"{source.reason}; its text is written from and about one state")


def _is_organ(source: Source) -> bool:
    return source.kind is SourceKind.ORGANISATION and _ORGAN.fullmatch(source.name) is not None


def _holds_office(source: Source) -> bool:
    """Whether somebody is named with an office that every state has ("the interior minister, Grace Okello"), or speaks for such an organ."""
    role, body = (re.sub(r"^the ", "", words or "", flags=re.IGNORECASE) for words in (source.role, source.affiliation))
    if source.kind is not SourceKind.PERSON:
        return False
    of_an_organ = _ORGAN.fullmatch(body) is not None
    return (_OFFICE.fullmatch(role) is not None and (of_an_organ or not body)) or (
        _SPOKESMAN.fullmatch(role) is not None and of_an_organ
    )
