"""Who did what to whom? The events of a text: type, actor, recipient and mode, in the scheme of PLOVER.

An event is found at its central predicate: what is said to have happened, not the verb that says so ("officials said the army
had shelled the town"). Its type is decided by that predicate, what it takes (`event_words.tsv`, with sources) and the words around it, with
weights learnt by `training/events/fit.py` (`events.json`, multinomial logistic regression). Actor and recipient are read off the parse.
Types are the sixteen of PLOVER (Halterman et al. 2023).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import takewhile
from typing import TYPE_CHECKING

from onrecord.reading.actors import side_of
from onrecord.reading.spans import text_of
from onrecord.records import Actor, Event, EventMode, EventType, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

# Verbs that say what happened, or only how far it has come; the event is what they take.
_SAYING = re.compile(
    r"say|tell|announce|report|confirm|add|note|state|quote|disclose|reveal|inform|write|acknowledge|claim|indicate|explain|show|"
    r"believe|think|hope|expect|stress|learn|declare|hear|see|mean|suggest|reiterate"
)
_PHASE = re.compile(
    r"begin|start|continue|resume|try|attempt|seem|appear|go|have|prepare|decide|move|manage|help|keep|be|get|use|proceed|set"
)
_ACTORS = ("GPE", "NORP", "ORG", "PERSON", "LOC")
_GROUP = re.compile(
    r"rebel|troop|soldier|force|army|police|government|minister|president|leader|official|militant|militia|guerrilla|group|party|union|"
    r"worker|student|protester|demonstrator|activist|opposition|court|judge|parliament|council|company|refugee|civilian|authority|"
    r"agency|organi[sz]ation|people|resident|villager|fighter|gunman|insurgent|settler|teacher|farmer|doctor|journalist|commander|army|navy|"
    r"administration|ministry|community|state|country|nation|prisoner|hostage|peacekeeper|trader|driver|youth|woman|man|member|supporter"
)
_TOWARDS = (
    "against",
    "with",
    "to",
    "on",
    "upon",
    "from",
    "for",
    "of",
    "over",
    "between",
    "in",
    "at",
    "by",
    "into",
    "toward",
    "towards",
    "inside",
)


def events_in(doc: Doc) -> Iterator[Event]:
    """Yield the events of a parsed text, for each sentence the most central first."""
    for sentence in doc.sents:
        for predicate in predicates(sentence):
            yield event_at(predicate)


def event_of(head: Token) -> Event | None:
    """The event that a clause with this head says; None where none of its words speaks for the type that is likeliest."""
    predicate = _down(head)
    event = event_at(predicate)
    backing = (kind for where, word in _near(predicate) if where in ("at", "object") for kind in _spoken_for(word))
    return event if event.type in backing else None


def event_at(predicate: Token) -> Event:
    """The event that a predicate says."""
    actor = actor_of(predicate)
    recipient = recipient_of(predicate, actor)
    return Event(
        type=type_of(predicate),
        span=Span(predicate.idx, predicate.idx + len(predicate)),
        actor=_actor(actor),
        recipient=_actor(recipient),
        modes=modes_of(predicate),
    )


def _actor(head: Token | None) -> Actor | None:
    span = phrase(head)
    if head is None or span is None:
        return None
    words = span.of(text_of(head.doc))
    country, sector = side_of(words)
    return Actor(words=words, span=span, country=country, sector=sector)


# ---------------------------------------------------------------- where


def predicates(sentence: Words) -> list[Token]:
    """The predicates of a sentence that say what happened, the most central first."""
    first = _down(sentence.root)
    found = [first]
    for token in (*first.conjuncts, *first.children):
        if (
            token.dep_ in ("conj", "advcl")
            and token.pos_ == "VERB"
            and token not in found
            and not _SAYING.fullmatch(token.lemma_)
        ):
            found.append(token)
    return found


def _down(token: Token) -> Token:
    """From a verb that says or begins something to what is said or begun."""
    for _ in range(5):
        below = _below(token)
        if below is None:
            return token
        token = below
    return token


def _below(token: Token) -> Token | None:
    if _SAYING.fullmatch(token.lemma_):
        for kind in ("ccomp", "parataxis", "advcl", "xcomp"):
            for child in token.children:
                if child.dep_ == kind and (child.pos_ in ("VERB", "AUX") or kind == "ccomp"):
                    return child
    if _PHASE.fullmatch(token.lemma_):
        return next((c for c in token.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
    return None


# ---------------------------------------------------------------- who, and to whom


def actor_of(predicate: Token) -> Token | None:
    """The head of the words for who did it; None where nobody is named."""
    token = predicate
    for _ in range(5):
        agent = _agent(token)
        if agent is not None:
            return agent
        subject = next((c for c in token.children if c.dep_ in ("nsubj", "csubj")), None)
        if subject is not None:
            if subject.tag_ in ("WDT", "WP") and token.dep_ == "relcl":
                return token.head
            if subject.pos_ == "PRON" and token.head is not token:
                token = token.head
                continue
            return _of_people(subject)
        if any(c.dep_ == "nsubjpass" for c in token.children) and token is predicate:
            break
        if token.head is token or token.dep_ not in ("xcomp", "conj", "advcl", "ccomp", "acl", "pcomp", "prep", "dobj"):
            break
        token = token.head
    return next(
        (c for c in _named(predicate.sent) if c.i < predicate.i and not _is_passive_subject(c, predicate)), None
    )


def _agent(token: Token) -> Token | None:
    by = next((c for c in token.children if c.dep_ == "agent"), None)
    return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None


def _is_passive_subject(token: Token, predicate: Token) -> bool:
    return any(c.dep_ == "nsubjpass" and (token in c.subtree) for c in predicate.children)


def _of_people(subject: Token) -> Token:
    """Of "thousands of farmers" the farmers."""
    if subject.lemma_.lower() in (
        "thousand",
        "hundred",
        "dozen",
        "number",
        "group",
        "score",
        "member",
        "one",
        "some",
        "most",
        "million",
    ):
        return next((p for c in subject.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), subject)
    return subject


def recipient_of(predicate: Token, actor: Token | None) -> Token | None:
    """The head of the words for whom it was done to or with; None where nobody is."""
    for candidate in _taken(predicate, 0):
        if candidate is not actor and _acts(candidate) and not _within(candidate, actor):
            return candidate
    later = [t for t in _named(predicate.sent) if not _within(t, actor)]
    return next((t for t in later if t.i > predicate.i), None) or next(iter(later), None)


def _taken(token: Token, depth: int) -> Iterator[Token]:
    """What a predicate takes, the nearest first: object, what the object has, and what stands behind its prepositions."""
    children = sorted(token.children, key=lambda c: c.i)
    for child in children:
        if child.dep_ in ("nsubjpass", "dobj", "dative", "oprd", "pobj"):
            yield child
            yield from (c for c in child.children if c.dep_ in ("poss", "nmod", "amod", "compound") and _is_actor(c))
    for preposition in _TOWARDS:
        for child in children:
            if child.dep_ in ("prep", "dative") and child.lower_ == preposition:
                for c in child.children:
                    if c.dep_ == "pobj":
                        yield c
                        yield from c.conjuncts
    if depth < 2:
        for child in children:
            if child.dep_ in ("dobj", "pobj", "nsubjpass"):
                yield from _taken(child, depth + 1)
            elif child.dep_ in ("ccomp", "xcomp", "advcl", "acl", "pcomp"):
                yield from (c for c in child.children if c.dep_ in ("nsubj", "nsubjpass"))
                yield from _taken(child, depth + 1)
            elif child.dep_ == "prep":
                for c in child.children:
                    if c.dep_ in ("pobj", "pcomp"):
                        yield from _taken(c, depth + 1)


def _acts(token: Token) -> bool:
    """Whether a word names somebody who can do or suffer something."""
    if _is_actor(token):
        return True
    return any(c.ent_type_ in _ACTORS and c.dep_ in ("poss", "amod", "compound", "nmod") for c in token.children)


def _is_actor(token: Token) -> bool:
    return token.ent_type_ in _ACTORS or _GROUP.fullmatch(token.lemma_.lower()) is not None


def _named(sentence: Words) -> Iterator[Token]:
    for token in sentence:
        if token.ent_iob_ == "B" and token.ent_type_ in _ACTORS:
            words = takewhile(lambda t: t.ent_iob_ == "I", sentence.doc[token.i + 1 : sentence.end])
            yield sentence.doc[token.i : token.i + 1 + len(list(words))].root


def _within(token: Token, other: Token | None) -> bool:
    return other is not None and (token.i == other.i or (other.left_edge.i <= token.i <= _last_of(other)))


_INNER = ("det", "amod", "compound", "poss", "nmod", "nummod", "case", "quantmod", "neg")


def _last_of(head: Token) -> int:
    """The last word of a noun phrase with its "of", and without clauses and appositions behind it."""
    last = head.i
    for child in head.children:
        if child.i > head.i and child.dep_ == "prep" and child.lower_ == "of":
            last = max(last, child.right_edge.i)
    return last


def phrase(head: Token | None) -> Span | None:
    """A head with what stands before it and its "of"; None for none."""
    if head is None:
        return None
    first = min((c.left_edge.i for c in head.children if c.dep_ in _INNER and c.i < head.i), default=head.i)
    last = head.doc[_last_of(head)]
    return Span(head.doc[first].idx, last.idx + len(last))


# ---------------------------------------------------------------- mode


_YEAR = re.compile(r"(?:1\d|20)\d\d")
FARTHEST_YEAR = 100  # words; a list of a thousand words is one sentence


def modes_of(predicate: Token) -> tuple[EventMode, ...]:
    """How the event stands to what is: to come, only thought of, denied, going on, or long past."""
    chain = [predicate, *(a for a in predicate.ancestors if a.sent == predicate.sent)][:3]
    words = {c.lower_ for c in predicate.children if c.dep_ in ("aux", "auxpass", "neg", "mark", "advmod")}
    found = []
    if words & {"not", "n't", "never"}:
        found.append(EventMode.NEGATED)
    if words & {"would", "could", "might", "may", "if", "unless", "should", "can"}:
        found.append(EventMode.HYPOTHETICAL)
    if (
        words & {"will", "'ll", "shall"}
        or _is_scheduled(predicate)
        or any(t.lemma_ in ("plan", "intend", "prepare") for t in chain[1:])
    ):
        found.append(EventMode.FUTURE)
    if predicate.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in predicate.children):
        found.append(EventMode.ONGOING)
    behind = predicate.doc[predicate.i + 1 : min(predicate.right_edge.i + 1, predicate.i + FARTHEST_YEAR)]
    if any(_YEAR.fullmatch(t.text) and predicate.is_ancestor(t) for t in behind):
        found.append(EventMode.HISTORICAL)
    return tuple(found)


# Words behind which "to" says what is planned.
_DUE = frozenset(["due", "set", "scheduled", "expected", "slated", "bound"])


def _is_scheduled(predicate: Token) -> bool:
    """Whether a verb is what somebody "is to" do, or is due or set to do."""
    above = predicate.head
    planned = (above.lemma_ == "be" and above.tag_ in ("VBZ", "VBP")) or above.lower_ in _DUE
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in predicate.children)
    return predicate.dep_ == "xcomp" and planned and infinitive and predicate.lemma_ != "blame"


# ---------------------------------------------------------------- what


@cache
def _words() -> dict[tuple[str, str], tuple[EventType, ...]]:
    """The types that a verb or a noun speaks for."""
    found: dict[tuple[str, str], tuple[EventType, ...]] = {}
    for line in resources.files(__package__).joinpath("event_words.tsv").read_text("utf-8").splitlines()[1:]:
        name, part, words, _ = line.split("\t")
        for word in words.split():
            found[part, word] = (*found.get((part, word), ()), EventType(name.lower()))
    return found


def _spoken_for(token: Token) -> tuple[EventType, ...]:
    return _words().get(("verb" if token.pos_ in ("VERB", "AUX") else "noun", token.lemma_.lower()), ())


@cache
def _weights() -> dict[str, dict[EventType, float]]:
    """For each feature the types that it speaks for or against, and how much."""
    read: dict[str, dict[str, float]] = json.loads(
        resources.files(__package__).joinpath("events.json").read_text("utf-8")
    )
    found: dict[str, dict[EventType, float]] = {}
    for kind, weights in read.items():
        for name, weight in weights.items():
            found.setdefault(name, {})[EventType(kind)] = weight
    return found


def type_of(predicate: Token) -> EventType:
    """The likeliest type of the event at a predicate."""
    weights = _weights()
    scores = dict.fromkeys(EventType, 0.0)
    for name, value in features_of(predicate).items():
        for kind, weight in weights.get(name, {}).items():
            scores[kind] += weight * value
    return max(EventType, key=lambda kind: scores[kind])


def features_of(predicate: Token) -> dict[str, float]:
    """What decides the type: the predicate and its words by name, and the types that they speak for."""
    found: dict[str, float] = {"bias": 1.0}
    near = _near(predicate)
    for where, token in near:
        word = token.lemma_.lower()
        found[f"{where} {word}"] = 1.0
        for kind in _spoken_for(token):
            found[f"{where} is {kind}"] = found.get(f"{where} is {kind}", 0.0) + 1.0
    modes = modes_of(predicate)
    at = [name for name in found if name.startswith("at is ")]
    for mode in modes:
        found[f"mode {mode}"] = 1.0
        for name in at:
            found[f"{mode} {name}"] = 1.0
    for name in at:
        for other in [n for n in found if n.startswith("object is ")]:
            found[f"{name} {other}"] = 1.0
    return found


def _near(predicate: Token) -> Iterator[tuple[str, Token]]:
    """The words that decide, each with where it stands."""
    yield "at", predicate
    seen = {predicate.i}
    above = predicate.head
    if above is not predicate and above.pos_ in ("VERB", "AUX", "ADJ"):
        yield "above", above
        seen.add(above.i)
    for child in predicate.children:
        where = {
            "dobj": "object", "nsubjpass": "object", "pobj": "object", "attr": "object", "prt": "with", "prep": "with", "nsubj": "subject",
            "xcomp": "below", "ccomp": "below", "acomp": "object", "advcl": "beside", "conj": "beside", "neg": "with", "aux": "with",
        }.get(child.dep_)  # fmt: skip
        if where is None:
            continue
        seen.add(child.i)
        yield where, child
        if child.dep_ in ("prep", "xcomp", "ccomp", "dobj", "acomp"):
            for inner in child.children:
                if inner.dep_ in ("pobj", "dobj", "pcomp", "xcomp", "compound", "amod") and inner.is_alpha:
                    seen.add(inner.i)
                    yield ("object" if inner.dep_ in ("pobj", "dobj", "compound") else "below"), inner
    for token in predicate.sent:
        if token.i not in seen and token.pos_ in ("VERB", "NOUN", "ADJ") and not _SAYING.fullmatch(token.lemma_):
            yield "around", token
