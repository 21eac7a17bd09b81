"""Places: which words name them, which place is meant, and what only looks like one."""

from __future__ import annotations

import pytest

from onrecord.reading.countries import countries_in
from onrecord.reading.network import seen
from onrecord.reading.nlp import parsed
from onrecord.reading.places import places_in
from onrecord.records import Place, Precision


def places(text: str) -> list[Place]:
    (pieces,) = parsed([(text, 0)])
    return [place for p in pieces for place in places_in(p.doc, tuple(countries_in(p.doc.text)), seen(p.doc))]


def literal(text: str) -> dict[str, Place]:
    return {place.name: place for place in places(text) if not place.associative}


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("Troops shelled Chasiv Yar on Monday.", "Chasiv Yar", "UA", Precision.SETTLEMENT),
        ("The army left Khan Younis on Monday.", "Khan Younis", "PS", Precision.SETTLEMENT),
        ("Fighting went on near El Fasher on Monday.", "El Fasher", "SD", Precision.SETTLEMENT),
        ("Soldiers were sent to Kursk Oblast on Monday.", "Kursk Oblast", "RU", Precision.REGION),
        ("Two civilians died in the Donetsk region on Monday.", "Donetsk", "UA", Precision.REGION),
        ("Rebels advanced in North Kivu on Monday.", "North Kivu", "CD", Precision.REGION),
        ("Ships were attacked in the Red Sea on Monday.", "Red Sea", None, Precision.AREA),
        ("Violence spread in Burkina Faso on Monday.", "Burkina Faso", "BF", Precision.COUNTRY),
        ("Police arrested a man in Springfield, Ill., on Monday.", "Springfield", "US", Precision.SETTLEMENT),
    ],
)
def test_a_place_is_found_and_put_on_the_map(text: str, name: str, country: str | None, precision: Precision) -> None:
    place = literal(text)[name]
    assert (place.country, place.precision) == (country, precision)
    assert place.latitude is not None
    assert place.longitude is not None
    assert place.reason


def test_a_former_name_is_the_same_place() -> None:
    now, then = literal("Troops entered Bakhmut in Ukraine."), literal("Troops entered Artemivsk in Ukraine.")
    assert now["Bakhmut"].entry == then["Artemivsk"].entry is not None


def test_the_place_named_behind_a_comma_decides() -> None:
    first = literal("A fire broke out in Tripoli, Lebanon, on Monday.")["Tripoli"]
    second = literal("A fire broke out in Tripoli, Libya, on Monday.")["Tripoli"]
    assert (first.country, second.country) == ("LB", "LY")
    assert "named behind it" in first.reason
    assert second.entry in first.others


def test_other_places_of_the_text_decide() -> None:
    far = literal("Flights between Dallas and Odessa were delayed by storms in Texas.")
    near = literal("Drones struck Mykolaiv and Odessa in Ukraine.")
    assert (far["Odessa"].country, near["Odessa"].country) == ("US", "UA")


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton and Jack London met Jordan Henderson.",
        "The Labour Party and Manchester United won on Saturday.",
        "The Washington Post and The New York Times disagreed.",
        "Kurdish fighters signed the Minsk agreements.",
        "President Washington thanked Mr. London.",
    ],
)
def test_a_person_a_party_or_a_club_is_no_place(text: str) -> None:
    assert literal(text) == {}


def test_a_people_and_a_government_say_who_and_not_where() -> None:
    found = places("Kenyan troops left, and Cairo refused to comment.")
    assert {place.name: place.associative for place in found} == {"Kenyan": True, "Cairo": True}


@pytest.mark.parametrize(
    "text", ["The North has not sent troops.", "Officials in the West spoke of the South on Monday."]
)
def test_a_point_of_the_compass_alone_is_no_place(text: str) -> None:
    assert literal(text) == {}


def test_an_unknown_name_stays_and_leaves_the_others_alone() -> None:
    found = {place.name: place for place in places("Troops moved from Qzvorgrad in Ukraine to Kharkiv in Ukraine.")}
    assert found["Kharkiv"].country == "UA"
    unknown = found.get("Qzvorgrad")
    assert unknown is None or (unknown.latitude is None and unknown.precision is None)


@pytest.mark.parametrize("text", ["", "\n\n", "No places here.", "of the and", "A" * 5000, "Paris " * 300])
def test_odd_texts_are_read(text: str) -> None:
    assert all(place.span.of(text) == place.name for place in places(text))


@pytest.mark.parametrize(
    "text",
    [
        "At least 31 people were killed when rebels shelled the market of Nyamukaro on Friday.",
        "Residents of Nyamukaro said that the shops had been closed.",
    ],
)
def test_a_village_that_no_list_knows_is_a_place_by_what_stands_before_it(text: str) -> None:
    assert literal(text)["Nyamukaro"].entry is None


@pytest.mark.parametrize(
    "text", ["The death of Achebongo was announced at noon.", "Supporters of Achebongo met on the square."]
)
def test_who_stands_behind_an_of_is_no_place_for_it(text: str) -> None:
    assert "Achebongo" not in literal(text)


def test_a_village_that_is_a_place_once_is_one_in_the_whole_text() -> None:
    text = "Rebels shelled the market of Nyamukaro on Friday. A convoy with food reached Nyamukaro in the evening."
    found = [place for place in places(text) if place.name == "Nyamukaro"]

    assert len(found) == 2


def test_a_village_that_is_a_place_once_is_one_where_little_speaks_for_it() -> None:
    text = "The army has sent 90 soldiers to Nyamukaro. Residents of Nyamukaro said that the shops had been closed."

    assert len([place for place in places(text) if place.name == "Nyamukaro"]) == 2
