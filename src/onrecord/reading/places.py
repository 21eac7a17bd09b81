"""Where? The places of a text by name, from the model's entities, the table of states, and the words around a name.

A place by name only: coordinates come from a gazetteer. A person, a people or a party is not a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.reading.countries import CountryMention
from onrecord.records import Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Words

LOCATIVE = frozenset(
    {"in", "near", "outside", "around", "at", "from", "to", "into", "toward", "towards", "across", "within", "inside"}
)
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
_ORGAN = re.compile(r"\b(?:House|Council|Ministry|Agency|Pentagon|Kremlin|Parliament|Congress|Senate|Bank)\b")


def places_in(doc: Doc, countries: Iterable[CountryMention]) -> Iterator[Place]:
    """Yield the places that a parsed text names, in order."""
    found: dict[int, Place] = {}
    for country in countries:
        words = country.span.of(doc.text)
        if country.how != "people" and not _ORGAN.search(words):
            found[country.span.start] = Place(name=words, country=country.code, as_written=words, span=country.span)
    taken = [place.span for place in found.values()]
    for entity in doc.ents:
        span = Span(entity.start_char, entity.end_char)
        if _is_place(entity) and not any(span.overlaps(t) for t in taken):
            name = re.sub(r"^(?:the|The)\s+|['’]s$", "", entity.text).strip()
            found[span.start] = Place(name=name, country=None, as_written=entity.text, span=span)
    yield from (found[start] for start in sorted(found))


def _is_place(entity: Words) -> bool:
    if _ORGAN.search(entity.text) or not entity.text[:1].isupper():
        return False
    after = entity.doc[entity.end] if entity.end < len(entity.doc) else None
    region = after is not None and after.lower_ in REGION
    if entity.label_ in ("GPE", "LOC", "FAC"):
        return True
    before = entity.doc[entity.start - 1] if entity.start else None
    locative = before is not None and before.lower_ in LOCATIVE and entity.root.dep_ == "pobj"
    return region or (locative and entity.label_ in ("PRODUCT", "WORK_OF_ART") and entity.end - entity.start <= 3)
