"""Which documents quote the same words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onrecord.linking.quoted import quoting_the_same
from tests.builders import a_document

WORDS = "we will not leave this bridge tonight"


def paired(*texts: tuple[str, str]) -> list[tuple[str, str]]:
    """The labels of the pairs that some texts of some days make within two days."""
    documents = {
        str(number): a_document(text, label=str(number), published=day) for number, (text, day) in enumerate(texts)
    }
    return [(one, other) for one, other, *_ in quoting_the_same(documents, list(documents), timedelta(days=2))]


def test_each_is_paired_with_the_last_before_it_within_the_time() -> None:
    texts = [(f'"{WORDS}," said Ada Okello on day {day}.', f"2021-03-0{day}") for day in (1, 3, 8)]

    assert paired(*texts) == [("0", "1")]


@pytest.mark.parametrize(
    "text",
    [
        f"Okello said that {WORDS}.",
        f'"No," said Okello, {WORDS}, and "never".',
        f'Okello began "but\n{WORDS}", it was thought.',
        'Okello said: "We will leave this bridge tonight."',
    ],
)
def test_what_stands_outside_a_quotation_or_in_other_words_pairs_nothing(text: str) -> None:
    assert paired((f'"{WORDS}," said Ada Okello.', "2021-03-01"), (text, "2021-03-01")) == []
