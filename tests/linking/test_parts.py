"""Is a number a part of a larger one?"""

from __future__ import annotations

import pytest

import onrecord
from onrecord.linking.parts import part
from onrecord.records import Figure
from tests.builders import a_document


def figure_of(text: str, value: float) -> Figure:
    """The figure of a text with a value."""
    return next(f for a in onrecord.read(a_document(text)) for f in a.figures if f.best == value)


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("The minister said that nine of the 70 tents stand by the river.", 9, "nine of the"),
        ("The minister said that four of them came from the north.", 4, "four of them"),
        ("The mayor said that two of the dead were bakers and five were cooks.", 2, "two of the"),
        ("The mayor said that 88 people were killed, including nine cooks.", 9, "including nine"),
        ("The army said that it killed 61 soldiers, nine Kenyans among them.", 9, "nine Kenyans among them"),
        ("The mayor said that 40 people came, of whom nine were children.", 9, "of whom nine"),
    ],
)
def test_a_part_is_told_by_its_words(text: str, value: float, words: str) -> None:
    assert part(figure_of(text, value), text) == words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayor said that nine of the 23 men in the hall were killed.", 9),
        ("The mayor said that 40 people came, of whom nine were killed.", 9),
        ("The mayor said that nine of them were killed in the attack.", 9),
        ("The coast guard said that five of her cooks are missing.", 5),
        ("The ministry said that nine soldiers of the brigade were killed.", 9),
        ("The mayor said that the convoy included 40 trucks.", 40),
        ("The mayor said that nine tents stand by the river.", 9),
    ],
)
def test_what_is_counted_whole_is_no_part(text: str, value: float) -> None:
    assert part(figure_of(text, value), text) is None
