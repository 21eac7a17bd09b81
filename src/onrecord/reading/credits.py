"""Where does the text itself begin, and whom does its head credit? Datelines and editors' notes before the first sentence.

"(ATTN: ...) CAIRO, Oct. 3 (Agency) --" belongs to no sentence: it would only mislead the parser.
"""

from __future__ import annotations

import re

from onrecord.records import Span

_NOTE = re.compile(r"\s*\([A-Z]{3,}:[^)\n]{0,200}\)\s*|\s*(?:BREAKING|UPDATE\s?\d*|EXCLUSIVE)\s?[:\-–—]\s*")
_DATELINE = re.compile(
    r"\s*(?P<where>[A-Z][^\s.!?()–—]*(?:[ ,/]+[^\s!?()–—]+){0,6}?),?\s*(?:\((?P<credit>[^)\n]{1,60})\))?\s*(?:--|[–—]|-(?=\s))\s*(?=[“\"‘A-Z0-9])"
)
_DATE_ALONE = re.compile(
    r"\s*(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},?\s\d{4}[.:]\s+(?=[A-Z])"
)


def dateline_of(text: str) -> tuple[int, Span | None]:
    """Where the text begins behind its dateline, and the span of the agency that the dateline credits.

    >>> text = "CAIRO, Oct. 3 (Wire) -- Talks began."
    >>> start, credit = dateline_of(text)
    >>> text[start:], credit.of(text)
    ('Talks began.', 'Wire')
    >>> dateline_of("Talks began - and ended.")
    (0, None)
    """
    start = 0
    if note := _NOTE.match(text):
        start = note.end()
    match = _DATELINE.match(text, start, start + 160)
    if match is None:
        date = _DATE_ALONE.match(text, start)
        return (date.end() if date else start), None
    where = match["where"]
    if (
        not match["credit"]
        and not where.split(",")[0].isupper()
        and not re.match(r"[A-Z][A-Z]+\b", where)
        and "," not in where
    ):
        return start, None
    credit = Span(match.start("credit"), match.end("credit")) if match["credit"] else None
    return match.end(), credit
