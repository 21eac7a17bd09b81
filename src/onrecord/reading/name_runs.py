"""Is a run of capitalised words a person's name? By what stands beside it, and by what the trained reader makes of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.reading.kinds import SPEAKING, is_calling
from onrecord.reading.titles import OF_OFFICES, TITLES, is_role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.reading.network import NameShares

# The trained reader's share for a person is so many times that for an organisation in the name of a person who speaks (18 speakers of the dossiers reach
# it whom the parser takes for a firm: 16 people, and two bodies that other words tell).
RATHER_A_PERSON = 1.4


def behind_title(run: Iterable[Token]) -> list[Token]:
    """The words behind the last title or role of a run of capitalised words: of "Lake Spokesman Ada Okello" the name; all of it where there is none,
    or where nothing stands behind it."""
    words = list(run)
    last = max((n for n, t in enumerate(words) if is_title(t)), default=-1)
    return words[last + 1 :] or words


def is_title(token: Token) -> bool:
    """Whether a word is a title or says what somebody is."""
    word = token.lower_.strip(".")
    return word in TITLES or is_role(word)


def behind_office(run: Sequence[Token], given: Collection[str]) -> Sequence[Token]:
    """The words of a run that stands behind "director of" and the like without what the office is of: of "Public Prosecutions Ada Okello" the name. `given` are
    given names. All of it where no office is before it, or nothing shows where the name begins."""
    doc, first = run[0].doc, run[0].i
    if first < 2 or doc[first - 1].lower_ not in ("of", "for") or not is_role(doc[first - 2].lemma_.lower()):
        return run
    begins = [n for n, t in enumerate(run) if n and (t.text.title() in given or _INITIAL.fullmatch(t.text))]
    if not begins or any(t.text.title() in given for t in run[: begins[0]]):
        return run
    return run[begins[0] :]


_INITIAL = re.compile(r"[A-Z]\.")


def is_called_so(run: Sequence[Token]) -> bool:
    """Whether a run of capitalised words is the name of whom a role stands beside: "the lawyer, Ada Okello", "Ada Okello, the lawyer", "lawyer Ada
    Okello"."""
    head, before = run[-1], run[0].doc[run[0].i - 1] if run[0].i else None
    beside = [head.head] if head.dep_ == "appos" else [c for c in head.children if c.dep_ == "appos"]
    in_a_row = before is not None and before.text.islower() and is_role(before.lemma_.lower())
    return in_a_row or any(is_role(t.lemma_.lower()) for t in beside)


def is_called_or_aged(name: Token) -> bool:
    """Whether a single name that speaks is followed by what its bearer does, or by an age: "Ada, a farmer, said", "Ada, 54, said"."""
    before = name.doc[name.i - 1] if name.i else None
    if name.i + 1 == len(name.doc) or name.nbor(1).text != ",":
        return False
    if not (says(name) or is_quoted(name)) or (
        before is not None and (before.lower_ in ("the", "-") or before.pos_ == "PROPN")
    ):
        return False
    beside = [c for c in name.children if c.dep_ in ("appos", "npadvmod", "nummod") and c.i > name.i + 1]
    return any(
        (is_calling(c.lemma_) and c.lemma_.lower() not in _ALSO_FIRMS) or re.fullmatch(r"[1-9]\d", c.text)
        for c in beside
    )


# Callings that firms have too: "Orla, an oil trader".
_ALSO_FIRMS = frozenset(
    [
        "broker",
        "builder",
        "contractor",
        "dealer",
        "developer",
        "grocer",
        "importer",
        "investor",
        "jeweller",
        "merchant",
        "publisher",
        "retailer",
        "shipbuilder",
        "trader",
        "vendor",
        "winemaker",
    ]
)


def is_one_of_a_couple(name: Token, shares: Sequence[NameShares]) -> bool:
    """Whether a single name that speaks stands before one of two words that is rather a person's: "Peter and Ada Okello said"."""
    behind = name.doc[name.i + 1 : name.i + 4]
    if len(behind) < 3 or behind[0].lower_ != "and" or not says(name):
        return False
    return all(t.pos_ == "PROPN" for t in behind[1:]) and is_rather_a_person([*behind[1:]], shares)


