"""Is a number given, taken back, or only spoken of?"""

from __future__ import annotations

import pytest

import onrecord
from onrecord.linking.replaced import is_replaced, is_spoken_of
from onrecord.records import Figure
from tests.builders import a_document


def figure_of(text: str, value: float) -> Figure:
    """The figure of a text with a value."""
    return next(f for a in onrecord.read(a_document(text)) for f in a.figures if f.best == value)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor gave 1,100 litres and not the 800 litres of the first day.",
        "The toll is 1,100 people, well above the 800 that the army had announced.",
        "The mayor corrected an earlier figure of 800 people.",
        "The army's count began at 800 people, the mayor said.",
        "The army had 800 people, first announced on Monday, in its count, the mayor said.",
        "The mayor lowered his count to 1,100 from 800 people.",
    ],
)
def test_a_number_is_taken_back(text: str) -> None:
    assert is_replaced(figure_of(text, 800), text)


@pytest.mark.parametrize(
    "text",
    [
        "The toll is well above the 800 people that the store can hold.",
        "The army announced 800 dead people.",
        "The mayor first gave bread to 800 people.",
    ],
)
def test_a_number_is_given(text: str) -> None:
    assert not is_replaced(figure_of(text, 800), text)
    assert not is_spoken_of(figure_of(text, 800), text)


def test_a_number_that_is_spoken_of_is_not_given_unless_it_is_confirmed() -> None:
    spoken_of = "The figure of 57 given by the harbour leaves out the cooks, the captain said."
    confirmed = "The captain confirmed the figure of 57 given by the harbour."

    assert is_spoken_of(figure_of(spoken_of, 57), spoken_of)
    assert not is_spoken_of(figure_of(confirmed, 57), confirmed)
