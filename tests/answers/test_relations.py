"""Which assertions speak against one another, and which only seem to."""

from __future__ import annotations

import onrecord
from onrecord import OpenLedger
from onrecord.answers.rows import RelationRow

SENT = "Kenya has sent 300 soldiers to Somalia, the mayor of Kismayo said."
AT_BASE = "Kenyan soldiers are in Somalia, the mayor of Kismayo said."
DENIED = "Kenya's foreign ministry denied that any Kenyan soldiers had been sent to Somalia."


def found(ledger: OpenLedger, *texts: tuple[str, str]) -> set[tuple[str, str, str]]:
    """(kind, later, earlier) of the relations between texts, each with its day; they are called a, b, c."""
    for label, (day, text) in zip("abc", texts, strict=False):
        ledger.add_document(onrecord.document(text, label=label, published=day, outlet=f"Outlet {label}"))
    return {(row.kind, row.document, row.to_document) for row in ledger.relations()}


def only(ledger: OpenLedger, kind: str, text: str) -> RelationRow:
    """The one relation of a kind within a text."""
    ledger.add_document(onrecord.document(text, label="a", published="2021-03-03"))
    (row,) = ledger.relations(kind=kind)
    return row


def test_to_be_at_a_place_is_to_have_been_sent_there(ledger: OpenLedger) -> None:
    assert ("denies", "b", "a") in found(ledger, ("2021-03-03", AT_BASE), ("2021-03-04", DENIED))


def test_a_denial_of_somebodys_claim_answers_what_he_said(ledger: OpenLedger) -> None:
    dismissed = "Moss, the government spokesman, rejected Somalia's claims about Kenyan soldiers."
    claim = "Somali information minister Abdi Warsame said that Kenyan soldiers had crossed the border."
    other = "Uganda's information minister, Jane Auma, said that Kenyan soldiers had crossed the border."
    relations = found(ledger, ("2021-03-03", claim), ("2021-03-03", other), ("2021-03-04", dismissed))

    assert ("denies", "c", "a") in relations
    assert ("denies", "c", "b") not in relations


def test_a_reply_that_says_nothing_again_answers_what_stands_right_before_it(ledger: OpenLedger) -> None:
    text = (
        "Talks go on in Nairobi. Uganda's army said on Wednesday it had tracked 14 flights by Kenyan drones over Busia since the truce. "
        "Kenya's defence ministry denied sending any."
    )
    row = only(ledger, "denies", text)

    assert (row.text, row.to_source) == ("sending any", "Uganda's army")
    assert "replies to what Uganda's army says right before it" in row.reason


def test_one_who_is_quoted_on_a_claim_and_says_otherwise_contradicts_it(ledger: OpenLedger) -> None:
    text = (
        "Heavy combat with Kenyan forces has not begun, a senior official of Uganda's presidency said on Wednesday. The official, who was "
        "not named, was commenting on Somali President Abdi Warsame's claim that the first engagement had taken place."
    )
    row = only(ledger, "contradicts", text)

    assert "one is quoted on what the other says" in row.reason
    assert {"Abdi Warsame" in name for name in (row.source, row.to_source)} == {True, False}


def test_what_is_not_so_yet_is_not_contradicted_by_what_comes_later(ledger: OpenLedger) -> None:
    not_yet = "Kenyan soldiers have not been sent to Somalia yet, the foreign minister of Ghana said."
    relations = found(ledger, ("2021-03-01", not_yet), ("2021-03-02", SENT), ("2021-03-20", SENT))

    assert ("contradicts", "b", "a") in relations
    assert ("contradicts", "c", "a") not in relations


def test_the_denial_of_one_attack_is_not_that_of_another(ledger: OpenLedger) -> None:
    relations = found(
        ledger,
        ("2021-03-03", "A rebel source denied that the force had fired on civilians."),
        ("2021-03-04", "The army spokesman said that the Air Force had hit military targets and troops."),
    )

    assert not any(kind in ("denies", "contradicts") for kind, *_ in relations)


def test_what_is_expected_is_not_contradicted_by_what_is_so(ledger: OpenLedger) -> None:
    relations = found(
        ledger,
        ("2021-03-03", "Kenyan soldiers will be fighting in Somalia within weeks, the mayor of Kismayo predicted."),
        ("2021-03-04", "Kenyan soldiers are not fighting in Somalia, the foreign minister of Ghana said."),
    )

    assert not any(kind == "contradicts" for kind, *_ in relations)


def test_offices_of_one_state_revise_one_another_also_where_nobody_is_named(ledger: OpenLedger) -> None:
    relations = found(
        ledger,
        (
            "2021-03-03",
            "Combat between Kenyan and Somali soldiers has not begun, an official of Ghana's presidency said.",
        ),
        ("2021-03-10", "Kenyan soldiers are in combat with Somali soldiers, Ghana's intelligence service said."),
    )

    assert ("revises", "b", "a") in relations


