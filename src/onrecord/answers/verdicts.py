"""The verdict on a claim: who stands behind it and how independently, never whether it is true.

* corroborated: two or more independent origins put it forward, or two that nothing shows to be one (docs/decisions/0032); in `check`, of what somebody is said
  to have said, two reports of it (`told.py`)
* contested: at least as many origins deny it, or every figure that is given for the same thing differs
* outdated: all who stood behind it have given another figure since, or a toll has grown since; where it is told of one source, that source has
* single-source: one origin puts it forward, or origins that cannot be told apart
* unseen: nothing in the ledger puts it forward
* opinion, prediction, question: by what the author does; there is nothing to look up
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from onrecord.answers.evidence import Held, Related
from onrecord.answers.figures import Counted, is_put_forward
from onrecord.answers.rows import Evidence, day, source_words
from onrecord.answers.sides import READ_TOGETHER
from onrecord.linking.closeness import SMALL
from onrecord.linking.credits import newsroom_of, newsrooms, publisher
from onrecord.linking.figures import ONLY_GROWS, compatible, is_wide
from onrecord.linking.independence import independence, of_unnamed_people, untold
from onrecord.linking.interest import interest
from onrecord.linking.likeness import bounded
from onrecord.records import Act, Approximator, Assertion, Document, Figure, Independence, SourceKind, words_of

MOST_EVIDENCE = 4
_BY_ACT = {Act.OPINES: "opinion", Act.PREDICTS: "prediction", Act.ASKS: "question"}
_OF_ITS_KIND = {
    "opinion": "it is the judgement of {source}, which no report can bear out",
    "prediction": "it says what will be, by {source}; what has happened so far cannot bear it out",
    "question": "it asks and asserts nothing",
}
_WARNING = re.compile(r"\bwarn", re.IGNORECASE)
# Words by which a text dates its own claim back; such a claim is not outdated by what came later.
DATED_BACK = re.compile(r"\b(?:previously|initially|originally|earlier|at\s+first|at\s+the\s+time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with its reason and the evidence, most telling first: for it, against it, and figures that differ from its own."""

    verdict: str
    reason: str
    count: Independence = field(default_factory=lambda: Independence(at_least=0, at_most=0, reason=""))
    support: Sequence[Related] = ()
    contrary: Sequence[Related] = ()
    differing: Sequence[Related] = ()


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
    found = [(f, one) for f in figures if (one := _judged_by_figure(claim, document, record, f))]
    if not found:
        support, contrary = record.related(claim)
        judged = _by_words(record, [r for r in support if _tells_as_many(claim, r.assertion)], contrary)
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


# ---------------------------------------------------------------- by figures


def _judged_by_figure(claim: Assertion, document: Document, record: Held, main: Counted) -> Judgement | None:
    """The verdict on one figure of a claim; None where the ledger holds no figure for the same thing that it could differ from."""
    same = [c for c in record.same_figures(claim, main) if not c.figure.increment]
    speaking_of_it = record.speaking_of(main) if same else frozenset()
    fits = [compatible(main.figure, c.figure) and not _takes_its_place(c, main, speaking_of_it) for c in same]
    fitting = [c for c, fit in zip(same, fits, strict=True) if fit and not is_wide(c.figure)]
    for_it = [c for c in fitting if is_put_forward(c) and not c.is_not_given]
    denied = [c for c in fitting if not is_put_forward(c)]
    unlike = [c for c, fit in zip(same, fits, strict=True) if not fit and is_put_forward(c)]
    others = record.contesting(claim, main, unlike, speaking_of_it)
    if not (for_it or denied) and (not others or main.figure.approximator is Approximator.VAGUE):
        return None  # a number is no other figure than "several"
    if not (for_it or denied) and claim.act in _NOT_YET_SO:
        return None  # what one offers is not what another gave
    support, contrary = [_by_figure(c) for c in for_it], [_by_figure(c) for c in denied]
    if for_it:
        told = {c.assertion.id for c in for_it}
        support += [r for r in record.giving(claim, main) if r.assertion.id not in told]
    differing = [_by_figure(c) for c in others]
    own = [c for c in _own_figures(claim, same, record) if c in for_it or not any(_is_beside(c, one) for one in for_it)]
    if own and any(c.document.appeared > own[-1].document.appeared and not _is_recalled(c) for c in for_it):
        own = []  # it may have given it since
    if own and not compatible(main.figure, own[-1].figure) and not DATED_BACK.search(claim.sentence.of(document.text)):
        return _by_own_word(own, main, support, record)
    if own and not any(c.document.id in speaking_of_it for c in others):
        return _by_words(record, support, contrary, differing=differing)
    newer = _outdating(for_it, others) or [c for c in others if c.document.id in speaking_of_it]
    if not (for_it or denied) or (newer and not for_it):
        return _none_fits(main, others, differing, taken_back=bool(fitting))
    if newer and not DATED_BACK.search(claim.sentence.of(document.text)):
        return _outdated(record, support, for_it, newer)
    return _by_words(record, support, contrary, differing=differing)


