"""A text cut where marks begin and end, so that a page can show marks that overlap without ever building mark-up from the text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.records import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to show on a span: `name` leads to it, `kinds` are how it looks."""

    name: str
    span: Span
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that lie under the same marks. `begins` are the names of the marks that begin here, `names` of all that hold it."""

    text: str
    start: int
    names: tuple[str, ...]
    begins: tuple[str, ...]
    kinds: tuple[str, ...]


def paragraphs(text: str, marks: Sequence[Mark]) -> list[list[Piece]]:
    """A text as paragraphs of pieces; all pieces together are the text without its line breaks.

    >>> [[(p.text, p.kinds) for p in line] for line in paragraphs("Rain fell.\\nSun.", [Mark("a", Span(0, 4), ("said",))])]
    [[('Rain', ('said',)), (' fell.', ())], [('Sun.', ())]]
    """
    breaks = [-1, *(i for i, c in enumerate(text) if c == "\n"), len(text)]
    lines = [Span(a + 1, b) for a, b in itertools.pairwise(breaks) if text[a + 1 : b].strip()]
    ordered = sorted(marks, key=lambda m: m.span)
    found, first = [], 0
    for line in lines:
        while first < len(ordered) and ordered[first].span.end <= line.start:
            first += 1
        here = [m for m in ordered[first:] if m.span.overlaps(line)]
        found.append(list(_pieces(text, line, here)))
    return found


def _pieces(text: str, line: Span, marks: Sequence[Mark]) -> Iterable[Piece]:
    edges = {line.start, line.end} | {e for m in marks for e in (m.span.start, m.span.end) if line.start < e < line.end}
    cuts = sorted(edges)
    for start, end in itertools.pairwise(cuts):
        over = [m for m in marks if m.span.start <= start and end <= m.span.end]
        begins = [m.name for m in over if m.span.start == start or (start == line.start and m.span.start < start)]
        kinds = dict.fromkeys(kind for m in over for kind in m.kinds)
        yield Piece(
            text=text[start:end],
            start=start,
            names=tuple(dict.fromkeys(m.name for m in over)),
            begins=tuple(dict.fromkeys(begins)),
            kinds=tuple(kinds),
        )
