"""Where a text begins behind its dateline."""

from __future__ import annotations

import pytest

from onrecord.reading.datelines import start_of_text


@pytest.mark.parametrize(
    "line",
    [
        "LAKEPORT, May 3 (Wire) - ",
        "LAKEPORT, May 3. /WIRE/. ",
        "ST. ANNE, May 3. /WIRE/. ",
        "LAKEPORT. May 3 (Wire) - ",
        "LAKEPORT, MAY 3, LAKEPRESS. ",
        "Lakeport/03.05.26/Wire: ",
        "(Adds reaction, background) LAKEPORT, May 3 (Wire) - ",
        "3 May 2026. ",
        "May 3, 2026. ",
    ],
)
def test_a_dateline_belongs_to_no_sentence(line: str) -> None:
    assert start_of_text(f"{line}Talks began.") == len(line)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya, May 3, told the Wire that talks began.",
        "In May 3 men died. They were miners.",
        "The talks of 2026: a review. They began in May.",
        "Nairobi. May it thrive (again) - so they say.",
    ],
)
def test_what_only_looks_like_a_dateline_is_text(text: str) -> None:
    assert start_of_text(text) == 0
