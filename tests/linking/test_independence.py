"""Who stands for whom, and which origins does no text connect?"""

from __future__ import annotations

from collections.abc import Mapping

import onrecord
from onrecord.linking.connections import connected
from onrecord.linking.independence import independence, unconnected
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


def count(*texts: Document) -> int:
    documents, assertions, party_of = read(*texts)
    return unconnected(assertions, party_of, connected(assertions, party_of, documents))


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


def test_a_text_that_names_a_source_elsewhere_is_connected_with_it() -> None:
    said = a_document("Governor Peter Okello said that the bridge had fallen.", label="a", outlet="Hill Radio")
    knows_nothing_of_him = a_document("The bridge fell on Monday.", label="b", outlet="Moss Herald")
    names_him = a_document("The bridge fell on Monday. Okello came by car.", label="c", outlet="Lake Post")

    assert count(said, knows_nothing_of_him) == 2
    assert count(said, names_him) == 0
    assert count(knows_nothing_of_him, a_document("The bridge has fallen.", label="d")) == 0  # nobody is named


def test_an_office_of_a_state_that_is_not_told_is_an_origin_beside_a_text_that_does_not_name_it() -> None:
    said = a_document("The emergency ministry said that the bridge had fallen.", label="a", outlet="Hill Radio")
    own = a_document("The bridge fell on Monday.", label="b", outlet="Moss Herald")

    assert count(said, own) == 2
    assert count(said, a_document(f"{own.text} The emergency ministry sent cars.", label="c", outlet="Lake Post")) == 0


def test_texts_of_which_one_names_the_outlet_of_the_other_are_connected_either_way() -> None:
    own = a_document("The bridge fell on Monday.", label="a", outlet="Moss Herald")
    credits = a_document(
        "Governor Peter Okello told the Moss Herald that the bridge had fallen.", label="b", outlet="Hill Radio"
    )

    assert count(own, credits) == 0
    assert (
        count(own, a_document(credits.text.replace("told the Moss Herald", "said"), label="c", outlet="Hill Radio"))
        == 2
    )


def test_a_source_is_looked_for_by_all_its_names() -> None:
    said = a_document("The United Nations said that the bridge had fallen.", label="a", outlet="Hill Radio")
    names_it = a_document("The bridge fell on Monday. The UN sent cars.", label="b", outlet="Moss Herald")

    assert count(said, names_it) == 1


def test_people_of_a_body_that_itself_says_nothing_are_one_origin() -> None:
    _, assertions, party_of = read(
        a_document("Peter Okello, spokesman for the Lake Alliance, said that the bridge had fallen."),
        a_document("Grace Mwangi, spokeswoman for the Lake Alliance, said that the bridge had fallen."),
    )

    assert independence(assertions, party_of, [], {}).at_least == 1
