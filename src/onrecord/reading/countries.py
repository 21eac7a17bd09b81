"""Which country do words name? From a table of states, their people and their seats of government.

`countries.tsv`: ISO 3166-1 alpha-2 code, English names, demonyms, and capitals or seats that stand for the
government ("Cairo said"), after the CIA World Factbook (public domain), the houses of governments by the usage of news agencies. Every state stands in it, so that no
conflict is favoured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from onrecord.records import Span


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country code, the words that name it, and how they do: "name", "people" or "seat"."""

    code: str
    span: Span
    how: str


@cache
def _table() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for line in resources.files(__package__).joinpath("countries.tsv").read_text("utf-8").splitlines():
        code, names, peoples, seats = line.split("\t")
        for how, words in (("seat", seats), ("people", peoples), ("name", names)):
            for word in filter(None, words.split("|")):
                found[word] = (code, how)
                if how == "people" and not word.endswith(("s", "ese", "ish", "ch", "S.")):
                    found[f"{word}s"] = (code, how)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_table(), key=len, reverse=True)
    return re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w])")


@cache
def _names() -> dict[str, str]:
    lines = resources.files(__package__).joinpath("countries.tsv").read_text("utf-8").splitlines()
    return {line.split("\t")[0]: line.split("\t")[1].split("|")[0] for line in lines}


def country_codes() -> tuple[str, ...]:
    """The codes of all states in the table.

    >>> "KE" in country_codes()
    True
    """
    return tuple(_names())


def country_name(code: str) -> str:
    """The usual English name of a country.

    >>> country_name("KE")
    'Kenya'
    """
    return _names()[code]


def countries_in(text: str) -> Iterator[CountryMention]:
    """Yield the countries that a text names, in order.

    >>> [(c.code, c.how) for c in countries_in("Kenyan police said Nairobi and South Sudan agreed")]
    [('KE', 'people'), ('KE', 'seat'), ('SS', 'name')]
    """
    for match in _pattern().finditer(text):
        code, how = _table()[match[0]]
        yield CountryMention(code, Span(match.start(), match.end()), how)