def test_figures_far_apart_count_different_things(ledger: OpenLedger) -> None:
    many = "The United Nations said that the war had killed 40,000 people in Sudan."
    few = "A hospital director said that three people had been killed in Sudan."
    some = "The Red Cross said that the war had killed 60,000 people in Sudan."
    relations = found(ledger, ("2021-03-03", many), ("2021-03-04", few), ("2021-03-04", some))

    assert ("contradicts", "c", "a") in relations
    assert not any("b" in pair for kind, *pair in relations if kind == "contradicts")


def test_nearly_equal_counts_of_one_text_are_of_one_thing(ledger: OpenLedger) -> None:
    text = (
        "The Kenyan army is holding 20 Ugandan soldiers who were captured in Busia, it said on Wednesday. Uganda's defence ministry puts "
        "the number of captured Ugandan soldiers at 21."
    )
    row = only(ledger, "contradicts", text)

    assert row.reason == "21 where Kenyan army gave 20"


def test_two_who_blame_each_other_contradict_each_other(ledger: OpenLedger) -> None:
    row = only(ledger, "contradicts", "Kenya and Uganda accused each other on Monday of firing first on the lake.")

    assert {row.source, row.to_source} == {"Kenya", "Uganda"}
    assert "only one of them can have done" in row.reason


def test_two_who_thank_each_other_do_not(ledger: OpenLedger) -> None:
    assert not found(
        ledger, ("2021-03-03", "Kenya and Uganda thanked each other on Monday for the return of the boats.")
    )


def test_a_claim_that_could_not_be_verified_elsewhere_is_left_open(ledger: OpenLedger) -> None:
    claim = "Uganda's army said on Wednesday it had tracked nine flights by Kenyan drones over Busia."
    reply = f"{claim} The UN said it had no means of verifying that."

    assert ("leaves open", "b", "a") in found(ledger, ("2021-03-03", claim), ("2021-03-04", reply))


def test_two_who_may_both_be_right_do_not_contradict_each_other(ledger: OpenLedger) -> None:
    text = "Kenya and Uganda accused each other on Monday of shelling villages."

    assert "contradicts" not in {kind for kind, *_ in found(ledger, ("2021-03-03", text))}


def test_a_figure_that_leaves_unsaid_whose_it_is_is_compared_with_one_that_says(ledger: OpenLedger) -> None:
    told = "Ships carried 1,500 soldiers to Kismayo, Uganda's defence ministry said."
    later = "Kenya has sent 9,000 soldiers to Somalia, Uganda's defence ministry said."

    assert ("revises", "b", "a") in found(ledger, ("2021-03-03", told), ("2021-03-04", later))


def test_a_sum_of_what_was_told_and_what_has_come_to_it_revises_nothing(ledger: OpenLedger) -> None:
    told = "Kenya has sent 1,500 soldiers to Somalia, Uganda's defence ministry said."
    later = "Kenya has now sent 3,000 soldiers to Somalia, Uganda's defence ministry said."
    came = "Another 1,500 Kenyan soldiers have been sent to Somalia, Uganda's defence ministry said."

    assert ("revises", "b", "a") in found(ledger, ("2021-03-03", told), ("2021-03-04", later))
    assert ("revises", "b", "a") not in found(ledger, ("2021-03-03", told), ("2021-03-04", later), ("2021-03-04", came))


def test_figures_of_which_one_leaves_unsaid_what_it_counts_are_compared_where_their_claims_are_near(
    ledger: OpenLedger,
) -> None:
    relations = found(
        ledger,
        ("2021-03-10", "There are 14 men on the ferry to Kisumu, the coast guard said."),
        ("2021-03-11", "The owner said that 15 were on the ferry to Kisumu."),
        ("2021-03-11", "The owner of the mine near Lodwar said that 90 were hired."),
    )

    assert {pair for pair in relations if pair[0] == "contradicts"} == {("contradicts", "b", "a")}


def test_two_figures_of_one_sentence_are_compared_with_no_third(ledger: OpenLedger) -> None:
    both = "The ferry made 22 trips in June, of which the ministry had cleared eight trips, the mayor said."
    relations = found(
        ledger,
        ("2021-03-03", "The ferry made 22 trips in June, the police said."),
        ("2021-03-04", both),
    )

    assert not any(kind in ("contradicts", "revises") for kind, *_ in relations)


def test_an_outlet_retracts_what_it_told_on_anybodys_word(ledger: OpenLedger) -> None:
    corrected = (
        "In our report of March 3 we wrote that Peter Okello had been killed at the bridge at Lodwar. He is alive."
    )
    for day, outlet, text, title in (
        ("2021-03-03", "Lake Post", "Peter Okello was killed at the bridge at Lodwar, two diplomats said.", None),
        ("2021-03-04", "Wire", "Peter Okello was killed at the bridge at Lodwar, a doctor said.", None),
        ("2021-03-05", "Lake Post", corrected, "Correction"),
    ):
        ledger.add_document(onrecord.document(text, label=day, published=day, outlet=outlet, title=title))

    assert {(row.kind, row.to_document) for row in ledger.relations() if row.document == "2021-03-05"} == {
        ("retracts", "2021-03-03"),
        ("denies", "2021-03-04"),
    }
