"""What does a source do with what it says? The acts come from the trained reader; words that cannot be meant otherwise correct them."""

from __future__ import annotations

import re

from onrecord.reading.stances import (
    AFFIRMING,
    AHEAD,
    EVALUATIVE,
    FINDING_OUT,
    FIRST_PERSON,
    JUDGING,
    NEUTRAL,
    POSSIBILITY,
)
from onrecord.records import Act

NOT_VERIFIED = re.compile(
    r"\b(?:could|can|was|were|has|have|is|are)\s*(?:not|n['’]t|never)\s+(?:be\s+|been\s+|immediately\s+|yet\s+|able\s+to\s+)*(?:independently\s+)?(?:verif|confirm|corroborat)"
    r"|\b(?:unable|not\s+in\s+(?:a|any)\s+position|no\s+(?:means|ways?))\s+(?:to|of)\s+(?:independently\s+)?(?:verif|confirm)"
)


# Words that call what is said untrue, and words for having nothing that shows it (FactBank's negated epistemic nouns).
_UNTRUE = re.compile(
    r"untrue|fake|false|baseless|groundless|unfounded|fabricat\w+|invent(?:ed|ion)|hoax|lies?|disinformation|misinformation|fiction|"
    r"slanders?|smears?|mere\s+(?:assertions?|allegations?|rumou?rs?|speculation)|no\s+truth|not\s+true"
)
_NO_DOUBT = re.compile(r"\b(?:no|without|beyond)\s+(?:\w+\s+)?(?:doubt|question)\b")
_NO_EVIDENCE = re.compile(r"\bno\s+(?:\w+\s+)?(?:evidence|proof|indications?|signs?)\b")


CONFIRMING = frozenset(["confirm", "affirm", "verify", "corroborate", "acknowledge", "substantiate", "authenticate"])


def act_not_confirmed(act: Act) -> Act:
    """The act of a source that does not confirm something: it puts nothing forward, whatever the cue alone would say."""
    return Act.COULD_NOT_VERIFY if act in (Act.ASSERTS, Act.CONFIRMS, Act.OPINES) else act


def act_of_confirmation(act: Act, *, cue: str) -> Act:
    """The act of a source that "confirmed" something, and did not fail to.

    >>> act_of_confirmation(Act.ASSERTS, cue="confirm"), act_of_confirmation(Act.ASSERTS, cue="say")
    (<Act.CONFIRMS: 'confirms'>, <Act.ASSERTS: 'asserts'>)
    """
    return Act.CONFIRMS if act is Act.ASSERTS and cue in ("confirm", "reaffirm", "corroborate") else act


def act_of_future(act: Act, *, cue: str, will_be: bool) -> Act:
    """The act of a source that only "said" that something will be: it foretells that.

    >>> act_of_future(Act.ASSERTS, cue="say", will_be=True)
    <Act.PREDICTS: 'predicts'>
    """
    return Act.PREDICTS if act is Act.ASSERTS and cue in NEUTRAL and will_be else act


DENYING = frozenset(["deny", "dispute", "reject", "dismiss", "refute", "exclude", "rule"])
# Words without which nobody denies anything: negation, verbs of denial (FrameNet: Affirm_or_deny, Judgment_communication), and words
# that call a thing untrue. They stand in 81 of the 84 denials that the acts were learned from; the other three have the last ones.
_DENYING_WORDS = (
    r"(?:den(?:y|ies|ied|ying|ials?)|(?:reject|dismiss|refut|disput|contradict|repudiat|rebut|disavow|disclaim|disown|exclud|contest|debunk"
    r"|discredit|scoff|ridicul|challeng|disagree|object|retract|refus|mistaken)\w*|rul\w+ out|push\w* back|hit back|(?:brush|wav|shrug|laugh)\w* (?:off|aside|away)"
    r"|withdr[ae]w\w*|t(?:ook|akes?) issue|lie|lies|lying|wrong|incorrect|inaccurate|nonsense|absurd|rumou?rs?|myths?|propaganda"
    rf"|far from|so-called|{_UNTRUE.pattern})"
)
_DENIED = re.compile(rf"\b{_DENYING_WORDS}\b", re.IGNORECASE)
_DENIAL = re.compile(
    rf"\b(?:no|not|cannot|never|nothing|none|nobody|nor|neither|without|un\w+|{_DENYING_WORDS})\b|n['’]t\b",
    re.IGNORECASE,
)


# Verbs that say nothing but that something is denied.
_PLAIN_DENIALS = frozenset(["deny", "refute", "rebut"])


def act_of_denial(act: Act, sentence: str, *, cue: str = "") -> Act:
    """The act of a source whose words hold no word of denial: then it denies nothing; and of one that plainly "denied" it.

    >>> act_of_denial(Act.PREDICTS, "It denied having sent troops.", cue="deny")
    <Act.DENIES: 'denies'>
    >>> act_of_denial(Act.DENIES, "The two sides gave differing accounts of the attack.")
    <Act.ASSERTS: 'asserts'>
    """
    if cue in _PLAIN_DENIALS and act is not Act.ASSERTS:
        return Act.DENIES
    return Act.ASSERTS if act is Act.DENIES and not _DENIAL.search(sentence) else act


