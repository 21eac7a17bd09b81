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
    ("text", "words"),
    [
        ("The minister said that nine of the 41 wagons fell into the river.", "nine of the"),
        ("The minister said that four of them came from the north.", "four of them"),
        ("The mayor said that two of the dead wore uniforms and five had none.", "two of the dead"),
        ("The mayor said that 17 people were killed, including nine women.", "including nine"),
        ("The army said that it killed 53 soldiers, nine Kenyans among them.", "nine Kenyans among them"),
        ("The mayor said that 40 people came, of whom nine were sent back.", "of whom nine were"),
    ],
)
def test_a_part_is_told_by_its_words(text: str, words: str) -> None:
    found = part(figure_of(text, 9 if "nine" in words else 4 if "four" in words else 2), text)

    assert found is not None
    assert found in words or words in found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayor said that nine of the 14 men on board were killed.", 9),
        ("The coast guard said that five of her crew are missing.", 5),
        ("The ministry said that nine soldiers of the brigade were killed.", 9),
        ("The mayor said that nine wagons fell into the river.", 9),
    ],
)
def test_who_suffered_it_is_counted_whole(text: str, value: float) -> None:
    assert part(figure_of(text, value), text) is None
