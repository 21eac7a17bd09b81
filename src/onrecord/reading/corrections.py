"""Which earlier words of its own does a text take back? A correction says what an article said, in order to say that it was not so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.reading.drafts import Draft
from onrecord.reading.sources import author_source
from onrecord.reading.spans import sentences_around, text_of
from onrecord.records import Document, SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Characters behind a sentence, within which a correction says what is so.
AFTER_A_CORRECTION = 250
# What outlets publish, as their corrections call it.
_TEXT = r"(?:articles?|stor(?:y|ies)|items?|headlines?|captions?|dispatch(?:es)?|bulletins?|broadcasts?|newsletters?|notifications?|blogs?|live pages?|(?:web)?pages?)"
_WHICH = r"(?:same|earlier|previous|first|original|online|print|news|front-page|live|recent)"
# Behind it a text of another is told by where it stood and whose it is; when it appeared tells nothing.
_OF_ANOTHER = (
    r"(?!\s+(?:by|from|of|in|on|carried)\b(?!\s+(?:this|our|the same|page|yesterday|\d|\w+day\b|[A-Z][a-z]+\.? \d)))"
)
# An outlet's own text where that is who says something.
_OWN_TEXT = re.compile(
    rf"(?:(?:an?|the|this|our|these|those|two|some|several)\s+)?(?:{_WHICH}\s+){{0,2}}(?:{_TEXT}|versions?)\b{_OF_ANOTHER}"
    r"|(?:an?|the)\s+(?:entry|post|text|piece|map|graphic)\s+[io]n\s+(?:this|our)\b",
    re.IGNORECASE,
)
# A report may be anybody's: it is the outlet's own in a text that is there to correct.
_OWN_REPORT = re.compile(
    rf"(?:(?:an?|the|this|our|these|some|several)\s+(?:same\s+)?reports?\b|reports\s+(?:sent|published|carried|issued)\b)(?!\s+that\b){_OF_ANOTHER}",
    re.IGNORECASE,
)
# What replaces a text takes back what only that said.
_REPLACED = re.compile(r"an?\s+(?:earlier|previous|original|first)\s+version\s+of\s+(?:this|our)\b", re.IGNORECASE)
# An outlet as it calls itself, and the text of its own that it speaks of.
_OURSELVES = re.compile(
    r"we|our (?:reporters?|correspondents?)|this (?:(?:news)?(?:paper|agency|site|service|room)|website|broadcaster|magazine)",
    re.IGNORECASE,
)
_IN_OUR_TEXT = re.compile(
    rf"\b[io]n (?:(?:an?|the|its|our|this|these|those|some|several|two|three|\w+day['’]s) (?:{_WHICH} ){{0,2}})?(?:{_TEXT}|reports?|editions?|issues?|coverage|texts?|(?:web)?sites?)\b",
    re.IGNORECASE,
)
_CORRECTING = re.compile(
    r"\b(?:that|this|it|which|they|these|both) (?:is|was|are|were) (?:wrong|untrue|false|inaccurate|a mistake|not (?:so|true|correct|right|the case))\b|\bin fact\b|\bincorrect|\berroneous|\bwrongly\b|\bmistaken|\bmisstat|\bmisidentif|\bcorrect(?:ion|ed)\b|\bin error\b",
    re.IGNORECASE,
)
# By this a text says that it is there to correct another; so does its title.
_WE = r"\b(?:we|editors?|(?:news)?paper|magazine|agency|site|broadcaster|station)\b(?: \w+)?"
_CORRECTION = re.compile(
    rf"{_WE} (?:regrets?|apologi[sz]es? for) (?:the|this|these|our|any) (?:errors?|mistakes?|confusion)"
    r"|\bapologi[sz]es? to\b[^.\n]{0,100}\b(?:readers|viewers|listeners|clients|subscribers)\b"
    r"|^\W*(?:corrections?(?: and clarifications?)?|corrected)\s*[:.,–—]|^\s*\(correct(?:s|ed)\b"
    r"|(?:^|[.!?]\s)(?:this|our|the) (?:online )?(?:article|story|report|item|version)s? (?:was|were|has been|have been) (?:amended|corrected|changed)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\W*(?:(?:update \d+|refile)\W+)*(?:corrections?(?: (?:and|&) clarifications?)?|corrected|retraction)\s*(?:$|[:|–—-])",
    re.IGNORECASE,
)
# What an outlet that corrects itself did with what it takes back; what it does now is what it puts in its place.
_PUBLISHED = frozenset(
    [
        "say",
        "report",
        "write",
        "state",
        "give",
        "put",
        "call",
        "describe",
        "name",
        "announce",
        "claim",
        "speak",
        "print",
        "publish",
        "carry",
        "quote",
    ]
)
_STANDS = re.compile(r"\b(?:now|today|correctly|rightly)\b", re.IGNORECASE)
_ERRING = frozenset(["erroneously", "wrongly", "incorrectly", "mistakenly"])
_PAST = frozenset(["VBD", "VBN"])
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


@lru_cache(maxsize=8)
def is_correction(text: str, title: str | None = None) -> bool:
    """Whether a whole text is there to correct what an earlier one said.

    >>> is_correction("The mine is open. We regret the error."), is_correction("The army regretted the deaths.")
    (True, False)
    >>> is_correction("Nine people died and not ten.", title="CORRECTION: Toll of mine blast")
    True
    """
    return _CORRECTION.search(text) is not None or _TITLE.match(title or "") is not None


def takes_back(
    *, source: str, published: bool, sentence: str, behind: str, corrects: bool, outlet: str | None = None
) -> bool:
    """Whether a text gives what an earlier text of its own said, in order to correct it; `published` says that its source once published it, `behind` is what follows the
    sentence, `corrects` whether the whole text is there to correct, `outlet` who publishes it.

    >>> said, behind = "An article on May 9 said that ten died.", "Nine were in fact hurt."
    >>> takes_back(source="An article on May 9", published=True, sentence=said, behind=behind, corrects=False)
    True
    >>> said, behind = "A Lake Post article said that ten had died.", "The army regretted it."
    >>> takes_back(source="A Lake Post article", published=True, sentence=said, behind=behind, corrects=False)
    False
    >>> said, behind = "In an article on May 9 the Post reported that ten had died.", "That was wrong."
    >>> takes_back(source="the Post", published=True, sentence=said, behind=behind, corrects=False, outlet="The Lake Post")
    True
    """
    if _REPLACED.match(source):
        return True
    if _OWN_REPORT.match(source):
        return corrects
    is_own = _is_publisher(source, outlet)
    if corrects and is_own and published:
        return True
    in_own_text = _OWN_TEXT.match(source) or (is_own and _IN_OUR_TEXT.search(sentence))
    return bool(in_own_text) and (corrects or _CORRECTING.search(behind) is not None)


def _is_publisher(source: str, outlet: str | None) -> bool:
    """Whether words name who publishes a text: "this newspaper", "we", its name or the end of it ("the Post" of The Lake Post)."""
    if _OURSELVES.fullmatch(source.strip()):
        return True
    name, own = (
        re.sub(r"^the ", "", words.strip(), flags=re.IGNORECASE)
        for words in (source, _IN_BRACKETS.sub("", outlet or ""))
    )
    return (
        name[:1].isupper()
        and len(own) > 0
        and (own.lower() == name.lower() or own.lower().endswith(f" {name.lower()}"))
    )


def with_own_corrections(doc: Doc, drafts: Sequence[Draft], document: Document) -> list[Draft]:
    """Drafts of which what the outlet takes back of its own earlier words is marked and its own, without those that stand within: "an article said that the army had
    warned of mines" is no warning of the army's."""
    taken_back = {id(draft) for draft in drafts if _is_taken_back(doc, draft, document)}
    return [
        _by_outlet(draft, document.outlet) if id(draft) in taken_back else draft
        for draft in drafts
        if id(draft.parent) not in taken_back
    ]


