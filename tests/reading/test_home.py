"""Whose ministry it is where no word says so."""

from __future__ import annotations

import pytest

import onrecord
from tests.builders import a_document

SAID = "The road is closed, the interior ministry said."


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (f"ASUNCIÓN (Wire) — Paraguay has two bridges. {SAID}", "PY"),
        (f"NAIROBI (Wire) — Somalia sent Somalis to Somalia, Kenya admitted on Monday. {SAID}", "KE"),
        (f"NAIROBI (Wire) — Somalia has sent its Somali guards. {SAID}", None),
        (f"Kenya has two bridges, and Kenyans use both. {SAID}", "KE"),
        (f"Kenya and Uganda have two bridges. {SAID}", None),
    ],
)
def test_an_organ_is_that_of_the_state_that_a_text_is_of(text: str, state: str | None) -> None:
    ministry = onrecord.read(a_document(text))[-1].source

    assert (ministry.name, ministry.country) == ("interior ministry", state)
