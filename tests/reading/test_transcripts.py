"""Whose words are they in a transcript, and what is no transcript?"""

from __future__ import annotations

import pytest

import onrecord
from onrecord.reading.transcripts import turns_in, without_labels
from onrecord.records import Act, SourceKind, words_of
from tests.builders import a_document

BRIEFING = """Press briefing, Nairobi, March 10

QUESTION: Minister, have any soldiers crossed the border?

MINISTER OKELLO: No soldier has crossed the border. We have 1,200 men at the frontier.

QUESTION: Somalia says that 40 were captured.

MINISTER OKELLO: That is false. The Somali army told us last week that it held nobody.

MS. DUALE: Two of our trucks were lost in the river.
"""
INTERVIEW = """Rear Admiral Stefano Moss, 54, commands the mission. We reached him by telephone.
Admiral, shipowners say that they are alone.
I understand their anger. But we have three frigates, and 130 ships pass every day.
Do you know who fired?
I have seen photographs, and they are good photographs.
Will the strait be closed?
No. I expect a few more weeks of noise.
What then?
We shall sail home in May."""


def said(text: str) -> list[tuple[str, str]]:
    """Source and content of each assertion."""
    return [(a.source.name, words_of(text, a.attribution.content)) for a in onrecord.read(a_document(text))]


def test_the_words_of_a_turn_are_its_speakers() -> None:
    found = said(BRIEFING)

    assert ("Okello", "No soldier has crossed the border") in found
    assert ("Okello", "We have 1,200 men at the frontier") in found
    assert ("Duale", "Two of our trucks were lost in the river") in found
    assert ("Somalia", "that 40 were captured") in found
    assert {source for source, _ in found} == {"questioner", "Okello", "Somalia", "Somali army", "Duale"}


def test_a_speaker_is_shown_by_the_label_and_may_deny() -> None:
    (denial,) = [
        a for a in onrecord.read(a_document(BRIEFING)) if words_of(BRIEFING, a.attribution.content) == "That is false"
    ]

    assert denial.act is Act.DENIES
    assert (denial.source.kind, denial.source.role) == (SourceKind.PERSON, "minister")
    assert words_of(BRIEFING, denial.attribution.source) == "MINISTER OKELLO"


def test_who_answers_is_who_is_introduced() -> None:
    text = "The Post spoke to Amina Duale, the mayor.\n\nQ: How many died?\n\nA: Twelve people died when the bridge fell.\n\nQ: When?\n\nA: In May."

    assert ("Amina Duale", "Twelve people died when the bridge fell") in said(text)


def test_an_interview_without_labels_asks_and_answers_line_by_line() -> None:
    found = said(INTERVIEW)

    assert ("Stefano Moss", "130 ships pass every day") in found
    assert "The Wire" in {source for source, _ in found}
    assert not [content for source, content in found if source == "The Wire" and "frigates" in content]


@pytest.mark.parametrize(
    "text",
    [
        "KYIV: The mayor said that two people had died.\n\nLVIV: Nobody was hurt.",
        "Location: the harbour\nSource: a video\nLocation: the bridge\nSource: a photograph",
        "Mr. Moss denied it.\nMr. Duale confirmed it.\nMr. Moss denied it again.",
        "MAYOR SHOT: Police say that two men fled.\nThe mayor was hit in the arm, officials said.",
        "We went there.\n"
        + "It rained all day in the town, and nobody came.\n" * 16
        + "Why?\nI know.\nWho?\nI do.\nWhen?\nWe left.",
        "Note: this is a test.\nNote: this is another.\nNote: this is the last.",
        "Was it a drone? Nobody knows.\nThe army says so.\nWho fired it?\nThe rebels deny it.\nWhy?\nThe market was full.",
    ],
)
def test_what_is_no_transcript_has_no_turns(text: str) -> None:
    assert turns_in(text) == []


def test_a_text_without_its_labels_keeps_every_place() -> None:
    turns = turns_in(BRIEFING)
    blank = without_labels(BRIEFING, turns)

    assert len(blank) == len(BRIEFING)
    assert "OKELLO" not in blank
    assert all(blank[t.start : t.end] == BRIEFING[t.start : t.end] for t in turns)


def test_a_press_secretary_answers_and_a_resident_is_nobody_else() -> None:
    text = (
        "Ann Moss spoke to reporters.\n\nQUESTION: Who fired?\n\nPRESS SECRETARY: We fired at nobody in the town.\n\n"
        "QUESTION: And you?\n\nA RESIDENT: The soldiers fired at the market."
    )

    assert ("press secretary", "We fired at nobody in the town") in said(text)
    assert ("Ann Moss", "The soldiers fired at the market") not in said(text)


def test_of_two_people_with_one_surname_the_label_means_the_one_it_names() -> None:
    text = (
        "Stefano Moss, the mayor, and Ann Moss, a doctor, came to the hearing.\n\nQUESTION: Who fell?\n\n"
        "ANN MOSS: Two men fell from the bridge.\n\nQUESTION: When?\n\nSTEFANO MOSS: They fell on Monday in the rain."
    )

    assert ("Ann Moss", "Two men fell from the bridge") in said(text)
    assert ("Stefano Moss", "They fell on Monday in the rain") in said(text)
