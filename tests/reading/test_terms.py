"""By which words a claim is compared with others."""

from __future__ import annotations

import pytest

import onrecord
from tests.builders import a_document


def terms(text: str) -> set[str]:
    """The terms of the last assertion of a text."""
    return set(onrecord.read(a_document(text))[-1].terms)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (
            "Rebels attacked a convoy near Lodwar \u2013 a village that I could not find with a flashlight.",
            {"flashlight", "village"},
        ),
        ("Three missiles were fired at the plane, which is a great shame for one and all.", {"shame"}),
        ("Only three of the convoy were hurt, which is a mercy.", {"mercy"}),
        ("Rebels attacked a convoy (a sorry sight in the sand) near Lodwar.", {"sight", "sand"}),
    ],
)
def test_what_is_put_beside_a_claim_is_no_part_of_it(text: str, left_out: set[str]) -> None:
    found = terms(text)

    assert not left_out & found
    assert found & {"convoy", "plane"}


def test_what_a_dash_adds_without_a_comment_is_part_of_the_claim() -> None:
    text = "Police found 42 bodies in Garissa on Tuesday \u2013 all of them killed in an army air strike on the market."

    assert {"strike", "market"} <= terms(text)


def test_a_hyphen_puts_nothing_beside() -> None:
    assert {"airport", "warplane"} <= terms("Warplanes bombed the rebel-held airport at Lodwar overnight.")


@pytest.mark.parametrize(
    "text",
    [
        "Chad denies any part in the raid.",
        "Chad said that it had nothing to do with the raid.",
        "Chad had no hand in the raid, its envoy said.",
        "The raid was Chad's doing, the envoy said.",
    ],
)
def test_having_to_do_with_something_is_one_term_however_it_is_said(text: str) -> None:
    assert {"involvement", "@TD", "raid"} <= terms(text)


def test_what_makes_no_difference_names_no_place_of_a_claim() -> None:
    text = "Kenya armed the herders of Garissa, whatever the envoys in Kampala may write."
    (found,) = onrecord.read(a_document(text))

    assert {place.name for place in found.places} == {"Kenya", "Garissa"}
    assert "envoy" not in found.terms


def test_a_clause_that_is_added_behind_a_comma_gives_no_terms_where_enough_is_left() -> None:
    text = "The bank is building a road to both harbours, which has cost every fisherman a summer."

    assert terms(text) == {"bank", "build", "road", "harbour"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Rebels shelled the town (near Garissa) on Tuesday.", {"Garissa"}),
        ("The base, which is in Garissa, was shelled.", {"Garissa"}),
        ("The valley, which is as flat as Kisumu, was shelled.", set()),
    ],
)
def test_what_is_put_beside_a_claim_may_say_where_it_is_and_not_what_it_is_like(text: str, where: set[str]) -> None:
    (found,) = onrecord.read(a_document(text))

    assert {place.name for place in found.places} == where
