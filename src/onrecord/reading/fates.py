"""What happened to those counted? Killed, held, freed, gone: from the words around a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_STATUS = {
    "killed": "kill die dead death perish slay fatality murder massacre execute slaughter",
    "wounded": "wound wounded injure injured hurt maim injury",
    "casualties": "casualty",
    "missing": "miss missing awol desert disappear",
    "captured": "capture detain arrest seize abduct kidnap hostage prisoner imprison hold",
    "displaced": "displace displaced flee evacuate uproot refugee",
    "trained": "train training drill",
    "deployed": "deploy send dispatch move arrive transfer station ship mass mobilise mobilize go enter deployment",
    "destroyed": "destroy down intercept shoot damage hit strike sink ruin burn",
    "fired": "fire launch lob",
    "supplied": "supply deliver provide donate",
}
STATUS_OF = {lemma: status for status, lemmas in _STATUS.items() for lemma in lemmas.split()}
PEOPLE = frozenset(
    [
        "soldier",
        "troop",
        "force",
        "fighter",
        "civilian",
        "people",
        "personnel",
        "officer",
        "unit",
        "serviceman",
        "man",
        "child",
        "person",
        "combatant",
        "militant",
        "recruit",
    ]
)
TOLLS = frozenset({"killed", "wounded", "captured"})
SUBJECTS = ("nsubj", "nsubjpass")


# What happens to people or shells, and to no amount of a thing: "it held 1,200 tonnes".
_OF_NO_AMOUNT = frozenset(["killed", "wounded", "casualties", "missing", "captured", "displaced", "trained", "fired"])


def fate_of(tokens: Span, noun: Token | None, *, unit: str | None) -> str | None:
    """What happened to what a number counts, None where no word tells: `noun` is what it counts, None where it stands for itself, `unit` that in which
    it measures, or its being a share."""
    if _is_excepted(tokens):
        return EXCEPTED
    status = _status(noun if noun is not None else tokens.root, noun)
    if unit is None:
        return status or _of_a_toll(tokens)
    return None if status in _OF_NO_AMOUNT and unit not in _SHARES else status


_SHARES = frozenset(["share", "percent"])


# The status of those of whom the opposite is told: the one of "all but one were killed".
EXCEPTED = "excepted"


def _is_excepted(tokens: Span) -> bool:
    """Whether a number stands behind "all but" or "everyone except"."""
    before = [t.lower_ for t in tokens.doc[max(0, tokens.start - 3) : tokens.start]]
    return before[-1:] in (["but"], ["except"]) and any(
        w in ("all", "every", "everyone", "everybody", "none") for w in before
    )


# What a toll does to come to a number (FrameNet: Arriving, Change_position_on_a_scale).
_COMING_TO = frozenset(
    [
        "be",
        "stand",
        "rise",
        "climb",
        "reach",
        "jump",
        "grow",
        "mount",
        "pass",
        "exceed",
        "hit",
        "top",
        "increase",
        "go",
        "come",
    ]
)
_TOLL = re.compile(r"(?:the|a|an|its|latest|overall|total|official|provisional|confirmed|new|current|death|civilian)$")


def _of_a_toll(tokens: Span) -> str | None:
    """The dead, where a number is what a toll has come to: "the toll has climbed to 64"; None for others, and for other tolls."""
    verb = next((t for t in tokens.root.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lemma_ not in _COMING_TO:
        return None
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.lemma_ == "toll" and c.i < tokens.start), None)
    if subject is None or any(c.dep_ != "poss" and not _TOLL.match(c.lower_) for c in subject.lefts):
        return None
    return "killed"


def _status(head: Token, noun: Token | None) -> str | None:
    """What happened to what is counted: from the noun, its clauses, and the verb above it, nearest first; from the word behind a number
    that stands for itself ("the six still missing")."""
    if noun is None and (behind := _behind(head)) is not None:
        return behind
    near: list[Token] = [] if noun is None else [noun, *(c for c in noun.children if c.dep_ in _CLAUSES)]
    above = head
    for _ in range(4):
        if above.head.i == above.i:
            break
        above = above.head
        near.append(above)
        if above.pos_ == "VERB" and above.dep_ != "xcomp":
            break
    if _is_in_custody(head):
        return "captured"
    if _is_released(noun, near):
        return "released"  # hostages that were freed are held no more
    subject = next(
        (t for t in (head, *near) if t.dep_ in ("nsubj", "nsubjpass")), head
    )  # "three" of "three of the crew"
    if _is_not_found(subject):
        return "missing"
    verb = subject.head
    said = [c for c in verb.children if c.dep_ == "acomp" and verb.lemma_ == "be" and subject.dep_ == "nsubj"]
    said += _infinitives(near)
    inside = said + [
        c for t in near if t.pos_ == "VERB" for c in t.children if c.dep_ in _COMPLEMENTS and c.i != head.i
    ]
    return next((status for token in (*inside, *near) if (status := _status_of(token, head))), None)


_RELEASING = frozenset(["free", "release", "liberate", "ransom"])
_HELD = frozenset(
    [
        "hostage",
        "prisoner",
        "captive",
        "detainee",
        "inmate",
        "abductee",
        "driver",
        "pupil",
        "girl",
        "boy",
        "woman",
        "worker",
        "sailor",
        "pilot",
        "journalist",
    ]
)


def _is_released(noun: Token | None, near: Sequence[Token]) -> bool:
    """Whether those counted were let go, and nothing worse is told of them in the same breath."""
    verbs = [t for t in (*near, *_infinitives(near)) if t.pos_ == "VERB" and t.dep_ not in _CLAUSES]
    people = noun is None or noun.lemma_.lower() in PEOPLE | _HELD or noun.tag_ == "NNPS"
    harmed = any(STATUS_OF.get(t.lemma_.lower()) in TOLLS - {"captured"} for t in verbs)
    return people and not harmed and any(t.lemma_.lower() in _RELEASING for t in verbs)


def _infinitives(near: Sequence[Token]) -> list[Token]:
    """What some "are to" do: "freed" of "seven men are to be freed"."""
    return [c for t in near if t.lemma_ == "be" for c in t.children if c.dep_ == "xcomp"]


def _behind(number: Token) -> str | None:
    words = [
        t for t in number.doc[number.i + 1 : number.i + 4] if t.lower_ not in ("still", "now", "feared", "reported")
    ]
    return STATUS_OF.get(words[0].lemma_.lower()) if words and words[0].tag_ in ("JJ", "VBN", "VBG") else None


_CUSTODY = frozenset(["custody", "captivity", "detention", "jail", "prison"])


def _is_in_custody(head: Token) -> bool:
    """Whether those counted are said to be in custody, right behind ("18 men in custody") or by the verb ("18 are still in custody")."""
    behind = head.doc[head.i + 1 : head.i + 3]
    ahead: list[Iterable[Token]] = [behind] if behind and behind[0].lower_ == "in" else []
    if head.dep_ in ("nsubj", "nsubjpass"):
        ahead += [p.subtree for p in head.head.children if p.lower_ == "in" and p.i > head.i]
    return any(word.lemma_.lower() in _CUSTODY for words in ahead for word in words)


def _is_not_found(head: Token) -> bool:
    """Whether those counted "have not been found"."""
    verb = head.head
    negated = any(c.dep_ == "neg" for c in verb.children)
    return head.dep_ == "nsubjpass" and negated and verb.lemma_ in ("find", "locate", "trace")


# What may say more of a counted noun, or of the verb above it ("has gone missing").
_CLAUSES = ("acl", "relcl", "amod")
_COMPLEMENTS = ("acomp", "oprd", "advmod", "dobj", "attr")


def _status_of(token: Token, head: Token) -> str | None:
    """The status that one word gives, None for none."""
    lemma = token.lemma_.lower()
    if lemma == "down" and token.pos_ != "VERB":
        return None  # "17 lorries, down from 21"
    if lemma == "leave" and head.dep_ == "nsubj":
        return "displaced"  # "61,000 have left the city", not "it left 12 dead"
    if lemma == "lose" and head.lemma_.lower() in PEOPLE and (head.dep_ == "dobj" or _is_part_lost(head)):
        return "killed"
    if _costs_lives(token, head) or (lemma in _BEREAVING and _is_bereaved_of(token, head)):
        return "killed"
    if lemma in ("drive", "force", "chase") and any(t.lemma_ == "home" for t in token.subtree):
        return "displaced"
    status = STATUS_OF.get(lemma)
    if status == "killed" and (other := _joined_wounded(token)):
        return f"killed {other} wounded"
    return status


def _costs_lives(verb: Token, head: Token) -> bool:
    """Whether those counted are lives lost, or have lost theirs: "the storm claimed nine lives", "30 lost their lives", "30 paid with their lives",
    "it cost 30 divers their lives", "it took the lives of 30"."""
    lemma = verb.lemma_.lower()
    if lemma in ("claim", "cost", "take"):
        lost = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ == "lives"]
        of_them = head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head in lost
        whose = of_them or (lemma == "cost" and head.dep_ == "dative" and head.head == verb)
        return bool(lost) and (head in lost or whose)
    if lemma not in ("lose", "give", "pay") or not (head.dep_ in SUBJECTS or verb.head == head):
        return False
    given = [c for c in verb.children if c.dep_ == "dobj"]
    given += [o for c in verb.children if c.lower_ == "with" and lemma == "pay" for o in c.children]
    return any(o.lower_ in ("life", "lives") for o in given)


# Whom something costs an army, or whom a country buries, is dead.
_BEREAVING = frozenset(["cost", "bury"])
_BEREAVED = frozenset(["army", "country", "government", "military", "family", "town", "village"])


def _is_bereaved_of(verb: Token, head: Token) -> bool:
    """Whether a verb says that somebody is bereaved of those counted: "the raid cost the rebels nine men", "Kenya buried 33 soldiers"."""
    if head.lemma_.lower() not in PEOPLE:
        return False
    costs = verb.lemma_.lower() == "cost"
    if costs and head.dep_ == "pobj":  # "14 men" taken for a part of "the army of the north"
        return head.head.lower_ == "of" and head.head.head.lemma_.lower() in _BEREAVED
    if head.dep_ != "dobj" or head.head != verb:
        return False
    if costs:
        return True
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return subject is not None and (subject.pos_ == "PROPN" or subject.lemma_.lower() in _BEREAVED)


def _is_part_lost(noun: Token) -> bool:
    """Whether a noun stands behind the number of a loss: "men" of "lost three of its men"."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.dep_ == "dobj"


def _joined_wounded(token: Token) -> str | None:
    """ "or" or "and" in "killed or wounded" where both have the same subject; None where wounding has its own object."""
    for joined in token.children:
        if joined.dep_ == "conj" and joined.lemma_.lower() in ("wound", "injure"):
            own = any(c.dep_ in ("dobj", "nsubjpass", "nsubj") for c in joined.children)
            return None if own else "or" if any(c.lower_ == "or" for c in token.children) else "and"
    return None
