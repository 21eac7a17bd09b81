"""The ways of a claim to its readers, drawn: outlets on the left, who they pass it on from, and the sources on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.answers.claim import Way

COLUMN, ROW, MARGIN = 300, 30, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An outlet, a stop or a source, at a place in pixels; `document` is where an outlet has it, None for the others."""

    x: int
    y: int
    name: str
    document: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Nodes, and the lines between them as `x1, y1, x2, y2`."""

    nodes: list[Node]
    lines: list[tuple[int, int, int, int]]
    width: int
    height: int


def chain(ways: Sequence[Way]) -> Chain:
    """The drawing of some ways; what stands at two ends of one way stands there once.

    >>> way = Way(document="a", outlet="The Wire", published=None, stops=["Agency", "mayor"], shown_by=["", ""])
    >>> [(node.x, node.name) for node in chain([way]).nodes]
    [(18, 'The Wire'), (318, 'Agency'), (618, 'mayor')]
    """
    columns = 1 + max((len(way.stops) for way in ways), default=0)
    placed: dict[tuple[int, str], str | None] = {}
    joined: dict[tuple[tuple[int, str], tuple[int, str]], None] = {}
    for way in ways:
        names = [way.outlet or way.document, *way.stops]
        # The source is always on the right, however many it passes through.
        keys = [(column, name) for column, name in enumerate(names[:-1])] + [(columns - 1, names[-1])]
        for key in keys:
            placed.setdefault(key, way.document if key[0] == 0 else None)
        joined |= dict.fromkeys(pairwise(keys))
    at: dict[tuple[int, str], tuple[int, int]] = {}
    for column in range(columns):
        own = [key for key in placed if key[0] == column]
        at |= {key: (MARGIN + column * COLUMN, MARGIN + row * ROW) for row, key in enumerate(own)}
    return Chain(
        nodes=[Node(x=at[key][0], y=at[key][1], name=key[1], document=placed[key]) for key in placed],
        lines=[(*at[one], *at[other]) for one, other in joined],
        width=2 * MARGIN + columns * COLUMN,
        height=MARGIN + ROW * max((row // ROW + 1 for _, row in at.values()), default=0),
    )
