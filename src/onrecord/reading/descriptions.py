"""What does a noun phrase say of its head? The phrase without what is only added, the role, and whom somebody speaks for."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from onrecord.reading.countries import countries_in
from onrecord.reading.joint import is_one_name
from onrecord.reading.kinds import CAPITALS, KIND_OF_HEAD, ROLE, is_calling
from onrecord.records import SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def core_of(head: Token) -> str:
    """The phrase without articles, relative clauses, appositions, and the time of day of a live report: "South Sudan's foreign ministry"."""
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
            aside = {t.i for c in child.subtree if c.dep_ in ("relcl", "acl") for t in c.subtree}
            keep |= {t.i for t in child.subtree if t.i not in aside and t.i <= child.i + 8}
        elif child.dep_ in ("conj", "appos") and child.i > head.i and is_one_name(head, child):
            keep |= set(range(head.i, child.right_edge.i + 1))
    keep |= _name_around(head)
    within = head.doc[min(keep) : max(keep) + 1]
    words = [t for t in within if (t.i in keep or _joins(t)) and (not t.is_quote or t.tag_ == "POS")]
    text = "".join(t.text_with_ws for t in words).strip(" ,–—'’\"“”«»„「」『』")
    first = text.split(" ", 1)[0]
    if first.istitle() and first.lower() in OPENERS and text[len(first) + 1 : len(first) + 2].isupper():
        text = text[len(first) + 1 :]
    text = re.sub(r"\s+of(?:\s+the\s+\w+\s+of)?$", "", re.sub(r"\s+", " ", text))  # "... of the State of"
    if min(keep) and head.doc[min(keep) - 1].lower_ in ("of", "on", "since"):
        text = _DATE_BEFORE.sub("", text)  # "in its statement of September 11 the ministry said"
    return re.sub(rf"^{_CLOCK}(?:(?:the|a|an)\s+)?", "", text, flags=re.IGNORECASE) or head.text


# The time of an entry of a live report: "14.32 GMT".
_CLOCK = r"(?:\d{1,2}[:.]\d\d\s+)?(?:(?:GMT|UTC|BST|CES?T|EES?T|E[SD]T|MSK)\s+)?"


_DATE_BEFORE = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}(?:,\s+\d{4})?\s+"
)


def _name_around(head: Token) -> set[int]:
    """The words of the name of a body that a head stands in, as "Doctors Without Borders"."""
    if head.ent_type_ != "ORG":
        return set()
    doc, start, end = head.doc, head.i, head.i + 1
    while start and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return {t.i for t in doc[start:end] if t.is_alpha}


def _joins(mark: Token) -> bool:
    """Whether a mark stands between two words without a space, as in "Blue/White"."""
    return mark.is_punct and bool(mark.i) and not mark.whitespace_ and not mark.nbor(-1).whitespace_


# What says where an outlet sits or whose it is, and platforms that anybody may use.
_BEHIND_NAME = re.compile(r"\s+(?:in|of|at|from|linked|close|based|run)\b")
_PLATFORM = re.compile(
    r"(?:Telegram|YouTube|Twitter|X|Facebook|WhatsApp|TikTok|Instagram)\s+(?:channel|account|page|group|post)s?\b"
)
# Words before a name that begin its sentence and are no part of it.
OPENERS = frozenset(
    [
        "first",
        "then",
        "meanwhile",
        "whereupon",
        "later",
        "today",
        "yesterday",
        "now",
        "so",
        "but",
        "and",
        "yet",
        "still",
        "only",
    ]
)


# Capitalised words in a row, with the small words of the languages that outlets are named in.
_CAPITALISED = rf"[{CAPITALS}][\w'’.&-]*"
_PROPER_NAME = re.compile(
    rf"{_CAPITALISED}(?:\s+(?:(?:of|the|and|da|das|de|del|della|der|des|di|do|dos|du|la|las|le|les)\s+){{0,2}}{_CAPITALISED})*"
)


def outlet_name(core: str, proper: set[str]) -> str:
    """The proper name within "the Kenyan news agency Wire": "Wire"; the whole where there is none. `proper` are the proper nouns.

    >>> outlet_name("Kenyan news agency Wire", {"Wire"}), outlet_name("Local media", set())
    ('Wire', 'Local media')
    >>> outlet_name("the Porto daily Jornal do Norte", {"Porto", "Jornal", "Norte"})
    'Jornal do Norte'
    """
    rest = _BEHIND_NAME.split(core)[0]
    if _PLATFORM.match(rest):
        return rest  # "Telegram channel": the platform is not who speaks
    for mention in reversed(list(countries_in(core))):
        if mention.how == "people" and re.match(r"\s+[a-z]", core[mention.span.end :]):
            rest = rest[: mention.span.start] + rest[mention.span.end :]
    names = _PROPER_NAME.findall(rest)
    return str(names[-1]) if names and names[-1].split()[-1] in proper and re.search(r"\b[a-z]", rest) else core


def role_in(doc: Doc, tokens: list[Token], start: int, end: int) -> tuple[str | None, str | None]:
    """Role and affiliation as written before or after a name: "White House spokesman X", "X, the head of Y", "X of Y"; of "Colonel X, the army's spokesman"
    the rank and the army."""
    before = doc[tokens[0].i : start].text.strip(" ,")
    after = doc[end : tokens[-1].i + 1].text.strip(" ,")
    title, speaks_for = _role(before, is_before=True)
    of_body = re.match(r"(?:of|from|at|with)\s+(?:the\s+)?([^,;]{2,60})", after)
    if speaks_for is None:
        speaks = _SPEAKS_FOR.match(after)
        other, body = _role(after[of_body.end() :] if of_body else _without_who(after), is_before=False)
        body = speaks[1].strip() if speaks else body
        if title is not None and not (other and _SPOKESPERSON.search(other)):
            body = None  # "the colonel, father of the mayor" speaks for nobody
        title, speaks_for = title or other, of_body[1].strip() if of_body else body
    return title, None if speaks_for is not None and _IS_ADJECTIVE.fullmatch(speaks_for) else speaks_for


# What stands before a role and is nobody who is spoken for: "an independent analyst", "the regional governor".
_IS_ADJECTIVE = re.compile(
    r"(?:(?:independent|regional|local|presidential|parliamentary|federal|national|provincial|veteran|prominent|leading|top|former|retired|resident|senior|freelance"
    r"|political|military|economic|legal|well-known|human|rights)\s*)+",
    re.IGNORECASE,
)


def calling_in(doc: Doc, tokens: list[Token], start: int, end: int) -> tuple[str | None, str | None]:
    """What somebody does, where no role is told, and for whom, as written before or behind a name: "Lake Agency hydrologist X", "X, a researcher at Y"."""
    before = doc[tokens[0].i : start].text.strip(" ,")
    after = doc[end : tokens[-1].i + 1].text.strip(" ,")
    calling, body = _calling_before(before, begins=bool(tokens[0].is_sent_start))
    return (calling, body) if calling is not None else _calling_behind(_without_who(after))


def _calling_before(words: str, *, begins: bool) -> tuple[str | None, str | None]:
    """What the words before a name say that its bearer does, and for whom: "Lake Agency hydrologist". A single capitalised word that begins a sentence is taken
    for a part of what it is: "Rights activist".

    >>> _calling_before("Lake Agency hydrologist", begins=True), _calling_before("Rights activist", begins=True), _calling_before("the brave", begins=False)
    (('hydrologist', 'Lake Agency'), ('Rights activist', None), (None, None))
    """
    match = re.fullmatch(r"(?:(?:the|a|an|its|his|her|their)\s+)?(.*?)\s*([\w-]+)", words, re.IGNORECASE)
    if match is None or not is_calling(match[2]):
        return None, None
    ahead = match[1].split()
    lower = list(itertools.takewhile(str.islower, reversed(ahead)))[::-1]
    body = ahead[: len(ahead) - len(lower)]
    if len(body) == 1 and begins:
        lower, body = [*body, *lower], []
    name = re.sub(r"['’]s$", "", " ".join(body)).strip(" ,")
    return " ".join([*lower, match[2]]), name if name[:1].isupper() and not _IS_ADJECTIVE.fullmatch(name) else None


_CALLED = re.compile(
    r"(?:[Aa]n?|[Tt]he)\s+(\w[\w' -]*?)(?=$|[,;]|\s(?:at|for|with|from|in|of|on|who|whose|that|which|and)\s)"
)
_AT_A_BODY = re.compile(r"\s(?:at|for|with)\s+(?:the\s+)?([A-Z][^,;]{1,78}?)(?=$|[,;]|\s(?:who|whose|that|which|in)\s)")


def _calling_behind(words: str) -> tuple[str | None, str | None]:
    """What the words behind a name say that its bearer does, and for whom.

    >>> _calling_behind("a senior researcher at the Lake Institute"), _calling_behind("a man of few words")
    (('senior researcher', 'Lake Institute'), (None, None))
    """
    match = _CALLED.match(words)
    if match is None or not is_calling(match[1].split()[-1]):
        return None, None
    body = _AT_A_BODY.match(words, match.end())
    return match[1], body[1] if body else None


_SPOKESPERSON = re.compile(r"\bspokes(?:man|woman|person)$", re.IGNORECASE)
_SPEAKS_FOR = re.compile(r"who\s+(?:speaks|spoke)\s+for\s+(?:the\s+)?([^,;]{2,60})", re.IGNORECASE)
_WHO_IS = re.compile(
    r"who\s+(?:is|was|serves\s+as|served\s+as)\s+(?=(?:the|an?|his|her|its|their)\b|[A-Z]\w*['’]s\b)", re.IGNORECASE
)


def _without_who(after: str) -> str:
    """The words behind a name, of "who is the mayor" only what its bearer is, and of a clause that tells what its bearer does nothing.

    >>> _without_who("who is the mayor of Busia"), _without_who("who met the minister"), _without_who("a nurse")
    ('the mayor of Busia', '', 'a nurse')
    """
    if is_said := _WHO_IS.match(after):
        return after[is_said.end() :]
    return "" if re.match(r"who(?:se|m)?\b", after, re.IGNORECASE) else after


def _role(words: str, *, is_before: bool) -> tuple[str | None, str | None]:
    """The role in the words before a name, or after it, and for whom its bearer speaks by the words around it."""
    # Who has something by "'s" is not who is described: "the president's lawyer".
    roles = [role for role in ROLE.finditer(words) if not re.match(r"['’]s?\b", words[role.end() :])]
    if not roles:
        return None, None
    start, end = _whole_title(words, roles[-1] if is_before else _last_of_first(words, roles))
    behind = re.match(r"\s+(?:of|for|to|at|in)\s+(?:the\s+)?([^,;]{2,80})", words[end:])
    # "a man who describes himself as the group's spokesman"
    ahead = re.sub(r"^.*\b(?:him|her)self\s+as\s+", "", words[:start].strip(" ,-–—"))
    ahead = re.sub(r"^(?:the|a|an|its|his|her|their|whose|one)\b\s*|['’]s$", "", ahead, flags=re.IGNORECASE)
    # "the ministry's director of communications"
    is_owned = ahead != "" and re.search(r"['’]s$", words[:start].strip()) is not None
    speaks_for = (behind[1].strip() if behind and not is_owned else re.sub(r"['’]s$", "", ahead).strip(" ,")) or None
    title = words[start:end]
    if is_before and speaks_for is not None and (office := _OFFICE_FOR.match(speaks_for)):
        return office[1], office[2].strip()  # "a spokesman for the army, Colonel"
    if speaks_for is not None and (rank := _RANK.match(speaks_for)):  # "deputy Pentagon press secretary"
        title, speaks_for = f"{rank[1]} {title}", speaks_for[rank.end() :]
    return title, speaks_for


_OFFICE_FOR = re.compile(rf"((?:[\w-]+\s+)?{ROLE.pattern})\s+(?:of|for)\s+(?:the\s+)?(.{{2,80}})", re.IGNORECASE)
# What belongs to a title before and behind the noun that carries it: "Deputy Foreign Minister", "Rear Admiral", "Secretary of State".
_TITLE_BEFORE = re.compile(
    r"(?:\b(?:prime|deputy|vice|under|assistant|acting|former|first|foreign|defen[cs]e|interior|home|finance|health|energy|justice"
    r"|education|environment|agriculture|transport|information|economy|trade|culture|labou?r|rear"
    r"|lieutenant|lt|major|maj|brigadier|brig|field|chief|senior|press|permanent|executive|managing|special)\b\.?(?:\s+|-))+$",
    re.IGNORECASE,
)
# "Secretary General" is one office, "press secretary General Ali" is not.
_GENERAL_OF = re.compile(
    r"(?:\b(?:deputy|assistant)\s+)?\b(?:secretary|attorney|prosecutor|director|consul)(?:\s+|-)$", re.IGNORECASE
)
# "General secretary" is one office too.
_HAS_A_GENERAL = re.compile(r"secretary|manager|director", re.IGNORECASE)
_TITLE_BEHIND = re.compile(
    r"\s+of\s+(?:the\s+)?(?:state|staff|general\s+staff|foreign\s+affairs|defen[cs]e|interior|health|finance|justice)\b",
    re.IGNORECASE,
)


_RANK = re.compile(r"(deputy|assistant|acting|former|first|senior|chief)\s+", re.IGNORECASE)


def _last_of_first(words: str, roles: list[re.Match[str]]) -> re.Match[str]:
    """The last noun of the first title: "governor" of "deputy governor of the lake province"."""
    last = roles[0]
    for role in roles[1:]:
        if words[last.end() : role.start()].strip():
            break
        last = role
    return last


def _whole_title(words: str, role: re.Match[str]) -> tuple[int, int]:
    """Where a title begins and ends of which one noun was found; of an office and a rank before one name the office.

    >>> [words[slice(*_whole_title(words, list(ROLE.finditer(words))[-1]))] for words in ("Kenyan Deputy Foreign Minister", "U.S. Secretary of State")]
    ['Deputy Foreign Minister', 'Secretary of State']
    """
    start, end = role.span()
    if _HAS_A_GENERAL.fullmatch(role[0]) and (general := re.search(r"\bgeneral\s+$", words[:start], re.IGNORECASE)):
        start = general.start()
    if behind := _TITLE_BEHIND.match(words, end):
        end = behind.end()
    generals = _GENERAL_OF.search(words[:start]) if role[0].lower() == "general" else None
    is_office = generals is not None and not re.match(r"press\b", words[: generals.start()].strip()[-5:])
    if before := (generals if is_office else None) or _TITLE_BEFORE.search(words[:start]):
        start = before.start()
    office = next((m for m in ROLE.finditer(words[:start]) if not words[m.end() : start].strip(" ,")), None)
    return _whole_title(words[:start], office) if office is not None else (start, end)


def affiliation_of(head: Token) -> str | None:
    """ "a spokesman for the ministry": the ministry; what only goes on with the name of a body ("the Institute for Rivers") is none."""
    is_a_body = KIND_OF_HEAD.get(head.lemma_.lower()) is SourceKind.ORGANISATION
    for child in head.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            return re.sub(r"['’]s?$", "", child.doc[child.left_edge.i : child.right_edge.i + 1].text).strip()
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "from", "at"):
            held = next((c for c in child.children if c.dep_ == "pobj"), None)
            of_the_name = (
                is_a_body
                and held is not None
                and {head.pos_, held.pos_} == {"PROPN"}
                and held.ent_type_ not in ("GPE", "NORP")
            )
            if held is not None and not of_the_name:
                return held.doc[held.left_edge.i : min(held.right_edge.i, held.i + 6) + 1].text
    return None
