"""One spelling for words that are written in two: "defence" and "defense"."""

from __future__ import annotations

import re
from functools import lru_cache

_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"our(ed|ing|s|ers?|able|ite|al|hoods?|ly)?$", r"or\1"),
        (r"is(e|ed|es|ing|ation|ations|er|ers)$", r"iz\1"),
        (r"ys(e|ed|es|ing)$", r"yz\1"),
        (r"ence(s|d|less)?$", r"ense\1"),
        (r"tre(s|d)?$", r"ter\1"),
        (r"ll(ed|ing|er|ers)$", r"l\1"),
        (r"ogue(s)?$", r"og\1"),
        (r"amme(s|d)?$", r"am\1"),
        (r"^grey", "gray"),
    )
)


@lru_cache(maxsize=100_000)
def spelled(word: str) -> str:
    """A word in American spelling; what is no British spelling may change too, but the same way everywhere.

    >>> spelled("defence"), spelled("organised"), spelled("neighbours"), spelled("travelled"), spelled("centre")
    ('defense', 'organized', 'neighbors', 'traveled', 'center')
    """
    if len(word) > 4:
        for british, american in _SPELLINGS:
            word = british.sub(american, word)
    return word
