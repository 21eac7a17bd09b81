"""Who says what, in the ways that news agencies write it."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.reading.content_words import not_the_hearer
from onrecord.reading.nlp import parsed
from onrecord.reading.source_words import completed
from onrecord.records import Act, Assertion, SourceKind, words_of
from tests.builders import a_document


def assertions(text: str) -> list[tuple[str, str]]:
    """Source and content of each assertion."""
    document = a_document(text)
    return [(a.source.name, words_of(text, a.attribution.content)) for a in onrecord.read(document)]


def only(text: str) -> Assertion:
    (assertion,) = onrecord.read(a_document(text))
    return assertion


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The mayor said the bridge was closed.", "mayor", "the bridge was closed"),
        ("The bridge was closed, the mayor said.", "mayor", "The bridge was closed"),
        ("According to the Red Cross, the camp is empty.", "Red Cross", "the camp is empty"),
        ("The camp is empty, according to the Red Cross.", "Red Cross", "The camp is empty"),
        ("“We will not leave the city,” Amina Diallo told reporters.", "Amina Diallo", "“We will not leave the city,”"),
        (
            "Kenya's foreign ministry denied that its troops had crossed.",
            "Kenya's foreign ministry",
            "that its troops had crossed",
        ),
        (
            "A spokesman for the army confirmed that the town had fallen.",
            "spokesman for the army",
            "that the town had fallen",
        ),
        ("The ministry put the number of dead at 31.", "ministry", "the number of dead at 31"),
        ("By the general's account the airport was taken.", "general", "the airport was taken"),
    ],
)
def test_an_attribution_has_its_source_and_content(text: str, source: str, content: str) -> None:
    assert (source, content) in assertions(text)


def test_what_is_reported_by_nobody_is_unattributed() -> None:
    assertion = only("It was reported that two villages had been burned.")

    assert assertion.source.kind is SourceKind.UNATTRIBUTED
    assert words_of("It was reported that two villages had been burned.", assertion.attribution.content) == (
        "that two villages had been burned"
    )


def test_what_nobody_is_said_to_say_is_the_authors_own_word() -> None:
    assertion = only("Rain fell on the camp for three days.")

    assert assertion.source.kind is SourceKind.AUTHOR
    assert assertion.attribution.cue == ()


def test_a_cited_source_stands_behind_the_outlet_that_cites_it() -> None:
    assertion = only("Five soldiers were killed, the Nairobi Post reported, citing hospital officials.")

    assert assertion.source.name == "hospital officials"
    assert [hop.source.name for hop in assertion.hops] == ["Nairobi Post"]


def test_a_quotation_within_a_report_keeps_both_hops() -> None:
    text = "The envoy said that the president told lawmakers that the army would withdraw."
    inner = next(a for a in onrecord.read(a_document(text)) if a.source.name == "president")

    assert [hop.source.name for hop in inner.hops] == ["envoy"]
    assert inner.parent is not None


def test_a_hop_points_at_the_words_that_name_it() -> None:
    text = "The envoy said that the president told lawmakers that the army would withdraw."
    inner = next(a for a in onrecord.read(a_document(text)) if a.source.name == "president")

    assert inner.hops[0].span.of(text) == "The envoy"


def test_two_clauses_after_one_cue_are_two_assertions() -> None:
    contents = [
        content for _, content in assertions("The mayor said that the bridge was hit and the school was closed.")
    ]

    assert contents == ["that the bridge was hit", "the school was closed"]


def test_a_dateline_is_no_part_of_what_is_said() -> None:
    text = "GOMA, Congo (Wire) — Rebels have taken the airport, two diplomats said on Monday."

    assert assertions(text) == [("two diplomats", "Rebels have taken the airport")]


def test_a_long_quotation_over_several_sentences_is_one_attribution() -> None:
    text = "“They came at night. They burned the houses. We ran to the river,” said Mary Okello, a farmer."

    assert any(source == "Mary Okello" and "They burned the houses" in content for source, content in assertions(text))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The army denied the attack on the village.", Act.DENIES),
        ("The minister said the reports were false.", Act.DENIES),
        ("The governor confirmed that the dam had burst.", Act.CONFIRMS),
        ("The ministry declined to comment on the raid.", Act.DECLINES_TO_COMMENT),
        ("The agency could not independently verify the report.", Act.COULD_NOT_VERIFY),
        ("The general vowed to retake the port.", Act.THREATENS_OR_PROMISES),
        ("The president urged the rebels to lay down their arms.", Act.DEMANDS),
        ("The envoy predicted that talks would fail.", Act.PREDICTS),
        ("The president neither confirmed nor denied that the pact exists.", Act.DECLINES_TO_COMMENT),
        ("The admiral did not deny that the ships are there.", Act.DECLINES_TO_COMMENT),
        ("The ministry did not rule out that troops had crossed the border.", Act.DECLINES_TO_COMMENT),
    ],
)
def test_the_act_follows_the_cue(text: str, act: Act) -> None:
    assert act in {a.act for a in onrecord.read(a_document(text))}


@pytest.mark.parametrize(
    "text",
    [
        "The ministry has not confirmed that they were in the fighting, she said.",
        "Officials have not denied the report.",
        "The admiral could not yet corroborate that the ships are there.",
    ],
)
def test_what_is_neither_confirmed_nor_denied_is_left_open(text: str) -> None:
    assert {a.act for a in onrecord.read(a_document(text))} <= {Act.COULD_NOT_VERIFY, Act.DECLINES_TO_COMMENT}


def test_what_was_so_is_no_prediction() -> None:
    text = "They had not been seen in the fighting so far but the minister would expect them to enter it soon, he told a news conference."
    acts = {
        a.act
        for a in onrecord.read(a_document(text))
        if "been seen" in words_of(text, a.attribution.content)
        and "expect" not in words_of(text, a.attribution.content)
    }
    assert not acts & {Act.PREDICTS, Act.THREATENS_OR_PROMISES}


def test_whom_somebody_tells_is_not_what_is_told() -> None:
    ((piece,),) = parsed([("Nearly 300 men are in the port, Grace Mwangi told the Daily Wire.", 0)])
    told = next(t for t in piece.doc if t.text == "told")
    hearer = [t.i for t in piece.doc if t.text in ("Daily", "Wire")]
    content = not_the_hearer(told, hearer, {told.i})

    assert piece.doc[content[0] : content[-1] + 1].text.startswith("Nearly 300 men are in the port")


def test_a_source_before_what_it_closes_keeps_its_words() -> None:
    assert assertions("Officials, it is closed, say.") == [("Officials", "it is closed")]


def test_a_source_does_not_end_on_its_preposition() -> None:
    (pieces,) = parsed([("A Kenyan envoy to the United Nations said that the camp is empty.", 0)])
    doc = pieces[0].doc

    assert [doc[i].text for i in completed(doc, (0, 1, 2, 3), {7})][4:] == ["the", "United", "Nations"]


def test_an_article_behind_a_name_belongs_to_what_follows() -> None:
    text = (
        "Nearly 11,000 soldiers are in training in the east and will be ready to fight on November 1, the head of Kenya's military "
        "intelligence, Kyrylo Duale, told the U.S. website The War Zone. They will fight with new equipment and ammunition, he said. "
        "According to Duale a first group of 2,600 will be sent to the Kasai region; he could not say where the others will go and said "
        'that Kenya lacks "the full picture" for now.'
    )
    (found,) = (a for a in onrecord.read(a_document(text)) if "first group" in words_of(text, a.attribution.content))

    assert words_of(text, found.attribution.source) == "Duale"
    assert words_of(text, found.attribution.content).startswith("a first group of 2,600")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "At least 28 people were killed in the strike, the ministry said on Monday, among them six children.",
            "At least 28 people were killed in the strike … among them six children",
        ),
        (
            "At least 28 people were killed in the strike, the ministry said on Monday, most of them women.",
            "At least 28 people were killed in the strike … most of them women",
        ),
        (
            "The number of dead has risen to 52, the ministry said on Wednesday, up from 38 the day before.",
            "The number of dead has risen to 52 … up from 38 the day before",
        ),
        (
            "Shells hit the market, killing 31, the ministry said on Monday, and wounding 12.",
            "Shells hit the market, killing 31 … and wounding 12",
        ),
    ],
)
def test_a_count_goes_on_behind_who_gives_it(text: str, content: str) -> None:
    assertion = only(text)

    assert assertion.source.name == "ministry"
    assert " … ".join(span.of(text) for span in assertion.attribution.content) == content


def test_the_second_half_of_a_sentence_is_whose_the_first_is_unless_another_says_it() -> None:
    joined = assertions("The death toll rose to 16, the ministry reported, and 20 people were wounded.")
    another = assertions("A bridge fell, the army said, and the mayor denied that anybody was hurt.")

    assert joined == [("ministry", "The death toll rose to 16"), ("ministry", "20 people were wounded")]
    assert another == [("army", "A bridge fell"), ("mayor", "that anybody was hurt")]


def test_a_figure_behind_an_attribution_keeps_clear_of_who_said_it() -> None:
    text = "Rebels took the town, the army said on Monday, after two days of fighting in which 14 soldiers died."
    army, other = assertions(text)

    assert army == ("army", "Rebels took the town")
    assert "14 soldiers died" in other[1]
    assert "said" not in other[1]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Kenya raised its death toll to 40 on Monday.", "Kenya", "its death toll to 40 on Monday"),
        ("Police lowered their estimate of the crowd to 5,000.", "Police", "their estimate of the crowd to 5,000"),
        (
            "The flood left 21 people dead by the ministry's own count.",
            "ministry",
            "The flood left 21 people dead",
        ),
        ("The Red Cross reported 12 deaths.", "Red Cross", "12 deaths"),
        ("In a report the agency said that it had found 12 shells.", "agency", "that it had found 12 shells"),
    ],
)
def test_who_gives_a_number_is_its_source(text: str, source: str, content: str) -> None:
    assert assertions(text) == [(source, content)]


def test_who_refuses_to_do_something_says_nothing() -> None:
    deed, silence = only("The navy has refused to open the canal."), only("The navy declined to say who was hurt.")

    assert (deed.source.kind, deed.act) == (SourceKind.AUTHOR, Act.ASSERTS)
    assert (silence.source.name, silence.act) == ("navy", Act.DECLINES_TO_COMMENT)


def test_a_clause_of_a_question_need_not_ask() -> None:
    half = "The rebels have taken the bridge, and why is nobody there?"
    whole = "Did the rebels take the bridge, or was it the army?"

    assert onrecord.read(a_document(half))[0].act is Act.ASSERTS
    assert {a.act for a in onrecord.read(a_document(whole))} == {Act.ASKS}


def test_what_is_done_together_is_no_attribution_that_leaves_half_a_sentence() -> None:
    assert assertions("The rivals agreed to it in Lagos, and the papers were signed.") == [
        ("The Wire", "The rivals agreed to it in Lagos"),
        ("The Wire", "the papers were signed"),
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Forty villagers, says the health bureau; six of them died in hospital.", "health bureau", "Forty villagers"),
        ("The 60 whom the army says it captured have not been seen.", "army", "The 60 whom ... it captured"),
        (
            "Six miners are now confirmed dead in the collapse at the pit, two of them brothers, the governor's office said on Friday.",
            "governor's office",
            "Six miners are now confirmed dead in the collapse at the pit, two of them brothers",
        ),
        ("An aide, who asked not to be named, said the road was cut.", "aide", "the road was cut"),
        (
            "Nairobi first said none, and since Monday says fewer than 30, all of them medics.",
            "Nairobi",
            "fewer than 30, all of them medics",
        ),
    ],
)
def test_whose_words_reach_how_far(text: str, source: str, content: str) -> None:
    assert (source, content) in assertions(text)


def test_who_wants_no_name_puts_nothing_forward_by_that() -> None:
    assert {source for source, _ in assertions("An aide, who asked not to be named, said the road was cut.")} == {
        "aide"
    }
    assert len(assertions("An aide, who asked not to be named, said the road was cut.")) == 1


def test_both_sides_are_the_two_named_before() -> None:
    found = assertions("Kenya and Chad held talks in Lome on Sunday. Both governments said the road would be opened.")

    assert {s for s, words in found if words == "the road would be opened"} == {"Kenya", "Chad"}


def test_each_side_of_two_peoples_is_their_state() -> None:
    found = assertions(
        "Kenyan and Ugandan soldiers exchanged fire on the lake. Each side accused the other of firing first."
    )

    assert {s for s, words in found if words.startswith("the other")} == {"Kenya", "Uganda"}


def test_what_is_agreed_is_done_and_not_said() -> None:
    found = assertions("The two chiefs agreed on a truce at noon, and the guns fell silent.")

    assert [words for _, words in found] == ["The two chiefs agreed on a truce at noon", "the guns fell silent"]
    assert ("Kenya", "to open the road by May") in assertions("Kenya agreed to open the road by May.")


def test_a_promise_may_be_a_noun() -> None:
    (said,) = onrecord.read(onrecord.document("The minister promised an inquiry."))

    assert (said.source.name, said.act) == ("minister", Act.THREATENS_OR_PROMISES)
