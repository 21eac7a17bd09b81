"""Which figures count the same thing."""

from __future__ import annotations

from onrecord.linking.figures import Subject, comparable


def test_men_may_be_a_crew_or_soldiers() -> None:
    men, crew, troops = (Subject(counted=c, whose=None, status=None, unit=None) for c in ("men", "people", "troops"))

    assert comparable(men, crew)
    assert comparable(troops, men)
    assert not comparable(troops, crew)
