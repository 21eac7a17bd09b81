"""The ledger: append-only, all or nothing, as of a day, and clear about files that are not its own."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

import onrecord
from onrecord.errors import LedgerError, QueryError
from onrecord.ledger.file import APPLICATION_ID
from onrecord.ledger.store import Ledger
from onrecord.pipeline import add_document
from onrecord.records import Document, Failure, Snapshot
from tests.builders import a_document

ROOT = Path(__file__).parents[2]
TEXT = "The mayor of Nairobi said on Monday that at least 12 Kenyan soldiers had died near Garissa, citing the army."


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.db")


def add(ledger: Ledger, document: Document, *, reader: str = "test-1") -> int:
    snapshot = Snapshot(sha256=document.snapshot, content=document.text.encode(), name="test")
    return ledger.add(snapshot, document, onrecord.read(document), reader=reader)


def test_what_was_written_is_read_back_the_same(ledger: Ledger) -> None:
    document = a_document(TEXT)
    add(ledger, document)

    assert ledger.assertions() == list(onrecord.read(document))
    assert ledger.document(document.id) == document
    assert ledger.snapshot(document.snapshot).content == TEXT.encode()


def test_adding_twice_stores_once(ledger: Ledger) -> None:
    document = a_document(TEXT)

    assert add(ledger, document) == 1
    before = ledger.counts()
    assert add(ledger, document) == 0
    assert ledger.counts() == before


def test_a_changed_text_under_one_url_is_a_new_version_and_the_old_one_is_kept(ledger: Ledger) -> None:
    first = a_document("The mayor said 12 people died.", url="https://example.org/a")
    second = a_document("The mayor said 13 people died.", url="https://example.org/a")

    assert (add(ledger, first), add(ledger, second)) == (1, 2)
    assert [a.figures[0].best for a in ledger.assertions()] == [13]
    assert ledger.counts()["document"] == 2


def test_a_newer_reading_supersedes_and_deletes_nothing(ledger: Ledger) -> None:
    document = a_document(TEXT)
    add(ledger, document)
    add(ledger, document, reader="test-2")

    assert len(ledger.assertions()) == len(onrecord.read(document))
    assert ledger.counts()["reading"] == 2


@pytest.mark.parametrize(
    ("table", "column"),
    [("snapshot", "name"), ("document", "label"), ("reading", "reader"), ("assertion", "record"), ("failure", "fault")],
)
@pytest.mark.parametrize("change", ["DELETE FROM {table}", "UPDATE {table} SET {column} = 'x'"])
def test_no_row_can_be_changed(ledger: Ledger, table: str, column: str, change: str) -> None:
    add(ledger, a_document(TEXT))
    ledger.add_failure(Failure(name="a", fault="b", remedy="c"))

    with pytest.raises(DBAPIError, match="append-only"), ledger._engine.connect() as connection:
        connection.execute(sql(change.format(table=table, column=column)))


def test_a_document_is_found_by_label_id_beginning_of_id_and_url(ledger: Ledger) -> None:
    document = a_document(TEXT, label="K1", url="https://example.org/a")
    add(ledger, document)

    for name in ("K1", document.id, document.id[:6], "https://example.org/a"):
        assert ledger.document(name) == document
    with pytest.raises(QueryError, match="there is no document"):
        ledger.document("K2")


def test_words_are_found_by_their_stem_in_any_order(ledger: Ledger) -> None:
    add(ledger, a_document(TEXT))

    assert ledger.assertions("soldiers Kenyan")
    assert ledger.assertions("Kenyan soldier")
    assert ledger.assertions("giraffe") == []
    assert ledger.like([("giraffe soldier", ())], most=9)[0]


@settings(max_examples=80, deadline=None)
@given(words=st.text(max_size=40))
def test_no_search_is_an_error(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    with Ledger(tmp_path_factory.mktemp("search") / "ledger.db") as ledger:
        assert isinstance(ledger.assertions(words), list)


@settings(max_examples=25, deadline=None)
@given(days=st.lists(st.integers(0, 60), min_size=1, max_size=6, unique=True), as_of=st.integers(0, 61))
def test_nothing_published_later_is_seen(tmp_path_factory: pytest.TempPathFactory, days: list[int], as_of: int) -> None:
    start = datetime(2021, 1, 1)
    with Ledger(tmp_path_factory.mktemp("asof") / "ledger.db") as ledger:
        for day in days:
            published = (start + timedelta(days=day)).date().isoformat()
            add_document(
                ledger,
                a_document(
                    f"The mayor said {day + 11} people died.",
                    published=published,
                    url="https://example.org/a" if day % 2 else None,
                ),
            )
        end = start + timedelta(days=as_of)

        seen = ledger.documents(as_of=end)

        assert all(d.published is not None and d.published < end for d in seen.values())
        assert {a.document for a in ledger.assertions(as_of=end)} <= set(seen)


def test_a_missing_ledger_is_not_made_by_a_question(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="add documents first"):
        Ledger(tmp_path / "none.db", create=False)


def test_a_place_that_is_no_file_is_refused(tmp_path: Path) -> None:
    for place in (Path("a" * 300), Path("/dev/null"), tmp_path / "nul\0byte"):
        with pytest.raises(LedgerError):
            Ledger(place)


def test_memory_is_a_file_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Ledger(Path(":memory:")) as ledger:
        add(ledger, a_document(TEXT))

    assert (tmp_path / ":memory:").stat().st_size > 0


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()

    with pytest.raises(LedgerError, match="newer OnRecord"):
        Ledger(path)


def test_a_foreign_file_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    database, words = tmp_path / "other.db", tmp_path / "notes.txt"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE something (x)")
    connection.close()
    words.write_text("not a database at all")
    before = database.read_bytes()

    for path in (database, words):
        with pytest.raises(LedgerError, match="not an OnRecord ledger"):
            Ledger(path)
    with pytest.raises(LedgerError, match="folder"):
        Ledger(tmp_path)
    assert database.read_bytes() == before


def test_a_damaged_ledger_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        add(ledger, a_document(TEXT * 200))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))

    with pytest.raises(LedgerError, match="damaged"):
        Ledger(path).assertions()


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger(path).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(start), "30"], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        for start in (0, 1000)
    ]

    assert [writer.wait() for writer in writers] == [0, 0]
    with Ledger(path) as ledger:
        assert len(ledger.documents()) == 60


def test_a_locked_ledger_is_said_to_be_written_by_another_run(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger(path) as one, Ledger(path) as other:
        other._connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        one._connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="another run"):
            add(other, a_document(TEXT))
        one._connection.exec_driver_sql("ROLLBACK")

        assert add(other, a_document(TEXT)) == 1


def test_a_correction_of_the_same_date_is_not_known_on_that_date(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        add(ledger, a_document("The mayor said 12 people died.", url="https://example.org/a"))
        add(ledger, a_document("The mayor said 13 people died.", url="https://example.org/a"))

        assert [a.figures[0].best for a in ledger.assertions(as_of=datetime(2021, 3, 11))] == [12]
        assert [a.figures[0].best for a in ledger.assertions()] == [13]


def test_an_older_version_added_later_does_not_become_the_current_one(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        add(ledger, a_document("The mayor said 13 people died.", url="https://example.org/a", published="2021-03-10"))
        add(ledger, a_document("The mayor said 12 people died.", url="https://example.org/a", published="2021-03-08"))

        assert [a.figures[0].best for a in ledger.assertions()] == [13]


def test_the_best_matches_are_chosen_among_what_was_known(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        add(ledger, a_document("The mayor of the town said that the bridge was shut.", published="2021-03-01"))
        for day in range(10, 20):
            add(ledger, a_document("Bridge bridge bridge was shut.", published=f"2021-03-{day}", label=str(day)))

        assert [len(found) for found in ledger.like([("bridge", ())], as_of=datetime(2021, 3, 5), most=3)] == [1]


def test_what_several_words_are_like_is_found_for_each_however_many_are_no_longer_current(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        url = "https://example.org/a"
        for day in range(1, 9):
            add(
                ledger,
                a_document(f"The bridge, the bridge was shut on day {day}.", url=url, published=f"2021-03-0{day}"),
            )
        add(
            ledger,
            a_document("The mayor said that the bridge at the mill was shut.", label="mill", published="2021-02-01"),
        )

        bridge, mill, nothing = ledger.like([("bridge", ()), ("mill", ()), ("giraffe", ())], most=2)

        assert len(bridge) == 2
        assert [a.document for a in mill] == [ledger.document("mill").id]
        assert nothing == []


def test_a_snapshot_has_the_hash_that_it_is_called_by(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        added = add_document(ledger, onrecord.document("  The mayor said\x00 the bridge was shut. "))
        stored = ledger.document(added.document.id)

        assert ledger.snapshot(stored.snapshot).content == stored.text.encode()


WRITER = """
import sys
from pathlib import Path
from onrecord.ledger.store import Ledger
from onrecord.records import Snapshot
from tests.builders import a_document
ledger = Ledger(Path(sys.argv[1]))
start, count = map(int, sys.argv[2:4])
for number in range(start, start + count):
    document = a_document(f"Rain fell {number} times.", label=str(number))
    snapshot = Snapshot(sha256=document.snapshot, content=document.text.encode(), name="x")
    ledger.add(snapshot, document, (), reader="test")
    print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    acknowledged: set[str] = set()
    for attempt in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(attempt * 1000), "900"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert writer.stdout is not None
        acknowledged.add(writer.stdout.readline().strip())
        time.sleep(0.05 * (attempt + 1))
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged |= set(writer.stdout.read().split()[:-1])
        writer.stdout.close()
        writer.wait()

    with Ledger(path) as ledger:
        stored = {d.label for d in ledger.documents().values()}
        assert ledger.is_sound()
        assert acknowledged <= stored
        assert ledger.counts()["reading"] == ledger.counts()["document"]


def test_the_file_says_that_it_is_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger(path).close()

    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_an_id_is_not_hidden_by_a_label_and_labels_may_be_shared(tmp_path: Path) -> None:
    first = a_document("Rain fell.")
    with Ledger(tmp_path / "ledger.db") as ledger:
        for document in (
            first,
            a_document("Snow fell.", label=first.id),
            a_document("Hail fell.", label="storm"),
            a_document("Wind blew.", label="storm"),
        ):
            add_document(ledger, document)

        assert ledger.document(first.id).text == "Rain fell."
        with pytest.raises(QueryError, match="2 documents are called 'storm'"):
            ledger.document("storm")