def may_be_called_so(run: Sequence[Token]) -> bool:
    """Whether a run of words ends a phrase that a role begins: "the secretary of the miners' union, Ada Okello"."""
    before = run[0].doc[run[0].i - 1] if run[0].i else None
    if before is None or before.text != ",":
        return False
    above = itertools.islice(run[-1].ancestors, LONGEST_ROLE)
    described = list(itertools.takewhile(lambda t: t.pos_ not in ("VERB", "AUX"), above))
    return any(is_role(t.lemma_.lower()) and t.i < run[0].i for t in described)


# Steps in the parse from a name up to the noun for its bearer's role (not tuned).
LONGEST_ROLE = 4


def is_one_who(run: Sequence[Token]) -> bool:
    """Whether ", who" follows a run of words, as it does seldom anything but people; not behind "the Rangers"."""
    first = run[0]
    is_where = run[-1].dep_ == "pobj" and run[-1].head.lower_ in LOCATIVE | {"on"}
    if is_where or run[-1].tag_ == "NNPS" or (first.i > 0 and first.nbor(-1).lower_ == "the"):
        return False
    behind = run[-1].doc[run[-1].i + 1 : run[-1].i + 3]
    return len(behind) == 2 and behind[0].text == "," and behind[1].lower_ == "who"


def is_place(token: Token, share: NameShares) -> bool:
    """Whether the parser takes a word for a place's name and the trained reader does not hold it rather for a person's."""
    return token.ent_type_ in ("GPE", "LOC", "FAC") and share.person <= RATHER_A_PERSON * share.place


def is_rather_a_place(run: Sequence[Token], shares: Sequence[NameShares]) -> bool:
    """Whether the trained reader holds a run of words, which the parser takes for a person, rather for a place's name."""
    return sum(shares[t.i].place for t in run) > sum(shares[t.i].person for t in run)


def is_rather_a_person(run: Sequence[Token], shares: Sequence[NameShares]) -> bool:
    """Whether the trained reader holds a run of words rather for a person's name than for an organisation's, and it is not followed by "which"."""
    if any(c.dep_ == "relcl" and any(t.lower_ == "which" for t in c.subtree) for c in run[-1].children):
        return False
    person = sum(shares[t.i].person for t in run)
    organisation = sum(shares[t.i].organisation for t in run)
    return person > RATHER_A_PERSON * organisation


def joins_names(mark: Token) -> bool:
    """Whether a hyphen joins two names: "Ada Okello-Mwangi"."""
    if mark.text != "-" or not mark.i or mark.i + 1 >= len(mark.doc):
        return False
    before, behind = mark.nbor(-1), mark.nbor(1)
    return before.pos_ == behind.pos_ == "PROPN" and not (before.whitespace_ or mark.whitespace_)


def speaks_in_transcript(token: Token) -> bool:
    """Whether a word in capitals begins a line and a colon follows: "OKELLO: The bridge is safe." """
    begins = token.i == 0 or "\n" in token.doc[token.i - 1].text
    follows = token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == ":"
    return begins and follows and token.is_upper and token.is_alpha and len(token) > 2


# What many words for occupations end in.
_OCCUPATION = re.compile(r"\w+(?:ologist|icist|ician|grapher|ineer)")


def is_no_name(first: Token) -> bool:
    """Whether a word before a name is none of it: what somebody is, or what his office is of: "Superintendent of Police Ada Okello"."""
    word = first.lower_
    of_an_office = word in OF_OFFICES and first.i > 0 and first.nbor(-1).lower_ in ("of", "for")
    return of_an_office or is_role(word) or _OCCUPATION.fullmatch(word) is not None


# Prepositions of place, which no person stands behind.
LOCATIVE = frozenset(["in", "at", "near", "around", "outside", "inside", "across", "into", "toward", "towards"])


def says(head: Token) -> bool:
    """Whether a word is the subject of a verb of saying."""
    return head.dep_ == "nsubj" and head.head.lemma_ in SPEAKING


def is_quoted(head: Token) -> bool:
    """Whether a word follows "according to"."""
    return head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according"
