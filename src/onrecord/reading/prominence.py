"""Whom does "he", "she", "they" or "it" stand for? Whoever stands out most among those named before.

After Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution": every mention gives its entity weight, a subject more than an
object, and with each sentence half of it is lost; grammar rules out who cannot be meant. Added for reporting: who was just given
as a source stands out more, what stands in a quotation less, and nobody calls himself "he" in his own quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.reading.coreference import HE, IT, SHE, THEY, phrases
from onrecord.reading.countries import countries_in
from onrecord.reading.found import Found
from onrecord.reading.kinds import is_office, kind_of
from onrecord.reading.name_runs import LOCATIVE
from onrecord.reading.people import People, Person
from onrecord.reading.quotations import quotations
from onrecord.reading.titles import is_role, pronoun_of_noun
from onrecord.records import SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Lappin and Leass's weights; the last two are ours.
RECENT, SUBJECT, OBJECT, OBLIQUE, HEAD = 100.0, 80.0, 50.0, 40.0, 80.0
SOURCE = 80.0
QUOTED = 0.3
EMPTY = 0.3
ONE_AS_MANY = 0.5  # "they" for a single body
IN_OWN_WORDS = 0.3  # who speaks is seldom named by a noun, other than its subject, in what he says
HALVED = 0.5
# Kinds of names (OntoNotes) that no pronoun for a source stands for.
_NOBODY = ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL")
_PEOPLE = (SourceKind.PERSON, SourceKind.UNNAMED)
THINGS = (SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.DOCUMENT)


@dataclass(slots=True, eq=False)
class Entity:
    """Who or what a piece names: a person of the document, or something with a noun of its own. `words` are the token numbers of
    the last phrase, no pronoun, that named it; `mentions` token number and weight of each mention."""

    kind: SourceKind
    plural: bool
    pronoun: str | None
    person: Person | None = None
    words: tuple[int, ...] = ()
    mentions: list[tuple[int, float]] = field(default_factory=list)


def entities_in(doc: Doc, piece: int, people: People, found: Sequence[Found]) -> dict[int, Entity]:
    """The entity of each pronoun and each noun of a piece, by its token number, as it was known there; pronouns that fit nobody are
    left out."""
    scene = _Scene(doc, piece, people, found)
    scene.play()
    return scene.answers


class _Scene:
    """A piece read from its first word to its last, with those who have been named so far."""

    def __init__(self, doc: Doc, piece: int, people: People, found: Sequence[Found]) -> None:
        self.doc, self.piece, self.people = doc, piece, people
        self.roots = {p.root.i: p for p in phrases(doc)}
        self.sentence = [n for n, s in enumerate(doc.sents) for _ in s]
        self.quoted = [False] * len(doc)
        for start, end in quotations(doc):
            self.quoted[start:end] = [True] * (end - start)
        self.sources = {i for one in found for i in one.source}
        self.who = {i for one in found for i in one.source if self.doc[i].head.i not in one.source}
        self.speakers = speakers_in(doc, found)
        self.said_by = {one.source[0]: _own_words(doc, one) for one in found if len(one.source) == 1}
        self.entities: list[Entity] = []
        self.by_key: dict[object, Entity] = {}
        self.named_at: dict[int, Entity] = {}
        self.answers: dict[int, Entity] = {}

    def play(self) -> None:
        """Go through the piece word by word."""
        for token in self.doc:
            entity = None
            if token.lower_ in HE | SHE | IT | THEY and token.pos_ == "PRON":
                entity = self.resolved(token)
            elif token.i in self.roots and (token.pos_ in ("NOUN", "PROPN") or self.is_some_of(token)):
                entity = self.named(token)
            if entity is not None:
                entity.mentions.append((token.i, self.weight(token)))
                self.named_at[token.i] = entity
                self.answers[token.i] = replace(entity, mentions=[])

    def is_some_of(self, token: Token) -> bool:
        """Whether a word stands for some of those who are named behind it and speaks for them: "one of the envoys said"."""
        return token.i in self.who and token.like_num and any(c.lower_ == "of" for c in token.children)

    def named(self, root: Token) -> Entity | None:
        """The entity that a noun phrase names; None for what no pronoun here is looked up for."""
        span = self.roots[root.i]
        person = self.people.at.get((self.piece, root.i)) or self.holder(root)
        some = self.is_some_of(root)
        plural = root.tag_ in ("NNS", "NNPS") or (some and root.lower_ != "one")
        beside = [c for c in root.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")]
        if beside and (person is not None or is_role(root.lemma_.lower())):
            words = tuple(range(span.start, max(t.i for c in beside for t in c.subtree) + 1))
            both = Entity(SourceKind.UNNAMED, plural=True, pronoun=None, words=words)
            both.mentions.append((root.i, self.weight(root)))
            self.entities.append(both)
        if person is not None:
            found = self.known(person, Entity(SourceKind.PERSON, plural=False, pronoun=person.pronoun, person=person))
        else:
            kind = kind_of(root, span.text)
            lemma = root.lemma_.lower()
            if root.ent_type_ in _NOBODY or _is_only_where(root, span.text):
                return None
            if kind is SourceKind.UNNAMED and not (some or is_role(lemma) or (plural and root.i in self.who)):
                return None
            found = self.known(
                (kind, lemma, plural), Entity(kind, plural=plural, pronoun=None if plural else pronoun_of_noun(lemma))
            )
        found.words = tuple(range(span.start, (root.right_edge.i if some else root.i) + 1))
        return found

    def known(self, key: object, new: Entity) -> Entity:
        if key not in self.by_key:
            self.by_key[key] = new
            self.entities.append(new)
        return self.by_key[key]

    def holder(self, root: Token) -> Person | None:
        """The person named before to whom "the minister" can refer: who was called so, of several whoever stands out most."""
        if not is_definite(root) or not (root.tag_ == "NN" or is_office(root)):
            return None
        title = self.doc[root.left_edge.i : root.i] if is_office(root) else ()
        words = {t.lower_ for t in title if t.pos_ in ("NOUN", "PROPN", "ADJ")}
        before = [
            e for e in self.entities if e.person is not None and e.mentions and _has_office(e.person, root, words)
        ]
        best = max(before, key=lambda e: self.salience(e, root), default=None)
        return best.person if best is not None else None

    def resolved(self, pronoun: Token) -> Entity | None:
        fitting = [e for e in self.entities if e.mentions and self.can_be(pronoun, e)]
        best = max(fitting, key=lambda e: self.salience(e, pronoun), default=None)
        return best if best is not None and self.salience(best, pronoun) > 0 else None

    def can_be(self, pronoun: Token, entity: Entity) -> bool:
        """Whether grammar lets a pronoun stand for an entity."""
        word = pronoun.lower_
        if word in THEY:
            fits = entity.kind is SourceKind.ORGANISATION or (entity.plural and entity.kind in _PEOPLE)
        elif word in IT:
            fits = not entity.plural and entity.kind in THINGS
        else:
            own = "he" if word in HE else "she"
            fits = not entity.plural and entity.kind in _PEOPLE and entity.pronoun in (None, own)
        return fits and not self.beside(pronoun, entity) and not self.speaks(pronoun, entity)

    def beside(self, pronoun: Token, entity: Entity) -> bool:
        """Whether an entity is another part of the pronoun's own clause: in "Okello saw him", "him" is not Okello."""
        if pronoun.dep_ == "poss" or pronoun.lower_.endswith(("self", "selves")):
            return False
        host = pronoun.head.head if pronoun.dep_ == "pobj" else pronoun.head
        near = [self.doc[at] for at, _ in entity.mentions[-4:] if self.sentence[at] == self.sentence[pronoun.i]]
        return any(t.head.i == host.i or (_is_where(t) and t.head.head.i == host.i) for t in near)

    def speaks(self, pronoun: Token, entity: Entity) -> bool:
        """Whether the pronoun stands in a quotation of the entity itself."""
        return any(self.named_at.get(i) is entity for i in self.speakers.get(pronoun.i, ()))

    def weight(self, token: Token) -> float:
        """How much a mention makes its entity stand out."""
        weight = RECENT
        if token.dep_ in ("nsubj", "nsubjpass"):
            weight += SUBJECT
        elif token.dep_ in ("dobj", "attr"):
            weight += OBJECT
        elif token.dep_ in ("pobj", "dative"):
            weight += OBLIQUE
        if token.dep_ not in ("poss", "compound", "nmod", "appos", "amod") and not (
            token.dep_ == "pobj" and token.head.head.pos_ in ("NOUN", "PROPN")
        ):
            weight += HEAD
        if token.i in self.sources:
            weight += SOURCE
        return weight * EMPTY if _may_be_empty(token) else weight

    def salience(self, entity: Entity, at: Token) -> float:
        """How much an entity stands out at a word: the weightiest mention of each sentence, halved with every sentence since."""
        best: dict[int, float] = {}
        own = self.said_by.get(at.i, frozenset())
        for where, weight in entity.mentions:
            if where in own and self.doc[where].dep_ not in ("nsubj", "nsubjpass", "poss"):
                weight *= IN_OWN_WORDS
            if self.quoted[where] and not self.quoted[at.i]:
                weight *= QUOTED
            sentence = self.sentence[where]
            best[sentence] = max(best.get(sentence, 0.0), weight)
        here = self.sentence[at.i]
        total = sum(weight * HALVED ** (here - sentence) for sentence, weight in best.items())
        return total * ONE_AS_MANY if at.lower_ in THEY and not entity.plural else total


