"""What a reply speaks of that says nothing again."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.records import Act, Assertion
from tests.builders import a_document


def read(text: str) -> list[Assertion]:
    return list(onrecord.read(a_document(text)))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Uganda's army said on Wednesday it had tracked nine flights by Kenyan drones over Busia. Kenya's defence ministry denied sending any.",
            Act.DENIES,
        ),
        (
            "Uganda's army said on Wednesday it had tracked nine flights by Kenyan drones over Busia. The UN said it had no means of verifying that.",
            Act.COULD_NOT_VERIFY,
        ),
    ],
)
def test_a_reply_has_the_terms_of_what_it_answers(text: str, act: Act) -> None:
    found = read(text)
    claim = next(a for a in found if a.act is Act.ASSERTS)
    reply = next(a for a in found if a.act is act)

    assert reply.answers == claim.id
    assert {"flight", "drone", "busia"} <= set(reply.terms)
    assert claim.answers is None


def test_what_says_itself_what_it_denies_answers_nothing_else() -> None:
    found = read(
        "Uganda's army said a bridge had fallen. Kenya's defence ministry denied that its soldiers had entered Busia."
    )

    assert [a.answers for a in found] == [None, None]


def test_a_reply_to_a_named_states_claim_answers_that_state() -> None:
    found = read(
        "Somalia's army said a convoy had been shelled at noon. Uganda's army said the road was open. Kenya rejected the Somali claim."
    )
    reply = next(a for a in found if a.act is Act.DENIES)

    assert reply.answers == next(a.id for a in found if "Somalia" in a.source.name)


def test_a_denial_with_a_subject_of_its_own_answers_nothing() -> None:
    found = read("The Kenyan army said ten men died in Goma. The Red Cross denied that it had left the town.")

    assert [a.answers for a in found] == [None, None]


@pytest.mark.parametrize(
    "reply",
    [
        ". The ministry denied it.",
        ". The army, which has lost a tank, dismissed this.",
        ". The army rejected that.",
        ", which the army has refuted.",
    ],
)
def test_a_denial_of_no_more_than_a_pronoun_answers_what_was_said_before(reply: str) -> None:
    found = read(f"The rebels said that they took 16 prisoners near Lokiru{reply}")
    denial = next(a for a in found if a.act is Act.DENIES)

    assert denial.answers == found[0].id
    assert "prisoner" in denial.terms
