"""The brief: every sentence has its note, the notes cut from documents, and hostile words stay words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord import OpenLedger
from onrecord.answers.brief import Brief, brief
from onrecord.answers.brief_text import markdown
from onrecord.ledger.store import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[OpenLedger]:
    with onrecord.open_ledger(tmp_path / "ledger.db") as opened:
        yield opened


def add(
    ledger: OpenLedger, label: str, text: str, published: str, outlet: str = "Wire", url: str | None = None
) -> None:
    ledger.add_document(onrecord.document(text, label=label, published=published, outlet=outlet, url=url))


def filled(ledger: OpenLedger) -> None:
    add(ledger, "a", "The Kenyan army said that 12 civilians were killed when Garissa was shelled.", "2021-03-03")
    add(ledger, "b", "Somalia's foreign ministry said that Garissa was shelled.", "2021-03-04", "Post")
    add(
        ledger,
        "c",
        "The Kenyan army said that 31 civilians were killed when Garissa was shelled.",
        "2021-03-09",
        "Post",
    )
    add(
        ledger,
        "d",
        "The mayor of Garissa said that the shelling was a disgrace and that the army will reach Garissa on March 20.",
        "2021-03-09",
    )


def test_every_line_has_a_note_and_every_note_is_used(tmp_path: Path, ledger: OpenLedger) -> None:
    filled(ledger)

    made = brief(Ledger(tmp_path / "ledger.db"), "Garissa")

    used = [n for s in made.sections for line in s.lines for n in line.notes] + [
        n for s in made.sections for x in s.series for _, n in x.rows
    ]
    assert all(line.notes for section in made.sections for line in section.lines)
    assert set(used) == set(range(1, len(made.notes) + 1))
    for note in made.notes:
        assert note.words in " ".join(ledger.document(note.document).text.split())


def test_markdown_has_claims_figures_and_footnotes(ledger: OpenLedger) -> None:
    filled(ledger)

    text = ledger.brief("Garissa")

    assert text.startswith("# Situation brief: Garissa\n")
    assert "## Put forward by more than one origin" in text
    assert "| 2021-03-09 | 31 |" in text
    assert "revises" in text
    marks, notes = set(re.findall(r"\[\^(\d+)\](?!:)", text)), set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert marks == notes != set()


def test_a_brief_does_not_look_ahead(ledger: OpenLedger) -> None:
    filled(ledger)

    text = ledger.brief("Garissa", as_of="2021-03-05")

    assert "as of 2021-03-05" in text
    assert "31" not in text


def test_a_brief_on_nothing_says_so(ledger: OpenLedger) -> None:
    filled(ledger)

    assert "Nothing in the ledger has these words." in ledger.brief("Reykjavik")


def test_hostile_words_stay_words_in_both_forms(ledger: OpenLedger) -> None:
    hostile = (
        'The army said that <script>alert("x")</script> shelled Garissa and [a](javascript:x) `b` *c* \u202ereversed.'
    )
    add(ledger, "<b>h</b>", hostile, "2021-03-03", outlet="<img src=x onerror=y>", url="javascript:alert(1)")

    page, text = ledger.brief("Garissa", as_html=True), ledger.brief("Garissa")

    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:alert" not in page
    assert 'href="javascript' not in page
    assert "[a](javascript" not in text
    assert not re.search(r"(?<!\\)<script", text)


def test_hostile_words_stay_words_in_print(ledger: OpenLedger) -> None:
    hostile = 'The army said that #panic("x") #image("/etc/passwd") $x^2$ @note-1 <note-1> ]{*a* shelled Garissa and 12 people died.'
    add(ledger, "#panic(1)", hostile, "2021-03-03", outlet='"]#panic(2)', url="https://example.org/#panic(3)")
    add(ledger, "b", hostile.replace("12", "15"), "2021-03-04", outlet="Post", url="file:///etc/passwd")

    made = ledger.brief_pdf("Garissa")

    assert made.startswith(b"%PDF-")
    assert b"file:///etc" not in made


def test_the_page_needs_no_other_file(ledger: OpenLedger) -> None:
    filled(ledger)

    page = ledger.brief("Garissa", as_html=True)

    assert "<svg" in page
    assert not re.search(r"<(?:script|link|img)|@import|url\(", page)


def test_an_empty_brief_of_words_is_made_of_markdown_only() -> None:
    made = Brief(words="", as_of=None, documents=0, outlets=0, first=None, last=None, sections=(), notes=())

    assert markdown(made) == "# Situation brief: the whole ledger\n\nNothing in the ledger has these words.\n"