def speakers_in(doc: Doc, found: Sequence[Found]) -> dict[int, tuple[int, ...]]:
    """For each word of a quotation that is attributed, the words of its source."""
    quoted = {i for start, end in quotations(doc) for i in range(start, end)}
    return {i: one.source for one in found if one.source for i in one.content if i in quoted}


def _may_be_empty(token: Token) -> bool:
    """Whether a pronoun may stand for nothing, as in "it was market day"."""
    return token.lower_ == "it" and token.dep_ == "nsubj" and token.head.lemma_ == "be"


def _has_office(person: Person, root: Token, words: set[str]) -> bool:
    """Whether a person was called by a noun, and by the words before it: the "Vice President" is not the president."""
    ranks = {w for w in _RANKS if w in person.roles} if words or root.pos_ == "PROPN" else set()
    called = {root.lemma_.lower(), *_CALLED_SO.get(root.lemma_.lower(), ())}
    return bool(called & person.roles) and words <= person.roles and ranks <= words


# What somebody is called who was named with another word: a foreign ministry's spokesman is "the diplomat".
_CALLED_SO = {
    "diplomat": ("ambassador", "envoy", "consul", "foreign"),
    "officer": ("colonel", "major", "captain", "lieutenant", "brigadier"),
    "lawmaker": ("senator",),
}


