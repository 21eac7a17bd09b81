"""Does a text say that a number is no longer the number, or only that somebody gave it?

"1,100 litres, and not the 800 announced at first" gives one number and takes another back; "the figure of 57 that the harbour gave leaves out the
pilots" speaks of a number and puts it forward for nobody. Looked at are the words of the number's own sentence.
"""

from __future__ import annotations

import re

from onrecord.records import Figure

# What stands before a number that another has taken the place of, the number itself at the end.
_INSTEAD = re.compile(
    r"(?:\bnot\s+(?:the\s+)?|instead of\s+|rather than\s+|(?:up|down)\s+from\s+|correct\w*\s+(?:the\s+figure\s+of\s+)?)$",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:lower|cut|reduc|revis|correct|rais|rose|increas|updat)\w*\b[^.!?]*\bto\s+\d[\d.,]*(?:\s+(?:hundred|thousand|million|billion))?(?:\s+\w+)?\s+from\s+$",
    re.IGNORECASE,
)
_FIGURE = r"(?:figure|number|toll|estimate|count|total|tally)"
_EARLIER = re.compile(
    rf"\b(?:the|an?|its|his|her|their)\s+(?:earlier|initial|previous|old)\s+(?:\w+\s+)?{_FIGURE}\s+(?:of|was|had\s+been)\s+(?:about\s+|some\s+)?$"
    rf"|\b{_FIGURE}\s+(?:had\s+)?(?:began|begun|started)\s+at\s+$",
    re.IGNORECASE,
)
# "Well above the 640 that the mayor had announced", and not "above the 500 that it may keep".
_THAN = re.compile(r"\b(?:above|below|over|under|than)\s+the\s+$", re.IGNORECASE)
_GIVEN = r"(?:announced|given|gave|reported|stated|published|named)"
_THAT_IS_GIVEN = re.compile(rf"[\s,(–—-]*(?:(?:that|which)\s+)?(?:\w+\s+){{0,4}}?{_GIVEN}\b", re.IGNORECASE)
_AT_FIRST = re.compile(
    rf"[\s,(–—-]*(?:\w+[\s,]+)?(?:{_GIVEN}\s+(?:at\s+first|initially|earlier|previously|originally)|(?:first|initially|earlier|previously|originally)\s+{_GIVEN})\b",
    re.IGNORECASE,
)
_THE_FIGURE = re.compile(rf"\bthe\s+(?:\w+\s+)?(?P<noun>{_FIGURE})\s+(?:of\s+)?(?:about\s+|some\s+)?$", re.IGNORECASE)
# Who does so gives the figure himself, unless he does not: "they refused to confirm the figure of 300".
_GIVING = re.compile(
    rf"(?P<not>\b(?:not|n['’]t|never|refus\w+|declin\w+|without)\b[^,;]*)?\b(?:confirm\w*|repeat\w*|uph[oe]ld\w*|defend\w*|endors\w+|accept\w*|announc\w+|{_GIVEN})\b[^,;]*$",
    re.IGNORECASE,
)
_END_OF_SENTENCE = re.compile(r"[.!?][\"”’']?\s+(?=[\"“„A-Z])|\n")


def is_replaced(figure: Figure, text: str) -> bool:
    """Whether the words around a figure say that it is not, or no longer, the number."""
    before, behind = _around(figure, text)
    if _INSTEAD.search(before) or _CHANGED.search(before) or _EARLIER.search(before) or _AT_FIRST.match(behind):
        return True
    return _THAN.search(before) is not None and _THAT_IS_GIVEN.match(behind) is not None


def is_spoken_of(figure: Figure, text: str) -> bool:
    """Whether a text speaks of a number that somebody gave and does not give it itself: "the figure of 57", "the toll of 57 that the army announced", but
    for one that it confirms or reports."""
    before, behind = _around(figure, text)
    found = _THE_FIGURE.search(before)
    if found is None or (found["noun"].lower() != "figure" and not _THAT_IS_GIVEN.match(behind)):
        return False
    giving = _GIVING.search(before[: found.start()])
    return giving is None or giving["not"] is not None


def _around(figure: Figure, text: str) -> tuple[str, str]:
    """The words of the sentence of a figure before it and behind it."""
    before, behind = text[max(0, figure.span.start - BEFORE) : figure.span.start], text[figure.span.end :][:BEHIND]
    starts = [match.end() for match in _END_OF_SENTENCE.finditer(before)]
    end = _END_OF_SENTENCE.search(behind)
    return before[starts[-1] if starts else 0 :], behind[: end.start()] if end is not None else behind


# Characters that are looked at (no set of ours tells how many; sentences of news are seldom longer).
BEFORE, BEHIND = 300, 80
