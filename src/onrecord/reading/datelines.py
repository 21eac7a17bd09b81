"""Where does the text itself begin? Behind datelines and editors' notes before the first sentence.

"(ATTN: ...) CAIRO, Oct. 3 (Agency) --" belongs to no sentence: it would only mislead the parser.
"""

from __future__ import annotations

import re

LONGEST_DATELINE = 160
_NOTE = re.compile(
    r"\s*\((?:[A-Z]{3,}:|(?:Adds|Updates|Recasts|Corrects|Writes)\b)[^)\n]{0,200}\)\s*|\s*(?:BREAKING|UPDATE\s?\d*|EXCLUSIVE)\s?[:\-–—]\s*"
)
_DATELINE = re.compile(
    r"\s*(?P<where>[A-Z][^\s.!?()–—]*(?:[ ,/]+[^\s!?()–—]+){0,6}?),?\s*(?:\((?P<credit>[^)\n]{1,60})\))?\s*(?:--|[–—]|-(?=\s))\s*(?=[“\"‘A-Z0-9])"
)
_MONTH = r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
# Other agencies' ways: "LAKEPORT, May 3. /WIRE/.", "LAKEPORT. May 3 (Wire) -", "Lakeport/03.05.26/Wire:", "LAKEPORT, MAY 3, WIRE."
_OTHERWISE = re.compile(
    rf"\s*[A-Z][\w .-]{{1,40}}?(?:"
    rf",\s*{_MONTH}\s\d{{1,2}}\.?\s*/[^/\n]{{2,20}}/\.?"
    rf"|[.,]\s*{_MONTH}\s\d{{1,2}}\s*\([^)\n]{{2,40}}\)\s*[-–—]+"
    rf"|\s?/\s?\d[\d.]{{3,9}}\s?/\s?[A-Z]\w+:"
    rf"|,\s*{_MONTH}\s\d{{1,2}},\s*[A-Z]{{3,}}\."
    rf"|\.(?:CO|COM|ID|NET|ORG),\s*[A-Z][\w .]{{1,30}}?\s+[-–—]+"
    rf")\s+(?=[“\"‘A-Z0-9])"
)
_DATE_ALONE = re.compile(rf"\s*(?:{_MONTH}\s\d{{1,2}},?|\d{{1,2}}\s{_MONTH},?)\s\d{{4}}[.:]\s+(?=[A-Z0-9])")


def start_of_text(text: str) -> int:
    """Where the text begins behind its dateline and notes.

    >>> text = "CAIRO, Oct. 3 (Wire) -- Talks began."
    >>> text[start_of_text(text):]
    'Talks began.'
    >>> text = "LAKEPORT, May 3. /WIRE/. Talks began."
    >>> text[start_of_text(text):]
    'Talks began.'
    >>> start_of_text("Talks began - and ended.")
    0
    """
    note = _NOTE.match(text)
    start = note.end() if note else 0
    if otherwise := _OTHERWISE.match(text, start, start + LONGEST_DATELINE):
        return otherwise.end()
    match = _DATELINE.match(text, start, start + LONGEST_DATELINE)
    if match is not None and _is_dateline(match):
        return match.end()
    date = _DATE_ALONE.match(text, start)
    return date.end() if date else start


def _is_dateline(match: re.Match[str]) -> bool:
    """Whether what stands before a dash names a place as agencies do: with a credit, in capitals, or before a comma."""
    where = match["where"]
    return bool(match["credit"]) or "," in where or bool(re.match(r"[A-Z][A-Z]+\b", where))
