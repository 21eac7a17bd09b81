"""Which people does a document name, under which names, with which roles? Every name of a person, grouped by person.

A headline gives the surname and the text the name; the parser takes a surname for a company in one sentence and for a person in the
next. So the names of the whole document are grouped before its first sentence is read: those of which one ends or begins with the other, or that
begin and end alike, are one person, and the fullest is the person's name.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reading.bodies import is_a_body
from onrecord.reading.countries import countries_in
from onrecord.reading.descriptions import OPENERS
from onrecord.reading.kinds import FIRMS, KIND_OF_HEAD
from onrecord.reading.name_runs import (
    LOCATIVE,
    behind_office,
    behind_title,
    is_called_or_aged,
    is_called_so,
    is_no_name,
    is_one_of_a_couple,
    is_one_who,
    is_place,
    is_quoted,
    is_rather_a_person,
    is_rather_a_place,
    is_title,
    joins_names,
    may_be_called_so,
    says,
    speaks_in_transcript,
)
from onrecord.reading.network import name_shares
from onrecord.reading.spans import text_of
from onrecord.reading.titles import (
    HONORIFICS,
    SHORT_ROLES,
    TITLES,
    given_names,
    is_office_alone,
    is_role,
    pronoun_of_roles,
)
from onrecord.records import SourceKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpanOfTokens

    from onrecord.reading.network import NameShares, Seen

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# The longest run of capitalised words that may be one name.
_LONGEST = 5


@dataclass(slots=True, eq=False)
class Person:
    """A person of a document: the fullest name, the role words beside any of the names, and the pronoun, "he" or "she", that
    an honorific, a role or the given name speaks for (None where none does); `times` counts the mentions of the name."""

    name: str
    roles: set[str] = field(default_factory=set)
    pronoun: str | None = None
    times: int = 0


@dataclass(slots=True)
class People:
    """The people of a document. `at` gives the person named at a piece's word: (number of the piece, number of the word)."""

    all: list[Person] = field(default_factory=list)
    at: dict[tuple[int, int], Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Name:
    piece: int
    tokens: tuple[Token, ...]
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        doc = self.tokens[0].doc
        last = self.tokens[-1]
        written = text_of(doc)[self.tokens[0].idx : last.idx + len(last)]
        return re.sub(r"\s+", " ", re.sub(r"[\"“”„«»]", "", written)).strip(" ,'’‘")


def people_of(pieces: Sequence[tuple[Doc, Seen]]) -> People:
    """The people that the parsed pieces of a document name, each with what the trained reader makes of it."""
    docs = [doc for doc, _ in pieces]
    found = [name for number, (doc, seen) in enumerate(pieces) for name in _names(number, doc, name_shares(doc, seen))]
    titles = [headlines(doc) for doc in docs]
    names = [n for n in found if n.tokens[0].i not in titles[n.piece]]
    names = [*names, *(_known_part(n, names) for n in found if n.tokens[0].i in titles[n.piece])]
    names += [name for number, doc in enumerate(docs) for name in _surnames(number, doc, names)]
    names.sort(key=lambda n: (n.piece, n.tokens[0].i))
    roll = _Roll()
    for name in sorted((n for n in names if len(n.words) > 1), key=lambda n: -len(n.words)):
        roll.enter(name, next((p for p in roll.of_like_names(name) if _fits(name.words, roll.forms[p][0])), None))
    for person in roll.people.all:
        person.name = _shortened(person.name, roll.forms[person], roll.written)
    single = sorted((n for n in names if len(n.words) == 1), key=lambda n: _pronoun_beside(n) is None)
    where = {n.words for n in single if _is_where(n) or _is_firm(n) or _is_spoken_for(n)}
    where -= {n.words for n in single if _speaks(n)}
    where |= {n.words for n in single if _is_of_a_body(n)}
    for name in single:
        known = roll.of_one_word(name)
        if known is not None or not (name.words in where or _is_of_a_country(name)):
            roll.enter(name, known)
    return roll.people


class _Roll:
    """People as they are found: the longest name comes first. `forms` are the words of each one's names, `written` how those
    words are printed."""

    def __init__(self) -> None:
        self.people = People()
        self.forms: dict[Person, list[tuple[str, ...]]] = {}
        self.written: dict[tuple[str, ...], str] = {}
        self.by_last: defaultdict[str, list[Person]] = defaultdict(list)
        self.by_first: defaultdict[str, list[Person]] = defaultdict(list)

    def enter(self, name: _Name, person: Person | None) -> None:
        """Enter a name of a person, of a new one where none is given."""
        if person is None:
            person = Person(name=name.text)
            self.people.all.append(person)
            self.forms[person] = []
            self.by_last[name.words[-1]].append(person)
            if len(name.words) > 1:
                self.by_first[name.words[0]].append(person)
        self.forms[person].append(name.words)
        self.written.setdefault(name.words, name.text)
        _note(self.people, person, name)

    def of_like_names(self, name: _Name) -> Iterable[Person]:
        """The people whose names end with the last word of a name, or else begin with its first."""
        return itertools.chain(self.by_last[name.words[-1]], self.by_first[name.words[0]])

    def of_one_word(self, name: _Name) -> Person | None:
        """Whom a single word names: whose surname it is, of several the one named most (the others keep their given names), else
        the only one with that given name."""
        word, pronoun = name.words[0], _pronoun_beside(name)
        same = [p for p in self.by_last[word] if pronoun is None or p.pronoun in (None, pronoun)]
        if same:
            return max(same, key=lambda p: p.times)
        given = self.by_first[word]
        return given[0] if len(given) == 1 else None


def _shortened(name: str, forms: Sequence[tuple[str, ...]], written: Mapping[tuple[str, ...], str]) -> str:
    """The name without what only stood before it once: of "Grim Grace Okello" the "Grace Okello" that the text gives elsewhere."""
    longest = forms[0]
    for words in forms:
        before = longest[: -len(words)]
        strange = before and not any(w.title() in given_names() or len(w) == 1 for w in before)
        if (
            strange
            and longest[-len(words) :] == words
            and words[0] not in ("al", "el")
            and words[0].title() in given_names()
        ):
            return written[words]
    return name


# Words of a line from which on it can be a headline, and the share of them that must begin with a capital.
_HEADLINE, _HEADLINE_SHARE = 4, 0.75


def headlines(doc: Doc) -> set[int]:
    """The token numbers of the lines in which nearly every word has a capital: there capitals say nothing of names."""
    found: set[int] = set()
    line: list[Token] = []
    for token in (*doc, None):
        if token is not None and "\n" not in token.text:
            line.append(token)
            continue
        long = [t for t in line if t.is_alpha and len(t) > 3]
        if len(long) >= _HEADLINE and sum(t.text[0].isupper() for t in long) >= _HEADLINE_SHARE * len(long):
            found |= {t.i for t in line}
        line = []
    return found


def _known_part(name: _Name, known: Sequence[_Name]) -> _Name:
    """The part of a headline's name that the text names too: of "Grim Okello Warns" only "Okello"; the whole where it names none."""
    forms = {n.words for n in known} | {(n.words[-1],) for n in known}
    tokens = name.tokens
    for size in range(len(tokens), 0, -1):
        for at in range(len(tokens) - size + 1):
            part = _name(name.piece, list(tokens[at : at + size]))
            if part is not None and part.words in forms:
                return part
    return name


def _names(number: int, doc: Doc, shares: Sequence[NameShares]) -> Iterator[_Name]:
    """The names of people that the parser sees, and runs of capitalised words that begin with a given name, follow a title, or speak and are rather a
    person to the trained reader."""
    taken: set[int] = set()
    for tokens in _persons(doc):
        if not is_called_so(tokens) and not says(tokens[-1]) and is_rather_a_place(tokens, shares):
            continue
        if (made := _name(number, tokens)) is not None:
            taken.update(t.i for t in tokens)
            yield made
    for token in doc:
        if token.i not in taken and speaks_in_transcript(token) and (made := _name(number, [token])) is not None:
            taken.add(token.i)
            yield made
    run: list[Token] = []
    for token in (*doc, None):
        if (
            token is not None
            and (token.pos_ == "PROPN" or (run and joins_names(token)))
            and token.i not in taken
            and not is_place(token, shares[token.i])
        ):
            run.append(token)
            continue
        if run and token is not None and token.i in taken and is_title(run[-1]):
            run = []  # "the Lake Union President" of another name
        named = behind_title(run)
        named = list(behind_office(named, given_names())) if named else named
        is_addressed = len(named) == 1 < len(run) and run[-2].lower_.strip(".") in HONORIFICS
        is_told_of = (
            len(run) == 1
            and (is_called_or_aged(run[0]) or is_one_of_a_couple(run[0], shares))
            and is_rather_a_person(run, shares)
        )
        if (
            (1 < len(named) <= _LONGEST or is_addressed or is_told_of)
            and (
                len(named) < len(run)
                or is_told_of
                or named[0].text.title() in given_names()
                or is_called_so(named)
                or is_one_who(named)
                or ((says(named[-1]) or may_be_called_so(named)) and is_rather_a_person(named, shares))
            )
            and (made := _name(number, named)) is not None
        ):
            yield made
        run = []


def _persons(doc: Doc) -> list[list[Token]]:
    """The words of each person that the parser names; a name that a nickname in quotation marks parts is one."""
    found: list[list[Token]] = []
    for entity in doc.ents:
        if entity.label_ != "PERSON":
            continue
        between = doc[found[-1][-1].i + 1 : entity.start] if found else doc[0:0]
        if len(between) and all(t.is_quote for t in between):
            found[-1] += [*between, *entity]
        else:
            found.append([*_unseen_before(entity), *behind_office(behind_title(entity), given_names())])
    return found


def _unseen_before(entity: SpanOfTokens) -> list[Token]:
    """The words of a name right before the part of it that the parser sees: the "Ada" of "Ada Okello" where only "Okello" is a person."""
    doc, at = entity.doc, entity.start
    while (
        at
        and (t := doc[at - 1]).pos_ == "PROPN"
        and t.dep_ == "compound"
        and not t.ent_type_
        and t.head.i in range(at, entity.end)
    ):
        singular = t.lower_.strip(".").removesuffix("s")
        if t.is_upper or singular in TITLES or t.lower_ in TITLES or is_role(singular):
            break
        at -= 1
    return list(doc[at : entity.start])


def _surnames(number: int, doc: Doc, known: Sequence[_Name]) -> Iterator[_Name]:
    """Words that the parser does not take for a person's name, but that are the surname of one that the document names, or speak and are the first name."""
    surnames = {n.words[-1] for n in known if len(n.words) > 1 or is_called_or_aged(n.tokens[0])}
    given = {n.words[0] for n in known if len(n.words) > 1}
    taken = {t.i for n in known if n.piece == number for t in n.tokens}
    for token in doc:
        is_part = token.lower_ in surnames or (token.lower_ in given and (says(token) or is_quoted(token)))
        if token.i in taken or not token.text[0].isupper() or not is_part:
            continue
        beside = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
        if not any(t.pos_ == "PROPN" and t.lower_.strip(".") not in TITLES and not t.is_space for t in beside):
            yield _Name(number, (token,), (token.lower_,))


def _name(number: int, tokens: list[Token]) -> _Name | None:
    """The name in a run of words, without title, possessive ending and what is no word; None where nothing is left."""
    while len(tokens) > 1 and (tokens[0].lower_ in OPENERS or (len(tokens) > 2 and is_no_name(tokens[0]))):
        tokens = tokens[1:]
    while tokens and (
        tokens[0].lower_.strip(".") in TITLES or not tokens[0].text[0].isalnum() or tokens[0].lower_ == "the"
    ):
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower_ in ("'s", "’s") or not any(c.isalnum() for c in tokens[-1].text)):
        tokens = tokens[:-1]
    origin = next((n for n, t in enumerate(tokens) if t.lower_ == "of" and n > 1), len(tokens))
    tokens = tokens[:origin]  # "Ada Okello of Busia"
    words = tuple(w for t in tokens if (w := t.lower_.strip(".'’")) and w[0].isalnum() and w not in _SUFFIXES)
    if not words or len(tokens) > _LONGEST + 3 or not any(t.text[0].isupper() for t in tokens):
        return None
    found = _Name(number, tuple(tokens), words)
    if is_a_body(words, found.text, is_given=words[0].title() in given_names()):
        return None
    if is_office_alone(words) and _pronoun_beside(found) is None:
        return None
    if len(words) > 1 and any(c.span == Span(0, len(found.text)) for c in countries_in(found.text)):
        return None
    return found if any(c.isalpha() for c in found.text) else None


