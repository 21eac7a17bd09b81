"""The commands as a user meets them: output, JSON, exit codes, messages."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
COMMANDS = (
    "add", "show", "assertions", "figures", "origins", "check", "known", "relations", "changes", "without", "predictions", "grade", "brief", "serve", "account", "demo", "doctor",
)  # fmt: skip


def onrecord(*arguments: str, ledger: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ONRECORD_LEDGER": str(ledger), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments],
        input=stdin,
        text=True,
        capture_output=True,
        env=environment,
        check=False,
    )


def rows(*arguments: str, ledger: Path) -> list[dict[str, Any]]:
    done = onrecord(*arguments, "--json", ledger=ledger)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dossier") / "ledger.db"
    assert onrecord("add", str(EXAMPLES / "dispatches.jsonl"), ledger=path).returncode == 0
    return path


def test_the_demo_runs_and_shows_all_it_promises(tmp_path: Path) -> None:
    done = onrecord("demo", ledger=tmp_path / "unused.db")

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for words in ("24 documents", "corroborated", "unseen", "opinion", "claims:", "figures", "Try next"):
        assert words in done.stdout
    assert not (tmp_path / "unused.db").exists()


def test_adding_the_dossier_twice_adds_nothing_and_says_so(dossier: Path) -> None:
    done = onrecord("add", str(EXAMPLES / "dispatches.jsonl"), ledger=dossier)

    assert "0 added, 24 already there, 0 failed" in done.stdout


def test_json_rows_carry_what_is_promised(dossier: Path) -> None:
    promised = {
        "figures": {"document", "source", "low", "best", "high", "approximator", "unit", "counted", "status", "series"}
        | {"asserted", "published", "start", "end", "text"},
        "origins": {"origin", "documents", "reason"},
        "assertions": {"document", "source", "act", "start", "end", "text"},
    }
    for command, fields in promised.items():
        found = rows(command, ledger=dossier)
        assert found
        assert all(fields <= set(row) for row in found)
    checked = rows("check", str(EXAMPLES / "commentary.txt"), ledger=dossier)
    assert all({"text", "start", "end", "verdict", "origins", "reason", "evidence"} <= set(row) for row in checked)
    assert {row["document"] for row in rows("figures", ledger=dossier)} <= {f"D{n:02}" for n in range(1, 25)}


def test_every_span_in_the_answers_cuts_its_words(dossier: Path) -> None:
    texts = {
        json.loads(line)["id"]: json.loads(line)["text"]
        for line in (EXAMPLES / "dispatches.jsonl").read_text("utf-8").splitlines()
    }
    commentary = (EXAMPLES / "commentary.txt").read_text("utf-8")

    for command in ("figures", "assertions"):
        for row in rows(command, ledger=dossier):
            assert texts[row["document"]][row["start"] : row["end"]] == row["text"]
    for row in rows("check", str(EXAMPLES / "commentary.txt"), ledger=dossier):
        assert commentary[row["start"] : row["end"]] == row["text"]
        for piece in row["evidence"]:
            assert texts[piece["document"]][piece["start"] : piece["end"]] == piece["text"]


def test_each_question_prints_text_without_colour_in_a_pipe(dossier: Path) -> None:
    for arguments in (
        ["figures", "troops"],
        ["origins"],
        ["assertions", "--act", "denies"],
        ["show", "D05"],
        ["known", "troops"],
        ["relations", "--kind", "denies"],
        ["changes", "--since", "2024-11-01"],
        ["without", "D08"],
        ["predictions"],
        ["grade", "Rutte"],
        ["brief", "Kursk"],
    ):
        done = onrecord(*arguments, ledger=dossier)
        assert done.returncode == 0
        assert len(done.stdout) > 100
        assert "\x1b" not in done.stdout


def test_a_brief_is_written_as_the_name_of_the_file_says(dossier: Path, tmp_path: Path) -> None:
    for name, start in (
        ("brief.md", b"# Situation brief"),
        ("brief.html", b"<!doctype html>"),
        ("brief.pdf", b"%PDF-"),
    ):
        assert onrecord("brief", "Kursk", "--to", str(tmp_path / name), ledger=dossier).stdout == ""
        assert (tmp_path / name).read_bytes().startswith(start)

    refused = onrecord("brief", "Kursk", "--to", str(tmp_path / "brief.docx"), ledger=dossier)

    assert (refused.returncode, "no file called .md, .html or .pdf" in refused.stderr) == (2, True)


def test_show_and_assertions_give_places_and_events(tmp_path: Path) -> None:
    ledger, report = tmp_path / "ledger.db", tmp_path / "report.txt"
    report.write_text("Kenyan troops shelled two villages near Baidoa, the army said.", "utf-8")
    onrecord("add", str(report), ledger=ledger)

    (row,) = rows("assertions", ledger=ledger)
    shown = onrecord("show", row["document"], ledger=ledger).stdout

    assert "event: assault, by Kenyan troops (KE MIL)" in shown
    assert "places: Baidoa SO (3.11, 43.65)" in shown
    assert (row["event"]["type"], row["event"]["actor_sector"]) == ("assault", "MIL")
    (place,) = row["places"]
    assert (place["name"], place["country"], place["precision"]) == ("Baidoa", "SO", "settlement")


def test_a_text_from_standard_input_is_checked_and_one_without_claims_says_so(dossier: Path) -> None:
    done = onrecord("check", "-", ledger=dossier, stdin="Photo gallery. Page 3.")

    assert (done.returncode, "no claim was found" in done.stdout) == (0, True)


def test_bad_inputs_are_one_line_each_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.html").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "broken.jsonl").write_bytes(b'{"text": \n{"text": "The mayor said the bridge was shut."}\n')
    ledger = tmp_path / "ledger.db"

    done = onrecord(
        "add",
        str(tmp_path / "empty.txt"),
        str(tmp_path / "binary.html"),
        str(tmp_path / "broken.jsonl"),
        "none.txt",
        ledger=ledger,
    )

    assert done.returncode == 3
    assert "1 added, 0 already there, 4 failed" in done.stdout
    assert len(done.stderr.strip().splitlines()) == 4
    assert "Traceback" not in done.stderr
    looked_at = onrecord("doctor", ledger=ledger).stdout
    assert "4 failures" in looked_at
    assert "failed input: none.txt: there is no such file" in looked_at


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["figures"], 4, "add documents first"),
        (["show", "D99"], 4, "add documents first"),
        (["figures", "--as-of", "yesterday-ish"], 4, "add documents first"),
        (["nonsense"], 2, "No such command"),
        (["add"], 2, "Missing argument"),
    ],
)
def test_exit_codes_and_messages(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    done = onrecord(*arguments, ledger=tmp_path / "none.db")

    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_questions_with_bad_words_are_usage_errors(dossier: Path) -> None:
    assert onrecord("figures", "--as-of", "9999-99-99", ledger=dossier).returncode == 2
    assert onrecord("show", "D99", ledger=dossier).returncode == 2
    assert onrecord("assertions", "--act", "sings", ledger=dossier).returncode == 2


def test_a_terminal_has_a_progress_bar_and_every_result(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said the bridge was shut.")
    main_end, terminal = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "add",
        str(tmp_path / "a.txt"),
        "--ledger",
        str(tmp_path / "ledger.db"),
    ]
    running = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal says that the other end has closed it
        while part := os.read(main_end, 65_536):
            shown += part
    os.close(main_end)

    assert running.wait() == 0
    assert b"\xe2\x94\x81" in shown  # the bar
    assert b"documents" in shown
    assert b"1 added, 0 already there, 0 failed" in shown


def test_a_full_disk_behind_the_output_is_said_in_one_line(dossier: Path) -> None:
    environment = {**os.environ, "ONRECORD_LEDGER": str(dossier)}
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "onrecord", "assertions"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False)

    assert done.returncode == 1
    assert done.stderr.splitlines() == ["onrecord: the output cannot be written (No space left on device)"]


def test_a_foreign_ledger_is_exit_code_4(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes")

    done = onrecord("figures", ledger=path)

    assert done.returncode == 4
    assert "not an OnRecord ledger" in done.stderr
    assert path.read_text() == "my notes"


def test_no_words_of_an_input_can_steer_the_terminal(tmp_path: Path) -> None:
    row = {"id": "\x1b[2Jx", "title": "\x1b]0;owned\x07", "text": "The mayor said \x1b[31m12 people died."}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    ledger = tmp_path / "ledger.db"

    assert "\x1b" not in onrecord("add", str(tmp_path / "a.jsonl"), ledger=ledger).stdout
    assert "\x1b" not in onrecord("figures", ledger=ledger).stdout


def test_every_command_is_in_the_help_and_in_the_readme(tmp_path: Path) -> None:
    helped = onrecord("--help", ledger=tmp_path / "x").stdout
    readme = (ROOT / "README.md").read_text("utf-8")

    for command in COMMANDS:
        assert command in helped
        assert f"onrecord {command}" in readme
    assert set(re.findall(r"^  ([a-z]+)  ", helped, re.MULTILINE)) == set(COMMANDS)


OFFLINE = """
import sys
def refuse(event, _):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"no network was allowed: {event}")
sys.addaudithook(refuse)
sys.argv = ["onrecord", "demo"]
from onrecord.cli import main
main()
"""


def test_the_demo_opens_no_socket() -> None:
    done = subprocess.run([sys.executable, "-c", OFFLINE], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
