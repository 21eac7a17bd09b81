"""A proposed grade in the NATO admiralty code: the credibility of a claim (1-6) and the reliability of a source (A-F).

A grade is proposed from what the ledger shows and no more: whether independent origins put forward the same or deny it. It
never says that a claim is true. "1" needs two independent origins and no denial. A source is graded by those of its claims on which another
independent origin has spoken; with fewer than FEWEST of them there is no basis (F). A person may know better.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from onrecord.answers.evidence import Held, held
from onrecord.answers.figures import counted_figures
from onrecord.answers.judgement import Judgement
from onrecord.answers.rows import ClaimGradeRow, GradeRow, source_words
from onrecord.answers.verdicts import judged
from onrecord.errors import MissingError, QueryError
from onrecord.ledger.store import Ledger
from onrecord.linking.claims import claims, is_put_forward
from onrecord.linking.sources import Party, parties, plain
from onrecord.records import Assertion, Claim, Document, SourceKind, words_of

# Fewer claims than this on which others have spoken are no basis for a grade.
FEWEST = 5
# From this share of claims borne out on, the letter; "A" takes many claims as well.
LETTERS = ((0.95, "A"), (0.8, "B"), (0.6, "C"), (0.4, "D"), (0.0, "E"))
MANY = 20
# Claims of one source that are graded, the newest first.
MOST_CLAIMS = 60


def credibility(judgement: Judgement) -> int:
    """The credibility of a claim by its verdict, 1 to 6; 6 where there is no basis.

    1 two or more origins known to be independent, nobody against and no other figure; 2 the same with either, or origins that cannot be
    told apart for sure; 3 one origin; 4 outdated, or as many against as for; 5 only denials; 6 opinion, prediction, unseen.
    """
    match judgement.verdict:
        case "corroborated":
            is_known = judgement.count.at_least > 1
            return 1 if is_known and not (judgement.contrary or judgement.differing) else 2
        case "single-source":
            return 2 if judgement.count.at_most > 1 and not judgement.contrary else 3
        case "outdated":
            return 4
        case "contested":
            return 4 if judgement.support else 5
        case _:
            return 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Graded:
    """One claim of a source, and the verdict by what others say of it."""

    claim: Claim
    first: Assertion
    judgement: Judgement
    others: Judgement


def grade_row(ledger: Ledger, name: str, *, as_of: datetime | None = None) -> GradeRow:
    """The proposed reliability of the source that this name names, with its claims. Raises QueryError where there is none."""
    found = of_source(ledger, name, as_of=as_of)
    documents = ledger.documents(ids={a.document for a in found})
    found = _of_one_party(found, parties(found, documents), name)
    own = [a for a in found if is_put_forward(a)]
    of_id = {a.id: a for a in own}
    grouped = claims(own, documents, ledger.pairs(own))[-MOST_CLAIMS:]
    record = held(ledger, [of_id[c.id] for c in grouped], documents, as_of=as_of)
    graded = [_graded(claim, of_id[claim.id], documents, record) for claim in grouped]
    borne_out = sum(one.others.count.at_least >= 1 and one.others.verdict != "contested" for one in graded)
    disputed = sum(one.others.verdict == "contested" for one in graded)
    letter, reason = reliability(borne_out, disputed)
    return GradeRow(
        source=source_words(found[0].source),
        reliability=letter,
        reason=reason,
        claims=len(graded),
        borne_out=borne_out,
        disputed=disputed,
        first=sum(_is_first(one, documents, record) for one in graded),
        graded=[_claim_row(one, documents) for one in graded],
    )


def reliability(borne_out: int, disputed: int) -> tuple[str, str]:
    """The letter for a source, and why, by how many of its claims independent origins bear out and how many they dispute.

    >>> reliability(9, 1)[0], reliability(30, 0)[0], reliability(2, 0)[0]
    ('B', 'A', 'F')
    """
    spoken_on = borne_out + disputed
    said = f"others, independent of it, have spoken on {spoken_on} of its claims: {borne_out} borne out, {disputed} disputed"
    if spoken_on < FEWEST:
        return "F", f"no basis: {said}; {FEWEST} are needed"
    share = borne_out / spoken_on
    letter = next(letter for least, letter in LETTERS if share >= least)
    return "B" if letter == "A" and spoken_on < MANY else letter, said


def of_source(ledger: Ledger, name: str, *, as_of: datetime | None) -> list[Assertion]:
    """The assertions whose source has these words in its name. Raises QueryError where there are none."""
    wanted = plain(name)
    if not wanted:
        raise QueryError(f"{name!r} holds no letter or digit; give a part of a source's name")
    found = [
        a
        for a in ledger.assertions(name, as_of=as_of)
        if f" {wanted} " in f" {plain(a.source.name)} " and a.source.kind is not SourceKind.AUTHOR
    ]
    if not found:
        known = f" in what was known before {as_of:%Y-%m-%d}" if as_of is not None else ""
        raise MissingError(f"no source is called {name!r}{known}; give a part of a name as documents write it")
    return found


def _of_one_party(found: list[Assertion], party_of: Mapping[str, Party], name: str) -> list[Assertion]:
    """The assertions of the party of this very name, else of the only one. Raises QueryError where several parties share it."""
    names: dict[str, str] = {party_of[a.id].id: party_of[a.id].name for a in found}
    exact = {id_ for id_, called in names.items() if plain(called) == plain(name)}
    chosen = exact if len(exact) == 1 else set(names)
    if len(chosen) > 1:
        listed = ", ".join(sorted(dict.fromkeys(names.values()))[:8])
        raise QueryError(f"{name!r} is in the name of {len(chosen)} sources: {listed}; give more of the name")
    return [a for a in found if party_of[a.id].id in chosen]


def _graded(claim: Claim, first: Assertion, documents: dict[str, Document], record: Held) -> _Graded:
    document = documents[first.document]
    figures = counted_figures([first], {document.id: document})
    rest = record.less(_own_word(first, record))
    return _Graded(
        claim=claim,
        first=first,
        judgement=judged(first, document, record, figures),
        others=judged(first, document, rest, figures),
    )


def _is_first(one: _Graded, documents: Mapping[str, Document], record: Held) -> bool:
    """Whether others put the claim forward too, and none of them before."""
    others = [record.documents[related.assertion.document].appeared for related in one.others.support]
    return bool(others) and documents[one.first.document].appeared < min(others)


def _own_word(first: Assertion, record: Held) -> Collection[str]:
    """What cannot bear a source out: its own side's word, and that of nobody named."""
    party = record.party_of.get(first.id)
    if party is None:
        return {first.id}
    return {
        id_
        for id_, other in record.party_of.items()
        if other.id == party.id or not other.named or (party.side is not None and other.side == party.side)
    }


def _claim_row(one: _Graded, documents: dict[str, Document]) -> ClaimGradeRow:
    document = documents[one.first.document]
    return ClaimGradeRow(
        text=words_of(document.text, one.first.attribution.content),
        document=document.name,
        document_id=document.id,
        credibility=credibility(one.judgement),
        verdict=one.judgement.verdict,
        reason=one.judgement.reason,
        others=one.others.reason,
    )
