"""Whose is it? The state that a phrase names as its own, or that "its" and "the country's" stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reading.countries import CountryMention, countries_in
from onrecord.reading.spans import text_of
from onrecord.records import Source, SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# "The envoy for Kenya", "the ambassador to Kenya" speak of Kenya, not for it.
_CONCERNS = re.compile(
    r"\b(?:to|in|on|against|(?:envoy|coordinator|rapporteur|representative|adviser|advisor)\s+for)\s+(?:the\s+)?$"
)
# Organs that sit where their state does.
SEATED = frozenset(["ministry", "government", "presidency", "parliament"])
# "The country's army", "its army": whose it is was said before.
OWNED = re.compile(r"(?:the|that|this)\s+(?:country|nation)['’]s\b|its\s+\w", re.IGNORECASE)


def possessive(holder: Source) -> str:
    """A source with the mark of what it has: "Ann Moss's", "the rebels'" without its article."""
    return (
        f"{holder.name}'" if holder.name.endswith("s") and holder.kind is not SourceKind.PERSON else f"{holder.name}'s"
    )


def is_state(core: str, country: CountryMention) -> bool:
    """Whether words name a state and nothing else: "Kenya", "Nairobi", "the Kenyan side"."""
    named = country.span.of(core)
    return core == named if country.how != "people" else core == f"{named} side"


def country_of(as_written: str, head: Token) -> str | None:
    """The state that a phrase names as its own: not in "envoy to Kenya", but in "the ministry in Nairobi"."""
    for mention in countries_in(as_written):
        seated = mention.how == "seat" and head.lower_ in SEATED
        if seated or not _CONCERNS.search(as_written[: mention.span.start]):
            return mention.code
    return None


def owner_of(doc: Doc, first: Token) -> CountryMention | None:
    """The state that "its" or "the country's" stands for: the subject of the sentence, else the last one named before.

    People ("Kenyans") own nothing unless no state is named.
    """
    text = text_of(doc)
    before = list(countries_in(text[: first.idx]))
    states = [m for m in before if m.how != "people" or not re.search(r"(?<!s)s$", m.span.of(text))] or before
    subjects = {t.idx for t in first.sent if t.i < first.i and t.dep_ in ("nsubj", "nsubjpass") and t.pos_ == "PROPN"}
    return next((m for m in reversed(states) if m.span.start in subjects), states[-1] if states else None)