def act_of_negation(act: Act, *, cue: str, negated: bool, words: str) -> Act:
    """The act of a source that "said" that something was not so, or that one thing was so and not another: the words hold the denial, "denies"
    before them would undo it. `words` are those of the sentence.

    >>> act_of_negation(Act.DENIES, cue="say", negated=True, words="no bridge fell")
    <Act.ASSERTS: 'asserts'>
    >>> act_of_negation(Act.DENIES, cue="say", negated=False, words="two bridges fell and not three")
    <Act.ASSERTS: 'asserts'>
    >>> act_of_negation(Act.DENIES, cue="say", negated=False, words="the report is wrong")
    <Act.DENIES: 'denies'>
    """
    if act is not Act.DENIES or cue not in NEUTRAL:
        return act
    return Act.ASSERTS if negated or not _DENIED.search(words) else act


# Words without which nobody declines to say something.
_DECLINING = re.compile(
    r"\b(?:comment|neither|nor\b|silen|respon|repl|answer|elaborat|disclos|speculat|discuss|confirm|den(?:y|ie)|rul\w+ out|detail|whether|classified"
    r"|question)",
    re.IGNORECASE,
)


# What one declines to do who declines to speak.
_TO_SPEAK = re.compile(
    rf"{_DECLINING.pattern}|\b(?:say|speak|talk|tell|nam(?:e|ed|ing)\b|identif|interview|reveal|explain|specif|describe|weigh in|acknowledg|concede"
    r"|admit|explanation|information)",
    re.IGNORECASE,
)


def is_plain(cue: str) -> bool:
    """Whether a cue only says that somebody says something.

    >>> is_plain("say"), is_plain("agree")
    (True, False)
    """
    return cue in NEUTRAL


def is_deed(*, cue: str, words: str) -> bool:
    """Whether somebody refuses to do something, and not to speak of it, concludes a deal, or wants not to be named: that is
    what he does, not what he says.

    >>> is_deed(cue="refuse", words="refused to open the bridge"), is_deed(cue="refuse", words="refused to say who was hurt")
    (True, False)
    >>> is_deed(cue="agree", words="agreed on a truce"), is_deed(cue="agree", words="agreed to stop")
    (True, False)
    >>> is_deed(cue="ask", words="asked not to be identified")
    True
    """
    if cue in _WISHING and (_ANONYMITY.search(words) or (cue in ("decline", "refuse") and _UNNAMED.search(words))):
        return True
    if cue == "agree":
        return _A_DEAL.search(words) is not None
    return cue in ("refuse", "decline") and _TO_SPEAK.search(words) is None


# How it is said that a source is not to be named: nothing is put forward by that, demanded or left without comment.
_WISHING = frozenset(["ask", "request", "decline", "refuse", "insist", "want", "wish", "prefer", "demand", "speak"])
_ANONYMITY = re.compile(
    r"\b(?:not\s+(?:to\s+)?be\s+(?:\w+ly\s+)?(?:identified|named|quoted)|(?:remain|stay|go)\s+(?:anonymous|unnamed)|anonym(?:ity|ously))\b",
    re.IGNORECASE,
)
_UNNAMED = re.compile(r"\bto\s+be\s+(?:\w+ly\s+)?(?:identified|named|quoted)\b", re.IGNORECASE)

# What is agreed by doing it: "agreed on a truce", not "agreed to stop" or "agreed with the envoy".
_A_DEAL = re.compile(
    r"\bagree(?:d|s)?\s+(?:(?:on|upon|to|in\s+principle|provisionally|formally|jointly)\s+){0,2}"
    r"(?:(?:an?|the|this|their|its|another|new)\s+)?(?:(?!that\b)[\w-]+\s+){0,2}?"
    r"(?:it|truce|ceasefire|cease-fire|armistice|deal|accord|pact|treaty|agreement|exchange|swap|withdrawal|talks|timetable|roadmap|plan|prices?|terms?|corridors?)\b",
    re.IGNORECASE,
)


def act_of_plain_words(act: Act, *, cue: str, sentence: str, words: frozenset[str]) -> Act:
    """The act of a source that only "said" something: nobody declines or judges by that without a word for it. `words` are the
    lower-case words and lemmas of what was said.

    >>> act_of_plain_words(
    ...     Act.DECLINES_TO_COMMENT, cue="say", sentence="They were not sent, she said.", words=frozenset(["they", "send"])
    ... )
    <Act.ASSERTS: 'asserts'>
    >>> act_of_plain_words(Act.CONFIRMS, cue="say", sentence="They were sent, she said.", words=frozenset(["they", "send"]))
    <Act.ASSERTS: 'asserts'>
    """
    if cue not in NEUTRAL:
        return act
    if act is Act.DECLINES_TO_COMMENT and not _DECLINING.search(sentence):
        return Act.ASSERTS
    if act is Act.COULD_NOT_VERIFY and not words & FINDING_OUT:
        return Act.ASSERTS
    if act is Act.CONFIRMS and not words & AFFIRMING:
        return Act.ASSERTS
    if act is Act.OPINES and not words & (EVALUATIVE | POSSIBILITY | FIRST_PERSON | AHEAD | JUDGING):
        return Act.ASSERTS
    return act


