"""What kind of source do words name? Lists of nouns and names, and the kind that the head of a phrase speaks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.records import SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# Heads of noun phrases by what they are: our own lists, after the source types of PolNeAR's guidelines.
_HEADS = {
    SourceKind.OUTLET: (
        "newspaper outlet channel broadcaster television tv radio magazine website site blog daily weekly tabloid "
        "media press times post journal herald tribune telegraph guardian gazette observer news wire"
    ),
    SourceKind.DOCUMENT: (
        "report statement document study survey poll letter memo paper analysis record article dispatch investigation filing "
        "lawsuit transcript video footage image images data figure figures assessment intelligence evidence communique release post finding research "
        "decree convention treaty agreement resolution manifesto map chart slide clip spot ad advertisement index census book column editorial "
        "memorandum notice bulletin indictment affidavit warrant verdict ruling judgment judgement logbook diary photograph photo picture recording tape "
        "caption petition inventory sheet note text entry"
    ),
    SourceKind.ORGANISATION: (
        "ministry government agency service department office army military police force party group organisation organization "
        "company committee council commission union court parliament congress senate administration presidency embassy "
        "directorate staff command navy intelligence union alliance bank institute center centre university foundation ngo "
        "militia rebels movement front side delegation mission campaign team hospital church association federation kremlin "
        "white-house pentagon state-department city town county state nation country authority authorities municipality academy firm "
        "corporation chamber cabinet regime opposition coalition bloc division bureau board customs secretariat observatory watchdog regulator junta league"
    ),
    SourceKind.UNNAMED: (
        "official officials source sources witness witnesses residents analyst analysts experts diplomats aides spokesman spokeswoman spokesperson "
        "representative adviser advisor lawmakers soldiers officer officers man woman people person critics observers activists leader leaders member members "
        "minister president commander general ambassador survivors many some others one voter voters judge prosecutor nominee migrant prisoner mother father "
        "daughter son wife husband neighbour neighbor relative"
    ),
}
# What people do for a living or are, beside the words above: our own list, along the groups of ISCO-08; without the commonest family names (baker, cook, miller, smith).
_OCCUPATIONS = (
    "academic accountant activist actor actress agronomist aide anthropologist archaeologist architect artist astronomer athlete attorney auctioneer author "
    "banker barber barrister bartender beekeeper bellboy biologist blacksmith blogger botanist boxer breeder bricklayer broker builder businessman "
    "businesswoman butcher campaigner candidate cardiologist caretaker carpenter cartoonist cashier chaplain chauffeur chemist choreographer cleaner cleric "
    "clerk climatologist columnist comedian composer conductor conservationist contractor correspondent councillor councilman councilwoman courier "
    "craftsman criminologist critic dealer demographer dentist dermatologist designer detainee developer diplomat dissident docker dockworker doctor "
    "doorman dressmaker driver ecologist economist electrician engineer entomologist entrepreneur envoy epidemiologist ethicist evacuee expert farmer "
    "fighter filmmaker firefighter fireman fisherman fishmonger forester geographer geologist geophysicist goldsmith grocer guide gynaecologist "
    "gynecologist hairdresser herder herdsman historian homeowner housewife hydrologist illustrator imam importer innkeeper instructor "
    "interpreter investigator investor janitor jeweller joiner journalist jurist laborer labourer landlady landlord lawmaker lawyer lecturer "
    "librarian linguist lobbyist locksmith logger machinist mathematician mechanic medic merchant meteorologist microbiologist midwife miner "
    "missionary motorist musician negotiator neurologist novelist nun nurse nutritionist observer obstetrician oceanographer oncologist optician "
    "paediatrician paramedic passenger pastor pathologist pediatrician pensioner pharmacist philosopher photographer physician physicist physiotherapist "
    "pilgrim pilot playwright plumber poet policeman policewoman politician pollster postman preacher priest programmer protester protestor "
    "psychiatrist psychologist publisher radiologist rancher ranger realtor receptionist refugee rescuer researcher resident restaurateur retailer retiree "
    "sailor scholar scientist sculptor seafarer seamstress seismologist sexton shepherd shipbuilder shopkeeper shopper singer sociologist "
    "soldier solicitor statistician steward stewardess stockbroker strategist student surgeon surveyor survivor teacher technician theologian toxicologist "
    "trader trainer translator trapper trucker tutor undertaker vendor veteran veterinarian villager virologist volcanologist volunteer waiter waitress "
    "warden watchman weaver welder whistleblower widow widower winemaker woodcutter worker yachtsman zoologist"
)
_HEADS[SourceKind.UNNAMED] += f" {_OCCUPATIONS}"
_CALLINGS = frozenset(_OCCUPATIONS.split())
KIND_OF_HEAD = {word: kind for kind, words in _HEADS.items() for word in words.split()}
# What ministries are for; every state has one of most.
_PORTFOLIOS = (
    "affairs agriculture aviation communication communications culture defence defense development economy education emergencies emergency energy environment "
    "finance fisheries health housing industry information infrastructure interior justice labor labour maritime migration mines mining oil petroleum planning "
    "resources science security situations sport sports tourism trade transport veterans water welfare works"
)
PORTFOLIOS = frozenset(_PORTFOLIOS.split())
# Verbs by which somebody says or thinks a thing (FrameNet: Statement, Communication_manner, Opinion).
SPEAKING = frozenset(
    [
        "say",
        "tell",
        "add",
        "state",
        "declare",
        "announce",
        "report",
        "write",
        "post",
        "tweet",
        "note",
        "remark",
        "observe",
        "mention",
        "explain",
        "inform",
        "assure",
        "testify",
        "recount",
        "relate",
        "recall",
        "claim",
        "allege",
        "assert",
        "affirm",
        "contend",
        "argue",
        "insist",
        "maintain",
        "stress",
        "emphasise",
        "emphasize",
        "reiterate",
        "repeat",
        "acknowledge",
        "admit",
        "concede",
        "confess",
        "confirm",
        "deny",
        "warn",
        "caution",
        "predict",
        "promise",
        "vow",
        "pledge",
        "swear",
        "reveal",
        "disclose",
        "confide",
        "suggest",
        "reckon",
        "believe",
        "think",
        "suspect",
        "guess",
        "fear",
        "hope",
        "complain",
        "lament",
        "sigh",
        "shout",
        "whisper",
        "murmur",
        "joke",
        "quip",
        "boast",
        "reply",
        "respond",
        "retort",
        "answer",
        "conclude",
        "continue",
        "opine",
        "muse",
    ]
)
# What stands before the name of a firm or an outlet, beside the nouns of KIND_OF_HEAD.
FIRMS = frozenset(["operator", "carrier", "airline", "maker", "shipper", "insurer", "brand", "giant", "startup"])
CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŔŘŚŞŠȘŢŤȚŪŮŰŲŹŻŽ"
_NEWS_AGENCY = re.compile(r"\bnews agency\b", re.IGNORECASE)
# "The Spanish daily Lucia", "the news site Reed".
_CALLED_AN_OUTLET = re.compile(
    r"\b(?:daily|weekly|newspaper|broadcaster|magazine|tabloid|news (?:web)?site|radio station|television channel)\s+"
    rf"[{CAPITALS}]"
)
ROLE = re.compile(
    r"\b(?:\w+-)?(?:president|minister|(?:under)?secretary|chief|head|leader|director|spokes(?:man|woman|person)|general|commander|governor|mayor|ambassador|"
    r"envoy|representative|senator|lawmaker|deputy|chairman|chairwoman|chair|king(?!['’]s)|queen(?!['’]s)|prince|premier|chancellor|adviser|advisor|"
    r"official|officer|colonel|major|admiral|captain|analyst|professor|director-general|founder|prosecutor|editor|coordinator|rep|gen|col|sen|gov|"
    r"(?:high )?commissioner|inspector|superintendent|sergeant|lieutenant|brigadier|marshal|judge|magistrate|mediator|negotiator|attach[eé]|consul|bishop|archbishop)\b\.?",
    re.IGNORECASE,
)
OUTLET_NAME = re.compile(
    r"\b(?:News|Studio|Times|Post|Journal|Herald|Tribune|Telegraph|Guardian|Gazette|Press|Radio|TV|Television|Broadcasting|Media|Daily|Weekly|Independent|"
    r"Agency\s+News|News\s+Agency|news\s+agency|Magazine|Review|Observer|Chronicle|Reporter|Channel|Gazeta|Pravda|Novosti|Zeitung|Diario|Diário|Courrier|Corriere)\b"
    r"|(?<!Medical )(?<!Emergency )\b(?:Courier|Ledger|Dispatch|Examiner|Sentinel|Bulletin|Online)$"
)


def is_calling(word: str) -> bool:
    """Whether a noun says what somebody does or stands for: "hydrologist", "farmer", "activist"; not what anybody is ("man", "member"), nor a role of ROLE."""
    return word.lower() in _CALLINGS


def is_office(head: Token) -> bool:
    """Whether a capitalised word is no name but says what somebody is, as in "the Prime Minister" or "the Colonel"."""
    titled = head.pos_ == "PROPN" and bool(ROLE.fullmatch(head.lemma_.lower()))
    beside = [c for c in head.children if c.dep_ in ("compound", "nmod", "appos", "amod") and c.pos_ == "PROPN"]
    return titled and all(_OFFICE.fullmatch(c.lower_) for c in beside)


_OFFICE = re.compile(r"prime|deputy|vice|foreign|defen[cs]e|interior|general|chief|lieutenant|rear|press|first|acting")


# Acronyms for what people are or have, and no body.
_NO_BODY = frozenset(["CEO", "CFO", "COO", "DNA", "GPS", "MEP", "POW", "POWS", "SMS", "VIP"])


def is_acronym(word: Token) -> bool:
    """Whether a noun is in capitals in a sentence that is not, and no common word: "UNISFA", which the parser may take for a common noun."""
    text, lemma = word.text, word.lower_.removesuffix("s")
    if not (word.is_upper and word.is_alpha and 3 <= len(text) <= 10) or text in _NO_BODY:
        return False
    is_common = word.lower_ in KIND_OF_HEAD or lemma in KIND_OF_HEAD or bool(ROLE.fullmatch(lemma)) or lemma in _CALLED
    return not is_common and word.pos_ in ("NOUN", "PROPN") and any(t.is_lower for t in word.sent)


# What people are called besides the words of ROLE.
_CALLED = frozenset(
    ["soldier", "fighter", "rebel", "people", "man", "men", "woman", "women", "child", "nobody", "never", "war"]
)


def _is_an_outlet_behind(head: Token) -> bool:
    """Whether what stands behind a name says that it is an outlet: "Reed, the official Kenyan news agency"."""
    beside = (c for c in head.children if c.dep_ == "appos" and c.i > head.i)
    return any(
        c.lemma_.lower() in _OUTLETS or (c.lemma_.lower() == "agency" and any(t.lower_ == "news" for t in c.lefts))
        for c in beside
    )


_OUTLETS = frozenset(["newspaper", "daily", "weekly", "tabloid", "broadcaster", "magazine", "outlet", "website"])


def kind_of(head: Token, core: str) -> SourceKind:
    """The kind of source that a phrase without its modifiers, `core`, names."""
    lemma, word = head.lemma_.lower(), head.lower_
    is_outlet = head.pos_ == "PROPN" and (OUTLET_NAME.search(core) or _CALLED_AN_OUTLET.search(core))
    if is_outlet or _NEWS_AGENCY.search(core):
        return SourceKind.OUTLET
    named = (head.pos_ == "PROPN" and not is_office(head)) or is_acronym(head)
    if (
        head.tag_ == "NNPS"
        and not head.is_upper
        and head.ent_type_ in ("NORP", "")
        and len(core.split()) <= 2
        and lemma not in KIND_OF_HEAD
    ):
        return SourceKind.UNNAMED
    if lemma in FIRMS and core[:1].isupper() and word not in core.lower():
        return SourceKind.ORGANISATION  # "its operator Elna"
    found = KIND_OF_HEAD.get(word) or KIND_OF_HEAD.get(lemma)
    if found is SourceKind.DOCUMENT and (lemma == "intelligence" or named):
        return SourceKind.ORGANISATION
    if found is not None and not (named and found is SourceKind.UNNAMED):
        return found
    if named or head.ent_type_ in ("ORG", "GPE", "NORP"):
        return SourceKind.OUTLET if _is_an_outlet_behind(head) else SourceKind.ORGANISATION
    return SourceKind.UNNAMED
