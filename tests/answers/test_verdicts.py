"""Who stands for a claim and who against it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

import onrecord
from onrecord import OpenLedger
from onrecord.answers.evidence import Held, Related
from onrecord.answers.rows import CheckRow
from onrecord.answers.standing import _of_others
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


KILLED = "Peter Okello was killed at the bridge at Lodwar."


def told(ledger: OpenLedger, *reports: tuple[str, str, str], title: str | None = None) -> CheckRow:
    """The row of the claim against reports, each with its day, its outlet and its text; `title` is that of the last."""
    for number, (day, outlet, text) in enumerate(reports, start=1):
        heading = title if number == len(reports) else None
        ledger.add_document(
            onrecord.document(text, label=f"{day} {outlet}", published=day, outlet=outlet, title=heading)
        )
    (row,) = ledger.check(onrecord.document(KILLED, published="2021-03-20"))
    return row


CORRECTED = "In our report of March 3 we wrote that Peter Okello had been killed at the bridge at Lodwar. He is alive."


def test_what_an_outlet_takes_back_falls_with_all_who_took_it_from_there(ledger: OpenLedger) -> None:
    row = told(
        ledger,
        ("2021-03-03", "Lake Post", "Peter Okello was killed at the bridge at Lodwar, two diplomats said."),
        ("2021-03-04", "Wire", "Peter Okello was killed at the bridge at Lodwar, according to the Lake Post."),
        ("2021-03-05", "Lake Post", CORRECTED),
        title="Correction",
    )

    assert (row.verdict, row.reason) == ("outdated", "on 2021-03-05 Lake Post itself says otherwise")
    assert {(e.document, e.stance) for e in row.evidence} == {
        ("2021-03-03 Lake Post", "for"),
        ("2021-03-04 Wire", "for"),
        ("2021-03-05 Lake Post", "against"),
    }


@pytest.mark.parametrize("outlet", ["Wire", "Lake Post"])
def test_who_is_named_stands_by_his_word_whatever_an_outlet_takes_back(ledger: OpenLedger, outlet: str) -> None:
    row = told(
        ledger,
        ("2021-03-03", "Lake Post", "Peter Okello was killed at the bridge at Lodwar, two diplomats said."),
        ("2021-03-04", outlet, "The Red Cross said that Peter Okello had been killed at the bridge at Lodwar."),
        ("2021-03-05", "Lake Post", CORRECTED),
        title="Correction",
    )

    assert row.verdict == "contested"


def test_who_credits_an_outlet_is_no_second_origin_beside_it(ledger: OpenLedger) -> None:
    first = ("2021-03-03", "Lake Post", "Peter Okello was killed at the bridge at Lodwar, two diplomats said.")
    again = "Peter Okello was killed at the bridge at Lodwar.{}"
    row = told(ledger, first, ("2021-03-04", "Wire", "The Lake Post has seen the list. " + again.format("")))
    assert row.verdict == "single-source"

    row = told(ledger, ("2021-03-04", "Herald", again.format("")))
    assert row.verdict == "corroborated"


def test_a_name_that_is_no_credit_joins_nothing(ledger: OpenLedger) -> None:
    first = ("2021-03-03", "The Independent", "Peter Okello was killed at the bridge at Lodwar, two diplomats said.")
    other = "Independent monitors have been there. Peter Okello was killed at the bridge at Lodwar."

    assert told(ledger, first, ("2021-03-04", "Wire", other)).verdict == "corroborated"


def test_who_denies_what_he_never_said_took_nothing_back(ledger: OpenLedger) -> None:
    denied = "{} denied that Peter Okello had been killed at the bridge at Lodwar."
    row = told(
        ledger,
        ("2021-03-01", "Wire", "Kenya's army said that Peter Okello had been killed at the bridge at Lodwar."),
        ("2021-03-03", "Wire", denied.format("Kenya's army")),
        ("2021-03-05", "Wire", denied.format("The Red Cross")),
    )

    assert (row.verdict, row.reason) == ("outdated", "on 2021-03-03 Kenya's army itself says otherwise")


def test_who_speaks_for_one_state_is_one_origin(ledger: OpenLedger) -> None:
    said = "{} said that Peter Okello had been killed at the bridge at Lodwar."
    row = told(
        ledger,
        ("2021-03-03", "Wire", said.format("Kenya's interior ministry")),
        ("2021-03-09", "Post", said.format("Kenya's army")),
    )
    assert row.verdict == "single-source"

    assert told(ledger, ("2021-03-09", "Gazette", said.format("The Red Cross"))).verdict == "corroborated"


def test_a_number_that_is_taken_back_takes_nothing_else_back(ledger: OpenLedger) -> None:
    corrected = (
        "In our report of March 3 we wrote that 24 people had drowned when the ferry sank off Lodwar. That was wrong."
    )
    ledger.add_document(
        onrecord.document(
            "The ferry sank off Lodwar, the mayor said.", label="a", published="2021-03-03", outlet="Wire"
        )
    )
    ledger.add_document(
        onrecord.document(corrected, label="b", published="2021-03-05", outlet="Lake Post", title="Correction")
    )
    (sank,) = ledger.check(onrecord.document("The ferry sank off Lodwar.", published="2021-03-20"))
    (drowned,) = ledger.check(
        onrecord.document("24 people drowned when the ferry sank off Lodwar.", published="2021-03-20")
    )

    assert "against" not in {e.stance for e in sank.evidence}
    assert "against" in {e.stance for e in drowned.evidence}
