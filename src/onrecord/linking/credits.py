"""On which newsroom's word does a document put forward what it puts on nobody's? Its own, and those of the agencies that it credits.

"DAKAR (Wire) --", "Daily News (Wire)", "With reporting by Wire": an agency is credited by name in the dateline, beside the outlet, in
the byline or in the last line. `agencies.tsv` gives the names of one agency, most with the association that lists it: EANA
(Europe), OANA (Asia and the Pacific), FANA (Arab states). One that is not in it counts where the place is telling: in the dateline and
beside the outlet. "With agencies" names none and tells nothing.

The outlets of one publisher are one family: what two of them put on nobody's word may come out of one newsroom. `publishers.tsv`, our own table,
names the larger ones as they were known in 2025, each with the site of the publisher to check it at; titles are sold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

from onrecord.linking.sources import plain
from onrecord.records import Document

# A dateline ends within so many characters; a credit at the end is a line of at most so many.
FROM_START, LONGEST_LAST_LINE = 200, 120
_DATELINE = re.compile(r"\(([^()\n]{2,60})\)\s*(?:--|[–—]|-(?=\s))")
_IN_BRACKETS = re.compile(r"\(([^()\n]{2,60})\)")
_OF_CREDIT = re.compile(
    r"^(?:(?:with|additional|reporting|reports?|inputs?|material|information|source|credit|by|from|and)\b[\s:]*)+",
    re.IGNORECASE,
)
# In capitals and longer than this it is the place of the dateline, no agency.
LONGEST_ACRONYM = 5


def newsrooms(document: Document) -> frozenset[str]:
    """The outlet of a document and the agencies that it credits, as names for comparison; empty where it names neither.

    >>> import onrecord
    >>> dispatch = onrecord.document("DAKAR, March 3 (XYZ/AFP) -- Talks began.", outlet="Daily News (AFP)")
    >>> sorted(newsrooms(dispatch))
    ['agence france presse', 'daily news', 'xyz']
    """
    return _newsrooms(document.outlet or "", tuple(document.authors), document.text[:FROM_START], document.text[-400:])


@lru_cache(maxsize=20_000)
def _newsrooms(outlet: str, authors: tuple[str, ...], start: str, end: str) -> frozenset[str]:
    own = _bare(_IN_BRACKETS.sub(" ", outlet))
    telling = [*_IN_BRACKETS.findall(outlet), *_DATELINE.findall(start)]
    found = [name for words in telling for name in _parts(words) if _agency(name) or _is_name(name)]
    found += [name for words in (*authors, *_last_line(end)) for name in _parts(words) if _agency(name)]
    return frozenset(plain(_agency(name) or name) for name in (own, *found) if plain(name))


def newsroom(name: str) -> str:
    """The name of one outlet or agency as `newsrooms` has it.

    >>> newsroom("the AFP"), newsroom("Moss Media")
    ('agence france presse', 'moss media')
    """
    bare = _bare(name)
    return plain(_agency(bare) or bare)


def newsroom_of(document: Document) -> str | None:
    """What publishes a document, a newsroom or a body, by its name as `newsrooms` has it; None where the document names none.

    >>> import onrecord
    >>> newsroom_of(onrecord.document("Talks began.", outlet="The Moss Herald (AFP)"))
    'moss herald'
    """
    return newsroom(outlet_of(document)) or None


def outlet_of(document: Document) -> str:
    """The outlet of a document as texts call it, without article and brackets; empty where the document names none.

    >>> import onrecord
    >>> outlet_of(onrecord.document("Talks began.", outlet="The Moss Herald (AFP)"))
    'Moss Herald'
    """
    return _bare(_IN_BRACKETS.sub(" ", document.outlet or "")).strip()


def _bare(name: str) -> str:
    """A name without its article: who credits "the Moss Herald" credits The Moss Herald."""
    return re.sub(r"^\s*the\s+", "", name, flags=re.IGNORECASE)


def publisher(document: Document) -> str | None:
    """The publisher of the outlet of a document, None where the table does not know it.

    >>> import onrecord
    >>> publisher(onrecord.document("Talks began.", outlet="The Sunday Times"))
    'News UK'
    """
    return _publishers().get(plain(_IN_BRACKETS.sub(" ", document.outlet or "")))


def _last_line(end: str) -> list[str]:
    """The last line as a credit, without the words around the names: "(With reporting by Wire)" is "Wire"."""
    line = re.split(r"\n|(?<=[.!?”\"])\s+", end.strip())[-1]
    return [_OF_CREDIT.sub("", line.strip(" ()[]–—-.*"))] if len(line) <= LONGEST_LAST_LINE else []


def _parts(words: str) -> Iterable[str]:
    return (part.strip(" .–—-") for part in re.split(r"[/,;&+|]|\band\b|\bvia\b", words))


def _is_name(words: str) -> bool:
    """Whether words beside an outlet or in a dateline can be an agency: "live blog", "UPDATE 2" and "KAMPALA" cannot."""
    capitals = words.isupper() and len(words) > LONGEST_ACRONYM
    return words[:1].isupper() and not capitals and not re.search(r"\d|:", words) and len(words.split()) <= 4


def _agency(name: str) -> str | None:
    return _agencies().get(name)


@cache
def _agencies() -> dict[str, str]:
    """Every name of an agency, with the one that it has here."""
    return {name: agency for agency, others in _rows("agencies.tsv") for name in (agency, *others) if name}


@cache
def _publishers() -> dict[str, str]:
    """The publisher of each outlet that the table names."""
    return {plain(outlet): name for name, outlets in _rows("publishers.tsv") for outlet in outlets}


def _rows(table: str) -> list[tuple[str, list[str]]]:
    lines = resources.files(__package__).joinpath(table).read_text("utf-8").splitlines()[1:]
    return [(name, others.split(";")) for name, others, _ in (line.split("\t") for line in lines)]
