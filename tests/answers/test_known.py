"""What is known, what changed, what falls, what was predicted, and grades, over small ledgers made here."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import OpenLedger
from onrecord.errors import QueryError

SHELLED = "Garissa was shelled on Tuesday and 12 people were killed, the Kenyan army said."
REBELS = "The market of Garissa was shelled on Tuesday, the Somali foreign ministry said."
DENIED = "Ethiopia's foreign ministry denied that Garissa was shelled on Tuesday."
OTHER = "Tanzania's health minister said that two clinics had been opened in Dodoma."


def add(ledger: OpenLedger, label: str, text: str, published: str, outlet: str = "Wire") -> None:
    ledger.add_document(onrecord.document(text, label=label, published=published, outlet=outlet))


def test_one_claim_in_two_wordings_is_one_row_with_both_origins(ledger: OpenLedger) -> None:
    add(ledger, "a", SHELLED, "2021-03-03")
    add(ledger, "b", REBELS, "2021-03-04", "Post")
    add(ledger, "c", OTHER, "2021-03-04", "Post")

    rows = ledger.known("Garissa")

    shelled = next(row for row in rows if "shelled" in row.text)
    assert (shelled.verdict, shelled.origins, shelled.credibility) == ("corroborated", (2, 2), 1)
    assert (shelled.documents, shelled.first, shelled.last) == (["a", "b"], "2021-03-03", "2021-03-04")
    assert not any("clinics" in row.text for row in rows)


def test_a_denial_is_shown_against_the_claim(ledger: OpenLedger) -> None:
    add(ledger, "a", SHELLED, "2021-03-03")
    add(ledger, "b", DENIED, "2021-03-04", "Post")

    row = next(row for row in ledger.known("Garissa") if row.document == "a" and "shelled" in row.text)

    assert [(e.document, e.stance) for e in row.evidence] == [("a", "for"), ("b", "against")]
    assert row.verdict == "contested"


def test_every_shown_word_stands_in_its_document(ledger: OpenLedger) -> None:
    add(ledger, "a", SHELLED, "2021-03-03")
    add(ledger, "b", REBELS, "2021-03-04", "Post")

    for row in ledger.known():
        for piece in row.evidence:
            assert ledger.document(piece.document).text[piece.start : piece.end] == piece.text


def test_changes_name_what_is_new_and_what_was_borne_out(ledger: OpenLedger) -> None:
    add(ledger, "a", SHELLED, "2021-03-03")
    add(ledger, "b", REBELS, "2021-03-05", "Post")
    add(ledger, "c", OTHER, "2021-03-05", "Post")

    rows = ledger.changes("2021-03-05")

    shelled = next(row for row in rows if "shelled" in row.text)
    assert (shelled.change, shelled.before, shelled.after) == ("verdict", "single-source", "corroborated")
    assert [e.document for e in shelled.evidence] == ["b"]
    assert [(r.change, r.document) for r in rows if "clinics" in r.text] == [("new", "c")]
    assert ledger.changes("2021-03-06") == []


def test_changes_name_a_revised_figure(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's interior ministry said that 12 civilians were killed in Garissa.", "2021-03-01")
    add(ledger, "b", "Kenya's interior ministry said that 31 civilians were killed in Garissa.", "2021-03-03")

    rows = ledger.changes("2021-03-02")

    assert [(r.document, r.after) for r in rows if r.change == "figure revises"] == [("b", "31")]


def test_changes_refuse_a_day_that_lies_behind_as_of(ledger: OpenLedger) -> None:
    with pytest.raises(QueryError, match="give an earlier day"):
        ledger.changes("2021-03-05", as_of="2021-03-04")


def test_without_its_only_source_a_claim_falls_and_another_loses_an_origin(ledger: OpenLedger) -> None:
    add(ledger, "a", SHELLED, "2021-03-03")
    add(ledger, "b", REBELS, "2021-03-04", "Post")
    add(
        ledger,
        "c",
        "The Kenyan army said that a bridge near Wajir had been closed to all traffic.",
        "2021-03-04",
        "Post",
    )

    effects = {row.document: row for row in ledger.without("Kenyan army")}

    assert effects["c"].effect == "falls"
    shelled = next(row for row in ledger.without("Kenyan army") if "shelled" in row.text)
    assert (shelled.effect, shelled.before, shelled.after) == ("loses an origin", "corroborated", "single-source")


def test_with_a_withdrawn_document_go_the_texts_that_copy_it(ledger: OpenLedger) -> None:
    wire = f"{SHELLED} Hospital staff spoke of dozens of wounded who were carried in on doors and handcarts through the night."
    add(ledger, "wire", wire, "2021-03-03")
    add(ledger, "copy", wire, "2021-03-04", "Post")

    rows = ledger.without("wire")

    assert {row.effect for row in rows} == {"falls"}
    assert any(row.withdrawn == ["copy", "wire"] for row in rows)


def test_without_what_is_not_there_says_so(ledger: OpenLedger) -> None:
    add(ledger, "a", SHELLED, "2021-03-03")
    for name in ("Nobody Inc", "???", ""):
        with pytest.raises(QueryError, match="nothing in the ledger rests on"):
            ledger.without(name)


def test_a_prediction_is_followed_up(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's army chief said its troops will enter Baidoa on March 9.", "2021-03-03")
    add(ledger, "b", "The Somali army said that Kenyan troops entered Baidoa on March 9.", "2021-03-10", "Post")
    add(ledger, "c", "Uganda's army chief said its troops will enter Jinja on March 7.", "2021-03-03")

    found = {row.document: row for row in ledger.predictions()}

    assert (found["a"].state, found["a"].due) == ("later claims say so", "2021-03-09")
    assert [e.document for e in found["a"].evidence] == ["b"]
    assert (found["c"].state, found["c"].due) == ("past due", "2021-03-07")
    assert ledger.predictions(as_of="2021-03-05")[0].state == "open"


def test_a_grade_needs_a_basis(ledger: OpenLedger) -> None:
    add(ledger, "a", SHELLED, "2021-03-03")

    row = ledger.grade("Kenyan army")

    assert row.reliability == "F"
    assert "no basis" in row.reason
    assert {one.credibility for one in row.graded} == {3}


def test_a_source_that_others_bear_out_is_graded_by_them(ledger: OpenLedger) -> None:
    towns = ("Garissa", "Wajir", "Mandera", "Isiolo", "Lamu", "Moyale")
    for day, town in enumerate(towns, 1):
        add(
            ledger,
            f"k{day}",
            f"A bridge near {town} was destroyed by a flood, the Kenyan army said.",
            f"2021-03-0{day}",
        )
        add(
            ledger,
            f"s{day}",
            f"A flood destroyed a bridge near {town}, the Somali foreign ministry said.",
            f"2021-03-0{day}",
        )

    row = ledger.grade("Kenyan army")

    assert (row.reliability, row.borne_out, row.disputed) == ("B", 6, 0)
    with pytest.raises(QueryError, match="no source is called"):
        ledger.grade("Ghanaian army")


def test_relations_have_kind_reason_and_the_words_of_both(ledger: OpenLedger) -> None:
    add(ledger, "a", SHELLED, "2021-03-03")
    add(ledger, "b", DENIED, "2021-03-04", "Post")
    add(ledger, "c", REBELS, "2021-03-04", "Post")

    (denial,) = [
        r for r in ledger.relations("Garissa", kind="denies") if r.to_document == "a" and "shelled" in r.to_text
    ]

    assert (denial.document, denial.source, denial.to_source) == ("b", "Ethiopia's foreign ministry", "the Kenyan army")
    assert "garissa" in denial.reason
    for r in ledger.relations(kind="repeats"):
        assert r.to_text in ledger.document(r.to_document).text
    with pytest.raises(QueryError, match="no kind of relation"):
        ledger.relations(kind="hates")


def test_a_source_that_denies_its_own_word_takes_it_back_and_a_new_figure_revises(ledger: OpenLedger) -> None:
    add(ledger, "a", "The Kenyan army said that 12 civilians were killed when Garissa was shelled.", "2021-03-03")
    add(
        ledger,
        "b",
        "The Kenyan army said that 31 civilians were killed when Garissa was shelled.",
        "2021-03-09",
        "Post",
    )
    add(
        ledger, "c", "The Kenyan army denied that civilians were killed when Garissa was shelled.", "2021-03-10", "Post"
    )

    found = {(r.kind, r.document, r.to_document) for r in ledger.relations()}

    assert ("revises", "b", "a") in found
    assert ("retracts", "c", "a") in found
    assert not any(kind in ("denies", "contradicts") for kind, _, _ in found)


def test_what_could_not_be_verified_leaves_a_claim_open_and_contests_nothing(ledger: OpenLedger) -> None:
    add(ledger, "a", "The Kenyan army said that its troops had taken the town of Baidoa.", "2021-03-03")
    add(
        ledger,
        "b",
        "The United Nations could not verify that Kenyan troops had taken the town of Baidoa.",
        "2021-03-04",
        "Post",
    )

    assert [(r.kind, r.document) for r in ledger.relations()] == [("leaves open", "b")]
    assert [row.verdict for row in ledger.known()] == ["single-source"]


DAYS = st.lists(st.integers(1, 9), min_size=3, max_size=3)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS, as_of=st.integers(1, 9), order=st.permutations(range(3)))
def test_no_answer_looks_ahead_and_the_order_of_adding_changes_none(
    tmp_path_factory: pytest.TempPathFactory, days: list[int], as_of: int, order: list[int]
) -> None:
    texts = (SHELLED, REBELS, DENIED)
    documents = [
        onrecord.document(text, label=f"d{n}", published=f"2021-03-{day:02}", outlet=f"Wire {n}")
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    ]

    def answers(added: list[onrecord.Document]) -> list[object]:
        with onrecord.open_ledger(tmp_path_factory.mktemp("ledger") / "ledger.db") as ledger:
            for document in added:
                ledger.add_document(document)
            day = f"2021-03-{as_of:02}"
            return [
                ledger.known(as_of=day),
                ledger.figures(as_of=day),
                ledger.origins(as_of=day),
                ledger.predictions(as_of=day),
                ledger.changes("2021-03-01", as_of=day),
            ]

    known_then = [d for d in documents if d.published is not None and d.published.day <= as_of]
    assert answers([documents[n] for n in order]) == answers(known_then)


def test_what_was_not_so_is_no_support_for_what_was(ledger: OpenLedger) -> None:
    add(ledger, "a", "The United Nations said that Kenyan troops had not entered Baidoa.", "2021-03-03")
    add(
        ledger,
        "b",
        "Somalia's foreign ministry said that Kenyan troops had entered Baidoa.",
        "2021-03-04",
        "Post",
    )

    row = next(row for row in ledger.known() if row.document == "a")

    assert [(e.document, e.stance) for e in row.evidence] == [("a", "for"), ("b", "against")]


def test_a_denied_figure_has_its_denier_for_the_denial(ledger: OpenLedger) -> None:
    add(ledger, "a", "Ukraine's army said that 12 soldiers were killed in Bakhmut.", "2021-03-03")
    add(ledger, "b", "Russia's army denied that 12 soldiers were killed in Bakhmut.", "2021-03-04", "Post")

    row = next(row for row in ledger.known() if row.document == "b")

    assert (row.act, [(e.document, e.stance) for e in row.evidence]) == ("denies", [("b", "for"), ("a", "against")])


def test_what_is_not_confirmed_is_not_put_forward(ledger: OpenLedger) -> None:
    add(ledger, "a", "The Kenyan army did not confirm that its troops had taken Baidoa.", "2021-03-03")

    assert {row.act for row in ledger.assertions()} <= {"could not verify", "declines to comment"}
    assert ledger.known() == []


def test_the_army_of_no_state_is_another_in_another_text(ledger: OpenLedger) -> None:
    add(ledger, "a", "The army said that four people died in Mali.", "2021-03-03")
    add(ledger, "b", "The army said that four people died in Niger.", "2021-03-03", "Post")

    assert {(row.document, tuple(row.documents)) for row in ledger.known()} == {("a", ("a",)), ("b", ("b",))}
    with pytest.raises(QueryError, match="is in the name of 2 sources"):
        ledger.grade("army")


def test_the_text_published_last_is_the_one_that_counts(ledger: OpenLedger) -> None:
    for day, number in ((6, 20), (6, 25), (7, 21)):
        text = f"The Kenyan army said that {number} rebels were killed near Baidoa."
        ledger.add_document(
            onrecord.document(text, published=f"2021-05-0{day}", outlet="Wire", url="https://example.org/page")
        )

    assert [row.best for row in ledger.figures()] == [21.0]
    assert [row.best for row in ledger.figures(as_of="2021-05-06")] == [20.0]


def test_words_without_a_letter_are_refused_everywhere(ledger: OpenLedger) -> None:
    for ask in (ledger.known, ledger.figures, ledger.origins, ledger.relations, ledger.predictions, ledger.brief):
        with pytest.raises(QueryError, match="holds no letter or digit"):
            ask("!!!")


def test_another_office_of_the_state_gives_the_newer_figure(ledger: OpenLedger) -> None:
    add(ledger, "a", "The Kenyan army is holding 20 Somali soldiers, it said.", "2021-03-03")
    add(
        ledger,
        "b",
        "Kenya has released two Somali soldiers, which leaves 18 in custody, its foreign ministry said.",
        "2021-03-05",
    )

    (row,) = ledger.check(
        onrecord.document("Kenya is still holding 20 captured Somali soldiers.", published="2021-03-08")
    )

    assert row.verdict == "outdated"
    assert "gave 18" in row.reason


def test_a_number_is_no_other_figure_than_several(ledger: OpenLedger) -> None:
    add(ledger, "a", "Between 15 and 20 prisoners were seen on lorries, a district official said.", "2021-03-03")

    (row,) = ledger.check(
        onrecord.document("Several of the prisoners have been beaten in custody.", published="2021-03-08")
    )

    assert row.verdict == "unseen"


def test_what_was_not_seen_is_left_open_and_what_has_not_begun_is_contradicted(ledger: OpenLedger) -> None:
    add(
        ledger,
        "a",
        "A Somali unit clashed with Kenyan soldiers near Kismayo on March 5, the mayor of Kismayo said.",
        "2021-03-06",
    )
    add(
        ledger,
        "b",
        "Kenyan soldiers have not been seen in combat so far, the foreign minister of Ghana said.",
        "2021-03-09",
        "Post",
    )
    add(
        ledger,
        "c",
        "Kenyan soldiers have not fought any Somali forces, Kenya's defence minister said.",
        "2021-03-10",
        "Post",
    )

    found = {(r.kind, r.document, r.to_document) for r in ledger.relations()}

    assert ("leaves open", "b", "a") in found
    assert ("contradicts", "c", "a") in found
    assert not any(kind == "contradicts" and document == "b" for kind, document, _ in found)


def test_what_shares_a_word_or_two_with_a_denial_does_not_contradict_it(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya denied sending troops to Somalia.", "2021-03-03")
    add(
        ledger,
        "b",
        "Ghana is weighing whether to send a team to Addis Ababa that would watch what the armies of Kenya, Uganda and their allies buy "
        "and train with, its defence minister said.",
        "2021-03-04",
    )
    add(ledger, "c", "Kenya has sent 300 troops to Somalia, the mayor of Kismayo said.", "2021-03-05")

    assert {(r.document, r.to_document) for r in ledger.relations()} == {("c", "a")}


def test_outlets_of_one_publisher_are_one_origin_at_most_on_nobodys_word(ledger: OpenLedger) -> None:
    told = (
        "The old bridge over the Tana collapsed on Tuesday near Garissa.",
        "On Tuesday the old bridge near Garissa on the Tana collapsed.",
    )
    add(ledger, "a", told[0], "2021-03-03", "The Times")
    add(ledger, "b", told[1], "2021-03-03", "The Sun")

    (row,) = ledger.check(
        onrecord.document("The old bridge over the Tana near Garissa collapsed.", published="2021-03-08")
    )
    assert row.origins == (1, 1)

    add(ledger, "c", told[1] + " Nobody was hurt.", "2021-03-03", "Lake Post")
    (row,) = ledger.check(
        onrecord.document("The old bridge over the Tana near Garissa collapsed.", published="2021-03-08")
    )
    assert row.origins == (1, 2)