def _outdated(
    record: Held, support: Sequence[Related], given: Sequence[Counted], newer: Sequence[Counted]
) -> Judgement:
    last, latest = day(max(c.document.appeared for c in given)), newer[-1]
    reason = (
        f"given last on {last}; on {day(latest.document.appeared)} {latest.party.name} gave {latest.figure.as_written}"
    )
    since = [_by_figure(c) for c in newer]
    count = _independence(record, support)
    return Judgement(verdict="outdated", count=count, reason=reason, support=support, differing=since)


def _takes_its_place(other: Counted, main: Counted, speaking_of_it: Collection[str]) -> bool:
    """Whether another number stands in a text that takes that of a claim back or speaks of it: "up to 910, well above the 640 announced"."""
    return other.document.id in speaking_of_it and other.figure.values != main.figure.values


def _own_figures(claim: Assertion, same: Sequence[Counted], record: Held) -> list[Counted]:
    """What the source of a claim has itself given for the same, oldest first, without what was only recalled of earlier days; none for a claim that
    names no source."""
    party = record.party_of[claim.id]
    if claim.source.kind in NOBODY or not party.named:
        return []
    own = (c for c in same if c.party.id == party.id or (claim.source.is_state and c.party.voice == party.voice))
    return [c for c in own if is_put_forward(c) and not _is_recalled(c) and not c.is_not_given]


NOBODY = frozenset({SourceKind.AUTHOR, SourceKind.UNATTRIBUTED, SourceKind.UNNAMED})
# Words by which a text says that a figure is of an earlier day.
_RECALLED = re.compile(
    rf"{DATED_BACK.pattern}|\blast\s+(?:week|month|year)\b|\bprovisional\b|\bat\s+the\s+time\s+of\b", re.IGNORECASE
)


def _is_recalled(counted: Counted) -> bool:
    """Whether a figure is told as one of an earlier day: "last month the office gave a provisional 40"."""
    return _RECALLED.search(counted.assertion.sentence.of(counted.document.text)) is not None


def _is_beside(one: Counted, other: Counted) -> bool:
    """Whether one office gives both figures in one text, so that the second does not take the first's place: "Forty died, the ministry said. Twelve soldiers
    died, its spokesman said." """
    return one.document.id == other.document.id and one.party.voice == other.party.voice and not _is_recalled(other)


def _by_own_word(own: Sequence[Counted], main: Counted, support: Sequence[Related], record: Held) -> Judgement:
    """The verdict on a figure of which its own source gives another now."""
    latest = own[-1]
    gave = f"on {day(latest.document.appeared)} {latest.party.name} itself gave {latest.figure.as_written}"
    since = [_by_figure(latest)]
    if not any(compatible(main.figure, c.figure) for c in own[:-1]):
        return Judgement(verdict="contested", reason=f"{gave}, and never {main.figure.as_written}", differing=since)
    count = _independence(record, support)
    return Judgement(verdict="outdated", count=count, reason=gave, support=support, differing=since)


_NOT_YET_SO = frozenset({Act.THREATENS_OR_PROMISES, Act.DEMANDS})


