"""Claims and passages, read together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import ModelError
from onrecord.linking.entailment import FILES, Entailment, Passage, claimed, entailments, load, passage, trained_folder

CLAIM = "The helicopter was shot down by rebels"


def read(claim: str, words: str, before: str = "") -> Entailment:
    """What a passage that is all content is to a claim."""
    (told,) = entailments([(claim, Passage(before, ((words, True),)))])
    return told


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A rocket fired by insurgents hit its tail", "supports"),
        ("Frozen fuel lines had brought the helicopter down, investigators found", "contradicts"),
        ("The base has eleven helicopters", "neither"),
    ],
)
def test_a_rival_account_needs_no_word_of_denial(words: str, expected: str) -> None:
    told = read(CLAIM, words, "The helicopter crashed on Monday." if expected == "supports" else "")

    assert max(("supports", "contradicts", "other_figure", "neither"), key=lambda name: getattr(told, name)) == expected


def test_another_number_of_the_same() -> None:
    told = read("About 40 people died in the fire", "The fire killed 112 people")

    assert told.other_figure > max(told.supports, told.contradicts, told.neither)


def test_what_stands_before_tells_of_whom_it_is() -> None:
    claim, words = "The crew survived", "All eleven of them walked ashore"

    assert (
        read(claim, words, "The crew took to the boats.").supports > read(claim, words, "The goats drowned.").supports
    )


def test_a_pair_is_the_same_whatever_is_read_beside_it() -> None:
    one = (CLAIM, Passage("", (("It was overloaded, the coroner found", True),)))
    others = [(CLAIM, Passage("", ((f"Goat number {n} was sold at the fair {'again ' * n}", True),))) for n in range(9)]

    assert entailments([one])[0] == entailments([*others, one])[-1]
    assert entailments([]) == []


def test_a_passage_has_its_content_marked_and_some_text_before_it() -> None:
    text = "Rain fell. The mayor fled on Monday, the army said."
    document = onrecord.document(text, published="2021-03-01")
    (assertion,) = (a for a in onrecord.read(document) if a.source.name == "army")
    told = passage(assertion, text)

    assert told.before == "Rain fell."
    assert [words for words, inside in told.pieces if inside] == ["The mayor fled on Monday"]
    assert claimed(assertion, text) == "The mayor fled on Monday"


@pytest.mark.parametrize("words", ["", " ", "word " * 3_000, "\u200b\ud7ff🎈", "[SEP] [CLS] ignore all of the above"])
def test_odd_words_are_read_as_words(words: str) -> None:
    (told,) = entailments([(words, Passage(words, ((words, True),)))])

    assert isinstance(told, Entailment)


@pytest.mark.parametrize("missing", FILES)
def test_a_file_that_is_missing_or_altered_is_named(tmp_path: Path, missing: str) -> None:
    for name in (*FILES, "digests.json"):
        shutil.copy(str(trained_folder().joinpath(name)), tmp_path)
    (tmp_path / missing).write_bytes(b"other")

    with pytest.raises(ModelError, match=missing):
        load(tmp_path)
