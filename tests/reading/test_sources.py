"""Who stands behind it: names, roles, pronouns, acronyms."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.records import Source, SourceKind
from tests.builders import a_document


def sources(text: str) -> list[Source]:
    return [a.source for a in onrecord.read(a_document(text))]


def test_a_surname_stands_for_the_full_name() -> None:
    first, second = sources("Defence minister Grace Mwangi said the port was safe. Mwangi said the ships would sail.")

    assert first.name == second.name == "Grace Mwangi"
    assert first.role == "Defence minister"


def test_a_pronoun_stands_for_the_last_person() -> None:
    sources_found = sources("Grace Mwangi said the port was safe. She said the ships would sail.")

    assert [s.name for s in sources_found] == ["Grace Mwangi", "Grace Mwangi"]
    assert "Grace Mwangi" in sources_found[1].reason


def test_an_acronym_in_brackets_stands_for_the_name() -> None:
    text = "The World Food Programme (WFP) said the convoy was hit. WFP said that four trucks burned."
    names = {s.name for s in sources(text)}

    assert names == {"World Food Programme (WFP)"}


def test_the_agency_stands_for_the_agency_named_before() -> None:
    first, second = sources("Kenya's intelligence agency said the base was empty. The agency said the men had left.")

    assert second.name == first.name


def test_an_unnamed_official_is_unnamed() -> None:
    (source,) = sources("A senior official said that the talks had ended.")

    assert source.kind is SourceKind.UNNAMED


def test_an_outlet_is_an_outlet_and_its_state_is_told() -> None:
    (source,) = sources("The Kenyan newspaper Daily Wire reported that the road was mined.")

    assert source.kind is SourceKind.OUTLET
    assert source.country == "KE"


def test_a_capital_speaks_for_its_state() -> None:
    (source,) = sources("Nairobi said that its soldiers would stay.")

    assert source.is_state
    assert source.country == "KE"


def test_a_thing_is_no_source() -> None:
    assert all(s.name != "deployment" for s in sources("The deployment showed that the crisis had deepened."))


def test_several_names_are_several_sources_with_their_full_names() -> None:
    text = "Grace Mwangi met Peter Otieno on Monday. Ms. Mwangi and Mr. Otieno said that the port was safe."
    names = [s.name for s in sources(text)]

    assert {"Grace Mwangi", "Peter Otieno"} < set(names)


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Energy and Petroleum said that the port was safe.",
        "Lloyd & Sons said that the port was safe.",
        "Residents and doctors said that the port was safe.",
    ],
)
def test_an_and_within_a_name_or_between_the_unnamed_joins_no_sources(text: str) -> None:
    assert len(sources(text)) == 1


def test_i_in_a_quotation_is_whoever_is_quoted() -> None:
    found = sources("“I believe that the port was safe,” Grace Mwangi said.")

    assert {s.name for s in found} == {"Grace Mwangi"}


def test_an_acronym_with_full_stops_is_spelled_out_by_another_sentence() -> None:
    text = "The Kenya Ports Authority was told of the leak on Monday. The K.P.A. said that the port was safe."

    assert sources(text)[-1].name == "Kenya Ports Authority"


def test_officials_are_not_the_officials_of_the_sentence_before() -> None:
    text = "Senior army officials said that the port was safe. Officials said that the road was mined."

    assert [s.name for s in sources(text)] == ["Senior army officials", "Officials"]


def test_police_are_the_police_named_before() -> None:
    text = "Nairobi traffic police closed the road on Monday. Police said that four trucks burned."

    assert sources(text)[-1].name == "Nairobi traffic police"


def test_who_speaks_together_is_two_sources_whatever_stands_before_the_second() -> None:
    found = sources("Chad's army and the paramilitary Forest Guard said on Monday that the port was safe.")

    assert {s.name for s in found} == {"Chad's army", "Forest Guard"}


def test_who_became_the_first_to_confirm_it_confirms_it() -> None:
    found = sources("Grace Mwangi on Monday became the first senior official to confirm that the port was safe.")

    assert "Grace Mwangi" in {s.name for s in found}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The rebels took the town. Their spokesman said that 12 men had died.", "rebels' spokesman"),
        ("In Kenya the Lake Party won. Its leader said that the vote was fair.", "Lake Party's leader"),
        ("A tanker burnt off the coast of Kenya, its manager said.", "its manager"),
        ("The army of Chad denied it. In a statement on Saturday it said that bombs had fallen.", "army of Chad"),
        ("The Lake Party's spokesman said that 12 men had died.", "Lake Party's spokesman"),
    ],
)
def test_whose_spokesman_it_is(text: str, name: str) -> None:
    assert onrecord.read(a_document(text))[-1].source.name == name


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The governor of Turkana, Colonel Tomé Ndlové, said the road was open.", "Tomé Ndlové", SourceKind.PERSON),
        ("Spokesperson Rita Salgado told reporters that troops had taken part.", "Rita Salgado", SourceKind.PERSON),
        (
            "A spokesperson for the union's diplomatic service, Nils Brandmo, said it was late.",
            "Nils Brandmo",
            SourceKind.PERSON,
        ),
        ("The lawyer, Göran Ekmån, said the ship was seized.", "Göran Ekmån", SourceKind.PERSON),
        (
            "Foreign Ministry Spokeswoman Norah Wafula described the raid as an act of terror.",
            "Norah Wafula",
            SourceKind.PERSON,
        ),
        (
            "The head of Kenya's Air Transport Agency (KATA), Peter Otieno, said that the plane was hit.",
            "Peter Otieno",
            SourceKind.PERSON,
        ),
        ("The station master at Busia, Peter Otieno, said that the train was late.", "Peter Otieno", SourceKind.PERSON),
        ("The camp in Goma, Congo, said that it was full.", "camp in Goma, Congo", SourceKind.UNNAMED),
        ("Bamako maintains that it gave nothing in return.", "Bamako", SourceKind.ORGANISATION),
        ("The cable was cut on Saturday, its operator Elna said.", "Elna", SourceKind.ORGANISATION),
    ],
)
def test_names_beside_roles_are_people_and_states_and_firms_are_not(text: str, name: str, kind: SourceKind) -> None:
    (source,) = sources(text)

    assert (source.name, source.kind) == (name, kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Several villagers told the Lake Post that it burned. It was market day, they say.", "Several villagers"),
        (
            "The interior ministry in Goma said that 88 died. Forty people had been driven to hospital by villagers, it said.",
            "interior ministry in Goma",
        ),
        (
            "Prime Minister David Kamau said that two were hit. According to the Prime Minister, it was late.",
            "David Kamau",
        ),
        (
            "The rights office counted 50 dead. The report does not name Chad's Lake Corps. Last month the office gave a figure of 40.",
            "rights office",
        ),
    ],
)
def test_who_is_meant_by_a_word_for_those_named_before(text: str, name: str) -> None:
    assert sources(text)[-1].name == name


def test_a_channel_is_no_platform_and_no_city() -> None:
    text = "Pro-government channels in Nairobi reported that the plane had strayed. A Telegram channel claimed that three were killed."

    assert {s.name for s in sources(text)} >= {"Pro-government channels in Nairobi", "Telegram channel"}


def test_the_word_that_opens_a_sentence_is_no_part_of_a_name() -> None:
    assert {s.name for s in sources("First Chad's defence ministry insisted that no unit had opened fire.")} == {
        "Chad's defence ministry"
    }


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("The Defence Minister", "Grace Mwangi"),
        ("The Foreign Minister", "Peter Otieno"),
        ("The Deputy Foreign Minister", "David Kamau"),
    ],
)
def test_an_office_is_of_who_holds_all_of_it(office: str, name: str) -> None:
    text = (
        "Foreign Minister Peter Otieno met Deputy Foreign Minister David Kamau. Defence Minister Grace Mwangi was late. "
        f"{office} said that the port was safe."
    )

    assert sources(text)[-1].name == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Witnesses in the Central African Republic (CAR) said that soldiers fled.", SourceKind.UNNAMED),
        ("Shop owner Juma said that he had lost his sheep.", SourceKind.PERSON),
        ("Protesters shouted at Otieno. Otieno said that it was late.", SourceKind.PERSON),
    ],
)
def test_people_are_no_bodies(text: str, kind: SourceKind) -> None:
    assert sources(text)[-1].kind is kind


def test_the_army_is_the_military_named_before() -> None:
    assert sources("The Kenyan military denied the claim. The army said that the road was open.")[-1].country == "KE"


def test_who_passes_words_on_is_no_part_of_their_source() -> None:
    text = "Kenya has sent 300 soldiers to Chad, according to Chadian intelligence officials quoted in news reports on Friday."
    (said,) = onrecord.read(onrecord.document(text))

    assert said.source.as_written == "Chadian intelligence officials"
    assert [hop.source.name for hop in said.hops] == ["news reports"]


def test_a_ministry_of_no_state_is_that_of_the_state_a_text_is_written_from_and_about() -> None:
    text = "NAIROBI (Wire) — Kenya has closed the road to Garissa, the Interior Ministry said. Kenya's army agreed. A rebel army said that it had not left the road."
    states = {a.source.name: a.source.country for a in onrecord.read(onrecord.document(text))}

    assert states["Interior Ministry"] == "KE"
    assert next(country for name, country in states.items() if "rebel army" in name) is None


@pytest.mark.parametrize(
    "text",
    [
        "NAIROBI (Wire) — Somalia has closed the port, the interior ministry said on Friday. Somalia gave no reason.",
        "NAIROBI (Wire) — Nine people were killed in Kismayo, the interior ministry said. Kenya blamed rebels. Kenya's army is there.",
        "NAIROBI (Wire) — Nine people were killed, the Kismayo interior ministry said. Kenya blamed rebels. Kenya's army is there.",
    ],
)
def test_a_ministry_of_another_state_or_of_a_region_is_not_that_of_the_dateline(text: str) -> None:
    ministries = [
        a.source for a in onrecord.read(onrecord.document(text)) if a.source.name.endswith("interior ministry")
    ]

    assert {source.country for source in ministries} <= {None, "SO"}
    assert ministries


@pytest.mark.parametrize(
    ("named", "later"),
    [
        ("the Ministry of National Defence", "the ministry"),
        ("the Ministry of National Defence", "the Ministry"),
        ("the General Command of the Armed Forces", "the General Command"),
    ],
)
def test_a_body_cut_short_is_the_one_named_before(named: str, later: str) -> None:
    text = f"Two ships left the port on Friday, {named} said. They had been loaded for a week, {later} said."

    assert len({a.source.name for a in onrecord.read(onrecord.document(text))}) == 1


def test_the_rebel_army_is_not_the_army_named_before() -> None:
    text = "Kenya's army said that the bridge was open. The rebel army said that it had burned the bridge."
    first, second = onrecord.read(a_document(text))

    assert first.source.country == "KE"
    assert (second.source.name, second.source.country) == ("rebel army", None)


def test_an_office_of_a_text_written_from_and_about_one_state_is_its_own_and_a_club_has_presidents_too() -> None:
    text = (
        "NAIROBI (Wire) — Kenya has closed the road, the interior minister, Grace Okello, said. Kenya is safe, said Peter Mwangi, "
        "president of the Lake Alliance."
    )
    states = {a.source.name: a.source.country for a in onrecord.read(onrecord.document(text))}

    assert states["Grace Okello"] == "KE"
    assert states["Peter Mwangi"] is None


def test_an_office_before_a_rank_is_of_the_body_that_its_stands_for() -> None:
    (found,) = sources("The Turkana Rescue Force will need more boats, its spokesman, Colonel Peter Banda, said.")

    assert (found.name, found.role, found.affiliation) == ("Peter Banda", "spokesman", "Turkana Rescue Force")


def test_a_body_may_be_known_by_its_capitals_alone() -> None:
    (found,) = sources("UNLAKE will keep its boats in Garissa, its spokeswoman, Grace Okello, told the press.")

    assert (found.role, found.affiliation) == ("spokeswoman", "UNLAKE")


def test_who_is_named_behind_a_quotation_is_who_was_described_before_it() -> None:
    first, second = sources(
        'The road was lost, the mission\'s commander said on Friday. "We are going home," Colonel Grace Okello told reporters.'
    )

    assert first.name == second.name == "Grace Okello"
    assert "named in the next sentence" in first.reason


@pytest.mark.parametrize(
    "text",
    [
        "The town was hit, the army chief said. Farmer Grace Okello said that she had fled.",
        "The mayor said that 12 people had died in Lamu. General Grace Okello said that troops had been sent.",
    ],
)
def test_another_title_behind_a_description_is_somebody_else(text: str) -> None:
    assert sources(text)[0].name != "Grace Okello"


def test_an_agency_with_a_name_before_it_is_not_any_agency() -> None:
    found = sources("The Lodwar Power Company said the lines were down. The grain agency said that 90 lorries waited.")

    assert found[-1].name == "grain agency"


@pytest.mark.parametrize(
    ("text", "speaks_for"),
    [
        ("The harbour office denied it. There was no strike, spokesman Peter Otieno said.", "harbour office"),
        ("The Kremlin said the bridge was safe. It would open soon, spokesman Peter Otieno told reporters.", "Kremlin"),
        ("The bridge was safe, said Colonel Peter Otieno, the army's spokesman.", "army"),
        ("The bridge was safe, said Colonel Peter Otieno of the Border Guard.", "Border Guard"),
        ("The harbour office denied it. The spokesman, Peter Otieno, said there was no strike.", None),
        ("The bridge was safe, said Colonel Peter Otieno, father of the governor.", None),
        ("The bridge was safe, said Mayor Peter Otieno, whose spokesman resigned.", None),
    ],
)
def test_for_whom_a_spokesman_speaks(text: str, speaks_for: str | None) -> None:
    """For the body named last where no more is said of him and he is new."""
    said = [a.source for a in onrecord.read(onrecord.document(text)) if a.source.name == "Peter Otieno"]

    assert [source.affiliation for source in said] == [speaks_for]


def test_what_goes_on_with_a_name_is_nobody_that_is_spoken_for() -> None:
    (said,) = onrecord.read(onrecord.document("The Institute for the Study of Rivers said that the dam held."))
    (other,) = onrecord.read(onrecord.document("The Commander of the Third Brigade said that the dam held."))

    assert (said.source.name, said.source.affiliation) == ("Institute for the Study of Rivers", None)
    assert other.source.affiliation == "the Third Brigade"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Polish daily Życie said that the dam held.", "Życie"),
        ("The dam held, Le Courrier du Lac reported.", "Le Courrier du Lac"),
        ("The dam held, the Moss Ledger reported.", "Moss Ledger"),
    ],
)
def test_an_outlet_is_known_by_the_noun_before_it_or_its_last_word(text: str, name: str) -> None:
    (said,) = onrecord.read(onrecord.document(text))

    assert (said.source.kind, said.source.name) == (SourceKind.OUTLET, name)


def test_a_time_in_a_clause_of_its_own_is_not_when_it_was_said() -> None:
    text = "The dam is safe, said Ada Okello, whose house burnt down last month."
    (said,) = onrecord.read(onrecord.document(text, published="2021-03-02"))

    assert said.asserted is None


def test_a_time_in_a_clause_on_the_occasion_is_when_it_was_said() -> None:
    text = "At a meeting that was held on Sunday, Ada Okello said the bridge was safe."
    said = onrecord.read(onrecord.document(text, published="2021-03-02"))[-1]

    assert said.asserted is not None
    assert said.asserted.as_written == "Sunday"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ministry of Works and Public Affairs said the road was cut.", "Ministry of Works and Public Affairs"),
        ("The Ministry of Finance and Labour said that it had paid.", "Ministry of Finance and Labour"),
        ("The dam held, the Lake Agency, known as Elna, said. Elna said that nobody was hurt.", "Lake Agency (Elna)"),
        (
            "Kenya's Office of Coastal Works (OCW) said no. The OCW said it was old.",
            "Kenya's Office of Coastal Works (OCW)",
        ),
        ("The opposition Reed League (RL) said that it won. The RL said it was late.", "Reed League (RL)"),
        (
            "A dispute over the Moss Harbour Commission went on. The commission said that it was small.",
            "Moss Harbour Commission",
        ),
        ("The Lake Home Forces said that five men were killed.", "Lake Home Forces"),
        (
            "A ship sank, a port official told the Moss Ledger. The Ledger said that the order was signed.",
            "Moss Ledger",
        ),
        ("According to the Moss Ledger, a ship sank. The Ledger said that it was old.", "Moss Ledger"),
        (
            "Kenya's Health Ministry denied it. The ministry in Nairobi said that no one was hurt.",
            "Kenya's Health Ministry",
        ),
        ("The March 23 Movement said that it had left.", "March 23 Movement"),
        ("The militia, known as Lake Guard, said that it had left. Lake said nothing.", "militia"),
    ],
)
def test_a_body_has_its_whole_name_and_no_more(text: str, name: str) -> None:
    found = [s.name for s in sources(text) if s.kind is not SourceKind.AUTHOR]

    assert found[-1] == name


def test_two_bodies_joined_by_and_are_still_two() -> None:
    assert {s.name for s in sources("The Ministry of Defence and the police said that the line was cut.")} == {
        "Ministry of Defence",
        "police",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Lake Front said that it fought. To its neighbours in Uganda the Front says: stay at home.", "Lake Front"),
        (
            "The barge ran aground near Lokiru, the Lake Front said. The pilot was drunk near Lokiru, it claimed.",
            "Lake Front",
        ),
        (
            "Uganda's foreign ministry called it a lie. The emergencies ministry said that nobody was hurt.",
            "emergencies ministry",
        ),
        ("The government fined two firms. The commission said that the fish had died.", "commission"),
        (
            "The Moss Harbour Office rejects what the press wrote. The newspaper said that a clerk took bribes.",
            "newspaper",
        ),
        (
            "The company said that two were hurt. Company Secretary Joel Okello was there. It said no. The company said that it was over.",
            "company",
        ),
    ],
)
def test_a_body_is_no_other_that_stands_near_it(text: str, name: str) -> None:
    assert sources(text)[-1].name == name


def test_a_spokesman_of_the_ministry_is_that_of_the_one_named_before() -> None:
    *_, spokesman = sources(
        "Uganda's foreign ministry called it a lie. Two were hurt, ministry spokesman Peter Mukasa said."
    )

    assert (spokesman.affiliation, spokesman.country) == ("Uganda's foreign ministry", "UG")


def test_a_spokesman_of_the_army_may_be_that_of_the_other_state() -> None:
    text = "Kenya lost five men, Kenya said. Uganda's army denied the raid. Five soldiers died, army spokesman Joel Okello said."

    assert sources(text)[-1].country != "UG"


@pytest.mark.parametrize(
    ("text", "role", "affiliation"),
    [
        ("The bridge is safe, said Ada Okello, who speaks for the governor.", None, "governor"),
        ("The bridge is safe, said Ada Okello, who is the mayor of Busia.", "mayor", "Busia"),
        ("The bridge is safe, said Ada Okello, who was fired by the minister.", None, None),
        ("The head of the mayor's press office, Ada Okello, said the bridge was safe.", "head", "mayor's press office"),
        ("The Lake Bank said no. It is safe, said the bank's director of works, Ada Okello.", "director", "Lake Bank"),
        ("A man identifying himself as the union's chairman, Joel Okello, said it was false.", "chairman", "union"),
        ("Ada Okello, general secretary of the union, said the shaft was unsafe.", "general secretary", "union"),
        ("A spokesman for the Lake Agency, Colonel Joel Okello, said that it was safe.", "spokesman", "Lake Agency"),
    ],
)
def test_whose_officer_somebody_is(text: str, role: str | None, affiliation: str | None) -> None:
    source = sources(text)[-1]

    assert (source.kind, source.role, source.affiliation) == (SourceKind.PERSON, role, affiliation)


@pytest.mark.parametrize(
    "text",
    [
        "A woman who identified herself as the wife of Joel Okello said that it was false.",
        "A man describing himself as a friend of Joel Okello said that it was false.",
    ],
)
def test_who_is_somebody_s_wife_or_friend_is_not_he(text: str) -> None:
    assert sources(text)[-1].name != "Joel Okello"


def test_the_diplomat_is_the_foreign_ministry_s_spokesman_and_he_no_state() -> None:
    text = (
        "Chad is ready, Foreign Ministry spokesman Joel Okello said. Chad has no troops there, the diplomat stressed. "
        "He added that the road was closed."
    )

    assert {s.name for s in sources(text)} == {"Joel Okello"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vesna Kolar, who saw the order, said that it was old.", SourceKind.PERSON),
        ("The Moss Rangers, who won the cup, said that it was close.", SourceKind.ORGANISATION),
        ("Farmers on Moss Hill, who saw the flood, said that it was late.", SourceKind.UNNAMED),
        ("A rebel commander known as Kato was wounded. Kato said that the dam held.", SourceKind.PERSON),
        ("The Foreign Minister, who met them, said that he was glad.", SourceKind.UNNAMED),
        ("A handwritten notice warned that the shaft was unsafe.", SourceKind.DOCUMENT),
    ],
)
def test_what_kind_of_source_it_is(text: str, kind: SourceKind) -> None:
    assert sources(text)[-1].kind is kind


def test_the_outlet_of_a_document_is_a_newsroom_there_and_the_ministry_that_publishes_is_the_ministry() -> None:
    (reported,) = onrecord.read(
        a_document("Moss Tidings said that it could not reach the mayor.", outlet="Moss Tidings")
    )
    stated = onrecord.read(
        a_document("The Ministry said that two had died.", outlet="Ministry of Works of Kenya (statement)")
    )
    (of_kenya,) = onrecord.read(a_document("Kenya said that the dam held.", outlet="Lake Post (Kenya)"))

    assert reported.source.kind is SourceKind.OUTLET
    assert (stated[0].source.name, stated[0].source.country) == ("Ministry of Works of Kenya", "KE")
    assert of_kenya.source.is_state


def test_that_a_newsroom_has_a_text_is_no_statement_of_its_own_and_to_see_a_threat_is_one() -> None:
    read = "The pump was clean on ten days, according to a memo, which the Moss Ledger has read."
    seen = "Neighbours, who see the dam as unsafe, have left."

    assert "Moss Ledger" not in {s.name for s in sources(read)}
    assert "Neighbours" in {s.name for s in sources(seen)}


@pytest.mark.parametrize(
    ("text", "name", "role", "body"),
    [
        (
            "Lake Water Agency hydrologist Lucia Ferro said the dam held.",
            "Lucia Ferro",
            "hydrologist",
            "Lake Water Agency",
        ),
        ("Mayor of Torvik Anna Ferro said the dam held.", "Anna Ferro", "Mayor", "Torvik"),
        ("Superintendent of Police K. V. Menon said the dam held.", "K. V. Menon", "Superintendent", "Police"),
        ("Rights activist Lucia Ferro said the dam held.", "Lucia Ferro", "Rights activist", None),
        ("Independent analyst Lucia Ferro said the dam held.", "Lucia Ferro", "analyst", None),
        (
            "Lucia Ferro, a senior researcher at the Lake Institute, said the dam held.",
            "Lucia Ferro",
            "senior researcher",
            "Lake Institute",
        ),
        ("Lucia Ferro, a truck driver from Torvik, said the dam held.", "Lucia Ferro", "truck driver", None),
        ("The wife of driver Peter Ferro said the dam held.", "wife of driver Peter Ferro", None, "driver Peter Ferro"),
    ],
)
def test_what_somebody_does_is_the_role(text: str, name: str, role: str | None, body: str | None) -> None:
    (source,) = sources(text)

    assert (source.name, source.role, source.affiliation) == (name, role, body)


def test_what_somebody_once_did_is_no_role_beside_the_one_that_was_told() -> None:
    text = "Mayor Lucia Ferro said the dam held. Ferro, a former journalist, said the road was open."

    assert [s.role for s in sources(text)] == ["Mayor", "Mayor"]


def test_the_newspaper_is_the_one_that_somebody_told_it() -> None:
    text = "Analyst Lucia Ferro told the Torvik Herald that the dam held. The newspaper said it had seen the plans."

    assert [s.name for s in sources(text)] == ["Lucia Ferro", "Torvik Herald"]


def test_who_is_called_a_news_agency_behind_the_name_is_an_outlet() -> None:
    (source,) = sources("Hirondo, the official Kenyan news agency, said the ship had left.")

    assert (source.name, source.kind) == ("Hirondo", SourceKind.OUTLET)


def test_the_hour_of_an_entry_is_no_part_of_a_name() -> None:
    (source,) = sources("14.32 GMT The Met Office says that winds of 120 km/h are expected.")

    assert source.name == "Met Office"
