"""What the reading room answers is what its OpenAPI description says, whatever it is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from onrecord.web.accounts import Doors
from onrecord.web.app import make_app
from onrecord.web.entry import session_cookie

from .rooms import KEY

QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=25, derandomize=True)


def test_every_answer_is_described_and_none_is_a_fault(ledger: Path) -> None:
    doors = Doors(key=KEY, owner="Ann")
    cookie = {"Cookie": f"{session_cookie(None)}={doors.by_key(KEY)}"}
    schema = schemathesis.openapi.from_asgi("/openapi.json", make_app(ledger, doors), headers=cookie)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == 18
    for operation in operations:

        @QUIET
        @given(operation.as_strategy())
        def answers_as_described(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(headers=cookie, excluded_checks=[positive_data_acceptance])

        answers_as_described()


@pytest.mark.parametrize(
    "path",
    [
        "/claim?id={id}",
        "/source?name=Amina+Duale",
        "/figures?words=bridge",
        "/timeline?words=bridge",
        "/search?words=bridge",
        "/document?name=a",
    ],
)
def test_an_empty_date_is_no_date(reader: TestClient, path: str) -> None:
    some = reader.get("/search.json?words=bridge").json()["assertions"][0]["id"]
    at = path.format(id=some)

    assert reader.get(f"{at}&as_of=").status_code == 200
    assert reader.get(f"{at}&as_of=2021-02-30").status_code == 400


@QUIET
@given(st.text(max_size=60))
def test_a_cursor_is_ours_or_refused(reader: TestClient, cursor: str) -> None:
    answer = reader.get("/search.json", params={"words": "bridge", "after": cursor})

    assert answer.status_code == (200 if not cursor else 400)


@QUIET
@given(st.text(max_size=50))
def test_a_date_is_one_or_is_refused(reader: TestClient, day: str) -> None:
    answer = reader.get("/search.json", params={"as_of": day})

    assert answer.status_code in (200, 400, 422), answer.text


@QUIET
@given(st.dates())
def test_every_day_is_a_date_or_is_refused(reader: TestClient, day: date) -> None:
    answer = reader.get("/search.json", params={"as_of": day.isoformat(), "since": day.isoformat()})

    assert answer.status_code in (200, 400)


@QUIET
@given(
    st.text(min_size=1, max_size=50), st.sampled_from(["/claim.json?id=", "/document.json?name=", "/source.json?name="])
)
def test_what_is_not_there_is_said_to_be_missing(reader: TestClient, name: str, path: str) -> None:
    answer = reader.get(path + quote(name, safe=""))

    assert answer.status_code in (200, 400, 404)
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
