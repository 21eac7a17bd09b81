"""Does a text say that a number is part of a larger one? "Six of the 70 tents", "88 guests, among them four cooks".

A part is never compared with a whole: "two of the dead were bakers" is no toll of two.
"""

from __future__ import annotations

import re

from onrecord.records import Figure

# "Five of her crew" may be all that are missing, so what is hers is no whole.
_OF_MORE = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:the|them|whom|which|those|these|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\d)",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\b(?:including|among(?:st)?\s+(?:them|whom|which)|(?P<of>of\s+(?:whom|which|them|these|those)))[\s,:]+"
    r"(?:(?:at\s+least|about|some|around|the|were|are|was|only)\s+){0,2}$",
    re.IGNORECASE,
)
# Who suffered something is counted whole by "six of the 23 in the hall were killed" and "of whom six were killed", and in part by "two of the dead".
_OF_WHO_SUFFERED = re.compile(
    r"\s+(?:out\s+)?of\s+the\s+(?:\w+\s+)?(?:dead|killed|deaths|victims|fatalities|casualties|wounded|injured|hurt|missing|bodies)\b",
    re.IGNORECASE,
)
_AMONG_THEM = re.compile(r"(?:\s+\w+){0,2}\s+among(?:st)?\s+(?:them|whom)\b", re.IGNORECASE)
# Characters that are looked at on either side.
NEAR = 60


def part(figure: Figure, text: str) -> str | None:
    """The words by which a figure of a text is part of a larger number, or None."""
    start, end = figure.span.start, figure.span.end
    of = _OF_MORE if figure.status is None else _OF_WHO_SUFFERED
    follows = text[end : end + NEAR]
    if (behind := of.match(follows) or _AMONG_THEM.match(follows)) is not None:
        return " ".join(text[start : end + behind.end()].split())
    before = _AMONG.search(text[max(0, start - NEAR) : start])
    if before is None or (before["of"] and figure.status is not None):
        return None
    return " ".join(f"{before[0]}{text[start:end]}".split())
