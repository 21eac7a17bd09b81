"""Who stands behind it? A source's kind, role, affiliation and country as written, and its fullest mention in the document.

A pronoun or a bare "the agency" is resolved to an earlier source of a fitting kind; the reason says how.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from onrecord.reading.cast import Cast
from onrecord.reading.coreference import HE, SHE, antecedent
from onrecord.reading.countries import countries_in
from onrecord.reading.descriptions import affiliation_of, calling_in, core_of, outlet_name, role_in
from onrecord.reading.fullest import ORGANS, fullest, is_acronym_of, noun_of, under
from onrecord.reading.kinds import KIND_OF_HEAD, OUTLET_NAME, ROLE, kind_of
from onrecord.reading.name_runs import is_title
from onrecord.reading.owners import OWNED, country_of, is_state, owner_of, possessive
from onrecord.reading.people import Person
from onrecord.reading.prominence import Entity
from onrecord.reading.source_words import without_passing_on
from onrecord.reading.spans import text_of
from onrecord.reading.titles import OF_OFFICES, is_role
from onrecord.records import OWN_STATEMENT, Source, SourceKind, is_body

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AUTHOR = frozenset({"i", "we", "me", "us", "my", "our"})
# Endings of nouns for what happens, which may show something but say nothing.
_HAPPENING = re.compile(
    r"(?:tion|ment|ing|ence|ance|ure|al|sis|(?<!c)(?<!r)ity|ness|attack|strike|war|crisis|move|fact)$"
)


# "The Lake Agency (LA)", "the lake agency, known as Elna".
_SHORT_NAME = re.compile(
    r"\(([A-Z][A-Za-z]{1,9})\)|,\s+(?:better\s+|also\s+)?known\s+as\s+(?:the\s+)?([A-Z][\w-]+)\b(?!\s+[A-Z])"
)
# The name of a body that ends right before its abbreviation in brackets: "Doctors Without Borders".
_NAMED_BEFORE = re.compile(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)+\s*$")


UNATTRIBUTED = Source(
    name="unattributed", kind=SourceKind.UNATTRIBUTED, as_written="", reason="the words name no source"
)


def author_source(author: str | None) -> Source:
    """The source of what a document puts forward on its own word; a public body that names its state speaks for it."""
    state = next(countries_in(author), None) if author and is_body(author) else None
    return Source(
        name=author or "the author",
        kind=SourceKind.AUTHOR,
        as_written="",
        country=state.code if state is not None else None,
        reason="the document says it itself",
    )


def publisher_of(outlet: str | None) -> Source | None:
    """The body whose own statement a document is, by the name under which it appeared; None for a newsroom's report."""
    if outlet is None or not is_body(outlet):
        return None
    name = re.sub(rf"\s*{OWN_STATEMENT}", "", outlet, flags=re.IGNORECASE).strip()
    return replace(author_source(outlet), name=name, kind=SourceKind.ORGANISATION)


def source_at(doc: Doc, words: Sequence[int], cast: Cast, *, author: str | None, follow: bool = True) -> Source:
    """The source that the tokens `words` name, resolved against what the document named before.

    `follow` says whether "the agency" may be taken for an earlier phrase; an antecedent is not followed on to another.
    """
    if not words:
        return UNATTRIBUTED
    words = without_passing_on(doc, words)
    tokens = [doc[i] for i in words]
    as_written = doc[words[0] : words[-1] + 1].text
    head = _head(tokens)
    if not follow and (known := cast.heads.get(head.i)) is not None:
        return known
    meant = _pronoun(doc, tokens, head, cast, author) or _of_whom_it_is_said(head, as_written, cast)
    if meant is not None:
        return meant
    found = _named(doc, tokens, head, as_written, cast, author)
    earlier = partial(source_at, doc, cast=cast, author=None, follow=False) if follow else None
    resolved = (_holder(found, head, cast) if follow else None) or fullest(found, head, cast, earlier)
    resolved = _with_short_name(doc, tokens, head, resolved, cast)
    cast.seen.append(resolved)
    cast.heads[head.i] = resolved
    return resolved


