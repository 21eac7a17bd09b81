"""What stands between quotation marks, in the styles of news: “...”, "...", ''...'', „...“, «...»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reading.spans import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_QUOTATION = re.compile(
    r"“[^“”\n]{2,}[”\n]|„[^„“”\n]{2,}[“”]|«[^«»\n]{2,}»|''[^\n]{2,}?''|\"[^\"\n]{2,}\"|``[^\n`]{2,}?''"
)


def quotations(doc: Doc) -> list[tuple[int, int]]:
    """The quotations of a piece as half-open token ranges, quotation marks included."""
    known: list[tuple[int, int]] | None = doc.user_data.get("quotations")
    if known is None:
        known = []
        for match in _QUOTATION.finditer(text_of(doc)):
            cut = doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if cut is not None:
                known.append((cut.start, cut.end))
        doc.user_data["quotations"] = known
    return known


def is_quoted(doc: Doc, words: list[int]) -> bool:
    """Whether most of the tokens lie within quotation marks."""
    inside = sum(1 for i in words if any(start <= i < end for start, end in quotations(doc)))
    return inside > 0.6 * len(words)
