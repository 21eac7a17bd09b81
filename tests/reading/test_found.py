"""What grammar mends in what the network finds: who says it, and how far it reaches."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.records import SourceKind, words_of
from tests.builders import a_document


def said(text: str) -> list[tuple[str, str]]:
    """Who says what in a text: names of sources and the words of contents, in order."""
    return [(a.source.name, words_of(text, a.attribution.content)) for a in onrecord.read(a_document(text))]


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        (
            "The army confirmed on Monday that its troops, working with the police, had struck the depot at Lokiru the night before.",
            "army",
            "that its troops, working with the police, had struck the depot at Lokiru the night before",
        ),
        (
            "Three rockets were launched from Chad, one of which missed while the other two hit the dam, President Grace Mwangi said on Saturday.",
            "Grace Mwangi",
            "Three rockets were launched from Chad, one of which missed while the other two hit the dam",
        ),
        (
            "Most of the dead were men, the report says; it found no trace of a fight in the village.",
            "report",
            "no trace of a fight in the village",
        ),
        (
            "The mayor maintains that the order came by telephone, and that there is a recording.",
            "mayor",
            "that there is a recording",
        ),
        (
            "The mayor's office told the Wire that only one man had been held and called the lawyer's words \"a tactic\".",
            "mayor's office",
            "that only one man had been held",
        ),
        (
            "Chad, which admitted last week that its jets had crossed the border, said the inquiry was over.",
            "Chad",
            "the inquiry was over",
        ),
        ("Kenya denies any part in the raid.", "Kenya", "any part in the raid"),
    ],
)
def test_what_is_said_is_whole_and_no_more(text: str, who: str, words: str) -> None:
    assert (who, words) in said(text)


def test_what_came_of_it_is_said_too() -> None:
    text = "Six of the injured have died since Monday, the hospital said, leaving 21 survivors."
    found = onrecord.read(a_document(text))

    assert [(a.source.name, [f.best for f in a.figures]) for a in found] == [("hospital", [6.0, 21.0])]


@pytest.mark.parametrize(
    ("text", "who", "figure"),
    [
        ("The ministry gave a figure of 50 dead, while the rebel group LRM spoke of 70.", "LRM", 70),
        ("The inquiry has ended. The army holds to its 20 rebels.", "army", 20),
        ("Chad's army, which has acknowledged nine dead, left the town.", "Chad's army", 9),
        (
            "The navy's statement, according to which nine pirates drowned, was read on the radio.",
            "navy's statement",
            9,
        ),
    ],
)
def test_who_stands_for_a_number(text: str, who: str, figure: float) -> None:
    values = {a.source.name: {f.best for f in a.figures} for a in onrecord.read(a_document(text))}

    assert figure in values[who]


def test_a_verb_put_between_commas_says_who_says_it() -> None:
    assert ("one of the envoys", "The bridge has since been closed") in said(
        "The bridge has since been closed, one of the envoys confides, and he expects it to open in May."
    )


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The bishop met 12 survivors, who in separate interviews described two helicopters.", "12 survivors"),
        ("Only 18 deaths at Lokiru are acknowledged.", "unattributed"),
    ],
)
def test_how_and_where_is_not_who(text: str, who: str) -> None:
    assert said(text)[-1][0] == who


def test_who_goes_on_speaking_still_tells_it_to_the_same_outlet() -> None:
    text = 'An official told the Wire that the toll was higher. "We have lost over 40," the official said.'
    hops = [[h.source.name for h in a.hops] for a in onrecord.read(a_document(text, outlet="The Lake Post"))]

    assert hops == [["Wire"], ["Wire"]]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels burned the village, the chief fled.",
        "Gunmen stormed the school at night, the guards resisted, and one pupil was shot.",
        "Police found 42 bodies on Tuesday, the market closed.",
    ],
)
def test_what_happens_between_commas_is_nobodys_word(text: str) -> None:
    assert {a.source.kind for a in onrecord.read(a_document(text))} == {SourceKind.AUTHOR}


def test_what_somebody_says_elsewhere_was_not_told_to_the_same_outlet() -> None:
    text = "Peter Otieno told the Post that the war would go on. In a statement later, he said the cabinet had voted."
    hops = [[h.source.name for h in a.hops] for a in onrecord.read(a_document(text))]

    assert hops == [["Post"], []]


def test_whom_a_hospital_admits_it_does_not_admit_to() -> None:
    text = "The hospital in Goma admitted 23 patients with gunshot wounds, doctors said."

    assert [name for name, _ in said(text)] == ["doctors"]