def _with_short_name(doc: Doc, tokens: list[Token], head: Token, found: Source, cast: Cast) -> Source:
    """A body with the short name that stands in brackets within or right behind its phrase, which is kept for later; another source unchanged: of "a
    report of the Lake Agency (LA)" LA is the agency."""
    first, last = tokens[0], tokens[-1]
    end = last.idx + len(last) - first.idx
    behind = text_of(doc)[first.idx : first.idx + end + LONGEST_SHORT_NAME]
    match = _SHORT_NAME.search(behind)
    if match is None or found.kind is SourceKind.PERSON or behind[end : match.start()].strip(" ("):
        return found
    short = match[1] or match[2]
    before = behind[: match.start()]
    named = _NAMED_BEFORE.search(before)
    written = re.sub(rf"\s*\(?{re.escape(short)}\)?$", "", found.name) or (named[0].strip() if named else found.name)
    is_behind = named is not None and first.idx + named.start() > head.idx
    if named is not None and is_behind and not is_acronym_of(short, written):
        is_behind = _LINKING.search(before[head.idx - first.idx : named.start()]) is not None
        if is_behind and (found.kind is not SourceKind.ORGANISATION or is_acronym_of(short, named[0])):
            name = f"{named[0].strip()} ({short})"
            why = "a name with a short one in brackets"
            cast.acronyms[short] = Source(name=name, kind=SourceKind.ORGANISATION, as_written=name, reason=why)
            return found
        written = written if is_behind else named[0].strip()  # "the opposition Civic League (CL)"
    whole = next((w for w in cast.spelled if w in behind and is_acronym_of(short, w)), None)
    if found.kind is SourceKind.UNNAMED:
        if named is None or is_behind:
            return found
        found, written = replace(found, kind=SourceKind.ORGANISATION), whole or named[0].strip()
    resolved = replace(found, name=f"{whole or written} ({short})")
    cast.acronyms[short] = resolved
    return resolved


# What joins the name of another body to the head of a phrase: "a report of the Lake Agency (LA)".
_LINKING = re.compile(r"\b(?:of|for|from|by|at|in|with)\b")
# Letters behind a phrase among which a short name in brackets begins.
LONGEST_SHORT_NAME = 16


