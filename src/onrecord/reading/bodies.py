"""Is a name that of a body? The parser takes many armed groups, firms and papers for people."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.actors import is_known_body
from onrecord.reading.kinds import KIND_OF_HEAD, OUTLET_NAME
from onrecord.records import SourceKind

# The last word of many a firm's, a charity's, a watchdog's and a province's name.
_LAST_WORDS = (
    "technologies technology tech airlines airways wings shipping maritime energy petroleum oil gas mining motors industries systems solutions logistics "
    "security analytics imaging cargo aviation holdings ventures insurance telecom global international labs watch monitor tracker network rescue rights "
    "brigade brigades battalion battalions corps legion regiment guards command forces forum initiative project fund trust services oblast krai raion province governorate"
)
# The first word of many an armed group's: "army", "movement", "free men", "front", "group", "party", "brigade", "battalion", "companies" in Arabic, Persian,
# Urdu and Spanish; and "sans frontières".
_FIRST_WORDS = (
    "jaish jaysh harakat harakah ahrar jabhat jamaat jama'at hizb liwa katibat kata'ib kataib saraya lashkar sipah tehrik tahrik asa'ib asaib usbat "
    "frente fuerzas ejército movimiento sans"
)
_LAST, _FIRST = frozenset(_LAST_WORDS.split()), frozenset(_FIRST_WORDS.split())
_ALSO_SURNAMES = frozenset(["courier", "ledger"])


def is_a_body(words: Sequence[str], text: str, *, is_given: bool) -> bool:
    """Whether a name is a known body's, or has a word of one at its end or its beginning. `words` are its words in small letters, `text` the name as
    written; `is_given` says that it begins with a given name.

    >>> is_a_body(["katibat", "okello"], "Katibat Okello", is_given=False), is_a_body(["ada", "okello"], "Ada Okello", is_given=True)
    (True, False)
    """
    first, last = words[0].replace("’", "'"), words[-1]
    if KIND_OF_HEAD.get(last) in (SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.DOCUMENT):
        return True
    if OUTLET_NAME.search(text) and not (is_given and last in _ALSO_SURNAMES):
        return True
    return is_known_body(text) or (len(words) > 1 and (last in _LAST or first in _FIRST))
