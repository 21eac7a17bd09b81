"""A claim that a text attributes to somebody: did he say so?"""

from __future__ import annotations

import pytest

import onrecord
from onrecord import OpenLedger
from onrecord.answers.rows import CheckRow

DENIED = "Kenya's army denied that its troops had shelled the hospital in Kismayo."
SAID_IN_OTHER_WORDS = (
    "In Nairobi, Kenya's army said on Tuesday that Kenyan troops had not shelled the hospital in Kismayo."
)
CLAIM = "Kenya's army denies that its troops shelled the hospital in Kismayo."


def checked(ledger: OpenLedger, text: str, *reports: tuple[str, str, str]) -> CheckRow:
    """The row of a one-claim text against reports, each with its day, its outlet and its text."""
    for day, outlet, report in reports:
        ledger.add_document(onrecord.document(report, label=outlet, published=day, outlet=outlet))
    (row,) = ledger.check(onrecord.document(text, published="2021-03-20"))
    return row


def test_two_reports_bear_out_that_somebody_said_so(ledger: OpenLedger) -> None:
    row = checked(ledger, CLAIM, ("2021-03-03", "Post", DENIED), ("2021-03-03", "Gazette", SAID_IN_OTHER_WORDS))

    assert (row.verdict, row.origins) == ("corroborated", (2, 2))
    assert row.reason.startswith("that Kenya's army says so, not that it is so, stands in 2 reports")
    assert "of the thing itself: single-source" in row.reason


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        (
            "Post",
            "Gazette",
            f"{DENIED} It gave no details of where they had been on the day, and would not take questions.",
        ),
        ("Post (AFP)", "Gazette (AFP)", SAID_IN_OTHER_WORDS),
    ],
)
def test_copies_and_outlets_of_one_agency_are_one_report(ledger: OpenLedger, one: str, other: str, text: str) -> None:
    first = text if one == "Post" else DENIED

    assert checked(ledger, CLAIM, ("2021-03-03", one, first), ("2021-03-03", other, text)).verdict == "single-source"


def test_texts_that_name_no_newsroom_may_be_of_one(ledger: OpenLedger) -> None:
    for label, report in (("a", DENIED), ("b", SAID_IN_OTHER_WORDS)):
        ledger.add_document(onrecord.document(report, label=label, published="2021-03-03"))

    assert checked(ledger, CLAIM).verdict == "single-source"


def test_what_its_source_has_given_up_since_is_outdated(ledger: OpenLedger) -> None:
    admitted = "Kenya's army admitted that its troops had shelled the hospital in Kismayo."
    reports = (
        ("2021-03-03", "Post", DENIED),
        ("2021-03-03", "Gazette", SAID_IN_OTHER_WORDS),
        ("2021-03-09", "Star", admitted),
    )

    row = checked(ledger, CLAIM, *reports)
    assert (row.verdict, row.reason) == ("outdated", "on 2021-03-09 Kenya's army itself says otherwise")
    assert (
        checked(ledger, CLAIM.replace("Kenya's army denies", "At first Kenya's army denied")).verdict == "corroborated"
    )


def test_what_the_text_says_itself_is_about_the_thing(ledger: OpenLedger) -> None:
    text = "Kenyan troops did not shell the hospital in Kismayo."
    row = checked(ledger, text, ("2021-03-03", "Post", DENIED), ("2021-03-03", "Gazette", SAID_IN_OTHER_WORDS))

    assert row.verdict == "single-source"


def test_what_is_known_of_a_claim_is_about_the_thing(ledger: OpenLedger) -> None:
    for outlet, report in (("Post", DENIED), ("Gazette", SAID_IN_OTHER_WORDS)):
        ledger.add_document(onrecord.document(report, label=outlet, published="2021-03-03", outlet=outlet))

    assert {row.verdict for row in ledger.known("hospital")} == {"single-source"}