def _head(tokens: list[Token]) -> Token:
    """The word that the others hang on; an article never."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
    nouns = [t for t in (*tops, *reversed(tokens)) if t.tag_ != "DT" or t.lower_ not in ("the", "a", "an")]
    return (nouns or tokens)[0]


def can_speak(doc: Doc, words: Sequence[int], source: Source) -> bool:
    """Whether a phrase can stand behind a claim: somebody or some text, not "the deployment" or "that"."""
    if source.kind is not SourceKind.UNNAMED:
        return True
    head = _head([doc[i] for i in words])
    if head.tag_ == "WP" and head.head.dep_ not in ("relcl", "acl"):
        return False  # "who can say that ...?" asks
    if head.pos_ in ("PRON", "DET"):
        return head.lower_ not in ("that", "this", "these", "what", "it", "which")
    lemma = head.lemma_.lower()
    return lemma in KIND_OF_HEAD or bool(ROLE.fullmatch(lemma)) or not _HAPPENING.search(lemma)


def _pronoun(doc: Doc, tokens: list[Token], head: Token, cast: Cast, author: str | None) -> Source | None:
    """Whom a pronoun stands for; None where the words are no pronoun."""
    word = head.lower_
    as_written = doc[tokens[0].i : tokens[-1].i + 1].text
    is_one = word == "one" and (len(tokens) == 1 or [t.lower_ for t in tokens[1:3]] == ["of", "them"])
    if is_one and (group := cast.latest(SourceKind.UNNAMED)) is not None:
        return under(
            group, as_written, f"{as_written!r} taken as one of {group.name}, the last unnamed people before it"
        )
    if len(tokens) > 2 or head.pos_ not in ("PRON", "DET") or (len(word) > 1 and head.is_upper and word not in _AUTHOR):
        return None
    if word in _AUTHOR:
        return _first_person(doc, head, as_written, cast, author)
    if word in ("who", "which", "that") and (described := _described(head, cast, author)) is not None:
        return under(described, as_written, f"{as_written!r} stands for {described.name}")
    entity = cast.entities.get(head.i)
    if entity is not None and (meant := _source_of(doc, entity, cast, author)) is not None:
        return under(meant, as_written, f"{as_written!r} taken as {meant.name}, who stands out most before it")
    words = antecedent(doc, cast.text, [t.i for t in tokens]) if cast.text is not None and word != "you" else None
    if words is not None:
        found = source_at(doc, words, cast, author=author, follow=False)
        if not (word in HE | SHE and found.is_state):  # "he" is no state
            return under(found, as_written, f"{as_written!r} goes with {doc[words[0] : words[-1] + 1].text!r}")
    reason = f"{as_written!r} names nobody before it"
    return Source(name=as_written, kind=SourceKind.UNNAMED, as_written=as_written, reason=reason)


def _of_whom_it_is_said(head: Token, as_written: str, cast: Cast) -> Source | None:
    """Okello, where the source is "the first official" of "Okello became the first official to confirm it"."""
    if head.dep_ not in ("attr", "oprd") or head.head.lemma_ not in ("be", "become", "remain"):
        return None
    subject = next((c for c in head.head.children if c.dep_ == "nsubj"), None)
    person = cast.person_at(subject.i) if subject is not None else None
    if person is None:
        return None
    found = _person(head.doc, person, cast)
    return under(found, as_written, f"{as_written!r} is said of {found.name}")


def _first_person(doc: Doc, head: Token, as_written: str, cast: Cast, author: str | None) -> Source:
    """Who says "I": whose quotation it stands in, else the author."""
    speaker = cast.speakers.get(head.i)
    if speaker is not None and head.i not in speaker:
        found = source_at(doc, speaker, cast, author=author, follow=False)
        return under(found, as_written, f"{as_written!r} stands in a quotation of {found.name}")
    if head.i in cast.turns:
        found = cast.turns[head.i]
        return under(found, as_written, f"{as_written!r} is {found.name}, whose turn it is")
    reason = f"{as_written!r} is the author"
    return Source(name=author or "the author", kind=SourceKind.AUTHOR, as_written=as_written, reason=reason)


def _source_of(doc: Doc, entity: Entity, cast: Cast, author: str | None) -> Source | None:
    """An entity of the piece as a source."""
    if len(several := _several([doc[i] for i in entity.words], cast)) > 1:
        return _together(several, "")
    if entity.person is not None:
        return _person(doc, entity.person, cast)
    return source_at(doc, entity.words, cast, author=author, follow=False) if entity.words else None


def _several(tokens: list[Token], cast: Cast) -> list[Person]:
    """The people that a phrase joins with "and"; none where it is no such phrase."""
    people = [(t, p) for t in tokens if (p := cast.person_at(t.i)) is not None]
    joined = [p for t, p in people if t.dep_ == "conj" or any(c.dep_ == "conj" for c in t.children)]
    return list(dict.fromkeys(joined))


def _together(people: list[Person], as_written: str) -> Source:
    """Several people as one source."""
    name = f"{', '.join(p.name for p in people[:-1])} and {people[-1].name}"
    return Source(name=name, kind=SourceKind.PERSON, as_written=as_written, reason="several names")


def _person(doc: Doc, person: Person, cast: Cast) -> Source:
    """A person as a source, with what was written of him or her when last named as one, else where the piece first names the person."""
    return _seen(person, cast) or _introduced(doc, person, cast) or _bare(person)


def _bare(person: Person) -> Source:
    return Source(name=person.name, kind=SourceKind.PERSON, as_written=person.name, reason="a name")


def _seen(person: Person, cast: Cast) -> Source | None:
    """A person as the source that it last was; None for one who has said nothing yet."""
    return next((s for s in reversed(cast.seen) if s.kind is SourceKind.PERSON and s.name == person.name), None)


def _introduced(doc: Doc, person: Person, cast: Cast) -> Source | None:
    """A person as the first phrase has it in which the name stands: "the claim came from Kenya's minister Okello, who said ..."."""
    first = next((t for t in doc if cast.person_at(t.i) is person), None)
    if first is None:
        return None
    name = list(takewhile(lambda t: cast.person_at(t.i) is person, doc[first.i :]))
    head = _head(name)
    beside = [t for child in head.children if child.dep_ == "appos" for t in child.subtree]
    words = sorted({t.i for t in head.subtree if t.i < first.i} | {t.i for t in (*name, *beside)})
    return _named(doc, [doc[i] for i in words], head, doc[words[0] : words[-1] + 1].text, cast, None)


def introduced(person: Person, cast: Cast) -> Source | None:
    """A person of the document as the first phrase has it in which the name stands."""
    here, found = cast.piece, None
    for number, doc in enumerate(cast.docs):
        cast.piece = number
        found = found or _introduced(doc, person, cast)
    cast.piece = here
    return found


def _described(head: Token, cast: Cast, author: str | None) -> Source | None:
    """ "the agency, which said ..." is the agency, "Okello, the envoy who said ..." Okello."""
    clause = head.head
    if clause.dep_ != "relcl":
        return None
    noun = clause.head
    named = noun.head if noun.dep_ == "appos" and cast.person_at(noun.head.i) is not None else noun
    if (person := cast.person_at(named.i)) is not None:
        return _person(head.doc, person, cast)
    words = [t.i for t in noun.subtree if t.i < head.i and not t.is_punct]
    return source_at(head.doc, words, cast, author=author) if words and words[0] < head.i else None


def _named(doc: Doc, tokens: list[Token], head: Token, as_written: str, cast: Cast, author: str | None) -> Source:
    if len(several := _several(tokens, cast)) > 1:
        return _together(several, as_written)
    person, named = _person_in(tokens, head, cast)
    if person is not None and _publishes(person.name, cast):
        person = None
    country = country_of(as_written, head)
    owner: str | None = None
    is_of_a_firm = head.lemma_.lower() in _OF_FIRMS
    holder = _holder_of(doc, tokens[0], cast, author) if not is_of_a_firm else None
    if holder is None and country is None and OWNED.match(as_written) and not is_of_a_firm:
        meant = owner_of(doc, tokens[0])
        country = meant.code if meant else None
        state = meant.span.of(text_of(doc)) if meant else None
        owner = f"{state}'s" if meant and meant.how != "people" else state
    if person is not None:
        role, affiliation = role_in(doc, tokens, named[0], named[-1] + 1)
        before = _seen(person, cast) or _bare(person)
        if role is None and before.role is None:
            role, speaks_for = calling_in(doc, tokens, named[0], named[-1] + 1)
            affiliation = affiliation or speaks_for
        body = _body_called(affiliation, cast)
        written = doc[named[0] : named[-1] + 1].text
        return Source(
            name=person.name,
            kind=SourceKind.PERSON,
            as_written=as_written,
            role=role or before.role,
            affiliation=(body.name if body else affiliation)
            or before.affiliation
            or (holder.name if holder else _spoken_for(doc, tokens[0], role, cast)),
            country=country or (body.country if body else None) or before.country,
            reason="a name" if written == person.name else f"{written} is part of the name {person.name}",
        )
    core = core_of(head)
    if holder is not None:
        core = f"{possessive(holder)} {core.split(maxsplit=1)[-1]}"
    elif owner:
        core = f"{owner} {core.split(maxsplit=1)[-1]}"
    if (known := _known_outlet(core, head, cast)) is not None:
        return under(known, as_written, f"{core} is part of the name {known.name}")
    if head.pos_ == "PROPN" and (
        titled := re.match(rf"(?:.*?\b)?(?:{ROLE.pattern})\s+((?:[A-Z][\w'’.-]+\s?){{1,3}})$", core)
    ):
        role, affiliation = role_in(doc, tokens, head.i - len(titled[1].split()) + 1, head.i + 1)
        return Source(
            name=titled[1].strip(),
            kind=SourceKind.PERSON,
            as_written=as_written,
            role=role,
            affiliation=affiliation,
            country=country,
            reason="a name behind a title",
        )
    kind = kind_of(head, core)
    if core in cast.newsrooms:
        return Source(name=core, kind=SourceKind.OUTLET, as_written=as_written, reason="the newsroom of the document")
    if kind is SourceKind.OUTLET:
        core = outlet_name(core, {t.text for t in tokens if t.pos_ == "PROPN"})
    alone = next(countries_in(core), None)
    return Source(
        name=core,
        kind=kind,
        is_state=alone is not None and is_state(core, alone),
        as_written=as_written,
        country=country or (holder.country if holder else None),
        affiliation=holder.name if holder else None if owner else affiliation_of(head),
        reason="the head of the phrase",
    )


def _publishes(name: str, cast: Cast) -> bool:
    """Whether a name is that of the newsroom or the body that publishes the document, or a part of that body's."""
    own = cast.publisher.name if cast.publisher is not None else ""
    return name in cast.newsrooms or f" {name} " in f" {own} "


