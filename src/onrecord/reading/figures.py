"""What is counted, whose, and what happened to it? The figures of a parsed text, from its number phrases and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.reading.countries import CountryMention
from onrecord.reading.numbers import UNITS, Number, numbers_in
from onrecord.reading.spans import text_of
from onrecord.records import Approximator, Figure

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_STATUS = {
    "killed": "kill die dead death perish slay fatality murder massacre execute",
    "wounded": "wound injure hurt maim injury",
    "casualties": "casualty",
    "missing": "miss awol desert disappear",
    "captured": "capture detain arrest seize abduct kidnap hostage prisoner imprison hold",
    "displaced": "displace flee evacuate uproot refugee",
    "trained": "train training drill",
    "deployed": "deploy send dispatch move arrive transfer station ship mass mobilise mobilize go enter deployment",
    "destroyed": "destroy down intercept shoot damage hit strike sink ruin burn",
    "fired": "fire launch lob",
    "supplied": "supply deliver provide donate",
}
STATUS_OF = {lemma: status for status, lemmas in _STATUS.items() for lemma in lemmas.split()}
UNIT_WORDS = frozenset(
    [
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "century",
        "metre",
        "meter",
        "kilometre",
        "kilometer",
        "km",
        "mile",
        "foot",
        "yard",
        "inch",
        "mm",
        "cm",
        "kg",
        "kilogram",
        "ton",
        "tonne",
        "pound",
        "gram",
        "litre",
        "liter",
        "gallon",
        "barrel",
        "degree",
        "dollar",
        "euro",
        "rouble",
        "ruble",
        "hryvnia",
        "yen",
        "yuan",
        "won",
        "shekel",
        "rupee",
        "cent",
        "percent",
        "point",
        "mph",
        "knot",
        "watt",
        "megawatt",
        "gigawatt",
        "mw",
        "gw",
        "hectare",
        "acre",
    ]
)
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
# Of these, who fights, and who does not: "7,000 people have left" are not those of "200 Kenyan soldiers" before.
_FIGHTING = frozenset(
    ["soldier", "troop", "force", "fighter", "officer", "unit", "serviceman", "combatant", "militant", "recruit"]
)
_CIVIL = frozenset(["civilian", "people", "person", "child"])
AGE = "year of age"
_OLDEST = 120
_UP = frozenset(["rise", "increase", "grow", "climb", "jump", "surge", "soar", "up", "expand", "raise"])
_DOWN = frozenset(["fall", "drop", "decline", "decrease", "shrink", "down", "reduce", "slump", "plunge", "lower"])
_INCREMENT = re.compile(r"\b(?:another|additional|further|extra|more)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _What:
    """What a number counts: the noun that it hangs on, if any, and the words to call it by, if any."""

    noun: Token | None
    words: str | None


def figures_in(doc: Doc, countries: Sequence[CountryMention]) -> Iterator[Figure]:
    """Yield the figures of a parsed text, in order; spans are offsets in that text, whose countries are given."""
    before: tuple[int, str] | None = None
    last: tuple[int, Figure] | None = None
    measured: tuple[int, str] | None = None
    for number in numbers_in(text_of(doc)):
        tokens = doc.char_span(number.core.start, number.core.end, alignment_mode="expand")
        if tokens is None:
            continue
        if last is not None and last[0] == tokens.sent.start and (whose := _gap(tokens, number, countries)) is not None:
            yield _as_before(number, last[1], whose, text_of(doc))
            continue
        if _is_age(tokens, number):
            number = replace(number, unit=AGE)
        elif _is_no_quantity(tokens[0], tokens[-1], number):
            continue
        said = before[1] if before is not None and before[0] == tokens.sent.start else None
        what = _counted(tokens, number, said)
        if what.words is None and number.unit is None and _is_of_them(tokens):
            what = _What(None, _them(tokens))
        if what.words is None and number.unit is None and measured is not None and _replaces(tokens, measured[0]):
            number = replace(number, unit=measured[1])
        if _is_of_a_name(tokens, number, what.noun):
            continue
        figure = _figure(number, tokens, what, countries)
        if number.core.of(text_of(doc)).lower() in _LOOSE and figure.status not in _TOLLS:
            continue
        if figure.unit is None and what.words and what.noun is not None:
            before = (tokens.sent.start, what.words)
            last = (tokens.sent.start, figure)
        measured = (tokens.sent.start, figure.unit) if figure.unit not in (None, AGE) else measured
        yield figure


def _gap(tokens: Span, number: Number, countries: Sequence[CountryMention]) -> str | None:
    """The state that counts what was counted before it: KH of "Thailand reporting 25 deaths and Cambodia 13"; None for other numbers."""
    start = tokens[0].idx
    mention = next((c for c in countries if c.span.end + 1 == start), None)
    is_year = tokens.text.isdigit() and len(tokens.text) == 4
    if mention is None or mention.how == "people" or number.unit is not None or is_year:
        return None
    words = tokens.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    before = tokens.doc[words.start - 1].lower_ if words is not None and words.start else ""
    return (
        mention.code
        if before in ("and", ",", "while", "but") and _counted_noun(tokens[0], tokens[-1]) is None
        else None
    )


def _as_before(number: Number, before: Figure, whose: str, text: str) -> Figure:
    """A figure of what the one before it counts, of another state."""
    return replace(
        before,
        low=number.low,
        best=number.best,
        high=number.high,
        approximator=number.approximator,
        whose=whose if before.whose is not None or before.unit is None else None,
        as_written=number.span.of(text),
        span=number.span,
    )


def _is_of_them(tokens: Span) -> bool:
    """Whether a number is a part of those named before: "three of them"."""
    return [t.lower_ for t in tokens.doc[tokens.end : tokens.end + 2]] in (
        ["of", "them"],
        ["of", "whom"],
        ["of", "these"],
        ["of", "those"],
    )


def _them(tokens: Span) -> str | None:
    """The last people or things before a number, in its sentence or the one before, of several the subject."""
    doc, start = tokens.doc, tokens.sent.start
    sentences = [doc[start : tokens.start], *([doc[start - 1].sent] if start else [])]
    for words in sentences:
        plural = [t for t in words if t.tag_ in ("NNS", "NNPS") and t.dep_ in (*_SUBJECTS, "dobj", "pobj", "conj")]
        if plural:
            noun = next((t for t in plural if t.dep_ in _SUBJECTS), plural[-1])
            return (
                " ".join(t.text for t in doc[noun.left_edge.i : noun.i + 1] if t.pos_ in ("NOUN", "PROPN", "ADJ"))
                or noun.text
            )
    return None


_SUBJECTS = ("nsubj", "nsubjpass")


def _replaces(tokens: Span, sentence: int) -> bool:
    """Whether a number stands for what the measure before it in the sentence gives: "40 tonnes, and not the thirty"."""
    before = [t.lower_ for t in tokens.doc[max(0, tokens.start - 2) : tokens.start]]
    return tokens.sent.start == sentence and (
        before[-1:] in (["from"], ["than"], ["not"]) or before in (["not", "the"], ["than", "the"], ["of", "the"])
    )


# "Several" and "a few" count only where people come to harm; elsewhere they are a manner of speaking.
_LOOSE = frozenset({"several", "a few", "many"})
_TOLLS = frozenset({"killed", "wounded", "captured"})


def _figure(number: Number, tokens: Span, what: _What, countries: Sequence[CountryMention]) -> Figure:
    unit, counted = number.unit, what.words if number.unit != AGE else None
    if what.noun is not None and what.noun.lemma_.lower() in UNIT_WORDS:
        unit, counted = unit or what.noun.lemma_.lower(), None
    head = what.noun if what.noun is not None else tokens.root
    return Figure(
        low=number.low,
        best=number.best,
        high=number.high,
        approximator=number.approximator,
        unit=unit,
        counted=counted,
        whose=_whose(what.noun, tokens[0], countries) if unit is None and _may_be_people(what) else None,
        status=EXCEPTED
        if _is_excepted(tokens)
        else _status(head, what.noun) or (_of_a_toll(tokens) if unit is None else None),
        change=_change(tokens.root, head),
        increment=_is_increment(number, text_of(tokens.doc)),
        place=None,
        period=None,
        as_written=number.span.of(text_of(tokens.doc)),
        span=number.span,
    )


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
    """The dead, where a number is what a toll has come to: "the toll has climbed to 88"; None for others, and for other tolls."""
    verb = next((t for t in tokens.root.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lemma_ not in _COMING_TO:
        return None
    subject = next(
        (c for c in verb.children if c.dep_ in _SUBJECTS and c.lemma_ == "toll" and c.i < tokens.start), None
    )
    if subject is None or any(not _TOLL.match(c.lower_) for c in subject.lefts):
        return None
    return "killed"


def _counted(tokens: Span, number: Number, said: str | None) -> _What:
    """What a number counts; `said` is what the number before it in the same sentence counted."""
    noun = _counted_noun(tokens[0], tokens[-1])
    if noun is not None:
        return _What(noun, _phrase(noun, tokens[-1]))
    if number.unit is not None:
        return _What(None, None)
    named = _predicate(tokens.root) or _named_number(tokens[0])
    if named is not None:
        return _What(*named)
    is_whole = [t.lower_ for t in tokens.doc[max(0, tokens.start - 2) : tokens.start]] in (
        ["among", "the"],
        ["of", "the"],
    )
    goes_on = number.best != 1 and tokens.root.head.lower_ != "at" and not is_whole
    return _What(None, said if goes_on else None)


def _is_increment(number: Number, text: str) -> bool:
    """Whether the number adds to an earlier one: "another 1,500", "200 more"."""
    around = f"{text[max(0, number.span.start - 12) : number.span.start]} {text[number.span.end : number.span.end + 6]}"
    return bool(_INCREMENT.search(around))


def _may_be_people(what: _What) -> bool:
    """Whether what is counted can be a country's people; what is named before ("three of them") by its word."""
    if what.noun is not None or what.words is None:
        return True
    last = what.words.split()[-1]
    return (
        last[0].isupper() or last in PEOPLE or last.removesuffix("s") in PEOPLE or last.replace("men", "man") in PEOPLE
    )


