"""What is linked with what, and what is not."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.linking.copies import copies
from onrecord.linking.credits import newsrooms
from onrecord.linking.figures import Standing, Subject, comparable, compatible, standing, subject_of
from onrecord.linking.independence import independence
from onrecord.linking.likeness import at_one_time, coverage, meanings, same_time, weights
from onrecord.linking.origins import origins
from onrecord.linking.sources import parties, same_person
from onrecord.records import Assertion, Document, Figure, is_body
from tests.builders import a_document

WIRE = (
    "Government forces shelled the market in the old town on Tuesday morning, killing traders and shoppers who had come "
    "for the first open day in weeks, residents and a doctor at the main hospital told the agency by telephone."
)


def read(*documents: Document) -> tuple[dict[str, Document], list[Assertion]]:
    return {d.id: d for d in documents}, [a for d in documents for a in onrecord.read(d)]


def figure_of(words: str) -> Figure:
    (found,) = [f for a in onrecord.read(a_document(f"The army said {words} were killed.")) for f in a.figures]
    return found


def test_a_copied_paragraph_inside_a_longer_story_is_found() -> None:
    longer = "Rain fell on the capital. " * 20 + WIRE + " The talks in the north went on for another day. " * 10
    (copy,) = copies(
        [a_document(WIRE, published="2021-03-09"), a_document(longer), a_document("Snow fell on the hills. " * 40)]
    )

    assert copy.longest.of(longer).startswith("Government forces shelled the market")
    assert copy.of == a_document(longer).id


def test_a_paragraph_in_other_spelling_with_words_changed_is_found_whole_in_both_texts() -> None:
    wire = (
        "The defense ministry of the neighboring country organized a convoy to the harbor, where traders had waited since dawn for fuel "
        "and flour, and its soldiers traveled with it to the center of the town before the labor unions closed the road again."
    )
    respelled = (
        "The defence ministry of the neighbouring country organised a convoy to the harbour, where local traders had waited since dawn "
        "for fuel and flour, and its soldiers travelled with it to the centre of the town before labour unions closed the road again."
    )
    first = a_document(f"Snow fell on the hills. {wire}", published="2021-03-09")
    later = a_document(f"{respelled} The talks in the north went on.", published="2021-03-10")

    (copy,) = copies([later, first])

    assert (copy.of, copy.to) == (later.id, first.id)
    assert [p.of(later.text) for p in copy.passages_in(later.id)] == [respelled.rstrip(".")]
    assert [p.of(first.text) for p in copy.passages_in(first.id)] == [wire.rstrip(".")]


def test_paragraphs_in_another_order_are_two_passages() -> None:
    other = "The river had risen by two metres overnight and carried away the bridge that joins both markets, so that lorries with relief goods stood in a line that reached back beyond the old brickworks."
    first = a_document(f"{WIRE}\n\n{other}", published="2021-03-09")
    later = a_document(f"{other}\n\n{WIRE}", published="2021-03-10")

    (copy,) = copies([first, later])

    assert [p.of(later.text) for p in copy.passages_in(later.id)] == [other.rstrip("."), WIRE.rstrip(".")]
    assert copy.whole


def test_one_quoted_statement_in_two_reports_is_no_copy() -> None:
    statement = "We will not rest until every family that was driven out of the valley has a roof and a well and a school again, and nobody will stop us."
    one = f"The minister spoke at noon in the capital. “{statement}” Nobody asked him anything."
    other = f"In a speech that lasted an hour the head of the party promised help: “{statement}” Then it rained."

    assert copies([a_document(one), a_document(other)]) == []


def test_what_every_page_of_an_outlet_carries_is_no_copy() -> None:
    notice = "Copyright 2021 by the agency. All rights reserved. This material may not be published, broadcast, rewritten or redistributed in any form whatsoever."

    assert (
        copies([a_document(f"Rain fell on the capital.\n{notice}"), a_document(f"Snow fell on the hills.\n{notice}")])
        == []
    )


def test_all_copies_of_a_document_are_told_however_many_share_its_words() -> None:
    outlets = [a_document(f"{WIRE} Report {number}.", published=f"2021-03-{number:02}") for number in range(1, 26)]
    told = {id_ for copy in copies(outlets, of=outlets[12]) for id_ in (copy.of, copy.to)}

    assert told == {outlet.id for outlet in outlets}


def test_two_reports_of_one_event_in_other_words_are_no_copies() -> None:
    other = "Traders and shoppers died when shells fell on a market that had opened for the first time in weeks, a doctor said."

    assert copies([a_document(WIRE), a_document(other)]) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Olena Shevchenko", "Shevchenko", True),
        ("Volodymyr Petrenko", "Wolodymyr Petrenko", True),
        ("Kim Song Il", "Kim Song-il", True),
        ("Rose-Ada Okello", "Ada Okello", True),
        ("Rose Okello", "Ada Okello", False),
        ("Ivan Petrenko", "Olena Petrenko", False),
        ("Grace Mwangi", "Grace Mutua", False),
    ],
)
def test_persons_are_joined_by_surname_and_compatible_given_name(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


def test_one_organ_of_one_state_is_one_party_under_several_names() -> None:
    documents, assertions = read(
        a_document("Kenya's foreign ministry said the border was open."),
        a_document("The Kenyan Foreign Ministry said the border would stay open."),
        a_document("Uganda's foreign ministry said the border was shut."),
    )
    party_of = parties(assertions, documents)
    ids = [party_of[a.id].id for a in assertions]

    assert ids[0] == ids[1] != ids[2]


def test_two_documents_on_one_statement_share_their_origin_and_a_later_one_only_recalls_it() -> None:
    documents, assertions = read(
        a_document("General Peter Otieno said on Tuesday that the base was taken.", label="a", published="2021-03-09"),
        a_document("The base was taken, General Peter Otieno said on Tuesday.", label="b", published="2021-03-10"),
        a_document("General Peter Otieno said on March 9 that the base was taken.", label="c", published="2021-03-20"),
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert [documents[d].label for d in origin.rests] == ["a", "b"]
    assert [documents[d].label for d in origin.recalls] == ["c"]
    assert "General Peter Otieno" in origin.reason or "Peter Otieno" in origin.reason


def test_forty_outlets_with_one_briefing_are_one_origin() -> None:
    said = "Kenya's army said on Tuesday that the base was taken."
    documents, assertions = read(*(a_document(said, outlet=f"Outlet {n}") for n in range(40)))
    found = independence(assertions, parties(assertions, documents), [], {})

    assert (found.at_least, found.at_most) == (1, 1)


def test_two_states_are_two_origins_and_unnamed_people_only_raise_the_upper_bound() -> None:
    documents, assertions = read(
        a_document("Kenya's army said the base was taken."),
        a_document("Uganda's army said the base was taken."),
        a_document("Officials said the base was taken."),
    )
    found = independence(assertions, parties(assertions, documents), [], {})

    assert (found.at_least, found.at_most) == (2, 3)


def test_unknown_origins_never_count_as_independent() -> None:
    documents, assertions = read(
        a_document("Officials said the base was taken."), a_document("Sources said the base was taken.")
    )
    found = independence(assertions, parties(assertions, documents), [], {})

    assert (found.at_least, found.at_most) == (1, 2)


def test_what_papers_put_forward_themselves_rests_on_the_agency_that_they_credit() -> None:
    documents, assertions = read(
        a_document("The base was taken on Monday.", outlet="Daily Post (AFP)"),
        a_document("MOMBASA (Agence France-Presse) — Rebels took the base on Monday.", outlet="Coast Times"),
        a_document("On Monday the base was taken.", outlet="Hill Radio"),
    )
    rooms = {id_: newsrooms(document) for id_, document in documents.items()}
    found = independence(assertions, parties(assertions, documents), [], rooms)

    assert (found.at_least, found.at_most) == (1, 2)


def test_two_papers_that_credit_one_agency_and_tell_the_same_share_an_origin() -> None:
    told = "A bridge over the Tana collapsed on Monday. The railway to the harbour was closed."
    again = "The bridge over the Tana has collapsed. The railway to the harbour is closed as well."
    documents, assertions = read(
        a_document(f"MOMBASA (XYZ) — {told}", outlet="Coast Times", label="a"),
        a_document(again, outlet="Daily Post (XYZ)", label="b"),
        a_document(again, outlet="Hill Radio", label="c"),
    )
    (found,) = origins(documents, assertions, parties(assertions, documents), [])

    assert {documents[id_].label for id_ in found.rests} == {"a", "b"}
    assert "both credit xyz" in found.reason


@pytest.mark.parametrize(
    ("outlet", "text", "wanted"),
    [
        ("Daily Post (live blog)", "Rain fell.", {"daily post"}),
        ("Daily Post", "May 6, 2025 (KAMPALA) – Rain fell.", {"daily post"}),
        ("Daily Post", "PARIS (Reuters) - Rain fell.", {"daily post", "reuters"}),
        (
            "Daily Post",
            "Rain fell in the hills. Additional reporting by AP and dpa.",
            {"daily post", "associated press", "deutsche presse agentur"},
        ),
        ("Daily Post", "Rain fell in the hills.\n(With agencies)", {"daily post"}),
        ("Daily Post", "Rain fell, a driver for AFP said. The road was closed.", {"daily post"}),
    ],
)
def test_an_agency_is_credited_where_credits_stand(outlet: str, text: str, wanted: set[str]) -> None:
    assert newsrooms(a_document(text, outlet=outlet)) == wanted


def test_killed_and_wounded_are_not_compared() -> None:
    killed = Subject(counted="troops", whose="KE", status="killed", unit=None)
    wounded = Subject(counted="troops", whose="KE", status="wounded", unit=None)

    assert not comparable(killed, wounded)
    assert comparable(killed, killed)


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("about 300 people", "310 people", True),
        ("at least 31 people", "47 people", True),
        ("at least 31 people", "400 people", False),
        ("up to 400 people", "380 people", True),
        ("12 people", "47 people", False),
        ("between 25 and 30 people", "27 people", True),
    ],
)
def test_figures_fit_if_both_can_be_right(one: str, other: str, fits: bool) -> None:
    assert compatible(figure_of(one), figure_of(other)) is fits


def test_a_new_figure_revises_its_own_source_and_disagrees_with_another() -> None:
    before, after = figure_of("12 people"), figure_of("47 people")

    assert standing(after, before, same_source=True, scope=None) is Standing.REVISES
    assert standing(after, before, same_source=False, scope=None) is Standing.DISAGREES
    assert standing(after, before, same_source=True, scope="one is for A, the other for B") is Standing.OTHER_SCOPE


def test_words_of_one_meaning_count_as_one() -> None:
    _, (one, other) = read(
        a_document("The envoy said that soldiers had been sent to Garissa."),
        a_document("The envoy said that troops had been deployed to Garissa."),
    )

    assert coverage(meanings(one), meanings(other), weights([one, other])) == 1.0


@pytest.mark.parametrize("number", [2, 13, 41])
def test_copies_of_one_text_are_one_text_however_many(number: int) -> None:
    texts = [
        a_document(
            "Shells hit the old market at dawn, a doctor at the hospital said by telephone.", outlet=f"Outlet {n}"
        )
        for n in range(number)
    ]
    documents, assertions = read(*texts)
    found = independence(assertions, parties(assertions, documents), copies(texts), {})

    assert (found.at_least, found.at_most) == (1, 1)


def test_what_one_source_says_of_two_things_on_one_day_is_two_statements() -> None:
    documents, assertions = read(
        a_document("General Peter Otieno said on Tuesday that the base was taken.", label="a"),
        a_document("General Peter Otieno said on Tuesday that new boots had been bought.", label="b"),
    )

    assert origins(documents, assertions, parties(assertions, documents), []) == []


def test_a_story_told_again_without_credit_shares_its_measures() -> None:
    documents, assertions = read(
        a_document(
            "The ship sent no signal for 41 minutes, an analysis of tracking data by Port Daily shows. It took on 59,000 tonnes of grain.",
            label="a",
            outlet="Port Daily",
        ),
        a_document(
            "The ship disappeared from screens for 41 minutes, data show, and its papers have it loading 59,000 tonnes of grain.",
            label="b",
            outlet="Lake Wire",
        ),
    )
    (found,) = origins(documents, assertions, parties(assertions, documents), [])

    assert "both give the figures 59,000 tonne, 41 minute within days" in found.reason


def test_equal_small_figures_of_two_places_are_no_origin() -> None:
    documents, assertions = read(
        a_document("Three soldiers were killed and 10 wounded in Garissa.", label="a"),
        a_document("Three soldiers were killed and 10 wounded in Mombasa.", label="b"),
    )

    assert origins(documents, assertions, parties(assertions, documents), []) == []


def test_an_army_without_a_state_is_not_the_army_of_another_document() -> None:
    documents, assertions = read(
        a_document("Kenya's army said the base was taken."), a_document("In Khartoum the army said the road was open.")
    )
    party_of = parties(assertions, documents)

    assert party_of[assertions[1].id].side is None


def test_persons_of_one_name_and_two_states_are_no_two_sides() -> None:
    documents, assertions = read(
        a_document("Kenyan minister Mohamed Ali said the base was taken."),
        a_document("Sudanese general Mohamed Ali said the base was taken."),
    )

    assert independence(assertions, parties(assertions, documents), [], {}).at_least == 1


def test_a_spokesman_has_the_side_of_the_organ_that_his_text_names() -> None:
    """Without it "army spokesman Juma Okello" would be of no side, and could not be told apart from anybody."""
    document = onrecord.document(
        "Kenya's army said that the bridge was open. Army spokesman Juma Okello said that nobody was hurt.",
        published="2021-03-02",
    )
    found = list(onrecord.read(document))
    sides = {a.source.name: p.side for a in found for p in [parties(found, {document.id: document})[a.id]]}

    assert sides["Juma Okello"] == "KE"


def test_a_public_body_speaks_in_its_own_statement_and_a_newsroom_does_not() -> None:
    text = "The bridge at Garissa is open."
    named = {}
    for outlet in ("Ministry of Transport, Republic of Kenya", "The Lake Post"):
        document = onrecord.document(text, published="2021-03-02", outlet=outlet)
        (said,) = onrecord.read(document)
        party = parties([said], {document.id: document})[said.id]
        named[outlet] = (party.named, party.side)

    assert list(named.values()) == [(True, "KE"), (False, None)]


def test_who_credits_an_outlet_rests_on_what_that_told_before() -> None:
    """Also where the outlet's own text names a source, where no two texts credit it, and long after."""
    told = "The dam at Lokiru was hit by a rocket fired from Chad, four people with knowledge of the inquiry told the Lakewire."
    credit = "The dam at Lokiru was struck by a rocket launched from Chad, the Lakewire reported, quoting four people close to the inquiry."
    later = credit.replace("reported,", "reported last month,")
    documents, assertions = read(
        a_document(told, label="a", published="2021-03-02", outlet="Lakewire"),
        a_document(credit, label="b", published="2021-03-04", outlet="Daily Moss"),
        a_document(later, label="c", published="2021-03-20", outlet="The Reed"),
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert [documents[d].label for d in origin.rests] == ["a", "b", "c"]
    assert "credits Lakewire" in origin.reason


def test_long_after_an_outlet_is_credited_with_the_one_report_that_is_nearest() -> None:
    documents, assertions = read(
        a_document("The mill at Lokiru burned down.", label="a", published="2021-03-02", outlet="Lakewire"),
        a_document("The dam at Garissa was hit by a rocket.", label="b", published="2021-03-03", outlet="Lakewire"),
        a_document(
            "A rocket struck the dam at Garissa in March, Lakewire reported.",
            label="c",
            published="2021-05-20",
            outlet="The Reed",
        ),
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert [documents[d].label for d in origin.rests] == ["b", "c"]


@pytest.mark.parametrize(
    "told",
    [
        "The dam at Garissa was hit by a rocket.",
        "A bomb killed 12 civilians in Lokiru.",
        "The mayor of Garissa opened a school.",
    ],
)
def test_long_after_nothing_is_credited_that_is_not_near(told: str) -> None:
    """What a ledger holds of a paper is seldom what another meant."""
    documents, assertions = read(
        a_document(told, label="a", published="2019-03-02", outlet="Lakewire"),
        a_document(
            "A bomb killed five people at a market in Garissa, Lakewire reported.",
            label="b",
            published="2021-05-20",
            outlet="The Reed",
        ),
    )

    assert origins(documents, assertions, parties(assertions, documents), []) == []


def test_a_statement_of_a_body_that_a_text_names_is_credited_while_it_is_news() -> None:
    """A body is named for what it does too, so what it published is not dug out weeks after."""
    told = "The builder Okello Brothers will raise the bell tower of Lokiru by two storeys."
    rests = []
    for day in ("2021-03-03", "2021-03-06"):
        documents, assertions = read(
            a_document(
                told, label="a", published="2021-03-02", outlet="Okello Brothers", title="Statement on the bell tower"
            ),
            a_document(
                "The bell tower of Lokiru will be raised by two storeys by Okello Brothers.",
                label="b",
                published=day,
                outlet="The Reed",
            ),
        )
        found = origins(documents, assertions, parties(assertions, documents), [])
        rests.append([[documents[d].label for d in origin.rests] for origin in found])

    assert rests == [[["a", "b"]], []]


def test_a_later_dispatch_of_an_agency_that_recalls_an_earlier_one_is_another() -> None:
    recalled = (
        "A bomb killed 12 people at the market of Lokiru on Monday. The bomb had been hidden in a cart of melons. "
    )
    first = (
        f"LOKIRU (Lakewire) - {recalled}Two schools in the north of the town were shut for a week. Soldiers closed the bridge to Garissa. "
        "A truck burned beside the mosque."
    )
    later = (
        f"LOKIRU (Lakewire) - The mayor opened a new well. Its pump came from Nairobi. Children filled their cans. {recalled}"
        "The farmers of Mandera sold their goats."
    )
    for text, together in ((first, True), (later, False)):
        documents, assertions = read(
            a_document(first, label="a", published="2021-03-02", outlet="Daily Moss"),
            a_document(text, label="b", published="2021-03-03", outlet="The Reed"),
        )
        found = origins(documents, assertions, parties(assertions, documents), [])

        assert any("both credit lakewire" in origin.reason for origin in found) is together


def test_a_minister_and_the_own_statement_of_the_ministry_are_one_origin() -> None:
    documents, assertions = read(
        a_document(
            "The level of the reservoir at Lokiru fell by 3 metres within hours.",
            label="a",
            published="2021-03-02",
            outlet="Ministry of Water of Kenya",
        ),
        a_document(
            "The level of the reservoir at Lokiru fell by 3 metres within hours, Kenya's water minister, Peter Otieno, said on Tuesday.",
            label="b",
            published="2021-03-02",
            outlet="The Reed",
        ),
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert [documents[d].label for d in origin.rests] == ["a", "b"]


def test_a_person_speaks_to_the_press_once_a_day_as_far_as_texts_of_one_story_tell() -> None:
    story = "A convoy with medicine was shelled at the bridge near Mandera. "
    documents, assertions = read(
        a_document(f"{story}General Peter Otieno said on Tuesday that 12 people had been arrested.", label="a"),
        a_document(
            f"{story}The army lost seven men, General Peter Otieno said on Tuesday.", label="b", outlet="Other Post"
        ),
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert {documents[d].label for d in origin.rests} == {"a", "b"}


@pytest.mark.parametrize(
    ("credit", "rests"),
    [
        ("A miller told the Spanish daily Lucia Correo that the mill at Lokiru had burned down.", True),
        ("The mill at Lokiru burned down on Sunday, as Lucia Correo reported.", True),
        ("The mill at Lokiru burned down on Sunday. Lucia Correo costs two shillings.", False),
    ],
)
def test_an_outlet_that_is_named_beside_what_it_told_is_credited_whatever_its_name_looks_like(
    credit: str, rests: bool
) -> None:
    documents, assertions = read(
        a_document(
            "The mill at Lokiru burned down on Sunday, a miller said.",
            label="a",
            published="2021-03-08",
            outlet="Lucia Correo",
        ),
        a_document(credit, label="b", published="2021-03-12", outlet="The Reed"),
    )

    assert bool(origins(documents, assertions, parties(assertions, documents), [])) is rests


def test_who_tells_what_a_body_says_in_a_communique_rests_on_it() -> None:
    documents, assertions = read(
        a_document(
            "The tax on Kenyan nets shall fall by half until May.",
            label="a",
            outlet="Lake Council",
            published="2021-03-10",
        ),
        a_document(
            "In a communiqué this afternoon the council says that the tax on Kenyan nets will fall by half until May.",
            label="b",
            outlet="The Reed",
            published="2021-03-11",
        ),
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert "quotes the statement" in origin.reason


def test_who_credits_a_paper_may_leave_out_its_article() -> None:
    documents, assertions = read(
        a_document(
            "Kenya has bought two ferries from the yard in Mombasa, a diplomat told this newspaper.",
            label="a",
            outlet="The Moss Herald",
        ),
        a_document(
            "Kenya has bought two ferries from the yard in Mombasa, the Moss Herald reported, citing a diplomat.",
            label="b",
            outlet="Northern Post",
            published="2021-03-12",
        ),
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert {documents[d].label for d in origin.rests} == {"a", "b"}
    assert newsrooms(a_document(outlet="The Moss Herald")) == frozenset(["moss herald"])


def test_a_paper_of_an_organ_is_the_word_of_the_organ() -> None:
    documents, assertions = read(
        a_document("The Kenyan navy said that the buoy had sunk.", label="a"),
        a_document("According to the Kenyan navy's statement, the lamp was out.", label="b"),
    )
    party_of = parties(assertions, documents)

    assert len({party_of[a.id].id for a in assertions}) == 1
    assert all(party_of[a.id].named for a in assertions)


def test_days_of_the_week_differ_only_where_both_are_days() -> None:
    friday, monday, until = (
        onrecord.read(a_document(f"The bridge fell {when}.", published=None))[0].moments
        for when in ("on Friday", "on Monday", "until Monday")
    )

    assert same_time(friday, monday) is False
    assert same_time(friday, friday) is None
    assert at_one_time(friday, friday)
    assert not at_one_time(friday, monday)
    dated = onrecord.read(a_document("The bridge was shut until Monday.", published="2021-03-10"))[0].moments
    assert same_time(friday, dated) is None
    assert same_time(friday, until) is not True


def test_what_rests_on_two_reports_does_not_make_them_one() -> None:
    bridge = "The mill at Lokiru burned down on Sunday, a miller told the Lakewire."
    mine = "Eight miners are trapped in the gold mine at Mandera, a rescuer told the Moss Herald."
    both = (
        "The mill at Lokiru burned down on Sunday, the Lakewire reported. "
        "Eight miners are trapped in the gold mine at Mandera, the Moss Herald reported."
    )
    documents, assertions = read(
        a_document(bridge, label="a", published="2021-03-02", outlet="Lakewire"),
        a_document(mine, label="b", published="2021-03-02", outlet="Moss Herald"),
        a_document(both, label="c", published="2021-03-03", outlet="The Reed"),
    )
    found = origins(documents, assertions, parties(assertions, documents), [])

    assert sorted([documents[d].label or "" for d in origin.rests] for origin in found) == [["a", "c"], ["b", "c"]]


def test_who_quotes_a_communique_rests_on_it() -> None:
    text = "The tax on Kenyan nets shall fall by half until May."
    quoting = "The tax on Kenyan nets will fall by half until May, the communique says."
    documents, assertions = read(
        a_document(text, label="a", outlet="Lake Secretariat", title="Communique of the talks", published="2021-03-10"),
        a_document(quoting, label="b", outlet="The Reed", published="2021-03-11"),
        a_document(quoting, label="c", outlet="Moss Herald", published="2021-04-11"),
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert {documents[d].label for d in origin.rests} == {"a", "b"}
    assert "quotes the statement" in origin.reason


def test_two_papers_on_one_communique_share_it() -> None:
    one = "Both sides will open 40 wells for the herds before May, a joint communique said."
    other = "A joint communique said that both sides would open 40 wells for the herds by May."
    documents, assertions = read(
        a_document(one, label="a", outlet="The Reed"), a_document(other, label="b", outlet="Moss Herald")
    )

    (origin,) = origins(documents, assertions, parties(assertions, documents), [])
    assert {documents[d].label for d in origin.rests} == {"a", "b"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Kenya Wildlife Service (statement)", True),
        ("UNHCR", True),
        ("UNHCR News", False),
        ("Lake Observer Mission", True),
        ("Mission Times", False),
        ("The Lake Post (live blog)", False),
        ("Front for the Free Lake", True),
        ("Reed Brigade", True),
        ("Sand Dredging NV", True),
        ("Western Front Daily", False),
        ("Council Times", False),
        ("Lake Inc Weekly", False),
    ],
)
def test_a_name_under_which_a_statement_appears_is_a_body(name: str, wanted: bool) -> None:
    assert is_body(name) is wanted


def test_a_body_is_one_under_its_name_and_over_its_statement() -> None:
    documents, assertions = read(
        a_document("The road to Garissa is cut.", outlet="Lake Alliance (statement)"),
        a_document("The Lake Alliance said that the road to Garissa was cut.", outlet="The Reed"),
    )

    assert len({p.id for p in parties(assertions, documents).values()}) == 1


def test_captives_and_prisoners_are_counted_alike_and_so_are_trucks_and_lorries() -> None:
    for one, other in (("captives", "prisoners"), ("trucks", "lorries"), ("deaths", "people")):
        counted = {
            subject_of(f, main=None).counted for w in (one, other) for f in _figures(f"The army counted 40 {w}.")
        }
        assert len(counted) == 1


def _figures(text: str) -> list[Figure]:
    return [f for a in onrecord.read(a_document(text)) for f in a.figures]


def test_what_a_body_says_on_one_day_is_one_statement_though_each_text_tells_more_of_it() -> None:
    said = (
        "Kenya's railway police said on Tuesday that thieves had lifted copper cable from the signal cabin at Voi before dawn and loaded it into a white van without plates.",
        "On Tuesday Kenya's railway police blamed night watchmen for the lost copper cable of the signal cabin, worth nine million shillings and due for replacement next year.",
        "Kenya's railway police said on Tuesday that its band would play at the harbour in Mombasa.",
    )
    documents, assertions = read(
        *(a_document(words, label=str(number), published="2021-03-10") for number, words in enumerate(said))
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert {documents[d].label for d in origin.rests} == {"0", "1"}


def test_a_statement_is_news_for_three_days() -> None:
    said = "General Peter Otieno said on Tuesday that the base was taken."
    documents, assertions = read(
        a_document(said, label="a", published="2021-03-09"),
        a_document(said.replace("was taken", "had been taken"), label="b", published="2021-03-12"),
    )
    (origin,) = origins(documents, assertions, parties(assertions, documents), [])

    assert [documents[d].label for d in origin.rests] == ["a", "b"]


def test_a_denial_without_its_day_is_not_the_statement_of_the_day_before() -> None:
    documents, assertions = read(
        a_document(
            "Kenya's army said on Wednesday that it had inspected the silo Blue Heron near Lamu.",
            label="a",
            published="2021-03-10",
        ),
        a_document(
            "Kenya's army denied that it had fired at the silo Blue Heron near Lamu.",
            label="b",
            published="2021-03-12",
        ),
    )

    assert origins(documents, assertions, parties(assertions, documents), []) == []
