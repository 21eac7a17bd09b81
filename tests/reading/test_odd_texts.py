"""Texts that are not running news prose: each is read whole, in time, and with its offsets."""

from __future__ import annotations

import time

import pytest

import onrecord
from onrecord.records import Assertion, SourceKind, words_of
from tests.builders import a_document


def read(text: str) -> list[tuple[str, str]]:
    """Source and content of each assertion that has a source besides the author."""
    return [
        (a.source.name, words_of(text, a.attribution.content))
        for a in onrecord.read(a_document(text))
        if a.source.kind is not SourceKind.AUTHOR
    ]


def test_a_single_sentence_of_18000_words_is_read_in_time() -> None:
    text = "The general said that the bridge was closed, " * 2_250
    started = time.process_time()
    found = onrecord.read(a_document(text))

    assert len(found) > 2_000
    assert time.process_time() - started < 120


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("‘", "’"), ("「", "」"), ("“", ""), ("", "")],
)
def test_every_style_of_quotation_mark_is_read(opening: str, closing: str) -> None:
    text = f"{opening}We will not leave the city,{closing} Amina Diallo told reporters in Goma."
    ((source, content),) = read(text)

    assert source == "Amina Diallo"
    assert "We will not leave the city" in content


def test_capitals_throughout_are_read() -> None:
    ((source, content),) = read("THE MAYOR SAID THE BRIDGE WAS CLOSED.")

    assert source.lower() == "mayor"
    assert content == "THE BRIDGE WAS CLOSED"


def test_a_list_keeps_its_items_apart() -> None:
    text = "Casualties:\n- The army said 12 soldiers died.\n- The rebels said 40 soldiers died.\n- The Red Cross said 31 people were hurt.\n"

    assert [(s, c) for s, c in read(text)] == [
        ("army", "12 soldiers died"),
        ("rebels", "40 soldiers died"),
        ("Red Cross", "31 people were hurt"),
    ]


def figures_of(assertions: tuple[Assertion, ...]) -> list[float]:
    """The exact figures, in order."""
    return [f.best for a in assertions for f in a.figures if f.best is not None]


def test_a_transcript_loses_no_figure() -> None:
    text = "MR. BROWN: The army lost 12 men.\n\nMS. DIALLO: How many were hurt?\n\nMR. BROWN: We know of 31 people in the camp.\n"
    found = onrecord.read(a_document(text))

    assert figures_of(found) == [12, 31]


def test_an_interview_loses_no_figure() -> None:
    text = "Q: How many men did the army lose?\nA: It lost 12 men, the ministry told me.\nQ: And the rebels?\nA: They lost 40 men.\n"
    found = onrecord.read(a_document(text))

    assert sorted(figures_of(found)) == [12, 40]


def test_a_text_in_another_language_is_not_half_read() -> None:
    taken = onrecord.document(
        "Der Minister sagte am Montag, dass die Brücke gesperrt sei. Die Armee verlor zwölf Panzer."
    )

    assert taken.language == "und"
    assert onrecord.read(taken) == ()