def _whose(noun: Token | None, number: Token, countries: Sequence[CountryMention]) -> str | None:
    """The country whose people are counted: from the phrase, from who sends them, or from the last such phrase before.

    "Kenya sent 300 soldiers" and, later, "500 have left" both count Kenya's.
    """
    if noun is not None:
        first, last = noun.left_edge.idx, noun.idx + len(noun)
        if inside := [c.code for c in countries if first <= c.span.start < last]:
            return inside[-1]
        if noun.lemma_.lower() not in PEOPLE:
            return None
        verb = noun.head
        if (
            verb.pos_ == "VERB"
            and noun.dep_ == "dobj"
            and STATUS_OF.get(verb.lemma_.lower()) in ("deployed", "trained")
        ):
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None and (who := [c.code for c in countries if c.span.start == subject.left_edge.idx]):
                return who[0]
    return _last_people(number, countries, civil=noun is not None and noun.lemma_.lower() in _CIVIL)


def _last_people(number: Token, countries: Sequence[CountryMention], *, civil: bool) -> str | None:
    """The country of the last people that were named with one, at most some sentences before; None where their sentence counts out several
    ("four Danes and two Finns")."""
    doc = number.doc
    for country in reversed(countries):
        if country.span.end <= number.idx and country.how == "people" and number.idx - country.span.end < 1_500:
            words = doc.char_span(country.span.start, country.span.end, alignment_mode="expand")
            if words is None:
                continue
            ahead = [t.lemma_.lower() for t in doc[words.end : words.end + 3]]
            if (
                any(word in PEOPLE for word in ahead)
                or words[-1].tag_ == "NNPS"
                or (words[-1].tag_ == "NNP" and words.text.endswith("s"))
            ):
                others = _is_one_of_several(words, countries) or (civil and not _FIGHTING.isdisjoint(ahead))
                return None if others else country.code
    return None


