"""Which people a document names: names grouped by person, and what is written beside them."""

from __future__ import annotations

from onrecord.reading.nlp import parsed
from onrecord.reading.people import People, Person, people_of


def people_in(text: str) -> People:
    """The people of a text."""
    (pieces,) = parsed([(text, 0)])
    return people_of([piece.doc for piece in pieces])


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
