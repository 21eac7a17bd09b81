"""Which is the fullest mention of the same source? For "the agency", an acronym or "the Front" the body that the document named before.

What a noun alone may stand for is told by its name, by the trained reader's judgement of which earlier phrase it goes with, and by what was called so
last; guards keep "the commission" from being the government, and "the emergencies ministry" from being the foreign one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reading.cast import Cast
from onrecord.reading.coreference import antecedent
from onrecord.reading.countries import countries_in
from onrecord.reading.kinds import KIND_OF_HEAD, ROLE
from onrecord.reading.owners import SEATED
from onrecord.reading.prominence import THINGS, is_definite
from onrecord.records import Source, SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Token

Read = Callable[[Sequence[int]], Source]

# Organs of a state are called by name: "the army" goes with no other body.
ORGANS = SEATED | {
    "army",
    "military",
    "navy",
    "police",
    "force",
    "embassy",
    "office",
    "court",
    "command",
    "administration",
    "authority",
}
_SAME_ORGAN = r"army|military|(?:armed |defen[cs]e )?forces?|troops|command|general staff"
# "The agency" may be any organisation; "the union" must have been called one.
_ANY_OF_ITS_KIND = frozenset(
    (
        "agency",
        "group",
        "organisation",
        "organization",
        "company",
        "body",
        "newspaper",
        "paper",
        "outlet",
        "channel",
        "broadcaster",
        "station",
    )
)


def under(source: Source, as_written: str, reason: str) -> Source:
    """The same source under other words."""
    return replace(source, as_written=as_written, reason=reason)


def fullest(found: Source, head: Token, cast: Cast, read: Read | None) -> Source:
    """The fullest mention of a source that a phrase with this head names: for an acronym, "the ministry", "the agency"; the source itself where there is
    none. `read` gives the source that the words of an earlier phrase name, which is not followed on to another; None where none is to be looked for."""
    last = (found.name.split() or [head.text])[-1]
    seated = re.search(r"\b(?:in|of|at|for)\b", found.name)
    # "the rebel group LRM", not "the ministry in Goma"
    is_named = last != head.text and last[0].isupper() and not seated
    is_common = (head.pos_ == "NOUN" and not is_named) or (found.name == head.text and head.lower_ in KIND_OF_HEAD)
    return (
        _spelled_out(found, cast)
        or _shortened(found, cast)
        or (_called_by_its_noun(found, head, cast) if is_definite(head) else None)
        or (_antecedent(found, head, cast, read) if read and is_common and is_definite(head) else None)
        or (_last_named_so(found, head, cast) if is_common and is_definite(head) else None)
        or (_fuller(found, head, read) if read and is_common else None)
        or (_spelled_with(found, head, cast) if is_common and is_definite(head) else None)
        or found
    )


def _spelled_out(found: Source, cast: Cast) -> Source | None:
    """An acronym with the words behind it, wherever the document gives them."""
    if (spelled := cast.acronyms.get(found.name)) is not None:
        return under(spelled, found.as_written, f"{found.name} abbreviates {spelled.name}")
    if found.kind is SourceKind.PERSON or not _ACRONYM.fullmatch(found.name):
        return None
    whole = next((w for w in cast.spelled if is_acronym_of(found.name, w)), None)
    if whole is not None:
        return replace(found, name=whole, reason=f"{found.name} abbreviates {whole}")
    before = next((s for s in reversed(cast.seen) if is_acronym_of(found.name, s.as_written)), None)
    return under(before, found.as_written, f"{found.name} abbreviates {before.name}") if before else None


def _shortened(found: Source, cast: Cast) -> Source | None:
    """The body of which a name leaves off what stands behind its "of": "the General Command" for "the General Command of the Armed Forces"."""
    if found.kind is not SourceKind.ORGANISATION or len(found.name.split()) < LONG_ENOUGH:
        return None
    before = next((s for s in reversed(cast.seen) if s.name.startswith(f"{found.name} of ")), None)
    return under(before, found.as_written, f"{found.name} is short for {before.name}") if before is not None else None


LONG_ENOUGH = 2  # words; "the Ministry" may be any


def _called_by_its_noun(found: Source, head: Token, cast: Cast) -> Source | None:
    """The one body of which a capitalised noun alone is the first word or the last: "the Front" for "the Front for the Lake Regions"; in a body's own
    statement first that body."""
    if head.pos_ != "PROPN" or found.kind is not SourceKind.ORGANISATION:
        return None
    if (
        cast.publisher is not None
        and f" {found.name} " in f" {cast.publisher.name} "
        and not _is_abroad(head, cast.publisher)
    ):
        return under(cast.publisher, found.as_written, f"{found.as_written!r} is {cast.publisher.name}, which speaks")
    if found.name != head.text or KIND_OF_HEAD.get(head.lower_) is not SourceKind.ORGANISATION:
        return None
    bodies = {s.name: s for s in cast.seen if s.kind is SourceKind.ORGANISATION and " " in s.name}
    called = [s for s in bodies.values() if found.name in (s.name.split()[0], s.name.split()[-1])]
    before = called[0] if len(called) == 1 else None
    return under(before, found.as_written, f"{found.as_written!r} is short for {before.name}") if before else None


def _is_abroad(head: Token, publisher: Source) -> bool:
    """Whether the sentence of a word names another state than that of the body that publishes the document, and not that one."""
    named = {country.code for country in countries_in(head.sent.text)}
    return bool(named) and publisher.country is not None and publisher.country not in named


def _antecedent(found: Source, head: Token, cast: Cast, read: Read) -> Source | None:
    """The earlier phrase that the trained reader takes "the agency" to go with."""
    if found.affiliation is not None or cast.text is None:
        return None
    words = antecedent(head.doc, cast.text, [*(t.i for t in head.lefts), head.i])
    if words is None:
        return None
    before = read(words)
    noun = head.lemma_.lower()
    kind = KIND_OF_HEAD.get(noun)
    if found.country is not None and before.country not in (None, found.country):
        return None
    if _is_of_another_side(head, before) or not _is_said_of(found, before):
        return None
    if (before.kind is SourceKind.PERSON and kind in THINGS) or (before.kind in THINGS and kind is SourceKind.UNNAMED):
        return None
    if noun not in _OF_STATES and (before.is_state or _is_another_body(noun, before)):
        return None  # no state is a front or an agency, and no government a commission
    if noun in ORGANS and not re.search(_SAME_ORGAN if re.fullmatch(_SAME_ORGAN, noun) else noun, before.name.lower()):
        return None  # no army is a broadcaster
    return under(before, found.as_written, f"{found.as_written!r} goes with {before.as_written!r}")


# What a state may be called.
_OF_STATES = frozenset(
    [
        "country",
        "nation",
        "state",
        "government",
        "side",
        "delegation",
        "regime",
        "republic",
        "kingdom",
        "administration",
    ]
)


def _is_another_body(noun: str, before: Source) -> bool:
    """Whether the name of an earlier body says that it is something else than a noun does."""
    called = noun_of(before.name)
    if KIND_OF_HEAD.get(noun) is SourceKind.OUTLET:
        return KIND_OF_HEAD.get(called) is SourceKind.ORGANISATION  # no newspaper is an office
    bodies = KIND_OF_HEAD.get(noun) is KIND_OF_HEAD.get(called) is SourceKind.ORGANISATION
    is_any = noun in _ANY_OF_ITS_KIND or called in _ANY_OF_ITS_KIND
    return bodies and not is_any and called != noun and not all(re.fullmatch(_SAME_ORGAN, n) for n in (noun, called))


def _is_said_of(found: Source, before: Source) -> bool:
    """Whether what stands before the noun for a body fits the name of an earlier source: "the emergencies ministry" is no foreign ministry, "the ministry"
    may be."""
    return (
        found.kind is not SourceKind.ORGANISATION
        or _is_any(found.name)
        or set(found.name.lower().split()[:-1]) <= set(before.name.lower().split())
    )


# What stands before the name of a body that is not the government's, or not the one named before (PLOVER: REB, OPP).
_ANOTHER_SIDE = frozenset(
    [
        "rebel",
        "insurgent",
        "separatist",
        "opposition",
        "rival",
        "breakaway",
        "opposing",
        "enemy",
        "other",
        "invading",
        "occupying",
    ]
)


def _is_of_another_side(head: Token, before: Source) -> bool:
    """Whether a phrase says by a word that the source named before has not that it is of another side: "the rebel army" is not Kenya's army."""
    named = f"{before.as_written} {before.name}".lower()
    return any(t.lower_ in _ANOTHER_SIDE and t.lower_ not in named for t in head.lefts)