def _body_called(noun: str | None, cast: Cast) -> Source | None:
    """The body named last of those that "ministry" may be, or the one of that short name, for whom a person speaks by that word alone; None for other
    words, and for what may be the army of another state that speaks too."""
    if noun in cast.acronyms:
        return cast.acronyms[noun]
    if noun is None or KIND_OF_HEAD.get(noun.lower()) is not SourceKind.ORGANISATION:
        return None
    bodies = [s for s in cast.seen if s.kind is SourceKind.ORGANISATION and noun_of(s.name) == noun.lower()]
    if not bodies:
        return None
    others = {s.country for s in cast.seen if s.country is not None} - {bodies[-1].country}
    return None if noun.lower() in ORGANS and bodies[-1].country is not None and others else bodies[-1]


_SPOKESPERSON = re.compile(r"(?:\w+ )?spokes(?:man|woman|person)", re.IGNORECASE)


def _spoken_for(doc: Doc, first: Token, role: str | None, cast: Cast) -> str | None:
    """For whom a new spokesman speaks of whom the text says no more: the body named last. "The ministry denied it. Spokesman Ada Okello said ..." """
    if role is None or not _SPOKESPERSON.fullmatch(role) or first.pos_ == "PRON" or first.lower_ == "the":
        return None
    is_named_before = first.i > 0 and doc[first.i - 1].pos_ in ("PROPN", "NOUN", "ADJ")
    body = cast.latest(SourceKind.ORGANISATION)
    is_place = (
        body is not None and body.is_state and not body.as_written.lower().startswith("the ")
    )  # "London", but "the Kremlin"
    return None if is_named_before or is_place or body is None else body.name


