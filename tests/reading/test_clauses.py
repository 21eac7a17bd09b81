"""What a clause says besides its words: of whom, what it grants, where it ends."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.records import Act, Assertion, Genre, Level, Polarity, words_of
from tests.builders import a_document


def read(text: str) -> list[tuple[Assertion, str]]:
    """The assertions of a text with their words."""
    found = onrecord.read(onrecord.document(text, published="2021-03-10"))
    return [(a, words_of(text, a.attribution.content)) for a in found]


def test_all_of_the_clause_before_a_closing_said_is_what_was_said() -> None:
    found = read(
        'Kenya and Somalia agreed on Monday to an "immediate" ceasefire starting at midnight, Kenyan President William Ruto announced after '
        "two hours of talks with the leaders of both countries."
    )

    (announced,) = [(a, words) for a, words in found if a.source.name == "William Ruto"]
    assert announced[1].startswith("Kenya and Somalia agreed on Monday")
    assert announced[0].act is Act.ASSERTS
    assert announced[0].source.role == "President"
    assert not any(words.startswith("Kenya and") for a, words in found if a.source.name != "William Ruto")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Kenyan soldiers are in Kismayo, the mayor said. They had not been seen in combat so far, he said.", "@KE"),
        ("The mayor said that Kenyan soldiers were in Kismayo and that they would stay.", "@KE"),
        ("Rebels hold the town. The governor said that they had blown up the bridge.", "rebel"),
    ],
)
def test_they_stands_for_the_group_named_before(text: str, about: str) -> None:
    assert about in read(text)[-1][0].terms


def test_they_stands_for_nobody_where_no_group_was_named() -> None:
    (said,) = [
        a for a, words in read("The ship sank. The mayor said that they would rebuild it.") if "rebuild" in words
    ]

    assert set(said.terms) == {"rebuild"}


def test_a_denial_grants_what_its_when_tells() -> None:
    found = read("The mayor denied that anybody had been hurt after the shells hit the market of Goma.")

    assert [(a.act, words) for a, words in found] == [
        (Act.DENIES, "that anybody had been hurt after the shells hit the market of Goma"),
        (Act.ASSERTS, "the shells hit the market of Goma"),
    ]
    assert set(found[0][0].terms) == {"hurt", "goma"}


def test_two_statements_around_a_semicolon_are_two() -> None:
    found = read(
        "According to the governor a first group of 2,600 will be sent to Lamu; he could not say where the others will go."
    )

    sent = next(a for a, words in found if words.endswith("sent to Lamu"))
    assert sent.certainty.polarity == "positive"
    assert [f.best for f in sent.figures] == [2600.0]


def test_accounts_that_differ_deny_nothing() -> None:
    for text in (
        "The two sides gave differing accounts of the attack on the camp.",
        "The army and the rebels made conflicting claims on Monday about a major assault on the town.",
    ):
        assert all(a.act is not Act.DENIES for a, _ in read(text))


def test_what_is_not_confirmed_is_no_denial() -> None:
    found = read("The department has not confirmed that they have been in combat, she said.")

    assert {a.act for a, _ in found} <= {Act.COULD_NOT_VERIFY, Act.DECLINES_TO_COMMENT}


@pytest.mark.parametrize(
    ("text", "role", "affiliation"),
    [
        ("NATO Secretary General Mark Rutte said that the road was open.", "Secretary General", "NATO"),
        ("Kenyan Foreign Minister Alfred Mutua said that the road was open.", "Foreign Minister", "Kenyan"),
        ("U.S. Secretary of State Antony Blinken said that the road was open.", "Secretary of State", "U.S."),
        ("Rear Admiral Ali Hassan said that the ship sank.", "Rear Admiral", None),
        ("Pentagon press secretary Maj. Gen. Pat Ryder said that the ship sank.", "press secretary", "Pentagon"),
        ("Ana Lopez, the deputy governor of Garissa, said that the road was open.", "deputy governor", "Garissa"),
    ],
)
def test_a_title_of_several_words_is_one(text: str, role: str, affiliation: str | None) -> None:
    ((said, _),) = read(text)

    assert (said.source.role, said.source.affiliation) == (role, affiliation)


def test_people_in_custody_are_captured() -> None:
    found = read("The army sent home two of the rebels, which leaves 18 in custody, the ministry said.")

    assert ("18", "captured") in [(f.as_written, f.status) for a, _ in found for f in a.figures]


def test_a_report_that_somebody_rejects_is_the_reports_word() -> None:
    found = read(
        "The reports that the center rejects had put the number at 10,000, and said that more were training in Goma."
    )

    assert {a.source.name for a, words in found if "training" in words} == {"reports"}


def test_a_claim_that_is_called_false_is_still_the_claim() -> None:
    found = read("Claims that the bridge was mined are false, the mayor said.")

    assert {(a.source.name, a.act, words) for a, words in found} == {
        ("mayor", Act.DENIES, "Claims that the bridge was mined"),
        ("unattributed", Act.ASSERTS, "that the bridge was mined"),
    }


@pytest.mark.parametrize(
    ("second", "name"),
    [
        (
            "Ana Lopez of Lake Aid, whose group supports the camp, said in an interview that it was the first.",
            "Ana Lopez",
        ),
        ("Ana Lopez, the head of Lake Aid, said in an interview that it was the first.", "Ana Lopez"),
        ("Mayor Ana Lopez said in an interview that it was the first.", "head of a Kenyan aid group"),
        ("Ana Lopez, a teacher, said in an interview that it was the first.", "head of a Kenyan aid group"),
    ],
)
def test_who_was_described_is_named_in_the_next_sentence(second: str, name: str) -> None:
    found = read(
        f"The camp near Garissa was shelled on Friday, the head of a Kenyan aid group has told a broadcaster. {second}"
    )

    assert found[0][0].source.name == name


def test_a_report_that_the_army_calls_untrue_is_not_the_armys() -> None:
    found = read("The report that 12 people died is untrue, the army said.")

    assert [(a.source.name, a.act) for a, words in found] == [("army", Act.DENIES), ("unattributed", Act.ASSERTS)]


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("No bridge was destroyed, the army spokesman said.", True),
        ("There were no casualties, the mayor of Garissa said.", True),
        ("Nobody was hurt, the mayor of Garissa said.", True),
        ("There is no doubt that the bridge was destroyed, the mayor said.", False),
    ],
)
def test_what_is_said_of_none_is_negated(text: str, negative: bool) -> None:
    ((found, _),) = read(text)

    assert (found.certainty.polarity is Polarity.NEGATIVE) is negative
    assert found.act is Act.ASSERTS


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The brigade is in Garissa, the mayor said.", {"brigade", "garissa", "presence"}),
        ("The brigade is tired, the mayor said.", {"brigade", "tired"}),
        ("The troops opened fire on the convoy, the mayor said.", {"troop", "shoot", "convoy"}),
        ("A depot was on fire, the mayor said.", {"depot", "fire"}),
        ("Two soldiers had gone missing, the mayor said.", {"soldier", "miss"}),
        ("Kenya and Uganda have moved closer, the mayor said.", {"@KE", "@UG"}),
        ("The troops moved closer to Garissa, the mayor said.", {"troop", "move", "garissa"}),
        ("Kenya's army denied shelling the town.", {"shell", "town", "@KE"}),
    ],
)
def test_the_terms_tell_what_happens(text: str, terms: set[str]) -> None:
    ((found, _),) = read(text)

    assert set(found.terms) == terms


def test_what_a_denial_calls_the_thing_is_not_the_thing() -> None:
    ((found, _),) = read("The Kremlin dismissed the reports of a deployment in Garissa as lies.")

    assert "lie" not in found.terms
    assert {"report", "deployment"} <= set(found.terms)


def test_who_is_the_person_as_introduced() -> None:
    found = read(
        "The claims came from Kenyan Defence Minister Aden Duale, who suggested that soldiers might have been sent to Goma."
    )
    (suggested,) = (a for a, words in found if "Goma" in words)

    assert (suggested.source.name, suggested.source.role, suggested.source.country) == (
        "Aden Duale",
        "Defence Minister",
        "KE",
    )


def test_a_chain_of_clauses_is_as_many_statements() -> None:
    found = read("The ferry has sunk off Lamu, two tugs have left Mombasa, and who can tell when they will be there?")

    assert [words for _, words in found] == [
        "The ferry has sunk off Lamu",
        "two tugs have left Mombasa",
        "who can tell when they will be there",
    ]
    assert [a.act for a, _ in found] == [Act.ASSERTS, Act.ASSERTS, Act.ASKS]


def test_what_happened_at_a_place_just_named_is_a_statement_of_its_own() -> None:
    found = read("The mayor said that the convoy had reached Goma, where two drivers were arrested.")

    assert [words for _, words in found] == ["that the convoy had reached Goma", "two drivers were arrested"]


def test_what_stands_behind_a_colon_goes_with_the_clause_before_it() -> None:
    found = read(
        "The town has fallen, and four nurses were caught in the fire: they were killed as they left the ward."
    )

    assert [words for _, words in found] == [
        "The town has fallen",
        "four nurses were caught in the fire: they were killed as they left the ward",
    ]


def test_nobody_wonders_at_what_is_so() -> None:
    for frame in ("No wonder that", "It is no surprise that", "Small wonder, then, that"):
        ((assertion, words),) = read(f"{frame} the price of bread has doubled in Goma.")
        assert words == "the price of bread has doubled in Goma"
        assert assertion.certainty.polarity == "positive"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            'The minister described talk that two of the nurses had been sent to Nairobi as "utterly false".',
            Act.DENIES,
        ),
        ("The ministry called reports that the bridge had been blown up nonsense.", Act.DENIES),
        (
            'The envoy told reporters that his office was "not in a position to verify" such claims.',
            Act.COULD_NOT_VERIFY,
        ),
        ("“We have no means of verifying that,” the spokeswoman said.", Act.COULD_NOT_VERIFY),
    ],
)
def test_who_calls_it_untrue_denies_and_who_cannot_tell_has_not_verified(text: str, act: Act) -> None:
    ((assertion, _),) = read(text)

    assert assertion.act is act


def test_what_an_author_has_only_heard_is_no_judgement_of_his() -> None:
    text = "The league, I hear, has held back 30 million shillings. Some 400 people have left, on tracks that I knew as sand."

    assert [a.act for a in onrecord.read(a_document(text, genre=Genre.OPINION))] == [Act.ASSERTS, Act.ASSERTS]


def test_a_main_clause_beside_somebody_elses_words_is_the_authors() -> None:
    found = read(
        "The mayor of Lamu has been dismissed, and the union, he said, has offered 20 million shillings to each of the families."
    )

    assert any(words.startswith("The mayor of Lamu has been dismissed") for _, words in found)


def test_what_is_granted_behind_although_is_a_statement_of_its_own() -> None:
    found = read("The port of Lamu is closed, although two ferries left Mombasa on Sunday.")

    assert [words for _, words in found] == ["The port of Lamu is closed", "two ferries left Mombasa on Sunday"]


def test_a_comment_on_what_is_said_makes_no_judgement_of_it() -> None:
    text = "The signal of the ferry fell silent for 90 minutes, which may be chance, as it may be chance when the lights go out."
    (assertion,) = onrecord.read(a_document(text, genre=Genre.OPINION))

    assert assertion.act is Act.ASSERTS


def test_a_comment_behind_a_dash_foretells_nothing() -> None:
    text = "The bridge has been closed – which will surprise nobody."
    (assertion,) = onrecord.read(a_document(text, genre=Genre.OPINION))

    assert assertion.act is Act.ASSERTS


def test_what_an_author_calls_his_view_is_opinion_whoever_acts_in_it() -> None:
    text = "To my mind the minister promised more than he could give."

    assert {a.act for a in onrecord.read(a_document(text, genre=Genre.OPINION))} == {Act.OPINES}


@pytest.mark.parametrize(
    "text",
    [
        "No secret talks were held in Lagos.",
        "It was no accident that the hospital was hit.",
        "The mine is open although the road is closed.",
    ],
)
def test_what_only_looks_like_a_frame_or_a_second_clause_is_left_whole(text: str) -> None:
    assert [f"{words}." for _, words in read(text)] == [text]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The minister agreed that the peace plan had failed.", "minister"),
        ("Relatives demanded that the killers be identified.", "Relatives"),
        ("Fighting went on in Lagos and Abuja. Both sides said they had won the battle.", "sides"),
        (
            "Kenya and Chad met in May. Rebels and soldiers fought on Sunday. The two sides said that ten men died.",
            "two sides",
        ),
        (
            "The army fought the rebels. Reuters and AFP reported from the town. Both sides said that ten men died.",
            "sides",
        ),
    ],
)
def test_what_only_looks_like_a_deed_or_a_pair_keeps_its_source(text: str, source: str) -> None:
    assert read(text)[-1][0].source.name == source


@pytest.mark.parametrize(
    "text",
    [
        "The pope called the war wrong.",
        "The mayor described how the family survived on rumours.",
        "Reports said ten men died in the strike. The company apologizes to the families of the dead.",
    ],
)
def test_what_only_looks_like_a_denial_is_none(text: str) -> None:
    assert all(a.act is not Act.DENIES for a, _ in read(text))


def test_who_repeats_his_denial_denies_what_the_sentence_begins_with() -> None:
    text = "As to the claims about mines that the army spreads, the minister repeats his denial."
    (assertion,) = onrecord.read(a_document(text))

    assert assertion.act is Act.DENIES
    assert words_of(text, assertion.attribution.content) == "the claims about mines that the army spreads"


def test_an_official_before_the_paper_that_reports_him_says_it_himself() -> None:
    text = "The soldiers have moved to the front, a senior official said on Wednesday, the Lake Post reported."

    assert "senior official" in {a.source.name for a in onrecord.read(a_document(text))}


def test_what_will_be_is_foretold_and_not_certain() -> None:
    (assertion,) = onrecord.read(a_document("The bridge will be opened in June, the mayor said."))

    assert assertion.act in (Act.PREDICTS, Act.THREATENS_OR_PROMISES)
    assert assertion.certainty.level is not Level.CERTAIN


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The ministry has become a room of clerks who stamp one another.", Act.OPINES),
        ("The truth is that the plan is nothing but a poster.", Act.OPINES),
        ("A bridge that nobody crosses is no road.", Act.OPINES),
        ("There is a market in Garissa.", Act.ASSERTS),
        ("Okello is a colonel.", Act.ASSERTS),
        ("The minister is a member of the council.", Act.ASSERTS),
        ("The ship is a frigate of 3,000 tonnes.", Act.ASSERTS),
        ("The village is a suburb of Garissa.", Act.ASSERTS),
        ("He was, you will remember, the cook of the general.", Act.ASSERTS),
        ("A minister who lies to his clerks has no friends.", Act.OPINES),
        ("A law that bans fishing has been passed.", Act.ASSERTS),
        ("A fisherman who fled the camp has seen the mines.", Act.ASSERTS),
        ("A fisherman who is in hospital saw two boats.", Act.ASSERTS),
        ("They were wooden boats, the herder's ferries.", Act.ASSERTS),
        ("As for the clerks who must eat, the kitchen was shut.", Act.ASSERTS),
        ("The cook will remember the kettle.", Act.PREDICTS),
    ],
)
def test_what_sort_of_thing_something_is_is_a_judgement_in_a_column(text: str, act: Act) -> None:
    (assertion,) = onrecord.read(a_document(text, genre=Genre.OPINION))

    assert assertion.act is act


def test_what_sort_of_thing_something_is_is_no_judgement_in_a_report() -> None:
    (assertion,) = onrecord.read(a_document("The ministry has become a waiting room."))

    assert assertion.act is Act.ASSERTS


def acts_of_column(text: str) -> dict[str, Act]:
    document = a_document(text, genre=Genre.OPINION)
    return {words_of(text, a.attribution.content): a.act for a in onrecord.read(document)}


def test_what_a_column_announces_with_a_colon_stands_by_itself() -> None:
    found = acts_of_column("I owe them this much: the huts on the quay were pulled down on 9 March.")

    assert found["the huts on the quay were pulled down on 9 March"] is Act.ASSERTS


def test_what_had_happened_when_an_author_felt_something_is_told() -> None:
    found = acts_of_column("When the lorries burned on the Garissa road in March, I wept for days.")

    assert found["the lorries burned on the Garissa road in March"] is Act.ASSERTS
    assert Act.OPINES in found.values()


@pytest.mark.parametrize(
    "text",
    [
        "The ferry brought Kenyan goods to Lamu on Friday.",
        "Twelve singers from Bad Ischl came to Lamu on Friday.",
        "The lake union is no party to the treaty.",
        "The police showed us a broken oar.",
    ],
)
def test_goods_names_parties_and_readers_are_no_judgement(text: str) -> None:
    assert set(acts_of_column(text).values()) == {Act.ASSERTS}


@pytest.mark.parametrize("words", ["not one of his boats", "not a single boat"])
def test_not_one_is_none(words: str) -> None:
    ((found, _),) = read(f"The mayor said that {words} had sailed.")

    assert found.certainty.polarity is Polarity.NEGATIVE
