"""Is it the same source? One party behind several names, within and across documents.

Persons are joined by surname and compatible given names unless their states differ, organisations by name or by being the same
organ of the same state ("Kenya's foreign ministry", "the Foreign Ministry in Nairobi"). The side of a party is its state, where
the words tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from onrecord.records import OWN_STATEMENT, Assertion, Document, Source, SourceKind, content_hash, is_body

# Transliterations of one name differ in a letter or two ("-iy", "-yi"). Near surnames join only with a given name that is near
# too, and never across states.
SAME_NAME = 86.0
# Heads of these are presidents too, and of no state: "president of the Grain Chamber".
_NO_STATE = (
    r"(?:association|chamber|union|(?<!russian )federation|council|committee|club|company|bank|board|university|institute|society|foundation|court|senate|parliament"
    r"|assembly|commission|league|party|group|academy|college|guild|conference|movement|front|organi[sz]ation)s?"
)
# Organs of a state by the words that name them, after PLOVER's actor sectors (GOV, MIL, SPY, COP, LEG, JUD); the first that fits.
_ORGANS = {
    "coast guard": r"\b(?:coast\s*guard|maritime\s+(?:security|safety|patrol)\s+(?:agency|service|force))\b",
    "intelligence": r"\b(?:intelligence|spy|spies|(?:secret|(?<!aviation )(?<!food )(?<!social )(?<!energy )(?<!nuclear )security)\s+(?:service|agency))\b",
    "foreign ministry": r"\b(?:foreign\s+(?:ministry|minister|affairs|office)|state\s+department|secretary\s+of\s+state|foreign\s+secretary|quai\s+d['’]orsay|itamaraty|farnesina)\b",
    "defence ministry": r"\b(?:defen[cs]e\s+(?:ministry|minister|secretary|department|official)|ministry\s+of\s+(?:national\s+)?defen[cs]e|department\s+of\s+defen[cs]e|pentagon)\b",
    "police": r"(?<!military )\bpolice\b",
    "military": (
        r"\b(?:army|military|navy|air\s+force|general\s+staff|armed\s+forces|commander|colonel|admiral|brigadier|lieutenant(?!\s+gov)"
        r"|(?<!secretary[- ])(?<!attorney[- ])(?<!director[- ])(?<!consul[- ])(?<!inspector[- ])"
        r"general(?!\s+(?:assembly|secretar(?:y|iat)|election|manager|director|counsel|council|hospital|prosecutor|attorney|inspector|strike|practitioner)))\b"
        r"|(?<!atty\. )(?<!sol\. )(?<!sec\. )\b(?:gen|col|maj|lt|brig|adm)\.(?!\s*gov)"
    ),
    "presidency": (
        rf"\bpresident\b(?!\s+of\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,4}}?{_NO_STATE}\b)"
        r"|\b(?:presidency|presidential|white\s+house|kremlin|downing\s+street|[eé]lys[eé]e|blue\s+house|casa\s+rosada|planalto|malaca[nñ]ang|bankova|prime\s+minister|government|cabinet)\b"
    ),
    "interior ministry": r"\b(?:interior\s+(?:ministry|minister)|ministry\s+of\s+(?:the\s+)?interior|home\s+office)\b",
    "parliament": r"\b(?:parliament|congress|senate|lawmakers?|duma|knesset|assembly)\b",
}
_ORGAN = {organ: re.compile(pattern, re.IGNORECASE) for organ, pattern in _ORGANS.items()}
_MINISTRY = re.compile(
    r"\b(?!(?:the|an?|its?|his|her|their|our|this|that|whose|no|same|another|new|deputy|vice|first|former|acting|junior|senior|state|chief|spokes\w+)\b)"
    r"(\w{3,})\s+minist(?:ry|er)\b|\bministry\s+of\s+(?:the\s+|public\s+|national\s+)?(\w+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One source under all its names. `side` is the ISO code of its state, None where the words do not tell.

    `stands_for` is whose word it is among independent origins: its state ("@KE"), the body of no state that it is or belongs to, or itself for
    people who hold no office; None for those who hold one that the words give to nobody, for outlets, and for the unnamed.
    `named` is False for unnamed people and hearsay, which can never be told apart for sure.
    """

    id: str
    name: str
    kind: SourceKind
    side: str | None
    organ: str | None
    named: bool
    stands_for: str | None

    @property
    def voice(self) -> str:
        """Who answers for what it says: its state, for an office of its government or forces; else itself."""
        return self.office_of if self.office_of is not None and self.named else self.id

    @property
    def office_of(self) -> str | None:
        """The state whose government or forces it speaks from, also where nobody is named ("an official of the presidency"); None for others."""
        return f"@{self.side}" if self.organ not in (None, "parliament") and self.side is not None else None


