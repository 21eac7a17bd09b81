"""Whom a pronoun or a short phrase stands for."""

from __future__ import annotations

import pytest

from onrecord.reading.coreference import antecedent
from onrecord.reading.network import seen
from onrecord.reading.nlp import parsed


def antecedent_of(text: str, word: str) -> str | None:
    """The words that the last occurrence of `word` goes with."""
    ((piece,),) = parsed([(text, 0)])
    at = max(t.i for t in piece.doc if t.text == word)
    found = antecedent(piece.doc, seen(piece.doc), [at])
    return piece.doc[found[0] : found[-1] + 1].text if found else None


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Grace Mwangi met Peter Otieno in Goma. She said the port was safe.", "She", "Grace Mwangi"),
        ("The company lost Peter Otieno. It said the port was safe.", "It", "The company"),
        ("Grace Mwangi met the rebels. They said the port was safe.", "They", "the rebels"),
    ],
)
def test_grammar_rules_out_the_wrong_one(text: str, word: str, expected: str) -> None:
    assert antecedent_of(text, word) == expected


def test_a_pronoun_is_followed_to_the_name() -> None:
    text = "Peter Otieno left Goma. He was tired. He said that he would be back."

    assert antecedent_of(text, "he") == "Peter Otieno"


def test_nothing_before_it_is_no_antecedent() -> None:
    assert antecedent_of("He said the port was safe.", "He") is None