def _is_one_of_several(people: Span, countries: Sequence[CountryMention]) -> bool:
    """Whether the sentence counts the people of several countries beside one another."""
    sentence = people.sent
    counted = {
        country.code
        for country in countries
        if country.how == "people" and sentence.start_char < country.span.start < sentence.end_char
        for before in (people.doc.char_span(country.span.start, country.span.end, alignment_mode="expand"),)
        if before is not None and before.start > 0 and people.doc[before.start - 1].like_num
    }
    return len(counted) > 1


def _is_no_quantity(first: Token, last: Token, number: Number) -> bool:
    """ "one" as a pronoun, a year, and numbers inside names are not quantities."""
    doc = first.doc
    if (
        re.match(r"\s(?:in|out\sof)\s(?:a|every|\d)", text_of(doc)[number.span.end : number.span.end + 12])
        and first.lower_ in UNITS
    ):
        return True  # "one in a hundred"
    if first.lower_ == "a" and first.i > 1 and first.nbor(-1).lower_ in ("in", "of") and first.nbor(-2).lower_ in UNITS:
        return True
    if first.lower_ in ("one", "ones") and number.approximator is Approximator.EXACT:
        ahead = last.nbor(1) if last.i + 1 < len(last.doc) else None
        return (
            first.dep_ not in ("nummod", "quantmod")
            and not (first.i and first.nbor(-1).lower_ == "but")
            and not (ahead is not None and ahead.lower_ == "in")
        )
    if (
        first.i
        and (first.nbor(-1).pos_ == "PROPN" or (first.nbor(-1).is_title and first.nbor(-1).pos_ in ("NOUN", "ADJ")))
        and first.sent == first.nbor(-1).sent
        and number.unit is None
    ):
        return first.head.i <= first.i and number.approximator is Approximator.EXACT
    return first.ent_type_ in ("DATE", "TIME") and len(first) == 4 and number.unit is None and last.dep_ != "nummod"


