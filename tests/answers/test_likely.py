"""What is found by words or numbers is read together before it is called likely."""

from __future__ import annotations

import onrecord
from onrecord import OpenLedger
from onrecord.answers.likely import UNREAD, Ground, likelihoods
from onrecord.answers.rows import RelationRow
from onrecord.records import Relation, RelationKind

# The first of each pair gives another toll of one attack, the second a number of other people.
ONE = (
    "Two people watched the road, the mayor said. The attack on the market of Kismayo killed 18 people, the mayor said."
)
OTHER = "Nine people ran to the harbour, the police said. The attack on the market of Kismayo killed 33 people, the police said."


def related(ledger: OpenLedger, one: str, other: str) -> list[RelationRow]:
    """The relations between two texts of two days."""
    for label, day, text in (("a", "2021-03-03", one), ("b", "2021-03-04", other)):
        ledger.add_document(onrecord.document(text, label=label, published=day, outlet=f"Outlet {label}"))
    return ledger.relations()


def test_another_toll_is_likely_and_comes_before_what_is_not(ledger: OpenLedger) -> None:
    rows = [row for row in related(ledger, ONE, OTHER) if row.kind == "contradicts"]
    toll = next(row for row in rows if "33" in row.text and "18" in row.to_text)
    others = next(row for row in rows if "Nine" in row.text and "Two" in row.to_text)

    assert toll.is_likely
    assert not others.is_likely
    assert [row.is_likely for row in rows] == sorted((row.is_likely for row in rows), reverse=True)
    assert others.start < toll.start  # by their place it would come first


def test_a_row_is_the_same_whatever_else_is_asked_for(ledger: OpenLedger) -> None:
    rows = related(
        ledger,
        "Kenya's army said that 3,000 troops were sent to Goma.",
        "Uganda's army confirmed that 10,000 troops were sent to Goma.",
    )
    for row in rows:
        assert row in ledger.relations(kind=row.kind)
        assert (row.likelihood is None) is (row.kind in ("confirms", "repeats"))


def test_what_is_not_read_is_as_likely_as_its_kind(ledger: OpenLedger) -> None:
    link = Relation(kind=RelationKind.CONTRADICTS, of="a", to="b", reason="")

    assert likelihoods([(link, Ground.FIGURES)], {}, {}, most=0) == {link: UNREAD[Ground.FIGURES]}


def test_a_part_is_not_compared_with_a_whole(ledger: OpenLedger) -> None:
    rows = related(
        ledger,
        "The camp at Kismayo has 30 tents by the river, the mayor said.",
        "Nine of the tents of the camp at Kismayo stand by the river, the police said.",
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
