"""Which earlier words does "he", "they" or "the agency" go with? The nearest fit among the noun phrases before it.

The trained reader scores every pair of mentions (see `network.likeness`); here the pairs are formed, and those left out that
grammar rules out: "she" is no company, "it" no person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reading.kinds import KIND_OF_HEAD
from onrecord.reading.network import Seen, likeness
from onrecord.reading.tokens import span_of
from onrecord.records import SourceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

# Farther back than this, in words, an antecedent is a guess.
FARTHEST = 220
# Log odds against no antecedent that a pronoun, which always has one, and a phrase, which may not, must reach.
PRONOUN_FITS, PHRASE_FITS = -3.0, -1.0
HE, SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
IT, THEY = frozenset({"it", "its", "itself"}), frozenset({"they", "them", "their", "themselves"})
SPEAKERS = frozenset({"i", "me", "my", "we", "us", "our", "you", "your"})


def antecedent(doc: Doc, text: Seen, words: Sequence[int]) -> tuple[int, ...] | None:
    """The noun phrase, in token numbers of the piece, that a mention goes with; None where none fits.

    A pronoun is followed on to the phrase that it stands for itself.
    """
    at = list(words)
    for _ in range(8):
        found = _best(doc, text, at)
        if found is None:
            return None
        at = list(range(found.start, found.end))
        if found.root.pos_ != "PRON":
            return tuple(at)
    return None


def _best(doc: Doc, text: Seen, words: Sequence[int]) -> Span | None:
    first = words[0]
    head = next((doc[i] for i in words if doc[i].head.i not in words), doc[first])
    pairs = [c for c in phrases(doc) if first - FARTHEST <= c.start and c.end <= first and _can_be(head, c)]
    last = doc[words[-1]]
    mine = span_of(text.tokens, doc[first].idx, last.idx + len(last))
    fits = likeness(text, mine, [span_of(text.tokens, c.start_char, c.end_char) for c in pairs])
    least = PRONOUN_FITS if head.pos_ == "PRON" else PHRASE_FITS
    if not len(fits) or float(fits.max()) < least:
        return None
    return pairs[int(fits.argmax())]


def phrases(doc: Doc) -> list[Span]:
    """The noun phrases and names of a piece, each without what stands behind its head, in order."""
    known: list[Span] | None = doc.user_data.get("phrases")
    if known is None:
        by_root: dict[int, Span] = {}
        for span in (*doc.noun_chunks, *(e for e in doc.ents if e.label_ in ("PERSON", "ORG", "GPE", "NORP"))):
            by_root.setdefault(span.root.i, span)
        known = [by_root[root] for root in sorted(by_root)]
        doc.user_data["phrases"] = known
    return known


def _can_be(mention: Token, before: Span) -> bool:
    """Whether grammar lets a phrase be the antecedent of a mention with this head."""
    word, other = mention.lower_, before.root.lower_
    plural = before.root.tag_ in ("NNS", "NNPS") or any(t.dep_ == "conj" for t in before.root.children)
    kind = before.root.ent_type_
    if word in HE or word in SHE:
        own, against = (HE, SHE) if word in HE else (SHE, HE)
        if other in against | IT | THEY | SPEAKERS or (before.root.pos_ != "PRON" and plural):
            return other in own
        if before.root.pos_ == "NOUN" and not _is_somebody(before.root.lemma_.lower()):
            return other in own
        return kind not in ("ORG", "GPE", "NORP", "DATE", "LOC", "EVENT") or other in own
    if word in IT:
        return other not in HE | SHE | THEY | SPEAKERS and kind != "PERSON" and not plural
    if word in THEY:
        is_one_person = kind == "PERSON" and not plural and len(before) > 1
        return other not in HE | SHE | IT | SPEAKERS and not is_one_person
    if before.root.dep_ == "nsubj" and any(a.i == before.root.head.i for a in mention.ancestors):
        return False  # "the envoy said that the president ...": a full phrase is not the subject it stands under
    if (mention.tag_ in ("NNS", "NNPS")) != plural and before.root.pos_ != "PRON":
        return False
    return before.root.pos_ != "PRON" or other in HE | SHE | IT | THEY


# Nouns for no person: what happens or is so, and things that news is full of. Any other may be one, for words for people have no end.
_THING = re.compile(
    r"\w+(?:[st]ion|ment|[ae]nce|ness|ity|ism|ship|dom|hood)|claim|bridge|road|street|town|village|city|port|tower|river|lake|house|building|war|attack|strike|raid|"
    r"battle|truce|deal|border|fire|boat|vessel|ship|plane|jet|train|car|truck|bus|tank|convoy|bomb|shell|missile|rocket|drone|weapon|camp|school|market|"
    r"day|week|month|year|night|morning|time|hour|place|area|region|side|case|law|plan|news|money|aid|food|water|oil|power|number|toll|name"
)


def _is_somebody(noun: str) -> bool:
    """Whether a common noun may be a word for a person: "she" is no bridge and no claim.

    >>> _is_somebody("boy"), _is_somebody("miner"), _is_somebody("bridge"), _is_somebody("army")
    (True, True, False, False)
    """
    return KIND_OF_HEAD.get(noun, SourceKind.UNNAMED) is SourceKind.UNNAMED and not _THING.fullmatch(noun)