def _is_age(tokens: Span, number: Number) -> bool:
    """Whether a number is how old somebody is: "aged 44", "over the age of 21", "Grace Mwangi, 44,", "who was 10"."""
    if number.unit is not None or not 0 < max(number.values, default=0) <= _OLDEST:
        return False
    words = [t for t in tokens.doc[max(0, tokens.start - 4) : tokens.start] if not t.is_punct]
    before = [t.lower_ for t in words]
    if before[-1:] in (["aged"], ["age"]) or before[-2:] in (["age", "of"], ["ages", "of"]):
        return True
    if _counted_noun(tokens[0], tokens[-1]) is not None or not tokens[0].text.isdigit():
        return False
    if words and words[-1].ent_type_ == "PERSON" and words[-1].sent == tokens.sent:
        return number.approximator is Approximator.EXACT
    verb = tokens.root.head
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    is_one = subject is not None and (subject.lower_ in ("who", "he", "she") or subject.ent_type_ == "PERSON")
    return verb.lemma_ == "be" and tokens.root.dep_ in ("attr", "acomp") and is_one


def _is_of_a_name(tokens: Span, number: Number, noun: Token | None) -> bool:
    """Whether a number is part of a name, a rank or a score: "650 Kestrel", "the top three", "ended 4-1"."""
    first = tokens[0]
    before = first.nbor(-1).lower_ if first.i else ""
    if number.unit is not None or number.approximator not in (Approximator.EXACT, Approximator.BETWEEN):
        return False
    if noun is None and (before in ("top", "bottom") or _is_score(tokens)):
        return True
    if noun is not None and noun.tag_ == "NNP" and noun.ent_type_ not in ("NORP", "GPE"):
        return noun.i == tokens[-1].i + 1 and not noun.is_upper
    return (
        first.text[0].isupper()
        and first.is_alpha
        and before != ""
        and first.nbor(-1).is_title
        and not first.is_sent_start
    )


_CONTESTED = frozenset(
    {"win", "lose", "beat", "draw", "tie", "end", "finish", "lead", "defeat", "pass", "vote", "trail"}
)


def _is_score(tokens: Span) -> bool:
    """Whether two numbers with a hyphen are a result: "won 3-1", "passed 52-48". A range does not go down."""
    score = re.fullmatch(r"(\d+)\s?[-–]\s?(\d+)", tokens.text)
    if score is None:
        return False
    return int(score[1]) >= int(score[2]) or any(word.lemma_ in _CONTESTED for word in tokens.root.ancestors)


