"""Which words name places? The model's entities, the reader's names and the gazetteer together.

None of them is enough: the small model misreads the names of conflicts, the reader knows only what it was trained on, and of the
gazetteer's names many are also people ("Jackson"), newspapers and common words. A name that any of them knows is judged by
what stands around it, with weights learnt by `training/gazetteer/fit.py` (`toponyms.json`, logistic regression).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord.reading import gazetteer
from onrecord.reading.countries import CountryMention
from onrecord.reading.gazetteer import Entry
from onrecord.reading.network import name_shares
from onrecord.reading.spans import text_of
from onrecord.reading.titles import given_names
from onrecord.records import Precision, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

    from onrecord.reading.network import NameShares, Seen

LONGEST = 6  # words of a name
LARGE = 50_000  # people of a town that many texts name
# From these odds on words name a place.
LIKELY = 0.0
# From these on they name one that no list knows and that the text names as a place elsewhere.
LIKELY_AGAIN = -1.5
_LOCATIVE = re.compile(
    r"in|near|outside|around|at|from|to|into|toward|towards|across|within|inside|through|between|via"
)
# What a name of a place stands behind, and what a place has: "the market of", "residents of".
_BEFORE_A_PLACE = re.compile(rf"{_LOCATIVE.pattern}|above|below|behind|beyond|beside|past")
_HELD_BY_A_PLACE = re.compile(
    r"markets?|towns?|villages?|cit(?:y|ies)|outskirts|cent(?:re|er)|suburbs?|ports?|hospital|residents|inhabitants|people|mayor|streets|"
    r"hills|north|south|east|west|districts?|hamlets?|camps?|airport|defenders|capture|fall|siege|shelling|bombardment|part|parts"
)
_WHEN = frozenset({"DATE", "TIME"})
_JOINING = re.compile(r"of|de|la|le|del|da|do|dos|das|di|el|al|the|and|on|upon|sur|en|bin|al-|ad-|es-|ar-|-|–|/|du|des")
_DESIGNATOR = re.compile(
    r"county|parish|province|region|oblast|governorate|district|raion|krai|state|prefecture|city|town|township"
    r"|village|valley|strip|peninsula|island|islands|municipality|territory|border|area|suburb|neighborhood"
    r"|neighbourhood"
)
_SITE = re.compile(r"camp|settlement|enclave|crossing|checkpoint|hamlet|oasis|dam|front|axis|neighbou?rhood|quarter")
_COMPASS = re.compile(r"(?:north|south)?(?:east|west)?")
_STREET = re.compile(r"street|st|road|rd|avenue|ave|boulevard|blvd|lane|drive|highway|route|court|square|place|way")
_ORGAN = re.compile(
    r"house|council|ministry|agency|parliament|congress|senate|bank|army|force|forces|party|group|institute"
    r"|university|college|school|hospital|committee|commission|assembly|court|department|organisation|organization"
    r"|union|press|times|post|news|inc|corp|company|co|ltd|church|club|league|association|airport|airlines|police"
    r"|sheriff|fire"
)
_TITLE = re.compile(r"mr|mrs|ms|dr|sen|rep|gov|president|minister|sir|lord|judge|capt|sgt|lt|col|gen|officer|coach")
_STRUCK = re.compile(
    r"take|seize|capture|shell|hit|strike|bomb|liberate|leave|reach|enter|retake|recapture|control|attack|storm|occupy|besiege|visit|flee|"
    r"encircle|surround|overrun|raid|pound|target|defend|lose|rock|damage|cross|destroy"
)
_FALLS = re.compile(
    r"fell|falls|had|has|was|is|were|airport|airfield|front|axis|direction|sector|residents|road|highway|area|region"
)
_STANDING = re.compile(
    r"airport|airfield|port|hospital|university|station|bridge|stadium|prison|dam|base|county|parish|province|region|oblast|"
    r"governorate|district|raion|city|square|street|crossing|camp|plant|mine|harbo[u]?r|bay|peninsula|island|valley|river|lake"
)
_FEATURE = re.compile(r"lake|mount|mt|river|fort|port|cape|isle|islands|island")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """Words that name a place. `entries` are those that bear the name, the most populous first; empty where none does.

    `called` is the word that says what the place is ("region", "county"), in or behind its name, empty for most; `seat` is the code of the state whose seat of government bears the name, empty for most.
    `adjectival` is true for a people or what belongs to it ("Kenyan"); `associative` for that, for a seat of government that
    does not stand behind a word of place ("Cairo refused"), and for part of a longer name ("Bank of Kenya"). `odds` are log odds that the words name a place.
    """

    span: Span
    first: int
    last: int
    name: str
    entries: tuple[Entry, ...]
    called: str
    adjectival: bool
    seat: str
    associative: bool
    odds: float = 0.0


@dataclass(slots=True)
class _Around:
    """What is known of a document for judging its words."""

    doc: Doc
    small: frozenset[str]
    persons: frozenset[str]
    places: frozenset[str]
    states: frozenset[str]


def toponyms_in(doc: Doc, countries: Iterable[CountryMention], seen: Seen) -> Iterator[Toponym]:
    """Yield the words of a parsed text that name places, in order."""
    weights = _weights()
    found = [
        replace(candidate, odds=sum(weights.get(name, 0.0) * value for name, value in features.items()))
        for candidate, features in judged(doc, countries, seen)
    ]
    places = {one.name for one in found if one.odds > LIKELY and not one.entries}
    for one in found:
        if one.odds > (LIKELY_AGAIN if one.name in places and not one.entries else LIKELY):
            yield one


@cache
def _weights() -> dict[str, float]:
    found: dict[str, float] = json.loads(resources.files(__package__).joinpath("toponyms.json").read_text("utf-8"))
    return found


# ---------------------------------------------------------------- candidates


def judged(doc: Doc, countries: Iterable[CountryMention], seen: Seen) -> Iterator[tuple[Toponym, dict[str, float]]]:
    """Yield what may name a place, each with the features that decide it, in order."""
    countries = tuple(countries)
    candidates = list(_candidates(doc, countries))
    around = _Around(
        doc=doc,
        states=frozenset(country.code for country in countries if country.how != "seat"),
        small=frozenset(token.text for token in doc if token.is_lower),
        persons=frozenset(
            word.lower_ for entity in doc.ents if entity.label_ == "PERSON" for word in entity if len(entity) > 1
        ),
        places=frozenset(
            doc[c.first : c.last].text
            for c in candidates
            if c.first
            and doc[c.first - 1].lower_ in ("in", "near", "at")
            and doc[c.first].ent_type_ in ("GPE", "LOC", "PERSON", "")
        ),
    )
    likely = name_shares(doc, seen)
    for number, candidate in enumerate(candidates):
        before = candidates[number - 1] if number else None
        after = candidates[number + 1] if number + 1 < len(candidates) else None
        yield candidate, _features(around, candidate, before, after, likely)


def _candidates(doc: Doc, countries: tuple[CountryMention, ...]) -> Iterator[Toponym]:
    """Names of countries, names in the gazetteer, the longest first, and what else the model calls a place; none overlap."""
    runs = {(first, last): _keys(doc, first, last) for first, last in _runs(doc)}
    known = gazetteer.named(key for keys in runs.values() for key in keys)
    states = gazetteer.countries({c.code for c in countries})
    found: dict[int, Toponym] = {}
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    listed: dict[tuple[int, int], tuple[tuple[Entry, ...], bool]] = {}
    seats: dict[tuple[int, int], str] = {}
    for (first, last), keys in runs.items():
        entries = _bearing(keys, known, doc[last - 1].lower_)
        if entries:
            listed[first, last] = entries, not any(not key.startswith("~") and key in known for key in keys)
    for country in countries:
        at = (starts.get(country.span.start), ends.get(country.span.end))
        if at[0] is None or at[1] is None or country.code not in states:
            continue
        here = (at[0], at[1])
        if country.how == "seat":
            seats[here] = country.code
        others, _ = listed.get(here, ((), False))
        adjectival = country.how == "people" and not others
        if country.how == "seat" and not any(e.country == country.code and e.population >= LARGE for e in others):
            others = ()
        mine = (states[country.code],) if country.how != "seat" or not others else ()
        listed[here] = ((*mine, *(e for e in others if e.id != states[country.code].id)), adjectival)
    taken: set[int] = set()
    for first, last in sorted(listed, key=lambda at: (at[0] - at[1], at[0])):
        if taken.isdisjoint(range(first, last)):
            entries, adjectival = listed[first, last]
            found[first] = _toponym(doc, first, last, entries, adjectival=adjectival, seat=seats.get((first, last), ""))
            taken.update(range(first, last))
    for entity in doc.ents:
        if entity.label_ in ("GPE", "LOC") and entity.text[:1].isupper():
            parts = [one for one in found.values() if one.first < entity.end and entity.start < one.last]
            if all(_is_part_of(one, entity) for one in parts):
                for one in parts:
                    del found[one.first]
                found[entity.start] = _toponym(doc, entity.start, entity.end, ())
    taken = {at for one in found.values() for at in range(one.first, one.last)}
    for first, last in _and_where_else(doc, _where_a_place_is_named(doc)):
        if taken.isdisjoint(range(first, last)):
            found[first] = _toponym(doc, first, last, ())
            taken.update(range(first, last))
    yield from (found[first] for first in sorted(found) if not _is_a_direction(doc, found[first]))


def _where_a_place_is_named(doc: Doc) -> Iterator[tuple[int, int]]:
    """Names behind words that a place is named behind ("above Lokiru", "the market of Lokiru"): small places are in no list."""
    for token in doc:
        if not token.i or token.pos_ != "PROPN" or not token.is_title or token.ent_type_ in _WHEN:
            continue
        if _BEFORE_A_PLACE.fullmatch(doc[token.i - 1].lower_) or _is_behind_what_it_has(doc[token.i - 1]):
            last = token.i + 1
            while last < min(len(doc), token.i + LONGEST) and doc[last].pos_ == "PROPN" and doc[last].is_title:
                last += 1
            yield token.i, last


def _and_where_else(doc: Doc, named: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Some names, and wherever else in the text those of one word stand as names."""
    found = dict.fromkeys(named)
    called = {doc[first:last].text for first, last in found}
    yield from found
    for token in doc:
        if token.pos_ == "PROPN" and token.text in called and (token.i, token.i + 1) not in found:
            yield token.i, token.i + 1