def _by_figure(counted: Counted) -> Related:
    how = "gives" if is_put_forward(counted) else f"{counted.assertion.act}"
    return Related(counted.assertion, f"it {how} {counted.figure.as_written} for the same")


def _none_fits(
    main: Counted, others: Sequence[Counted], differing: Sequence[Related], *, taken_back: bool
) -> Judgement:
    values = "; ".join(
        dict.fromkeys(f"{c.figure.as_written} ({c.party.name}, {day(c.document.appeared)})" for c in others[-5:])
    )
    never = (
        f"{main.figure.as_written} only as taken back, denied or spoken of"
        if taken_back
        else f"never {main.figure.as_written}"
    )
    reason = f"for the same the ledger holds {values}, and {never}"
    return Judgement(verdict="contested", reason=reason, differing=differing)


def _outdating(fitting: Sequence[Counted], others: Sequence[Counted]) -> list[Counted]:
    """The later figures that outdate the fitting ones: all their named sources, or their states, revised them, or a toll has grown since.

    A later figure of another source is a disagreement and outdates nothing.
    """
    if not fitting:
        return []
    last = max(c.document.appeared for c in fitting)
    later = (c for c in others if c.document.appeared > last and not _is_of_a_later_event(c, last))
    newer = sorted(later, key=lambda c: c.document.appeared)
    voices = {c.party.voice for c in fitting if c.party.named}
    if voices and voices <= {c.party.voice for c in newer}:
        return [c for c in newer if c.party.voice in voices]
    largest = max(map(_largest, fitting))
    told = (c for c in newer if c.party.named or c.party.side or c.assertion.source.kind is SourceKind.AUTHOR)
    return [c for c in told if c.subject.status in ONLY_GROWS and _largest(c) > largest]


def _is_of_a_later_event(counted: Counted, last: datetime) -> bool:
    """Whether a figure that is no toll is of a day that came after a time: a second shipload does not revise the first."""
    days = bounded(counted.assertion.moments)
    return counted.subject.status not in ONLY_GROWS and bool(days) and all(start > last for start, _ in days)


def _largest(counted: Counted) -> float:
    return max(counted.figure.values, default=0.0)


# ---------------------------------------------------------------- by independent origins


def _independence(record: Held, found: Sequence[Related]) -> Independence:
    assertions = [r.assertion for r in found]
    without = untold(assertions, record.party_of)
    rooms = {id_: newsrooms_of(record.documents[id_]) for id_ in without}
    return independence(assertions, record.party_of, record.copies_among(without), rooms)


def _origins(record: Held, found: Sequence[Related], count: Independence) -> int:
    """How many origins some assertions have as far as anything shows: documents that share one count once, and so do who says it in several, unnamed people who
    may be the same, and what a newsroom says itself with whom it quotes; sides that are known to differ count each."""
    if count.at_most == count.at_least:
        return count.at_most
    assertions = [r.assertion for r in found]
    unnamed = of_unnamed_people(assertions, record.party_of).values()
    documents = {a.document for a in assertions}
    own = _of_one_newsroom(documents, untold(assertions, record.party_of), record)
    return max(count.at_least, min(count.at_most, record.origins_among(documents, [*unnamed, *own])))


def _of_one_newsroom(documents: Iterable[str], untold_in: Collection[str], record: Held) -> list[list[str]]:
    """Of some documents those of one newsroom that name nobody, with one that does; those of no newsroom may all be of one."""
    rooms: dict[str, list[str]] = {}
    for id_ in sorted(documents):
        rooms.setdefault(newsroom_of(record.documents[id_]) or "", []).append(id_)
    groups = []
    for together in rooms.values():
        quoting = [id_ for id_ in together if id_ not in untold_in]
        groups.append([*(id_ for id_ in together if id_ in untold_in), *quoting[:1]])
    return [group for group in groups if len(group) > 1]


def newsrooms_of(document: Document) -> frozenset[str]:
    """Its newsroom, those that it credits, and its publisher, whose outlets are one family."""
    family = publisher(document)
    return newsrooms(document) | ({f"outlets of {family}"} if family else set())


