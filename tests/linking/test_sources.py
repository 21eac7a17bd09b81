"""One source under several names, and what is not one."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.linking.sources import organ_of, parties
from onrecord.records import Source, SourceKind
from tests.builders import a_document


def ids(*texts: str) -> list[str]:
    """The party of the last assertion of each text."""
    documents = [a_document(text, label=str(number)) for number, text in enumerate(texts)]
    read = [onrecord.read(document) for document in documents]
    party_of = parties([a for each in read for a in each], {d.id: d for d in documents})
    return [party_of[each[-1].id].id for each in read]


@pytest.mark.parametrize(
    ("as_written", "role", "affiliation", "organ"),
    [
        ("the Ministry of Health", None, None, "health ministry"),
        ("the emergencies ministry", None, None, "emergency ministry"),
        ("the Ministry of Emergency Situations", None, None, "emergency ministry"),
        ("his ministry", None, None, None),
        ("Minister Ada Okello", "Minister", None, None),
        ("Deputy Minister Ada Okello", "Deputy Minister", None, None),
        ("Ada Okello, president of the Grain Chamber", "president", "Grain Chamber", None),
        ("President Ada Okello", "President", None, "presidency"),
        ("Ada Okello, general secretary of the union", "general secretary", "union", None),
        ("Maj. Gen. Ada Okello", "Maj. Gen.", None, "military"),
        ("police Colonel Ada Okello", "Colonel", "police", "police"),
        ("the Maritime Patrol Service", None, None, "coast guard"),
        ("Lieutenant Governor Ada Okello", "Lieutenant Governor", None, None),
        ("Atty. Gen. Ada Okello", "Atty. Gen.", None, None),
        ("Ada Okello, President of the Russian Federation", "President", None, "presidency"),
        ("the General Secretariat of the union", None, None, None),
    ],
)
def test_which_organ_words_name(as_written: str, role: str | None, affiliation: str | None, organ: str | None) -> None:
    source = Source(
        name="Ada Okello", kind=SourceKind.PERSON, as_written=as_written, role=role, affiliation=affiliation
    )

    assert organ_of(source) == organ


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the Maritime Rescue Agency (Elna) said.", "the lake agency, known as Elna, said.", True),
        ("the Red Cross (Busia) said.", "the Water Board (Busia) said.", False),
        ("the Lake Rescue Service (LRS) said.", "the Lowland River Society (LRS) said.", False),
    ],
)
def test_a_body_with_two_names_is_one_party(one: str, other: str, same: bool) -> None:
    first, second = ids(f"The dam held, {one}", f"The dam held, {other}")

    assert (first == second) is same


def test_the_company_of_one_text_is_not_that_of_another() -> None:
    one, other = ids("The company said that the dam held.", "The company said that the bridge fell.")

    assert one != other


@pytest.mark.parametrize(
    ("name", "is_itself"),
    [("the mission", False), ("the civil administration", True), ("the Moss Harbour Office", True)],
)
def test_a_noun_alone_stands_for_nobody_and_a_described_body_for_itself(name: str, is_itself: bool) -> None:
    document = a_document(f"The dam held, {name} said.")
    said = onrecord.read(document)[-1]
    party = parties([said], {document.id: document})[said.id]

    assert (party.stands_for == party.id) is is_itself
    assert (party.stands_for is None) is not is_itself


def test_two_people_who_are_called_together_are_neither_of_them() -> None:
    together, one = ids(
        "Two men who gave their names as Peter Okello and Joel Moss said that the dam held.",
        "Joel Moss said that the dam held.",
    )

    assert together != one
