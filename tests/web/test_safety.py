"""What the reading room refuses, and how it says so."""

from __future__ import annotations

import io
import multiprocessing
import socket
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord import pipeline
from onrecord.api import document
from onrecord.errors import LedgerError, QueryError
from onrecord.ledger.store import Ledger
from onrecord.web.accounts import MOST_FAILURES, WINDOW, Doors, add_account, with_accounts
from onrecord.web.app import make_app

from .rooms import KEY, a_stranger, filled, room


@pytest.fixture
def reader(ledger: Path) -> Iterator[TestClient]:
    with room(ledger) as client:
        yield client


@pytest.fixture
def stranger(ledger: Path) -> Iterator[TestClient]:
    with a_stranger(ledger, Doors(key=KEY, owner="Ann")) as client:
        yield client


def test_nobody_comes_in_without_the_key(stranger: TestClient) -> None:
    assert stranger.get("/", follow_redirects=False).headers["location"].startswith("/sign-in")
    assert stranger.get("/search.json").status_code == 401
    assert stranger.get("/openapi.json").status_code == 401
    assert stranger.post("/add", data={"text": "The mayor said so."}).status_code == 401
    assert stranger.get("/sign-in?key=another").status_code == 401
    assert stranger.get("/").status_code == 401


@pytest.mark.parametrize(
    "to", ["//[", "//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", "/a\r\nX: y"]
)
def test_signing_in_leads_to_no_other_site(stranger: TestClient, to: str) -> None:
    answer = stranger.get("/sign-in", params={"key": KEY, "to": to}, follow_redirects=False)

    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_after_many_failures_even_the_key_has_to_wait(ledger: Path) -> None:
    now = [0.0]
    with a_stranger(ledger, Doors(key=KEY, owner="Ann", clock=lambda: now[0])) as stranger:
        for _ in range(MOST_FAILURES):
            stranger.get("/sign-in?key=guess")
        assert stranger.get("/sign-in", params={"key": KEY}).status_code == 429
        now[0] += WINDOW + 1
        assert stranger.get("/sign-in", params={"key": KEY}).status_code == 200


def test_an_account_signs_in_with_its_password_only(ledger: Path, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts"
    with pytest.raises(QueryError, match="too short"):
        add_account(accounts, "Ann", "short")
    add_account(accounts, "Ann", "a long enough password")
    assert accounts.stat().st_mode & 0o077 == 0
    assert "password" not in accounts.read_text("utf-8")
    with a_stranger(ledger, with_accounts(accounts)) as stranger:
        for name, password, status in (
            ("Ann", "wrong", 401),
            ("Ben", "a long enough password", 401),
            ("Ann", "a long enough password", 200),
        ):
            assert stranger.post("/sign-in", data={"name": name, "password": password}).status_code == status
        assert "Ann" in stranger.get("/").text


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}],
)
def test_a_change_from_another_site_is_refused(reader: TestClient, headers: dict[str, str]) -> None:
    assert reader.post("/add", data={"text": "The mayor said so."}, headers=headers).status_code == 403


def test_every_answer_allows_no_script_but_ours(reader: TestClient) -> None:
    for address in ("/", "/nowhere", "/search.json", "/static/page.js"):
        policy = reader.get(address).headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert reader.get(address).headers["x-content-type-options"] == "nosniff"


def test_a_cursor_of_another_question_is_refused(reader: TestClient) -> None:
    assert reader.get("/search.json?words=bridge&after=WzUwLCAiYSJd").status_code == 400
    assert reader.get("/search.json?words=bridge&after=%00%ff").status_code == 400


def test_what_is_not_there_is_said_in_words(reader: TestClient) -> None:
    answer = reader.get("/document?name=no such thing")
    assert answer.status_code == 404
    assert "there is no document" in answer.text
    assert reader.get("/search.json?as_of=yesterday").json()["detail"].startswith("'yesterday' is no date")
    assert reader.get("/search?words=%22%20NEAR(%20*%20col:x").status_code == 200


def test_a_huge_paste_is_refused(reader: TestClient) -> None:
    answer = reader.post("/check", data={"text": "The mayor said so. " * 100_000})

    assert answer.status_code == 413
    assert "100,000 characters at most" in answer.text
    assert reader.post("/add", content=b"x" * (26 * 2**20)).status_code == 413


def test_an_archive_is_no_document(reader: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 50_000_000)

    answer = reader.post("/add", files={"file": ("bomb.zip", packed.getvalue())})

    assert answer.status_code == 422
    assert "bomb.zip" in answer.text


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1/", "http://169.254.169.254/latest", "file:///etc/passwd", "http://[::1]/"]
)
def test_a_link_to_a_private_address_is_refused(reader: TestClient, link: str) -> None:
    assert reader.post("/add", data={"link": link}).status_code == 422
    assert reader.post("/check", data={"link": link}).status_code in (400, 422)


