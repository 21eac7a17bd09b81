"""The verdict on a claim: who stands behind it and how independently, never whether it is true.

* corroborated: two or more independent origins put it forward, or two that nothing shows to be one (docs/decisions/0032); in `check`, of what somebody is said
  to have said, two reports of it (`told.py`)
* contested: at least as many origins deny it, or every figure that is given for the same thing differs
* outdated: all who stood behind it have given another figure or said otherwise since, or a toll has grown since, or as many others have given another figure since;
  where it is told of one source, that source has
* single-source: one origin puts it forward, or origins that cannot be told apart
* unseen: nothing in the ledger puts it forward
* opinion, prediction, question: by what the author does; there is nothing to look up
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.answers.evidence import Held
from onrecord.answers.figure_verdicts import judged_by_figure
from onrecord.answers.figures import Counted, is_put_forward
from onrecord.answers.judgement import MOST_EVIDENCE, Judgement, is_dated_back
from onrecord.answers.standing import by_words
from onrecord.linking.closeness import SMALL
from onrecord.linking.figures import compatible
from onrecord.records import Act, Assertion, Document, Figure, SourceKind, words_of

_BY_ACT = {Act.OPINES: "opinion", Act.PREDICTS: "prediction", Act.ASKS: "question"}
_OF_ITS_KIND = {
    "opinion": "it is the judgement of {source}, which no report can bear out",
    "prediction": "it says what will be, by {source}; what has happened so far cannot bear it out",
    "question": "it asks and asserts nothing",
}
_WARNING = re.compile(r"\bwarn", re.IGNORECASE)


def judged(claim: Assertion, document: Document, record: Held, figures: Sequence[Counted]) -> Judgement:
    verdict = _BY_ACT.get(claim.act)
    if verdict == "prediction" and claim.source.kind is SourceKind.UNATTRIBUTED:
        verdict = None  # "there are reports that they will": that it is planned can be looked up
    if verdict == "opinion" and _WARNING.search(words_of(document.text, claim.attribution.cue)):
        verdict = None  # that the agency warned of it can be looked up
    if verdict is not None:
        return Judgement(verdict=verdict, reason=_OF_ITS_KIND[verdict].format(source=claim.source.name))
    # What is denied is a claim about the words, and its figure is nobody's.
    figures = [f for f in figures if is_put_forward(f)]
    found = [(f, one) for f in figures if (one := judged_by_figure(claim, document, record, f))]
    if not found:
        support, contrary = record.related(claim)
        judged = by_words(
            record,
            [r for r in support if _tells_as_many(claim, r.assertion)],
            contrary,
            once=is_dated_back(claim, document),
        )
        copied = _in_copies(claim, document, record) if judged.verdict == "unseen" else ""
        return replace(judged, reason=judged.reason + copied + _not_compared(claim, record, figures))
    figure, worst = min(found, key=lambda pair: _WORST_FIRST.index(pair[1].verdict))
    if len(figures) > 1:
        return replace(worst, reason=f"{figure.figure.as_written}: {worst.reason}")
    return worst


def _tells_as_many(claim: Assertion, other: Assertion) -> bool:
    """Whether what bears a claim out by its words does so by its figures: it gives no other number of the same, and as many dead or hurt, and as much,
    where the claim counts or measures them."""
    for figure in claim.figures:
        if _is_an_amount(figure) and not any(compatible(figure, f) for f in other.figures):
            return False
        same = [f for f in other.figures if _measure(f) == _measure(figure) is not None]
        if same and not any(compatible(figure, f) for f in same):
            return False
        if figure.status in _TOLLS and not any(
            f.status == figure.status and compatible(figure, f) for f in other.figures
        ):
            return False
    return True


# Of these a text may give one number and mean the thing all the same: "it went on for weeks".
_LASTING = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "year of age"})


def _is_an_amount(figure: Figure) -> bool:
    """Whether a figure is a sum, a weight or a length, without which a claim is another: "fined 40 million shillings"."""
    return figure.unit is not None and figure.unit not in _LASTING and max(figure.values, default=0) > SMALL


def _measure(figure: Figure) -> str | None:
    """The unit of a figure, or the word for what it counts; None where neither is said."""
    return figure.unit or (figure.counted.split()[-1].lower() if figure.counted else None)


_TOLLS = frozenset({"killed", "wounded", "killed or wounded", "killed and wounded"})


def _in_copies(claim: Assertion, document: Document, record: Held) -> str:
    """The documents kept apart that have the words of a claim too, because they and its document are one text; to follow a reason."""
    words = [" ".join(span.of(document.text).split()) for span in claim.attribution.content]
    names = [d.name for d in record.copied if all(part in " ".join(d.text.split()) for part in words)]
    return f" but {', '.join(names)}, which is the same text and no evidence for it" if names else ""


def _not_compared(claim: Assertion, record: Held, figures: Sequence[Counted]) -> str:
    """The figures of other scope that the ledger holds for the same thing, to follow a reason; empty for none."""
    apart = [pair for figure in figures for pair in record.other_scopes(claim, figure)]
    said = dict.fromkeys(f"{c.figure.as_written} ({c.party.name}): {difference}" for c, difference in apart)
    return "".join(f"; not compared with {words}" for words in list(said)[-MOST_EVIDENCE:])


# A claim with several figures is as good as the worst of them.
_WORST_FIRST = ("contested", "outdated", "single-source", "corroborated")
