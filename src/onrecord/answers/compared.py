"""Can two figures be told to count the same, by what their own words say of them?"""

from __future__ import annotations

from onrecord.answers.figures import Counted, part_difference, time_difference
from onrecord.linking.closeness import SMALL
from onrecord.linking.figures import ONLY_GROWS, Subject, comparable
from onrecord.records import Figure


def other_scope(one: Counted, other: Counted) -> str | None:
    """What differs in scope from a claim's figure, in words, or None. One in a text that never names the claim's place counts nothing there, nor
    does one for the whole country; a place that only the other names is no difference, nor is one whose words hold the claim's."""
    mine, theirs = (c.finer_place.name if c.finer_place is not None else "" for c in (one, other))
    if mine and not theirs and mine.lower() not in other.document.text.lower():
        return f"one is for {mine}, which the other's text does not name"
    if mine and not theirs and other.figure.place:
        return f"one is for {mine}, the other for {other.figure.place}"
    words = set(mine.lower().split()), set(theirs.lower().split())
    if not (words[0] <= words[1] or words[1] <= words[0]):
        return f"one is for {mine}, the other for {theirs}"
    return part_difference(one, other) or time_difference(one, other)


def is_equal(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same number, on the same sides."""
    return (one.low, one.best, one.high) == (other.low, other.best, other.high)


def measures_as_much(one: Counted, other: Counted) -> bool:
    """Whether both are in one unit, or say that they count the same, and the other is no small number."""
    same_unit = one.said.unit is not None and one.said.unit == other.said.unit
    return (same_unit or counts_the_same(one, other)) and max(other.figure.values, default=0) > SMALL


def tells_by_nearness(one: Counted, other: Counted) -> bool:
    """Whether two figures are of one thing if their claims are near: both are large, and they can count the same or are equal."""
    is_large = min(max(c.figure.values, default=0) for c in (one, other)) > SMALL
    return is_large and (comparable(one.said, other.said) or is_equal(one.figure, other.figure))


def is_bare(subject: Subject) -> bool:
    """Whether a figure says nothing of what it counts: "the figure of 2,700"."""
    return subject.counted is None and subject.status is None and subject.unit is None


def counts_the_same(one: Counted, other: Counted) -> bool:
    """Whether both say what they count, and it is the same."""
    return one.said.counted is not None and one.said.counted == other.said.counted


def says_whose(one: Counted, other: Counted) -> bool:
    """Whether the words of both figures say whose people they count."""
    return one.figure.whose is not None and other.figure.whose is not None


def is_same_toll(one: Counted, other: Counted) -> bool:
    """Whether both say that they count the same who suffered the same."""
    return one.said.status in ONLY_GROWS and one.said.status == other.said.status and counts_the_same(one, other)


def is_a_standing_count(one: Counted, other: Counted) -> bool:
    """Whether both count the same country's people without an event, as in "the troops in the region"."""
    return one.subject.status is None and one.subject.whose is not None and one.subject.whose == other.subject.whose