def parties(assertions: Iterable[Assertion], documents: Mapping[str, Document]) -> dict[str, Party]:
    """The party behind each assertion, by assertion id; `documents` holds their documents by id.

    Unnamed sources are one party a document; hearsay and the author's own word are one party a document too.
    """
    seen = [(a, a.source) for a in assertions]
    organs = _states_of_organs(seen, documents)
    people = _people(source for _, source in seen)
    mentions = _mentions_of_people((source for _, source in seen), people)
    known = _Known(
        people=people,
        sides=_sides_of_people(seen, organs),
        organs=organs,
        spelled_out=_spelled_out(source for _, source in seen),
        mentions=mentions,
        offices={name: _organ_of_person(those) for name, those in mentions.items()},
        bodies=frozenset(_core(source.name) for _, source in seen if source.kind is SourceKind.ORGANISATION),
    )
    return {a.id: _party(a, known) for a, _ in seen}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What all assertions together tell of names.

    `people` gives a person's fullest name, `sides` a person's state, `organs` the state of an organ by (name, document),
    `spelled_out` the name that an acronym stands for, `mentions` how a person is written, by name, `offices` the organ that a person speaks for, and
    `bodies` the organisations that speak.
    """

    people: Mapping[str, str]
    sides: Mapping[str, str]
    organs: Mapping[tuple[str, str], str]
    spelled_out: Mapping[str, str]
    mentions: Mapping[str, Sequence[Source]]
    offices: Mapping[str, str | None]
    bodies: frozenset[str]


def outlet_party(name: str) -> Party:
    """The party of a media outlet."""
    id_, kind = content_hash("party", _core(name)), SourceKind.OUTLET
    return Party(id=id_, name=name, kind=kind, side=None, organ=None, named=True, stands_for=None)


def organ_of(source: Source) -> str | None:
    """Which organ of a state the words of a source name, None for none.

    >>> organ_of(Source(name="spy agency", kind=SourceKind.ORGANISATION, as_written="Chad's spy agency"))
    'intelligence'
    >>> organ_of(Source(name="Health Ministry", kind=SourceKind.ORGANISATION, as_written="the Public Health Ministry"))
    'health ministry'
    """
    # A president is one of what he is said to belong to.
    role = f"{source.role} of the {source.affiliation}" if source.role and source.affiliation else source.role
    return _organ_in("; ".join(filter(None, (source.as_written, source.name, role, source.affiliation))))


@lru_cache(maxsize=20_000)
def _organ_in(words: str) -> str | None:
    found = next((organ for organ, pattern in _ORGAN.items() if pattern.search(words)), None)
    ministry = _MINISTRY.search(words)
    if found is None and ministry:
        return f"{_one_form(ministry[1] or ministry[2])} ministry"
    return found


def _one_form(word: str) -> str:
    """The "emergency" of "the emergencies ministry" and "the Ministry of Emergency Situations"."""
    return re.sub(r"ies$", "y", word.lower())


def _party(assertion: Assertion, known: _Known) -> Party:
    source = assertion.source
    if source.kind is SourceKind.PERSON:
        name = known.people.get(source.name, source.name)
        side = known.sides.get(name) or known.sides.get(source.name)
        party = _party_of(source, ("party", plain(name)), name=name, side=side, body=_body_of(name, known))
        return replace(party, organ=known.offices[name])
    is_statement = source.kind is SourceKind.AUTHOR and is_body(source.name)
    if not is_statement and source.kind in _NAMELESS and not _is_paper_of_an_organ(source):
        own = (str(source.kind), plain(source.name), assertion.document)
        return _party_of(source, ("party", own), side=source.country, named=False)
    core = known.spelled_out.get(_core(source.name), _core(source.name))
    if source.kind is SourceKind.OUTLET:
        return replace(_party_of(source, ("party", core), side=source.country), organ=None, stands_for=None)
    organ = organ_of(source)
    side = source.country or known.organs.get((_core(source.name), assertion.document))
    if side and (organ or source.is_state):
        key = ("state", side, organ or "state")
        return replace(_party_of(source, ("party", key), side=side), organ=organ or "state", stands_for=f"@{side}")
    core = _without_seat(source.name, known) or core
    if any(letter.isupper() for letter in re.sub(r"^The\s", "", source.name)):
        return _party_of(source, ("party", core), side=side)
    # "The army" of a text that names no state may be any army, "the mission" any mission: it is one with that of its own document only,
    # and a noun alone may be whoever else the text names.
    here = _party_of(source, ("party", core, assertion.document), side=side)
    return here if side is not None or " " in core else replace(here, stands_for=None)


def _organ_of_person(mentions: Sequence[Source]) -> str | None:
    """The organ that a person speaks for by most mentions; that of a rank only where no other is told: "Colonel Juma of the police"."""
    organs = Counter(organ for mention in mentions if (organ := organ_of(mention)) is not None)
    return min(organs, key=lambda organ: (organ == "military", -organs[organ], organ), default=None)


# A body under its proper name, with where it sits: "the Border Guard Command in Garissa".
_IN_A_PLACE = re.compile(r"((?:the )?(?:[A-Z][\w'’-]+ )+[A-Z][\w'’-]+) in [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
_STATEMENT = re.compile(
    r"\b(?:statement|communiqu[eé]|declaration|announcement|release|note|bulletin|decree)\b", re.IGNORECASE
)


def _is_paper_of_an_organ(source: Source) -> bool:
    """Whether a source is a statement of an organ of a state, which is that organ's word: "the Kenyan navy's statement"; a video may be anybody's."""
    is_statement = source.kind is SourceKind.DOCUMENT and _STATEMENT.search(source.as_written) is not None
    return is_statement and source.country is not None and organ_of(source) is not None


