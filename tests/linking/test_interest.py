"""What a source has to do with what it says."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.answers.check import check_rows
from onrecord.ledger.store import Ledger
from onrecord.linking.interest import Interest, interest
from onrecord.linking.sources import parties
from onrecord.pipeline import add_document
from tests.builders import a_document


def found(text: str) -> Interest | None:
    document = a_document(text)
    assertions = onrecord.read(document)
    party_of = parties(assertions, {document.id: document})
    return interest(assertions[0], party_of[assertions[0].id])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kenya's army said that Ethiopian troops had shelled Kenyan soldiers at the border.", Interest.ENEMY),
        ("Kenya's army said that 12 Kenyan soldiers had been killed in the clash.", Interest.AGAINST),
        ("Kenya's army said that Kenyan troops had left the border town.", Interest.ITSELF),
        ("Kenya's army said that Ethiopian troops had left the border town.", None),
        ("The Red Cross said that 12 Kenyan soldiers had been killed in the clash.", None),
    ],
)
def test_an_interest_is_read_off_state_and_claim(text: str, wanted: Interest | None) -> None:
    assert found(text) is wanted


def test_interest_is_shown_and_counts_for_nothing_unless_asked(tmp_path_factory: pytest.TempPathFactory) -> None:
    claim = a_document("Kenyan troops have left the border town of Moyale.", label="x", outlet="Post")
    with Ledger(tmp_path_factory.mktemp("interest") / "ledger.db") as ledger:
        add_document(
            ledger, a_document("Kenya's army said that Kenyan troops had left the border town of Moyale.", outlet="A")
        )
        read = onrecord.read(claim)
        (row,) = check_rows(ledger, claim, read)
        (without,) = check_rows(ledger, claim, read, disinterested=True)

    assert (row.verdict, row.origins) == ("single-source", (1, 1))
    assert [e.interest for e in row.evidence] == [Interest.ITSELF]
    assert without.verdict == "unseen"