def test_a_ledger_that_is_gone_or_replaced_is_noticed(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with room(path) as reader:
        assert "4 documents" in reader.get("/").text
        path.rename(tmp_path / "elsewhere.db")
        for rest in ("-wal", "-shm"):
            Path(f"{path}{rest}").unlink(missing_ok=True)
        gone = reader.get("/")
        assert gone.status_code == 503
        assert "is gone" in gone.text
        Ledger(path).close()
        assert "0 documents" in reader.get("/").text


def test_other_machines_are_let_in_with_accounts_only(tmp_path: Path) -> None:
    from onrecord.cli.serving import served

    with pytest.raises(QueryError, match="--allow-remote and --accounts"):
        served(tmp_path / "ledger.db", host="0.0.0.0", port=8080, allow_remote=True, accounts=None)  # noqa: S104


def test_an_accounts_file_that_is_none_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text('{"name": "ann", "salt": "!!", "scrypt": "x"}\n', "utf-8")
    for path in (tmp_path, broken):
        with pytest.raises(QueryError, match="is no accounts file"):
            add_account(path, "ann", "a long enough password")

    assert broken.read_text("utf-8").startswith('{"name": "ann", "salt": "!!"')
    assert [p.name for p in tmp_path.iterdir()] == ["broken"]


def test_an_accounts_file_becomes_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "accounts"
    path.write_text("", "utf-8")
    path.chmod(0o644)
    add_account(path, "ann", "a long enough password")

    assert path.stat().st_mode & 0o777 == 0o600


def test_a_port_that_is_taken_is_said_before_a_link_is(ledger: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", "serve", "--port", str(port), "--ledger", str(ledger)],
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 2
    assert "is taken" in done.stderr
    assert "key=" not in done.stdout


def test_a_ledger_that_is_put_in_the_place_of_another_stays_whole(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with Ledger(tmp_path / "other.db") as other:
        pipeline.add_document(other, document("The mayor said that rain had fallen.", published="2021-03-20"))
    with room(path) as reader:
        for word in ("bridge", "Garissa"):
            assert reader.get("/search", params={"words": word}).status_code == 200
        reader.post("/add", data={"text": "The army said that the road was open.", "published": "2021-03-19"})
        assert Path(f"{path}-wal").stat().st_size
        (tmp_path / "other.db").replace(path)

        assert "1 documents" in reader.get("/").text
        reader.post("/add", data={"text": "The army said that the road was shut.", "published": "2021-03-21"})
        assert "2 documents" in reader.get("/").text
    with Ledger(path) as ledger:
        assert ledger.is_sound()


def test_what_a_newer_program_left_empty_is_said_to_be_unreadable(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER assertion_no_update")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'record TEXT NOT NULL', 'record TEXT') WHERE name = 'assertion'"
        )
        raw.commit()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE assertion SET record = NULL")
        raw.commit()
    with room(path) as reader:
        answer = reader.get("/search.json?words=bridge")
        assert answer.status_code == 503
        assert "cannot read" in answer.json()["detail"]


def test_another_site_cannot_keep_the_user_out_by_trying_keys(ledger: Path) -> None:
    with a_stranger(ledger, Doors(key=KEY, owner="Ann")) as stranger:
        for _ in range(2 * MOST_FAILURES):
            assert stranger.get("/sign-in?key=guess", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 401
        assert stranger.get("/sign-in", params={"key": KEY}).status_code == 200


def test_it_answers_under_its_own_names_only(ledger: Path) -> None:
    app = make_app(ledger, Doors(key=KEY, owner="Ann"), hosts={"127.0.0.1"})
    with TestClient(app, base_url="http://rebound.example:8080", raise_server_exceptions=False) as stranger:
        assert stranger.get("/sign-in", params={"key": KEY}).status_code == 421
    with TestClient(app, base_url="http://127.0.0.1:8080", raise_server_exceptions=False) as reader:
        assert reader.get("/sign-in", params={"key": KEY}).status_code == 200


def test_two_servers_on_one_machine_have_sessions_of_their_own(ledger: Path) -> None:
    with room(ledger) as reader:
        assert all(
            cookie.name.startswith(("onrecord_session_8080", "onrecord_looks_")) for cookie in reader.cookies.jar
        )


def test_a_name_or_a_password_that_the_form_does_not_take_is_refused_at_once(tmp_path: Path) -> None:
    for name, password in (
        ("x" * 201, "a long enough password"),
        ("...", "a long enough password"),
        ("ann", " " * 20),
        ("ann", "x" * 1_001),
        ("ann", "\udcff" * 20),
    ):
        with pytest.raises(QueryError):
            add_account(tmp_path / "accounts", name, password)
    assert add_account(tmp_path / "accounts", " ann ", "a long enough password") == "ann"


def test_a_ledger_that_was_mistyped_is_not_made(tmp_path: Path) -> None:
    from onrecord.cli.serving import served

    with pytest.raises(LedgerError, match="there is no ledger"):
        served(tmp_path / "nofolder" / "x.db", host="127.0.0.1", port=8080, allow_remote=False, accounts=None)
    assert list(tmp_path.iterdir()) == []


def test_a_document_is_compared_with_the_ledger_that_stands_there_now(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.db")
    comment = "The Red Cross said that 15 people had been killed when the bridge in Garissa collapsed."
    for place in (path, tmp_path / "other.db"):
        with Ledger(place) as ledger:
            pipeline.add_document(ledger, document(comment, label="comment", published="2021-03-20"))
    asked = {"name": "comment", "compare": "true"}
    with room(path) as reader:
        before = reader.get("/document.json", params=asked).json()["verdicts"]
        (tmp_path / "other.db").replace(path)
        after = reader.get("/document.json", params=asked).json()["verdicts"]

    assert [len(rows[0]["evidence"]) > 0 for rows in (before, after)] == [True, False]
    with Ledger(path) as ledger:
        assert ledger.is_sound()


def test_pages_go_on_when_somebody_ends_the_processes_beside_the_server(ledger: Path) -> None:
    with room(ledger) as reader:
        chart = reader.get("/figures.svg", params={"words": "bridge"})
        reader.get("/document.json", params={"name": "b", "compare": True})
        ended = multiprocessing.active_children()
        for process in ended:
            process.kill()
            process.join()
        page = reader.get("/document.json", params={"name": "a", "compare": True})
        again = reader.get("/figures.svg", params={"words": "people"})

    assert len(ended) >= 2
    assert [answer.status_code for answer in (chart, page, again)] == [200, 200, 200]
    assert page.json()["verdicts"]
