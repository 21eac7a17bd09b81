"""What people decide: it counts in every answer, can be taken back, and outlives a new reading."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord import pipeline
from onrecord.answers.assertions import Asked, assertion_rows
from onrecord.answers.known import known_rows
from onrecord.api import document
from onrecord.errors import DecisionError, QueryError
from onrecord.ledger.store import Ledger
from onrecord.records import Assertion, DecisionKind, Snapshot, Span
from onrecord.review import Proposal, decide, decisions_on, disagreements, queue, undo

FIRST = "The mayor of Garissa said that the old bridge over the Tana had collapsed on Monday."
SECOND = "The governor of Garissa said that the old bridge over the Tana had collapsed on Monday."
THIRD = "The bishop of Garissa said that the cathedral roof had burned down."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.db") as opened:
        for day, label, text in ((10, "a", FIRST), (11, "b", SECOND), (12, "c", THIRD)):
            pipeline.add_document(
                opened, document(text, published=f"2021-03-{day}", label=label, outlet=f"Wire {label}")
            )
        yield opened


def said(ledger: Ledger, label: str) -> Assertion:
    (found,) = ledger.assertions_of(ledger.document(label))
    return found


def by(name: str, kind: DecisionKind, **more: Any) -> Proposal:
    return replace(Proposal(kind=kind, by=name), **more)


def documents_of_claims(ledger: Ledger) -> list[list[str]]:
    return sorted(row.documents for row in known_rows(ledger))


def test_what_a_person_calls_no_claim_is_in_no_answer(ledger: Ledger) -> None:
    decide(ledger, said(ledger, "c"), by("Ann", DecisionKind.NOT_A_CLAIM))

    assert ledger.assertions("cathedral") == []
    assert documents_of_claims(ledger) == [["a", "b"]]


def test_a_decision_can_be_taken_back_and_the_taking_back_too(ledger: Ledger) -> None:
    decision = decide(ledger, said(ledger, "c"), by("Ann", DecisionKind.NOT_A_CLAIM))
    undone = undo(ledger, decision.id, by="Ben")
    assert len(ledger.assertions("cathedral")) == 1

    with pytest.raises(QueryError, match="no decision"):
        undo(ledger, undone.id, by="Ann")
    assert [d.kind for d in ledger.decisions()] == [DecisionKind.NOT_A_CLAIM, DecisionKind.UNDO]


def test_the_right_source_and_the_right_span_are_shown(ledger: Ledger) -> None:
    start = THIRD.index("cathedral roof")
    decide(ledger, said(ledger, "c"), by("Ann", DecisionKind.WRONG_SOURCE, source="Bishop Otieno"))
    decide(ledger, said(ledger, "c"), by("Ann", DecisionKind.CORRECT_SPAN, content=(Span(start, len(THIRD) - 1),)))

    found = said(ledger, "c")
    assert found.source.name == "Bishop Otieno"
    assert "Ann said so" in found.source.reason
    assert found.attribution.content[0].of(THIRD) == "cathedral roof had burned down"


def test_a_span_outside_the_text_is_refused(ledger: Ledger) -> None:
    with pytest.raises(QueryError, match="within the text, from 0 to"):
        decide(ledger, said(ledger, "c"), by("Ann", DecisionKind.CORRECT_SPAN, content=(Span(5, 9_999),)))


def test_two_assertions_that_were_taken_for_one_claim_are_parted(ledger: Ledger) -> None:
    assert ["a", "b"] in documents_of_claims(ledger)

    decide(ledger, said(ledger, "a"), by("Ann", DecisionKind.SPLIT, other=said(ledger, "b")))

    assert documents_of_claims(ledger) == [["a"], ["b"], ["c"]]


def test_two_assertions_are_joined_into_one_claim(ledger: Ledger) -> None:
    decide(ledger, said(ledger, "a"), by("Ann", DecisionKind.MERGE, other=said(ledger, "c")))

    (claim,) = (row for row in known_rows(ledger) if "c" in row.documents)
    assert claim.documents == ["a", "b", "c"]
    assert "a person joined the two" in [e.reason for e in claim.evidence]


def test_what_a_person_joined_stays_joined_however_far_apart(ledger: Ledger) -> None:
    text = "The bishop of Mombasa said that the school had been closed."
    late = document(text, published="2021-09-12", label="d", outlet="Wire d")
    pipeline.add_document(ledger, late)
    decide(ledger, said(ledger, "a"), by("Ann", DecisionKind.MERGE, other=said(ledger, "d")))

    (claim,) = (row for row in known_rows(ledger) if "d" in row.documents)

    assert "a person joined the two" in [e.reason for e in claim.evidence]


def test_a_decision_outlives_a_new_reading_that_cuts_a_little_differently(ledger: Ledger) -> None:
    decide(ledger, said(ledger, "c"), by("Ann", DecisionKind.WRONG_SOURCE, source="Bishop Otieno"))
    old, text = said(ledger, "c"), ledger.document("c")
    (span,) = old.attribution.content
    shorter = replace(old.attribution, content=(Span(span.start + 5, span.end),))
    read_again = replace(ledger.as_read([old.id])[old.id], id="another", attribution=shorter)
    ledger.add(Snapshot(sha256="0" * 64, content=b"", name="c"), text, [read_again], reader="a newer reader")

    assert said(ledger, "c").id == "another"
    assert said(ledger, "c").source.name == "Bishop Otieno"


def test_of_two_who_decide_at_once_the_second_is_told(ledger: Ledger) -> None:
    decide(ledger, said(ledger, "a"), by("Ann", DecisionKind.ACCEPT))
    with pytest.raises(DecisionError, match="Ann decided accept"):
        decide(ledger, said(ledger, "a"), by("Ben", DecisionKind.NOT_A_CLAIM))

    (seen,) = decisions_on(ledger, said(ledger, "a"))
    decide(ledger, said(ledger, "a"), by("Ben", DecisionKind.NOT_A_CLAIM, seen=seen.id))
    assert [(one.by, other.by) for one, other in disagreements(ledger)] == [("Ann", "Ben")]


def test_nobody_decides_nothing(ledger: Ledger) -> None:
    with pytest.raises(QueryError, match="the name of who decides"):
        decide(ledger, said(ledger, "a"), by(" ", DecisionKind.ACCEPT))


def test_what_was_decided_leaves_the_queue(ledger: Ledger) -> None:
    (item,) = queue(ledger, "bridge")
    assert (item.document.name, item.other_document and item.other_document.name) == ("a", "b")

    decide(ledger, item.assertion, by("Ann", DecisionKind.MERGE, other=item.other))

    assert queue(ledger, "bridge") == []


def test_of_two_who_decide_in_the_same_instant_one_is_told(ledger: Ledger) -> None:
    about = said(ledger, "c")
    start, told = threading.Barrier(2), []

    def decides(name: str) -> None:
        with Ledger(ledger.path) as own:
            own.decisions()
            start.wait()
            try:
                decide(own, about, by(name, DecisionKind.NOT_A_CLAIM))
            except DecisionError:
                told.append(name)

    both = [threading.Thread(target=decides, args=[name]) for name in ("Ann", "Ben")]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(told) == 1
    assert len(ledger.decisions()) == 1


def test_a_corrected_source_is_found_by_its_new_name(ledger: Ledger) -> None:
    decide(ledger, said(ledger, "c"), by("Ann", DecisionKind.WRONG_SOURCE, source="Deacon Otieno"))

    for most in (None, 10):
        assert [a.source.name for a in ledger.assertions("deacon roof", most=most)] == ["Deacon Otieno"]
        assert [row.source_name for row in assertion_rows(ledger, Asked(source="Otieno", most=most))] == [
            "Deacon Otieno"
        ]


@pytest.mark.parametrize("name", ["...", "  ", "Ann\u202e", "Ann\x00"])
def test_a_source_needs_a_name_that_can_be_read(ledger: Ledger, name: str) -> None:
    with pytest.raises(QueryError, match="right source"):
        decide(ledger, said(ledger, "c"), by("Ann", DecisionKind.WRONG_SOURCE, source=name))


def test_a_span_needs_a_word(ledger: Ledger) -> None:
    with pytest.raises(QueryError, match="hold a word"):
        decide(ledger, said(ledger, "c"), by("Ann", DecisionKind.CORRECT_SPAN, content=(Span(3, 4),)))
