"""Who stands for a claim and who against it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

import onrecord
from onrecord import OpenLedger
from onrecord.answers.evidence import Held, Related
from onrecord.answers.verdicts import _of_others
from onrecord.linking.sources import parties
from tests.builders import a_document

READ, BY_WORDS = "read together, it speaks against it (0.90)", "it denies the same: both are about bridge"


@pytest.mark.parametrize(
    ("second", "reason", "stays"),
    [("movement", READ, False), ("movement", BY_WORDS, True), ("council", READ, True)],
)
def test_who_bears_a_claim_out_in_a_text_is_not_read_against_it_there(second: str, reason: str, stays: bool) -> None:
    document = a_document(f"The bridge was mined, the movement said. The road was safe, the {second} said.")
    first, other = onrecord.read(document)
    record = cast("Held", SimpleNamespace(party_of=parties([first, other], {document.id: document})))
    against = Related(other, reason)

    assert _of_others(record, [against], [Related(first, "it puts the same forward")]) == [against] * stays


def test_what_a_newsroom_says_itself_is_no_second_origin_beside_whom_it_quotes(ledger: OpenLedger) -> None:
    quoted, own = (
        "Governor Peter Okello said that the bridge at Lodwar had fallen.",
        "The bridge at Lodwar fell into the river.",
    )
    claim = onrecord.document("The bridge at Lodwar has fallen.", published="2021-03-20")
    ledger.add_document(onrecord.document(quoted, label="a", published="2021-03-10", outlet="Wire"))
    ledger.add_document(onrecord.document(own, label="b", published="2021-03-11", outlet="Wire"))
    (row,) = ledger.check(claim)
    assert row.verdict == "single-source"

    ledger.add_document(onrecord.document(own, label="c", published="2021-03-11", outlet="Post"))
    (row,) = ledger.check(claim)
    assert row.verdict == "corroborated"