def _by_words(
    record: Held, support: Sequence[Related], contrary: Sequence[Related], *, differing: Sequence[Related] = ()
) -> Judgement:
    """The verdict by who stands for a claim and who against it; `differing` figures are shown but do not contest it."""
    contrary = _of_others(record, contrary, support)
    if not support and not contrary:
        return Judgement(verdict="unseen", reason="nothing in the ledger puts it forward")
    count, counter = _independence(record, support), _independence(record, contrary)
    for_it, against = _origins(record, support, count), _origins(record, contrary, counter)
    if against >= max(1, for_it):
        verdict = "contested"
        stands = f"for it: {count.reason}" if support else "nothing stands for it"
        reason = f"against it: {counter.reason}; {stands}"
    elif for_it >= 2:
        known = (
            ""
            if count.at_least >= 2
            else f"{for_it} that nothing shows to be one, though none is known to be independent: "
        )
        verdict, reason = "corroborated", f"{known}{count.reason}{_others(contrary, differing)}"
    else:
        how = "one origin" if count.at_most == 1 else "sources that cannot be told apart for sure"
        verdict, reason = "single-source", f"{how}: {count.reason}{_others(contrary, differing)}"
    return Judgement(
        verdict=verdict, count=count, reason=reason, support=support, contrary=contrary, differing=differing
    )


def _of_others(record: Held, contrary: Sequence[Related], support: Sequence[Related]) -> list[Related]:
    """What speaks against a claim without what one says who bears it out in the same sentence, or in the same text if only reading both together speaks
    against it: of the two that is the likelier misreading. What one denies or corrects in so many words stays."""
    in_sentences = {(*_word_in(record, related), related.assertion.sentence) for related in support}
    in_texts = {_word_in(record, related) for related in support}
    return [
        related
        for related in contrary
        if (*_word_in(record, related), related.assertion.sentence) not in in_sentences
        and not (_is_only_read(related) and _word_in(record, related) in in_texts)
    ]


def _is_only_read(related: Related) -> bool:
    """Whether only reading both together speaks against a claim, and no denial does."""
    return related.reason.startswith(READ_TOGETHER) and related.assertion.act not in (Act.DENIES, Act.DOUBTS)


def _word_in(record: Held, related: Related) -> tuple[str, str]:
    """Whose word an assertion is, and in which document."""
    return record.party_of[related.assertion.id].id, related.assertion.document


def _others(contrary: Sequence[Related], differing: Sequence[Related]) -> str:
    """How many documents say otherwise, and how many give another figure, to follow a reason."""
    counts = (len({r.assertion.document for r in found}) for found in (contrary, differing))
    otherwise, another = counts
    said = f"; {otherwise} other{'s say' if otherwise > 1 else ' says'} otherwise" if otherwise else ""
    return said + (f"; {another} give{'s' if another == 1 else ''} another figure" if another else "")


# ---------------------------------------------------------------- the words that decide


def evidence_of(judgement: Judgement, record: Held) -> list[Evidence]:
    """What speaks for and what against, most telling first, at most MOST_EVIDENCE documents each."""
    return [
        _evidence(related, record, stance)
        for stance, found in (
            ("for", judgement.support),
            ("against", judgement.contrary),
            ("differs", judgement.differing),
        )
        for related in _one_a_document(found)[:MOST_EVIDENCE]
    ]


def _one_a_document(found: Sequence[Related]) -> list[Related]:
    """The most telling assertion of each document, in order."""
    return list({related.assertion.document: related for related in reversed(found)}.values())[::-1]


def _evidence(related: Related, record: Held, stance: str) -> Evidence:
    assertion = related.assertion
    document, party = record.documents[assertion.document], record.party_of[assertion.id]
    return Evidence(
        document=document.name,
        document_id=document.id,
        source=source_words(assertion.source, assertion.hops, name=party.name, side=party.side),
        stance=stance,
        reason=related.reason,
        interest=interest(assertion, party),
        published=day(document.published),
        start=assertion.sentence.start,
        end=assertion.sentence.end,
        text=assertion.sentence.of(document.text),
    )