def _by_outlet(draft: Draft, outlet: str | None) -> Draft:
    if outlet is None:
        return replace(draft, taken_back=True)
    as_written = draft.source.as_written
    reason = f"{as_written!r} is what the outlet said before and takes back"
    own = replace(author_source(outlet), as_written=as_written, reason=reason)
    return replace(draft, source=own, taken_back=True)


def _is_taken_back(doc: Doc, draft: Draft, document: Document) -> bool:
    """Whether a draft is what an earlier text of a document's own outlet said, given in order to correct it."""
    if draft.found is None:
        return False
    cue, text = doc[draft.found.head], text_of(doc)
    by_outlet = document.outlet is not None and draft.source.name == document.outlet
    if by_outlet and any(word.lower_ in _ERRING for word in (*cue.children, *doc[max(0, cue.i - 1) : cue.i + 2])):
        return True
    sentence = sentences_around(doc, (*draft.content, *draft.found.cue))
    words = sentence.of(text)
    return takes_back(
        source=words if draft.source.kind is SourceKind.UNATTRIBUTED else _source(draft, cue),
        published=cue.lemma_.lower() in _PUBLISHED and cue.tag_ in _PAST and not _STANDS.search(words),
        sentence=words,
        behind=text[sentence.end : sentence.end + AFTER_A_CORRECTION],
        corrects=is_correction(document.text, document.title),
        outlet=document.outlet,
    )


def _source(draft: Draft, cue: Token) -> str:
    """The source of a draft as written, or what "it" stands for that once said so: "It said that two had died", of an article."""
    is_of_it = draft.source.as_written.lower() == "it" and cue.tag_ in _PAST
    return f"the {draft.source.name}" if is_of_it else draft.source.as_written