# Kinds of sources that can never be told apart for sure, except a public body's own statement.
_NAMELESS = (SourceKind.UNNAMED, SourceKind.UNATTRIBUTED, SourceKind.AUTHOR, SourceKind.DOCUMENT)


@lru_cache(maxsize=50_000)
def _party_of(
    source: Source,
    key: tuple[object, ...],
    *,
    side: str | None,
    name: str | None = None,
    named: bool = True,
    body: str | None = None,
) -> Party:
    id_, organ = content_hash(*key), organ_of(source)
    if side is not None:
        stands_for: str | None = f"@{side}"
    elif not named or organ is not None or body == _OF_SOMEBODY:
        stands_for = None
    else:
        stands_for = body or id_
    return Party(
        id=id_, name=name or source.name, kind=source.kind, side=side, organ=organ, named=named, stands_for=stands_for
    )


# What a person belongs to who holds an office of which the words do not tell whose.
_OF_SOMEBODY = "somebody"
_OFFICE = re.compile(
    r"\b(?:spokes\w+|ministers?|officials?|officers?|governor|mayor|prosecutor|ambassador|envoy|commissioner|commander|chief|captain|colonel|general"
    r"|brigadier|major|lieutenant|sergeant|admiral|inspector|superintendent|secretary|senator|deputy|representative|adviser|advisor|negotiator"
    r"|delegate|head|director|president|chair\w*|leader|judge|magistrate|administrator|press service)\b",
    re.IGNORECASE,
)


def _body_of(name: str, known: _Known) -> str | None:
    """The party of the organisation of no state that a person belongs to, by any mention; _OF_SOMEBODY for who holds an office that is given to nobody, None
    for who holds none."""
    mentions = known.mentions[name]
    given = [m.affiliation for m in mentions if m.affiliation is not None and organ_of(m) is None]
    bodies = (core for name in given if (core := _core_of_body(name, known)) is not None)
    body = next(bodies, None)
    if body is not None:
        return content_hash("party", body)
    words = " ".join(f"{m.as_written} {m.role or ''}" for m in mentions)
    return _OF_SOMEBODY if _OFFICE.search(words) or any(organ_of(m) is not None for m in mentions) else None


def _core_of_body(name: str, known: _Known) -> str | None:
    """The name for comparison of a body that a person is given to; None for what is no body's name, as a place or "the village"."""
    core = _without_seat(name, known) or known.spelled_out.get(_core(name), _core(name))
    is_name = _ACRONYM.fullmatch(name) is not None or _PROPER_BODY.fullmatch(name) is not None
    return core if core in known.bodies or is_name else None


_PROPER_BODY = re.compile(r"(?:[Tt]he )?(?:[A-Z][\w'’-]+ )+[A-Z][\w'’-]+")


def _without_seat(name: str, known: _Known) -> str | None:
    """The name for comparison of a body that is named with its seat and speaks without it too; None for others."""
    seat = _IN_A_PLACE.fullmatch(name)
    return _core(seat[1]) if seat is not None and _core(seat[1]) in known.bodies else None


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """A name for comparison: lower case, no diacritics, hyphens and apostrophes; "Ana-María" is "ana maria"."""
    return plain_text(name)


