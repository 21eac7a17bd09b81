"""What users feed it, and what it says to what it cannot take."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.inputs import arrivals
from onrecord.intake.received import Arrival, Taken
from onrecord.intake.text import tidied
from onrecord.records import Document, Failure, Genre

ARTICLE = """<html><head><title>Bridge hit</title>
<meta property="article:published_time" content="2021-03-10T08:00:00Z"><meta property="og:site_name" content="The Wire">
<script type="application/ld+json">{"datePublished": "2021-03-10T08:00:00Z"}</script></head>
<body><article><h1>Bridge hit</h1><p>The mayor said on Tuesday that the bridge over the river was hit by a drone at night.</p>
<p>At least 12 people were wounded, according to the hospital, and the road to the port was closed for the day.</p>
<time datetime="2021-03-10">10 March</time></article></body></html>"""


def taken(*names: Path | str) -> list[Arrival]:
    return list(arrivals([str(name) for name in names]))


def document(arrival: Arrival) -> Document:
    assert isinstance(arrival, Taken), str(arrival)
    return arrival.document


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_file_is_a_document(tmp_path: Path) -> None:
    (one,) = taken(write(tmp_path / "a.txt", "The mayor said the bridge was hit."))

    assert document(one).text == "The mayor said the bridge was hit."
    assert document(one).published is None


def test_a_page_gives_its_text_title_outlet_and_every_date_with_its_origin(tmp_path: Path) -> None:
    (one,) = taken(write(tmp_path / "a.html", ARTICLE))
    found = document(one)

    assert "hit by a drone" in found.text
    assert (found.title, found.outlet) == ("Bridge hit", "The Wire")
    assert found.published is not None
    assert found.published.date().isoformat() == "2021-03-10"
    assert {"JSON-LD datePublished", "meta article:published_time", "time tag"} <= {
        c.origin for c in found.date_candidates
    }


def test_json_lines_keep_the_given_id_and_fields(tmp_path: Path) -> None:
    row = {
        "id": "K1",
        "url": "https://example.org/a",
        "outlet": "Wire",
        "published": "2021-03-10",
        "title": "T",
        "text": "Rain fell.",
    }
    (one,) = taken(write(tmp_path / "a.jsonl", json.dumps(row)))
    found = document(one)

    assert (found.label, found.url, found.outlet, found.title, found.name) == ("K1", row["url"], "Wire", "T", "K1")


def test_csv_rows_are_documents(tmp_path: Path) -> None:
    found = taken(write(tmp_path / "a.csv", 'id,published,text\n1,2021-03-10,"Rain fell, and\nsnow."\n2,,More rain.\n'))

    assert [document(a).text for a in found] == ["Rain fell, and\nsnow.", "More rain."]


def test_folders_globs_and_standard_input_are_inputs(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Rain fell.")
    write(tmp_path / "b.txt", "Snow fell.")
    write(tmp_path / "c.bin", b"\x00\x01")

    assert len(taken(tmp_path)) == 2
    assert len(taken(f"{tmp_path}/*.txt")) == 2
    (piped,) = arrivals(["-"], stdin=io.BytesIO(b"Hail fell."))
    assert document(piped).text == "Hail fell."


def test_an_opinion_piece_is_known_by_its_title_or_its_first_person(tmp_path: Path) -> None:
    (one,) = taken(write(tmp_path / "a.txt", "I wrote of this before. I think that the war will go on."))
    (other,) = taken(write(tmp_path / "b.txt", "“I saw it, I swear,” the farmer said. The war will go on."))

    assert document(one).genre is Genre.OPINION
    assert document(other).genre is Genre.REPORT


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.html", b"  \n ", "empty"),
        ("picture.html", b"\x89PNG\r\n" + bytes(range(256)) * 20, "picture"),
        ("binary.html", bytes(range(256)) * 50, "text"),
        ("paper.txt", b"%PDF-1.4 ...", "PDF"),
        ("large.html", b"<html>" + b"<p>word</p>" * 2_000_000, "MB"),
        ("attributes.html", b"<html><body><p " + b"a='b' " * 200_000 + b">x</p></body></html>", "attributes"),
        (
            "plain_attributes.html",
            b"<html><p " + b"".join(b"a%d " % n for n in range(50_000)) + b">x</p>",
            "attributes",
        ),
        ("hidden_attributes.html", b'<html><p x=">" ' + b"a=1 " * 50_000 + b">x</p>", "attributes"),
        ("dots.txt", b"... --- !!!", "no words"),
        ("broken.jsonl", b'{"id": 1, "text": ', "line 1"),
        ("missing.jsonl", b'{"id": 1, "body": "x"}', '"text" is missing'),
        ("list.jsonl", b"[1, 2]", "no object"),
        ("latin.jsonl", b'{"text": "caf\xe9"}', "UTF-8"),
        ("number_id.jsonl", b'{"id": [1], "text": "Rain fell."}', '"id"'),
        ("unclosed.csv", b'id,text\na,"Rain fell.\nb,Snow fell.\n', "nor what follows"),
        ("no_header.csv", b"a,b\n1,2\n", 'no column "text"'),
    ],
)
def test_what_cannot_be_taken_names_the_file_the_fault_and_the_remedy(
    tmp_path: Path, name: str, content: bytes, fault: str
) -> None:
    (one,) = taken(write(tmp_path / name, content))

    assert isinstance(one, Failure)
    assert name in one.name
    assert fault in str(one)
    assert one.remedy
    assert "\n" not in str(one)


def test_a_missing_file_and_a_foreign_scheme_are_failures() -> None:
    assert all(isinstance(a, Failure) for a in taken("no/such/file.txt", "ftp://example.org/a", "file:///etc/passwd"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("quotes.txt", "The mayor said it. " + "“" * 60_000),
        ("apostrophes.txt", "The mayor said it. " + "'" * 60_000 + " a"),
        ("unclosed.html", "<html><body>" + "<script type=application/ld+json>" * 20_000),
        ("scripts.html", "<html><body>" + "<script " * 50_000),
        ("meta.html", "<html><body><meta " + "a" * 200_000 + "><p>The mayor said that the bridge was shut.</p>"),
    ],
)
def test_no_small_file_takes_long(tmp_path: Path, name: str, content: str) -> None:
    started = time.process_time()
    taken(write(tmp_path / name, content))

    assert time.process_time() - started < 10  # each of these once took over 30 seconds


def test_lone_surrogates_and_impossible_numbers_in_fields_lose_nothing(tmp_path: Path) -> None:
    lines = '{"title": "\\ud800x", "text": "Rain fell."}\n{"published": "1 Jan 99999999999999999999 00:00", "text": "Snow fell."}\n'
    found = taken(write(tmp_path / "a.jsonl", lines))

    assert [document(a).text for a in found] == ["Rain fell.", "Snow fell."]
    assert document(found[0]).title == "x"


def test_names_that_are_no_paths_are_failures() -> None:
    for name in ("", "a" * 300, "nul\0byte", "no\udcffsuch.txt"):
        (one,) = taken(name)
        assert isinstance(one, Failure)
        str(one).encode("utf-8")


def test_one_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    lines = b'{"text": "Rain fell."}\nnonsense\n{"text": "Snow fell."}\n'
    found = taken(write(tmp_path / "a.jsonl", lines))

    assert [type(a).__name__ for a in found] == ["Taken", "Failure", "Taken"]
    assert "line 2" in str(found[1])


@pytest.mark.parametrize("date", ["9999-99-99", "tomorrow", "2999-01-01"])
def test_an_impossible_date_is_noted_and_the_document_kept_without_it(tmp_path: Path, date: str) -> None:
    (one,) = taken(write(tmp_path / "a.jsonl", json.dumps({"text": "Rain fell.", "published": date})))

    assert isinstance(one, Taken)
    assert one.document.published is None
    assert date in str(one.notes[0])


def test_another_encoding_is_read_and_noted(tmp_path: Path) -> None:
    text = "Der Bürgermeister sagte, die Brücke über den Fluß sei gesperrt. " * 5
    (one,) = taken(write(tmp_path / "a.txt", text.encode("cp1252")))

    assert isinstance(one, Taken)
    assert "Brücke" in one.document.text
    assert any("not UTF-8" in str(note) for note in one.notes)


def test_another_language_is_kept_and_marked(tmp_path: Path) -> None:
    (one,) = taken(
        write(tmp_path / "a.txt", "Der Minister sagte, dass die Brücke über den Fluss gesperrt sei und bleibe.")
    )

    assert isinstance(one, Taken)
    assert one.document.language == "und"
    assert any("English" in str(note) for note in one.notes)


def test_deep_nesting_falls_back_to_the_bare_text(tmp_path: Path) -> None:
    page = (
        "<html><body>" + "<div>" * 6000 + "The mayor said the bridge over the river was hit at night." + "</div>" * 6000
    )
    (one,) = taken(write(tmp_path / "a.html", page))

    assert isinstance(one, Taken)
    assert "bridge over the river" in one.document.text


def test_the_snapshot_is_the_bytes_as_received(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfRain fell.\r\n"
    (one,) = taken(write(tmp_path / "a.txt", content))

    assert isinstance(one, Taken)
    assert one.snapshot.content == content
    assert one.document.snapshot == one.snapshot.sha256


@given(st.binary(max_size=400))
def test_no_bytes_break_the_intake(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for ending in ("txt", "html", "jsonl", "csv"):
        for one in taken(write(folder / f"a.{ending}", content)):
            assert isinstance(one, Taken | Failure)


@given(st.text(max_size=200))
def test_tidying_is_done_once(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)
