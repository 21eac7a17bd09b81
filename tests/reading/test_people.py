"""Which people a document names: names grouped by person, and what is written beside them."""

from __future__ import annotations

import pytest

from onrecord.reading.network import seen
from onrecord.reading.nlp import parsed
from onrecord.reading.people import People, Person, people_of


def people_in(text: str) -> People:
    """The people of a text."""
    (pieces,) = parsed([(text, 0)])
    return people_of([(piece.doc, seen(piece.doc)) for piece in pieces])


def names(text: str) -> list[str]:
    """The names of a text's people, in order."""
    return sorted(person.name for person in people_in(text).all)


def the(text: str, name: str) -> Person:
    """The person of that name."""
    (person,) = [p for p in people_in(text).all if p.name == name]
    return person


def test_a_surname_and_a_fuller_name_are_one_person() -> None:
    text = "Peter Otieno left. Otieno was tired. Peter J. Otieno will be back, and Mr. Otieno said so."

    assert names(text) == ["Peter J. Otieno"]
    assert the(text, "Peter J. Otieno").times == 4


def test_two_of_one_surname_are_two_and_the_surname_is_of_the_one_named_most() -> None:
    text = "Peter Otieno met his wife, Grace Otieno. Peter Otieno was tired. Otieno left."
    found = people_in(text)

    assert sorted(p.name for p in found.all) == ["Grace Otieno", "Peter Otieno"]
    assert the(text, "Peter Otieno").times == 3


def test_an_honorific_tells_two_of_one_surname_apart() -> None:
    text = "Peter Otieno met Grace Otieno. Peter Otieno was tired. Mrs. Otieno was not."

    assert the(text, "Grace Otieno").times == 2


def test_a_headline_founds_no_person_where_the_text_names_one() -> None:
    text = "Grim Otieno Warns Striking Railway Workers\n\nPeter Otieno spoke in Goma. Otieno was tired."

    assert names(text) == ["Peter Otieno"]


def test_roles_and_the_pronoun_come_from_what_stands_beside_the_name() -> None:
    text = "Foreign minister Ngozi Adeyemi spoke. Chipo Banda, a spokeswoman for the army, did not."

    assert "minister" in the(text, "Ngozi Adeyemi").roles
    assert the(text, "Chipo Banda").pronoun == "she"


def test_a_company_named_after_a_person_is_no_person() -> None:
    assert names("The Otieno Bank closed. Shares of Otieno Group fell.") == []


@pytest.mark.parametrize("name", ["Tomasi Kelepi", "Oyelaran Adeoye", "Vesna Kolar"])
def test_who_speaks_under_a_name_that_the_parser_takes_for_a_firm_is_a_person(name: str) -> None:
    """The trained reader rather holds it for a person's."""
    assert names(f"The mine was shut for good. {name} said the water was brown.") == [name]


def test_what_is_followed_by_which_is_no_person() -> None:
    assert names("The mine was shut for good. Vesna Kolar, which owns it, said the water was brown.") == []


@pytest.mark.parametrize("name", ["Jim Courier", "Heath Ledger"])
def test_who_is_called_like_a_paper_is_a_person_all_the_same(name: str) -> None:
    assert names(f"The court was wet. {name} said the net was low.") == [name]


@pytest.mark.parametrize(
    "name",
    [
        "Boko Haram",
        "Al Shabaab",
        "Lashkar Omari",
        "Kivu Technologies",
        "Novaya Pravda",
        "Kherson Oblast",
        "Médecins Sans Frontières",
    ],
)
def test_armed_groups_firms_and_papers_are_no_people(name: str) -> None:
    """The parser takes all of these for people."""
    assert names(f"The mine was shut for good. {name} said the water was brown.") == []


def test_a_name_that_begins_a_longer_one_is_that_person() -> None:
    text = "The harbour master, Peter Okello Barasa, spoke in Lokiru. Peter Okello said the boats were empty."

    assert names(text) == ["Peter Okello Barasa"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Herder Banu Mosweu said the well was dry.", ["Banu Mosweu"]),
        ("Shopkeeper Lucia Ferro, who saw it, said the wall fell.", ["Lucia Ferro"]),
        ("Director of Public Prosecutions Joy Mosweu said the case was dropped.", ["Joy Mosweu"]),
        ("Deputy Chief of Mission Carla Rinaldi said the embassy was open.", ["Carla Rinaldi"]),
        ("Jonas and Mary Mosweu said the well was dry.", ["Jonas", "Mary Mosweu"]),
        ("Sutopo, a farmer, said the well was dry. Sutopo said he would leave.", ["Sutopo"]),
        ("Sutopo, 54, said the well was dry.", ["Sutopo"]),
        ("Orla, a shipping firm, said the well was dry.", []),
        ("Mary Mosweu-Lind, a lawyer, said the well was dry.", ["Mary Mosweu-Lind"]),
        ("Virginia Dockers Union President Carla Rinaldi said the well was dry.", ["Carla Rinaldi"]),
    ],
)
def test_a_name_is_told_from_what_its_bearer_does(text: str, named: list[str]) -> None:
    assert names(text) == named


def test_a_text_may_end_on_a_name_that_speaks() -> None:
    assert names("The dam held, said Ada Otieno. The road was open, said Ada") == ["Ada Otieno"]


def test_a_firm_that_trades_is_no_person() -> None:
    assert names("Orla, an oil trader, said the well was dry.") == []