def _counted_noun(first: Token, last: Token) -> Token | None:
    """The noun that a number counts, None where the number stands for itself ("10,000 are expected")."""
    for token in (last, first):
        head = token
        for _ in range(3):
            if (
                head.dep_ in ("nummod", "quantmod", "compound", "amod", "nmod", "advmod", "npadvmod")
                and head.head.i > last.i
                and head.head.i - last.i <= 6
            ):
                head = head.head
                if (
                    head.pos_ in ("NOUN", "PROPN", "SYM") and head.dep_ not in ("compound", "nmod")
                ) or head.head.i <= head.i:
                    return head if head.pos_ in ("NOUN", "PROPN") else None
            else:
                break
    ahead = last.nbor(1) if last.i + 1 < len(last.doc) else None
    if ahead is not None and ahead.lower_ == "of":
        return next((c for c in ahead.children if c.dep_ == "pobj" and c.pos_ in ("NOUN", "PROPN")), None)
    if ahead is not None and ahead.pos_ == "NOUN" and ahead.sent == last.sent:
        return ahead
    return None


def _phrase(noun: Token, after: Token) -> str:
    """The counted noun with its modifiers to the left, without the number: "special forces soldiers"."""
    first = noun.i
    while first - 1 > after.i and (
        noun.doc[first - 1].pos_ in ("NOUN", "PROPN", "ADJ", "PUNCT") or noun.doc[first - 1].text == "-"
    ):
        first -= 1
    words = re.sub(r"^(?:more|other|additional|further)\s+", "", noun.doc[first : noun.i + 1].text)
    return re.sub(r"\s+", " ", words).strip(" ,.;:-–—\"'”“") or noun.text


def _predicate(root: Token) -> tuple[Token, str] | None:
    """What "500 of them are officers" counts."""
    verb = root.head
    if root.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ == "be":
        noun = next((c for c in verb.children if c.dep_ == "attr" and c.pos_ in ("NOUN", "PROPN")), None)
        return (noun, _phrase(noun, verb)) if noun is not None else None
    return None


def _named_number(first: Token) -> tuple[Token | None, str] | None:
    """What "the number of people killed has risen to 52" counts."""
    for token in first.sent:
        if token.lower_ in ("number", "total", "toll", "count", "figure") and token.i < first.i:
            of = next((c for c in token.children if c.lower_ == "of"), None)
            if of is not None:
                held = next((c for c in of.children if c.dep_ == "pobj"), None)
                if held is not None:
                    return held, _phrase(held, of)
            if token.lower_ == "toll":
                return None, "people"
    return None


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
    harmed = any(STATUS_OF.get(t.lemma_.lower()) in _TOLLS - {"captured"} for t in verbs)
    return people and not harmed and any(t.lemma_.lower() in _RELEASING for t in verbs)


def _infinitives(near: Sequence[Token]) -> list[Token]:
    """What some "are to" do: "freed" of "nineteen men are to be freed"."""
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
    if lemma == "leave" and head.dep_ == "nsubj":
        return "displaced"  # "61,000 have left the city", not "it left 12 dead"
    if lemma == "lose" and head.dep_ == "dobj" and head.lemma_.lower() in PEOPLE:
        return "killed"
    if lemma in ("drive", "force", "chase") and any(t.lemma_ == "home" for t in token.subtree):
        return "displaced"
    status = STATUS_OF.get(lemma)
    if status == "killed" and (other := _joined_wounded(token)):
        return f"killed {other} wounded"
    return status


def _joined_wounded(token: Token) -> str | None:
    """ "or" or "and" in "killed or wounded" where both have the same subject; None where wounding has its own object."""
    for joined in token.children:
        if joined.dep_ == "conj" and joined.lemma_.lower() in ("wound", "injure"):
            own = any(c.dep_ in ("dobj", "nsubjpass", "nsubj") for c in joined.children)
            return None if own else "or" if any(c.lower_ == "or" for c in token.children) else "and"
    return None


def _change(root: Token, head: Token) -> str | None:
    """ "up" or "down" where the figure is by how much something changed ("rose by 200", "fell 3 percent")."""
    first = root.doc[min(root.left_edge.i, root.i)]
    if first.i and first.nbor(-1).lower_ == "to":
        return None  # "rose 3 percent to 40": the level that was reached
    for token in (root, head):
        above = token.head
        if (above.lower_ == "by" and above.dep_ == "prep") or token.dep_ in ("dobj", "npadvmod", "advmod", "attr"):
            verb = above.head if above.lower_ == "by" else above
            if verb.lemma_.lower() in _UP:
                return "up"
            if verb.lemma_.lower() in _DOWN:
                return "down"
    return None
