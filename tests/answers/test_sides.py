"""What a document claims, read together with what the ledger holds."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

import onrecord
from onrecord import OpenLedger
from onrecord.answers import sides
from onrecord.answers.sides import Together, bearing, side_of
from onrecord.linking.closeness import Closeness
from onrecord.linking.entailment import Entailment, Passage
from onrecord.linking.likeness import weights
from tests.builders import a_document

CLAIM = "The rebels handed the hostages over at Wajir."


def checked(ledger: OpenLedger, report: str) -> tuple[str, list[str]]:
    """The verdict on the claim against a report, and on which side its evidence is."""
    ledger.add_document(onrecord.document(report, label="Post", published="2021-03-04", outlet="Post"))
    (row,) = ledger.check(onrecord.document(CLAIM, published="2021-03-20"))
    return row.verdict, [evidence.stance for evidence in row.evidence]


def test_a_claim_is_borne_out_in_other_words(ledger: OpenLedger) -> None:
    told = "The captives were released to the Red Cross at Wajir, the movement said."

    assert checked(ledger, told) == ("single-source", ["for"])


def test_other_news_of_the_place_is_no_evidence(ledger: OpenLedger) -> None:
    assert checked(ledger, "The market at Wajir reopened after a week of rain, traders said.") == ("unseen", [])


@pytest.mark.parametrize(
    ("told", "is_against"),
    [
        (Entailment(supports=-4.0, contradicts=-0.1, other_figure=-5.0, neither=-3.0), True),
        (Entailment(supports=-0.1, contradicts=-4.0, other_figure=-5.0, neither=-3.0), False),
        (Entailment(supports=-1.0, contradicts=-1.0, other_figure=-5.0, neither=-1.3), None),
        (Entailment(supports=-5.0, contradicts=-5.0, other_figure=-0.1, neither=-3.0), True),
    ],
)
def test_only_what_is_likely_is_on_a_side(told: Entailment, is_against: bool | None) -> None:
    side = side_of(told)

    assert (None if side is None else side.is_against) is is_against


def test_what_would_bear_a_claim_out_and_is_denied_elsewhere_speaks_against_it() -> None:
    side = side_of(Entailment(supports=-0.1, contradicts=-4.0, other_figure=-5.0, neither=-3.0), denied=True)

    assert side is not None
    assert side.is_against
    assert "its source denies or doubts it" in side.reason


def test_only_what_is_asked_for_is_read_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs: list[tuple[str, Passage]] = []

    def counted(asked: Sequence[tuple[str, Passage]]) -> list[Entailment]:
        pairs.extend(asked)
        return [Entailment(-1.0, -1.0, -1.0, -1.0) for _ in asked]

    monkeypatch.setattr(sides, "entailments", counted)
    document = a_document(
        "The bridge at Wajir fell on Monday. The bridge at Wajir collapsed. The bridge of Wajir is down."
    )
    claim, *others = onrecord.read(document)
    together = Together(
        near={claim.id: others}, documents={document.id: document}, closeness=Closeness(weights(others))
    )

    first = together.told(claim, others[:1])
    again = together.told(claim, others)

    assert len(pairs) == len(others) == 2
    assert again.items() >= first.items()
    assert set(again) == {other.id for other in others}


def test_what_was_not_read_adds_nothing() -> None:
    far, near = (Entailment(*map(math.log, shares)) for shares in ((0.01, 0.01, 0.01, 0.97), (0.7, 0.1, 0.1, 0.1)))

    assert bearing(far) < bearing(None) == 0.0 < bearing(near)