_RANKS = frozenset(["deputy", "vice", "former", "acting", "assistant", "under"])


def _own_words(doc: Doc, one: Found) -> frozenset[int]:
    """The words of a speaker of one word: of what is said, and of what goes before ", he said" in its sentence."""
    at = one.source[0]
    is_inserted = at > 0 and (doc[at - 1].lower_ == "," or doc[at - 1].is_quote)
    return frozenset((*one.content, *(range(doc[at].sent.start, at) if is_inserted else ())))


def _is_where(token: Token) -> bool:
    """Whether a word is the place of something, as "statement" in "in a statement it said"."""
    return token.dep_ == "pobj" and token.head.lower_ == "in"


def _is_only_where(root: Token, name: str) -> bool:
    """Whether a name is only that of the place of something, as "Lokiru" in "near Lokiru"; a state, which may speak, is not."""
    is_place = root.ent_type_ in ("GPE", "LOC", "FAC") or root.pos_ == "PROPN"
    where = root.dep_ == "pobj" and root.head.lower_ in LOCATIVE and root.head.lower_ != "at"
    return is_place and where and root.ent_type_ != "ORG" and next(countries_in(name), None) is None


def is_definite(head: Token) -> bool:
    """Whether a noun has "the", "this" or "that" before it."""
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in head.children)
