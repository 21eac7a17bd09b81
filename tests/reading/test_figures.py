"""How many, of what, and what happened to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.reading.numbers import numbers_in
from onrecord.records import Approximator, Figure
from tests.builders import a_document, grows_with

Bounds = tuple[float | None, float | None, float | None]


def figures(text: str) -> list[Figure]:
    return [f for a in onrecord.read(a_document(text)) for f in a.figures]


def figure(text: str) -> Figure:
    (found,) = [f for a in onrecord.read(a_document(text)) for f in a.figures]
    return found


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("12 people", (12, 12, 12)),
        ("1,200 people", (1200, 1200, 1200)),
        ("twelve people", (12, 12, 12)),
        ("twenty-one people", (21, 21, 21)),
        ("two hundred and fifty people", (250, 250, 250)),
        ("3.5 million people", (3.5e6, 3.5e6, 3.5e6)),
        ("half a million people", (5e5, 5e5, 5e5)),
        ("a dozen people", (12, 12, 12)),
        ("about 300 people", (None, 300, None)),
        ("some 300 people", (None, 300, None)),
        ("nearly 300 people", (None, 300, None)),
        ("a couple thousand people", (None, 2000, None)),
        ("at least 31 people", (31, None, None)),
        ("more than 31 people", (31, None, None)),
        ("no fewer than 31 people", (31, None, None)),
        ("31 or more people", (31, None, None)),
        ("up to 400 people", (None, None, 400)),
        ("as many as 400 people", (None, None, 400)),
        ("fewer than 400 people", (None, None, 400)),
        ("between 25 and 30 people", (25, None, 30)),
        ("10,000 to 12,000 people", (10000, None, 12000)),
        ("2 to 5 thousand people", (2000, None, 5000)),
        ("dozens of people", (12, None, 120)),
        ("tens of thousands of people", (10000, None, 100000)),
        ("several hundred people", (300, None, None)),
        ("just under 300 people", (None, 300, 300)),
        ("just over 300 people", (300, 300, None)),
        ("a .5 share", (0.5, 0.5, 0.5)),
        ("fell by 3 to 5 percent", (3, None, 5)),
    ],
)
def test_words_give_their_bounds(words: str, bounds: Bounds) -> None:
    (number,) = numbers_in(words)

    assert (number.low, number.best, number.high) == bounds


@pytest.mark.parametrize(
    "words",
    [
        "on 3 March 2021",
        "in 2014",
        "at 17:30",
        "the 22nd division",
        "a T-72 tank",
        "an M142",
        "on April 28",
        "2021-03-10",
    ],
)
def test_dates_times_ordinals_and_models_are_no_quantities(words: str) -> None:
    assert list(numbers_in(words)) == []


def test_a_toll_has_its_status_and_what_is_counted() -> None:
    found = figure("The ministry said that 31 civilians were killed in the camp.")

    assert (found.best, found.counted, found.status) == (31, "civilians", "killed")


def test_wounded_are_not_killed() -> None:
    statuses = {
        f.best: f.status
        for a in onrecord.read(a_document("The mayor said 31 people were killed and 12 soldiers were wounded."))
        for f in a.figures
    }

    assert statuses == {31: "killed", 12: "wounded"}


def test_whose_people_are_counted_is_told() -> None:
    assert figure("The general said 300 Kenyan soldiers had left.").whose == "KE"
    assert figure("The general said Kenya had sent 300 soldiers to the border.").whose == "KE"


def test_what_those_who_are_counted_are_is_told() -> None:
    found = figure("Seventeen of those on board were Kenyans, the ministry said.")

    assert (found.counted, found.whose) == ("Kenyans", "KE")


def test_another_adds_to_an_earlier_figure() -> None:
    assert figure("The envoy said another 1,500 soldiers had arrived.").increment


def test_a_percentage_is_a_unit() -> None:
    found = figure("The bank said that prices rose by 12 percent.")

    assert (found.unit, found.change) == ("percent", "up")


def test_the_finest_place_behind_a_figure_is_its_scope() -> None:
    assert figure("The general said 300 soldiers were in Kenya's Turkana region.").place == "Turkana"


@given(st.integers(min_value=11, max_value=999_999).filter(lambda n: not 1700 <= n <= 2099))
def test_a_written_integer_is_read_back(value: int) -> None:
    (number,) = numbers_in(f"The army lost {value:,} men there.")

    assert number.best == value
    assert number.approximator is Approximator.EXACT


@given(st.text(max_size=300))
def test_no_text_breaks_the_grammar_and_every_span_cuts_its_words(text: str) -> None:
    for number in numbers_in(text):
        assert 0 <= number.span.start <= number.core.start < number.core.end <= number.span.end <= len(text)


@pytest.mark.parametrize(
    "bait", ["1 ", "1,", "one ", "between ", "$1", "at least ", "a few ", "12-", "12,00,", "1 200 ", "1 200 men "]
)
def test_the_grammar_is_linear_in_the_text(bait: str) -> None:
    assert grows_with(lambda times: list(numbers_in(bait * times))) < 12


@pytest.mark.parametrize(
    "text",
    [
        "The company bought a 650 Kestrel in Goma.",
        "The team was named among the top three on Sunday.",
        "The match between the towns ended 4-1 on Sunday.",
        "It was the work of the Lake Nine group in Goma.",
    ],
)
def test_names_ranks_and_scores_are_no_figures(text: str) -> None:
    assert [f for a in onrecord.read(a_document(text)) for f in a.figures] == []


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("A man aged 44 was arrested in Goma.", 44),
        ("Nobody over the age of 21 was hurt in Goma.", 21),
        ("Grace Mwangi, 44, was arrested in Goma.", 44),
        ("The police arrested the girl, who was 10.", 10),
    ],
)
def test_an_age_is_not_a_count(text: str, age: float) -> None:
    found = figure(text)

    assert (found.unit, found.counted) == ("year of age", None)
    assert age in found.values


def test_a_number_of_two_words_is_no_score() -> None:
    assert figure("Sixty-two wounded were brought to the hospital on Monday.").best == 62


def test_the_level_reached_is_no_change() -> None:
    first, second = (f for a in onrecord.read(a_document("Prices rose by 10 cents to 240 cents.")) for f in a.figures)

    assert (first.change, second.change) == ("up", None)


def test_a_unit_may_be_written_onto_the_digits() -> None:
    assert figure("The convoy drove 80km on Monday.").unit == "kilometre"


@pytest.mark.parametrize(
    "text",
    [
        "Call +1 212 555-0143 or (212) 555-0144 for details.",
        "99/99/9999 was given as the date.",
        "7" * 2000 + " soldiers were killed.",
        "1 " * 500,
        "North 12 34 56\nSouth 7 8 9\nEast 1 2 3",
        "The village won 3-1 on Sunday.",
        "They lost 1-3 to the visitors.",
        "The motion passed 52-48.",
    ],
)
def test_telephone_numbers_tables_and_results_are_no_figures(text: str) -> None:
    assert [f for a in onrecord.read(a_document(text)) for f in a.figures] == []


def test_a_short_range_takes_the_thousands_of_its_end() -> None:
    moved = figure("Some 10-12,000 soldiers moved.")
    assert (moved.low, moved.high) == (10_000, 12_000)


def test_a_year_is_no_count_and_the_number_behind_it_is() -> None:
    assert figure("In 2022 alone, 300 people died.").best == 300


def test_the_one_of_all_but_one_is_none_of_those_killed() -> None:
    (found,) = [
        f
        for a in onrecord.read(a_document("All but one of the Kenyan soldiers were killed, the general said."))
        for f in a.figures
    ]

    assert (found.best, found.status) == (1, "excepted")


@pytest.mark.parametrize(
    ("text", "counted", "status", "unit"),
    [
        ("Sea mines were found. The navy warned of at least three of them.", "Sea mines", None, None),
        ("Four sailors are dead, three of them officers.", "officers", None, None),
        ("Four sailors are missing. The navy has buried three of them.", "sailors", None, None),
        ("Five men are among the six still missing, he said.", None, "missing", None),
        ("The 12 wounded were taken away.", None, "wounded", None),
        ("The navy found 40 million litres, and not the thirty million announced.", None, None, "litre"),
        ("Output fell to 40 tonnes from 60.", None, None, "tonne"),
    ],
)
def test_a_number_that_stands_for_itself_is_told_by_what_is_beside_it(
    text: str, counted: str | None, status: str | None, unit: str | None
) -> None:
    last = [f for a in onrecord.read(a_document(text)) for f in a.figures][-1 if "12" not in text else 0]

    assert (last.counted, last.status, last.unit) == (counted, status, unit)


def test_whose_people_are_counted_is_not_told_by_an_enumeration_or_by_soldiers() -> None:
    crew = "The crew are four Danes and two Finns. All six are in good health."
    fled = "Some 200 Kenyan soldiers were there. More than 7,000 people have left."

    assert [f.whose for a in onrecord.read(a_document(crew)) for f in a.figures] == ["DK", "FI", None]
    assert [f.whose for a in onrecord.read(a_document(fled)) for f in a.figures] == ["KE", None]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Four fishermen are dead.", "killed"),
        ("Three of the crew are dead.", "killed"),
        ("Two of the drivers have not been found.", "missing"),
        ("Nine sailors are tired.", None),
    ],
)
def test_what_is_said_to_be_so_of_those_counted_is_their_status(text: str, status: str | None) -> None:
    (figure,) = (f for a in onrecord.read(onrecord.document(text, published="2021-03-10")) for f in a.figures)

    assert figure.status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The death toll from the crash near Lodwar has climbed to 64, the mayor said.", "killed"),
        ("The mayor said that nineteen hostages seized by rebels were freed on Friday.", "released"),
        ("Nineteen Chadian prisoners are to be freed.", "released"),
        ("The army said that it held nineteen prisoners.", "captured"),
        ("Four soldiers freed from captivity were killed on Monday.", "killed"),
        ("The toll of wounded had reached 450.", "wounded"),
    ],
)
def test_what_came_of_those_counted(text: str, status: str) -> None:
    assert figure(text).status == status


def test_a_number_behind_a_state_counts_what_was_counted_before() -> None:
    text = "The fighting goes on, with Kenya reporting 25 deaths and Chad 13, the mayor said."
    found = [f for a in onrecord.read(a_document(text)) for f in a.figures]

    assert [(f.best, f.status, f.counted) for f in found] == [(25.0, "killed", "deaths"), (13.0, "killed", "deaths")]


@pytest.mark.parametrize(
    "text", ["The injury toll stands at 230.", "The mayor released 30 pages.", "The toll was taken from 40 drivers."]
)
def test_other_tolls_and_other_things_are_neither_dead_nor_freed(text: str) -> None:
    assert figure(text).status is None


@pytest.mark.parametrize(
    "text",
    [
        "Seventy miners paid with their lives at the pit.",
        "In Chad 37 people lost their lives.",
        "The storm claimed seven lives.",
        "The fire took the lives of eleven miners.",
        "The raid cost the army of the north 16 soldiers.",
        "Five herders were slaughtered at a well.",
        "The raid cost the rebels nine men.",
        "Kenya buried 33 soldiers on Friday.",
        "Kenya's death toll is now 63.",
    ],
)
def test_lives_that_are_lost_are_dead(text: str) -> None:
    assert figure(text).status == "killed"


@pytest.mark.parametrize(
    "text",
    [
        "Three officials lost their jobs.",
        "The trip cost the minister nine hours.",
        "The storm cost 40 people their homes.",
        "The president was buried by 16 soldiers.",
        "Rubble buried 40 people for hours.",
        "The flood cost thousands of people their homes.",
        "The plan will cost each of the 400 soldiers a month's pay.",
    ],
)
def test_what_else_is_lost_is_not_dead(text: str) -> None:
    assert figure(text).status != "killed"


def test_a_country_counts_its_own_losses() -> None:
    assert figure("After a week of raids Kenya has lost 41 people.").whose == "KE"


def test_a_part_of_those_counted_has_the_name_of_the_part() -> None:
    six, two = figures("The fire killed six miners in Garissa, two of them women.")

    assert (six.counted, two.counted) == ("miners", "women")


def test_the_clock_of_an_entry_of_a_running_report_is_no_figure() -> None:
    assert [f.best for f in figures("12.10 Eight miners have been found.")] == [8]
    assert [f.best for f in figures("16.25 — The mayor says that five more have died.")] == [5]
    assert [f.best for f in figures("3.45 million people have fled.")] == [3_450_000]


def test_the_toll_that_a_country_has_is_of_its_people() -> None:
    (toll,) = figures("Chad's death toll is now 58.")

    assert (toll.best, toll.whose, toll.status) == (58, "TD", "killed")
    assert {f.whose for f in figures("Kenya's death toll stands at 58, Chad's at 30.")} != {"KE"}


@pytest.mark.parametrize(
    ("text", "value", "unit", "counted"),
    [
        ("They were 107-millimetre shells, the mayor said.", 107, "millimetre", None),
        ("They were 107mm shells, the mayor said.", 107, "millimetre", None),
        ("The mayor announced a four-day curfew.", 4, "day", None),
        ("The lorry had a 5.2 litre engine, the mayor said.", 5.2, "litre", None),
        ("The convoy drove 80 kilometers, the mayor said.", 80, "kilometre", None),
        ("The mayor said that four guards came.", 4, None, "guards"),
    ],
)
def test_a_number_may_measure_a_thing(text: str, value: float, unit: str | None, counted: str | None) -> None:
    found = figure(text)

    assert (found.best, found.unit, found.counted) == (value, unit, counted)


def test_those_counted_beside_a_measure_keep_their_name() -> None:
    nine, measure = figures("Nine 107-mm shells were fired at Garissa, the mayor said.")

    assert (nine.counted, nine.status) == ("shells", "fired")
    assert (measure.unit, measure.status) == ("millimetre", None)


def test_an_age_may_be_joined_with_hyphens() -> None:
    assert figure("An eight-year-old boy was hurt, the mayor said.").unit == "year of age"
    assert figure("An 80-year-old bridge was hit, the mayor said.").unit == "year"


def test_what_is_held_and_measured_is_no_prisoner() -> None:
    assert figure("The store held 900 tonnes of maize, the mayor said.").status is None
    assert figure("The rebels held 90 soldiers, the mayor said.").status == "captured"


def test_a_count_that_went_down_is_of_nothing_shot_down() -> None:
    assert {f.status for f in figures("The mayor counts 17 lorries on the quay, down from 21.")} == {None}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The dead number 19, the mayor said.", "killed"),
        ("The wounded now number 40, the mayor said.", "wounded"),
        ("The fire raised the number of those killed to 19, the mayor said.", "killed"),
        ("The mayor gave 19 as the number of people wounded in the fire.", "wounded"),
    ],
)
def test_a_toll_may_be_told_by_the_word_number(text: str, status: str) -> None:
    found = figure(text)

    assert (found.counted, found.status) == ("people", status)


def test_deaths_are_those_of_the_state_that_reports_them() -> None:
    assert figure("Kenya reported 25 deaths on Monday.").whose == "KE"
    assert figure("Kenya reported 25 thefts on Monday.").whose is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 200 men and 1 500 000 people", [1200, 1_500_000]),
        ("12,00,000 people, he said", [1_200_000]),
        ("12 lakh people, 5 crores, two lakh crore", [1_200_000, 50_000_000, 2e12]),
        ("Flight MH 370 239 people", [370, 239]),
        ("of 40 120 were killed", [40, 120]),
        ("call +254 712 345 600 for help", [254]),
        ("120 130 140 points", []),
        ("the 100 200 and 400 metres", [100, 200, 400]),
    ],
)
def test_numbers_are_grouped_by_commas_and_spaces_where_they_can_be(text: str, numbers: list[float]) -> None:
    assert [number.best for number in numbers_in(text)] == numbers


def test_the_first_number_has_the_scale_of_the_second() -> None:
    assert [(n.low, n.high) for n in numbers_in("2 to 5 millions, between 2 and 5 crores, lakhs of people")] == [
        (2e6, 5e6),
        (2e7, 5e7),
        (1e5, 1e6),
    ]