def plain_text(name: str) -> str:
    """The same of a whole text, which is not kept."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"\s+", " ", re.sub(r"[^a-z0-9 ]+", "", folded.replace("-", " "))).strip()


def is_part_of(part: str, name: str) -> bool:
    """Whether words begin some words of a name: the last may be cut short, and no word may begin in the middle of another.

    >>> is_part_of("us", "US officials"), is_part_of("u.s. off", "U.S. officials"), is_part_of("us", "Russia")
    (True, True, False)
    """
    return f" {plain(part)}" in f" {plain(name)}"


@lru_cache(maxsize=50_000)
def _core(name: str) -> str:
    """A name without article, without the acronym in brackets behind it or "(statement)", and without "news agency"."""
    bare = re.sub(rf"\s*\([A-Z][A-Za-z.]+\)?$|(?i:{OWN_STATEMENT})", "", name) or name
    core = re.sub(r"^(?:the|a|an)\s+|\s+(?:said|news agency)$", "", plain(bare))
    return re.sub(r"^(?:un|eu)\b", lambda short: _UNIONS[short[0]], core)


# Bodies that are written either way in one text, also within a longer name ("the UN human rights office").
_UNIONS = {"un": "united nations", "eu": "european union"}


_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")


def _spelled_out(sources: Iterable[Source]) -> dict[str, str]:
    """Acronym -> the one name of several words among all sources that has its initials; none where two have, or a state's organ. And the names that
    are given with one other name in brackets, and that name -> the first of them: "coast guard (Elna)", "Maritime Agency (Elna)"."""
    bodies = [s for s in sources if s.kind in (SourceKind.ORGANISATION, SourceKind.OUTLET)]
    names = {s.name for s in bodies}
    whole: dict[str, set[str]] = defaultdict(set)
    for name in names:
        initials = _initials(name)
        if len(initials) >= 2:
            whole[initials].add(_core(name))
    acronyms = {plain(name) for name in names if _ACRONYM.fullmatch(name)}
    found = {short: next(iter(whole[short])) for short in acronyms if len(whole[short]) == 1}
    for short, called in _by_other_name(bodies).items():
        first = min(_core(source.name) for source in called)
        if _can_be_one_body(called):
            found |= {short: first, **{_core(source.name): first for source in called}}
    return found


def _initials(name: str) -> str:
    return "".join(w[0] for w in re.findall(r"\w{2,}", re.sub(r"\(.*", "", name)) if w[0].isupper()).lower()


def _by_other_name(bodies: Iterable[Source]) -> dict[str, list[Source]]:
    """Bodies by the other name that is given behind them in brackets and does not abbreviate theirs."""
    found: dict[str, list[Source]] = defaultdict(list)
    for source in bodies:
        other = _OTHER_NAME.search(source.name)
        if other is not None and plain(other[1]) != _initials(source.name):
            found[plain(other[1])].append(source)
    return found


def _can_be_one_body(bodies: Sequence[Source]) -> bool:
    """Whether bodies with one other name can be one: of no two states, and all one organ or called one thing. "(Busia)" may stand behind any."""
    organs = {organ_of(body) for body in bodies}
    nouns = {re.split(r"\s(?:of|for)\s", _core(body.name))[0].rpartition(" ")[2] for body in bodies}
    alike = (len(organs) == 1 and None not in organs) or len(nouns) == 1
    return alike and len({body.country for body in bodies} - {None}) < 2


_OTHER_NAME = re.compile(r"\(([A-Z][\w.-]+)\)$")


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: the same surname, and given names that do not differ, or one name that the other ends in.

    >>> same_person("Olena Petrenko", "Olena Petrenkova"), same_person("Joe Banda", "Hunter Banda"), same_person("Banda", "Joe Banda")
    (True, False, True)
    >>> same_person("Ana Rojas Tena", "Rojas Tena"), same_person("Rose-Ada Okello", "Ada Okello"), same_person("Rose Okello", "Ada Okello")
    (True, True, False)
    """
    mine, theirs = plain(one).split(), plain(other).split()
    if not mine or not theirs:
        return False
    if sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs):
        return True
    if ratio(mine[-1], theirs[-1]) < SAME_NAME:
        return False
    if len(mine) == 1 or len(theirs) == 1:
        return True
    return (
        ratio(mine[0], theirs[0]) >= SAME_NAME
        or (mine[0][0] == theirs[0][0] and 1 in (len(mine[0]), len(theirs[0])))
        or mine == theirs[-len(mine) :]
        or theirs == mine[-len(theirs) :]
    )