def _fits(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two names of several words are one person's: one begins or ends with the other, or they begin and end alike.

    >>> _fits(("ada", "okello"), ("ada", "m", "okello")), _fits(("suu", "kyi"), ("aung", "san", "suu", "kyi"))
    (True, True)
    >>> _fits(("ada", "okello"), ("grace", "okello"))
    False
    """
    shorter, longer = sorted((mine, theirs), key=len)
    if shorter in (longer[-len(shorter) :], longer[: len(shorter)]):
        return True
    first, other = mine[0], theirs[0]
    return mine[-1] == theirs[-1] and (first == other or (1 in (len(first), len(other)) and first[0] == other[0]))


def _note(people: People, person: Person, name: _Name) -> None:
    """Let a person be known at the words of a name, with what stands beside it."""
    for token in name.tokens:
        people.at[name.piece, token.i] = person
    person.times += 1
    head = _head(name)
    roles = {
        SHORT_ROLES.get(word, word)
        for t in (*_before(name), *(c for c in head.children if c.dep_ == "appos"), *_described_by(head))
        for word in (t.lemma_.lower().strip("."),)
    }
    person.roles |= {word for word in roles if len(word) > 1 and word[0].isalpha() and word not in HONORIFICS}
    if person.pronoun is None:
        person.pronoun = (
            _pronoun_beside(name) or pronoun_of_roles(roles) or given_names().get(name.tokens[0].text.title())
        )


def _is_where(name: _Name) -> bool:
    """Whether a single word stands where something is: "the dead at Lokiru"; the parser takes rare places for people."""
    token = _head(name)
    return token.dep_ == "pobj" and token.head.lower_ in LOCATIVE


def _is_firm(name: _Name) -> bool:
    """Whether a single word is the name of a body, by the noun before it or behind: "its operator Elna", "the broadcaster Orla", "Elna, a shipping firm"."""
    first = name.tokens[0]
    before = first.doc[first.i - 1].lemma_.lower() if first.i else ""
    behind = (c.lemma_.lower() for c in _head(name).children if c.dep_ == "appos")
    bodies = (SourceKind.ORGANISATION, SourceKind.OUTLET)
    return any(noun in FIRMS or KIND_OF_HEAD.get(noun) in bodies for noun in (before, *behind))


def _is_of_a_body(name: _Name) -> bool:
    """Whether a single word is given as a body's other name: "the Port Agency (Elna)", "the agency, known as Elna"."""
    doc, first, last = name.tokens[0].doc, name.tokens[0].i, name.tokens[-1].i
    in_brackets = first > 0 and doc[first - 1].text == "(" and last + 1 < len(doc) and doc[last + 1].text == ")"
    before = [t for t in doc[max(0, first - 6) : first - in_brackets] if not t.is_punct]
    if [t.lower_ for t in before[-2:]] == ["known", "as"]:
        before = [t for t in before[:-2] if t.lower_ not in ("better", "also")]
    elif not in_brackets:
        return False
    return bool(before) and KIND_OF_HEAD.get(before[-1].lower_) is SourceKind.ORGANISATION


def _is_spoken_for(name: _Name) -> bool:
    """Whether a single word stands before "spokesman", as a body's name does more often than a person's."""
    last = name.tokens[-1]
    behind = last.doc[last.i + 1].lower_ if last.i + 1 < len(last.doc) else ""
    return re.fullmatch(r"spokes(?:man|woman|person|people)", behind) is not None


def _speaks(name: _Name) -> bool:
    """Whether a name is the subject of a verb of saying, and not of a firm's."""
    return says(_head(name)) and not _is_firm(name)


def _is_of_a_country(name: _Name) -> bool:
    """Whether a single word is a country, its people or its capital, or stands before a noun as they do: "the Nigerien agency"."""
    token = _head(name)
    before_noun = token.dep_ in ("compound", "amod", "nmod") and token.head.pos_ == "NOUN" and token.head.i > token.i
    return before_noun or any(c.span == Span(0, len(name.text)) for c in countries_in(name.text.title()))


def _head(name: _Name) -> Token:
    inside = {t.i for t in name.tokens}
    return next((t for t in name.tokens if t.head.i not in inside or t.head.i == t.i), name.tokens[-1])


def _before(name: _Name) -> list[Token]:
    """The words of the same noun phrase before a name: "the Kenyan defence minister" Grace Mwangi."""
    first, head = name.tokens[0].i, _head(name)
    return [
        t
        for t in head.subtree
        if t.i < first and t.dep_ in ("compound", "nmod", "amod", "appos") and t.pos_ in ("NOUN", "PROPN")
    ]


def _described_by(head: Token) -> list[Token]:
    """What a name is put beside: "the minister, Grace Mwangi", and what it is said to be: "Grace Mwangi is the minister"."""
    if head.dep_ == "appos":
        return [head.head]
    if head.dep_ == "nsubj" and head.head.lemma_ == "be":
        return [c for c in head.head.children if c.dep_ == "attr" and c.pos_ == "NOUN"]
    return []


def _pronoun_beside(name: _Name) -> str | None:
    """What an honorific before a name says."""
    doc, first = name.tokens[0].doc, name.tokens[0].i
    before = doc[first - 1].lower_.strip(".") if first else ""
    return HONORIFICS.get(before)