def noun_of(name: str) -> str:
    """What the name of a body says that it is: the ministry of "Ministry of National Defence"."""
    return re.split(r"\s(?:of|for)\s", name.lower())[0].split()[-1]


def _last_named_so(found: Source, head: Token, cast: Cast) -> Source | None:
    """For "the agency" the last source that was called an agency, else the last organisation; for "the statement" whose it is."""
    if found.affiliation is not None:
        return None
    noun = head.lemma_.lower()
    for before in reversed(cast.seen):
        called = {noun_of(before.name), before.name.lower().split()[-1], *(before.role or "").lower().split()}
        same = (
            found.country in (None, before.country)
            and not _is_of_another_side(head, before)
            and _is_said_of(found, before)
        )
        if noun in called and same and before.as_written.lower() != found.as_written.lower():
            return under(
                before, found.as_written, f"{found.as_written!r} taken as {before.name}, the last {noun} named"
            )
    issuer = cast.latest(SourceKind.ORGANISATION, SourceKind.PERSON)
    if noun in ("statement", "communique", "release", "briefing") and issuer is not None:
        reason = f"{found.as_written!r} taken as that of {issuer.name}, the last to speak before it"
        return under(issuer, found.as_written, reason)
    outlet = cast.latest(SourceKind.OUTLET, SourceKind.ORGANISATION)
    if noun == "report" and outlet is not None and any(c.lower_ == "same" for c in head.children):
        return under(outlet, found.as_written, f"{found.as_written!r} taken as that of {outlet.name}, named before it")
    kind = KIND_OF_HEAD.get(noun)
    bodies = (s for s in reversed(cast.seen) if s.kind is kind and not s.is_state)
    last = next(bodies, None) if kind is not None and noun in _ANY_OF_ITS_KIND and _is_any(found.name) else None
    if last is None or (found.country is not None and last.country not in (None, found.country)):
        return None
    return under(last, found.as_written, f"{found.as_written!r} taken as {last.name}, the last {kind} named")