def _people(sources: Iterable[Source]) -> dict[str, str]:
    """Each person's name as written -> the fullest and commonest form of it. A bare surname that fits two people stays alone."""
    people = [s for s in sources if s.kind is SourceKind.PERSON]
    counts = Counter(s.name for s in people)
    states: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if person.country:
            states[person.name].add(person.country)
    by_start: dict[str, list[str]] = defaultdict(list)
    chosen: dict[str, str] = {}
    for name in sorted(counts, key=lambda n: (-len(n.split()), -counts[n], n)):
        words = plain(name).split()
        # Transliterations share their beginning, so candidates are looked up by the first letters of the surname.
        near = by_start[words[-1][:3]] if words else []
        fitting = {
            chosen[other] for other in near if same_person(name, other) and not _differ(states[name], states[other])
        }
        chosen[name] = fitting.pop() if len(fitting) == 1 else name
        if " and " in name:
            continue  # the two together are neither of them
        for start in {word[:3] for word in words}:
            by_start[start].append(name)
    return chosen


def _mentions_of_people(sources: Iterable[Source], fullest: Mapping[str, str]) -> dict[str, list[Source]]:
    """How each person is written, by fullest name."""
    found: dict[str, dict[Source, None]] = defaultdict(dict)
    for source in sources:
        if source.kind is SourceKind.PERSON:
            found[fullest[source.name]][source] = None
    return {name: list(mentions) for name, mentions in found.items()}


def _differ(one: set[str], other: set[str]) -> bool:
    return bool(one) and bool(other) and not one & other


def _sides_of_people(seen: Iterable[tuple[Assertion, Source]], organs: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """A person's state, where the mentions of the name tell one and only one; where none does, that of the organ he speaks for: of "army
    spokesman Juma" in a text that names Kenya's army and no other."""
    states: dict[str, set[str]] = defaultdict(set)
    by_organ: dict[str, set[str]] = defaultdict(set)
    for assertion, source in seen:
        if source.kind is not SourceKind.PERSON:
            continue
        if source.country:
            states[source.name].add(source.country)
        elif (code := organs.get((_core(source.name), assertion.document))) is not None:
            by_organ[source.name].add(code)
    states = {**by_organ, **states}
    return {name: next(iter(codes)) for name, codes in states.items() if len(codes) == 1}


def _states_of_organs(
    seen: Iterable[tuple[Assertion, Source]], documents: Mapping[str, Document]
) -> dict[tuple[str, str], str]:
    """The state of an organ that is named without one, by (name, document), where the texts tell it.

    "The army" is the one army that its document names with a state. A proper name ("National Security Bureau") in a text that
    names just one state's intelligence is that state's, and then everywhere.
    """
    states: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    without: dict[tuple[str, str], set[str]] = defaultdict(set)
    for assertion, source in seen:
        for mention in (source, *(hop.source for hop in assertion.hops)):
            organ = organ_of(mention)
            if organ is None or mention.kind not in (SourceKind.ORGANISATION, SourceKind.PERSON) or _has_left(mention):
                continue
            if mention.country:
                states[organ][assertion.document].add(mention.country)
            else:
                without[mention.name, organ].add(assertion.document)
    found: dict[tuple[str, str], str] = {}
    for (name, organ), where in without.items():
        telling = {d: next(iter(codes)) for d, codes in states[organ].items() if len(codes) == 1}
        everywhere = {code for d, code in telling.items() if _is_proper(name) and name in documents[d].text}
        for document in where:
            code = telling.get(document) or (next(iter(everywhere)) if len(everywhere) == 1 else None)
            if code is not None:
                found[_core(name), document] = code
    return found


def _has_left(source: Source) -> bool:
    """Whether somebody speaks for an organ no more: "the retired general"."""
    words = f"{source.as_written} {source.role or ''}"
    return source.kind is SourceKind.PERSON and _LEFT.search(words) is not None


_LEFT = re.compile(r"\b(?:former|retired|ex|exiled|ousted|dismissed|defected|one-time)\b", re.IGNORECASE)


def _is_proper(name: str) -> bool:
    """Whether a name can be only one organ's: three or more capitalised words, and not "Public Health Ministry"."""
    words = [w for w in name.split() if w.lower() not in ("of", "the", "and", "for")]
    return len(words) >= 3 and all(w[0].isupper() for w in words) and not _MINISTRY.search(name)
