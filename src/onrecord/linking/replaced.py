"""Does a text say that a number is no longer the number, or only that somebody gave it?

"1,100 litres, and not the 800 announced at first" gives one number and takes another back; "the figure of 36 that the navy announced leaves out the
pilots" speaks of a number and puts it forward for nobody.
"""

from __future__ import annotations

import re

from onrecord.records import Figure

# What stands before a number that another has taken the place of, the number itself at the end.
_INSTEAD = re.compile(
    r"(?:\bnot\s+(?:the\s+)?|instead of\s+|rather than\s+|(?:up|down)\s+from\s+|correct\w*\s+(?:the\s+figure\s+of\s+)?|\b(?:began|started)\s+(?:at|with)\s+)$",
    re.IGNORECASE,
)
_LOWERED = re.compile(r"\b(?:lower|cut|reduc|revis|correct)\w*\b[^.!?]*\bto\s+[\w.,-]+\s+from\s+$", re.IGNORECASE)
_FIGURE = r"(?:figure|number|toll|estimate|count|total|tally)"
_EARLIER = re.compile(
    rf"\b(?:the|an?|its|his|her|their)\s+(?:earlier|initial|first|previous|original|old)\s+(?:\w+\s+)?{_FIGURE}\s+(?:of|was|had\s+been)\s+(?:about\s+|some\s+)?$",
    re.IGNORECASE,
)
# "Well above the 1,800 that the ministry had announced", and not "above the 1,500 that it may keep".
_THAN = re.compile(r"\b(?:above|below|over|under|than)\s+the\s+$", re.IGNORECASE)
_GIVEN = r"(?:announced|given|gave|reported|stated|published|named)"
_GIVEN_BEFORE = re.compile(rf"\W*(?:(?:that|which)\s+)?(?:\w+\s+){{0,4}}?{_GIVEN}\b", re.IGNORECASE)
_AT_FIRST = re.compile(
    rf"\W*(?:\w+\W+)?(?:{_GIVEN}\s+(?:at\s+first|initially|earlier|previously|originally)|(?:first|initially|earlier|previously|originally)\s+{_GIVEN})\b",
    re.IGNORECASE,
)
_THE_FIGURE = re.compile(
    rf"(?P<verb>\w+\s+)?\bthe\s+(?:\w+\s+)?{_FIGURE}\s+(?:of\s+)?(?:about\s+|some\s+)?$", re.IGNORECASE
)
_UPHELD = re.compile(r"(?:confirm|repeat|carr|uph[oe]ld|defend)\w*", re.IGNORECASE)
BEFORE, BEHIND = 200, 60  # characters that are looked at


def is_replaced(figure: Figure, text: str) -> bool:
    """Whether the words around a figure say that it is not, or no longer, the number."""
    before, behind = _around(figure, text)
    if _INSTEAD.search(before) or _LOWERED.search(before) or _EARLIER.search(before) or _AT_FIRST.match(behind):
        return True
    return _THAN.search(before) is not None and _GIVEN_BEFORE.match(behind) is not None


def is_spoken_of(figure: Figure, text: str) -> bool:
    """Whether a text speaks of a number that somebody gave and does not give it itself: "the figure of 36", but for one that it confirms."""
    found = _THE_FIGURE.search(_around(figure, text)[0])
    return found is not None and _UPHELD.match(found["verb"] or "") is None


def _around(figure: Figure, text: str) -> tuple[str, str]:
    start, end = figure.span.start, figure.span.end
    return text[max(0, start - BEFORE) : start], text[end : end + BEHIND]
