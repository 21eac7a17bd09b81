"""When: the ways in which news names a time. Published on Wednesday, 10 March 2021."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.moments import moments_in
from onrecord.records import Granularity
from tests.builders import grows_with

PUBLISHED = datetime(2021, 3, 10, 15, 0)


@pytest.mark.parametrize(
    ("words", "start", "end", "granularity"),
    [
        ("on March 3", "2021-03-03", "2021-03-04", "day"),
        ("on March 3rd, 2019", "2019-03-03", "2019-03-04", "day"),
        ("on 3 March", "2021-03-03", "2021-03-04", "day"),
        ("on Dec. 28", "2020-12-28", "2020-12-29", "day"),
        ("2021-03-01", "2021-03-01", "2021-03-02", "day"),
        ("between March 1 and 5", "2021-03-01", "2021-03-06", "day"),
        ("March 3-5", "2021-03-03", "2021-03-06", "day"),
        ("on Monday", "2021-03-08", "2021-03-09", "day"),
        ("on Wednesday", "2021-03-10", "2021-03-11", "day"),
        ("on Thursday", "2021-03-04", "2021-03-05", "day"),
        ("They will meet on Friday", "2021-03-12", "2021-03-13", "day"),
        ("last Wednesday", "2021-03-03", "2021-03-04", "day"),
        ("next Monday", "2021-03-15", "2021-03-16", "day"),
        ("today", "2021-03-10", "2021-03-11", "day"),
        ("yesterday", "2021-03-09", "2021-03-10", "day"),
        ("tomorrow", "2021-03-11", "2021-03-12", "day"),
        ("two days ago", "2021-03-08", "2021-03-09", "day"),
        ("three weeks ago", "2021-02-15", "2021-02-22", "week"),
        ("two months ago", "2021-01-01", "2021-02-01", "month"),
        ("75 years ago", "1946-01-01", "1947-01-01", "year"),
        ("last week", "2021-03-01", "2021-03-08", "week"),
        ("last month", "2021-02-01", "2021-03-01", "month"),
        ("this year", "2021-01-01", "2022-01-01", "year"),
        ("last year", "2020-01-01", "2021-01-01", "year"),
        ("in February", "2021-02-01", "2021-03-01", "month"),
        ("in October", "2020-10-01", "2020-11-01", "month"),
        ("in February 2022", "2022-02-01", "2022-03-01", "month"),
        ("in early February", "2021-02-01", "2021-02-11", "month"),
        ("in late February", "2021-02-21", "2021-03-01", "month"),
        ("in 2014", "2014-01-01", "2015-01-01", "year"),
        ("since 2014", "2014-01-01", None, "year"),
        ("by December", None, "2022-01-01", "month"),
        ("until March 20", None, "2021-03-21", "day"),
        ("in the past week", "2021-03-03", "2021-03-11", "week"),
        ("in the past 24 hours", "2021-03-09", "2021-03-11", "hour"),
        ("in the last 48 hours", "2021-03-08", "2021-03-11", "hour"),
        ("over the past 72 hours", "2021-03-07", "2021-03-11", "hour"),
        ("within the past 24 hours", "2021-03-09", "2021-03-11", "hour"),
        ("in the last 36 hours", "2021-03-08", "2021-03-11", "hour"),
        ("in the past few hours", "2021-03-09", "2021-03-11", "hour"),
        ("in the next 48 hours", "2021-03-10", "2021-03-13", "hour"),
        ("in the coming 30 hours", "2021-03-10", "2021-03-13", "hour"),
        ("overnight", "2021-03-09T18:00", "2021-03-10T09:00", "hour"),
        ("overnight Saturday", "2021-03-06T18:00", "2021-03-07T09:00", "hour"),
        ("on Saturday overnight", "2021-03-06T18:00", "2021-03-07T09:00", "hour"),
        ("overnight on Saturday", "2021-03-06T18:00", "2021-03-07T09:00", "hour"),
        ("overnight into Sunday", "2021-03-06T18:00", "2021-03-07T09:00", "hour"),
        ("Overnight to Sunday", "2021-03-06T18:00", "2021-03-07T09:00", "hour"),
        ("overnight Saturday into Sunday", "2021-03-06T18:00", "2021-03-07T09:00", "hour"),
        ("overnight from Saturday to Sunday", "2021-03-06T18:00", "2021-03-07T09:00", "hour"),
        ("Saturday overnight to Sunday", "2021-03-06T18:00", "2021-03-07T09:00", "hour"),
        ("overnight on March 3", "2021-03-03T18:00", "2021-03-04T09:00", "hour"),
        ("overnight to 1 March", "2021-02-28T18:00", "2021-03-01T09:00", "hour"),
        ("will return overnight on Friday", "2021-03-12T18:00", "2021-03-13T09:00", "hour"),
        ("at 10:30 GMT", "2021-03-10T10:30", "2021-03-10T10:31", "minute"),
        ("at 10:30 EST", "2021-03-10T10:30", "2021-03-10T10:31", "minute"),
        ("in the coming days", "2021-03-10", "2021-03-14", "day"),
        ("in the 1990s", "1990-01-01", "2000-01-01", "decade"),
        ("in summer 2020", "2020-06-01", "2020-09-01", "season"),
        ("last summer", "2020-06-01", "2020-09-01", "season"),
    ],
)
def test_words_give_their_interval(words: str, start: str | None, end: str | None, granularity: str) -> None:
    (moment,) = moments_in(words, PUBLISHED)

    assert moment.start == (datetime.fromisoformat(start) if start else None)
    assert moment.end == (datetime.fromisoformat(end) if end else None)
    assert moment.granularity == Granularity(granularity)


@pytest.mark.parametrize(
    "words",
    [
        "February 31",
        "2021-13-45",
        "They may leave",
        "They march on the city",
        "9999-99-99",
        "They leave within 72 hours",
    ],
)
def test_what_is_no_time_gives_none(words: str) -> None:
    assert list(moments_in(words, PUBLISHED)) == []


def test_without_a_publication_date_a_relative_time_has_no_bounds() -> None:
    (moment,) = moments_in("yesterday", None)

    assert (moment.start, moment.end, moment.as_written) == (None, None, "yesterday")


def test_without_a_publication_date_a_night_is_still_one_moment() -> None:
    (moment,) = moments_in("overnight from Saturday to Sunday", None)

    assert (moment.start, moment.end, moment.granularity) == (None, None, Granularity.HOUR)


def test_a_comma_or_another_day_keeps_overnight_by_itself() -> None:
    texts = ("The town was shelled overnight, Saturday and Sunday.", "It moved overnight Saturday into Tuesday.")

    assert [[m.as_written for m in moments_in(text, PUBLISHED)] for text in texts] == [
        ["overnight", "Saturday", "Sunday"],
        ["overnight Saturday", "Tuesday"],
    ]


def test_the_story_goes_on_from_the_night() -> None:
    night, after = moments_in("The mill burned on Saturday overnight. The next day it rained.", PUBLISHED)

    assert (night.as_written, after.start) == ("Saturday overnight", datetime(2021, 3, 7))


@pytest.mark.parametrize("words", ["Tuesday - 0001-01-01", "March 3, 0001 - January 1, 0001", "Saturday - 1500-01-01"])
def test_a_range_of_dates_long_ago_breaks_nothing(words: str) -> None:
    assert list(moments_in(words, PUBLISHED))


CASES = [json.loads(line) for line in Path(__file__).with_name("moments.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_texts_as_agencies_write_them(case: dict[str, Any]) -> None:
    """A table written by someone who had not seen the code; its conventions stand in `moments.py`."""
    found = list(moments_in(case["text"], datetime.fromisoformat(case["published"])))

    assert [(m.start, m.end, str(m.granularity)) for m in found] == [
        (_time(m["start"]), _time(m["end"]), m["granularity"]) for m in case["moments"]
    ]
    assert all(_overlap(m.as_written, one["words"]) for m, one in zip(found, case["moments"], strict=True))


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _overlap(mine: str, theirs: str) -> bool:
    return bool(set(mine.lower().split()) & set(theirs.lower().split()))


FRAGMENTS = (
    "from ", "between ", "since ", "by ", "the end of ", "early ", "every ", "in ", " to ", " and ", "-", " at ", " on ", ", ", ". ", " ",
    "Monday", "Friday night", "last Sunday", "next Tuesday", "March 3", "5-7 May", "February 30", "May", "December 2019", "2014", "1990s",
    "10:30", "6 p.m.", "0430 GMT", "noon", "(1115 GMT)", "two days earlier", "a few weeks later", "Three months ago", "the next day",
    "that night", "overnight", "yesterday morning", "the past three weeks", "the first quarter of 2023", "the weekend", "New Year's Eve",
    "will", "the May 9 Brigade", "9999", "0 days ago", "overnight", " into ", "Saturday", "the next 36 hours", "0001-01-01", "9999-12-30",
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)),
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)) | st.none(),
)
def test_no_text_breaks_the_patterns_and_bounds_are_in_order(text: str, published: datetime | None) -> None:
    reached = 0
    for moment in moments_in(text, published):
        assert moment.span is not None
        assert moment.span.of(text) == moment.as_written
        assert moment.span.start >= reached
        reached = moment.span.end
        if moment.start is not None and moment.end is not None:
            assert moment.start < moment.end


@pytest.mark.parametrize(
    "bait",
    [
        "Monday ", "May ", "10:30 ", "from March 3 to ", "between ", "early ", "1990", "in 1990 ", "two days earlier ", "March 3, ",
        "overnight ", "Saturday overnight into ", "in the past 24 ", "the next ", "will ", "Monday - 1500-01-01 ",
    ],
)  # fmt: skip
def test_the_patterns_are_linear_in_the_text(bait: str) -> None:
    assert grows_with(lambda times: list(moments_in(bait * times, PUBLISHED))) < 12
