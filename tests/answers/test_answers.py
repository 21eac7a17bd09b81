"""The answers, over small ledgers made here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord import OpenLedger
from onrecord.answers.assertions import Asked, assertion_rows
from onrecord.answers.figures import _main_countries
from onrecord.answers.rows import CheckRow
from onrecord.errors import QueryError
from onrecord.ledger.store import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[OpenLedger]:
    with onrecord.open_ledger(tmp_path / "ledger.db") as opened:
        yield opened


def add(ledger: OpenLedger, label: str, text: str, published: str, outlet: str = "Wire") -> None:
    ledger.add_document(onrecord.document(text, label=label, published=published, outlet=outlet))


def check(ledger: OpenLedger, text: str, *, as_of: str | None = None) -> CheckRow:
    (row,) = ledger.check(onrecord.document(text, published="2021-03-20"), as_of=as_of)
    return row


def test_a_revision_a_disagreement_and_an_agreement_are_told_apart(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's interior ministry said that 12 civilians were killed in Garissa.", "2021-03-01")
    add(ledger, "b", "Kenya's interior ministry said that 31 civilians were killed in Garissa.", "2021-03-03")
    add(ledger, "c", "The rebels said that 90 civilians were killed in Garissa.", "2021-03-04")
    add(ledger, "d", "A doctor said that about 30 civilians were killed in Garissa.", "2021-03-05")

    rows = ledger.figures("civilians killed")

    assert [(r.document, r.standing) for r in rows] == [
        ("a", "first"),
        ("b", "revises"),
        ("c", "disagrees"),
        ("d", "agrees"),
    ]
    assert "31" in rows[3].reason


def test_an_increment_is_no_revision(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's army said that 1,500 Kenyan soldiers had been sent to Garissa.", "2021-03-01")
    add(ledger, "b", "Kenya's army said that another 1,500 Kenyan soldiers had been sent to Garissa.", "2021-03-03")
    add(ledger, "c", "Kenya's army said that 3,000 Kenyan soldiers had been sent to Garissa.", "2021-03-04")

    assert [(r.document, r.standing) for r in ledger.figures()] == [("a", "first"), ("b", "adds"), ("c", "revises")]


def test_another_period_is_another_scope(ledger: OpenLedger) -> None:
    add(
        ledger, "a", "Kenya's interior ministry said that 12 civilians were killed in Garissa in January.", "2021-02-01"
    )
    add(
        ledger,
        "b",
        "Kenya's interior ministry said that 31 civilians were killed in Garissa in February.",
        "2021-03-03",
    )

    rows = ledger.figures("civilians killed")

    assert [r.standing for r in rows] == ["first", "other scope"]
    assert "January" in rows[1].reason
    assert "February" in rows[1].reason


def test_two_names_of_one_town_are_one_scope(ledger: OpenLedger) -> None:
    add(
        ledger, "a", "Ukraine's interior ministry said that 12 civilians were killed in Bakhmut, Ukraine.", "2021-03-01"
    )
    add(
        ledger,
        "b",
        "Ukraine's interior ministry said that 31 civilians were killed in Artemivsk, Ukraine.",
        "2021-03-03",
    )

    assert [r.standing for r in ledger.figures("civilians killed")] == ["first", "revises"]


def test_a_denied_figure_supports_nothing(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's army denied that 12 civilians were killed in Garissa.", "2021-03-01")
    add(ledger, "b", "Somalia's government denied that 12 civilians were killed in Garissa.", "2021-03-02")
    row = check(ledger, "In all, 12 civilians were killed in Garissa.")

    assert row.verdict == "contested"
    assert {e.stance for e in row.evidence} == {"against"}
    assert {r.standing for r in ledger.figures()} == {"denied"}


def test_a_claim_with_two_figures_is_as_good_as_the_worse_one(ledger: OpenLedger) -> None:
    add(
        ledger,
        "a",
        "Kenya's army said that 12 civilians were killed in Garissa and 112 civilians were wounded there.",
        "2021-03-01",
    )
    (row,) = ledger.check(
        onrecord.document(
            "The attack in Garissa killed 31 civilians, with 112 civilians wounded.", published="2021-03-20"
        )
    )

    assert row.verdict == "contested"
    assert row.reason.startswith("31")


def test_a_figure_with_a_unit_is_compared(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's bank said that prices in Garissa rose by 40 percent.", "2021-03-01")

    assert check(ledger, "Prices in Garissa rose by 12 percent.").verdict == "contested"


def test_another_place_or_another_year_is_no_support(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's army said that the bridge at El Obeid was destroyed in June 2019.", "2019-06-20")

    assert check(ledger, "The bridge at El Fasher was destroyed in June 2019.").verdict == "unseen"
    assert check(ledger, "The bridge at El Obeid was destroyed in January 2021.").verdict == "unseen"
    assert check(ledger, "The bridge at El Obeid was destroyed in June 2019.").verdict == "single-source"


def test_a_figure_of_another_place_is_named_and_not_compared(ledger: OpenLedger) -> None:
    add(
        ledger,
        "a",
        "Kenya's interior ministry said that 12 civilians were killed in Garissa in the attack.",
        "2021-03-01",
    )

    row = check(ledger, "Kenya's interior ministry said that 30 civilians were killed in Mombasa in the attack.")

    assert row.verdict == "unseen"
    assert "not compared with 12" in row.reason
    assert "one is for Mombasa, the other for Garissa" in row.reason


def test_a_copy_of_the_checked_text_is_no_evidence_for_it(ledger: OpenLedger) -> None:
    text = "Kenya's army said that the old stone bridge at Garissa was destroyed by a drone at dawn."
    add(ledger, "a", text, "2021-03-01", outlet="Post")

    assert check(ledger, text).verdict == "unseen"


def test_a_later_smaller_figure_of_another_source_outdates_nothing(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's army said that 12 civilians were killed in Garissa.", "2021-03-01")
    add(ledger, "b", "A witness said that four civilians were killed in Garissa.", "2021-03-03")
    add(ledger, "c", "Officials said that two civilians were killed in Garissa.", "2021-03-04")

    assert check(ledger, "In all, 12 civilians were killed in Garissa.").verdict == "single-source"


def test_a_figure_row_points_at_its_own_words(ledger: OpenLedger) -> None:
    text = "Kenya's interior ministry said that at least 12 civilians were killed."
    add(ledger, "a", text, "2021-03-01")
    (row,) = ledger.figures()

    assert text[row.start : row.end] == row.text == "at least 12"
    assert (row.low, row.best, row.high, row.published) == (12.0, None, None, "2021-03-01")


def test_what_was_published_later_is_not_known_then(ledger: OpenLedger) -> None:
    add(ledger, "a", "The ministry said that 12 civilians were killed.", "2021-03-01")
    add(ledger, "b", "The ministry said that 31 civilians were killed.", "2021-03-03")

    assert [r.document for r in ledger.figures(as_of="2021-03-02")] == ["a"]
    assert [r.document for r in ledger.figures(as_of="2021-03-03")] == ["a", "b"]
    assert check(ledger, "Twelve civilians were killed.", as_of="2021-02-01").verdict == "unseen"


def test_two_independent_sides_corroborate(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's army said that the bridge at Garissa was destroyed.", "2021-03-01")
    add(ledger, "b", "Somalia's government said that the bridge at Garissa had been destroyed.", "2021-03-02")
    row = check(ledger, "The bridge at Garissa was destroyed.")

    assert (row.verdict, row.origins) == ("corroborated", (2, 2))
    assert {e.document for e in row.evidence} == {"a", "b"}
    assert all(e.stance == "for" and e.text and e.reason for e in row.evidence)


def test_one_briefing_in_many_outlets_is_a_single_source(ledger: OpenLedger) -> None:
    for outlet in ("Wire", "Post", "Herald"):
        add(
            ledger,
            outlet,
            "Kenya's army said on Monday that the bridge at Garissa was destroyed.",
            "2021-03-02",
            outlet,
        )
    row = check(ledger, "The bridge at Garissa was destroyed.")

    assert (row.verdict, row.origins) == ("single-source", (1, 1))


@pytest.mark.parametrize(("outlets", "verdict"), [(1, "single-source"), (2, "corroborated"), (3, "corroborated")])
def test_newsrooms_on_their_own_word_that_nothing_shows_to_be_one_bear_a_claim_out(
    ledger: OpenLedger, outlets: int, verdict: str
) -> None:
    """None of them is shown to be independent, so the interval begins at one all the same."""
    texts = (
        "The bridge at Garissa was destroyed on Monday.",
        "Late on Monday a blast destroyed the old bridge at Garissa.",
        "Garissa woke up to find its bridge destroyed.",
    )
    for outlet, text in list(zip(("Wire", "Post", "Herald"), texts, strict=True))[:outlets]:
        add(ledger, outlet, text, "2021-03-02", outlet)
    row = check(ledger, "The bridge at Garissa was destroyed.")

    assert (row.verdict, row.origins) == (verdict, (1, outlets))
    assert ("none is known to be independent" in row.reason) is (verdict == "corroborated")


def test_what_a_source_gives_now_decides_about_what_it_is_said_to_give(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's interior ministry said that 12 civilians were killed in Garissa.", "2021-03-01")
    add(ledger, "b", "Kenya's interior ministry said that 31 civilians were killed in Garissa.", "2021-03-03")
    add(
        ledger,
        "c",
        "Last week the interior ministry had said that 12 civilians were killed in Garissa, Kenya.",
        "2021-03-09",
    )
    row = check(ledger, "Kenya's interior ministry says that 12 civilians were killed in Garissa.")
    never = check(ledger, "Kenya's interior ministry says that 50 civilians were killed in Garissa.")

    assert (row.verdict, never.verdict) == ("outdated", "contested")
    assert "itself gave 31" in row.reason


def test_a_source_may_have_given_another_figure_since_it_was_last_read(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's army said that 12 civilians were killed in Garissa.", "2021-03-02")
    add(ledger, "b", "The Red Cross said that 31 civilians were killed in Garissa.", "2021-03-04")
    add(ledger, "c", "The United Nations said that 31 civilians were killed in Garissa.", "2021-03-04", "Post")
    row = check(ledger, "Kenya's army said that 31 civilians were killed in Garissa.")

    assert (row.verdict, row.origins) == ("corroborated", (2, 2))


def test_officials_of_one_state_are_one_side_in_however_many_papers(ledger: OpenLedger) -> None:
    for outlet in ("Wire", "Post", "Herald"):
        add(
            ledger,
            outlet,
            f"Kenyan officials told the {outlet} that the bridge at Garissa was destroyed.",
            "2021-03-02",
            outlet,
        )

    assert check(ledger, "The bridge at Garissa was destroyed.").verdict == "single-source"


def test_a_second_shipload_does_not_revise_the_first(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's navy said that the boat landed six tonnes of stores at Lamu.", "2021-03-02")
    add(ledger, "b", "Kenya's navy said that on March 12 the boat landed nine tonnes of stores at Lamu.", "2021-03-13")

    assert check(ledger, "The boat landed six tonnes of stores at Lamu.").verdict == "single-source"


def test_who_foretells_a_thing_bears_out_that_it_is_planned(ledger: OpenLedger) -> None:
    add(ledger, "a", "The envoys will meet in Lamu on April 28, Kenya's foreign ministry said.", "2021-03-02")
    planned = check(ledger, "The envoys are to meet in Lamu on April 28.")
    done = check(ledger, "The envoys met in Lamu on April 28.")

    assert (planned.verdict, done.verdict) == ("single-source", "unseen")


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        (
            "A charity gave 20,000 shillings to each family in Garissa.",
            "A charity gave half a million shillings to each family in Garissa.",
        ),
        (
            "Thousands of displaced families from Garissa camp at the lake.",
            "Cholera has killed 90 of the displaced families from Garissa at the lake.",
        ),
    ],
)
def test_words_bear_no_claim_out_whose_figures_they_do_not(ledger: OpenLedger, held: str, asked: str) -> None:
    add(ledger, "a", held, "2021-03-01")

    assert check(ledger, asked).verdict in ("unseen", "contested")


def test_an_order_to_leave_is_not_that_they_left(ledger: OpenLedger) -> None:
    add(ledger, "a", "A court ordered Kenya to withdraw its marines from Lamu.", "2021-03-02")
    add(ledger, "b", "Kenya's marines are to leave Lamu by March 30, the envoys said.", "2021-03-02")
    add(ledger, "c", "Kenya's marines left Lamu on Tuesday, the mayor said.", "2021-03-03")
    row = check(ledger, "Kenya's marines have left Lamu.")

    assert [e.document for e in row.evidence] == ["c"]


def test_deaths_without_their_number_bear_out_no_toll(ledger: OpenLedger) -> None:
    add(ledger, "a", "Rumours spread after the deaths of soldiers at Lokiru.", "2021-03-02")
    add(ledger, "b", "Four soldiers were killed at Lokiru, the army said.", "2021-03-02")

    assert [e.document for e in check(ledger, "Four soldiers were killed at Lokiru.").evidence] == ["b"]


def test_a_denial_alone_contests(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's army denied that the bridge at Garissa was destroyed.", "2021-03-01")
    row = check(ledger, "The bridge at Garissa was destroyed.")

    assert row.verdict == "contested"
    assert [e.stance for e in row.evidence] == ["against"]


def test_a_toll_that_has_grown_since_is_outdated(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's interior ministry said that 12 civilians were killed in Garissa.", "2021-03-01")
    add(ledger, "b", "Kenya's interior ministry said that 31 civilians were killed in Garissa.", "2021-03-03")
    row = check(ledger, "In all, 12 civilians were killed in Garissa.")

    assert row.verdict == "outdated"
    assert "31" in row.reason


def test_a_figure_that_the_words_take_back_is_outdated_whoever_gives_the_new_one(ledger: OpenLedger) -> None:
    add(
        ledger, "a", "The army said that 800 litres of smuggled fuel were found in the tanks of the ship.", "2021-03-01"
    )
    new = "A laboratory found 1,100 litres of smuggled fuel in the tanks of the ship and not the 800 litres announced at first, the judge said."
    add(ledger, "b", new, "2021-03-05", "Post")
    row = check(ledger, "There were 800 litres of smuggled fuel in the tanks of the ship.")

    assert row.verdict == "outdated"
    assert row.reason == "given last on 2021-03-01; on 2021-03-05 judge gave 1,100"
    assert [(e.document, e.stance) for e in row.evidence] == [("a", "for"), ("b", "differs")]


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("The mayor said that 3 Kenyan soldiers and 4 Ugandan soldiers were hurt.", []),
        ("The mayor said that 3 Kenyan soldiers, 5 Kenyan policemen and 4 Ugandan soldiers were hurt.", ["KE"]),
        ("Two Kenyan ships, three Kenyan tugs and 4 Ugandan soldiers were lost, the mayor said.", ["UG"]),
    ],
)
def test_whose_people_a_document_counts_takes_a_majority(text: str, main: list[str]) -> None:
    assert list(_main_countries(onrecord.read(onrecord.document(text))).values()) == main


def test_a_figure_that_nobody_gave_is_contested(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's interior ministry said that 12 civilians were killed in Garissa.", "2021-03-01")

    assert check(ledger, "In all, 500 civilians were killed in Garissa.").verdict == "contested"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("I think the war is a shameful failure.", "opinion"),
        ("I fear that it is a tragedy. The city will fall before winter.", "prediction"),
        ("I ask myself one thing. Who will rebuild the bridge?", "question"),
        ("Penguins were seen in Garissa.", "unseen"),
    ],
)
def test_what_cannot_be_looked_up_is_called_by_its_kind(ledger: OpenLedger, text: str, verdict: str) -> None:
    add(ledger, "a", "Kenya's army said that the bridge at Garissa was destroyed.", "2021-03-01")
    rows = ledger.check(onrecord.document(text, title="Opinion"))

    assert rows[-1].verdict == verdict
    assert all(row.reason for row in rows)


def test_the_checked_document_is_not_added_and_is_no_evidence_for_itself(ledger: OpenLedger) -> None:
    document = onrecord.document("Kenya's army said that the bridge at Garissa was destroyed.", published="2021-03-01")
    ledger.add_document(document)
    (row,) = ledger.check(document)

    assert row.verdict == "unseen"
    assert len(list(ledger.assertions())) == 1


def test_a_text_without_a_claim_has_no_rows(ledger: OpenLedger) -> None:
    assert ledger.check(onrecord.document("Photo gallery. Page 3. Menu.")) == []


def test_assertions_are_found_by_source_act_and_time(ledger: OpenLedger) -> None:
    add(ledger, "a", "Grace Mwangi said on March 1 that the port was safe.", "2021-03-02")
    add(ledger, "b", "The army denied that the port was safe.", "2021-03-05")

    assert [r.document for r in ledger.assertions("port", source="mwangi")] == ["a"]
    assert [r.document for r in ledger.assertions("port", act="denies")] == ["b"]
    assert [r.document for r in ledger.assertions("port", since="2021-03-02")] == ["b"]
    assert [r.document for r in ledger.assertions("port", until="2021-03-01")] == ["a"]
    assert ledger.assertions("port", source="mwangi")[0].asserted == "2021-03-01"


def test_a_date_that_is_none_is_refused_with_an_example(ledger: OpenLedger) -> None:
    with pytest.raises(QueryError, match="2021-03-10"):
        ledger.figures(as_of="9999-99-99")


def test_what_is_narrowed_is_found_however_much_was_added_since(tmp_path: Path) -> None:
    with onrecord.open_ledger(tmp_path / "ledger.db") as opened:
        opened.add_document(
            onrecord.document(
                "The U.S. Navy denied that its ship had left Mombasa.", outlet="Hill Radio", published="2021-03-01"
            )
        )
        for day in range(2, 9):
            opened.add_document(
                onrecord.document(
                    f"The mayor said that ship {day} had left Mombasa.", outlet="Wire", published=f"2021-03-0{day}"
                )
            )
    with Ledger(tmp_path / "ledger.db") as ledger:
        narrowings: tuple[dict[str, Any], ...] = (
            {"act": "denies"},
            {"source": "US Navy"},
            {"source": "U.S. Nav"},
            {"outlet": "hill"},
            {"until": datetime(2021, 3, 2)},
        )
        for narrowed in narrowings:
            for words in ("", "ship"):
                for as_of in (None, datetime(2021, 3, 20)):
                    rows = assertion_rows(ledger, Asked(words=words, most=2, as_of=as_of, **narrowed))
                    assert [row.outlet for row in rows] == ["Hill Radio"], narrowed
        assert len(assertion_rows(ledger, Asked(outlet="wire", most=3))) == 3


def test_a_word_for_those_who_are_counted_finds_all_words_for_them(ledger: OpenLedger) -> None:
    add(ledger, "a", "The mayor said that 300 Kenyan soldiers had come.", "2021-03-01")
    add(ledger, "b", "The governor said that 400 Kenyan troops had come.", "2021-03-02")
    add(ledger, "c", "The governor said that 40 tanks had come.", "2021-03-02")

    assert sorted(row.best or 0 for row in ledger.figures("troops")) == [300, 400]
    assert [row.best for row in ledger.figures("tanks")] == [40]
    assert ledger.assertions("troops")[0].document == "b"


def test_a_wide_range_is_compared_with_only_where_there_is_nothing_better(ledger: OpenLedger) -> None:
    add(ledger, "a", "The mayor said that 300 Kenyan soldiers had come.", "2021-03-01")
    add(ledger, "b", "Officials said that between 100 and 900 Kenyan soldiers had come.", "2021-03-02")
    add(ledger, "c", "The governor said that 310 Kenyan soldiers had come.", "2021-03-03")

    row = next(row for row in ledger.figures() if row.document == "c")

    assert (row.standing, row.before and row.before[0]) == ("agrees", "a")


def test_a_figure_that_its_only_source_takes_back_is_no_figure_to_judge_by(ledger: OpenLedger) -> None:
    taken_back = "The army said that the blast had killed 9 people, and not 12 as it said at first."
    add(ledger, "a", taken_back, "2021-03-05")
    rows = [check(ledger, f"The blast killed {number} people.") for number in (9, 12)]

    assert [row.verdict for row in rows] == ["single-source", "contested"]
    assert rows[1].reason.endswith("and 12 only as taken back, denied or spoken of")


def test_a_claim_is_found_in_other_words(ledger: OpenLedger) -> None:
    add(ledger, "a", "The school board said the roof of the college at Lodwar had fallen in.", "2021-03-10")

    row = check(ledger, "The ceiling of the school at Lodwar has collapsed.")

    assert row.verdict == "single-source"
    assert [e.document for e in row.evidence] == ["a"]


def test_a_figure_of_people_in_another_matter_contests_nothing(ledger: OpenLedger) -> None:
    add(
        ledger,
        "a",
        "The water board said the burst main at Lodwar had left about 9,000 people without water.",
        "2021-03-10",
    )

    for label, who in enumerate(
        ("The minister", "The envoy", "The trade delegation", "The new ambassador", "The bishop")
    ):
        add(ledger, str(label), f"{who} left Lodwar, the airport said.", "2021-03-10")

    row = check(
        ledger,
        "More than five hundred people near Lodwar found shelter in tents after the storm.",
    )

    assert row.verdict == "unseen"


def test_figures_of_other_places_and_times_are_not_compared_though_both_leave_the_place_unsaid(
    ledger: OpenLedger,
) -> None:
    about = "Rebels shelled the market of {} on Tuesday. Hospital staff spoke of {} wounded."
    add(ledger, "a", about.format("Garissa", 340), "2019-03-05")
    add(ledger, "b", about.format("Mombasa", 512), "2021-03-09")

    (row,) = [row for row in ledger.known("wounded") if "512" in row.text]

    assert {e.document for e in row.evidence} == {"b"}


def test_whose_people_a_text_does_not_say_may_be_those_of_the_claim(ledger: OpenLedger) -> None:
    add(
        ledger,
        "a",
        "Nine soldiers were killed in the fire at Mandera, the president said. Seventy Somali soldiers and 40 Somali policemen were in the town.",
        "2021-03-10",
    )

    row = check(ledger, "Seven Kenyan soldiers were killed in the fire at Mandera.")

    assert row.verdict == "contested"
    assert "Nine" in row.reason


@pytest.mark.parametrize("published", ["2021-03-09", None])
def test_what_is_only_held_against_the_ledger_may_be_of_any_time(ledger: OpenLedger, published: str | None) -> None:
    add(ledger, "a", "The port master of Mombasa said that the crane had fallen into the sea.", "2019-03-05")

    (row,) = ledger.check(onrecord.document("The crane fell into the sea near Lamu or Mombasa.", published=published))

    assert [e.document for e in row.evidence] == ["a"]


def test_a_named_source_and_a_text_that_does_not_name_it_bear_a_claim_out(ledger: OpenLedger) -> None:
    add(ledger, "a", "Governor Peter Okello said that the bridge at Lodwar had fallen.", "2021-03-10", "Hill Radio")
    add(ledger, "b", "The bridge at Lodwar fell into the river.", "2021-03-10", "Moss Herald")

    row = check(ledger, "The bridge at Lodwar has fallen.")

    assert row.verdict == "corroborated"
    assert "2 that nothing shows to be one, though none is known to be independent" in row.reason


def test_the_toll_of_a_text_of_the_same_matter_outdates_though_it_says_no_more_than_the_number(
    ledger: OpenLedger,
) -> None:
    first = "Seventeen guards were killed in the raid on the Lodwar mill, Kenya's police said."
    later = (
        "Guards have paid with their lives in the raid on the Lodwar mill. Thirty-one guards died, Kenya's police said."
    )
    add(ledger, "a", first, "2021-03-09")
    add(ledger, "b", later, "2021-03-12")

    row = check(ledger, "Seventeen guards paid with their lives in the raid on the Lodwar mill.")

    assert row.verdict == "outdated"
    assert "Thirty-one" in row.reason


def test_a_small_number_of_something_else_contests_nothing(ledger: OpenLedger) -> None:
    add(ledger, "a", "Forty Kenyans were on the bus to Lodwar, the company said.", "2021-03-10")

    assert check(ledger, "The two Kenyans on the bus to Lodwar sang.").verdict == "unseen"


def test_a_bare_figure_that_is_denied_is_of_the_claim_with_that_number(ledger: OpenLedger) -> None:
    add(
        ledger,
        "a",
        "Kenya's army denied the figure of 2,700 prisoners at Lodwar. The figure of 2,700 at Lodwar is false, Kenya's army said.",
        "2021-03-10",
    )

    row = check(ledger, "At Lodwar 2,700 prisoners came out.")

    assert row.verdict == "contested"


def test_a_number_that_was_lowered_bears_nothing_out(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya on Thursday lowered the number of people killed at Lodwar to 41 from 43.", "2021-03-10")

    row = check(ledger, "At Lodwar 43 people were killed.")

    assert row.verdict == "contested"
    assert "taken back" in row.reason


def test_what_names_no_amount_bears_out_no_amount(ledger: OpenLedger) -> None:
    add(ledger, "a", "The flood at Lodwar has destroyed maize, the governor said.", "2021-03-10")

    assert check(ledger, "The flood at Lodwar has destroyed 40,000 tonnes of maize.").verdict == "unseen"
    assert check(ledger, "The flood at Lodwar has destroyed maize.").verdict == "single-source"


def test_the_monday_of_a_text_without_a_date_may_be_any_monday(ledger: OpenLedger) -> None:
    add(ledger, "a", "The bridge at Lodwar fell on Monday.", "2021-03-02")
    add(ledger, "b", "The museum of Kisumu was closed.", "2021-03-25")

    (monday,) = ledger.check(onrecord.document("On the Monday the bridge at Lodwar fell."))
    (friday,) = ledger.check(onrecord.document("On the Friday the bridge at Lodwar fell."))

    assert monday.verdict == "single-source"
    assert friday.verdict == "unseen"


def test_what_an_outlet_calls_erroneous_it_takes_back(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya has lent Chad seven buses.", "2021-03-09", "Hill Radio")
    add(
        ledger,
        "b",
        "Moss Herald reported erroneously that Kenya has lent Chad seven buses.",
        "2021-03-10",
        "Moss Herald",
    )

    row = check(ledger, "Kenya has lent Chad seven buses.")

    assert [e.stance for e in row.evidence if e.document == "b"] == ["against"]


def test_what_was_given_last_by_none_but_one_is_outdated_by_as_many_others(ledger: OpenLedger) -> None:
    claim = "In all, 12 civilians were killed in Garissa."
    add(ledger, "a", "Mayor Peter Okello said that 12 civilians were killed in Garissa.", "2021-03-01")
    add(ledger, "b", "Coroner Ada Lund said that nine civilians were killed in Garissa.", "2021-03-03")
    assert check(ledger, claim).verdict == "outdated"

    add(
        ledger,
        "c",
        "Mayor Peter Okello said again that 12 civilians were killed in Garissa three days ago.",
        "2021-03-04",
    )
    assert check(ledger, claim).verdict == "single-source"


def test_sides_that_give_other_figures_disagree(ledger: OpenLedger) -> None:
    add(ledger, "a", "Kenya's army said that 12 civilians were killed in Garissa.", "2021-03-01")
    add(ledger, "b", "Chad's army said that nine civilians were killed in Garissa.", "2021-03-03")

    assert check(ledger, "In all, 12 civilians were killed in Garissa.").verdict == "single-source"


def test_what_is_only_recalled_is_not_given_again(ledger: OpenLedger) -> None:
    add(ledger, "a", "Governor Peter Okello said that three people were hurt at the mill in Garissa.", "2021-03-01")
    later = "Okello put the number of people hurt at the mill in Garissa at nine; he had spoken of three people hurt."
    add(ledger, "b", later, "2021-03-05", "Post")

    assert check(ledger, "Three people were hurt at the mill in Garissa.").verdict == "outdated"


def test_a_figure_that_a_later_text_calls_the_earlier_one_is_outdated(ledger: OpenLedger) -> None:
    add(ledger, "a", "The mayor said that 640 sacks of maize burned in the mill in Garissa.", "2021-03-01")
    later = (
        "Up to 910 sacks of maize burned in the mill in Garissa, the miller said on Friday, "
        "well above the 640 that the mayor had announced."
    )
    add(ledger, "b", later, "2021-03-05", "Post")
    row = check(ledger, "Some 640 sacks of maize burned in the mill in Garissa.")

    assert row.verdict == "outdated"
    assert [(e.document, e.stance) for e in row.evidence] == [("a", "for"), ("b", "differs")]


def test_who_only_speaks_of_a_figure_does_not_bear_it_out(ledger: OpenLedger) -> None:
    add(ledger, "a", "The harbour office said that 57 people were on the ferry in Lamu.", "2021-03-01")
    spoken_of = "There were 63 people on the ferry in Lamu, its captain said. The figure of 57 given by the harbour office leaves out the cooks, he said."
    add(ledger, "b", spoken_of, "2021-03-02", "Post")
    row = check(ledger, "There were 57 people on the ferry in Lamu.")

    assert row.verdict == "outdated"
    assert [e.document for e in row.evidence if e.stance == "for"] == ["a"]


def test_a_sum_of_the_same_that_differs_contests(ledger: OpenLedger) -> None:
    add(ledger, "a", "Three million shillings bought the herders free, the Lakewire reported.", "2021-03-01")
    row = check(ledger, "Five million shillings bought the herders free.")

    assert row.verdict == "contested"


def test_the_same_number_of_whatever_it_counts_bears_out_what_is_told_alike(ledger: OpenLedger) -> None:
    add(
        ledger,
        "a",
        "Nine cooks of the Lake Rescue Society were hurt at Lodwar, Kenya's police said.",
        "2021-03-01",
    )
    add(
        ledger,
        "b",
        "Nine of those who were hurt at Lodwar had the badge of the Lake Rescue Society, a baker, Grace Okello, said.",
        "2021-03-01",
        "Post",
    )
    row = check(ledger, "Nine of those hurt at Lodwar were cooks of the Lake Rescue Society.")

    assert {e.document for e in row.evidence if e.stance == "for"} == {"a", "b"}


def test_what_is_being_sent_is_borne_out_by_a_promise_to_send_it(ledger: OpenLedger) -> None:
    add(ledger, "a", "The bloc will send a hospital ship to Kenya, its president said.", "2021-03-01")
    row = check(ledger, "The bloc is sending a hospital ship to Kenya.")

    assert [(e.document, e.stance) for e in row.evidence] == [("a", "for")]


def test_unnamed_people_of_two_papers_may_be_one(ledger: OpenLedger) -> None:
    for label, outlet, who in (("a", "Wire", "A Kenyan official"), ("b", "Post", "Kenyan officials")):
        add(
            ledger,
            label,
            f"{who} said on condition of anonymity that the bridge at Lodwar had fallen.",
            "2021-03-10",
            outlet,
        )

    assert check(ledger, "The bridge at Lodwar has fallen.").verdict == "single-source"


def test_three_of_one_day_that_nothing_joins_bear_a_claim_out(ledger: OpenLedger) -> None:
    told = "Armed men burned the granary in Lodwar."
    for label, day, outlet in (("a", "2021-03-01", "Wire"), ("b", "2021-03-01", "Post"), ("c", "2021-03-02", "Reed")):
        add(ledger, label, told, day, outlet)
    assert check(ledger, "Armed men burned the granary in Lodwar.").verdict == "corroborated"


def test_a_source_that_takes_its_word_back_in_the_same_text_still_speaks_against_it(ledger: OpenLedger) -> None:
    said = "The bridge at Garissa was mined, the Lake Movement said on Monday."
    add(ledger, "a", f"{said} On Thursday the Lake Movement denied that the bridge at Garissa was mined.", "2021-03-05")
    row = check(ledger, "The bridge at Garissa was mined.")

    assert (row.verdict, {evidence.stance for evidence in row.evidence}) == ("contested", {"for", "against"})
