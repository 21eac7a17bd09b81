"""What may bear on a claim, in the same words or in others."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.linking.closeness import CLOSE, closeness, in_common
from onrecord.linking.likeness import weights
from onrecord.linking.relations import relation
from onrecord.linking.vectors import NUMBERS, nearness, vector_of
from onrecord.records import Assertion
from tests.builders import a_document

NAMES_NONE_OF_ITS_STATES = 8  # the place of that measure among those of `in_common`
OTHERS = (
    "The roof of the school at Lodwar has fallen in.",
    "Five tents were carried off by the wind.",
    "The minister of trade will visit Kampala in the autumn.",
    "Rebels have blocked the road to the airport with burning tyres.",
)


def assertion(text: str) -> Assertion:
    (found,) = onrecord.read(a_document(text))
    return found


def closest_to(claim: str) -> tuple[str, float]:
    """Of the others the text that is closest to a claim, with its log odds."""
    others = [assertion(text) for text in OTHERS]
    odds = closeness(assertion(claim), others, weights(others))
    return max(zip(OTHERS, odds, strict=True), key=lambda pair: pair[1])


@pytest.mark.parametrize(
    ("claim", "closest"),
    [
        ("The ceiling of the college at Lodwar has collapsed.", OTHERS[0]),
        ("Five tents were blown away.", OTHERS[1]),
        ("The trade minister is to travel to Kampala.", OTHERS[2]),
    ],
)
def test_what_tells_the_same_in_other_words_is_close(claim: str, closest: str) -> None:
    text, odds = closest_to(claim)

    assert text == closest
    assert odds >= CLOSE


def test_what_tells_of_something_else_is_not_close() -> None:
    assert closest_to("The museum of Kisumu has bought a painting.")[1] < CLOSE


def test_states_of_which_the_other_names_none_count_against_it() -> None:
    claim = assertion("Kenya has sent two surveyors to the glacier.")
    same, other = assertion("Kenya sent surveyors to the glacier."), assertion("Chad sent surveyors to the glacier.")
    weight = weights([same, other])

    of_same, of_other = (measures[NAMES_NONE_OF_ITS_STATES] for measures in in_common(claim, [same, other], weight))

    assert (of_same, of_other) == (0.0, 1.0)
    assert closeness(claim, [same], weight) > closeness(claim, [other], weight)


def test_words_near_in_meaning_are_near_and_unknown_words_are_near_nothing() -> None:
    doctor, harbour, unknown = nearness(("physician",), [("doctor",), ("harbour",), ("xqzzt", "@KE")])

    assert doctor > 0.4 > harbour
    assert unknown == 0.0
    assert vector_of(("@KE",)).shape == (NUMBERS,)
    assert nearness(("physician",), []) == []


def test_a_number_and_a_state_alone_are_nothing_in_common() -> None:
    claim, other = assertion("Kenya's parliament bought 340 goats."), assertion("Kenya's army sold 340 barrels.")

    (odds,) = closeness(claim, [other], weights([other]))

    assert odds < CLOSE


def test_the_reason_names_things_before_states_and_a_number_whole() -> None:
    claim, other = (
        assertion("The pipe brings Kenya 1,250,000 litres."),
        assertion("Kenya's pipe brings 1,250,000 litres."),
    )

    link = relation(claim, other, a_document(), alike=True, weight=weights([other]))

    assert link is not None
    assert "pipe, KE, and both say 1,250,000" in link.reason