def _is_behind_what_it_has(previous: Token | None) -> bool:
    """Whether the word before a name is the "of" of "the market of", "residents of"."""
    if previous is None or previous.lower_ != "of" or not previous.i:
        return False
    return _HELD_BY_A_PLACE.fullmatch(previous.nbor(-1).lower_) is not None


def _is_a_direction(doc: Doc, one: Toponym) -> bool:
    """Whether a name is a point of the compass alone: "the North" is a side, or a country cut short, and nothing on a map."""
    words = [t.lower_ for t in doc[one.first : one.last] if t.lower_ != "the"]
    return len(words) == 1 and _COMPASS.fullmatch(words[0]) is not None


def _is_part_of(one: Toponym, entity: Words) -> bool:
    """Whether a listed name is only a part of a longer unlisted one: of "Abu Tesh" the gazetteer may know an "Abu" elsewhere."""
    return (
        entity.start <= one.first
        and one.last <= entity.end
        and one.last - one.first < len(entity) <= LONGEST
        and not one.adjectival
        and not any(e.usual and (e.population >= LARGE or e.precision is not Precision.SETTLEMENT) for e in one.entries)
        and all(word.pos_ == "PROPN" and word.is_title for word in entity)
    )


def _bearing(keys: tuple[str, ...], known: dict[str, tuple[Entry, ...]], last: str) -> tuple[Entry, ...]:
    """The places of any of the keys. One that bears the name only without its last word is to be what that word says."""
    whole = {
        e.id: e
        for key in keys
        if key != gazetteer.core(key) or not _DESIGNATOR.fullmatch(last)
        for e in known.get(key, ())
    }
    towns = last in ("city", "town", "township", "village")
    for key in keys:
        if key != gazetteer.core(key) or not _DESIGNATOR.fullmatch(last):
            continue
        for entry in known.get(key, ()):
            if (entry.precision is Precision.SETTLEMENT) == towns and not (towns and whole):
                whole.setdefault(entry.id, entry)
    return tuple(sorted(whole.values(), key=lambda e: (-e.population, e.id)))


