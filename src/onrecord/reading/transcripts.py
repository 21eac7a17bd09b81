"""Whose turn is it? Transcripts and interviews put the speaker before his words, or only ask and answer line by line.

"MINISTER OKELLO: No soldier has crossed" is Okello's word, not the outlet's. A label is a speaker where it is "Q" or "A", begins with a title
or an office, or comes again; and a text is a transcript where labels take turns. An interview without labels is known by its
questions: every other line from the first on, at least three of them with a question mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from onrecord.reading.kinds import ROLE
from onrecord.reading.titles import TITLES
from onrecord.records import Span

ASKING = frozenset(["q", "question", "reporter", "journalist", "interviewer", "correspondent", "moderator", "press"])
ANSWERING = frozenset(["a", "answer"])
_SMALL = r"of|the|for|and|al|bin|ibn|de|da|van|von|el|to"
_LABEL = re.compile(
    rf"^[ \t\xa0\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*(?:([QA])[.:]|([A-Z][\w.'’-]*(?:[ ](?:(?:{_SMALL})[ ])?[A-Z][\w.'’-]*){{0,5}})(?:[ ]\([^()\n]{{1,30}}\))?[ \t]*:)(?=\s)",
    re.MULTILINE,
)
_LONGEST_LABEL = 60
# What stands before a colon line after line in notes, and speaks in none.
_FIELDS = re.compile(
    r"(?:note|update|photo|video|image|read|see|date|time|place|location|sources?|background|summary|correction|editor|breaking|live|analysis|who|what"
    r"|when|where|why|how|key|by|from|to|subject|re|tel|phone|e-?mail|contact|address|status|type|target|casualties|result|weather|total|caption)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|We|My|Our)\b")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
FEWEST_TURNS = 3
FEWEST_QUESTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker says in one go. `label` is where the text names the speaker, None where only the change of lines tells, `speaker` how it
    names him, "" for none; `asks` whether he is the one who asks."""

    label: Span | None
    start: int
    end: int
    speaker: str
    asks: bool


def turns_in(text: str) -> list[Turn]:
    """The turns of a transcript or an interview, in order; none in any other text.

    >>> [(t.speaker, text[t.start : t.end].strip()) for text in ["Q: Who fell?\\nA: Nobody.\\nQ: When?"] for t in turns_in(text)]
    [('Q', 'Who fell?'), ('A', 'Nobody.'), ('Q', 'When?')]
    >>> turns_in("The mayor said: nobody fell.")
    []
    """
    labels = [m for m in _LABEL.finditer(text) if len(_named(m)) <= _LONGEST_LABEL and not _FIELDS.match(_named(m))]
    often = Counter(_surname(_named(m)) for m in labels)
    labels = [m for m in labels if _is_speaker(_named(m), often[_surname(_named(m))])]
    if _take_turns([_named(m) for m in labels], text[labels[0].end() :] if labels else ""):
        ends = [m.start() for m in labels[1:]] + [len(text)]
        return [
            Turn(
                label=Span(*m.span(m.lastindex or 1)),
                start=m.end(),
                end=end,
                speaker=_named(m),
                asks=is_one_of(_named(m), ASKING),
            )
            for m, end in zip(labels, ends, strict=True)
        ]
    return _by_lines(text)


def without_labels(text: str, turns: Sequence[Turn]) -> str:
    """A text with blanks in place of its labels: they are no words of anybody."""
    kept, last = [], 0
    for turn in turns:
        if turn.label is not None:
            kept += [text[last : turn.label.start], " " * (turn.start - turn.label.start)]
            last = turn.start
    return "".join([*kept, text[last:]])


def _named(label: re.Match[str]) -> str:
    return label[1] or label[2]


def is_one_of(label: str, words: Collection[str]) -> bool:
    """Whether a label is one of some words and no more, numbers aside ("Question 2"; not "PRESS SECRETARY" for "press").

    >>> is_one_of("QUESTION", ASKING), is_one_of("Press Secretary", ASKING), is_one_of("A resident", ANSWERING)
    (True, False, False)
    """
    rest = [word for word in label.lower().replace(".", " ").split() if word != "no" and not word.isdigit()]
    return bool(rest) and all(word in words for word in rest)


def _surname(label: str) -> str:
    """The last word of a label: the first has the whole name, those after it the surname."""
    return label.split()[-1].upper()


def _has_title(label: str) -> bool:
    return label.split()[0].rstrip(".").lower() in TITLES or ROLE.search(label) is not None


def _is_speaker(label: str, times: int) -> bool:
    if is_one_of(label, ASKING | ANSWERING) or _has_title(label):
        return True
    return (label.isupper() or " " in label) and times > 1


def _take_turns(labels: Sequence[str], words: str) -> bool:
    """Whether labels take turns: several of them, one again, or one who has a title and speaks of himself in the words behind."""
    if len(labels) == 1:
        return labels[0].isupper() and _has_title(labels[0]) and _in_first_person([words])
    asked = any(is_one_of(label, ASKING) for label in labels)
    speakers = set(map(_surname, labels))
    again = len(speakers) < len(labels)
    return len(speakers) > 1 and (asked or (again and len(labels) >= FEWEST_TURNS))


def _by_lines(text: str) -> list[Turn]:
    """The turns of an interview whose lines ask and answer in turn, below an introduction."""
    lines = [m for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
    asking = [n for n, m in enumerate(lines) if m[0].rstrip().endswith("?") and n > 0]
    if len(asking) < FEWEST_QUESTIONS or len({n % 2 for n in asking}) > 1 or asking[-1] - asking[0] >= 3 * len(asking):
        return []
    first = 2 - asking[0] % 2
    if len(lines) - first >= 6 * len(asking):
        return []
    answers = [m[0] for m in lines[first + 1 :: 2]]
    if not _in_first_person(answers):
        return []
    return [
        Turn(label=None, start=m.start(), end=m.end(), speaker="", asks=n % 2 == asking[0] % 2)
        for n, m in enumerate(lines)
        if n >= first
    ]


def _in_first_person(answers: Sequence[str]) -> bool:
    """Whether most answers speak of "I" or "we" outside of quotations."""
    own = sum(bool(_FIRST_PERSON.search(_QUOTED.sub("", answer))) for answer in answers)
    return 2 * own >= len(answers)
