"""Token numbers of a parsed piece -> spans of the text, and spans moved from a piece to its document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def spans_of(doc: Doc, words: Sequence[int]) -> tuple[Span, ...]:
    """Token numbers as spans of the parsed text: one span a run of tokens, joined over punctuation and white space."""
    found: list[Span] = []
    previous = -2
    for i in words:
        token = doc[i]
        end = token.idx + len(token)
        gap = all(t.is_punct or t.is_space for t in doc[previous + 1 : i]) if 0 <= previous < i else False
        if found and (i == previous + 1 or (gap and i - previous <= 2)):
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(token.idx, end))
        previous = i
    return tuple(found)


def hull(doc: Doc, words: Sequence[int]) -> Span:
    """The hull of some tokens."""
    return Span(doc[words[0]].idx, doc[words[-1]].idx + len(doc[words[-1]]))


def sentences_around(doc: Doc, words: Sequence[int]) -> Span:
    """The sentence in which some tokens stand, or all from the first to the last, without white space at either end."""
    start, end = doc[min(words)].sent.start_char, doc[max(words)].sent.end_char
    text = text_of(doc)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def within(span: Span, around: Iterable[Span]) -> bool:
    return any(a.contains(span) for a in around)


def moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def all_moved(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    return tuple(moved(span, by) for span in spans)


def text_of(doc: Doc) -> str:
    """The text of a parsed piece; asking the parsed piece itself puts it together from its tokens every time."""
    known: str | None = doc.user_data.get("text")
    if known is None:
        known = doc.user_data["text"] = doc.text
    return known


def trimmed(doc: Doc, words: Sequence[int]) -> tuple[int, ...]:
    """`words` without white space and commas at either end."""
    kept = [i for i in words if not doc[i].is_space]
    while kept and _is_edge(doc, kept[0]):
        kept.pop(0)
    while kept and _is_edge(doc, kept[-1]):
        kept.pop()
    return tuple(kept)


def _is_edge(doc: Doc, at: int) -> bool:
    return bool(doc[at].is_punct and not doc[at].is_quote)
