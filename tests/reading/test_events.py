"""Events: what happened, who did it to whom, and how it stands to what is."""

from __future__ import annotations

import pytest

from onrecord.reading.actors import side_of
from onrecord.reading.events import events_in
from onrecord.reading.nlp import parsed
from onrecord.records import Event, EventMode, EventType, Sector


def first(text: str) -> Event:
    (pieces,) = parsed([(text, 0)])
    return next(iter(events_in(pieces[0].doc)))


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Kenyan troops shelled two villages in Somalia, officials said.", EventType.ASSAULT, "Kenyan", "Somalia"),
        ("Ghana's president met his Togolese counterpart in Accra.", EventType.CONSULT, "president", "Togolese"),
        ("Zambia's unions threatened to call a general strike.", EventType.THREATEN, "unions", None),
        ("Thousands of nurses marched through Lusaka to protest against low pay.", EventType.PROTEST, "nurses", None),
        ("Police in Uganda arrested 20 opposition activists.", EventType.COERCE, "Police", "activists"),
        ("Norway donated tents to Malawi after the floods.", EventType.AID, "Norway", "Malawi"),
        ("The rebels rejected the government's offer of talks.", EventType.REJECT, "rebels", "government"),
        ("Botswana accused Namibia of moving the border posts.", EventType.ACCUSE, "Botswana", "Namibia"),
        ("Ethiopia said it had withdrawn its soldiers from the town.", EventType.RETREAT, "Ethiopia", None),
        ("Mali demanded that France hand over the documents.", EventType.REQUEST, "Mali", "France"),
    ],
)
def test_type_actor_and_recipient(text: str, kind: EventType, actor: str, recipient: str | None) -> None:
    event = first(text)
    assert event.type is kind
    assert event.actor is not None
    assert actor in event.actor.words
    assert event.actor.words == event.actor.span.of(text)
    if recipient is not None:
        assert event.recipient is not None
        assert recipient in event.recipient.words


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Ghana will send troops to Mali.", EventMode.FUTURE),
        ("Ghana did not attack Togo.", EventMode.NEGATED),
        ("Ghana might attack Togo.", EventMode.HYPOTHETICAL),
        ("Ghana is attacking Togo.", EventMode.ONGOING),
        ("Ghana attacked Togo in 1957.", EventMode.HISTORICAL),
    ],
)
def test_modes(text: str, mode: EventMode) -> None:
    assert mode in first(text).modes


def test_a_plain_event_has_no_mode() -> None:
    assert first("Ghana attacked Togo on Monday.").modes == ()


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("Kenyan soldiers", "KE", Sector.MILITARY),
        ("the Zambian government", "ZM", Sector.GOVERNMENT),
        ("al-Shabaab fighters", "SO", Sector.REBEL),
        ("the United Nations", None, Sector.INTERNATIONAL),
        ("a group of miners", None, Sector.LABOUR),
        ("Grace Mwangi", None, None),
    ],
)
def test_sides(words: str, country: str | None, sector: Sector | None) -> None:
    assert side_of(words) == (country, sector)


@pytest.mark.parametrize("text", ["", "...", "1 2 3", "NOTHING HERE", "Why?", "Attack attack attack."])
def test_odd_texts_are_read(text: str) -> None:
    (pieces,) = parsed([(text, 0)])
    for piece in pieces:
        assert all(event.span.of(piece.doc.text) for event in events_in(piece.doc))