def act_not_denied(act: Act) -> Act:
    """The act of a source that does not deny something: "did not rule out" leaves it open."""
    return Act.DECLINES_TO_COMMENT if act in (Act.DENIES, Act.DOUBTS, Act.ASSERTS, Act.CONFIRMS) else act


# Verbs that give a thing a name (FrameNet: Labeling, Judgment_communication), and names beside `_UNTRUE` by which it is called untrue.
_LABELLING = frozenset(
    ["call", "describe", "label", "brand", "term", "characterize", "characterise", "denounce", "decry"]
)
_UNTRUE_NAME = re.compile(
    rf"(?:\b(?:claims?|allegations?|reports?|talk|rumou?rs?|accusations?|charges|assertions?|suggestions?|stor(?:y|ies)|accounts?|statements?|video|footage)\b.*\s"
    rf"|^(?:it|this|that|them|these|those)\s+)(?:as\s+)?[\"'“‘]?(?:(?:an?|the|all|pure|complete|utter|total|wholly|completely|utterly|entirely|absolute|totally|categorically)\s+)*"
    rf"(?:{_UNTRUE.pattern}|incorrect|inaccurate|nonsense|rubbish|propaganda)[\"'”’.,;!]*$",
    re.IGNORECASE | re.DOTALL,
)


def act_of_name(act: Act, *, cue: str, words: str) -> Act:
    """The act of a source that gives something a name: who calls it untrue denies it. `words` are what was named with its name.

    >>> act_of_name(Act.ASSERTS, cue="describe", words='talk that a mine was lost as "utterly false"')
    <Act.DENIES: 'denies'>
    >>> act_of_name(Act.OPINES, cue="call", words="the attack a disgrace")
    <Act.OPINES: 'opines'>
    """
    return Act.DENIES if cue in _LABELLING and _UNTRUE_NAME.search(words) else act


_UNVERIFIED = re.compile(
    r"\W*(?:unverified|unconfirmed|uncorroborated|unproven)\s(?:\w+\s)?(?:reports?|claims?|rumou?rs?|allegations?|accounts?)\b",
    re.IGNORECASE,
)


def act_of_no_means(act: Act, words: str) -> Act:
    """The act of a source that says it cannot tell whether something is so.

    >>> act_of_no_means(Act.ASSERTS, "We have no means of verifying that"), act_of_no_means(Act.ASSERTS, "unverified reports of raids")
    (<Act.COULD_NOT_VERIFY: 'could not verify'>, <Act.COULD_NOT_VERIFY: 'could not verify'>)
    """
    return Act.COULD_NOT_VERIFY if NOT_VERIFIED.search(words) or _UNVERIFIED.match(words) else act


def act_of_tense(act: Act, *, cue: str, words: frozenset[str]) -> Act:
    """The act of a source that only "said" something: what tells nothing of what is to come predicts, threatens and promises nothing.

    >>> act_of_tense(Act.PREDICTS, cue="say", words=frozenset(["they", "had", "not", "been", "seen"]))
    <Act.ASSERTS: 'asserts'>
    """
    if act in (Act.PREDICTS, Act.THREATENS_OR_PROMISES) and cue in NEUTRAL and not words & AHEAD:
        return Act.ASSERTS
    return act


def act_of_content(act: Act, words: str) -> Act:
    """The act of a source, by what it calls the thing: `words` are the lower-case words next to the head of the content.

    >>> act_of_content(Act.ASSERTS, "the report is untrue"), act_of_content(Act.ASSERTS, "there is no evidence of it")
    (<Act.DENIES: 'denies'>, <Act.DOUBTS: 'doubts'>)
    >>> act_of_content(Act.CONFIRMS, "rumours are pure invention")
    <Act.DENIES: 'denies'>
    >>> act_of_content(Act.DOUBTS, "there is no doubt")
    <Act.ASSERTS: 'asserts'>
    """
    if act is Act.DOUBTS and _NO_DOUBT.search(words):
        return Act.ASSERTS
    if act not in (Act.ASSERTS, Act.OPINES, Act.CONFIRMS):
        return act
    if re.search(rf"\b(?:{_UNTRUE.pattern})\b", words):
        return Act.DENIES
    return Act.DOUBTS if _NO_EVIDENCE.search(words) else act


# By these words an author says that what follows is his judgement (Biber et al. 1999, stance adverbials).
_OWN_VIEW = re.compile(
    r"\b(?:(?:in|to)\s+my\s+(?:own\s+|personal\s+)?(?:view|opinion|mind|judge?ment|eyes)|as\s+I\s+see\s+(?:it|things))\b",
    re.IGNORECASE,
)


def is_own_view(sentence: str) -> bool:
    """Whether an author says of a sentence that it is his judgement.

    >>> is_own_view("In my view the generals wanted it."), is_own_view("It came into view.")
    (True, False)
    """
    return _OWN_VIEW.search(sentence) is not None
