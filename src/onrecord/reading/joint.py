"""Who of several sources put it forward together? "Kenya and Chad said" is the word of both, and so of two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.reading.kinds import KIND_OF_HEAD, PORTFOLIOS
from onrecord.records import SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def joined_in(doc: Doc, words: Sequence[int]) -> list[tuple[int, ...]]:
    """The words of each of several sources that a phrase joins, in order; none for a phrase that names one.

    "Energy and Petroleum" within "the Ministry of Energy and Petroleum" joins no sources, nor does the "and" within a name.
    """
    inside = set(words)
    tops = [doc[i] for i in words if doc[i].head.i not in inside or doc[i].head.i == i]
    nouns = [t for t in tops if t.pos_ in ("NOUN", "PROPN")]
    if len(nouns) != 1:
        return []
    heads = _joined_to(nouns[0], inside)
    if len(heads) < 2 or any(is_one_name(one, other) for one, other in pairwise(heads)):
        return []
    return [_words_of(head, heads, inside) for head in heads]


# What is named by its portfolios: "the Ministry of Works and Public Affairs".
_HAS_PORTFOLIOS = frozenset(["ministry", "department", "minister", "secretary", "secretariat", "directorate", "office"])


# "Both sides", "the two governments", "each side": two that were named together before.
_BOTH = frozenset(["both", "two", "each"])
_SIDES = frozenset(
    [
        "side",
        "party",
        "government",
        "country",
        "state",
        "nation",
        "army",
        "military",
        "capital",
        "neighbour",
        "neighbor",
        "ministry",
        "rival",
        "foe",
        "belligerent",
    ]
)
FARTHEST_PAIR = 120  # words, of some five sentences


def both_of(doc: Doc, words: Sequence[int]) -> list[tuple[int, ...]]:
    """The words of the two for whom "both sides" stands: the last two before it that were named together; none where none were, or for
    another phrase."""
    each = any(doc[i].lower_ == "each" for i in words)
    heads = [doc[i] for i in words if doc[i].lemma_.lower() in _SIDES and doc[i].tag_ == ("NN" if each else "NNS")]
    if len(heads) != 1 or _BOTH.isdisjoint(doc[i].lower_ for i in words) or len(words) > len(("the", "two", "sides")):
        return []
    for at in range(words[0] - 1, max(-1, words[0] - FARTHEST_PAIR), -1):
        one = doc[at]
        others = [c for c in one.children if c.dep_ == "conj" and c.i < words[0]]
        if len(others) != 1 or not all(_is_a_group(t) for t in (one, *others)) or _is_no_side(one):
            continue
        if not any(_may_be_a_side(t) for t in (one, *others)):
            return []  # "rebels and soldiers": these are meant, and have no names
        pair = {t.i for t in one.subtree if t.i < words[0]}
        return [_words_of(head, [one, *others], pair) for head in (one, *others)]
    return []


def _is_a_group(token: Token) -> bool:
    return (
        _may_be_a_side(token)
        or KIND_OF_HEAD.get(token.lower_) is not None
        or token.lower_ in ("soldiers", "troops", "fighters")
    )


def _may_be_a_side(token: Token) -> bool:
    return token.ent_type_ in ("GPE", "ORG", "NORP") or KIND_OF_HEAD.get(token.lower_) is SourceKind.ORGANISATION


def _is_no_side(token: Token) -> bool:
    """Whether a name says where something was ("in Lagos and Abuja"), or who told of it ("Reuters and AFP reported")."""
    if token.dep_ == "nsubj" and token.head.lemma_ in ("report", "write", "publish"):
        return True
    return token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "near", "around", "outside", "from", "of")


# What stands beside a noun is one, whatever the parser calls it ("the paramilitary Forest Guard").
_NOUNS = ("NOUN", "PROPN", "ADJ")
# Words of a phrase that is added to a source: what is longer is seldom who spoke.
LONGEST_ADDED = 14


def with_joined(doc: Doc, source: tuple[int, ...], taken: set[int]) -> tuple[int, ...]:
    """A source with the phrases that are joined to its noun behind it: "the army" of "the army and the rebels said"; words that are `taken`
    end it. On PolNeAR dev it is worth nothing and costs nothing; two who speak together are two origins."""
    inside = set(source)
    tops = [doc[i] for i in source if doc[i].head.i not in inside or doc[i].head.i == i]
    nouns = [t for t in tops if t.pos_ in ("NOUN", "PROPN")]
    found = list(source)
    for other in nouns[0].children if len(nouns) == 1 else ():
        if other.dep_ == "conj" and other.i > source[-1] and other.pos_ in _NOUNS:
            added = range(found[-1] + 1, other.right_edge.i + 1)
            found += added if len(added) <= LONGEST_ADDED and taken.isdisjoint(added) else ()
    return tuple(found)


def _joined_to(head: Token, inside: set[int]) -> list[Token]:
    """A noun and those that are joined to it one after the other."""
    heads = [head]
    for token in heads:
        heads += [c for c in token.children if c.dep_ == "conj" and c.i in inside and c.pos_ in _NOUNS]
    return sorted(map(_name_behind, heads), key=lambda t: t.i)


def _name_behind(head: Token) -> Token:
    """The name that the parser hung on an adjective before it."""
    names = [c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
    return names[0] if head.pos_ == "ADJ" and names else head


def is_one_name(one: Token, other: Token) -> bool:
    """Whether all from one word to another is one name ("Lloyd & Sons", "the Ministry of Works and Public Affairs")."""
    between = one.doc[one.i + 1 : other.i + 1]
    if any(t.text == "&" for t in between):
        return True
    is_ministry = (
        one.lower_ in _HAS_PORTFOLIOS
        and len(between) > 0
        and between[0].lower_ in ("of", "for")
        and other.pos_ == "PROPN"
    )
    if is_ministry and other.lower_ in PORTFOLIOS:
        return True
    return one.ent_type_ != "" and all(t.ent_iob_ == "I" and t.ent_type_ == one.ent_type_ for t in between)


def _words_of(head: Token, heads: Sequence[Token], inside: set[int]) -> tuple[int, ...]:
    others = {t.i for other in heads if other.i > head.i for t in other.subtree}
    joining = {c.i for c in head.children if c.dep_ in ("cc", "preconj") or c.is_punct}
    return tuple(t.i for t in head.subtree if t.i in inside and t.i not in others and t.i not in joining)
