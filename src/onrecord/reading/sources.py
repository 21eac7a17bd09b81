"""Who stands behind it? A source's kind, role, affiliation and country as written, and its fullest mention in the document.

A pronoun or a bare "the agency" is resolved to an earlier source of a fitting kind; the reason says how.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.reading.coreference import antecedent
from onrecord.reading.countries import countries_in
from onrecord.reading.network import Seen
from onrecord.reading.spans import text_of
from onrecord.records import Source, SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Heads of noun phrases by what they are: our own lists, after the source types of PolNeAR's guidelines.
_HEADS = {
    SourceKind.OUTLET: (
        "newspaper outlet channel broadcaster television tv radio magazine website site blog daily weekly tabloid "
        "media press times post journal herald tribune telegraph guardian gazette observer news wire"
    ),
    SourceKind.DOCUMENT: (
        "report statement document study survey poll letter memo paper analysis record article dispatch investigation filing "
        "lawsuit transcript video footage image images data figure figures assessment intelligence evidence communique release post"
    ),
    SourceKind.ORGANISATION: (
        "ministry government agency service department office army military police force party group organisation organization "
        "company committee council commission union court parliament congress senate administration presidency embassy "
        "directorate staff command navy intelligence union alliance bank institute center centre university foundation ngo "
        "militia rebels movement front side delegation mission campaign team hospital church association federation kremlin "
        "white-house pentagon state-department"
    ),
    SourceKind.UNNAMED: (
        "official officials source sources witness witnesses resident residents analyst analysts expert experts diplomat diplomats "
        "aide aides spokesman spokeswoman spokesperson representative adviser advisor lawmaker lawmakers soldier soldiers officer "
        "officers man woman people person critic critics observer observers activist activists leader leaders member members "
        "minister president commander general envoy ambassador negotiator survivor survivors doctor medic villager many some others one"
    ),
}
KIND_OF_HEAD = {word: kind for kind, words in _HEADS.items() for word in words.split()}
_PEOPLE = (SourceKind.PERSON, SourceKind.UNNAMED)
_CAN_BE = {
    **dict.fromkeys(("he", "him", "his", "she", "her"), _PEOPLE),
    **dict.fromkeys(("it", "its"), (SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.DOCUMENT)),
    **dict.fromkeys(("they", "them", "their"), (SourceKind.UNNAMED, SourceKind.ORGANISATION)),
}
_AUTHOR = frozenset({"i", "we", "me", "us"})
_ROLE = re.compile(
    r"\b(?:\w+-)?(?:president|minister|secretary|chief|head|leader|director|spokes(?:man|woman|person)|general|commander|governor|mayor|ambassador|"
    r"envoy|representative|senator|lawmaker|deputy|chairman|chairwoman|chair|king|queen|prince|premier|chancellor|adviser|advisor|"
    r"official|officer|colonel|major|admiral|captain|analyst|professor|director-general|founder|editor|coordinator|rep|gen|col|sen|gov)\b\.?",
    re.IGNORECASE,
)
_OUTLET_NAME = re.compile(
    r"\b(?:News|Times|Post|Journal|Herald|Tribune|Telegraph|Guardian|Gazette|Press|Radio|TV|Television|Broadcasting|Media|Daily|Weekly|Independent|"
    r"Agency\s+News|News\s+Agency|news\s+agency|Magazine|Review|Observer|Chronicle|Reporter|Channel)\b"
)


# "The envoy for Kenya", "the ambassador to Kenya" speak of Kenya, not for it.
_CONCERNS = re.compile(
    r"\b(?:to|in|on|against|(?:envoy|coordinator|rapporteur|representative|adviser|advisor)\s+for)\s+(?:the\s+)?$"
)
# "The country's army", "its army": whose it is was said before.
_OWNED = re.compile(r"(?:the|that|this)\s+(?:country|nation)['’]s\b|its\s+\w", re.IGNORECASE)
# Endings of nouns for what happens, which may show something but say nothing.
_HAPPENING = re.compile(r"(?:tion|ment|ing|ence|ance|ure|al|sis|ity|ness|attack|strike|war|crisis|move|fact)$")


@dataclass(slots=True)
class Cast:
    """Whom a document has named so far: `seen` are the sources and those who act, in order (what a pronoun may stand for),
    `named` every person (whom a surname may stand for), `acronyms` the short names it gave in brackets. `people` and
    `spelled` are all names of people and all names that a capital letter begins throughout, of the whole document: a headline
    may give the surname and the text the name. `text` is what the network made of the piece being read,
    and `heads` the sources found in it by the token number of their head."""

    seen: list[Source] = field(default_factory=list)
    named: list[Source] = field(default_factory=list)
    acronyms: dict[str, Source] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()
    text: Seen | None = None
    heads: dict[int, Source] = field(default_factory=dict)

    def turn_to(self, text: Seen) -> None:
        """Go on to the next piece of the document, whose words are counted anew."""
        self.text = text
        self.heads.clear()

    def latest(self, *kinds: SourceKind) -> Source | None:
        """The last source named of one of these kinds."""
        return next((s for s in reversed(self.seen) if s.kind in kinds), None)


# "the Securities and Exchange Commission"
_SPELLED = re.compile(r"[A-Z][\w'’-]+(?:\s+(?:(?:of|for|and|the|to|on|in)\s+){0,2}[A-Z][\w'’-]+)+")


def cast_of(docs: Sequence[Doc]) -> Cast:
    """The cast of a document whose parsed pieces are given, before its first word is read."""
    people = dict.fromkeys(
        re.sub(r"['’]s$", "", e.text).strip() for doc in docs for e in doc.ents if e.label_ == "PERSON" and len(e) > 1
    )
    spelled = dict.fromkeys(re.sub(r"\s+", " ", m[0]) for doc in docs for m in _SPELLED.finditer(text_of(doc)))
    return Cast(people=tuple(people), spelled=tuple(spelled))


UNATTRIBUTED = Source(
    name="unattributed", kind=SourceKind.UNATTRIBUTED, as_written="", reason="the words name no source"
)


def author_source(author: str | None) -> Source:
    """The source of what a document puts forward on its own word."""
    return Source(
        name=author or "the author", kind=SourceKind.AUTHOR, as_written="", reason="the document says it itself"
    )


def source_at(doc: Doc, words: Sequence[int], cast: Cast, *, author: str | None, follow: bool = True) -> Source:
    """The source that the tokens `words` name, resolved against what the document named before.

    `follow` says whether "the agency" may be taken for an earlier phrase; an antecedent is not followed on to another.
    """
    if not words:
        return UNATTRIBUTED
    tokens = [doc[i] for i in words]
    as_written = doc[words[0] : words[-1] + 1].text
    head = next((t for t in tokens if t.head.i not in words), tokens[0])
    if not follow and (known := cast.heads.get(head.i)) is not None:
        return known
    pronoun = _pronoun(doc, tokens, head, cast, author)
    if pronoun is not None:
        return pronoun
    found = _named(doc, tokens, head, as_written, cast)
    resolved = _resolved(found, head, cast, follow=follow)
    cast.seen.append(resolved)
    cast.heads[head.i] = resolved
    last = doc[words[-1]]
    behind = text_of(doc)[tokens[0].idx : last.idx + len(last) + 16]
    if match := re.search(r"\(([A-Z][A-Za-z]{1,9})\)", behind):
        cast.seen[-1] = resolved = replace(resolved, name=f"{resolved.name} ({match[1]})")
        cast.acronyms[match[1]] = resolved
    return resolved


def can_speak(doc: Doc, words: Sequence[int], source: Source) -> bool:
    """Whether a phrase can stand behind a claim: somebody or some text, not "the deployment" or "that"."""
    if source.kind is not SourceKind.UNNAMED:
        return True
    head = next((doc[i] for i in words if doc[i].head.i not in words), doc[words[0]])
    if head.pos_ in ("PRON", "DET"):
        return head.lower_ not in ("that", "this", "these", "what", "it", "which")
    lemma = head.lemma_.lower()
    return lemma in KIND_OF_HEAD or bool(_ROLE.fullmatch(lemma)) or not _HAPPENING.search(lemma)


def _pronoun(doc: Doc, tokens: list[Token], head: Token, cast: Cast, author: str | None) -> Source | None:
    """Whom a pronoun stands for; None where the words are no pronoun."""
    word = head.lower_
    as_written = doc[tokens[0].i : tokens[-1].i + 1].text
    if word == "one" and len(tokens) == 1 and (group := cast.latest(SourceKind.UNNAMED)) is not None:
        return _as(group, as_written, f"{as_written!r} taken as one of {group.name}, the last unnamed people before it")
    if len(tokens) > 2 or head.pos_ not in ("PRON", "DET"):
        return None
    if word in _AUTHOR:
        reason = f"{as_written!r} is the author"
        return Source(name=author or "the author", kind=SourceKind.AUTHOR, as_written=as_written, reason=reason)
    if word in ("who", "which", "that") and (described := _described(head, cast, author)) is not None:
        return _as(described, as_written, f"{as_written!r} stands for {described.name}")
    before = cast.latest(*_CAN_BE.get(word, ()))
    if before is not None:
        return _as(before, as_written, f"{as_written!r} taken as {before.name}, the last source of that kind before it")
    words = antecedent(doc, cast.text, [t.i for t in tokens]) if cast.text is not None else None
    if words is not None:
        found = source_at(doc, words, cast, author=author, follow=False)
        return _as(found, as_written, f"{as_written!r} goes with {doc[words[0] : words[-1] + 1].text!r}")
    reason = f"{as_written!r} names nobody before it"
    return Source(name=as_written, kind=SourceKind.UNNAMED, as_written=as_written, reason=reason)


def _described(head: Token, cast: Cast, author: str | None) -> Source | None:
    """ "the agency, which said ..." is the agency."""
    clause = head.head
    if clause.dep_ != "relcl":
        return None
    noun = clause.head
    words = [t.i for t in noun.subtree if t.i < head.i and not t.is_punct]
    return source_at(head.doc, words, cast, author=author) if words and words[0] < head.i else None


def _as(source: Source, as_written: str, reason: str) -> Source:
    """The same source under other words."""
    return replace(source, as_written=as_written, reason=reason)


def _named(doc: Doc, tokens: list[Token], head: Token, as_written: str, cast: Cast) -> Source:
    inside = {t.i for t in tokens}
    person = next(
        (
            e
            for e in doc[tokens[0].i : tokens[-1].i + 1].ents
            if e.label_ == "PERSON" and e.root.i in inside and _is_core(e.root, head)
        ),
        None,
    )
    country = next((c.code for c in countries_in(as_written) if not _CONCERNS.search(as_written[: c.span.start])), None)
    owner: str | None = None
    if country is None and _OWNED.match(as_written):
        meant = next(iter(reversed(list(countries_in(text_of(doc)[: tokens[0].idx])))), None)
        country = meant.code if meant else None
        owner = meant.span.of(text_of(doc)) if meant else None
    if person is not None and (known := _known_name(person.text, head, cast)) is not None:
        return _as(known, as_written, f"{person.text} is part of the name {known.name}")
    if person is not None and not _OUTLET_NAME.search(person.text):
        role, affiliation = _role(doc, tokens, person.start, person.end)
        name = re.sub(r"['’]s$", "", person.text).strip(" ,\"'“”‘’«»„「」『』")
        return Source(
            name=name,
            kind=SourceKind.PERSON,
            as_written=as_written,
            role=role,
            affiliation=affiliation,
            country=country,
            reason="a name",
        )
    core = _core(head)
    if owner:
        core = f"{owner} {core.split(maxsplit=1)[-1]}"
    if (known := _known_name(core, head, cast)) is not None:
        return _as(known, as_written, f"{core} is part of the name {known.name}")
    if head.pos_ == "PROPN" and (
        titled := re.match(rf"(?:.*?\b)?(?:{_ROLE.pattern})\s+((?:[A-Z][\w'’.-]+\s?){{1,3}})$", core)
    ):
        role, affiliation = _role(doc, tokens, head.i - len(titled[1].split()) + 1, head.i + 1)
        return Source(
            name=titled[1].strip(),
            kind=SourceKind.PERSON,
            as_written=as_written,
            role=role,
            affiliation=affiliation,
            country=country,
            reason="a name behind a title",
        )
    kind = _kind(head, core)
    if kind is SourceKind.OUTLET:
        core = _outlet_name(core, {t.text for t in tokens if t.pos_ == "PROPN"})
    alone = next(countries_in(core), None)
    return Source(
        name=core,
        kind=kind,
        is_state=alone is not None and alone.how != "people" and alone.span.of(core) == core,
        as_written=as_written,
        country=country,
        affiliation=None if owner else _of(head),
        reason="the head of the phrase",
    )


def _known_name(core: str, head: Token, cast: Cast) -> Source | None:
    """The person or outlet named before of whose name these words are a part: a surname, the short name of an agency."""
    if head.pos_ != "PROPN" or len(core.split()) > 2:
        return None
    for before in [*reversed(cast.seen), *reversed(cast.named)]:
        words = before.name.split()
        if before.kind is SourceKind.PERSON and len(words) > 1 and core in (words[-1], words[0]):
            return before
        if before.kind is SourceKind.OUTLET and core in (words[0], before.name):
            return before
    return None


def _is_core(root: Token, head: Token) -> bool:
    """Whether a name is the source itself, or stands beside it ("the minister, Ana Lopez"), not within "Lopez's office" or
    "the Lopez campaign"."""
    token = root
    while token.i != head.i:
        if token.dep_ not in ("appos", "compound", "nmod", "flat", "conj") or token.head.i == token.i:
            return False
        if token.dep_ == "conj" or (token.dep_ == "compound" and token.head.pos_ == "NOUN"):
            return False
        token = token.head
    return True


def _core(head: Token) -> str:
    """The phrase without articles, relative clauses and appositions: "South Sudan's foreign ministry"."""
    named = next(
        (
            c
            for c in head.children
            if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i == head.i + 1 + sum(1 for _ in c.lefts)
        ),
        None,
    )
    if named is not None and head.pos_ == "NOUN":
        return head.doc[named.left_edge.i : named.i + 1].text
    keep = {head.i}
    for child in head.children:
        if child.dep_ in ("compound", "poss", "nmod", "nummod") or (
            child.dep_ == "amod" and (child.pos_ == "PROPN" or child.text[0].isupper() or child.i < head.i)
        ):
            keep |= {t.i for t in child.subtree}
        elif child.dep_ == "prep" and child.lower_ in ("of", "for", "in") and child.i == head.i + 1:
            keep |= {t.i for t in child.subtree if t.dep_ not in ("relcl", "acl") and t.i <= child.i + 8}
    words = [t for t in head.doc[min(keep) : max(keep) + 1] if t.i in keep and not t.is_quote]
    text = "".join(t.text_with_ws for t in words).strip(" ,'’\"“”«»„「」『』")
    return re.sub(r"^(?:the|a|an)\s+", "", re.sub(r"\s+", " ", text), flags=re.IGNORECASE) or head.text


def _outlet_name(core: str, proper: set[str]) -> str:
    """The proper name within "the Kenyan news agency Wire": "Wire"; the whole where there is none. `proper` are the proper nouns.

    >>> _outlet_name("Kenyan news agency Wire", {"Wire"}), _outlet_name("Local media", set())
    ('Wire', 'Local media')
    """
    rest = core
    for mention in reversed(list(countries_in(core))):
        if mention.how == "people" and re.match(r"\s+[a-z]", core[mention.span.end :]):
            rest = rest[: mention.span.start] + rest[mention.span.end :]
    names = re.findall(r"(?:[A-Z][\w'’.&-]*)(?:\s+(?:of|the|and)?\s*[A-Z][\w'’.&-]*)*", rest)
    return str(names[-1]) if names and names[-1].split()[-1] in proper and re.search(r"\b[a-z]", rest) else core


def _kind(head: Token, core: str) -> SourceKind:
    lemma, word = head.lemma_.lower(), head.lower_
    if (_OUTLET_NAME.search(core) and head.pos_ == "PROPN") or re.search(r"\bnews agency\b", core, re.IGNORECASE):
        return SourceKind.OUTLET
    named = head.pos_ == "PROPN"
    found = KIND_OF_HEAD.get(word) or KIND_OF_HEAD.get(lemma)
    if found is SourceKind.DOCUMENT and (lemma == "intelligence" or named):
        return SourceKind.ORGANISATION
    if found is not None and not (named and found is SourceKind.UNNAMED):
        return found
    if named or head.ent_type_ in ("ORG", "GPE", "NORP"):
        return SourceKind.ORGANISATION
    return SourceKind.UNNAMED


def _role(doc: Doc, tokens: list[Token], start: int, end: int) -> tuple[str | None, str | None]:
    """Role and affiliation as written before or after a name: "White House spokesman X", "X, the head of Y", "X of Y"."""
    before = doc[tokens[0].i : start].text.strip(" ,")
    after = doc[end : tokens[-1].i + 1].text.strip(" ,")
    for words in (before, after):
        roles = list(_ROLE.finditer(words))
        if not roles:
            continue
        role = roles[-1] if words is before else roles[0]
        behind = re.match(r"\s+(?:of|for|to|at|in)\s+(?:the\s+)?([^,;]{2,80})", words[role.end() :])
        ahead = re.sub(
            r"^(?:the|a|an|its|his|her|their|one)\b\s*|['’]s$",
            "",
            words[: role.start()].strip(" ,-–—"),
            flags=re.IGNORECASE,
        )
        return role[0], (behind[1].strip() if behind else re.sub(r"['’]s$", "", ahead).strip(" ,")) or None
    if match := re.match(r"(?:of|from|at|with)\s+(.{2,60})", after):
        return None, match[1]
    return None, None


def _of(head: Token) -> str | None:
    """ "a spokesman for the ministry": the ministry."""
    for child in head.children:
        if child.dep_ == "poss":
            return re.sub(r"['’]s?$", "", child.doc[child.left_edge.i : child.right_edge.i + 1].text).strip()
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "from", "at"):
            held = next((c for c in child.children if c.dep_ == "pobj"), None)
            if held is not None:
                return held.doc[held.left_edge.i : min(held.right_edge.i, held.i + 6) + 1].text
    return None


def _resolved(found: Source, head: Token, cast: Cast, *, follow: bool) -> Source:
    """The fullest mention of the same source: for a surname, an acronym, "the agency"."""
    if (spelled := cast.acronyms.get(found.name)) is not None:
        return _as(spelled, found.as_written, f"{found.name} abbreviates {spelled.name}")
    if (whole := _completed(found, cast)) is not None:
        return whole
    is_acronym = found.kind is not SourceKind.PERSON and bool(_ACRONYM.fullmatch(found.name))
    for before in reversed(cast.seen):
        if before.kind is found.kind is SourceKind.PERSON:
            mine, theirs = found.name.split(), before.name.split()
            if (
                mine[-1] == theirs[-1]
                and (len(mine) == 1 or len(theirs) == 1 or mine[0] == theirs[0])
                and mine != theirs
            ):
                fuller = before if len(theirs) > len(mine) else found
                return Source(
                    name=fuller.name,
                    kind=SourceKind.PERSON,
                    as_written=found.as_written,
                    role=found.role or before.role,
                    affiliation=found.affiliation or before.affiliation,
                    country=found.country or before.country,
                    reason=f"same surname as {before.name}",
                )
        if is_acronym and _is_acronym_of(found.name, before.as_written):
            return _as(before, found.as_written, f"{found.name} abbreviates {before.name}")
    if _is_definite(head) and head.pos_ == "NOUN" and found.affiliation is None:
        words = antecedent(head.doc, cast.text, _words_of(head)) if follow and cast.text is not None else None
        if words is not None:
            before = source_at(head.doc, words, cast, author=None, follow=False)
            thing = KIND_OF_HEAD.get(head.lemma_.lower()) in (
                SourceKind.ORGANISATION,
                SourceKind.OUTLET,
                SourceKind.DOCUMENT,
            )
            if not (thing and before.kind is SourceKind.PERSON):
                return _as(before, found.as_written, f"{found.as_written!r} goes with {before.as_written!r}")
        noun = head.lemma_.lower()
        for before in reversed(cast.seen):
            if found.country not in (None, before.country):
                continue
            if before.as_written.lower() != found.as_written.lower() and re.search(
                rf"\b{re.escape(noun)}s?\b", f"{before.as_written} {before.role or ''}".lower()
            ):
                return _as(
                    before, found.as_written, f"{found.as_written!r} taken as {before.name}, the last {noun} named"
                )
        issuer = cast.latest(SourceKind.ORGANISATION, SourceKind.PERSON)
        if noun in ("statement", "communique", "release", "briefing") and issuer is not None:
            reason = f"{found.as_written!r} taken as that of {issuer.name}, the last to speak before it"
            return _as(issuer, found.as_written, reason)
        kind = KIND_OF_HEAD.get(noun)
        last = cast.latest(kind) if kind in (SourceKind.ORGANISATION, SourceKind.OUTLET) else None
        if last is not None and (found.country is None or last.country in (None, found.country)):
            return _as(last, found.as_written, f"{found.as_written!r} taken as {last.name}, the last {kind} named")
    return found


def _completed(found: Source, cast: Cast) -> Source | None:
    """A name with what only another part of the document gives: a first name, the words behind an acronym."""
    if found.kind is SourceKind.PERSON and len(found.name.split()) == 1:
        full = {p for p in cast.people if p.split()[-1] == found.name and not _ROLE.fullmatch(p.split()[0])}
        if len(full) == 1:
            (name,) = full
            return replace(found, name=name, reason=f"the only name in the document that ends in {found.name}")
    elif found.kind is not SourceKind.PERSON:
        whole = next((w for w in cast.spelled if _is_acronym_of(found.name, w)), None)
        if whole is not None:
            return replace(found, name=whole, reason=f"{found.name} abbreviates {whole}")
    return None


def _words_of(head: Token) -> list[int]:
    """The token numbers of a noun phrase up to its head."""
    return [*(t.i for t in head.lefts), head.i]


def _is_definite(head: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in head.children)


_ACRONYM = re.compile(r"[A-Z][A-Z.]{1,7}")


def _is_acronym_of(name: str, written: str) -> bool:
    """Whether a name in capitals abbreviates a phrase, or stands behind it in brackets.

    >>> _is_acronym_of("WFP", "the World Food Programme"), _is_acronym_of("GUR", "military intelligence (GUR)")
    (True, True)
    """
    if not _ACRONYM.fullmatch(name):
        return False
    letters = name.replace(".", "")
    if len(letters) < 2:
        return False
    initials = "".join(w[0] for w in re.findall(r"[A-Za-z]+", written) if w[0].isupper())
    return f"({name})" in written or letters == initials
