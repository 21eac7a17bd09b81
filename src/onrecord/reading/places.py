"""Where? The places of a text by name, from the model's entities, the table of states, and the words around a name.

A place by name only: coordinates come from a gazetteer. A person, a people or a party is not a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.reading.countries import CountryMention
from onrecord.reading.spans import text_of
from onrecord.records import Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

LOCATIVE = frozenset(
    {"in", "near", "outside", "around", "at", "from", "to", "into", "toward", "towards", "across", "within", "inside"}
)
# Behind these a name that the model calls an organisation, or nothing, is a place.
STANDING_AT = frozenset({"in", "near", "at", "around", "outside"})
# Words that make the name before them a region (GeoNames feature class A and L, in English).
REGION = frozenset(
    [
        "region",
        "oblast",
        "province",
        "governorate",
        "district",
        "county",
        "raion",
        "krai",
        "state",
        "prefecture",
        "city",
        "town",
        "village",
        "valley",
        "strip",
        "peninsula",
    ]
)
# Names that the small model calls places and that are institutions.
_ORGAN = re.compile(
    r"\b(?:House|Council|Ministry|Agency|Pentagon|Kremlin|Parliament|Congress|Senate|Bank|Army|Forces?|Party|Group|Institute|"
    r"University|Committee|Commission|Assembly|Court|Department|Organi[sz]ation|Union|Press|Times|Post|News)\b"
)


def places_in(doc: Doc, countries: Iterable[CountryMention]) -> Iterator[Place]:
    """Yield the places that a parsed text names, in order."""
    found: dict[int, Place] = {}
    for country in countries:
        words = country.span.of(text_of(doc))
        if country.how != "people" and not _ORGAN.search(words):
            found[country.span.start] = Place(name=words, country=country.code, as_written=words, span=country.span)
    taken = [place.span for place in found.values()]
    for entity in doc.ents:
        span = Span(entity.start_char, entity.end_char)
        if _is_place(entity) and not any(span.overlaps(t) for t in taken):
            name = re.sub(r"^(?:the|The)\s+|['’]s$", "", entity.text).strip()
            found[span.start] = Place(name=name, country=None, as_written=entity.text, span=span)
    for token in doc:
        unlabelled = _unlabelled(token)
        if unlabelled is not None and not any(unlabelled.overlaps(place.span) for place in found.values()):
            words = unlabelled.of(text_of(doc))
            found[unlabelled.start] = Place(name=words, country=None, as_written=words, span=unlabelled)
    yield from (found[start] for start in sorted(found))


def _unlabelled(token: Token) -> Span | None:
    """The name behind "in", "near", "at" that the model gives no label at all; None for anything else."""
    if token.pos_ != "PROPN" or token.dep_ != "pobj" or token.ent_type_ or token.head.lower_ not in STANDING_AT:
        return None
    first = token.i
    while token.doc[first - 1].pos_ == "PROPN" and not token.doc[first - 1].ent_type_ and first - 1 > token.head.i:
        first -= 1
    return Span(token.doc[first].idx, token.idx + len(token))


def _is_place(entity: Words) -> bool:
    if _ORGAN.search(entity.text) or not entity.text[:1].isupper():
        return False
    after = entity.doc[entity.end] if entity.end < len(entity.doc) else None
    region = after is not None and after.lower_ in REGION
    if entity.label_ in ("GPE", "LOC", "FAC"):
        return True
    before = entity.doc[entity.start - 1] if entity.start else None
    locative = before is not None and before.lower_ in LOCATIVE and entity.root.dep_ == "pobj"
    if entity.label_ == "ORG" and before is not None and before.lower_ in STANDING_AT and entity.root.dep_ == "pobj":
        return not entity.text.isupper() and entity.end - entity.start <= 3
    return region or (locative and entity.label_ in ("PRODUCT", "WORK_OF_ART") and entity.end - entity.start <= 3)