def _is_in_a_name(doc: Doc, first: int, last: int) -> bool:
    """Whether the words are part of the name of something that is no place: "Goma United", "Bank of Kenya", not "Goma Airport"."""
    head = doc[last - 1].head
    if doc[last - 1].dep_ in ("compound", "nmod") and head.i >= last and head.pos_ == "PROPN":
        return not _STANDING.fullmatch(head.lower_)
    return all(t.ent_type_ == "ORG" and t.ent_iob_ == "I" for t in doc[first:last])


def _toponym(
    doc: Doc, first: int, last: int, entries: tuple[Entry, ...], *, adjectival: bool = False, seat: str = ""
) -> Toponym:
    while last - first > 1 and doc[last - 1].lower_ in ("'s", "’s", "'", "’"):
        last -= 1
    while last - first > 1 and doc[first].lower_ == "the":
        first += 1
    called = doc[last - 1].lower_ if last - first > 1 and _DESIGNATOR.fullmatch(doc[last - 1].lower_) else ""
    if called and doc[last - 1].is_lower:
        last -= 1
    span = Span(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
    return Toponym(
        span=span,
        first=first,
        last=last,
        name=span.of(text_of(doc)),
        entries=entries,
        called=called,
        adjectival=adjectival,
        seat=seat,
        associative=adjectival
        or (bool(seat) and not (first and _LOCATIVE.fullmatch(doc[first - 1].lower_)))
        or _is_in_a_name(doc, first, last),
    )


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Runs of up to six words, from a capital letter to a capital letter, that may be one name; no line break within."""
    for token in doc:
        if not token.text[:1].isupper() and not re.match(r"(?:al|el|as|ad|ar|an)-[A-Z]", token.text):
            continue
        for last in range(token.i + 1, min(token.i + LONGEST, len(doc)) + 1):
            word = doc[last - 1]
            if last - 1 > token.i and "\n" in doc[last - 2].whitespace_ + word.text:
                break
            if word.text[:1].isupper() or word.text[:3].lower() in ("al-", "el-"):
                yield token.i, last
            elif not _JOINING.fullmatch(word.lower_) and not (
                _DESIGNATOR.fullmatch(word.lower_) and last - 1 > token.i
            ):
                break
            elif _DESIGNATOR.fullmatch(word.lower_):
                yield token.i, last
                break


def _keys(doc: Doc, first: int, last: int) -> tuple[str, ...]:
    """The keys under which a run of words may stand in the gazetteer."""
    text = doc[first:last].text
    folded = gazetteer.fold(text)
    keys = [folded, gazetteer.people(text)]
    if _DESIGNATOR.fullmatch(doc[last - 1].lower_):
        keys.append(gazetteer.core(folded))
    comma = first > 0 and doc[first - 1].text in (",", "(")
    if "." in text or (comma and text.isupper() and len(text) == 2):
        keys.append(gazetteer.abbreviation(text))
    if text.isupper() and len(text) <= 3 and last - first == 1:
        keys.remove(folded)
    return tuple(keys)


# ---------------------------------------------------------------- features


def _features(
    around: _Around,
    one: Toponym,
    before: Toponym | None,
    after: Toponym | None,
    likely: Sequence[NameShares],
) -> dict[str, float]:
    doc, head = around.doc, around.doc[one.last - 1]
    previous = doc[one.first - 1] if one.first else None
    following = doc[one.last] if one.last < len(doc) else None
    words = [doc[i] for i in range(one.first, one.last)]
    person, organ, place, pieces = (max(likely[i][k] for i in range(one.first, one.last)) for k in range(4))
    made = {"bias": 1.0, f"entity {head.ent_type_ or 'none'}": 1.0}
    made |= {"reader person": person, "reader organisation": organ, "reader place": place}
    made |= {"rare word": min(pieces, 3.0) / 3, "rare and listed": min(pieces, 3.0) / 3 * bool(one.entries)}
    made |= _of_name(around, one, words)
    made |= _beside(one, previous, following, before, after)
    made |= _elsewhere(around, one, words)
    return {name: value for name, value in made.items() if value}


def _of_name(around: _Around, one: Toponym, words: list[Token]) -> dict[str, float]:
    """What the name itself says."""
    best = one.entries[0] if one.entries else None
    people = max(
        (
            e.population
            for e in one.entries
            if e.precision in (Precision.DISTRICT, Precision.SETTLEMENT, Precision.AREA)
        ),
        default=0,
    )
    return {
        "unlisted": float(best is None),
        "country": float(any(e.precision is Precision.COUNTRY for e in one.entries) and not one.adjectival),
        "region": float(any(e.precision in (Precision.REGION, Precision.AREA) and e.usual for e in one.entries)),
        "adjectival": float(one.adjectival),
        "population": math.log10(people + 1) / 7,
        "capital": float(bool(one.seat)),
        "in a state named": float(any(e.country in around.states for e in one.entries) and best is not None),
        "large": float(people >= LARGE),
        "few bearers": float(0 < len(one.entries) <= 3),
        "unusual": float(bool(one.entries) and not any(e.usual for e in one.entries)),
        "given name": float(len(words) == 1 and words[0].text.title() in given_names()),
        "many words": float(len(words) > 1),
        "short": float(len(one.name) <= 4),
        "all capitals": float(one.name.isupper() and len(one.name) > 3),
        "designator": float(bool(one.called)),
        "feature": float(len(words) > 1 and bool(_FEATURE.fullmatch(words[0].lower_))),
        "abbreviation": float("." in one.name),
        "not a noun": float(words[-1].pos_ not in ("PROPN", "NOUN", "ADJ")),
        "common noun": float(words[-1].pos_ in ("NOUN", "ADJ") and not one.adjectival),
    }


def _beside(
    one: Toponym, previous: Token | None, following: Token | None, before: Toponym | None, after: Toponym | None
) -> dict[str, float]:
    """What stands next to the name."""
    left = previous.lower_.strip(".") if previous is not None else ""
    right = following.lower_.strip(".") if following is not None else ""
    named_left = previous is not None and previous.pos_ == "PROPN" and previous.text[:1].isupper()
    named_right = following is not None and following.pos_ == "PROPN" and following.text[:1].isupper()
    within = after is not None and right == "," and after.first == one.last + 1
    return {
        "begins": float(previous is None or previous.is_sent_end is True or previous.is_space),
        "behind in": float(left in ("in", "near")),
        "behind at": float(left in ("at", "around", "outside", "across", "within", "inside")),
        "behind from": float(bool(_LOCATIVE.fullmatch(left))),
        "behind of": float(left == "of"),
        "behind what it has": float(_is_behind_what_it_has(previous)),
        "behind the": float(left == "the"),
        "behind a title": float(bool(_TITLE.fullmatch(left))),
        "behind a given name": float(previous is not None and previous.text.title() in given_names()),
        "behind a name": float(named_left),
        "behind an initial": float(bool(re.fullmatch(r"[a-z]", left))),
        "behind a comma": float(left == "," and before is not None and before.last == one.first - 1),
        "before a place": float(within),
        "before its region": float(
            within and after is not None and _inside(one.entries, after.entries) and not after.adjectival
        ),
        "behind its town": float(
            left == "," and before is not None and before.last == one.first - 1 and _inside(before.entries, one.entries)
        ),
        "before a name": float(named_right and not _DESIGNATOR.fullmatch(right)),
        "before a designator": float(bool(_DESIGNATOR.fullmatch(right))),
        "before a camp": float(bool(_SITE.fullmatch(right))),
        "before a street": float(bool(_STREET.fullmatch(right))),
        "before an organ": float(bool(_ORGAN.fullmatch(right))),
        "before 's": float(right in ("'s", "’s")),
        "before a surname": float(named_right and not any(p.fullmatch(right) for p in (_ORGAN, _DESIGNATOR, _STREET))),
        "behind a direction": float(
            left in ("north", "south", "east", "west", "northern", "southern", "eastern", "western")
        ),
        "before a verb": float(following is not None and following.pos_ in ("VERB", "AUX")),
        "taken or struck": float(bool(previous is not None and _STRUCK.fullmatch(previous.lemma_.lower()))),
        "falls": float(bool(following is not None and _FALLS.fullmatch(following.lower_))),
        "listed behind a place": float(
            before is not None and before.last == one.first - 1 and left in (",", "and", "or", "/", "-", "–")
        ),
        "listed before a place": float(
            after is not None and after.first == one.last + 1 and right in ("and", "or", ",", "/", "-", "–")
        ),
        "behind a number": float(previous is not None and previous.like_num),
    }


def _inside(small: tuple[Entry, ...], large: tuple[Entry, ...]) -> bool:
    """Whether one of the places may lie in one of the others."""
    regions = {e.id for e in large if e.precision in (Precision.REGION, Precision.DISTRICT)}
    states = {e.country for e in large if e.precision is Precision.COUNTRY}
    return any(e.region in regions or e.district in regions or e.country in states for e in small)


def _elsewhere(around: _Around, one: Toponym, words: list[Token]) -> dict[str, float]:
    """What the rest of the document says of the name."""
    return {
        "a place elsewhere": float(one.name in around.places),
        "a person elsewhere": float(len(words) == 1 and words[0].lower_ in around.persons),
        "small elsewhere": float(len(words) == 1 and words[0].lower_ in around.small),
    }
