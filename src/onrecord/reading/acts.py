"""What does a source do with what it puts forward? From the cue, its negation, and the clause.

The verbs are grouped after the speech-act classes of Searle (1976) and the communication verbs of FrameNet
(Statement, Reveal_secret, Affirm_or_deny, Predicting, Commitment, Request, Judgment_communication).
"""

from __future__ import annotations

import re

from onrecord.records import Act, Certainty, Level, Polarity

_VERBS = {
    Act.CONFIRMS: "confirm verify corroborate acknowledge admit concede recognise recognize affirm reaffirm confirmation",
    Act.DENIES: "deny reject dismiss refute rebut dispute contradict disavow repudiate debunk denial rejection disprove",
    Act.DOUBTS: "doubt question challenge",
    Act.PREDICTS: "predict forecast expect project anticipate foresee prediction forecast expectation ",
    Act.THREATENS_OR_PROMISES: "threaten vow pledge promise swear commit guarantee threat vow pledge promise undertake",
    Act.DEMANDS: "demand urge request order appeal insist command instruct press plead  require demand call-for call-on",
    Act.ASKS: "ask wonder inquire enquire",
    Act.OPINES: (
        "argue consider regard view praise criticise criticize condemn blame accuse hail slam blast denounce "
        "deplore welcome regret lament opine judge deem like love hate fear hope want wish support oppose favor favour admire "
        "prefer decry mock assail opinion belief view fear hope describe call support"
    ),
}
ACT_OF = {word: act for act, words in _VERBS.items() for word in words.split()}
_NO_COMMENT = re.compile(
    r"\b(?:declin|refus)\w*\s+(?:to\s+(?:comment|say|answer|discuss|confirm|give|elaborate)|comment)|\bno\s+comment\b"
    r"|\bneither\s+confirm\w*\s+(?:nor|or)\s+den|\b(?:would|did|could)\s*(?:not|n['’]t)\s+(?:immediately\s+)?(?:comment|confirm\s+or\s+deny|respond|elaborate)"
    r"|\bhas\s+not\s+(?:commented|responded)|\bdid\s+not\s+(?:immediately\s+)?(?:confirm|respond|comment)|\bhave\s+said\s+nothing\b|\bhas\s+said\s+nothing\b"
)
_NOT_VERIFIED = re.compile(
    r"\b(?:could|can|was|were|has|have|is|are)\s*(?:not|n['’]t|never)\s+(?:be\s+|been\s+|immediately\s+|yet\s+|able\s+to\s+)*(?:independently\s+)?(?:verif|confirm|corroborat)"
    r"|\bunable\s+to\s+(?:independently\s+)?(?:verify|confirm)"
)
# A content that calls somebody's report untrue is a denial of it.
_UNTRUE = re.compile(
    r"\b(?:untrue|false|fake|baseless|groundless|unfounded|fabricat\w+|disinformation|misinformation|nonsense|lies?|hoax|no\s+truth|fiction|rumou?rs?)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:claims?|reports?|allegations?|accusations?|charges?|assertions?|statements?|it|this|that|story|news|rumou?rs?)\b",
    re.IGNORECASE,
)
_NO_EVIDENCE = re.compile(r"\bno\s+(?:\w+\s+)?(?:evidence|proof|sign|indication|confirmation)\b", re.IGNORECASE)
# Evaluative words: our own list, after the categories of subjective expression in Wiebe et al. (2005).
EVALUATIVE = frozenset(
    [
        "absurd",
        "admirable",
        "alarming",
        "amazing",
        "appalling",
        "arrogant",
        "astonishing",
        "atrocious",
        "awful",
        "bad",
        "barbaric",
        "beautiful",
        "best",
        "better",
        "bizarre",
        "brave",
        "brilliant",
        "brutal",
        "callous",
        "careless",
        "catastrophic",
        "clever",
        "cowardly",
        "craven",
        "crazy",
        "cruel",
        "cynical",
        "dangerous",
        "deplorable",
        "desperate",
        "despicable",
        "devastating",
        "disappointing",
        "disaster",
        "disastrous",
        "disgraceful",
        "disgusting",
        "dishonest",
        "disturbing",
        "dreadful",
        "",
        "embarrassing",
        "embarrassment",
        "evil",
        "excellent",
        "extraordinary",
        "failure",
        "farce",
        "fiasco",
        "fine",
        "folly",
        "foolish",
        "fortunate",
        "frightening",
        "",
        "glorious",
        "good",
        "great",
        "grim",
        "gross",
        "heroic",
        "honest",
        "hopeless",
        "horrible",
        "horrific",
        "humiliating",
        "humiliation",
        "hypocrisy",
        "hypocritical",
        "ideal",
        "idiotic",
        "immoral",
        "important",
        "impressive",
        "incompetent",
        "incredible",
        "inept",
        "inevitable",
        "insane",
        "inspiring",
        "interesting",
        "ironic",
        "irresponsible",
        "laughable",
        "lousy",
        "",
        "ludicrous",
        "magnificent",
        "massive",
        "mere",
        "merely",
        "",
        "mad",
        "miserable",
        "mistake",
        "naive",
        "nasty",
        "outrage",
        "outrageous",
        "pathetic",
        "perfect",
        "pitiful",
        "pointless",
        "poor",
        "preposterous",
        "reckless",
        "regrettable",
        "remarkable",
        "ridiculous",
        "sad",
        "sadly",
        "scandal",
        "scandalous",
        "senseless",
        "shame",
        "shameful",
        "shocking",
        "silly",
        "sinister",
        "splendid",
        "striking",
        "stunning",
        "stupid",
        "surprising",
        "terrible",
        "terrifying",
        "tragic",
        "troubling",
        "ugly",
        "unacceptable",
        "unbelievable",
        "unfair",
        "unfortunate",
        "unfortunately",
        "unthinkable",
        "unwise",
        "useless",
        "vile",
        "wicked",
        "wise",
        "wonderful",
        "worrying",
        "worse",
        "worst",
        "worthless",
        "wrong",
        "concern",
        "deserve",
        "worth",
        "must",
        "should",
        "ought",
        "madness",
        "",
    ]
)
# Nouns by which an author weighs what may come (possibility and risk in FrameNet: Likelihood, Run_risk).
POSSIBILITY = frozenset({"possibility", "prospect", "likelihood", "risk", "danger", "chance"})
FIRST_PERSON = frozenset(["i", "me", "my", "mine", "myself", "we", "our", "us"])
LOOKING_AHEAD = frozenset(["will", "'ll", "’ll", "shall", "wo", "going"])


