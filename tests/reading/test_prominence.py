"""Whom a pronoun stands for."""

from __future__ import annotations

import pytest

from onrecord.reading.attribution import attributions_in
from onrecord.reading.network import seen
from onrecord.reading.nlp import parsed
from onrecord.reading.people import people_of
from onrecord.reading.prominence import entities_in


def stands_for(text: str, word: str) -> str | None:
    """The name, or the words, that the last occurrence of a pronoun stands for."""
    ((piece,),) = parsed([(text, 0)])
    read = seen(piece.doc)
    found = attributions_in(piece.doc, read)
    entities = entities_in(piece.doc, 0, people_of([(piece.doc, read)]), found)
    entity = entities.get(max(t.i for t in piece.doc if t.text == word))
    if entity is None:
        return None
    return entity.person.name if entity.person else piece.doc[entity.words[0] : entity.words[-1] + 1].text


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Grace Mwangi met Peter Otieno in Goma. She said the port was safe.", "She", "Grace Mwangi"),
        ("Grace Mwangi met Peter Otieno in Goma. He said the port was safe.", "He", "Peter Otieno"),
        ("Peter Otieno met the rebels. They said the port was safe.", "They", "the rebels"),
        ("The army lost Peter Otieno. It said the port was safe.", "It", "The army"),
        ("The army lost Peter Otieno. He said the port was safe.", "He", "Peter Otieno"),
    ],
)
def test_grammar_rules_out_the_wrong_one(text: str, word: str, expected: str) -> None:
    assert stands_for(text, word) == expected


def test_the_subject_stands_out_more_than_the_object() -> None:
    assert stands_for("Peter Otieno called David Kamau on Monday. He was tired.", "He") == "Peter Otieno"


def test_a_pronoun_is_not_another_part_of_its_own_clause() -> None:
    assert stands_for("David Kamau was late. Peter Otieno called him.", "him") == "David Kamau"


def test_nobody_calls_himself_he_in_his_own_quotation() -> None:
    text = "David Kamau lost the port. “He is tired and he will not be back,” Peter Otieno said."

    assert stands_for(text, "he") == "David Kamau"


def test_a_role_leads_to_the_person_who_has_it() -> None:
    text = (
        "The minister, Grace Mwangi, met the mayor, Peter Otieno. The minister said that the port was safe. She left."
    )

    assert stands_for(text, "minister") == "Grace Mwangi"
    assert stands_for(text, "She") == "Grace Mwangi"


def test_nobody_before_it_is_nobody() -> None:
    assert stands_for("He said the port was safe.", "He") is None
