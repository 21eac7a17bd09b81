"""Whose side, and what kind of body? The country and the sector of the words for somebody who acts.

Organisations and armed groups stand in `actors.tsv`, the nouns of a sector in `sectors.tsv`, each row with its source; states, their
people and seats come from `countries.tsv`. Sectors are those of PLOVER.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from onrecord.reading.countries import countries_in
from onrecord.records import Sector


def side_of(words: str) -> tuple[str | None, Sector | None]:
    """The country (ISO 3166-1 alpha-2) and the sector of the words for an actor; None for what they do not tell.

    A state by its name or its people alone is its government. Of two states in the words the first counts.

    >>> side_of("Kenyan soldiers"), side_of("the M23 rebels"), side_of("Zambia"), side_of("the man")
    (('KE', <Sector.MILITARY: 'MIL'>), ('CD', <Sector.REBEL: 'REB'>), ('ZM', <Sector.GOVERNMENT: 'GOV'>), (None, <Sector.CIVILIAN: 'CVL'>))
    """
    if (match := _bodies_pattern().search(words)) is not None:
        return _bodies()[match[0]]
    country = next((mention for mention in countries_in(words)), None)
    code = country.code if country is not None else None
    for word in reversed(re.findall(r"[A-Za-z][\w-]*", words)):
        sector = sectors().get(word.lower()) or sectors().get(word.lower().removesuffix("s"))
        if sector is not None:
            return code, sector
    return code, Sector.GOVERNMENT if country is not None and country.how != "people" else None


def is_known_body(name: str) -> bool:
    """Whether a name is that of a body of the table, whole.

    >>> is_known_body("Boko Haram"), is_known_body("Ada Okello")
    (True, False)
    """
    return name in _bodies()


def _lines(name: str) -> list[list[str]]:
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@cache
def _bodies() -> dict[str, tuple[str | None, Sector]]:
    return {
        name: (country or None, Sector(sector))
        for names, country, sector, _ in _lines("actors.tsv")
        for name in names.split("|")
    }


@cache
def _bodies_pattern() -> re.Pattern[str]:
    longest_first = sorted(_bodies(), key=len, reverse=True)
    return re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w])")


@cache
def sectors() -> dict[str, Sector]:
    """The sector of each noun that names people or bodies of one."""
    return {word: Sector(sector) for sector, words, _ in _lines("sectors.tsv") for word in words.split()}
