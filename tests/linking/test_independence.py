"""Who stands for whom, and who may be one?"""

from __future__ import annotations

from collections.abc import Mapping

import onrecord
from onrecord.linking.independence import independence, of_unnamed_people
from onrecord.linking.sources import Party, parties
from onrecord.records import Assertion, Document
from tests.builders import a_document


def read(*texts: Document) -> tuple[dict[str, Document], list[Assertion], Mapping[str, Party]]:
    documents = {text.id: text for text in texts}
    assertions = [a for text in texts for a in onrecord.read(text)]
    return documents, assertions, parties(assertions, documents)


def stands_for(text: str, name: str) -> tuple[Party, str | None]:
    _, _, party_of = read(a_document(text))
    party = next(p for p in party_of.values() if p.name == name)
    return party, party.stands_for


def test_who_holds_no_office_stands_for_himself_and_an_official_of_nobody_for_nobody_known() -> None:
    driver, for_himself = stands_for("The driver, Peter Okello, said that the bridge had fallen.", "Peter Okello")
    _, for_nobody = stands_for("The governor, Peter Okello, said that the bridge had fallen.", "Peter Okello")
    _, for_kenya = stands_for(
        "Kenya's interior minister, Peter Okello, said that the bridge had fallen.", "Peter Okello"
    )

    assert for_himself == driver.id
    assert for_nobody is None
    assert for_kenya == "@KE"


def test_whom_a_body_of_no_state_sends_stands_for_it() -> None:
    _, _, party_of = read(
        a_document("Peter Okello, spokesman for the Lake Alliance, said that the bridge had fallen."),
        a_document("The Lake Alliance said that the road was cut."),
    )

    assert len({party.id for party in party_of.values()}) == 2
    assert len({party.stands_for for party in party_of.values()}) == 1


def test_two_people_who_hold_no_office_are_two_origins() -> None:
    _, assertions, party_of = read(
        a_document("The driver, Peter Okello, said that the bridge had fallen."),
        a_document("A baker, Grace Mwangi, said that the bridge had fallen."),
    )

    assert independence(assertions, party_of, [], {}).at_least == 2


def test_a_body_is_one_with_and_without_the_place_where_it_sits() -> None:
    _, _, party_of = read(
        a_document("The Border Guard Command in Garissa said that the road was cut."),
        a_document("The Border Guard Command said that the road was open."),
    )

    assert len({party.id for party in party_of.values()}) == 1


def test_people_of_a_body_that_itself_says_nothing_are_one_origin() -> None:
    _, assertions, party_of = read(
        a_document("Peter Okello, spokesman for the Lake Alliance, said that the bridge had fallen."),
        a_document("Grace Mwangi, spokeswoman for the Lake Alliance, said that the bridge had fallen."),
    )

    assert independence(assertions, party_of, [], {}).at_least == 1


def test_unnamed_people_of_one_state_in_two_papers_may_be_one() -> None:
    documents, assertions, party_of = read(
        a_document("A Kenyan official said that the bridge had fallen.", label="a"),
        a_document("Kenyan officials said that the bridge had fallen.", label="b"),
        a_document("A Ugandan official said that the bridge had fallen.", label="c"),
        a_document("Grace Mwangi said that the bridge had fallen.", label="d"),
    )
    a, b, c, _ = documents

    assert of_unnamed_people(assertions, party_of) == {"KE": [a, b], "UG": [c]}
