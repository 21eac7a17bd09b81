"""What do titles and given names tell of a person? Honorifics, ranks and roles, and the pronoun that each speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from onrecord.reading.kinds import KIND_OF_HEAD, PORTFOLIOS, ROLE
from onrecord.records import SourceKind

HONORIFICS = {
    **dict.fromkeys(("mr", "sir", "lord", "shri", "encik"), "he"),
    **dict.fromkeys(("mrs", "ms", "miss", "madam", "lady", "dame", "smt", "puan"), "she"),
}
_OF_HE = re.compile(r"(?:\w*(?<!wo)man|king|prince|father|brother|son|husband|actor|waiter|he)$")
_OF_SHE = re.compile(r"(?:\w*woman|queen|princess|mother|sister|daughter|wife|actress|widow|waitress|she)$")
_TITLE_WORDS = (
    "mr mrs ms miss sir lord lady dame dr prof sen rep gov gen col lt maj capt adm sgt rev hon pres president senator minister "
    "representative governor general colonel superintendent inspector detective constable rear admiral commodore brigadier marshal commander lieutenant major captain sergeant secretary professor judge justice mayor congressman congresswoman chairman ambassador "
    "king queen prince princess pope ayatollah sheikh imam baron baroness private corporal comrade coach father sister brother bishop archbishop "
    "cardinal rabbi mullah sultan emir chief datuk datin dato seri tun haji hajji ustad ustaz smt shri encik puan executive insp brig cdr pol ratu daw alhaji hajiya engr"
)
TITLES = frozenset(_TITLE_WORDS.split())
SHORT_ROLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "pres": "president",
    "prof": "professor",
    "lt": "lieutenant",
    "maj": "major",
    "capt": "captain",
    "adm": "admiral",
    "sgt": "sergeant",
    "dr": "doctor",
    "rev": "reverend",
    "justice": "judge",
    "congressman": "representative",
    "congresswoman": "representative",
}


def pronoun_of_roles(roles: set[str]) -> str | None:
    """The pronoun that words for what somebody is speak for, "he" or "she"; None where none does."""
    return "she" if any(map(_OF_SHE.match, roles)) else "he" if any(map(_OF_HE.match, roles)) else None


def pronoun_of_noun(noun: str) -> str | None:
    """The pronoun that a noun for a person speaks for.

    >>> pronoun_of_noun("spokeswoman"), pronoun_of_noun("spokesman"), pronoun_of_noun("minister")
    ('she', 'he', None)
    """
    return pronoun_of_roles({noun})


@cache
def given_names() -> dict[str, str]:
    """Given names that ten times as many men ("he") bear as women ("she"), or the other way round: 1990 census of the United
    States (public domain). Names of other languages are mostly missing, so a name that is not there says nothing.

    >>> given_names()["Grace"]
    'she'
    """
    lines = resources.files(__package__).joinpath("given_names.txt").read_text("utf-8").splitlines()
    return {name: pronoun for pronoun, *names in map(str.split, lines) for name in names}


def is_role(word: str) -> bool:
    """Whether a word says what somebody is: "minister", "senator", "spokeswoman"."""
    return bool(ROLE.fullmatch(word)) or KIND_OF_HEAD.get(word) is SourceKind.UNNAMED


_RANKED = frozenset(["prime", "foreign", "vice", "deputy", "first", "acting", "assistant", "chief"])
# What an office is of, as in "Superintendent of Police".
OF_OFFICES = PORTFOLIOS | {"police", "prosecutions", "intelligence", "operations", "staff"}


def is_office_alone(words: Iterable[str]) -> bool:
    """Whether words, in small letters, are a title or an office and no name: "prime minister", "vice adm".

    >>> is_office_alone(["prime", "minister"]), is_office_alone(["minister", "okello"])
    (True, False)
    """
    return all(word in TITLES or word in _RANKED or word in PORTFOLIOS or is_role(word) for word in words)
