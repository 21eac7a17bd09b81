"""What is found by words or numbers is read together before it is called likely."""

from __future__ import annotations

import onrecord
from onrecord import OpenLedger
from onrecord.answers.rows import RelationRow


def related(ledger: OpenLedger, one: str, other: str) -> list[RelationRow]:
    """The relations between two texts of two days."""
    for label, day, text in (("a", "2021-03-03", one), ("b", "2021-03-04", other)):
        ledger.add_document(onrecord.document(text, label=label, published=day, outlet=f"Outlet {label}"))
    return ledger.relations()


def test_another_toll_of_one_attack_is_likelier_than_a_number_of_other_things(ledger: OpenLedger) -> None:
    rows = related(
        ledger,
        "The attack on the market of Kismayo killed 17 people, the mayor said. The mayor said that the hospital has 40 beds.",
        "The attack on the market of Kismayo killed 26 people, the police said. The police said that it sent 55 men to the bridge.",
    )
    likely = {(row.text, row.to_text): row.likelihood for row in rows if row.kind == "contradicts" and row.is_likely}

    assert any("26" in text and "17" in earlier for text, earlier in likely)
    assert not any("55" in text or "40" in earlier for text, earlier in likely)


def test_what_is_less_likely_than_not_stands_last(ledger: OpenLedger) -> None:
    rows = related(
        ledger,
        "The attack on the market of Kismayo killed 17 people, the mayor said. Two people watched the road, the mayor said.",
        "The attack on the market of Kismayo killed 26 people, the police said. Nine people ran to the harbour, the police said.",
    )
    told = [row.is_likely for row in rows]

    assert told == sorted(told, reverse=True)


def test_a_part_is_not_compared_with_a_whole(ledger: OpenLedger) -> None:
    rows = related(
        ledger,
        "A train of 41 wagons fell from the bridge at Kismayo, the mayor said.",
        "Nine of the wagons of the train at Kismayo fell into the river, the police said.",
    )
    assert [row.kind for row in rows if row.kind in ("contradicts", "revises")] == []


def test_what_its_place_shows_has_no_likelihood(ledger: OpenLedger) -> None:
    text = (
        "Talks go on in Nairobi. Uganda's army said on Wednesday it had tracked 14 flights by Kenyan drones over Busia since the truce. "
        "Kenya's defence ministry denied sending any."
    )
    ledger.add_document(onrecord.document(text, label="a", published="2021-03-03"))
    (row,) = ledger.relations(kind="denies")

    assert row.likelihood is None
    assert row.is_likely


def test_who_denies_it_in_its_own_words_needs_no_reading(ledger: OpenLedger) -> None:
    rows = related(
        ledger,
        "The bridge at Garissa was destroyed, the mayor said.",
        "Kenya's army denied that the bridge at Garissa was destroyed.",
    )
    assert [(row.kind, row.likelihood) for row in rows] == [("denies", None)]