# What a ship, a firm or a person has, and no state.
_OF_FIRMS = frozenset(
    ["manager", "owner", "operator", "captain", "master", "crew", "company", "lawyer", "family", "insurer", "executive"]
)


# What speaks for a person, and is called by the name.
_OF_PERSONS = frozenset(["office", "spokesman", "spokeswoman", "spokesperson", "lawyer"])


def _holder_of(doc: Doc, first: Token, cast: Cast, author: str | None) -> Source | None:
    """Whose navy "their navy" is: the body or the people that "their" stands for; None where the words begin otherwise."""
    speaks_for = first.lower_ in ("his", "her") and first.head.lemma_.lower() in _OF_PERSONS
    entity = cast.entities.get(first.i) if speaks_for or first.lower_ in ("its", "their") else None
    found = _source_of(doc, entity, cast, author) if entity is not None else None
    return None if found is not None and (found.is_state or "government" in found.name) else found  # its state has it


# "A man identifying himself as the group's spokesman, Ada Okello".
_CALLS_HIMSELF = re.compile(
    r"\b(?:identif|introduc|describ)\w+\s+(?:him|her)self\s+as\b|\bcalling\s+(?:him|her)self\b|\b(?:gave|gives|giving)\s+(?:his|her)\s+name\s+as\b",
    re.IGNORECASE,
)


def _person_in(tokens: list[Token], head: Token, cast: Cast) -> tuple[Person | None, list[int]]:
    """The person whom a phrase names as its head or beside it, and the token numbers of the name."""
    if (himself := _called_himself(tokens, cast)) is not None:
        return himself, [t.i for t in tokens if cast.person_at(t.i) is himself]
    for token in tokens:
        person = cast.person_at(token.i)
        if person is None:
            continue
        named = [t for t in tokens if cast.person_at(t.i) is person]
        if token.i == head.i or _is_core(token, head) or _is_at_end(token, named, head, tokens):
            return person, [t.i for t in named]
    return None, []


def _called_himself(tokens: list[Token], cast: Cast) -> Person | None:
    """Whom a phrase names that says as what somebody identified himself; None for other phrases, and for "as the wife of Ada Okello"."""
    doc, start = tokens[0].doc, tokens[0].idx
    match = _CALLS_HIMSELF.search(text_of(doc)[start : tokens[-1].idx + len(tokens[-1])])
    behind = [t for t in tokens if match is not None and t.idx >= start + match.end()]
    for token in behind:
        if (person := cast.person_at(token.i)) is not None:
            is_apart = doc[token.i - 1].lower_ == ","
            if is_apart or not any(t.lower_ == "of" for t in behind if t.i < token.i):
                return person
    return None


