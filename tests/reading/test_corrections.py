"""What a text takes back of its outlet's own earlier words."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.records import Act, Assertion, SourceKind, words_of
from tests.builders import a_document


def taken_back(text: str, title: str | None = None, outlet: str = "The Lake Post") -> list[tuple[Assertion, str]]:
    document = a_document(text, title=title, outlet=outlet)
    return [
        (a, words_of(text, a.attribution.content))
        for a in onrecord.read(document)
        if a.act is Act.DENIES and a.source.kind is SourceKind.AUTHOR
    ]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (None, "In our bulletin of May 9 we reported that the pilot had been arrested. That was wrong."),
        (
            None,
            "In Thursday's edition and on this website we reported that the pilot had been arrested. This is wrong.",
        ),
        (
            "Correction",
            "In an article on May 9 the Post reported that the pilot had been arrested. He was heard as a witness.",
        ),
        ("CORRECTION: Pilot of the ferry", "Our report of May 9 said that the pilot had been arrested. He is at home."),
        (
            "Correction: pilot",
            "A report published on our site on Friday said that the pilot had been arrested. He is at home.",
        ),
        (
            "CORRECTION: pilot",
            "Reports sent on May 9 about the ferry said that the pilot had been arrested. He is at home.",
        ),
        ("Corrections", "The Lake Post, like other papers, reported on May 9 that the pilot had been arrested."),
        ("Correction", "An entry in our live page said that the pilot had been arrested. He is at home."),
        (None, "An earlier version of this story said that the pilot had been arrested."),
        (None, "A report on May 9 said that the pilot had been arrested. The paper apologizes to readers."),
        (None, "In an article on May 9 this newspaper reported that the pilot had been arrested. That was wrong."),
    ],
)
def test_a_correction_takes_back_what_its_outlet_had_said(title: str | None, text: str) -> None:
    ((assertion, words),) = taken_back(text, title)

    assert "the pilot had been arrested" in words
    assert (assertion.source.name, assertion.source.kind) == ("The Lake Post", SourceKind.AUTHOR)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Army corrects itself", "The Lake Post reported that the pilot had been arrested."),
        ("Correction facility shelled", "The Lake Post reported that the pilot had been arrested."),
        ("Clarification sought on the ferry", "The Lake Post reported that the pilot had been arrested."),
        ("Correction of reports: pilot is free", "Reports that the ministry rejects had put the dead at nine."),
        ("Correction", "The pilot told this newspaper that he had been arrested."),
        ("Correction", "The Lake Post now says that the pilot was heard as a witness."),
        ("Correction", "The Lake Post correctly reported that the pilot had been heard as a witness."),
        ("Correction", "An article by the Herald said that the pilot had been arrested."),
        (None, "An article in the Herald said that the pilot had been arrested. That was wrong, the army said."),
        (None, "A doctor in this town said that the pilot had been arrested. In fact he is at home."),
        (None, "The story said that the pilot had been arrested. The army regretted the deaths."),
        (None, "Corrected figures show that nine died. The Lake Post reported that the pilot had been arrested."),
        (
            None,
            "In an article on May 9 the Post reported that the pilot had been arrested. He was released a day later.",
        ),
        (None, "In an article on May 9 the Herald reported that the pilot had been arrested. That was wrong."),
        (None, "A report on May 9 said that the pilot had been arrested. It was read by all."),
    ],
)
def test_what_others_said_is_not_taken_back(title: str | None, text: str) -> None:
    assert taken_back(text, title) == []


def test_what_a_correction_puts_in_its_place_is_not_taken_back() -> None:
    text = "On Monday we reported that 12 people were killed. We now put the number of dead at nine."

    assert [words for _, words in taken_back(text, "Correction")] == ["that 12 people were killed"]


def test_what_is_taken_back_is_said_by_no_one_else() -> None:
    text = (
        'An article on May 9 ("Ten die as bridge falls at Lokiru") said that the army had warned of nine mines. '
        "The army gave no such warning. We regret the error."
    )
    about_mines = [a for a in onrecord.read(a_document(text)) if "mines" in words_of(text, a.attribution.content)]

    assert [(a.source.as_written, a.act) for a in about_mines] == [("An article on May 9", Act.DENIES)]
