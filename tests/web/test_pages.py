"""The pages of the reading room, as a reader without JavaScript gets them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord import pipeline
from onrecord.answers.assertions import Asked, assertion_rows
from onrecord.api import document
from onrecord.ledger.store import Ledger
from onrecord.linking.sources import plain
from onrecord.records import Failure

from .rooms import HOSTILE, TEXTS, filled, room


def page(reader: TestClient, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def links(html: str) -> set[str]:
    return {unescape(found) for found in re.findall(r'(?:href|data|src)="([^"]*)"', html)}


def test_the_first_page_says_what_the_ledger_holds(reader: TestClient) -> None:
    html = page(reader, "/")

    assert "4 documents" in html
    assert "published 2021-03-10 to 2021-03-13" in html
    assert "0 origins are shared by two or more of the documents" in html


def test_every_link_of_every_page_leads_somewhere_and_stays_here(reader: TestClient) -> None:
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = reader.get(address, follow_redirects=False)
        assert answer.status_code == 200, (address, answer.text[:500])
        if answer.headers["content-type"].startswith("text/html"):
            found = {link.split("#")[0] for link in links(answer.text)}
            assert all(link.startswith("/") and not link.startswith("//") for link in found if link), found
            waiting += sorted(found - seen - {""})
    assert len(seen) > 60


def test_a_hostile_document_is_words_on_every_page(reader: TestClient) -> None:
    for address in ("/", "/search?words=Garissa", "/figures", "/timeline", "/review", f"/document?name={len(HOSTILE)}"):
        html = reader.get(address).text
        assert "<script>alert" not in html
        assert "onmouseover='alert" not in html.replace("&#39;", "")
        assert "49" not in re.sub(r"\d{3,}", "", html) or "{{7*7}}" in unescape(html)
        assert not any(link.lower().startswith("javascript") for link in links(html))


def test_a_document_marks_its_assertions_and_leads_to_the_sentence(reader: TestClient) -> None:
    html = page(reader, "/document?name=a&at=60")

    assert "at least 12 people had been killed" in re.sub(r"<[^>]+>", "", html)
    assert 'class="content act-denies' in html
    assert 'id="here"' in html


def test_a_document_is_compared_with_the_rest_when_asked(reader: TestClient) -> None:
    assert 'class="verdict' not in page(reader, "/document?name=b")
    assert 'class="verdict' in page(reader, "/document?name=b&compare=true")


def test_a_claim_shows_who_stands_for_it_and_how_it_came(reader: TestClient) -> None:
    found = reader.get("/search.json", params={"words": "bridge Tana collapsed"}).json()["assertions"]
    html = page(reader, f"/claim?id={found[0]['id']}")

    assert "independent origin" in html
    assert "How it comes to the reader" in html


def test_a_source_has_a_grade_with_its_reason(reader: TestClient) -> None:
    html = page(reader, "/source?name=Amina Duale")

    assert "reliability F" in html
    assert "no basis" in html


def test_a_figure_leads_to_its_sentence_and_the_chart_has_links_too(reader: TestClient) -> None:
    rows = reader.get("/figures.json", params={"words": "killed"}).json()["figures"]
    at = {f"/document?name={row['document_id']}&at={row['start']}#here" for row in rows}
    assert at <= links(page(reader, "/figures?words=killed"))

    svg = reader.get("/figures.svg", params={"words": "killed"})
    assert svg.headers["content-type"] == "image/svg+xml"
    assert all(f'xlink:href="{link}"' in unescape(svg.text) for link in at)
    assert 'target="_top"' in svg.text


def test_what_was_not_known_then_is_not_shown(reader: TestClient) -> None:
    then = reader.get("/figures.json", params={"words": "killed", "as_of": "2021-03-10"}).json()["figures"]

    assert {row["document"] for row in then} == {"a"}


def test_the_same_list_comes_as_csv_and_lines_and_geojson(reader: TestClient) -> None:
    rows = reader.get("/search.json", params={"words": "Garissa"}).json()["assertions"]
    in_csv = list(csv.DictReader(io.StringIO(reader.get("/search.csv", params={"words": "Garissa"}).text)))
    in_lines = reader.get("/search.jsonl", params={"words": "Garissa"}).text.splitlines()

    assert [row["id"] for row in in_csv] == [row["id"] for row in rows] == [json.loads(line)["id"] for line in in_lines]
    places = reader.get("/timeline.geojson", params={"words": "Garissa"}).json()["features"]
    assert {feature["properties"]["place"] for feature in places} >= {"Garissa"}


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("/home.csv", "id,name,title"),
        ("/failures.csv", "name,fault,remedy"),
        ("/document.csv?name=a", "id,document,"),
        ("/source.csv?name=Amina+Duale", "id,document,"),
        ("/review.csv", "id,kind,by"),
    ],
)
def test_every_list_comes_as_a_table(reader: TestClient, path: str, head: str) -> None:
    table, lines = reader.get(path).text, reader.get(path.replace(".csv", ".jsonl")).text

    assert table.startswith(head)
    assert len(list(csv.reader(io.StringIO(table)))) - 1 == len(lines.splitlines())


def test_a_claim_and_the_places_of_a_document_come_as_lists(reader: TestClient) -> None:
    row = reader.get("/search.json?words=Garissa").json()["assertions"][0]
    table = list(csv.DictReader(io.StringIO(reader.get(f"/claim.csv?id={row['id']}").text)))
    places = reader.get(f"/document.geojson?name={row['document_id']}").json()["features"]

    assert row["id"] in {one["id"] for one in table}
    assert "Garissa" in {one["properties"]["place"] for one in places}


def test_a_check_comes_as_a_table_and_its_form_keeps_the_text(tmp_path: Path) -> None:
    with room(filled(tmp_path / "ledger.db")) as reader:
        html = reader.post(
            "/check", data={"text": "\nTwelve <b>people</b> were killed, the mayor of Garissa said."}
        ).text
        key = re.search(r"/check\.csv\?text=([\w-]+)", html)
        assert key
        rows = list(csv.DictReader(io.StringIO(reader.get(f"/check.csv?text={key[1]}").text)))

    assert re.search(r"<textarea[^>]*>\n\n?Twelve &lt;b&gt;people", html)
    assert [row["verdict"] for row in rows]


def test_what_was_not_taken_in_is_listed_with_what_to_do(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{", "utf-8")
    with Ledger(path) as ledger:
        failed = [one for one in pipeline.add(ledger, [str(bad)]) if isinstance(one, Failure)]
    with room(path) as reader:
        home, listed = page(reader, "/"), unescape(page(reader, "/failures"))

    assert len(failed) == 1
    assert 'href="/failures"' in home
    assert failed[0].fault in listed
    assert failed[0].remedy in listed


def test_the_head_of_a_page_can_be_asked_for_alone(reader: TestClient) -> None:
    assert reader.head("/search").headers["etag"] == reader.get("/search").headers["etag"]


def test_a_page_that_takes_no_such_thing_says_so(reader: TestClient) -> None:
    answer = reader.delete("/search", headers={"Content-Length": "0"})

    assert answer.status_code == 405
    assert "/search does not take DELETE" in answer.text


def test_what_was_not_known_on_a_day_leads_to_what_is_known_now(reader: TestClient) -> None:
    early = reader.get("/source?name=Amina+Duale&as_of=2020-01-01")

    assert early.status_code == 404
    assert "no source is called 'Amina Duale' in what was known before 2020-01-02" in unescape(early.text)
    assert "/source?name=Amina+Duale" in links(early.text)


def test_an_undo_keeps_its_reason(tmp_path: Path) -> None:
    with room(filled(tmp_path / "ledger.db")) as reader:
        assert decide(reader, "accept") == 200
        made = reader.get("/review.json").json()["history"][0]["id"]
        reader.post("/review/undo", data={"decision": made, "why": "the wrong row"})
        history = reader.get("/review.json").json()["history"]

    assert (history[0]["kind"], history[0]["why"]) == ("undo", "the wrong row")


def test_nothing_is_sent_again_until_something_is_added(tmp_path: Path) -> None:
    with room(filled(tmp_path / "ledger.db")) as reader:
        tag = reader.get("/search?words=bridge").headers["etag"]
        assert reader.get("/search?words=bridge", headers={"If-None-Match": tag}).status_code == 304
        with Ledger(tmp_path / "ledger.db") as ledger:
            pipeline.add_document(ledger, document("The mayor said that the bridge was safe.", published="2021-03-14"))

        assert reader.get("/search?words=bridge", headers={"If-None-Match": tag}).status_code == 200


def test_a_pasted_text_is_checked_and_not_kept(tmp_path: Path) -> None:
    with room(filled(tmp_path / "ledger.db")) as reader:
        said = "Officials said that 17 people had been killed when the old bridge in Garissa collapsed."
        html = reader.post("/check", data={"text": said, "published": "2021-03-20"}).text

        assert 'class="verdict' in html
        assert "4 documents" in reader.get("/").text


def test_a_document_is_added_by_pasting_and_by_upload(tmp_path: Path) -> None:
    with room(filled(tmp_path / "ledger.db")) as reader:
        pasted = reader.post(
            "/add", data={"text": "The mayor said that rain fell in Garissa.", "published": "2021-03-14"}
        )
        assert "that rain fell in" in re.sub(r"<[^>]+>", "", pasted.text)
        line = json.dumps(
            {"id": "up", "published": "2021-03-15", "text": "The army said that the road was open."}
        ).encode()
        uploaded = reader.post("/add", files={"file": ("more.jsonl", line)})
        assert "that the road was open" in re.sub(r"<[^>]+>", "", uploaded.text)


def decide(reader: TestClient, kind: str, **more: str) -> int:
    item = reader.get("/review.json").json()["items"][0]
    other = item["other"]["id"] if item["other"] else ""
    form = {"about": item["assertion"]["id"], "other": other, "seen": item["seen"] or "", "kind": kind, **more}
    return reader.post("/review", data=form).status_code


def test_what_is_decided_leaves_the_queue_stands_in_the_history_and_can_be_undone(tmp_path: Path) -> None:
    with room(filled(tmp_path / "ledger.db")) as reader:
        before = reader.get("/review.json").json()["items"]
        kind = "split" if before[0]["other"] else "not a claim"
        assert decide(reader, kind, why="seen by hand") == 200

        after = reader.get("/review.json").json()
        assert before[0] not in after["items"]
        assert [(d["kind"], d["by"], d["why"]) for d in after["history"]] == [(kind, "Ann", "seen by hand")]

        reader.post("/review/undo", data={"decision": after["history"][0]["id"]})
        assert reader.get("/review.json").json()["items"][0]["assertion"]["id"] == before[0]["assertion"]["id"]


def test_the_second_of_two_reviewers_is_told_and_shown_both(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with room(path, name="Ann") as ann, room(path, name="Ben") as ben:
        item = ann.get("/review.json").json()["items"][0]
        other = item["other"]["id"] if item["other"] else ""
        form = {"about": item["assertion"]["id"], "other": other}
        hers, his = ("merge", "split") if other else ("accept", "not a claim")
        assert ann.post("/review", data={**form, "kind": hers, "why": "same bridge"}).status_code == 200

        late = ben.post("/review", data={**form, "kind": his, "why": "other bridge"})

        assert late.status_code == 409
        assert f"<strong>{hers}</strong> by <bdi>Ann</bdi>" in late.text
        assert "other bridge" in late.text
        again = dict(re.findall(r'name="(\w+)" maxlength="2000" value="([^"]*)"', late.text))
        again |= dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', late.text))
        assert ben.post("/review", data={**again, "kind": his}).status_code == 200
        (pair,) = ben.get("/review.json").json()["disagreements"]
        assert [(row["by"], row["kind"], row["why"]) for row in pair] == [
            ("Ann", hers, "same bridge"),
            ("Ben", his, "other bridge"),
        ]


def test_what_one_skips_comes_last_for_him_and_stays_first_for_others(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with room(path, name="Ann") as ann, room(path, name="Ben") as ben:
        first, *others = ann.get("/review.json").json()["items"]
        other = first["other"]["id"] if first["other"] else ""
        ann.post("/review", data={"about": first["assertion"]["id"], "other": other, "kind": "skip"})

        hers, his = (reader.get("/review.json").json()["items"] for reader in (ann, ben))

        assert [i["assertion"]["id"] for i in hers] == [i["assertion"]["id"] for i in (*others, first)]
        assert [i["skipped"] for i in hers] == [False] * len(others) + [True]
        assert his[0]["assertion"]["id"] == first["assertion"]["id"]


def test_the_history_goes_on_before_its_last_decision(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with room(path, name="Ann") as ann:
        item = ann.get("/review.json").json()["items"][0]
        form = {"about": item["assertion"]["id"], "other": item["other"]["id"] if item["other"] else "", "kind": "skip"}
        for number in range(52):
            ann.post("/review", data={**form, "why": f"{number}"})

        newest = ann.get("/review.json").json()
        older = ann.get("/review.json", params={"before": newest["earlier"]}).json()

        assert [row["why"] for row in newest["history"]] == [f"{number}" for number in range(51, 1, -1)]
        assert [row["why"] for row in older["history"]] == ["1", "0"]
        assert older["earlier"] is None


def test_what_is_new_is_counted_from_the_look_before_this_one(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with room(path, name="Ann") as ann:
        ann.get("/")
        (cookie,) = [kept for kept in ann.cookies.jar if kept.name.startswith("onrecord_looks")]
        cookie.value = "2021-03-09T00:00:00+00:00"

        assert 'since you looked last (<time datetime="2021-03-09T00:00+00:00"' in ann.get("/").text


def test_a_name_that_turns_the_writing_turns_no_other_words(tmp_path: Path) -> None:
    with room(filled(tmp_path / "ledger.db")) as reader:
        reader.post("/add", data={"text": "The ferry has been closed to trucks.", "outlet": HOSTILE})

        (row,) = reader.get("/search.json", params={"words": "ferry"}).json()["assertions"]

        assert row["source"] == f"{HOSTILE}\u202c (own word)"


def test_what_only_its_own_copy_holds_says_so(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with room(path) as reader:
        text = f"Roundup. {TEXTS[0][3]}"
        reader.post("/add", data={"text": text, "published": "2021-03-13", "outlet": "Copy Desk"})
        (copied,) = [
            r
            for r in reader.get("/search.json", params={"outlet": "Copy Desk"}).json()["assertions"]
            if "trucks" in r["content"]
        ]

        page = reader.get("/document.json", params={"name": copied["document_id"], "compare": "true"}).json()

        (reason,) = [v["reason"] for v in page["verdicts"] if "trucks" in v["text"]]
        assert reason == "nothing in the ledger puts it forward but a, which is the same text and no evidence for it"


def test_two_documents_of_one_label_have_pages_of_their_own(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        for text in ("The mayor said that rain had fallen.", "The mayor said that snow had fallen."):
            pipeline.add_document(ledger, document(text, label="same", published="2021-03-14"))
    with room(tmp_path / "ledger.db") as reader:
        found = {link for link in links(page(reader, "/search?words=mayor")) if link.startswith("/document")}
        assert len({link.split("&")[0] for link in found}) == 2
        assert all(reader.get(link).status_code == 200 for link in found)


def test_a_file_of_rows_is_whole_or_says_where_it_goes_on(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reader.get("/search.jsonl").text.splitlines()
    assert "link" not in reader.get("/search.jsonl").headers
    monkeypatch.setattr("onrecord.web.routes.MOST_WRITTEN", 3)
    monkeypatch.setattr("onrecord.web.pages.MOST_RANKED", 3)

    found, at = [], "/search.jsonl"
    while at:
        answer = reader.get(at)
        found += answer.text.splitlines()
        at = answer.headers.get("link", "").removeprefix("<").split(">")[0]

    assert found == whole
    assert len(whole) > 6


def test_a_file_without_rows_has_its_head(reader: TestClient) -> None:
    assert reader.get("/search.csv?words=nothingofthekind").text.startswith("id,document,document_id,outlet,")
    assert reader.get("/figures.csv?words=nothingofthekind").text.startswith("document,document_id,source,")


def test_what_is_said_of_a_file_counts_before_what_it_says_itself(tmp_path: Path) -> None:
    with room(filled(tmp_path / "ledger.db")) as reader:
        said = {"outlet": "Hill Radio", "published": "2021-03-15", "title": "The road"}
        html = reader.post("/add", data=said, files={"file": ("a.txt", b"The army said that the road was open.")}).text

        assert "The road" in html
        assert "Hill Radio</bdi>, 2021-03-15" in html


def test_two_things_at_once_and_nothing_are_refused(reader: TestClient) -> None:
    both = reader.post("/add", data={"text": "Rain fell."}, files={"file": ("a.txt", b"Snow fell.")})
    assert both.status_code == 400
    assert "text and file are given; give one" in both.text
    assert reader.post("/add", data={}).status_code == 400
    assert reader.post("/check", data={"text": "Rain fell.", "link": "https://example.org"}).status_code == 400


def test_a_long_text_in_another_alphabet_is_taken(reader: TestClient) -> None:
    words = "дождь шёл весь день. " * 4_500

    answer = reader.post("/check", files={"text": (None, words)})

    assert answer.status_code == 200, answer.text[:300]


@pytest.mark.parametrize("path", ["/search?source=.", "/search?outlet=!", "/source?name=%20.", "/figures?words=..."])
def test_what_names_nothing_is_refused(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 400


def test_a_check_has_an_address_for_who_made_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with room(path) as reader, room(path, name="Ben"):
        answer = reader.post(
            "/check", data={"text": "Officials said that 17 people had been killed when the bridge collapsed."}
        )
        at = answer.url.path + "?" + answer.url.query.decode()
        assert 'class="verdict' in reader.get(at).text
        assert reader.get(at.replace("/check", "/check.json")).json()["rows"]
        assert reader.get("/check?text=other").status_code == 404


def test_the_second_is_told_also_after_not_a_claim(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with room(path, name="Ann") as ann, room(path, name="Ben") as ben:
        item = ann.get("/search.json?words=bridge").json()["assertions"][0]
        assert ann.post("/review", data={"about": item["id"], "kind": "not a claim"}).status_code == 200

        assert ben.post("/review", data={"about": item["id"], "kind": "accept"}).status_code == 409


def test_a_narrowed_search_finds_what_a_look_at_everything_finds(dossier: Path) -> None:
    with Ledger(dossier) as ledger:
        everything = assertion_rows(ledger, Asked())
        names = {row.source_name for row in everything} | {row.source_name.split()[-1] for row in everything}
        outlets = {row.outlet for row in everything if row.outlet}
        wanted = [Asked(source=name) for name in names if plain(name)] + [
            Asked(outlet=name) for name in outlets if plain(name)
        ]
        for asked in wanted:
            found = {row.id for row in assertion_rows(ledger, replace(asked, most=10_000))}
            assert found == {row.id for row in assertion_rows(ledger, asked)}, asked
    assert len(wanted) > 60