def _is_at_end(name: Token, named: Sequence[Token], head: Token, tokens: Sequence[Token]) -> bool:
    """Whether a name that ends a phrase is that of whom it describes: "the envoy for the lake region, Ada Okello", "the station master at Busia, Ada
    Okello", "Lake Agency hydrologist Ada Okello", or "passenger Ada Okello", which the parser takes for a verb and its subject. `name` is a word of the name
    `named`."""
    if _follows_what_it_is(named, head, tokens):
        return True
    beside_a_place = head.tag_ == "NN" and name.dep_ == "appos" and name.head.pos_ == "PROPN"
    if not (is_role(head.lemma_.lower()) or beside_a_place):
        return False
    behind = [t for t in tokens if t.i > name.right_edge.i and not t.is_punct]
    before = name.doc[name.left_edge.i - 1] if name.left_edge.i else None
    as_verb = head.pos_ == "VERB" and name.head.i == head.i
    apposed = name.dep_ == "appos" and before is not None and before.lower_ == ","
    # "the superintendent of police Ada Okello", but not "the wife of driver Peter Okello"
    of_it = (
        before is not None
        and before.i > head.i
        and (before.lower_ in OF_OFFICES or (before.tag_ == "NN" and not is_role(before.lemma_.lower())))
    )
    return not behind and (as_verb or apposed or of_it)


def _follows_what_it_is(named: Sequence[Token], head: Token, tokens: Sequence[Token]) -> bool:
    """Whether a name ends a phrase and stands right behind the noun for what its bearer is, without a comma, or behind what the bearer's office is of: "mayor of
    Busia Ada Okello". Not in "the wife of driver Peter Okello" or "the spokesman of President Okello"."""
    first = named[0]
    if first.i <= tokens[0].i or any(t.i > named[-1].i and t.is_alpha for t in tokens):
        return False
    before = [t for t in tokens if t.i < first.i]
    parts = [t for t in before if t.lower_ in ("of", "for", "to", "with", "by", "and") or t.tag_ == "POS" or t.is_punct]
    if not parts:
        return before[-1].text.islower() and is_role(before[-1].lemma_.lower())
    is_office = (
        len(parts) == 1
        and parts[0].i > before[0].i
        and parts[0].lower_ in ("of", "for")
        and is_role(parts[0].nbor(-1).lemma_.lower())
    )
    behind = [t for t in before if t.i > parts[-1].i]
    return is_office and bool(behind) and all(t.pos_ == "PROPN" and not is_title(t) for t in behind)


def _known_outlet(core: str, head: Token, cast: Cast) -> Source | None:
    """The outlet named before of whose name these words are the beginning or the end."""
    if head.pos_ != "PROPN" or len(core.split()) > 2:
        return None
    for before in reversed(cast.seen):
        words = before.name.split()
        if before.kind is SourceKind.OUTLET and core in (words[0], words[-1], before.name):
            return before
    if OUTLET_NAME.search(core) is None:
        return None
    ending = re.compile(rf"(?!The\s)(?:[A-Z][\w'’.-]+\s+)+{re.escape(core)}$")
    whole = {match[0] for name in (*cast.newsrooms, *cast.spelled) if (match := ending.search(name)) is not None}
    if len(whole) != 1:
        return None
    return Source(name=whole.pop(), kind=SourceKind.OUTLET, as_written=core, reason="a name")


def _is_core(root: Token, head: Token) -> bool:
    """Whether a name is the source itself, or stands beside it ("the minister, Ana Lopez"), not within "Lopez's office" or
    "the Lopez campaign"."""
    token = root
    while token.i != head.i:
        if token.dep_ not in ("appos", "compound", "nmod", "flat", "conj") or token.head.i == token.i:
            return False
        if token.dep_ == "conj" or (token.dep_ == "compound" and token.head.pos_ == "NOUN"):
            return False
        token = token.head
    return True


def _holder(found: Source, head: Token, cast: Cast) -> Source | None:
    """The person who was called "minister" before, for "the minister"."""
    entity = cast.entities.get(head.i)
    if found.kind is not SourceKind.UNNAMED or entity is None or entity.person is None:
        return None
    person = _person(head.doc, entity.person, cast)
    return under(person, found.as_written, f"{found.as_written!r} is {person.name}, called so before it")
