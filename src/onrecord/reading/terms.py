"""By which words is a claim compared with others? Its content words, without those that carry nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.reading.clauses import head_of
from onrecord.reading.drafts import Draft, Facts, granted_in
from onrecord.reading.stances import EVALUATIVE, FIRST_PERSON
from onrecord.records import Act

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def terms_of(facts: Facts, draft: Draft) -> tuple[str, ...]:
    """The content words of a claim as lemmas, a country by its code ("@KE"), numbers left out.

    A smaller place that the gazetteer knows stands by its name there, whatever the text calls it; one that it does not know, by its words.
    """
    doc = facts.doc
    found: dict[str, None] = {}
    spoken = draft.found.source if draft.found is not None else ()
    inside = (*draft.subject, *draft.content)
    groups = (i for word in inside for i in facts.groups.get(word, ()) if i not in spoken)
    words = dict.fromkeys((*groups, *inside))
    aside = {i for clause in granted_in(doc, draft) for i in clause} | _called_so(doc, draft) | _beside(doc, inside)
    named = _named(facts)
    involving = {i for i in inside if _is_involvement(doc[i])}
    for i in words:
        token = doc[i]
        if token.idx in named:
            found[named[token.idx]] = None
        elif (
            token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")
            and not token.is_stop
            and not (i in aside or i in involving or _is_light(token))  # the places in what is granted still say where
            and not token.like_num
            and len(token) > 1
        ):
            found[_term(token)] = None
    if any(_says_where(doc[i], facts) for i in draft.content):
        found[PRESENCE] = None
    if involving:
        found[INVOLVEMENT] = None
    if draft.source.country is not None and _speaks_of_itself(doc, draft):
        found[f"@{draft.source.country}"] = None
    return tuple(found)


def _named(facts: Facts) -> dict[int, str]:
    """The terms of the countries and smaller places of a piece, by the offsets of their words."""
    known: dict[int, str] | None = facts.doc.user_data.get("named")
    if known is None:
        known = {i: f"@{c.code}" for c in facts.countries for i in range(c.span.start, c.span.end)}
        smaller = (place for place in facts.places if place.entry is not None and not place.is_country)
        known |= {i: place.name.lower() for place in smaller for i in range(place.span.start, place.span.end)}
        facts.doc.user_data["named"] = known
    return known


def commented(doc: Doc, words: Sequence[int]) -> set[int]:
    """The words of what is put beside a claim and is no part of it: in brackets, behind a dash, or a clause that only says what the whole is like
    (", which is no small matter")."""
    clauses = (
        doc[i] for i in words if _is_about_the_whole(doc[i]) and doc[i].lemma_ == "be" and doc[i].left_edge.i > words[0]
    )
    found = {t.i for c in clauses if doc[c.left_edge.i - 1].lower_ == "," for t in c.subtree}
    found |= {t.i for i in words if _is_waved_off(doc[i]) for t in doc[i].subtree}
    opened = next((i for i in words if doc[i].text == "("), None)
    closed = next((i for i in words if opened is not None and i > opened and doc[i].text == ")"), None)
    if opened is not None and closed is not None:
        inside = doc[opened + 1 : closed]
        if len(inside) > 1 and not any(t.like_num for t in inside):  # one word abbreviates the name before it
            found |= set(range(opened, closed))
    verbs = {
        t.sent.start: t.i for t in (doc[i] for i in reversed(words)) if t.pos_ in ("VERB", "AUX")
    }  # the first of each sentence
    dash = next((i for i in words if _is_dash(doc[i]) and verbs.get(doc[i].sent.start, i) < i), None)
    if dash is not None:
        again = next((i for i in words if i > dash and _is_dash(doc[i])), words[-1] + 1)
        behind = set(range(dash, min(again, doc[dash].sent.end)))
        found |= behind if any(_comments(doc[i]) for i in behind) else set()
    return found


def elsewhere(doc: Doc, words: Sequence[int]) -> set[int]:
    """The words of clauses whose places are not those of a claim: of what makes no difference to it, or what it is like (", which is as far as Kisumu")."""
    likened = (i for i in commented(doc, words) if _is_about_the_whole(doc[i]) and _likens_to(doc[i]))
    aside = [*(i for i in words if _is_waved_off(doc[i])), *likened]
    return {t.i for i in aside for t in doc[i].subtree}


def _likens_to(verb: Token) -> bool:
    """Whether a verb says what its subject is or is like, and not where it is."""
    return any(c.dep_ in ("attr", "acomp") for c in verb.children)


def _is_waved_off(verb: Token) -> bool:
    """Whether a verb is that of a clause that says what makes no difference (", whatever the envoys may write")."""
    first = verb.left_edge
    return (
        verb.dep_ in ("advcl", "ccomp", "relcl", "acl")
        and first.lower_ in _WHATEVER
        and first.i > 0
        and first.nbor(-1).text == ","
    )


_WHATEVER = frozenset(["whatever", "whoever", "whichever"])


def _is_about_the_whole(verb: Token) -> bool:
    """Whether a verb is that of a relative clause, which the parser at times takes for another with "which" as its subject."""
    which = any(c.lower_ == "which" and c.dep_ == "nsubj" for c in verb.children)
    return verb.dep_ == "relcl" or (verb.dep_ == "advcl" and which)


def _beside(doc: Doc, words: Sequence[int]) -> set[int]:
    """What is put beside a claim; nothing where little else is said."""
    found = commented(doc, words) | {t.i for i in words if _is_added(doc[i]) for t in doc[i].subtree}
    left = [i for i in words if i not in found and doc[i].pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")]
    return found if len(left) >= FEWEST_LEFT else set()


def _is_added(verb: Token) -> bool:
    """Whether a verb is that of a relative clause behind a comma, which tells more of what is named and not which is meant."""
    return verb.dep_ == "relcl" and verb.left_edge.i > 0 and verb.left_edge.nbor(-1).text == ","


def _comments(word: Token) -> bool:
    """Whether a word shows that somebody comments: the reader and writer themselves, or a judgement."""
    return word.lower_ in _TWO_OF_US or word.lemma_.lower() in EVALUATIVE


_TWO_OF_US = FIRST_PERSON | {"you", "your"}


def _is_dash(mark: Token) -> bool:
    """Whether a mark is a dash, and not the hyphen of a word."""
    return mark.text in ("–", "—", "--") or (mark.text == "-" and bool(mark.whitespace_))


FEWEST_LEFT = 3  # content words and numbers, without which an aside is the claim

# The term of having to do with something, which no single word says: "had no hand in it", "denies any role in the raid".
INVOLVEMENT = "involvement"
_PARTS = frozenset(["part", "role", "hand", "involvement", "responsibility", "complicity"])


_INVOLVING = frozenset(["nothing", "anything", "doing", "work", "handiwork", "behind"])


def _is_involvement(word: Token) -> bool:
    """Whether a word says that somebody has, or has not, to do with something."""
    if word.lower_ not in _INVOLVING and word.lemma_.lower() not in _PARTS:
        return False
    verb = [word.head] if word.dep_ == "dobj" and word.head.lemma_ in ("have", "take", "play") else []
    behind = {c.lower_ for t in (word, *verb) for c in t.children if c.dep_ == "prep"}
    if word.pos_ == "NOUN" and word.lemma_.lower() in _PARTS:
        return bool(behind & {"in", "for"}) and word.dep_ in ("dobj", "pobj", "ROOT", "attr", "nsubj")
    if word.lower_ in ("nothing", "anything") and word.dep_ == "dobj":
        return word.head.lemma_ == "have" or any(c.lemma_ == "do" for c in word.children)
    if word.dep_ == "attr" and word.lower_ in ("doing", "work", "handiwork"):
        return any(c.dep_ == "poss" for c in word.children)  # "this was the rebels' doing"
    return word.lower_ == "behind" and word.head.lemma_ == "be"


def _called_so(doc: Doc, draft: Draft) -> set[int]:
    """What a denial calls the thing that it denies: "as lies" of "it dismissed the reports of a raid as lies"."""
    if draft.found is None or draft.found.act is not Act.DENIES:
        return set()
    return {t.i for i in draft.content if doc[i].dep_ == "prep" and doc[i].lower_ == "as" for t in doc[i].subtree}


def _speaks_of_itself(doc: Doc, draft: Draft) -> bool:
    """Whether a source speaks of its own side: by a word for it, as who "denied shelling the town", or as the state of "Kenya says it holds no ship"."""
    head = head_of(doc, draft.content)
    itself = draft.source.is_state and any(c.dep_ == "nsubj" and c.lower_ == "it" for c in head.children)
    has_subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in head.children)
    own_deed = head.tag_ == "VBG" and not has_subject and draft.found is not None and draft.found.act is Act.DENIES
    denies = draft.found is not None and draft.found.act is Act.DENIES
    involved = denies and any(_is_involvement(doc[i]) and doc[i].head.i == draft.cue for i in draft.content)
    return itself or own_deed or involved or any(doc[i].lower_ in _OWN for i in draft.content)


# Words with which an office of a state speaks of that state: "its troops had not fired", the Kenyan ministry said.
_OWN = frozenset(["its", "our", "ours", "we", "us"])
# The term of what is said to be at a place: no word of its own says it in "the brigade is in Garissa".
PRESENCE = "presence"
_AT = frozenset(["in", "at", "on", "inside", "within", "near", "around"])
_WHERE = frozenset(["there", "here"])


def _says_where(verb: Token, facts: Facts) -> bool:
    """Whether a form of "be" says at which place, front or border its subject is."""
    if verb.lemma_ != "be" or verb.pos_ != "AUX" or verb.dep_ in ("aux", "auxpass"):
        return False
    if any(child.dep_ == "advmod" and child.lower_ in _WHERE for child in verb.children):
        return True
    behind = [t.i for child in verb.children if child.dep_ == "prep" and child.lower_ in _AT for t in child.subtree]
    starts = {facts.doc[i].idx for i in behind}
    places = [*(place.span for place in facts.places), *(country.span for country in facts.countries)]
    return any(span.start <= at < span.end for span in places for at in starts)


# Verbs that are spelled like the noun for another thing, each with a noun or verb of its own meaning.
_DEEDS = {"ship": "dispatch", "head": "go", "station": "deploy", "train": "training", "man": "staff", "land": "arrive"}


def _term(word: Token) -> str:
    """The term of a content word: its lemma, where the lemma does not stand for two things."""
    if _is_shooting(word):
        return SHOOTING
    lemma = word.lemma_.lower().strip("'’")
    return _DEEDS.get(lemma, lemma) if word.pos_ == "VERB" else lemma


# The term of a gun that is fired; a fire that burns is another thing.
SHOOTING = "shoot"


def _is_shooting(word: Token) -> bool:
    """Whether a word tells of guns: "they fired at the convoy", "the troops opened fire"."""
    if word.lemma_ != "fire":
        return False
    return word.pos_ == "VERB" or (word.dep_ == "dobj" and word.head.lemma_ in ("open", "exchange", "return", "draw"))


_FIGURATIVE = frozenset(["closer", "ahead", "forward", "on"])  # whoever moves so, and towards nothing, goes nowhere
_TOWARDS = frozenset(["to", "toward", "towards", "into", "in", "near", "across"])
_COMPLEMENTS = ("acomp", "oprd", "dobj", "attr")


def _is_light(word: Token) -> bool:
    """Whether a word only carries another: "take" and "place" of "a battle took place", "take" and "part" of "they took part", "go" of
    "they went missing" and "they went on", "open" of "they opened fire"."""
    beside = {child.lower_ for child in word.children if child.dep_ in ("advmod", "prt")}
    if word.lemma_ == "go" and ("on" in beside or any(child.dep_ in _COMPLEMENTS for child in word.children)):
        return True
    if word.lemma_ == "move" and beside & _FIGURATIVE and not any(t.lower_ in _TOWARDS for t in word.subtree):
        return True
    if word.lemma_ in ("open", "exchange", "return") and any(map(_is_shooting, word.children)):
        return True
    if word.lemma_ == "set" and any(c.lower_ in ("fire", "ablaze", "alight") for c in word.children):
        return True
    verb, noun = (
        (word.head, word) if word.dep_ == "dobj" else (word, next((c for c in word.children if c.dep_ == "dobj"), word))
    )
    return verb.lemma_ == "take" and noun.lower_ in ("place", "part")