def _is_any(name: str) -> bool:
    """Whether a noun with the words before it says no more than whose it is: "agency", "Kenyan news agency", "ministry in Cairo", and not "grain
    agency"."""
    name = re.split(r"\s(?:in|of|at)\s", name)[0]
    for country in reversed(list(countries_in(name))):
        name = name[: country.span.start] + name[country.span.end :]
    return not {word.lower() for word in name.split()[:-1]} - _OF_ANY


_OF_ANY = frozenset(["news", "state", "same", "spy", "intelligence", "aid"])


def _fuller(found: Source, head: Token, read: Read) -> Source | None:
    """The last phrase before "police" or "these voters" that says which: "Nairobi's traffic police", "young voters".

    None for unnamed people without "this" or "these": "officials" are not the "senior officials" of the sentence before.
    """
    pointed = any(c.lower_ in ("this", "these", "those") for c in head.children)
    if len(found.name.split()) > 1 or not (pointed or found.kind is SourceKind.ORGANISATION):
        return None
    which = ("amod", "compound", "poss", "nmod")
    same = (token for token in reversed(head.doc[: head.i]) if token.lower_ == head.lower_)
    fuller = next((t for t in same if any(c.dep_ in which and c.pos_ != "PRON" for c in t.children)), None)
    if fuller is None:
        return None
    before = read(range(fuller.left_edge.i, fuller.i + 1))
    return under(
        before, found.as_written, f"{found.as_written!r} taken as {before.name}, the last {head.lower_} named so"
    )


def _spelled_with(found: Source, head: Token, cast: Cast) -> Source | None:
    """The one body's name that the document spells which a noun alone begins or ends: "the Lake Fisheries Commission" for "the commission"."""
    if found.kind is not SourceKind.ORGANISATION or " " in found.name:
        return None
    noun = head.lower_
    begins = re.compile(rf"{re.escape(noun)} (?:of|for) ", re.IGNORECASE)
    spelled = (
        name.rpartition(" the ")[2] if name.lower().endswith(f" {noun}") else name  # "According to the Lake Commission"
        for name in cast.spelled
        if name.lower().endswith(f" {noun}") or begins.match(name)
    )
    names = {name for name in spelled if " " in name and ROLE.search(name) is None}
    if len(names) != 1:
        return None
    (name,) = names
    state = next(countries_in(name), None)
    reason = f"{found.as_written!r} taken as {name}, the only {noun} that is named"
    return replace(found, name=name, country=found.country or (state.code if state else None), reason=reason)


_ACRONYM = re.compile(r"[A-Z][A-Z.]{1,7}")


def is_acronym_of(name: str, written: str) -> bool:
    """Whether a name in capitals abbreviates a phrase, or stands behind it in brackets.

    >>> is_acronym_of("WFP", "the World Food Programme"), is_acronym_of("GUR", "military intelligence (GUR)")
    (True, True)
    """
    if not _ACRONYM.fullmatch(name):
        return False
    letters = name.replace(".", "")
    if len(letters) < 2:
        return False
    initials = "".join(w[0] for w in re.findall(r"[A-Za-z]+", written) if w[0].isupper())
    return f"({name})" in written or letters == initials
