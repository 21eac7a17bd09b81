"""What is counted, whose, and what happened to it? The figures of a parsed text, from its number phrases and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.reading.countries import CountryMention
from onrecord.reading.fates import PEOPLE, SUBJECTS, TOLLS, fate_of
from onrecord.reading.measures import AGE, UNIT_WORDS, is_age, measure_of_a_thing, one_name
from onrecord.reading.numbers import UNITS, Number, numbers_in
from onrecord.reading.spans import text_of
from onrecord.reading.whose import whose
from onrecord.records import Approximator, Figure

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_UP = frozenset(["rise", "increase", "grow", "climb", "jump", "surge", "soar", "up", "expand", "raise"])
_DOWN = frozenset(["fall", "drop", "decline", "decrease", "shrink", "down", "reduce", "slump", "plunge", "lower"])
# "16.25 Two more have been found": when an entry of a running report was written.
_CLOCK_OF_AN_ENTRY = re.compile(
    r"^[ \t]*((?:[01]?\d|2[0-3])\.[0-5]\d)(?=[ \t]+(?:[–—-]|(?![A-Z]{2})[\"“‘A-Z]))", re.MULTILINE
)
_INCREMENT = re.compile(r"\b(?:another|additional|further|extra|more)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _What:
    """What a number counts: the noun that it hangs on, if any, and the words to call it by, if any. `is_measured` says that it counts nothing but
    measures a thing: the 40 of "a 40-kilometre road"."""

    noun: Token | None
    words: str | None
    is_measured: bool = False


def figures_in(doc: Doc, countries: Sequence[CountryMention]) -> Iterator[Figure]:
    """Yield the figures of a parsed text, in order; spans are offsets in that text, whose countries are given."""
    before: tuple[int, str] | None = None
    last: tuple[int, Figure] | None = None
    measured: tuple[int, str] | None = None
    clocks = {match.start(1) for match in _CLOCK_OF_AN_ENTRY.finditer(text_of(doc))}
    for number in numbers_in(text_of(doc)):
        if number.core.start in clocks:
            continue
        tokens = doc.char_span(number.core.start, number.core.end, alignment_mode="expand")
        if tokens is None:
            continue
        if last is not None and last[0] == tokens.sent.start and (whose := _gap(tokens, number, countries)) is not None:
            yield _as_before(number, last[1], whose, text_of(doc))
            continue
        measure = measure_of_a_thing(tokens)
        if is_age(tokens, number, _counted_noun(tokens[0], tokens[-1])):
            number = replace(number, unit=AGE)
        elif measure is not None:
            number = replace(number, unit=number.unit or measure)
        elif _is_no_quantity(tokens[0], tokens[-1], number):
            continue
        said = before[1] if before is not None and before[0] == tokens.sent.start else None
        what = _counted(tokens, number, said) if measure is None else _What(None, None, is_measured=True)
        if what.words is None and number.unit is None and _is_of_them(tokens):
            what = _What(None, _them(tokens))
        if what.words is None and number.unit is None and measured is not None and _replaces(tokens, measured[0]):
            number = replace(number, unit=measured[1])
        if _is_of_a_name(tokens, number, what.noun):
            continue
        figure = _figure(number, tokens, what, countries)
        if number.core.of(text_of(doc)).lower() in _LOOSE and figure.status not in TOLLS:
            continue
        if figure.unit is None and what.words and what.noun is not None:
            before = (tokens.sent.start, what.words)
            last = (tokens.sent.start, figure)
        measured = (tokens.sent.start, figure.unit) if figure.unit not in (None, AGE) else measured
        yield figure


def _gap(tokens: Span, number: Number, countries: Sequence[CountryMention]) -> str | None:
    """The state that counts what was counted before it: TD of "Kenya reporting 25 deaths and Chad 13"; None for other numbers."""
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
        plural = [t for t in words if t.tag_ in ("NNS", "NNPS") and t.dep_ in (*SUBJECTS, "dobj", "pobj", "conj")]
        if plural:
            noun = next((t for t in plural if t.dep_ in SUBJECTS), plural[-1])
            return (
                " ".join(t.text for t in doc[noun.left_edge.i : noun.i + 1] if t.pos_ in ("NOUN", "PROPN", "ADJ"))
                or noun.text
            )
    return None


def _replaces(tokens: Span, sentence: int) -> bool:
    """Whether a number stands for what the measure before it in the sentence gives: "40 tonnes, and not the thirty"."""
    before = [t.lower_ for t in tokens.doc[max(0, tokens.start - 2) : tokens.start]]
    return tokens.sent.start == sentence and (
        before[-1:] in (["from"], ["than"], ["not"]) or before in (["not", "the"], ["than", "the"], ["of", "the"])
    )


# "Several" and "a few" count only where people come to harm; elsewhere they are a manner of speaking.
_LOOSE = frozenset({"several", "a few", "many"})


def _figure(number: Number, tokens: Span, what: _What, countries: Sequence[CountryMention]) -> Figure:
    unit, counted = number.unit, what.words if number.unit != AGE else None
    if what.noun is not None and what.noun.lemma_.lower() in UNIT_WORDS:
        unit, counted = unit or what.noun.lemma_.lower(), None
    unit = one_name(unit) if unit is not None else None
    head = what.noun if what.noun is not None else tokens.root
    return Figure(
        low=number.low,
        best=number.best,
        high=number.high,
        approximator=number.approximator,
        unit=unit,
        counted=counted,
        whose=whose(what.noun, tokens[0], countries) if unit is None and _may_be_people(what) else None,
        status=None if what.is_measured else fate_of(tokens, what.noun, unit=unit),
        change=_change(tokens.root, head),
        increment=_is_increment(number, text_of(tokens.doc)),
        place=None,
        period=None,
        as_written=number.span.of(text_of(tokens.doc)),
        span=number.span,
    )


def _counted(tokens: Span, number: Number, said: str | None) -> _What:
    """What a number counts; `said` is what the number before it in the same sentence counted."""
    noun = _counted_noun(tokens[0], tokens[-1])
    if noun is not None:
        return _What(noun, _phrase(noun, tokens[-1]))
    if number.unit is not None:
        return _What(None, None)
    named = _predicate(tokens.root) or _part_named(tokens) or _named_number(tokens[0])
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
    while first < noun.i and (noun.doc[first].lemma_.lower() in UNIT_WORDS or noun.doc[first].is_punct):
        first += 1  # "mm" of "six 107 mm shells"
    words = re.sub(r"^(?:more|other|additional|further)\s+", "", noun.doc[first : noun.i + 1].text)
    return re.sub(r"\s+", " ", words).strip(" ,.;:-–—\"'”“") or noun.text


def _predicate(root: Token) -> tuple[Token, str] | None:
    """What "500 of them are officers" counts."""
    verb = root.head
    if root.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ == "be":
        noun = next((c for c in verb.children if c.dep_ == "attr" and c.pos_ in ("NOUN", "PROPN")), None)
        return (noun, _phrase(noun, verb)) if noun is not None else None
    return None


def _part_named(tokens: Span) -> tuple[Token, str] | None:
    """What "two of them women" counts, where no verb follows."""
    if not _is_of_them(tokens):
        return None
    behind = tokens.doc[tokens.end + 2 : tokens.end + 5]
    nouns = [t for t in behind if t.pos_ == "NOUN" and t.tag_ == "NNS"]
    if not nouns or any(t.pos_ not in ("NOUN", "ADJ") for t in behind[: nouns[0].i - behind.start]):
        return None
    ahead = tokens.doc[nouns[0].i + 1 : nouns[0].i + 2]
    ends = not ahead or ahead[0].is_punct or ahead[0].is_space or ahead[0].lower_ in ("and", "or")
    return (nouns[0], _phrase(nouns[0], behind[0].nbor(-1))) if ends else None


# Those of whom a toll is told, and the words for it.
_THOSE = frozenset(["those", "them"])
_SUFFERERS = frozenset(["dead", "wounded", "injured", "missing", "displaced"])
_COUNTS = ("number", "total", "toll", "count", "figure")


def _named_number(first: Token) -> tuple[Token | None, str] | None:
    """What "the number of people killed has risen to 52" counts, and "the dead number 52"; "52 as the number of dead" counts what follows."""
    before = list(first.doc[max(first.sent.start, first.i - 4) : first.i])
    if before and before[-1].lower_ in ("number", "numbered"):  # a verb, which the parser takes for the noun
        sufferers = next((t for t in before if t.lower_ in _SUFFERERS), None)
        return (sufferers, "people") if sufferers is not None else None
    words = list(first.sent)
    behind = next((t for t in words if t.lower_ in _COUNTS and t.i > first.i and t.nbor(-2).lower_ == "as"), None)
    for token in words:
        if token.lower_ in _COUNTS and (token.i < first.i or token == behind):
            of = next((c for c in token.children if c.lower_ == "of"), None)
            if of is not None:
                held = next((c for c in of.children if c.dep_ == "pobj"), None)
                if held is not None and held.i != first.i:  # "the figure of 57" does not say of what
                    return held, "people" if held.lower_ in _THOSE else _phrase(held, of)
            if token.lower_ == "toll":
                return None, "people"
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
