"""What an author does in a clause of his own: tell, judge, foretell or ask."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.reading.network import seen, states_of
from onrecord.reading.nlp import parsed
from onrecord.records import Act, Genre, Span, words_of
from tests.builders import a_document

COLUMN = (
    "The ferry left Lamu on Friday with ninety people and came back with none. The harbour master signed the list. The list is a work of fiction. "
    "Nobody had asked the crew for a licence. A licence in this country is a piece of decoration. The minister flew in on Sunday, in a borrowed "
    "helicopter. He has the conscience of a filing cabinet. He promised an inquiry, as he had promised two before. Divers brought up the bell on "
    "Tuesday. The owner has left for Dubai. Such men always find a seat. The bishop held a mass at the quay, and four thousand came. It was the only decent "
    "hour of the week. The insurers have paid nothing so far. Their silence is an insult to the drowned."
)


def acts_of(text: str, *, genre: Genre = Genre.OPINION) -> dict[str, Act]:
    found = onrecord.read(a_document(text, genre=genre))
    return {words_of(text, a.attribution.content).rstrip("."): a.act for a in found}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The council is a weathervane with a pension.", Act.OPINES),
        ("It was cowardice, and the whole street knew it.", Act.OPINES),
        ("On Friday, as on every Friday, somebody had left the gate of the depot open.", Act.ASSERTS),
        ("The envoy folded like an old tent and signed on Monday.", Act.ASSERTS),
        ("The admiral ought to have stayed at home.", Act.OPINES),
        ("The dam will not hold another winter.", Act.PREDICTS),
        ("Who opened the gate?", Act.ASKS),
        ("Okello is a colonel.", Act.ASSERTS),
    ],
)
def test_what_an_author_does_is_told_by_what_he_says_and_not_by_how(text: str, act: Act) -> None:
    assert set(acts_of(text).values()) == {act}


def test_a_column_that_never_says_i_is_read_as_one() -> None:
    found = acts_of(COLUMN, genre=Genre.REPORT)

    assert found["The list is a work of fiction"] is Act.OPINES
    assert found["The owner has left for Dubai"] is Act.ASSERTS


def test_a_report_with_a_judgement_in_it_is_no_column() -> None:
    text = "The ferry left Lamu on Friday with ninety people. The list is a work of fiction. Divers brought up the bell on Tuesday."

    assert set(acts_of(text, genre=Genre.REPORT).values()) == {Act.ASSERTS}


def test_a_number_is_no_judgement_for_what_is_said_of_it() -> None:
    found = acts_of("Seventeen sailors died on the reef, which is a shabby way to treat a crew.")

    assert Act.ASSERTS in found.values()


def test_the_states_of_words_stand_in_the_order_of_the_text_across_windows() -> None:
    text = " ".join(f"On day {number} the harbour was quiet." for number in range(80))
    (piece,) = next(iter(parsed([(text, 0)])))
    read = seen(piece.doc)

    whole = states_of(read, [Span(0, len(text))])

    assert len(read.windows) > 1
    assert len(whole) == len(read.tokens)
    assert (states_of(read, [Span(0, 30)]) == whole[: len(states_of(read, [Span(0, 30)]))]).all()