def act_of(*, lemma: str, construction: str, sentence: str, content: str, negated: bool, certainty: Certainty) -> Act:
    """The act of an attribution: `lemma` of its cue, the sentence around the cue, and the words of its content.

    >>> from onrecord.records import Certainty, Level, Polarity
    >>> sure = Certainty(level=Level.CERTAIN, polarity=Polarity.POSITIVE, distanced=False, reason="plain")
    >>> act_of(lemma="say", construction="clause", sentence="He said the reports are false.",
    ...        content="the reports are false", negated=False, certainty=sure)
    <Act.DENIES: 'denies'>
    """
    if lemma in ("decline", "refuse", "say", "comment", "confirm", "respond", "deny") and _NO_COMMENT.search(sentence):
        return Act.DECLINES_TO_COMMENT
    if lemma in ("verify", "confirm", "corroborate") and (negated or _NOT_VERIFIED.search(sentence)):
        return Act.COULD_NOT_VERIFY
    found = ACT_OF.get(f"{lemma}-{construction}", ACT_OF.get(lemma))
    if lemma == "ask" and construction in ("infinitive", "for"):
        return Act.DEMANDS
    if found is Act.DENIES:
        return Act.DECLINES_TO_COMMENT if negated else Act.DENIES
    if found in (None, Act.OPINES) and _UNTRUE.search(content) and _REPORTED.search(content):
        return Act.DENIES
    if found is not None:
        return found
    if _NO_EVIDENCE.search(content):
        return Act.DOUBTS
    return Act.PREDICTS if certainty.level is Level.PROBABLE and certainty.reason.startswith("future") else Act.ASSERTS


def act_of_author(*, sentence: str, words: frozenset[str], certainty: Certainty, opinion: bool) -> Act:
    """The act of what an author puts forward himself: `words` are the lower-case words and lemmas of the clause.

    `opinion` says that the document as a whole is an opinion piece; only there do one's own judgements count as opinion
    without the author saying "I".
    """
    if sentence.rstrip(" \"'”’)").endswith("?"):
        return Act.ASKS
    if words & LOOKING_AHEAD and certainty.level is not Level.CERTAIN:
        return Act.PREDICTS
    if opinion and any(ACT_OF.get(word) is Act.PREDICTS for word in words):
        return Act.PREDICTS
    if opinion and (
        words & (EVALUATIVE | POSSIBILITY)
        or words & FIRST_PERSON
        or certainty.level in (Level.POSSIBLE, Level.PROBABLE)
    ):
        return Act.OPINES
    if certainty.polarity is Polarity.NEGATIVE and _NOT_VERIFIED.search(sentence):
        return Act.COULD_NOT_VERIFY
    return Act.ASSERTS
